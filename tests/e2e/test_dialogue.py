"""Two people, two browsers, one dialogue."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import LONGEST_WAIT, Visit, drawn
from tests.e2e.dashboard_server import running_dashboard
from tests.e2e.deliveries import ACACIA

pytestmark = pytest.mark.browser
expect.set_options(timeout=LONGEST_WAIT)

MARKUP = "<b>Directie</b> wisselt <script>document.title = 'gekraakt'</script> **midden** in het jaar"


@pytest.fixture(scope="module")
def dialogue(demo_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the dialogue of one instelling; what is recorded there no other test sees."""
    data = tmp_path_factory.mktemp("dialogue") / "data"
    shutil.copytree(demo_data, data)
    with running_dashboard(data, tmp_path_factory.mktemp("server") / "log.txt") as address:
        yield f"{address}/instelling?instelling={ACACIA}&deel=Dialoog"


def test_a_remark_goes_from_the_keyboard_of_one_to_the_screen_of_another(dialogue: str, visit: Visit) -> None:
    one, other = visit(dialogue), visit(dialogue)
    _record(one, MARKUP)
    expect(one.get_by_text("Vastgelegd. Was het een vergissing?")).to_be_visible()
    other.reload()
    drawn(other)
    # As it was typed: no bold word, no script that ran.
    expect(_said(other, MARKUP)).to_be_visible()
    expect(other.get_by_text("Vastgelegd door An Peeters op")).to_be_visible()
    assert "gekraakt" not in other.title()
    _violations_are_none(other)

    _open_change(one)
    _open_change(other)
    _change(one, "Tekst van An", "An Peeters")
    expect(one.get_by_text("De wijziging is vastgelegd.")).to_be_visible()
    _change(other, "Tekst van Bo", "Bo Claes")
    expect(other.get_by_text("Niet vastgelegd: deze tekst is intussen gewijzigd.")).to_be_visible()
    expect(_said(other, "Tekst van An").first).to_be_visible()
    expect(other.get_by_label("Reden").first).to_have_value("Tekst van Bo")
    other.get_by_role("button", name="Intrekken").click()
    expect(other.get_by_text("Ingetrokken. De tekst staat nog in de geschiedenis.")).to_be_visible()
    expect(other.get_by_text("Voor deze instelling geldt nu geen signaal en geen afwijking.")).to_be_visible()


def test_the_remark_stands_beside_the_position_on_noden(dialogue: str, visit: Visit) -> None:
    page = visit(dialogue)
    _record(page, "Verhuist naar een nieuw gebouw")
    expect(page.get_by_text("Vastgelegd. Was het een vergissing?")).to_be_visible()
    noden = visit(dialogue.split("/instelling")[0] + "/noden")
    cells = noden.locator('[data-testid="stDataFrame"]').first.locator('[role="gridcell"]')
    expect(cells.filter(has_text="Verhuist naar een nieuw gebouw")).to_have_count(1)


def test_a_double_click_never_records_twice_and_downloads_hold_no_name(
    dialogue: str, visit: Visit, tmp_path: Path
) -> None:
    page = visit(dialogue)
    _fill_in(page, "Twee keer geklikt")
    said = _said(page, "Twee keer geklikt")
    page.get_by_role("button", name="Vastleggen", exact=True).dblclick()
    try:
        expect(said.first).to_be_visible(timeout=8_000)
    except AssertionError:
        # Streamlit dropped both clicks: the form is still filled in, and nothing says that it was recorded.
        page.get_by_role("button", name="Vastleggen", exact=True).click()
        expect(said.first).to_be_visible()
    page.reload()
    drawn(page)
    expect(said).to_have_count(1)
    page.locator('[class*="st-key-tabelblok-instelling-dialoog"]').get_by_text("Downloaden").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    saved = tmp_path / "dialoog.csv"
    download.value.save_as(saved)
    text = saved.read_text(encoding="utf-8-sig")
    assert "Twee keer geklikt" in text
    assert "An Peeters" not in text


def _said(page: Page, text: str) -> Locator:
    """Return what the cards of the dialogue say; the summary above them repeats it."""
    return page.locator('[class*="st-key-dialoog-"] [data-testid="stText"]').filter(has_text=text)


def _record(page: Page, reason: str) -> None:
    """Record a remark with the keyboard alone."""
    _fill_in(page, reason)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    drawn(page)


def _fill_in(page: Page, reason: str) -> None:
    page.locator("summary", has_text="Signaal of afwijking vastleggen").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Reden")).to_be_visible()
    _tab_to(page, "Reden")
    page.keyboard.type(reason)
    _tab_to(page, "Naam van wie dit vastlegt")
    page.keyboard.type("An Peeters")


def _tab_to(page: Page, label: str) -> None:
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == label:
            return
    raise AssertionError(f"Tab does not reach {label}")


def _open_change(page: Page) -> None:
    page.get_by_role("button", name="Signaal wijzigen of intrekken").click()
    expect(page.get_by_role("button", name="Wijziging vastleggen")).to_be_visible()


def _change(page: Page, reason: str, name: str) -> None:
    page.get_by_label("Reden").first.fill(reason)
    page.get_by_label("Naam van wie dit vastlegt").first.fill(name)
    page.get_by_role("button", name="Wijziging vastleggen").click()
    drawn(page)


def _violations_are_none(page: Page) -> None:
    response = Axe().run(page).response
    assert len(response["passes"]) > 20, "axe must have looked at a page"
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in response["violations"]] == []
