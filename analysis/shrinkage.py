"""Empirical Bayes: pull noisy estimates of small groups towards the mean of their like-group."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

# A variance this much smaller than the greatest one counts as "known exactly": its weight 1 / s^2 would
# drown all others and, squared, overflow.
EXACT_RATIO = 1e-12


@dataclass(frozen=True)
class Shrinkage:
    """What shrinking one like-group gives; arrays are in the order of the input, in its units.

    `mean` is mu, `between_variance` tau^2, `kept` the factor B (0 = fully pulled to the mean, 1 = left
    alone), `values` theta and `variances` the variance of theta.
    """

    mean: float
    between_variance: float
    kept: NDArray[np.float64]
    values: NDArray[np.float64]
    variances: NDArray[np.float64]


def between_variance(values: ArrayLike, standard_errors: ArrayLike) -> float:
    """Return tau^2, the variance between the units beyond what their standard errors explain (never < 0).

    Method of moments of DerSimonian & Laird (1986), Controlled Clinical Trials 7. Those weights do not
    exist when a standard error is 0; then the unweighted moment of Hedges & Olkin (1985) is taken:
    sample variance of the values minus the mean squared standard error. One unit gives 0.
    """
    y, variance = _checked(values, standard_errors)
    if len(y) < 2:
        return 0.0
    if _is_exact(variance).any():
        return max(0.0, float(np.var(y, ddof=1) - variance.mean()))
    # Weights relative to the greatest one, so that squares of very small variances cannot overflow.
    smallest = variance.min()
    weights = smallest / variance
    mean = np.average(y, weights=weights)
    q = float(np.sum(weights * (y - mean) ** 2))
    scale = weights.sum() - np.sum(weights**2) / weights.sum()
    return max(0.0, float((q - (len(y) - 1) * smallest) / scale))


def shrink(values: ArrayLike, standard_errors: ArrayLike) -> Shrinkage:
    """Return the shrunken values of one like-group: theta = mu + B (y - mu), variance B s^2.

    Stated behaviour at the edges:
    - one unit: there is no group to borrow from; it keeps its value and its own variance s^2 (B = 1);
    - standard error 0: the value is known exactly and stays as it is (B = 1, variance 0); when the others
      show no spread of their own (tau^2 = 0), mu is the mean of the exactly known values;
    - all equal, or no more spread than chance (tau^2 = 0): all get mu, with variance 0 (B = 0).

    Raises ValueError for an empty group, unequal lengths, negative or non-finite input.
    Source: Efron & Morris (1975), JASA 70; tau^2 as in `between_variance`.
    """
    y, variance = _checked(values, standard_errors)
    if len(y) == 1:
        return Shrinkage(float(y[0]), 0.0, np.ones(1), y.copy(), variance.copy())
    tau2 = between_variance(values, standard_errors)
    exact = _is_exact(variance)
    total = variance + tau2
    if tau2 == 0.0 and exact.any():
        mean = float(y[exact].mean())
    else:
        mean = float(np.average(y, weights=total.min() / total))
    kept = np.where(exact, 1.0, tau2 / np.where(exact, 1.0, total))
    # Written from the value's side so that B = 1 gives back the very same number.
    shrunken = y + (1.0 - kept) * (mean - y)
    return Shrinkage(mean, tau2, kept, shrunken, kept * variance)


def _is_exact(variance: NDArray[np.float64]) -> NDArray[np.bool_]:
    return variance <= EXACT_RATIO * variance.max()


def _checked(values: ArrayLike, standard_errors: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    y, s = np.asarray(values, dtype=np.float64), np.asarray(standard_errors, dtype=np.float64)
    if y.ndim != 1 or y.shape != s.shape or len(y) == 0:
        raise ValueError(f"need two equally long, non-empty rows of numbers, got {y.shape} and {s.shape}")
    if not (np.isfinite(y).all() and np.isfinite(s).all()) or (s < 0).any():
        raise ValueError("values must be finite, standard errors finite and not negative")
    return y, s**2
