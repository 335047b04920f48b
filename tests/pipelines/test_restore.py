"""The runbook of backup and restore, followed step by step: its own commands, run as they stand there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.e2e.command_line import ROOT, run, status
from tests.pipelines.small_folder import small_folder

RUNBOOK = ROOT / "docs" / "runbooks" / "herstel.md"
STEP = re.compile(r"^```sh (\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def follow(step: str, data: Path, copy: Path) -> str:
    """Run one step of the runbook in a shell, after its setup; return what it printed."""
    steps = dict(STEP.findall(RUNBOOK.read_text(encoding="utf-8")))
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {
        "PATH": path,
        "STERRENWACHT_DATA": str(data),
        "KOPIE": str(copy),
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        ["bash", "-euc", steps["setup"] + steps[step]], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def figures(data: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every mart of the published version."""
    with duckdb.connect(status(data)["warehouse"], read_only=True) as con:
        marts = con.execute("select table_name from information_schema.tables where table_schema = 'mart'").fetchall()
        return {
            name: con.execute(f"select t::varchar from mart.{name} as t order by all").fetchall() for (name,) in marts
        }


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_folder(tmp_path_factory)
    assert run(folder / "data", "intrekken", "3", "--reden", "proef")[0] == 0
    return folder


def test_after_a_loss_the_same_figures_come_back_under_a_new_version(folder: Path) -> None:
    data, copy = folder / "data", folder / "kopie"
    before, counts = figures(data), status(data)["leveringen"]
    follow("backup", data, copy)
    shutil.rmtree(data)

    follow("restore", data, copy)

    assert figures(data) == before
    assert status(data)["leveringen"] == counts
    assert status(data)["versie"] == 3, "two versions were published before the loss"
    printed = follow("check", data, copy)
    assert "Versie 3, peildatum" in printed
    assert "ingetrokken op" in printed
