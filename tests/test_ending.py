"""What the tests leave behind when they end: nothing."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: A process that imports what drives pages, and ends as the tests do.
ENDING = "import streamlit.testing.v1.app_test; from tests.conftest import pytest_unconfigure; pytest_unconfigure()"


def test_no_folder_is_left_for_the_end_of_the_process() -> None:
    command = [sys.executable, "-W", "error::ResourceWarning", "-c", ENDING]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
