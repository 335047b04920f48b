from tests.dashboard.small_warehouse import publish


def headers(at):
    return [item.value for item in at.header]


def test_nothing_chosen_asks_to_choose(open_page):
    at = open_page("instelling")
    assert at.info[0].value.startswith("Kies een instelling")
    assert not at.metric


def test_one_institution_is_shown_whole(open_page):
    at = open_page("instelling", instelling="000011")
    assert {metric.label: metric.value for metric in at.metric} == {
        "Plaats in de rangschikking": "1 van 4",
        "Trap": "verplicht",
        "Score": "0,72",
        "Dagdelen ondersteuning": "44,5",
        "OKI": "1,80",
    }
    assert headers(at) == [
        "Vlaamse toetsen: haalt het minimumdoel niet (4LO Nederlands): 15 procentpunt hoger dan het netwerk in "
        "2025-2026 (duidelijk verschil)",
        "Alle signalen, laatste meting",
        "Doorlichtingen",
        "Opvolging na de doorlichting",
        "Ondersteuning",
        "Bereikt in 2025-2026 via opvolging doorlichting, vorming",
        "Tijdlijn",
    ]


def test_a_year_not_delivered_yet_does_not_hide_the_last_measurement(open_page, data_dir):
    later = "insert into mart.signaal_jaar values ('000011', '2026-2027', 'vt_minimumdoel', '4LO Nederlands', "
    publish(data_dir, version=2, extra=later + "null, null, null, null, 'ontbreekt')")
    signals = open_page("instelling", instelling="000011").dataframe[0].value
    assert signals["schooljaar"].to_list() == ["2025-2026", "2024-2025"]
    assert signals["waarde"].to_list() == ["45 %", "beschermd"]


def test_a_hidden_value_is_called_protected(open_page):
    at = open_page("instelling", instelling="000022")
    signals = at.dataframe[0].value
    assert signals["waarde"].to_list() == ["beschermd"]
    assert "geen vergelijking met het netwerk mogelijk" in headers(at)[0]


def test_history_of_a_predecessor_is_named(open_page):
    at = open_page("instelling", instelling="000033")
    assert any("De Linde campus Noord (000044, tot 2023-2024)" in item.value for item in at.markdown)


def test_what_stands_in_for_a_missing_criterion_is_not_shown_as_its_own(open_page):
    words = " ".join(item.value for item in open_page("instelling", instelling="000055").markdown)
    assert "leerresultaten ontbreekt (gemiddelde van vergelijkbare instellingen)" in words
    assert "leerresultaten 0," not in words


def test_a_number_that_was_taken_over_points_to_its_successor(open_page):
    at = open_page("instelling", instelling="000044")
    assert "staat niet op de lijst van 2025-2026" in at.info[0].value
    assert "laatste schooljaar: 2023-2024" in at.info[0].value
    assert any(link.proto.label.startswith("Opgevolgd door De Linde") for link in at.get("page_link"))
    assert at.metric[0].value == "n.v.t."


def test_an_institution_without_reach_is_said_to_be_unreached(open_page):
    at = open_page("instelling", instelling="000055")
    assert "Nog niet bereikt in 2025-2026" in headers(at)
    assert "Geen enkele strategie bereikte deze instelling in dit schooljaar." in [i.value for i in at.info]


def test_an_unknown_number_falls_back_with_a_notice(open_page):
    at = open_page("instelling", instelling="999999")
    assert "„999999” is geen keuze voor instelling" in at.warning[-1].value
    assert at.info[0].value.startswith("Kies een instelling")
