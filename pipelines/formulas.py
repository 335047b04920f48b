"""Formulas of which the workbook does not hold the outcome: a program wrote them, and Excel never counted them.

Every reader of workbooks takes such a cell for an empty one, and a figure would be missing without a word.
"""

import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

import polars as pl

#: Stands for the cell in the table: visible in the quarantine, never empty.
NO_OUTCOME = "#FORMULE ZONDER UITKOMST!"
BLOCK = 1 << 20
# The longest formula of Excel has 8192 letters; in XML one may take five.
LONGEST = 50_000
# A formula whose outcome is an empty text (t="str") is no such cell.
CELL = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"(?![^>]*t="str")[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v>\s*</v>|<v\s*/>)?\s*</c>'
)
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

#: Row and column of a cell, from 1.
Place = tuple[int, int]


def without_outcome(archive: zipfile.ZipFile) -> dict[str, set[Place]]:
    """Return, per name of a sheet, the cells whose formula has no outcome; a sheet without them is left out."""
    found = {name: set(_places(archive, part)) for name, part in _parts(archive).items()}
    return {name: places for name, places in found.items() if places}


def mark(cells: pl.DataFrame, places: set[Place]) -> pl.DataFrame:
    """Return the cells of a sheet (columns c0..cn, from row 1) with NO_OUTCOME where a formula has no outcome.

    Only what lies within the cells is marked, and only what is empty.
    """
    columns = cells.get_columns()
    for row, column in sorted(places):
        if row <= cells.height and column <= cells.width and columns[column - 1][row - 1] is None:
            columns[column - 1] = columns[column - 1].scatter(row - 1, NO_OUTCOME)
    return pl.DataFrame(columns)


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the archive in which each sheet is, by the name of the sheet."""
    names = set(archive.namelist())
    if "xl/_rels/workbook.xml.rels" not in names or "xl/workbook.xml" not in names:
        return {}
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {each.get("Id"): (each.get("Target") or "").removeprefix("/xl/") for each in relations}
    sheets = [each for each in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter() if each.get("sheetId")]
    found = {each.get("name") or "": f"xl/{targets.get(each.get(RELATION), '')}" for each in sheets}
    return {name: part for name, part in found.items() if part in names}


def _places(archive: zipfile.ZipFile, part: str) -> Iterator[Place]:
    tail = b""
    with archive.open(part) as handle:
        while block := handle.read(BLOCK):
            text = tail + block
            if b"<f" in text:
                yield from ((int(row), column_number(letters)) for letters, row in CELL.findall(text))
            tail = text[-LONGEST:]


def column_number(letters: bytes) -> int:
    """Return the number of a column from its letters (AA -> 27)."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def column_letters(place: int) -> str:
    """Return the letters that Excel gives to a column by its place (0 -> A, 26 -> AA)."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
