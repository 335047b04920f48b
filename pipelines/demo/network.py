"""The invented network: scholengroepen and instellingen through the years, and the need behind them.

Counts follow the table in PBD 1.4 per onderwijsniveau. The printed totals of that table (766 instellingen,
1 424 vestigingen) do not add up, so the rows are followed and not the totals; the table gives no number of
VWO centres and no internaten, for which 30 and 8 are taken. The counts hold for the oldest schooljaar;
mergers and closures take a few instellingen away after it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from pipelines.demo.names import place_names, scholengroep_name, school_name
from pipelines.demo.school_years import Schooljaar, last_schooljaren

AANTAL_SCHOLENGROEPEN = 26
AANTAL_CLB = 19
NIVEAU_TABLE: dict[str, tuple[int, int, int]] = {
    "BaO": (438, 531, 13_740),
    "BuBaO": (39, 63, 3_068),
    "SO": (220, 574, 19_191),
    "DKO": (15, 128, 899),
    "VWO": (30, 60, 2_769),
    "BuSO": (33, 80, 3_720),
    "LSC": (12, 26, 916),
    "CLB": (AANTAL_CLB, 58, 983),
    "INT": (8, 10, 160),
}
"""Per onderwijsniveau: instellingen, vestigingen, personeelsleden at schaal 1."""

_PUPILS_PER_STAFF = {"BaO": 8.2, "BuBaO": 2.9, "SO": 5.6, "DKO": 22.0, "VWO": 19.0, "BuSO": 2.6, "INT": 3.5}
UNKNOWN_NUMMER_BASE = 79_999
FAILING_CHECK_DIGITS = 2
"""So many instellingen carry a failing check digit: a warning in the pipeline, not a rejection."""


@dataclass(frozen=True)
class Instelling:
    """One instelling; `eerste` and `laatste` index the schooljaren, `opvolger` is the nummer after it."""

    nummer: str
    naam: str
    niveau: str
    scholengroep: int
    scholengemeenschap: str
    gemeente: str
    vestigingen: int
    leerlingen: int
    personeel: int
    vte_per_persoon: float
    nood: float
    oki: float
    clb: str
    eerste: int
    laatste: int
    opvolger: str = ""

    def is_present(self, jaar: int) -> bool:
        """Whether the instelling stands in the list of the schooljaar with this index."""
        return self.eerste <= jaar <= self.laatste


@dataclass(frozen=True)
class Network:
    """Everything that the deliveries have in common, drawn once."""

    schaal: int
    zaad: int
    schooljaren: tuple[Schooljaar, ...]
    scholengroepen: dict[int, str]
    instellingen: tuple[Instelling, ...]

    @cached_property
    def index_of(self) -> dict[str, int]:
        """Position of each instellingsnummer in `instellingen`."""
        return {instelling.nummer: index for index, instelling in enumerate(self.instellingen)}

    @cached_property
    def unknown_nummer(self) -> str:
        """An instellingsnummer with a right check digit that no instelling bears."""
        return with_check_digit(UNKNOWN_NUMMER_BASE)

    def stream(self, name: str) -> np.random.Generator:
        """Return the random generator of one source, so that no source changes when another one does."""
        return np.random.default_rng([self.zaad, self.schaal, *name.encode()])

    def present(self, jaar: int, *niveaus: str) -> list[Instelling]:
        """Return the instellingen of a schooljaar, of the given onderwijsniveaus where any are given."""
        return [i for i in self.instellingen if i.is_present(jaar) and (not niveaus or i.niveau in niveaus)]

    def at(self, instelling: Instelling, jaar: int) -> Instelling | None:
        """Return who carries on `instelling` in a schooljaar: itself, a successor, None after a closure."""
        while jaar > instelling.laatste:
            if not instelling.opvolger:
                return None
            instelling = self.instellingen[self.index_of[instelling.opvolger]]
        return instelling if jaar >= instelling.eerste else None


def luhn_digit(digits: str) -> int:
    """Return the Luhn check digit of these digits; a computed 0 is written as 1, as the register does."""
    total = 0
    for place, character in enumerate(reversed(digits)):
        value = int(character) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return (10 - total % 10) % 10 or 1


def with_check_digit(base: int) -> str:
    """Return the instellingsnummer of six digits that begins with these five."""
    digits = f"{base:05d}"
    return f"{digits}{luhn_digit(digits)}"


def build_network(schaal: int, jaren: int, zaad: int) -> Network:
    """Draw the network; raises ValueError where `schaal` asks for more nummers than the free ranges hold."""
    rng = np.random.default_rng([zaad, schaal, 1])
    scholengroepen = {index + 1: scholengroep_name(index) for index in range(AANTAL_SCHOLENGROEPEN * schaal)}
    nummers = _draw_nummers(rng, schaal)
    clb_nummers = [nummers.pop() for _ in range(AANTAL_CLB * schaal)]
    instellingen: list[Instelling] = []
    for niveau, (aantal, vestigingen, personeel) in NIVEAU_TABLE.items():
        own = clb_nummers if niveau == "CLB" else [nummers.pop() for _ in range(aantal * schaal)]
        totals = (vestigingen * schaal, personeel * schaal)
        instellingen += _draw_niveau(rng, niveau, own, totals, scholengroepen, clb_nummers, jaren - 1)
    instellingen = _spoil_check_digits(instellingen)
    for jaar in range(jaren - 1):
        instellingen = _merge_and_close(rng, instellingen, jaar, jaren - 1, schaal, nummers)
    return Network(schaal, zaad, last_schooljaren(jaren), scholengroepen, tuple(instellingen))


def _draw_nummers(rng: np.random.Generator, schaal: int) -> list[str]:
    """Return free nummers in random order: one in six begins with a zero, as in the register."""
    needed = int(schaal * sum(row[0] for row in NIVEAU_TABLE.values()) * 1.1) + 20
    with_zero = needed // 6
    if with_zero > 2_000 or needed - with_zero > UNKNOWN_NUMMER_BASE - 70_000:
        raise ValueError(f"schaal {schaal}: de vrije instellingsnummers volstaan niet (hoogstens schaal 12)")
    low = rng.choice(np.arange(8_000, 10_000), with_zero, replace=False)
    high = rng.choice(np.arange(70_000, UNKNOWN_NUMMER_BASE), needed - with_zero, replace=False)
    return [with_check_digit(int(base)) for base in rng.permutation(np.concatenate([low, high]))]


def _draw_niveau(
    rng: np.random.Generator,
    niveau: str,
    nummers: list[str],
    totals: tuple[int, int],
    scholengroepen: dict[int, str],
    clb_nummers: list[str],
    laatste: int,
) -> list[Instelling]:
    aantal = len(nummers)
    personeel = spread(rng.lognormal(0, 0.45, aantal), totals[1], minimum=6)
    vestigingen = spread(rng.lognormal(0, 0.4, aantal) * personeel, totals[0], minimum=1)
    nood = rng.normal(0, 1, aantal)
    oki = np.clip(1.1 + 0.62 * nood + rng.normal(0, 0.4, aantal), 0.05, 3.6)
    groups = len(scholengroepen)
    group_of = rng.permutation(np.arange(aantal) % groups) + 1 if aantal >= groups else _evenly(aantal, groups)
    places = place_names()
    found = []
    for index, nummer in enumerate(nummers):
        group = int(group_of[index])
        place = places[(group * 7 + int(rng.integers(4))) % len(places)]
        has_clb = niveau in ("BaO", "BuBaO", "SO", "BuSO")
        community = f"Scholengemeenschap {scholengroepen[group]} {niveau}" if niveau in ("BaO", "SO") else ""
        found.append(
            Instelling(
                nummer=nummer,
                naam=school_name(rng, niveau, place),
                niveau=niveau,
                scholengroep=group,
                scholengemeenschap=community,
                gemeente=place,
                vestigingen=int(vestigingen[index]),
                leerlingen=int(personeel[index] * _PUPILS_PER_STAFF.get(niveau, 0) * rng.uniform(0.85, 1.15)),
                personeel=int(personeel[index]),
                vte_per_persoon=float(rng.uniform(0.74, 0.88)),
                nood=float(nood[index]),
                oki=float(oki[index]),
                clb=clb_nummers[(group - 1) * len(clb_nummers) // groups] if has_clb else "",
                eerste=0,
                laatste=laatste,
            )
        )
    return found


def _evenly(aantal: int, groups: int) -> np.ndarray:
    return np.arange(aantal) * groups // aantal + 1


def spread(weights: np.ndarray, total: int, minimum: int = 0) -> np.ndarray:
    """Divide `total` over `weights` in whole numbers (largest remainder), each at least `minimum`."""
    share = weights / weights.sum() * (total - minimum * len(weights))
    whole = np.floor(share).astype(int)
    largest = np.argsort(-(share - whole), kind="stable")[: total - minimum * len(weights) - whole.sum()]
    whole[largest] += 1
    return whole + minimum


def _spoil_check_digits(instellingen: list[Instelling]) -> list[Instelling]:
    taken = {instelling.nummer for instelling in instellingen}
    spoiled = []
    for index, instelling in enumerate(instellingen):
        if index < FAILING_CHECK_DIGITS:
            digit = next(
                d for d in "23456789" if d != instelling.nummer[-1] and instelling.nummer[:-1] + d not in taken
            )
            instelling = replace(instelling, nummer=instelling.nummer[:-1] + digit)
        spoiled.append(instelling)
    return spoiled


def _merge_and_close(
    rng: np.random.Generator,
    instellingen: list[Instelling],
    jaar: int,
    laatste: int,
    schaal: int,
    nummers: list[str],
) -> list[Instelling]:
    """After schooljaar `jaar`: per schaal two basisscholen join another, one is renumbered, one closes."""
    small = sorted(
        (i for i in instellingen if i.niveau == "BaO" and i.laatste == laatste and i.eerste == 0),
        key=lambda i: i.leerlingen,
    )[: 60 * schaal]
    leaving = [small[index] for index in rng.choice(len(small), 4 * schaal, replace=False)]
    gone = {i.nummer for i in leaving}
    changed: dict[str, Instelling] = {}
    added: list[Instelling] = []
    for index, old in enumerate(leaving):
        opvolger = ""
        if index % 4 < 2:
            opvolger = _neighbour(instellingen, old, gone, laatste).nummer
        elif index % 4 == 2:
            opvolger = nummers.pop()
            added.append(replace(old, nummer=opvolger, eerste=jaar + 1))
        changed[old.nummer] = replace(old, laatste=jaar, opvolger=opvolger)
    return [changed.get(i.nummer, i) for i in instellingen] + added


def _neighbour(instellingen: list[Instelling], old: Instelling, gone: set[str], laatste: int) -> Instelling:
    """Return the largest school that stays, of the same niveau and scholengroep."""
    stays = (
        i for i in instellingen
        if i.niveau == old.niveau and i.scholengroep == old.scholengroep and i.laatste == laatste
        and i.eerste == 0 and i.nummer not in gone
    )  # fmt: skip
    return max(stays, key=lambda i: (i.leerlingen, i.nummer))
