"""The state of the data behind a figure, in one word: what the checks of its deliveries said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from dashboard import data
from warehouse.queries import datakwaliteit

FAULT, WARNING, GOOD, UNCHECKED = "fout", "waarschuwing", "in orde", "niet getoetst"
#: State -> its sign; the word always stands beside it.
ICONS = {
    FAULT: ":material/error:",
    WARNING: ":material/warning:",
    GOOD: ":material/check_circle:",
    UNCHECKED: ":material/help:",
}


@dataclass(frozen=True)
class Quality:
    """The worst state of some deliveries; `bronnen` are the sources that brought it there."""

    state: str
    bronnen: tuple[str, ...]


def word(fouten: int, waarschuwingen: int, controles: int) -> str:
    """Return the state of a source or table from how many of its checks failed."""
    if fouten:
        return FAULT
    if waarschuwingen:
        return WARNING
    return GOOD if controles else UNCHECKED


def quality_of(marts: Iterable[str]) -> Quality | None:
    """Return the state of the deliveries behind these marts; None for marts that no delivery feeds."""
    known = _by_mart(data.frame(datakwaliteit.mart_sources))
    behind: dict[str, str] = {}
    for mart in marts:
        for bron, state in known.get(mart, {}).items():
            behind[bron] = worst([behind.get(bron, state), state])
    if not behind:
        return None
    state = worst(behind.values())
    return Quality(state, tuple(sorted(bron for bron, own in behind.items() if own == state)))


def worst(states: Iterable[str]) -> str:
    """Return the gravest of some states; a source that nobody checked is no worse than one in order."""
    order = list(ICONS)
    found = set(states)
    return GOOD if found == {GOOD, UNCHECKED} else min(found, key=order.index)


@data.derived
def _by_mart(rows: pl.DataFrame) -> Mapping[str, dict[str, str]]:
    """Return mart -> source -> state, of `queries.datakwaliteit.mart_sources`."""
    found: dict[str, dict[str, str]] = {}
    for mart, _, bron, controles, fouten, waarschuwingen in rows.iter_rows():
        state = word(fouten, waarschuwingen, controles)
        states = found.setdefault(mart, {})
        states[bron] = worst([states.get(bron, state), state])
    return found
