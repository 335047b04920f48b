"""Progress: a bar on the terminal, or a JSON line a step for a program that waits."""

import json
import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn


class ProgressBar:
    """Shows one bar per phase on standard error; hidden when the answer is for a program."""

    def __init__(self, *, hidden: bool = False) -> None:
        """Make the bar; it appears with the first step."""
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            disable=hidden or not sys.stderr.isatty(),
        )
        self._phases: dict[str, TaskID] = {}

    def __enter__(self) -> "ProgressBar":
        """Start showing."""
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop showing."""
        self._progress.stop()

    def step(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` is finished; the models of a build share one phase."""
        phase = phase_of(what)
        if phase not in self._phases:
            self._phases[phase] = self._progress.add_task(phase, total=total)
        self._progress.update(self._phases[phase], completed=done, total=total)


class ProgressLines:
    """Writes every step as a JSON line on standard error: {"stap", "plaats", "van"}."""

    def __enter__(self) -> "ProgressLines":
        """Return itself: there is nothing to start."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave: every line was written at once."""

    def step(self, what: str, done: int, total: int) -> None:
        """Write that `done` of `total` is finished."""
        sys.stderr.write(json.dumps({"stap": phase_of(what), "plaats": done, "van": total}, ensure_ascii=False) + "\n")
        sys.stderr.flush()


def phase_of(what: str) -> str:
    """Return the phase a step belongs to: the models of a build share one."""
    return "modellen bouwen" if what.startswith(("staging.", "core.", "mart.")) else what
