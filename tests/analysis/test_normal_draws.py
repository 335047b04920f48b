from statistics import NormalDist

import numpy as np
import pytest

from analysis.normal_draws import quantiles, standard_normals


def draws(shape=(400, 1000), seed=1):
    return standard_normals(shape, np.random.default_rng(seed))


def test_draws_have_the_moments_of_the_normal_law():
    # Standard errors for 400 000 draws: 0.0016, 0.0011, 0.0039 and 0.0077.
    numbers = draws().astype(np.float64)
    moments = [numbers.mean(), numbers.std(), (numbers**3).mean(), (numbers**4).mean()]
    assert moments == pytest.approx([0, 1, 0, 3], abs=0.03)


@pytest.mark.parametrize("level", [0.001, 0.025, 0.05, 0.5, 0.8413, 0.975, 0.999])
def test_draws_have_the_published_quantiles(level):
    assert np.quantile(draws(), level) == pytest.approx(NormalDist().inv_cdf(level), abs=0.05)


def test_the_table_is_symmetric_and_has_spread_one():
    table = quantiles().astype(np.float64)
    assert table == pytest.approx(-table[::-1], abs=1e-6)
    assert table.std() == pytest.approx(1, abs=1e-4)
    assert (np.diff(table) > 0).all()


def test_draws_do_not_depend_on_each_other():
    numbers = draws()
    assert np.corrcoef(numbers[:, :-1].ravel(), numbers[:, 1:].ravel())[0, 1] == pytest.approx(0, abs=0.006)


def test_the_same_seed_gives_the_same_draws():
    assert (draws(seed=4) == draws(seed=4)).all()
    assert (draws(seed=4) != draws(seed=5)).any()
