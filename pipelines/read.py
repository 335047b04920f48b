"""From a delivered file to text tables: every cell as it stands, with its Excel row; nothing is cleaned."""

import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

import fastexcel
import polars as pl

from pipelines import csv_text, formulas
from pipelines.contract import INVISIBLE
from pipelines.faults import LeveringFout
from pipelines.formulas import column_number

OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
KNOWN_MAGIC = {
    b"%PDF": "een PDF",
    b"\x89PNG": "een afbeelding",
    b"\xff\xd8\xff": "een afbeelding",
    b"GIF8": "een afbeelding",
    b"\x1f\x8b": "een gecomprimeerd bestand (gzip)",
    b"{\\rtf": "een tekstdocument (RTF)",
}
PDF_HINT = " Een verslag van een doorlichting leest de pagina Leveringen (Verslag) of 'sterrenwacht voorstel'."
MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"<head")
UNPACKED_LIMIT = 1 << 30
# A sheet is read as a full rectangle up to its farthest cell: a stray one in the corner of Excel's grid (17 thousand
# million cells) would end the process. Thirty million cells are a million rows of thirty columns.
LARGEST_RECTANGLE = 30_000_000
PART = re.compile(r"xl/(?:workbook|sharedStrings|styles|worksheets/[^/]+)\.xml")
# Of a row or of a cell: where no row is this far down, a sheet counts as ten thousand rows deep.
FAR_ROW = re.compile(rb' r="[A-Z]{0,8}(\d{5,12})"')
WIDE_COLUMN = re.compile(rb' r="([A-Z]{2,8})\d')
BLOCK = 1 << 20
# What reading a damaged archive can raise, besides its own error.
ARCHIVE_ERRORS = (
    zipfile.BadZipFile, expat.ExpatError, ElementTree.ParseError, zlib.error, struct.error,
    OSError, ValueError, LookupError, NotImplementedError, RuntimeError,
)  # fmt: skip
# Stands for a cell in which Excel shows an error such as #N/B: visible in the quarantine, never empty.
CELL_ERROR = "#FOUT!"


@dataclass(frozen=True)
class TextTable:
    """The cells of one sheet (or of the one table of a CSV): columns c0..cn as text, `rij` = Excel row."""

    sheet: str | None
    cells: pl.DataFrame


def read_file(path: Path, largest: int, known_headers: frozenset[str]) -> list[TextTable]:
    """Return the tables of a CSV or XLSX file as text.

    `largest` is the largest size taken in, in bytes; `known_headers` (normalised) tell one delimiter
    from another. Raises LeveringFout with the sentence for the supplier when the file is empty, too large,
    protected, corrupt or no table at all.
    """
    check_size(path, largest)
    with path.open("rb") as handle:
        head = handle.read(4096)
    if head.startswith(OLE_MAGIC):
        raise _ole_fault(path)
    if head.startswith(b"PK\x03\x04"):
        return _read_workbook(path)
    _refuse_other_formats(path, head)
    return [_read_csv(path, known_headers)]


def check_size(path: Path, largest: int) -> None:
    """Refuse a file that is empty, or larger than `largest` bytes."""
    size = path.stat().st_size
    if size > largest:
        raise LeveringFout(
            "te_groot",
            f"Het bestand is {size / 1e9:.1f} GB groot; de grens is {largest / 1e9:.1f} GB. "
            "Splits het per schooljaar en lever de delen apart.".replace(".", ",", 2),
        )
    if size == 0:
        raise LeveringFout("leeg", "Het bestand is leeg (0 bytes). Exporteer het opnieuw.")


def _ole_fault(path: Path) -> LeveringFout:
    """Return the fault of a compound file: a protected workbook, or one in the format of before 2007."""
    if ENCRYPTED_STREAM in path.read_bytes():
        return LeveringFout(
            "wachtwoord",
            "Het bestand is beveiligd met een wachtwoord. Verwijder de beveiliging en lever opnieuw.",
        )
    return LeveringFout("oud_formaat", "Het bestand heeft het oude formaat .xls. Bewaar het als .xlsx.")


def _refuse_other_formats(path: Path, head: bytes) -> None:
    found = next((name for magic, name in KNOWN_MAGIC.items() if head.startswith(magic)), None)
    text = head.removeprefix(csv_text.UTF8_BOM).lstrip()
    if text.lower().startswith(MARKUP):
        found = "een webpagina of XML"
    if found:
        hint = PDF_HINT if found == "een PDF" else ""
        raise LeveringFout("geen_tabel", f"Het bestand is {found}, geen CSV of XLSX. Lever een CSV of een XLSX.{hint}")
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        raise LeveringFout(
            "beschadigd", "Het Excelbestand is beschadigd en kan niet geopend worden. Bewaar het opnieuw."
        )


def _read_csv(path: Path, known_headers: frozenset[str]) -> TextTable:
    data = csv_text.decode(path.read_bytes())
    if not data or data.isspace():
        raise LeveringFout("leeg", "Het bestand bevat geen tekst. Exporteer het opnieuw.")
    return TextTable(None, csv_text.parse(data, known_headers))


def _read_workbook(path: Path) -> list[TextTable]:
    """Return the non-empty sheets of a workbook; row numbers are those that Excel shows."""
    uncounted = _check_archive(path)
    try:
        book = fastexcel.read_excel(path)
        tables = []
        for name in book.sheet_names:
            cells = _sheet_cells(book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string"))
            if name in uncounted:
                cells = formulas.mark(cells, uncounted[name])
            if cells.width and cells.height:
                tables.append(TextTable(name, cells.with_row_index("rij", offset=1)))
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        raise _corrupt() from error
    except BaseException as error:
        # A panic of the parser on a damaged file derives from BaseException, and has no importable name.
        if type(error).__name__ == "PanicException":
            raise _corrupt() from error
        raise
    if not tables:
        raise LeveringFout("leeg", "Het Excelbestand bevat geen enkele ingevulde cel.")
    return tables


def _sheet_cells(sheet: fastexcel.ExcelSheet) -> pl.DataFrame:
    """Return the cells of a sheet as text; one in which Excel shows an error holds CELL_ERROR."""
    batch, errors = sheet.to_arrow_with_errors()
    frame = pl.DataFrame(batch)
    columns = frame.get_columns()
    for error in errors.errors if errors else ():
        row, place = error.offset_position
        columns[place] = columns[place].scatter(row, CELL_ERROR)
    named = pl.DataFrame([column.alias(f"c{place}") for place, column in enumerate(columns)])
    return named.with_columns(pl.all().str.replace_all(INVISIBLE.pattern, ""))


def _corrupt() -> LeveringFout:
    return LeveringFout(
        "beschadigd",
        "Het Excelbestand is beschadigd en kan niet gelezen worden. Open het in Excel en bewaar het opnieuw.",
    )


def _check_archive(path: Path) -> dict[str, set[formulas.Place]]:
    """Refuse an archive that is no workbook, is cut off, or unpacks to an absurd size.

    Returns, per sheet, the cells whose formula was never counted.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            unpacked = sum(item.file_size for item in archive.infolist())
            parts = [name for name in names if PART.fullmatch(name)] if unpacked <= UNPACKED_LIMIT else []
            rectangles = [_rectangle(archive, name) for name in parts]
            uncounted = formulas.without_outcome(archive) if parts else {}
    except ARCHIVE_ERRORS as error:
        raise LeveringFout(
            "beschadigd", "Het Excelbestand is beschadigd of onvolledig overgekomen. Lever het opnieuw."
        ) from error
    if "xl/workbook.xml" not in names:
        raise LeveringFout("geen_tabel", "Het bestand is een zip zonder Excelwerkboek. Lever een CSV of een XLSX.")
    if unpacked > UNPACKED_LIMIT:
        raise LeveringFout("te_groot", "Het Excelbestand is uitgepakt groter dan 1 GB. Lever de gegevens als CSV.")
    if max(rectangles, default=0) > LARGEST_RECTANGLE:
        raise LeveringFout(
            "te_groot",
            "Een blad van het Excelbestand loopt tot ver buiten de tabel. Verwijder de lege rijen en kolommen erna, "
            "of lever de gegevens als CSV.",
        )
    return uncounted


def _rectangle(archive: zipfile.ZipFile, name: str) -> int:
    """Return the number of cells in the rectangle up to the last row and the last column of a sheet.

    Raises ExpatError where the part is no whole XML: the reader of workbooks would wait for its end for ever.
    """
    parser = expat.ParserCreate()
    rows, columns, tail = 10_000, 26, b""
    with archive.open(name) as handle:
        while block := handle.read(BLOCK):
            parser.Parse(block)
            text = tail + block
            rows = max([rows, *map(int, FAR_ROW.findall(text))])
            columns = max([columns, *map(column_number, set(WIDE_COLUMN.findall(text)))])
            tail = text[-20:]
    parser.Parse(b"", True)
    return rows * columns
