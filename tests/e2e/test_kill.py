"""A load or build that is killed at any moment leaves a whole version behind, and the next load simply works.

With `STERRENWACHT_LANGE_PROEF=1` a hundred of them are killed.
"""

import contextlib
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import duckdb

from pipelines.archive import Archive, fingerprint
from tests.e2e.command_line import start, status
from tests.e2e.deliveries import ACACIA, write_list_2025, write_schools

# Spread over the whole duration of a load: one drawn in each equal part of it.
KILLS = 100 if os.environ.get("STERRENWACHT_LANGE_PROEF") else 9
SEED = 20260315
LONGEST_LOAD = 240.0  # seconds; generous, for a machine with other work
FULL_LOAD_EVERY = 12
REBUILD_EVERY = 5

Figures = dict[str, int]


def test_kill_at_any_moment_leaves_a_whole_version(tmp_path: Path) -> None:
    data, first = tmp_path / "data", tmp_path / "eerst"
    write_schools(first, acacia_staff=30)
    assert _load(data, first) == 3  # doorlichting D12 and inschaling D99 are in quarantine
    complete = _figures(data)
    published = complete["acacia"]
    assert published == 30

    rng = random.Random(SEED)
    shares = [(place + rng.random()) / KILLS for place in range(KILLS)]
    rng.shuffle(shares)
    duration, staff, waiting = LONGEST_LOAD, 30, {30}
    while shares:
        staff += 1
        delivery = write_list_2025(tmp_path / "nieuw", staff)
        if staff % FULL_LOAD_EVERY == 31 % FULL_LOAD_EVERY:
            began = time.monotonic()
            assert _load(data, delivery) == 0
            duration = time.monotonic() - began
            published = _check_whole(data, complete, {staff})
            waiting = {published}
            continue
        rebuilds = len(shares) % REBUILD_EVERY == 0
        process = start(data, "bouw") if rebuilds else start(data, "laad", str(delivery))
        if len(shares) % FULL_LOAD_EVERY == 0:
            # The moments that matter most are short: the new file just begun, or just given its name.
            _wait_for_file(process, data, rng.choice([".bouw-*/*", "hr-*", "warehouse-*"]))
        else:
            _wait(process, shares[-1] * duration)
        if _kill(process):
            shares.pop()
        else:
            duration *= 0.9  # it was quicker than the last one: that was no kill
        # A build takes in what a killed load had received.
        waiting = waiting if rebuilds else waiting | {staff}
        published = _check_whole(data, complete, waiting if rebuilds else {published, staff})
    assert _load(data, write_list_2025(tmp_path / "nieuw", staff + 1)) == 0
    _check_whole(data, complete, {staff + 1})


def _load(data: Path, path: Path) -> int:
    process = start(data, "laad", str(path))
    try:
        return process.wait(LONGEST_LOAD)
    finally:
        _kill(process)


def _wait(process: subprocess.Popen[bytes], seconds: float) -> None:
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)


def _wait_for_file(process: subprocess.Popen[bytes], data: Path, pattern: str) -> None:
    """Wait until a file that is not there yet appears beside the versions."""
    before = set((data / "warehouse").glob(pattern))
    while process.poll() is None and set((data / "warehouse").glob(pattern)) <= before:
        time.sleep(0.001)


def _kill(process: subprocess.Popen[bytes]) -> bool:
    """SIGKILL the load itself, wait until nothing it started is left, and say whether it was still running."""
    running = process.poll() is None
    process.kill()
    process.wait()
    deadline = time.monotonic() + LONGEST_LOAD
    while left := _members(process.pid):
        assert time.monotonic() < deadline, f"processes left behind: {left}"
        time.sleep(0.05)
    return running


def _members(group: int) -> list[int]:
    """Return the processes of a group that still run; one that ended but is not collected yet does not."""
    if not Path("/proc/self/stat").exists():
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return []
        return [group]
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        state, process_group = fields[0], int(fields[2])
        if process_group == group and state != "Z":
            found.append(int(path.parent.name))
    return found


def _figures(data: Path) -> Figures:
    """Return how many rows each mart of the published version has, and the one figure that changes."""
    with duckdb.connect(status(data)["warehouse"], read_only=True) as con:
        tables = con.execute("select table_name from information_schema.tables where table_schema = 'mart'").fetchall()
        sizes = {table: con.execute(f'select count(*) from mart."{table}"').fetchall()[0][0] for (table,) in tables}
        staff = con.execute(
            "select aantal_personeelsleden from mart.instelling_jaar "
            "where schooljaar = '2025-2026' and instellingsnummer = ?",
            [ACACIA],
        ).fetchall()
    return sizes | {"acacia": staff[0][0]}


def _check_whole(data: Path, complete: Figures, allowed: set[int]) -> int:
    """Check that what is published is a whole version with one of the allowed figures; return that figure.

    Of every delivery that was received the bytes are there, and its rows are accepted or in quarantine.
    """
    archive = Archive(data)
    assert all(fingerprint(archive.bytes_path(receipt)) == receipt.sha256 for receipt in archive.receipts())
    assert all(row["gelezen"] == row["aanvaard"] + row["quarantaine"] for row in status(data)["leveringen"])
    figures = _figures(data)
    assert figures["acacia"] in allowed
    assert figures == complete | {"acacia": figures["acacia"]}
    return figures["acacia"]


def test_signal_of_the_user_leaves_no_process_behind(tmp_path: Path) -> None:
    write_schools(tmp_path / "eerst")
    process = start(tmp_path / "data", "laad", str(tmp_path / "eerst"))
    _wait_for_file(process, tmp_path / "data", ".bouw-*/*")
    process.send_signal(signal.SIGINT)
    assert process.wait(LONGEST_LOAD) == 130
    assert not _kill(process)
    assert status(tmp_path / "data")["versie"] is None
    assert _load(tmp_path / "data", tmp_path / "eerst") == 3
    assert _figures(tmp_path / "data")["acacia"] == 31
