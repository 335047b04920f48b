"""What is known of the response: of which invitations nobody knows the activiteit or traject, and what that leaves out.

Where a part of what EDBI asked about was not delivered, the response of all strategies is missing, and that of each
strategy that may be in that part: `mart.edbi_strategie` has null as their number of measurements.
"""

from typing import Any, NamedTuple

import polars as pl

from dashboard import format
from dashboard.figures.strategies import strategy_name
from dashboard.filters import ALL

#: What the sentence is about, for a version of the data in which it was not counted.
UNPLACED = "de uitnodigingen waarvan de activiteit of het traject niet bekend is"
NOT_PLACED = (
    "Niet van alle uitnodigingen van dit schooljaar is de activiteit of het traject geleverd: de respons van deze "
    "keuze is niet bekend."
)


class _Names(NamedTuple):
    """How a source of what EDBI asks about is called in a sentence."""

    subject: str
    one: str


_SOURCES = {"activiteiten": _Names("activiteiten", "de activiteit"), "trajecten": _Names("trajecten", "het traject")}


def is_whole(response: pl.DataFrame, strategie: str) -> bool:
    """Return whether the response of a strategy (code) counts all its measurements; `queries.edbi.response`."""
    return not response.filter(pl.col("strategie") == strategie)["metingen"].has_nulls()


def unplaced(rows: pl.DataFrame, response: pl.DataFrame) -> str:
    """Return of how many invitations and answers the activiteit or traject is not known, and what that leaves out.

    `rows` is `queries.edbi.unplaced`, `response` that of the same choice; nothing where everything is known.
    """
    if rows.is_empty():
        return ""
    return " ".join([*(_of_source(row) for row in rows.iter_rows(named=True)), _left_out(response)])


def _of_source(row: dict[str, Any]) -> str:
    names = _SOURCES[row["bron"]]
    sent, unknown, answered = (row[name] for name in ("uitnodigingen", "uitnodigingen_onbekend", "antwoorden_onbekend"))
    answers = format.counted(answered, "antwoord", "antwoorden")
    if not unknown:
        return f"Van {answers} is {names.one} niet bekend."
    if unknown == sent:
        invitations = format.counted(sent, "uitnodiging", "uitnodigingen")
        return (
            f"Van dit schooljaar zijn geen {names.subject} geleverd: van {invitations} en {answers} is {names.one} "
            "niet bekend."
        )
    part = f"{format.number(unknown)} van de {format.number(sent)} uitnodigingen over {names.subject}"
    begin = f"Niet alle {names.subject} zijn geleverd: van" if row["is_onvolledig"] else "Van"
    return f"{begin} {part}, en van {answers}, is {names.one} niet bekend."


def _left_out(response: pl.DataFrame) -> str:
    missing = response.filter(pl.col("metingen").is_null())["strategie"].to_list()
    if not missing:
        return "Ze tellen in geen enkel cijfer mee."
    strategies = [strategy_name(code) for code in missing if code != ALL]
    named = ["alle strategieën samen"] if ALL in missing else []
    if strategies:
        named.append(strategies[0] if len(strategies) == 1 else f"{len(strategies)} strategieën")
    return f"Ze tellen in geen enkel cijfer mee; de respons van {' en van '.join(named)} ontbreekt daarom."
