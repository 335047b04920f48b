import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.apportionment import largest_remainder

weights = st.lists(st.floats(0, 1e6), min_size=1, max_size=40).filter(lambda row: max(row) > 0)


def test_ten_seats_over_six_parties():
    # Textbook example, Hare quota 10 000: 4.7, 1.6, 1.59, 1.2, 0.6, 0.31; the three left go to .7, .6 and .6.
    assert largest_remainder([47_000, 16_000, 15_900, 12_000, 6_000, 3_100], 10).tolist() == [
        5,
        2,
        1,
        1,
        1,
        0,
    ]


def test_one_seat_more_can_cost_a_seat():
    # The published illustration of the Alabama paradox.
    votes = [1500, 1500, 900, 500, 500, 200]
    assert largest_remainder(votes, 25).tolist() == [7, 7, 4, 3, 3, 1]
    assert largest_remainder(votes, 26).tolist() == [8, 8, 5, 2, 2, 1]


def test_equal_remainders_go_to_the_earliest():
    assert largest_remainder([1, 1, 1], 4).tolist() == [2, 1, 1]
    # 0.1 + 0.2 and 0.3 are equal for a reader, not for the processor.
    assert largest_remainder([0.3, 0.1 + 0.2], 1).tolist() == [1, 0]


def test_exact_quotas_are_kept():
    assert largest_remainder([0.1, 0.2, 0.7], 10).tolist() == [1, 2, 7]


def test_nothing_to_divide():
    assert largest_remainder([0, 0], 0).tolist() == [0, 0]
    assert largest_remainder([], 0).tolist() == []
    assert largest_remainder([2, 1], 0).tolist() == [0, 0]


def test_impossible_input_is_refused():
    with pytest.raises(ValueError, match="no weight"):
        largest_remainder([0, 0], 3)
    with pytest.raises(ValueError, match="negative"):
        largest_remainder([1], -1)
    with pytest.raises(ValueError, match="none negative"):
        largest_remainder([1, -1], 3)


@given(weights, st.integers(0, 100_000))
def test_parts_are_whole_add_up_and_stay_within_one_of_the_quota(row, total):
    parts = largest_remainder(row, total)
    quota = total * np.array(row) / np.sum(row)
    assert parts.sum() == total
    assert (parts >= np.floor(quota - 1e-6)).all()
    assert (parts <= np.ceil(quota + 1e-6)).all()


@given(weights, st.integers(0, 1000))
def test_more_weight_never_gets_less(row, total):
    parts = largest_remainder(sorted(row, reverse=True), total)
    assert (np.diff(parts) <= 0).all()
