"""Random calendars against an expansion made another way: `dateutil` on the clock of the zone itself."""

import datetime as dt
import tempfile
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.faults import LeveringFout
from pipelines.intake import judge_file
from tests.pipelines.calendars import calendar, event
from tests.pipelines.conftest import KEY
from warehouse.settings import load_settings

SETTINGS = load_settings()
BRUSSELS = ZoneInfo("Europe/Brussels")
BEGIN, END = dt.datetime(2025, 9, 1), dt.datetime(2026, 9, 1)
ZONES = {"Romance Standard Time": "Europe/Brussels", "America/New_York": "America/New_York", "Asia/Tokyo": "Asia/Tokyo"}
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = {"DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY}

minutes = st.integers(0, 365 * 24 * 60)
begins = minutes.map(lambda number: dt.datetime(2025, 8, 1) + dt.timedelta(minutes=number))
lengths = st.integers(0, 600).map(lambda minutes: dt.timedelta(minutes=minutes))


def read(text: str | bytes) -> pl.DataFrame:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "B1_agenda.ics"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        [cleaned], report = judge_file(path, path.name, KEY, SETTINGS)
    assert report.gelezen == report.aanvaard + report.quarantine["rij"].n_unique()
    return cleaned.accepted.select(
        "_rij",
        begin=pl.col("begindatum").dt.combine(pl.col("begintijd")),
        einde=pl.col("einddatum").dt.combine(pl.col("eindtijd")),
    )


def in_brussels(moment: dt.datetime, zone: str) -> dt.datetime:
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC).astimezone(BRUSSELS).replace(tzinfo=None)


@st.composite
def rules(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    """A rule as text, and as the arguments of dateutil."""
    name = draw(st.sampled_from(sorted(FREQUENCIES)))
    interval = draw(st.integers(1, 5))
    text, arguments = f"FREQ={name};INTERVAL={interval}", {"freq": FREQUENCIES[name], "interval": interval}
    if name != "MONTHLY" and interval < 5:
        weekdays = draw(st.sets(st.integers(0, 6)))
        if weekdays and (name == "WEEKLY" or interval == 1):
            text += ";BYDAY=" + ",".join(DAYS[day] for day in sorted(weekdays))
            arguments["byweekday"] = sorted(weekdays)
    if draw(st.booleans()):
        count = draw(st.integers(1, 40))
        text, arguments["count"] = f"{text};COUNT={count}", count
    return text, arguments


@settings(max_examples=120)
@given(start=begins, length=lengths, rule=rules(), zone=st.sampled_from(sorted(ZONES)), leave_out=st.integers(0, 5))
def test_a_series_is_what_dateutil_makes_of_it(start, length, rule, zone, leave_out):
    text, arguments = rule
    last = {} if "count" in arguments else {"until": dt.datetime(2026, 9, 3)}
    repeated = list(rrule.rrule(dtstart=start, **arguments, **last))
    moments = sorted({start, *repeated})
    missing = moments[1 : 1 + leave_out]
    item = event(
        f"DTSTART;TZID={zone}:{start:%Y%m%dT%H%M%S}",
        f"DURATION:PT{int(length.total_seconds() // 60)}M",
        f"RRULE:{text}",
        *(f"EXDATE;TZID={zone}:{moment:%Y%m%dT%H%M%S}" for moment in missing),
    )
    anchor = event("DTSTART:20251006T090000", uid="anker")
    found = read(calendar(item, anchor)).filter(pl.col("_rij") == 5)
    place = ZONES[zone]
    expected = [in_brussels(moment, place) for moment in moments if moment not in missing]
    assert sorted(found["begin"]) == sorted(begin for begin in expected if BEGIN <= begin < END)
    # In the nights in which the clock changes, what it shows differs from the length.
    assert (found["einde"] >= found["begin"]).all()


@settings(max_examples=60)
@given(start=begins, weeks=st.integers(2, 8), moved=st.integers(-600, 600), at=st.integers(1, 7), future=st.booleans())
def test_a_change_moves_one_occurrence_or_all_that_follow(start, weeks, moved, at, future):
    at = min(at, weeks - 1)
    moments = [start + dt.timedelta(weeks=week) for week in range(weeks)]
    changed = moments[at] + dt.timedelta(minutes=moved)
    scope = ";RANGE=THISANDFUTURE" if future else ""
    text = calendar(
        event(f"DTSTART:{start:%Y%m%dT%H%M%S}", "DURATION:PT1H", f"RRULE:FREQ=WEEKLY;COUNT={weeks}"),
        event(f"DTSTART:{changed:%Y%m%dT%H%M%S}", "DURATION:PT2H", f"RECURRENCE-ID{scope}:{moments[at]:%Y%m%dT%H%M%S}"),
        event("DTSTART:20251006T090000", uid="anker"),
    )
    found = read(text).filter(pl.col("_rij") < 17)
    is_moved = [(index > at and future) or index == at for index in range(weeks)]
    expected = [
        (moment + dt.timedelta(minutes=moved * own), moment + dt.timedelta(minutes=moved * own, hours=1 + own))
        for moment, own in zip(moments, is_moved, strict=True)
    ]
    assert sorted(found.select("begin", "einde").rows()) == sorted(pair for pair in expected if BEGIN <= pair[0] < END)


@settings(max_examples=60)
@given(items=st.lists(st.tuples(begins, lengths), min_size=1, max_size=20))
def test_items_written_in_utc_come_back_on_the_clock_of_brussels(items):
    def utc(moment: dt.datetime) -> str:
        return f"{moment.replace(tzinfo=BRUSSELS).astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"

    exists = [(b, b + n) for b, n in items if all(in_brussels(m, "Europe/Brussels") == m for m in (b, b + n))]
    straight = [(b, e) for b, e in exists if utc(b) <= utc(e)]
    anchor = event("DTSTART:20251006T090000", uid="anker")
    events = [event(f"DTSTART:{utc(b)}", f"DTEND:{utc(e)}", uid=str(n)) for n, (b, e) in enumerate(straight)]
    found = read(calendar(anchor, *events)).filter(pl.col("_rij") > 5)
    assert found.select("begin", "einde").rows() == straight


@settings(max_examples=200)
@given(cut=st.floats(0, 1), flips=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8))
def test_a_damaged_calendar_is_read_or_refused_with_a_sentence(cut, flips):
    text = calendar(
        event("DTSTART;TZID=Romance Standard Time:20251006T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;COUNT=9"),
        event("DTSTART;VALUE=DATE:20251006", "DTEND;VALUE=DATE:20251008", "CATEGORIES:Verlof", uid="2"),
    )
    data = bytearray(text.encode())
    for place, byte in flips:
        data[int(place * (len(data) - 1))] = byte
    data = data[: round(len(data) * (1 if flips else cut))]
    with suppress(LeveringFout):
        read(bytes(data))
