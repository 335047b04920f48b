"""What Great Expectations judges: a suite from the contract, its results as rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipelines.sources import BY_NAME, CONTRACTS
from pipelines.validation import Judge

SCHEMA = BY_NAME["planning"].schema
GOOD = {
    "schooljaar": ["2025-2026", "2025-2026"],
    "begeleider": ["a", "b"],
    "categorie": ["vt", "plg"],
    "scholengroep_nummer": ["12", None],
    "dagdelen": [3.0, 0.0],
}


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    """One judging process for all tests: it takes seconds to start."""
    with Judge() as process:
        yield process


def verdict(judge: Judge, folder: Path, table: str, frame: pl.DataFrame) -> list[dict[str, Any]]:
    path = folder / "steekproef.parquet"
    frame.write_parquet(path)
    judge.ask(table, path)
    return judge.answer()


def failures(rows: list[dict[str, Any]]) -> list[tuple[str, str | None, str, str]]:
    return [(r["verwachting"], r["kolom"], r["waargenomen"], r["ernst"]) for r in rows if not r["geslaagd"]]


def test_the_suite_follows_from_the_contract_and_good_rows_meet_it(judge: Judge, tmp_path: Path) -> None:
    rows = verdict(judge, tmp_path, "planning", pl.DataFrame(GOOD, schema=SCHEMA))
    assert failures(rows) == []
    assert {(row["bron"], row["tabel"]) for row in rows} == {("planning", "planning")}
    assert {row["verwachting"] for row in rows} == {
        "de kolommen zijn die van het contract",
        "de sleutel (schooljaar, begeleider, categorie, scholengroep_nummer) is uniek",
        "'schooljaar' is ingevuld",
        "'begeleider' is ingevuld",
        "'categorie' is ingevuld",
        "'categorie' heeft een waarde uit de lijst",
        "'dagdelen' is ingevuld",
        "'dagdelen' ligt tussen de grenzen",
    }


def test_every_contract_has_a_suite(judge: Judge, tmp_path: Path) -> None:
    for contract in CONTRACTS:
        rows = verdict(judge, tmp_path, contract.name, pl.DataFrame(schema=contract.schema))
        required = {column.name for column in contract.kept if column.filled}
        assert required <= {row["kolom"] for row in rows if row["verwachting"].endswith("is ingevuld")}
        assert {row["ernst"] for row in rows} <= {"kritiek", "waarschuwing"}


@pytest.mark.parametrize(
    ("change", "failure"),
    [
        (
            {"begeleider": ["a", "a"], "categorie": ["vt", "vt"], "scholengroep_nummer": ["12", "12"]},
            ("de sleutel (schooljaar, begeleider, categorie, scholengroep_nummer) is uniek", None, "2 van 2 afwijkend"),
        ),
        ({"begeleider": ["a", None]}, ("'begeleider' is ingevuld", "begeleider", "1 van 2 afwijkend")),
        (
            {"categorie": ["vt", "iets"]},
            ("'categorie' heeft een waarde uit de lijst", "categorie", "1 van 2 afwijkend"),
        ),
        ({"dagdelen": [-1.0, 5.0]}, ("'dagdelen' ligt tussen de grenzen", "dagdelen", "1 van 2 afwijkend")),
    ],
)
def test_a_broken_expectation_is_a_failed_row_with_its_severity(
    judge: Judge, tmp_path: Path, change: dict[str, list[Any]], failure: tuple[str, str | None, str]
) -> None:
    rows = verdict(judge, tmp_path, "planning", pl.DataFrame(GOOD | change, schema=SCHEMA))
    assert failures(rows) == [(*failure, "kritiek")]


def test_a_column_that_is_nearly_everywhere_empty_is_a_warning(judge: Judge, tmp_path: Path) -> None:
    contract = BY_NAME["instellingen"]
    rows = [
        {"schooljaar": "2025-2026", "instellingsnummer": f"{n:06d}", "naam": "S", "onderwijsniveau": "BaO"}
        | {"scholengroep_nummer": "12", "scholengroep": "De Ster", "personeelsleden": 20, "vte": None}
        for n in range(3)
    ]
    found = verdict(judge, tmp_path, contract.name, pl.DataFrame(rows, schema=contract.schema))
    assert failures(found) == [("'vte' is niet bijna overal leeg", "vte", "0.000", "waarschuwing")]


def test_a_table_that_cannot_be_judged_stops_the_build_with_its_name(judge: Judge, tmp_path: Path) -> None:
    judge.ask("planning", tmp_path / "weg.parquet")
    with pytest.raises(RuntimeError, match="Great Expectations kon niet oordelen: planning: FileNotFoundError"):
        judge.answer()
