"""How sure a place in the ranking is: seeded draws of scores and weights, ranked draw by draw."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.lexicographic import lexicographic_levels

# Small enough that a block of draws stays in the processor's cache, whatever the size of the network.
CELLS_PER_BLOCK = 100_000
# Scores equal in every draw (no data but the same advice) must share their places by chance, not by
# number; far below any difference that means something on a scale of 0-1.
TIE_BREAK = 1e-4
# NumPy lets go of the interpreter while it draws and sorts; more threads than this share one memory bus.
MOST_THREADS = 4


@dataclass(frozen=True)
class RankUncertainty:
    """Per institution: mean rank, 5th and 95th percentile of its ranks, and the share of draws in the top."""

    mean: NDArray[np.float64]
    p05: NDArray[np.int64]
    p95: NDArray[np.int64]
    top: NDArray[np.float64]


@dataclass(frozen=True)
class Criterion:
    """One criterion over all institutions: score and variance, both without NaN.

    Where the score is missing it is the mean of the like-group; `donors` then holds, per set of institutions
    that miss it, their positions and the positions of the institutions whose scores stand for theirs. Missing
    without donors, the score and its variance are drawn from as they are.
    """

    scores: NDArray[np.float64]
    variances: NDArray[np.float64]
    donors: list[tuple[NDArray[np.intp], NDArray[np.intp]]]


#: Turns the criteria into the scores of one block of draws: (first draw, draws, generator) -> (draws, institutions).
Block = Callable[[int, int, np.random.Generator], NDArray[np.floating]]


def constant_block(scores: NDArray[np.float64]) -> Block:
    """Return what gives the same scores in every draw; equal ones share their places by chance."""

    def draw(start: int, count: int, rng: np.random.Generator) -> NDArray[np.floating]:
        return scores + TIE_BREAK * rng.random((count, len(scores)))

    return draw


def weighted_block(criteria: Sequence[Criterion], weights: NDArray[np.float64]) -> Block:
    """Return what draws weighted scores; `weights` is a (draws, criteria) array.

    Given its weights, a sum of independent normals is itself normal: one number per institution and draw is
    enough. A missing score takes the score and the noise of a random donor.
    """
    means = np.stack([criterion.scores for criterion in criteria]).astype(np.float32)
    noise = np.stack([_own_noise(criterion) for criterion in criteria]).astype(np.float32)
    factors = weights.astype(np.float32)

    def draw(start: int, count: int, rng: np.random.Generator) -> NDArray[np.floating]:
        weight = factors[start : start + count]
        total, variance = weight @ means, weight**2 @ noise
        for place, criterion in enumerate(criteria):
            column = weight[:, place, np.newaxis]
            for missing, donors in criterion.donors:
                chosen = donors[rng.integers(0, len(donors), (count, len(missing)), dtype=np.int32)]
                total[:, missing] += column * (means[place, chosen] - means[place, missing])
                variance[:, missing] += column**2 * noise[place, chosen]
        variance += np.float32(TIE_BREAK**2)
        np.sqrt(variance, out=variance)
        variance *= rng.standard_normal(variance.shape, dtype=np.float32)
        total += variance
        return total

    return draw


def lexicographic_block(criteria: Sequence[Criterion], steps: NDArray[np.float64]) -> Block:
    """Return what draws the lexicographic order; `steps` holds the tolerance of each criterion."""

    def draw(start: int, count: int, rng: np.random.Generator) -> NDArray[np.floating]:
        drawn = [_draw_criterion(criterion, count, rng) for criterion in criteria]
        levels = lexicographic_levels(drawn, steps, rng)
        levels += rng.random(levels.shape)
        return levels

    return draw


def draw_ranks(block: Block, trap_sizes: Sequence[int], draws: int, top_n: int, seed: Sequence[int]) -> RankUncertainty:
    """Return the spread of ranks over `draws` draws of scores and weights.

    Institutions stand in trap order: the first `trap_sizes[0]` form the first trap, and so on; a trap is
    certain, so ranks move within it only. Draws come in blocks with a generator of their own, so that the
    figures do not depend on the number of processors. Memory: 2 or 4 bytes per institution and draw.
    """
    size = sum(trap_sizes)
    if size == 0:
        nothing = np.empty(0)
        return RankUncertainty(nothing, nothing.astype(np.int64), nothing.astype(np.int64), nothing)
    ranks = np.empty((size, draws), dtype=np.int16 if size < 2**15 else np.int32)
    step = max(1, CELLS_PER_BLOCK // size)
    low, high = int(np.floor(0.05 * (draws - 1))), int(np.ceil(0.95 * (draws - 1)))
    mean, top = np.empty(size), np.empty(size)

    def fill(start: int) -> None:
        count = min(step, draws - start)
        rng = np.random.default_rng([*seed, start])
        ranks[:, start : start + count] = _ranks_within_traps(block(start, count, rng), trap_sizes).T

    def summarise(start: int) -> None:
        rows = slice(start, start + step_institutions)
        mean[rows] = ranks[rows].mean(axis=1, dtype=np.float64)
        top[rows] = (ranks[rows] <= top_n).mean(axis=1)
        ranks[rows].partition([low, high], axis=1)

    step_institutions = max(1, CELLS_PER_BLOCK // draws)
    with ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1)) as pool:
        list(pool.map(fill, range(0, draws, step)))
        list(pool.map(summarise, range(0, size, step_institutions)))
    return RankUncertainty(mean, ranks[:, low].astype(np.int64), ranks[:, high].astype(np.int64), top)


def _own_noise(criterion: Criterion) -> NDArray[np.float64]:
    """Return the variances with 0 for those that take the noise of their donor."""
    noise = criterion.variances.copy()
    for missing, _ in criterion.donors:
        noise[missing] = 0.0
    return noise


def _draw_criterion(criterion: Criterion, count: int, rng: np.random.Generator) -> NDArray[np.float32]:
    scores, spread = criterion.scores.astype(np.float32), np.sqrt(_own_noise(criterion)).astype(np.float32)
    normal = rng.standard_normal((count, len(scores)), dtype=np.float32)
    drawn = scores + spread * normal
    for missing, donors in criterion.donors:
        chosen = donors[rng.integers(0, len(donors), (count, len(missing)), dtype=np.int32)]
        drawn[:, missing] = scores[chosen] + spread[chosen] * normal[:, missing]
    return drawn


def _ranks_within_traps(scores: NDArray[np.floating], trap_sizes: Sequence[int]) -> NDArray[np.int32]:
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
