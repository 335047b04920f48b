"""The same logical table, written in every style that suppliers use."""

import csv
import datetime as dt
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from pipelines.contract import Column, Kind

#: A row by the warehouse names of its columns; None is missing.
Row = Mapping[str, Any]

EXCEL_EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True)
class Style:
    """How a supplier writes: everything that may differ without meaning something else."""

    delimiter: str = ";"
    encoding: str = "utf-8"
    line_end: str = "\n"
    quote_all: bool = False
    header: str = "as declared"
    numbers: str = "decimal comma"
    dates: str = "dd/mm/jjjj"
    schooljaar: str = "2025-2026"
    instellingsnummer: str = "padded"
    missing: str = ""
    titles: tuple[str, ...] = ()
    has_total: bool = False
    has_blank_rows: bool = False
    is_native: bool = True


def written_header(header: str, style: str) -> str:
    """Return a header with differences that do not count."""
    if style == "upper case":
        return header.upper()
    if style == "no accents":
        return "".join(c for c in unicodedata.normalize("NFKD", header) if not unicodedata.combining(c))
    if style == "decomposed accents":
        return unicodedata.normalize("NFD", header)
    changes = {"double spaces": ("  ", "  {} "), "no-break spaces": ("\u00a0", "\u00a0{}"), "underscores": ("_", "{}")}
    space, around = changes.get(style, (" ", "{}"))
    return around.format(header.replace(" ", space))


def written_number(value: float, style: str, *, whole: bool) -> str:
    """Return a number; grouped styles always show a decimal where the column is not whole."""
    if whole and style != "float":
        plain = f"{value:,.0f}"
    else:
        plain = f"{value:,.2f}" if round(value, 1) != value else f"{value:,.1f}"
    separator, decimal = {
        "decimal comma": ("", ","),
        "decimal point": ("", "."),
        "float": ("", "."),
        "points and comma": (".", ","),
        "spaces and comma": (" ", ","),
        "no-break spaces and comma": ("\u00a0", ","),
    }[style]
    return plain.replace(",", "\0").replace(".", decimal).replace("\0", separator)


def written_date(value: dt.date, style: str) -> str:
    """Return a date."""
    return {
        "dd/mm/jjjj": f"{value:%d/%m/%Y}",
        "d-m-jjjj": f"{value.day}-{value.month}-{value.year}",
        "iso": value.isoformat(),
        "serial": str((value - EXCEL_EPOCH).days),
    }[style]


def written_schooljaar(value: str, style: str) -> str:
    """Return a schooljaar."""
    begin = int(value[:4])
    return {
        "2025-2026": value,
        "2025-26": f"{begin}-{(begin + 1) % 100}",
        "2526": f"{begin % 100}{(begin + 1) % 100}",
        "2025": str(begin),
        "2025.0": f"{begin}.0",
    }[style]


def written_cell(column: Column, value: Any, style: Style) -> str:
    """Return the text of one cell."""
    if value is None:
        return style.missing
    if column.kind is Kind.DATE:
        return written_date(value, style.dates)
    if column.kind is Kind.SCHOOLJAAR:
        return written_schooljaar(value, style.schooljaar)
    if column.kind is Kind.INSTELLING and value.isdecimal():
        styles = {"padded": value, "stripped": str(int(value)), "float": f"{int(value)}.0"}
        return styles[style.instellingsnummer]
    if column.kind is Kind.COUNT:
        return written_number(value, style.numbers, whole=True)
    if column.kind in (Kind.NUMBER, Kind.PERCENT):
        return written_number(value, style.numbers, whole=False)
    if column.kind is Kind.LIST:
        return "|".join(value)
    return str(value)


def _layout(rows: Sequence[Row], style: Style) -> tuple[list[Any], list[int]]:
    """Return the lines of a file (title, header, row or total) and the Excel row of every data row."""
    lines: list[Any] = [*style.titles, "kop"]
    numbers = []
    for row in rows:
        if style.has_blank_rows:
            lines.append("")
        lines.append(row)
        numbers.append(len(lines))
    if style.has_total:
        lines.append("Totaal")
    return lines, numbers


def write_csv(columns: Sequence[Column], rows: Sequence[Row], style: Style) -> tuple[bytes, list[int]]:
    """Return the bytes of a CSV and the Excel row of every data row."""
    lines, numbers = _layout(rows, style)
    buffer = io.StringIO()
    quoting = csv.QUOTE_ALL if style.quote_all else csv.QUOTE_MINIMAL
    # CRLF while writing, so that a cell with either line end is quoted.
    writer = csv.writer(buffer, delimiter=style.delimiter, quoting=quoting, lineterminator="\r\n")
    for place, line in enumerate(lines):
        if place == len(style.titles):
            writer.writerow([written_header(column.header, style.header) for column in columns])
        elif isinstance(line, str):
            writer.writerow([line] if line else [])
        else:
            writer.writerow([written_cell(column, line[column.name], style) for column in columns])
    return buffer.getvalue().replace("\r\n", style.line_end).encode(style.encoding), numbers


def write_xlsx(columns: Sequence[Column], rows: Sequence[Row], style: Style) -> tuple[bytes, list[int]]:
    """Return the bytes of a workbook with one sheet and the Excel row of every data row."""
    lines, numbers = _layout(rows, style)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Gegevens")
    date_format = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, line in enumerate(lines):
        if number < len(style.titles):
            sheet.merge_range(number, 0, number, len(columns) - 1, line)
        elif number == len(style.titles):
            sheet.write_row(number, 0, [written_header(column.header, style.header) for column in columns])
        elif isinstance(line, str):
            sheet.write_string(number, 0, line)
        else:
            for place, column in enumerate(columns):
                _write_cell(sheet, number, place, column, line[column.name], style, date_format)
    book.close()
    return buffer.getvalue(), numbers


def _write_cell(sheet: Any, row: int, place: int, column: Column, value: Any, style: Style, date_format: Any) -> None:
    """Write one cell as Excel stores it, or as text where the supplier made it so."""
    if value is not None and style.is_native and column.kind is Kind.DATE:
        sheet.write_datetime(row, place, dt.datetime.combine(value, dt.time()), date_format)
    elif value is not None and style.is_native and column.kind in (Kind.COUNT, Kind.NUMBER, Kind.PERCENT):
        sheet.write_number(row, place, value)
    elif style.is_native and column.kind is Kind.INSTELLING and value is not None and value.isdecimal():
        sheet.write_number(row, place, int(value))
    else:
        sheet.write_string(row, place, written_cell(column, value, style))
