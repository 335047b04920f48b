"""Rewriting a delivery without one person: their rows go, elsewhere their name is cut out; row numbers stay."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pipelines.ics_text import is_calendar
from pipelines.identity import ZIP_MAGIC, Identity, cut_all, is_in_text
from pipelines.mac_calendar import counts_from_1904
from pipelines.quarantine_workbook import open_with_formats, write_text
from pipelines.read import TextTable, read_file
from pipelines.recognise import Recognised, known_headers, recognise
from pipelines.sources import CONTRACTS

PEOPLE_OF_ITEM = ("ATTENDEE", "ORGANIZER")
REMOVED = "verwijderd"


@dataclass(frozen=True)
class Rewritten:
    """The new bytes of a delivery, the rows that were taken out and the cells in which the person was cut out."""

    data: bytes
    rows: int
    cells: int


def rewrite(path: Path, name: str, identities: Sequence[Identity], settings: dict[str, Any]) -> Rewritten:
    """Return a delivery without the person.

    A row goes when a personal column that must be filled holds nobody else; in other places the person is cut out
    and the row stays. A CSV comes back as UTF-8 with `;`, a workbook as a workbook, without formulas. Raises
    LeveringFout when the file cannot be read (any more).
    """
    with path.open("rb") as handle:
        head = handle.read(4096)
    if is_calendar(head, name):
        return _rewritten_calendar(path, identities)
    largest = int(settings["levering"]["grootste_bestand_mb"]) * 1_000_000
    tables = read_file(path, largest, known_headers(CONTRACTS))
    gone = {table.sheet: _rows_of_person(table, identities) for table in recognise(tables, CONTRACTS)}
    if head.startswith(ZIP_MAGIC):
        return _rewritten_workbook(path, tables, gone, identities)
    return _rewritten_csv(tables[0], gone.get(None, set()), identities)


def _rows_of_person(table: Recognised, identities: Sequence[Identity]) -> set[int]:
    """Return the rows in which a personal column that must be filled holds this person and nobody else."""
    people = [column.name for column in table.contract.kept if column.is_personal and column.filled]
    return {
        row["rij"]
        for row in table.cells.select("rij", *people).iter_rows(named=True)
        if any(
            row[name] and is_in_text(row[name], identities) and not cut_all(row[name], identities) for name in people
        )
    }


def _without_person(table: TextTable, gone: set[int], identities: Sequence[Identity]) -> tuple[TextTable, int]:
    """Return the table with the rows of the person empty and the person cut out elsewhere, and the cells cut."""
    names = [name for name in table.cells.columns if name != "rij"]
    cells = table.cells.with_columns(
        pl.when(~pl.col("rij").is_in(list(gone))).then(pl.col(name)).alias(name) for name in names
    )
    count = 0
    changed = {}
    for name in names:
        texts = cells.get_column(name)
        hits = {text: cut_all(text, identities) or None for text in _hits(texts, identities)}
        if hits:
            is_hit = texts.is_in(list(hits)).fill_null(value=False)
            count += int(is_hit.sum())
            changed[name] = texts.replace(list(hits), list(hits.values()))
    return TextTable(table.sheet, cells.with_columns(**changed)), count


def _hits(texts: pl.Series, identities: Sequence[Identity]) -> list[str]:
    unique = texts.cast(pl.String).drop_nulls().unique()
    near = unique.filter(
        unique.str.replace_all(r"\s+", " ").str.to_lowercase().str.contains_any([i.text for i in identities])
    )
    return [text for text in near if is_in_text(text, identities)]


def _rewritten_csv(table: TextTable, gone: set[int], identities: Sequence[Identity]) -> Rewritten:
    cleaned, cells = _without_person(table, gone, identities)
    names = [name for name in cleaned.cells.columns if name != "rij"]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    written = 0
    for row in cleaned.cells.select("rij", *names).iter_rows():
        while written < row[0] - 1:
            writer.writerow([])
            written += 1
        values = list(row[1:])
        while values and values[-1] is None:
            values.pop()
        writer.writerow(values)
        written += 1
    return Rewritten(text.getvalue().encode("utf-8-sig"), len(gone), cells)


def _rewritten_workbook(
    path: Path, tables: Sequence[TextTable], gone: dict[str | None, set[int]], identities: Sequence[Identity]
) -> Rewritten:
    rows = sum(len(of_sheet) for of_sheet in gone.values())
    cleaned = [_without_person(table, gone.get(table.sheet, set()), identities) for table in tables]
    cells = sum(count for _, count in cleaned)
    book = open_with_formats(path)
    if book is not None:
        _clean_workbook(book, gone, identities)
    else:
        book = Workbook()
        if counts_from_1904(path):
            # Its bare numbers would be other days.
            book.epoch = CALENDAR_MAC_1904
        book.remove(book.worksheets[0])
        for table, _ in cleaned:
            write_text(book.create_sheet(table.sheet or "Levering"), table)
    data = io.BytesIO()
    book.save(data)
    return Rewritten(data.getvalue(), rows, cells)


def _clean_workbook(book: Workbook, gone: dict[str | None, set[int]], identities: Sequence[Identity]) -> None:
    """Take the person out of every sheet: cells, remarks, links and the properties of the document."""
    for sheet in book.worksheets:
        rows = gone.get(sheet.title, set())
        for row in sheet.iter_rows():
            for cell in row:
                if cell.row in rows:
                    cell.value = None
                elif isinstance(cell.value, str) and is_in_text(cell.value, identities):
                    cell.value = cut_all(cell.value, identities) or None
                if cell.comment is not None and (cell.row in rows or is_in_text(cell.comment.text, identities)):
                    cell.comment = None
                if cell.hyperlink is not None and (
                    cell.row in rows or is_in_text(str(cell.hyperlink.target), identities)
                ):
                    cell.hyperlink = None
    for name in ("creator", "lastModifiedBy", "title", "subject", "description", "keywords"):
        value = getattr(book.properties, name)
        if value:
            setattr(book.properties, name, cut_all(value, identities) or None)


def _rewritten_calendar(path: Path, identities: Sequence[Identity]) -> Rewritten:
    """Return a calendar without the person: among the invited the line goes, in other texts the name."""
    text = path.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    # An identifier of Outlook holds an address with more in front of it: here any place counts.
    patterns = [re.compile(re.escape(i.text), re.IGNORECASE) if "@" in i.text else i.pattern for i in identities]
    kept, changed = [], 0
    for line in text.replace("\n ", "").replace("\n\t", "").split("\n"):
        if not any(pattern.search(line) for pattern in patterns):
            kept.append(line)
            continue
        changed += 1
        if not line.upper().startswith(PEOPLE_OF_ITEM):
            for pattern in patterns:
                line = pattern.sub(REMOVED, line)
            kept.append(line)
    return Rewritten("\r\n".join(kept).encode("utf-8"), 0, changed)
