from tests.dashboard.small_warehouse import publish


def figures(at):
    return {metric.label: metric.value for metric in at.metric}


def titles(at):
    return [item.value for item in at.header]


def opened_table(at, key):
    """Open the data behind a figure and return it."""
    at.session_state[f"tabel-edbi-{key}"] = True
    at.run()
    return at.dataframe[0].value


def test_response_stands_against_the_expected_rate_with_its_interval(open_page):
    at = open_page("edbi")
    assert figures(at) == {
        "Respons": "30,8 %",
        "Volledig beantwoord": "27,0 %",
        "Metingen die het doel halen": "1 van 2",
        "Metingen met te weinig antwoorden": "2",
    }
    words = " ".join(item.value for item in at.markdown)
    assert "Doel: 20 %; 95 %-interval tussen 25,5 en 36,6 %" in words
    assert "tot nu toe; pas na het schooljaar te vergelijken met 2024-2025" in words


def test_a_strategy_is_shown_beside_all_together(open_page):
    table = opened_table(open_page("edbi", strategie="helpdesk"), "respons")
    assert table["strategie_naam"].to_list() == ["Alle strategieën", "Helpdesk"]
    assert table["respons"].str.strip().to_list() == ["30,8 %", "6 %"]


def test_funnel_counts_from_sent_to_complete(open_page):
    at = open_page("edbi")
    assert "16 % van de verstuurde uitnodigingen levert een antwoord op" in titles(at)
    assert opened_table(at, "trechter")["aantal"].str.strip().to_list() == ["89", "83", "82", "16", "14", "11"]


def test_too_few_answers_are_shown_as_beschermd(open_page):
    table = opened_table(open_page("edbi"), "gunstig").set_index("strategie_naam")
    hidden = table.loc["Helpdesk", ["n", "aandeel_gunstig", "aandeel_gunstig_laag", "gemiddelde"]]
    assert hidden.str.strip().to_list() == ["beschermd"] * 4
    assert table.loc["Vorming", "aandeel_gunstig"].strip() == "80 %"
    assert table.loc["Vorming", "n"].strip() == "70"


def test_answers_that_wait_are_told_under_the_figure_and_in_its_table(open_page):
    at = open_page("edbi", vraag="A2")
    told = [item.value for item in [*at.caption, *at.markdown] if "Bij 1 regel wachten nieuwe antwoorden" in item.value]
    assert len(told) == 2
    assert any("Antwoorden van 1 (ongunstigst)" in words for words in told)
    assert opened_table(at, "gunstig")["is_wachtend"].to_list() == ["ja"]
    others = open_page("edbi", vraag="A1")
    assert not any("wachten nieuwe antwoorden" in item.value for item in [*others.caption, *others.markdown])


def test_only_hidden_answers_give_a_sentence_instead_of_an_empty_chart(open_page):
    at = open_page("edbi", strategie="helpdesk")
    assert any("telkens minder dan 5 antwoorden" in item.value for item in at.info)
    assert not any(title.startswith("Hoe zijn de antwoorden verdeeld?") for title in titles(at))


def test_questions_with_other_scales_are_not_pooled(open_page):
    at = open_page("edbi", strategie="vorming")
    assert "Hoe zijn de antwoorden verdeeld? Vorming (schaal van 5 punten)" in titles(at)
    assert "Hoe zijn de antwoorden verdeeld? Vorming (schaal van 6 punten)" in titles(at)
    table = opened_table(at, "verdeling-5")
    assert table["vraag"].to_list() == ["A1", "A2"]
    assert table["punt_3"].str.strip().to_list() == ["14 %", "25 %"]


def test_one_core_question_compares_the_strategies(open_page):
    at = open_page("edbi", vraag="A2")
    assert at.selectbox(key="edbi.vraag").value == "A2"
    assert opened_table(at, "gunstig")["strategie_naam"].to_list() == ["Vorming"]


def test_list_is_searched_without_accents_or_capitals(open_page):
    at = open_page("edbi")
    assert "Metingen: 3" in titles(at)
    at.text_input(key="zoek").set_value("LÉZEN").run()
    assert "Metingen: 1" in titles(at)
    assert at.dataframe[0].value["titel"].to_list() == ["Begrijpend lezen, reeks 1"]


def test_a_link_carries_the_search_along(open_page):
    assert "Metingen: 1" in titles(open_page("edbi", zoek="leerplan"))


def test_a_measurement_says_whether_its_content_may_be_shown(open_page):
    rows = open_page("edbi").dataframe[0].value.set_index("activiteit_of_traject_id")
    assert rows["inhoud"].to_dict() == {"A2": "beschermd", "A1": "te tonen", "T1": "beschermd"}
    assert rows.loc["T1", "respons"].strip() == "n.v.t."
    assert rows.loc["A2", "respons_hoog"].strip() == "17 %"


def test_order_puts_the_lowest_response_first(open_page):
    rows = open_page("edbi", volgorde="laagste").dataframe[0].value
    assert rows["activiteit_of_traject_id"].to_list() == ["A2", "A1", "T1"]


def test_a_strategy_without_measurements_is_named_and_not_called_missing(open_page, data_dir):
    earlier = (
        "insert into mart.edbi_strategie select '2024-2025', 'opleiding', columns(* exclude (schooljaar, strategie)) "
    )
    publish(data_dir, version=2, extra=earlier + "from mart.edbi_strategie where strategie = 'vorming'")
    at = open_page("edbi", strategie="opleiding")
    assert figures(at) == {"Respons": "n.v.t."}
    assert any("geen metingen van de strategie Opleiding in dit schooljaar" in item.value for item in at.markdown)
    assert any(item.value.startswith("Van de strategie Opleiding zijn er geen metingen") for item in at.info)
    assert "Welke metingen liggen duidelijk onder 20 %?" in titles(at)
    assert not any("Zoek op een ander deel" in item.value for item in at.info)
    searched = open_page("edbi", zoek="bestaat niet")
    assert any("Zoek op een ander deel" in item.value for item in searched.info)


def test_a_schooljaar_without_measurements_says_so_and_so_does_a_network_without(open_page, data_dir):
    before = open_page("edbi", schooljaar="2023-2024")
    assert any("Kies een ander schooljaar of een ruimere filter" in item.value for item in before.info)
    empty = "delete from mart.edbi_respons; delete from mart.edbi_vraag; delete from mart.edbi_strategie"
    publish(data_dir, version=2, extra=empty)
    at = open_page("edbi")
    assert figures(at) == {"Respons": "ontbreekt"}
    assert "Hoe hoog is de respons?" in [item.value for item in at.header]
    assert {item.value for item in at.info} == {
        "Er zijn geen uitnodigingen of antwoorden van EDBI geladen: over de respons en de antwoorden is niets bekend."
    }


def test_answers_outside_the_scale_are_told_only_where_there_are_any(open_page):
    title, said = "Antwoorden die niet meetellen", "telt in geen enkel cijfer mee"
    at = open_page("edbi", strategie="vorming", schooljaar="2023-2024")
    assert title in titles(at)
    assert any(f"{said}: 12 bij A1 (vorming), minder dan 5 bij A2 (vorming)." in item.value for item in at.markdown)
    assert at.dataframe[0].value["aantal"].str.strip().to_list() == ["12", "minder dan 5"]
    without = open_page("edbi")
    assert title not in titles(without)
    assert not any(said in item.value for item in without.markdown)


_UNKNOWN = """
    insert into mart.edbi_onbekend values
        ('2025-2026', 'activiteiten', 1200, 1000, 90, true), ('2025-2026', 'alle', 1289, 1000, 90, true);
    update mart.edbi_strategie set metingen = null, uitgenodigd = null, volledig = null, gedeeltelijk = null,
        respons = null, respons_laag = null, respons_hoog = null, aandeel_volledig = null
    where schooljaar = '2025-2026' and strategie in ('alle', 'helpdesk');
"""


def test_response_without_a_part_of_what_was_asked_about_is_missing_and_the_part_is_counted(open_page, data_dir):
    publish(data_dir, version=2, extra=_UNKNOWN)
    at = open_page("edbi")
    sentence = (
        "Niet alle activiteiten zijn geleverd: van 1.000 van de 1.200 uitnodigingen over activiteiten, en van 90 "
        "antwoorden, is de activiteit niet bekend. Ze tellen in geen enkel cijfer mee; de respons van alle "
        "strategieën samen en van Helpdesk ontbreekt daarom."
    )
    assert at.info[0].value == sentence
    assert sum(sentence in item.value for item in at.markdown) == 2  # below the response and the list
    assert figures(at) == {
        "Respons": "ontbreekt",
        "Volledig beantwoord": "ontbreekt",
        "Metingen die het doel halen": "1 van 2",
        "Metingen met te weinig antwoorden": "minstens 2",
    }
    assert not any("t.o.v." in item.value or "95 %-interval tussen" in item.value for item in at.markdown)
    assert {
        "Waar haken genodigden af?",
        "Metingen duidelijk onder 20 %: 1 van de 3 die bekend zijn",
        "Metingen die bekend zijn: 3",
    } <= set(titles(at))
    assert any(item.value.startswith("Niet van alle uitnodigingen") for item in at.info)
    table = opened_table(at, "respons").set_index("strategie_naam")
    assert table["respons"].str.strip().to_dict() == {
        "Alle strategieën": "ontbreekt",
        "Helpdesk": "ontbreekt",
        "Vorming": "35,0 %",
    }


def test_start_tells_no_response_of_the_network_either(open_page, data_dir):
    publish(data_dir, version=2, extra=_UNKNOWN)
    assert figures(open_page("start"))["Respons op EDBI"] == "ontbreekt"


def test_strategy_that_is_whole_keeps_its_figures_beside_a_total_that_is_missing(open_page, data_dir):
    publish(data_dir, version=2, extra=_UNKNOWN)
    at = open_page("edbi", strategie="vorming")
    assert figures(at)["Respons"] == "35,0 %"
    assert at.info[0].value.endswith("de respons van alle strategieën samen ontbreekt daarom.")
    assert "Metingen: 2" in titles(at)


def test_stray_codes_are_counted_beside_the_response(open_page, data_dir):
    stray = "insert into mart.edbi_onbekend values ('2025-2026', 'trajecten', 1200, 3, 1, false)"
    publish(data_dir, version=2, extra=stray)
    at = open_page("edbi")
    assert at.info[0].value == (
        "Van 3 van de 1.200 uitnodigingen over trajecten, en van 1 antwoord, is het traject niet bekend. "
        "Ze tellen in geen enkel cijfer mee."
    )
    assert figures(at)["Respons"] == "30,8 %"
