"""The command line under a hindrance: `python -m tests.e2e.hindered [--largest BYTES] [--no-override] laad ...`.

A file that may not grow past a size stands for a full disk: the write fails at that byte, whichever library writes.
It needs no rights and no disk of its own. `--no-override` takes from an administrator the right to pass over the
permissions of files, so that they count for everybody.
"""

import ctypes
import os
import resource
import subprocess
import sys
from pathlib import Path

from pipelines.cli import main
from tests.e2e.command_line import ROOT

CAPABILITY_VERSION, DROP_FROM_BOUND = 0x20080522, 24
OVERRIDES = (1, 2)  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH
LONGEST_RUN = 240.0  # seconds; generous, for a machine with other work


def hindered(data: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command under a hindrance in a process of its own; return its exit code and what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.hindered", *arguments],
        cwd=ROOT,
        env=os.environ | {"STERRENWACHT_DATA": str(data)},
        capture_output=True,
        text=True,
        timeout=LONGEST_RUN,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def _heed_permissions() -> None:
    """Give up passing over the permissions of files, for this process and those it starts."""
    if os.geteuid() != 0:
        return
    library = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    sets = (ctypes.c_uint32 * 6)()
    if library.capget(header, sets):
        raise OSError(ctypes.get_errno(), "capget")
    for capability in OVERRIDES:
        library.prctl(DROP_FROM_BOUND, capability, 0, 0, 0)
        for place in range(3):  # effective, permitted, inheritable
            sets[place] &= ~(1 << capability)
    if library.capset(header, sets):
        raise OSError(ctypes.get_errno(), "capset")


if __name__ == "__main__":
    given = sys.argv[1:]
    if given[0] == "--largest":
        largest = int(given[1])
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
        given = given[2:]
    if given[0] == "--no-override":
        _heed_permissions()
        given = given[1:]
    sys.exit(main(given))
