"""The lines of the access log whose time is over. The log belongs to the dashboard, so its own program removes them."""

import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = "state.retention"
#: Seconds; a log of years is gone through in one.
LONGEST = 120.0
ROOT = Path(__file__).resolve().parents[1]
LOG_UNREACHABLE = "Het toegangslog is niet bereikbaar: er werd niets uit verwijderd."


def remove_old_lines(data_folder: Path, settings: dict[str, Any]) -> int | None:
    """Remove the lines older than `toegangslog.bewaarjaren` and return how many; None when the log is out of reach."""
    years = str(settings["toegangslog"]["bewaarjaren"])
    try:
        done = subprocess.run(
            [sys.executable, "-m", PROGRAM, str(data_folder.resolve()), years],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return int(done.stdout) if done.returncode == 0 else None
