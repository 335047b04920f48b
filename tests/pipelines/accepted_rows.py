"""Rows that their contract accepts, at random: whatever the contract allows may come, the odd and extreme first.

Kinds, limits, choices, rules and keys come from the contract itself, so a rule that is added there holds here too.
Only what a contract leaves open (names, identifiers, dates) is drawn from small pools, so that tables meet.
"""

import datetime as dt
import random
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.contract import NUMERIC, Column, Contract, Kind, VakKind
from pipelines.sources import BY_NAME
from warehouse.landing import LandingFile

#: The last one is unknown to every list: a successor or a CLB may be.
INSTELLINGEN = ("000011", "000022", "000033", "000044", "000055", "000066", "000077", "000088", "999999")
SCHOOLJAREN = ("2023-2024", "2024-2025", "2025-2026")
FAR_SCHOOLJAREN = ("1950-1951", "2022-2023", "2026-2027", "2099-2100")
SCHOLENGROEPEN = ("1", "2", "12", "9999")
PEOPLE = tuple(f"persoon{number}" for number in range(7))
#: Words that could be taken for something else: the names of totals and gaps in the marts, quotes, patterns.
WORDS = ("alle", "geen", "onbekend", "totaal", "Totaal", "zonder categorie", "A1", "a1", "B2", "{} '\";%", "É", "noord")
IDENTIFIERS = tuple(str(number) for number in range(1, 9))
DATES = (
    dt.date(2023, 9, 1),
    dt.date(2024, 2, 29),
    dt.date(2024, 8, 31),
    dt.date(2025, 9, 1),
    dt.date(2026, 6, 30),
)
TIMES = (dt.time(0, 0), dt.time(9, 0), dt.time(12, 30), dt.time(23, 59, 59))
ANSWERS = ("1", "2", "3", "4", "5", " 5 ", "3,5", "0", "6", "-1", "99", "ja", "nan", "inf", "1e308")
EXTREME = 1e300
FEW = (0, 1, 3, 12)
#: Rows drawn for one that stays: the rules and keys of a contract refuse most random ones.
OVERSAMPLED = 6


def accepted_rows(name: str, amount: int, seed: int) -> pl.DataFrame:
    """Return at most `amount` rows of the table `name` as cleaning leaves them, without `_vak`."""
    contract = BY_NAME[name]
    draw = random.Random(f"{seed} {name}")
    rows = [_row(contract, number, draw) for number in range(OVERSAMPLED * amount)]
    schema = {**contract.schema, "_rij": pl.Int64(), "_blad": pl.String(), "_klein": pl.List(pl.String())}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    for rule in contract.rules:
        frame = frame.filter(~rule.broken.fill_null(value=False))
    if contract.key:
        frame = frame.unique(contract.key, keep="first", maintain_order=True)
    frame = frame.head(amount)
    return contract.finish(frame) if contract.finish else frame


def write_delivery(name: str, frame: pl.DataFrame, folder: Path, order: int, vak: str = "geheel") -> LandingFile:
    """Write rows as an accepted delivery of one vak and return it."""
    path = folder / f"{name}-{order}.parquet"
    frame.with_columns(_vak=pl.lit(vak)).write_parquet(path)
    return LandingFile(f"L{order:03d}", order, path, frame.height, dt.date(2026, 6, order))


def has_vak_per_schooljaar(name: str) -> bool:
    """Whether two files of this table can hold the same key for different schooljaren."""
    return BY_NAME[name].vak.kind is VakKind.NAME


def _row(contract: Contract, number: int, draw: random.Random) -> list[Any]:
    values: list[Any] = [draw.choice(PEOPLE)] if contract.person_in_file_name else []
    small = []
    for column in contract.kept:
        value = _value(contract, column, draw)
        if column.kind in NUMERIC and not column.filled and draw.random() < 0.1:
            value = None
            small.append(column.name)
        values.append(value)
    if contract.answers_column:
        questions = draw.sample(WORDS, draw.randint(0, 5))
        values.append([{"vraag": question, "waarde": draw.choice(ANSWERS)} for question in questions])
    return [*values, number + 2, None, small]


def _value(contract: Contract, column: Column, draw: random.Random) -> Any:
    """Return one value; an empty one now and then where the contract allows it."""
    if not column.filled and draw.random() < 0.2:
        return None
    if column.name == "antwoorden":
        return []
    if column.kind in (Kind.LIST, Kind.PERSONS):
        choices = column.choices or PEOPLE
        return draw.sample(choices, draw.randint(1, min(3, len(choices))))
    return _single(contract, column, draw)


def _single(contract: Contract, column: Column, draw: random.Random) -> Any:
    kind = column.kind
    if kind in NUMERIC:
        return _number(column, draw)
    if kind is Kind.DATE:
        return _date(column, draw)
    if kind is Kind.MOMENT:
        return dt.datetime.combine(_date(column, draw), draw.choice(TIMES))
    if kind is Kind.SCHOOLJAAR:
        # Institutions make the axis of the years: a far one fills the gap, so it is rare there.
        far = draw.random() < (0.01 if contract.name == "instellingen" else 0.1)
        return draw.choice(FAR_SCHOOLJAREN if far else SCHOOLJAREN)
    if kind is Kind.CODE and (column.key or column.known):
        return draw.choice(WORDS if column.name in ("vraag", "domein", "categorie", "onderwerp") else IDENTIFIERS)
    pools: dict[Kind, tuple[Any, ...]] = {
        Kind.CHOICE: column.choices,
        Kind.FLAG: (True, False),
        Kind.TIME: TIMES,
        Kind.INSTELLING: (*INSTELLINGEN, *column.also),
        Kind.NUMMER: SCHOLENGROEPEN,
        Kind.PERSON: PEOPLE,
    }
    return draw.choice(pools.get(kind, WORDS))


def _number(column: Column, draw: random.Random) -> float:
    """Return a number within the limits of the column: their very ends as often as one in between."""
    low = 0.0 if column.kind is Kind.PERCENT else column.minimum
    high = 100.0 if column.kind is Kind.PERCENT else column.maximum
    low = -EXTREME if low is None else low
    high = EXTREME if high is None else high
    if column.kind is Kind.COUNT:
        low, high = max(low, -(2**63)), min(high, 2**63 - 1)
    in_between = [value for value in FEW if low <= value <= high]
    value = draw.choice([low, high, *in_between, *in_between, *in_between, draw.uniform(max(low, -50), min(high, 120))])
    return int(value) if column.kind is Kind.COUNT else float(value)


def _date(column: Column, draw: random.Random) -> dt.date:
    """Return a date of the years in which work is done, or an odd one: the ends of what the column allows too."""
    if draw.random() < 0.4:
        return draw.choice((*DATES, dt.date(column.years[0], 1, 1), dt.date(column.years[1], 12, 31)))
    return dt.date(2022, 9, 1) + dt.timedelta(days=draw.randint(0, 1500))
