"""The quarantine as the supplier's own file: the faulty cells coloured, the reason behind each row.

Rows stay where they are, so row 17 here is row 17 at the supplier's; of a calendar only the faulty items are shown.
The workbook holds the supplier's own personal data: it is made from the archive when it is asked for, and kept nowhere.
"""

import datetime as dt
import re
import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from pipelines.archive import Archive, Receipt
from pipelines.calendar_items import faulty_items
from pipelines.clean import QUARANTINE_SCHEMA
from pipelines.contract import normalise_header
from pipelines.delivered_files import why_unreadable
from pipelines.faults import LeveringFout
from pipelines.ics_text import BEGIN_ITEM, is_calendar
from pipelines.intake import judge_file, recognised_tables
from pipelines.load import COUNTING
from pipelines.pseudonym import load_key
from pipelines.read import TextTable, read_file
from pipelines.recognise import HEADER_DEPTH, known_headers
from pipelines.sources import CONTRACTS
from pipelines.wording import counted
from warehouse import versions
from warehouse.meta import read_deliveries, read_quarantine
from warehouse.staff_views import STAFF_SOURCES

REASON, EXPLANATION, TABLE = "reden", "Toelichting", "Levering"
FAULTY = PatternFill("solid", fgColor="FFD9A0")
# A workbook keeps its own formats up to here; beyond it, opening it whole would take gigabytes.
LARGEST_KEPT_AS_IS = 20_000_000
# What Excel's own format does not allow in a cell.
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WIDEST_REASON = 60
IN_TABLE = (
    "Foute cellen zijn oranje; achter elke rij staat de reden.",
    "Rijnummers zijn die van het geleverde bestand. Verbeter het eigen bestand en lever dat opnieuw.",
)
IN_CALENDAR = (
    "Een rij is een item met een fout: foute velden zijn oranje, achteraan staat de reden.",
    f"Onder {BEGIN_ITEM} staat de regel van het geleverde bestand waarop het item begint. Enkel wat van een item "
    "gelezen wordt, staat hier: geen onderwerp, deelnemers of plaats. Verbeter de eigen agenda en lever hem opnieuw.",
)
Fault = Mapping[str, Any]


@dataclass
class _Sheet:
    """One sheet with its faults: by row, the headers of the faulty columns and the reasons."""

    columns: dict[int, set[str]]
    reasons: dict[int, list[str]]


def write_quarantine_workbook(
    levering: str, target: Path, data_folder: Path, settings: dict[str, Any], *, with_staff: bool = True
) -> int:
    """Write the file of a delivery as XLSX with its faults marked, and return the number of faults.

    A CSV becomes a workbook; formulas become their values and text that looks like one stays text. Raises
    LeveringFout when the delivery is not known, is no table, has no faults, or its bytes are not kept; and where it is
    about the own staff while the one who asks is not of HR (`with_staff` false).
    """
    archive = Archive(data_folder)
    receipt = next((r for r in archive.known() if r.is_called(levering)), None)
    if receipt is None:
        raise LeveringFout("onbekende_levering", f"Er is geen levering '{levering}'. De lijst: sterrenwacht leveringen")
    path = archive.bytes_path(receipt)
    if not path.is_file():
        raise LeveringFout("niet_bewaard", f"De bytes van levering {receipt.levering} zijn niet bewaard.")
    if not with_staff:
        _refuse_staff(receipt, path, settings)
    key = load_key(data_folder)
    faults = _faults(receipt, path, key, data_folder, settings)
    if not faults:
        raise LeveringFout(
            "geen_fouten", f"Levering {receipt.levering} heeft geen enkele fout: er is niets om aan te duiden."
        )
    write_marked_workbook(
        path, f"Levering {receipt.bestand}, ontvangen op {receipt.received:%d/%m/%Y}", faults, target, settings
    )
    return len(faults)


def _refuse_staff(receipt: Receipt, path: Path, settings: dict[str, Any]) -> None:
    """Raise LeveringFout for a file about the own staff, and for one of which nobody can say that it is not."""
    tables = recognised_tables(path, receipt.bestand, settings, CONTRACTS)
    if any(table.contract.bron in STAFF_SOURCES for table in tables):
        raise LeveringFout(
            "personeel",
            "Deze levering gaat over het eigen personeel: het quarantainebestand is er enkel voor HR. Wie de server "
            f"beheert, maakt het met: sterrenwacht quarantaine {receipt.levering} --naar BESTAND.xlsx",
        )


def not_loaded_title(path: Path) -> str:
    """Return what a marked workbook says of a file that was judged and not loaded."""
    return f"Bestand {path.name}, nagekeken op {dt.date.today():%d/%m/%Y}, niet geladen"


def mark_judged_file(path: Path, kept: Path, target: Path, settings: dict[str, Any]) -> int:
    """Write a file that is not loaded as XLSX with the faults that a preview kept, and return their number.

    Raises LeveringFout when the file or its faults are not there, or are something else.
    """
    try:
        faults = pl.read_parquet(kept).select(list(QUARANTINE_SCHEMA)).to_dicts()
    except (OSError, pl.exceptions.PolarsError) as error:
        raise LeveringFout("fouten", f"'{kept.name}' bevat geen fouten van een voorbeeld.") from error
    unreadable = why_unreadable(path)
    if unreadable is not None:
        raise LeveringFout("bestand", unreadable)
    write_marked_workbook(path, not_loaded_title(path), faults, target, settings)
    return len(faults)


def write_marked_workbook(
    path: Path, title: str, faults: Sequence[Fault], target: Path, settings: dict[str, Any]
) -> None:
    """Write a supplier's file as XLSX with these faults marked; `title` says which file it is.

    Raises LeveringFout when the file is no table.
    """
    with path.open("rb") as handle:
        head = handle.read(4096)
    if is_calendar(head, path.name):
        book, where = _marked_calendar(path, _by_sheet(faults).get(None, _Sheet({}, {}))), IN_CALENDAR
    else:
        book, where = _marked_workbook(path, head, _by_sheet(faults), settings), IN_TABLE
    _explain(book, title, where, faults)
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)


def _faults(receipt: Receipt, path: Path, key: bytes, data_folder: Path, settings: dict[str, Any]) -> Sequence[Fault]:
    """Return the faults: those kept at its refusal, else of a version, else of reading the bytes again.

    Where the published version does not count the delivery, the last kept one that tells faults of it is asked: a
    withdrawn delivery is judged in none after it.
    """
    kept = Archive(data_folder).faults_at_refusal(receipt)
    if kept:
        return kept
    published = versions.published(data_folder)
    rows = read_deliveries(published) if published else []
    if published and any(row["levering"] == receipt.levering and row["status"] in COUNTING for row in rows):
        return read_quarantine(published, receipt.levering)
    for version in reversed(versions.version_files(data_folder).values()):
        found = read_quarantine(version, receipt.levering)
        if found:
            return found
    try:
        _, report = judge_file(path, receipt.bestand, key, settings)
    except LeveringFout as fault:
        if fault.quarantine is None:
            raise
        return fault.quarantine.to_dicts()
    return report.quarantine.to_dicts()


def _by_sheet(faults: Sequence[Fault]) -> dict[str | None, _Sheet]:
    found: dict[str | None, _Sheet] = {}
    for fault in faults:
        sheet = found.setdefault(fault["blad"], _Sheet(defaultdict(set), defaultdict(list)))
        column = fault["kolom"]
        if column:
            # The key of a double row is told as its headers together.
            sheet.columns[fault["rij"]] |= {normalise_header(column), *map(normalise_header, column.split(", "))}
        reason = f"{column}: {fault['reden']}" if column else fault["reden"]
        if reason not in sheet.reasons[fault["rij"]]:
            sheet.reasons[fault["rij"]].append(reason)
    return found


def _marked_calendar(path: Path, faults: _Sheet) -> Workbook:
    """Return the faulty items of a calendar, one in a row and one property in a column."""
    wanted = set().union(*faults.columns.values())
    table, rows = faulty_items(path, faults.reasons, wanted)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = TABLE
    write_text(sheet, table)
    _mark(
        sheet,
        _Sheet(
            {row: faults.columns.get(line, set()) for line, row in rows.items()},
            {row: faults.reasons[line] for line, row in rows.items()},
        ),
    )
    return book


def _marked_workbook(
    path: Path, head: bytes, by_sheet: Mapping[str | None, _Sheet], settings: dict[str, Any]
) -> Workbook:
    """Return the supplier's workbook with its formats where it can be opened so, else its cells as text."""
    book = open_with_formats(path) if head.startswith(b"PK\x03\x04") else None
    if book is None:
        book = Workbook()
        book.remove(book.worksheets[0])
        largest = int(settings["levering"]["grootste_bestand_mb"]) * 1_000_000
        for table in read_file(path, largest, known_headers(CONTRACTS)):
            write_text(book.create_sheet(table.sheet or TABLE), table)
    for sheet in book.worksheets:
        faults = by_sheet.get(sheet.title, by_sheet.get(None))
        if faults is not None:
            _mark(sheet, faults)
    return book


def open_with_formats(path: Path) -> Workbook | None:
    """Return the workbook with its formats, or None when it is very large or the library cannot open it."""
    if path.stat().st_size > LARGEST_KEPT_AS_IS:
        return None
    try:
        # Parts it does not know (drawings, validations) are left out, with a warning that nobody can act on.
        with warnings.catch_warnings(), path.open("rb") as handle:
            warnings.simplefilter("ignore")
            return load_workbook(handle, data_only=True, keep_links=False)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, OSError):
        return None


def write_text(sheet: Worksheet, table: TextTable) -> None:
    """Write every cell as text at the row and column where it stands."""
    names = [name for name in table.cells.columns if name != "rij"]
    for row in table.cells.select("rij", pl.col(names).cast(pl.String)).iter_rows():
        for place, value in enumerate(row[1:], start=1):
            if value is not None:
                set_text(sheet.cell(row[0], place), value)


def set_text(cell: Cell, value: str) -> None:
    """Fill a cell with text that stays text, whatever sign it begins with."""
    cell.value = FORBIDDEN.sub("", value)
    cell.data_type = "s"
    if value[:1] in "=+-@\t":
        # Excel then treats it as text as well when somebody edits the cell.
        cell.quotePrefix = True


def _mark(sheet: Worksheet, faults: _Sheet) -> None:
    """Colour the faulty cells and write the reasons in a column behind the table."""
    wanted = set().union(*faults.columns.values()) if faults.columns else set()
    head, places = _header(sheet, wanted)
    behind = _last_column(sheet) + 1
    title = sheet.cell(head, behind)
    set_text(title, REASON)
    title.font = Font(bold=True)
    sheet.column_dimensions[title.column_letter].width = WIDEST_REASON
    for row, reasons in faults.reasons.items():
        cell = sheet.cell(row, behind)
        set_text(cell, "; ".join(reasons))
        cell.fill, cell.alignment = FAULTY, Alignment(wrap_text=True, vertical="top")
        for name in faults.columns.get(row, ()):
            if name in places:
                sheet.cell(row, places[name]).fill = FAULTY


def _header(sheet: Worksheet, wanted: set[str]) -> tuple[int, dict[str, int]]:
    """Return the row of the header, the one that holds most of the wanted headers, and the place of each."""
    best: tuple[int, dict[str, int]] = (1, {})
    for number, row in enumerate(sheet.iter_rows(max_row=HEADER_DEPTH, values_only=True), start=1):
        texts = [normalise_header(str(value)) if value is not None else "" for value in row]
        places = {text: place for place, text in reversed(list(enumerate(texts, start=1))) if text in wanted}
        if len(places) > len(best[1]):
            best = number, places
    return best


def _last_column(sheet: Worksheet) -> int:
    """Return the last column that holds anything: formats may reach far beyond the table."""
    rows = sheet.iter_rows(values_only=True)
    return max((place for row in rows for place, value in enumerate(row, start=1) if value is not None), default=0)


def _explain(book: Workbook, title: str, about: tuple[str, str], faults: Sequence[Fault]) -> None:
    """Put a sheet in front that says what the colours mean and lists the faults."""
    taken = {sheet.title for sheet in book.worksheets}
    sheet = book.create_sheet(EXPLANATION if EXPLANATION not in taken else f"{EXPLANATION} quarantaine", 0)
    rows = counted(len({(fault["blad"], fault["rij"]) for fault in faults}), "rij", "rijen")
    wrong = counted(len(faults), "fout", "fouten")
    lines = [
        title,
        f"{rows} met {wrong}. {about[0]}",
        about[1],
        "Dit werkboek bevat de gegevens van de leverancier zelf, ook persoonsgegevens: deel het enkel met hem.",
    ]
    for number, line in enumerate(lines, start=1):
        set_text(sheet.cell(number, 1), line)
    sheet.cell(1, 1).font = Font(bold=True)
    head = len(lines) + 2
    for place, title in enumerate(("blad", "rij", "kolom", "waarde", REASON), start=1):
        set_text(sheet.cell(head, place), title)
        sheet.cell(head, place).font = Font(bold=True)
    for number, fault in enumerate(faults, start=head + 1):
        for place, column in enumerate(("blad", "rij", "kolom", "waarde", "reden"), start=1):
            value = fault[column]
            if isinstance(value, int):
                sheet.cell(number, place).value = value
            elif value is not None:
                set_text(sheet.cell(number, place), value)
    for letter, width in zip("ABCDE", (24, 8, 28, 28, WIDEST_REASON), strict=True):
        sheet.column_dimensions[letter].width = width
    book.active = 0
