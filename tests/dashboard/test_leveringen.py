from datetime import date, datetime

import pytest

from dashboard.figures import leveringen as figures
from dashboard.figures import leveringen_correcties as corrected
from dashboard.figures import leveringen_voorbeeld as shown
from tests.dashboard.small_warehouse import publish
from warehouse.queries.leveringen import kept_versions


def delivery(number, **values):
    return {
        "levering": number, "bron": "vlaamse_toetsen", "vak": "2025-2026", "bestand": f"{number}.csv",
        "ontvangen_op": "2025-11-21T08:00:00", "door": "", "gelezen": 5, "aanvaard": 4, "quarantaine": 1, "buiten": 7,
        "status": "actief", "boodschap": "", "ingetrokken_op": None, "ingetrokken_door": None, "reden": None,
    } | values  # fmt: skip


HISTORY = {
    "leveringen": [
        delivery("a", ontvangen_op="2025-11-20T08:00:00+00:00", door="An"),
        delivery("b", bron="instellingen", status="vervangen"),
        delivery(
            "c", ontvangen_op="2025-11-22T09:30:00", status="ingetrokken", ingetrokken_op="2025-11-23T10:00:00",
            ingetrokken_door="Bo", reden="verkeerd jaar",
        ),
        delivery("d", bron="", vak="", status="geweigerd", gelezen=0, aanvaard=0, quarantaine=0, boodschap="Geen kop."),
    ]
}  # fmt: skip

FILE = {
    "bestand": "toetsen*.csv", "levering": "000007-abcd", "bron": "vlaamse_toetsen", "vak": "2025-2026",
    "status": "gecontroleerd", "boodschap": "", "gelezen": 5, "aanvaard": 3, "quarantaine": 2, "buiten": 2,
    "fouten_totaal": 250,
    "meldingen": ["Onbekende kolom 'opmerking'."],
    "fouten": [{"blad": None, "rij": 3, "kolom": "deelnemers", "waarde": "veel", "reden": "is geen geheel getal"}],
}  # fmt: skip
REFUSED = FILE | {
    "bestand": "brief.pdf",
    "status": "geweigerd",
    "boodschap": "Niet herkend.",
    "bron": None,
    "vak": None,
    "buiten": None,
}
PREVIEW = {
    "bestanden": [FILE, REFUSED],
    "wijzigingen": [
        {
            "tabel": "vlaamse_toetsen", "bron": "vlaamse_toetsen", "nieuw": 1, "gewijzigd": 1, "verdwenen": 1,
            "gelijk": 2,
            "voorbeelden": {
                "nieuw": [{"schooljaar": "2025-2026", "persoon": "(persoonsgegeven)"}],
                "gewijzigd": [
                    {"sleutel": ["000216"], "kolom": "score_vlaanderen", "oud": "31.95", "nieuw": None},
                    {"sleutel": ["000216"], "kolom": "begindatum", "oud": "2025-09-01", "nieuw": "true"},
                ],
                "verdwenen": [{"instellingsnummer": "000349"}],
            },
        }
    ],
}  # fmt: skip


def test_history_is_newest_first_and_a_moment_without_zone_is_local():
    rows = figures.history(HISTORY)
    assert rows["levering"].to_list() == ["c", "d", "b", "a"]
    assert rows["bron"].to_list() == ["Vlaamse toetsen", "", "instellingen", "Vlaamse toetsen"]
    assert rows["ontvangen_op"][0] == datetime(2025, 11, 22, 9, 30)


def test_history_on_screen_has_names_and_its_download_has_none():
    rows = figures.history(HISTORY)
    on_screen = figures.history_table(rows, with_names=True).texts
    assert on_screen["door"].to_list() == ["niet bekend"] * 3 + ["An"]
    assert on_screen["status"][1] == "geweigerd"
    assert on_screen["bron"][1] == "niet bekend"
    assert "door" not in figures.history_table(rows, with_names=False).texts.columns


def test_history_is_filtered_by_source_and_status():
    rows = figures.history(HISTORY)
    assert list(figures.source_filter(rows).options) == ["alle", "instellingen", "Vlaamse toetsen"]
    assert set(figures.status_filter().options) >= {"alle", "actief", "vervangen", "geweigerd", "ingetrokken"}
    assert figures.chosen(rows, "Vlaamse toetsen", "alle")["levering"].to_list() == ["c", "a"]
    assert figures.chosen(rows, "alle", "vervangen")["levering"].to_list() == ["b"]


def test_a_delivery_of_which_a_part_was_replaced_has_a_status_of_its_own_and_names_the_part():
    partly = [delivery("e", vervangen_delen="2024-2025"), delivery("f", vervangen_delen=None), delivery("g")]
    rows = figures.history({"leveringen": partly})
    shown = figures.history_table(rows, with_names=True).texts["status"].to_list()
    assert sorted(shown) == ["deels vervangen", "telt mee", "telt mee"]
    found = figures.chosen(rows, "alle", figures.PARTLY_REPLACED)
    assert found["levering"].to_list() == ["e"]
    assert ("Vervangen", "2024-2025; de rest telt mee") in figures.delivery_facts(found.row(0, named=True))


def test_facts_of_a_withdrawn_delivery_say_who_when_and_why():
    row = figures.history(HISTORY).row(0, named=True)
    assert ("Ingetrokken", "23/11/2025 10:00 door Bo: verkeerd jaar") in figures.delivery_facts(row)
    refused = dict(figures.delivery_facts(figures.history(HISTORY).row(1, named=True)))
    assert refused["Bron"] == "niet herkend"
    assert refused["Boodschap"] == "Geen kop."


def test_rows_of_others_stand_beside_those_read_and_unknown_is_not_none():
    rows = figures.history(HISTORY)
    assert figures.history_table(rows, with_names=True).texts["buiten"].str.strip_chars().to_list() == ["7"] * 4
    row = rows.row(0, named=True)
    assert dict(figures.delivery_facts(row))["Rijen"] == "gelezen: 5; aanvaard: 4; in quarantaine: 1; van anderen: 7"
    uncounted = dict(figures.delivery_facts(row | {"gelezen": None, "buiten": None}))["Rijen"]
    assert uncounted == "gelezen: niet bekend; aanvaard: 4; in quarantaine: 1; van anderen: niet bekend"
    assert shown.files_table([FILE, REFUSED]).texts["buiten"].str.strip_chars().to_list() == ["2", "n.v.t."]


def test_events_say_who_did_what_and_which_version_it_gave():
    answer = {
        "gebeurtenissen": [
            {"soort": "terugkeren", "op": "2025-11-21T08:00:00", "door": "An", "wat": "", "versie": 4,
             "peildatum": "2025-11-20"},
            {"soort": "correctie toevoegen", "op": "2025-11-20T08:00:00", "door": "", "wat": "instroom (x=1)",
             "versie": None, "peildatum": None},
            {"soort": "laden", "op": "2025-11-19T08:00:00", "door": "Bo", "wat": "3 bestanden", "versie": 5,
             "peildatum": "2025-11-19", "is_gepubliceerd": False},
        ]
    }  # fmt: skip
    assert figures.events_table(answer, with_names=True).texts.rows() == [
        ("21/11/2025 08:00", "Terugkeren", "An", "geen", "4", "20/11/2025"),
        ("20/11/2025 08:00", "Correctie toevoegen", "niet bekend", "instroom (x=1)", "geen", "geen"),
        ("19/11/2025 08:00", "Laden", "Bo", "3 bestanden", "5, niet gepubliceerd", "19/11/2025"),
    ]
    assert "door" not in figures.events_table(answer, with_names=False).texts.columns
    assert figures.events_table({}, with_names=True).texts.is_empty()


def test_nothing_delivered_gives_an_empty_history():
    assert figures.history({"leveringen": []}).is_empty()


def test_corrections_say_key_values_and_state_without_names_in_the_download():
    answer = {
        "correcties": [
            {
                "bron": "instellingen", "tabel": "instellingen", "kolom": "vte", "verwacht": "999", "waarde": None,
                "sleutel": {"schooljaar": "2025-2026", "instellingsnummer": "000216"}, "reden": "typfout",
                "door": "An", "tot": "2026-08-31", "status": "toegepast",
            }
        ]
    }  # fmt: skip
    (row,) = figures.corrections_table(answer, with_names=True).texts.rows()
    assert row == (
        "toegepast", "instellingen", "schooljaar 2025-2026, instellingsnummer 000216", "vte", "999", "leeg", "typfout",
        "31/08/2026", "An", "instellingen",
    )  # fmt: skip
    assert "An" not in figures.corrections_table(answer, with_names=False).texts.row(0)
    assert figures.corrections_notice(answer) == ""
    answer["correcties"][0]["status"] = "bron is hersteld"
    assert figures.corrections_notice(answer).startswith("1 correctie doet niet (meer) wat bedoeld is")


@pytest.mark.parametrize(
    ("typed", "day", "problem"),
    [
        (" 31/10/2026", date(2026, 10, 31), ""),
        ("22/11/2026", date(2026, 11, 22), ""),
        ("23/11/2026", None, figures.DAY_TO_COME),
        ("2026-10-31", date(2026, 10, 31), ""),
        ("1-1-2020", date(2020, 1, 1), ""),
        ("31/02/2026", None, figures.NO_SUCH_DAY),
        ("31 oktober", None, figures.WRONG_DAY),
        ("", None, figures.WRONG_DAY),
    ],
)
def test_a_peildatum_is_a_day_that_has_been(typed, day, problem):
    assert figures.day_problem(typed, date(2026, 11, 22)) == (day, problem)


def test_kept_versions_are_newest_first_and_say_which_is_shown(tmp_path):
    publish(tmp_path, version=2)
    publish(tmp_path, version=10)
    first = publish(tmp_path, version=1)
    (tmp_path / "warehouse" / "huidig").write_text("warehouse-00002.duckdb", encoding="utf-8")
    rows = kept_versions(tmp_path)
    assert rows["versie"].to_list() == [10, 2, 1]
    assert rows["is_gepubliceerd"].to_list() == [False, True, False]
    assert rows["leveringen"].to_list() == [2, 2, 2]
    assert list(figures.earlier_versions(rows)) == [10, 1]
    assert figures.earlier_versions(rows)[1] == "Versie 1: gebouwd 21/11/2025 08:00, peildatum 21/11/2025"
    first.unlink()
    assert kept_versions(tmp_path)["versie"].to_list() == [10, 2]


def test_no_versions_give_an_empty_list_with_the_same_columns(tmp_path):
    assert kept_versions(tmp_path).is_empty()
    assert figures.versions_table(kept_versions(tmp_path)).texts.is_empty()


def test_preview_counts_what_changes_and_what_is_wrong():
    figures_shown = shown.key_figures(PREVIEW)
    assert [item.value for item in figures_shown] == ["1", "1", "1", "500"]
    assert shown.can_be_loaded(PREVIEW)
    assert shown.faults_title(PREVIEW["bestanden"]) == "Fouten: 500, de eerste 2", "the same count as above"
    assert figures_shown[3].label == "Fouten"


def test_of_a_refused_file_no_row_comes_in_also_not_those_without_a_fault():
    refused = FILE | {"status": "geweigerd", "gelezen": 18, "aanvaard": 0, "quarantaine": 18, "fouten_totaal": 17}
    item = shown.key_figures({"bestanden": [refused], "wijzigingen": []})[3]
    assert (item.value, item.change) == ("17", "18 van 18 gelezen rijen komen er niet in")
    heads = [column.head for column in shown.files_table([refused]).columns]
    assert "Komen er niet in" in heads, "not all of them have a fault"
    assert "uit een geweigerd bestand komt er geen enkele rij in" in shown.FAULTS_NOTE


def test_a_vanished_row_no_longer_counts_it_may_stand_in_the_delivery_with_a_fault():
    item = shown.key_figures(PREVIEW)[2]
    assert (item.label, item.change) == ("Verdwenen rijen", "tellen daarna niet meer mee")
    assert "of er een fout heeft" in shown.CHANGES_NOTE


def test_what_also_changes_other_tables_is_told_under_the_changes():
    assert "correcties die sinds de laatste bouw aangegeven of weggenomen zijn" in shown.CHANGES_NOTE
    assert "rijen die op een andere lijst wachtten" in shown.CHANGES_NOTE


def test_preview_warns_of_refused_files_and_vanished_rows():
    assert shown.warnings(PREVIEW) == [
        "Wordt niet geladen: brief\\.pdf. Niet herkend\\.",
        "Tabel Vlaamse toetsen: 1 rij telt nu mee en daarna niet meer. Is de levering volledig, en staan die rijen "
        "niet bij de fouten?",
    ]


def test_preview_says_why_nothing_can_be_loaded():
    known = {"bestanden": [FILE | {"status": "al geladen"}], "wijzigingen": []}
    assert not shown.can_be_loaded(known)
    assert shown.why_nothing(known) == shown.NOTHING_NEW
    assert shown.why_nothing({"bestanden": [REFUSED], "wijzigingen": []}) == shown.NOTHING_TO_LOAD
    assert shown.why_nothing(known | {"bestanden": [*known["bestanden"], REFUSED]}) == shown.NOTHING_LEFT


def test_a_file_that_will_be_replaced_at_once_is_told_before_it_is_loaded():
    double = FILE | {"boodschap": "Telt niet mee: een later bestand vervangt dit."}
    (sentence,) = shown.warnings({"bestanden": [double], "wijzigingen": []})
    assert sentence.replace("\\", "") == "toetsen*.csv: Telt niet mee: een later bestand vervangt dit."


def test_of_a_file_that_was_loaded_before_its_own_sentence_is_told():
    uncounted = dict.fromkeys(("gelezen", "aanvaard", "quarantaine", "buiten"))
    known = FILE | {"status": "al geladen", "fouten": [], "fouten_totaal": 0, "meldingen": [], **uncounted}
    withdrawn = "Al geladen op 01/10/2026 en ingetrokken op 02/10/2026; niets gewijzigd. "
    by_command = f"{withdrawn}Laten meetellen kan met: sterrenwacht herstel 000007-abcd"
    assert shown.messages([known | {"boodschap": "Al geladen op 01/10/2026; niets gewijzigd."}, REFUSED]) == [
        ("toetsen*.csv", "Al geladen op 01/10/2026; niets gewijzigd."),
        ("brief.pdf", "Onbekende kolom 'opmerking'."),
    ]
    waiting = known | {"boodschap": "Opgenomen. Laten meetellen kan met: sterrenwacht bouw", "wacht_op_bouw": True}
    assert shown.messages([waiting])[0][1] == "Opgenomen. Het telt mee vanaf de volgende bouw."
    assert shown.files_table([waiting]).texts.row(0)[-1] == "opgenomen, nog niet gepubliceerd"
    assert shown.can_be_built({"bestanden": [waiting, REFUSED]})
    read = waiting | {"gelezen": 9, "aanvaard": 8, "quarantaine": 1, "buiten": 0, "meldingen": ["Kijk na."]}
    assert [row["gelezen"] for file in (known, read) for row in shown.files_table([file]).frame.to_dicts()] == [None, 9]
    assert shown.messages([read])[-1] == (read["bestand"], "Kijk na.")
    assert not shown.can_be_built({"bestanden": [waiting, FILE]}), "a load builds what waits too"
    [(_, sentence)] = shown.messages([known | {"boodschap": by_command}])
    assert sentence.startswith(withdrawn)
    assert "„Geschiedenis”" in sentence
    assert "sterrenwacht" not in sentence
    assert not shown.was_read({"bestanden": [known], "wijzigingen": []})
    row = shown.files_table([known | {"bron": None, "vak": None}]).texts.row(0)
    assert [text.strip() for text in row] == ["toetsen*.csv", *["n.v.t."] * 6, "al geladen"], "nothing was counted"
    assert shown.was_read(PREVIEW)
    read = shown.key_figures(PREVIEW)[3]
    assert shown.key_figures(PREVIEW | {"bestanden": [*PREVIEW["bestanden"], known]})[3] == read


def test_faults_of_a_file_that_a_later_one_replaces_are_not_told_twice():
    replaced = FILE | {"telt_mee": False}
    assert (
        shown.key_figures(PREVIEW | {"bestanden": [replaced, FILE]})[3]
        == shown.key_figures(PREVIEW | {"bestanden": [FILE]})[3]
    )
    assert shown.faults_title([replaced, FILE]) == shown.faults_title([FILE])
    assert shown.faults_table([replaced]).frame.is_empty()


def test_examples_are_written_as_people_write():
    assert shown.examples_table(PREVIEW).texts.rows() == [
        ("Vlaamse toetsen", "nieuw", "schooljaar 2025-2026, persoon (persoonsgegeven)", "n.v.t.", "n.v.t.", "n.v.t."),
        ("Vlaamse toetsen", "gewijzigd", "000216", "score vlaanderen", "31,95", "leeg"),
        ("Vlaamse toetsen", "gewijzigd", "000216", "begindatum", "01/09/2025", "ja"),
        ("Vlaamse toetsen", "verdwenen", "instellingsnummer 000349", "n.v.t.", "n.v.t.", "n.v.t."),
    ]


def test_faults_name_file_row_column_value_and_reason():
    row = shown.faults_table([FILE]).texts.row(0)
    assert row == ("toetsen*.csv", "geen", "3", "deelnemers", "veel", "is geen geheel getal")


def test_what_changed_in_the_main_figures_tells_missing_from_equal():
    figure = {"naam": "Instellingen bereikt", "schooljaar": "2025-2026", "eenheid": "aandeel"}
    answer = {
        "hoofdcijfers": [
            figure | {"voor": 0.5, "na": 0.525},
            figure | {"voor": None, "na": 0.1},
            figure | {"eenheid": "aantal", "voor": 1200, "na": 1200},
        ]
    }
    assert shown.main_figures_table(answer).texts.select("voor", "na", "verschil").rows() == [
        ("50,0 %", "52,5 %", "+2,5 procentpunt"),
        ("ontbreekt", "10,0 %", "niet vergelijkbaar"),
        ("1.200", "1.200", "geen verschil"),
    ]
    assert shown.main_figures_table({}).frame.is_empty()


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (
            {"versie": 7, "bestanden": [FILE | {"status": "geladen"}]},
            "success",
            "In quarantaine: 2 rijen met een fout.",
        ),
        ({"versie": 7, "bestanden": [FILE | {"status": "geladen"}, REFUSED]}, "warning", "Versie 7 is gepubliceerd"),
        ({"versie": 7, "bestanden": [], "verdwenen": ["Schooljaar 2026-2027 is weg."]}, "warning", "Versie 7"),
        ({"versie": None, "bestanden": [REFUSED]}, "error", "Geen enkel bestand is geladen."),
        ({"versie": None, "bestanden": [FILE | {"status": "al geladen"}]}, "info", "Er was niets nieuws"),
        ({"versie": None, "fout": "Controle mislukt.", "bestanden": [FILE]}, "error", "Er is niets gepubliceerd"),
        ({"versie": 3, "warehouse": "x"}, "success", "Versie 3 is gepubliceerd"),
    ],
)
def test_how_it_ended_is_one_sentence(answer, kind, words):
    found, sentence = shown.outcome_words(answer)
    assert found == kind
    assert words in sentence


def test_a_version_that_was_followed_by_another_is_no_longer_what_every_page_shows():
    assert "elke pagina toont ze" in shown.outcome_words({"versie": 7}, 7)[1]
    assert "Intussen is versie 6 weer de getoonde." in shown.outcome_words({"versie": 7}, 6)[1]
    assert shown.outcome_words({"versie": 7}, 8)[1] == (
        "Versie 7 is gepubliceerd. Intussen is er een nieuwere: versie 8."
    )


def test_quarantine_is_offered_for_what_was_loaded_only():
    answer = {"bestanden": [FILE | {"status": "geladen"}, REFUSED, FILE | {"status": "geladen", "quarantaine": 0}]}
    assert shown.quarantined(answer) == [("000007-abcd", "toetsen*.csv", "vlaamse_toetsen")]
    assert shown.no_longer_counting({"telt_niet_meer_mee": ["a_b.csv"]}) == "Telt niet meer mee: a\\_b\\.csv."
    assert shown.no_longer_counting({}) == ""


def test_progress_is_told_with_its_place_unless_it_is_a_sentence():
    assert shown.progress_words("", 0, 0) == "Bezig met starten"
    assert shown.progress_words("bestanden lezen", 2, 3) == "Bestanden lezen: 2 van 3"
    assert shown.progress_words("Een andere opdracht is bezig.", 0, 1) == "Een andere opdracht is bezig."


def test_the_line_to_choose_by_is_the_same_whatever_the_status_and_no_two_are_alike():
    twice = {"leveringen": [delivery("000001-a", bestand="x.csv"), delivery("000002-b", bestand="x.csv")]}
    names = figures.delivery_names(figures.history(twice))
    assert names["000001-a"] == "x.csv · Vlaamse toetsen · 2025-2026 · 21/11/2025 08:00 · 000001-a"
    assert len(set(names.values())) == 2
    withdrawn = {"leveringen": [row | {"status": "ingetrokken"} for row in twice["leveringen"]]}
    assert figures.delivery_names(figures.history(withdrawn)) == names


def test_the_line_of_a_correction_is_the_same_before_and_after_a_build():
    row = {
        "kenmerk": "1a", "tabel": "instroom", "sleutel": {"instellingsnummer": "000216"}, "kolom": "leerlingen",
        "verwacht": "1", "waarde": "",
    }  # fmt: skip
    lines = [
        corrected.names({"correcties": [row | {"status": status}]}) for status in ("nog niet gebouwd", "toegepast")
    ]
    assert lines == [{"1a": "instroom (instellingsnummer 000216), leerlingen: 1 wordt leeg"}] * 2


def test_who_makes_the_quarantine_file_of_staff_is_told_with_the_command():
    sentence = figures.staff_quarantine("000012-abcd", "verloven_1.csv")
    assert "`sterrenwacht quarantaine 000012-abcd --naar BESTAND.xlsx`" in sentence
    assert "verloven\\_1\\.csv" in sentence
