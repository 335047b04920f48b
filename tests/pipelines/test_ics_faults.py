"""What is wrong with an agenda as iCalendar: each fault with its own reason or sentence."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from pipelines.clean import SHIELDED
from pipelines.faults import LeveringFout
from pipelines.ics import read_calendar
from pipelines.intake import judge_file
from pipelines.quarantine_workbook import write_marked_workbook
from tests.pipelines.calendars import calendar, event, meeting
from tests.pipelines.conftest import JudgeBytes
from warehouse.settings import load_settings

#: One item in; its faults as (line, column, value, reason) out.
Faults = Callable[[str], list[tuple[int, str, str | None, str]]]


@pytest.fixture
def faults(judge: JudgeBytes) -> Faults:
    good = "".join(meeting(uid=f"goed {number}") + "\n" for number in range(9))

    def run(item: str) -> list[tuple[int, str, str | None, str]]:
        _, report = judge(calendar(item, good.strip()), "B017_agenda.ics")
        assert report.gelezen == report.aanvaard + report.quarantine["rij"].n_unique()
        return report.quarantine.select("rij", "kolom", "waarde", "reden").rows()

    return run


# What is wrong with an item


@pytest.mark.parametrize(
    ("properties", "column", "value", "reason"),
    [
        (("DTEND:20251006T090000Z",), "DTSTART", None, "ontbreekt: het item heeft geen begin"),
        (("DTSTART:20250231T100000",), "DTSTART", "20250231T100000", "is geen bestaande datum of tijdstip"),
        (("DTSTART:morgen",), "DTSTART", "morgen", "is geen bestaande datum of tijdstip"),
        (("DTSTART:",), "DTSTART", "", "is geen bestaande datum of tijdstip"),
        (("DTSTART:100000",), "DTSTART", "100000", "is geen bestaande datum of tijdstip"),
        (("DTSTART;VALUE=DATE:19000101",), "DTSTART", "19000101", "is geen datum van 1950 tot 2099"),
        (("DTSTART;TZID=Maan/Krater:20251006T090000",), "DTSTART", "Maan/Krater",
         "is een onbekende tijdzone, die het bestand ook niet uitlegt"),
        (("DTSTART:20251006T090000", "DTEND:20251006T080000"), "DTEND", "20251006T080000", "ligt voor het begin"),
        (("DTSTART:20251006T090000Z", "DTEND;TZID=Asia/Tokyo:20251006T100000"), "DTEND", "20251006T100000",
         "ligt voor het begin"),
        (("DTSTART:20251006T090000", "DURATION:-PT1H"), "DURATION", "-PT1H", "ligt voor het begin"),
        (("DTSTART:20251006T090000", "DURATION:lang"), "DURATION", "lang", "is geen duur die gelezen kan worden"),
        (("DTSTART:20251006T090000", "DTSTART:20251007T090000"), "DTSTART", "20251006T090000",
         "staat er meer dan eens"),
        (("DTSTART:20251006T090000", "RRULE:ELKE MAANDAG"), "RRULE", "ELKE MAANDAG",
         "is geen herhaling die gelezen kan worden"),
        (("DTSTART:20251006T090000", "RRULE:INTERVAL=2"), "RRULE", "INTERVAL=2",
         "is geen herhaling die gelezen kan worden"),
        (("DTSTART:20251006T090000", "RRULE:FREQ=DAILY;INTERVAL=0"), "RRULE", "FREQ=DAILY;INTERVAL=0",
         "is geen herhaling die gelezen kan worden"),
        (("DTSTART:20251006T090000", "RRULE:FREQ=SECONDLY"), "RRULE", "FREQ=SECONDLY",
         "herhaalt het item vaker dan 10 keer per dag"),
        (("DTSTART:20251006T090000", "RRULE:FREQ=DAILY;BYHOUR=8,9,10;BYMINUTE=0,10,20,30"), "RRULE",
         "FREQ=DAILY;BYHOUR=8,9,10;BYMINUTE=0,10,20,30", "herhaalt het item vaker dan 10 keer per dag"),
        (("DTSTART:20251006T090000", "RRULE:FREQ=DAILY", "EXDATE:gisteren"), "EXDATE", "gisteren",
         "is geen bestaande datum of tijdstip"),
        (("DTSTART:20251006T090000", "RRULE:FREQ=DAILY", "EXRULE:FREQ=WEEKLY"), "EXRULE", "FREQ=WEEKLY",
         "is verouderd en wordt niet gelezen; gebruik EXDATE"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_an_item_has_its_own_reason(
    faults: Faults, properties: tuple[str, ...], column: str, value: str | None, reason: str
) -> None:
    # What stands in an agenda is about somebody: the fault says where, and whether something stood there.
    assert faults(event(*properties)) == [(5, column, None if value is None else SHIELDED, reason)]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31;COUNT=5",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=HOURLY;INTERVAL=12;BYMONTH=6;BYMONTHDAY=-31",
    ],
)
def test_a_rule_that_falls_on_no_day_is_refused_before_it_is_tried(faults: Faults, rule: str) -> None:
    item = event("DTSTART:20251006T090000", f"RRULE:{rule}")
    assert faults(item) == [(5, "RRULE", SHIELDED, "valt op geen enkele dag")]


def test_an_agenda_of_too_many_items_is_refused_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "B017_agenda.ics"
    path.write_text(calendar(*(meeting("RRULE:FREQ=DAILY;COUNT=60", uid=str(number)) for number in range(20))))
    limits = load_settings()["agenda"] | {"hoogstens_items": 1_000}
    with pytest.raises(LeveringFout, match=r"De agenda telt uitgeschreven meer dan 1\.000 items"):
        read_calendar(path, limits)


# What is wrong with a file


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("Begindatum,Begintijd\n1-1-2025,9:00\n", "Het bestand heet .ics maar is geen agenda"),
        (b"\x00\x01\x02", "Het bestand heet .ics maar is geen agenda"),
        ("", "Het bestand is leeg (0 bytes)"),
        (calendar(), "De agenda bevat geen enkel item"),
        (calendar(meeting("STATUS:CANCELLED")), "De agenda bevat geen enkel item dat telt"),
        (calendar(meeting()).removesuffix("END:VCALENDAR\r\n"), "De agenda is afgebroken of beschadigd (rond regel 9)"),
        (calendar(meeting()).replace("END:VEVENT\r\n", ""), "De agenda is afgebroken of beschadigd (rond regel 9)"),
        (calendar(event("DTSTART:nooit")), "1 van de 1 rijen breekt een regel"),
    ],
)
def test_a_bad_calendar_is_refused_with_its_own_sentence(
    judge: JudgeBytes, content: str | bytes, sentence: str
) -> None:
    with pytest.raises(LeveringFout) as fault:
        judge(content, "B017_agenda.ics")
    assert str(fault.value).startswith(sentence)


def test_the_quarantine_of_a_calendar_is_its_faulty_items_with_the_wrong_property_coloured(tmp_path: Path) -> None:
    private = "SUMMARY:Functioneringsgesprek", "ATTENDEE:mailto:an.peeters@voorbeeld.be", "LOCATION:Bij An"
    late = event(*private, "DTSTART:20251006T090000", "DTEND:20251006T080000", uid="an.peeters@voorbeeld.be")
    on_the_moon = event("DTSTART;TZID=Maan/Krater:20251006T090000", "CATEGORIES:=Vorming", uid="maan")
    without_begin = event("DTEND:20251006T090000", uid="zonder")
    good = [meeting(uid=f"goed {number}") for number in range(20)]
    path, target = tmp_path / "B017_agenda.ics", tmp_path / "fouten.xlsx"
    path.write_bytes(calendar(late, good[0], on_the_moon, without_begin, *good[1:]).encode())
    settings = load_settings()
    _, report = judge_file(path, path.name, b"sleutel", settings)
    write_marked_workbook(path, "Bestand B017_agenda.ics", report.quarantine.to_dicts(), target, settings)

    told, sheet = openpyxl.load_workbook(target).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows == [
        ["BEGIN:VEVENT", "DTSTART", "DTEND", "CATEGORIES", "reden"],
        ["5", "20251006T090000", "20251006T080000", None, "DTEND: ligt voor het begin"],
        ["18", "TZID=Maan/Krater:20251006T090000", None, "=Vorming",
         "DTSTART: is een onbekende tijdzone, die het bestand ook niet uitlegt"],
        ["23", None, "20251006T090000", None, "DTSTART: ontbreekt: het item heeft geen begin"],
    ]  # fmt: skip
    coloured = [
        cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb.endswith("FFD9A0")
    ]
    assert coloured == ["C2", "E2", "B3", "E3", "B4", "E4"]
    assert sheet["D3"].data_type == "s"
    assert told["A2"].value.startswith("3 rijen met 3 fouten. Een rij is een item met een fout")
    assert not any(
        "voorbeeld.be" in str(cell.value) for one in (told, sheet) for row in one.iter_rows() for cell in row
    )
