"""The command line as a process of its own: what changes the warehouse never runs inside the dashboard.

A page asks (`ask`) and waits, or starts (`start`) and looks again later. What was started goes on when the page is
drawn again, when its tab is closed and when the dashboard stops: it writes to files, not to a pipe that could break,
and has a session of its own. Arguments are a list and no shell reads them.
"""

import json
import logging
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from warehouse import versions

log = logging.getLogger(__name__)

PROGRAM = (sys.executable, "-m", "pipelines.cli")
ROOT = Path(__file__).resolve().parents[1]

#: Seconds. A question takes two; a build of a hundred times today's network takes minutes, and may have to wait.
SHORT, LONG = 60.0, 3_600.0
#: Seconds that a command gets to end by itself when it is stopped.
_PATIENCE = 10.0
#: Seconds that an answer of `asked` is kept: a load by the command line refuses files without a new version.
_FRESH = 20.0
#: Exit codes that are an answer: all taken, rows in quarantine, a file refused, not published.
_ANSWERS = frozenset({0, 3, 4, 5})
#: The exit code where another version was published than the one that was compared with: nothing was done.
MOVED_ON = 6
#: Exit codes that may come with a sentence instead of an answer.
_EXPLAINED = frozenset({1, 3, 4, 5, MOVED_ON})
#: Commands that changed something and whose outcome can still be asked for.
_REMEMBERED = 5

UNEXPECTED = (
    "De opdracht is onverwacht gestopt. {published} Probeer opnieuw; blijft de fout, geef dan foutnummer {number} door "
    "aan wie het dashboard beheert."
)
TOO_LONG = (
    "De opdracht duurde te lang en is gestopt. {published} Probeer opnieuw; duurt het weer te lang, geef dan "
    "foutnummer {number} door aan wie het dashboard beheert."
)
SAME_VERSION = "Wat gepubliceerd is, is niet gewijzigd."
OTHER_VERSION = "Sinds het begin ervan is een andere versie gepubliceerd."
STOPPED = "De opdracht is gestopt. Er is niets gewijzigd."


@dataclass(frozen=True)
class Answer:
    """What a command answered: its JSON object, or (`data` is empty) the sentence that says why there is none."""

    code: int
    data: dict[str, Any] = field(default_factory=dict)
    sentence: str = ""

    @property
    def is_understood(self) -> bool:
        """Whether the command did what it is for, be it with rows or files that it refused."""
        return bool(self.data)


@dataclass(frozen=True)
class Progress:
    """How far a command is: the step it is at, its place in that step, and what it said meanwhile."""

    step: str = ""
    place: int = 0
    total: int = 0
    said: str = ""

    @property
    def share(self) -> float:
        """The part of this step that is done, from 0 to 1."""
        return min(self.place / self.total, 1.0) if self.total > 0 else 0.0


class Command:
    """One run of the command line. Make it with `start`."""

    def __init__(
        self,
        arguments: Sequence[str],
        title: str,
        who: str,
        limit: float,
        at_end: Callable[[Answer], None] | None,
        program: Sequence[str],
    ) -> None:
        """Start the process; `at_end` is called once with what it answered, however it ended."""
        self.title, self.who, self.began = title, who, datetime.now()
        #: What an address can call it by; nobody can guess it.
        self.code = secrets.token_hex(8)
        self.ended: datetime | None = None
        self.arguments = tuple(arguments)
        self._limit, self._at_end = limit, at_end
        self._folder = Path(tempfile.mkdtemp(prefix="sterrenwacht-opdracht-"))
        self._is_stopped = False
        self._answer: Answer | None = None
        self._last = Progress()
        self._before = versions.published(versions.data_folder())
        with self._output.open("wb") as output, self._said.open("wb") as said:
            self._process = subprocess.Popen(
                [*program, *self.arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=said,
                cwd=ROOT,
                env=_environment(),
                start_new_session=True,
            )
        # Not the page but a thread waits: a page that nobody looks at any more never runs again.
        self._waiter = Thread(target=self._wait, daemon=True, name=f"wacht op {self.arguments[0]}")
        self._waiter.start()

    @property
    def is_running(self) -> bool:
        """Whether the answer is still to come."""
        return self._answer is None

    @property
    def answer(self) -> Answer | None:
        """What the command answered; None while it runs."""
        return self._answer

    @property
    def progress(self) -> Progress:
        """How far it is, by the last line that it wrote."""
        try:
            text = self._said.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return self._last  # it has just ended
        self._last = _progress(text)
        return self._last

    def wait(self, seconds: float | None = None) -> Answer | None:
        """Wait for the answer, at most so many seconds."""
        self._waiter.join(seconds)
        return self._answer

    def stop(self) -> None:
        """End the process; a load that is cut short has changed nothing that is published."""
        self._is_stopped = True
        _end(self._process)

    @property
    def _output(self) -> Path:
        return self._folder / "antwoord.json"

    @property
    def _said(self) -> Path:
        return self._folder / "voortgang.jsonl"

    def _wait(self) -> None:
        is_late = False
        try:
            code = self._process.wait(self._limit)
        except subprocess.TimeoutExpired:
            is_late = True
            code = _end(self._process)
        answer = _answer(
            self.arguments[0],
            code,
            self._output.read_text(encoding="utf-8", errors="replace"),
            self._said.read_text(encoding="utf-8", errors="replace"),
            self._before,
            is_late=is_late,
        )
        answer = Answer(code, {}, STOPPED) if self._is_stopped and not answer.data else answer
        self._last = self.progress
        shutil.rmtree(self._folder, ignore_errors=True)
        try:
            if self._at_end:
                self._at_end(answer)
        finally:
            self.ended = datetime.now()
            self._answer = answer


_lock = Lock()
_changing: list[Command] = []
_kept: dict[tuple[str, ...], tuple[float, Answer]] = {}


def start(
    arguments: Sequence[str],
    *,
    title: str,
    who: str = "",
    is_change: bool = True,
    has_progress: bool = True,
    limit: float = LONG,
    at_end: Callable[[Answer], None] | None = None,
    program: Sequence[str] = PROGRAM,
) -> Command:
    """Start a command with progress and return it at once.

    `title` says what is being done; a quick command may tell no progress. One that `is_change` is known to every
    session of this dashboard: see `running`.
    """
    told = ["--json", "--voortgang"] if has_progress else ["--json"]
    command = Command([*arguments, *told], title, who, limit, at_end, program)
    if is_change:
        with _lock:
            _changing.append(command)
            ended = [item for item in _changing if not item.is_running]
            for item in ended[:-_REMEMBERED]:
                _changing.remove(item)
    return command


def running() -> list[Command]:
    """Return the commands that are changing something, of all sessions, in the order in which they get their turn."""
    with _lock:
        return [command for command in _changing if command.is_running]


def called(code: str) -> Command | None:
    """Return the command of this code, of those that change something; None for none that is still known."""
    with _lock:
        return next((command for command in _changing if command.code == code), None)


def latest() -> Command | None:
    """Return the command that ended last of those that change something; None when none did since the start."""
    with _lock:
        ended = [command for command in _changing if not command.is_running]
    # Not the one that began last: which of two that wait gets its turn first is not settled.
    return max(ended, key=lambda command: command.ended or command.began, default=None)


def ask(*arguments: str, limit: float = SHORT, program: Sequence[str] = PROGRAM) -> Answer:
    """Run a short command and return what it answered."""
    before = versions.published(versions.data_folder())
    process = subprocess.Popen(
        [*program, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=_environment(),
        encoding="utf-8",
        errors="replace",
    )
    with process:
        try:
            output, said = process.communicate(timeout=limit)
        except subprocess.TimeoutExpired:
            _end(process)
            output, said = process.communicate()
            return _answer(arguments[0], process.returncode, output, said, before, is_late=True)
    return _answer(arguments[0], process.returncode, output, said, before)


def asked(*arguments: str) -> Answer:
    """Return the answer to a question; one of just before, where nothing changed since."""
    folder = versions.data_folder()
    last = latest()
    key = (*arguments, str(folder.resolve()), str(versions.published(folder)), str(last.ended if last else None))
    moment = time.monotonic()
    with _lock:
        for old in [old for old, (then, _) in _kept.items() if moment - then > _FRESH]:
            del _kept[old]
        if key in _kept:
            return _kept[key][1]
    answer = ask(*arguments)
    if answer.is_understood:
        with _lock:
            _kept[key] = (time.monotonic(), answer)
    return answer


def option(name: str, value: str) -> str:
    """Return an option with its value as one argument, whatever the value begins with; control signs become spaces."""
    printable = "".join(sign if sign.isprintable() else " " for sign in value)
    return f"--{name}={' '.join(printable.split())}"


def _environment() -> dict[str, str]:
    # The child stands in the folder of the code, so that it finds it; a relative data folder is told in full.
    return os.environ | {
        "STERRENWACHT_DATA": str(versions.data_folder().resolve()),
        "PYTHONIOENCODING": "utf-8",
        "PYTHONUNBUFFERED": "1",
    }


def _end(process: subprocess.Popen[Any]) -> int:
    """End a process, by force when it does not do so itself, and return its exit code."""
    process.terminate()
    try:
        return process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def _progress(text: str) -> Progress:
    """Return the last whole step in what a command wrote, and its last sentence."""
    last, sentences = Progress(), ""
    for line in text.splitlines(keepends=True):
        if not line.endswith("\n"):
            break  # still being written
        step = _object(line)
        if step is None:
            sentences = line.strip() or sentences
        else:
            last = Progress(str(step.get("stap", "")), _whole(step.get("plaats")), _whole(step.get("van")))
            sentences = ""
    return Progress(last.step, last.place, last.total, sentences)


def _answer(name: str, code: int, output: str, said: str, before: Path | None, *, is_late: bool = False) -> Answer:
    found = _object(output)
    if found and code in _ANSWERS:
        return Answer(code, found)
    sentence = " ".join(line.strip() for line in said.splitlines() if line.strip() and _object(line) is None)
    if found and found.get("fout") and code in _EXPLAINED and not is_late:
        return Answer(code, {}, str(found["fout"]))
    # A command that could not do what was asked says why; one that was killed or that broke does not.
    if code in _EXPLAINED and sentence and "Traceback" not in said and not is_late:
        return Answer(code, {}, sentence)
    number = secrets.token_hex(4)
    log.error("Opdracht %s eindigde met code %s, foutnummer %s: %s", name, code, number, said[-4_000:])
    # What stops after publishing has published.
    published = SAME_VERSION if versions.published(versions.data_folder()) == before else OTHER_VERSION
    return Answer(code, {}, (TOO_LONG if is_late else UNEXPECTED).format(published=published, number=number))


def _object(text: str) -> dict[str, Any] | None:
    """Return the JSON object that a text is, or None."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0
