"""The items of an iCalendar file written out: every occurrence with its begin and end on the clock in Brussels.

What repeats is expanded by `recurring_ical_events`, one series at a time and within one stated period, so that a rule
without end ends and a bad series costs no other. Rules that would never stop are refused before they are started.
"""

import datetime as dt
from calendar import monthrange as calendar_days
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar, Event

from pipelines.faults import LeveringFout
from pipelines.ics_text import BEGIN_ITEM, CalendarText, ItemText

BRUSSELS = ZoneInfo("Europe/Brussels")
YEARS = (1950, 2099)
LINE = "X-REGEL"
#: What reading or repeating a malformed moment can raise, besides ValueError.
MOMENT_ERRORS = (ValueError, TypeError, AttributeError, OverflowError, LookupError, ArithmeticError)
MOMENTS = ("DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAYS_TO_TRY = 366 * 40
EVERY_PART = frozenset({"BYSETPOS", "BYYEARDAY", "BYWEEKNO", "BYEASTER", "BYMONTHDAY"})
#: Per frequency the parts of a rule that RFC 5545 (section 3.3.10) allows and that a program may have to search for.
FREQUENCIES = {
    "SECONDLY": EVERY_PART,
    "MINUTELY": EVERY_PART,
    "HOURLY": frozenset({"BYMONTHDAY"}),
    "DAILY": frozenset({"BYMONTHDAY"}),
    "WEEKLY": frozenset(),
    "MONTHLY": frozenset({"BYMONTHDAY", "BYSETPOS"}),
    "YEARLY": frozenset({"BYMONTHDAY", "BYSETPOS", "BYYEARDAY", "BYWEEKNO"}),
}
TIMES_A_DAY = {"HOURLY": 24, "MINUTELY": 1440, "SECONDLY": 86_400}
UNREADABLE = {"RRULE": "is geen herhaling die gelezen kan worden", "DURATION": "is geen duur die gelezen kan worden"}
NO_MOMENT = "is geen bestaande datum of tijdstip"

Moment = dt.date | dt.datetime
#: A VEVENT of icalendar, which types each value as the union of all that a calendar can hold.
VEvent = Any


class ItemFault(Exception):  # noqa: N818 - a fault of one row, like LeveringFout is one of a file
    """What is wrong with one item: the property, its value and the reason in Dutch."""

    def __init__(self, column: str, value: str | None, reason: str) -> None:
        """Keep the three parts of a row in the quarantine."""
        super().__init__(reason)
        self.column, self.value, self.reason = column, value, reason


@dataclass(frozen=True)
class Occurrence:
    """One item at one time; `begin` and `end` are moments on the clock in Brussels, `event` what it is made from."""

    line: int
    begin: dt.datetime
    end: dt.datetime
    is_all_day: bool
    event: VEvent


@dataclass(frozen=True)
class Limits:
    """What bounds the writing out: years before the end of the period, repeats in a day, items in a file."""

    years: int
    times_a_day: int
    items: int


@dataclass(frozen=True)
class Period:
    """The period in which what repeats is written out: from `begin` until before `end`, on the clock in Brussels."""

    begin: dt.datetime
    end: dt.datetime


@dataclass(frozen=True)
class Expanded:
    """All occurrences, the faults by line, the period (None when nothing repeats) and the number of cancelled items."""

    occurrences: list[Occurrence]
    faults: list[tuple[int, ItemFault]]
    period: Period | None
    cancelled: int


def read_item(item: ItemText) -> VEvent:
    """Return a VEVENT whose moments and rule can all be read.

    Raises ItemFault with the first thing that is wrong.
    """
    event: VEvent = Event.from_ical(item.text)
    if "DTSTART" not in event:
        raise ItemFault("DTSTART", None, "ontbreekt: het item heeft geen begin")
    for name in (*MOMENTS, "DURATION", "RRULE"):
        if any(broken == name for broken, _ in event.errors):
            raise ItemFault(name, item.value(name), UNREADABLE.get(name, NO_MOMENT))
    if event.errors and event.errors[0][0] is None:
        raise ItemFault(BEGIN_ITEM, None, "bevat een regel die niet gelezen kan worden")
    if "EXRULE" in event:
        raise ItemFault("EXRULE", item.value("EXRULE"), "is verouderd en wordt niet gelezen; gebruik EXDATE")
    for name in ("DTSTART", "DTEND", "DURATION", "RECURRENCE-ID"):
        if isinstance(event.get(name), list):
            raise ItemFault(name, item.value(name), "staat er meer dan eens")
    for name in MOMENTS:
        _check_moments(name, item, event)
    if "RRULE" not in event and not YEARS[0] <= event["DTSTART"].dt.year <= YEARS[1]:
        raise ItemFault("DTSTART", item.value("DTSTART"), f"is geen datum van {YEARS[0]} tot {YEARS[1]}")
    _check_order(item, event)
    event[LINE] = item.line
    return event


def _check_moments(name: str, item: ItemText, event: VEvent) -> None:
    """Refuse a property that is no moment, or that stands in a time zone nobody knows."""
    if name not in event:
        return
    for value in _several(event[name]):
        moments = [part.dt for part in value.dts] if name in ("RDATE", "EXDATE") else [value.dt]
        moments = [moment[0] if isinstance(moment, tuple) else moment for moment in moments]
        if not all(isinstance(moment, dt.date) for moment in moments):
            raise ItemFault(name, item.value(name), NO_MOMENT)
        zone = value.params.get("TZID")
        if zone and any(isinstance(moment, dt.datetime) and moment.tzinfo is None for moment in moments):
            raise ItemFault(name, str(zone), "is een onbekende tijdzone, die het bestand ook niet uitlegt")


def _check_order(item: ItemText, event: VEvent) -> None:
    begin, end = event["DTSTART"].dt, _end(event)
    if end is None:
        raise ItemFault("DURATION", item.value("DURATION"), UNREADABLE["DURATION"])
    aware = all(isinstance(moment, dt.datetime) and moment.tzinfo for moment in (begin, end))
    is_before = _utc(end) < _utc(begin) if aware else wall(end) < wall(begin)
    if is_before:
        name = "DTEND" if "DTEND" in event else "DURATION"
        raise ItemFault(name, item.value(name), "ligt voor het begin")


def _end(event: VEvent) -> Moment | None:
    """Return the end of an item: as it says, or its begin plus its duration; a day without either lasts a day."""
    if "DTEND" in event:
        return event["DTEND"].dt
    begin: Moment = event["DTSTART"].dt
    if "DURATION" in event:
        duration = event["DURATION"].dt
        if not isinstance(duration, dt.timedelta):
            return None
        is_day = not isinstance(begin, dt.datetime) and duration.seconds == 0
        return begin + duration if is_day or isinstance(begin, dt.datetime) else wall(begin) + duration
    return begin if isinstance(begin, dt.datetime) else begin + dt.timedelta(days=1)


def wall(moment: Moment) -> dt.datetime:
    """Return what the clock in Brussels shows at a moment; one without time zone is taken as it stands."""
    if not isinstance(moment, dt.datetime):
        return dt.datetime.combine(moment, dt.time())
    if moment.tzinfo is None:
        return moment
    # By way of UTC: a time that the change to summer time skips does not exist in its own zone either.
    return _utc(moment).astimezone(BRUSSELS).replace(tzinfo=None, fold=0)


def _utc(moment: Moment) -> dt.datetime:
    assert isinstance(moment, dt.datetime)
    return moment.astimezone(dt.UTC)


def expand(calendar: CalendarText, limits: Limits) -> Expanded:
    """Return the occurrences of all items of a calendar, in the order of the file.

    An item that is cancelled does not count, nor does the occurrence it cancels. Raises LeveringFout when
    there are more occurrences than `limits` allows.
    """
    events, faults = [], []
    for item in calendar.items:
        try:
            event = read_item(item)
            _check_rule(item, event, limits)
            events.append(event)
        except ItemFault as fault:
            faults.append((item.line, fault))
        except MOMENT_ERRORS:
            faults.append((item.line, ItemFault(BEGIN_ITEM, None, "kan niet gelezen worden")))
    series, single = _by_series(events)
    period = _period(calendar, events, limits) if series else None
    found: list[Occurrence] = [_occurrence(event) for event in single if not _is_cancelled(event)]
    for group in series:
        assert period is not None
        try:
            found += _repeat(group, period)
        except MOMENT_ERRORS:
            line = int(group[0][LINE])
            faults.append((line, ItemFault("RRULE", None, UNREADABLE["RRULE"])))
        if len(found) > limits.items:
            raise LeveringFout(
                "te_veel_items",
                f"De agenda telt uitgeschreven meer dan {limits.items:,} items. Exporteer een kortere periode.".replace(
                    ",", "."
                ),
            )
    found.sort(key=lambda item: (item.line, item.begin))
    return Expanded(found, sorted(faults, key=lambda pair: pair[0]), period, sum(map(_is_cancelled, events)))


def _check_rule(item: ItemText, event: VEvent, limits: Limits) -> None:
    """Refuse a rule that repeats absurdly often, or of which writing it out would not end."""
    for rule in _several(event.get("RRULE")):
        frequency = str(next(iter(rule.get("FREQ", [])), "")).upper()
        interval = next(iter(rule.get("INTERVAL", [])), 1)
        allowed = FREQUENCIES.get(frequency)
        if allowed is None or not isinstance(interval, int) or interval < 1 or rule.keys() & EVERY_PART - allowed:
            raise ItemFault("RRULE", item.value("RRULE"), UNREADABLE["RRULE"])
        times = TIMES_A_DAY.get(frequency, 1) / (interval if frequency in TIMES_A_DAY else 1)
        for part in ("BYHOUR", "BYMINUTE", "BYSECOND"):
            times *= len(rule.get(part, [])) or 1
        if times > limits.times_a_day:
            raise ItemFault(
                "RRULE", item.value("RRULE"), f"herhaalt het item vaker dan {limits.times_a_day} keer per dag"
            )
        if not _hits_a_day(rule, event["DTSTART"].dt, interval if frequency == "DAILY" else 1):
            raise ItemFault("RRULE", item.value("RRULE"), "valt op geen enkele dag")


def _hits_a_day(rule: VEvent, begin: Moment, step: int) -> bool:
    """Whether some day has the month, the day of the month and the weekday of a rule.

    Years from a leap day to the next but one that falls on the same weekday hold every kind of day. A rule that none
    of them fits would be tried for each day until the year 9999.
    """
    months = {int(month) for month in rule.get("BYMONTH", [])}
    days = {int(day) for day in rule.get("BYMONTHDAY", [])}
    weekdays = {WEEKDAYS.index(str(day)[-2:].upper()) for day in rule.get("BYDAY", [])}
    first = dt.date(2000, 1, 1) + dt.timedelta(days=(begin.toordinal() - dt.date(2000, 1, 1).toordinal()) % step)
    for place in range(0, DAYS_TO_TRY, step):
        day = first + dt.timedelta(days=place)
        left = day.day - 1 - calendar_days(day.year, day.month)[1]
        if (
            (not months or day.month in months)
            and (not days or day.day in days or left in days)
            and (not weekdays or day.weekday() in weekdays)
        ):
            return True
    return False


def _several(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _by_series(events: Sequence[VEvent]) -> tuple[list[list[VEvent]], list[VEvent]]:
    """Return the series (the item that repeats first, then what changes it) and the items that stand alone.

    Of several versions of one item the highest SEQUENCE counts. Programs that give every item the same UID exist:
    items of the same version stay apart, and changes go with the last.
    """
    by_uid: dict[str, list[VEvent]] = defaultdict(list)
    for event in events:
        by_uid[str(event.get("UID") or f"regel {event[LINE]}")].append(event)
    series, single = [], []
    for group in by_uid.values():
        changes = [event for event in group if "RECURRENCE-ID" in event]
        bases = [event for event in group if "RECURRENCE-ID" not in event]
        newest = max((_sequence(event) for event in bases), default=0)
        bases = [event for event in bases if _sequence(event) == newest]
        repeating = [event for event in bases if "RRULE" in event or "RDATE" in event]
        single += [event for event in bases if event not in repeating] if repeating else [*bases, *changes]
        series += [[event] for event in repeating[:-1]]
        series += [[repeating[-1], *changes]] if repeating else []
    return series, single


def _sequence(event: VEvent) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _is_cancelled(event: VEvent) -> bool:
    return str(event.get("STATUS", "")).upper() == "CANCELLED"


def _period(calendar: CalendarText, events: Iterable[VEvent], limits: Limits) -> Period:
    """Return the period in which what repeats is written out.

    Outlook says which period was exported. Otherwise: from the first item until the newest stamp in the file, which
    is when the calendar last knew the agenda; after it nobody knows whether a meeting still takes place.
    """
    events = list(events)
    begins = [wall(event["DTSTART"].dt) for event in events]
    stamps = [moment for text in calendar.stamps if (moment := _stamp(text))]
    begin = _stamp(calendar.period.get("X-CLIPSTART", "")) or min(begins)
    end = _stamp(calendar.period.get("X-CLIPEND", "")) or max(stamps, default=max(begins) + dt.timedelta(days=1))
    return Period(max(begin, end - dt.timedelta(days=366 * limits.years)), end)


def _stamp(text: str) -> dt.datetime | None:
    """Return a moment as it stands in a calendar property, on the clock in Brussels; None when it is none."""
    try:
        moment = dt.datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S" if "T" in text else "%Y%m%d")
    except ValueError:
        return None
    if not YEARS[0] <= moment.year <= YEARS[1]:
        return None
    return wall(moment.replace(tzinfo=dt.UTC)) if text.endswith("Z") else moment


def _repeat(group: list[VEvent], period: Period) -> list[Occurrence]:
    """Return the occurrences of one series that begin in the period, without those that are cancelled."""
    if _is_cancelled(group[0]):
        return []
    calendar = Calendar()
    for event in group:
        calendar.add_component(event)
    begin, end = (moment.replace(tzinfo=BRUSSELS) for moment in (period.begin, period.end))
    found = recurring_ical_events.of(calendar).between(begin, end)
    occurrences = {
        (item.line, item.begin, item.end): item
        for event in found
        if not _is_cancelled(event)
        if (item := _occurrence(event))
    }
    return [item for item in occurrences.values() if period.begin <= item.begin < period.end]


def _occurrence(event: VEvent) -> Occurrence:
    start, stop = event["DTSTART"].dt, _end(event)
    assert stop is not None
    begin, end = wall(start), wall(stop)
    if end < begin:
        # Across the change to winter time the clock goes back; the time that passed is what counts.
        end = begin + (_utc(stop) - _utc(start))
    is_day = not isinstance(start, dt.datetime)
    is_all_day = is_day or str(event.get("X-MICROSOFT-CDO-ALLDAYEVENT", "")).upper() == "TRUE"
    return Occurrence(int(event[LINE]), begin, end, is_all_day, event)
