import copy

import pytest

from analysis.needs_settings import CRITERIA, read_needs_settings
from tests.analysis.needs_frames import SETTINGS, settings_with
from warehouse.settings import load_settings


def test_the_published_settings_are_complete():
    method = read_needs_settings(load_settings())
    assert method.criteria == CRITERIA
    assert set(method.indicatoren) == {
        *("vt_minimumdoel", "vt_score", "koala_niet_groen", "ovsg_fout", "diataal_onder"),
        *("oki", "zittenblijvers", "schoolse_vertraging", "b_c_attesten", "vroegtijdig_schoolverlaters"),
        *("problematisch_30", "problematisch_10", "uitsluitingen"),
    }
    assert (method.top_n, method.trekkingen, method.jaargewichten) == (50, 10_000, (3.0, 2.0, 1.0))
    assert method.doorlichting["2B"] > method.doorlichting["2A"] > method.doorlichting["negatief"]
    assert method.doorlichting["negatief"] > method.doorlichting["1B"] > method.doorlichting["1A"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"criteria": ["doorlichting"]}, "criteria"),
        ({"gewichten": "op gevoel"}, "gewichten"),
        ({"trekkingen": 0}, "trekkingen"),
        ({"top_n": 0}, "top_n"),
        ({"jaargewichten": []}, "jaargewichten"),
        ({"jaargewichten": [1, 0]}, "jaargewichten"),
        ({"zonder_groep": {**SETTINGS["noden"]["zonder_groep"], "leerrecht": 1.2}}, "zonder_groep"),
        ({"zonder_groep": {**SETTINGS["noden"]["zonder_groep"], "spreiding": -0.1}}, "zonder_groep"),
    ],
)
def test_a_setting_that_cannot_be_right_is_refused(changes, message):
    with pytest.raises(ValueError, match=message):
        read_needs_settings(settings_with(**changes))


@pytest.mark.parametrize(
    ("code", "changes", "message"),
    [
        ("oki", {"criterium": "doorlichting"}, "takes no indicators"),
        ("oki", {"nul": 3}, "higher is worse"),
        ("oki", {"gewicht": 0}, "gewicht"),
        ("oki", {"soort": "cijfer"}, "soort"),
        ("oki", {"sd": None}, "sd"),
        ("oki", {"nul_onverwacht": 0.1}, "come together"),
        ("vt_score", {"nul_onverwacht": 5, "een_onverwacht": 5}, "een_onverwacht"),
    ],
)
def test_an_indicator_that_cannot_be_right_is_refused(code, changes, message):
    settings = copy.deepcopy(SETTINGS)
    settings["noden"]["indicatoren"][code].update(changes)
    with pytest.raises(ValueError, match=message):
        read_needs_settings(settings)
