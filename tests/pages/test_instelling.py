from tests.dashboard.small_warehouse import publish

SCORE, LIKE, COURSE, PROCESS, DIALOGUE = (
    "Achter de score", "Vergelijkbare scholen", "Verloop en steun", "Procesindicatoren", "Dialoog",
)  # fmt: skip


def headers(at):
    return [item.value for item in at.header]


def words(at):
    return "\n".join(item.value for item in at.markdown)


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
        "In het kort",
        "Doorlichting draagt het meest bij aan de score: 0,47 van 0,72",
        "Indicatoren achter de score",
        "Wat heeft geen cijfer, en waarom?",
        "Vlaamse toetsen: haalt het minimumdoel niet (4LO Nederlands): 15 procentpunt hoger dan het netwerk in "
        "2025-2026 (duidelijk verschil)",
        "Alle signalen, laatste meting",
    ]


def test_the_essentials_are_told_by_the_published_rules(open_page):
    told = words(open_page("instelling", instelling="000011"))
    for sentence in (
        "De instelling hoort duidelijk bij de 50 grootste noden (kans 99 %): plaats 1 van 4, met 90 % kans op "
        "plaats 1 tot 2.",
        "Vorig schooljaar stond ze op plaats 2: 1 plaats hoger nu, binnen de onzekerheid van de plaats.",
        "Het advies van kracht is 2A (ongunstig), volgens het verslag van 20 april 2025.",
        "Volgende termijn: tussentijdse evaluatie, 20 januari 2026.",
        "In 2025-2026 kreeg ze 44,5 dagdelen ondersteuning.",
        "De score op de Vlaamse toetsen voor Nederlands 4LO ligt 14 punten lager dan bij vergelijkbare scholen "
        "(duidelijk verschil; gewogen over hoogstens drie schooljaren tot en met 2025-2026).",
        "voor wiskunde 4LO ligt 6 punten hoger dan bij vergelijkbare scholen (mogelijk verschil; gewogen over "
        "hoogstens drie schooljaren, laatste meting 2024-2025).",
        "Geen zin bij een beschermd of ontbrekend cijfer, bij minder dan 10 leerlingen",
    ):
        assert sentence in told


def test_a_signal_differs_by_as_many_decimals_as_the_table_gives(open_page):
    at = open_page("instelling", instelling="000011", signaal="zittenblijvers:alle")
    assert any("Zittenblijvers: 1,5 procentpunt hoger dan het netwerk in 2023-2024" in title for title in headers(at))


def test_a_year_from_before_the_deliveries_and_one_to_come_are_two_things(open_page, data_dir):
    known = "update mart.doorlichting_opvolging set dagdelen_besteed = if(jaar = 2, 10, null) "
    publish(data_dir, version=2, extra=known + "where instellingsnummer = '000011'")
    at = open_page("instelling", instelling="000011", deel=COURSE)
    years = next(frame.value for frame in at.dataframe if "dagdelen_voorzien" in frame.value)
    assert years["dagdelen_besteed"].str.strip().to_list() == ["ontbreekt", "10", "n.v.t."]


def test_a_late_term_and_a_missing_criterion_are_told(open_page):
    told = words(open_page("instelling", instelling="000055"))
    assert "Termijn verstreken: ondersteuningsplan, 15 september 2025." in told
    assert "De uitspraak over GOK is negatief." in told
    assert "Ontbreekt: leerresultaten." in told
    assert "In 2025-2026 staat er geen ondersteuning in de verslagtool." in told
    assert "Geen enkel signaal kan vergeleken worden" in told


def test_where_only_groups_count_no_place_is_named(open_page, data_dir):
    publish(data_dir, version=2, extra="update mart.noden set is_in_groepen = true")
    at = open_page("instelling", instelling="000011")
    assert at.metric[0].label == "Bij de 50 grootste noden"
    assert at.metric[0].value == "duidelijk"
    told = words(at)
    assert "De verschillen in het netwerk zijn te klein voor een plaats." in told
    assert "plaats 1" not in told
    assert "Vorig schooljaar stond ze" not in told


def test_a_score_that_rests_on_estimates_says_so(open_page, data_dir):
    nothing = "update mart.noden_criterium set score = null, reden = 'nvt' where instellingsnummer = '000033' "
    publish(data_dir, version=2, extra=nothing + "and criterium <> 'doorlichting'")
    at = open_page("instelling", instelling="000033")
    assert headers(at)[1] == "De score rust vooral op schattingen: 0,05 van 0,12 komt van eigen gegevens"
    assert "Niet van toepassing in dit onderwijsniveau: leerresultaten, doorstroom en leerrecht." in words(at)
    assert "leerresultaten n.v.t. (geschat)" in words(at)


def test_a_score_without_any_data_of_its_own_rests_on_estimates_alone(open_page, data_dir):
    nothing = "update mart.noden_criterium set score = null, reden = 'ontbreekt' where instellingsnummer = '000033'"
    publish(data_dir, version=2, extra=nothing)
    at = open_page("instelling", instelling="000033")
    assert headers(at)[1] == "De score van 0,12 rust volledig op schattingen: geen enkel eigen gegeven"


def test_without_any_criterion_of_the_niveau_there_is_no_score_and_no_estimate(open_page, data_dir):
    nothing = """
        update mart.noden_criterium set score = null, reden = if(criterium = 'doorlichting', 'ontbreekt', 'nvt')
        where instellingsnummer = '000033';
        update mart.noden set klasse = null, reden = 'ontbreekt' where instellingsnummer = '000033'
    """
    publish(data_dir, version=2, extra=nothing)
    at = open_page("instelling", instelling="000033")
    assert {metric.label: metric.value for metric in at.metric}["Score"] == "ontbreekt"
    assert "doorlichting ontbreekt, leerresultaten n.v.t., doorstroom n.v.t., leerrecht n.v.t." in words(at)
    assert "valt niet te zeggen, want van haar hele onderwijsniveau is geen enkel criterium bekend" in words(at)
    assert "geschat" not in words(at)
    assert headers(at)[1] == "Waar komt de score vandaan?"
    assert at.info[0].value == "Deze instelling heeft geen score: er is niets te tekenen."


def test_a_difference_that_rounds_to_nothing_is_a_comparison_that_may_be_chance(open_page, data_dir):
    equal = "update mart.noden_indicator set verwacht = waarde where instellingsnummer = '000011' "
    publish(data_dir, version=2, extra=equal + "and reeks = '4LO Nederlands'")
    table = open_page("instelling", instelling="000011").dataframe[0].value.set_index("indicator")
    assert table.loc["Nederlands 4LO: punten onder de referentie", "oordeel"] == "kan toeval zijn"


def test_each_indicator_stands_with_its_interval_comparisons_and_one_verdict(open_page):
    table = open_page("instelling", instelling="000011").dataframe[0].value
    assert table["indicator"].to_list()[1:4] == [
        "Nederlands 4LO: punten onder de referentie",
        "wiskunde 4LO: punten onder de referentie",
        "Zittenblijvers",
    ]
    reading = table.to_dict("records")[1]
    assert reading["waarde"].strip() == "30"
    assert reading["interval"] == "tussen 20 en 40"
    assert (reading["vergelijkbaar"], reading["netwerk"]) == ("16", "5")
    assert reading["oordeel"] == "duidelijk minder gunstig"
    assert (reading["laatste_meetjaar"], reading["n"].strip(), reading["bijdrage"].strip()) == (
        "2025-2026",
        "41",
        "0,05",
    )
    assert table["waarde"].to_list()[3:] == ["beschermd", "ontbreekt"]


def test_what_is_missing_is_listed_with_three_different_reasons(open_page):
    table = open_page("instelling", instelling="000011").dataframe[1].value
    reasons = dict(zip(table["wat"], table["reden"], strict=True))
    assert reasons["Zittenblijvers"] == "beschermd"
    assert reasons["Problematisch afwezig, 30 halve dagen of meer"] == "ontbreekt"
    assert reasons["B- en C-attesten"] == "n.v.t."
    assert reasons["Procesindicatoren GO! 2030 in beeld"] == "ontbreekt"


def test_like_schools_stand_under_the_institution_itself_and_are_linked(open_page):
    at = open_page("instelling", instelling="000011", deel=LIKE)
    table = at.dataframe[0].value
    assert table["naam"].to_list() == [
        "/instelling?instelling=000011#De Beuk",
        "/instelling?instelling=000055#De Wilg",
    ]
    assert table["rij"].to_list() == ["deze instelling", "1"]
    assert table["oki"].to_list()[1].strip() == "ontbreekt"
    assert "Hier is er maar 1: het onderwijsniveau is klein." in words(at)


def test_an_institution_without_like_schools_says_why(open_page):
    at = open_page("instelling", instelling="000022", deel=LIKE)
    assert any("zijn geen vergelijkbare scholen gekozen" in item.value for item in at.info)


def test_the_course_has_one_axis_and_all_that_was_done(open_page):
    assert headers(open_page("instelling", instelling="000011", deel=COURSE)) == [
        "In het kort",
        "1 interventie sinds de doorlichting van 10/03/2025 (2A)",
        "Doorlichtingen",
        "Opvolging na de doorlichting",
        "Ondersteuning",
        "Bereikt in 2025-2026 via opvolging doorlichting, vorming",
    ]


def test_without_interventies_or_inschrijvingen_support_and_reach_are_not_known(open_page, data_dir):
    nothing = """
        update mart.noden set dagdelen_ondersteuning = null, is_ondersteund = null;
        delete from mart.steun_instelling;
        delete from mart.tijdlijn where soort = 'interventie';
        update mart.bereik_instelling set is_bereikt = null
    """
    publish(data_dir, version=2, extra=nothing)
    at = open_page("instelling", instelling="000011", deel=COURSE)
    assert {metric.label: metric.value for metric in at.metric}["Dagdelen ondersteuning"] == "ontbreekt"
    assert "geen interventies geleverd van 2025-2026" in words(at)
    assert headers(at)[1] == "Welke interventies sinds de doorlichting van 10/03/2025 (2A)?"
    assert headers(at)[-1] == "Is ze bereikt in 2025-2026?"
    told = [item.value for item in at.info]
    assert "Voor deze instelling zijn geen trajecten geleverd (verslagtool)." in told
    assert any(text.startswith("Of deze instelling in dit schooljaar bereikt is, is niet bekend") for text in told)


def test_what_a_strategy_never_has_is_not_applicable_and_what_was_not_delivered_is_missing(open_page, data_dir):
    nothing = (
        "update mart.bereik_instelling set deelnames = null, deelnemers = null, interventies = null, dagdelen = null"
    )
    publish(data_dir, version=2, extra=f"{nothing} where strategie in ('vorming', 'vt')")
    at = open_page("instelling", instelling="000011", deel=COURSE)
    at.session_state["tabel-instelling-bereik"] = True
    at.run()
    tables = [item.value for item in at.dataframe if "is_bereikt" in item.value.columns]
    told = tables[-1].set_index("strategie_naam")[["deelnames", "interventies"]].map(str.strip)
    assert told.loc["Vorming"].to_list() == ["ontbreekt", "n.v.t."]
    assert told.loc["Verandertraject"].to_list() == ["n.v.t.", "ontbreekt"]


def test_planned_and_spent_are_told_to_be_of_unlike_periods(open_page):
    told = words(open_page("instelling", instelling="000011", deel=COURSE))
    assert "Gepland: voor het hele traject. Besteed: dagdelen van de interventies in dat schooljaar" in told
    assert "Van een jaar dat loopt, telt besteed tot de peildatum." in told


def test_self_scaling_is_a_guide_without_invented_names(open_page):
    at = open_page("instelling", instelling="000011", deel=PROCESS)
    assert "Ze is geen label" in words(at)
    assert "namen en de betekenis van de indicatoren zijn niet aangeleverd" in at.info[0].value
    assert headers(at)[1:] == [
        "Waar plaatste de school zichzelf in 2024-2025, op een schaal tot 5?",
        "Eigen inschaling in 2024-2025",
        "De eigen inschaling door de jaren",
    ]
    year, history = (item.value for item in at.dataframe)
    assert year["naam"].to_list()[:3] == ["Indicator 1", "Indicator 2", "Indicator 3"]
    assert year["eigen"].to_list()[:3] == ["2 van 5", "3 van 5", "ontbreekt"]
    assert history["2023-2024"].to_list()[:2] == ["2 van 4", "3 van 4"]


def test_scales_that_differ_within_a_year_are_not_drawn_together(open_page, data_dir):
    mixed = "update mart.procesindicator set schaal_max = 10 where indicator = 1 and schooljaar = '2024-2025'"
    publish(data_dir, version=2, extra=mixed)
    at = open_page("instelling", instelling="000011", deel=PROCESS)
    assert headers(at)[1:] == ["Eigen inschaling in 2024-2025", "De eigen inschaling door de jaren"]
    assert at.dataframe[0].value["eigen"].to_list()[:2] == ["2 van 10", "3 van 5"]


def test_a_school_that_did_not_place_itself_says_so(open_page):
    at = open_page("instelling", instelling="000022", deel=PROCESS)
    assert "De school schaalde zichzelf niet in" in at.info[0].value


def test_the_dialogue_stands_beside_the_computed_place(open_page):
    assert headers(open_page("instelling", instelling="000011", deel=DIALOGUE)) == ["In het kort", "Dialoog"]


def test_the_ranking_of_the_scholengroep_is_one_click_away(open_page):
    links = open_page("instelling", instelling="000011").get("page_link")
    found = [link.proto for link in links if link.proto.label.startswith("Noden van scholengroep 1 ")]
    assert len(found) == 1
    assert "scholengroep=1" in found[0].query_string


def test_a_year_not_delivered_yet_does_not_hide_the_last_measurement(open_page, data_dir):
    later = "insert into mart.signaal_jaar values ('000011', '2026-2027', 'vt_minimumdoel', '4LO Nederlands', "
    publish(data_dir, version=2, extra=later + "null, null, null, null, 'ontbreekt')")
    signals = open_page("instelling", instelling="000011").dataframe[2].value
    assert signals["schooljaar"].to_list() == ["2025-2026", "2024-2025"]
    assert signals["waarde"].to_list() == ["45 %", "beschermd"]


def test_a_hidden_value_is_called_protected(open_page):
    at = open_page("instelling", instelling="000022")
    assert at.dataframe[-1].value["waarde"].to_list() == ["beschermd"]
    assert any("geen vergelijking met het netwerk mogelijk" in header for header in headers(at))


def test_history_of_a_predecessor_is_named(open_page):
    at = open_page("instelling", instelling="000033")
    assert any("De Linde campus Noord (000044, tot 2023-2024)" in item.value for item in at.markdown)


def test_what_stands_in_for_a_missing_criterion_is_not_shown_as_its_own(open_page):
    told = words(open_page("instelling", instelling="000055"))
    assert "leerresultaten ontbreekt (geschat)" in told
    assert "leerresultaten 0," not in told


def test_a_number_that_was_taken_over_points_to_its_successor(open_page):
    at = open_page("instelling", instelling="000044")
    assert "staat niet op de lijst van 2025-2026" in at.info[0].value
    assert "laatste schooljaar: 2023-2024" in at.info[0].value
    assert any(link.proto.label.startswith("Opgevolgd door De Linde") for link in at.get("page_link"))
    assert at.metric[0].value == "n.v.t."


def test_an_institution_without_reach_is_said_to_be_unreached(open_page):
    at = open_page("instelling", instelling="000055", deel=COURSE)
    assert "Nog niet bereikt in 2025-2026" in headers(at)
    assert "Geen enkele strategie bereikte deze instelling in dit schooljaar." in [i.value for i in at.info]


def test_an_unknown_number_falls_back_with_a_notice(open_page):
    at = open_page("instelling", instelling="999999")
    assert "„999999” is geen keuze voor instelling" in at.warning[-1].value
    assert at.info[0].value.startswith("Kies een instelling")


def test_an_unknown_part_opens_the_first_with_a_notice(open_page):
    at = open_page("instelling", instelling="000011", deel="onzin")
    assert at.warning[-1].value == "„onzin” is geen keuze voor deel. Getoond wordt: Achter de score."
    assert "Indicatoren achter de score" in headers(at)
    assert "deel" not in at.query_params


def test_a_spoc_reads_that_like_schools_of_others_are_there_and_not_of_what_is_missing(open_page):
    at = open_page("instelling", rol="spoc", rol_voor="1", instelling="000011", deel=LIKE)
    assert [name.split("#")[1] for name in at.dataframe[0].value["naam"]] == ["De Beuk"]
    assert "1 ervan is van een andere scholengroep en staat niet in de lijst." in words(at)


def test_a_place_is_one_of_the_whole_network_whoever_reads_it(open_page, data_dir):
    publish(data_dir, version=2, extra="update mart.instelling_jaar set onderwijsniveau = 'CLB' where naam = 'De Beuk'")
    places = [
        open_page("instelling", instelling="000011", **reader).metric[0].value
        for reader in ({}, {"rol": "poc"}, {"rol": "spoc", "rol_voor": "1"})
    ]
    assert places == ["1 van 4"] * 3
