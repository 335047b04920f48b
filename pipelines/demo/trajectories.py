"""The trajecten that follow from doorlichtingen and needs, and the interventies in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipelines.demo.inspections import Doorlichting
from pipelines.demo.network import Instelling, Network
from pipelines.demo.people import Medewerker
from pipelines.demo.school_years import PEILDATUM, Schooljaar, start_year

_DAGDELEN_2A = (64, 48, 32)
_DAGDELEN_SHORT = 16
_VT_DAGDELEN = 12
_VT_PER_YEAR = 130
_PROJECT_PER_YEAR = 20
_LABELS = {
    ("BaO", 0): "didactische cahiers",
    ("BaO", 2): "didactische cahiers",
    ("SO", 0): "wiskunde-Nederlands",
    ("SO", 2): "boekbox",
}
"""By onderwijsniveau and order of drawing: cahiers are for BaO, the other two for SO (PBD 5.6.6.4)."""
_FOCUS = (
    "taalbeleid",
    "wiskundedidactiek",
    "kwaliteitsontwikkeling",
    "zorgbeleid",
    "leerlingenbegeleiding",
    "datagebruik",
)
_PRIORITIES = (
    "inclusieve leeromgeving",
    "effectieve didactiek",
    "datageletterdheid",
    "effectieve didactiek|datageletterdheid",
)
_POOLSTER = (
    "Gepersonaliseerd samen leren en flexibel organiseren", "Digitaal beleid tot op de klasvloer",
    "Poolsterbeleid",
)  # fmt: skip


@dataclass(frozen=True)
class Interventie:
    """One visit of begeleiders; `dag` is an ordinal."""

    id: str
    dag: int
    dagdelen: float
    begeleiders: tuple[str, ...]
    deelnemers: int
    bereikt: str
    verslag: str


@dataclass(frozen=True)
class Traject:
    """One traject in one schooljaar (a 2A has three); without `instelling` it is scholengroep-wide."""

    id: str
    jaar: int
    soort: str
    instelling: Instelling | None
    scholengroep: int
    start: int
    einde: int
    dagdelen: int
    status: str
    focus: str
    prioriteiten: str
    poolster: str
    label: str
    interventies: tuple[Interventie, ...]

    @property
    def begeleiders(self) -> tuple[str, ...]:
        """Codes of everyone who did an interventie."""
        return tuple(sorted({code for visit in self.interventies for code in visit.begeleiders}))


@dataclass(frozen=True)
class _Plan:
    """A traject before its visits are drawn."""

    soort: str
    instelling: Instelling | None
    scholengroep: int
    start: int
    einde: int
    dagdelen: int
    begeleiders: int
    label: str = ""
    poolster: str = ""


def build_trajectories(
    network: Network, doorlichtingen: tuple[Doorlichting, ...], staff: tuple[Medewerker, ...]
) -> tuple[Traject, ...]:
    """Draw the trajecten of all schooljaren of the demo."""
    found: list[Traject] = []
    for jaar, schooljaar in enumerate(network.schooljaren):
        rng = network.stream(f"trajectories {schooljaar.label}")
        plans = _compulsory(network, doorlichtingen, jaar)
        busy = {plan.instelling.nummer for plan in plans if plan.instelling}
        plans += _chosen(rng, network, jaar, busy)
        plans += _networks(rng, network, schooljaar)
        crew = _Crew(rng, staff, schooljaar)
        found += [_draw_traject(rng, network, crew, jaar, number, plan) for number, plan in enumerate(plans, start=1)]
    return tuple(found)


def _compulsory(network: Network, doorlichtingen: tuple[Doorlichting, ...], jaar: int) -> list[_Plan]:
    """Return the follow-up that earlier doorlichtingen ask for in this schooljaar (PBD 4.4).

    A 2A and a negative ruling are supported in every schooljaar until a later report settles them.
    """
    schooljaar = network.schooljaren[jaar]
    settled = _settled_on(doorlichtingen)
    plans: list[_Plan] = []
    for d in doorlichtingen:
        now = network.at(d.instelling, jaar)
        first_day = d.verslag + 14
        began = first_day if first_day >= schooljaar.first_day else schooljaar.first_day
        year_of = schooljaar.start - start_year(first_day)
        if now is None or year_of < 0 or began > schooljaar.known_until or began > settled.get(d.id, began):
            continue
        ends = schooljaar.day(6, 25) if began < schooljaar.day(6, 10) else schooljaar.last_day
        if d.advies == "2A":
            dagdelen = _DAGDELEN_2A[year_of] if year_of < len(_DAGDELEN_2A) else _DAGDELEN_SHORT
            plans.append(_Plan("opvolging 2A", now, now.scholengroep, began, ends, dagdelen, 3))
        elif d.advies == "2B":
            if year_of == 0:
                ends = min(began + 46, ends)
                plans.append(_Plan("opvolging 2B", now, now.scholengroep, began, ends, _DAGDELEN_SHORT, 2))
        elif "negatief" in (d.gok, d.llb):
            soort = "opvolging GOK" if d.gok == "negatief" else "opvolging LLB"
            dagdelen = _DAGDELEN_SHORT + 4 * (d.gok == d.llb)
            plans.append(_Plan(soort, now, now.scholengroep, began, ends, dagdelen, 2))
        elif year_of == 0 and d.advies == "1B" and int(d.id[2:]) % 5 == 0:
            plans.append(_Plan("opvolging 1B", now, now.scholengroep, began, ends, 6, 1))
    return plans


def _settled_on(doorlichtingen: tuple[Doorlichting, ...]) -> dict[str, int]:
    """Return per doorlichting the day of the next report on the same instelling; without one it is not there."""
    settled: dict[str, int] = {}
    last: dict[str, str] = {}
    for d in sorted(doorlichtingen, key=lambda d: d.verslag):
        nummer = d.instelling.nummer
        if nummer in last:
            settled[last[nummer]] = d.verslag
        last[nummer] = d.id
    return settled


def _chosen(rng: np.random.Generator, network: Network, jaar: int, busy: set[str]) -> list[_Plan]:
    """Draw verandertrajecten and projects: schools with greater needs more often."""
    schooljaar = network.schooljaren[jaar]
    free = [i for i in network.present(jaar, "BaO", "BuBaO", "SO", "BuSO", "DKO", "VWO", "CLB") if i.nummer not in busy]
    weights = np.exp(0.6 * np.array([i.nood for i in free]))
    aantal = min(len(free), (_VT_PER_YEAR + _PROJECT_PER_YEAR) * network.schaal)
    picked = rng.choice(len(free), aantal, replace=False, p=weights / weights.sum())
    plans: list[_Plan] = []
    for order, index in enumerate(picked.tolist()):
        school = free[index]
        start = int(rng.integers(schooljaar.day(9, 10), schooljaar.day(2, 15)))
        soort = "vt" if order < _VT_PER_YEAR * network.schaal else "project"
        label = _LABELS.get((school.niveau, order % 4), "")
        poolster = _POOLSTER[order % 3] if order % 5 == 0 else ""
        if start <= schooljaar.known_until:
            plans.append(
                _Plan(
                    soort,
                    school,
                    school.scholengroep,
                    start,
                    schooljaar.day(6, 25),
                    _VT_DAGDELEN,
                    2,
                    label,
                    poolster,
                )
            )
    return plans


def _networks(rng: np.random.Generator, network: Network, schooljaar: Schooljaar) -> list[_Plan]:
    """Draw two professionele leergemeenschappen per scholengroep, for no single instelling."""
    return [
        _Plan(
            "plg",
            None,
            scholengroep,
            int(rng.integers(schooljaar.day(9, 15), schooljaar.day(11, 10))),
            schooljaar.day(6, 20),
            int(rng.integers(6, 11)),
            1,
        )
        for scholengroep in network.scholengroepen
        for _ in range(2)
    ]


class _Crew:
    """Who can be sent in a schooljaar: begeleiders in service, by onderwijsniveau and VTE."""

    def __init__(self, rng: np.random.Generator, staff: tuple[Medewerker, ...], schooljaar: Schooljaar) -> None:
        self.rng = rng
        served = {
            p.code: p.served_days(schooljaar) for p in staff if p.is_begeleider() and p.functie != "hoofdadviseur"
        }
        self.people = [p for p in staff if p.code in served and served[p.code][1] - served[p.code][0] > 60]

    def pick(self, instelling: Instelling | None, aantal: int) -> tuple[Medewerker, ...]:
        """Draw different begeleiders for an instelling; a CLB is served by POC+, the rest by PBD."""
        is_clb = instelling is not None and instelling.niveau == "CLB"
        able = [p for p in self.people if (p.dienst == "POC") == is_clb]
        near = {"BuBaO": "BaO", "BuSO": "SO"}
        wanted = instelling.niveau if instelling else ""
        fit = np.array([p.vte * (6.0 if p.niveau in (wanted, near.get(wanted, wanted)) else 1.0) for p in able])
        picked = self.rng.choice(len(able), aantal, replace=False, p=fit / fit.sum())
        return tuple(able[index] for index in picked.tolist())


_REACHED = np.array(["directeur", "beleidsteam", "werkgroep", "voltallig team"])


def _draw_traject(
    rng: np.random.Generator, network: Network, crew: _Crew, jaar: int, number: int, plan: _Plan
) -> Traject:
    schooljaar = network.schooljaren[jaar]
    traject_id = f"T{schooljaar.code}-{number:04d}"
    cancelled = plan.soort in ("vt", "project", "plg") and rng.random() < 0.04
    known_end = min(plan.einde, PEILDATUM.toordinal())
    people = crew.pick(plan.instelling, plan.begeleiders)
    visits: list[Interventie] = []
    if not cancelled and known_end > plan.start + 5:
        elapsed = (known_end - plan.start) / max(plan.einde - plan.start, 1)
        visits = _draw_visits(
            rng, traject_id, plan, people, known_end, plan.dagdelen * elapsed * rng.uniform(0.7, 1.05)
        )
    ended = plan.einde <= PEILDATUM.toordinal()
    status = "geannuleerd" if cancelled else "afgerond" if ended else "lopend" if visits else "gepland"
    return Traject(
        id=traject_id,
        jaar=jaar,
        soort=plan.soort,
        instelling=plan.instelling,
        scholengroep=plan.scholengroep,
        start=plan.start,
        einde=plan.einde,
        dagdelen=plan.dagdelen,
        status=status,
        focus=_FOCUS[int(rng.integers(len(_FOCUS)))],
        prioriteiten=_PRIORITIES[int(rng.integers(len(_PRIORITIES)))],
        poolster=plan.poolster,
        label=plan.label,
        interventies=tuple(visits),
    )


def _draw_visits(
    rng: np.random.Generator,
    traject_id: str,
    plan: _Plan,
    people: tuple[Medewerker, ...],
    known_end: int,
    spend: float,
) -> list[Interventie]:
    """Spread about `spend` dagdelen over working days; two begeleiders at once count once."""
    visits: list[Interventie] = []
    aantal = max(1, round(spend / 1.6))
    days = np.sort(rng.integers(plan.start, known_end + 1, aantal)).tolist()
    at_least_two = len(people) > 1
    for order, day in enumerate(days):
        team = people if order == 0 and at_least_two else (people[order % len(people)],)
        visits.append(
            Interventie(
                id=f"{traject_id.replace('T', 'V', 1)}-{order + 1:02d}",
                dag=max(plan.start, day - max(0, (day - 1) % 7 - 4)),
                dagdelen=float(rng.choice([1.0, 2.0, 0.5], p=[0.45, 0.5, 0.05])),
                begeleiders=tuple(p.code for p in team),
                deelnemers=int(rng.integers(2, 28)),
                bereikt=str(rng.choice(_REACHED, p=[0.2, 0.3, 0.35, 0.15])),
                verslag="ja" if rng.random() < 0.9 else "nee",
            )
        )
    return visits
