import copy

import pytest

from reports.method_words import PROPOSAL, VARIANTS, decisions, inspection_scale, status, steps, weights, weights_rule
from tests.reports.method_figures import VARIANTS as MART_VARIANTS
from warehouse.settings import load_settings


@pytest.fixture
def settings():
    return copy.deepcopy(load_settings())


def test_weights_are_those_of_the_chosen_rule(settings):
    settings["noden"]["gewichten"] = "rangorde"
    assert [round(value, 4) for value in weights(settings).values()] == [0.5208, 0.2708, 0.1458, 0.0625]
    settings["noden"]["gewichten"] = "rangsom"
    assert [round(value, 4) for value in weights(settings).values()] == [0.4, 0.3, 0.2, 0.1]
    assert weights_rule(settings).startswith("rangsomgewichten")


def test_every_figure_in_the_steps_comes_from_the_settings(settings):
    settings["noden"] |= {"trekkingen": 2_500, "zaad": 7, "top_n": 33, "grens_duidelijk": 0.9, "jaargewichten": [2, 1]}
    settings["noden"]["doorlichting"]["2A"] = 0.85
    text = " ".join(steps(settings))
    assert "hoogstens 2 schooljaren (2:1, het recentste het zwaarst)" in text
    assert "2.500 trekkingen (zaad 7)" in text
    assert "bij de eerste 33: duidelijk vanaf 90 %" in text
    assert "2A 0,85" in inspection_scale(settings)
    assert "2A 0,85" in text


def test_a_choice_that_nobody_decided_is_said_to_be_a_proposal(settings):
    settings["tabel"]["methode_beslissing"] = [
        {"onderdeel": "Volgorde", "beslist_door": "plan 5.6.1"},
        {"onderdeel": "Gewichten", "beslist_door": ""},
    ]
    assert decisions(settings) == (("Volgorde", "plan 5.6.1"), ("Gewichten", PROPOSAL))
    assert status(settings).startswith("Voorstel: 1 van de 2 keuzes zijn nog niet beslist.")
    settings["tabel"]["methode_beslissing"][1]["beslist_door"] = "staf, 3 maart 2027"
    assert status(settings) == "Alle 2 keuzes zijn beslist."


def test_every_other_choice_of_the_mart_has_its_words():
    assert set(VARIANTS) == set(MART_VARIANTS)
