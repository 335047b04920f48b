"""No page, export or log holds a person who came in with the deliveries; only the page Medewerkers names staff."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import kaleido
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import registry
from dashboard.exports import images
from dashboard.figures import instelling, leveringen
from tests.e2e.command_line import run
from tests.pages.conftest import APP
from tests.personal_values import found_below, unpacked, values_in
from tests.pipelines.personal_deliveries import PLANTED, STAFF, write_people

KEYS = [entry.key for entry in registry.ENTRIES if (registry.PAGES_FOLDER / f"{entry.key}.py").exists()]
#: The pages in parts: only the open one is drawn, so each is opened.
PARTS = {"instelling": instelling.PARTS, "leveringen": leveringen.PARTS}


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder of real deliveries, full of people; at the end the browser that draws the pictures is stopped."""
    folder = tmp_path_factory.mktemp("mensen")
    write_people(folder / "in")
    assert run(folder / "data", "laad", str(folder / "in"))[0] == 4
    yield folder / "data"
    kaleido.stop_sync_server(silence_warnings=True)
    images._start_renderer.cache_clear()


@pytest.fixture
def sent(people: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[bytes]]]:
    """Open a page with every role and return all that it sends and saves, pictures included.

    Of PNGs only the first of a page is drawn: the others show the same as their SVG, letter for letter.
    """
    monkeypatch.setenv("STERRENWACHT_DATA", str(people))
    st.cache_resource.clear()
    saved: list[bytes] = []
    real = st.download_button

    def kept(label: str, data: Callable[[], bytes] | bytes, file_name: str, **rest: object) -> bool:
        if not (file_name.endswith(".png") and any(contents.startswith(b"\x89PNG") for contents in saved)):
            contents = data() if callable(data) else data
            saved.extend([file_name.encode(), contents, *unpacked(contents)])
        return real(label, data=b"", file_name=file_name, **rest)

    monkeypatch.setattr(st, "download_button", kept)

    def opened(key: str, **address: str) -> list[bytes]:
        at = AppTest.from_file(APP, default_timeout=60)
        at.run()
        at.switch_page(f"pages/{key}.py") if key != "start" else None
        at.query_params.update(address)
        at.run()
        assert not at.exception
        assert not at.error
        return [*_bytes(at.main), *_bytes(at.sidebar), *saved]

    yield opened
    st.cache_resource.clear()


def _bytes(node: object) -> Iterator[bytes]:
    """Yield every element below a node as the browser gets it: texts, options, tables (Arrow), charts (JSON)."""
    if getattr(node, "proto", None) is not None:
        yield node.proto.SerializeToString()
    for child in getattr(node, "children", {}).values():
        yield from _bytes(child)


def found(parts: list[bytes]) -> set[str]:
    return {value for part in parts for value in values_in(part, PLANTED)}


@pytest.mark.parametrize("key", [key for key in KEYS if key != "medewerkers"])
def test_no_page_sends_or_saves_a_person(sent, caplog, key):
    caplog.set_level(logging.DEBUG)
    for part in PARTS.get(key, ("",)):
        parts = sent(key, instelling="012344", **({"deel": part} if part else {}))
        assert len(b"".join(parts)) > 1_000
        assert found([*parts, caplog.text.encode()]) == set()


@pytest.mark.browser
def test_every_kind_of_file_is_searched(sent):
    parts = sent("bereik")
    begins = (b"PK", b"\xef\xbb\xbf", b"<svg", b"\x89PNG")
    assert [begin for begin in begins if not any(part.startswith(begin) for part in parts)] == []
    (drawn, *_) = [part for part in parts if part.startswith(b"<svg")]
    assert values_in(drawn, ["Peildatum"]) == ["Peildatum"], "what is written on a picture can be found in it"
    slides = [part for part in parts if b"<p:sld " in part]
    assert values_in(slides[0], ["Peildatum"]) == ["Peildatum"]
    assert any(b"<w:document " in part for part in sent("methode"))


def test_the_page_medewerkers_names_staff_and_nobody_else(sent, caplog, people):
    parts = sent("medewerkers")
    assert found(parts) == STAFF
    assert found([caplog.text.encode()]) == set()
    st.cache_resource.clear()  # the files are opened anew below
    assert found_below(people, PLANTED, but_not=("archief", "hr-")) == [], "the store and the access log too"
