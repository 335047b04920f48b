"""The command line as others call it: run in this process or in one of its own, against one data folder."""

import contextlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.cli import main
from tests.kept_judge import keep_judge
from warehouse.versions import HR, file_beside

ROOT = Path(__file__).resolve().parents[2]


def run(data: Path, *arguments: str) -> tuple[int, str]:
    """Run one command in this process on a data folder; return its exit code and what it printed."""
    printed = io.StringIO()
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(printed):
        patch.setenv("STERRENWACHT_DATA", str(data))
        keep_judge(patch)
        code = main(list(arguments))
    return code, printed.getvalue()


def status(data: Path) -> dict[str, Any]:
    """Return what `status --json` prints."""
    code, printed = run(data, "status", "--json")
    assert code == 0
    return json.loads(printed)


def start(data: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own, so that whatever it leaves behind can be found."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", *arguments],
        cwd=ROOT,
        env=os.environ | {"STERRENWACHT_DATA": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def hr_file(data: Path) -> Path:
    """Return the file with the staff of the published version."""
    return file_beside(Path(status(data)["warehouse"]), HR)
