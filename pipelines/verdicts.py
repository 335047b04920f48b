"""What Great Expectations said of a sample before: the same rows under the same rules get the same judgement.

The verdicts lie in the folder of what was read under today's code, contracts and key, so other rules never find them.
"""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

Rows = list[dict[str, Any]]


class Verdicts:
    """The verdicts kept in one folder, a file for each sample."""

    def __init__(self, folder: Path) -> None:
        """Use this folder; it is made with the first verdict."""
        self._folder = folder
        self._judge = version("great-expectations")
        self._used: set[Path] = set()

    def find(self, table: str, sample: Path) -> Rows | None:
        """Return the rows of the verdict on a sample with these bytes, or None when it was never judged."""
        path = self._path(table, sample)
        return json.loads(path.read_text(encoding="utf-8")) if path.exists() else None

    def keep(self, table: str, sample: Path, rows: Rows) -> None:
        """Keep the verdict on a sample; a kill half-way leaves none."""
        path = self._path(table, sample)
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".deel")
        fresh.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
        fresh.replace(path)

    def forget_unused(self) -> None:
        """Remove the verdicts that nobody asked for or kept since the start: their rows were replaced."""
        for path in self._folder.glob("*"):
            if path not in self._used:
                path.unlink()

    def _path(self, table: str, sample: Path) -> Path:
        digest = hashlib.sha256(self._judge.encode() + sample.read_bytes()).hexdigest()
        path = self._folder / f"{table}-{digest[:32]}.json"
        self._used.add(path)
        return path
