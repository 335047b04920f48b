"""The state of the data behind a figure, in one word: what the checks of its deliveries said."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from dashboard import data, format
from warehouse.queries import datakwaliteit

FAULT, WARNING, UNCHECKED, GOOD = "fout", "waarschuwing", "niet getoetst", "in orde"
#: State -> its sign, the gravest first; the word always stands beside it.
ICONS = {
    FAULT: ":material/error:",
    WARNING: ":material/warning:",
    UNCHECKED: ":material/help:",
    GOOD: ":material/check_circle:",
}


@dataclass(frozen=True)
class Quality:
    """The worst state of some deliveries; `bronnen` brought it there, `undelivered` are those not delivered at all."""

    state: str
    bronnen: tuple[str, ...]
    undelivered: tuple[str, ...] = ()


def word(fouten: int, waarschuwingen: int, controles: int) -> str:
    """Return the state of a source or table from how many of its checks failed."""
    if fouten:
        return FAULT
    if waarschuwingen:
        return WARNING
    return GOOD if controles else UNCHECKED


def quality_of(marts: Iterable[str]) -> Quality | None:
    """Return the state of the deliveries behind these marts; None for marts that no delivery feeds."""
    return _quality_of(data.frame(datakwaliteit.mart_sources), frozenset(marts))


def undelivered(mart: str, *bronnen: str) -> str:
    """Return which of these sources behind a mart were never delivered, as 'verloven en afwezigheden'; else nothing."""
    found = quality_of([mart])
    return " en ".join(format.spelled(bron) for bron in bronnen if found and bron in found.undelivered)


@data.derived
def _quality_of(rows: pl.DataFrame, marts: frozenset[str]) -> Quality | None:
    behind: dict[str, str] = {}
    chosen = rows.filter(pl.col("mart").is_in(sorted(marts))).select("bron", "fouten", "waarschuwingen", "controles")
    for bron, *counts in chosen.iter_rows():
        # Tables of one source may differ: the worst counts.
        state = word(*counts)
        behind[bron] = worst([behind.get(bron, state), state])
    if not behind:
        return None
    found = worst(behind.values())
    return Quality(found, _in_state(behind, found), _in_state(behind, UNCHECKED))


def _in_state(behind: dict[str, str], state: str) -> tuple[str, ...]:
    return tuple(sorted(bron for bron, its_state in behind.items() if its_state == state))


def worst(states: Iterable[str]) -> str:
    """Return the gravest of some states.

    One source that was not delivered, and so not checked, keeps a figure from being in order, however good the others.
    """
    return min(states, key=list(ICONS).index)
