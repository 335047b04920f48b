"""Source 7, the verslagtool: the files of the trajecten and their interventies."""

from __future__ import annotations

from pathlib import Path

from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Network
from pipelines.demo.school_years import Schooljaar, date_text
from pipelines.demo.trajectories import Traject
from pipelines.demo.writing import BARE_CR, PLAIN, Cell, Sheet, comma, write_csv

_TRAJECT_COLUMNS = [
    "traject id",
    "instellingsnummer",
    "scholengroep nummer",
    "soort",
    "focus",
    "beleidsprioriteiten",
    "poolsteropleiding",
    "startdatum",
    "einddatum",
    "contractdatum",
    "geplande dagdelen",
    "status",
    "label",
]
_VISIT_COLUMNS = [
    "interventie id",
    "traject id",
    "datum",
    "dagdelen",
    "begeleiders",
    "deelnemers",
    "bereikt",
    "verslag",
]


def write_verslagtool(folder: Path, network: Network, trajecten: tuple[Traject, ...]) -> list[DemoFile]:
    """Write `trajecten` and `interventies` of each schooljaar, the newest with bare CR line ends."""
    files: list[DemoFile] = []
    for jaar, schooljaar in enumerate(network.schooljaren):
        own = [t for t in trajecten if t.jaar == jaar]
        style = BARE_CR if schooljaar.is_running else PLAIN
        files.append(
            write_csv(folder / f"trajecten_{schooljaar.label}.csv", _traject_sheet(network, own, schooljaar), style)
        )
        files.append(write_csv(folder / f"interventies_{schooljaar.label}.csv", _visit_sheet(own, schooljaar), style))
    return files


def _traject_sheet(network: Network, trajecten: list[Traject], schooljaar: Schooljaar) -> Sheet:
    rows: list[list[Cell]] = []
    for t in trajecten:
        nummer = t.instelling.nummer if t.instelling else ""
        contract = "" if t.instelling is None else date_text(max(t.start - 9, schooljaar.first_day - 60), "dash")
        rows.append(
            [
                t.id,
                nummer,
                str(t.scholengroep),
                t.soort,
                t.focus,
                t.prioriteiten,
                t.poolster,
                date_text(t.start, "dash"),
                date_text(t.einde, "dash"),
                contract,
                str(t.dagdelen),
                t.status,
                t.label,
            ]
        )
    sheet = Sheet("trajecten", list(_TRAJECT_COLUMNS), rows)
    code = schooljaar.code
    begin, before = date_text(schooljaar.day(10, 1), "dash"), date_text(schooljaar.day(9, 20), "dash")
    sheet.plant_copy(
        2,
        0.4,
        "einddatum",
        Reason.EINDE_VOOR_BEGIN,
        traject_id=f"T{code}-9001",
        startdatum=begin,
        einddatum=before,
    )
    sheet.plant_copy(
        5, 0.7, "instellingsnummer", Reason.ONBEKENDE_INSTELLING, traject_id=f"T{code}-9002",
        instellingsnummer=network.unknown_nummer,
    )  # fmt: skip
    return sheet


def _visit_sheet(trajecten: list[Traject], schooljaar: Schooljaar) -> Sheet:
    rows: list[list[Cell]] = [
        [
            v.id,
            t.id,
            date_text(v.dag),
            comma(v.dagdelen),
            "|".join(v.begeleiders),
            str(v.deelnemers),
            v.bereikt,
            v.verslag,
        ]
        for t in trajecten
        for v in t.interventies
    ]
    sheet = Sheet("interventies", list(_VISIT_COLUMNS), rows)
    code = schooljaar.code
    sheet.plant_duplicate(6, 0.5)
    sheet.plant_copy(
        9,
        0.6,
        "datum",
        Reason.ONMOGELIJKE_DATUM,
        interventie_id=f"V{code}-9001-01",
        datum=f"31/02/{schooljaar.start + 1}",
    )
    sheet.plant_copy(14, 0.8, "dagdelen", Reason.ONLEESBAAR, interventie_id=f"V{code}-9001-02", dagdelen="een halve")
    return sheet
