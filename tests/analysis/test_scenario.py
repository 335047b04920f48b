import numpy as np
import pytest

from analysis.needs_settings import CRITERIA
from analysis.scenario import Scenario, ScenarioError, check_scenario, default_scenario, draw_weights, shown_weights
from analysis.weights import rank_order_centroid
from tests.analysis.needs_frames import SETTINGS

TURNED = ("leerrecht", "doorstroom", "leerresultaten", "doorlichting")


def scenario(**choices):
    return Scenario(**{"volgorde": CRITERIA, "gewichten": "rangorde"} | choices)


def test_the_default_is_what_the_settings_say():
    expected = Scenario(volgorde=CRITERIA, gewichten="rangorde", top_n=2)
    assert default_scenario(SETTINGS) == expected
    assert (expected.kijk, expected.trap_eerst, expected.onzekerheid) == ("absoluut", True, "beide")


@pytest.mark.parametrize(
    ("choices", "code"),
    [
        ({"volgorde": CRITERIA[:3]}, "volgorde"),
        ({"volgorde": (*CRITERIA[:3], "doorlichting")}, "volgorde"),
        ({"gewichten": "op gevoel"}, "gewichten"),
        ({"gewichten": "eigen"}, "eigen_aantal"),
        ({"gewichten": "eigen", "eigen": (0.5, 0.5)}, "eigen_aantal"),
        ({"gewichten": "eigen", "eigen": (0.9, 0.3, -0.1, -0.1)}, "eigen_negatief"),
        ({"gewichten": "eigen", "eigen": (0.4, 0.3, 0.3, float("nan"))}, "eigen_negatief"),
        ({"gewichten": "eigen", "eigen": (0.4, 0.3, 0.3, 0.1)}, "eigen_som"),
        ({"gewichten": "eigen", "eigen": (0.0, 0.0, 0.0, 0.0)}, "eigen_som"),
        ({"top_n": 0}, "top_n"),
        ({"kijk": "scheef"}, "kijk"),
        ({"onzekerheid": "geen"}, "onzekerheid"),
    ],
)
def test_choices_that_cannot_be_ranked_say_which_with_a_code(choices, code):
    with pytest.raises(ScenarioError) as refused:
        check_scenario(scenario(**choices))
    assert refused.value.code == code


@pytest.mark.parametrize("eigen", [(0.25, 0.25, 0.25, 0.25), (1.0, 0.0, 0.0, 0.0), (0.1, 0.2, 0.3, 0.4)])
def test_own_weights_that_add_up_are_taken_as_they_are(eigen):
    own = scenario(gewichten="eigen", eigen=eigen)
    check_scenario(own)
    assert shown_weights(own).tolist() == pytest.approx(eigen)


def test_own_weights_follow_the_order_they_were_given_in():
    own = scenario(volgorde=TURNED, gewichten="eigen", eigen=(0.4, 0.3, 0.2, 0.1))
    assert shown_weights(own).tolist() == pytest.approx([0.4, 0.3, 0.2, 0.1])


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [
        ("rangorde", [0.6111, 0.2778, 0.1111]),
        ("rangsom", [3 / 6, 2 / 6, 1 / 6]),
        ("gelijk", [1 / 3] * 3),
        ("lexicografisch", [0.6111, 0.2778, 0.1111]),
    ],
)
def test_a_criterion_left_out_leaves_the_weights_of_the_remaining_order(scheme, expected):
    assert shown_weights(scenario(gewichten=scheme, volgorde=CRITERIA[:3])) == pytest.approx(expected, abs=1e-4)


def test_only_the_order_leaves_weights_open():
    rng = np.random.default_rng(1)
    assert len(np.unique(draw_weights(scenario(), 50, rng)[:, 0])) == 50
    assert draw_weights(scenario(), 20_000, rng).mean(axis=0) == pytest.approx(rank_order_centroid(4), abs=0.01)
    for fixed in (
        scenario(gewichten="rangsom"),
        scenario(gewichten="gelijk"),
        scenario(gewichten="eigen", eigen=(0.1, 0.2, 0.3, 0.4)),
        scenario(onzekerheid="gegevens"),
    ):
        drawn = draw_weights(fixed, 50, rng)
        assert (drawn == shown_weights(fixed)).all()
