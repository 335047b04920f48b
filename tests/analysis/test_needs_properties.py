"""What must hold for any network: found by search, not by example."""

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.comparable import nearest_institutions
from analysis.needs import estimate_indicators, score_criteria
from analysis.needs_scenario import Scenario, rank_scenario
from analysis.needs_settings import CRITERIA
from tests.analysis.needs_frames import (
    INDICATOR_OF,
    SETTINGS,
    YEAR,
    buren,
    criteria,
    estimated,
    indicatoren,
    instellingen,
    metingen,
    ranking_of,
    settings_with,
)

FEW_DRAWS = settings_with(trekkingen=60)
ADVICES = [None, "1A", "1B", "2A", "2B"]
need = st.integers(0, 20).map(lambda step: step / 20)
institution = st.fixed_dictionaries(
    {
        "onderwijsniveau": st.sampled_from(["BaO", "SO", "DKO"]),
        "heeft_doorlichting": st.booleans(),
        "advies": st.sampled_from(ADVICES),
        "is_gok_negatief": st.sampled_from([False, False, False, True]),
        "aantal_inschalingen": st.sampled_from([0, 10]),
        "aantal_beneden": st.integers(0, 5),
        "scores": st.dictionaries(st.sampled_from(list(INDICATOR_OF)), need),
    }
)
networks = st.lists(institution, min_size=1, max_size=9)
variances = st.sampled_from([0.0, 0.01, 0.09])
scenarios = st.builds(
    Scenario,
    volgorde=st.permutations(CRITERIA).map(tuple),
    gewichten=st.sampled_from(["rangorde", "rangsom", "gelijk", "lexicografisch"]),
    kijk=st.sampled_from(["absoluut", "onverwacht"]),
    trap_eerst=st.booleans(),
) | st.builds(
    Scenario,
    volgorde=st.permutations(CRITERIA).map(tuple),
    gewichten=st.just("eigen"),
    eigen=st.sampled_from([(0.4, 0.3, 0.2, 0.1), (0.0, 0.0, 1.0, 0.0), (0.5, 0.5, 0.0, 0.0)]),
    kijk=st.sampled_from(["absoluut", "onverwacht"]),
)
# What is said of an instelling itself; its place, and how sure that is, are places among all.
OF_ONE_INSTELLING = [
    "instellingsnummer",
    "trap",
    "score",
    "reden",
    "volledigheid",
    *(f"score_{name}" for name in CRITERIA),
    *(f"bijdrage_{name}" for name in CRITERIA),
]


def frames(network, variance=0.0):
    """Rows and estimates of a drawn network; the place in the list is the instellingsnummer."""
    rows = [
        {**{name: value for name, value in row.items() if name != "scores"}, "instellingsnummer": f"{i:06d}"}
        for i, row in enumerate(network)
    ]
    scores = {f"{i:06d}": row["scores"] for i, row in enumerate(network)}
    return instellingen(*rows), indicatoren(scores, variance)


def ranked(network, variance=0.0, method=FEW_DRAWS):
    return ranking_of(*frames(network, variance), method).sort("instellingsnummer")


def changed(network, position, **changes):
    return [{**row, **changes} if i == position else row for i, row in enumerate(network)]


def places_within_trap(ranking):
    return ranking.select(pl.col("rang").rank("ordinal").over("trap")).to_series().to_list()


@settings(max_examples=80)
@given(networks, variances)
def test_the_figures_are_whole_and_within_their_bounds(network, variance):
    ranking = ranked(network, variance)
    size = len(network)
    floats = ranking.select(pl.selectors.float())
    assert not any(floats[name].is_nan().any() for name in floats.columns)
    assert sorted(ranking["rang"]) == sorted(ranking["rang_score"]) == list(range(1, size + 1))
    for name in ("score", "volledigheid", "kans_top", "rankability"):
        assert ranking[name].drop_nulls().is_between(0, 1).all()
    ordered = ranking["rang_p05"] <= ranking["rang_gemiddeld"].ceil()
    assert (ordered & (ranking["rang_p05"] <= ranking["rang_p95"])).all()
    assert ranking["rang_p05"].min() >= 1
    assert ranking["rang_p95"].max() <= size
    # Every draw has as many places in the top as there are, and every place once.
    assert ranking["kans_top"].sum() == pytest.approx(min(2, size))
    assert ranking["rang_gemiddeld"].mean() == pytest.approx((size + 1) / 2)
    assert ranking["score"].null_count() == 0
    # A class, or the reason why there is none: nothing is known.
    has_class = ranking["klasse"].is_not_null()
    assert (ranking["reden"].is_null() == has_class).all()
    assert (ranking["volledigheid"].filter(~has_class) == 0).all()


@settings(max_examples=80)
@given(networks, variances)
def test_no_regular_institution_stands_before_an_obliged_one(network, variance):
    ranking = ranked(network, variance)
    order = {"verplicht": 0, "verhoogd": 1, "regulier": 2}
    by_rank = [order[trap] for trap in ranking.sort("rang")["trap"]]
    assert by_rank == sorted(by_rank)
    first_regular = by_rank.index(2) + 1 if 2 in by_rank else len(network) + 1
    regular = ranking.filter(pl.col("trap") == "regulier")
    assert (regular["rang_p05"] >= first_regular).all()


@settings(max_examples=80)
@given(networks, st.data())
def test_worse_on_a_measured_criterion_never_lowers_the_rank(network, data):
    position = data.draw(st.integers(0, len(network) - 1))
    assume(network[position]["scores"])
    criterion = data.draw(st.sampled_from(sorted(network[position]["scores"])))
    before_score = network[position]["scores"][criterion]
    worse = data.draw(need.filter(lambda value: value >= before_score))
    after = changed(network, position, scores={**network[position]["scores"], criterion: worse})
    ranking_before, ranking_after = ranked(network), ranked(after)
    assert ranking_after["rang_score"][position] <= ranking_before["rang_score"][position]
    assert ranking_after["rang"][position] <= ranking_before["rang"][position]


@settings(max_examples=60)
@given(
    networks,
    st.sampled_from(["rangorde", "rangsom", "gelijk", "lexicografisch", "eigen"]),
    st.sampled_from(["absoluut", "onverwacht"]),
    st.booleans(),
    st.permutations(CRITERIA),
    st.data(),
)
def test_in_no_scenario_does_a_worse_criterion_lower_the_rank(network, scheme, view, trap_first, order, data):
    known = {f"{i:06d}": row["scores"] for i, row in enumerate(network)}
    number = data.draw(st.sampled_from(sorted(known)))
    assume(known[number])
    criterion = data.draw(st.sampled_from(sorted(known[number])))
    worse = data.draw(need.filter(lambda value: value >= known[number][criterion]))
    choices = Scenario(
        volgorde=tuple(order),
        gewichten=scheme,
        eigen=(0.4, 0.3, 0.2, 0.1) if scheme == "eigen" else (),
        kijk=view,
        trap_eerst=trap_first,
    )
    after = {**known, number: {**known[number], criterion: worse}}
    frames_of = [criteria(scores, variance=0.01) for scores in (known, after)]
    if view == "onverwacht":
        frames_of.reverse()  # the other view of the test rows is the same need turned round
    ranks = [
        rank_scenario(frame, buren(), choices, FEW_DRAWS).filter(pl.col("instellingsnummer") == number)["rang"][0]
        for frame in frames_of
    ]
    assert ranks[1] <= ranks[0]


@settings(max_examples=80)
@given(networks, st.data())
def test_a_worse_inspection_never_lowers_the_rank(network, data):
    position = data.draw(st.integers(0, len(network) - 1))
    row = network[position]
    assume(row["advies"] is not None)
    worse = data.draw(st.sampled_from(ADVICES[ADVICES.index(row["advies"]) :]))
    ranking_before, ranking_after = ranked(network), ranked(changed(network, position, advies=worse))
    assert ranking_after["rang_score"][position] <= ranking_before["rang_score"][position]
    assert ranking_after["rang"][position] <= ranking_before["rang"][position]
    if ranking_before["trap"].to_list() == ranking_after["trap"].to_list():
        assert places_within_trap(ranking_after)[position] <= places_within_trap(ranking_before)[position]


def of_niveau(network, niveau):
    return [{**row, "onderwijsniveau": niveau} for row in network]


@settings(max_examples=100)
@given(networks, networks)
def test_another_onderwijsniveau_changes_nobodys_score(network, others):
    # Whatever either of them has or lacks: also where nobody had a criterion, or anything, before.
    own = of_niveau(network, "BaO")
    expected = ranked(own).select(OF_ONE_INSTELLING)
    together = ranked(own + of_niveau(others, "SO")).select(OF_ONE_INSTELLING)
    assert together.head(len(own)).equals(expected)


@settings(max_examples=60)
@given(networks, networks, scenarios)
def test_in_no_scenario_does_another_onderwijsniveau_change_a_score(network, others, choices):
    numbered = [{f"{i:06d}": row["scores"] for i, row in enumerate(network)}]
    numbered.append({f"{i:06d}": row["scores"] for i, row in enumerate(others, len(network))})
    own, added = (
        criteria(scores, variance=0.01, onderwijsniveau=niveau)
        for scores, niveau in zip(numbered, ("BaO", "SO"), strict=True)
    )
    expected, together = (
        rank_scenario(frame, buren(), choices, FEW_DRAWS).sort("instellingsnummer").select(OF_ONE_INSTELLING)
        for frame in (own, pl.concat([own, added]))
    )
    assert together.head(len(network)).equals(expected)


measurement = st.fixed_dictionaries(
    {
        "instellingsnummer": st.integers(0, 5).map(lambda number: f"{number:06d}"),
        "indicator": st.sampled_from(sorted(SETTINGS["noden"]["indicatoren"])),
        "reeks": st.sampled_from(["a", "b"]),
        "meetjaar": st.sampled_from(["2025-2026", "2024-2025"]),
        "waarde": st.none() | need,
        "n": st.sampled_from([12, 80, 400]),
        "vergelijkbaar": st.none() | need,
    }
)
measurements = st.lists(
    measurement,
    min_size=1,
    max_size=20,
    unique_by=lambda row: (row["instellingsnummer"], row["indicator"], row["reeks"], row["meetjaar"]),
)
traits = st.lists(
    st.tuples(st.none() | need, st.none() | st.integers(1, 900), st.none() | need), min_size=6, max_size=6
)


def measured_network(niveau, first, rows, of_traits):
    """Institutions, measurements and traits of six institutions of one niveau, numbered from `first`."""
    places = [{"instellingsnummer": f"{first + i:06d}", "onderwijsniveau": niveau} for i in range(6)]
    of_indicator = SETTINGS["noden"]["indicatoren"]
    own = [
        row
        | {
            "instellingsnummer": f"{first + int(row['instellingsnummer']):06d}",
            "onderwijsniveau": niveau,
            "criterium": of_indicator[row["indicator"]]["criterium"],
        }
        for row in rows
    ]
    kenmerken = pl.DataFrame(
        [(YEAR, place["instellingsnummer"], niveau, *known) for place, known in zip(places, of_traits, strict=True)],
        schema={
            "schooljaar": pl.String,
            "instellingsnummer": pl.String,
            "onderwijsniveau": pl.String,
            "oki": pl.Float64,
            "aantal_leerlingen": pl.Int64,
            "schoolse_vertraging": pl.Float64,
        },
        orient="row",
    )
    return instellingen(*places), metingen(*own), kenmerken


def scored(network):
    rows, measured, kenmerken = network
    comparable = nearest_institutions(kenmerken, SETTINGS)
    return score_criteria(rows, estimate_indicators(measured, comparable, SETTINGS), SETTINGS), comparable


@settings(max_examples=80)
@given(measurements, traits, measurements, traits, scenarios)
def test_from_measurement_to_score_no_step_looks_at_another_onderwijsniveau(
    own, own_traits, others, other_traits, choices
):
    # The same tests, so that only the onderwijsniveau keeps them apart.
    first = measured_network("BaO", 0, own, own_traits)
    both = [pl.concat(pair) for pair in zip(first, measured_network("SO", 6, others, other_traits), strict=True)]
    expected, together = scored(first), scored(both)
    assert together[0].head(len(expected[0])).equals(expected[0])
    before, after = (
        rank_scenario(frame, comparable, choices, FEW_DRAWS).sort("instellingsnummer").select(OF_ONE_INSTELLING)
        for frame, comparable in (expected, together)
    )
    assert after.head(6).equals(before)


@settings(max_examples=40)
@given(networks, variances, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(network, variance, random):
    rows, scores = frames(network, variance)
    row_order, score_order = list(range(len(rows))), list(range(len(scores)))
    random.shuffle(row_order)
    random.shuffle(score_order)
    assert ranking_of(rows[row_order], scores[score_order], FEW_DRAWS).equals(ranking_of(rows, scores, FEW_DRAWS))


def test_a_missing_criterion_widens_the_rank_interval():
    # 21 institutions from 0.0 to 1.0 on leerresultaten and equal on the rest; the middle one loses it.
    complete = [
        {"heeft_doorlichting": True, "advies": "1A", "scores": {"leerresultaten": i / 20, "doorstroom": 0.5}}
        for i in range(21)
    ]
    incomplete = changed(complete, 10, scores={"doorstroom": 0.5})
    widths = [
        ranking["rang_p95"][10] - ranking["rang_p05"][10]
        for ranking in (ranked(network, 0.001, SETTINGS) for network in (complete, incomplete))
    ]
    # Drawn from donors that are spread evenly, nearly any place is possible.
    assert widths[0] <= 8
    assert widths[1] >= 15


def test_more_noise_widens_the_rank_intervals():
    network = [
        {"heeft_doorlichting": True, "advies": "1A", "scores": dict.fromkeys(INDICATOR_OF, i / 20)} for i in range(21)
    ]
    quiet, noisy = (ranked(network, variance, SETTINGS) for variance in (0.0001, 0.04))
    widths = [(r["rang_p95"] - r["rang_p05"]).mean() for r in (quiet, noisy)]
    assert widths[0] < widths[1]
    assert quiet["rankability"][0] > 0.9 > noisy["rankability"][0]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_a_small_niveau_is_ranked_from_measurement_to_place(size):
    rows = instellingen(*({"instellingsnummer": f"00000{i}", "onderwijsniveau": "LSC"} for i in range(size)))
    measured = metingen(
        *(
            {
                "instellingsnummer": f"00000{i}",
                "onderwijsniveau": "LSC",
                "waarde": 0.2 + i / 5,
                "standaardfout": 0.0,
            }
            for i in range(size)
        )
    )
    only_this = Scenario(volgorde=CRITERIA, gewichten="eigen", eigen=(0.0, 1.0, 0.0, 0.0))
    ranking = rank_scenario(score_criteria(rows, estimated(measured, SETTINGS), SETTINGS), buren(), only_this, SETTINGS)
    # Known exactly: nothing shrinks, the highest value comes first, for certain.
    assert ranking["instellingsnummer"].to_list() == [f"00000{i}" for i in reversed(range(size))]
    assert ranking["rang_p05"].to_list() == ranking["rang_p95"].to_list() == list(range(1, size + 1))
    # Anchors 0.1-0.6.
    assert ranking["score"].to_list() == pytest.approx([(0.1 + i / 5) / 0.5 for i in reversed(range(size))])


# 300 schools of 400 pupils and 30 tiny ones of 12, all drawn from one and the same distribution of true need.
TINY, LARGE, SMALLEST_TENTH = 12, 400, 30


def _tiny_among_large(seed):
    rng = np.random.default_rng(seed)
    pupils = np.array([TINY] * SMALLEST_TENTH + [LARGE] * 300)
    true_share = rng.normal(0.30, 0.02, len(pupils))
    return pupils, rng.binomial(pupils, true_share) / pupils


def test_tiny_schools_do_not_crowd_the_top_by_chance():
    before, after = [], []
    for seed in range(6):
        pupils, shares = _tiny_among_large(seed)
        numbers = [f"{i:06d}" for i in range(len(pupils))]
        measured = metingen(
            *(
                {"instellingsnummer": number, "waarde": float(share), "n": int(n)}
                for number, share, n in zip(numbers, shares, pupils, strict=True)
            )
        )
        ranking = ranking_of(instellingen(*({"instellingsnummer": n} for n in numbers)), estimated(measured), FEW_DRAWS)
        tiny = set(numbers[:SMALLEST_TENTH])
        by_raw_share = [numbers[place] for place in np.argsort(-shares, kind="stable")[:50]]
        before.append(len(tiny.intersection(by_raw_share)) / 50)
        after.append(len(tiny.intersection(ranking["instellingsnummer"].head(50))) / 50)
    # A tenth of the schools; raw shares put more than twice as many of them in the top, shrunken ones no more.
    assert np.mean(before) > 0.2
    assert np.mean(after) <= SMALLEST_TENTH / len(pupils)
