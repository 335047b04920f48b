"""Source 5: the doorlichtingen of about eight years, decided by the latent need, and their inschalingen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Instelling, Network
from pipelines.demo.school_years import PEILDATUM, Schooljaar, date_text, start_year
from pipelines.demo.writing import COMMAS, WINDOWS, Cell, Sheet, write_csv

_FIRST_YEAR = 2018
_CYCLE_YEARS = 6
_INSPECTED = ("BaO", "BuBaO", "SO", "BuSO", "DKO", "VWO", "CLB", "LSC")
_LONG_WORDING = {
    "1A": "gunstig zonder meer", "1B": "gunstig met tekorten", "2A": "ongunstig met verzoek",
    "2B": "ongunstig zonder",
}  # fmt: skip


@dataclass(frozen=True)
class Doorlichting:
    """One inspection; days are ordinals, 0 where there is none; `instelling` is the one that was visited."""

    id: str
    instelling: Instelling
    soort: str
    begin: int
    einde: int
    verslag: int
    advies: str
    gok: str
    llb: str
    engagement: int = 0
    plan: int = 0
    beroep: int = 0

    @property
    def asks_follow_up(self) -> bool:
        """Whether support is compulsory: 2A, 2B, or a negative ruling on GOK or LLB."""
        return self.advies in ("2A", "2B") or "negatief" in (self.gok, self.llb)


def build_doorlichtingen(network: Network) -> tuple[Doorlichting, ...]:
    """Draw all doorlichtingen up to the peildatum, oldest first, follow-ups included."""
    rng = network.stream("inspections")
    found: list[Doorlichting] = []
    for instelling in network.instellingen:
        if instelling.niveau not in _INSPECTED or instelling.eerste > 0:
            continue
        first = _FIRST_YEAR + int(rng.integers(_CYCLE_YEARS))
        for start in range(first, PEILDATUM.year + 1, _CYCLE_YEARS):
            found += _cycle(rng, network, instelling, Schooljaar(start))
    found.sort(key=lambda d: (d.begin, d.instelling.nummer))
    return tuple(_numbered(found))


def _numbered(found: list[Doorlichting]) -> list[Doorlichting]:
    return [Doorlichting(**{**d.__dict__, "id": f"DL{index:05d}"}) for index, d in enumerate(found, start=1)]


def _cycle(rng: np.random.Generator, network: Network, instelling: Instelling, year: Schooljaar) -> list[Doorlichting]:
    """Return one visit and what followed, as far as it is known and the instelling still exists."""
    begin = _school_day(rng, year)
    first = _visit(rng, instelling, "doorlichting", begin, rng.normal(0, 1.2))
    visits = [first]
    if first.advies == "2B":
        visits.append(_visit(rng, instelling, "herdoorlichting", first.verslag + int(rng.integers(35, 58)), -0.6))
    elif first.advies == "2A" or "negatief" in (first.gok, first.llb):
        if rng.random() < 0.97:
            visits.append(_follow_up(rng, instelling, first, years=3 if first.advies == "2A" else 2))
    elif first.advies == "1B" and rng.random() < 0.35:
        visits.append(_follow_up(rng, instelling, first, years=2))
    last_day = PEILDATUM.toordinal()
    if instelling.laatste < len(network.schooljaren) - 1:
        last_day = network.schooljaren[instelling.laatste].last_day
    return [visit for visit in visits if visit.verslag <= last_day]


def _follow_up(rng: np.random.Generator, instelling: Instelling, first: Doorlichting, years: int) -> Doorlichting:
    """After support most schools are judged well: in May of the third schooljaar of a 2A, the second of the rest."""
    last_year = Schooljaar(start_year(first.verslag) + years - 1)
    begin = last_year.day(5, 2) + int(rng.integers(30))
    return _visit(rng, instelling, "opvolgingsdoorlichting", begin, -1.6 + rng.normal(0, 0.9))


def _school_day(rng: np.random.Generator, year: Schooljaar) -> int:
    """Draw a Monday between mid September and the end of May."""
    day = year.day(9, 15) + int(rng.integers(255))
    return day - (day - 1) % 7


def _visit(rng: np.random.Generator, instelling: Instelling, soort: str, begin: int, luck: float) -> Doorlichting:
    """Draw the outcome of a visit: need and luck decide together, and so they do for GOK and LLB."""
    weakness = 0.8 * instelling.nood + luck if soort == "doorlichting" else 0.35 * instelling.nood + luck
    scaled = weakness / np.hypot(0.8, 1.2)
    advies = "1A" if scaled < 0.53 else "1B" if scaled < 1.76 else "2A" if scaled < 2.72 else "2B"
    has_rulings = instelling.niveau in ("BaO", "BuBaO", "SO", "BuSO")
    verslag = begin + 5 + int(rng.integers(25, 45))
    engagement = plan = beroep = 0
    gok = _ruling(rng, scaled) if has_rulings and instelling.niveau in ("BaO", "SO") else ""
    llb = _ruling(rng, scaled) if has_rulings else ""
    known = PEILDATUM.toordinal()
    if advies == "2A" or "negatief" in (gok, llb):
        engagement = verslag + int(rng.integers(8, 36))
        plan = verslag + int(rng.integers(50, 105))
        # Some schools let the deadline pass, so that the dashboard has something to warn about.
        if rng.random() < 0.3:
            plan = 0
    if advies == "2B" and rng.random() < 0.8:
        beroep = verslag + int(rng.integers(6, 29))
    return Doorlichting(
        id="",
        instelling=instelling,
        soort=soort,
        begin=begin,
        einde=begin + 4,
        verslag=verslag,
        advies=advies,
        gok=gok,
        llb=llb,
        engagement=engagement if engagement <= known else 0,
        plan=plan if plan <= known else 0,
        beroep=beroep if beroep <= known else 0,
    )


def _ruling(rng: np.random.Generator, scaled: float) -> str:
    value = 0.75 * scaled + 0.66 * rng.normal()
    return "positief" if value < 0.4 else "positief met werkpunten" if value < 2.0 else "negatief"


def latest_before(doorlichtingen: tuple[Doorlichting, ...], day: int) -> dict[str, Doorlichting]:
    """Return per instellingsnummer the last doorlichting with a report on or before `day`."""
    return {d.instelling.nummer: d for d in sorted(doorlichtingen, key=lambda d: d.verslag) if d.verslag <= day}


_COLUMNS = [
    "doorlichting id", "instellingsnummer", "soort", "begindatum", "einddatum", "datum verslag", "advies",
    "uitspraak GOK", "uitspraak LLB", "engagementsverklaring", "ondersteuningsplan", "beroep", "link",
]  # fmt: skip


def write_doorlichtingen(folder: Path, network: Network, doorlichtingen: tuple[Doorlichting, ...]) -> list[DemoFile]:
    """Write `doorlichtingen` (cp1252, mixed date styles) and `inschalingen` (commas)."""
    rows: list[list[Cell]] = []
    for index, d in enumerate(doorlichtingen):
        style = "dash" if index % 3 == 1 else "slash"
        rows.append(
            [
                d.id,
                str(int(d.instelling.nummer)) if index % 4 == 2 else d.instelling.nummer,
                d.soort,
                date_text(d.begin, style),
                date_text(d.einde, style),
                date_text(d.verslag, "iso" if index % 5 == 4 else style),
                _LONG_WORDING[d.advies] if index % 6 == 3 else d.advies,
                d.gok or ("n.v.t." if index % 2 else ""),
                d.llb,
                date_text(d.engagement, style) if d.engagement else "",
                date_text(d.plan, "serial") if d.plan else "-",
                date_text(d.beroep, style) if d.beroep else "",
                f"https://verslagen.example/{d.id.lower()}",
            ]
        )
    sheet = Sheet("doorlichtingen", list(_COLUMNS), rows)
    sheet.headings = {
        "doorlichting id": "Doorlichting_ID",
        "uitspraak GOK": "Uitspraak gok",
        "datum verslag": "Datum_verslag",
    }
    planted = {
        "onmogelijk": ("begindatum", Reason.ONMOGELIJKE_DATUM, {"begindatum": "31/02/2025"}),
        "omgekeerd": (
            "einddatum",
            Reason.EINDE_VOOR_BEGIN,
            {"begindatum": "12/05/2025", "einddatum": "05/05/2025", "datum_verslag": "20/06/2025"},
        ),
        "onbekend": (
            "instellingsnummer",
            Reason.ONBEKENDE_INSTELLING,
            {"instellingsnummer": network.unknown_nummer},
        ),
        "advies": ("advies", Reason.ONBEKENDE_WAARDE, {"advies": "3C"}),
    }
    for number, (column, reason, changes) in enumerate(planted.values(), start=1):
        cells: dict[str, Cell] = {"doorlichting_id": f"DL9{number:04d}", **changes}
        sheet.plant_copy(10 * number, 0.2 * number, column, reason, **cells)
    sheet.plant_duplicate(7, 0.95)
    return [
        write_csv(folder / "doorlichtingen.csv", sheet, WINDOWS),
        write_csv(folder / "inschalingen.csv", _inschalingen(network, doorlichtingen), COMMAS),
    ]


_INSCHALINGEN = (
    "beneden de verwachting", "benadert de verwachting", "volgens de verwachting",
    "overstijgt de verwachting",
)  # fmt: skip
_LEERGEBIEDEN = {
    "BaO": (
        "Nederlands",
        "wiskunde",
        "mens en maatschappij",
        "wetenschappen en techniek",
        "lichamelijke opvoeding",
    ),
    "SO": ("Nederlands", "wiskunde", "Frans", "natuurwetenschappen", "geschiedenis"),
}


def _inschalingen(network: Network, doorlichtingen: tuple[Doorlichting, ...]) -> Sheet:
    """Scale what each doorlichting looked at: two leergebieden and six general kwaliteitsverwachtingen."""
    rng = network.stream("inschalingen")
    general = [f"K{n}" for n in range(1, 7)] + [f"O{n}" for n in range(4, 9)] + ["BL1"]
    severity = {"1A": 0.0, "1B": 0.7, "2A": 1.5, "2B": 1.9}
    rows: list[list[Cell]] = []
    for d in doorlichtingen:
        subjects = _LEERGEBIEDEN["BaO" if d.instelling.niveau in ("BaO", "BuBaO") else "SO"]
        chosen = [subjects[i] for i in rng.choice(len(subjects), 2, replace=False)]
        items = [(code, subject) for subject in chosen for code in ("O1", "O2", "O3", "R1")]
        items += [(general[i], "") for i in np.sort(rng.choice(len(general), 6, replace=False))]
        level = 1.75 - 0.25 * d.instelling.nood - severity[d.advies] + rng.normal(0, 0.8, len(items))
        for (code, subject), value in zip(items, np.clip(np.rint(level), 0, 3).astype(int).tolist(), strict=True):
            rows.append([d.id, code, subject, _INSCHALINGEN[value]])
    sheet = Sheet("inschalingen", ["doorlichting id", "kwaliteitsverwachting", "onderwerp", "inschaling"], rows)
    sheet.plant_duplicate(25, 0.5)
    sheet.plant_copy(40, 0.7, "inschaling", Reason.ONBEKENDE_WAARDE, onderwerp="muziek", inschaling="bijna goed")
    return sheet
