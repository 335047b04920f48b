"""A whole process, measured from outside: wall time, processor time and peak memory."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cost:
    """What a process cost; `memory` is the peak of its largest process, in GB, children included."""

    wall: float
    processor: float
    memory: float
    printed: str


def run(arguments: Sequence[str], data: Path | None = None, accepted: Sequence[int] = (0,)) -> Cost:
    """Run Python with these arguments in a process of its own; RuntimeError for an exit code not accepted."""
    environment = os.environ | ({"STERRENWACHT_DATA": str(data)} if data else {})
    began = time.perf_counter()
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=ROOT, env=environment, stdout=output, stderr=errors
        )
        _, code, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(code)
        output.seek(0)
        errors.seek(0)
        printed, said = output.read().decode("utf-8"), errors.read().decode("utf-8", "replace")
    if process.returncode not in accepted:
        raise RuntimeError(f"{' '.join(arguments)} ended with {process.returncode}: {said[-2000:] or printed[-2000:]}")
    unit = 1 if sys.platform == "darwin" else 1024  # macOS counts in bytes, Linux in kilobytes
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / 1e9, printed)


def best(costs: Sequence[Cost]) -> Cost:
    """Return the quickest of several runs: other work on the machine only makes a run slower."""
    return min(costs, key=lambda cost: cost.wall)


def table(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table under a heading; numbers stand to the right."""
    lines = [f"### {title}", "", f"| {' | '.join(heads)} |", f"|---|{'---:|' * (len(heads) - 1)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"
