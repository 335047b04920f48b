"""What the demo deliveries promise: per file and table the rows to count and the rows to refuse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path


class Reason(StrEnum):
    """Why a planted row must go to quarantine."""

    ONLEESBAAR = "onleesbaar"
    ONBEKENDE_WAARDE = "onbekende_waarde"
    ONBEKENDE_INSTELLING = "onbekende_instelling"
    ONMOGELIJKE_DATUM = "onmogelijke_datum"
    EINDE_VOOR_BEGIN = "einde_voor_begin"
    DUBBELE_SLEUTEL = "dubbele_sleutel"
    BUITEN_BEREIK = "buiten_bereik"


@dataclass(frozen=True)
class PlantedRow:
    """A row that must be quarantined.

    `row` counts as Excel does: the first row of the sheet is 1 and a CSV record is one row, also when a
    quoted field holds line breaks. `column` is the name in the delivery rules; for a duplicate key it is the
    first column of the table.
    """

    row: int
    column: str
    reason: Reason


@dataclass(frozen=True)
class DemoFile:
    """One table in one file; `rows` counts the data rows, also quarantined ones, not titles and totals.

    `outside` rows stand in the file too, but belong to others: they are counted apart.
    """

    path: Path
    table: str
    rows: int
    quarantined: tuple[PlantedRow, ...] = ()
    sheet: str | None = None
    outside: int = 0


@dataclass(frozen=True)
class DemoManifest:
    """All files of one demo delivery, in the order in which they were written."""

    folder: Path
    peildatum: date
    files: tuple[DemoFile, ...]

    def of_table(self, table: str) -> tuple[DemoFile, ...]:
        """Return the files (or sheets) that hold rows of `table`."""
        return tuple(file for file in self.files if file.table == table)
