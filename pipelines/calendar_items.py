"""The faulty items of a calendar as a table, to send back to whose agenda it is.

Only what is read of an item is shown, as it stands in the file: no subject, description, invited people or place, and
not the identifier (UID), in which Outlook writes an address.
"""

from collections.abc import Collection
from pathlib import Path

import polars as pl

from pipelines.contract import normalise_header
from pipelines.ics_text import BEGIN_ITEM, SHOWN, split
from pipelines.read import TextTable


def faulty_items(path: Path, lines: Collection[int], wanted: Collection[str]) -> tuple[TextTable, dict[int, int]]:
    """Return the items that begin on these lines of a calendar, and by line the row of the table in which each stands.

    Row 1 is the header: the line of the file, then each property that an item has or that is `wanted` (as normalised
    headers): what is missing has its empty cell. Raises LeveringFout when the file is no calendar that can be read.
    """
    items = [item for item in split(path.read_bytes()).items if item.line in lines]
    names = [
        name
        for name in SHOWN
        if normalise_header(name) in wanted or any(item.as_written(name) is not None for item in items)
    ]
    rows = [[BEGIN_ITEM, *names], *([str(item.line), *map(item.as_written, names)] for item in items)]
    cells = pl.DataFrame(
        rows, schema=dict.fromkeys((f"c{place}" for place in range(len(names) + 1)), pl.String), orient="row"
    )
    return TextTable(None, cells.with_row_index("rij", offset=1)), {
        item.line: row for row, item in enumerate(items, start=2)
    }
