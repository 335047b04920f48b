import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from dashboard import format
from reports import wording

NUMBERS = st.floats(min_value=-1e9, max_value=1e9, allow_nan=False)
SHARES = st.floats(min_value=0, max_value=1)


@given(NUMBERS, st.integers(0, 3))
def test_numbers_are_written_as_on_screen(value, decimals):
    assert wording.number(value, decimals) == format.number(value, decimals)


@given(SHARES, st.integers(0, 2))
def test_shares_are_written_as_on_screen(share, decimals):
    assert wording.percentage(share, decimals) == format.percentage(share, decimals=decimals)


@given(SHARES, SHARES)
def test_intervals_are_written_as_on_screen(low, high):
    assert wording.interval(low, high) == format.interval(low, high)


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_days_are_written_as_on_screen(value):
    assert wording.day(value) == format.date_long(value)
