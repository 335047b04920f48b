"""The handwritten deliveries, loaded through the real command line."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from pipelines.load import DEMO_MARK
from tests.chromium import ARGUMENTS, chromium_path
from tests.e2e import deliveries
from tests.e2e.command_line import run, status
from tests.e2e.deliveries import write_schools
from tests.e2e.people_deliveries import write_people
from tests.made_once import made_once
from warehouse.versions import HR, file_beside

PEILDATUM = "2026-03-15"
LATER = "2026-04-15"

LONGEST_WAIT = 90_000  # milliseconds; generous, for a machine with other work

#: Has the browser say what the Content-Security-Policy of the server stopped.
_VIOLATION = "policy violated:"
_TELL_VIOLATIONS = f"""document.addEventListener("securitypolicyviolation", event =>
    console.log(`{_VIOLATION} ${{event.violatedDirective}} ${{event.blockedURI}} ${{event.sourceFile}}`))"""

Visit = Callable[[str], Page]
Rows = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def warehouses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The warehouse as it stood on two days, by peildatum; one delivery came in between them."""
    folder = tmp_path_factory.mktemp("by_hand")
    data = folder / "data"
    write_schools(folder / "eerst")
    write_people(folder / "eerst")
    code, _ = run(data, "laad", str(folder / "eerst"), "--ontvangen-op", "2026-03-01")
    assert code == 3, "some rows of the first deliveries are in quarantine"
    (folder / "later").mkdir()
    later = folder / "later" / "doorlichtingen april.csv"
    deliveries.write_text(later, deliveries.DOORLICHTINGEN_APRIL, "utf-8-sig", "\n")
    code, _ = run(data, "laad", str(later), "--ontvangen-op", "2026-04-10")
    assert code == 3, "the row that ends before it starts is still there"
    found = {}
    for peildatum in (PEILDATUM, LATER):
        code, printed = run(data, "bouw", "--peildatum", peildatum)
        assert code == 0, printed
        found[peildatum] = Path(status(data)["warehouse"])
    return found


@pytest.fixture(scope="module")
def rows(warehouses: dict[str, Path]) -> Iterator[Rows]:
    """Ask the warehouse of the peildatum, as a notebook would: read-only, with SQL; its staff are in `hr`."""
    with duckdb.connect(warehouses[PEILDATUM], read_only=True) as con:
        con.execute(f"attach '{file_beside(warehouses[PEILDATUM], HR)}' as hr (read_only)")
        yield lambda sql, *values: con.execute(sql, values).fetchall()


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the handwritten deliveries, marked as invented."""
    return made_once(tmp_path_factory, "demo", _load_demo) / "data"


def _load_demo(folder: Path) -> None:
    write_schools(folder / "leveringen")
    write_people(folder / "leveringen")
    (folder / "leveringen" / DEMO_MARK).touch()
    code, printed = run(folder / "data", "laad", str(folder / "leveringen"))
    assert code == 3, printed


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real Chromium, for one file of tests: one that waits for the next takes processor time from the others."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(playwright), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium: Browser) -> Iterator[Visit]:
    """Open an address and wait until the page is drawn.

    Afterwards: no request may have left this machine, and nothing may have been tried that the server's policy forbids.
    """
    asked: list[str] = []
    forbidden: list[str] = []
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="nl-BE")
    context.set_default_timeout(LONGEST_WAIT)
    context.on("request", lambda request: asked.append(request.url))
    context.add_init_script(_TELL_VIOLATIONS)
    context.on("console", lambda said: forbidden.append(said.text) if said.text.startswith(_VIOLATION) else None)
    context.on("page", lambda page: page.on("websocket", lambda socket: asked.append(socket.url)))

    def open_page(address: str) -> Page:
        page = context.new_page()
        page.goto(address)
        return drawn(page)

    yield open_page
    context.close()
    assert forbidden == []
    assert asked
    for url in asked:
        parts = urlsplit(url)
        assert parts.scheme in ("data", "blob") or parts.hostname in ("127.0.0.1", "localhost"), url


def drawn(page: Page) -> Page:
    """Wait until Streamlit says that the page is complete, and return it.

    It must say so for half a second: between the head of a deep link and its rerun the script stands still too.
    """
    page.locator("h1").first.wait_for()
    page.evaluate("window.stillFor = 0")
    page.wait_for_function(
        """() => {
            const isStill = document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"]');
            window.stillFor = isStill ? window.stillFor + 1 : 0;
            return window.stillFor >= 5;
        }""",
        polling=100,
    )
    return page
