"""A proposal that a person looked at, as a delivery of its own: a workbook that says in its title what it is.

By that title it counts beside the complete list of doorlichtingen, until a newer complete list comes in: a report is
one row of source 5, not the whole of it.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from pipelines.contract import Contract
from pipelines.faults import LeveringFout
from pipelines.quarantine_workbook import set_text
from pipelines.sources.doorlichtingen import CONTRACTS
from pipelines.vakken import PROPOSAL_TITLE

#: More than any report has; what is larger is not a proposal that somebody looked at.
MOST_SCALED = 500
LONGEST = 500
NUMBER = "doorlichting id"


def read_filled(path: Path) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Return the fields and the inschalingen that a person filled in, from a file of JSON.

    Raises LeveringFout when it is no such file, or has no number of the doorlichting: without it nothing can be told
    apart. All other rules are those of a delivery, and are judged when the workbook is read.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        fields = {str(name): _text(value) for name, value in stored["velden"].items()}
        scaled = [{str(name): _text(value) for name, value in row.items()} for row in stored["inschalingen"]]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise LeveringFout("voorstel", f"'{path.name}' is geen ingevuld voorstel.") from error
    if len(scaled) > MOST_SCALED or any(len(text) > LONGEST for row in [fields, *scaled] for text in row.values()):
        raise LeveringFout("voorstel", "Het voorstel is langer dan een verslag kan zijn.")
    if not fields.get(NUMBER) or len(fields[NUMBER].split()) > 1:
        raise LeveringFout("voorstel", "Vul het nummer van de doorlichting in, zonder spaties.")
    return fields, scaled


def write_delivery(fields: Mapping[str, str], scaled: list[dict[str, str]], target: Path) -> None:
    """Write a filled-in proposal as a workbook in the format of source 5; an existing file is not overwritten."""
    if target.suffix.lower() != ".xlsx":
        raise LeveringFout("voorstel", "Geef een naam die eindigt op .xlsx.")
    if target.exists():
        raise LeveringFout("bestaat", f"Het bestand '{target}' bestaat al. Kies een andere naam.")
    inspections, scales = CONTRACTS
    book = Workbook()
    book.remove(book.worksheets[0])
    _add_sheet(book, inspections, fields[NUMBER], [fields])
    if scaled:
        _add_sheet(book, scales, fields[NUMBER], [{**row, NUMBER: fields[NUMBER]} for row in scaled])
    book.save(target)


def _add_sheet(book: Workbook, contract: Contract, number: str, rows: list[Any]) -> None:
    sheet = book.create_sheet(contract.name)
    set_text(sheet.cell(1, 1), f"{PROPOSAL_TITLE}: {number}")
    for place, column in enumerate(contract.columns, start=1):
        set_text(sheet.cell(3, place), column.header)
        sheet.cell(3, place).font = Font(bold=True)
        for height, row in enumerate(rows, start=4):
            if row.get(column.header):
                set_text(sheet.cell(height, place), row[column.header])


def _text(value: object) -> str:
    if value is not None and not isinstance(value, str):
        raise TypeError
    return " ".join((value or "").split())
