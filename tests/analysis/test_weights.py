import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.weights import draw_ordered_weights, rank_order_centroid, rank_sum


def test_rank_order_centroid_gives_the_published_weights():
    assert np.round(rank_order_centroid(3), 4).tolist() == [0.6111, 0.2778, 0.1111]
    assert np.round(rank_order_centroid(4), 4).tolist() == [0.5208, 0.2708, 0.1458, 0.0625]


def test_rank_sum_falls_linearly():
    # K = 4: 4/10, 3/10, 2/10, 1/10.
    assert rank_sum(4) == pytest.approx([0.4, 0.3, 0.2, 0.1])


@pytest.mark.parametrize("scheme", [rank_order_centroid, rank_sum])
@given(count=st.integers(1, 30))
def test_weights_add_up_and_fall(scheme, count):
    weights = scheme(count)
    assert weights.sum() == pytest.approx(1)
    assert (np.diff(weights) < 0).all()
    assert (weights > 0).all()


@pytest.mark.parametrize("scheme", [rank_order_centroid, rank_sum])
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


def test_smaa_example_of_one_against_two_criteria():
    # K = 3, A = (1, 0, 0), B = (0, 1, 1), ordered weights: A comes first when w1 > w2 + w3, with P = 0.75.
    weights = draw_ordered_weights(40_000, 3, np.random.default_rng(2))
    a_first = (weights @ [1, 0, 0] > weights @ [0, 1, 1]).mean()
    assert a_first == pytest.approx(0.75, abs=0.01)
