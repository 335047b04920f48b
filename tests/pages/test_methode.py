import io

import docx

from dashboard.figures.methode import NO_RANKING as NOT_RANKED
from dashboard.figures.methode import card, card_figures
from reports.document import paper_document
from tests.dashboard.small_warehouse import publish


def headers(at):
    return [item.value for item in at.header]


def said(at):
    return "\n".join(item.value for item in at.markdown)


def test_page_has_the_parts_of_a_register_entry_in_order(open_page):
    assert headers(open_page("methode")) == [
        "Wat is deze rangschikking?",
        "Gegevens",
        "Bronnen en hun laatste levering",
        "Werkwijze",
        "Keuzes, en wie ze nam",
        "Keuzes en wie erover besliste",
        "Indicatoren: gewicht binnen het criterium, en ankers",
        "Menselijke beslissing en gevolgen",
        "Hoe zeker is de lijst?",
        "Terugblik: 4 van 10 nieuwe ongunstige adviezen kwamen uit de eerste 50 van de lijst",
        "71,0 % van de verschillen in score is geen meetruis",
        "Met elke andere keuze blijven minstens 3 van de eerste 4 bij de eerste 4",
        "75 % van de instellingen schuift hoogstens 25 plaatsen op, welke keuze ook verandert",
        "Staan kleine instellingen door toeval bovenaan?",
        "Beperkingen en risico's",
        "Toezicht",
    ]


def test_key_figures_say_what_is_open_how_sure_and_how_it_did(open_page):
    at = open_page("methode")
    assert [item.value for item in at.metric] == ["4 van 6", "0,710", "4 van 10", "3 van 4"]
    assert "tussen 17 en 69 %; beste eenvoudige lijst: 2" in said(at)


def test_weights_and_proposals_are_said(open_page):
    at = open_page("methode")
    assert "doorlichtingen 0,52, leerresultaten 0,27, instroom en doorstroom 0,15, leerrecht 0,06" in said(at)
    assert "Voorstel: 4 van de 6 keuzes zijn nog niet beslist." in said(at)
    decided = next(item.value for item in at.dataframe if "Volgorde van de vier criteria" in item.value.to_string())
    assert decided["kolom_1"].to_list().count("voorstel, nog niet beslist") == 4


def test_robustness_names_the_choice_that_moves_one_out_of_the_top(open_page):
    at = open_page("methode")
    at.session_state["tabel-methode-robuustheid"] = True
    at.run()
    shown = next(item.value for item in at.dataframe if "blijft" in item.value.columns).set_index("keuze")
    row = shown.loc["Onverwachte nood in plaats van absolute nood"]
    assert [row[name].strip() for name in ("blijft", "top", "mediaan", "grootste")] == ["3", "4", "0", "57"]


def test_look_back_keeps_a_year_that_is_not_over_out_of_the_chart_and_in_the_table(open_page):
    at = open_page("methode")
    at.session_state["tabel-methode-terugblik"] = True
    at.run()
    shown = next(item.value for item in at.dataframe if "is_volledig" in item.value.columns)
    assert shown["schooljaar"].to_list() == ["2024-2025"] * 3 + ["2023-2024"] * 3
    assert shown["aandeel"].str.strip().to_list() == ["n.v.t."] * 3 + ["40 %", "20 %", "10 %"]


def test_the_share_of_small_schools_in_the_top_stands_before_and_after_shrinkage(open_page):
    at = open_page("methode")
    assert "horen er 4 (8 %) bij het kleinste tiende; zonder krimping waren dat er 11 (22 %)" in said(at)
    shown = next(item.value for item in at.dataframe if "meeste_leerlingen" in item.value.columns)
    assert shown["krimping"].to_list() == ["Zoals gemeten (voor krimping)", "Rangschikking (na krimping)"]
    assert shown["in_top"].str.strip().to_list() == ["11", "4"]
    assert shown["aandeel"].str.strip().to_list() == ["22 %", "8 %"]
    assert shown["verwacht"].str.strip().to_list() == ["10,0 %"] * 2


def test_a_year_before_everything_has_its_own_sentences(open_page, data_dir):
    publish(data_dir, version=2, extra="delete from mart.noden_terugblik")
    at = open_page("methode", schooljaar="2023-2024")
    infos = [item.value for item in at.info]
    assert any("nog geen volledig schooljaar" in item for item in infos)
    assert sum("er is niets om te rangschikken" in item for item in infos) == 3
    assert NOT_RANKED in said(at)
    assert [item.value for item in at.metric][1:] == ["ontbreekt", "n.v.t.", "ontbreekt"]


def test_where_nobody_has_a_score_the_order_proves_nothing(open_page, data_dir):
    publish(data_dir, version=2, extra="update mart.noden set score = null")
    at = open_page("methode")
    assert at.metric[1].value == at.metric[3].value == "ontbreekt"
    assert sum(item.value == NOT_RANKED for item in at.info) == 3
    words = said(at)
    assert NOT_RANKED in words
    assert not any(claim in words for claim in ("meetruis (rankability", "blijven minstens", "schuift hoogstens"))


def test_the_document_is_offered_and_says_what_the_page_says(open_page):
    at = open_page("methode")
    labels = [item.proto.label for item in at.get("download_button")]
    assert "Methodekaart (Word, twee bladzijden)" in labels
    figures = card_figures("2025-2026")
    document = docx.Document(io.BytesIO(paper_document(card(figures), figures.gebouwd_op)))
    paragraphs = [item.text for item in document.paragraphs]
    assert "Schooljaar 2025-2026 · peildatum 21 november 2025" in paragraphs
    look_back = next(item for item in paragraphs if item.startswith("Terugblik"))
    assert look_back in said(at)
    assert "stonden er 4 bij de eerste 50 (40 %, tussen 17 en 69 %)" in look_back
