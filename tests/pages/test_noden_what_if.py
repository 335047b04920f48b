import csv
import io

import openpyxl
import pytest

from dashboard.components import blocks
from tests.dashboard.small_warehouse import publish

RESET = ("noden.terug-balk", "noden.terug-paneel")
DEFAULT_ORDER = "doorlichting-leerresultaten-doorstroom-leerrecht"


def names(table):
    return table["naam"].str.split("#").str[1].to_list()


def banner(at):
    return next((item.value for item in at.main.info if "dit is niet de standaardlijst" in item.value), None)


def moves(at):
    """Return the table of who enters, leaves or changes klasse."""
    return next(item.value for item in at.dataframe if "beweging" in item.value.columns)


def test_the_default_has_no_banner_and_no_moves(open_page):
    at = open_page("noden")
    assert banner(at) is None
    assert not at.button
    assert "Wie komt erbij, wie verdwijnt?" not in [item.value for item in at.header]


def test_the_panel_stands_beside_the_page_below_the_links(open_page):
    at = open_page("noden")
    assert [item.label for item in at.sidebar.text_input] == ["Eerste N"]
    choices = ["Soort nood", "Volgorde", "Onzekerheid", "Gewichten", "Belangrijkste criterium eerst"]
    assert [item.label for item in at.sidebar.selectbox][: len(choices)] == choices
    words = [item.value for item in at.sidebar.markdown]
    assert any("De lijst volgt de standaard." in item for item in words)
    assert ":small[1 doorlichting, 2 leerresultaten, 3 doorstroom, 4 leerrecht]" in words
    order = [item.type for item in at.sidebar]
    assert order.index("page_link") < order.index("text_input"), "the links first, the panel below them"
    assert any("in het paneel *Wat als* links" in item.value for item in at.main.markdown)


def test_the_panel_says_what_changed(open_page):
    at = open_page("noden", kijk="onverwacht", volgorde="score", top="1")
    assert [item.value for item in at.sidebar.info] == ["1 instelling komt in de eerste 1, 1 verdwijnt."]
    assert [item.label for item in at.sidebar.button] == ["Terug naar de standaard"]


def test_another_page_has_no_panel(open_page):
    at = open_page("bereik", top="3")
    assert not at.sidebar.text_input
    assert not at.sidebar.info


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (
            {"belang": "leerrecht-doorstroom-leerresultaten-doorlichting"},
            "belang leerrecht, doorstroom, leerresultaten, doorlichting",
        ),
        ({"gewichten": "rangsom"}, "gewichten volgens de rangsom"),
        ({"gewichten": "gelijk"}, "alle criteria even zwaar"),
        ({"gewichten": "lexicografisch"}, "criterium na criterium"),
        ({"gewichten": "eigen"}, "eigen gewichten (doorlichting 52 %, leerresultaten 27 %"),
        ({"top": "2"}, "de eerste 2 in plaats van 50"),
        ({"kijk": "onverwacht"}, "onverwachte nood"),
        ({"volgorde": "score"}, "alleen score, zonder trap"),
        ({"onzekerheid": "gegevens"}, "onzekerheid: alleen gegevens"),
        ({"onzekerheid": "gewichten"}, "onzekerheid: alleen gewichten"),
    ],
)
def test_every_setting_says_what_was_chosen_and_stays_in_the_address(open_page, address, words):
    at = open_page("noden", **address)
    assert words in banner(at)
    for key, value in address.items():
        assert at.query_params[key] == value
    assert len(at.dataframe[0].value) == 4


def test_a_setting_chosen_on_the_page_goes_to_the_address_and_comes_back_from_it(open_page):
    at = open_page("noden")
    at.selectbox(key="noden.gewichten").set_value("gelijk").run()
    at.text_input(key="noden.top").set_value("1").run()
    assert at.query_params == {"gewichten": "gelijk", "top": "1"}
    again = open_page("noden", gewichten="gelijk", top="1")
    assert banner(again) == banner(at)
    assert again.text_input(key="noden.top").value == "1"


def test_the_unexpected_view_without_trap_puts_another_first(open_page):
    at = open_page("noden", kijk="onverwacht", volgorde="score", top="1")
    rows = at.dataframe[0].value
    assert names(rows) == ["De Eik", "De Beuk", "De Wilg", "De Linde"]
    assert rows["rang"].str.strip().to_list() == ["1", "2", "3", "4"]
    assert rows["verandering_woorden"].to_list() == ["2 hoger", "1 lager", "1 lager", "gelijk"]
    assert "1 instelling komt in de eerste 1, 1 verdwijnt." in banner(at)
    assert "Grootste verschuiving: [De Eik](/instelling?instelling=000022), van plaats 3 naar 1." in banner(at)


def test_who_enters_and_who_leaves_is_listed_with_both_places(open_page):
    moved = moves(open_page("noden", kijk="onverwacht", volgorde="score", top="1"))
    first = moved.iloc[0]
    assert names(moved)[:2] == ["De Eik", "De Beuk"]
    assert moved["beweging"].to_list()[:2] == ["komt erbij", "verdwijnt"]
    assert (first["rang_standaard"].strip(), first["rang"].strip()) == ("3", "1")
    assert (first["klasse_standaard"], first["klasse"]) == ("mogelijk", "mogelijk")


def test_a_score_without_trap_orders_by_klasse_first(open_page):
    rows = open_page("noden", volgorde="score", top="2").dataframe[0].value
    assert rows["klasse"].to_list() == sorted(rows["klasse"], key=["duidelijk", "mogelijk", "niet"].index)


def test_the_list_filter_follows_the_klasse_of_the_scenario(open_page):
    assert names(open_page("noden", lijst="groot", top="3").dataframe[0].value) == [
        "De Beuk",
        "De Wilg",
        "De Eik",
    ]


def test_where_all_are_among_the_first_n_the_trap_alone_says_who_has_great_needs(open_page):
    rows = open_page("noden", lijst="groot", top="4").dataframe[0].value
    assert rows["trap"].unique().tolist() == ["verplicht"]
    assert rows["klasse"].unique().tolist() == ["n.v.t."]


@pytest.mark.parametrize(
    "typed", ["0", "-1", "100000", "12,5", "veel", "1e5", "NaN", " ", "²", "![x](https://x.be/x.png)"]
)
def test_a_typed_n_that_cannot_be_has_a_sentence_beside_its_box(open_page, typed):
    at = open_page("noden", kijk="onverwacht")
    at.text_input(key="noden.top").set_value(typed).run()
    assert not at.exception
    [said] = [item.value for item in at.sidebar.warning]
    assert "geheel getal van 1 tot 9999" in said
    assert said.endswith("Getoond wordt: 50.")
    assert "![" not in said, "what was typed is shown, not drawn: a picture would be fetched from elsewhere"
    assert "eerste 50" in banner(at)
    assert "top" not in at.query_params
    assert "nan" not in " ".join(at.dataframe[0].value.astype(str).to_numpy().ravel()).lower()


def test_a_typed_n_counts_from_the_first_good_value(open_page):
    at = open_page("noden")
    at.text_input(key="noden.top").set_value("x").run()
    at.text_input(key="noden.top").set_value(" 007 ").run()
    assert not at.sidebar.warning
    assert at.query_params == {"top": "7"}


def test_a_limit_as_long_as_the_list_has_its_sentence(open_page):
    said = (
        "De lijst telt 4 instellingen: bij de eerste {} horen ze allemaal en zegt de klasse niets. Kies een kleinere N "
        "om verschil te zien."
    )
    # In sight, not within the closed panel: also where the standard N is longer than the list.
    assert open_page("noden").info[0].value == said.format(50)
    assert open_page("noden", top="4").info[0].value == said.format(4)
    assert not any("horen ze allemaal" in item.value for item in open_page("noden", top="3").info)


@pytest.mark.parametrize("key", RESET)
def test_reset_brings_the_default_back_in_one_click(open_page, key):
    at = open_page("noden", gewichten="eigen", top="3", kijk="onverwacht", volgorde="score", scholengroep="1")
    at.button(key=key).click().run()
    assert banner(at) is None
    assert at.query_params == {"scholengroep": "1"}
    assert at.selectbox(key="noden.gewichten").value == "rangorde"
    assert at.text_input(key="noden.top").value == "50"
    assert names(at.dataframe[0].value) == ["De Beuk", "De Eik"]


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("belang", "doorlichting", "„doorlichting” is geen keuze voor belangrijkste criterium eerst."),
        ("gewichten", "zwaar", "„zwaar” is geen keuze voor gewichten."),
        ("top", "veel", "„veel” is geen geheel getal van 1 tot 9999 voor eerste N. Getoond wordt: 50."),
        ("top", "0", "„0” is geen geheel getal"),
        ("top", "-5", r"„\-5” is geen geheel getal"),
        ("top", "1e9", "„1e9” is geen geheel getal"),
        ("top", "12345678901234567890", "is geen geheel getal"),
        ("top", "²", "„²” is geen geheel getal"),
        ("kijk", "scheel", "„scheel” is geen keuze voor soort nood."),
        ("volgorde", "omgekeerd", "„omgekeerd” is geen keuze voor volgorde."),
        ("onzekerheid", "geen", "„geen” is geen keuze voor onzekerheid."),
    ],
)
def test_a_bad_value_in_the_address_falls_back_with_a_notice_in_sight(open_page, key, value, sentence):
    at = open_page("noden", **{key: value})
    assert any(sentence in item.value for item in at.warning)
    assert banner(at) is None
    assert key not in at.query_params


def test_own_weights_go_with_their_criterium_whatever_the_order(open_page):
    own = {f"gewicht_{name}": "0" for name in ("doorlichting", "doorstroom", "leerrecht")}
    address = {"gewichten": "eigen", "gewicht_leerresultaten": "100", "volgorde": "score", **own}
    rows = open_page("noden", **address).dataframe[0].value
    assert names(rows)[0] == "De Beuk"
    assert rows["bijdrage_leerresultaten"].str.strip()[0] == "0,60"
    assert rows["bijdrage_doorlichting"].str.strip()[0] == "0,00"
    turned = open_page("noden", belang="leerrecht-doorstroom-doorlichting-leerresultaten", **address)
    assert turned.dataframe[0].value["bijdrage_leerresultaten"].str.strip()[0] == "0,60"


def test_own_weights_that_do_not_add_up_have_a_sentence_and_the_default_stands_in(open_page):
    at = open_page("noden", gewichten="eigen", gewicht_doorlichting="40")
    sentence = "De eigen gewichten tellen op tot 88 %, niet tot 100 %. Tot dan gelden de gewichten van de standaard."
    assert sentence in [item.value for item in at.warning]
    assert banner(at) is None
    assert at.dataframe[0].value["score"].str.strip()[0] == "0,72"
    at.text_input(key="noden.gewicht_leerresultaten").set_value("39").run()
    assert "eigen gewichten (doorlichting 40 %, leerresultaten 39 %" in banner(at)


@pytest.mark.parametrize("weight", ["-10", "101", "x"])
def test_own_weights_outside_their_bounds_have_a_sentence(open_page, weight):
    at = open_page("noden", gewichten="eigen", gewicht_doorlichting=weight)
    said = weight.replace("-", r"\-")
    assert any(f"„{said}” is geen geheel getal van 0 tot 100" in item.value for item in at.warning)


def test_own_weights_leave_the_address_with_their_scheme(open_page):
    at = open_page("noden", gewichten="eigen", gewicht_doorlichting="51", gewicht_leerresultaten="28")
    at.selectbox(key="noden.gewichten").set_value("gelijk").run()
    assert at.query_params == {"gewichten": "gelijk"}


def test_settings_do_not_travel_to_another_page_but_stay_in_links_to_this_one(open_page):
    at = open_page("noden", gewichten="gelijk")
    links = {link.proto.label: link.proto.query_string for link in at.get("page_link")}
    assert links["Toon de lijst"] == "lijst=onvolledig&gewichten=gelijk"
    assert links["Bereik"] == ""


def test_groups_stay_groups_with_other_settings(open_page, data_dir):
    # Without noise between them, all institutions alike: nothing sets them apart.
    alike = "update mart.noden_criterium set score = 0.4, variantie = 0.1, score_onverwacht = 0.4"
    publish(data_dir, version=2, extra=f"{alike}; update mart.noden set is_in_groepen = true")
    at = open_page("noden", gewichten="gelijk")
    assert any("te klein voor een exacte volgorde" in item.value for item in at.info)
    assert "plaats" not in banner(at)
    assert "bij de grootste noden" in banner(at)
    assert all("rang" not in table.value.columns for table in at.dataframe)


def test_a_view_that_nobody_has_data_for_shows_missing_and_no_number(open_page, data_dir):
    publish(data_dir, version=2, extra="update mart.noden_criterium set score_onverwacht = null")
    rows = open_page("noden", kijk="onverwacht").dataframe[0].value
    assert set(rows["score"].str.strip()) == {"ontbreekt"}
    assert set(rows["klasse"]) == {"ontbreekt"}
    assert set(rows["zonder_cijfer"]) == {"doorlichting, leerresultaten, doorstroom, leerrecht"}


def downloads(at, monkeypatch, extension):
    """Run the page again and return what its downloads of this kind hold, by file name."""
    made = {}
    original = blocks.st.download_button

    def kept(label, data, file_name, **options):
        if file_name.endswith(extension):
            made[file_name] = data
        return original(label, data=data, file_name=file_name, **options)

    monkeypatch.setattr(blocks.st, "download_button", kept)
    at.run()
    return {name: make() for name, make in made.items()}


def test_every_export_prints_settings_filters_versions_and_that_it_is_internal(open_page, monkeypatch):
    at = open_page("noden", gewichten="gelijk", top="2", oki="onbekend")
    files = downloads(at, monkeypatch, "csv")
    subjects = {name.split("_")[1] for name in files}
    assert subjects == {"rangschikking", "verschuivingen", "steun", "weinig-steun", "zekerheid", "bijdragen"}
    for content in files.values():
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))
        notes = dict(row for row in rows[rows.index([]) + 1 :] if len(row) == 2)
        assert notes["Rangschikking"] == "wat als: alle criteria even zwaar; de eerste 2 in plaats van 50"
        assert notes["Verspreiding"].startswith("Interne lijst")
        assert (notes["Peildatum"], notes["Gegevensversie"]) == ("21/11/2025", "1")
        assert notes["Versie van de methode"] == "2026.1"
        assert "oog boven de tabel" not in content.decode("utf-8-sig"), "a file has all columns, and no eye"
        assert notes["Schooljaar"] == "2025-2026"
    list_notes = files["noden_rangschikking_2025-2026.csv"].decode("utf-8-sig")
    assert "OKI-klasse;Zonder OKI" in list_notes


def test_an_export_always_prints_how_many_are_the_first(open_page, monkeypatch):
    content = downloads(open_page("noden", gewichten="gelijk"), monkeypatch, "csv")["noden_zekerheid_2025-2026.csv"]
    assert 'Rangschikking;"wat als: alle criteria even zwaar; eerste 50"' in content.decode("utf-8-sig")


def test_exports_of_the_default_say_so_and_hold_numbers_not_drawings(open_page, monkeypatch):
    files = downloads(open_page("noden"), monkeypatch, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(files["noden_rangschikking_2025-2026.xlsx"]))
    notes = dict(book["Toelichting"].iter_rows(values_only=True))
    assert notes["Rangschikking"] == "standaard, eerste 50"
    heads = [cell.value for cell in book["Gegevens"][1]]
    assert heads[:6] == ["Instelling", "Trap", "Klasse", "Rang", "Score", "Plaats 90 %"]
    assert "Dialoog" in heads
    first = dict(zip(heads, next(book["Gegevens"].iter_rows(min_row=2, values_only=True)), strict=True))
    assert (first["Score"], first["Steun"], first["Dialoog"]) == (0.72, 44.5, "geen")
    assert not any("svg" in str(value) for value in first.values())


def test_exports_of_groups_hold_no_places(open_page, data_dir, monkeypatch):
    publish(data_dir, version=2, extra="update mart.noden set is_in_groepen = true")
    for content in downloads(open_page("noden"), monkeypatch, "csv").values():
        head = content.decode("utf-8-sig").split("\r\n")[0]
        assert not {"Rang", "Plaats 90 %", "Vorig jaar", "Kans eerste N"} & set(head.split(";"))
