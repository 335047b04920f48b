import pytest

from tests.dashboard.small_warehouse import publish


def figures(at):
    return {metric.label: metric.value for metric in at.metric}


def titles(at):
    return [item.value for item in at.header]


def opened_table(at, key):
    """Open the data behind a figure and return it."""
    at.session_state[f"tabel-werkdruk-{key}"] = True
    at.run()
    return at.dataframe[0].value


def test_key_figures_of_the_last_month_and_of_whole_months(open_page):
    at = open_page("werkdruk")
    assert figures(at) == {
        "Inzetbare VTE": "15,00",
        "In verlof": "7 %",
        "Langdurig afwezig": "10 %",
        "Dagdelen besteed van gepland": "96 %",
    }
    words = " ".join(item.value for item in at.markdown)
    assert "van 18,00 VTE aangesteld in november 2025; -0,25 t.o.v. november 2024" in words
    assert "4.715,5 van 4.900 dagdelen; 2 van 2 voorbije maanden geregistreerd" in words
    assert "een ondergrens: besteed telt enkel wie een agenda leverde, gepland telt iedereen" in words
    assert "Doel: 100 %, te halen zodra elke begeleider een agenda levert" in words


def test_months_without_registration_and_the_running_month_are_no_zero(open_page, data_dir):
    missing = """
        update mart.werkdruk_maand set dagdelen_besteed = null, is_geregistreerd = false, reden = 'ontbreekt'
        where categorie = 'vt' and maand = '2025-09-01'
    """
    publish(data_dir, version=2, extra=missing)
    table = opened_table(open_page("werkdruk", categorie="vt"), "maanden")
    assert table["maandnaam"].to_list()[:3] == ["sep 2025", "okt 2025", "nov 2025"]
    assert table["stand"].to_list()[:3] == ["niet geregistreerd", "geregistreerd", "lopend"]
    assert table["dagdelen_besteed"].str.strip().to_list()[:3] == ["ontbreekt", "150", "40"]


def test_of_a_month_to_come_only_the_planning_is_told(open_page):
    at = open_page("werkdruk", categorie="vt")
    to_come = opened_table(at, "maanden").iloc[3].str.strip()
    assert to_come["maandnaam"] == "dec 2025"
    assert to_come["stand"] == "komt nog"
    assert to_come["dagdelen_gepland"] == "115"
    assert to_come["dagdelen_besteed"] == to_come["aandeel_geregistreerd"] == "n.v.t."
    chart = at.get("plotly_chart")[0].proto.spec
    assert "komt nog" in chart
    assert "niet geregistreerd" not in chart


def test_before_the_first_month_is_over_nothing_can_be_compared(open_page, data_dir):
    publish(data_dir, version=2, extra="delete from mart.werkdruk_maand where maand < '2025-11-01'")
    at = open_page("werkdruk", categorie="vt")
    assert figures(at)["Dagdelen besteed van gepland"] == "n.v.t."
    assert any("nog geen voorbije maand" in item.value for item in at.markdown)


def test_only_whole_months_of_a_category_are_compared(open_page):
    assert figures(open_page("werkdruk", categorie="vt"))["Dagdelen besteed van gepland"] == "96 %"


def test_a_category_with_a_hidden_month_is_hidden_as_a_sum(open_page):
    table = opened_table(open_page("werkdruk"), "categorieen").set_index("categorie")
    assert table.loc["SPOC", "dagdelen_besteed"].strip() == "beschermd"
    assert table.loc["SPOC", "dagdelen_gepland"].strip() == "84"
    assert table.loc["Verandertraject", "dagdelen_besteed"].strip() == "240"
    assert table.loc["Verandertraject", "aandeel_besteed"].strip() == "96,0 %"
    assert table.loc["Zonder categorie", "dagdelen_gepland"].strip() == "n.v.t."


def test_hidden_months_make_the_key_figure_beschermd(open_page):
    assert figures(open_page("werkdruk", categorie="spoc"))["Dagdelen besteed van gepland"] == "beschermd"


@pytest.mark.parametrize("schooljaar", ["2023-2024", "2024-2025", "2025-2026"])
def test_the_front_page_and_this_page_say_the_same_of_dagdelen(open_page, schooljaar):
    name = "Dagdelen besteed van gepland"
    front, here = (figures(open_page(key, schooljaar=schooljaar))[name] for key in ("start", "werkdruk"))
    assert front == here


def test_small_teams_are_beschermd_with_their_reason(open_page):
    at = open_page("werkdruk")
    assert "Diensten en teams in november 2025: 2 van de 4 groepen beschermd" in titles(at)
    rows = at.dataframe[0].value.set_index("team")
    assert rows.loc["directie", "personen"].strip() == "beschermd"
    assert rows.loc["directie", "toelichting"] == "kleine groep, of beschermt er een"
    assert rows.loc["team taal", "vte_inzetbaar"].strip() == "8,50"


def test_a_hidden_group_gets_a_sentence_instead_of_empty_charts(open_page):
    at = open_page("werkdruk", groep="PBD|directie")
    assert figures(at)["Inzetbare VTE"] == "beschermd"
    assert sum("zijn beschermd: ze telt of telde minder dan 5 personen" in item.value for item in at.info) == 2


def test_a_team_has_its_own_months(open_page):
    table = opened_table(open_page("werkdruk", groep="PBD|team taal"), "inzetbaar")
    assert table["personen"].str.strip().to_list() == ["12", "12"]
    assert table["aandeel_inzetbaar"].str.strip().to_list() == ["90 %", "85 %"]


def test_without_any_staff_or_planning_the_page_says_so(open_page, data_dir):
    publish(data_dir, version=2, extra="delete from mart.hr_maand; delete from mart.werkdruk_maand")
    at = open_page("werkdruk")
    assert set(figures(at).values()) == {"ontbreekt"}
    assert {item.value for item in at.info} == {
        "Er is geen personeelslijst geladen: wie inzetbaar of afwezig is, is niet bekend.",
        "Er is geen planning en geen agenda geladen: wat gepland en besteed is, is niet bekend.",
    }
