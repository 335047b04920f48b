"""From recognised text to typed, pseudonymised rows; what breaks the contract goes to quarantine with its reason.

Everything here is frame in, frame out. Rows read = rows accepted + rows refused, always.
"""

from dataclasses import dataclass, replace

import polars as pl

from pipelines import values
from pipelines.contract import NUMERIC, Column, Contract, Kind
from pipelines.faults import Melding
from pipelines.pseudonym import pseudonym, pseudonymise
from pipelines.recognise import Recognised, surplus_reason
from pipelines.wording import counted, number_text
from warehouse.staff_views import STAFF_SOURCES

HIDDEN = "(persoonsgegeven, niet getoond)"
#: Stands for every value of a source about staff: a date of leave beside its row number tells who.
SHIELDED = "afgeschermd"
QUARANTINE_SCHEMA = {
    "blad": pl.String,
    "rij": pl.Int64,
    "kolom": pl.String,
    "waarde": pl.String,
    "reden": pl.String,
}
SHOWN_LENGTH = 80
# A choice text that begins with its point: '4 - akkoord', '4: akkoord', '4. akkoord'.
NUMBERED = r"^(-?\d+)\s*[-–—:=.)]\s*[^\d\s].*$"
EXPECTED = {
    Kind.COUNT: "is geen geheel getal",
    Kind.NUMBER: "is geen getal",
    Kind.PERCENT: "is geen percentage",
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
    (QUARANTINE_SCHEMA), `refused` the number of different rows in it, `left_out` those rows as far as they could be
    typed (with `_rij`; a row that became no cells is not there). `outside` rows belong to others: they are
    no rows of the delivery, so neither read nor refused.
    """

    contract: Contract
    accepted: pl.DataFrame
    quarantine: pl.DataFrame
    read: int
    meldingen: list[Melding]
    left_out: pl.DataFrame
    outside: int = 0

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

    def add(
        self, mask: pl.Series, column: str, header: str, reason: str | pl.Series, *, personal: bool = False
    ) -> None:
        """Refuse the rows of `mask` because of one column; `reason` is the same for all, or one per row."""
        if not mask.any():
            return
        mask = mask.fill_null(value=False)
        self.bad = self.bad | mask
        rows = self.table.cells.filter(mask)
        value = rows.get_column(column) if column in rows.columns else pl.repeat(None, rows.height, eager=True)
        if isinstance(reason, pl.Series):
            reason = reason.filter(mask)
        self.frames.append(_fault_rows(self.table.sheet, rows.get_column("rij"), header, value, reason, personal))

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
    sheet: str | None, rows: pl.Series, header: str, value: pl.Series, reason: str | pl.Series, personal: bool
) -> pl.DataFrame:
    shown = (
        pl.lit(HIDDEN)
        if personal
        else pl.lit(value.cast(pl.String)).str.replace_all(values.EMAIL, "[e-mail]").str.slice(0, SHOWN_LENGTH)
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
    table, outside = _without_others(table)
    contract = table.contract
    faults = _Faults(table)
    meldingen = list(table.meldingen)
    texts = values.trimmed(table.cells.select(c.name for c in contract.kept)).to_dict()
    month_first = _month_first(texts, table, meldingen)
    small = _small_counts(texts, contract)
    columns: dict[str, pl.Series] = {}
    for column in contract.kept:
        columns[column.name] = _typed(texts, small, column, table, month_first, faults, key, meldingen)
        _note_oddities(columns[column.name], column, table, meldingen)
    frame = pl.DataFrame(columns)
    for rule in contract.rules:
        broken = frame.select(rule.broken.alias("broken")).get_column("broken")
        faults.add(broken, rule.column, table.header(rule.column), rule.reason)
    if contract.person_in_file_name:
        code = None if person is None else pseudonym(person, key)
        frame = frame.with_columns(pl.lit(code, pl.String).alias(contract.person_in_file_name))
    frame = frame.with_columns(
        _rij=table.cells.get_column("rij").cast(pl.Int64),
        _blad=pl.lit(table.sheet, pl.String),
        _klein=_small_names(small, frame.height),
    )
    if contract.answers_column:
        frame = frame.with_columns(_answers(table).alias(contract.answers_column))
        meldingen += _note_worded_answers(frame.get_column(contract.answers_column), table.sheet)
    _refuse_double_keys(frame, table, faults)
    accepted = frame.filter(~faults.bad) if faults.bad.any() else frame
    left_out = frame.filter(faults.bad)
    if contract.finish:
        accepted = contract.finish(accepted)
    before = table.refused if table.refused is not None else pl.DataFrame(schema=QUARANTINE_SCHEMA)
    quarantine = pl.concat([before, faults.surplus(), *faults.frames]).sort("rij", maintain_order=True)
    if contract.bron in STAFF_SOURCES:
        quarantine = quarantine.with_columns(waarde=pl.when(pl.col("waarde").is_not_null()).then(pl.lit(SHIELDED)))
    read = table.cells.height + table.surplus.height + before.height
    return Cleaned(
        contract,
        accepted.select([*contract.schema, "_rij", "_blad", "_klein"]),
        quarantine,
        read,
        meldingen,
        left_out,
        outside,
    )


def _without_others(table: Recognised) -> tuple[Recognised, int]:
    """Return the table without the rows that belong to others, and how many those were; it is told."""
    column = next((column for column in table.contract.columns if column.outside), None)
    if column is None:
        return table, 0
    own, header = column.choices[0], column.header
    texts = values.trimmed(table.cells.select(column.name)).to_series()
    if texts.null_count() == texts.len():
        text = f"De kolom '{header}' is er niet of is leeg: alle rijen tellen als rijen van {own}."
        cells = table.cells.with_columns(pl.lit(own).alias(column.name))
        return replace(table, cells=cells, meldingen=[*table.meldingen, Melding(text, table.sheet)]), 0
    others = texts.is_not_null() & values.read_values(texts, column).is_null()
    count = int(others.sum())
    if not count:
        return table, 0
    text = (
        f"{counted(count, 'rij', 'rijen')} {column.outside} ('{header}' is niet {own}): hoort niet bij deze levering "
        "en telt niet bij de gelezen rijen."
    )
    meldingen = [*table.meldingen, Melding(text, table.sheet)]
    return replace(table, cells=table.cells.filter(~others), meldingen=meldingen), count


def _small_counts(texts: dict[str, pl.Series], contract: Contract) -> dict[str, pl.Series]:
    """Return, per column that has them, where a value was suppressed; those values become null in `texts`."""
    small = {}
    for column in contract.kept:
        if column.kind in NUMERIC:
            is_small = values.small_counts(texts[column.name])
            if is_small.any():
                small[column.name] = is_small
                texts[column.name] = pl.select(pl.when(~is_small).then(texts[column.name])).to_series()
    return small


def _typed(
    texts: dict[str, pl.Series],
    small: dict[str, pl.Series],
    column: Column,
    table: Recognised,
    month_first: frozenset[str],
    faults: _Faults,
    key: bytes,
    meldingen: list[Melding],
) -> pl.Series:
    """Return one typed column; unreadable, empty-but-required and out-of-range values become faults."""
    own = texts[column.name]
    typed = values.read_values(
        own,
        column,
        month_first=column.name in month_first,
        points_are_thousands=_points_are_thousands(texts, column, table, meldingen),
    )
    personal, header = column.is_personal, table.header(column.name)
    if typed.null_count() > own.null_count():
        unreadable = typed.is_null() & own.is_not_null()
        expected = _expected(column, month_first=column.name in month_first)
        faults.add(unreadable, column.name, header, expected, personal=personal)
    if column.filled and own.null_count():
        hidden = small.get(column.name, pl.repeat(value=False, n=own.len(), eager=True))
        # A value that is not there is nobody's: "(not shown) is empty" would say two things.
        faults.add(own.is_null() & ~hidden, column.name, header, "is leeg maar verplicht")
        faults.add(hidden, column.name, header, "verbergt het getal, maar dat getal is hier nodig")
    if column.kind in NUMERIC:
        low = 0.0 if column.kind is Kind.PERCENT else column.minimum
        high = 100.0 if column.kind is Kind.PERCENT else column.maximum
        if low is not None:
            faults.add(typed < low, column.name, header, f"is kleiner dan {number_text(low)}")
        if high is not None:
            faults.add(typed > high, column.name, header, f"is groter dan {number_text(high)}")
    if column.kind is Kind.PERSON:
        return pseudonymise(typed, key)
    if column.kind is Kind.PERSONS:
        lists = typed.to_frame("people").with_row_index("place")
        flat = lists.explode("people")
        flat = flat.with_columns(people=pseudonymise(flat.get_column("people"), key))
        return flat.group_by("place", maintain_order=True).agg(pl.col("people").drop_nulls()).get_column("people")
    return typed


def _month_first(texts: dict[str, pl.Series], table: Recognised, meldingen: list[Melding]) -> frozenset[str]:
    """Return the columns in which the month stands before the day.

    A British export has the headers of an American one and the day first. A date such as 31/12/2025 tells, where none
    says the opposite; what was decided is told.
    """
    if not table.month_first:
        return table.month_first
    dates = pl.concat([texts[name] for name in table.month_first])
    british = (
        dates.str.contains(values.DAY_BEFORE_MONTH).any() and not dates.str.contains(values.MONTH_BEFORE_DAY).any()
    )
    if not british:
        return table.month_first
    sample = dates.filter(dates.str.contains(values.DAY_BEFORE_MONTH)).to_list()[0]
    headers = ", ".join(f"'{table.header(name)}'" for name in sorted(table.month_first))
    text = f"De datums in {headers} zijn gelezen met de dag vooraan (zoals '{sample}'), niet met de maand vooraan."
    meldingen.append(Melding(text, table.sheet))
    return frozenset()


def _points_are_thousands(
    texts: dict[str, pl.Series], column: Column, table: Recognised, meldingen: list[Melding]
) -> bool:
    """Return whether `1.234` means a thousand in a column; a guess is told.

    In a workbook a number is stored as such and its text always has a decimal point. In a CSV where nothing
    tells, a column in which only some numbers have a point has its points for the thousands.
    """
    own = texts[column.name]
    is_number = column.kind in (Kind.NUMBER, Kind.PERCENT)
    if not is_number or table.sheet is not None or not values.has_two_readings(own).any():
        return False
    numbers = [texts[c.name] for c in table.contract.kept if c.kind in NUMERIC]
    known = values.points_are_thousands(column, own, numbers)
    if known is not None:
        return known
    guess = not own.drop_nulls().str.contains(".", literal=True).all()
    sample = own.filter(values.has_two_readings(own)).to_list()[0]
    meaning = "een duizendtal" if guess else "een decimaal getal"
    meldingen.append(
        Melding(
            f"In de kolom '{table.header(column.name)}' is '{sample}' gelezen als {meaning}; het punt kan beide "
            "betekenen. Kijk na of dat klopt."
        )
    )
    return guess


def _expected(column: Column, *, month_first: bool) -> str:
    if column.kind in (Kind.CHOICE, Kind.LIST):
        return f"is geen geldige waarde; kies uit: {', '.join(column.choices)}"
    if column.kind is Kind.DATE:
        first, last = column.years
        return f"is geen bestaande datum van {first} tot {last} ({'mm/dd' if month_first else 'dd/mm'}/jjjj)"
    return EXPECTED.get(column.kind, "kan niet gelezen worden")


def _note_oddities(typed: pl.Series, column: Column, table: Recognised, meldingen: list[Melding]) -> None:
    """Report what is odd in a column as a whole: shares where percentages belong, failing check digits."""
    header, sheet = table.header(column.name), table.sheet
    if column.kind is Kind.PERCENT and (highest := typed.max()) is not None and 0 < highest <= 1:  # type: ignore[operator]  # a numeric series
        meldingen.append(
            Melding(
                f"Alle waarden van '{header}' liggen tussen 0 en 1, maar de kolom is een percentage van 0 tot "
                "100. Er is niets herrekend: kijk de levering na.",
                sheet,
            )
        )
    if column.kind is Kind.INSTELLING:
        numbers = typed.drop_nulls().unique().sort().to_list()
        failing = [n for n in numbers if n not in column.also and not values.has_valid_check_digit(n)]
        if failing:
            meldingen.append(
                Melding(
                    f"{len(failing)} instellingsnummer(s) in '{header}' met een controlecijfer dat niet klopt, "
                    f"zoals {failing[0]}. Een rij wordt daarvoor niet geweigerd.",
                    sheet,
                )
            )


def _small_names(small: dict[str, pl.Series], height: int) -> pl.Series:
    """Return, per row, the names of the columns whose value was delivered as suppressed."""
    if not small:
        return pl.Series([[]], dtype=pl.List(pl.String)).new_from_index(0, height)
    parts = [pl.when(mask).then(pl.lit(name)) for name, mask in small.items()]
    return pl.select(pl.concat_list(parts).list.drop_nulls()).to_series()


def _answers(table: Recognised) -> pl.Series:
    """Return the answers of a response as a list of question and value; an unanswered question is left out."""
    long = (
        table.cells.select("rij", *(pl.col(cell).alias(question) for question, cell in table.answers.items()))
        .unpivot(index="rij", variable_name="vraag", value_name="waarde")
        .with_columns(pl.col("waarde").cast(pl.String).str.strip_chars().replace("", None))
        .with_columns(pl.col("waarde").str.replace_all(values.EMAIL, "[e-mail]"))
        .drop_nulls("waarde")
    )
    grouped = long.group_by("rij").agg(antwoorden=pl.struct("vraag", "waarde"))
    empty = pl.lit([], pl.List(pl.Struct({"vraag": pl.String, "waarde": pl.String})))
    joined = table.cells.select("rij").join(grouped, on="rij", how="left", maintain_order="left")
    return joined.select(pl.col("antwoorden").fill_null(empty)).to_series()


def _note_worded_answers(answers: pl.Series, sheet: str | None) -> list[Melding]:
    """Report the questions answered in words only: open questions, or an export of labels instead of points."""
    given = answers.explode(empty_as_null=False).struct.unnest()
    points = pl.col("waarde").str.replace(NUMBERED, "$1").cast(pl.Float64, strict=False)
    worded = given.group_by("vraag").agg(is_worded=points.is_null().all())
    names = worded.filter("is_worded").get_column("vraag").sort().to_list()
    if not names:
        return []
    text = (
        f"Vragen die enkel met woorden beantwoord zijn: {', '.join(names)}. Zijn dat geen open vragen, exporteer dan "
        "uit Qualtrics met numerieke waarden: woorden tellen enkel mee waar 'edbi vragen' ze als 'schaal labels' geeft."
    )
    return [Melding(text, sheet)]


def _refuse_double_keys(frame: pl.DataFrame, table: Recognised, faults: _Faults) -> None:
    """Refuse the later of two good rows with the same key, naming the row that stays."""
    contract = table.contract
    keys = list(contract.key)
    if not keys:
        return
    good = frame.select(*keys, "_rij").filter(~faults.bad)
    if good.select(keys).n_unique() == good.height:
        return
    key = pl.col(keys[0]) if len(keys) == 1 else pl.struct(keys)
    later = good.filter(~key.is_first_distinct())
    first = good.unique(keys, keep="first").rename({"_rij": "_eerste"})
    pairs = later.join(first, on=keys, nulls_equal=True, how="left").select("_rij", "_eerste")
    headers = ", ".join(table.header(name) for name in keys)
    personal = any(column.is_personal for column in contract.columns if column.name == keys[0])
    reasons = frame.select("_rij").join(pairs, on="_rij", how="left", maintain_order="left")
    reason = reasons.select(pl.concat_str(pl.lit("staat met dezelfde sleutel al op rij "), "_eerste")).to_series()
    faults.add(reason.is_not_null(), keys[0], headers, reason, personal=personal)
