import pytest

from tests.dashboard.small_warehouse import publish


def test_ranking_shows_place_trap_score_and_words(open_page):
    at = open_page("noden")
    first = at.dataframe[0].value.iloc[0]
    assert first["naam"] == "/instelling?instelling=000011#De Beuk"
    assert (first["rang"].strip(), first["trap"], first["klasse"]) == ("1", "verplicht", "duidelijk")
    assert first["score"].strip() == "0,72"
    assert first["bijdrage_doorlichting"].strip() == "0,47"
    assert first["interval"] == "1 tot 2"
    assert first["verandering_woorden"] == "1 hoger"


def test_a_missing_criterion_is_marked_and_not_zero(open_page):
    rows = open_page("noden").dataframe[0].value
    assert rows["bijdrage_leerresultaten"][1].strip() == "ontbreekt"
    assert rows["ontbreekt"][1] == "leerresultaten"
    assert rows["geschat"].str.strip().to_list() == ["n.v.t.", "0,08", "n.v.t.", "n.v.t."]


def test_filters_narrow_the_list_and_keep_the_rang_of_the_network(open_page):
    at = open_page("noden", onderwijsniveau="SO", trap="regulier")
    table = at.dataframe[0].value
    assert table["naam"].str.split("#").str[1].to_list() == ["De Linde"]
    assert table["rang"].to_list() == ["4"]


def test_key_figures_open_the_list_behind_them(open_page):
    links = [item.proto for item in open_page("noden").get("page_link")]
    queries = [link.query_string for link in links if link.label == "Toon de lijst"]
    assert queries == ["trap=verplicht", "lijst=zonder_steun", "lijst=onvolledig"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [("groot", ["De Beuk", "De Wilg"]), ("zonder_steun", ["De Wilg"]), ("onvolledig", ["De Wilg"])],
)
def test_a_list_keeps_its_own_instellingen(open_page, name, shown):
    table = open_page("noden", lijst=name).dataframe[0].value
    assert table["naam"].str.split("#").str[1].to_list() == shown


def test_links_to_an_institution_carry_the_filters_along(open_page):
    at = open_page("noden", scholengroep="12")
    assert at.dataframe[0].value["naam"][0] == "/instelling?instelling=000055&scholengroep=12#De Wilg"


def test_an_empty_choice_has_its_own_sentence(open_page):
    at = open_page("noden", onderwijsniveau="SO", trap="verplicht")
    assert not at.dataframe
    assert all("Kies een ander schooljaar of een ruimere filter" in item.value for item in at.info)
    assert at.info


def test_unsure_ranking_is_shown_in_groups_without_positions(open_page, data_dir):
    publish(data_dir, version=2, extra="update mart.noden set is_in_groepen = true")
    at = open_page("noden")
    assert "te klein voor een exacte volgorde" in at.info[0].value
    assert "rang" not in at.dataframe[0].value.columns
    assert len(at.header) == 2


def test_opened_table_holds_the_data_of_the_chart(open_page):
    at = open_page("noden")
    at.session_state["tabel-noden-bijdragen"] = True
    at.run()
    opened = at.dataframe[1].value
    assert opened["bijdrage_doorlichting"].str.strip().to_list() == ["0,47", "0,39", "0,23", "0,05"]
