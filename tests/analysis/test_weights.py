import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.weights import draw_ordered_weights, equal, rank_order_centroid, rank_sum


# Barron & Barrett (1996), Management Science 42: 1515-1523, and Edwards & Barron (1994), table of ROC weights.
@pytest.mark.parametrize(
    ("count", "published"),
    [
        (2, [0.75, 0.25]),
        (3, [0.6111, 0.2778, 0.1111]),
        (4, [0.5208, 0.2708, 0.1458, 0.0625]),
        (5, [0.4567, 0.2567, 0.1567, 0.09, 0.04]),
    ],
)
def test_rank_order_centroid_gives_the_published_weights(count, published):
    assert np.round(rank_order_centroid(count), 4).tolist() == published


# Stillwell, Seaver & Edwards (1981): (K + 1 - k) over the sum of the ranks, here 6, 10 and 15.
@pytest.mark.parametrize(
    ("count", "published"),
    [(3, [3 / 6, 2 / 6, 1 / 6]), (4, [0.4, 0.3, 0.2, 0.1]), (5, [5 / 15, 4 / 15, 3 / 15, 2 / 15, 1 / 15])],
)
def test_rank_sum_falls_linearly(count, published):
    assert rank_sum(count) == pytest.approx(published)


def test_equal_weights_know_no_order():
    assert equal(4).tolist() == [0.25] * 4


@pytest.mark.parametrize("scheme", [rank_order_centroid, rank_sum])
@given(count=st.integers(1, 30))
def test_weights_add_up_and_fall(scheme, count):
    weights = scheme(count)
    assert weights.sum() == pytest.approx(1)
    assert (np.diff(weights) < 0).all()
    assert (weights > 0).all()


@pytest.mark.parametrize("scheme", [rank_order_centroid, rank_sum, equal])
def test_no_criteria_have_no_weights(scheme):
    with pytest.raises(ValueError, match="at least one"):
        scheme(0)


def test_drawn_weights_respect_the_order_and_average_to_the_centroid():
    weights = draw_ordered_weights(40_000, 4, np.random.default_rng(1))
    assert weights.shape == (40_000, 4)
    assert weights.sum(axis=1) == pytest.approx(np.ones(40_000))
    assert (np.diff(weights, axis=1) <= 0).all()
    assert (weights >= 0).all()
    assert weights.mean(axis=0) == pytest.approx(rank_order_centroid(4), abs=0.003)


@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_smaa_example_of_one_criterion_against_all_others(count):
    # A = (1, 0, ...), B = (0, 1, 1, ...): A comes first when the greatest part of a stick broken at random in K is
    # over a half. Whitworth (1901), Choice and Chance: K / 2^(K-1); for K = 3 the 0.75 of the method.
    weights = draw_ordered_weights(40_000, count, np.random.default_rng(2))
    assert (weights[:, 0] > 0.5).mean() == pytest.approx(count / 2 ** (count - 1), abs=0.01)


def test_smaa_example_of_two_criteria_by_hand():
    # A = (1, 0), B = (0, 2): A first when w1 > 2 (1 - w1), so w1 > 2/3; w1 is uniform on 0.5-1: P = 2/3.
    weights = draw_ordered_weights(40_000, 2, np.random.default_rng(3))
    assert (weights[:, 0] > 2 * weights[:, 1]).mean() == pytest.approx(2 / 3, abs=0.01)
