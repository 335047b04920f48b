"""Intervals around a proportion: how far a share of a small group may lie from the real one."""

from collections.abc import Sequence
from statistics import NormalDist
from typing import overload

import numpy as np
from numpy.typing import NDArray

Counts = Sequence[float] | NDArray[np.floating] | NDArray[np.integer]


@overload
def wilson(successes: float, n: float, confidence: float = 0.95) -> tuple[float, float]: ...
@overload
def wilson(
    successes: Counts, n: Counts, confidence: float = 0.95
) -> tuple[NDArray[np.float64], NDArray[np.float64]]: ...
def wilson(
    successes: float | Counts, n: float | Counts, confidence: float = 0.95
) -> tuple[float, float] | tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lower and upper end (0-1) of the Wilson score interval of successes / n.

    Two numbers give two floats; two sequences of equal length give two float arrays. Where `n` is 0 or
    either count is NaN there is no proportion and both ends are NaN (a caller that stores them turns NaN
    into null). 0 of n gives a lower end of exactly 0, n of n an upper end of exactly 1.

    Raises ValueError when successes lie outside 0..n or the confidence outside 0-1.
    Source: Wilson (1927), JASA 22; Newcombe (1998), Statistics in Medicine 17, method 3.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, got {confidence}")
    hits, size = np.asarray(successes, dtype=np.float64), np.asarray(n, dtype=np.float64)
    if hits.shape != size.shape:
        raise ValueError(f"successes and n differ in shape: {hits.shape} and {size.shape}")
    if bool(np.any((hits < 0) | (hits > size))):
        raise ValueError("successes must lie between 0 and n")

    z = NormalDist().inv_cdf((1 + confidence) / 2)
    known = size > 0
    divisor = np.where(known, size, np.nan)
    share = hits / divisor
    centre = (share + z**2 / (2 * divisor)) / (1 + z**2 / divisor)
    half_width = z / (1 + z**2 / divisor) * np.sqrt(share * (1 - share) / divisor + z**2 / (4 * divisor**2))
    # At the ends the formula is exactly 0 and 1; floating point leaves a crumb that would print as -0.0.
    low = np.where(known & (hits == 0), 0.0, centre - half_width)
    high = np.where(known & (hits == size), 1.0, centre + half_width)
    if low.ndim == 0:
        return float(low), float(high)
    return low, high
