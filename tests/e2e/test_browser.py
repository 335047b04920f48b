"""The dashboard in a real Chromium, on the handwritten deliveries."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from dashboard.registry import ENTRIES, PageEntry
from dashboard.texts import DEMO_BANNER
from tests.e2e.command_line import start
from tests.e2e.conftest import LONGEST_WAIT, Visit, drawn
from tests.e2e.dashboard_server import running_dashboard
from tests.e2e.deliveries import ACACIA, DOORLICHTINGEN_APRIL, write_text

pytestmark = pytest.mark.browser
expect.set_options(timeout=LONGEST_WAIT)

ADDRESS = {"instelling": f"instelling?instelling={ACACIA}"}
PHONE = 390
# The key figures of Noden, from the left.
LISTED, MANDATORY = 0, 1


@pytest.fixture(scope="module")
def dashboard(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("server") / "log.txt"
    with running_dashboard(demo_data, log) as address:
        yield address
    assert "Traceback" not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_page_opens_by_deep_link(entry: PageEntry, dashboard: str, visit: Visit) -> None:
    page = _open(visit, dashboard, entry)
    assert _violations(page) == []
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.wait_for_function(f"document.scrollingElement.scrollWidth <= {PHONE}")


@pytest.mark.parametrize("key", ["instelling", "noden", "leveringen"])
def test_page_is_the_first_that_a_fresh_server_is_asked_for(
    key: str, demo_data: Path, tmp_path: Path, visit: Visit
) -> None:
    log = tmp_path / "log.txt"
    with running_dashboard(demo_data, log) as address:
        _open(visit, address, next(entry for entry in ENTRIES if entry.key == key))
    assert "Traceback" not in log.read_text(encoding="utf-8")


def _open(visit: Visit, address: str, entry: PageEntry) -> Page:
    """Open a page by its address, and see that it is there, whole and in Dutch."""
    page = visit(f"{address}/{ADDRESS.get(entry.key, entry.key)}")
    expect(page.locator("h1")).to_have_text(entry.title)
    expect(page.get_by_text(DEMO_BANNER)).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "nl-BE"
    assert page.locator('[data-testid="stException"]').count() == 0
    assert page.get_by_text("foutnummer").count() == 0
    return page


def test_filter_in_the_address_gives_that_view(dashboard: str, visit: Visit) -> None:
    # 2024-2025, scholengroep 1: Acacia, Berk, Ceder, Hazelaar and Iep; verplicht: Berk and Hazelaar.
    page = visit(f"{dashboard}/noden?schooljaar=2024-2025&scholengroep=1")
    expect(_figure(page, LISTED)).to_have_text("5")
    expect(_figure(page, MANDATORY)).to_have_text("2")
    _choose(page, "Trap", "Verhoogd (1B)")
    expect(_figure(page, LISTED)).to_have_text("0")
    page.wait_for_url("**trap=verhoogd**")
    again = visit(page.url)
    expect(_figure(again, LISTED)).to_have_text("0")
    assert again.get_by_label("Trap").input_value() == "Verhoogd (1B)"


def test_unknown_value_in_the_address_falls_back_with_a_notice(dashboard: str, visit: Visit) -> None:
    page = visit(f"{dashboard}/noden?schooljaar=1830-1831&trap=<b>zwaar</b>")
    expect(page.get_by_text("„1830-1831” is geen keuze voor schooljaar. Getoond wordt: 2025-2026.")).to_be_visible()
    expect(page.get_by_text("Getoond wordt: Alle trappen.")).to_be_visible()
    expect(_figure(page, LISTED)).to_have_text("11")
    page.wait_for_url("**/noden")


def test_clicking_an_institution_in_noden_opens_its_page(dashboard: str, visit: Visit) -> None:
    page = visit(f"{dashboard}/noden")
    grid = _grid(page)
    first = grid.locator('[role="row"]').nth(1).locator('[role="gridcell"]')
    expect(first.filter(has_text=f"instelling={ACACIA}")).to_have_count(1)
    # The grid is a canvas: its first row lies under the head; 130 to the right is the name, before or after the rank.
    assert "Instelling" in grid.locator('[role="columnheader"]').all_text_contents()[:2]
    box = grid.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 130, box["y"] + 52)
    with page.context.expect_page() as opened:
        page.mouse.click(box["x"] + 130, box["y"] + 52)
    institution = drawn(opened.value)
    assert re.search(rf"/instelling\?instelling={ACACIA}", institution.url)
    expect(institution.get_by_text("Basisschool De Acacia").first).to_be_visible()


def test_new_figure_is_seen_at_the_next_click(demo_data: Path, tmp_path: Path, visit: Visit) -> None:
    data = tmp_path / "data"
    shutil.copytree(demo_data, data)
    delivery = tmp_path / "doorlichtingen april.csv"
    write_text(delivery, DOORLICHTINGEN_APRIL, "utf-8", "\n")
    with running_dashboard(data, tmp_path / "log.txt") as address:
        page = visit(f"{address}/noden")
        sidebar = page.get_by_test_id("stSidebarUserContent")
        expect(_figure(page, MANDATORY)).to_have_text("4")
        expect(sidebar.get_by_text("Gegevensversie 1")).to_be_visible()
        assert start(data, "laad", str(delivery)).wait(LONGEST_WAIT / 1000 * 2) == 3
        expect(_figure(page, MANDATORY)).to_have_text("4")
        _choose(page, "Volgorde", "Alleen score")
        # Esdoorn got 2A.
        expect(_figure(page, MANDATORY)).to_have_text("5")
        expect(sidebar.get_by_text("Gegevensversie 2")).to_be_visible()


def test_the_panel_stands_beside_the_list_and_is_folded_on_a_phone(dashboard: str, visit: Visit) -> None:
    page = visit(f"{dashboard}/noden")
    _grid(page).scroll_into_view_if_needed()
    box = page.get_by_test_id("stSidebar").get_by_label("Eerste N", exact=True)
    panel, grid = box.bounding_box(), _grid(page).bounding_box()
    assert panel is not None
    assert grid is not None
    assert panel["x"] + panel["width"] <= grid["x"]
    for typed, sentence in (
        ("0", "„0” is geen geheel getal van 1 tot 9999"),
        ("veel", "„veel” is geen geheel getal van 1 tot 9999"),
        ("", "Vul voor eerste N een geheel getal van 1 tot 9999 in."),
    ):
        box.fill(typed)
        box.press("Enter")
        expect(page.get_by_test_id("stSidebar").get_by_text(sentence)).to_be_visible()
    box.fill("2")
    box.press("Enter")
    page.wait_for_url("**top=2**")
    page.get_by_test_id("stSidebar").get_by_role("button", name="Terug naar de standaard").click()
    page.wait_for_url("**/noden")
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.reload()
    drawn(page)
    expect(page.get_by_label("Eerste N", exact=True)).not_to_be_in_viewport()
    expect(page.get_by_text("in het paneel")).to_be_visible()


def test_keyboard_reaches_and_works_the_filters(dashboard: str, visit: Visit) -> None:
    page = visit(f"{dashboard}/noden")
    # On a machine with much to do a field can still be loading where Tab has passed: the next round finds it.
    expect(page.get_by_label("Schooljaar", exact=True)).to_be_visible()
    passed: list[str] = []
    while len(passed) < 120 and passed[-1:] != ["Schooljaar"]:
        page.keyboard.press("Tab")
        passed.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.tagName")
        )
    assert passed[-1] == "Schooljaar", f"Tab passes only {passed}"
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**schooljaar=2024-2025**")
    expect(_figure(page, LISTED)).to_have_text("13")


def test_downloads_open_elsewhere(dashboard: str, visit: Visit, tmp_path: Path) -> None:
    page = visit(f"{dashboard}/noden")
    _grid(page)
    page.get_by_role("button", name="Downloaden").first.click()
    book = load_workbook(_download(page, "Excel (XLSX)", tmp_path), read_only=True)
    cells = [value for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]
    assert "Basisschool De Acacia" in cells
    assert any(isinstance(value, float) and abs(value - 0.7416) < 1e-4 for value in cells), "numbers are numbers"
    book.close()
    data = _download(page, "CSV", tmp_path).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").splitlines()
    row = next(line for line in lines if "Basisschool De Acacia" in line)
    assert row.count(";") >= 8
    assert ";0,74;" in row


def _figure(page: Page, place: int) -> Locator:
    """Return the value of one key figure, counted from the left."""
    return page.locator('[data-testid="stMetricValue"]').nth(place)


def _grid(page: Page) -> Locator:
    """Return the first table of a page, once its cells are there and it lies still in view."""
    grid = page.locator('[data-testid="stDataFrame"]').first
    grid.locator('[role="gridcell"]').first.wait_for(state="attached")
    grid.scroll_into_view_if_needed()
    # Charts above may still take their place: wait until the grid stays where it is.
    page.wait_for_function(
        """() => {
            const top = document.querySelector('[data-testid="stDataFrame"]').getBoundingClientRect().top;
            const still = window.previousTop === top ? (window.stillFor ?? 0) + 1 : 0;
            window.previousTop = top;
            window.stillFor = still;
            return still >= 5;
        }""",
        polling=100,
    )
    return grid


def _choose(page: Page, label: str, option: str) -> None:
    box = page.get_by_label(label, exact=True)
    # As a person does: scroll first. A menu that was just opened closes again when what is under it moves.
    box.scroll_into_view_if_needed()
    box.click()
    page.get_by_role("option", name=option, exact=True).click()


def _download(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download() as waited:
        page.get_by_role("button", name=label, exact=True).click()
    path = folder / waited.value.suggested_filename
    waited.value.save_as(path)
    return path


def _violations(page: Page) -> list[str]:
    """Return what axe-core finds against WCAG and its best practices, with the element."""
    response = Axe().run(page).response
    assert len(response["passes"]) > 20, "axe must have looked at a page"
    return [f"{found['id']}: {node['html'][:200]}" for found in response["violations"] for node in found["nodes"]]
