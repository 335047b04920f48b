import pytest

from tests.dashboard.small_warehouse import publish


def figures(at):
    return {metric.label: metric.value for metric in at.metric}


def titles(at):
    return [item.value for item in at.header]


def opened_table(at, key):
    """Open the data behind a figure and return it; the list of those not reached comes after it."""
    at.session_state[f"tabel-bereik-{key}"] = True
    at.run()
    return at.dataframe[0].value


def test_key_figures_come_counted_and_are_never_a_sum_of_strategies(open_page):
    at = open_page("bereik")
    assert figures(at) == {
        "Instellingen bereikt": "50 %",
        "Bereikt sinds de start van het plan": "75 %",
        "Professionals bereikt": "52",
        "Dagdelen in instellingen": "50,5",
        "Grote noden, niet bereikt": "1",
    }
    words = " ".join(item.value for item in at.markdown)
    assert "tot nu toe; pas na het schooljaar te vergelijken met 2024-2025" in words
    assert "Doel: 100 %; nu 2 van 4" in words
    assert "van 2 instellingen met grote noden" in words


def test_a_choice_without_instellingen_has_nothing_to_reach(open_page, data_dir):
    publish(data_dir, version=2, extra="delete from mart.instelling_jaar where instellingsnummer = '000055'")
    at = open_page("bereik", scholengroep="12", onderwijsniveau="BaO")
    assert set(figures(at).values()) == {"n.v.t."}
    assert sum("geen instellingen in deze keuze" in item.value for item in at.markdown) == 5


def test_reach_since_the_plan_is_missing_where_it_could_be_counted_and_else_not_applicable(open_page, data_dir):
    publish(
        data_dir,
        version=2,
        extra="delete from mart.bereik_cumulatief; update mart.noden set trap = null, klasse = null",
    )
    label = "Bereikt sinds de start van het plan"
    at = open_page("bereik")
    assert figures(at)[label] == "ontbreekt"
    assert any("of een nood groot is, is van geen enkele instelling bekend" in item.value for item in at.markdown)
    assert figures(open_page("bereik", schooljaar="2024-2025"))[label] == "n.v.t."
    assert figures(open_page("bereik", strategie="vorming"))[label] == "n.v.t."


def test_where_no_reach_is_known_no_title_gives_a_zero(open_page, data_dir):
    nothing = (
        "update mart.bereik_instelling set is_bereikt = null; update mart.bereik_intensiteit set intensiteit = null;"
        "update mart.bereik_aantal set instellingen_bereikt = null"
    )
    publish(data_dir, version=2, extra=nothing)
    at = open_page("bereik")
    assert sum("Van geen enkele groep is in dit schooljaar het bereik bekend." in item.value for item in at.info) == 1
    shown = titles(at)
    assert "Hoe intens is het bereik?" in shown
    assert "Welke instellingen zijn niet bereikt in 2025-2026?" in shown
    assert not any(title.startswith("0 ") for title in shown)


def test_where_some_reach_is_unknown_the_intense_share_is_at_least_that(open_page, data_dir):
    publish(
        data_dir,
        version=2,
        extra="update mart.bereik_intensiteit set intensiteit = null where intensiteit = 'niet bereikt'",
    )
    title = next(title for title in titles(open_page("bereik")) if "PLG of een intensiever traject" in title)
    assert title.startswith("Minstens ")


def test_people_of_interventions_do_not_apply_instead_of_being_zero(open_page):
    at = open_page("bereik")
    table = opened_table(at, "professionals").set_index("label")
    assert table.loc["Opvolging doorlichting", "professionals"].strip() == "n.v.t."
    assert table.loc["Opvolging doorlichting", "dagdelen"].strip() == "44,5"
    assert table.loc["Vorming", "aandeel_professionals"].strip() == "19,8 %"
    assert table.loc["Vorming", "dagdelen"].strip() == "n.v.t."
    assert figures(open_page("bereik", strategie="vorming"))["Dagdelen in instellingen"] == "n.v.t."
    assert figures(open_page("bereik", strategie="opvolging"))["Professionals bereikt"] == "n.v.t."


@pytest.mark.parametrize(
    ("per", "labels"),
    [
        ("strategie", ["Vorming", "Professionele leergemeenschap", "Opvolging doorlichting"]),
        ("onderwijsniveau", ["BaO", "SO"]),
        ("scholengroep", ["1 · Het Noorderlicht", "12 · De Zuidster"]),
    ],
)
def test_breakdown_by_strategy_niveau_and_scholengroep(open_page, per, labels):
    at = open_page("bereik", per=per)
    assert opened_table(at, "instellingen")["label"].to_list() == labels
    assert f"Welk deel van de instellingen is bereikt, per {per}?" in titles(at)


def test_targets_count_what_is_met_or_on_its_way(open_page):
    at = open_page("bereik")
    assert "Gehaald of op weg: 1 van de 2 bereikdoelen van het hele netwerk" in titles(at)
    table = opened_table(at, "doelen").set_index("code")
    assert table.loc["DUAAL", "aandeel"].strip() == "0,0 %"
    assert table.loc["MESO", "gerealiseerd"].strip() == "ontbreekt"
    assert table.loc["CURR", "basis_datum"] == "19/11/2025"


def test_intensity_title_says_the_finding(open_page):
    assert "25 % van de instellingen kreeg een PLG of een intensiever traject" in titles(open_page("bereik"))


def test_who_is_not_reached_is_listed_with_need_and_link(open_page):
    at = open_page("bereik")
    assert "2 instellingen niet bereikt in 2025-2026" in titles(at)
    rows = at.dataframe[0].value
    assert rows["naam"].to_list() == [
        "/instelling?instelling=000055#De Wilg",
        "/instelling?instelling=000033#De Linde",
    ]
    assert rows["trap"].to_list() == ["verplicht", "regulier"]
    assert rows["laatst_bereikt"].to_list() == ["niet sinds 2024-2025"] * 2


def test_matrix_opens_the_list_of_great_needs_not_reached(open_page):
    at = open_page("bereik")
    assert "1 instelling met grote noden is niet bereikt" in titles(at)
    links = [item.proto for item in at.get("page_link")]
    great = next(link for link in links if link.label == "Toon de lijst: Grote noden, niet bereikt (1)")
    assert "nood=groot" in great.query_string
    rows = open_page("bereik", nood="groot").dataframe[0].value
    assert [name.split("#")[1] for name in rows["naam"]] == ["De Wilg"]


def test_a_strategy_narrows_the_list_to_who_it_did_not_reach(open_page):
    at = open_page("bereik", strategie="vorming", scholengroep="1")
    assert "0 instellingen niet bereikt door vorming in 2025-2026" in titles(at)
    assert not at.dataframe
    assert "Geen enkele instelling in deze keuze is zonder bereik." in [item.value for item in at.info]


def test_unknown_reach_is_missing_and_not_zero(open_page, data_dir):
    unknown = "update mart.bereik_instelling set is_bereikt = null where not is_bereikt and strategie <> 'vorming'"
    publish(data_dir, version=2, extra=unknown)
    at = open_page("bereik")
    assert figures(at)["Grote noden, niet bereikt"] == "ontbreekt"
    assert "van 1 is het bereik niet bekend" in " ".join(item.value for item in at.markdown)
    assert "Zijn de instellingen met grote noden bereikt? Het bereik is niet volledig bekend" in titles(at)


def test_reach_with_one_source_is_at_least_that_and_the_same_on_start(open_page, data_dir):
    one_source = (
        "update mart.bereik_aantal set reden_interventies = 'ontbreekt', interventies = null, dagdelen = null"
        " where schooljaar = '2025-2026' and reden_interventies is null;"
        "update mart.bereik_instelling set is_bereikt = null where not is_bereikt;"
        "update mart.bereik_cumulatief set is_bereik_in_plan_volledig = false where schooljaar = '2025-2026';"
        "update mart.bereik_doel set is_volledig_bekend = false, prognose = null"
    )
    publish(data_dir, version=2, extra=one_source)
    at = open_page("bereik")
    shown, words = figures(at), " ".join(item.value for item in at.markdown)
    assert shown["Instellingen bereikt"] == "minstens 50 %"
    assert shown["Bereikt sinds de start van het plan"] == "minstens 75 %"
    assert "van 2 is het bereik niet bekend" in words
    assert "nu minstens 2 van 4" in words
    assert "Worden de bereikdoelen gehaald?" in titles(at)
    because = ": de interventies van de verslagtool zijn niet geleverd."
    assert f"Wie niet bereikt is, is niet bekend{because}" in [item.value for item in at.info]
    assert figures(open_page("start"))["Instellingen bereikt"] == "minstens 50 %"


def test_who_never_got_a_target_is_told_so(open_page, data_dir):
    publish(data_dir, version=2, extra="delete from mart.bereik_doel")
    assert "Er zijn geen bereikdoelen geleverd." in [item.value for item in open_page("bereik").info]


def test_a_schooljaar_without_counts_has_sentences_and_no_charts(open_page):
    at = open_page("bereik", schooljaar="2023-2024")
    assert figures(at)["Instellingen bereikt"] == "ontbreekt"
    assert any("Kies een ander schooljaar of een ruimere filter" in item.value for item in at.info)


def test_a_change_stands_between_whole_schooljaren_only(open_page, data_dir):
    publish(data_dir, version=2, extra="update mart.schooljaar set is_lopend = false")
    words = " ".join(item.value for item in open_page("bereik").markdown)
    assert "-25,0 procentpunt t.o.v. 2024-2025" in words


def test_the_course_of_reach_is_told_without_the_running_schooljaar(open_page, data_dir):
    def told():
        return [item.proto.alt for item in open_page("bereik").get("plotly_chart")][2]

    assert told().startswith("Van minder dan twee hele schooljaren is het bereik bekend.")
    publish(data_dir, version=2, extra="update mart.schooljaar set is_lopend = false")
    assert told().startswith("Het aandeel bereikte instellingen ging van 75,0 % in 2024-2025 naar 50,0 % in 2025-2026.")


def test_where_everybody_is_among_the_first_only_the_trap_makes_needs_great(open_page, data_dir):
    everybody = "update mart.noden set klasse = 'duidelijk', trap = if(instellingsnummer = '000055', trap, 'regulier')"
    publish(data_dir, version=2, extra=everybody)
    words = " ".join(item.value for item in open_page("bereik").markdown)
    assert "van 1 instelling met grote noden" in words


def test_great_needs_without_any_doorlichting_say_that_they_come_from_measures_alone(open_page, data_dir):
    said = "Er telt geen enkele doorlichting mee: de trap is van niemand bekend"

    def words(key):
        at = open_page(key)
        return " ".join([item.value for item in at.markdown] + [item.value for item in at.info]), figures(at)

    for key in ("start", "bereik"):
        assert said not in words(key)[0]
    measured = "update mart.noden set trap = 'regulier', score_doorlichting = null, klasse = 'duidelijk';"
    measured += " update mart.noden set klasse = 'niet' where instellingsnummer = '000022'"
    publish(data_dir, version=2, extra=measured)
    for key in ("start", "bereik"):
        assert said in words(key)[0]
    told, shown = words("bereik")
    assert shown["Grote noden, niet bereikt"] == "minstens 2"
    assert "enkel volgens metingen, want er telt geen doorlichting mee" in told
