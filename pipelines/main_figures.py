"""The main figures of a version, those of the front page: what a load changed in them."""

from pathlib import Path
from typing import Any

from warehouse.connection import open_read_only
from warehouse.queries import meta, start, werkdruk
from warehouse.queries.fetch import reading
from warehouse.scope import Scope

Figures = dict[str, float | None]
#: Totals of the whole network: nothing of one instelling, scholengroep or person.
_NETWORK = Scope(known=True, netwerk=True, werkdruk=True)


def main_figures(path: Path | None, schooljaar: str | None = None) -> tuple[str | None, Figures]:
    """Return the schooljaar (the running or last one, where none is given) and its five figures by name.

    Shares lie between 0 and 1; None where a figure is missing or hidden. Nothing without a version.
    """
    if path is None:
        return None, {}
    with open_read_only(path) as con, reading(con, _NETWORK) as reader:
        years = meta.schooljaren(reader)
        if years.is_empty():
            return None, {}
        running = years.filter("is_lopend").get_column("schooljaar")
        year = schooljaar or str(running[0] if running.len() else years.get_column("schooljaar")[0])
        states = start.network_state(reader, year).filter(schooljaar=year).to_dicts()
        work = werkdruk.spent_of_planned(reader, year).row(0, named=True)
    state: dict[str, Any] = states[0] if states else {}
    return year, {
        "Instellingen met trap verplicht": state.get("verplicht"),
        "Instellingen bereikt": _share(state.get("instellingen_bereikt"), state.get("instellingen")),
        "Professionals bereikt": state.get("professionals"),
        "Respons op EDBI": state.get("respons"),
        "Dagdelen besteed van gepland": _share(work["dagdelen_besteed"], work["dagdelen_gepland"]),
    }


def compared_figures(before: Path | None, after: Path | None) -> list[dict[str, Any]]:
    """Return per figure naam, schooljaar (that of after), eenheid ('aantal' or 'aandeel'), voor and na."""
    year, now = main_figures(after)
    _, then = main_figures(before, year)
    counts = {"Instellingen met trap verplicht", "Professionals bereikt"}
    return [
        {
            "naam": name,
            "schooljaar": year,
            "eenheid": "aantal" if name in counts else "aandeel",
            "voor": then.get(name),
            "na": value,
        }
        for name, value in now.items()
    ]


def _share(part: float | None, whole: float | None) -> float | None:
    return part / whole if part is not None and whole else None
