"""Funnel limits: how far the share of a group may lie from a target by chance alone, given its size."""

from collections.abc import Sequence
from functools import lru_cache
from math import lgamma, log
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

#: Above this size the interpolated binomial and the normal limits differ by less than a hundredth of a percent point.
_EXACT_UP_TO = 5_000


def funnel_limits(
    n: Sequence[float] | NDArray[np.integer] | NDArray[np.floating], target: float, level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lower and upper limit (0-1) around the share `target` for groups of `n` persons.

    `level` is the share of groups that lie between the limits when only chance sets them apart (0.95, 0.998).
    Limits are exact binomial, interpolated between the two counts around them, so that they run smoothly; for
    very large groups normal. A size under 1, or not a number, has no limits (NaN).

    Raises ValueError for a target or a level outside 0-1 (0 and 1 themselves are no level).
    Source: Spiegelhalter (2005), Statistics in Medicine 24, section 2.3 and appendix A.1.
    """
    if not 0 <= target <= 1:
        raise ValueError(f"the target must lie between 0 and 1, got {target}")
    if not 0 < level < 1:
        raise ValueError(f"the level must lie between 0 and 1, got {level}")
    sizes = np.asarray(n, dtype=np.float64)
    known = np.nan_to_num(sizes, nan=0.0).astype(np.int64)
    limits = [_limits(int(size), float(target), float(level)) if size >= 1 else (np.nan, np.nan) for size in known]
    low, high = np.array(limits, dtype=np.float64).reshape(-1, 2).T
    return low, high


@lru_cache(maxsize=10_000)
def _limits(n: int, target: float, level: float) -> tuple[float, float]:
    if target in (0.0, 1.0):
        return target, target
    tail = (1 - level) / 2
    if n > _EXACT_UP_TO:
        half_width = NormalDist().inv_cdf(1 - tail) * (target * (1 - target) / n) ** 0.5
        return max(0.0, target - half_width), min(1.0, target + half_width)
    chances = _cumulative(n, target)
    return _interpolated(chances, tail, n), _interpolated(chances, 1 - tail, n)


def _cumulative(n: int, target: float) -> NDArray[np.float64]:
    """Return P(R <= r) for r = 0..n of a binomial count."""
    factorials = np.array([lgamma(r + 1) for r in range(n + 1)])
    counts = np.arange(n + 1)
    logs = factorials[n] - factorials - factorials[::-1] + counts * log(target) + (n - counts) * log(1 - target)
    return np.cumsum(np.exp(logs))


def _interpolated(chances: NDArray[np.float64], tail: float, n: int) -> float:
    """Return the share between the count whose chance passes `tail` and the count before it."""
    r = min(int(np.searchsorted(chances, tail, side="right")), n)
    before = float(chances[r - 1]) if r else 0.0
    step = (float(chances[r]) - tail) / (float(chances[r]) - before)
    return min(max((r - step) / n, 0.0), 1.0)
