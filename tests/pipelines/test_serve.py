"""Where the dashboard may listen, and the command that looks the roles over."""

import json
import tomllib
from pathlib import Path

import pytest

from pipelines import serve
from tests.dashboard.small_warehouse import publish
from tests.e2e.command_line import run
from warehouse.access_file import parse_access_file

ROOT = Path(serve.APP).parent
REAL = "update meta.versie set is_demo = false"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder without secrets, and a program folder beside it."""
    monkeypatch.setenv("HOME", str(tmp_path / "thuis"))
    monkeypatch.setattr(serve, "APP", tmp_path / "programma" / "app.py")
    return tmp_path / "thuis"


def _write_secrets(folder: Path, text: str) -> None:
    (folder / ".streamlit").mkdir(parents=True)
    (folder / ".streamlit" / "secrets.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_real_data_open_on_this_machine(home, tmp_path, host):
    publish(tmp_path, extra=REAL)
    assert serve.refusal(tmp_path, host) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "::", "dashboard.voorbeeld.be"])
def test_real_data_do_not_open_elsewhere_without_signing_in(home, tmp_path, host):
    publish(tmp_path, extra=REAL)
    assert f"op {host} kan iedereen op het netwerk ze lezen" in str(serve.refusal(tmp_path, host))


def test_invented_data_open_everywhere_and_a_folder_without_data_does_not(home, tmp_path):
    assert serve.refusal(tmp_path, "0.0.0.0")
    publish(tmp_path)
    assert serve.refusal(tmp_path, "0.0.0.0") is None


@pytest.mark.parametrize("place", ["thuis", "programma"])
def test_with_signing_in_configured_real_data_open_everywhere(home, tmp_path, place):
    publish(tmp_path, extra=REAL)
    _write_secrets(tmp_path / place, "[auth]\nclient_id = 'x'")
    assert serve.refusal(tmp_path, "0.0.0.0") is None


@pytest.mark.parametrize("text", ["", "[andere]\nsleutel = 1", "[auth"])
def test_secrets_without_signing_in_are_not_enough(home, tmp_path, text):
    publish(tmp_path, extra=REAL)
    _write_secrets(tmp_path / "programma", text)
    assert serve.refusal(tmp_path, "0.0.0.0")


def test_an_empty_folder_is_not_filled_with_a_demo_where_people_sign_in(home, tmp_path, monkeypatch):
    _write_secrets(tmp_path / "programma", "[auth]\nclient_id = 'x'")
    # The program folder of this test has no application: the server ends at once, after what this test is about.
    code, _ = run(tmp_path / "data", "start", "--zonder-browser", "--poort", "0")
    assert code != 0
    assert not (tmp_path / "data" / "archief").exists()
    assert not (tmp_path / "data" / "demo-leveringen").exists()


def test_start_says_why_it_does_not(home, tmp_path, capsys):
    publish(tmp_path, extra=REAL)
    code, _ = run(tmp_path, "start", "--zonder-browser", "--adres", "0.0.0.0")
    assert code == 1
    assert "aanmelden is niet ingesteld" in capsys.readouterr().err


def test_address_of_an_ipv6_host_is_one_that_a_browser_reads():
    assert serve.address_of("::1", 8501) == "http://[::1]:8501"
    assert serve.address_of("127.0.0.1", 80) == "http://127.0.0.1:80"


def test_the_roles_are_looked_over_against_the_published_data(tmp_path):
    publish(tmp_path)
    path = tmp_path / "toegang.toml"
    assert "Het bestand bestaat niet" in run(tmp_path, "toegang")[1]
    entry = '[[persoon]]\ne_mail = "an@voorbeeld.be"\nrollen = ["{}"]\nscholengroepen = ["{}"]\n'
    path.write_text(entry.format("spoc", "1"), encoding="utf-8")
    code, printed = run(tmp_path, "toegang", "--json")
    assert (code, json.loads(printed)["personen"]) == (0, 1)
    path.write_text(entry.format("spoc", "77"), encoding="utf-8")
    assert run(tmp_path, "toegang") == (1, f"{path}:\n  Scholengroep 77 bestaat niet in de gegevens.\n")
    path.write_text(entry.format("baas", "1"), encoding="utf-8")
    code, printed = run(tmp_path, "toegang")
    assert code == 1
    assert "persoon 1: „baas” is geen rol" in printed
    assert "an@" not in printed


def test_the_examples_can_be_read_and_give_nothing_away():
    access = parse_access_file((ROOT / "docs" / "voorbeelden" / "toegang.toml").read_text(encoding="utf-8"))
    assert {role for grant in access.personen.values() for role in grant.roles} == {
        "spoc",
        "hoofdadviseur",
        "databeheerder",
    }
    auth = tomllib.loads((ROOT / ".streamlit" / "secrets.toml.example").read_text(encoding="utf-8"))["auth"]
    assert auth["cookie_secret"] == auth["client_secret"] == auth["client_id"] == ""
