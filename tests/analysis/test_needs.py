import polars as pl
import pytest

from analysis.needs import RANKING_SCHEMA, rank_scenario, score_criteria
from analysis.needs_scenario import Scenario
from analysis.needs_settings import CRITERIA
from tests.analysis.needs_frames import (
    ESTIMATE_SCHEMA,
    INDICATOR_OF,
    SETTINGS,
    buren,
    indicatoren,
    instellingen,
    ranking_of,
    settings_with,
)

ONLY_LEERRESULTATEN = Scenario(volgorde=CRITERIA, gewichten="eigen", eigen=(0.0, 1.0, 0.0, 0.0))
FOUR = instellingen(
    {"instellingsnummer": "000001", "heeft_doorlichting": True, "advies": "2A"},
    {"instellingsnummer": "000002", "heeft_doorlichting": True, "advies": "1B"},
    {
        "instellingsnummer": "000003",
        "heeft_doorlichting": True,
        "advies": "1A",
        "aantal_inschalingen": 10,
        "aantal_beneden": 1,
        "aantal_benadert": 3,
    },
    {"instellingsnummer": "000004"},
)
FOUR_SCORES = indicatoren(
    {
        "000001": {"leerresultaten": 0.2, "doorstroom": 0.4, "leerrecht": 0.0},
        "000002": {"leerresultaten": 1.0, "doorstroom": 1.0, "leerrecht": 1.0},
        "000003": {"leerresultaten": 0.6, "leerrecht": 0.4},
        "000004": {"leerresultaten": 0.0, "doorstroom": 0.1, "leerrecht": 0.8},
    }
)


def row(ranking, nummer):
    (found,) = ranking.filter(pl.col("instellingsnummer") == nummer).to_dicts()
    return found


def alone(**changes):
    return ranking_of(instellingen(changes), indicatoren({}), SETTINGS).row(0, named=True)


def test_four_instellingen_by_hand():
    # Weights of four criteria in order: 25/48, 13/48, 7/48, 3/48.
    # 1: (25*0.90 + 13*0.2 + 7*0.4 + 3*0.0) / 48 = 27.90 / 48
    # 2: (25*0.45 + 13*1.0 + 7*1.0 + 3*1.0) / 48 = 34.25 / 48
    # 3: 1A with (2*1 + 3) / 10 below expectation: 0.15. No doorstroom: mean of 0.4, 1.0 and 0.1 = 0.5.
    #    (25*0.15 + 13*0.6 + 7*0.5 + 3*0.4) / 48 = 16.25 / 48
    # 4: never inspected: mean of 0.90, 0.45 and 0.15 = 0.5. (25*0.5 + 0 + 7*0.1 + 3*0.8) / 48 = 15.6 / 48
    ranking = ranking_of(FOUR, FOUR_SCORES, SETTINGS)
    assert ranking["instellingsnummer"].to_list() == ["000001", "000002", "000003", "000004"]
    assert ranking["rang"].to_list() == [1, 2, 3, 4]
    assert ranking["rang_score"].to_list() == [2, 1, 3, 4]
    assert ranking["trap"].to_list() == ["verplicht", "verhoogd", "regulier", "regulier"]
    assert ranking["score"].to_list() == pytest.approx([27.9 / 48, 34.25 / 48, 16.25 / 48, 15.6 / 48])
    assert ranking["volledigheid"].to_list() == pytest.approx([1, 1, 41 / 48, 23 / 48])
    assert ranking["score_doorlichting"].to_list() == pytest.approx([0.9, 0.45, 0.15, None])
    assert ranking["score_doorstroom"].to_list() == pytest.approx([0.4, 1.0, None, 0.1])
    assert row(ranking, "000003")["bijdrage_doorstroom"] == pytest.approx(3.5 / 48)
    assert row(ranking, "000004")["bijdrage_doorlichting"] == pytest.approx(12.5 / 48)
    assert ranking["methode_versie"].unique().to_list() == ["test.1"]


def test_contributions_add_up_to_the_score():
    ranking = ranking_of(FOUR, FOUR_SCORES, SETTINGS)
    together = ranking.select(pl.sum_horizontal(pl.selectors.starts_with("bijdrage_"))).to_series()
    assert together.to_list() == pytest.approx(ranking["score"].to_list())


def test_the_ranking_has_the_promised_columns_and_types():
    assert dict(ranking_of(FOUR, FOUR_SCORES, SETTINGS).schema) == RANKING_SCHEMA
    empty = ranking_of(FOUR.clear(), FOUR_SCORES, SETTINGS)
    assert (len(empty), dict(empty.schema)) == (0, RANKING_SCHEMA)


@pytest.mark.parametrize(
    ("outcome", "score", "trap"),
    [
        ({"advies": "2B"}, 1.0, "verplicht"),
        ({"advies": "2A"}, 0.9, "verplicht"),
        ({"advies": "2A", "is_gok_negatief": True}, 0.9, "verplicht"),
        ({"advies": "1A", "is_gok_negatief": True}, 0.75, "verplicht"),
        ({"advies": "1B", "is_llb_negatief": True}, 0.75, "verplicht"),
        ({"advies": "1B"}, 0.45, "verhoogd"),
        ({"advies": "1A"}, 0.0, "regulier"),
        ({"advies": "1A", "aantal_inschalingen": 8, "aantal_benadert": 2}, 0.075, "regulier"),
        ({"advies": "1A", "aantal_inschalingen": 8, "aantal_beneden": 2}, 0.15, "regulier"),
        ({"advies": "1A", "aantal_inschalingen": 8, "aantal_beneden": 7}, 0.3, "regulier"),
        # The earlier advice was closed by a favourable follow-up.
        ({"advies": None, "aantal_inschalingen": 8, "aantal_benadert": 2}, 0.075, "regulier"),
    ],
)
def test_need_and_trap_by_outcome_of_the_inspection(outcome, score, trap):
    found = alone(heeft_doorlichting=True, **outcome)
    assert found["score_doorlichting"] == pytest.approx(score)
    assert found["trap"] == trap


def test_never_inspected_is_missing_and_not_zero():
    found = alone()
    assert (found["score_doorlichting"], found["trap"]) == (None, "regulier")
    # Nobody in its onderwijsniveau has anything: fixed values only, (25 x 0.2 + 13 x 0.3 + 7 x 0.4 + 3 x 0.1) / 48.
    assert found["score"] == pytest.approx(12 / 48)
    assert (found["klasse"], found["reden"]) == (None, "ontbreekt")
    assert found["volledigheid"] == 0
    assert (found["rang"], found["rang_p05"], found["rang_p95"]) == (1, 1, 1)


def test_a_ruling_that_is_not_known_is_no_negative_ruling():
    found = alone(heeft_doorlichting=True, advies="1B", is_gok_negatief=None, is_llb_negatief=None)
    assert found["trap"] == "verhoogd"


def test_indicators_combine_by_weight_over_the_mean_of_their_reeksen():
    # vt_minimumdoel (weight 3): mean of 0.2 and 0.6 = 0.4; vt_score (weight 1): 0.8. (3*0.4 + 0.8) / 4 = 0.5.
    found = pl.DataFrame(
        [
            ("2025-2026", "000001", "leerresultaten", "vt_minimumdoel", "4LO wiskunde", 0.0, 0.2),
            ("2025-2026", "000001", "leerresultaten", "vt_minimumdoel", "4LO Nederlands", 0.0, 0.6),
            ("2025-2026", "000001", "leerresultaten", "vt_score", "4LO wiskunde", 0.0, 0.8),
            ("2025-2026", "000001", "leerresultaten", "vt_score", "4LO Nederlands", None, None),
        ],
        schema=list(ESTIMATE_SCHEMA)[:7],
        orient="row",
    ).pipe(lambda rows: pl.concat([pl.DataFrame(schema=ESTIMATE_SCHEMA), rows], how="diagonal"))
    ranking = ranking_of(instellingen({}), found, SETTINGS)
    assert ranking["score_leerresultaten"].to_list() == pytest.approx([0.5])


def test_noise_divides_by_the_squared_anchor_distance():
    # s^2 on the scale of need 0.04 and 0.01 for two reeksen: (0.04 + 0.01) / 2^2 = 0.0125 for both instellingen;
    # weighed alone. Scores 0.8 and 0.6 differ by 0.2: tau^2 = 0.02 - 0.0125 = 0.0075 and rankability is
    # 0.0075 / (0.0075 + 0.0125) = 0.375.
    width = 0.5  # anchors of vt_minimumdoel in the test settings: 0.1-0.6
    found = pl.concat(
        indicatoren({"000001": {"leerresultaten": high}, "000002": {"leerresultaten": low}}).with_columns(
            reeks=pl.lit(reeks), variantie=pl.lit(variance * width**2)
        )
        for reeks, variance, high, low in [("a", 0.04, 0.9, 0.7), ("b", 0.01, 0.7, 0.5)]
    )
    rows = score_criteria(instellingen({}, {"instellingsnummer": "000002"}), found, SETTINGS)
    ranking = rank_scenario(rows, buren(), ONLY_LEERRESULTATEN, SETTINGS)
    assert ranking["rankability"].to_list() == pytest.approx([0.375] * 2)
    assert ranking["is_in_groepen"].to_list() == [True, True]


def test_a_criterion_that_nobody_has_keeps_its_weight_and_takes_the_fixed_value():
    # Fixed values of the test settings: doorlichting 0.2, doorstroom 0.4.
    # (25 x 0.2 + 13 x 0.4 + 7 x 0.4 + 3 x 0.8) / 48 = (5 + 5.2 + 2.8 + 2.4) / 48.
    found = indicatoren({"000001": {"leerresultaten": 0.4, "leerrecht": 0.8}})
    ranked = ranking_of(instellingen({}), found, SETTINGS).row(0, named=True)
    assert ranked["score"] == pytest.approx(15.4 / 48)
    assert (ranked["score_doorlichting"], ranked["score_doorstroom"]) == (None, None)
    assert (ranked["bijdrage_doorlichting"], ranked["bijdrage_doorstroom"]) == pytest.approx((5 / 48, 2.8 / 48))
    assert ranked["volledigheid"] == pytest.approx((13 + 3) / 48)
    assert ranked["reden"] is None


def test_a_criterion_that_nobody_has_makes_every_place_less_sure():
    # Without noise the order of two is certain on what both have; an inspection that nobody had could turn it round.
    scores = {"000001": {"leerresultaten": 0.4}, "000002": {"leerresultaten": 0.5}}
    rows = [{"instellingsnummer": number} for number in scores]
    without = ranking_of(instellingen(*rows), indicatoren(scores), settings_with(top_n=1))
    complete = {number: {"doorstroom": 0.5, "leerrecht": 0.5} | known for number, known in scores.items()}
    inspected = instellingen(*(row | {"heeft_doorlichting": True, "advies": "1A"} for row in rows))
    known = ranking_of(inspected, indicatoren(complete), settings_with(top_n=1))
    assert known["kans_top"].to_list() == [1.0, 0.0]
    assert without["rang"].to_list() == [1, 2]
    assert 0.5 < without["kans_top"][0] < 0.9


def test_a_niveau_without_a_criterion_takes_the_fixed_value_of_the_settings():
    three = instellingen(
        {},
        {"instellingsnummer": "000002"},
        {"instellingsnummer": "000003", "onderwijsniveau": "DKO"},
    )
    found = indicatoren(
        {"000001": {"leerresultaten": 0.2}, "000002": {"leerresultaten": 0.6}, "000003": {"doorstroom": 1}}
    )
    dko = row(ranking_of(three, found, SETTINGS), "000003")
    # (25 x 0.2 + 13 x 0.3 + 7 x 1 + 3 x 0.1) / 48.
    assert dko["score"] == pytest.approx(16.2 / 48)
    assert dko["volledigheid"] == pytest.approx(7 / 48)
    assert dko["score_leerresultaten"] is None


def test_a_niveau_without_any_data_has_a_place_but_no_class():
    four = instellingen(
        {},
        {"instellingsnummer": "000002"},
        {"instellingsnummer": "000003", "onderwijsniveau": "DKO"},
        {"instellingsnummer": "000004", "onderwijsniveau": "LSC"},
    )
    hidden = indicatoren({"000004": {"leerrecht": None}}).with_columns(reden=pl.lit("beschermd"))
    # The first is better than the fixed values, the second worse: the place of what is unknown lies between.
    found = indicatoren({"000001": {"leerresultaten": 0.2}, "000002": {"leerresultaten": 0.6}})
    ranking = ranking_of(four, pl.concat([found, hidden]), settings_with(top_n=4))
    assert ranking["instellingsnummer"].to_list() == ["000002", "000003", "000004", "000001"]
    assert ranking["score"].to_list()[1:3] == pytest.approx([12 / 48] * 2)
    assert ranking["klasse"].to_list() == ["duidelijk", None, None, "duidelijk"]
    assert ranking["reden"].to_list() == [None, "ontbreekt", "beschermd", None]
    assert ranking["volledigheid"].to_list()[1:3] == [0, 0]
    assert ranking["rankability"][0] == ranking_of(four[:2], found)["rankability"][0]


def test_an_instelling_without_any_data_among_others_of_its_niveau_stands_at_their_mean():
    two = instellingen({}, {"instellingsnummer": "000002"})
    ranking = ranking_of(two, indicatoren({"000001": {"leerresultaten": 0.6}}), SETTINGS)
    assert ranking["score"].n_unique() == 1
    assert ranking["klasse"].null_count() == 0
    assert row(ranking, "000002")["volledigheid"] == 0


def test_equal_scores_go_by_number_and_share_their_chances():
    rows = instellingen(*({"instellingsnummer": f"00000{i}"} for i in (4, 2, 3, 1)))
    found = indicatoren({f"00000{i}": {"leerresultaten": 0.5} for i in (1, 2, 3, 4)})
    ranking = ranking_of(rows, found, settings_with(trekkingen=4000))
    assert ranking["instellingsnummer"].to_list() == ["000001", "000002", "000003", "000004"]
    assert ranking["kans_top"].to_list() == pytest.approx([0.5] * 4, abs=0.04)
    assert ranking["klasse"].unique().to_list() == ["mogelijk"]
    assert ranking["rankability"].unique().to_list() == [0]


@pytest.mark.parametrize("score", [0.1, 0.3, 1 / 3, 41 / 140])
def test_equal_scores_without_noise_are_no_order(score):
    rows = instellingen(*({"instellingsnummer": f"{i:06d}"} for i in range(12)))
    found = indicatoren({f"{i:06d}": {"leerresultaten": score, "doorstroom": 2 / 11} for i in range(12)}, variance=0)
    ranking = ranking_of(rows, found, SETTINGS)
    assert ranking["rankability"].unique().to_list() == [0]
    assert ranking["is_in_groepen"].all()


def test_words_follow_the_chance_of_a_place_in_the_top():
    # Known in full and without noise: nothing is left to chance.
    scores = {f"{i:06d}": dict.fromkeys(INDICATOR_OF, i / 10) for i in range(1, 6)}
    rows = instellingen(*({"instellingsnummer": n, "heeft_doorlichting": True, "advies": "1A"} for n in scores))
    ranking = ranking_of(rows, indicatoren(scores), SETTINGS)
    assert ranking["kans_top"].to_list() == [1, 1, 0, 0, 0]
    assert ranking["klasse"].to_list() == ["duidelijk", "duidelijk", "niet", "niet", "niet"]
    assert ranking["is_in_groepen"].to_list() == [False] * 5


def test_a_top_longer_than_the_list_holds_everybody():
    ranking = ranking_of(FOUR, FOUR_SCORES, settings_with(top_n=50))
    assert ranking["kans_top"].to_list() == [1.0] * 4


def test_schooljaren_are_ranked_apart():
    last_year = FOUR.with_columns(schooljaar=pl.lit("2024-2025"))
    scores = pl.concat([FOUR_SCORES, FOUR_SCORES.with_columns(schooljaar=pl.lit("2024-2025"))])
    both = ranking_of(pl.concat([FOUR, last_year]), scores, SETTINGS)
    assert both["rang"].to_list() == [1, 2, 3, 4, 1, 2, 3, 4]
    this_year = both.filter(pl.col("schooljaar") == "2025-2026")
    assert this_year.equals(ranking_of(FOUR, FOUR_SCORES, SETTINGS))


def test_estimates_of_a_school_outside_the_list_do_not_count():
    closed = indicatoren({"000009": {"doorstroom": 1.0}})
    with_closed = ranking_of(FOUR, pl.concat([FOUR_SCORES, closed]), SETTINGS)
    assert with_closed.equals(ranking_of(FOUR, FOUR_SCORES, SETTINGS))


def test_the_weights_can_follow_the_rank_sum():
    ranking = ranking_of(FOUR, FOUR_SCORES, settings_with(gewichten="rangsom"))
    # 0.4 * 0.9 + 0.3 * 0.2 + 0.2 * 0.4 + 0.1 * 0.0.
    assert row(ranking, "000001")["score"] == pytest.approx(0.5)


def test_impossible_institutions_are_refused():
    with pytest.raises(ValueError, match="twice"):
        ranking_of(instellingen({}, {}), FOUR_SCORES, SETTINGS)
    with pytest.raises(ValueError, match="unknown advies"):
        ranking_of(instellingen({"advies": "3C"}), FOUR_SCORES, SETTINGS)


def test_a_missing_criterion_counts_as_noise_in_the_rankability():
    # Only leerresultaten counts: 0.2 and 0.8 known exactly, the third missing: 0.5 with the spread of its stand-ins,
    # 0.3^2 = 0.09. s^2 = 0, 0 and 0.09; the median is 0. tau^2 = sample variance 0.09 - mean 0.03 = 0.06.
    # With two missing: scores 0.2, 0.8, 0.5, 0.5, sample variance 0.06, s^2 = 0, 0, 0.09, 0.09, mean 0.045,
    # so tau^2 = 0.015 and the median s^2 is 0.045: 0.015 / 0.06 = 0.25.
    found = indicatoren({"000001": {"leerresultaten": 0.2}, "000002": {"leerresultaten": 0.8}})
    rows = [{"instellingsnummer": f"00000{i}"} for i in (1, 2, 3, 4)]
    three, four = (
        rank_scenario(score_criteria(instellingen(*some), found, SETTINGS), buren(), ONLY_LEERRESULTATEN, SETTINGS)
        for some in (rows[:3], rows)
    )
    assert three["rankability"].to_list() == pytest.approx([1.0] * 3)
    assert four["rankability"].to_list() == pytest.approx([0.25] * 4)


def test_every_schooljaar_has_draws_of_its_own():
    last_year = FOUR.with_columns(schooljaar=pl.lit("2024-2025"))
    scores = pl.concat([FOUR_SCORES, FOUR_SCORES.with_columns(schooljaar=pl.lit("2024-2025"))])
    ranking = ranking_of(pl.concat([FOUR, last_year]), scores, SETTINGS)
    first, second = (part["rang_gemiddeld"].to_list() for part in ranking.partition_by("schooljaar"))
    assert first != second


def test_the_order_of_the_reeksen_does_not_reach_the_last_digit():
    values = [0.1, 0.2, 0.3, 0.7, 0.15, 0.35]
    reeksen = pl.concat(
        indicatoren({"000001": {"leerresultaten": value}}, variance=value).with_columns(reeks=pl.lit(f"{i}"))
        for i, value in enumerate(values)
    )
    forwards, backwards = (ranking_of(instellingen({}), found, SETTINGS) for found in (reeksen, reeksen[::-1]))
    assert forwards.equals(backwards)
    assert forwards["score_leerresultaten"].to_list() == pytest.approx([0.3])
