"""No page, export or log holds a person who came in with the deliveries; only the page Medewerkers names staff."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard import registry
from tests.e2e.command_line import run
from tests.pages.conftest import APP
from tests.personal_values import found_below, unpacked, values_in
from tests.pipelines.personal_deliveries import PLANTED, STAFF, write_people

KEYS = [entry.key for entry in registry.ENTRIES if (registry.PAGES_FOLDER / f"{entry.key}.py").exists()]
#: Drawn in a browser of what the page sends, which is searched already.
PICTURES = (".png", ".svg")


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of real deliveries, full of people."""
    folder = tmp_path_factory.mktemp("mensen")
    write_people(folder / "in")
    assert run(folder / "data", "laad", str(folder / "in"))[0] == 4
    return folder / "data"


@pytest.fixture
def sent(people: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[bytes]]]:
    """Open a page with every role and return all that it sends and saves, and what the server wrote in its log."""
    monkeypatch.setenv("STERRENWACHT_DATA", str(people))
    st.cache_resource.clear()
    saved: list[bytes] = []
    real = st.download_button

    def kept(label: str, data: Callable[[], bytes] | bytes, file_name: str, **rest: object) -> bool:
        if not file_name.endswith(PICTURES):
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
    parts = sent(key, instelling="012344")
    assert len(b"".join(parts)) > 1_000
    assert found([*parts, caplog.text.encode()]) == set()


def test_the_page_medewerkers_names_staff_and_nobody_else(sent, caplog, people):
    parts = sent("medewerkers")
    assert found(parts) == STAFF
    assert found([caplog.text.encode()]) == set()
    st.cache_resource.clear()  # the files are opened anew below
    assert found_below(people, PLANTED, but_not=("archief", "hr-")) == [], "the store and the access log too"
