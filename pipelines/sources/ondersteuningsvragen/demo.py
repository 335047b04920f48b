"""Source 13, `ondersteuningsvragen`: what scholengroepen asked for, and how far each question came."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Instelling, Network
from pipelines.demo.school_years import Schooljaar, date_text
from pipelines.demo.writing import WINDOWS, Cell, Layout, Sheet, comma, write_csv, write_workbook

_COLUMNS = [
    "vraag id", "schooljaar", "scholengroep nummer", "instellingsnummer", "strategie", "thema", "poolsteropleiding",
    "gevraagde dagdelen", "toegekende dagdelen", "status", "afgesproken op",
]  # fmt: skip
_QUESTIONS = (18, 30)
"""Fewest and most questions of a scholengroep in a schooljaar."""

_STRATEGIES = ("vt", "opleiding", "plg", "vorming", "project", "helpdesk")
_STRATEGY_SHARES = (0.34, 0.26, 0.16, 0.12, 0.08, 0.04)
_DAGDELEN = {"vt": 12.0, "opleiding": 4.0, "plg": 6.0, "vorming": 2.0, "project": 8.0, "helpdesk": 1.0}
_THEMES = ("inclusieve leeromgeving", "effectieve didactiek", "datageletterdheid", "beleidsvoerend vermogen", "")
_POLAR_STARS = ("Gepersonaliseerd samen leren en flexibel organiseren", "Digitaal beleid tot op de klasvloer", "")
_AT_THE_END = {"gecontracteerd": 0.7, "afgesproken": 0.08, "geweigerd": 0.1, "geannuleerd": 0.12}
_UNDER_WAY = {
    "gevraagd": 0.16, "voorgesteld": 0.14, "afgesproken": 0.24, "gecontracteerd": 0.36, "geweigerd": 0.06,
    "geannuleerd": 0.04,
}  # fmt: skip
"""Where the questions stand: after the schooljaar, and in the one that runs."""

_GRANTED = ("afgesproken", "gecontracteerd")


def write_demo(folder: Path, network: Network) -> list[DemoFile]:
    """Write one file per schooljaar: a workbook (newest) and cp1252, in turn."""
    rng = network.stream("ondersteuningsvragen")
    files: list[DemoFile] = []
    for jaar, schooljaar in enumerate(network.schooljaren):
        is_workbook = (len(network.schooljaren) - 1 - jaar) % 2 == 0
        sheet = Sheet("ondersteuningsvragen", list(_COLUMNS), _rows(rng, network, jaar, is_workbook))
        _plant(sheet, network)
        stem = folder / f"ondersteuningsvragen_{schooljaar.label}"
        if is_workbook:
            sheet.headings = {"vraag id": "Vraag_ID", "toegekende dagdelen": "Toegekende  dagdelen"}
            title = f"Ondersteuningsvragen {schooljaar.label}"
            files += write_workbook(stem.with_suffix(".xlsx"), [(sheet, Layout("Vragen", (title,), blank_rows=1))])
        else:
            files.append(write_csv(stem.with_suffix(".csv"), sheet, WINDOWS))
    return files


def _rows(rng: np.random.Generator, network: Network, jaar: int, is_workbook: bool) -> list[list[Cell]]:
    schooljaar = network.schooljaren[jaar]
    by_group: dict[int, list[Instelling]] = {number: [] for number in network.scholengroepen}
    for school in network.present(jaar, "BaO", "BuBaO", "SO", "BuSO"):
        by_group[school.scholengroep].append(school)
    rows: list[list[Cell]] = []
    for number, schools in by_group.items():
        # Schools in greater need ask more.
        weights = np.exp(0.5 * np.array([school.nood for school in schools]))
        for _ in range(int(rng.integers(*_QUESTIONS))):
            school = schools[int(rng.choice(len(schools), p=weights / weights.sum()))]
            identity = f"V{schooljaar.start % 100}-{len(rows) + 1:04d}"
            rows.append(_row(rng, identity, schooljaar, number, school, is_workbook))
    return rows


def _row(
    rng: np.random.Generator, identity: str, schooljaar: Schooljaar, number: int, school: Instelling, is_workbook: bool
) -> list[Cell]:
    strategie = _STRATEGIES[int(rng.choice(len(_STRATEGIES), p=_STRATEGY_SHARES))]
    chances = _UNDER_WAY if schooljaar.is_running else _AT_THE_END
    status = list(chances)[int(rng.choice(len(chances), p=list(chances.values())))]
    asked = max(0.5, round(2 * _DAGDELEN[strategie] * rng.uniform(0.7, 1.3)) / 2)
    granted = round(2 * asked * rng.uniform(0.6, 1.0)) / 2 if status in _GRANTED else None
    if granted is not None and rng.random() < 0.02:
        granted = None  # agreed, but nobody filled in how much
    day = int(rng.integers(schooljaar.first_day - 120, schooljaar.first_day + 60))
    whole_group = strategie == "plg" and rng.random() < 0.6
    label = schooljaar.label if rng.random() < 0.8 else schooljaar.short
    return [
        identity,
        label,
        number if is_workbook else f"{number:02d}",
        "" if whole_group else school.nummer,
        strategie,
        _THEMES[int(rng.integers(len(_THEMES)))],
        _POLAR_STARS[int(rng.integers(len(_POLAR_STARS)))] if strategie == "vt" else "",
        asked if is_workbook else comma(asked),
        (granted if is_workbook else comma(granted)) if granted is not None else "n.v.t.",
        status.capitalize() if is_workbook else status,
        date_text(day) if status in _GRANTED else "",
    ]


def _plant(sheet: Sheet, network: Network) -> None:
    """Five rows to refuse."""
    sheet.plant_copy(4, 0.2, "gevraagde dagdelen", Reason.ONLEESBAAR, vraag_id="V-A", gevraagde_dagdelen="veel")
    sheet.plant_copy(
        8, 0.3, "instellingsnummer", Reason.ONBEKENDE_INSTELLING, vraag_id="V-B",
        instellingsnummer=network.unknown_nummer,
    )  # fmt: skip
    sheet.plant_copy(12, 0.5, "status", Reason.ONBEKENDE_WAARDE, vraag_id="V-C", status="misschien")
    sheet.plant_copy(16, 0.7, "afgesproken op", Reason.ONMOGELIJKE_DATUM, vraag_id="V-D", afgesproken_op="31/02/2026")
    sheet.plant_duplicate(20, 0.9)
