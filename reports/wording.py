"""Numbers and dates as Dutch text, as the screen writes them."""

from datetime import date
from typing import SupportsFloat

from babel.dates import format_date

from analysis.rounding import round_half_away

_SWAP = str.maketrans(",.", ".,")


def number(value: SupportsFloat, decimals: int = 0) -> str:
    """Return a number as '1.234,5'; a half goes away from zero."""
    return f"{round_half_away(float(value), decimals):,.{decimals}f}".translate(_SWAP)


def percentage(share: float, decimals: int = 0) -> str:
    """Return a share (0-1) as '12 %'."""
    return f"{number(share * 100, decimals)} %"


def interval(low: float, high: float) -> str:
    """Return the bounds of a share (0-1) as 'tussen 12 en 18 %'."""
    return f"tussen {number(low * 100)} en {number(high * 100)} %"


def day(value: date) -> str:
    """Return a date as '21 november 2026'."""
    return str(format_date(value, "d MMMM y", locale="nl_BE"))
