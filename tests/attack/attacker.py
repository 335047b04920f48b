"""The attack: bounds on every hidden cell from everything that was published, and which of them are too close.

What counts as too close:

- persons: both bounds within 2 of each other (three values or fewer are left). `< 5` by itself says 1 to 4;
- a sum over persons (VTE, dagdelen): bounds closer than a fifth of the upper one, or the sum follows by subtraction.
  A sum of zero is never hidden, because it tells of everybody: empty beside "beschermd" it is a figure nobody has;
- a part of the persons (on leave, long absent, favourable): it follows by subtraction. A share of 0 or 100 % of a
  group of five or more may say something of each of them: such a share is published on purpose.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from tests.attack.bounds import Cell, Interval, Knowledge
from tests.attack.published import PROTECTED, Figure, Table, read, state, state_calendar

SAFE_WIDTH = 3
SAFE_SHARE = 0.2
#: Dagdelen and VTE under this are none.
NOTHING = 1e-4


@dataclass(frozen=True)
class Attacked:
    """One hidden cell, what it can be, and whether that is too close."""

    cell: Cell
    bounds: Interval
    is_exposed: bool


def attack(con: duckdb.DuckDBPyConnection) -> list[Attacked]:
    """Return every hidden cell of the protected marts that the connection holds, with its bounds."""
    tables = [read(con, what) for what in PROTECTED if _is_there(con, what.mart)]
    known = Knowledge()
    for table in tables:
        state(known, table)
        if table.what.mart == "werkdruk_maand":
            state_calendar(known, con, table)
    return bound(known, tables)


def bound(known: Knowledge, tables: Sequence[Table]) -> list[Attacked]:
    """Return every hidden cell of the tables with its bounds from what is known."""
    found = []
    for table in tables:
        for figure, cell in table.hidden():
            interval = known.bounds(cell)
            found.append(Attacked(cell, interval, _is_exposed(known, figure, cell, interval)))
    return found


def _is_exposed(known: Knowledge, figure: Figure, cell: Cell, interval: Interval) -> bool:
    if figure.is_count:
        return interval.width < SAFE_WIDTH
    if figure.over is not None:
        return known.follows_by_subtraction(cell)
    if interval.high < NOTHING:
        return False
    return interval.width < SAFE_SHARE * interval.high or known.follows_by_subtraction(cell)


def exposed(attacked: Sequence[Attacked]) -> list[Attacked]:
    """Return the hidden cells that are known too closely, the closest first."""
    return sorted((one for one in attacked if one.is_exposed), key=lambda one: one.bounds.width)


def tightest(attacked: Sequence[Attacked], figure: str) -> float:
    """Return the smallest width of the bounds of one figure; infinite where nothing is hidden."""
    return min((one.bounds.width for one in attacked if one.cell[2] == figure), default=math.inf)


def _is_there(con: duckdb.DuckDBPyConnection, mart: str) -> bool:
    sql = "select 1 from information_schema.tables where table_schema = 'mart' and table_name = ?"
    return bool(con.execute(sql, [mart]).fetchall())
