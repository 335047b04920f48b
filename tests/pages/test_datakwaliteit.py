from tests.dashboard.small_warehouse import publish


def table_with(at, column):
    return next(item.value for item in at.dataframe if column in item.value.columns)


def headers(at):
    return [item.value for item in at.header]


def infos(at):
    return [item.value for item in at.info]


def test_failed_checks_name_the_pages_they_touch(open_page):
    at = open_page("datakwaliteit")
    assert headers(at)[:2] == [
        "Wat geven de controles? 0 fouten, 1 waarschuwing",
        "Welke cijfers raakt dat? 9 onderdelen van 2 pagina's",
    ]
    row = table_with(at, "raakt").iloc[0]
    assert row[["bron", "uitkomst", "verwachting", "raakt"]].to_list() == [
        "inschrijvingen",
        "waarschuwing",
        "'ambt' is niet bijna overal leeg",
        "Start, Bereik",
    ]


def test_what_was_observed_is_written_in_dutch_numbers(open_page, data_dir):
    publish(data_dir, version=2, extra="update meta.validatie set waargenomen = '12 van 3246 afwijkend'")
    assert table_with(open_page("datakwaliteit"), "raakt")["waargenomen"][0] == "12 van 3.246 afwijkend"
    publish(data_dir, version=3, extra="update meta.validatie set waargenomen = '0.031'")
    assert table_with(open_page("datakwaliteit"), "raakt")["waargenomen"][0] == "0,031"
    publish(data_dir, version=4, extra="update meta.validatie set waargenomen = '1 van 3246 afwijkend: „Plan 2026”'")
    observed = table_with(open_page("datakwaliteit"), "raakt")["waargenomen"][0]
    assert observed == "1 van 3.246 afwijkend: „Plan 2026”"


def test_touched_figures_are_named_with_the_table_that_touches_them(open_page):
    touched = table_with(open_page("datakwaliteit"), "figuur")
    # Whether the reach of everybody is known, every figure of Bereik asks the same table.
    on_bereik = (
        *("Instellingen", "Professionals", "Verloop", "Doelen"),
        *("Intensiteit", "Noden", "Niet bereikt", "Kenmerken"),
    )
    assert touched.to_numpy().tolist() == [
        ["Start", "kerncijfers en zinnen", "waarschuwing", "inschrijvingen"],
        *(["Bereik", figure, "waarschuwing", "inschrijvingen"] for figure in on_bereik),
    ]


def test_key_figures_count_checks_quarantine_and_completeness(open_page):
    # 2025-2026: 2 + 2 + 1 + 0 of 8.
    at = open_page("datakwaliteit")
    assert [item.value for item in at.metric] == ["0", "1", "3", "62,5 %"]


def test_about_these_figures_counts_what_they_are_made_of(open_page, data_dir):
    def told():
        return next(item.value for item in open_page("datakwaliteit").markdown if "**Kwaliteit**" in item.value)

    counted = "2 leveringen tellen mee, met 125 gelezen rijen, waarvan 3 in quarantaine; "
    assert counted + "1 van 2 controles" in told()
    publish(
        data_dir,
        version=2,
        extra="insert into meta.levering select * replace ('l3' as levering, 'vervangen' as status) from meta.levering"
        " where levering = 'l2'",
    )
    assert counted + "1 levering telt niet mee (vervangen, ingetrokken of geweigerd); 1 van 2 controles" in told()


def test_a_link_of_a_badge_opens_that_source_or_that_page(open_page):
    at = open_page("datakwaliteit", bron="instellingen")
    assert table_with(at, "eigenaar")[["bron", "toestand", "eigenaar"]].to_numpy().tolist() == [
        ["instellingen", "in orde", "Dienst Kwaliteit"]
    ]
    assert "Geen enkele controle voor deze keuze geeft een opmerking." in infos(at)
    at = open_page("datakwaliteit", pagina="werkdruk")
    assert table_with(at, "eigenaar")[["bron", "toestand", "laatst_ontvangen"]].to_numpy().tolist() == [
        ["personeel", "niet getoetst", "niet geleverd"]
    ]


def test_where_nobody_can_be_missing_the_page_says_why(open_page):
    at = open_page("datakwaliteit")
    assert "Waar kan niemand ontbreken, en waarom?" in headers(at)
    unknown = "Nog niet bepaald: vul het in bij de instellingen van de methode."
    assert table_with(at, "reden").to_numpy().tolist() == [
        ["doorlichtingen", unknown],
        ["inschrijvingen", "Wie niet deelneemt, staat er niet in."],
        ["personeel", unknown],
    ]
    assert "In elke tabel van deze bron is gekend wie verwacht wordt." in infos(
        open_page("datakwaliteit", bron="instellingen")
    )


def test_all_checks_can_be_listed(open_page):
    at = open_page("datakwaliteit", controle="alle")
    assert headers(at)[0] == "Alle controles: 2"
    assert table_with(at, "raakt")["uitkomst"].to_list() == ["waarschuwing", "geslaagd"]


def test_who_has_not_delivered_is_drawn_in_words(open_page):
    at = open_page("datakwaliteit")
    assert "Wie heeft voor 2025-2026 niet volledig geleverd? 2 van 2 scholengroepen" in headers(at)
    at.session_state["tabel-datakwaliteit-volledigheid"] = True
    at.run()
    shown = table_with(at, "stand")
    assert shown[["groep", "tabel", "stand"]].to_numpy().tolist() == [
        ["1 · Het Noorderlicht", "instellingen", "volledig"],
        ["1 · Het Noorderlicht", "instroom", "deels"],
        ["12 · De Zuidster", "instellingen", "volledig"],
        ["12 · De Zuidster", "instroom", "nog niets geleverd"],
    ]
    at = open_page("datakwaliteit", schooljaar="2024-2025")
    at.session_state["tabel-datakwaliteit-volledigheid"] = True
    at.run()
    shown = table_with(at, "stand")
    instroom, instellingen = shown[shown["tabel"] == "instroom"], shown[shown["tabel"] == "instellingen"]
    assert instroom["stand"].to_list() == ["volledig", "niets geleverd", "bijna volledig"]
    # Of the first list nobody can be said to be missing: that is not zero, and not whole.
    counts = instellingen[["stand", "eenheid", "aantal_verwacht", "aantal_geleverd", "aandeel_geleverd"]]
    assert {text.strip() for line in counts.to_numpy() for text in line} == {"n.v.t."}


def test_who_has_not_delivered_is_listed_by_table_and_scholengroep(open_page):
    at = open_page("datakwaliteit")
    assert "Wie ontbreekt voor 2025-2026? 3 instellingen" in headers(at)
    rows = table_with(at, "instellingsnummer")
    assert rows[["tabel", "instellingsnummer"]].to_numpy().tolist() == [
        ["doorstroom", "000055"],
        ["instroom", "000022"],
        ["instroom", "000033"],
        ["instroom", "000055"],
    ]
    assert rows["naam"][0].endswith("#naam niet bekend")
    at = open_page("datakwaliteit", ontbreekt_in="instroom", ontbreekt_groep="12")
    assert "Wie ontbreekt voor 2025-2026? 2 instellingen" in headers(at)
    assert [name.split("#")[1] for name in table_with(at, "instellingsnummer")["naam"]] == ["De Linde", "De Wilg"]
    nobody = open_page("datakwaliteit", schooljaar="2023-2024")
    assert "Wie ontbreekt?" in headers(nobody)
    assert any(words.startswith("Wie hier verwacht wordt, is niet bekend") for words in infos(nobody))


def test_checks_are_followed_through_the_versions(open_page):
    at = open_page("datakwaliteit")
    at.session_state["tabel-datakwaliteit-verloop"] = True
    at.run()
    shown = table_with(at, "bouw")
    assert [[text.strip() for text in row] for row in shown.to_numpy().tolist()] == [
        ["versie 1, 01/10/2025", "2", "1"],
        ["versie 2, 21/11/2025", "0", "1"],
    ]


def test_a_version_without_history_says_so(open_page, data_dir):
    publish(data_dir, version=2, extra="drop table meta.validatie_historie")
    assert any("nog geen geschiedenis" in text for text in infos(open_page("datakwaliteit")))


def test_more_participants_than_staff_is_listed_and_few_people_stay_hidden(open_page):
    shown = table_with(open_page("datakwaliteit"), "aantal_deelnemers")
    assert [text.strip() for text in shown["aantal_deelnemers"]] == ["34", "4"]


def test_a_running_year_without_a_first_delivery_is_to_be_received_not_late(open_page, data_dir):
    nothing = "update mart.levering_volledigheid set aantal_geleverd = 0, aandeel_geleverd = 0 where tabel = 'instroom'"
    publish(data_dir, version=2, extra=nothing)
    title = "Nog te ontvangen voor 2025-2026: instroom (2 van 2 scholengroepen)"
    assert title in headers(open_page("datakwaliteit"))


def test_the_rows_in_quarantine_lead_to_the_history_of_the_deliveries(open_page):
    (link,) = [
        item.proto
        for item in open_page("datakwaliteit").get("page_link")
        if item.proto.label.startswith("Naar de leveringen")
    ]
    assert link.query_string.endswith("deel=Geschiedenis")
