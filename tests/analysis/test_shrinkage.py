import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.shrinkage import between_variance, shrink

# Borenstein, Hedges, Higgins & Rothstein (2009), Introduction to Meta-Analysis, ch. 14: six studies.
HEDGES_G = [0.095, 0.277, 0.367, 0.664, 0.462, 0.185]
HEDGES_VARIANCE = [0.033, 0.031, 0.050, 0.011, 0.043, 0.023]
# Rubin (1981), Estimation in parallel randomized experiments: coaching in eight schools.
EIGHT_SCHOOLS = [28, 8, -3, 7, -1, 1, 18, 12]
EIGHT_SCHOOLS_ERROR = [15, 10, 16, 11, 9, 11, 10, 18]

values = st.floats(-100, 100, allow_subnormal=False)
errors = st.floats(0.01, 50)
groups = st.lists(st.tuples(values, errors), min_size=2, max_size=30)


def test_six_published_studies_give_their_published_mean_and_spread():
    # Published from unrounded effects: tau^2 = 0.0373, mean 0.3582; the printed inputs have three decimals.
    result = shrink(HEDGES_G, np.sqrt(HEDGES_VARIANCE))
    assert result.between_variance == pytest.approx(0.0373, abs=0.0015)
    assert result.mean == pytest.approx(0.3582, abs=0.001)


def test_eight_schools_differ_no_more_than_chance():
    # Published: pooled mean 7.7, no variance between the schools; so every school gets the pooled mean.
    result = shrink(EIGHT_SCHOOLS, EIGHT_SCHOOLS_ERROR)
    assert result.between_variance == 0
    assert result.mean == pytest.approx(7.7, abs=0.05)
    assert result.values == pytest.approx([result.mean] * 8)
    assert result.variances.tolist() == [0.0] * 8


# Colditz et al. (1994), JAMA 271: thirteen trials of the BCG vaccine; cases and others, vaccinated then not.
BCG = [
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
]


def test_the_vaccine_trials_give_their_published_mean_and_spread():
    # Published with the R package metafor (Viechtbauer 2010), log relative risk, DL: tau^2 = 0.3088, mean -0.7141.
    values = [math.log((a / (a + b)) / (c / (c + d))) for a, b, c, d in BCG]
    errors = [math.sqrt(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)) for a, b, c, d in BCG]
    result = shrink(values, errors)
    assert result.between_variance == pytest.approx(0.3088, abs=5e-5)
    assert result.mean == pytest.approx(-0.7141, abs=5e-5)


def test_three_values_by_hand():
    # y = 0, 3, 6 and s = 1: w = 1, mu = 3, Q = 9 + 0 + 9 = 18, tau^2 = (18 - 2) / (3 - 3/3) = 8.
    # B = 8 / (8 + 1); theta = 3 -+ 3 * 8/9 = 1/3 and 17/3; variance = 8/9.
    result = shrink([0, 3, 6], [1, 1, 1])
    assert result.between_variance == pytest.approx(8)
    assert result.mean == pytest.approx(3)
    assert result.kept == pytest.approx([8 / 9] * 3)
    assert result.values == pytest.approx([1 / 3, 3, 17 / 3])
    assert result.variances == pytest.approx([8 / 9] * 3)


def test_the_noisier_value_is_pulled_further():
    result = shrink([0, 10, 0, 10], [1, 1, 5, 5])
    assert abs(result.values[3] - result.mean) < abs(result.values[1] - result.mean)


def test_one_unit_keeps_its_value_and_its_own_noise():
    result = shrink([4.0], [2.0])
    assert (result.values.tolist(), result.variances.tolist(), result.mean) == ([4.0], [4.0], 4.0)
    assert between_variance([4.0], [2.0]) == 0


def test_equal_values_stay_equal():
    result = shrink([0.2, 0.2, 0.2], [0.1, 0.3, 0.2])
    assert result.values == pytest.approx([0.2] * 3)
    assert result.between_variance == 0


def test_a_value_without_noise_stays_as_it_is():
    # One s = 0: tau^2 = sample variance of (0, 1, 5) - mean(0, 1, 1) = 7 - 2/3.
    result = shrink([0, 1, 5], [0, 1, 1])
    assert result.between_variance == pytest.approx(7 - 2 / 3)
    assert result.values[0] == 0
    assert result.variances[0] == 0
    assert 1 < result.values[1] < result.mean


def test_the_others_go_to_the_exactly_known_mean_when_nothing_else_sets_them_apart():
    # Sample variance of (1, 2, 3) is 1, mean s^2 is 6: tau^2 = 0; mu is the exactly known 1.
    result = shrink([1, 2, 3], [0, 3, 3])
    assert result.values.tolist() == [1, 1, 1]
    assert result.variances.tolist() == [0, 0, 0]


def test_all_known_exactly_means_nothing_shrinks():
    result = shrink([1, 2, 6], [0, 0, 0])
    assert result.values.tolist() == [1, 2, 6]
    assert result.mean == pytest.approx(3)


def test_very_small_errors_do_not_overflow():
    result = shrink([1.0, 2.0], [1e-120, 2e-120])
    assert result.values == pytest.approx([1, 2])
    assert np.isfinite(result.variances).all()


@pytest.mark.parametrize(
    ("bad_values", "bad_errors"),
    [([], []), ([1, 2], [1]), ([1, np.nan], [1, 1]), ([1, 2], [1, -1]), ([1, 2], [1, np.inf])],
)
def test_impossible_input_is_refused(bad_values, bad_errors):
    with pytest.raises(ValueError, match=r"numbers|finite"):
        shrink(bad_values, bad_errors)


@given(groups)
def test_shrinking_moves_towards_the_mean_and_never_past_it(group):
    y, s = np.array(group).T
    result = shrink(y, s)
    assert (result.kept >= 0).all()
    assert (result.kept <= 1).all()
    assert (np.abs(result.values - result.mean) <= np.abs(y - result.mean) + 1e-9).all()
    assert ((result.values - result.mean) * (y - result.mean) >= -1e-9).all()
    assert (result.variances <= s**2 + 1e-12).all()


@given(groups, st.floats(-50, 50), st.floats(0.5, 20))
def test_shrinking_does_not_depend_on_the_unit(group, shift, factor):
    y, s = np.array(group).T
    result, moved = shrink(y, s), shrink(y * factor + shift, s * factor)
    assert moved.values == pytest.approx(result.values * factor + shift, rel=1e-6, abs=1e-5)
