"""The user's interrupt (Ctrl+C), told apart from a fault."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from types import FrameType


@contextmanager
def interrupt_held() -> Iterator[None]:
    """Hold an interrupt until the block is done, and raise KeyboardInterrupt then: for importing, which is soon done.

    Python raises an interrupt in whatever runs. Within an import that may be where nothing can be raised: it is then
    told as a fault in English, and lost.
    """
    if not _interrupts():
        yield
        return
    interrupted = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True

    signal.signal(signal.SIGINT, note)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if interrupted:
        raise KeyboardInterrupt


def _interrupts() -> bool:
    """Whether Ctrl+C raises here: not in a thread, and not where interrupts are ignored."""
    return current_thread() is main_thread() and signal.getsignal(signal.SIGINT) is signal.default_int_handler


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise KeyboardInterrupt for whatever stops the block once the user has interrupted it.

    In the middle of a query DuckDB makes a RuntimeError of an interrupt. Who started this process with interrupts
    ignored keeps it so; a thread gets none.
    """
    if not _interrupts():
        yield
        return
    interrupted = False

    def note(number: int, frame: FrameType | None) -> None:
        nonlocal interrupted
        interrupted = True
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, note)
    try:
        yield
    except Exception as error:
        if interrupted:
            raise KeyboardInterrupt from error
        raise
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
