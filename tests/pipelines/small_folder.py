"""A data folder with the small deliveries loaded: what the tests of what comes after a load start from."""

from pathlib import Path

import pytest

from tests.e2e.command_line import run
from tests.made_once import made_once
from tests.pipelines.small_deliveries import ACTIVITEITEN, INSCHRIJVINGEN, INSTELLINGEN, write


def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the deliveries in `in`, and `data` with version 1 made of them: 1 to 3 in that order."""
    return made_once(tmp_path_factory, "klein", _load)


def _load(folder: Path) -> None:
    files = write(folder / "in", instellingen=INSTELLINGEN, activiteiten=ACTIVITEITEN, inschrijvingen=INSCHRIJVINGEN)
    code, printed = run(folder / "data", "laad", *map(str, files))
    assert code == 0, printed
