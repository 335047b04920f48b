"""Rerun of each page on the server, against a page that draws the same from frames in memory."""

import json
from pathlib import Path

from benchmarks.measuring import run, table


def measure(folder: Path) -> str:
    """Return the table of reruns. Uses the demo data of the build when it was measured before, else makes them."""
    data = folder / "demo-data"
    if not data.exists():
        deliveries = str(folder / "demo")
        run(["-m", "pipelines.cli", "demo", "--naar", deliveries])
        run(["-m", "pipelines.cli", "laad", deliveries], data, accepted=(0, 3, 4))
    found = json.loads(run(["-m", "benchmarks.reruns"], data).printed)
    rows = [
        [
            row["page"],
            f"{row['charts']}",
            f"{row['tables']}",
            f"{row['rerun'] * 1000:.0f} ms",
            f"{row['floor'] * 1000:.0f} ms",
            f"{row['rerun'] / row['floor']:.2f}x",
        ]
        for row in found
    ]
    return table(
        "Rerun of each page, server side (median), target 1.5x",
        ["page", "charts", "tables", "rerun", "same from memory", "ratio"],
        rows,
    )
