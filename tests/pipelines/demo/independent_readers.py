"""Readers of delivered files that share no code with the product, to check the generator from outside."""

import csv
import datetime as dt
import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl

from pipelines.demo import DemoFile


@dataclass(frozen=True)
class ReadTable:
    """One table as read without any code of the product, with the Excel row of each row."""

    header: list[str]
    rows: list[list[str]]
    numbers: list[int]

    def column(self, name: str) -> list[str]:
        place = [plain(cell) for cell in self.header].index(plain(name))
        return [row[place] for row in self.rows]


def plain(text: str) -> str:
    return " ".join(text.replace("_", " ").replace("\u00a0", " ").lower().split())


def decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def read_csv(path: Path, extra_headers: int = 0) -> ReadTable:
    text = decoded(path)
    first = text.replace("\r", "\n").split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    skip = 1 + extra_headers
    return ReadTable(records[0], records[skip:], list(range(skip + 1, len(records) + 1)))


@cache
def workbook(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def read_sheet(path: Path, sheet: str) -> ReadTable:
    page = workbook(path)[sheet]
    cells = [["" if value is None else str(value) for value in row] for row in page.iter_rows(values_only=True)]
    head = next(i for i, row in enumerate(cells) if "instellingsnummer" in [plain(cell) for cell in row])
    kept = [(i + 1, row) for i, row in enumerate(cells) if i > head and row[0] != "Totaal"]
    return ReadTable(cells[head], [row for _, row in kept], [number for number, _ in kept])


def read_ics(path: Path) -> ReadTable:
    """The items of a calendar in which only a weekly meeting repeats; expanded by hand."""
    items: list[tuple[int, dict[str, list[str]]]] = []
    is_open = False
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line == "BEGIN:VEVENT":
            items.append((number, {}))
        is_open = (is_open or line == "BEGIN:VEVENT") and line != "END:VEVENT"
        if is_open:
            name, value = re.split(r"[;:]", line, maxsplit=1)[0], line.rpartition(":")[2]
            items[-1][1].setdefault(name, []).append(value)
    changed = {value for _, item in items for value in item.get("RECURRENCE-ID", [])}
    header = ["DTSTART", "DTEND", "CATEGORIES", "CLASS", "X-MICROSOFT-CDO-BUSYSTATUS"]
    rows, numbers = [], []
    for number, item in items:
        if item.get("STATUS") == ["CANCELLED"]:
            continue
        begins = item["DTSTART"]
        if "RRULE" in item:
            until = dt.datetime.strptime(item["RRULE"][0].rpartition("=")[2][:8], "%Y%m%d").date()
            first = dt.datetime.strptime(begins[0], "%Y%m%dT%H%M%S")
            weeks = range((until - first.date()).days // 7 + 1)
            begins = [f"{first + dt.timedelta(weeks=week):%Y%m%dT%H%M%S}" for week in weeks]
        for begin in begins:
            if "RRULE" not in item or begin not in {*changed, *item.get("EXDATE", [])}:
                rows.append([begin, *("".join(item.get(name, [""])) for name in header[1:])])
                numbers.append(number)
    return ReadTable(header, rows, numbers)


def read(file: DemoFile) -> ReadTable:
    if file.path.suffix == ".ics":
        return read_ics(file.path)
    if file.sheet is not None:
        return read_sheet(file.path, file.sheet)
    return read_csv(file.path, extra_headers=2 if file.table == "edbi_antwoorden" else 0)
