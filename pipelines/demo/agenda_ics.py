"""An agenda of the demo as iCalendar, as Outlook saves a calendar: items, a weekly meeting and its exceptions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from pipelines.demo.manifest import DemoFile, PlantedRow, Reason
from pipelines.demo.school_years import Schooljaar

_BRUSSELS = ZoneInfo("Europe/Brussels")
_OUTLOOKS_NAME = "Romance Standard Time"
_BUSY = {"busy": "BUSY", "free": "FREE", "tentative": "TENTATIVE", "away": "OOF"}
_ZONE = f"""BEGIN:VTIMEZONE
TZID:{_OUTLOOKS_NAME}
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""
_TEAM = "UID:teamoverleg", "SUMMARY:Teamoverleg", "CATEGORIES:Intern overleg", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY"


class AgendaItem(Protocol):
    """What an item of an agenda tells: days as ordinals, times as minutes after midnight."""

    @property
    def day(self) -> int:
        """The first day."""

    @property
    def begin(self) -> int:
        """The time at which it begins."""

    @property
    def end_day(self) -> int:
        """The last day."""

    @property
    def end(self) -> int:
        """The time at which it ends."""

    @property
    def categorie(self) -> str:
        """The Outlook category."""

    @property
    def show(self) -> str:
        """How its time is shown: 'busy', 'free', 'tentative' or 'away'."""

    @property
    def all_day(self) -> bool:
        """Whether it lasts whole days."""

    @property
    def private(self) -> bool:
        """Whether it is private."""


@dataclass
class _Calendar:
    """The lines of a calendar in the making; `rows` counts what a reader must find in it."""

    lines: list[str] = field(default_factory=list)
    rows: int = 0

    def add(self, *lines: str) -> int:
        """Add one item and return the line of the file on which it begins."""
        begin = len(self.lines) + 1
        self.lines += ["BEGIN:VEVENT", *lines, "END:VEVENT"]
        return begin


def write_ics(path: Path, schooljaar: Schooljaar, items: list[AgendaItem], closed: set[int]) -> DemoFile:
    """Write the items and a weekly meeting on Mondays; on `closed` days (ordinals) the meeting is left out."""
    begin, end = (_utc(date(year, 9, 1).toordinal(), 0) for year in (schooljaar.start, schooljaar.start + 1))
    calendar = _Calendar(["BEGIN:VCALENDAR", "PRODID:-//Demo//Agenda//NL", "VERSION:2.0", f"X-CLIPSTART:{begin}"])
    calendar.lines += [f"X-CLIPEND:{end}", *_ZONE.split("\n")]
    for number, item in enumerate(items):
        calendar.add(*_lines(item, number))
        calendar.rows += 1
    _add_team_meeting(calendar, items[0].day, items[-1].day, closed)
    wrong = calendar.add(
        "UID:verkeerd",
        "SUMMARY:Einde en begin verwisseld",
        f"DTSTART{_local(items[0].day, 15 * 60)}",
        f"DTEND{_local(items[0].day, 14 * 60)}",
    )
    calendar.lines += ["END:VCALENDAR", ""]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("\r\n".join(calendar.lines).encode())
    planted = (PlantedRow(wrong, "DTEND", Reason.EINDE_VOOR_BEGIN),)
    return DemoFile(path, "agenda", calendar.rows + len(planted), planted)


def _lines(item: AgendaItem, number: int) -> list[str]:
    """Return the properties of an item; one in three stands in UTC, as Outlook writes what others sent."""
    moment = _in_utc if number % 3 == 0 else _local
    if item.all_day:
        first, last = date.fromordinal(item.day), date.fromordinal(item.end_day)
        when = [f"DTSTART;VALUE=DATE:{first:%Y%m%d}", f"DTEND;VALUE=DATE:{last:%Y%m%d}"]
    else:
        when = [f"DTSTART{moment(item.day, item.begin)}", f"DTEND{moment(item.end_day, item.end)}"]
    return [
        f"UID:item-{number}",
        f"SUMMARY:{'Privéafspraak' if item.private else f'Afspraak {number + 1}'}",
        *when,
        *([f"CATEGORIES:{item.categorie}"] if item.categorie else []),
        f"CLASS:{'PRIVATE' if item.private else 'PUBLIC'}",
        f"TRANSP:{'TRANSPARENT' if item.show == 'free' else 'OPAQUE'}",
        f"X-MICROSOFT-CDO-BUSYSTATUS:{_BUSY[item.show]}",
    ]


def _add_team_meeting(calendar: _Calendar, first: int, last: int, closed: set[int]) -> None:
    """Add a meeting of half an hour on Mondays: none on closed days, one moved, one cancelled."""
    mondays = [day for day in range(first, last + 1) if day % 7 == 1]
    kept = [day for day in mondays if day not in closed]
    at, until = 16 * 60 + 30, 17 * 60
    left_out = [f"EXDATE{_local(day, at)}" for day in mondays if day in closed]
    rule = f"RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL={_utc(mondays[-1], at)}"
    calendar.add(*_TEAM, f"DTSTART{_local(mondays[0], at)}", f"DTEND{_local(mondays[0], until)}", rule, *left_out)
    moved, cancelled = kept[len(kept) // 2], kept[len(kept) // 3]
    early = (f"DTSTART{_local(moved, at - 90)}", f"DTEND{_local(moved, until - 90)}")
    calendar.add(*_TEAM, f"RECURRENCE-ID{_local(moved, at)}", *early)
    when = (f"DTSTART{_local(cancelled, at)}", f"DTEND{_local(cancelled, until)}")
    calendar.add(*_TEAM, f"RECURRENCE-ID{_local(cancelled, at)}", *when, "STATUS:CANCELLED")
    calendar.rows += len(kept) - 1


def _moment(day: int, minutes: int) -> datetime:
    return datetime.combine(date.fromordinal(day), datetime.min.time()) + timedelta(minutes=minutes)


def _local(day: int, minutes: int) -> str:
    return f";TZID={_OUTLOOKS_NAME}:{_moment(day, minutes):%Y%m%dT%H%M%S}"


def _in_utc(day: int, minutes: int) -> str:
    return f":{_utc(day, minutes)}"


def _utc(day: int, minutes: int) -> str:
    return f"{_moment(day, minutes).replace(tzinfo=_BRUSSELS).astimezone(UTC):%Y%m%dT%H%M%SZ}"
