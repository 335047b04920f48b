"""Source 14, `procesindicatoren`: where schools place themselves on the fifteen indicators of GO! 2030 in beeld."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Instelling, Network
from pipelines.demo.school_years import DateStyle, Schooljaar, date_text
from pipelines.demo.writing import TABBED, WINDOWS, Cell, Layout, Sheet, comma, write_csv, write_workbook
from pipelines.sources.procesindicatoren import INDICATOREN

_COLUMNS = ["schooljaar", "instellingsnummer", "indicator", "inschaling", "schaal max", "ingevuld op"]
_FIVE_POINTS_FROM = 2025
"""The tool went from four points to five: the two scales may never be pooled."""

_FILLED_IN = 0.6
_FILLED_IN_SO_FAR = 0.2
"""Share of the schools that placed themselves: over a whole schooljaar, and in the one that runs."""

_DATE_STYLES: tuple[DateStyle, ...] = ("slash", "dash", "iso")


def write_demo(folder: Path, network: Network) -> list[DemoFile]:
    """Write one file per schooljaar: tab-delimited (newest), workbook, cp1252, in turn."""
    rng = network.stream("procesindicatoren")
    files: list[DemoFile] = []
    for jaar, schooljaar in enumerate(network.schooljaren):
        form = (len(network.schooljaren) - 1 - jaar) % 3
        sheet = _sheet(rng, network, jaar, form)
        _plant(sheet, network)
        stem = folder / f"go2030_in_beeld_{schooljaar.label}"
        if form == 1:
            sheet.headings = {"schaal max": "Schaal_max", "ingevuld op": "Ingevuld\u00a0op"}
            layout = Layout("Inschalingen", titles=(f"GO! 2030 in beeld, {schooljaar.label}",), blank_rows=1)
            files += write_workbook(stem.with_suffix(".xlsx"), [(sheet, layout)])
        else:
            files.append(write_csv(stem.with_suffix(".csv"), sheet, TABBED if form == 0 else WINDOWS))
    return files


def _sheet(rng: np.random.Generator, network: Network, jaar: int, form: int) -> Sheet:
    schooljaar = network.schooljaren[jaar]
    points = 5 if schooljaar.start >= _FIVE_POINTS_FROM else 4
    taking_part = _FILLED_IN_SO_FAR if schooljaar.is_running else _FILLED_IN
    rows: list[list[Cell]] = []
    for i in network.present(jaar, "BaO", "BuBaO", "SO", "BuSO"):
        if rng.random() >= taking_part:
            continue
        day = int(rng.integers(schooljaar.first_day, schooljaar.known_until + 1))
        for indicator, inschaling in enumerate(_inschalingen(rng, i, points), start=1):
            rows.append(_row(schooljaar, i, indicator, inschaling, points, day, form))
    return Sheet("procesindicatoren", list(_COLUMNS), rows)


def _inschalingen(rng: np.random.Generator, instelling: Instelling, points: int) -> list[float | None]:
    """Return fifteen values from 1 to `points`, some halves; None where the school left an indicator open."""
    # A school knows itself only in part: its self-scaling leans little on its need.
    level = 0.6 - 0.05 * instelling.nood + rng.normal(0, 0.1)
    shares = np.clip(level + rng.normal(0, 0.18, INDICATOREN), 0.0, 1.0)
    halves = rng.random(INDICATOREN) < 0.1
    values = np.where(halves, np.round(2 * shares * (points - 1)) / 2, np.round(shares * (points - 1))) + 1
    skipped = rng.random(INDICATOREN) < 0.03
    return [None if skip else float(value) for value, skip in zip(values, skipped, strict=True)]


def _row(
    schooljaar: Schooljaar,
    instelling: Instelling,
    indicator: int,
    inschaling: float | None,
    points: int,
    day: int,
    form: int,
) -> list[Cell]:
    if inschaling is None:
        written: Cell = ("n.v.t.", "-", "")[indicator % 3]
    elif form == 1:
        written = inschaling
    else:
        written = comma(inschaling) if inschaling % 1 else str(int(inschaling))
    label = schooljaar.short if indicator % 7 == 0 else schooljaar.label
    nummer: Cell = int(instelling.nummer) if form == 1 else instelling.nummer
    return [label, nummer, indicator, written, points, date_text(day, _DATE_STYLES[form])]


def _plant(sheet: Sheet, network: Network) -> None:
    """Four rows to refuse."""
    sheet.plant_copy(8, 0.2, "inschaling", Reason.BUITEN_BEREIK, inschaling="130")
    sheet.plant_copy(16, 0.4, "inschaling", Reason.ONLEESBAAR, inschaling="goed op weg")
    sheet.plant_copy(
        24, 0.6, "instellingsnummer", Reason.ONBEKENDE_INSTELLING, instellingsnummer=network.unknown_nummer
    )
    sheet.plant_duplicate(40, 0.9)
