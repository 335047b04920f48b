"""How sure a place in the ranking is: seeded draws of scores and weights, ranked draw by draw."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.weights import draw_ordered_weights

# Small enough that a block of draws stays in the processor's cache, whatever the size of the network.
CELLS_PER_BLOCK = 200_000
# Scores equal in every draw (no data but the same advice) must share their places by chance, not by
# number; far below any difference that means something on a scale of 0-1.
TIE_BREAK = 1e-5


@dataclass(frozen=True)
class RankUncertainty:
    """Per institution: mean rank, 5th and 95th percentile of its ranks, and the share of draws in the top."""

    mean: NDArray[np.float64]
    p05: NDArray[np.int64]
    p95: NDArray[np.int64]
    top: NDArray[np.float64]


@dataclass(frozen=True)
class Criterion:
    """One criterion over all institutions: observed score (NaN = missing) and its variance.

    `donors` holds, per set of institutions that miss it, their positions and the positions of the
    institutions whose scores stand for theirs.
    """

    scores: NDArray[np.float64]
    variances: NDArray[np.float64]
    donors: list[tuple[NDArray[np.intp], NDArray[np.intp]]]


def draw_ranks(
    criteria: list[Criterion],
    trap_sizes: list[int],
    draws: int,
    top_n: int,
    rng: np.random.Generator,
) -> RankUncertainty:
    """Return the spread of ranks over `draws` draws of scores and of weights in their fixed order.

    Institutions stand in trap order: the first `trap_sizes[0]` form the first trap, and so on; a trap is
    certain, so ranks move within it only. In each draw a score is normal around its estimate, cut at 0 and
    1; a missing score is the drawn score of a random donor. Weights are uniform over all that respect the
    order. Memory: 2 or 4 bytes per institution and draw, plus one block.
    """
    size = sum(trap_sizes)
    ranks = np.empty((size, draws), dtype=np.int16 if size < 2**15 else np.int32)
    block = max(1, CELLS_PER_BLOCK // max(1, size))
    for start in range(0, draws, block):
        count = min(block, draws - start)
        scores = _draw_scores(criteria, count, size, rng)
        ranks[:, start : start + count] = _ranks_within_traps(scores, trap_sizes).T
    mean = ranks.mean(axis=1, dtype=np.float64)
    top = (ranks <= top_n).mean(axis=1)
    low, high = int(np.floor(0.05 * (draws - 1))), int(np.ceil(0.95 * (draws - 1)))
    ranks.partition([low, high], axis=1)
    return RankUncertainty(mean, ranks[:, low].astype(np.int64), ranks[:, high].astype(np.int64), top)


def _draw_scores(criteria: list[Criterion], count: int, size: int, rng: np.random.Generator) -> NDArray[np.float32]:
    """Return a (count, size) array of drawn scores."""
    total = rng.random((count, size), dtype=np.float32)
    total *= np.float32(TIE_BREAK)
    if not criteria:
        return total
    weights = draw_ordered_weights(count, len(criteria), rng).astype(np.float32)
    for position, criterion in enumerate(criteria):
        drawn = _draw_criterion(criterion, count, size, rng)
        drawn *= weights[:, position, np.newaxis]
        total += drawn
    return total


def _draw_criterion(criterion: Criterion, count: int, size: int, rng: np.random.Generator) -> NDArray[np.float32]:
    observed = np.nan_to_num(criterion.scores).astype(np.float32)
    spread = np.sqrt(np.nan_to_num(criterion.variances)).astype(np.float32)
    if spread.any():
        drawn = rng.standard_normal((count, size), dtype=np.float32)
        drawn *= spread
        drawn += observed
        np.clip(drawn, 0.0, 1.0, out=drawn)
    else:
        drawn = np.tile(observed, (count, 1))
    for missing, donors in criterion.donors:
        chosen = donors[rng.integers(0, len(donors), (count, len(missing)))]
        drawn[:, missing] = np.take_along_axis(drawn, chosen, axis=1)
    return drawn


def _ranks_within_traps(scores: NDArray[np.float32], trap_sizes: list[int]) -> NDArray[np.int32]:
    """Return ranks (1 = highest score of the first trap) in the shape of the scores."""
    ranks = np.empty(scores.shape, dtype=np.int32)
    start = 0
    for size in trap_sizes:
        trap = slice(start, start + size)
        order = np.argsort(-scores[:, trap], axis=1)
        places = np.arange(start + 1, start + size + 1, dtype=np.int32)
        np.put_along_axis(ranks[:, trap], order, places[np.newaxis, :], axis=1)
        start += size
    return ranks
