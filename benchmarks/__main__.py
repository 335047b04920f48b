"""`python -m benchmarks [PART ...]`: measure the parts named, or all, and print a table each; nothing is asserted."""

import argparse
import os
import platform
import tempfile
from pathlib import Path

from benchmarks import bouw, laad, noden, paginas, schaal

PARTS = {
    "laad": laad.measure,
    "bouw": bouw.measure,
    "noden": noden.measure,
    "paginas": paginas.measure,
    "schaal": schaal.measure,
}


def main() -> None:
    """Measure the parts that were asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("delen", nargs="*", choices=[*PARTS, []], help="laad, bouw, noden, paginas, schaal (alles)")
    chosen = parser.parse_args().delen or list(PARTS)
    cores = os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    busy = os.getloadavg()[0]
    print(f"{cores} cores, {memory:.0f} GB memory, Python {platform.python_version()}, load at the start {busy:.1f}\n")
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            print(PARTS[name](Path(folder)), flush=True)


if __name__ == "__main__":
    main()
