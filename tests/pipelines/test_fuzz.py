"""Deliveries damaged at random: refused with a sentence or accounted for row by row, and the published version stays.

Every source is damaged, as CSV, XLSX and iCalendar, on every machine as often: forty times each, so that every kind of
damage meets every source. With `STERRENWACHT_LANGE_PROEF=1` the run takes ten minutes. The seed of each damage is its
number, so that one that fails can be made again.
"""

import io
import os
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from pipelines.archive import fingerprint
from pipelines.demo import write_demo
from pipelines.faults import LeveringFout
from pipelines.intake import judge_file
from tests.e2e.command_line import run, status
from warehouse.settings import load_settings

TIMES = 3000 if os.environ.get("STERRENWACHT_LANGE_PROEF") else 40
LONGEST_JUDGEMENT = 30.0  # seconds; generous, for a machine with other work
SETTINGS = load_settings()
KEY = b"sleutel van de test"
ROWS = 30
LOADED_AT_ONCE = 60

Rows = list[list[str]]


@pytest.fixture(scope="module")
def deliveries(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One small delivery of every kind of the demo, by name: the head of each CSV, workbooks and calendars whole."""
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder, 1, 1, 7, lambda *_: None)
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        kind = "".join(letter for letter in path.name if not letter.isdigit())
        if path.suffix in (".csv", ".ics", ".xlsx") and kind not in found:
            found[kind] = _head(path) if path.suffix == ".csv" else path.read_bytes()
    assert len(found) > 10
    return found


def _head(path: Path) -> bytes:
    """Return the first lines of a file, as its bytes stand."""
    data = path.read_bytes()
    end = b"\r\n" if b"\r\n" in data else b"\r" if b"\r" in data else b"\n"
    return end.join(data.split(end)[:ROWS]) + end


def flip(data: bytes, rng: random.Random) -> bytes:
    """Change a few bytes."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 8)):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut(data: bytes, rng: random.Random) -> bytes:
    """Leave out the end, or a part in the middle."""
    first, last = sorted(rng.randrange(len(data)) for _ in range(2))
    return data[:last] if rng.random() < 0.5 else data[:first] + data[last:]


def glue(data: bytes, rng: random.Random) -> bytes:
    """Repeat a part, as a file that was appended to itself."""
    first, last = sorted(rng.randrange(len(data)) for _ in range(2))
    return data[:last] + data[first:]


def rearrange(rows: Rows, rng: random.Random) -> Rows:
    """Shuffle, rename, drop or repeat columns and rows."""
    width = max(map(len, rows))
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    way = rng.choice(["shuffle", "rename", "drop", "repeat column", "repeat rows", "empty", "swap"])
    order = list(range(width))
    if way == "shuffle":
        rng.shuffle(order)
    elif way == "drop":
        order.remove(rng.choice(order))
    elif way == "repeat column":
        order.insert(rng.randrange(width), rng.choice(order))
    elif way == "rename":
        rows[0][rng.randrange(width)] = rng.choice(["kolom", "", "naam ", "dagen", "école", "=1+1"])
    elif way == "repeat rows":
        rows += rng.choices(rows, k=rng.randint(1, len(rows)))
    else:
        for _ in range(rng.randint(1, 12)):
            row = rng.choice(rows)
            row[rng.randrange(width)] = "" if way == "empty" else rng.choice(rng.choice(rows))
    return [[row[place] for place in order] for row in rows]


def rearranged_csv(data: bytes, rng: random.Random) -> bytes:
    """Rearrange a CSV cell by cell, without regard for quotes: that too is what damage does."""
    mark = max(b";,\t", key=lambda each: data.count(bytes([each])))
    text = data.decode("cp1252", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    rows = rearrange([line.split(chr(mark)) for line in text.split("\n") if line], rng)
    return "\n".join(chr(mark).join(row) for row in rows).encode("cp1252", errors="replace")


def rearranged_workbook(data: bytes, rng: random.Random) -> bytes:
    """Rearrange one sheet of a workbook, or leave it out."""
    source = load_workbook(io.BytesIO(data), read_only=True)
    unlucky = rng.choice(source.sheetnames)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    for name in source.sheetnames:
        if name == unlucky and rng.random() < 0.1:
            continue
        rows = [["" if cell is None else str(cell) for cell in row] for row in source[name].iter_rows(values_only=True)]
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rearrange(rows, rng) if name == unlucky and rows else rows):
            sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()


def damaged(kind: str, data: bytes, seed: int) -> bytes:
    """Return a delivery with the damage of this number."""
    rng = random.Random(seed)
    rearranged: Callable[[bytes, random.Random], bytes]
    rearranged = rearranged_workbook if kind.endswith(".xlsx") else rearranged_csv
    ways = [flip, cut, glue, rearranged, rearranged]
    result = rng.choice(ways)(data, rng)
    return rng.choice([flip, cut])(result, rng) if result and rng.random() < 0.2 else result


def _judged(path: Path, damage: str) -> bool:
    """Judge a file: whether it was taken in, with every row accounted for; a refusal is a sentence."""
    try:
        tables, report = judge_file(path, path.name, KEY, SETTINGS)
    except LeveringFout as fault:
        sentence = str(fault)
    except Exception as error:
        raise AssertionError(f"{damage} was not understood") from error
    else:
        for table in tables:
            rows = table.quarantine.get_column("rij").n_unique()
            assert table.read == table.accepted.height + rows, damage
        assert report.gelezen == sum(table.read for table in tables), damage
        return True
    assert sentence.endswith("."), damage
    return False


def test_damage_of_any_kind_is_refused_or_accounted_for(deliveries: dict[str, bytes], tmp_path: Path) -> None:
    judged = 0
    damages = list(enumerate(sorted(deliveries) * TIMES))
    for seed, kind in damages:
        path = tmp_path / f"B017_{kind}"
        path.write_bytes(damaged(kind, deliveries[kind], seed))
        began = time.monotonic()
        judged += _judged(path, f"damage {seed} of {kind}")
        assert time.monotonic() - began < LONGEST_JUDGEMENT, (kind, seed)
    assert 0 < judged < len(damages)


def test_damaged_deliveries_leave_a_whole_version(deliveries: dict[str, bytes], tmp_path: Path) -> None:
    good, bad, data = tmp_path / "goed", tmp_path / "slecht", tmp_path / "data"
    for folder in (good, bad):
        folder.mkdir()
    for kind, content in deliveries.items():
        (good / f"B017_{kind}").write_bytes(content)
    run(data, "laad", str(good))
    version = status(data)["versie"]
    kinds = sorted(deliveries)
    for seed in range(LOADED_AT_ONCE):
        kind = kinds[seed % len(kinds)]
        (bad / f"B017_{seed}_{kind}").write_bytes(damaged(kind, deliveries[kind], 10_000 + seed))
    before = fingerprint(Path(status(data)["warehouse"]))

    code, printed = run(data, "laad", str(bad))

    found = status(data)
    assert code in (3, 4, 5), printed
    assert "Er liep iets mis" not in printed
    counted = [row for row in found["leveringen"] if row["gelezen"] is not None]
    assert all(row["gelezen"] == row["aanvaard"] + row["quarantaine"] for row in counted)
    assert {row["status"] for row in found["leveringen"] if row not in counted} <= {"geweigerd"}, "nobody counted these"
    changed = fingerprint(Path(found["warehouse"])) != before
    assert found["versie"] == version + changed
    assert run(data, "bouw")[0] == 0, "what was taken in can be built again"
