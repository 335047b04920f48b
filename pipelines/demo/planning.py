"""Source 9, the central planning: per begeleider the 410 dagdelen of a full-time schooljaar by category."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Network
from pipelines.demo.people import Medewerker
from pipelines.demo.school_years import Schooljaar
from pipelines.demo.trajectories import Traject
from pipelines.demo.writing import PLAIN, Cell, Sheet, comma, write_csv

DAGDELEN_FULL_TIME = 410
_SECONDARY = {"professionalisering": 8, "intern overleg": 66, "ontwikkelwerk": 30}
"""The 104 dagdelen of secondary processes of PBD 5.6.4."""

_PER_SPOC_GROUP = 24
_VISIT_WITH_PREPARATION = 1.5
_MOST_FOR_TRAJECTS = 0.6
_REST = {
    "curriculum": {"opleiding": 0.34, "poolsteropleiding": 0.06, "helpdesk": 0.12, "voorbereiding": 0.28},
    "beleid": {"opleiding": 0.2, "poolsteropleiding": 0.16, "helpdesk": 0.06, "voorbereiding": 0.26},
}
"""Shares of what is left after spoc, trajects and reserve; the remainder goes to scholengroepen."""


@dataclass(frozen=True)
class PlannedYear:
    """What one begeleider is planned to do in one schooljaar: dagdelen per (categorie, scholengroep or 0)."""

    persoon: Medewerker
    jaar: int
    dagdelen: dict[tuple[str, int], float]

    def by_category(self) -> dict[str, float]:
        """Return the dagdelen per categorie."""
        totals: dict[str, float] = {}
        for (categorie, _), value in self.dagdelen.items():
            totals[categorie] = totals.get(categorie, 0.0) + value
        return totals


def build_planning(
    network: Network, staff: tuple[Medewerker, ...], trajecten: tuple[Traject, ...]
) -> tuple[PlannedYear, ...]:
    """Plan each begeleider of PBD in each schooljaar; it adds up to 410 x VTE, to half a dagdeel."""
    rng = network.stream("planning")
    planned: list[PlannedYear] = []
    for jaar, schooljaar in enumerate(network.schooljaren):
        wanted = _trajects_by_begeleider(trajecten, jaar)
        for person in staff:
            if person.is_begeleider() and person.dienst == "PBD" and _serves(person, schooljaar):
                planned.append(PlannedYear(person, jaar, _divide(rng, network, person, wanted.get(person.code, {}))))
    return tuple(planned)


def _serves(person: Medewerker, schooljaar: Schooljaar) -> bool:
    first, last = person.served_days(schooljaar)
    return last - first > 20


def _trajects_by_begeleider(trajecten: tuple[Traject, ...], jaar: int) -> dict[str, dict[tuple[str, int], float]]:
    """Return per begeleider the dagdelen of this schooljaar's trajecten, equal parts for who takes part."""
    wanted: dict[str, dict[tuple[str, int], float]] = {}
    for t in trajecten:
        if t.jaar != jaar or not t.begeleiders:
            continue
        categorie = "opvolging doorlichting" if t.soort.startswith("opvolging") else "plg" if t.soort == "plg" else "vt"
        for code in t.begeleiders:
            mine = wanted.setdefault(code, {})
            key = (categorie, t.scholengroep)
            mine[key] = mine.get(key, 0.0) + _VISIT_WITH_PREPARATION * t.dagdelen / len(t.begeleiders)
    return wanted


def _half(value: float) -> float:
    return round(value * 2) / 2


def _divide(
    rng: np.random.Generator, network: Network, person: Medewerker, wanted: dict[tuple[str, int], float]
) -> dict[tuple[str, int], float]:
    total = _half(DAGDELEN_FULL_TIME * person.vte)
    parts = {(name, 0): _half(value * person.vte) for name, value in _SECONDARY.items()}
    left = total - sum(parts.values())
    for scholengroep in person.spoc_van:
        parts["spoc", scholengroep] = _half(_PER_SPOC_GROUP * person.vte)
    parts["reserve", 0] = _half(left * (0.09 if person.specialisme == "beleid" else 0.04))
    scale = min(1.0, _MOST_FOR_TRAJECTS * left / max(sum(wanted.values()), 1.0))
    for key, value in sorted(wanted.items()):
        parts[key] = _half(value * scale)
    rest = total - sum(parts.values())
    for categorie, share in _REST[person.specialisme].items():
        parts[categorie, 0] = _half(rest * share * rng.uniform(0.9, 1.1))
    free = total - sum(parts.values())
    groups = rng.choice(np.array(list(network.scholengroepen)), 3, replace=False).tolist()
    for scholengroep in groups[:2]:
        parts["scholengroep", scholengroep] = _half(free / 3)
    parts["scholengroep", groups[2]] = total - sum(parts.values())
    return {key: value for key, value in parts.items() if value > 0}


def write_planning(folder: Path, network: Network, planned: tuple[PlannedYear, ...]) -> list[DemoFile]:
    """Write one planning per schooljaar."""
    files: list[DemoFile] = []
    for jaar, schooljaar in enumerate(network.schooljaren):
        rows: list[list[Cell]] = []
        for year in planned:
            if year.jaar == jaar:
                for (categorie, scholengroep), value in sorted(year.dagdelen.items()):
                    label = schooljaar.short if len(rows) % 9 == 3 else schooljaar.label
                    rows.append(
                        [
                            label,
                            year.persoon.code,
                            categorie,
                            str(scholengroep) if scholengroep else "",
                            comma(value),
                        ]
                    )
        sheet = Sheet("planning", ["schooljaar", "begeleider", "categorie", "scholengroep nummer", "dagdelen"], rows)
        sheet.headings = {"scholengroep nummer": "Scholengroep_nummer", "dagdelen": "Dagdelen "}
        sheet.plant_duplicate(12, 0.5)
        sheet.plant_copy(20, 0.7, "categorie", Reason.ONBEKENDE_WAARDE, categorie="koffie")
        sheet.plant_copy(30, 0.9, "dagdelen", Reason.ONLEESBAAR, scholengroep_nummer="99", dagdelen="veel")
        files.append(write_csv(folder / f"planning_{schooljaar.label}.csv", sheet, PLAIN))
    return files
