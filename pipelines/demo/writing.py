"""Tables with planted rows, and the CSV and XLSX files that hold them, byte for byte the same each time."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

import xlsxwriter
from xlsxwriter.format import Format

from pipelines.demo.manifest import DemoFile, PlantedRow, Reason
from pipelines.demo.school_years import PEILDATUM

Cell = str | int | float | None
_CREATED = datetime(PEILDATUM.year, PEILDATUM.month, PEILDATUM.day)


@dataclass
class Sheet:
    """One table as its supplier sees it, with the rows that are planted to be refused."""

    table: str
    columns: list[str]
    rows: list[list[Cell]]
    planted: dict[int, tuple[str, Reason]] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    """How this file spells a column, where that differs from the delivery rules."""
    outside: int = 0
    """So many rows belong to others and are counted apart."""

    def plant(self, at: float, row: list[Cell], column: str, reason: Reason) -> None:
        """Insert a row that must be quarantined at share `at` (0-1) of the table."""
        if len(row) != len(self.columns):
            raise ValueError(f"{self.table}: a planted row has {len(row)} cells, not {len(self.columns)}")
        position = int(at * len(self.rows))
        self.planted = {index + (index >= position): why for index, why in self.planted.items()}
        self.rows.insert(position, row)
        self.planted[position] = (column, reason)

    def plant_copy(self, source: int, at: float, column: str, reason: Reason, **changes: Cell) -> None:
        """Plant a copy of row `source` with other cells; a column's spaces are underscores in `changes`."""
        row = list(self.rows[source])
        for name, value in changes.items():
            row[self.columns.index(name.replace("_", " "))] = value
        self.plant(at, row, column, reason)

    def plant_duplicate(self, source: int, at: float) -> None:
        """Plant an exact copy of row `source`; it must fall after it, because the later row is refused."""
        if int(at * len(self.rows)) <= source:
            raise ValueError(f"{self.table}: a duplicate must stand below row {source}")
        self.plant_copy(source, at, self.columns[0], Reason.DUBBELE_SLEUTEL)

    def heading_row(self) -> list[str]:
        """Return the header as this file spells it."""
        return [self.headings.get(column, column) for column in self.columns]

    def described(self, path: Path, first_row: int, sheet: str | None = None) -> DemoFile:
        """Return the manifest entry of this table, with its first data row on Excel row `first_row`."""
        quarantined = tuple(
            PlantedRow(first_row + index, column, reason) for index, (column, reason) in sorted(self.planted.items())
        )
        return DemoFile(path, self.table, len(self.rows) - self.outside, quarantined, sheet, self.outside)


@dataclass(frozen=True)
class CsvStyle:
    """How a supplier's program writes CSV."""

    delimiter: str = ";"
    encoding: Literal["utf-8", "utf-8-sig", "cp1252"] = "utf-8"
    line_end: Literal["\n", "\r\n", "\r"] = "\r\n"
    quote_all: bool = False


PLAIN = CsvStyle()
WITH_BOM = CsvStyle(encoding="utf-8-sig")
WINDOWS = CsvStyle(encoding="cp1252")
BARE_CR = CsvStyle(encoding="utf-8-sig", line_end="\r", quote_all=True)
TABBED = CsvStyle(delimiter="\t", line_end="\n")
COMMAS = CsvStyle(delimiter=",", line_end="\n")


def write_csv(
    path: Path, sheet: Sheet, style: CsvStyle = PLAIN, second_headers: Sequence[Sequence[str]] = ()
) -> DemoFile:
    """Write one table as CSV and return its manifest entry; `second_headers` are those of Qualtrics."""
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=style.delimiter,
        lineterminator=style.line_end,
        quoting=csv.QUOTE_ALL if style.quote_all else csv.QUOTE_MINIMAL,
    )
    writer.writerow(sheet.heading_row())
    writer.writerows(second_headers)
    writer.writerows(sheet.rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode(style.encoding))
    return sheet.described(path, first_row=2 + len(second_headers))


@dataclass(frozen=True)
class Layout:
    """What stands around a table on an Excel sheet."""

    name: str
    titles: tuple[str, ...] = ()
    merge_titles: bool = False
    blank_rows: int = 0
    total_row: tuple[Cell, ...] = ()
    date_columns: tuple[str, ...] = ()


def write_workbook(path: Path, sheets: Sequence[tuple[Sheet, Layout]]) -> list[DemoFile]:
    """Write the tables as the sheets of one XLSX and return their manifest entries."""
    path.parent.mkdir(parents=True, exist_ok=True)
    book = xlsxwriter.Workbook(str(path), {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"created": _CREATED})
    formats = {"bold": book.add_format({"bold": True}), "date": book.add_format({"num_format": "dd/mm/yyyy"})}
    described = [_write_sheet(book, formats, path, sheet, layout) for sheet, layout in sheets]
    book.close()
    return described


def _write_sheet(
    book: xlsxwriter.Workbook, formats: dict[str, Format], path: Path, sheet: Sheet, layout: Layout
) -> DemoFile:
    page = book.add_worksheet(layout.name)
    for row, title in enumerate(layout.titles):
        if layout.merge_titles:
            page.merge_range(row, 0, row, len(sheet.columns) - 1, title, formats["bold"])
        else:
            page.write_string(row, 0, title, formats["bold"])
    header = len(layout.titles) + layout.blank_rows
    page.write_row(header, 0, sheet.heading_row(), formats["bold"])
    dates = {sheet.columns.index(column) for column in layout.date_columns}
    for row, cells in enumerate(sheet.rows, start=header + 1):
        for column, value in enumerate(cells):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                page.write_string(row, column, value)
            elif column in dates:
                page.write_number(row, column, value, formats["date"])
            else:
                page.write_number(row, column, value)
    if layout.total_row:
        page.write_row(header + 1 + len(sheet.rows), 0, layout.total_row, formats["bold"])
    return sheet.described(path, first_row=header + 2, sheet=layout.name)


def comma(value: float, decimals: int = 1) -> str:
    """Write a number with a decimal comma."""
    return f"{value:.{decimals}f}".replace(".", ",")


def thousands(value: int, separator: str = ".") -> str:
    """Write a whole number with `separator` between the thousands."""
    return f"{value:,}".replace(",", separator)
