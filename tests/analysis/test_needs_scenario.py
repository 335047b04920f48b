import polars as pl
import pytest

from analysis.needs import rank_needs
from analysis.needs_criteria import CRITERION_SCHEMA
from analysis.needs_scenario import SCENARIO_SCHEMA, Scenario, ScenarioError, default_scenario, rank_scenario
from analysis.needs_settings import CRITERIA
from tests.analysis.needs_frames import SETTINGS, buren, criteria, settings_with

THREE = {
    "000001": {"doorlichting": 0.0, "leerresultaten": 0.9, "doorstroom": 0.9, "leerrecht": 0.9},
    "000002": {"doorlichting": 0.45, "leerresultaten": 0.4, "doorstroom": 0.4, "leerrecht": 0.4},
    "000003": {"doorlichting": 0.9, "leerresultaten": 0.1, "doorstroom": 0.1, "leerrecht": 0.1},
}


def scenario(**choices):
    return Scenario(**{"volgorde": CRITERIA, "gewichten": "rangorde", "top_n": 1} | choices)


def ranked(scores=None, variance=0.0, settings=SETTINGS, same=None, comparable=(), **choices):
    frame = scores if isinstance(scores, pl.DataFrame) else criteria(scores or THREE, variance, **(same or {}))
    return rank_scenario(frame, buren(*comparable), scenario(**choices), settings)


def by_number(ranking, column):
    return ranking.sort("instellingsnummer")[column].to_list()


def test_the_default_scenario_gives_the_published_ranking_to_the_last_digit():
    frame = criteria(THREE, variance=0.01)
    published = rank_needs(frame, buren(), SETTINGS)
    assert rank_scenario(frame, buren(), default_scenario(SETTINGS), SETTINGS).equals(published.drop("schooljaar"))
    assert dict(published.drop("schooljaar").schema) == SCENARIO_SCHEMA


def test_the_order_of_the_criteria_changes_the_places():
    assert by_number(ranked(), "rang") == [2, 3, 1]
    assert by_number(ranked(volgorde=CRITERIA[::-1]), "rang") == [1, 2, 3]


def test_own_weights_decide():
    only_first = ranked(gewichten="eigen", eigen=(1.0, 0.0, 0.0, 0.0))
    assert by_number(only_first, "score") == [0.0, 0.45, 0.9]
    # Weights are chosen and nothing is measured with noise: no draw can differ.
    assert by_number(only_first, "rang_p05") == by_number(only_first, "rang_p95") == [3, 2, 1]
    assert by_number(only_first, "kans_top") == [0.0, 0.0, 1.0]


def test_contributions_add_up_to_the_score():
    ranking = ranked(gewichten="rangsom")
    total = ranking.select(pl.sum_horizontal(f"bijdrage_{name}" for name in CRITERIA)).to_series()
    assert total.to_list() == pytest.approx(ranking["score"].to_list())


def test_the_unexpected_view_takes_its_own_scores():
    # The other view of the test rows is the same need turned round, the inspection excepted.
    ranking = ranked(kijk="onverwacht")
    assert by_number(ranking, "score_leerresultaten") == pytest.approx([0.1, 0.6, 0.9])
    assert by_number(ranking, "score_doorlichting") == [0.0, 0.45, 0.9]


def test_the_pure_order_leaves_the_trap_out():
    frame = pl.concat(
        [
            criteria({"000001": dict.fromkeys(CRITERIA, 0.1)}, trap="verplicht"),
            criteria({"000002": dict.fromkeys(CRITERIA, 0.9)}, trap="regulier"),
        ]
    )
    assert by_number(ranked(frame), "rang") == [1, 2]
    pure = ranked(frame, trap_eerst=False)
    assert by_number(pure, "rang") == by_number(pure, "rang_score") == [2, 1]
    assert by_number(pure, "trap") == ["verplicht", "regulier"]
    assert by_number(pure, "kans_top") == [0.0, 1.0]


def test_lexicographic_looks_further_only_at_a_tie():
    scores = {
        "000001": {"doorlichting": 0.3, "leerresultaten": 1.0},
        "000002": {"doorlichting": 0.45, "leerresultaten": 0.1},
        "000003": {"doorlichting": 0.45, "leerresultaten": 0.2},
    }
    ranking = ranked(scores, gewichten="lexicografisch")
    assert by_number(ranking, "rang") == [3, 2, 1]
    assert by_number(ranking, "kans_top") == [0.0, 0.0, 1.0]
    # Noise of 0.1 makes 0.1 and 0.2 a tie: either may come first.
    noisy = ranked(scores, variance=0.01, gewichten="lexicografisch")
    assert by_number(noisy, "rang_p95")[0] == 3
    assert all(0.2 < chance < 0.8 for chance in by_number(noisy, "kans_top")[1:])


def test_data_and_weights_can_be_uncertain_apart():
    # A = (1, 0, 0, 0), B = (0, 1, 1, 1): A first with P = 4 / 2^3 = 0.5 over the weights; with noise in the data alone
    # the shown weights (0.5208 and 0.4792) leave a difference of 0.0417.
    scores = {
        "000001": {"doorlichting": 1.0, "leerresultaten": 0.0, "doorstroom": 0.0, "leerrecht": 0.0},
        "000002": {"doorlichting": 0.0, "leerresultaten": 1.0, "doorstroom": 1.0, "leerrecht": 1.0},
    }
    many = settings_with(trekkingen=8000)
    weights = ranked(scores, 0.05, many, onzekerheid="gewichten")
    assert by_number(weights, "kans_top") == pytest.approx([0.5, 0.5], abs=0.02)
    # sd of the difference: sqrt(2 x 0.05 x (0.2708^2 + 0.1458^2 + 0.0625^2)) = 0.0993; Phi(0.0417 / 0.0993) = 0.6627.
    data = ranked(scores, 0.05, many, onzekerheid="gegevens")
    assert by_number(data, "kans_top") == pytest.approx([0.6627, 0.3373], abs=0.02)


@pytest.mark.parametrize("scheme", ["rangsom", "gelijk", "lexicografisch"])
def test_chosen_weights_are_not_uncertain(scheme):
    ranking = ranked(variance=0.05, gewichten=scheme, onzekerheid="gewichten")
    assert ranking["rang_p05"].to_list() == ranking["rang_p95"].to_list() == ranking["rang"].to_list()
    assert ranking["kans_top"].to_list() == [1.0, 0.0, 0.0]


def test_without_uncertain_data_a_missing_criterion_stays_at_its_like_group():
    scores = {**THREE, "000004": {"doorlichting": 0.45}}
    shown = ranked(scores, gewichten="rangsom", onzekerheid="gewichten")
    assert by_number(shown, "rang_p05") == by_number(shown, "rang_p95")
    widened = ranked(scores, gewichten="rangsom")
    assert by_number(widened, "rang_p05")[3] < by_number(widened, "rang_p95")[3]


def test_a_like_group_without_data_takes_the_fixed_value_with_room_on_both_sides():
    frame = pl.concat([criteria(THREE), criteria({"000009": {"doorlichting": 0.45}}, onderwijsniveau="DKO")])
    ranking = ranked(frame).filter(pl.col("instellingsnummer") == "000009").row(0, named=True)
    # Its own 0.45 and 0.3, 0.4 and 0.1 of the test settings.
    expected = 0.5208 * 0.45 + 0.2708 * 0.3 + 0.1458 * 0.4 + 0.0625 * 0.1
    assert ranking["score"] == pytest.approx(expected, abs=1e-4)
    assert ranking["score_leerresultaten"] is None
    assert ranking["volledigheid"] == pytest.approx(0.5208, abs=1e-4)


# Five schools; the last misses leerresultaten. Settings of the tests: 3 comparable ones, 2 are enough.
FIVE = {
    "000001": {"leerresultaten": 0.9},
    "000002": {"leerresultaten": 0.8},
    "000003": {"leerresultaten": 0.1},
    "000004": {"leerresultaten": 0.2},
    "000005": {"doorlichting": 0.0},
}
ALONE = {"gewichten": "eigen", "eigen": (0.0, 1.0, 0.0, 0.0)}


@pytest.mark.parametrize(
    ("comparable", "expected"),
    [
        ([("000005", "000001", "000002")], 0.85),
        ([("000005", "000003", "000004", "000001")], 0.4),
        # One comparable school is too few, and so are none: then the whole onderwijsniveau.
        ([("000005", "000001")], 0.5),
        ([], 0.5),
        # Comparable ones of others say nothing here.
        ([("000001", "000002", "000005"), ("000002", "000001", "000005")], 0.5),
    ],
)
def test_what_is_missing_is_taken_from_the_comparable_institutions(comparable, expected):
    ranking = ranked(FIVE, comparable=comparable, **ALONE)
    assert by_number(ranking, "score") == pytest.approx([0.9, 0.8, 0.1, 0.2, expected])
    assert by_number(ranking, "score_leerresultaten")[4] is None


def test_comparable_institutions_that_miss_it_too_do_not_stand_in():
    scores = FIVE | {"000006": {}, "000007": {}}
    ranking = ranked(scores, comparable=[("000005", "000006", "000003", "000004")], **ALONE)
    assert by_number(ranking, "score")[4] == pytest.approx(0.15)
    too_few = ranked(scores, comparable=[("000005", "000006", "000007", "000004")], **ALONE)
    assert by_number(too_few, "score")[4] == pytest.approx(0.5)


def test_draws_of_what_is_missing_are_those_of_the_comparable_institutions():
    # Stand-ins at 0.9 and 0.1, and at 0.9 and 0.8, beside four places known exactly.
    wide = ranked(FIVE, comparable=[("000005", "000001", "000003")], settings=settings_with(trekkingen=4000), **ALONE)
    near = ranked(FIVE, comparable=[("000005", "000001", "000002")], settings=settings_with(trekkingen=4000), **ALONE)
    # Tied with the first or the last, by chance before or after it.
    assert (by_number(wide, "rang_p05")[4], by_number(wide, "rang_p95")[4]) == (1, 5)
    assert (by_number(near, "rang_p05")[4], by_number(near, "rang_p95")[4]) == (1, 3)
    assert by_number(wide, "kans_top")[4] == pytest.approx(1 / 4, abs=0.03)


def test_a_comparable_institution_of_another_schooljaar_says_nothing():
    frame = pl.concat([criteria(FIVE), criteria(FIVE, schooljaar="2024-2025")])
    both = rank_needs(frame, buren(("000005", "000001", "000002")), SETTINGS)
    now, then = (both.filter(schooljaar=year, instellingsnummer="000005") for year in ("2025-2026", "2024-2025"))
    # Test settings without the others: 0.2708 x 0.85 now, and the mean of the onderwijsniveau, 0.5, the year before.
    assert now["bijdrage_leerresultaten"][0] == pytest.approx(13 / 48 * 0.85)
    assert then["bijdrage_leerresultaten"][0] == pytest.approx(13 / 48 * 0.5)


# ── What may be delivered wrong ──


def all_figures_are_numbers(ranking):
    floats = ranking.select(pl.selectors.float())
    return not any(floats[name].is_nan().any() or floats[name].is_infinite().any() for name in floats.columns)


ODD = {
    "a criterion without any data": {number: {"doorlichting": 0.3} for number in THREE},
    "no data at all": {number: {} for number in THREE},
    "all equal": {f"{i:06d}": {"leerresultaten": 0.5} for i in range(30)},
    "one institution": {"000001": {"leerresultaten": 0.5}},
}


@pytest.mark.parametrize("case", list(ODD))
@pytest.mark.parametrize("gewichten", ["rangorde", "rangsom", "gelijk", "lexicografisch", "eigen"])
@pytest.mark.parametrize("kijk", ["absoluut", "onverwacht"])
@pytest.mark.parametrize("top_n", [1, 500])
def test_odd_networks_are_ranked_without_a_crash_or_a_number_that_is_none(case, gewichten, kijk, top_n):
    eigen = (0.0, 0.0, 0.0, 1.0) if gewichten == "eigen" else ()
    ranking = ranked(ODD[case], gewichten=gewichten, eigen=eigen, kijk=kijk, top_n=top_n)
    assert all_figures_are_numbers(ranking)
    assert ranking["rang"].to_list() == list(range(1, len(ODD[case]) + 1))
    assert ranking["kans_top"].null_count() == 0
    if top_n == 500:
        assert ranking["kans_top"].unique().to_list() == [1.0]


def test_all_equal_institutions_share_their_chances():
    ranking = ranked(ODD["all equal"], settings=settings_with(trekkingen=4000), top_n=3)
    assert ranking["kans_top"].to_list() == pytest.approx([0.1] * 30, abs=0.03)


def test_weight_on_what_nobody_has_gives_the_fixed_value_and_no_class():
    ranking = ranked(ODD["a criterion without any data"], gewichten="eigen", eigen=(0.0, 0.0, 0.0, 1.0))
    assert ranking["score"].to_list() == ranking["bijdrage_leerrecht"].to_list() == pytest.approx([0.1] * 3)
    assert ranking["klasse"].to_list() == [None] * 3
    assert ranking["reden"].to_list() == ["ontbreekt"] * 3


@pytest.mark.parametrize("top_n", [1, 500])
def test_nobody_is_clearly_or_clearly_not_in_the_top_of_a_network_without_data(top_n):
    ranking = ranked(ODD["no data at all"], top_n=top_n)
    assert ranking["klasse"].to_list() == [None] * 3
    assert ranking["reden"].to_list() == ["ontbreekt"] * 3
    assert (ranking["rankability"][0], ranking["is_in_groepen"].all()) == (0, True)
    assert ranking["rang_p05"].to_list() == [1] * 3
    assert ranking["rang_p95"].to_list() == [3] * 3


def test_nobody_gives_an_empty_ranking():
    ranking = ranked(pl.DataFrame(schema=CRITERION_SCHEMA))
    assert (len(ranking), dict(ranking.schema)) == (0, SCENARIO_SCHEMA)


def test_weights_that_do_not_add_up_are_refused_before_anything_is_ranked():
    with pytest.raises(ScenarioError, match="add up") as refused:
        ranked(gewichten="eigen", eigen=(0.5, 0.5, 0.5, 0.5))
    assert refused.value.code == "eigen_som"


def test_two_schooljaren_or_two_rows_for_one_criterion_are_refused():
    frame = criteria(THREE)
    for wrong in (pl.concat([frame, frame]), pl.concat([frame, criteria(THREE, schooljaar="2024-2025")])):
        with pytest.raises(ValueError, match="one schooljaar"):
            ranked(wrong)


def test_the_order_of_the_rows_changes_nothing():
    frame = criteria({f"{i:06d}": {"leerresultaten": i % 7 / 7, "doorlichting": i % 3 / 3} for i in range(25)}, 0.01)
    assert ranked(frame.reverse()).equals(ranked(frame))


def test_another_seed_gives_other_draws_and_the_same_places():
    frame = criteria({f"{i:06d}": {"leerresultaten": i / 25} for i in range(25)}, 0.01)
    first, other = ranked(frame), ranked(frame, settings=settings_with(zaad=12))
    assert first["rang"].to_list() == other["rang"].to_list()
    assert first["rang_gemiddeld"].to_list() != other["rang_gemiddeld"].to_list()
