"""Simulated networks whose truth is known: does the ranking promise no more, and no less, than it holds.

True needs are drawn per criterion and niveau, measured with error and shrunk; true weights are drawn from all that
respect the order. Then the 90 % rank interval must hold the true rank in 88 to 92 of a hundred, and of all with a
chance of about p to be in the top, p must really be in it.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
import pytest

from analysis.needs_scenario import Scenario, rank_scenario
from analysis.needs_settings import CRITERIA
from analysis.shrinkage import shrink
from analysis.weights import draw_ordered_weights
from tests.analysis.needs_frames import criteria, settings_with

DRAWS, TOP = 400, 15
METHOD = settings_with(trekkingen=DRAWS)
SCENARIO = Scenario(volgorde=CRITERIA, gewichten="rangorde", top_n=TOP)


@dataclass(frozen=True)
class Outcome:
    """Over all simulated institutions: is the true rank held, the promised chance, is it really in the top."""

    is_held: np.ndarray
    chance: np.ndarray
    is_top: np.ndarray
    raw_error: float
    shrunken_error: float


def simulate(networks, size, missing, seed):
    rng = np.random.default_rng(seed)
    held, chance, top, errors = [], [], [], []
    for _ in range(networks):
        truth, frame = _network(size, missing, rng, errors)
        weights = draw_ordered_weights(1, len(CRITERIA), rng)[0]
        rank = np.empty(size, dtype=int)
        rank[np.argsort(-(weights @ truth))] = np.arange(1, size + 1)
        ranking = rank_scenario(frame, SCENARIO, METHOD).sort("instellingsnummer")
        held.append((ranking["rang_p05"].to_numpy() <= rank) & (rank <= ranking["rang_p95"].to_numpy()))
        chance.append(ranking["kans_top"].to_numpy())
        top.append(rank <= TOP)
    raw, shrunken = np.mean(errors, axis=0)
    return Outcome(np.concatenate(held), np.concatenate(chance), np.concatenate(top), raw, shrunken)


def _network(size, missing, rng, errors):
    """True needs (criteria, institutions) and the criterion rows of their measurements."""
    truth, rows = np.empty((len(CRITERIA), size)), []
    for place, criterion in enumerate(CRITERIA):
        mean, spread = rng.uniform(0.3, 0.6), rng.uniform(0.05, 0.15)
        truth[place] = rng.normal(mean, spread, size)
        # An inspection is known as it is; the rest is measured, small institutions worst.
        noise = spread * rng.uniform(0.2, 1.5, size) * (place > 0)
        measured = truth[place] + noise * rng.standard_normal(size)
        estimate = shrink(measured, noise)
        if place:
            errors.append([np.mean((value - truth[place]) ** 2) for value in (measured, estimate.values)])
        is_missing = pl.Series(rng.random(size) < missing)
        rows.append(
            pl.DataFrame({"score": estimate.values, "variantie": estimate.variances}).select(
                instellingsnummer=pl.int_range(size).cast(pl.String).str.zfill(6),
                criterium=pl.lit(criterion),
                score=pl.when(~is_missing).then(pl.col("score")),
                variantie=pl.when(~is_missing).then(pl.col("variantie")),
            )
        )
    same = criteria({"000001": {}}).drop("instellingsnummer", "criterium", "score", "variantie").head(1)
    return truth, pl.concat(rows).join(same, how="cross")


@pytest.fixture(scope="module")
def middling():
    return simulate(networks=1500, size=100, missing=0.1, seed=3)


@pytest.mark.parametrize(("networks", "size"), [(700, 30), (60, 400)])
def test_the_rank_interval_holds_nine_true_ranks_in_ten_whatever_the_size(networks, size):
    assert 0.88 <= simulate(networks, size, missing=0.1, seed=size).is_held.mean() <= 0.92


def test_the_rank_interval_holds_nine_true_ranks_in_ten(middling):
    assert 0.88 <= middling.is_held.mean() <= 0.92


def test_the_rank_interval_holds_nine_true_ranks_in_ten_where_much_is_missing():
    assert 0.88 <= simulate(networks=200, size=100, missing=0.4, seed=4).is_held.mean() <= 0.92


def test_a_chance_to_be_in_the_top_comes_true_as_often_as_it_says(middling):
    tenths = np.minimum((middling.chance * 10).astype(int), 9)
    for tenth in range(10):
        these = tenths == tenth
        assert these.sum() > 1500
        assert middling.chance[these].mean() == pytest.approx(middling.is_top[these].mean(), abs=0.03)


def test_shrunken_estimates_beat_raw_ones(middling):
    assert middling.shrunken_error < 0.7 * middling.raw_error
