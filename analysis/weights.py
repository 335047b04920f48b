"""Weights for criteria of which only the order of importance is known, most important first."""

import numpy as np
from numpy.typing import NDArray


def rank_order_centroid(count: int) -> NDArray[np.float64]:
    """Return `count` weights that add up to 1: w_k = (1/K) * sum of 1/j for j = k..K.

    They are the mean of all weight vectors that respect the order. Raises ValueError for a count under 1.
    Source: Barron & Barrett (1996), Management Science 42.
    """
    reciprocals = 1.0 / _positions(count)
    return np.cumsum(reciprocals[::-1])[::-1] / count


def rank_sum(count: int) -> NDArray[np.float64]:
    """Return `count` weights that add up to 1 and fall linearly: w_k = 2 (K + 1 - k) / (K (K + 1)).

    Raises ValueError for a count under 1. Source: Stillwell, Seaver & Edwards (1981).
    """
    positions = _positions(count)
    return 2 * (count + 1 - positions) / (count * (count + 1))


def equal(count: int) -> NDArray[np.float64]:
    """Return `count` equal weights that add up to 1: no order at all. Raises ValueError for a count under 1."""
    return np.full(count, 1.0 / len(_positions(count)))


def draw_ordered_weights(draws: int, count: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return a (draws, count) array; each row is uniform over w_1 >= ... >= w_K >= 0 with sum 1.

    A flat Dirichlet is uniform over all weight vectors; sorting folds it onto the ordered part, and as
    every order is equally likely the result stays uniform. Source: SMAA, Lahdelma & Salminen (2001).
    """
    _positions(count)
    weights = rng.standard_exponential((draws, count))
    weights /= weights.sum(axis=1, keepdims=True)
    return np.sort(weights, axis=1)[:, ::-1]


def _positions(count: int) -> NDArray[np.float64]:
    if count < 1:
        raise ValueError(f"at least one criterion is needed, got {count}")
    return np.arange(1, count + 1, dtype=np.float64)
