"""Reading files ahead of their turn, in a process of its own, so that a load or build of many uses two processors.

The process takes files from the end of the list while the load takes them from its beginning. All it does is read them
into the cache of read deliveries (`pipelines.intake`), where the load finds them when it gets there. Numbers, archive,
receipts and sentences are the load's alone, file after file, whatever was read ahead. A file that could not be read
ahead is read by the load, which says what is wrong with it.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Condition, Thread
from types import TracebackType
from typing import Any

from pipelines.archive import fingerprint
from pipelines.delivered_files import own_name
from pipelines.intake import Intake

#: From how many files and megabytes together a second process is worth its start: each takes some hundredths of a
#: second to read, the start half a second.
WORTH = 40
#: Two large files at once would take twice the memory; a larger one is read by the load, alone.
LARGEST = 256_000_000


class ReadAhead:
    """Reads the files ahead. Use as a context manager: the process ends with the block, and with this process."""

    def __init__(
        self,
        paths: Sequence[Path],
        data_folder: Path,
        intake: Intake,
        known: Collection[str] = (),
        names: Mapping[Path, str] | None = None,
    ) -> None:
        """Prepare for these files in this order; those whose SHA-256 is `known` were loaded before.

        `names` tells what a file was called where its path does not, as in the archive.
        """
        self._waiting = list(paths)
        self._reading: Path | None = None
        self._turn = Condition()
        self._known = frozenset(known)
        self._names = names or {}
        self._start = {"map": str(data_folder), "sleutel": intake.key.hex(), "instellingen": intake.settings}
        self.process: subprocess.Popen[str] | None = None
        self._thread: Thread | None = None

    def __enter__(self) -> "ReadAhead":
        """Begin, where that is worth it."""
        if (os.cpu_count() or 1) > 1 and _is_worth_it(self._waiting):
            self.process = subprocess.Popen(
                [sys.executable, "-m", "pipelines.read_ahead"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
            )
            self._thread = Thread(target=self._hand_over, args=(self.process,), daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process; what it was reading is read again when it is needed."""
        with self._turn:
            self._waiting.clear()
        if self.process is not None and self._thread is not None:
            self.process.kill()
            self.process.wait()
            self._thread.join()

    def wait_for(self, path: Path) -> None:
        """Take the turn of a file: it is read ahead no more, and when that is being done, this waits until it is."""
        with self._turn:
            if path in self._waiting:
                self._waiting.remove(path)
            self._turn.wait_for(lambda: self._reading != path)

    def _hand_over(self, process: subprocess.Popen[str]) -> None:
        """Hand over the last file that waits, and the next one when it was read; runs in a thread."""
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            with process.stdin, process.stdout:
                _write(process.stdin, self._start)
                while (path := self._next()) is not None:
                    sha256 = _fingerprint(path)
                    if sha256 is not None and sha256 not in self._known:
                        _write(process.stdin, {"pad": str(path), "naam": self._name(path), "sha256": sha256})
                        if not process.stdout.readline():
                            return  # the process ended: the load reads the rest itself
        except BrokenPipeError:
            return
        finally:
            self._read(None)

    def _name(self, path: Path) -> str:
        return self._names[path] if path in self._names else own_name(path)

    def _next(self) -> Path | None:
        with self._turn:
            path = self._waiting.pop() if self._waiting else None
        self._read(path)
        return path

    def _read(self, path: Path | None) -> None:
        with self._turn:
            self._reading = path
            self._turn.notify_all()


def _is_worth_it(paths: Sequence[Path]) -> bool:
    sizes = [path.stat().st_size for path in paths if path.is_file()]
    return len(sizes) > 1 and len(sizes) + sum(sizes) / 1e6 >= WORTH


def _fingerprint(path: Path) -> str | None:
    """Return the SHA-256 of a file; None where it is too large, no plain file (a pipe) or closed."""
    try:
        return fingerprint(path) if path.is_file() and path.stat().st_size <= LARGEST else None
    except OSError:
        return None  # the load meets the same fault at the file's turn, and tells it


def _write(stream: Any, message: dict[str, Any]) -> None:
    stream.write(json.dumps(message) + "\n")
    stream.flush()


def _serve() -> None:
    """Read the files on standard input into the cache, until it closes."""
    # An interrupt is for the load, which ends this process.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    start = json.loads(sys.stdin.readline())
    intake = Intake(Path(start["map"]), bytes.fromhex(start["sleutel"]), start["instellingen"])
    asked: SimpleQueue[dict[str, str]] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    while True:
        file = asked.get()
        answer = {"fout": ""}
        try:
            intake.take_in(Path(file["pad"]), file["naam"], file["sha256"])
        except Exception as error:  # noqa: BLE001 - the load meets it too, and tells it
            answer = {"fout": type(error).__name__}
        _write(sys.stdout, answer)


def _listen(asked: "SimpleQueue[dict[str, str]]") -> None:
    """Pass on what is asked; when nobody can ask any more, end at once, also in the middle of a file."""
    for line in sys.stdin:
        asked.put(json.loads(line))
    os._exit(0)


if __name__ == "__main__":
    _serve()
