"""From recognised text to typed, pseudonymised rows; what breaks the contract goes to quarantine with its reason.

Everything here is frame in, frame out. Rows read = rows accepted + rows refused, always.
"""

from dataclasses import dataclass

import polars as pl

from pipelines import values
from pipelines.contract import NUMERIC, Column, Contract, Kind
from pipelines.faults import Melding
from pipelines.pseudonym import pseudonymise
from pipelines.recognise import Recognised, surplus_reason

HIDDEN = "(persoonsgegeven, niet getoond)"
QUARANTINE_SCHEMA = {
    "blad": pl.String,
    "rij": pl.Int64,
    "kolom": pl.String,
    "waarde": pl.String,
    "reden": pl.String,
}
SHOWN_LENGTH = 80
EXPECTED = {
    Kind.COUNT: "is geen geheel getal",
    Kind.NUMBER: "is geen getal",
    Kind.PERCENT: "is geen percentage",
    Kind.DATE: "is geen bestaande datum (dd/mm/jjjj)",
    Kind.MOMENT: "is geen bestaand tijdstip (jjjj-mm-dd uu:mm:ss)",
    Kind.TIME: "is geen uur (uu:mm)",
    Kind.FLAG: "is niet 'ja' of 'nee'",
    Kind.SCHOOLJAAR: "is geen schooljaar (zoals 2025-2026)",
    Kind.INSTELLING: "is geen instellingsnummer van 6 cijfers",
    Kind.NUMMER: "is geen nummer van een scholengroep",
}


@dataclass(frozen=True)
class Cleaned:
    """The rows of one table after cleaning.

    `accepted` has the contract's schema plus `_rij`, `_blad` and `_klein`; `quarantine` one row per fault
    (QUARANTINE_SCHEMA), `refused` the number of different rows in it.
    """

    contract: Contract
    accepted: pl.DataFrame
    quarantine: pl.DataFrame
    read: int
    meldingen: list[Melding]

    @property
    def refused(self) -> int:
        """Rows kept out."""
        return self.read - self.accepted.height


class _Faults:
    """The faults of one table, gathered by row."""

    def __init__(self, table: Recognised) -> None:
        self.table = table
        self.frames: list[pl.DataFrame] = []
        self.bad = pl.repeat(value=False, n=table.cells.height, eager=True)

    def add(self, mask: pl.Series, column: str, header: str, reason: str, *, personal: bool = False) -> None:
        """Refuse the rows of `mask` because of one column."""
        mask = mask.fill_null(value=False)
        if not mask.any():
            return
        self.bad = self.bad | mask
        rows = self.table.cells.filter(mask)
        value = (
            rows.get_column(column) if column in rows.columns else pl.repeat(None, rows.height, eager=True)
        )
        self.frames.append(
            _fault_rows(self.table.sheet, rows.get_column("rij"), header, value, reason, personal)
        )

    def surplus(self) -> pl.DataFrame:
        """Return the rows with more cells than the header as faults."""
        rows = self.table.surplus
        last = [name for name in rows.columns if name != "rij"][-1:]
        broken = rows.get_column(last[0]).to_list() if last and rows.height else []
        reasons = [surplus_reason(value) for value in broken]
        return pl.DataFrame(
            {
                "blad": [self.table.sheet] * rows.height,
                "rij": rows.get_column("rij").cast(pl.Int64),
                "kolom": [None] * rows.height,
                "waarde": [None] * rows.height,
                "reden": reasons,
            },
            schema=QUARANTINE_SCHEMA,
        )


def _fault_rows(
    sheet: str | None, rows: pl.Series, header: str, value: pl.Series, reason: str, personal: bool
) -> pl.DataFrame:
    shown = (
        pl.lit(HIDDEN)
        if personal
        else pl.lit(value.cast(pl.String))
        .str.replace_all(values.EMAIL, "[e-mail]")
        .str.slice(0, SHOWN_LENGTH)
    )
    return pl.select(
        blad=pl.lit(sheet, pl.String),
        rij=pl.lit(rows.cast(pl.Int64)),
        kolom=pl.lit(header),
        waarde=shown,
        reden=pl.lit(reason),
    )


def clean(table: Recognised, key: bytes, person: str | None = None) -> Cleaned:
    """Return the typed rows of a recognised table and the quarantine of the others.

    `key` is the pseudonym key; `person` the begeleider's code where the file's name carries it.
    """
    contract = table.contract
    faults = _Faults(table)
    meldingen = list(table.meldingen)
    columns: dict[str, pl.Series] = {}
    small: dict[str, pl.Series] = {}
    for column in contract.kept:
        texts = values.trimmed(table.cells.get_column(column.name))
        if column.kind in NUMERIC:
            is_small = values.small_counts(texts)
            if is_small.any():
                small[column.name] = is_small
                texts = pl.select(pl.when(~is_small).then(texts)).to_series()
        columns[column.name] = _typed(texts, column, table, faults, key, column.name in small)
        _note_oddities(columns[column.name], column, table.sheet, meldingen)
    frame = pl.DataFrame(columns)
    for rule in contract.rules:
        broken = frame.select(rule.broken.alias("broken")).get_column("broken")
        faults.add(broken, rule.column, _header(contract, rule.column), rule.reason)
    if contract.person_in_file_name:
        code = pseudonymise(pl.Series([person]), key).item()
        frame = frame.with_columns(pl.lit(code, pl.String).alias(contract.person_in_file_name))
    frame = frame.with_columns(
        _rij=table.cells.get_column("rij").cast(pl.Int64),
        _blad=pl.lit(table.sheet, pl.String),
        _klein=_small_names(small, frame.height),
    )
    if contract.answers_column:
        frame = frame.with_columns(_answers(table).alias(contract.answers_column))
    _refuse_double_keys(frame, contract, faults)
    accepted = frame.filter(~faults.bad)
    if contract.finish:
        accepted = contract.finish(accepted)
    quarantine = pl.concat([faults.surplus(), *faults.frames]).sort("rij", maintain_order=True)
    read = table.cells.height + table.surplus.height
    return Cleaned(
        contract, accepted.select([*contract.schema, "_rij", "_blad", "_klein"]), quarantine, read, meldingen
    )


def _typed(
    texts: pl.Series, column: Column, table: Recognised, faults: _Faults, key: bytes, has_small: bool
) -> pl.Series:
    """Return one typed column; unreadable, empty-but-required and out-of-range values become faults."""
    typed = values.read_values(texts, column, month_first=column.name in table.month_first)
    personal = column.is_personal
    unreadable = typed.is_null() & texts.is_not_null()
    faults.add(unreadable, column.name, column.header, _expected(column), personal=personal)
    if column.filled and not has_small:
        faults.add(texts.is_null(), column.name, column.header, "is leeg maar verplicht", personal=personal)
    if column.kind in NUMERIC:
        low = 0.0 if column.kind is Kind.PERCENT else column.minimum
        high = 100.0 if column.kind is Kind.PERCENT else column.maximum
        if low is not None:
            faults.add(typed < low, column.name, column.header, f"is kleiner dan {_number(low)}")
        if high is not None:
            faults.add(typed > high, column.name, column.header, f"is groter dan {_number(high)}")
    if column.kind is Kind.PERSON:
        return pseudonymise(typed, key)
    if column.kind is Kind.PERSONS:
        lists = typed.to_frame("people").with_row_index("place")
        flat = lists.explode("people")
        flat = flat.with_columns(people=pseudonymise(flat.get_column("people"), key))
        return (
            flat.group_by("place", maintain_order=True)
            .agg(pl.col("people").drop_nulls())
            .get_column("people")
        )
    return typed


def _expected(column: Column) -> str:
    if column.kind in (Kind.CHOICE, Kind.LIST):
        return f"is geen geldige waarde; kies uit: {', '.join(column.choices)}"
    return EXPECTED.get(column.kind, "kan niet gelezen worden")


def _number(value: float) -> str:
    return f"{value:,.0f}".replace(",", ".")


def _note_oddities(typed: pl.Series, column: Column, sheet: str | None, meldingen: list[Melding]) -> None:
    """Report what is odd in a column as a whole: shares where percentages belong, failing check digits."""
    known = typed.drop_nulls()
    if column.kind is Kind.PERCENT and known.len() >= 3 and known.max() <= 1 and known.max() > 0:  # type: ignore[operator]  # a numeric series
        meldingen.append(
            Melding(
                f"Alle waarden van '{column.header}' liggen tussen 0 en 1, maar de kolom is een percentage van 0 tot "
                "100. Er is niets herrekend: kijk de levering na.",
                sheet,
            )
        )
    if column.kind is Kind.INSTELLING:
        numbers = known.unique().sort().to_list()
        failing = [n for n in numbers if n not in column.also and not values.has_valid_check_digit(n)]
        if failing:
            meldingen.append(
                Melding(
                    f"{len(failing)} instellingsnummer(s) in '{column.header}' met een controlecijfer dat niet klopt, "
                    f"zoals {failing[0]}. De rijen zijn wel geladen.",
                    sheet,
                )
            )


def _header(contract: Contract, name: str) -> str:
    return next((column.header for column in contract.columns if column.name == name), name)


def _small_names(small: dict[str, pl.Series], height: int) -> pl.Series:
    """Return, per row, the names of the columns whose value was delivered as suppressed."""
    if not small:
        return pl.Series([[]], dtype=pl.List(pl.String)).new_from_index(0, height)
    parts = [pl.when(mask).then(pl.lit(name)) for name, mask in small.items()]
    return pl.select(pl.concat_list(parts).list.drop_nulls()).to_series()


def _answers(table: Recognised) -> pl.Series:
    """Return the answers of one response as a list of question and value; an unanswered question is left out."""
    long = (
        table.cells.select("rij", *table.answers)
        .unpivot(index="rij", variable_name="vraag", value_name="waarde")
        .with_columns(pl.col("waarde").str.strip_chars().replace("", None))
        .drop_nulls("waarde")
    )
    grouped = long.group_by("rij").agg(antwoorden=pl.struct("vraag", "waarde"))
    empty = pl.lit([], pl.List(pl.Struct({"vraag": pl.String, "waarde": pl.String})))
    joined = table.cells.select("rij").join(grouped, on="rij", how="left", maintain_order="left")
    return joined.select(pl.col("antwoorden").fill_null(empty)).to_series()


def _refuse_double_keys(frame: pl.DataFrame, contract: Contract, faults: _Faults) -> None:
    """Refuse the later of two good rows with the same key, naming the row that stays."""
    keys = list(contract.key)
    if not keys:
        return
    good = frame.select(*keys, "_rij").filter(~faults.bad)
    later = (
        good.filter(~pl.struct(keys).is_first_distinct())
        if len(keys) > 1
        else good.filter(~pl.col(keys[0]).is_first_distinct())
    )
    if later.is_empty():
        return
    first = good.unique(keys, keep="first").rename({"_rij": "_eerste"})
    pairs = later.join(first, on=keys, nulls_equal=True, how="left")
    headers = ", ".join(_header(contract, name) for name in keys)
    for row, stays in pairs.select("_rij", "_eerste").iter_rows():
        mask = frame.get_column("_rij") == row
        personal = any(column.is_personal for column in contract.columns if column.name == keys[0])
        faults.add(mask, keys[0], headers, f"de sleutel staat al op rij {stays}", personal=personal)
