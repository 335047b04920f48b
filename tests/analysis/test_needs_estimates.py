import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from analysis.intervals import wilson
from tests.analysis.needs_frames import SETTINGS, estimated, metingen, settings_with

SCORE = {"indicator": "vt_score"}


def one(*rows):
    """The single estimate of measurements of one instelling."""
    (row,) = estimated(metingen(*rows), SETTINGS).to_dicts()
    return row


def test_recent_years_weigh_most_and_one_instelling_alone_keeps_its_value():
    # (3 * 0.30 + 2 * 0.20 + 1 * 0.60) / 6 = 1.9 / 6. Binomial noise with two hits and two misses added:
    # 0.34 * 0.66 / 20 = 0.01122; 0.23 * 0.77 / 40 = 0.0044275; 0.596 * 0.404 / 100 = 0.00240784;
    # (9 * 0.01122 + 4 * 0.0044275 + 0.00240784) / 36 = 0.00336383. Anchors 0.1-0.6: (0.31667 - 0.1) / 0.5.
    row = one(
        {"waarde": 0.30, "n": 16},
        {"waarde": 0.20, "n": 36, "meetjaar": "2024-2025"},
        {"waarde": 0.60, "n": 96, "meetjaar": "2023-2024"},
    )
    assert row["waarde"] == pytest.approx(1.9 / 6)
    assert row["variantie"] == pytest.approx(0.00336383, abs=1e-8)
    assert row["standaardfout"] == pytest.approx(0.00336383**0.5, abs=1e-6)
    assert row["waarde_gekrompen"] == row["waarde"] == row["netwerk_gemiddelde"]
    assert row["score"] == pytest.approx((1.9 / 6 - 0.1) / 0.5)
    assert (row["n"], row["laatste_meetjaar"], row["reden"]) == (148, "2025-2026", None)


def test_a_year_without_a_value_leaves_its_weight_to_the_others():
    # (3 * 0.30 + 1 * 0.60) / 4.
    row = one(
        {"waarde": 0.30, "n": 16},
        {"n": 40, "meetjaar": "2024-2025"},
        {"waarde": 0.60, "n": 96, "meetjaar": "2023-2024"},
    )
    assert row["waarde"] == pytest.approx(1.5 / 4)


def test_only_an_old_measurement_still_counts_and_says_how_old():
    row = one({"waarde": 0.4, "n": 20, "meetjaar": "2023-2024"})
    assert row["waarde"] == pytest.approx(0.4)
    assert row["laatste_meetjaar"] == "2023-2024"


@pytest.mark.parametrize("meetjaar", ["2022-2023", "2026-2027"])
def test_years_outside_the_window_do_not_count(meetjaar):
    row = one({"waarde": 0.4, "n": 20, "meetjaar": meetjaar})
    assert (row["waarde"], row["score"], row["reden"]) == (None, None, "ontbreekt")


def test_a_delivered_standard_error_is_used_else_the_spread_between_pupils():
    assert one({**SCORE, "waarde": 10.0, "standaardfout": 12.0})["standaardfout"] == pytest.approx(12)
    # 100 / sqrt(25).
    assert one({**SCORE, "waarde": 10.0, "n": 25})["standaardfout"] == pytest.approx(20)


def test_events_per_pupil_may_exceed_one_and_get_poisson_noise():
    # (20 * 1.25 + 1) / 20^2 = 26 / 400.
    row = one({"criterium": "leerrecht", "indicator": "uitsluitingen", "waarde": 1.25, "n": 20})
    assert row["variantie"] == pytest.approx(0.065)
    assert row["score"] == 1


def test_nobody_of_twelve_is_not_taken_for_certain():
    # (0 + 2) / 16 = 0.125; 0.125 * 0.875 / 16.
    assert one({"waarde": 0.0, "n": 12})["standaardfout"] == pytest.approx((0.125 * 0.875 / 16) ** 0.5)


def test_three_instellingen_shrink_to_their_mean():
    # s = 10 each: tau^2 = 800, B = 8/9 (hand computation in test_shrinkage, times 10). Anchors 0-80.
    rows = [
        {**SCORE, "instellingsnummer": f"00000{i}", "waarde": value, "standaardfout": 10.0}
        for i, value in enumerate([0.0, 30.0, 60.0])
    ]
    found = estimated(metingen(*rows), SETTINGS)
    assert found["waarde_gekrompen"].to_list() == pytest.approx([10 / 3, 30, 170 / 3])
    assert found["variantie"].to_list() == pytest.approx([800 / 9] * 3)
    assert found["netwerk_gemiddelde"].to_list() == pytest.approx([30] * 3)
    assert found["score"].to_list() == pytest.approx([1 / 24, 0.375, 17 / 24])


def test_hidden_and_missing_values_stay_two_things_and_still_show_the_mean():
    found = estimated(
        metingen(
            {"instellingsnummer": "000001", "waarde": 0.4, "n": 50},
            {"instellingsnummer": "000002", "is_beschermd": True},
            {"instellingsnummer": "000003", "n": 50},
            {"instellingsnummer": "000004", "waarde": 0.4, "n": 0},  # a share of nobody is no share
            {"instellingsnummer": "000005", "waarde": float("nan"), "n": 9},
        ),
        SETTINGS,
    )
    assert found["reden"].to_list() == [None, "beschermd", "ontbreekt", "ontbreekt", "ontbreekt"]
    assert found["score"].is_null().to_list() == [False, True, True, True, True]
    assert found["netwerk_gemiddelde"].to_list() == pytest.approx([0.4] * 5)


def test_needs_beyond_the_anchors_are_cut_at_zero_and_one():
    found = estimated(
        metingen(
            {**SCORE, "waarde": -200.0, "standaardfout": 0.0},
            {**SCORE, "waarde": 200.0, "standaardfout": 0.0, "instellingsnummer": "000002"},
        ),
        SETTINGS,
    )
    assert found["score"].to_list() == [0, 1]
    assert found["variantie"].to_list() == [0, 0]


def test_a_share_a_last_digit_above_one_is_a_share():
    assert one({"waarde": 1 + 2e-16 * 2, "n": 9})["score"] == 1


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"indicator": "onbekend"}], "onbekend"),
        ([{"criterium": "leerrecht"}], "vt_minimumdoel"),
        ([{"waarde": 40.0, "n": 9}], "shares"),
        ([{"waarde": -0.1, "n": 9}], "shares"),
        ([{"waarde": 0.1, "standaardfout": -1.0}], "negative"),
        ([{"waarde": 0.1, "n": 9}, {"waarde": 0.2, "n": 9}], "two measurements"),
    ],
)
def test_impossible_measurements_are_refused(rows, message):
    with pytest.raises(ValueError, match=message):
        estimated(metingen(*rows), SETTINGS)


def test_no_measurements_give_an_empty_table_with_all_columns():
    found = estimated(metingen(), SETTINGS)
    assert len(found) == 0
    assert found.schema["score"] == pl.Float64


def test_the_number_of_years_is_a_setting():
    rows = metingen(
        {"waarde": 0.30, "n": 16},
        {"waarde": 0.50, "n": 16, "meetjaar": "2024-2025"},
    )
    found = estimated(rows, settings_with(jaargewichten=[1]))
    assert found["waarde"].to_list() == pytest.approx([0.30])


# Newcombe (1998), table I, method 3: the Wilson interval.
@pytest.mark.parametrize(("hits", "n", "low", "high"), [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605)])
def test_a_share_has_the_published_interval(hits, n, low, high):
    row = one({"waarde": hits / n, "n": n})
    assert (round(row["laag"], 4), round(row["hoog"], 4)) == (low, high)


def test_years_weighed_three_two_one_are_worth_fewer_pupils_than_they_count():
    # 36 / (9/60 + 4/40 + 1/20) = 36 / 0.3 = 120 pupils, and 30 % of them in every year: Wilson of 36 of 120.
    row = one(
        {"waarde": 0.3, "n": 60},
        {"waarde": 0.3, "n": 40, "meetjaar": "2024-2025"},
        {"waarde": 0.3, "n": 20, "meetjaar": "2023-2024"},
    )
    assert row["n"] == 120
    assert (row["laag"], row["hoog"]) == pytest.approx(wilson(36, 120))


def test_a_score_has_196_standard_errors_on_both_sides():
    row = one({**SCORE, "waarde": 10.0, "standaardfout": 5.0, "n": 25})
    assert (row["laag"], row["hoog"]) == pytest.approx((10 - 9.8, 10 + 9.8), abs=1e-3)


def test_an_interval_stays_within_what_a_share_or_a_rate_can_be():
    share = one({"waarde": 0.01, "standaardfout": 0.02})
    assert (share["laag"], share["hoog"]) == pytest.approx((0.0, 0.01 + 1.96 * 0.02), abs=1e-4)
    rate = one({"criterium": "leerrecht", "indicator": "uitsluitingen", "waarde": 1.25, "n": 5})
    assert rate["laag"] > 0
    assert rate["hoog"] > 1.25


def test_a_hidden_value_has_no_interval():
    row = one({"is_beschermd": True})
    assert (row["laag"], row["hoog"], row["aandeel_in_criterium"]) == (None, None, None)


def test_shares_of_a_criterion_go_by_weight_over_indicators_and_evenly_over_their_reeksen():
    # vt_minimumdoel weighs 3 over two reeksen, vt_score 1 over one; the one without a value takes nothing.
    rows = metingen(
        {"reeks": "a", "waarde": 0.3, "n": 20},
        {"reeks": "b", "waarde": 0.4, "n": 20},
        {"reeks": "c"},
        {**SCORE, "reeks": "a", "waarde": 10.0, "n": 20},
    )
    found = estimated(rows).sort("indicator", "reeks")
    assert found["aandeel_in_criterium"].to_list() == [0.375, 0.375, None, 0.25]


measurements = st.lists(
    st.fixed_dictionaries(
        {
            "instellingsnummer": st.sampled_from(["000001", "000002", "000003", "000004"]),
            "onderwijsniveau": st.sampled_from(["BaO", "SO"]),
            "meetjaar": st.sampled_from(["2025-2026", "2024-2025", "2020-2021"]),
            "reeks": st.sampled_from(["a", "b"]),
            "waarde": st.none() | st.floats(0, 1),
            "standaardfout": st.none() | st.just(0.0) | st.floats(0.001, 0.2),
            "n": st.none() | st.integers(0, 300),
            "is_beschermd": st.booleans(),
        }
    ),
    max_size=25,
    unique_by=lambda row: (row["instellingsnummer"], row["onderwijsniveau"], row["meetjaar"], row["reeks"]),
)


@settings(max_examples=60)
@given(measurements, st.randoms(use_true_random=False))
def test_every_estimate_is_a_number_or_has_a_reason_whatever_the_row_order(rows, random):
    found = estimated(metingen(*rows), SETTINGS)
    numbers = found.select(pl.selectors.float())
    assert not any(numbers[name].is_nan().any() for name in numbers.columns)
    assert (found["score"].is_null() == found["reden"].is_not_null()).all()
    assert found["score"].drop_nulls().is_between(0, 1).all()
    assert (found["variantie"].drop_nulls() >= 0).all()
    random.shuffle(rows)
    # An instelling of two onderwijsniveaus gives two rows, told apart by no output column: compare as sets.
    columns = found.columns
    assert_frame_equal(estimated(metingen(*rows), SETTINGS).sort(columns), found.sort(columns), check_exact=True)


@settings(max_examples=40)
@given(measurements)
def test_another_onderwijsniveau_changes_no_estimate(rows):
    own = [row for row in rows if row["onderwijsniveau"] == "BaO"]
    other = [{**row, "instellingsnummer": "9" + row["instellingsnummer"][1:]} for row in rows if row not in own]
    alone = estimated(metingen(*own), SETTINGS)
    together = estimated(metingen(*own, *other), SETTINGS)
    assert_frame_equal(together.filter(~pl.col("instellingsnummer").str.starts_with("9")), alone, check_exact=True)
