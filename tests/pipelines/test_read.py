"""Reading workbooks: the rows Excel shows, the cells as text, and nothing that only looks like a table."""

import io
import zipfile
from typing import Any

import pytest
import xlsxwriter

from pipelines.contract import normalise_header
from pipelines.faults import LeveringFout
from pipelines.read import read_file
from tests.pipelines.workbooks import workbook


def cells(path: Any, data: bytes) -> dict[str | None, list[tuple[Any, ...]]]:
    path.write_bytes(data)
    return {table.sheet: table.cells.rows() for table in read_file(path, 10_000_000, frozenset())}


def test_rows_keep_their_number_below_empty_ones(tmp_path: Any) -> None:
    found = cells(tmp_path / "a.xlsx", workbook({"Blad": [[], [], ["kop", "b"], [], [None, 1.5]]}))
    assert found == {"Blad": [(1, None, None), (2, None, None), (3, "kop", "b"), (4, None, None), (5, None, "1.5")]}


def test_an_empty_sheet_and_a_sheet_with_a_chart_are_no_tables(tmp_path: Any) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    book.add_worksheet("Leeg")
    book.add_worksheet("Cijfers").write(0, 0, 3)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Cijfers!$A$1:$A$1"})
    book.add_chartsheet("Grafiek").set_chart(chart)
    book.close()
    assert cells(tmp_path / "a.xlsx", buffer.getvalue()) == {"Cijfers": [(1, "3")]}


def test_a_cell_in_which_excel_shows_an_error_is_not_empty(tmp_path: Any) -> None:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    sheet.write(0, 0, 12)
    sheet.write_formula(0, 1, "=1/0", None, "#DIV/0!")
    sheet.write(1, 1, "tekst")
    book.close()
    assert cells(tmp_path / "a.xlsx", buffer.getvalue()) == {"Sheet1": [(1, "12", "#FOUT!"), (2, None, "tekst")]}


def test_a_workbook_is_known_by_its_bytes_not_by_its_name(tmp_path: Any) -> None:
    assert cells(tmp_path / "a.csv", workbook({"Blad": [["kop"]]})) == {"Blad": [(1, "kop")]}


def test_a_workbook_without_any_cell_is_empty(tmp_path: Any) -> None:
    with pytest.raises(LeveringFout, match="bevat geen enkele ingevulde cel"):
        cells(tmp_path / "a.xlsx", workbook({"Blad": []}))


@pytest.mark.parametrize(
    "header",
    [
        "Anciënniteit (in jaren)",
        "ANCIËNNITEIT  (in\u00a0jaren) ",
        "anciënniteit_(in_jaren)",
        "\ufeffanciënniteit (in\njaren)",
    ],
)
def test_headers_match_whatever_the_case_spaces_and_accents(header: str) -> None:
    assert normalise_header(header) == "ancienniteit (in jaren)"


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return a workbook in which the text of one part is changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            target.writestr(name, text.replace(old, new) if name == part else text)
    return buffer.getvalue()


@pytest.mark.parametrize("place", ["XFD1048576", "ZZZZ1", "XFD2"])
def test_a_stray_cell_in_the_far_corner_is_refused_before_it_fills_the_memory(tmp_path: Any, place: str) -> None:
    far = changed(workbook({"Blad": [[1.5]]}), "xl/worksheets/sheet1.xml", 'r="A1"', f'r="{place}"')
    with pytest.raises(LeveringFout, match="loopt tot ver buiten de tabel"):
        cells(tmp_path / "a.xlsx", far)


@pytest.mark.parametrize(
    ("old", "new"), [("</sheetData>", ""), ("</worksheet>", ""), ('encoding="UTF-8"', 'encoding="UTF-x"')]
)
def test_a_sheet_that_is_no_whole_xml_is_refused_at_once(tmp_path: Any, old: str, new: str) -> None:
    broken = changed(workbook({"Blad": [["kop"]]}), "xl/worksheets/sheet1.xml", old, new)
    with pytest.raises(LeveringFout, match="Het Excelbestand is beschadigd"):
        cells(tmp_path / "a.xlsx", broken)
