"""Shares where percentages belong: a workbook shows 70 % and holds 0,7, and every figure of it is a hundredth."""

from collections.abc import Iterable
from typing import Any

import duckdb

WARNING = "waarschuwing"


def judge_percentages(
    con: duckdb.DuckDBPyConnection, columns: Iterable[tuple[str, str, str, str]]
) -> list[dict[str, Any]]:
    """Return a row for `meta.validatie` per percentage column of which values were delivered.

    `columns`: bron, table of `landing`, column, and its head. Each delivery is judged by itself:
    the percentages of one supplier would hide the shares of another. A delivery is wrong where all of its values lie
    between 0 and 1, and not all are 0.
    """
    rows = []
    for bron, tabel, kolom, header in columns:
        highest = con.table(f"landing.{tabel}").aggregate(f'max("{kolom}") as hoogste', "_levering")
        counts = "count(*) filter (hoogste > 0), count(*) filter (hoogste > 0 and hoogste <= 1)"
        [(delivered, wrong)] = highest.aggregate(counts).fetchall()
        if delivered:
            rows.append(
                {
                    "bron": bron,
                    "tabel": tabel,
                    "verwachting": (
                        f"'{header}' is in elke levering een percentage van 0 tot 100, geen aandeel van 0 tot 1"
                    ),
                    "kolom": kolom,
                    "geslaagd": wrong == 0,
                    "waargenomen": f"{wrong} van {delivered} afwijkend",
                    "ernst": WARNING,
                }
            )
    return rows
