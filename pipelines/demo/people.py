"""The invented people: professionals of the instellingen, and the staff of PBD and POC+."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.names import person_names
from pipelines.demo.network import AANTAL_SCHOLENGROEPEN, Network
from pipelines.demo.school_years import PEILDATUM, Schooljaar

AMBTEN: dict[str, dict[str, float]] = {
    "BaO": {
        "leraar": 0.80, "zorgcoördinator": 0.06, "beleidsmedewerker": 0.06, "directeur": 0.04,
        "ICT-coördinator": 0.04,
    },
    "BuBaO": {"leraar": 0.70, "paramedicus": 0.18, "beleidsmedewerker": 0.08, "directeur": 0.04},
    "SO": {
        "leraar": 0.80, "vakgroepvoorzitter": 0.07, "coördinator leerlingenbegeleiding": 0.03,
        "leerlingenbegeleider": 0.04, "beleidsmedewerker": 0.04, "directeur": 0.02,
    },
    "BuSO": {"leraar": 0.74, "paramedicus": 0.14, "beleidsmedewerker": 0.08, "directeur": 0.04},
    "DKO": {"leraar": 0.88, "beleidsmedewerker": 0.07, "directeur": 0.05},
    "VWO": {"leraar": 0.86, "beleidsmedewerker": 0.10, "directeur": 0.04},
    "LSC": {"leerondersteuner": 0.92, "beleidsmedewerker": 0.05, "directeur": 0.03},
    "CLB": {
        "psycho-pedagogisch consulent": 0.42, "maatschappelijk werker": 0.30, "paramedisch werker": 0.17,
        "arts": 0.05, "beleidsmedewerker": 0.04, "directeur": 0.02,
    },
    "INT": {"opvoeder": 0.9, "beheerder": 0.1},
}  # fmt: skip


@dataclass(frozen=True)
class Professionals:
    """Everyone who works in an instelling, as columns; `instelling` indexes `Network.instellingen`."""

    instelling: np.ndarray
    niveau: np.ndarray
    ambt: np.ndarray
    dienstjaren: np.ndarray
    ijver: np.ndarray
    """How readily someone registers, mean 1."""
    namen: list[str]
    emails: list[str]

    def __len__(self) -> int:
        """Return how many people there are."""
        return len(self.namen)


def build_professionals(network: Network) -> Professionals:
    """Draw the staff of the oldest schooljaar; they move along when their instelling merges."""
    rng = network.stream("professionals")
    old = [(index, i) for index, i in enumerate(network.instellingen) if i.eerste == 0]
    instelling = np.repeat([index for index, _ in old], [i.personeel for _, i in old])
    niveau = np.array([i.niveau for i in network.instellingen])[instelling]
    ambt = np.empty(len(instelling), dtype=object)
    for name, shares in AMBTEN.items():
        mine = niveau == name
        ambt[mine] = rng.choice(np.array(list(shares), dtype=object), mine.sum(), p=list(shares.values()))
    first_of_school = np.concatenate([[True], instelling[1:] != instelling[:-1]])
    ambt[first_of_school & (niveau != "INT")] = "directeur"
    namen, locals_ = person_names(rng, len(instelling))
    domains = [
        f"{network.scholengroepen[i.scholengroep].lower().replace(' ', '')}.example" for i in network.instellingen
    ]
    emails = [f"{local}@{domains[i]}" for local, i in zip(locals_, instelling.tolist(), strict=True)]
    dienstjaren = np.minimum(rng.exponential(11, len(instelling)), 42).astype(int)
    ijver = rng.lognormal(-0.18, 0.6, len(instelling))
    return Professionals(instelling, niveau, ambt, dienstjaren, ijver, namen, emails)


@dataclass(frozen=True)
class Medewerker:
    """One member of staff of PBD or POC+; days are ordinals, `uit_dienst` 0 while in service."""

    code: str
    email: str
    functie: str
    team: str
    dienst: str
    statuut: str
    vte: float
    in_dienst: int
    uit_dienst: int
    geboortejaar: int
    specialisme: str
    niveau: str
    hoofdadviseur: str
    spoc_van: tuple[int, ...] = ()

    def is_begeleider(self) -> bool:
        """Whether this person has a begeleider's code and supports instellingen."""
        return self.code != ""

    def served_days(self, schooljaar: Schooljaar) -> tuple[int, int]:
        """Return the first and last known day in service in a schooljaar (last before first: none)."""
        last = min(schooljaar.known_until, self.uit_dienst or schooljaar.known_until)
        return max(schooljaar.first_day, self.in_dienst), last


_PBD_TEAMS = (
    ("team basisonderwijs taal", "curriculum", "BaO", 13),
    ("team basisonderwijs wiskunde", "curriculum", "BaO", 10),
    ("team secundair talen", "curriculum", "SO", 9),
    ("team secundair STEM", "curriculum", "SO", 10),
    ("team secundair arbeidsmarkt", "curriculum", "SO", 7),
    ("team buitengewoon onderwijs", "curriculum", "BuBaO", 6),
    ("team deeltijds kunstonderwijs", "curriculum", "DKO", 2),
    ("team volwassenenonderwijs", "curriculum", "VWO", 3),
    ("team beleid basisonderwijs", "beleid", "BaO", 10),
    ("team beleid secundair", "beleid", "SO", 11),
)
"""Name, specialisme, onderwijsniveau and size at schaal 1: 81 begeleiders beside the four hoofdadviseurs."""

_STATUTEN = (
    "formatie art. 16",
    "detachering art. 19/2",
    "detachering art. 17",
    "CODO",
    "contractueel",
    "GECO",
)
_STATUUT_SHARES = (0.62, 0.19, 0.13, 0.03, 0.02, 0.01)
_POC_VTE = (*[1.0] * 15, *[0.8] * 4, *[0.5] * 3, 0.47, 0.3)
"""Adds up to the 20,47 VTE of POC 1.3."""

_HOOFDADVISEURS = 4
_LEAVERS = 6


def build_staff(network: Network) -> tuple[Medewerker, ...]:
    """Draw hoofdadviseurs and begeleiders (85 per schaal), leavers, the POC+ team and supporting posts."""
    rng = network.stream("staff")
    roles: list[tuple[str, str, str, str, str, float, int]] = []
    for round_ in range(network.schaal):
        suffix = "" if round_ == 0 else f" {round_ + 1}"
        roles += [("hoofdadviseur", "hoofdadviseurs" + suffix, "PBD", "beleid", "", 1.0, round_)] * _HOOFDADVISEURS
        for team, specialisme, niveau, size in _PBD_TEAMS:
            for _ in range(size):
                vte = float(rng.choice([1.0, 0.9, 0.8, 0.5], p=[0.47, 0.1, 0.21, 0.22]))
                roles.append(("begeleider", team + suffix, "PBD", specialisme, niveau, vte, round_))
    leavers_from = len(roles)
    for round_ in range(network.schaal):
        for index in range(_LEAVERS):
            team, specialisme, niveau, _ = _PBD_TEAMS[index]
            roles.append(("begeleider", team, "PBD", specialisme, niveau, 0.8, round_))
    leavers_until = len(roles)
    for round_ in range(network.schaal):
        for index, vte in enumerate(_POC_VTE):
            policy = index % 3 == 0
            functie = "beleidsmedewerker" if policy else "professionaliseringsmedewerker"
            team = "POC+ beleid" if policy else "POC+ professionalisering"
            roles.append((functie, team, "POC", "beleid" if policy else "", "CLB", vte, round_))
    coded = len(roles)
    roles.append(("adviseur-coördinator", "directie", "PBD", "", "", 1.0, 0))
    roles += [("administratief medewerker", "secretariaat", "PBD", "", "", 0.8, 0)] * 4
    roles += [("datamedewerker", "data en communicatie", "PBD", "", "", 1.0, 0)] * 3
    _, locals_ = person_names(rng, len(roles))
    spoc_of = _divide_spocs(rng, roles, leavers_from, network.schaal)
    staff = []
    for index, (functie, team, dienst, specialisme, niveau, vte, round_) in enumerate(roles):
        is_leaver = leavers_from <= index < leavers_until
        staff.append(
            Medewerker(
                code=f"B{index + 1:03d}" if index < coded else "",
                email=f"{locals_[index]}@{'poc' if dienst == 'POC' else 'pbd'}.example",
                functie=functie,
                team=team,
                dienst=dienst,
                statuut=_statuut(rng, dienst, functie),
                vte=vte,
                in_dienst=_start_day(rng, is_leaver),
                uit_dienst=_leave_day(rng, network) if is_leaver else 0,
                geboortejaar=int(rng.integers(1961, 1997)),
                specialisme=specialisme,
                niveau=niveau,
                hoofdadviseur=_hoofdadviseur_code(roles, index, round_) if functie == "begeleider" else "",
                spoc_van=tuple(spoc_of.get(index, ())),
            )
        )
    return tuple(staff)


def _hoofdadviseur_code(roles: list[tuple[str, str, str, str, str, float, int]], index: int, round_: int) -> str:
    leaders = [i for i, role in enumerate(roles) if role[0] == "hoofdadviseur" and role[6] == round_]
    return f"B{leaders[index % len(leaders)] + 1:03d}"


def _divide_spocs(
    rng: np.random.Generator, roles: list[tuple[str, str, str, str, str, float, int]], until: int, schaal: int
) -> dict[int, list[int]]:
    """Give each scholengroep one SPOC: a beleid begeleider, who may serve two scholengroepen."""
    eligible = [i for i, role in enumerate(roles[:until]) if role[0] == "begeleider" and role[3] == "beleid"]
    order = rng.permutation(eligible).tolist()
    spocs: dict[int, list[int]] = {}
    for scholengroep in range(1, AANTAL_SCHOLENGROEPEN * schaal + 1):
        spocs.setdefault(order[(scholengroep - 1) % len(order)], []).append(scholengroep)
    return spocs


def _statuut(rng: np.random.Generator, dienst: str, functie: str) -> str:
    if functie in ("administratief medewerker", "datamedewerker"):
        return str(rng.choice(["contractueel", "GECO"]))
    if dienst == "POC":
        return str(rng.choice(["detachering art. 17", "CODO", "contractueel"], p=[0.45, 0.3, 0.25]))
    return str(rng.choice(_STATUTEN, p=_STATUUT_SHARES))


def _start_day(rng: np.random.Generator, is_leaver: bool) -> int:
    """Everyone entered service on 1 September, in the last schooljaar but one at the latest."""
    years_ago = int(rng.integers(5, 15)) if is_leaver else int(rng.integers(1, 18))
    return Schooljaar(PEILDATUM.year - years_ago).first_day


def _leave_day(rng: np.random.Generator, network: Network) -> int:
    last_but_one = network.schooljaren[max(0, len(network.schooljaren) - 2)]
    return (
        last_but_one.last_day if last_but_one.is_running is False else PEILDATUM.toordinal() - int(rng.integers(20, 40))
    )


def spoc_by_scholengroep(staff: tuple[Medewerker, ...]) -> dict[int, Medewerker]:
    """Return the SPOC of each scholengroep."""
    return {scholengroep: person for person in staff for scholengroep in person.spoc_van}
