"""Small workbooks for the tests, cell by cell."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

#: The header of every sheet of an outputdossier, with one row of figures.
DOSSIER: dict[str, tuple[list[str], list[Any]]] = {
    "Instroom": (["schooljaar", "instellingsnummer", "leerlingen"], ["2025-2026", 12344, 200]),
    "Doorstroom": (["schooljaar", "instellingsnummer", "noemer"], ["2025-2026", 12344, 200]),
    "Leerrecht": (["schooljaar", "instellingsnummer", "noemer"], ["2025-2026", 12344, 200]),
    "Leerresultaten": (
        ["schooljaar", "instellingsnummer", "toets", "domein", "deelnemers", "resultaat"],
        ["2025-2026", 12344, "OVSG", "Nederlands", 20, 71.5],
    ),
    "Doorlichtingen": (["schooljaar", "instellingsnummer", "advies"], ["2025-2026", 12344, "1A"]),
}


def workbook(sheets: dict[str, Sequence[Sequence[Any]]]) -> bytes:
    """Return the bytes of a workbook with these sheets; None is an empty cell, text stays text."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(number, place, value)
    book.close()
    return buffer.getvalue()


def dossier(title: str = "Scholengroep 12 - schooljaar 2025-2026", **changed: Sequence[Sequence[Any]] | None) -> bytes:
    """Return an outputdossier of one instelling; `changed` gives the rows below the title of a sheet, None none."""
    sheets = {name: [[title], [], *changed.get(name, parts)] for name, parts in DOSSIER.items() if changed.get(name, 1)}
    return workbook(sheets)
