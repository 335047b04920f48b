"""One criterion decides, the next only where the first leaves a tie: lexicographic order with a tolerance."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# A difference within 1.96 standard errors is a tie (5 %, two-sided).
TOLERANCE = 1.96
# Smaller differences on a scale of 0-1 are none, also where a criterion is measured without noise.
LEAST_STEP = 0.001


def lexicographic_order(
    scores: Sequence[NDArray[np.float64]], variances: Sequence[NDArray[np.float64]], last: NDArray[np.float64]
) -> NDArray[np.intp]:
    """Return the positions from greatest to least need; the criteria come in order of importance.

    Within a group of ties the next criterion is sorted from high to low and cut into bands. A band starts at
    its highest score and holds all that follow while their difference with that first one is at most 1.96
    times its standard error, sqrt(v_first + v_other). What is still tied after all criteria goes by `last`
    (high first), then by position. Bands, because "equal within the tolerance" does not chain: A may equal
    B and B equal C while A is above C. Source: Cascio, Outtz, Zedeck & Goldstein (1991), fixed bands.
    """
    groups = [np.arange(len(last))]
    for score, variance in zip(scores, variances, strict=True):
        groups = [band for group in groups for band in _bands(group, score, variance)]
    ordered = [group[np.lexsort((group, -last[group]))] for group in groups]
    return np.concatenate(ordered) if ordered else np.empty(0, dtype=np.intp)


def _bands(
    group: NDArray[np.intp], score: NDArray[np.float64], variance: NDArray[np.float64]
) -> list[NDArray[np.intp]]:
    order = group[np.lexsort((group, -score[group]))]
    values, noise = score[order], variance[order]
    bands, start = [], 0
    while start < len(order):
        beyond = values[start] - values[start:] > TOLERANCE * np.sqrt(noise[start] + noise[start:]) + 1e-12
        size = int(beyond.argmax()) if beyond.any() else len(beyond)
        bands.append(order[start : start + size])
        start += size
    return bands


def tolerance_steps(variances: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """Return per criterion the width of a tie: 1.96 standard errors of a difference between two typical units."""
    typical = [float(np.median(variance)) if len(variance) else 0.0 for variance in variances]
    return np.maximum(TOLERANCE * np.sqrt(2 * np.array(typical)), LEAST_STEP)


def lexicographic_levels(
    drawn: Sequence[NDArray[np.float32]], steps: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.float64]:
    """Return one number per draw and unit whose order is the lexicographic order of that draw.

    `drawn` holds one (draws, units) array per criterion. Each is cut into steps as wide as the tolerance, from
    a start that is drawn anew in every draw: two units further apart than a step never tie, two at a distance
    d within it tie with chance 1 - d / step. Levels then count like the digits of a number.
    """
    total = np.zeros(drawn[0].shape)
    for values, step in zip(drawn, steps, strict=True):
        start = rng.random((len(values), 1), dtype=np.float32)
        # Half a scale of room on both sides for what noise draws beyond 0 and 1.
        levels = np.clip(values, -0.5, 1.5)
        levels += 0.5
        levels *= np.float32(1 / step)
        levels += start
        total *= np.ceil(2 / step) + 2
        total += np.floor(levels, out=levels)
    return total
