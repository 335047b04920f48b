"""Where no doorlichting counts, nobody's trap is known: Noden and Instelling say so, and never 'regulier'."""

import pytest

from dashboard import data
from dashboard.figures import noden_table
from dashboard.figures.noden_scenario import default_ranking
from tests.dashboard.small_warehouse import publish
from warehouse.queries import noden as queries

UNINSPECTED = "update mart.noden set trap = 'regulier', score_doorlichting = null"
NOBODY_CLEAR = f"{UNINSPECTED}, klasse = 'mogelijk'"
NOTHING = f"{UNINSPECTED}, klasse = null, reden = 'ontbreekt', is_in_groepen = true"


def values(at):
    return {metric.label: metric.value for metric in at.metric}


def words(at):
    return " ".join(item.value for item in [*at.markdown, *at.info])


def test_the_trap_is_missing_and_great_needs_are_at_least_those_that_measures_show(open_page, data_dir):
    publish(data_dir, version=2, extra=UNINSPECTED)
    at = open_page("noden")
    assert {trap for table in at.dataframe for trap in table.value["trap"]} == {"ontbreekt"}
    shown = values(at)
    assert shown["Trap verplicht"] == "ontbreekt"
    said = words(at)
    assert "trap niet bekend" in said
    assert "trap regulier" not in said
    assert "enkel uit metingen" in said
    charts = " ".join(chart.proto.spec for chart in at.get("plotly_chart"))
    assert '"name":"trap ontbreekt"' in charts.replace('": "', '":"')


def test_none_found_by_measures_is_no_zero(open_page, data_dir):
    publish(data_dir, version=2, extra=NOBODY_CLEAR)
    at = open_page("noden")
    assert values(at)["Grote noden zonder ondersteuning"] == "ontbreekt"
    assert "Zonder doorlichtingen is niet bekend wie grote noden heeft." in words(at)
    assert "Niemand in deze lijst" not in words(at)
    publish(data_dir, version=3, extra=f"{NOBODY_CLEAR}, is_in_groepen = true")
    at = open_page("noden")
    assert "Volgens de metingen alleen hoort geen van deze instellingen duidelijk bij de grootste noden." in words(at)


@pytest.mark.parametrize("address", [{"trap": "verplicht"}, {"lijst": "groot"}])
def test_an_empty_list_says_that_the_trap_is_not_known(open_page, data_dir, address):
    publish(data_dir, version=2, extra=NOBODY_CLEAR)
    at = open_page("noden", **address)
    assert not at.dataframe
    assert "doorlichting" in at.info[-1].value


def test_where_nothing_is_known_at_all_one_sentence_stands_alone(open_page, data_dir):
    publish(data_dir, version=2, extra=NOTHING)
    said = words(open_page("noden"))
    assert "of een nood er groot of klein is, valt niet te zeggen" in said
    assert "te klein voor een exacte volgorde" not in said
    assert "uit de score alleen" not in said
    assert "te klein voor" not in said


def test_an_instelling_has_no_trap_and_a_class_of_measures_alone(open_page, data_dir):
    publish(data_dir, version=2, extra=UNINSPECTED)
    at = open_page("instelling", instelling="000011", deel="Dialoog")
    assert values(at)["Trap"] == "ontbreekt"
    said = words(at)
    assert "De trap is niet bekend: in dit schooljaar telt van niemand een doorlichting mee." in said
    assert "Volgens de metingen alleen hoort de instelling duidelijk bij" in said
    assert "De trap is regulier" not in said


@pytest.mark.parametrize("extra", [UNINSPECTED, f"{UNINSPECTED}, is_in_groepen = true", NOTHING])
def test_every_download_of_the_list_says_that_the_trap_is_missing(data_dir, extra):
    publish(data_dir, version=2, extra=extra)
    listed = default_ranking(data.frame(queries.ranking, schooljaar="2025-2026"))
    assert noden_table.TRAP_NOTE in noden_table.note(listed)
    assert noden_table.TRAP_NOTE in noden_table.trap_note(listed)
    assert listed["trap"].null_count() == listed.height


def test_with_doorlichtingen_no_note_says_that_the_trap_is_missing(data_dir):
    listed = default_ranking(data.frame(queries.ranking, schooljaar="2025-2026"))
    assert listed["trap"].null_count() == 0
    assert noden_table.trap_note(listed) == ""
