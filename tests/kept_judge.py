"""One judging process for all the commands that a test process runs: importing Great Expectations costs two seconds.

What it judges, and how, is what it is for every command; a process of its own for each is what the commands of
`tests.e2e.command_line.start` have.
"""

import atexit
from pathlib import Path
from typing import Any

import pytest

from pipelines import check, key_rotation, load, person_removal, withdrawal
from pipelines.validation import Judge


class _KeptJudge(Judge):
    """A judge that goes on after the block, unless a question was left without its answer."""

    _unanswered = 0

    def ask(self, contract: str, sample: Path) -> None:
        self._unanswered += 1
        super().ask(contract, sample)

    def answer(self) -> list[dict[str, Any]]:
        rows = super().answer()
        self._unanswered -= 1
        return rows

    def __exit__(self, *error: object) -> None:
        if self._unanswered:
            self.end()

    def end(self) -> None:
        super().__exit__(None, None, None)
        self._process, self._unanswered = None, 0


_judge = _KeptJudge()
atexit.register(_judge.end)


def keep_judge(patch: pytest.MonkeyPatch) -> None:
    """Have every command ask the judge that is kept."""
    for module in (check, key_rotation, load, person_removal, withdrawal):
        patch.setattr(module, "Judge", lambda: _judge)
