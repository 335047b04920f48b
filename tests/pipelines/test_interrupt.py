"""An interrupt is told apart from a fault, whatever it was in the middle of."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread, Timer

import duckdb
import pytest

from pipelines.interrupt import interrupt_held, interruptible


def work_on() -> None:
    """Query for a minute: in the middle of a query an interrupt is a RuntimeError, between two it is itself."""
    ends = time.monotonic() + 60
    with duckdb.connect() as con:
        while time.monotonic() < ends:
            con.execute("select count(*) from range(3_000_000) as r(i) where i % 7 = 1").fetchall()


def test_an_interrupt_in_the_middle_of_a_query_is_an_interrupt() -> None:
    for moment in (0.2, 0.21, 0.23, 0.26):
        timer = Timer(moment, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt), interruptible():
            work_on()
        timer.join()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_fault_after_an_interrupt_is_an_interrupt_and_one_without_stays_a_fault() -> None:
    def fail_when_interrupted() -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as interrupt:
            raise ValueError from interrupt

    with pytest.raises(KeyboardInterrupt), interruptible():
        fail_when_interrupted()
    with pytest.raises(ValueError, match="zomaar"), interruptible():
        raise ValueError("zomaar")


def test_what_ignores_interrupts_goes_on_ignoring_them() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with interruptible():
            signal.raise_signal(signal.SIGINT)
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_thread_changes_nothing() -> None:
    seen = []

    def look() -> None:
        with interruptible():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [signal.default_int_handler]


def test_a_held_interrupt_comes_when_the_block_is_done() -> None:
    done = []

    def go_on() -> None:
        signal.raise_signal(signal.SIGINT)
        done.append("alles")

    with pytest.raises(KeyboardInterrupt), interrupt_held():
        go_on()
    assert done == ["alles"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with interrupt_held():
        pass


#: A command that interrupts itself at the moment at which it begins to import a module.
INTERRUPTED_AT = """
import os, signal, sys

def interrupt(event, about):
    if event == "import" and about[0] == moment:
        os.kill(os.getpid(), signal.SIGINT)

moment = sys.argv.pop(1)
sys.addaudithook(interrupt)
from pipelines.cli import main
sys.exit(main())
"""


def test_a_command_that_is_interrupted_while_it_is_read_says_so_in_dutch(tmp_path: Path) -> None:
    moments = ("pipelines.interrupt", "pipelines.command_line", "polars", "duckdb", "rich.console", "pipelines.history")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", INTERRUPTED_AT, moment, "leveringen"],
            env=os.environ | {"STERRENWACHT_DATA": str(tmp_path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for moment in moments
    ]
    told = {moment: (*one.communicate(), one.returncode) for moment, one in zip(moments, started, strict=True)}
    said = "Afgebroken. De gepubliceerde versie is niet gewijzigd.\n"
    assert told == dict.fromkeys(moments, ("", said, 130))
