"""Simulated networks whose truth is known: does the ranking promise no more, and no less, than it holds.

True needs are drawn per criterion and niveau, measured with error and shrunk; true weights are drawn from all that
respect the order. Then the 90 % rank interval must hold the true rank in 88 to 92 of a hundred, and of all with a
chance of about p to be in the top, p must really be in it.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
import pytest

from analysis.comparable import nearest_institutions
from analysis.needs_scenario import Scenario, rank_scenario
from analysis.needs_settings import CRITERIA
from analysis.shrinkage import shrink
from analysis.weights import draw_ordered_weights
from tests.analysis.needs_frames import YEAR, buren, criteria, settings_with

DRAWS, TOP = 400, 15
SCALES = {"schaal_oki": 0.5, "schaal_aantal_leerlingen": 2.0, "schaal_schoolse_vertraging": 0.1}
METHOD = settings_with(trekkingen=DRAWS, vergelijkbaar={"aantal": 30, "minimum": 5, **SCALES})
SCENARIO = Scenario(volgorde=CRITERIA, gewichten="rangorde", top_n=TOP)


@dataclass(frozen=True)
class Outcome:
    """Over all simulated institutions: is the true rank held, the promised chance, is it really in the top."""

    is_held: np.ndarray
    chance: np.ndarray
    is_top: np.ndarray
    raw_error: float
    shrunken_error: float
    rank_error: float


def simulate(networks, size, missing, seed, likeness=0.0, *, is_comparable=False):
    """Simulate; `likeness` is how closely need follows a trait, `is_comparable` whether that trait is known."""
    rng = np.random.default_rng(seed)
    held, chance, top, errors, places = [], [], [], [], []
    for _ in range(networks):
        trait = rng.standard_normal(size)
        truth, frame = _network(trait * likeness, np.sqrt(1 - likeness**2), missing, rng, errors)
        weights = draw_ordered_weights(1, len(CRITERIA), rng)[0]
        rank = np.empty(size, dtype=int)
        rank[np.argsort(-(weights @ truth))] = np.arange(1, size + 1)
        comparable = nearest_institutions(_traits(trait), METHOD) if is_comparable else buren()
        ranking = rank_scenario(frame, comparable, SCENARIO, METHOD).sort("instellingsnummer")
        places.append(np.abs(ranking["rang"].to_numpy() - rank))
        held.append((ranking["rang_p05"].to_numpy() <= rank) & (rank <= ranking["rang_p95"].to_numpy()))
        chance.append(ranking["kans_top"].to_numpy())
        top.append(rank <= TOP)
    raw, shrunken = np.mean(errors, axis=0)
    return Outcome(
        np.concatenate(held), np.concatenate(chance), np.concatenate(top), raw, shrunken, np.concatenate(places).mean()
    )


def _traits(trait):
    same = {"schooljaar": YEAR, "onderwijsniveau": "BaO", "aantal_leerlingen": None, "schoolse_vertraging": None}
    return pl.DataFrame({"oki": trait, "instellingsnummer": [f"{i:06d}" for i in range(len(trait))], **same})


def _network(common, own, missing, rng, errors):
    """True needs (criteria, institutions) and the criterion rows of their measurements.

    A need is, beside its mean and in its spread, `common` to all criteria of an institution plus chance times `own`.
    """
    size = len(common)
    truth, rows = np.empty((len(CRITERIA), size)), []
    for place, criterion in enumerate(CRITERIA):
        mean, spread = rng.uniform(0.3, 0.6), rng.uniform(0.05, 0.15)
        truth[place] = mean + spread * (common + own * rng.standard_normal(size))
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


@pytest.fixture(scope="module", params=[0.0, 0.5])
def with_and_without_comparable(request):
    return request.param, *(
        simulate(networks=120, size=150, missing=0.3, seed=5, likeness=request.param, is_comparable=known)
        for known in (True, False)
    )


def test_the_rank_interval_holds_where_comparable_institutions_stand_in(with_and_without_comparable):
    _, known, _ = with_and_without_comparable
    assert 0.88 <= known.is_held.mean() <= 0.92


def test_comparable_institutions_bring_places_nearer_to_the_truth_and_do_no_harm_where_they_tell_nothing(
    with_and_without_comparable,
):
    likeness, known, unknown = with_and_without_comparable
    assert known.rank_error < unknown.rank_error * (0.9 if likeness else 1.03)


def test_a_chance_to_be_in_the_top_comes_true_as_often_as_it_says(middling):
    tenths = np.minimum((middling.chance * 10).astype(int), 9)
    for tenth in range(10):
        these = tenths == tenth
        assert these.sum() > 1500
        assert middling.chance[these].mean() == pytest.approx(middling.is_top[these].mean(), abs=0.03)


def test_shrunken_estimates_beat_raw_ones(middling):
    assert middling.shrunken_error < 0.7 * middling.raw_error
