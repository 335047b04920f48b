"""Source 4: the results of the Vlaamse toetsen, one file per toetsjaar."""

from __future__ import annotations

from math import erf, sqrt
from pathlib import Path

import numpy as np

from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Instelling, Network
from pipelines.demo.school_years import Schooljaar
from pipelines.demo.writing import COMMAS, TABBED, Cell, Layout, Sheet, comma, write_csv, write_workbook

_NO_FIGURES = "Geen cijfers beschikbaar"
_COLUMNS = [
    "toetsjaar", "instellingsnummer", "leerjaar", "stroom", "vak", "domein", "deelnemers",
    "vaardigheidsscore",
    "standaardfout", "aandeel minimumdoel", "niveau A", "niveau B", "niveau C", "niveau D", "niveau E",
    "score vergelijkbaar", "score Vlaanderen", "leerwinst",
]  # fmt: skip
_DOMAINS = {
    "Nederlands": ("begrijpend lezen", "schrijfvaardigheid", "totaal"),
    "wiskunde": ("getallenkennis", "meetkunde", "problemen oplossen", "totaal"),
}
_MINIMUM_CUT = 455.0
_LEVEL_CUTS = (600.0, 530.0, 470.0, 400.0)
"""Lower limits of niveau A (highest) to D; what lies under the last one is niveau E."""

_PUPIL_SD = 90.0
"""Between pupils of one school; with the spread between schools the scale has SD 100."""

_SCORE_OF_FLANDERS = {("4LO", ""): 500.0, ("6LO", ""): 500.0, ("2SO", "A"): 516.0, ("2SO", "B"): 438.0}


def write_vlaamse_toetsen(folder: Path, network: Network) -> list[DemoFile]:
    """Write one file per toetsjaar; tests are taken in spring, so the running schooljaar has none yet."""
    rng = network.stream("vlaamse toetsen")
    files: list[DemoFile] = []
    for jaar, schooljaar in enumerate(network.schooljaren):
        if schooljaar.is_running:
            continue
        form = (len(network.schooljaren) - 2 - jaar) % 3
        sheet = _sheet(rng, network, jaar, form)
        sheet.plant_copy(
            9,
            0.3,
            "aandeel minimumdoel",
            Reason.BUITEN_BEREIK,
            domein="spelling",
            aandeel_minimumdoel=_decimal(130.0, form),
        )
        sheet.plant_copy(
            12,
            0.5,
            "vaardigheidsscore",
            Reason.ONLEESBAAR,
            domein="spelling",
            vaardigheidsscore="vijfhonderd",
        )
        sheet.plant_copy(
            30,
            0.6,
            "instellingsnummer",
            Reason.ONBEKENDE_INSTELLING,
            instellingsnummer=network.unknown_nummer,
        )
        sheet.plant_duplicate(50, 0.9)
        stem = folder / f"vlaamse_toetsen_{schooljaar.label}"
        if form == 1:
            layout = Layout("Resultaten", titles=(f"Vlaamse toetsen {schooljaar.label}",), merge_titles=True)
            files += write_workbook(stem.with_suffix(".xlsx"), [(sheet, layout)])
        else:
            files.append(write_csv(stem.with_suffix(".csv"), sheet, TABBED if form == 0 else COMMAS))
    return files


def _decimal(value: float, form: int) -> Cell:
    """Tab files have a decimal comma, comma files a point, workbooks numbers."""
    return value if form == 1 else comma(value) if form == 0 else f"{value:.1f}"


def _sheet(rng: np.random.Generator, network: Network, jaar: int, form: int) -> Sheet:
    schooljaar = network.schooljaren[jaar]
    rows: list[list[Cell]] = []
    for i in network.present(jaar, "BaO", "SO"):
        nummer: Cell = int(i.nummer) if form == 1 else i.nummer
        for leerjaar, stroom, pupils in _test_groups(i, schooljaar):
            school = -24.0 * i.nood + rng.normal(0, 12)
            for vak, domains in _DOMAINS.items():
                subject = school + rng.normal(0, 8)
                for domein in domains:
                    if leerjaar == "2SO" and domein == "schrijfvaardigheid" and schooljaar.start == 2023:
                        continue
                    flanders = _SCORE_OF_FLANDERS[leerjaar, stroom]
                    figures = _figures(rng, i, pupils, flanders, subject, form)
                    gain: Cell = "n.v.t."
                    if schooljaar.start >= 2025 and leerjaar == "6LO":
                        gain = _decimal(round(58 - 4 * i.nood + rng.normal(0, 9), 1), form)
                    rows.append([schooljaar.label, nummer, leerjaar, stroom, vak, domein, pupils, *figures, gain])
    return Sheet("vlaamse_toetsen", list(_COLUMNS), rows)


def _test_groups(instelling: Instelling, schooljaar: Schooljaar) -> list[tuple[str, str, int]]:
    """Return who took the tests as (leerjaar, stroom, pupils); under five pupils there is no feedback."""
    if instelling.niveau == "BaO":
        pupils = instelling.leerlingen // 9
        groups = [("4LO", "", pupils)] + ([("6LO", "", pupils)] if schooljaar.start >= 2025 else [])
    else:
        groups = [("2SO", "A", instelling.leerlingen // 8), ("2SO", "B", instelling.leerlingen // 36)]
    return [group for group in groups if group[2] >= 5]


def _figures(
    rng: np.random.Generator, instelling: Instelling, pupils: int, flanders: float, effect: float, form: int
) -> list[Cell]:
    error = _PUPIL_SD / sqrt(pupils)
    score = flanders + effect + rng.normal(0, error)
    minimum = 100 * (1 - _normal_cdf((_MINIMUM_CUT - score) / _PUPIL_SD))
    above = [1 - _normal_cdf((cut - score) / _PUPIL_SD) for cut in _LEVEL_CUTS] + [1.0]
    levels = [round(100 * (high - low), 1) for high, low in zip(above, [0.0, *above], strict=False)]
    alike = flanders - 16.0 * (instelling.oki - 1.1) / 0.74 + rng.normal(0, 3)
    compared: Cell = _NO_FIGURES if rng.random() < 0.04 else _decimal(round(alike, 1), form)
    figures = [round(score, 1), round(error, 1), round(minimum, 1), *levels]
    return [*(_decimal(f, form) for f in figures), compared, _decimal(flanders, form)]


def _normal_cdf(value: float) -> float:
    return 0.5 * (1 + erf(value / sqrt(2)))
