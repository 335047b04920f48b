"""The log of a data folder: which command ran, how it ended, how long it took; faults by type and place.

Messages of faults are left out: they may quote a value from a delivery. Files turn over, so the log never fills a disk.
"""

import datetime as dt
import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

LARGEST, KEPT = 1_000_000, 5


def log_path(data_folder: Path) -> Path:
    """Return the file that is written now; older ones end in .1 to .5."""
    return data_folder / "logboek" / "sterrenwacht.log"


def record_run(data_folder: Path, command: str, code: int, seconds: float) -> None:
    """Write that a command ended; a folder that is not there is not made for it."""
    if not data_folder.is_dir():
        return
    try:
        with _logger(data_folder) as logger:
            logger.info("%s: code %d, %.1f s", command, code, seconds)
    except OSError:
        # A command that did its work has not failed because of its log; a fault tells so when it cannot be logged.
        return


def record_fault(data_folder: Path, error: BaseException) -> str | None:
    """Write the types and places of a fault and its causes; return its number, or None when that is not possible."""
    number = f"{dt.datetime.now():%Y%m%d%H%M%S}"
    try:
        with _logger(data_folder) as logger:
            logger.error("fout %s\n%s", number, _places(error))
    except OSError:
        return None
    return number


def _places(error: BaseException) -> str:
    lines: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        lines += [f"{type(cause).__module__}.{type(cause).__name__}", *traceback.format_tb(cause.__traceback__)]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(line.rstrip() for line in lines)


@contextmanager
def _logger(data_folder: Path) -> Iterator[logging.Logger]:
    """Yield a logger that writes into the folder and lets go of its file afterwards."""
    path = log_path(data_folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = _Handler(path, maxBytes=LARGEST, backupCount=KEPT, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.Logger("sterrenwacht")
    logger.addHandler(handler)
    try:
        yield logger
    finally:
        handler.close()


class _Handler(RotatingFileHandler):
    """A file that turns over; what cannot be written is raised, not printed."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name that logging gives it
        """Raise the error that is being handled."""
        raise
