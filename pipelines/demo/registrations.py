"""Source 6: the activiteiten of each schooljaar, and who registered, came, cancelled or stayed away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Network
from pipelines.demo.people import Professionals
from pipelines.demo.programme import PROGRAMME, Offer
from pipelines.demo.school_years import PEILDATUM, Schooljaar, date_text
from pipelines.demo.writing import TABBED, WITH_BOM, Cell, Sheet, comma, write_csv

_ACTIVE_SHARE = {
    "BaO": 0.42, "BuBaO": 0.28, "SO": 0.21, "BuSO": 0.21, "DKO": 0.13, "VWO": 0.14, "LSC": 0.26, "CLB": 0.4,
}  # fmt: skip
"""Share of the staff open to an activiteit in a schooljaar, per onderwijsniveau; internaten take no part."""

_ASLEEP_SHARE = {"BaO": 0.12, "BuBaO": 0.12, "SO": 0.14, "BuSO": 0.18, "DKO": 0.3, "VWO": 0.25, "INT": 1.0}
"""Share of the instellingen from which nobody registers in a schooljaar."""

_PRESENT_SHARE = {
    "BaO": 0.88,
    "BuBaO": 0.85,
    "SO": 0.74,
    "BuSO": 0.76,
    "DKO": 0.72,
    "VWO": 0.70,
    "LSC": 0.84,
    "CLB": 0.92,
}
_EXTERN = -1


@dataclass(frozen=True)
class Activiteit:
    """One activiteit; days are ordinals."""

    id: str
    offer: Offer
    schooljaar: Schooljaar
    titel: str
    vorm: str
    locatie: str
    start: int
    einde: int
    dagdelen: float
    has_attendance: bool

    @property
    def is_over(self) -> bool:
        """Whether the activiteit has ended on the peildatum."""
        return self.einde <= PEILDATUM.toordinal()


@dataclass(frozen=True)
class Registrations:
    """The registrations of one schooljaar as columns; `persoon` is -1 for people from outside GO!."""

    schooljaar: Schooljaar
    activiteiten: tuple[Activiteit, ...]
    activiteit: np.ndarray
    persoon: np.ndarray
    instelling: np.ndarray
    status: np.ndarray
    aanwezig: np.ndarray
    op: np.ndarray

    def reached(self) -> np.ndarray:
        """Return which count as reached: present, or no attendance kept and the activiteit over."""
        over = np.array([a.is_over for a in self.activiteiten])[self.activiteit]
        kept = np.array([a.has_attendance for a in self.activiteiten])[self.activiteit]
        came = np.isin(self.aanwezig, ["ja", "deels"])
        return (self.status == "ingeschreven") & over & (came | ~kept)


def build_registrations(network: Network, professionals: Professionals) -> tuple[Registrations, ...]:
    """Draw the activiteiten and registrations of each schooljaar."""
    return tuple(_draw_year(network, professionals, jaar) for jaar in range(len(network.schooljaren)))


def _draw_year(network: Network, professionals: Professionals, jaar: int) -> Registrations:
    schooljaar = network.schooljaren[jaar]
    rng = network.stream(f"registrations {schooljaar.label}")
    activiteiten = _draw_activiteiten(rng, network, schooljaar)
    current = _current_instelling(network, jaar)[professionals.instelling]
    pools = _Pools(rng, network, professionals, current)
    chosen: list[np.ndarray] = []
    for activiteit in activiteiten:
        size = int(rng.poisson(activiteit.offer.bezetting))
        own = pools.draw(activiteit.offer, size)
        outside = np.full(rng.binomial(size, 0.03), _EXTERN)
        chosen.append(np.concatenate([own, outside]))
    counts = [len(people) for people in chosen]
    index = np.repeat(np.arange(len(activiteiten)), counts)
    persoon = np.concatenate(chosen)
    status = rng.choice(np.array(["ingeschreven", "geannuleerd"], dtype=object), len(index), p=[0.93, 0.07])
    place = np.arange(len(index)) - np.repeat(np.cumsum([0, *counts[:-1]]), counts)
    capacity = np.array([a.offer.capaciteit for a in activiteiten])[index]
    status[(place >= capacity) & (status == "ingeschreven")] = "wachtlijst"
    start = np.array([a.start for a in activiteiten])[index]
    op = start - 1 - rng.gamma(2.0, 11.0, len(index)).astype(int)
    instelling = np.where(persoon >= 0, current[np.maximum(persoon, 0)], _EXTERN)
    aanwezig = _attendance(rng, network, activiteiten, index, instelling, status)
    known = op <= PEILDATUM.toordinal()
    return Registrations(
        schooljaar,
        activiteiten,
        index[known],
        persoon[known],
        instelling[known],
        status[known],
        aanwezig[known],
        op[known],
    )


def _attendance(
    rng: np.random.Generator,
    network: Network,
    activiteiten: tuple[Activiteit, ...],
    index: np.ndarray,
    instelling: np.ndarray,
    status: np.ndarray,
) -> np.ndarray:
    """Draw ja, deels or nee for who was registered where attendance was kept; empty for the rest."""
    niveau = np.array([*(i.niveau for i in network.instellingen), "extern"])[instelling]
    present = np.array([_PRESENT_SHARE.get(n, 0.8) for n in niveau])
    luck = rng.random(len(index))
    words = np.where(luck < present, "ja", np.where(luck < present + 0.04, "deels", "nee")).astype(object)
    kept = np.array([a.is_over and a.has_attendance for a in activiteiten])[index]
    words[~kept | (status != "ingeschreven")] = ""
    return words


def _current_instelling(network: Network, jaar: int) -> np.ndarray:
    """Return per instelling the index of who carries it on in this schooljaar, -1 after a closure."""
    found = []
    for instelling in network.instellingen:
        now = network.at(instelling, jaar)
        found.append(-1 if now is None else network.index_of[now.nummer])
    return np.array(found)


class _Pools:
    """The people who may register in one schooljaar, by onderwijsniveau and ambt."""

    def __init__(
        self, rng: np.random.Generator, network: Network, professionals: Professionals, current: np.ndarray
    ) -> None:
        self.rng = rng
        self.professionals = professionals
        asleep_share = np.array([_ASLEEP_SHARE.get(i.niveau, 0.0) for i in network.instellingen])
        asleep = rng.random(len(asleep_share)) < asleep_share
        self.awake = (current >= 0) & ~asleep[current]
        share = np.array([_ACTIVE_SHARE.get(n, 0.0) for n in professionals.niveau])
        self.active = self.awake & (rng.random(len(professionals)) < share * np.minimum(professionals.ijver, 2.2))
        self.found: dict[tuple[tuple[str, ...], tuple[str, ...]], np.ndarray] = {}

    def draw(self, offer: Offer, size: int) -> np.ndarray:
        """Draw about `size` different people for whom the offer is meant."""
        pool = self._pool(offer)
        if len(pool) == 0:
            return np.empty(0, dtype=int)
        return self.rng.choice(pool, min(size, len(pool)), replace=False)

    def _pool(self, offer: Offer) -> np.ndarray:
        key = (offer.niveaus, offer.ambten)
        if key not in self.found:
            meant = np.isin(self.professionals.niveau, offer.niveaus)
            if offer.ambten:
                meant &= np.isin(self.professionals.ambt, offer.ambten)
            active = np.flatnonzero(meant & self.active)
            narrow = len(active) < 12 * offer.bezetting
            self.found[key] = np.flatnonzero(meant & self.awake) if narrow else active
        return self.found[key]


_PLACES = ("Brussel", "online", "Gent", "Antwerpen", "Hasselt", "Leuven", "in de school")


def _draw_activiteiten(rng: np.random.Generator, network: Network, schooljaar: Schooljaar) -> tuple[Activiteit, ...]:
    """Plan the programme over the schooljaar; the running one is announced up to the end of January."""
    drawn: list[Activiteit] = []
    horizon = schooljaar.day(1, 31) if schooljaar.is_running else schooljaar.last_day
    number = 0
    for offer in PROGRAMME:
        for series in range(offer.per_jaar * network.schaal):
            number += 1
            start = _activity_day(rng, offer, schooljaar)
            einde = start if offer.dagdelen <= 2 else min(start + 21 * (offer.dagdelen // 2), schooljaar.day(6, 28))
            if start > horizon:
                continue
            vorm = str(rng.choice(["fysiek", "digitaal", "hybride"], p=[0.62, 0.3, 0.08]))
            drawn.append(
                Activiteit(
                    id=f"A{schooljaar.code}-{number:05d}",
                    offer=offer,
                    schooljaar=schooljaar,
                    titel=offer.title(series),
                    vorm=vorm,
                    locatie="online" if vorm == "digitaal" else _PLACES[int(rng.integers(2, len(_PLACES)))],
                    start=start,
                    einde=max(start, einde),
                    dagdelen=0.5 if offer.strategie == "helpdesk" else float(offer.dagdelen),
                    has_attendance=bool(rng.random() >= 0.07),
                )
            )
    return tuple(drawn)


def _activity_day(rng: np.random.Generator, offer: Offer, schooljaar: Schooljaar) -> int:
    first, last = schooljaar.day(9, 8), schooljaar.day(6, 15)
    if offer.is_autumn:
        last = schooljaar.day(11, 10)
    day = int(rng.integers(first, last))
    return day - max(0, (day - 1) % 7 - 4)


def write_registrations(
    folder: Path, network: Network, professionals: Professionals, registrations: tuple[Registrations, ...]
) -> list[DemoFile]:
    """Write `activiteiten` and `inschrijvingen` of each schooljaar."""
    files: list[DemoFile] = []
    for jaar, year in enumerate(registrations):
        label = year.schooljaar.label
        style = TABBED if jaar % 2 else WITH_BOM
        files.append(write_csv(folder / f"activiteiten_{label}.csv", _activity_sheet(year), WITH_BOM))
        sheet = _registration_sheet(network, professionals, year)
        files.append(write_csv(folder / f"inschrijvingen_{label}.csv", sheet, style))
    return files


_ACTIVITY_COLUMNS = [
    "activiteit id",
    "titel",
    "strategie",
    "thema",
    "beleidsprioriteiten",
    "doelgroep",
    "bereikdoel",
    "vorm",
    "locatie",
    "startdatum",
    "einddatum",
    "dagdelen",
    "capaciteit",
    "schooljaar",
    "organisator",
]


def _activity_sheet(year: Registrations) -> Sheet:
    rows: list[list[Cell]] = []
    for index, a in enumerate(year.activiteiten):
        titel = a.titel
        if index % 53 == 7:
            titel = f'{a.titel}; "terugkomdag"'
        elif index % 71 == 11:
            titel = f"{a.titel}\n(vervolg, deel 2)"
        rows.append(
            [
                a.id,
                titel,
                a.offer.strategie,
                a.offer.thema,
                a.offer.prioriteiten,
                a.offer.doelgroep,
                a.offer.bereikdoel,
                a.vorm,
                a.locatie,
                date_text(a.start),
                date_text(a.einde),
                comma(a.dagdelen),
                str(a.offer.capaciteit),
                year.schooljaar.code if index % 2 else year.schooljaar.label,
                a.offer.organisator,
            ]
        )
    sheet = Sheet("activiteiten", list(_ACTIVITY_COLUMNS), rows)
    code = year.schooljaar.code
    begin, before = date_text(year.schooljaar.day(10, 12)), date_text(year.schooljaar.day(10, 5))
    sheet.plant_copy(
        3,
        0.3,
        "einddatum",
        Reason.EINDE_VOOR_BEGIN,
        activiteit_id=f"A{code}-90001",
        startdatum=begin,
        einddatum=before,
    )
    sheet.plant_copy(8, 0.6, "strategie", Reason.ONBEKENDE_WAARDE, activiteit_id=f"A{code}-90002", strategie="uitstap")
    sheet.plant_duplicate(21, 0.8)
    return sheet


_REGISTRATION_COLUMNS = [
    "inschrijving id",
    "activiteit id",
    "e-mail",
    "naam",
    "ambt",
    "anciënniteit",
    "instellingsnummer",
    "ingeschreven op",
    "status",
    "aanwezig",
]


def _registration_sheet(network: Network, professionals: Professionals, year: Registrations) -> Sheet:
    nummers = [*(i.nummer for i in network.instellingen), "extern"]
    ids = [a.id for a in year.activiteiten]
    code = year.schooljaar.code
    seniority = professionals.dienstjaren + (year.schooljaar.start - network.schooljaren[0].start)
    rows: list[list[Cell]] = []
    columns = zip(
        year.activiteit.tolist(), year.persoon.tolist(), year.instelling.tolist(), year.op.tolist(),
        year.status.tolist(), year.aanwezig.tolist(), strict=True,
    )  # fmt: skip
    for number, (activiteit, persoon, instelling, op, status, aanwezig) in enumerate(columns, start=1):
        if persoon < 0:
            person: list[Cell] = [f"gast{number}@elders.example", f"Gast {number}", "", ""]
        else:
            email = email_as_typed(professionals.emails[persoon], number)
            person = [
                email,
                professionals.namen[persoon],
                professionals.ambt[persoon],
                str(seniority[persoon]),
            ]
        nummer = nummers[instelling]
        if number % 5 == 0 and nummer.startswith("0"):
            nummer = nummer.lstrip("0")
        rows.append([f"I{code}-{number:06d}", ids[activiteit], *person, nummer, date_text(op), status, aanwezig])
    sheet = Sheet("inschrijvingen", list(_REGISTRATION_COLUMNS), rows)
    sheet.headings = {
        "e-mail": "E-mail",
        "ingeschreven op": "Ingeschreven_op",
        "anciënniteit": "Anciënniteit",
    }
    _plant_registrations(sheet, network, year.schooljaar)
    return sheet


def email_as_typed(email: str, number: int) -> str:
    """Return an address as people type it: one in eleven with capitals, the same person all the same."""
    return email.title() if number % 11 == 0 else email


def _plant_registrations(sheet: Sheet, network: Network, schooljaar: Schooljaar) -> None:
    code = schooljaar.code
    changes: list[tuple[str, Reason, dict[str, Cell]]] = [
        ("instellingsnummer", Reason.ONBEKENDE_INSTELLING, {"instellingsnummer": network.unknown_nummer}),
        ("ingeschreven op", Reason.ONMOGELIJKE_DATUM, {"ingeschreven_op": f"31/02/{schooljaar.start + 1}"}),
        ("status", Reason.ONBEKENDE_WAARDE, {"status": "misschien"}),
        ("anciënniteit", Reason.ONLEESBAAR, {"anciënniteit": "lang"}),
        ("ingeschreven op", Reason.ONLEESBAAR, {"ingeschreven_op": "gisteren"}),
    ]
    for number, (column, reason, cells) in enumerate(changes, start=1):
        own: dict[str, Cell] = {"inschrijving_id": f"I{code}-9{number:05d}", **cells}
        sheet.plant_copy(20 * number, 0.15 * number, column, reason, **own)
    sheet.plant_duplicate(60, 0.85)
    sheet.plant_duplicate(75, 0.95)
