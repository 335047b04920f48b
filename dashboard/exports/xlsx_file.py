"""Excel: the numbers as numbers on one sheet, what they are on the next."""

import io
import math
from datetime import date
from typing import TypeAlias

import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard import format, texts
from dashboard.exports.context import ExportContext
from dashboard.exports.csv_file import definitions
from dashboard.tables import NUMERIC, Column, Kind, Table, is_whole_in_one_decimal

Value: TypeAlias = str | float | bool | date | list[str] | None

_NUMBER_FORMATS = {
    "geheel": "#,##0",
    "dagdelen": "#,##0.0",
    "decimaal1": "#,##0.0",
    "decimaal2": "#,##0.00",
    "aandeel": r"0.0\ %",
    "pct": '0.0" %"',
    "datum": "dd/mm/yyyy",
}
#: As on screen: dagdelen that are whole in one decimal, and a share of few persons.
_WITHOUT_DECIMALS = {"dagdelen": "#,##0", "aandeel": r"0\ %"}
#: Letters per column: the widest one of the data, and those of the notes; points of a line; Excel's number of A4.
_WIDEST, _LABEL_WIDTH, _TEXT_WIDTH = 64, 32, 100
_LINE_HEIGHT = 15
_A4 = 9


def xlsx_file(table: Table, context: ExportContext, source: str, note: str = "") -> bytes:
    """Return a workbook with the sheets 'Gegevens' and 'Toelichting'.

    Text is always written as text: a value that starts with '=' never becomes a formula or a link. The least that a
    value can be is text too ('minstens 73'): nobody should add it up.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(out, options) as workbook:
        head = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
        formats = {kind: workbook.add_format({"num_format": code}) for kind, code in _NUMBER_FORMATS.items()}
        whole = {kind: workbook.add_format({"num_format": code}) for kind, code in _WITHOUT_DECIMALS.items()}
        sheet = workbook.add_worksheet("Gegevens")
        sheet.freeze_panes(1, 0)
        for position, column in enumerate(table.columns):
            sheet.write_string(0, position, column.head, head)
            words = table.texts[column.name].to_list()
            widest = max([len(column.head), *(len(text) for text in words)])
            sheet.set_column(position, position, min(max(widest + 1, 8), _WIDEST))
            values = table.exact(column.name).to_list()
            is_whole = _without_decimals(table, column)
            for line, (value, text, is_round) in enumerate(zip(values, words, is_whole, strict=True), 1):
                cell_format = (whole if is_round else formats).get(column.kind)
                _write(sheet, line, position, value, text, cell_format, column.kind)
        if table.frame.height:
            sheet.autofilter(0, 0, table.frame.height, len(table.columns) - 1)
        notes = workbook.add_worksheet("Toelichting")
        notes.set_column(0, 0, _LABEL_WIDTH)
        notes.set_column(1, 1, _TEXT_WIDTH)
        about = context.lines(table.frame.height, source, definitions(table), note)
        for line, (label, text) in enumerate(about):
            notes.write_string(line, 0, label, head)
            notes.write_string(line, 1, text, wrapped)
            # Not every program makes a row as high as its wrapped text.
            lines = max(math.ceil(len(label) / _LABEL_WIDTH), math.ceil(len(text) / _TEXT_WIDTH), 1)
            notes.set_row(line, _LINE_HEIGHT * lines)
        for page in (sheet, notes):
            _on_paper(page, context)
    return out.getvalue()


def _without_decimals(table: Table, column: Column) -> list[bool]:
    """Return for each value whether it is written without decimals, as on screen."""
    match column.kind:
        case "dagdelen":
            where = is_whole_in_one_decimal(pl.col(column.name)).fill_null(False)
        case "aandeel":
            where = table.without_decimals(column.name)
        case _:
            where = pl.lit(False)
    return table.frame.with_columns(where.alias("is_whole"))["is_whole"].to_list()


def _on_paper(sheet: Worksheet, context: ExportContext) -> None:
    """Print a sheet on A4, as wide as the page, with its head on every page and where it comes from at the foot."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    origin = f"{context.page} · peildatum {format.date_short(context.peildatum)} · gegevensversie {context.versie}"
    sheet.set_footer(f"&L{_printed(origin)}&RPagina &P van &N")
    if context.is_internal:
        sheet.set_header(f"&L{_printed(texts.INTERNAL)}")


def _printed(words: str) -> str:
    # A '&' begins a code there.
    return words.replace("&", "&&")


def _write(
    sheet: Worksheet,
    line: int,
    position: int,
    value: Value,
    text: str,
    cell_format: Format | None,
    kind: Kind,
) -> None:
    if value is None:
        sheet.write_string(line, position, text)
    elif kind in NUMERIC:
        sheet.write_number(line, position, value, cell_format)
    elif kind == "datum":
        sheet.write_datetime(line, position, value, cell_format)
    else:
        sheet.write_string(line, position, text)
