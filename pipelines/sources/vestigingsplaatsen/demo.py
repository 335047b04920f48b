"""Source 1, `vestigingsplaatsen`: an export of the register as it comes, of every net; its gemeenten are invented."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.names import place_names, school_name
from pipelines.demo.network import Instelling, Network, with_check_digit
from pipelines.demo.school_years import date_text
from pipelines.demo.writing import BARE_CR, Cell, Sheet, write_csv

_COLUMNS = [
    "schoolnummer", "intern vplnummer", "net", "naam", "hoofdzetel", "adres", "straat", "huisnummer", "busnummer",
    "postcode", "gemeente", "niscode", "provinciecode", "provincie", "VWO-vestigingsplaatscode", "crab-code",
    "crab-huisnr", "lx", "ly", "kbo-nummer", "telefoon", "fax", "e-mail", "website", "beheerder(s)",
    "soort instelling", "onderwijsniveau", "instellingstype", "begindatum", "einddatum", "status erkenning", "clb",
    "bestuur", "scholengemeenschap", "leersteuncentrum", "taalstelsel", "ingerichte hoofdstructuren", "aanmelden",
]  # fmt: skip
_OWN_NET = "Gemeenschapsonderwijs"
_OTHER_NETS = ("Vrij gesubsidieerd onderwijs", "Officieel gesubsidieerd onderwijs")
_OTHER_SCHOOLS = 240
_OTHER_BASE = 30_000
"""Numbers of the schools of other nets: far from those of the network."""

_PROVINCIES = ("Antwerpen", "Limburg", "Oost-Vlaanderen", "Vlaams-Brabant", "West-Vlaanderen")
_STREETS = ("Dorpsstraat", "Schoolstraat", "Molenweg", "Stationsplein", "Kerkdreef")
_WITHOUT_PLACE = 0.03
"""Share of the vestigingsplaatsen of which the register does not know where they lie: it writes 0."""

_NOT_REGISTERED = frozenset({"CLB", "INT"})
"""The export holds schools and centres, no CLB and no internaten."""

_MOVED, _MISSING, _CLOSED = (100, 250, 400), 300, 320
"""Places in the list of the schools on which the register and the list of PBD differ."""


def write_demo(folder: Path, network: Network) -> list[DemoFile]:
    """Write the export as the register does: byte order mark, everything quoted, bare carriage returns."""
    rng = network.stream("vestigingsplaatsen")
    rows: list[dict[str, Cell]] = []
    last = len(network.schooljaren) - 1
    schools = [i for i in network.instellingen if i.niveau not in _NOT_REGISTERED]
    present = [i.nummer for i in schools if i.is_present(last)]
    moved = {present[place] for place in _MOVED}
    for school in schools:
        if school.nummer == present[_MISSING]:
            continue
        end = network.schooljaren[school.laatste].last_day if school.laatste < last else 0
        if school.nummer == present[_CLOSED]:
            end = network.schooljaren[last].first_day - 1
        elsewhere = _other_place(school.gemeente) if school.nummer in moved else school.gemeente
        bestuur = f"GO! scholengroep {school.scholengroep} {network.scholengroepen[school.scholengroep]}"
        rows += _places(rng, replace(school, gemeente=elsewhere), _OWN_NET, bestuur, end)
    others = _other_schools(rng, network.schaal)
    outside = sum(len(part) for part in others)
    rows += [row for part in others for row in part]
    rows.sort(key=lambda row: (str(row["schoolnummer"]), int(str(row["intern vplnummer"]))))
    table = [[row.get(column, "") for column in _COLUMNS] for row in rows]
    sheet = Sheet("vestigingsplaatsen", list(_COLUMNS), table, outside=outside)
    sheet.headings = {"intern vplnummer": "intern_vplnummer"}
    _plant(sheet)
    return [write_csv(folder / "vestigingsplaatsen.csv", sheet, BARE_CR)]


def _other_schools(rng: np.random.Generator, schaal: int) -> list[list[dict[str, Cell]]]:
    """Return the rows of schools of other nets: the export holds all of Flanders."""
    found = []
    places = place_names()
    for index in range(_OTHER_SCHOOLS * schaal):
        place = places[int(rng.integers(len(places)))]
        school = Instelling(
            nummer=with_check_digit(_OTHER_BASE + index), naam=school_name(rng, "BaO", place), niveau="BaO",
            scholengroep=0, scholengemeenschap="", gemeente=place, vestigingen=int(rng.integers(1, 4)), leerlingen=0,
            personeel=0, vte_per_persoon=0.0, nood=0.0, oki=0.0, clb="", eerste=0, laatste=0,
        )  # fmt: skip
        found.append(_places(rng, school, _OTHER_NETS[index % 2], f"Schoolbestuur {place}", 0))
    return found


def _other_place(gemeente: str) -> str:
    places = place_names()
    return places[(places.index(gemeente) + 1) % len(places)]


def _places(rng: np.random.Generator, school: Instelling, net: str, bestuur: str, end: int) -> list[dict[str, Cell]]:
    """Return one row per vestigingsplaats: the first is the seat, the others may lie next door."""
    rows: list[dict[str, Cell]] = []
    is_primary = school.niveau in ("BaO", "BuBaO")
    begin = int(rng.integers(693_961, 734_000))  # 1901 to 2010
    for number in range(1, school.vestigingen + 1):
        gemeente = school.gemeente if number == 1 or rng.random() < 0.6 else _other_place(school.gemeente)
        nis = place_names().index(gemeente)
        street = f"{_STREETS[int(rng.integers(len(_STREETS)))]}"
        house = str(int(rng.integers(1, 240)))
        is_placed = rng.random() >= _WITHOUT_PLACE
        x, y = rng.uniform(25_000, 255_000), rng.uniform(160_000, 240_000)
        rows.append(
            {
                "schoolnummer": school.nummer,
                "intern vplnummer": str(number),
                "net": net,
                "naam": school.naam,
                "hoofdzetel": "True" if number == 1 else "False",
                "adres": f"{street} {house}, {gemeente}",
                "straat": street,
                "huisnummer": house,
                "postcode": f"{nis:04d}",  # no real one begins with a zero
                "gemeente": gemeente,
                "niscode": str(99_000 + nis),
                "provincie": _PROVINCIES[nis % len(_PROVINCIES)],
                "lx": f"{x:.2f}" if is_placed else "0",
                "ly": f"{y:.2f}" if is_placed else "0",
                "e-mail": f"info@school{school.nummer}.example",
                "soort instelling": "Onderwijsinstelling",
                "onderwijsniveau": "Basisonderwijs" if is_primary else "Overig onderwijs",
                "begindatum": date_text(begin, "iso"),
                "einddatum": date_text(end, "iso") if end else "",
                "status erkenning": "E",
                "clb": school.clb,
                "bestuur": bestuur,
                "scholengemeenschap": school.scholengemeenschap or "0",
                "ingerichte hoofdstructuren": "Gewoon lager onderwijs" if is_primary else "",
            }
        )
    return rows


def _plant(sheet: Sheet) -> None:
    """Four rows to refuse, all of GO!: the lowest numbers are."""
    sheet.plant_copy(3, 0.3, "begindatum", Reason.ONMOGELIJKE_DATUM, intern_vplnummer="91", begindatum="31/02/2001")
    sheet.plant_copy(5, 0.5, "lx", Reason.ONLEESBAAR, intern_vplnummer="92", lx="circa 152480")
    sheet.plant_copy(
        7, 0.7, "einddatum", Reason.EINDE_VOOR_BEGIN, intern_vplnummer="93", begindatum="2001-09-01",
        einddatum="1999-08-31",
    )  # fmt: skip
    sheet.plant_duplicate(9, 0.9)
