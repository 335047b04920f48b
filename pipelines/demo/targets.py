"""Source 12, `bereikdoelen`: the targets that PBD 4 and POC 3.4 name, for each schooljaar of the demo."""

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
    streefwaarde: int
    bron: str
    strategie: str = ""
    niveaus: str = ""
    ambt: str = ""


BEREIKDOELEN = (
    Bereikdoel("CURR-REEKS", "Reeksen curriculumimplementatie voor basisscholen", eenheid="reeksen",
        strategie="leerplanimplementatie", niveaus="BaO|BuBaO", streefwaarde=66, bron="PBD 4"),
    Bereikdoel("CURR-SCHOOL", "Basisscholen bereikt met curriculumimplementatie", eenheid="instellingen",
        strategie="leerplanimplementatie", niveaus="BaO|BuBaO", streefwaarde=522, bron="PBD 4"),
    Bereikdoel("VORM-LERAAR-BAO",
        "Leraren basisonderwijs in een vormingsreeks doelenkader en vakdidactiek (168 x 25)",
        eenheid="professionals", strategie="vorming", niveaus="BaO|BuBaO", ambt="leraar",
        streefwaarde=4_200, bron="PBD 4"),
    Bereikdoel("VORM-TEAM-BAO", "Leden van beleidsteams basisonderwijs in een vormingsreeks (30 x 25)",
        eenheid="professionals", strategie="vorming", niveaus="BaO|BuBaO", streefwaarde=750, bron="PBD 4"),
    Bereikdoel("PLG-LERAAR-SO", "Leraren secundair onderwijs in minstens een PLG", eenheid="professionals",
        strategie="plg", niveaus="SO", ambt="leraar", streefwaarde=0, bron="PBD 4"),
    Bereikdoel("B-STROOM", "Leraren B-stroom in motiverend lesgeven", eenheid="professionals",
        strategie="opleiding", niveaus="SO", ambt="leraar", streefwaarde=60, bron="PBD 4"),
    Bereikdoel("VAKGROEP", "Vakgroepvoorzitters secundair onderwijs", eenheid="professionals",
        strategie="opleiding", niveaus="SO", ambt="vakgroepvoorzitter", streefwaarde=120, bron="PBD 4"),
    Bereikdoel("DUAAL", "Leraren duaal leren", eenheid="professionals", strategie="opleiding",
        niveaus="SO|BuSO", ambt="leraar", streefwaarde=30, bron="PBD 4"),
    Bereikdoel("ZORG-BAO", "Zorgcoördinatoren basisonderwijs (3 x 20)", eenheid="professionals",
        strategie="opleiding", niveaus="BaO", ambt="zorgcoördinator", streefwaarde=60, bron="PBD 4"),
    Bereikdoel("LLB-SO", "Coördinatoren leerlingenbegeleiding (2 x 20)", eenheid="professionals",
        strategie="opleiding", niveaus="SO", ambt="coördinator leerlingenbegeleiding", streefwaarde=40,
        bron="PBD 4"),
    Bereikdoel("LEERONDERSTEUNER", "Reeksen voor leerondersteuners", eenheid="reeksen",
        strategie="opleiding", niveaus="LSC", ambt="leerondersteuner", streefwaarde=2, bron="PBD 4"),
    Bereikdoel("MESO", "Scholengroepen met een pedagogisch medewerker mesoniveau in opleiding",
        eenheid="scholengroepen", strategie="opleiding", streefwaarde=AANTAL_SCHOLENGROEPEN, bron="PBD 4"),
    Bereikdoel("CLB-ALLE", "CLB bereikt door POC+", eenheid="clb", niveaus="CLB", streefwaarde=AANTAL_CLB,
        bron="POC 3.4"),
)  # fmt: skip

COLUMNS = [
    "code",
    "schooljaar",
    "omschrijving",
    "eenheid",
    "strategie",
    "onderwijsniveau",
    "ambt",
    "streefwaarde",
    "bron",
]


def write_bereikdoelen(folder: Path, network: Network, professionals: Professionals) -> list[DemoFile]:
    """Write the complete list of targets; the streefwaarden grow with `schaal`."""
    leraren_so = int(((professionals.niveau == "SO") & (professionals.ambt == "leraar")).sum())
    rows: list[list[Cell]] = []
    for schooljaar in network.schooljaren:
        for doel in BEREIKDOELEN:
            value = doel.streefwaarde * network.schaal or leraren_so
            rows.append(
                [
                    doel.code,
                    schooljaar.label,
                    doel.omschrijving,
                    doel.eenheid,
                    doel.strategie,
                    doel.niveaus,
                    doel.ambt,
                    thousands(value, "\u00a0"),
                    doel.bron,
                ]
            )
    sheet = Sheet("bereikdoelen", list(COLUMNS), rows)
    sheet.plant_duplicate(2, 0.9)
    return [write_csv(folder / "bereikdoelen.csv", sheet)]
