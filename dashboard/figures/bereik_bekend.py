"""What is known of reach: whether the reach of a choice is wholly known, and how a figure reads where it is not.

A source of a schooljaar that was not delivered leaves the reach of whoever it alone could show unknown. What was
reached is the least it can be then: 'minstens 9,1 %', and beside it of how many instellingen nobody knows it.
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import format

SOURCE = "inschrijvingsdatabank en verslagtool (PBD 5.6.5)"

#: The reason column of each source of `mart.bereik_aantal` -> what was not delivered.
_SOURCES = {"reden_deelnames": "de inschrijvingen", "reden_interventies": "de interventies van de verslagtool"}

#: The head of the column that `unknown_column` gives a table.
UNKNOWN_HEAD = {"instellingen_onbekend": "Bereik niet bekend"}


def is_wholly_known(row: Mapping[str, Any], unknown: str = "instellingen_onbekend") -> bool:
    """Return whether the reach of every instelling of a row is known; the rows have the columns of `queries.bereik`."""
    return not row[unknown]


def bounded(text: str, value: float | None, *, is_known: bool) -> str:
    """Return the text of a figure of reach, with 'minstens' before it where it is the least that it can be."""
    return text if is_known or value is None else f"{format.AT_LEAST} {text}"


def unknown_text(count: int | None) -> str | None:
    """Return of how many instellingen the reach is not known; None where it is known of all."""
    return f"van {format.number(count)} is het bereik niet bekend" if count else None


def undelivered(rows: pl.DataFrame) -> str:
    """Return which sources of reach were not delivered, as the subject of a sentence; nothing where all were.

    `rows` have `reden_deelnames` and `reden_interventies` of `queries.bereik`.
    """
    missing = [words for column, words in _SOURCES.items() if (rows[column] == "ontbreekt").any()]
    return " en ".join(missing)


def because_undelivered(rows: pl.DataFrame, schooljaar: str | None = None) -> str:
    """Return how a sentence about unknown reach goes on and ends: ': de inschrijvingen zijn niet geleverd.'.

    With a schooljaar only its own rows tell, as those of `queries.bereik.totals`, which has the year before as well.
    """
    sources = undelivered(rows.filter(schooljaar=schooljaar) if schooljaar else rows)
    return f": {sources} zijn niet geleverd." if sources else "."


def no_unknown_zero(column: str, is_bound: str) -> pl.Expr:
    """Return a count without its zeros where it is only the least it can be: none seen is not known to be none."""
    return pl.when(pl.col(is_bound) & (pl.col(column) == 0)).then(None).otherwise(pl.col(column)).alias(column)


def unknown_column(rows: pl.DataFrame) -> list[str]:
    """Return the column of a table that counts whose reach is not known; none where it is known of all."""
    return list(UNKNOWN_HEAD) if rows["instellingen_onbekend"].sum() else []


def bound_note(rows: pl.DataFrame) -> str:
    """Return what 'minstens' or 'ontbreekt' means, for the note of a figure; nothing where all reach is known."""
    unknown = rows.filter(pl.col("instellingen_onbekend") > 0)
    if unknown.is_empty():
        return ""
    word, whose = ("Minstens", "andere") if unknown["instellingen_bereikt"].count() else ("Ontbreekt", "die")
    return f" {word}: van {whose} instellingen is het bereik niet bekend{because_undelivered(rows)}"
