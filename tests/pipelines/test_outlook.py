"""Outlook exports as CSV, in Dutch and in English, with the headers as Outlook writes them."""

import csv
import datetime as dt
import io
from pathlib import Path

import polars as pl
import pytest

from pipelines.clean import SHIELDED
from pipelines.faults import LeveringFout
from tests.pipelines.conftest import JudgeBytes

HEADERS = Path(__file__).parents[1] / "fixtures"
DUTCH = {
    "Onderwerp": "Overleg", "Begindatum": "6-10-2025", "Begintijd": "9:00:00", "Einddatum": "6-10-2025",
    "Eindtijd": "13:30:00", "Gebeurtenis, duurt hele dag": "Onwaar", "Categorieën": "PLG;VT", "Privé": "Onwaar",
    "Tijd weergeven als": "Bezet", "Beschrijving": 'Met "aanhaling", komma\nen een nieuwe lijn',
}  # fmt: skip
ENGLISH = {
    "Subject": "Overleg", "Start Date": "10/6/2025", "Start Time": "9:00:00 AM", "End Date": "10/6/2025",
    "End Time": "1:30:00 PM", "All day event": "False", "Categories": "PLG;VT", "Private": "False",
    "Show time as": "2", "Description": 'Met "aanhaling", komma\nen een nieuwe lijn',
}  # fmt: skip
GOOD = [
    (dt.date(2025, 10, 6), dt.time(9), dt.date(2025, 10, 6), dt.time(13, 30), False, "PLG;VT", "bezet", False),
]
COLUMNS = (
    "begindatum", "begintijd", "einddatum", "eindtijd", "hele_dag", "categorieen", "tijd_weergeven_als", "prive",
)  # fmt: skip


def header(language: str) -> list[str]:
    text = (HEADERS / f"outlook_{language}_header.csv").read_text(encoding="utf-8-sig")
    return next(csv.reader(io.StringIO(text)))


def export(*items: dict[str, str], language: str = "nl", reverse: bool = False) -> str:
    """Return an export in which every item is the usual one but for the cells given."""
    usual, names = (DUTCH, header("nl")) if language == "nl" else (ENGLISH, header("en"))
    names = names[::-1] if reverse else names
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([[(usual | item).get(name, "") for name in names] for item in items])
    return out.getvalue()


def accepted(judge: JudgeBytes, content: str | bytes) -> pl.DataFrame:
    [cleaned], report = judge(content, "B017_2025.csv")
    assert report.gelezen == report.aanvaard
    return cleaned.accepted


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_both_languages_give_the_same_row_in_any_order_and_encoding(
    judge: JudgeBytes, language: str, reverse: bool, encoding: str
) -> None:
    content = export({}, language=language, reverse=reverse).encode(encoding)
    assert accepted(judge, content).select(COLUMNS).rows() == GOOD


def test_what_an_item_is_about_does_not_come_in(judge: JudgeBytes) -> None:
    dropped = ["Onderwerp", "Beschrijving", "Locatie", "Vereiste genodigden", "Optionele genodigden",
               "Organisator van vergadering", "Vergadervoorzieningen", "Factuurinformatie"]  # fmt: skip
    [cleaned], report = judge(export(dict.fromkeys(dropped, "geheim")), "B017_2025.csv")
    assert "geheim" not in f"{cleaned.accepted.rows()} {report.meldingen}"
    assert report.meldingen == ()


@pytest.mark.parametrize(
    ("language", "cell", "shown"),
    [
        ("nl", "Vrij", "vrij"),
        ("nl", "Voorlopig", "voorlopig"),
        ("nl", "Bezet", "bezet"),
        ("nl", "Niet aanwezig", "niet aanwezig"),
        ("nl", "Werkt elders", "werkt elders"),
        ("nl", "Met vakantie", "met vakantie"),
        ("en", "Free", "vrij"),
        ("en", "Tentative", "voorlopig"),
        ("en", "Busy", "bezet"),
        ("en", "Out of Office", "niet aanwezig"),
        ("en", "Working Elsewhere", "werkt elders"),
        ("en", "1", "voorlopig"),
        ("en", "2", "bezet"),
        ("nl", "3", "vrij"),
        ("en", "4", "niet aanwezig"),
        ("en", "", None),
    ],
)
def test_how_time_is_shown_gets_one_wording(judge: JudgeBytes, language: str, cell: str, shown: str | None) -> None:
    name = "Tijd weergeven als" if language == "nl" else "Show time as"
    frame = accepted(judge, export({name: cell}, language=language))
    assert frame["tijd_weergeven_als"].to_list() == [shown]


def test_a_file_in_which_a_zero_stands_counts_from_zero(judge: JudgeBytes) -> None:
    items = [{"Show time as": str(number)} for number in range(5)]
    assert accepted(judge, export(*items, language="en"))["tijd_weergeven_als"].to_list() == [
        "vrij", "voorlopig", "bezet", "niet aanwezig", "werkt elders",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "cells"),
    [
        ("nl", {"Begintijd": "0:00:00", "Einddatum": "7-10-2025", "Eindtijd": "0:00:00"}),
        ("nl", {"Begintijd": "", "Einddatum": "7-10-2025", "Eindtijd": ""}),
        ("en", {"Start Time": "12:00:00 AM", "End Date": "10/7/2025", "End Time": "12:00:00 AM"}),
    ],
)
def test_an_all_day_item_ends_at_the_midnight_after_it(judge: JudgeBytes, language: str, cells: dict[str, str]) -> None:
    flag = {"Gebeurtenis, duurt hele dag": "Waar"} if language == "nl" else {"All day event": "True"}
    frame = accepted(judge, export(cells | flag, language=language))
    assert frame.select("begindatum", "einddatum", "hele_dag").rows() == [
        (dt.date(2025, 10, 6), dt.date(2025, 10, 7), True)
    ]
    assert set(frame.select(pl.col("begintijd", "eindtijd").fill_null(dt.time())).row(0)) == {dt.time()}


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        ("12:00:00 AM", dt.time(0)),
        ("12:15:00 PM", dt.time(12, 15)),
        ("9:05 am", dt.time(9, 5)),
        ("09:05:00\u202fPM", dt.time(21, 5)),
        ("21:05", dt.time(21, 5)),
    ],
)
def test_a_clock_of_twelve_hours_is_read(judge: JudgeBytes, cell: str, time: dt.time) -> None:
    frame = accepted(judge, export({"Start Time": cell, "End Date": "10/7/2025"}, language="en"))
    assert frame["begintijd"].to_list() == [time]


def test_private_items_lose_their_category_and_keep_their_hours(judge: JudgeBytes) -> None:
    frame = accepted(judge, export({"Privé": "Waar"}, {"Privé": ""}))
    assert frame.select("prive", "categorieen", "eindtijd").rows() == [
        (True, None, dt.time(13, 30)),
        (None, "PLG;VT", dt.time(13, 30)),
    ]


def test_a_british_export_has_the_day_first_and_says_so(judge: JudgeBytes) -> None:
    items = [
        {"Start Date": "06/10/2025", "End Date": "06/10/2025"},
        {"Start Date": "31/10/2025", "End Date": "31/10/2025"},
    ]
    [cleaned], report = judge(export(*items, language="en"), "B017_2025.csv")
    assert cleaned.accepted["begindatum"].to_list() == [dt.date(2025, 10, 6), dt.date(2025, 10, 31)]
    assert [melding.sentence for melding in report.meldingen] == [
        "De datums in 'Start Date', 'End Date' zijn gelezen met de dag vooraan (zoals '31/10/2025'), niet met de maand "
        "vooraan."
    ]


def test_an_american_export_with_one_slip_keeps_the_month_first(judge: JudgeBytes) -> None:
    items = [{"Start Date": "10/31/2025", "End Date": "10/31/2025"}] * 5 + [{"Start Date": "31/10/2025"}]
    [cleaned], report = judge(export(*items, language="en"), "B017_2025.csv")
    assert cleaned.accepted["begindatum"].unique().to_list() == [dt.date(2025, 10, 31)]
    assert report.quarantine.select("rij", "kolom", "waarde").rows() == [(7, "Start Date", SHIELDED)]
    [reason] = report.quarantine.get_column("reden").to_list()
    assert reason.endswith("(mm/dd/jjjj)"), "the form of this file, not that of others"


@pytest.mark.parametrize(
    ("language", "cells", "column"),
    [
        ("nl", {"Begindatum": "31-2-2026"}, "Begindatum"),
        ("en", {"Start Date": "2/31/2026"}, "Start Date"),
        ("nl", {"Einddatum": "5-10-2025"}, "Einddatum"),
        ("en", {"End Date": "10/5/2025"}, "End Date"),
        ("en", {"All day event": "misschien"}, "All day event"),
        ("en", {"Start Time": "25:00"}, "Start Time"),
    ],
)
def test_a_fault_names_the_column_as_the_file_does(
    judge: JudgeBytes, language: str, cells: dict[str, str], column: str
) -> None:
    _, report = judge(export(*[{}] * 5, cells, language=language), "B017_2025.csv")
    assert report.quarantine.select("rij", "kolom", "waarde").rows() == [(7, column, SHIELDED)]


def test_a_column_left_out_at_the_export_is_told_or_refused(judge: JudgeBytes) -> None:
    few = (
        'Begindatum,Begintijd,Einddatum,Eindtijd,"Gebeurtenis, duurt hele dag"\n6-10-2025,9:00,6-10-2025,10:00,Onwaar\n'
    )
    _, report = judge(few, "B017_2025.csv")
    assert [melding.sentence for melding in report.meldingen] == [
        "De kolom 'Categorieën' ontbreekt: alle items tellen als uren zonder categorie.",
        "De kolom 'Tijd weergeven als' ontbreekt: vrije tijd is niet te herkennen en telt mee als werk.",
        "De kolom 'Privé' ontbreekt: privé-items zijn niet te herkennen en houden hun categorie.",
    ]
    with pytest.raises(LeveringFout, match="De verplichte kolom 'Einddatum' ontbreekt"):
        judge(few.replace("Einddatum", "Slot"), "B017_2025.csv")
