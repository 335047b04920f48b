"""The attack finds what it should: each of these would leak, and does so under its eyes."""

import shutil

import pytest

from tests.attack.attacker import attack, exposed, tightest
from tests.attack.networks import PRIMARY_ONLY, mutated, publish_answers, publish_staff, publish_work
from warehouse.build import MODELS_ROOT, BuildError


def figures(con):
    return {one.cell[2] for one in exposed(attack(con))}


def test_staff_without_neighbours_hidden_along(tmp_path):
    root = mutated(tmp_path, "marts/hr_maand", {})
    with publish_staff([{"a": (3,), "b": (9,), "c": (20,)}], PRIMARY_ONLY, root) as con:
        found = exposed(attack(con))
        assert figures(con) >= {"personen", "vte_aanstelling", "aandeel_langdurig_afwezig"}
    assert (found[0].bounds.low, found[0].bounds.high) == (3, 3)


def test_staff_with_too_few_persons_hidden_in_too_many_teams(tmp_path):
    # 1, 1 and 3 are five persons in two groups or more, and yet each holds 1 to 3
    diensten = [{"a": (1,), "b": (1,), "c": (3,), "d": (30,)}]
    root = mutated(tmp_path, "marts/hr_maand", {})
    with publish_staff(diensten, PRIMARY_ONLY, root) as con:
        assert tightest(attack(con), "personen") == 2
    with publish_staff(diensten) as con:
        assert tightest(attack(con), "personen") >= 3


def test_the_build_itself_refuses_staff_without_neighbours_and_says_no_figure():
    with pytest.raises(BuildError, match="hr_team_volgt_niet_uit_dienst") as caught:
        publish_staff([{"a": (3,), "b": (9,), "c": (20,)}], PRIMARY_ONLY)
    assert "3" not in str(caught.value)


@pytest.fixture
def plans():
    """Ten plan vt, six plg and three spoc; five development work, in other months."""
    sizes = {"vt": 10, "plg": 6, "spoc": 3, "ontwikkelwerk": 5}
    return [(number, categorie) for categorie, size in sizes.items() for number in range(size)]


def test_planning_without_a_category_hidden_along(tmp_path, plans):
    changes = {
        "is_klein order by personen, categorie) = 1": "is_klein) = 0",
        "semi join alleen using": "semi join (from alleen where false) using",
    }
    root = mutated(tmp_path, "marts/werkdruk_maand", changes)
    with publish_work(plans, [], root) as con:
        assert figures(con) == {"dagdelen_gepland"}
    shutil.copytree(MODELS_ROOT.parent / "checks", tmp_path / "checks")
    with pytest.raises(BuildError, match="werkdruk_categorie_volgt_niet_uit_totaal"):
        publish_work(plans, [], root)
    with publish_work(plans, []) as con:
        assert figures(con) == set()


def test_planning_with_a_category_of_other_months_hidden_along(tmp_path):
    # the smallest other one is development work: the total of July gives it, the calendar then that of June
    sizes = {"vt": 10, "spoc": 3, "ontwikkelwerk": 5}
    plans = [(number, categorie) for categorie, size in sizes.items() for number in range(size)]
    window = "concat_ws(' ', schooljaar, min(maand) over categorie, max(maand) over categorie)"
    root = mutated(tmp_path, "marts/werkdruk_maand", {window: "schooljaar"})
    with publish_work(plans, [], root) as con:
        assert figures(con) == {"dagdelen_gepland"}
    with publish_work(plans, []) as con:
        assert figures(con) == set()


def test_answers_with_a_row_for_all_strategies(tmp_path):
    answers = [("vorming", {"V1": 5})] * 9 + [("opleiding", {"V1": 1})] * 3
    source = "from core.fct_antwoordwaarden\n"
    twice = f"from (select * {source} union all select * replace ('alle' as strategie) {source})\n"
    root = mutated(tmp_path, "marts/edbi_vraag", {source: twice})
    with publish_answers(answers, root) as con:
        assert figures(con) == {"n", "gemiddelde", "aandeel_gunstig"}
    with publish_answers(answers) as con:
        assert figures(con) == set()
