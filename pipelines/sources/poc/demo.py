"""Source 16, the two files of POC+: staff per CLB and ambt, and the criteria by which a CLB has priority."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Network, spread
from pipelines.demo.school_years import Schooljaar, date_text
from pipelines.demo.writing import PLAIN, TABBED, Cell, Sheet, write_csv
from pipelines.sources.poc import CRITERIA

_STAFF_COLUMNS = ["schooljaar", "instellingsnummer", "ambt", "aantal", "actief"]
_NEEDS_COLUMNS = ["schooljaar", "instellingsnummer", "criterium", "sinds", "toelichting"]
_AMBTEN = {
    "directeur": 0.02, "psycho-pedagogisch consulent": 0.36, "maatschappelijk werker": 0.3,
    "paramedisch werker": 0.2, "arts": 0.06, "administratief medewerker": 0.06,
}  # fmt: skip
_NOT_DELIVERED = 2
"""So many CLB of every schaal do not deliver their staff: the list of instellingen stands in."""

_FEWEST_NEEDS = 5
"""In a draw with hardly any priority, so many more CLB work on a new plan."""

_CHANCE = {"nieuwe directeur": 0.12, "fusie of structuurwijziging": 0.06, "visie of beleidsplan": 0.16}


def write_demo(folder: Path, network: Network) -> list[DemoFile]:
    """Write both files of every schooljaar."""
    rng = network.stream("poc")
    files: list[DemoFile] = []
    for jaar, schooljaar in enumerate(network.schooljaren):
        staff = Sheet("clb_medewerkers", list(_STAFF_COLUMNS), _staff(rng, network, jaar))
        staff.headings = {"instellingsnummer": "Instellingsnummer ", "aantal": "Aantal"}
        staff.plant_copy(3, 0.3, "aantal", Reason.ONLEESBAAR, ambt="stagiair", aantal="veel")
        staff.plant_copy(
            6, 0.5, "instellingsnummer", Reason.ONBEKENDE_INSTELLING, instellingsnummer=network.unknown_nummer
        )
        staff.plant_duplicate(9, 0.8)
        files.append(write_csv(folder / f"clb_medewerkers_{schooljaar.label}.csv", staff, PLAIN))
        needs = Sheet("clb_noden", list(_NEEDS_COLUMNS), _needs(rng, network, jaar))
        needs.plant_duplicate(0, 0.9)
        files.append(write_csv(folder / f"clb_noden_{schooljaar.label}.csv", needs, TABBED))
    return files


def _staff(rng: np.random.Generator, network: Network, jaar: int) -> list[list[Cell]]:
    """Return the staff per ambt: together that of the list, small numbers hidden now and then."""
    label = network.schooljaren[jaar].label
    rows: list[list[Cell]] = []
    for clb in network.present(jaar, "CLB")[_NOT_DELIVERED * network.schaal :]:
        counts = spread(np.array(list(_AMBTEN.values())), clb.personeel, minimum=1)
        hides = rng.random() < 0.15
        for ambt, count in zip(_AMBTEN, counts.tolist(), strict=True):
            active = int(rng.binomial(count, 0.85))
            written = "<5" if hides and count < 5 else str(count)
            rows.append([label, clb.nummer, ambt, written, "" if written == "<5" else str(active)])
    return rows


def _needs(rng: np.random.Generator, network: Network, jaar: int) -> list[list[Cell]]:
    """Return the criteria that POC+ names; the inspections tell the criterium doorlichting themselves."""
    schooljaar = network.schooljaren[jaar]
    rows: list[list[Cell]] = []
    for clb in network.present(jaar, "CLB"):
        chances = _CHANCE | {"beleidsvoerend vermogen": 0.5 if clb.nood > 1 else 0.05}
        named = [criterium for criterium in CRITERIA if rng.random() < chances.get(criterium, 0)]
        rows += [_need(rng, schooljaar, clb.nummer, criterium) for criterium in named]
    if len(rows) < _FEWEST_NEEDS:
        busy = {row[1] for row in rows}
        free = [clb.nummer for clb in network.present(jaar, "CLB") if clb.nummer not in busy]
        rows += [_need(rng, schooljaar, nummer, "visie of beleidsplan") for nummer in free[:_FEWEST_NEEDS]]
    return rows


def _need(rng: np.random.Generator, schooljaar: Schooljaar, nummer: str, criterium: str) -> list[Cell]:
    day = int(rng.integers(schooljaar.first_day - 200, schooljaar.first_day + 60))
    return [schooljaar.short, nummer, criterium, date_text(day, "dash"), f"Gemeld door POC+: {criterium}"]
