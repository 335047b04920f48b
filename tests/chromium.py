"""Where the Chromium of the browser tests is: the system's, else the one Playwright installed."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Without the background flags Chromium looks up outside hosts at every start.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path(playwright: Playwright) -> str | None:
    """Return the path of a Chromium that can be started, or None."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    own = Path(playwright.chromium.executable_path)
    return found or (str(own) if own.exists() else None)


if __name__ == "__main__":
    with sync_playwright() as playwright:
        path = chromium_path(playwright)
    print(path or "Geen Chromium gevonden. Installeer het met: sudo apt-get install chromium")
    sys.exit(0 if path else 1)
