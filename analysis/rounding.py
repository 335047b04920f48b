"""The published rounding rules: how many decimals a figure carries, and where a half goes."""

from decimal import ROUND_HALF_UP, Decimal

SMALL_BASE = 100


def round_half_away(value: float, decimals: int = 0) -> float:
    """Return the value rounded to `decimals`, a half away from zero (2.5 -> 3, -2.5 -> -3).

    Works on the decimal digits a reader sees, not on the binary ones (1.005 -> 1.01); crumbs past the
    twelfth decimal are dropped first, so that 0.1 + 0.2 counts as 0.3.
    """
    digits = Decimal(repr(round(value, 12)))
    return float(digits.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)) + 0.0


def percentage_decimals(n: int) -> int:
    """Return the decimals of a percentage over `n` persons: 0 under n = 100, 1 from there on."""
    return 0 if n < SMALL_BASE else 1


def published_percentage(aandeel: float | None, n: int | None) -> float | None:
    """Return a share (0-1) as the percentage to publish (0-100), or None where there is nothing to publish.

    None: the share is None, or n is None or 0. Raises ValueError for a negative n.
    """
    if n is not None and n < 0:
        raise ValueError(f"n cannot be negative, got {n}")
    if aandeel is None or not n:
        return None
    return round_half_away(aandeel * 100, percentage_decimals(n))


def is_rounded_to_zero(aandeel: float | None, n: int | None) -> bool:
    """Return whether a share is not 0 but is published as 0 (reason code "afgerond naar 0")."""
    return aandeel is not None and aandeel != 0 and published_percentage(aandeel, n) == 0
