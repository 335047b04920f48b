"""A dashboard without signing in, in a real Chromium: what others than this machine can make it show."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard import texts
from tests.e2e.conftest import LONGEST_WAIT, Visit
from tests.e2e.dashboard_server import running_dashboard
from warehouse.versions import published

pytestmark = pytest.mark.browser
expect.set_options(timeout=LONGEST_WAIT)


@pytest.fixture(scope="module")
def real_data(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented data, without the mark that says so."""
    data = tmp_path_factory.mktemp("echt") / "data"
    shutil.copytree(demo_data, data)
    with duckdb.connect(published(data)) as con:
        con.execute("update meta.versie set is_demo = false")
    return data


@pytest.fixture(scope="module")
def on_this_machine(real_data: Path) -> Iterator[str]:
    with running_dashboard(real_data, real_data.parent / "hier.txt") as address:
        yield address


def _is_refused(page: Page) -> None:
    expect(page.get_by_text(texts.NO_DEMO_HERE)).to_be_visible()
    assert page.get_by_test_id("stPageLink").count() == 0
    assert "Acacia" not in page.locator("body").inner_text()


def test_real_data_open_on_this_machine_with_a_banner(on_this_machine: str, visit: Visit) -> None:
    page = visit(f"{on_this_machine}/noden")
    expect(page.get_by_text(texts.REAL_WITHOUT_SIGN_IN)).to_be_visible()
    expect(page.get_by_label("Bekijken als")).to_be_visible()


def test_another_name_that_leads_to_this_machine_opens_nothing(on_this_machine: str, chromium: Browser) -> None:
    # As a proxy here passes on, or as a page elsewhere whose name was made to point here.
    page = chromium.new_page()
    page.goto(on_this_machine.replace("127.0.0.1", "dashboard.localhost") + "/noden")
    expect(page.locator("body")).to_contain_text("Dit adres is niet bekend.")
    page.close()


def test_nor_does_it_where_streamlit_was_started_by_hand(real_data: Path, chromium: Browser) -> None:
    log = real_data.parent / "met_de_hand.txt"
    with running_dashboard(real_data, log, script="app.py") as address:
        page = chromium.new_page()
        page.goto(address.replace("127.0.0.1", "dashboard.localhost") + "/noden")
        _is_refused(page)
        page.close()


def test_a_server_that_others_reach_opens_no_real_data_also_not_from_here(real_data: Path, visit: Visit) -> None:
    with running_dashboard(real_data, real_data.parent / "overal.txt", listen="0.0.0.0") as address:
        _is_refused(visit(f"{address}/noden"))
