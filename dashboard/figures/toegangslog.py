"""The access log as a reader sees it: who saw or exported what, for a period, a person and a page."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import polars as pl

from dashboard import format, registry
from dashboard.filters import ALL, Choice, Filter
from dashboard.tables import Column, Table
from state.access_log import EXPORTED, SEEN, Line
from state.dialogue import local_time
from warehouse import roles
from warehouse.settings import load_settings

SOURCE = "toegangslog van dit dashboard"
NOTE = (
    "Een pagina staat er één keer per sessie en per dag, een download elke keer. Wat getoond werd, staat er niet in: "
    "enkel welke pagina, welke figuur en welke instelling."
)
UNREACHABLE = (
    "Het toegangslog is nu niet bereikbaar. Herlaad de pagina straks; blijft dit zo, meld het dan aan de "
    "databeheerder: pagina's met gegevens over personen openen intussen niet."
)
NO_LINES = "Niemand bekeek of downloadde iets binnen deze keuze. Kies een langere periode of een ruimere filter."
_DAYS = {"dag": 1, "week": 7, "maand": 31, "jaar": 366}
_SCHEMA = {
    "wanneer": pl.String,
    "wie": pl.String,
    "rollen": pl.String,
    "wat": pl.String,
    "pagina": pl.String,
    "onderdeel": pl.String,
    "instelling": pl.String,
    "versie": pl.Int64,
}


def period_filter() -> Filter:
    """Return the filter on how far back."""
    options = {"dag": "Laatste dag", "week": "Laatste week", "maand": "Laatste maand", "jaar": "Laatste jaar"}
    return Filter("periode", "Periode", options | {ALL: "Alles wat bewaard is"}, "maand")


def action_filter() -> Filter:
    """Return the filter on seen or exported."""
    return Filter("soort", "Wat", {ALL: "Bekeken en gedownload", SEEN: "Bekeken", EXPORTED: "Gedownload"}, ALL)


def since(period: str, now: datetime | None = None) -> datetime | None:
    """Return the moment that a period begins; None for everything."""
    days = _DAYS.get(period)
    return (now or datetime.now(UTC)) - timedelta(days=days) if days else None


def retention_note() -> str:
    """Return how long a line stays."""
    years = format.number(load_settings()["toegangslog"]["bewaarjaren"])
    return f"Regels ouder dan {years} jaar worden elke nacht verwijderd."


def found(lines: Sequence[Line], action: str, words: str) -> list[Line]:
    """Return the lines of an action in which every word occurs: in who, page, figure or instellingsnummer."""
    wanted = words.lower().split()
    return [
        line for line in lines if action in (ALL, line.entry.actie) and all(word in _searched(line) for word in wanted)
    ]


def title(lines: Sequence[Line], choice: Choice) -> str:
    """Return how many lines there are, and for which word."""
    count = format.counted(len(lines), "regel", "regels")
    of_word = f" met „{choice['zoek']}”" if choice["zoek"] else ""
    return f"Wie bekeek of downloadde wat? {count}{of_word}"


def log_table(lines: Sequence[Line]) -> Table:
    """Return the lines as a table, in their order."""
    rows = [
        {
            "wanneer": _moment(line.moment),
            "wie": line.entry.wie,
            "rollen": roles.names(line.entry.rollen),
            "wat": line.entry.actie,
            "pagina": _page(line.entry.pagina),
            "onderdeel": line.entry.detail or None,
            "instelling": line.entry.instellingsnummer,
            "versie": line.entry.versie,
        }
        for line in lines
    ]
    columns = (
        Column("wanneer", "Wanneer", "tekst"),
        Column("wie", "Wie", "tekst"),
        Column("rollen", "Rollen", "tekst"),
        Column("wat", "Wat", "tekst"),
        Column("pagina", "Pagina", "tekst"),
        Column("onderdeel", "Onderdeel", "tekst", "De figuur of de lijst, met het soort bestand bij een download."),
        Column("instelling", "Instellingsnummer", "tekst"),
        Column("versie", "Gegevensversie", "geheel"),
    )
    return Table(pl.DataFrame(rows, schema=_SCHEMA), columns, missing=format.NOT_APPLICABLE, widths={"rollen": 200})


def _searched(line: Line) -> str:
    entry = line.entry
    return " ".join([entry.wie, _page(entry.pagina), entry.detail, entry.instellingsnummer or ""]).lower()


def _page(key: str) -> str:
    """Return the title of a page; its key where the page is gone by now."""
    titles = {entry.key: entry.title for entry in registry.ENTRIES}
    return titles.get(key, key)


def _moment(moment: datetime) -> str:
    local = local_time(moment)
    return f"{format.date_short(local)} om {local:%H:%M:%S}"
