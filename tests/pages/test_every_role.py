"""Every page as every role: nothing of what is not the reader's own reaches the browser, nor any file it can save."""

import io
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import registry
from dashboard.charts.model import Chart
from dashboard.components import blocks
from dashboard.exports.context import ExportContext
from dashboard.exports.images import for_paper
from dashboard.figures import instelling, leveringen
from tests.dashboard.small_warehouse import publish
from tests.pages.conftest import APP

AUTH = {
    "redirect_uri": "https://dashboard.voorbeeld.be/oauth2callback",
    "cookie_secret": "enkel-voor-deze-test-en-lang-genoeg-0123456789",
    "client_id": "sterrenwacht",
    "client_secret": "geheim",
    "server_metadata_url": "https://aanmelden.voorbeeld.be/.well-known/openid-configuration",
}
#: The instellingen of the small warehouse, by scholengroep.
NORTH = ("000011", "De Beuk", "000022", "De Eik", "Het Noorderlicht")
SOUTH = ("000033", "De Linde", "000044", "000055", "De Wilg", "De Zuidster")
#: The own staff: their addresses and codes, for HR and for who leads them.
STAFF = ("An@go.example", "bo@go.example", "cis@go.example", "dirk@go.example", "Leen@go.example", "B001", "B003")
#: Role, its scholengroep, and what it may not see by name.
READERS = {
    "spoc 1": ("spoc", "1", (*SOUTH, *STAFF)),
    "spoc 12": ("spoc", "12", (*NORTH, *STAFF)),
    "hoofdadviseur": ("hoofdadviseur", None, STAFF),
    "management": ("management", None, STAFF),
    "databeheerder": ("databeheerder", None, STAFF),
    "hr": ("hr", None, (*NORTH, *SOUTH)),
    "poc": ("poc", None, (*NORTH, *SOUTH, *STAFF)),
    "toezicht": ("toezicht", None, (*NORTH, *SOUTH, *STAFF)),
}
KEYS = [entry.key for entry in registry.ENTRIES if (registry.PAGES_FOLDER / f"{entry.key}.py").exists()]
#: Who sees every instelling: what is not theirs are persons, who stand on these pages if on any.
SEES_ALL = ("hoofdadviseur", "management", "databeheerder")
OF_PERSONS = ("start", "werkdruk", "medewerkers", "edbi", "leveringen", "datakwaliteit", "toegangslog")
OPENED = [(reader, key) for reader in READERS for key in KEYS if reader not in SEES_ALL or key in OF_PERSONS]
#: What a reader may type after the address of a page; what is not theirs is in it.
TYPED: dict[str, tuple[dict[str, str], ...]] = {
    "instelling": (
        {"instelling": "000011"},
        {"instelling": "000033"},
        {"instelling": "000055"},
        *({"instelling": number, "deel": part} for number in ("000011", "000033") for part in instelling.PARTS[1:]),
    ),
    "leveringen": tuple({"deel": part} for part in leveringen.PARTS[1:]),
    "noden": ({"gewichten": "gelijk"}, {"scholengroep": "1"}, {"scholengroep": "12"}),
}


@pytest.fixture
def saved(monkeypatch) -> list[bytes]:
    """What the download buttons of a page would save; of slides and pictures what they are drawn from, all of it."""
    made: list[bytes] = []
    real = st.download_button

    def kept(label: str, data: Callable[[], bytes] | bytes, file_name: str, **rest: object) -> bool:
        made.append(data() if callable(data) else data)
        return real(label, data=b"", file_name=file_name, **rest)

    def picture(chart: Chart, context: ExportContext, rows: int, form: str) -> bytes:
        return for_paper(chart, context, rows).to_json().encode()

    def slide(chart: Chart, context: ExportContext, rows: int) -> bytes:
        return repr((chart.spec, chart.native, context, rows)).encode()

    monkeypatch.setattr(blocks, "has_browser", lambda: True)
    monkeypatch.setattr(blocks, "image_file", picture)
    monkeypatch.setattr(blocks, "pptx_file", slide)
    monkeypatch.setattr(st, "download_button", kept)
    return made


@pytest.fixture
def sent(data_dir: Path, saved: list[bytes]) -> Callable[..., bytes]:
    """Open a page as somebody with a role and return every byte that it sends and would save."""
    publish(data_dir, version=2, extra="update meta.versie set is_demo = false")
    people = ""
    for role, group, _ in READERS.values():
        of_group = f'scholengroepen = ["{group}"]\n' if group else ""
        people += f'[[persoon]]\ne_mail = "{role}{group or ""}@voorbeeld.be"\nrollen = ["{role}"]\n{of_group}'
    (data_dir / "toegang.toml").write_text(people, encoding="utf-8")

    def opened(key: str, who: str, **typed: str) -> bytes:
        at = AppTest.from_file(APP, default_timeout=60)
        at.secrets["auth"] = AUTH
        now = int(time.time())
        at.user = {"is_logged_in": True, "provider": "default", "iss": "https://aanmelden.voorbeeld.be", "sub": who}
        at.user |= {"aud": "sterrenwacht", "iat": now, "exp": now + 3600, "nonce": "n", "email": f"{who}@voorbeeld.be"}
        at.switch_page(f"pages/{key}.py") if key != "start" else None
        at.query_params.update(typed)
        at.run()
        assert not at.exception
        assert not at.error
        return b"\n".join([*(part for node in (at.main, at.sidebar) for part in _bytes(node)), *map(_unpacked, saved)])

    return opened


def _bytes(node) -> list[bytes]:
    """Every element below a node as the browser gets it: texts, options, tables (Arrow) and charts (JSON)."""
    found = [node.proto.SerializeToString()] if getattr(node, "proto", None) is not None else []
    for child in getattr(node, "children", {}).values():
        found += _bytes(child)
    return found


def _unpacked(contents: bytes) -> bytes:
    if not contents.startswith(b"PK"):
        return contents
    with zipfile.ZipFile(io.BytesIO(contents)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def _is_told(word: str, shown: bytes) -> bool:
    """Whether a name or number stands there; '#000033' is a colour of a chart."""
    return re.search(rb"(?<![#\d.])" + re.escape(word.encode()) + rb"(?!\d)", shown) is not None


@pytest.mark.parametrize(("reader", "key"), OPENED)
def test_nothing_of_others_is_sent_or_saved(sent, reader, key):
    role, group, secret = READERS[reader]
    for typed in ({}, *TYPED.get(key, ())):
        shown = sent(key, f"{role}{group or ''}", **typed)
        # What was typed comes back in a sentence about it; that is no news to who typed it.
        told = [word for word in secret if _is_told(word, shown) and word not in typed.values()]
        assert told == [], (typed, told)


def test_hr_sees_the_staff_that_others_do_not(sent):
    shown = sent("medewerkers", "hr")
    assert [name for name in ("bo@go.example", "cis@go.example") if _is_told(name, shown)] == [
        "bo@go.example",
        "cis@go.example",
    ]


def test_who_may_see_a_scholengroep_sees_it(sent):
    shown = sent("noden", "spoc1")
    assert b"De Beuk" in shown
    assert b"De Eik" in shown


def test_the_bytes_of_a_page_hold_its_tables_charts_and_files(sent, saved):
    shown = sent("leerresultaten", "spoc1")
    assert b"plotly" in shown or b'"data"' in shown
    assert saved


def test_the_network_stands_behind_the_readers_own_without_names(sent):
    shown = sent("noden", "spoc1")
    assert b"andere instellingen van het netwerk, zonder naam" in shown
