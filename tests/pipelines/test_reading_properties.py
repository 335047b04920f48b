"""Whatever the style a table is written in, it reads as the same table; whatever the bytes, nothing but a refusal."""

import datetime as dt
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from pipelines.clean import clean
from pipelines.contract import Column, Contract, Kind
from pipelines.faults import LeveringFout
from pipelines.intake import judge_file
from pipelines.pseudonym import pseudonym
from pipelines.read import read_file
from pipelines.recognise import known_headers, recognise
from pipelines.sources import BY_NAME, CONTRACTS
from tests.pipelines.styles import Row, Style, write_csv, write_xlsx
from warehouse.settings import load_settings

KEY = b"sleutel van de test"
SETTINGS = load_settings()
LARGEST = 10_000_000

# Every style of cell stands in one of these; their rules over two dates are kept by leaving the second empty.
TABLES = ("instellingen", "inschrijvingen", "activiteiten", "personeel")
EMPTY = {"einddatum", "uit_dienst"}
LETTERS = "abcXYZ éëïç€ß0123456789 ;,\t\"'()/-\n"
TEXTS = st.text(LETTERS, min_size=1, max_size=12).map(lambda text: "T" + text.strip())
NUMBERS = st.integers(0, 1_000_000)


def _values(column: Column) -> st.SearchStrategy[Any]:
    """Return the values one column may have, as they are after reading."""
    if column.name in EMPTY:
        return st.none()
    kind = column.kind
    highest = 100 if kind is Kind.PERCENT else column.maximum or 100_000
    found: st.SearchStrategy[Any]
    if kind is Kind.COUNT:
        found = st.integers(int(column.minimum or 0), int(highest))
    elif kind in (Kind.NUMBER, Kind.PERCENT):
        found = st.integers(0, int(highest) * 100).map(lambda hundredths: hundredths / 100)
    elif kind is Kind.DATE:
        found = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
    elif kind is Kind.SCHOOLJAAR:
        found = st.integers(2021, 2040).map(lambda year: f"{year}-{year + 1}")
    elif kind is Kind.INSTELLING:
        found = st.one_of(st.integers(1, 999_999).map(lambda n: f"{n:06d}"), st.sampled_from([*column.also, "000123"]))
    elif kind is Kind.NUMMER:
        found = st.integers(1, 999).map(str)
    elif kind is Kind.CHOICE:
        found = st.sampled_from(column.choices)
    elif kind is Kind.LIST:
        found = st.lists(st.sampled_from(column.choices), min_size=1, max_size=3)
    elif kind is Kind.CODE:
        found = NUMBERS.map(lambda n: f"C{n}")
    elif kind is Kind.PERSON:
        found = NUMBERS.map(lambda n: f"iemand.{n}@school.example")
    else:
        found = TEXTS
    return found if column.filled else st.none() | found


@st.composite
def tables(draw: st.DrawFn) -> tuple[Contract, list[Column], list[Row]]:
    """Return a contract, its columns in some order, and a few rows with different keys."""
    contract = BY_NAME[draw(st.sampled_from(TABLES))]
    columns = draw(st.permutations(contract.kept))
    row = st.fixed_dictionaries({column.name: _values(column) for column in contract.kept})
    rows = draw(st.lists(row, min_size=1, max_size=5, unique_by=lambda r: tuple(str(r[k]) for k in contract.key)))
    return contract, columns, rows


STYLES = st.builds(
    Style,
    delimiter=st.sampled_from([";", ",", "\t"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    quote_all=st.booleans(),
    header=st.sampled_from(
        ["as declared", "upper case", "no accents", "double spaces", "no-break spaces", "underscores"]
    ),
    numbers=st.sampled_from(
        [
            "decimal comma",
            "decimal point",
            "float",
            "points and comma",
            "spaces and comma",
            "no-break spaces and comma",
        ]
    ),
    dates=st.sampled_from(["dd/mm/jjjj", "d-m-jjjj", "iso", "serial"]),
    schooljaar=st.sampled_from(["2025-2026", "2025-26", "2526", "2025", "2025.0"]),
    instellingsnummer=st.sampled_from(["padded", "stripped", "float"]),
    missing=st.sampled_from(["", "n.v.t.", "-", "Geen cijfers beschikbaar", "  "]),
    titles=st.sampled_from([(), ("Een titel",), ("Een titel\nop twee regels", "en nog een, met; tekens")]),
    has_total=st.booleans(),
    has_blank_rows=st.booleans(),
    is_native=st.booleans(),
)


def _expected(contract: Contract, rows: list[Row]) -> pl.DataFrame:
    """Return the rows as they must be after cleaning."""

    def value(column: Column, row: Mapping[str, Any]) -> Any:
        found = row[column.name]
        return pseudonym(found, KEY) if column.is_personal and found is not None else found

    data = [{column.name: value(column, row) for column in contract.kept} for row in rows]
    return pl.DataFrame(data, schema=contract.schema)


def _judge(folder: Path, data: bytes, name: str) -> Any:
    path = folder / name
    path.write_bytes(data)
    return judge_file(path, name, KEY, SETTINGS)


RUNS = {"deadline": None, "suppress_health_check": [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]}


@settings(max_examples=80, **RUNS)
@given(table=tables(), style=STYLES)
def test_a_csv_reads_the_same_in_any_style(tmp_path: Path, table: Any, style: Style) -> None:
    contract, columns, rows = table
    data, numbers = write_csv(columns, rows, style)

    [cleaned], report = _judge(tmp_path, data, "levering.csv")

    assert report.quarantine.is_empty(), report.quarantine.to_dicts()
    assert_frame_equal(cleaned.accepted.select(list(contract.schema)), _expected(contract, rows))
    assert cleaned.accepted["_rij"].to_list() == numbers


@settings(max_examples=40, **RUNS)
@given(table=tables(), style=STYLES)
def test_a_workbook_reads_the_same_in_any_style(tmp_path: Path, table: Any, style: Style) -> None:
    contract, columns, rows = table
    data, numbers = write_xlsx(columns, rows, style)

    [cleaned], report = _judge(tmp_path, data, "levering.xlsx")

    assert report.quarantine.is_empty(), report.quarantine.to_dicts()
    assert_frame_equal(cleaned.accepted.select(list(contract.schema)), _expected(contract, rows))
    assert cleaned.accepted["_rij"].to_list() == numbers


CELLS = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["", "2025-2026", "12345", "<5", "-", "1,5", "31/02/2025", "ja", "1A", "=1+1", "#N/B", "nan", "inf"]
    ),
)


@settings(max_examples=80, **RUNS)
@given(name=st.sampled_from([c.name for c in CONTRACTS if c.sheet is None and not c.extra_header_rows]), data=st.data())
def test_every_row_read_is_accepted_or_quarantined(tmp_path: Path, name: str, data: st.DataObject) -> None:
    contract = BY_NAME[name]
    columns = contract.columns
    cells = st.lists(CELLS, min_size=len(columns), max_size=len(columns))
    rows = data.draw(st.lists(cells, min_size=1, max_size=6))
    buffer = io.StringIO(newline="")
    for row in [[column.header for column in columns], *rows]:
        buffer.write(";".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n")
    path = tmp_path / "B017_levering.csv"
    path.write_bytes(buffer.getvalue().encode("utf-8", errors="replace").replace(b"\x00", b"?"))
    headers = known_headers(CONTRACTS)
    if not any(cell.strip() for row in rows for cell in row):
        with pytest.raises(LeveringFout, match="Er staat enkel een kop"):
            recognise(read_file(path, LARGEST, headers), CONTRACTS)
        return
    [table] = recognise(read_file(path, LARGEST, headers), CONTRACTS)

    cleaned = clean(table, KEY, "B017")

    in_quarantine = cleaned.quarantine.get_column("rij").n_unique()
    assert cleaned.read == cleaned.accepted.height + in_quarantine
    assert not set(cleaned.accepted["_rij"]) & set(cleaned.quarantine["rij"])
    assert cleaned.accepted.schema == pl.Schema(
        contract.schema | {"_rij": pl.Int64, "_blad": pl.String, "_klein": pl.List(pl.String)}
    )


GOOD = [
    {column.name: None for column in BY_NAME["inschrijvingen"].kept}
    | {"inschrijving_id": f"I{n}", "activiteit_id": "A1", "persoon": "a@b.be", "instellingsnummer": "012345"}
    | {"ingeschreven_op": dt.date(2025, 10, n + 1), "status": "ingeschreven"}
    for n in range(9)
]
VALID = {
    "xlsx": write_xlsx(BY_NAME["inschrijvingen"].kept, GOOD, Style())[0],
    "csv": write_csv(BY_NAME["inschrijvingen"].kept, GOOD, Style(quote_all=True))[0],
    "utf-16": write_csv(BY_NAME["inschrijvingen"].kept, GOOD, Style(encoding="utf-16"))[0],
}


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Return a good file that was cut off, or of which some bytes were changed."""
    data = bytearray(VALID[draw(st.sampled_from(sorted(VALID)))])
    for _ in range(draw(st.integers(0, 4))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.one_of(st.just(len(data)), st.integers(0, len(data))))])


def _judgement(folder: Path, data: bytes) -> Any:
    """Return the judgement of a file, or the refusal."""
    try:
        return _judge(folder, data, "levering.csv")
    except LeveringFout as refusal:
        return refusal


RANDOM = st.builds(
    lambda start, rest: start + rest,
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf", b"\x00"]),
    st.binary(max_size=300),
)


@settings(max_examples=150, **RUNS)
@given(data=damaged() | RANDOM)
@example(data=b'inschrijving id;activiteit id\n"')
@example(data=b"\xff\xfe\x00\xd8")
def test_bytes_of_any_kind_are_read_or_refused(tmp_path: Path, data: bytes) -> None:
    outcome = _judgement(tmp_path, data)

    if isinstance(outcome, LeveringFout):
        assert str(outcome).endswith(".")
    else:
        tables, report = outcome
        assert report.gelezen == report.aanvaard + sum(table.refused for table in tables)


@pytest.mark.parametrize("name", sorted(VALID))
def test_the_files_that_get_damaged_are_good_ones(tmp_path: Path, name: str) -> None:
    _, report = _judge(tmp_path, VALID[name], "levering")
    assert (report.bron, report.gelezen, report.aanvaard) == ("inschrijvingen", 9, 9)
