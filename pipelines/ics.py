"""Agendas as iCalendar (`.ics`): the same rows as an Outlook export as CSV gives, one per occurrence.

Subject, description, attendees, organiser and location are never read. A row is known by the line of the file on
which its item begins (BEGIN:VEVENT): every occurrence of a series has the line of what it is made from.

What it cannot see: whether an invitation was accepted (the answer stands with the attendees), and what was removed
from the agenda without a trace.
"""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import polars as pl
from icalendar import Timezone
from icalendar.timezone import tzp
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from pipelines.clean import QUARANTINE_SCHEMA
from pipelines.contract import Contract
from pipelines.faults import LeveringFout, Melding
from pipelines.ics_series import MOMENT_ERRORS, Expanded, Limits, Occurrence, Period, VEvent, expand
from pipelines.ics_text import CalendarText, split
from pipelines.recognise import Recognised
from pipelines.sources.agenda import AGENDA

#: Where each column comes from, to name it in a fault as the file does.
PROPERTIES = {
    "begindatum": "DTSTART",
    "begintijd": "DTSTART",
    "einddatum": "DTEND",
    "eindtijd": "DTEND",
    "hele_dag": "DTSTART",
    "categorieen": "CATEGORIES",
    "tijd_weergeven_als": "TRANSP",
    "prive": "CLASS",
}
ZONE_NAME = re.compile(r"^TZID[^:\r\n]*:\s*(.+?)\s*$", re.MULTILINE | re.IGNORECASE)
OPEN_CLASSES = frozenset({"", "PUBLIC", "CONFIDENTIAL"})


def read_calendar(path: Path, settings: dict[str, Any]) -> Recognised:
    """Return the items of a calendar as a recognised agenda.

    `settings` is the part `agenda` of the settings. Raises LeveringFout when the file is no calendar, is broken
    off, holds no item, or writes out to more items than the settings allow.
    """
    calendar = split(path.read_bytes())
    limits = Limits(
        int(settings["herhaling_hoogstens_jaren"]),
        int(settings["herhaling_hoogstens_per_dag"]),
        int(settings["hoogstens_items"]),
    )
    with catch_warnings():
        # A vendor's name before that of a time zone is guessed rightly; a rule that mixes UNTIL and COUNT is read.
        simplefilter("ignore")
        _define_zones(calendar)
        expanded = expand(calendar, limits)
    if not expanded.occurrences and not expanded.faults:
        raise LeveringFout("leeg", "De agenda bevat geen enkel item dat telt: alles is geannuleerd of valt erbuiten.")
    return _recognised(AGENDA, expanded)


def _define_zones(calendar: CalendarText) -> None:
    """Make the time zones that the file itself defines known, and those of an earlier file unknown.

    Zones that everybody knows come from the time zone database, also under the names of Windows: Outlook writes one
    rule for all years into the file, the database knows each year.
    """
    tzp.use_default()
    for text in calendar.zones:
        name = ZONE_NAME.search(text)
        if name is None or name[1] in WINDOWS_TO_OLSON:
            continue
        # Reading a zone makes it known. One that cannot be read stays unknown: its items are refused, with its name.
        with suppress(*MOMENT_ERRORS):
            Timezone.from_ical(text)


def _recognised(contract: Contract, expanded: Expanded) -> Recognised:
    rows = [_row(item) for item in expanded.occurrences]
    names = [column.name for column in contract.kept]
    cells = pl.DataFrame(rows, schema={"rij": pl.UInt32, **dict.fromkeys(names, pl.String)}, orient="row")
    refused = pl.DataFrame(
        [(None, line, fault.column, fault.value, fault.reason) for line, fault in expanded.faults],
        schema=QUARANTINE_SCHEMA,
        orient="row",
    )
    return Recognised(
        contract,
        None,
        cells,
        cells.clear(),
        titles="",
        headers=PROPERTIES,
        refused=refused,
        meldingen=_meldingen(expanded),
    )


def _row(item: Occurrence) -> tuple[int, str, str, str, str, str, str | None, str, str]:
    return (
        item.line,
        f"{item.begin:%Y-%m-%d}",
        f"{item.begin:%H:%M:%S}",
        f"{item.end:%Y-%m-%d}",
        f"{item.end:%H:%M:%S}",
        "ja" if item.is_all_day else "nee",
        _categories(item.event),
        _shown_as(item.event),
        "nee" if str(item.event.get("CLASS", "")).upper() in OPEN_CLASSES else "ja",
    )


def _categories(event: VEvent) -> str | None:
    """Return the categories as Outlook writes them in a CSV, or None."""
    found = event.get("CATEGORIES", [])
    names = [str(name).strip() for part in (found if isinstance(found, list) else [found]) for name in part.cats]
    return "; ".join(name for name in names if name) or None


def _shown_as(event: VEvent) -> str:
    """Return how the time is shown: Outlook's own word where it stands, else what every calendar says."""
    own = str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).strip()
    if own:
        return own
    if str(event.get("TRANSP", "")).upper() == "TRANSPARENT":
        return "FREE"
    return "TENTATIVE" if str(event.get("STATUS", "")).upper() == "TENTATIVE" else "BUSY"


def _meldingen(expanded: Expanded) -> list[Melding]:
    texts = ["Een rij is in een agenda als ICS de regel van het bestand waarop het item begint (BEGIN:VEVENT)."]
    if expanded.period:
        texts.append(_period_text(expanded.period))
    if expanded.cancelled:
        texts.append(f"Geannuleerde items tellen niet mee: {expanded.cancelled}.")
    return [Melding(text) for text in texts]


def _period_text(period: Period) -> str:
    return (
        f"Wat zich herhaalt, is uitgeschreven van {period.begin:%d/%m/%Y} tot {period.end:%d/%m/%Y} "
        f"om {period.end:%H.%M} uur: de periode van de export, of van het eerste item tot de laatste wijziging."
    )
