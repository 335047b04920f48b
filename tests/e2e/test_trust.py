"""What lets a reader trust a figure, in a real Chromium: its version, its state, its definition."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.e2e.command_line import start
from tests.e2e.conftest import LONGEST_WAIT, Visit, drawn
from tests.e2e.dashboard_server import running_dashboard
from tests.e2e.deliveries import DOORLICHTINGEN_APRIL, write_text

pytestmark = pytest.mark.browser
expect.set_options(timeout=LONGEST_WAIT)


@pytest.fixture(scope="module")
def dashboard(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Two versions: in the second, one instelling more has trap 'verplicht'."""
    folder = tmp_path_factory.mktemp("versies")
    data = folder / "data"
    shutil.copytree(demo_data, data)
    delivery = folder / "doorlichtingen april.csv"
    write_text(delivery, DOORLICHTINGEN_APRIL, "utf-8", "\n")
    assert start(data, "laad", str(delivery)).wait(LONGEST_WAIT / 1000 * 2) == 3
    with running_dashboard(data, folder / "log.txt") as address:
        yield address


def test_an_earlier_version_goes_along_to_other_pages_and_a_button_leads_back(dashboard: str, visit: Visit) -> None:
    page = visit(f"{dashboard}/noden?versie=1")
    mandatory = page.locator('[data-testid="stMetricValue"]').nth(1)
    notice = page.get_by_text(re.compile("Niet meer de laatste gegevens: dit is versie 1, .*; versie 2 is de nieuwste"))
    expect(notice).to_be_visible()
    expect(mandatory).to_have_text("4")
    sidebar = page.get_by_test_id("stSidebarUserContent")
    sidebar.get_by_role("link", name="Bereik").click()
    page.wait_for_url("**/bereik?**versie=1**")
    expect(notice).to_be_visible()
    page.get_by_role("button", name="Naar de nieuwste gegevens").click()
    page.wait_for_url(re.compile("/bereik$"))
    expect(sidebar.get_by_text("Gegevensversie 2")).to_be_visible()
    expect(notice).to_have_count(0)


def test_a_version_chosen_in_the_sidebar_stands_in_the_address(dashboard: str, visit: Visit) -> None:
    page = visit(f"{dashboard}/noden")
    expect(page.locator('[data-testid="stMetricValue"]').nth(1)).to_have_text("5")
    choice = page.get_by_label("Versie van de gegevens", exact=True)
    # As a person does: scroll first. A menu that was just opened closes again when what is under it moves.
    choice.scroll_into_view_if_needed()
    choice.click()
    page.get_by_role("option", name=re.compile("^Versie 1, ")).click()
    page.wait_for_url("**versie=1**")
    expect(page.locator('[data-testid="stMetricValue"]').nth(1)).to_have_text("4")


def test_state_under_a_figure_leads_to_its_checks(dashboard: str, visit: Visit) -> None:
    page = visit(f"{dashboard}/noden?versie=1")
    state = page.get_by_role("link", name=re.compile("^gegevens: ")).first
    with page.context.expect_page() as opened:
        state.click()
    checks = drawn(opened.value)
    assert re.search(r"/datakwaliteit\?(bron|pagina)=.*versie=1", checks.url)
    expect(checks.get_by_role("heading", name="Datakwaliteit", exact=True)).to_be_visible()


def test_definition_under_a_figure_leads_to_the_glossary(dashboard: str, visit: Visit) -> None:
    page = visit(f"{dashboard}/noden")
    page.get_by_text("Over deze cijfers").click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Rang", exact=True).click()
    glossary = drawn(opened.value)
    assert "/definities?mart=noden&zoek=rang" in glossary.url
    expect(glossary.get_by_label("Zoek in naam, definitie of bron")).to_have_value("rang")
