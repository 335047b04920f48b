import pytest

from reports.method_findings import (
    backtest_words,
    certainty_words,
    pooled_backtest,
    robustness_words,
    smallest_words,
)
from tests.reports.method_figures import backtest, figures, robustness, smallest
from warehouse.settings import load_settings


def year(ranking, naive, cases=10, whole=True):
    return ("2024-2025", whole, cases, {"rangschikking": ranking, "naief": naive})


def test_years_are_pooled_and_a_year_that_is_not_over_does_not_count():
    pooled = pooled_backtest(backtest(year(3, 1), year(2, 4, cases=5), year(9, 0, whole=False)))
    assert {name: row[:2] for name, row in pooled.items()} == {"rangschikking": (5, 15), "naief": (5, 15)}
    # Wilson, 95 %, 5 of 15: 0.1518 to 0.5829.
    assert [round(end, 4) for end in pooled["rangschikking"][2:]] == [0.1518, 0.5829]


@pytest.mark.parametrize(
    ("ranking", "naive", "expected", "overlaps"),
    [(4, 2, "meer dan", True), (1, 3, "minder dan", True), (3, 3, "even veel als", False), (10, 0, "meer dan", False)],
)
def test_the_look_back_says_plainly_whether_the_ranking_did_better(ranking, naive, expected, overlaps):
    said = backtest_words(backtest(year(ranking, naive)))
    assert f"er {ranking} bij de eerste 50" in said
    assert f"Dat is {expected} de beste eenvoudige lijst ({naive} van 10)" in said
    assert ("De intervallen overlappen" in said) == overlaps


@pytest.mark.parametrize("years", [(), (year(0, 0, cases=0),), (year(1, 1, whole=False),)])
def test_without_a_complete_year_with_cases_there_is_a_sentence(years):
    assert "nog geen volledig schooljaar" in backtest_words(backtest(*years))


def test_certainty_says_places_or_groups():
    settings, ranked = load_settings(), dict(figures().ranked)
    assert "Ongeveer 5,9 % van de verschillen in score is meetruis (rankability 0,941)" in certainty_words(
        settings, ranked
    )
    # An inspection has no standard error: the figure would else promise more than it measures.
    assert "Het oordeel van een doorlichting telt daarbij als zonder ruis" in certainty_words(settings, ranked)
    assert "toont plaatsen met hun interval" in certainty_words(settings, ranked)
    assert "toont groepen in plaats van plaatsen" in certainty_words(settings, ranked | {"is_in_groepen": True})
    assert certainty_words(settings, ranked | {"rankability": None}).endswith("er is niets om te rangschikken.")


def test_robustness_names_the_choice_that_changes_the_top_most():
    said = robustness_words(robustness(rang_gelijk=48, rang_onverwacht=27))
    assert "minstens 27 van de eerste 50" in said
    assert "‘Onverwachte nood in plaats van absolute nood’" in said
    assert robustness_words(robustness()) == "Robuustheid: niets om te vergelijken."


def test_small_institutions_are_counted_with_and_without_shrinkage_and_at_random():
    assert smallest_words(smallest(before=9, after=5)) == (
        "Kleine instellingen: van de eerste 50 op score horen er 5 (10 %) bij het kleinste tiende; zonder krimping "
        "waren dat er 9 (18 %). Speelde grootte geen rol, dan was het 10 % (n = 777)."
    )
    assert "niemand zijn het aantal leerlingen en een criterium bekend" in smallest_words(smallest().clear())
