"""How sure a place in the ranking is: seeded draws of scores and weights, ranked draw by draw."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.lexicographic import lexicographic_levels
from analysis.normal_draws import standard_normals

# Small enough that a block of draws stays in the processor's cache, whatever the size of the network.
CELLS_PER_BLOCK = 100_000
# So many institutions with their ranks of two bytes stay in the cache while these are put in order.
INSTITUTIONS_PER_BLOCK = 32
# Scores equal in every draw (no data but the same advice) must share their places by chance, not by
# number; far below any difference that means something on a scale of 0-1.
TIE_BREAK = 1e-4
# NumPy lets go of the interpreter while it draws and sorts; more threads than this share one memory bus.
MOST_THREADS = 4


# What the 90 % interval leaves out on either side.
TAIL = 0.05


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
    factors = weights.astype(np.float32)
    stand_ins = [_StandIns.of(criterion) for criterion in criteria]
    means = np.stack([own.scores for own in stand_ins])
    noise = np.stack([own.spreads**2 for own in stand_ins])

    def draw(start: int, count: int, rng: np.random.Generator) -> NDArray[np.floating]:
        weight = factors[start : start + count]
        # Not a matrix product: the threads of its library would compete with ours.
        total, variance = _combine(weight, means), _combine(weight**2, noise)
        for column, own in zip(weight.T, stand_ins, strict=True):
            if len(own.missing):
                chosen = own.choose(count, rng)
                _add_to_columns(total, own.missing, column[:, np.newaxis] * own.donor_scores.take(chosen))
                spread = column[:, np.newaxis] * own.donor_spreads.take(chosen)
                _add_to_columns(variance, own.missing, spread**2)
        variance += np.float32(TIE_BREAK**2)
        np.sqrt(variance, out=variance)
        variance *= standard_normals(variance.shape, rng)
        total += variance
        return total

    return draw


def lexicographic_block(criteria: Sequence[Criterion], steps: NDArray[np.float64]) -> Block:
    """Return what draws the lexicographic order; `steps` holds the tolerance of each criterion."""

    stand_ins = [_StandIns.of(criterion) for criterion in criteria]

    def draw(start: int, count: int, rng: np.random.Generator) -> NDArray[np.floating]:
        drawn = [_draw_criterion(own, count, rng) for own in stand_ins]
        levels = lexicographic_levels(drawn, steps, rng)
        # Equal on every criterion: their places go by chance.
        levels += rng.integers(0, 2**16, levels.shape, dtype=np.uint16) * np.float32(2**-17)
        return levels

    return draw


def draw_ranks(block: Block, trap_sizes: Sequence[int], draws: int, top_n: int, seed: Sequence[int]) -> RankUncertainty:
    """Return the spread of ranks over `draws` draws of scores and weights.

    Institutions stand in trap order: the first `trap_sizes[0]` form the first trap, and so on; a trap is
    certain, so ranks move within it only. Percentiles: see `mid_percentiles`. Draws come in blocks with a
    generator of their own, so that the figures do not depend on the number of processors. Memory: 2 or 4
    bytes per institution and draw.
    """
    size = sum(trap_sizes)
    step = min(draws, max(1, CELLS_PER_BLOCK // max(1, size)))
    starts = range(0, draws, step)
    # The ranks of one institution in one block of draws lie together: whole strokes are gathered, not single ranks.
    ranks = np.empty((len(starts), size, step), dtype=np.int16 if size < 2**15 else np.int32)
    spread = RankUncertainty(
        np.empty(size), np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64), np.empty(size)
    )

    def fill(start: int) -> None:
        scores = block(start, min(step, draws - start), np.random.default_rng([*seed, start]))
        write_ranks(scores, trap_sizes, ranks[start // step])

    def summarise(first: int) -> None:
        some = slice(first, first + INSTITUTIONS_PER_BLOCK)
        gathered = ranks[:, some].swapaxes(0, 1).reshape(-1, len(starts) * step)
        own = gathered[:, :draws]  # the last block may hold fewer draws
        # A full sort of short integers is many times quicker than a partition.
        own.sort(axis=1)
        spread.mean[some] = own.sum(axis=1, dtype=np.int64) / draws
        spread.top[some] = _up_to(own, np.full(len(own), min(top_n, size), dtype=own.dtype)) / draws
        spread.p05[some], spread.p95[some] = mid_percentiles(own, TAIL)

    with ThreadPoolExecutor(min(MOST_THREADS, os.cpu_count() or 1)) as pool:
        list(pool.map(fill, starts))
        list(pool.map(summarise, range(0, size, INSTITUTIONS_PER_BLOCK)))
    return spread


def mid_percentiles(ranks: NDArray[np.integer], tail: float) -> tuple[NDArray[np.integer], NDArray[np.integer]]:
    """Return the lowest and highest rank of each row (draws, sorted) that belong to its interval.

    A rank at the edge belongs to it when the draws beyond it and half of its own are at least `tail` of all.
    Ranks are whole: taking an edge in as soon as it is touched makes intervals hold 93 in a hundred true ranks
    in a network of forty, where 90 was promised; counting it for half keeps the promise on average. Source:
    mid-distribution quantiles, Ma, Genton & Parzen (2011), Annals of the Institute of Statistical Mathematics 63.
    """
    draws = ranks.shape[1]
    limit = tail * draws
    rows = np.arange(len(ranks))
    low, high = int(limit), draws - 1 - int(limit)
    first, last = ranks[:, low], ranks[:, high]
    # Sorted: what is less stands before it, and what is more after it.
    below_first, up_to_first = _below(ranks, first), _up_to(ranks, first)
    below_last, up_to_last = _below(ranks, last), _up_to(ranks, last)
    next_up = ranks[rows, np.minimum(up_to_first, draws - 1)]
    next_down = ranks[rows, np.maximum(below_last - 1, 0)]
    return (
        np.where((below_first + up_to_first) / 2 >= limit, first, next_up),
        np.where(draws - (below_last + up_to_last) / 2 >= limit, last, next_down),
    )


def _below(ranks: NDArray[np.integer], values: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return how many of each row (sorted) are less than its value."""
    return np.array([row.searchsorted(value, "left") for row, value in zip(ranks, values, strict=True)], dtype=np.int64)


def _up_to(ranks: NDArray[np.integer], values: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return how many of each row (sorted) are its value or less."""
    return np.array(
        [row.searchsorted(value, "right") for row, value in zip(ranks, values, strict=True)], dtype=np.int64
    )


def write_ranks(scores: NDArray[np.floating], trap_sizes: Sequence[int], ranks: NDArray[np.integer]) -> None:
    """Write into `ranks` (institutions, draws or more) the rank in each draw: 1 = highest score of the first trap.

    `scores` is a (draws, institutions) array.

    A score and the place of its institution go into one whole number: sorting those is several times quicker
    than sorting scores and keeping track of places. Single precision scores get 32 bits in all, double
    precision 64; scores closer than their last bit, about 1/500 000 of the spread of a draw for 7 660
    institutions, go by place.
    """
    size = scores.shape[1]
    place_bits = max(1, (size - 1).bit_length())
    key_type, most_bits = (np.uint32, 32) if scores.dtype == np.float32 and place_bits <= 14 else (np.uint64, 64)
    # No more bits than the score itself has.
    score_bits = min(most_bits - place_bits, np.finfo(scores.dtype).nmant)
    order = np.empty(scores.shape, dtype=key_type)
    start = 0
    for trap_size in trap_sizes:
        trap = slice(start, start + trap_size)
        start += trap_size
        if trap_size == 0:
            continue
        highest = scores[:, trap].max()
        spread = highest - scores[:, trap].min()
        levels = highest - scores[:, trap]
        levels *= (2**score_bits - 2) / spread if spread > 0 else 1
        own = order[:, trap]
        own[:] = levels
        own <<= key_type(place_bits)
        own |= np.arange(trap.start, trap.stop, dtype=key_type)
        own.sort(axis=1)
        own &= key_type(2**place_bits - 1)
    places = np.arange(1, size + 1, dtype=ranks.dtype)
    for draw, institutions in enumerate(order):
        # One draw at a time: the wide numbers that NumPy wants here would push all the rest out of the cache.
        ranks[:, draw][institutions.astype(np.intp)] = places


@dataclass(frozen=True)
class _StandIns:
    """A criterion ready to draw from: `scores` and `spreads` are 0 for those that take them from a donor.

    `missing` are their positions; the donors of the i-th of them are `sizes[i]` long and begin at `starts[i]` in
    `donor_scores` and `donor_spreads`.
    """

    scores: NDArray[np.float32]
    spreads: NDArray[np.float32]
    missing: NDArray[np.intp]
    sizes: NDArray[np.uint64]
    starts: NDArray[np.uint64]
    donor_scores: NDArray[np.float32]
    donor_spreads: NDArray[np.float32]

    @classmethod
    def of(cls, criterion: Criterion) -> "_StandIns":
        scores, spreads = criterion.scores.astype(np.float32), np.sqrt(criterion.variances).astype(np.float32)
        nobody = np.empty(0, dtype=np.intp)
        donors = np.concatenate([nobody, *(own for _, own in criterion.donors)])
        missing = np.concatenate([nobody, *(positions for positions, _ in criterion.donors)])
        groups = [len(positions) for positions, _ in criterion.donors]
        sizes = np.array([len(own) for _, own in criterion.donors], dtype=np.uint64)
        starts = np.cumsum(sizes, dtype=np.uint64) - sizes
        pool = scores[donors], spreads[donors]
        scores[missing], spreads[missing] = 0.0, 0.0
        return cls(scores, spreads, missing, np.repeat(sizes, groups), np.repeat(starts, groups), *pool)

    def choose(self, count: int, rng: np.random.Generator) -> NDArray[np.intp]:
        """Return the place of a random donor, a (count, missing) array."""
        part = rng.integers(0, 2**32, (count, len(self.missing)), dtype=np.uint32).astype(np.uint64)
        # A random part of 2^32 times the number of donors: uniform to within one in ten million.
        part *= self.sizes
        part >>= np.uint64(32)
        part += self.starts
        return part.astype(np.intp)


def _combine(weight: NDArray[np.float32], values: NDArray[np.float32]) -> NDArray[np.float32]:
    combined: NDArray[np.float32] = np.einsum("dk,kn->dn", weight, values)
    return combined


def _add_to_columns(table: NDArray[np.float32], columns: NDArray[np.intp], more: NDArray[np.float32]) -> None:
    more += table.take(columns, axis=1)
    table[:, columns] = more


def _draw_criterion(own: _StandIns, count: int, rng: np.random.Generator) -> NDArray[np.float32]:
    shape = (count, len(own.scores))
    has_noise = own.spreads.any() or own.donor_spreads.any()
    normal = standard_normals(shape, rng) if has_noise else np.zeros(shape, dtype=np.float32)
    drawn = own.scores + own.spreads * normal
    if len(own.missing):
        chosen = own.choose(count, rng)
        noise = own.donor_spreads.take(chosen) * normal.take(own.missing, axis=1)
        drawn[:, own.missing] = own.donor_scores.take(chosen) + noise
    return drawn
