"""A data manager in a real browser: a delivery with a fault comes in, is seen, withdrawn and gone back to."""

import http.client
import re
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Page, Request, expect

from dashboard.uploads import LARGEST
from tests.e2e.command_line import status
from tests.e2e.conftest import LONGEST_WAIT, Visit, drawn
from tests.e2e.dashboard_server import running_dashboard
from tests.e2e.deliveries import DOORLICHTINGEN_APRIL

pytestmark = pytest.mark.browser
expect.set_options(timeout=LONGEST_WAIT)

# Esdoorn gets 2A, and one more row has no day that can be read: with D12 two rows are in quarantine.
DELIVERY = DOORLICHTINGEN_APRIL + "D14;105627;doorlichting;ooit;;;1A;;;;;\n"
MANDATORY = 1  # the second key figure of Noden


@pytest.fixture
def data(demo_data: Path, tmp_path: Path) -> Path:
    shutil.copytree(demo_data, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def dashboard(data: Path, tmp_path: Path) -> Iterator[str]:
    with running_dashboard(data, tmp_path / "log.txt") as address:
        yield address
    assert "Traceback" not in (tmp_path / "log.txt").read_text(encoding="utf-8")


def test_a_delivery_is_brought_in_seen_withdrawn_and_gone_back_from(
    dashboard: str, data: Path, visit: Visit, tmp_path: Path
) -> None:
    reader = visit(f"{dashboard}/noden")
    expect(_figure(reader, MANDATORY)).to_have_text("4")
    page = visit(f"{dashboard}/leveringen")
    _what_is_too_large_is_refused_in_dutch(page, tmp_path / "te groot.csv")
    file = {"name": "../doorlichtingen; april.csv", "mimeType": "text/csv", "buffer": DELIVERY.encode()}
    with page.expect_request(re.compile("upload_file")) as upload:
        page.locator('[data-testid="stFileUploader"] input').set_input_files(file)
    _the_server_takes_no_more_than_the_limit(upload.value)
    expect(page.get_by_label("doorlichtingen; april.csv weglaten")).to_be_visible()
    page.get_by_role("button", name="Nakijken wat er verandert").click()
    expect(page.get_by_role("heading", name="Fouten: 2")).to_be_visible()
    drawn(page)
    assert [_figure(page, place).inner_text() for place in range(4)] == ["1", "0", "0", "2"]
    _violations_are_none(page)
    assert status(data)["versie"] == 1, "nothing has changed yet"

    page.get_by_role("button", name="Laden en publiceren").click()
    expect(page.get_by_text("de opdracht gaat gewoon door")).to_be_visible()
    page.close()  # a load does not need its page
    page = visit(f"{dashboard}/leveringen")
    expect(page.get_by_text("Versie 2 is gepubliceerd")).to_be_visible()
    expect(page.get_by_role("heading", name="Hoofdcijfers voor en na")).to_be_visible()
    drawn(page)
    _violations_are_none(page)
    reader.reload()
    expect(_figure(reader, MANDATORY)).to_have_text("5")
    _workbook_marks_the_fault(page)
    page.get_by_role("button", name="Bericht sluiten").click()

    page.get_by_role("tab", name="Geschiedenis").click()
    expect(page.get_by_role("heading", name="Eén levering")).to_be_visible()
    page.get_by_text("Deze levering intrekken").click()
    page.get_by_label("Reden").fill("verkeerd bestand; $(rm) --json")
    page.get_by_role("button", name="Intrekken en opnieuw bouwen").click()
    expect(page.get_by_text("Versie 3 is gepubliceerd")).to_be_visible()
    reader.reload()
    expect(_figure(reader, MANDATORY)).to_have_text("4")
    # The table of what happened, below, says it too.
    expect(page.locator("p").filter(has_text="verkeerd bestand; $(rm) --json")).to_be_visible()
    page.get_by_role("button", name="Bericht sluiten").click()

    page.get_by_role("tab", name="Versies").click()
    expect(page.get_by_role("heading", name="Bewaarde versies: 3")).to_be_visible()
    page.get_by_role("button", name="Deze versie aan iedereen tonen").click()
    expect(page.get_by_text("Versie 2 is gepubliceerd")).to_be_visible()
    assert status(data)["versie"] == 2
    reader.reload()
    expect(_figure(reader, MANDATORY)).to_have_text("5")


def _what_is_too_large_is_refused_in_dutch(page: Page, file: Path) -> None:
    """Choose a file above the limit, which the browser does not send, and leave it out again."""
    with file.open("wb") as empty:
        empty.truncate(LARGEST * 1024 * 1024 + 1)
    refusal = f"Te groot: hoogstens {LARGEST} MB. Laad wat groter is met de opdrachtregel."
    page.locator('[data-testid="stFileUploader"] input').set_input_files(file)
    expect(page.get_by_test_id("stFileUploader").get_by_role("alert")).to_have_text(f"Fout: {refusal}")
    page.get_by_test_id("stTooltipErrorHoverTarget").hover()
    expect(page.get_by_test_id("stTooltipErrorContent")).to_have_text(refusal)
    page.get_by_label("te groot.csv weglaten").click()
    expect(page.get_by_test_id("stFileChip")).to_have_count(0)


def _the_server_takes_no_more_than_the_limit(upload: Request) -> None:
    """Ask again what the page asked, with its token, for a file that is larger than allowed."""
    sent = upload.all_headers()
    address = urlsplit(upload.url)
    for size in (LARGEST * 1024 * 1024 + 1, 10**15):
        connection = http.client.HTTPConnection(address.netloc, timeout=60)
        connection.putrequest(upload.method, f"{address.path}x", skip_host=True)
        for name in ("host", "origin", "cookie", "x-xsrftoken", "content-type"):
            connection.putheader(name, sent[name])
        connection.putheader("content-length", str(size))
        connection.endheaders()
        assert connection.getresponse().status == 413
        connection.close()


def _workbook_marks_the_fault(page: Page) -> None:
    page.get_by_role("button", name="Quarantainebestand van").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="opslaan (XLSX)").click()
    assert download.value.suggested_filename == "quarantaine_doorlichtingen_ april.xlsx"
    book = load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    assert book.sheetnames[0] == "Toelichting"
    rows = [row for sheet in book.worksheets[1:] for row in sheet.iter_rows()]
    (day,) = [cell for row in rows for cell in row if cell.value == "ooit"]
    assert day.fill.fill_type == "solid"


def _figure(page: Page, place: int):
    return page.locator('[data-testid="stMetricValue"]').nth(place)


def _violations_are_none(page: Page) -> None:
    response = Axe().run(page).response
    assert len(response["passes"]) > 20, "axe must have looked at a page"
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in response["violations"]] == []
