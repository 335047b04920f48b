"""Agendas as iCalendar: the rows they give, occurrence by occurrence."""

from collections.abc import Callable

import polars as pl
import pytest

from pipelines.faults import LeveringFout
from tests.pipelines.calendars import ZONE, calendar, event, meeting
from tests.pipelines.conftest import JudgeBytes

NL_HEADER = (
    'Onderwerp,Begindatum,Begintijd,Einddatum,Eindtijd,"Gebeurtenis, duurt hele dag",Categorieën,Privé,'
    "Tijd weergeven als\n"
)
#: Calendar text in; its rows as (line, begin, end) out.
Rows = Callable[[str], list[tuple[int, str, str]]]


@pytest.fixture
def frame(judge: JudgeBytes) -> Callable[[str | bytes], pl.DataFrame]:
    return lambda text: judge(text, "B017_agenda.ics")[0][0].accepted


@pytest.fixture
def rows(frame: Callable[[str | bytes], pl.DataFrame]) -> Rows:
    begin = pl.col("begindatum").dt.combine(pl.col("begintijd")).dt.strftime("%d/%m/%y %H:%M")
    end = pl.col("einddatum").dt.combine(pl.col("eindtijd")).dt.strftime("%d/%m/%y %H:%M")
    return lambda text: frame(text).select("_rij", begin=begin, end=end).rows()


# What an item becomes


def test_an_item_gives_the_same_row_as_the_outlook_export(judge: JudgeBytes) -> None:
    text = calendar(
        meeting("CATEGORIES:PLG", "X-MICROSOFT-CDO-BUSYSTATUS:BUSY", "CLASS:PUBLIC", "SUMMARY:Met de directie"),
        event("DTSTART;VALUE=DATE:20251027", "DTEND;VALUE=DATE:20251029", "CATEGORIES:Verlof",
              "X-MICROSOFT-CDO-BUSYSTATUS:OOF", uid="2"),
        meeting("CATEGORIES:Privé", "CLASS:PRIVATE", "X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE", uid="3"),
        meeting("TRANSP:TRANSPARENT", uid="4"),
    )  # fmt: skip
    lines = (
        "Met de directie,6-10-2025,9:00:00,6-10-2025,11:00:00,Onwaar,PLG,Onwaar,Bezet\n"
        "Weg,27-10-2025,0:00:00,29-10-2025,0:00:00,Waar,Verlof,Onwaar,Niet aanwezig\n"
        "Privé,6-10-2025,9:00:00,6-10-2025,11:00:00,Onwaar,Privé,Waar,Voorlopig\n"
        "Vrij,6-10-2025,9:00:00,6-10-2025,11:00:00,Onwaar,,Onwaar,Vrij\n"
    )
    [as_ics], _ = judge(text, "B017_agenda.ics")
    [as_csv], _ = judge(NL_HEADER + lines, "B017_agenda.csv")
    assert as_ics.accepted.drop("_rij").equals(as_csv.accepted.drop("_rij"))
    assert as_ics.contract is as_csv.contract


def test_what_an_item_is_about_is_never_read(judge: JudgeBytes) -> None:
    secret = (
        "SUMMARY:Geheim",
        'DESCRIPTION:Geheim\n  vervolg: "zonder slot',
        "LOCATION:Geheim",
        "ORGANIZER;CN=Geheim:mailto:geheim@school.example",
        "ATTENDEE:mailto:geheim@school.example",
        "X-ALT-DESC;FMTTYPE=text/html:<p>Geheim</p>",
        "BEGIN:VALARM\nDESCRIPTION:Geheim\nTRIGGER:-PT15M\nEND:VALARM",
    )
    [cleaned], report = judge(calendar(meeting(*secret)), "B017_agenda.ics")
    shown = f"{cleaned.accepted.rows()} {report.quarantine.rows()} {report.meldingen} {report.vak}".lower()
    assert cleaned.accepted.height == 1
    assert "geheim" not in shown


def test_a_row_is_the_line_on_which_its_item_begins(rows: Rows, judge: JudgeBytes) -> None:
    text = calendar(meeting(), meeting("RRULE:FREQ=DAILY;COUNT=2", uid="2"))
    assert [line for line, _, _ in rows(text)] == [5, 10, 10]
    _, report = judge(text, "B017_agenda.ics")
    assert report.meldingen[0].sentence.startswith("Een rij is in een agenda als ICS de regel van het bestand")


def test_categories_keep_their_commas_and_stand_as_in_outlook(frame: Callable[..., pl.DataFrame]) -> None:
    found = frame(calendar(meeting("CATEGORIES:PLG\\, wiskunde,Helpdesk", "CATEGORIES:VT")))
    assert found["categorieen"].to_list() == ["PLG, wiskunde; Helpdesk; VT"]


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        ((), "bezet"),
        (("TRANSP:OPAQUE",), "bezet"),
        (("TRANSP:TRANSPARENT",), "vrij"),
        (("STATUS:TENTATIVE",), "voorlopig"),
        (("X-MICROSOFT-CDO-BUSYSTATUS:OOF", "TRANSP:OPAQUE"), "niet aanwezig"),
        (("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE", "TRANSP:TRANSPARENT"), "werkt elders"),
        (("X-MICROSOFT-CDO-BUSYSTATUS:BUSY", "X-MICROSOFT-CDO-INTENDEDSTATUS:FREE"), "bezet"),
    ],
)
def test_how_time_is_shown_gets_outlooks_words(
    frame: Callable[..., pl.DataFrame], properties: tuple[str, ...], shown: str
) -> None:
    assert frame(calendar(meeting(*properties)))["tijd_weergeven_als"].to_list() == [shown]


@pytest.mark.parametrize(
    ("value", "private"), [("PUBLIC", False), ("CONFIDENTIAL", False), ("PRIVATE", True), ("X-EIGEN", True)]
)
def test_private_and_unknown_classes_lose_their_category(
    frame: Callable[..., pl.DataFrame], value: str, private: bool
) -> None:
    found = frame(calendar(meeting("CATEGORIES:PLG", f"CLASS:{value}")))
    assert found.select("prive", "categorieen").rows() == [(private, None if private else "PLG")]


@pytest.mark.parametrize(
    ("properties", "begin", "end"),
    [
        (("DTSTART;VALUE=DATE:20251006",), "06/10/25 00:00", "07/10/25 00:00"),
        (("DTSTART;VALUE=DATE:20251006", "DURATION:P2D"), "06/10/25 00:00", "08/10/25 00:00"),
        (("DTSTART:20251006T090000", "DURATION:PT90M"), "06/10/25 09:00", "06/10/25 10:30"),
        (("DTSTART:20251006T090000",), "06/10/25 09:00", "06/10/25 09:00"),
        (("DTSTART:20251006T220000Z", "DTEND:20251007T220000Z", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
         "07/10/25 00:00", "08/10/25 00:00"),
    ],
)  # fmt: skip
def test_the_end_is_given_or_follows(rows: Rows, properties: tuple[str, ...], begin: str, end: str) -> None:
    assert rows(calendar(event(*properties))) == [(5, begin, end)]


def test_all_day_is_a_date_or_what_outlook_says(frame: Callable[..., pl.DataFrame]) -> None:
    text = calendar(
        event("DTSTART;VALUE=DATE:20251006"),
        meeting("X-MICROSOFT-CDO-ALLDAYEVENT:TRUE", uid="2"),
        meeting("X-MICROSOFT-CDO-ALLDAYEVENT:FALSE", uid="3"),
    )
    assert frame(text)["hele_dag"].to_list() == [True, True, False]


# Time zones


@pytest.mark.parametrize(
    ("start", "shown"),
    [
        ("DTSTART:20251006T090000", "06/10/25 09:00"),
        ("DTSTART:20251006T070000Z", "06/10/25 09:00"),
        ("DTSTART:20251106T070000Z", "06/11/25 08:00"),
        ("DTSTART;TZID=Europe/Brussels:20251006T090000", "06/10/25 09:00"),
        ("DTSTART;TZID=Romance Standard Time:20251006T090000", "06/10/25 09:00"),
        ('DTSTART;TZID="W. Europe Standard Time":20251006T090000', "06/10/25 09:00"),
        ("DTSTART;TZID=GMT Standard Time:20251006T090000", "06/10/25 10:00"),
        ("DTSTART;TZID=America/New_York:20251006T200000", "07/10/25 02:00"),
        ("DTSTART;TZID=/mozilla.org/20071231_1/Europe/Brussels:20251006T090000", "06/10/25 09:00"),
        # The night in which the clock goes forward has no half past two.
        ("DTSTART;TZID=Europe/Brussels:20260329T023000", "29/03/26 03:30"),
    ],
)
def test_every_time_is_that_of_the_clock_in_brussels(rows: Rows, start: str, shown: str) -> None:
    assert rows(calendar(event(start))) == [(5, shown, shown)]


def test_a_zone_of_the_files_own_is_read_from_the_file(rows: Rows) -> None:
    zone = ZONE.format(name="Customized Time Zone", winter="+0000", summer="+0100")
    text = calendar(zone, event("DTSTART;TZID=Customized Time Zone:20251006T090000"))
    assert [begin for _, begin, _ in rows(text)] == ["06/10/25 10:00"]


def test_a_zone_of_one_file_is_forgotten_in_the_next(rows: Rows) -> None:
    item = event("DTSTART;TZID=Customized Time Zone:20251006T090000")
    london = ZONE.format(name="Customized Time Zone", winter="+0000", summer="+0100")
    moscow = ZONE.format(name="Customized Time Zone", winter="+0300", summer="+0300")
    assert [rows(calendar(zone, item))[0][1][-5:] for zone in (london, moscow, london)] == ["10:00", "08:00", "10:00"]


def test_a_name_of_windows_follows_the_database_and_not_the_files_own_rule(rows: Rows) -> None:
    wrong = ZONE.format(name="Romance Standard Time", winter="+0500", summer="+0500")
    assert rows(calendar(wrong, event("DTSTART;TZID=Romance Standard Time:20251006T090000")))[0][1][-5:] == "09:00"


def test_a_weekly_meeting_stays_at_nine_when_the_clock_changes(rows: Rows) -> None:
    item = meeting(
        "RRULE:FREQ=WEEKLY;COUNT=3",
        at="DTSTART;TZID=Europe/Brussels:20251020T090000",
        until="DTEND;TZID=Europe/Brussels:20251020T110000",
    )
    assert [begin for _, begin, _ in rows(calendar(item))] == ["20/10/25 09:00", "27/10/25 09:00", "03/11/25 09:00"]


def test_a_weekly_meeting_in_utc_moves_when_the_clock_changes(rows: Rows) -> None:
    item = meeting("RRULE:FREQ=WEEKLY;COUNT=2", at="DTSTART:20251020T070000Z", until="DTEND:20251020T090000Z")
    assert [begin for _, begin, _ in rows(calendar(item))] == ["20/10/25 09:00", "27/10/25 08:00"]


def test_an_item_in_the_hour_that_comes_twice_keeps_its_length(rows: Rows) -> None:
    item = event("DTSTART:20251026T003000Z", "DTEND:20251026T011500Z")
    assert rows(calendar(item)) == [(5, "26/10/25 02:30", "26/10/25 03:15")]


# What repeats


def test_exceptions_additions_and_changes_of_a_series_count(rows: Rows) -> None:
    text = calendar(
        meeting("RRULE:FREQ=DAILY;COUNT=4", "EXDATE:20251007T070000Z", "RDATE:20251020T070000Z"),
        meeting("RECURRENCE-ID:20251008T070000Z", at="DTSTART:20251008T120000Z", until="DTEND:20251008T130000Z"),
    )
    assert rows(text) == [
        (5, "06/10/25 09:00", "06/10/25 11:00"),
        (5, "09/10/25 09:00", "09/10/25 11:00"),
        (5, "20/10/25 09:00", "20/10/25 11:00"),
        (13, "08/10/25 14:00", "08/10/25 15:00"),
    ]


def test_a_change_of_this_and_all_that_follow_moves_them_all(rows: Rows) -> None:
    text = calendar(
        meeting("RRULE:FREQ=DAILY;COUNT=4"),
        meeting("RECURRENCE-ID;RANGE=THISANDFUTURE:20251008T070000Z", at="DTSTART:20251008T080000Z",
                until="DTEND:20251008T083000Z"),
    )  # fmt: skip
    assert rows(text) == [
        (5, "06/10/25 09:00", "06/10/25 11:00"),
        (5, "07/10/25 09:00", "07/10/25 11:00"),
        (11, "08/10/25 10:00", "08/10/25 10:30"),
        (11, "09/10/25 10:00", "09/10/25 10:30"),
    ]


def test_a_cancelled_item_or_occurrence_does_not_count_and_is_told(rows: Rows, judge: JudgeBytes) -> None:
    text = calendar(
        meeting("RRULE:FREQ=DAILY;COUNT=2"),
        meeting("RECURRENCE-ID:20251006T070000Z", "STATUS:CANCELLED"),
        meeting("STATUS:CANCELLED", uid="2"),
        meeting("RRULE:FREQ=DAILY;COUNT=2", "STATUS:CANCELLED", uid="3"),
    )
    assert [begin for _, begin, _ in rows(text)] == ["07/10/25 09:00"]
    _, report = judge(text, "B017_agenda.ics")
    assert "Geannuleerde items tellen niet mee: 3." in [melding.sentence for melding in report.meldingen]


def test_only_the_newest_version_of_an_item_counts(rows: Rows) -> None:
    newer = meeting("SEQUENCE:2", at="DTSTART:20251006T120000Z", until="DTEND:20251006T130000Z")
    assert [begin for _, begin, _ in rows(calendar(meeting("SEQUENCE:1"), newer))] == ["06/10/25 14:00"]


def test_items_that_share_a_uid_by_mistake_all_count(rows: Rows) -> None:
    text = calendar(meeting(), meeting(), meeting("RRULE:FREQ=DAILY;COUNT=2"), meeting("RRULE:FREQ=DAILY;COUNT=2"))
    assert len(rows(text)) == 6


def test_an_occurrence_without_its_series_stands_alone(rows: Rows) -> None:
    assert len(rows(calendar(meeting("RECURRENCE-ID:20251006T070000Z")))) == 1


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1", 12),
        ("FREQ=MONTHLY;BYDAY=1MO", 11),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", 2),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", 12),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE", 48),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20251017T215959Z", 10),
        ("FREQ=DAILY;UNTIL=20251008", 2),
        ("FREQ=WEEKLY;COUNT=3;WKST=SU", 3),
    ],
)
def test_the_rules_that_outlook_writes_are_written_out(rows: Rows, rule: str, count: int) -> None:
    # With its first item, which stands in the agenda whatever the rule says.
    found = rows(calendar(meeting(f"RRULE:{rule}")))
    assert found[0][1] == "06/10/25 09:00"
    assert len(found) == count


def test_a_rule_without_end_stops_at_the_period_that_outlook_exported(rows: Rows, judge: JudgeBytes) -> None:
    text = calendar(meeting("RRULE:FREQ=DAILY"), about=("X-CLIPSTART:20251007T220000Z", "X-CLIPEND:20251010T220000Z"))
    assert [begin[:5] for _, begin, _ in rows(text)] == ["08/10", "09/10", "10/10"]
    _, report = judge(text, "B017_agenda.ics")
    assert report.meldingen[1].sentence.startswith(
        "Wat zich herhaalt, is uitgeschreven van 08/10/2025 tot 11/10/2025 om 00.00 uur"
    )


def test_without_a_period_a_rule_stops_at_the_last_change_in_the_file(rows: Rows) -> None:
    text = calendar(
        meeting("RRULE:FREQ=WEEKLY", "DTSTAMP:20251001T080000Z"),
        meeting("DTSTAMP:20251021T120000Z", "LAST-MODIFIED:20251020T080000Z", uid="2"),
        about=(),
    )
    assert [begin[:5] for line, begin, _ in rows(text) if line == 3] == ["06/10", "13/10", "20/10"]


def test_without_any_stamp_a_rule_stops_after_the_last_item(rows: Rows) -> None:
    text = calendar(
        meeting("RRULE:FREQ=WEEKLY"),
        meeting(at="DTSTART:20251014T070000Z", until="DTEND:20251014T080000Z", uid="2"),
        about=(),
    )
    assert [begin[:5] for line, begin, _ in rows(text) if line == 3] == ["06/10", "13/10"]


def test_a_birthday_since_1604_goes_back_ten_years_at_most(rows: Rows) -> None:
    text = calendar(event("DTSTART;VALUE=DATE:16040312", "RRULE:FREQ=YEARLY", "DTSTAMP:20260401T080000Z"), about=())
    assert [begin[6:8] for _, begin, _ in rows(text)] == [f"{year}" for year in range(17, 27)]


def test_an_agenda_says_by_its_name_whose_it_is(judge: JudgeBytes) -> None:
    with pytest.raises(LeveringFout, match="De bestandsnaam van een agenda begint met de code van de begeleider"):
        judge(calendar(meeting()), "agenda.ics")


def test_a_calendar_is_known_by_its_content_whatever_its_name(judge: JudgeBytes) -> None:
    [cleaned], report = judge(calendar(meeting()), "B017_agenda.txt")
    assert (cleaned.contract.name, report.aanvaard) == ("agenda", 1)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_is_read(frame: Callable[..., pl.DataFrame], encoding: str) -> None:
    assert frame(calendar(meeting("CATEGORIES:Privé")).encode(encoding))["categorieen"].to_list() == ["Privé"]


@pytest.mark.parametrize("end", ["\n", "\r"])
def test_other_line_ends_are_read(rows: Rows, end: str) -> None:
    assert len(rows(calendar(meeting()).replace("\r\n", end))) == 1


def test_a_line_folded_inside_a_letter_is_read(frame: Callable[..., pl.DataFrame]) -> None:
    text = calendar(meeting("CATEGORIES:Coördinatie")).encode().replace(b"\xc3\xb6", b"\xc3\r\n \xb6")
    assert frame(text)["categorieen"].to_list() == ["Coördinatie"]


def test_two_calendars_in_one_file_count_as_one(rows: Rows) -> None:
    assert len(rows(calendar(meeting()) + calendar(meeting(uid="2")))) == 2


def test_the_vak_is_the_begeleider_and_the_months(judge: JudgeBytes) -> None:
    [cleaned], report = judge(calendar(meeting("RRULE:FREQ=MONTHLY;COUNT=3")), "B017_agenda.ics")
    assert cleaned.accepted["_vak"].str.slice(-7).to_list() == ["2025-10", "2025-11", "2025-12"]
    assert report.vak.endswith(" 2025-10 tot 2025-12")
