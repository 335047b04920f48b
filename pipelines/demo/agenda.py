"""Source 10: the Outlook agendas of begeleiders in the last two schooljaren, and their categories."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from pipelines.demo.agenda_ics import write_ics
from pipelines.demo.hr import HrFacts
from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Network
from pipelines.demo.people import Medewerker
from pipelines.demo.planning import PlannedYear
from pipelines.demo.school_years import Schooljaar
from pipelines.demo.writing import Cell, CsvStyle, Sheet, write_csv

_YEARS_WITH_AGENDA = 2
_CATEGORIES: dict[str, tuple[str, str, str]] = {
    "opvolging doorlichting": ("Opvolging doorlichting", "primair", "opvolging doorlichting"),
    "spoc": ("SPOC", "primair", "spoc"),
    "opleiding": ("Opleiding en vorming", "primair", "opleiding"),
    "poolsteropleiding": ("Poolsteropleiding", "primair", "poolsteropleiding"),
    "vt": ("Verandertraject", "primair", "vt"),
    "plg": ("PLG", "primair", "plg"),
    "helpdesk": ("Helpdesk", "primair", "helpdesk"),
    "scholengroep": ("Scholengroep", "primair", "scholengroep"),
    "voorbereiding": ("Voorbereiding", "primair", "voorbereiding"),
    "intern overleg": ("Intern overleg", "secundair", "intern overleg"),
    "professionalisering": ("Eigen professionalisering", "secundair", "professionalisering"),
    "ontwikkelwerk": ("Ontwikkelwerk", "secundair", "ontwikkelwerk"),
}
"""Planningscategorie to (Outlook category, proces, planningscategorie); the reserve is spent on follow-up."""

_ONE_IN_ICS = 50
_LEAVE = "Verlof"
_PRIVATE_LIFE = "Privé"
_UNMAPPED = ("Oranje categorie", "Te bekijken")
_SLOT_STARTS = np.array([8 * 60, 10 * 60, 13 * 60, 15 * 60])
_NL_HEADER = (
    "Onderwerp", "Begindatum", "Begintijd", "Einddatum", "Eindtijd", "Gebeurtenis, duurt hele dag",
    "Herinneringen aan/uit", "Herinneringsdatum", "Herinneringstijd", "Organisator van vergadering",
    "Vereiste genodigden",
    "Optionele genodigden", "Vergadervoorzieningen", "Beschrijving", "Categorieën", "Factuurinformatie",
    "Gevoeligheid",
    "Locatie", "Prioriteit", "Privé", "Reisafstand", "Tijd weergeven als",
)  # fmt: skip
_EN_HEADER = (
    "Subject", "Start Date", "Start Time", "End Date", "End Time", "All day event", "Reminder on/off",
    "Reminder Date",
    "Reminder Time", "Meeting Organizer", "Required Attendees", "Optional Attendees", "Meeting Resources",
    "Billing Information", "Categories", "Description", "Location", "Mileage", "Priority", "Private",
    "Sensitivity",
    "Show time as",
)  # fmt: skip


@dataclass(frozen=True)
class _Item:
    """One agenda item; `day` and `end_day` are ordinals, times are minutes after midnight."""

    day: int
    begin: int
    end_day: int
    end: int
    categorie: str
    show: str
    all_day: bool = False
    private: bool = False


def write_agendas(folder: Path, network: Network, planned: tuple[PlannedYear, ...], facts: HrFacts) -> list[DemoFile]:
    """Write the category list and one Outlook export per begeleider of PBD and schooljaar."""
    files = [write_csv(folder / "agenda_categorieen.csv", _category_sheet(), CsvStyle(encoding="cp1252"))]
    absent = _absent_days(facts)
    first = len(network.schooljaren) - _YEARS_WITH_AGENDA
    for year in planned:
        if year.jaar < first:
            continue
        schooljaar = network.schooljaren[year.jaar]
        rng = network.stream(f"agenda {year.persoon.code} {schooljaar.label}")
        items = _draw_items(rng, year, schooljaar, absent.get(year.persoon.code, set()))
        if len(items) < 30:
            continue
        files.append(_write_agenda(folder, year.persoon, schooljaar, items))
    return files


def _category_sheet() -> Sheet:
    rows: list[list[Cell]] = [list(row) for row in _CATEGORIES.values()]
    rows += [
        [_LEAVE, "verlof", ""],
        ["Feestdag", "verlof", ""],
        [_PRIVATE_LIFE, "geen werk", ""],
        ["Middagpauze", "geen werk", ""],
    ]
    sheet = Sheet("agenda_categorieen", ["categorie", "proces", "planningscategorie"], rows)
    sheet.plant_duplicate(3, 0.8)
    return sheet


def _absent_days(facts: HrFacts) -> dict[str, set[int]]:
    """Return per begeleider's code the days of full absence or full leave, on which no work is done."""
    days: dict[str, set[int]] = {}
    for period in (*facts.afwezigheden, *facts.verloven):
        if period.percentage == 100 and period.persoon.code:
            days.setdefault(period.persoon.code, set()).update(range(period.van, period.last_known + 1))
    return days


def _is_holiday(day: int) -> bool:
    """Whether schools are closed: autumn, Christmas, spring and Easter weeks, and the heart of the summer."""
    value = date.fromordinal(day)
    month_day = (value.month, value.day)
    closed = (
        ((11, 1), (11, 3)), ((12, 22), (12, 31)), ((1, 1), (1, 4)), ((2, 14), (2, 20)), ((4, 6), (4, 11)),
        ((7, 11), (8, 15)),
    )  # fmt: skip
    return any(first <= month_day <= last for first, last in closed)


def _draw_items(rng: np.random.Generator, year: PlannedYear, schooljaar: Schooljaar, absent: set[int]) -> list[_Item]:
    """Fill each working day with four items in the proportions of the planning, in order of time."""
    person = year.persoon
    first, last = person.served_days(schooljaar)
    weekdays = set(rng.permutation(5)[: max(2, round(5 * person.vte))].tolist())
    open_days = [
        d for d in range(first, last + 1) if (d - 1) % 7 in weekdays and not _is_holiday(d) and d not in absent
    ]
    leave = set(rng.choice(open_days, min(len(open_days) // 25, 7), replace=False).tolist()) if open_days else set()
    days = np.repeat([d for d in open_days if d not in leave], 4).astype(int)
    aantal = len(days)
    slot = np.tile(np.arange(4), aantal // 4)
    pace = float(rng.lognormal(0, 0.12))
    begin = _SLOT_STARTS[slot] + 15 * rng.integers(-1, 3, aantal)
    length = 15 * np.maximum(2, np.rint(rng.normal(8.6, 1.7, aantal) * pace)).astype(int)
    evening = (slot == 3) & (rng.random(aantal) < 0.015)
    begin[evening] = 19 * 60 + 30
    categories = _draw_categories(rng, year, days)
    luck = rng.random(aantal)
    items: list[_Item] = []
    for index, day in enumerate(days.tolist()):
        start, end = int(begin[index]), int(begin[index] + length[index])
        categorie, show, private = str(categories[index]), "busy", False
        if luck[index] < 0.02:
            continue
        if luck[index] < 0.05:
            show = "free"
        elif luck[index] < 0.09:
            categorie, private = "", True
        elif luck[index] < 0.11:
            show = "tentative"
        elif luck[index] < 0.13:
            categorie = _PRIVATE_LIFE
        items.append(_Item(day, start, day, end, categorie, show, private=private))
    items += [_Item(day, 0, day + 1, 0, _LEAVE, "away", all_day=True) for day in sorted(leave)]
    return sorted(items, key=lambda item: (item.day, item.begin))


def _draw_categories(rng: np.random.Generator, year: PlannedYear, days: np.ndarray) -> np.ndarray:
    """Draw Outlook categories by planned dagdelen; some items keep a colour or no category at all.

    Development work falls in June, July and August (PBD 5.6.4), where it fills a third of the time.
    """
    weights: dict[str, float] = {}
    for categorie, value in year.by_category().items():
        if categorie != "ontwikkelwerk":
            name = _CATEGORIES["opvolging doorlichting" if categorie == "reserve" else categorie][0]
            weights[name] = weights.get(name, 0.0) + value
    shares = np.array(list(weights.values())) / sum(weights.values())
    drawn = rng.choice(np.array(list(weights), dtype=object), len(days), p=shares)
    is_summer = np.array([6 <= date.fromordinal(day).month <= 8 for day in days.tolist()], dtype=bool)
    drawn[is_summer & (rng.random(len(days)) < 1 / 3)] = _CATEGORIES["ontwikkelwerk"][0]
    luck = rng.random(len(days))
    drawn[luck < 0.03] = ""
    drawn[(luck >= 0.03) & (luck < 0.04)] = _UNMAPPED[0]
    drawn[(luck >= 0.04) & (luck < 0.045)] = _UNMAPPED[1]
    return drawn


_SHOW_NL = {"busy": "Bezet", "free": "Vrij", "tentative": "Voorlopig", "away": "Niet aanwezig"}
_SHOW_EN = {"busy": "2", "free": "3", "tentative": "1", "away": "4"}
"""Outlook writes numbers in this column where it exports in English."""


def _write_agenda(folder: Path, person: Medewerker, schooljaar: Schooljaar, items: list[_Item]) -> DemoFile:
    """Write one export: some as iCalendar, English for one begeleider in three, Dutch for the rest."""
    number = int(person.code[1:])
    if number % _ONE_IN_ICS == 4:
        closed = {day for day in range(schooljaar.day(9, 1), schooljaar.day(8, 31) + 1) if _is_holiday(day)}
        return write_ics(folder / f"{person.code}_{schooljaar.label}.ics", schooljaar, list(items), closed)
    english = number % 3 == 0
    header = list(_EN_HEADER if english else _NL_HEADER)
    rows = [_outlook_row(item, index, english) for index, item in enumerate(items)]
    sheet = Sheet("agenda", header, rows)
    if number % 10 == 7:
        _plant(sheet, schooljaar, english)
    if number % 8 == 5:
        sheet = _reversed(sheet)
    encoding = "utf-8-sig" if english or number % 2 else "cp1252"
    style = CsvStyle(delimiter=",", encoding=encoding, quote_all=True)  # type: ignore[arg-type]
    return write_csv(folder / f"{person.code}_{schooljaar.label}.csv", sheet, style)


def _reversed(sheet: Sheet) -> Sheet:
    """Turn the order of the columns, because Outlook's field mapping lets people choose it."""
    return Sheet(sheet.table, sheet.columns[::-1], [row[::-1] for row in sheet.rows], sheet.planted)


def _outlook_row(item: _Item, index: int, english: bool) -> list[Cell]:
    when = [
        _day(item.day, english),
        _time(item.begin, english),
        _day(item.end_day, english),
        _time(item.end, english),
    ]
    subject = "Privéafspraak" if item.private else "Overleg, opvolging" if index % 7 == 0 else f"Afspraak {index + 1}"
    notes = 'Agenda:\n- terugblik; "vorige keer"\n- afspraken' if index % 40 == 9 else ""
    if english:
        flags = ["True" if item.all_day else "False", "False", "", ""]
        private, sensitivity = ("True", "Private") if item.private else ("False", "Normal")
        tail: list[Cell] = [
            "",
            "",
            "",
            "",
            "",
            item.categorie,
            notes,
            "",
            "",
            "Normal",
            private,
            sensitivity,
            _SHOW_EN[item.show],
        ]
    else:
        flags = ["Waar" if item.all_day else "Onwaar", "Onwaar", "", ""]
        private, sensitivity = ("Waar", "Privé") if item.private else ("Onwaar", "Normaal")
        tail = [
            "",
            "",
            "",
            "",
            notes,
            item.categorie,
            "",
            sensitivity,
            "",
            "Normaal",
            private,
            "",
            _SHOW_NL[item.show],
        ]
    return [subject, *when, *flags, *tail]


def _day(day: int, english: bool) -> str:
    value = date.fromordinal(day)
    return f"{value.month}/{value.day}/{value.year}" if english else f"{value.day}-{value.month}-{value.year}"


def _time(minutes: int, english: bool) -> str:
    hour, minute = divmod(minutes, 60)
    if not english:
        return f"{hour}:{minute:02d}:00"
    return f"{(hour - 1) % 12 + 1}:{minute:02d}:00 {'AM' if hour < 12 else 'PM'}"


def _plant(sheet: Sheet, schooljaar: Schooljaar, english: bool) -> None:
    """Plant an impossible day and an item that ends before it begins."""
    begin, end = ("Start Date", "End Date") if english else ("Begindatum", "Einddatum")
    never = f"2/31/{schooljaar.start + 1}" if english else f"31-2-{schooljaar.start + 1}"
    rows = [dict(zip(sheet.columns, sheet.rows[index], strict=True)) for index in (4, 9)]
    rows[0][begin] = never
    rows[1][begin] = _day(schooljaar.day(10, 12), english)
    rows[1][end] = _day(schooljaar.day(10, 10), english)
    sheet.plant(0.4, list(rows[0].values()), begin, Reason.ONMOGELIJKE_DATUM)
    sheet.plant(0.6, list(rows[1].values()), end, Reason.EINDE_VOOR_BEGIN)
