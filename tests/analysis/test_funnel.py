from math import isnan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.funnel import funnel_limits

SIZES = st.integers(min_value=1, max_value=400)
TARGETS = st.floats(min_value=0.02, max_value=0.98)


def test_limits_interpolate_the_published_binomial_table():
    # Table of B(20, 0.5): P(R <= 5) = 0.0207, P(R <= 6) = 0.0577. Appendix A.1: (0.0577 - 0.025) / (0.0577 - 0.0207)
    # = 0.884 back from 6, so (6 - 0.884) / 20 = 0.2558. P(R <= 13) = 0.9423, P(R <= 14) = 0.9793: 13.885 / 20 = 0.6942.
    low, high = funnel_limits([20], 0.5, 0.95)
    assert low[0] == pytest.approx(0.2558, abs=2e-4)
    assert high[0] == pytest.approx(0.6942, abs=2e-4)


def test_large_groups_have_the_normal_limits():
    # 0.2 -+ 1.96 x sqrt(0.2 x 0.8 / 10 000) = 0.2 -+ 0.00784; 99.8 %: 3.0902 x 0.004 = 0.01236.
    low, high = funnel_limits([10_000, 10_000], 0.2, 0.95)
    assert (low[0], high[1]) == (pytest.approx(0.19216, abs=1e-5), pytest.approx(0.20784, abs=1e-5))
    low, high = funnel_limits([10_000], 0.2, 0.998)
    assert (low[0], high[0]) == (pytest.approx(0.18764, abs=1e-5), pytest.approx(0.21236, abs=1e-5))


def test_exact_and_normal_limits_meet_where_one_takes_over():
    low, high = funnel_limits([5_000, 5_001], 0.3, 0.998)
    assert abs(low[0] - low[1]) < 4e-4
    assert abs(high[0] - high[1]) < 4e-4


def test_a_target_of_none_or_all_has_no_room_for_chance():
    for target in (0.0, 1.0):
        low, high = funnel_limits([10], target, 0.95)
        assert (low[0], high[0]) == (target, target)


def test_a_group_without_persons_has_no_limits():
    low, high = funnel_limits([0, np.nan], 0.5, 0.95)
    assert all(isnan(limit) for limit in [*low, *high])
    assert [len(limit) for limit in funnel_limits([], 0.5, 0.95)] == [0, 0]


@pytest.mark.parametrize(("target", "level"), [(-0.1, 0.95), (1.1, 0.95), (0.5, 0.0), (0.5, 1.0)])
def test_impossible_targets_and_levels_are_refused(target, level):
    with pytest.raises(ValueError, match="must lie between 0 and 1"):
        funnel_limits([10], target, level)


@given(SIZES, TARGETS)
def test_wider_level_gives_wider_limits_around_the_target(n, target):
    (low95,), (high95,) = funnel_limits([n], target, 0.95)
    (low998,), (high998,) = funnel_limits([n], target, 0.998)
    assert 0 <= low998 <= low95 <= high95 <= high998 <= 1


@given(SIZES, TARGETS)
def test_failing_is_the_mirror_of_succeeding(n, target):
    (low,), (high,) = funnel_limits([n], target, 0.95)
    (other_low,), (other_high,) = funnel_limits([n], 1 - target, 0.95)
    # The interpolation takes the count whose chance passes the tail: from the other side that is one count further.
    assert abs(low - (1 - other_high)) <= 1 / n + 1e-9
    assert abs(high - (1 - other_low)) <= 1 / n + 1e-9


@given(TARGETS)
def test_four_times_the_persons_never_widens_the_limits(target):
    low, high = funnel_limits([50, 200], target, 0.95)
    assert high[1] - low[1] <= high[0] - low[0]
