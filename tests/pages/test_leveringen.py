import logging
from datetime import timedelta

import pytest
import streamlit as st

from dashboard import commands, data
from dashboard.figures import leveringen as figures
from dashboard.figures import leveringen_correcties, leveringen_verslag
from state.access_log import lines
from tests.dashboard.small_warehouse import publish
from tests.pages.deliveries_page import (
    LIST,
    PATIENCE,
    finished,
    headers,
    judged,
    press,
    said,
    uploaded,
    write_delivery,
)
from tests.pipelines.reports import ADVICE, FRONT, LEVELS, pdf


def test_a_file_is_judged_and_shown_before_anything_changes(open_deliveries, data_dir):
    at = judged(open_deliveries(), ("lijst.csv", LIST), ("brief.md", b"Beste,\n"))
    assert headers(at) == [
        "Wat er zou veranderen",
        "De bestanden",
        "Fouten: 1",
        "Wijzigingen per tabel",
        "Voorbeelden van wat verandert",
    ]
    assert [item.value for item in at.metric] == ["4", "0", "0", "1"]
    assert any(item.value.startswith("Wordt niet geladen: brief") for item in at.warning)
    files, faults = at.dataframe[0].value, at.dataframe[1].value
    assert files["bron"].to_list() == ["instellingen", "niet herkend"]
    assert faults[["rij", "kolom", "waarde"]].values.tolist() == [["6", "personeelsleden", "veel"]]
    assert any(
        "Waar de waarde „afgeschermd” is, gaat de rij over het eigen personeel" in item.value for item in at.markdown
    )
    assert sorted(path.name for path in uploaded(data_dir)) == ["brief.md", "lijst.csv"]
    assert not (data_dir / "archief").exists()


def test_the_faults_go_back_to_the_supplier_before_anything_is_loaded(open_deliveries, data_dir, monkeypatch):
    at = judged(open_deliveries(), ("lijst.csv", LIST))
    asked, ask = [], commands.ask
    monkeypatch.setattr(commands, "ask", lambda *words, **more: asked.append(words[0]) or ask(*words, **more))
    saves, button = {}, st.download_button
    monkeypatch.setattr(
        st, "download_button", lambda label, **more: saves.update({label: more}) or button(label, **more)
    )
    press(at, "Quarantainebestanden maken")
    assert asked == ["quarantaine"], "what the preview found is marked; nothing is judged twice"
    assert [item.name for item in (data_dir / "tijdelijk").glob("sterrenwacht-levering-*/quarantaine/*")] == [
        "1 lijst.xlsx"
    ]
    saved = [item.proto.label for item in at.get("download_button")]
    assert "Quarantainebestand van lijst opslaan (XLSX)" in saved
    assert lines(data.user_store()) == []
    assert saves["Quarantainebestand van lijst opslaan (XLSX)"]["data"]().startswith(b"PK")
    (line,) = lines(data.user_store())
    assert (line.entry.pagina, line.entry.detail) == ("leveringen", "quarantainebestand voor het laden")
    press(at, "Annuleren")
    assert uploaded(data_dir) == []


def test_leaving_removes_the_files(open_deliveries, data_dir):
    at = judged(open_deliveries(), ("lijst.csv", LIST))
    press(at, "Annuleren")
    assert headers(at) == ["Bestanden kiezen"]
    assert uploaded(data_dir) == []


def test_files_that_cannot_be_loaded_have_no_button_to_load(open_deliveries):
    at = judged(open_deliveries(), ("brief.md", b"Beste,\n"))
    assert "Geen van deze bestanden kan geladen worden." in at.info[0].value
    assert [button.label for button in at.button] == ["Andere bestanden kiezen"]


def test_without_files_there_is_nothing_to_judge(open_deliveries):
    at = press(open_deliveries(), "Nakijken")
    assert at.error[0].value.startswith("Kies eerst een of meer bestanden.")


def test_with_real_data_nothing_is_loaded_without_a_name(open_deliveries, data_dir, real_data):
    at = judged(open_deliveries(), ("lijst.csv", LIST))
    press(at, "Laden en publiceren")
    assert [item.value for item in at.error] == [figures.NO_NAME]
    assert commands.running() == []
    assert len(uploaded(data_dir)) == 1


def test_what_is_loaded_is_published_with_who_did_it_and_its_files_are_gone(open_deliveries, data_dir, real_data):
    at = judged(open_deliveries(), ("lijst.csv", LIST))
    at.text_input(key="leveringen.naam").set_value("An Peeters").run()
    press(at, "Laden en publiceren")
    (command,) = commands.running()
    assert command.wait(PATIENCE).code == 3
    at.run()
    # What the version of before showed was never delivered, so that some of its schooljaren go: a warning.
    (ended,) = [item.value for item in at.warning if item.value.startswith("Versie 3 is gepubliceerd")]
    assert "In quarantaine: 1 rij met een fout." in ended
    assert any("is weg" in item.value for item in at.warning)
    assert uploaded(data_dir) == []
    history, done = open_deliveries(deel=figures.HISTORY).dataframe[-2:]
    (row,) = history.value.to_dict("records")
    assert (row["door"], row["bestand"], row["status"]) == ("An Peeters", "lijst.csv", "telt mee")
    assert [row[name].strip() for name in ("gelezen", "aanvaard", "quarantaine")] == ["5", "4", "1"]
    (event,) = done.value.to_dict("records")
    assert [event[name] for name in ("soort", "door", "wat", "versie")] == ["Laden", "An Peeters", "lijst.csv", "3"]


def test_the_name_is_typed_once_and_stays_on_every_part(open_deliveries, real_data):
    at = open_deliveries()
    at.text_input(key="leveringen.naam").set_value("An Peeters").run()
    at.query_params["deel"] = figures.CORRECTIONS
    at.run()
    assert at.text_input(key="leveringen.naam").value == "An Peeters"


def test_with_invented_data_no_name_is_asked(open_deliveries):
    assert not open_deliveries().text_input


def test_going_back_shows_that_version_and_says_so(open_deliveries, data_dir):
    publish(data_dir, version=2)
    at = open_deliveries(deel=figures.VERSIONS)
    assert headers(at)[0] == "Bewaarde versies: 2"
    assert "Gegevensversie 2" in at.sidebar.markdown[-1].value
    press(at, "Deze versie aan iedereen tonen")
    for command in commands.running():
        command.wait(PATIENCE)
    at.run()
    assert "Versie 1 is gepubliceerd" in at.success[0].value
    assert "Gegevensversie 1" in at.sidebar.markdown[-1].value
    press(at, "Bericht sluiten")
    assert not at.success


def test_with_real_data_going_back_is_signed_and_stands_in_the_history(open_deliveries, data_dir, real_data):
    write_delivery(data_dir)  # version 3
    at = open_deliveries(deel=figures.VERSIONS)
    press(at, "Deze versie aan iedereen tonen")
    assert [item.value for item in at.error] == [figures.NO_NAME]
    at.text_input(key="leveringen.naam").set_value("Bo").run()
    press(at, "Deze versie aan iedereen tonen")
    for command in commands.running():
        assert command.wait(PATIENCE).code == 0
    event = open_deliveries(deel=figures.HISTORY).dataframe[-1].value.to_dict("records")[0]
    assert [event[name] for name in ("soort", "door", "versie", "peildatum")] == [
        "Terugkeren", "Bo", "2", "21/11/2025",
    ]  # fmt: skip


def test_the_only_version_has_nothing_to_go_back_to(open_deliveries):
    at = open_deliveries(deel=figures.VERSIONS)
    assert "nog geen andere versie" in at.info[0].value


@pytest.mark.parametrize("typed", ["gisteren", "31/12/2999"])
def test_a_peildatum_that_is_no_day_of_the_past_builds_nothing(open_deliveries, typed):
    at = open_deliveries(deel=figures.VERSIONS)
    at.text_input(key="leveringen.peildatum").set_value(typed)
    press(at, "Opnieuw bouwen")
    assert at.error[0].value in (figures.WRONG_DAY, figures.DAY_TO_COME)
    assert commands.running() == []


def test_an_empty_history_and_no_corrections_have_their_own_sentences(open_deliveries):
    assert open_deliveries(deel=figures.HISTORY).info[0].value == figures.NO_HISTORY
    assert open_deliveries(deel=figures.CORRECTIONS).info[0].value == figures.NO_CORRECTIONS


def test_what_another_session_started_is_seen_by_everyone_with_who_waits(open_deliveries, tmp_path):
    child = ("sh", "-c", f"while [ ! -e {tmp_path}/klaar ]; do sleep 0.05; done; echo '{{\"versie\": 9}}'")
    first = commands.start(["laad"], title="Laden van a_b.csv", who="An", program=child)
    second = commands.start(["intrekken"], title="Intrekken van c.csv", who="Bo", program=child)
    at = open_deliveries()
    assert f"**Laden van a\\_b\\.csv door An, sinds {first.began:%H:%M}**" in said(at)
    assert "Deze opdracht wacht: eerst eindigt „Laden van a" in said(at)
    assert headers(at) == ["Bestanden kiezen"], "the page stays usable"
    (tmp_path / "klaar").touch()
    first.wait(PATIENCE)
    second.wait(PATIENCE)
    at.run()
    assert "Versie 9 is gepubliceerd" in at.success[0].value


def test_an_outcome_of_long_ago_is_no_news(open_deliveries):
    command = commands.start(["bouw"], title="Bouwen", program=("sh", "-c", "echo '{\"versie\": 9}'"))
    command.wait(PATIENCE)
    assert open_deliveries().success
    command.ended -= timedelta(hours=1)
    assert not open_deliveries().success


def test_a_command_that_breaks_is_told_with_the_number_in_the_log(open_deliveries, caplog):
    caplog.set_level(logging.ERROR)
    commands.start(["laad"], title="Laden", program=("sh", "-c", "echo Traceback >&2; exit 1")).wait(PATIENCE)
    at = open_deliveries()
    number = at.error[0].value.split("foutnummer ")[1].split()[0]
    assert number in caplog.text
    assert "Traceback" not in at.error[0].value


def test_a_version_that_cannot_be_read_gives_a_number_and_no_traceback(data_dir, caplog, open_deliveries):
    publish(data_dir, version=2, extra="drop table meta.levering")
    caplog.set_level(logging.ERROR)
    at = open_deliveries(deel=figures.VERSIONS)
    assert "levering" not in at.error[0].value
    assert at.error[0].value.split("**")[1] in caplog.text
    assert "Catalog Error" in caplog.text


def test_before_anything_is_published_the_first_delivery_can_be_judged(open_deliveries, data_dir):
    (data_dir / "warehouse" / "huidig").unlink()
    at = open_deliveries()
    at.text_input(key="leveringen.naam").set_value("An")
    judged(at, ("lijst.csv", LIST))
    assert [item.value for item in at.metric] == ["4", "0", "0", "1"]


def proposed(at, contents):
    # Of any type: what is no PDF is refused by who reads it, in Dutch.
    assert not at.file_uploader[0].proto.type
    at.file_uploader[0].set_value([("verslag.pdf", contents, "application/pdf")])
    return press(at, "Voorstel lezen")


def field(at, label):
    return next(item for kind in (at.text_input, at.selectbox) for item in kind if item.label == label)


def test_a_report_is_a_proposal_that_a_person_corrects_and_confirms(open_deliveries, data_dir, real_data):
    at = open_deliveries(deel=figures.REPORT)
    at.text_input(key="leveringen.naam").set_value("An Peeters").run()
    proposed(at, pdf(FRONT, ADVICE, LEVELS))
    assert headers(at)[0] == "Voorstel uit verslag.pdf"
    assert uploaded(data_dir) == [], "the report itself is not kept"
    assert field(at, "Instellingsnummer *").value == "012344"
    assert (field(at, "Advies *").value, field(at, "Inschaling 2").value) == ("1B", "benadert de verwachting")
    assert "Zeker. Bladzijde 1: „Instellingsnummer: 012344”" in said(at).replace("\\", "")
    assert not (data_dir / "archief").exists(), "nothing counts before it is confirmed"

    field(at, "Instellingsnummer *").set_value("000216")
    field(at, "Doorlichting id *").set_value("")
    press(at, "Nakijken")
    assert [item.value for item in at.error] == ["Vul nog in: doorlichting id."]
    field(at, "Doorlichting id *").set_value("V-1")
    field(at, "Inschaling 2").set_value("")
    field(at, "Kwaliteitsverwachting 6").set_value("BL1")
    field(at, "Inschaling 6").set_value("volgens de verwachting")
    press(at, "Nakijken")
    at.session_state["deliveries"].preview.wait(PATIENCE)
    at.run()
    assert headers(at)[:2] == ["Wat er zou veranderen", "De bestanden"]
    assert [item.value for item in at.metric] == ["6", "0", "0", "0"]
    assert not (data_dir / "archief").exists()

    press(at, "Annuleren")
    assert field(at, "Instellingsnummer *").value == "000216", "what was typed is not lost"
    assert field(at, "Inschaling 2").value == ""
    press(at, "Nakijken")
    at.session_state["deliveries"].preview.wait(PATIENCE)
    press(at.run(), "Laden en publiceren")
    finished(at)
    assert any(item.value.startswith("Versie 3 is gepubliceerd") for item in at.warning)
    assert headers(at)[-1] == "Een verslag van een doorlichting"
    row = open_deliveries(deel=figures.HISTORY).dataframe[-2].value.to_dict("records")[0]
    assert (row["bestand"], row["vak"], row["door"]) == ("verslag V-1.xlsx", "verslag V-1", "An Peeters")
    assert uploaded(data_dir) == []


@pytest.mark.parametrize(
    ("contents", "sentence"), [(b"Beste,", "Het bestand is geen PDF"), (pdf("Niets"), "vermoedelijk is ze een scan")]
)
def test_a_report_that_cannot_be_read_has_its_sentence(open_deliveries, data_dir, contents, sentence):
    at = proposed(open_deliveries(deel=figures.REPORT), contents)
    assert sentence in at.error[0].value
    assert uploaded(data_dir) == []


def test_without_a_report_there_is_nothing_to_read(open_deliveries):
    assert press(open_deliveries(deel=figures.REPORT), "Voorstel lezen").error[0].value == leveringen_verslag.NO_FILE


def test_a_correction_is_added_and_ended_from_the_page_with_who_and_when(open_deliveries, data_dir, real_data):
    at = open_deliveries(deel=figures.CORRECTIONS)
    at.text_input(key="leveringen.naam").set_value("An Peeters").run()
    at.selectbox(key="correctie.tabel").set_value("instroom").run()
    at.selectbox(key="correctie-instroom.kolom").set_value("leerlingen").run()
    assert "Niet te corrigeren: schooljaar, instellingsnummer" in said(at)
    field(at, "Schooljaar").set_value("2025-2026")
    press(at, "Correctie toevoegen")
    assert at.error[0].value == "Vul in om welke rij het gaat: instellingsnummer."
    field(at, "Instellingsnummer").set_value("000216")
    field(at, "Waarde die de bron nu geeft (leeg: geen waarde)").set_value("321")
    field(at, "Juiste waarde (leeg: geen waarde)").set_value("veel")
    press(at, "Correctie toevoegen")
    assert at.error[0].value == leveringen_correcties.NO_REASON
    at.text_area(key="correctie-instroom.reden").set_value("telfout")
    finished(press(at, "Correctie toevoegen"))
    assert "Waarde 'veel' past niet in de kolom 'leerlingen'" in at.error[0].value.replace("\\", "")

    field(at, "Juiste waarde (leeg: geen waarde)").set_value("331")
    finished(press(at, "Correctie toevoegen"))
    assert "genoteerd" in at.success[0].value
    listed, done = at.dataframe[-2:]
    assert listed.value[["sleutel", "verwacht", "waarde", "reden", "door"]].values.tolist() == [
        ["schooljaar 2025-2026, instellingsnummer 000216", "321", "331", "telfout", "An Peeters"]
    ]
    assert at.info[-1].value == leveringen_correcties.WAITS
    assert [row[:2] for row in done.value[["soort", "door", "wat"]].values.tolist()] == [
        ["Correctie toevoegen", "An Peeters"]
    ]

    finished(press(at, "Correctie beëindigen"))
    assert figures.NO_CORRECTIONS in [item.value for item in at.info]
    events = at.dataframe[-1].value
    assert events["soort"].to_list() == ["Correctie beëindigen", "Correctie toevoegen"]
    assert events["wat"][0].startswith("instroom (schooljaar=2025-2026, instellingsnummer=000216), kolom 'leerlingen'")


def test_a_correction_needs_a_name_with_real_data(open_deliveries, real_data):
    at = open_deliveries(deel=figures.CORRECTIONS)
    at.selectbox(key="correctie.tabel").set_value("instroom").run()
    field(at, "Schooljaar").set_value("2025-2026")
    field(at, "Instellingsnummer").set_value("000216")
    at.text_area(key="correctie-instroom.reden").set_value("telfout")
    press(at, "Correctie toevoegen")
    assert at.error[0].value == figures.NO_NAME
    assert commands.running() == []
