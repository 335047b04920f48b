"""The main figures of a version, those of the front page: what another version changes in them, and what went."""

import math
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.wording import counted
from warehouse.connection import open_read_only
from warehouse.queries import meta, start, werkdruk
from warehouse.queries.fetch import Reader, reading
from warehouse.scope import Scope

Figures = dict[str, float | None]
#: Totals of the whole network: nothing of one instelling, scholengroep or person.
_NETWORK = Scope(known=True, netwerk=True, werkdruk=True)
#: A list of instellingen that lost more than this part of them is told.
_SHRINKAGE = 0.1
#: The figures that count; the others are shares.
_COUNTS = frozenset({"Instellingen met trap verplicht", "Professionals bereikt"})


def compared_figures(before: Path | None, after: Path | None) -> list[dict[str, Any]]:
    """Return per figure naam, schooljaar, eenheid ('aantal' or 'aandeel'), voor and na; shares lie between 0 and 1.

    First of the schooljaar that `after` shows first and of the one that `before` did, where that is another: a
    schooljaar that went would otherwise be compared with nothing. Then of every other schooljaar of both in which a
    figure changed: what comes in autumn is often about the schooljaar before. None where a figure is missing or hidden,
    and where the version or the schooljaar is not there.
    """
    then, now = _figures(before), _figures(after)
    shown = [year for year in (_shown_year(after), _shown_year(before)) if year is not None]
    changed = [year for year in now if year in then and _differ(then[year], now[year])]
    return [
        {
            "naam": name,
            "schooljaar": year,
            "eenheid": "aantal" if name in _COUNTS else "aandeel",
            "voor": then.get(year, {}).get(name),
            "na": now.get(year, {}).get(name),
        }
        for year in dict.fromkeys(shown + changed)
        for name in now.get(year) or then[year]
    ]


def _figures(path: Path | None) -> dict[str, Figures]:
    """Return the five figures of every schooljaar of a version, newest first."""
    if path is None:
        return {}
    with open_read_only(path) as con, reading(con, _NETWORK) as reader:
        return {year: _of_year(reader, year) for year in meta.schooljaren(reader).get_column("schooljaar")}


def _of_year(reader: Reader, schooljaar: str) -> Figures:
    states = start.network_state(reader, schooljaar).filter(schooljaar=schooljaar).to_dicts()
    work = werkdruk.spent_of_planned(reader, schooljaar).row(0, named=True)
    state: dict[str, Any] = states[0] if states else {}
    return {
        "Instellingen met trap verplicht": state.get("verplicht"),
        "Instellingen bereikt": _reached(state),
        "Professionals bereikt": state.get("professionals"),
        "Respons op EDBI": state.get("respons"),
        "Dagdelen besteed van gepland": _share(work["dagdelen_besteed"], work["dagdelen_gepland"]),
    }


def _reached(state: dict[str, Any]) -> float | None:
    """Return the share reached; none while it is only the least that it can be: that compares with nothing."""
    if state.get("instellingen_onbekend"):
        return None
    return _share(state.get("instellingen_bereikt"), state.get("instellingen"))


def _differ(then: Figures, now: Figures) -> bool:
    """Return whether a figure differs by more than the noise of a sum in another order."""
    pairs = ((then[name], now[name]) for name in now)
    return any(
        (old is None) is not (new is None) or (old is not None and new is not None and not math.isclose(old, new))
        for old, new in pairs
    )


def what_went(before: Path | None, after: Path | None) -> list[str]:
    """Return a sentence per schooljaar with instellingen in `before` and none, or far fewer, in `after`.

    One sentence where all of them went: no list of instellingen is no figure, and whoever withdraws the last one has to
    know that. A list that shrinks by more than a tenth is more often a part of a list than a wave of closures.
    """
    then, now = _institutions(before), _institutions(after)
    gone = {year: count for year, count in then.items() if year not in now}
    if gone and not now:
        return [
            f"Er is geen enkele lijst van instellingen meer (voordien: {_listed(gone)}). Zonder die lijst "
            "heeft geen enkele pagina cijfers."
        ]
    smaller = {year: count for year, count in now.items() if count < (1 - _SHRINKAGE) * then.get(year, 0)}
    return [
        *(
            f"Schooljaar {year} is weg: er is geen lijst van instellingen meer van (voordien: "
            f"{counted(count, 'instelling', 'instellingen')})."
            for year, count in gone.items()
        ),
        *(
            f"De lijst van de instellingen van {year} is kleiner: {count} (voordien: {then[year]}). Kijk na of ze "
            "volledig is."
            for year, count in smaller.items()
        ),
    ]


def _listed(years: dict[str, int]) -> str:
    return ", ".join(f"{counted(count, 'instelling', 'instellingen')} in {year}" for year, count in years.items())


def _shown_year(path: Path | None) -> str | None:
    """Return the schooljaar that a version shows first: the running one, or else its last."""
    if path is None:
        return None
    with open_read_only(path) as con, reading(con, _NETWORK) as reader:
        years = meta.schooljaren(reader)
    running = years.filter("is_lopend")
    found = (running if running.height else years).get_column("schooljaar")
    return str(found[0]) if found.len() else None


def _institutions(path: Path | None) -> dict[str, int]:
    """Return the number of instellingen per schooljaar that has a list of them, newest first."""
    if path is None:
        return {}
    with open_read_only(path) as con, reading(con, _NETWORK) as reader:
        years = meta.schooljaren(reader).get_column("schooljaar")
        return {year: _count(reader, year) for year in years}


def _count(reader: Reader, schooljaar: str) -> int:
    states: pl.DataFrame = start.network_state(reader, schooljaar).filter(schooljaar=schooljaar)
    return int(states["instellingen"].sum() or 0)


def _share(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None
