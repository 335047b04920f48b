from collections import Counter, defaultdict

import numpy as np
import pytest

from pipelines.demo import DemoManifest
from pipelines.demo.inspections import Doorlichting, build_doorlichtingen
from pipelines.demo.network import Network, build_network
from pipelines.demo.people import build_professionals, build_staff
from pipelines.demo.registrations import Registrations, build_registrations
from pipelines.demo.trajectories import Traject, build_trajectories
from tests.pipelines.demo.independent_readers import read


@pytest.fixture(scope="module")
def four_years() -> Network:
    return build_network(schaal=1, jaren=4, zaad=7)


@pytest.fixture(scope="module")
def doorlichtingen(four_years: Network) -> tuple[Doorlichting, ...]:
    return build_doorlichtingen(four_years)


@pytest.fixture(scope="module")
def trajecten(four_years: Network, doorlichtingen: tuple[Doorlichting, ...]) -> tuple[Traject, ...]:
    return build_trajectories(four_years, doorlichtingen, build_staff(four_years))


@pytest.fixture(scope="module")
def registrations(four_years: Network) -> tuple[Registrations, ...]:
    return build_registrations(four_years, build_professionals(four_years))


def number(text: str) -> float:
    return float(text.replace(".", "").replace(",", ".") if "," in text else text)


def test_outcomes_of_doorlichtingen_are_rare_as_in_reality_and_worse_with_need(
    doorlichtingen: tuple[Doorlichting, ...],
) -> None:
    first = [d for d in doorlichtingen if d.soort == "doorlichting"]
    shares = {advies: count / len(first) for advies, count in Counter(d.advies for d in first).items()}
    assert 0.2 < shares["1B"] < 0.32
    assert 0.02 < shares["2A"] < 0.055
    assert 0 < shares["2B"] < 0.012
    need = {advies: np.mean([d.instelling.nood for d in first if d.advies == advies]) for advies in shares}
    assert need["1A"] < need["1B"] < need["2A"]
    assert sum("negatief" in (d.gok, d.llb) for d in first) > 10


def test_favourable_follow_ups_close_earlier_advice(doorlichtingen: tuple[Doorlichting, ...]) -> None:
    followed = [d for d in doorlichtingen if d.soort == "opvolgingsdoorlichting"]
    assert len(followed) > 40
    assert sum(d.advies == "1A" for d in followed) > 0.8 * len(followed)


def test_2a_gets_the_dagdelen_of_the_plan_over_three_schooljaren_by_two_begeleiders_or_more(
    four_years: Network, trajecten: tuple[Traject, ...]
) -> None:
    by_school: dict[str, list[Traject]] = defaultdict(list)
    for t in trajecten:
        if t.soort == "opvolging 2A" and t.instelling:
            by_school[t.instelling.nummer].append(t)
    runs = {tuple(t.dagdelen for t in run) for run in by_school.values()}
    assert (64, 48, 32) in runs
    finished = [t for run in by_school.values() for t in run if t.status == "afgerond"]
    assert len(finished) > 10
    assert all(len(t.begeleiders) >= 2 for t in finished)


def test_verandertrajecten_go_to_schools_with_greater_needs(
    four_years: Network, trajecten: tuple[Traject, ...]
) -> None:
    chosen = [t.instelling.nood for t in trajecten if t.soort == "vt" and t.instelling]
    assert np.mean(chosen) > np.mean([i.nood for i in four_years.instellingen]) + 0.3
    assert {t.dagdelen for t in trajecten if t.soort == "vt"} == {12}
    assert {t.label for t in trajecten} > {"boekbox", "didactische cahiers", "wiskunde-Nederlands"}


def test_short_trajectories_have_at_least_sixteen_dagdelen(trajecten: tuple[Traject, ...]) -> None:
    assert {t.dagdelen for t in trajecten if t.soort == "opvolging 2B"} <= {16}
    assert min(t.dagdelen for t in trajecten if t.soort in ("opvolging GOK", "opvolging LLB")) >= 16


def test_interventies_fall_in_their_traject_and_before_the_peildatum(
    four_years: Network, trajecten: tuple[Traject, ...]
) -> None:
    today = four_years.schooljaren[-1].known_until
    visits = [(t, visit) for t in trajecten for visit in t.interventies]
    assert all(t.start <= visit.dag <= min(t.einde, today) for t, visit in visits)


def test_registrations_have_the_size_of_a_real_schooljaar(
    four_years: Network, registrations: tuple[Registrations, ...]
) -> None:
    for jaar, year in enumerate(registrations[:-1]):
        assert 18_000 < len(year.persoon) < 22_000
        assert 850 < len(year.activiteiten) < 950
        assert 7_500 < len(np.unique(year.persoon[year.persoon >= 0])) < 10_000
        reached = {int(i) for i in year.instelling[year.reached()]}
        missed = [i for i in four_years.present(jaar) if four_years.index_of[i.nummer] not in reached]
        assert 0.08 < len(missed) / len(four_years.present(jaar)) < 0.2


def test_nobody_registers_twice_for_an_activiteit(registrations: tuple[Registrations, ...]) -> None:
    for year in registrations:
        own = year.persoon >= 0
        pairs = np.stack([year.activiteit[own], year.persoon[own]], axis=1)
        assert len(np.unique(pairs, axis=0)) == len(pairs)


def test_attendance_differs_by_niveau_and_is_missing_for_some_activiteiten(
    four_years: Network, registrations: tuple[Registrations, ...]
) -> None:
    year = registrations[0]
    niveau = np.array([*(i.niveau for i in four_years.instellingen), "extern"])[year.instelling]
    known = np.isin(year.aanwezig, ["ja", "deels", "nee"])
    share = {name: np.mean(year.aanwezig[known & (niveau == name)] == "ja") for name in ("BaO", "SO", "CLB")}
    assert share["CLB"] > share["BaO"] > share["SO"] + 0.05
    assert any(not a.has_attendance for a in year.activiteiten)
    assert (niveau == "extern").mean() == pytest.approx(0.03, abs=0.01)


def test_all_clb_are_reached_each_schooljaar(four_years: Network, registrations: tuple[Registrations, ...]) -> None:
    for year in registrations:
        found = {four_years.instellingen[i].nummer for i in year.instelling[year.reached()] if i >= 0}
        assert sum(i.nummer in found for i in four_years.instellingen if i.niveau == "CLB") == 19


def test_results_and_attendance_of_pupils_get_worse_with_need(demo: DemoManifest, network: Network) -> None:
    def against_need(table: str, top: str, bottom: str | None = None) -> float:
        pairs = []
        for file in demo.of_table(table):
            found = read(file)
            planted = {p.row for p in file.quarantined}
            lower = found.column(bottom) if bottom else ["1"] * len(found.rows)
            columns = zip(found.numbers, found.column("instellingsnummer"), found.column(top), lower, strict=True)
            for row, nummer, above, below in columns:
                school = network.instellingen[network.index_of[nummer.zfill(6)]] if row not in planted else None
                if school and school.niveau == "BaO" and above[:1].isdigit() and below[:1].isdigit():
                    pairs.append((school.nood, number(above) / number(below)))
        nood, value = np.array(pairs).T
        assert len(pairs) > 100
        return float(np.corrcoef(nood, value)[0, 1])

    assert against_need("vlaamse_toetsen", "vaardigheidsscore") < -0.4
    assert against_need("leerresultaten", "resultaat") < -0.2
    assert against_need("doorstroom", "schoolse vertraging", "noemer") > 0.3
    assert against_need("leerrecht", "problematisch 5", "noemer") > 0.2


def test_score_scale_of_the_vlaamse_toetsen_and_levels_that_add_up(demo: DemoManifest) -> None:
    file = demo.of_table("vlaamse_toetsen")[0]
    found = read(file)
    planted = {p.row for p in file.quarantined}
    good = [index for index, row in enumerate(found.numbers) if row not in planted]
    delivered = found.column("vaardigheidsscore")
    scores = [number(delivered[index]) for index in good]
    assert 470 < np.mean(scores) < 520
    cells = [found.column(f"niveau {letter}") for letter in "ABCDE"]
    levels = np.array([[number(column[index]) for index in good] for column in cells])
    assert np.abs(levels.sum(axis=0) - 100).max() < 1
    assert "6LO" in found.column("leerjaar")
    assert "6SO" not in found.column("leerjaar")
