"""A PNG of every page, wide and narrow, light and dark: `python -m tests.e2e.schermen MAP`.

Shows the published data of STERRENWACHT_DATA; without that variable, demo data made in a temporary folder.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from dashboard.registry import ENTRIES
from pipelines.cli import main as sterrenwacht
from tests.chromium import ARGUMENTS, chromium_path
from tests.e2e.dashboard_server import running_dashboard
from warehouse import versions
from warehouse.connection import open_read_only

WIDTHS = (1440, 390)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LONGEST_WAIT = 120_000  # milliseconds
TALLEST = 20_000  # pixels; a page longer than this is cut off in the picture

# Nobody's need is greatest by accident: the page of the first in the ranking has most to show.
FIRST = """
    select instellingsnummer from mart.noden
    where schooljaar = (select max(schooljaar) from mart.noden) order by rang limit 1
"""


def write_screens(data: Path, folder: Path) -> list[Path]:
    """Write a picture of every page of the dashboard on this data folder and return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    published = versions.published(data)
    assert published is not None
    with open_read_only(published) as con:
        first = con.execute(FIRST).fetchall()[0][0]
    written = []
    log = folder / "server.log"
    with sync_playwright() as playwright, running_dashboard(data, log) as address:
        browser = playwright.chromium.launch(executable_path=chromium_path(playwright), args=ARGUMENTS)
        for width in WIDTHS:
            for theme in THEMES:
                for entry in ENTRIES:
                    tail = f"?instelling={first}" if entry.key == "instelling" else ""
                    path = folder / f"{entry.key}-{width}-{theme}.png"
                    _write_screen(browser, f"{address}/{entry.key}{tail}", path, width, theme)
                    written.append(path)
        browser.close()
    log.unlink()
    return written


def _write_screen(browser: Browser, address: str, path: Path, width: int, theme: Literal["light", "dark"]) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, locale="nl-BE")
    context.set_default_timeout(LONGEST_WAIT)
    page = context.new_page()
    page.goto(address)
    page.locator("h1").first.wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    # The page scrolls within its own main part: a window as tall as that part shows all of it.
    _wait_until_still(page)
    height = page.evaluate("document.querySelector('[data-testid=\"stMain\"]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(int(height) + 20, TALLEST)})
    _wait_until_still(page)
    page.screenshot(path=path)
    context.close()


def _wait_until_still(page: Page) -> None:
    """Wait until the page has kept its height, its charts and its tables for a while."""
    page.wait_for_function(
        """() => {
            const main = document.querySelector('[data-testid="stMain"]');
            const drawn = document.querySelectorAll('.js-plotly-plot .main-svg, canvas').length;
            const state = main.scrollHeight + ' ' + drawn;
            window.stillFor = window.previousState === state ? (window.stillFor ?? 0) + 1 : 0;
            window.previousState = state;
            return window.stillFor >= 8;
        }""",
        polling=150,
    )


def main() -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(description="Schrijf een PNG van elke pagina.")
    parser.add_argument("map", type=Path, help="map voor de afbeeldingen")
    folder = parser.parse_args().map
    with tempfile.TemporaryDirectory() as temporary:
        if "STERRENWACHT_DATA" not in os.environ:
            os.environ["STERRENWACHT_DATA"] = str(Path(temporary) / "data")
            deliveries = str(Path(temporary) / "leveringen")
            sterrenwacht(["demo", "--naar", deliveries])
            sterrenwacht(["laad", deliveries])
        data = versions.data_folder()
        if versions.published(data) is None:
            print(f"Er is niets gepubliceerd in {data}.", file=sys.stderr)
            return 1
        written = write_screens(data, folder)
    print(f"{len(written)} afbeeldingen geschreven in {folder}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
