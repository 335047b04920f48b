"""What is done after a load: undone with one click, told to who did it, sent back, and saved with its version."""

from functools import partial

import pytest
import streamlit as st
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from dashboard import commands
from dashboard.figures import leveringen as figures
from dashboard.figures import leveringen_voorbeeld
from tests.dashboard.small_warehouse import publish
from tests.pages.deliveries_page import LIST, PATIENCE, finished, headers, judged, press, said

FIGURES = (
    '{"versie": %d, "hoofdcijfers": [{"naam": "Instellingen bereikt", "eenheid": "aantal", "voor": 1, "na": 2}],'
    ' "bestanden": [{"bestand": "%s", "status": "geweigerd", "boodschap": "Geen kop.", "quarantaine": 0}]}'
)


def load(data_dir, **files):
    paths = []
    for name, contents in files.items():
        paths.append(data_dir / f"{name}.csv")
        paths[-1].write_bytes(contents)
    assert commands.ask("laad", *map(str, paths), "--json", limit=PATIENCE).is_understood


def chosen_delivery(at):
    return at.selectbox(key="leveringen.levering")


def press_as_a_browser(at, label, line):
    """Press a button; the browser still sends the line of the delivery as it was when it was chosen."""
    next(button for button in at.button if button.label.startswith(label)).click()
    states = at._tree.get_widget_states()
    next(state for state in states.widgets if state.id == chosen_delivery(at).id).string_value = line
    at._run(states)
    assert not at.exception


def told(command):
    return command.arguments[0], command.arguments[1].split("-")[0]


def test_a_delivery_is_withdrawn_and_restored_with_one_click_each(open_deliveries, data_dir):
    load(data_dir, eerst=LIST, later=LIST.replace(b"2025-2026", b"2024-2025"))
    at = open_deliveries(deel=figures.HISTORY)
    at.text_input(key="leveringen.naam").set_value("An").run()
    (line,) = [option for option in chosen_delivery(at).options if option.startswith("eerst")]
    chosen_delivery(at).select(line).run()
    chosen = chosen_delivery(at).value
    at.text_area(key=f"intrekken-{chosen}.reden").set_value("verkeerde export")
    press_as_a_browser(at, "Intrekken", line)
    assert [told(command) for command in commands.running()] == [("intrekken", "000001")]
    finished(at)

    again = judged(open_deliveries(), ("zelfde.csv", LIST))
    assert again.info[-1].value == leveringen_voorbeeld.NOTHING_NEW
    assert "en ingetrokken op" in said(again)
    assert "in het deel „Geschiedenis”" in said(again)
    assert "sterrenwacht herstel" not in said(again)
    assert headers(again)[-2:] == ["Wat er zou veranderen", "De bestanden"], "of what was not read no faults are told"
    assert not again.metric

    # In a version of before it counts still, but it was withdrawn since: that is what can be undone.
    assert commands.ask("terug", "2", "--json").is_understood
    at.run()
    history = next(item.value for item in at.dataframe if "status" in item.value)
    assert history["status"].to_list() == ["telt mee", "telt mee"]
    assert not [button for button in at.button if button.label.startswith("Intrekken")]

    press_as_a_browser(at, "Herstellen", line)
    assert [told(command) for command in commands.running()] == [("herstel", "000001")]
    finished(at)
    assert chosen_delivery(at).value == chosen
    history = next(item.value for item in at.dataframe if "status" in item.value)
    assert history["status"].to_list() == ["telt mee", "telt mee"]


def test_what_the_shown_version_does_not_have_can_be_built_and_withdrawn(open_deliveries, data_dir):
    load(data_dir, later=LIST)
    assert commands.ask("terug", "1", "--json").is_understood

    again = judged(open_deliveries(), ("zelfde.csv", LIST))
    assert again.info[-1].value == leveringen_voorbeeld.WAITING
    assert "Het telt mee vanaf de volgende bouw." in said(again).replace("\\", "")
    assert "Wijzigingen per tabel" in headers(again), "what building anew would change"
    at = open_deliveries(deel=figures.HISTORY)
    assert "telt mee vanaf de volgende bouw" in said(at)
    labels = [button.label for button in at.button]
    assert "Intrekken en opnieuw bouwen" in labels, "the wrong delivery after which the version of before was shown"
    assert "Opnieuw bouwen en publiceren" in labels

    press(again, "Opnieuw bouwen en publiceren")
    assert [command.arguments[0] for command in commands.running()] == ["bouw"]
    finished(again)
    assert "Versie 3 is gepubliceerd" in "".join(item.value for kind in (again.success, again.warning) for item in kind)
    assert headers(again)[-1] == "Bestanden kiezen"


def test_a_preview_of_before_another_version_is_made_anew_before_anything_is_loaded(open_deliveries, data_dir):
    at = judged(open_deliveries(), ("lijst.csv", LIST))
    publish(data_dir, version=2)
    press(at, "Laden en publiceren")
    assert commands.running() == []
    at.session_state["deliveries"].preview.wait(PATIENCE)
    at.run()
    assert leveringen_voorbeeld.CHANGED.format(version=2) in [item.value for item in at.warning]

    # Somebody else's load is still running at the click, and publishes before the turn of this one comes.
    with FileLock(data_dir / "slot"):
        press(at, "Laden en publiceren")
        (waiting,) = commands.running()
        publish(data_dir, version=3)
    assert waiting.wait(PATIENCE).code == commands.MOVED_ON
    at.run()
    assert "Intussen is versie 3 gepubliceerd" in at.error[-1].value
    at.session_state["deliveries"].preview.wait(PATIENCE)
    at.run()
    assert leveringen_voorbeeld.CHANGED.format(version=3) in [item.value for item in at.warning]
    assert not at.error

    press(at, "Laden en publiceren")
    assert [command.arguments[0] for command in commands.running()] == ["laad"]
    finished(at)
    assert not [item for item in at.warning if item.value.startswith("Intussen is versie")]


@pytest.fixture
def saved(monkeypatch):
    """Return what the page offers to save, by the key of the button."""
    found, button = {}, st.download_button
    monkeypatch.setattr(
        st, "download_button", lambda label, **more: found.update({more["key"]: more["data"]}) or button(label, **more)
    )
    return found


def answering(tmp_path, version, name):
    """Return a program that answers as a load of one refused file does, once the file `<name>` is there."""
    (tmp_path / f"{name}.json").write_text(FIGURES % (version, name), encoding="utf-8")
    return ("sh", "-c", f"while [ ! -e {tmp_path}/{name} ]; do sleep 0.05; done; cat {tmp_path}/{name}.json; exit 4")


def warned(at):
    return "".join(item.value for item in at.warning).replace("\\", "")


def test_a_page_that_is_loaded_anew_still_knows_what_its_reader_started(open_deliveries, tmp_path, monkeypatch):
    start = commands.start
    monkeypatch.setattr(commands, "start", partial(start, program=answering(tmp_path, 2, "van-an.csv")))
    at = press(open_deliveries(deel=figures.VERSIONS), "Opnieuw bouwen")
    code = at.query_params["opdracht"]
    other = start(["laad"], title="Laden van b.csv", who="Bo", program=answering(tmp_path, 3, "van-bo.csv"))
    for name, command in (("van-an.csv", commands.running()[0]), ("van-bo.csv", other)):
        (tmp_path / name).touch()
        command.wait(PATIENCE)
    assert "van-bo" in warned(open_deliveries()), "another reader is told of the last one"
    again = open_deliveries(opdracht=code)
    assert "van-an" in warned(again)
    press(again, "Bericht sluiten")
    assert "opdracht" not in again.query_params
    strange = open_deliveries(opdracht="zomaar")
    assert "van-bo" in warned(strange)
    assert "opdracht" not in strange.query_params


def test_what_somebody_else_does_does_not_hide_what_came_of_ones_own(open_deliveries, tmp_path, monkeypatch, saved):
    publish(tmp_path, version=2)
    start = commands.start
    monkeypatch.setattr(commands, "start", partial(start, program=answering(tmp_path, 2, "van-an.csv")))
    at = press(open_deliveries(deel=figures.VERSIONS, versie="1"), "Opnieuw bouwen")
    other = start(["laad"], title="Laden van b.csv", who="Bo", program=answering(tmp_path, 3, "van-bo.csv"))
    (tmp_path / "van-an.csv").touch()
    commands.running()[0].wait(PATIENCE)
    at.run()
    assert "van-an" in warned(at), "also while somebody else is still busy"
    (tmp_path / "van-bo.csv").touch()
    other.wait(PATIENCE)
    at.run()
    assert "Versie 2 is gepubliceerd" in warned(at)
    assert "van-an" in warned(at)
    assert "van-bo" not in warned(at)
    assert any(item.value.startswith("Intussen eindigde ook: Laden van b\\.csv door Bo") for item in at.info)
    contents = saved["download-leveringen-hoofdcijfers-csv"]().decode("utf-8-sig")
    assert "Gegevensversie;2" in contents, "an earlier version was chosen in the sidebar"
    press(at, "Bericht sluiten")
    assert "van-bo" not in warned(at), "what was told in a line was read too"
    assert "van-bo" in warned(open_deliveries()), "who did nothing sees what ended last"


def quarantine_of(source, **rights):
    """Draw what is offered for the quarantine of a delivery of this source to a reader with these rights."""
    from dashboard import data
    from dashboard.components.delivery_quarantine import quarantine_button
    from warehouse.scope import Scope

    with data.scoped(Scope(known=True, leveringen=True, **rights)):
        quarantine_button("000012-abcd", "lijst.csv", source, "hier")


@pytest.mark.parametrize(
    ("source", "rights", "is_offered"),
    [
        ("inschrijvingen", {}, True),
        ("agenda", {}, False),
        ("verloven", {}, False),
        ("verloven", {"hr": True}, True),
    ],
)
def test_a_quarantine_file_that_would_be_refused_is_not_offered_but_explained(source, rights, is_offered):
    at = AppTest.from_function(quarantine_of, args=(source,), kwargs=rights).run()
    assert bool(at.button) == is_offered
    assert ("`sterrenwacht quarantaine 000012-abcd --naar BESTAND.xlsx`" in said(at)) != is_offered
