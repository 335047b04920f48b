"""Dividing whole units (dagdelen) in proportion, so that the parts are whole and add up."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def largest_remainder(weights: ArrayLike, total: int) -> NDArray[np.int64]:
    """Return whole parts of `total`, proportional to the weights, in the order of the weights.

    Every part is its exact quota rounded down or up; the units left over go to the largest remainders, and
    among equal remainders to the earliest, so a caller that sorts (by number, say) gets a stable outcome.
    Remainders that differ by less than 1e-9 count as equal.

    Raises ValueError for a negative total, negative or non-finite weights, or a total with nobody to give
    it to. Source: method of Hamilton (Hare quota); plan PBD 5.6.4 for its use on VTE.
    """
    w = np.asarray(weights, dtype=np.float64)
    if total < 0:
        raise ValueError(f"the total cannot be negative, got {total}")
    if w.ndim != 1 or not np.isfinite(w).all() or (w < 0).any():
        raise ValueError("weights must be one row of finite numbers, none negative")
    if w.sum() == 0:
        if total > 0:
            raise ValueError(f"{total} units to divide, but no weight is above 0")
        return np.zeros(len(w), dtype=np.int64)
    # Divide by the greatest weight first: the sum of very small or very great weights stays in range.
    relative = w / w.max()
    quotas = np.round(total * relative / relative.sum(), 9)
    parts = np.floor(quotas).astype(np.int64)
    by_remainder = np.argsort(-np.round(quotas - parts, 9), kind="stable")
    parts[by_remainder[: total - int(parts.sum())]] += 1
    return parts
