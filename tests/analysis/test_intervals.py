import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.intervals import wilson


# Newcombe (1998), Statistics in Medicine 17: 857-872, table I, method 3 (score, no continuity correction).
@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(successes, n, low, high):
    assert [round(end, 4) for end in wilson(successes, n)] == [low, high]


def test_wilson_takes_whole_columns():
    low, high = wilson(np.array([81, 15, 0]), np.array([263, 148, 0]))
    assert np.round(low[:2], 4).tolist() == [0.2553, 0.0624]
    assert np.round(high[:2], 4).tolist() == [0.3662, 0.1605]
    assert math.isnan(low[2])
    assert math.isnan(high[2])


def test_wilson_of_nobody_is_not_a_number():
    assert all(math.isnan(end) for end in wilson(0, 0))


def test_wilson_of_a_missing_count_is_not_a_number():
    low, high = wilson([math.nan, 3.0], [10.0, math.nan])
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_wilson_touches_the_ends_exactly():
    assert wilson(0, 7)[0] == 0.0
    assert wilson(7, 7)[1] == 1.0


def test_wilson_refuses_more_successes_than_cases_and_odd_confidence():
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson(6, 5)
    with pytest.raises(ValueError, match="between 0 and n"):
        wilson(-1, 5)
    with pytest.raises(ValueError, match="confidence"):
        wilson(1, 5, confidence=1.0)
    with pytest.raises(ValueError, match="shape"):
        wilson([1, 2], [5])


@given(st.integers(1, 10_000), st.data())
def test_wilson_holds_the_share_and_mirrors(n, data):
    successes = data.draw(st.integers(0, n))
    low, high = wilson(successes, n)
    assert 0 <= low <= successes / n <= high <= 1
    mirrored_low, mirrored_high = wilson(n - successes, n)
    assert low == pytest.approx(1 - mirrored_high)
    assert high == pytest.approx(1 - mirrored_low)


@given(st.integers(1, 200), st.data())
def test_wilson_narrows_with_more_cases_and_widens_with_confidence(n, data):
    successes = data.draw(st.integers(0, n))
    low, high = wilson(successes, n)
    more_low, more_high = wilson(successes * 10, n * 10)
    sure_low, sure_high = wilson(successes, n, confidence=0.99)
    assert more_high - more_low < high - low < sure_high - sure_low
