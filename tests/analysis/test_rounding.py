import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.rounding import is_rounded_to_zero, percentage_decimals, published_percentage, round_half_away


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (0.5, 0, 1.0),
        (2.5, 0, 3.0),
        (-2.5, 0, -3.0),
        (2.4999, 0, 2.0),
        (1.005, 2, 1.01),
        (-1.005, 2, -1.01),
        (12.25, 1, 12.3),
        (0.0, 1, 0.0),
        (1250.0, -2, 1300.0),
    ],
)
def test_a_half_goes_away_from_zero(value, decimals, rounded):
    assert round_half_away(value, decimals) == rounded


def test_a_small_negative_number_does_not_print_as_minus_zero():
    assert str(round_half_away(-0.2)) == "0.0"


def test_a_percentage_has_no_decimals_under_hundred_persons_and_one_from_there():
    assert [percentage_decimals(n) for n in (1, 99, 100, 5000)] == [0, 0, 1, 1]


def test_published_percentages():
    # 1 of 8 = 12.5 %: half away from zero. 81 of 263 = 30.798... %. 29 of 200 = 14.5 %. 1 of 800 = 0.125 %.
    assert published_percentage(1 / 8, 8) == 13
    assert published_percentage(81 / 263, 263) == 30.8
    assert published_percentage(29 / 200, 200) == 14.5
    assert published_percentage(1 / 800, 800) == 0.1


def test_missing_is_not_zero():
    assert published_percentage(None, 50) is None
    assert published_percentage(0.0, 0) is None
    assert published_percentage(0.5, None) is None
    assert published_percentage(0.0, 50) == 0


def test_rounded_to_zero_is_told_from_zero():
    assert is_rounded_to_zero(0.004, 99)
    assert not is_rounded_to_zero(0.0, 99)
    assert not is_rounded_to_zero(0.004, 100)
    assert not is_rounded_to_zero(None, 100)


def test_negative_persons_are_refused():
    with pytest.raises(ValueError, match="negative"):
        published_percentage(0.5, -1)


@given(st.floats(-1000, 1000), st.integers(0, 4))
def test_rounding_is_symmetric_and_near(value, decimals):
    rounded = round_half_away(value, decimals)
    assert rounded == -round_half_away(-value, decimals)
    assert abs(rounded - value) <= 0.5 * 10**-decimals + 1e-9
