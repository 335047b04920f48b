import json
from datetime import date

import pytest

from dashboard import data
from state.dialogue import Draft, add_remark
from tests.dashboard.small_warehouse import publish

IN_GROUPS = "update mart.noden set is_in_groepen = true"


def names(table):
    return table["naam"].str.split("#").str[1].to_list()


def titles(at):
    return [item.value for item in at.header]


def test_ranking_shows_place_trap_score_and_words(open_page):
    at = open_page("noden")
    first = at.dataframe[0].value.iloc[0]
    assert first["naam"] == "/instelling?instelling=000011#De Beuk"
    assert (first["rang"].strip(), first["trap"], first["klasse"]) == ("1", "verplicht", "duidelijk")
    assert first["score"].strip() == "0,72"
    assert first["bijdrage_doorlichting"].strip() == "0,47"
    assert first["interval"] == "1 tot 2"
    assert first["verandering_woorden"] == "1 hoger"
    assert (first["dagdelen_ondersteuning"].strip(), first["trajecten"]) == ("44,5", "opvolging 2A")
    assert first["dialoog"] == "geen"


def test_the_first_sentence_says_who_why_how_sure_and_who_lacks_support(open_page, data_dir):
    words = [item.value for item in open_page("noden").markdown]
    assert (
        "Bovenaan staat **[De Beuk](/instelling?instelling=000011)**: trap verplicht, duidelijk bij de eerste 50, "
        "met 90 % kans op plaats 1 tot 2, "
        "vooral door doorlichting. Van de 2 met grote noden krijgt er **1** geen steun."
    ) in words
    publish(data_dir, version=2, extra=IN_GROUPS)
    words = [item.value for item in open_page("noden").markdown]
    assert any(item.startswith("**2** van deze instellingen horen duidelijk bij de grootste noden.") for item in words)


def test_a_place_that_is_the_same_at_both_ends_is_told_in_the_same_words(open_page, data_dir):
    publish(data_dir, version=2, extra="update mart.noden set rang_p95 = 1 where rang = 1")
    for key, address in (("noden", {}), ("instelling", {"instelling": "000011"})):
        words = " ".join(item.value for item in open_page(key, **address).markdown)
        assert "met 90 % kans op plaats 1" in words
        assert "zeker op plaats" not in words


def test_a_name_with_signs_of_markdown_is_shown_as_it_is(open_page, data_dir):
    publish(data_dir, version=2, extra="update mart.noden set naam = '*De* [Beuk](x)' where rang = 1")
    words = " ".join(item.value for item in open_page("noden").markdown)
    assert r"**[\*De\* \[Beuk\]\(x\)](/instelling" in words


def test_words_come_before_the_place_and_drawings_beside_their_numbers(open_page):
    columns = open_page("noden").dataframe[0].value.columns.to_list()
    assert columns[:6] == ["naam", "trap", "klasse", "rang", "score_beeld", "score"]
    assert columns[6:8] == ["plaats_beeld", "interval"]


def shown_columns(at):
    """Return name -> width in pixels of the columns that the grid shows before anything is asked of it."""
    settings = json.loads(at.dataframe[0].proto.columns)
    return {name: column["width"] for name, column in settings.items() if not column.get("hidden") and name != "_index"}


#: A screen of 1440 without the sidebar, the edges of the page and the border of the grid.
ROOM = 1440 - 250 - 2 * 20 - 2


def test_the_columns_of_a_glance_fit_whole_on_a_usual_screen(open_page):
    at = open_page("noden")
    shown = shown_columns(at)
    assert list(shown)[:3] == ["naam", "trap", "klasse"]
    assert {"score_beeld", "plaats_beeld", "zonder_cijfer", "verandering_woorden", "trajecten"} <= set(shown)
    assert not {"dialoog", "bijdrage_doorlichting", "advies"} & set(shown)
    assert sum(shown.values()) <= ROOM
    assert "met het oog boven de tabel" in " ".join(item.value for item in at.markdown)


def test_a_remark_makes_room_for_its_column(open_page):
    draft = Draft("signaal", "Directie wisselt", date(date.today().year, 12, 31))
    add_remark(data.user_store(), "000033", draft, "An Peeters")
    shown = shown_columns(open_page("noden"))
    assert "dialoog" in shown
    assert sum(shown.values()) <= ROOM


def test_a_long_name_shows_its_end_and_goes_whole_to_the_downloads(open_page, data_dir):
    long = "School voor buitengewoon secundair onderwijs De Beuk Aalst"
    publish(data_dir, version=2, extra=f"update mart.noden set naam = '{long}' where rang = 1")
    at = open_page("noden")
    assert names(at.dataframe[0].value)[0] == "School … onderwijs De Beuk Aalst"
    at.session_state["gewone-tabel-noden"] = True
    at.run()
    assert long in at.get("html")[-1].proto.body


def test_drawings_need_no_request_to_elsewhere(open_page):
    rows = open_page("noden").dataframe[0].value
    drawings = [*rows["score_beeld"], *rows["plaats_beeld"]]
    assert all(drawing.startswith("data:image/svg+xml;utf8,<svg ") for drawing in drawings)


def test_a_rang_outside_its_own_interval_is_explained(open_page, data_dir):
    explained = "Soms ligt de rang net buiten zijn interval"
    assert not any(explained in item.value for item in open_page("noden").markdown)
    publish(data_dir, version=2, extra="update mart.noden set rang_p05 = 2, rang_p95 = 3 where rang = 1")
    assert any(explained in item.value for item in open_page("noden").markdown)


def test_list_stands_by_trap_then_klasse_then_rang(open_page, data_dir):
    swapped = "update mart.noden set trap = 'regulier', rang = 5 where instellingsnummer = '000055'"
    publish(data_dir, version=2, extra=swapped)
    at = open_page("noden")
    assert names(at.dataframe[0].value) == ["De Beuk", "De Eik", "De Wilg", "De Linde"]


def test_a_missing_criterion_is_marked_and_not_zero(open_page):
    rows = open_page("noden").dataframe[0].value
    assert rows["bijdrage_leerresultaten"][1].strip() == "ontbreekt"
    assert rows["zonder_cijfer"].to_list() == ["geen", "leerresultaten", "geen", "geen"]
    assert rows["geschat"].str.strip().to_list() == ["n.v.t.", "0,08", "n.v.t.", "n.v.t."]


def test_a_criterion_that_the_niveau_does_not_have_is_no_missing_one(open_page, data_dir):
    lacking = """
        update mart.noden set ontbreekt = ['leerresultaten', 'doorstroom', 'leerrecht'],
            score_doorstroom = null, score_leerrecht = null
        where instellingsnummer = '000055';
        update mart.noden_criterium set score = null,
            reden = case criterium
                when 'leerresultaten' then 'nvt' when 'doorstroom' then 'beschermd' else 'ontbreekt'
            end
        where instellingsnummer = '000055' and criterium <> 'doorlichting'
    """
    publish(data_dir, version=2, extra=lacking)
    at = open_page("noden")
    at.session_state["tabel-noden-bijdragen"] = True
    at.run()
    for shown in (at.dataframe[0].value, at.dataframe[-1].value):
        row = shown.iloc[1]
        words = [row[f"bijdrage_{name}"].strip() for name in ("leerresultaten", "doorstroom", "leerrecht")]
        assert words == ["n.v.t.", "beschermd", "ontbreekt"]
        assert row["zonder_cijfer"] == "leerrecht; beschermd: doorstroom; n.v.t.: leerresultaten"
    incomplete = next(metric for metric in at.metric if metric.label == "Onvolledige gegevens")
    assert incomplete.value == "1"


def test_filters_narrow_the_list_and_keep_the_rang_of_the_network(open_page):
    table = open_page("noden", onderwijsniveau="SO", trap="regulier").dataframe[0].value
    assert names(table) == ["De Linde"]
    assert table["rang"].to_list() == ["4"]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ({"scholengroep": "12"}, ["De Wilg", "De Linde"]),
        ({"scholengemeenschap": "De Kust"}, ["De Wilg"]),
        ({"oki": "hoog"}, ["De Beuk"]),
        ({"oki": "onbekend"}, ["De Wilg"]),
        ({"lijst": "groot"}, ["De Beuk", "De Wilg"]),
        ({"lijst": "zonder_steun"}, ["De Wilg"]),
        ({"lijst": "onvolledig"}, ["De Wilg"]),
        ({"scholengroep": "1", "oki": "midden"}, ["De Eik"]),
    ],
)
def test_each_filter_keeps_its_own_instellingen(open_page, address, shown):
    assert names(open_page("noden", **address).dataframe[0].value) == shown


def test_scholengemeenschappen_follow_the_scholengroep(open_page):
    at = open_page("noden", scholengroep="1")
    assert at.selectbox(key="noden.scholengemeenschap").options == ["Alle scholengemeenschappen", "Het Water"]
    at = open_page("noden", scholengroep="1", scholengemeenschap="De Kust")
    assert "„De Kust” is geen keuze voor scholengemeenschap." in at.warning[-1].value
    assert names(at.dataframe[0].value) == ["De Beuk", "De Eik"]


@pytest.mark.parametrize("odd", ["\0", "\x1b", "' or 1=1", "<b>hoog</b>", "\N{ZERO WIDTH SPACE}hoog", "x" * 3000])
def test_an_address_may_hold_any_text(open_page, odd):
    at = open_page("noden", oki=odd, kijk=odd, top=odd)
    assert [notice.value.rpartition(" is geen ")[2] for notice in at.warning[1:]] == [
        "keuze voor OKI-klasse. Getoond wordt: Alle OKI-klassen.",
        "geheel getal van 1 tot 9999 voor eerste N. Getoond wordt: 50.",
        "keuze voor soort nood. Getoond wordt: Absolute nood.",
    ]


def test_key_figures_open_the_list_behind_them(open_page):
    links = [item.proto for item in open_page("noden").get("page_link")]
    queries = [link.query_string for link in links if link.label == "Toon de lijst"]
    assert queries == ["trap=verplicht", "lijst=zonder_steun", "lijst=onvolledig"]


def test_links_to_an_institution_carry_the_filters_along(open_page):
    at = open_page("noden", scholengroep="12", oki="onbekend")
    assert at.dataframe[0].value["naam"][0] == "/instelling?instelling=000055&scholengroep=12#De Wilg"


@pytest.mark.parametrize(
    ("address", "listed", "told"),
    [
        ({"onderwijsniveau": "SO", "trap": "verplicht"}, "0", "Kies een ander schooljaar of een ruimere filter"),
        ({"schooljaar": "2023-2024"}, "ontbreekt", "is geen lijst van instellingen geladen"),
    ],
)
def test_an_empty_choice_has_one_sentence_with_what_to_do_and_nothing_to_leaf_through(open_page, address, listed, told):
    at = open_page("noden", vanaf="21", **address)
    assert at.metric[0].value == listed
    assert not at.dataframe
    assert not at.get("plotly_chart")
    assert sum(told in item.value for item in at.info) == 1
    assert "noden.vanaf" not in [choice.key for choice in at.selectbox]
    assert not any("gewone tabel" in item.label for item in at.expander)
    assert titles(at) == ["Welke instellingen hebben de grootste noden?"]


def test_unsure_ranking_is_shown_in_groups_without_positions(open_page, data_dir):
    publish(data_dir, version=2, extra=IN_GROUPS)
    at = open_page("noden")
    assert "te klein voor een exacte volgorde" in at.info[-1].value
    for table in at.dataframe:
        assert not {"rang", "interval", "plaats_beeld", "verandering_woorden", "kans_top"} & set(table.value.columns)
    assert not any("Horen ze bij de eerste" in title for title in titles(at))
    at.session_state["tabel-noden-bijdragen"] = True
    at.run()
    assert all("rang" not in table.value.columns for table in at.dataframe)


def test_in_groups_nobody_clear_and_one_high_score_are_told_in_words(open_page, data_dir):
    publish(data_dir, version=2, extra=f"{IN_GROUPS}, trap = 'regulier', klasse = 'niet'")
    at = open_page("noden", scholengroep="12")
    assert "Geen van deze instellingen hoort duidelijk bij de grootste noden." in " ".join(
        item.value for item in at.markdown
    )
    publish(data_dir, version=3, extra="update mart.noden set rang_score = 90 where instellingsnummer <> '000011'")
    assert any(
        title.startswith("De enige instelling met een hoge score krijgt") for title in titles(open_page("noden"))
    )


def test_within_a_group_names_stand_in_alphabet(open_page, data_dir):
    swapped = "update mart.noden set naam = 'Aan de Wilg' where instellingsnummer = '000055'"
    publish(data_dir, version=2, extra=f"{IN_GROUPS}; {swapped}")
    assert names(open_page("noden").dataframe[0].value)[:2] == ["Aan de Wilg", "De Beuk"]


def test_opened_table_holds_the_data_of_the_chart(open_page):
    at = open_page("noden")
    at.session_state["tabel-noden-bijdragen"] = True
    at.run()
    opened = at.dataframe[-1].value
    assert opened["bijdrage_doorlichting"].str.strip().to_list() == ["0,47", "0,39", "0,23", "0,05"]


def test_support_is_held_beside_need_and_who_lacks_it_is_listed(open_page):
    # With N = 2 the two highest scores are high; De Wilg has one of them and no support at all.
    at = open_page("noden", top="2")
    assert "1 van de 2 instellingen met een hoge score krijgt weinig steun" in titles(at)
    lacking = at.dataframe[-1].value
    assert names(lacking) == ["De Wilg"]
    assert lacking["dagdelen_ondersteuning"].str.strip().to_list() == ["0"]


NO_SUPPORT_DELIVERED = """
    update mart.noden set dagdelen_ondersteuning = null, is_ondersteund = null;
    delete from mart.steun_instelling
"""


def test_without_interventies_nobody_is_said_to_lack_support(open_page, data_dir):
    publish(data_dir, version=2, extra=NO_SUPPORT_DELIVERED)
    at = open_page("noden")
    unknown = "Wie steun kreeg, is niet bekend: van dit schooljaar zijn geen interventies geleverd."
    assert any(item.value.endswith(f" {unknown}") for item in at.markdown)
    assert [item.value for item in at.info].count(unknown) == 2  # the chart, and the list of little support
    assert {metric.label: metric.value for metric in at.metric}["Grote noden zonder ondersteuning"] == "ontbreekt"
    assert any("van 2 met grote noden; geen interventies geleverd" in item.value for item in at.markdown)
    assert "Krijgt wie de grootste noden heeft ook steun?" in titles(at)
    first = at.dataframe[0].value.iloc[0]
    assert (first["dagdelen_ondersteuning"].strip(), first["trajecten"]) == ("ontbreekt", "ontbreekt")


CLB = """
    update mart.noden set onderwijsniveau = 'CLB', dagdelen_ondersteuning = if(naam = 'De Wilg', 3, 9)
    where scholengroep_nummer = '12';
    update mart.instelling_jaar set onderwijsniveau = 'CLB' where scholengroep_nummer = '12'
"""


@pytest.mark.parametrize(
    ("role", "median"),
    [
        ("hoofdadviseur", "minder dan 7,5 dagdelen, de mediaan van wie in het netwerk steun kreeg."),
        ("poc", "minder dan 6 dagdelen, de mediaan van de instellingen van niveau CLB die steun kregen."),
    ],
)
def test_little_support_says_of_whom_the_median_is(open_page, data_dir, role, median):
    publish(data_dir, version=2, extra=CLB)
    at = open_page("noden", rol=role, top="2")
    assert any(median in item.value for item in at.markdown)
    assert any("de hoogste 2 van het netwerk" in item.value for item in at.markdown)


def test_who_sees_one_niveau_reads_that_nobody_of_it_is_among_the_highest_of_the_network(open_page, data_dir):
    publish(data_dir, version=2, extra=CLB)
    at = open_page("noden", rol="poc", top="1")
    assert "Geen instelling in deze keuze heeft een hoge score" in titles(at)


def test_the_list_stands_as_a_plain_table_too(open_page):
    at = open_page("noden")
    at.session_state["gewone-tabel-noden"] = True
    at.run()
    html = at.get("html")[-1].proto.body
    assert '<th scope="row"><a href="/instelling?instelling=000011" target="_self">De Beuk</a></th>' in html
    assert '<td class="getal">0,72</td>' in html


def test_the_shown_part_of_a_long_list_is_in_the_address(open_page, data_dir):
    many = """
        insert into mart.noden by name
        select noden.* replace (
            '9' || lpad(n::varchar, 5, '0') as instellingsnummer, 'School ' || n as naam, 4 + n as rang
        )
        from mart.noden cross join range(1, 31) as r(n)
        where instellingsnummer = '000033'
    """
    publish(data_dir, version=2, extra=many)
    at = open_page("noden", vanaf="21")
    assert at.selectbox(key="noden.vanaf").options == ["1 tot 20", "21 tot 34"]
    at.session_state["tabel-noden-zekerheid"] = True
    at.run()
    shown = next(table.value for table in at.dataframe if "rang_gemiddeld" in table.value.columns)
    assert shown["naam"].to_list()[0] == "School 17"
    assert len(shown) == 14


def test_a_remark_stands_beside_the_place_and_does_not_change_it(open_page):
    before = open_page("noden").dataframe[0].value
    draft = Draft("signaal", "Directie *wisselt*", date(date.today().year, 12, 31))
    add_remark(data.user_store(), "000033", draft, "An Peeters")
    after = open_page("noden").dataframe[0].value
    assert "Directie *wisselt*" in after["dialoog"][3]
    assert after["dialoog"].to_list()[:3] == ["geen"] * 3
    assert after["rang"].to_list() == before["rang"].to_list()


@pytest.mark.parametrize(
    ("reden", "shown"), [("ontbreekt", "ontbreekt"), ("beschermd", "beschermd"), ("nvt", "n.v.t.")]
)
def test_where_nothing_is_known_of_the_niveau_the_reason_stands_in_place_of_a_class(open_page, data_dir, reden, shown):
    unknown = f"update mart.noden set klasse = null, kans_top = 1, reden = '{reden}'"
    publish(data_dir, version=2, extra=unknown)
    at = open_page("noden")
    rows = at.dataframe[0].value
    for column in ("klasse", "score", "geschat", "kans_top"):
        assert rows[column].str.strip().unique().tolist() == [shown]
    assert any("zonder klasse, want van het hele onderwijsniveau is geen enkel" in text.value for text in at.markdown)
    assert any("op een meting" in text.value for text in at.markdown)
    assert "None" not in " ".join(text.value for text in at.markdown)
    at.session_state["tabel-noden-zekerheid"] = True
    at.run()
    chart = at.get("plotly_chart")[0].proto.spec
    assert not at.exception
    assert "zonder klasse" in chart


@pytest.mark.parametrize(
    ("second", "levels"), [("SO", "het onderwijsniveau SO"), ("BuSO", "de onderwijsniveaus BuSO en SO")]
)
def test_of_an_unknown_niveau_the_page_says_neither_high_nor_low(open_page, data_dir, second, levels):
    unknown = f"""
        update mart.noden set onderwijsniveau = '{second}' where instellingsnummer = '000033';
        update mart.noden set onderwijsniveau = 'SO', trap = 'regulier' where instellingsnummer = '000055';
        update mart.noden set klasse = null, reden = 'ontbreekt' where instellingsnummer in ('000033', '000055')
    """
    publish(data_dir, version=2, extra=unknown)
    at = open_page("noden", scholengroep="12")
    unknown = "of een nood er groot of klein is, valt niet te zeggen"
    sentence = f"Van {levels} is geen enkel criterium bekend dat meetelt: {unknown}."
    assert sentence in [item.value for item in at.markdown]
    assert [item.value.partition(":")[0] for item in at.info[1:]] == ["Deze instellingen hebben geen score"] * 3
    assert "Geen instelling in deze keuze heeft een hoge score" not in titles(at)
    assert {metric.label: metric.value for metric in at.metric}["Grote noden zonder ondersteuning"] == "ontbreekt"


@pytest.mark.parametrize("groups", ["false", "true"])
def test_where_everybody_is_among_the_first_only_the_trap_says_who_has_great_needs(open_page, data_dir, groups):
    publish(data_dir, version=2, extra=f"update mart.noden set klasse = 'duidelijk', is_in_groepen = {groups}")
    at = open_page("noden")
    assert at.dataframe[0].value["klasse"].unique().tolist() == ["n.v.t."]
    obliged = next(metric.value for metric in at.metric if metric.label == "Trap verplicht")
    assert any(f"van {obliged} met grote noden" in item.value for item in at.markdown)
    assert any("alle instellingen horen bij de eerste 50" in item.value for item in at.markdown)
    assert "Krijgt wie de grootste noden heeft ook steun?" in titles(at)
    assert not any("duidelijk bij" in item.value for item in [*at.markdown, *at.metric] if "Bovenaan" in item.value)
    at = open_page("instelling", instelling="000022")
    said = " ".join(item.value for item in at.markdown)
    assert "hoort duidelijk bij" not in said
    assert "elke instelling van het netwerk hoort bij de 50 grootste noden, en dat zegt dus niets" in said


def test_the_only_one_with_great_needs_is_told_as_one(open_page, data_dir):
    alone = "update mart.noden set klasse = 'niet', trap = if(instellingsnummer = '000011', trap, 'regulier')"
    publish(data_dir, version=2, extra=alone)
    assert any("De enige met grote noden krijgt steun." in item.value for item in open_page("noden").markdown)
    publish(data_dir, version=3, extra=f"{alone}, is_ondersteund = false")
    assert any("De enige met grote noden krijgt **geen** steun." in item.value for item in open_page("noden").markdown)
