"""Source 12, `bereikdoelen`: the targets that PBD 4 and POC 3.4 name, repeated for each schooljaar of the demo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipelines.demo.manifest import DemoFile
from pipelines.demo.network import AANTAL_CLB, AANTAL_SCHOLENGROEPEN, Network
from pipelines.demo.people import Professionals
from pipelines.demo.writing import Cell, Sheet, thousands, write_csv


@dataclass(frozen=True)
class Bereikdoel:
    """One target; a target of 0 is filled in from the network (every leraar SO)."""

    code: str
    omschrijving: str
    eenheid: str
    strategie: str
    niveaus: str
    ambt: str
    streefwaarde: int
    bron: str


BEREIKDOELEN = (
    Bereikdoel("CURR-REEKS", "Reeksen curriculumimplementatie voor basisscholen", "reeksen", "leerplanimplementatie", "BaO|BuBaO", "", 66, "PBD 4"),
    Bereikdoel("CURR-SCHOOL", "Basisscholen bereikt met curriculumimplementatie", "instellingen", "leerplanimplementatie", "BaO|BuBaO", "", 522, "PBD 4"),
    Bereikdoel("VORM-LERAAR-BAO", "Leraren basisonderwijs in een vormingsreeks doelenkader en vakdidactiek (168 x 25)", "professionals", "vorming", "BaO|BuBaO", "leraar", 4_200, "PBD 4"),
    Bereikdoel("VORM-TEAM-BAO", "Leden van beleidsteams basisonderwijs in een vormingsreeks (30 x 25)", "professionals", "vorming", "BaO|BuBaO", "", 750, "PBD 4"),
    Bereikdoel("PLG-LERAAR-SO", "Leraren secundair onderwijs in minstens een PLG", "professionals", "plg", "SO", "leraar", 0, "PBD 4"),
    Bereikdoel("B-STROOM", "Leraren B-stroom in motiverend lesgeven", "professionals", "opleiding", "SO", "leraar", 60, "PBD 4"),
    Bereikdoel("VAKGROEP", "Vakgroepvoorzitters secundair onderwijs", "professionals", "opleiding", "SO", "vakgroepvoorzitter", 120, "PBD 4"),
    Bereikdoel("DUAAL", "Leraren duaal leren", "professionals", "opleiding", "SO|BuSO", "leraar", 30, "PBD 4"),
    Bereikdoel("ZORG-BAO", "Zorgcoördinatoren basisonderwijs (3 x 20)", "professionals", "opleiding", "BaO", "zorgcoördinator", 60, "PBD 4"),
    Bereikdoel("LLB-SO", "Coördinatoren leerlingenbegeleiding (2 x 20)", "professionals", "opleiding", "SO", "coördinator leerlingenbegeleiding", 40, "PBD 4"),
    Bereikdoel("LEERONDERSTEUNER", "Reeksen voor leerondersteuners", "reeksen", "opleiding", "LSC", "leerondersteuner", 2, "PBD 4"),
    Bereikdoel("MESO", "Scholengroepen met een pedagogisch medewerker mesoniveau in opleiding", "scholengroepen", "opleiding", "", "", AANTAL_SCHOLENGROEPEN, "PBD 4"),
    Bereikdoel("CLB-ALLE", "CLB bereikt door POC+", "clb", "", "CLB", "", AANTAL_CLB, "POC 3.4"),
)  # fmt: skip

COLUMNS = [
    "code", "schooljaar", "omschrijving", "eenheid", "strategie", "onderwijsniveau", "ambt", "streefwaarde", "bron",
]  # fmt: skip


def write_bereikdoelen(folder: Path, network: Network, professionals: Professionals) -> list[DemoFile]:
    """Write the complete list of targets; the streefwaarden grow with `schaal`."""
    leraren_so = int(((professionals.niveau == "SO") & (professionals.ambt == "leraar")).sum())
    rows: list[list[Cell]] = []
    for schooljaar in network.schooljaren:
        for doel in BEREIKDOELEN:
            value = doel.streefwaarde * network.schaal or leraren_so
            rows.append(
                [
                    doel.code, schooljaar.label, doel.omschrijving, doel.eenheid, doel.strategie, doel.niveaus, doel.ambt,
                    thousands(value), doel.bron,
                ]  # fmt: skip
            )
    sheet = Sheet("bereikdoelen", list(COLUMNS), rows)
    sheet.plant_duplicate(2, 0.9)
    return [write_csv(folder / "bereikdoelen.csv", sheet)]

