"""Workbooks that count from 1904: a bare number is the day that Excel shows, and a workbook from 1900 is left alone."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from pipelines.identity import read_identities
from pipelines.mac_calendar import counts_from_1904
from pipelines.rewrite import rewrite
from tests.pipelines.conftest import JudgeBytes
from warehouse.settings import load_settings

DAY = dt.date(2025, 10, 1)
HEADER = ["activiteit id", "titel", "strategie", "startdatum", "einddatum", "dagdelen", "schooljaar", "organisator"]


def book(*starts: Any, from_1904: bool) -> bytes:
    """Return activiteiten with these cells as their startdatum: a number is written bare, a date as a date."""
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, {"in_memory": True, "date_1904": from_1904})
    sheet, format_of_day = made.add_worksheet("activiteiten"), made.add_format({"num_format": "d/mm/yyyy"})
    sheet.write_row(0, 0, HEADER)
    for row, start in enumerate(starts, start=1):
        sheet.write_row(row, 0, [f"A{row}", "Taal", "vorming", "", "", 1, "2025-2026", "PBD"])
        if isinstance(start, dt.date):
            sheet.write_datetime(row, 3, dt.datetime.combine(start, dt.time()), format_of_day)
        else:
            sheet.write(row, 3, start)
    made.close()
    return buffer.getvalue()


def serial(day: dt.date, *, from_1904: bool) -> int:
    """Return the number that Excel stores for a day."""
    return (day - (dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 30))).days


@pytest.mark.parametrize("from_1904", [True, False])
def test_a_bare_number_is_the_day_that_excel_shows(judge: JudgeBytes, from_1904: bool) -> None:
    number = serial(DAY, from_1904=from_1904)
    [cleaned], report = judge(book(number, number + 0.5, DAY, "1/10/2025", from_1904=from_1904), "activiteiten.xlsx")
    assert cleaned.accepted.get_column("startdatum").to_list() == [DAY] * 4
    told = [melding.sentence for melding in report.meldingen if "1904" in melding.sentence]
    assert [re.findall(r"(\d+) datum", text) for text in told] == ([["2"]] if from_1904 else [])


def test_a_number_that_is_no_day_is_told_as_it_stands_in_the_file(judge: JudgeBytes) -> None:
    starts = [*[serial(DAY, from_1904=True)] * 9, 999999]
    [cleaned], report = judge(book(*starts, from_1904=True), "activiteiten.xlsx")
    assert cleaned.accepted.height == 9
    assert report.quarantine.get_column("waarde").to_list() == ["999999"]


@pytest.mark.parametrize(
    ("flag", "is_set"), [('date1904="1"', True), ('date1904="true"', True), ('date1904="0"', False), ("", False)]
)
def test_the_flag_is_read_as_the_format_allows_it(tmp_path: Path, flag: str, is_set: bool) -> None:
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", f'<workbook><workbookPr codeName="x" {flag}/></workbook>')
    assert counts_from_1904(path) is is_set
    path.write_bytes(b"a;b\n")
    assert not counts_from_1904(path)


def test_a_workbook_without_a_removed_person_still_counts_from_1904(tmp_path: Path) -> None:
    path = tmp_path / "activiteiten.xlsx"
    path.write_bytes(book(serial(DAY, from_1904=True), DAY, from_1904=True))
    path.with_name("na.xlsx").write_bytes(
        rewrite(path, path.name, read_identities("ann@go.example"), load_settings()).data
    )
    assert counts_from_1904(path.with_name("na.xlsx"))
