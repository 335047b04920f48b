import json

import pytest

from tests.dashboard.small_warehouse import publish

SO = {"leerjaar": "2SO-A"}


def figures(at):
    return {metric.label: metric.value for metric in at.metric}


def titles(at):
    return [item.value for item in at.header]


def words(at):
    return " ".join(item.value for item in [*at.markdown, *at.info])


def options(at, key):
    return at.selectbox(key=f"leerresultaten.{key}").options


def test_choices_follow_what_was_tested(open_page):
    at = open_page("leerresultaten")
    assert options(at, "toets") == ["Vlaamse toetsen", "Koala", "OVSG"]
    assert options(at, "leerjaar") == ["4de leerjaar", "2de jaar SO, A-stroom"]
    at = open_page("leerresultaten", onderwijsniveau="SO")
    assert options(at, "toets") == ["Vlaamse toetsen"]
    assert options(at, "leerjaar") == ["2de jaar SO, A-stroom"]
    at = open_page("leerresultaten", toets="Koala")
    assert options(at, "leerjaar") == ["niet opgesplitst"]
    assert options(at, "domein") == ["taal"]


def test_another_test_brings_leerjaar_and_domein_back_to_what_it_has(open_page):
    at = open_page("leerresultaten", **SO)
    at.selectbox(key="leerresultaten.toets").set_value("Koala").run()
    assert not at.exception
    assert at.query_params["toets"] == "Koala"
    assert "leerjaar" not in at.query_params
    assert titles(at)[0] == "Hoe verschillen instellingen op Koala (taal)?"


def test_key_figures_of_the_network_and_of_a_scholengroep(open_page):
    assert figures(open_page("leerresultaten", **SO)) == {
        "Netwerk: wiskunde 2SO-A": "510,0",
        "Haalt het minimumdoel": "66,0 %",
        "Duidelijk lager dan vergelijkbare scholen": "1",
        "Duidelijk hoger dan vergelijkbare scholen": "0",
    }
    at = open_page("leerresultaten", scholengroep="1", **SO)
    assert figures(at)["Scholengroep 1 · Het Noorderlicht: wiskunde 2SO-A"] == "480,0"
    assert "tussen 31 en 60 %" in words(at)
    assert "Vlaanderen 516,0" in words(at)


def test_hidden_results_are_counted_and_say_so(open_page):
    at = open_page("leerresultaten")
    assert figures(at)["Zonder resultaat"] == "1"
    assert "beschermd 1, ontbreekt 0" in words(at)
    row = at.dataframe[0].value.iloc[0]
    assert (row["waarde"].strip(), row["n"].strip(), row["verandering"].strip()) == ("beschermd",) * 3
    assert row["zin"] == "Het resultaat is beschermd."


def test_every_institution_has_a_link_and_a_sentence_by_the_rule(open_page):
    rows = open_page("leerresultaten", **SO).dataframe[0].value
    assert [name.split("/")[1] for name in rows["naam"]] == [
        "instelling?instelling=000022#De Eik",
        "instelling?instelling=000033#De Linde",
    ]
    assert rows["zin"].to_list() == [
        "Wiskunde 2SO-A ligt 35 punten lager dan bij vergelijkbare scholen (duidelijk verschil).",
        "Wiskunde 2SO-A ligt 8 punten hoger dan bij vergelijkbare scholen (kan toeval zijn).",
    ]
    assert rows["interval"].to_list() == ["tussen 460 en 500", "tussen 507 en 554"]


def test_the_number_of_clearly_lower_ones_opens_their_list(open_page):
    at = open_page("leerresultaten", **SO)
    link = next(item.proto for item in at.get("page_link") if "toetslijst=lager" in item.proto.query_string)
    assert "leerjaar=2SO-A" in link.query_string
    at = open_page("leerresultaten", toetslijst="lager", **SO)
    assert "Wiskunde 2SO-A: 1 instelling duidelijk lager dan vergelijkbare scholen" in titles(at)
    assert len(at.dataframe[0].value) == 1
    at = open_page("leerresultaten", toetslijst="hoger", **SO)
    assert "Geen enkele instelling in deze lijst" in words(at)


def test_the_spread_can_be_of_the_difference_with_like_schools(open_page):
    at = open_page("leerresultaten", tegenover="verschil", **SO)
    assert titles(at)[0] == "Wiskunde 2SO-A: 1 instelling duidelijk lager dan vergelijkbare scholen"


def test_the_funnel_says_where_each_institution_lies(open_page):
    # 66 % of 100; 40 pupils: 95 % limits about 50 and 80 %, so 45 % lies under them, above 99.8 %.
    at = open_page("leerresultaten", **SO)
    title = "Wiskunde 2SO-A: 2 instellingen van het netwerk buiten de 95 %-grenzen; door toeval alleen ongeveer 0"
    assert title in titles(at)
    at.session_state["tabel-leerresultaten-trechter"] = True
    at.run()
    rows = at.dataframe[1].value
    assert rows["plaats"].to_list() == ["onder de 95 %-grens", "boven de 95 %-grens"]


def test_the_line_through_the_years_or_the_reason_why_there_is_none(open_page):
    # 10 points, with an error of sqrt(8^2 + 8^2) = 11.3: within 1.96 times, and within 1.28 times.
    at = open_page("leerresultaten", **SO)
    assert "Wiskunde 2SO-A: het netwerk staat 10 punten hoger dan in 2024-2025 (kan toeval zijn)" in titles(at)
    at = open_page("leerresultaten", scholengroep="1", **SO)
    assert "Wiskunde 2SO-A: 45 % van scholengroep 1 haalt het minimumdoel, 66 % van het netwerk" in titles(at)
    at = open_page("leerresultaten", toets="OVSG")
    assert "Afnames van deze toets worden niet tussen jaren vergeleken. Elk jaar andere opgaven." in words(at)
    assert at.dataframe[0].value["verandering"][0].strip() == "n.v.t."
    at = open_page("leerresultaten", toets="Koala")
    assert "Er is nog maar één afname die vergeleken mag worden." in words(at)


def test_tests_without_goals_or_pupils_say_why_a_figure_is_not_there(open_page):
    at = open_page("leerresultaten", toets="OVSG")
    assert "Minimumdoelen en niveaus A tot E bestaan enkel bij de Vlaamse toetsen" in words(at)
    assert "een trechter niet zeggen wat toeval is" in words(at)
    assert figures(at)["Haalt het minimumdoel"] == "n.v.t."


def test_red_threads_come_first_and_open_the_list_behind_them(open_page):
    at = open_page("leerresultaten", **SO)
    assert "1 duidelijke rode draad over een hele scholengroep" in titles(at)
    rows = at.dataframe[1].value
    assert rows["rode_draad"].to_list() == ["duidelijk", "mogelijk", "niet", "te weinig instellingen"]
    assert rows["interval"][0] == "tussen 31 en 86 %"
    address, text = rows["lijst"][0].split("#")
    assert text == "5 van 8"
    assert "domein=wiskunde%3A+totaal" in address
    assert "scholengroep=1" in address
    raster = json.loads(next(item.proto for item in at.get("plotly_chart") if "rode-draden" in item.proto.id).spec)
    assert raster["data"][0]["text"] == [["63\u00a0%<br>(8)", "25\u00a0%<br>(8)"], ["0\u00a0%<br>(8)", "(3)"]]
    assert raster["data"][0]["x"] == ["wiskunde: totaal", "meetkunde"]
    only = open_page("leerresultaten", scholengroep="12", **SO)
    assert "Geen rode draden over een hele scholengroep" in titles(only)


@pytest.mark.parametrize("schooljaar", ["2023-2024", "2024-2025"])
def test_a_schooljaar_without_results_says_what_to_do(open_page, schooljaar):
    at = open_page("leerresultaten", schooljaar=schooljaar, onderwijsniveau="BaO")
    assert "Voor deze keuze is er geen toets geleverd" in words(at)
    assert not at.metric


def test_labelled_trajecten_stand_beside_comparable_institutions_without_proof_of_cause(open_page):
    at = open_page("leerresultaten", **SO)
    assert "Bij 1 van 2 toetsen veranderden trajecten met een label duidelijk anders" in titles(at)
    assert "Verkennend: dit is geen bewijs van oorzaak." in words(at)
    at.session_state["tabel-leerresultaten-effect"] = True
    at.run()
    rows = at.dataframe[2].value.set_index(["naam", "jaar"])
    pooled = rows.loc[("boekbox: Nederlands 2SO-A (begrijpend lezen)", "alle jaren samen")]
    assert pooled["zin"] == (
        "7 instellingen met het label boekbox veranderden op Nederlands 2SO-A (begrijpend lezen) 12 punten gunstiger "
        "dan vergelijkbare instellingen (duidelijk verschil)."
    )
    assert (pooled["instellingen"].strip(), pooled["vergelijkbare"].strip()) == ("7", "20")
    chance = rows.loc[("didactische cahiers: wiskunde 4LO", "alle jaren samen")]["zin"]
    assert chance.endswith("2 punten minder gunstig dan vergelijkbare instellingen (kan toeval zijn).")


def test_an_effect_of_too_few_institutions_is_not_shown_with_the_reason(open_page):
    at = open_page("leerresultaten", **SO)
    assert (
        "Het label boekbox op Nederlands 2SO-B (begrijpend lezen) telt 1 instelling: te weinig om te tonen."
        in words(at)
    )
    at.session_state["tabel-leerresultaten-effect"] = True
    at.run()
    rows = at.dataframe[2].value
    hidden = rows[rows["jaar"] == "2025-2026"].iloc[0]
    assert hidden["verschil"].strip() == "niet getoond"
    # A leerjaar in which nobody has the label is no row at all.
    assert not rows["naam"].str.contains("6LO").any()


def test_institutions_with_a_label_are_listed_with_their_comparison(open_page):
    rows = open_page("leerresultaten", **SO).dataframe[2].value
    assert [name.split("#")[1] for name in rows["naam"]] == ["De Eik", "De Beuk"]
    assert [value.strip() for value in rows["verandering"]] == ["14,0", "beschermd"]
    assert [value.strip() for value in rows["verandering_vergelijkbaar"]] == ["4,0", "n.v.t."]


def test_without_labelled_trajecten_the_block_says_so(open_page, data_dir):
    publish(data_dir, version=2, extra="delete from mart.effect_traject; delete from mart.effect_geval")
    at = open_page("leerresultaten", **SO)
    assert words(at).count("Er is nog geen traject met een label") == 2
