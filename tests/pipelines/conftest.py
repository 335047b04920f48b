"""What the tests of the intake share: judging the bytes of one file without storing anything."""

from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.clean import Cleaned
from pipelines.intake import IntakeReport, judge_file
from warehouse.settings import load_settings

KEY = b"sleutel van de test"

#: Judges text or bytes as a file of the given name.
JudgeBytes = Callable[..., tuple[list[Cleaned], IntakeReport]]


@pytest.fixture
def judge(tmp_path: Path) -> JudgeBytes:
    def run(content: str | bytes, name: str = "levering.csv") -> tuple[list[Cleaned], IntakeReport]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return judge_file(path, name, KEY, load_settings())

    return run
