"""The page Leveringen as a user goes through it: opened, pressed, waited for; with a list of instellingen to load."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import commands
from tests.dashboard.small_warehouse import publish

LIST = (
    b"schooljaar;instellingsnummer;naam;onderwijsniveau;scholengroep nummer;scholengroep;personeelsleden;vte\n"
    b"2025-2026;000216;De Acacia;BaO;1;De Meander;31;20,5\n"
    b"2025-2026;000349;De Berk;BaO;1;De Meander;15;10\n"
    b"2025-2026;001073;De Ceder;SO;1;De Meander;45;30\n"
    b"2025-2026;038125;De Den;SO;2;Zonnewijzer;40;25\n"
    b"2025-2026;104554;De Esdoorn;BaO;2;Zonnewijzer;veel;12\n"
)
PATIENCE = 120


@pytest.fixture
def no_commands_of_before(monkeypatch, tmp_path):
    """Nothing was started before, and what is uploaded lands in the test's own folder."""
    (tmp_path / "tijdelijk").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tijdelijk"))
    monkeypatch.setattr(commands, "_changing", [])


@pytest.fixture
def real_data(data_dir):
    """Have version 2 published, which is not invented: whoever changes something then gives a name."""
    publish(data_dir, version=2, extra="update meta.versie set is_demo = false")


def app():
    """Stand in for `app.py`, which AppTest starts anew at every click: a pressed button would be forgotten."""
    import runpy
    from types import SimpleNamespace

    import streamlit as st

    from dashboard import registry, shell

    st.navigation(registry.navigation_pages(), position="hidden")
    path = str(registry.PAGES_FOLDER / "leveringen.py")
    shell.run(SimpleNamespace(title="Leveringen", url_path="leveringen", run=lambda: runpy.run_path(path)))


@pytest.fixture
def open_deliveries(data_dir, no_commands_of_before):
    """Open the page with these values in its address."""

    def opened(**address):
        at = AppTest.from_function(app, default_timeout=60)
        at.query_params.update(address)
        at.run()
        assert not at.exception
        return at

    return opened


def write_delivery(data_dir):
    """Have the archive know a delivery, so that there is a history to look at."""
    path = data_dir / "eerder.csv"
    path.write_bytes(LIST)
    assert commands.ask("laad", str(path), "--ontvangen-op", "2025-11-20", "--json", limit=PATIENCE).is_understood


def uploaded(data_dir):
    found = (data_dir / "tijdelijk").glob("sterrenwacht-levering-*/*")
    return [path for path in found if path.name != "fouten"]


def headers(at):
    return [item.value for item in at.header]


def said(at):
    return "\n".join(item.value for kind in (at.markdown, at.text) for item in kind)


def press(at, label):
    next(button for button in at.button if button.label.startswith(label)).click().run()
    assert not at.exception
    return at


def judged(at, *files):
    at.file_uploader[0].set_value([(name, contents, "text/csv") for name, contents in files])
    press(at, "Nakijken")
    at.session_state["deliveries"].preview.wait(PATIENCE)
    return at.run()


def finished(at):
    """Wait for what was started, and draw the page again."""
    for command in commands.running():
        command.wait(PATIENCE)
    return at.run()
