"""Source 15, `gebruik`: visits, readers and questions per month, with quiet holidays."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np

from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Network
from pipelines.demo.school_years import PEILDATUM, Schooljaar, date_text
from pipelines.demo.writing import COMMAS, WITH_BOM, Cell, Sheet, thousands, write_csv

_COLUMNS = ["maand", "kanaal", "thema", "doelgroep", "aantal"]
_A_MONTH = {"materialenbank": 640.0, "e-module": 90.0, "nieuwsbrief": 1500.0, "helpdeskvraag": 9.0}
"""What a theme and target group draw in an ordinary month."""

_THEMES = ("inclusieve leeromgeving", "effectieve didactiek", "datageletterdheid", "zorg en begeleiding")
_GROUPS = ("leraren", "directies", "CLB-medewerkers")
_BUSY = {9: 1.3, 10: 1.2, 11: 1.1, 12: 0.8, 1: 1.2, 2: 1.0, 3: 1.1, 4: 0.8, 5: 0.9, 6: 0.6, 7: 0.1, 8: 0.4}
_GROWTH = 1.12
"""From schooljaar to schooljaar."""


def write_demo(folder: Path, network: Network) -> list[DemoFile]:
    """Write one file per schooljaar: commas and plain numbers (newest), or a byte order mark and points, in turn."""
    rng = network.stream("gebruik")
    files: list[DemoFile] = []
    for jaar, schooljaar in enumerate(network.schooljaren):
        is_plain = (len(network.schooljaren) - 1 - jaar) % 2 == 0
        sheet = Sheet("gebruik", list(_COLUMNS), _rows(rng, schooljaar, jaar, network.schaal, is_plain))
        _plant(sheet)
        path = folder / f"gebruik_{schooljaar.label}.csv"
        files.append(write_csv(path, sheet, COMMAS if is_plain else WITH_BOM))
    return files


def _rows(rng: np.random.Generator, schooljaar: Schooljaar, jaar: int, schaal: int, is_plain: bool) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for month in _months(schooljaar):
        for kanaal, mean in _A_MONTH.items():
            for theme in ("",) if kanaal == "nieuwsbrief" else _THEMES:
                for group in _GROUPS:
                    share = 1.0 if group == "leraren" else 0.25
                    level = mean * share * _BUSY[month.month] * _GROWTH**jaar * schaal
                    count = int(rng.poisson(level * rng.uniform(0.8, 1.2)))
                    written = "<5" if 0 < count < 5 else str(count) if is_plain else thousands(count)
                    rows.append([date_text(month.toordinal()), kanaal, theme, group, written])
    return rows


def _months(schooljaar: Schooljaar) -> list[date]:
    """Return the first days of the months that were over at the peildatum."""
    first = [date(schooljaar.start + (place // 12), place % 12 + 1, 1) for place in range(8, 20)]
    return [month for month in first if (month.year, month.month) < (PEILDATUM.year, PEILDATUM.month)]


def _plant(sheet: Sheet) -> None:
    """Three rows to refuse."""
    sheet.plant_copy(2, 0.3, "aantal", Reason.ONLEESBAAR, thema="met een fout", aantal="veel")
    sheet.plant_copy(5, 0.6, "kanaal", Reason.ONBEKENDE_WAARDE, kanaal="fax")
    sheet.plant_duplicate(9, 0.9)
