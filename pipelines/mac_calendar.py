"""Workbooks that count days from 1904, as Excel on a Mac once did: a number without a date format means another day.

Cells with a date format are read right by the reader of workbooks; bare numbers in columns of dates are not.
"""

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import polars as pl

from pipelines.contract import Kind
from pipelines.faults import Melding
from pipelines.recognise import Recognised
from pipelines.values import SERIALS

#: Days between the two calendars.
LATER = 1_462
_FLAG = re.compile(rb'<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*"(?:1|true)"', re.IGNORECASE)
_NUMBER = r"^\d{5}(?:[.,]\d+)?$"


def counts_from_1904(path: Path) -> bool:
    """Whether a file is a workbook that counts its days from 1904. It must have been read without a fault."""
    with path.open("rb") as handle:
        if not handle.read(4).startswith(b"PK\x03\x04"):
            return False
    with zipfile.ZipFile(path) as archive:
        return bool(_FLAG.search(archive.read("xl/workbook.xml")))


def from_1900(table: Recognised) -> Recognised:
    """Return the table with the bare numbers in its columns of dates counted from 1900; that it was done is told."""
    names = [column.name for column in table.contract.kept if column.kind in (Kind.DATE, Kind.MOMENT)]
    if not names:
        return table
    cells = table.cells.with_columns(_shifted(name) for name in names)
    changed = sum(cells.select((pl.col(name).ne_missing(table.cells.get_column(name))).sum()).item() for name in names)
    if not changed:
        return table
    sentence = f"{changed} datum(s) staan als getal in een werkboek dat vanaf 1904 telt, en zijn zo gelezen."
    return replace(table, cells=cells, meldingen=[*table.meldingen, Melding(sentence, table.sheet)])


def _shifted(name: str) -> pl.Expr:
    """Return a column with LATER days added to what is a number of days; all else stays as it was written."""
    text = pl.col(name).str.strip_chars()
    number = text.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False) + LATER
    is_day = text.str.contains(_NUMBER) & number.is_between(*SERIALS)
    is_whole = number == number.floor()
    as_text = (
        pl.when(is_whole).then(number.cast(pl.Int64, strict=False).cast(pl.String)).otherwise(number.cast(pl.String))
    )
    return pl.when(is_day).then(as_text).otherwise(pl.col(name)).alias(name)
