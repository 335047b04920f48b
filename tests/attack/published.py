"""What the published tables say about their hidden cells, as statements: read from the tables alone.

Which rows are totals is read from the key: a key column that holds 'alle' somewhere has a row for all of its other
values together. So a mart that gets such a row later is attacked through it without a change here.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import duckdb
import numpy as np
import polars as pl

from tests.attack.bounds import Cell, Knowledge
from warehouse.build import MODELS_ROOT
from warehouse.model import load_models

Row = dict[str, Any]

KEYS = {model.table: model.key for model in load_models(MODELS_ROOT).values() if model.schema == "mart"}
TOTAL = "alle"
HIDDEN = "beschermd"


@dataclass(frozen=True)
class Figure:
    """A figure of a mart. `over`: the column it is a share of; `is_unique`: persons, who can be in several rows."""

    column: str
    is_count: bool = False
    is_unique: bool = False
    over: str | None = None
    most: int | None = None


@dataclass(frozen=True)
class Protected:
    """A mart that hides figures on persons, with those figures."""

    mart: str
    figures: tuple[Figure, ...]
    #: A reader knows that the smallest are hidden first.
    hides_smallest: str | None = None


PROTECTED = (
    Protected(
        "hr_maand",
        (
            Figure("personen", is_count=True),
            Figure("vte_aanstelling"),
            Figure("vte_inzetbaar"),
            Figure("aandeel_verlof", over="vte_aanstelling"),
            Figure("aandeel_langdurig_afwezig", over="personen"),
        ),
        hides_smallest="personen",
    ),
    Protected(
        "werkdruk_maand",
        (
            Figure("begeleiders", is_count=True, is_unique=True, most=4),
            Figure("dagdelen_gepland"),
            Figure("dagdelen_besteed"),
            Figure("aandeel_geregistreerd", is_unique=True, over="begeleiders"),
        ),
    ),
    Protected("edbi_verdeling", (Figure("aantal"),)),
    Protected("edbi_buiten_schaal", (Figure("aantal", is_count=True, most=4),)),
    Protected(
        "edbi_vraag",
        (
            Figure("n", is_count=True, most=4),
            Figure("gemiddelde", over="n"),
            Figure("aandeel_gunstig", over="n"),
        ),
    ),
)


@dataclass(frozen=True)
class Table:
    """The rows of one published mart, in one version."""

    what: Protected
    rows: list[Row]
    version: int = 1

    @property
    def key(self) -> tuple[str, ...]:
        return KEYS[self.what.mart]

    def cell(self, figure: str, row: Row) -> Cell:
        return (self.version, self.what.mart, figure, *(str(row[name]) for name in self.key))

    def hidden(self) -> Iterator[tuple[Figure, Cell]]:
        """Yield every hidden cell with its figure."""
        for row in self.rows:
            for figure in self.what.figures:
                if row[figure.column] is None and row["reden"] == HIDDEN:
                    yield figure, self.cell(figure.column, row)

    def totals(self) -> Iterator[tuple[Row, list[Row]]]:
        """Yield each total row, along each key column, with the rows that it is the total of."""
        for column in self.key:
            groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
            for row in self.rows:
                groups[tuple(row[name] for name in self.key if name != column)].append(row)
            for group in groups.values():
                for total in (row for row in group if row[column] == TOTAL):
                    yield total, [row for row in group if row[column] != TOTAL]


def read(con: duckdb.DuckDBPyConnection, what: Protected, version: int = 1) -> Table:
    """Return the published rows of a mart."""
    key = KEYS[what.mart]
    rows: pl.DataFrame = con.sql(f"from mart.{what.mart} order by {', '.join(key)}").pl()
    # a mart without reasons hides by leaving rows out: then no row has a hidden figure
    return Table(what, [{"reden": None, **row} for row in rows.to_dicts()], version)


def state(known: Knowledge, table: Table) -> None:
    """State what one table says: its figures, its totals, and what a reader knows of the order of hiding."""
    for row in table.rows:
        for figure in table.what.figures:
            _state_figure(known, table, figure, row)
    for total, parts in table.totals():
        for figure in table.what.figures:
            _state_total(known, table, figure, total, parts)
        if table.what.hides_smallest:
            _state_order(known, table, table.what.hides_smallest, total, parts)


def state_calendar(known: Knowledge, con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """State that the planning of a category falls in the months of its period by working days, as the settings say."""
    periods = {row[0]: row[1:] for row in con.sql("from settings.planning_periode").fetchall()}
    days: dict[tuple[str, str], list[tuple[Row, int]]] = defaultdict(list)
    for row in table.rows:
        first, last = periods.get(row["categorie"], periods["*"])
        if row["categorie"] != TOTAL and first <= (row["maand"].month + 3) % 12 + 1 <= last:
            days[row["schooljaar"], row["categorie"]].append((row, _working_days(row["maand"])))
    for months in days.values():
        for (one, its_days), (other, other_days) in pairwise(months):
            if not _is_missing(one, "dagdelen_gepland") and not _is_missing(other, "dagdelen_gepland"):
                cells = (table.cell("dagdelen_gepland", row) for row in (one, other))
                known.equal(dict(zip(cells, (float(other_days), -float(its_days)), strict=True)), 0.0)


def state_late_rows(known: Knowledge, before: Table, after: Table, column: str, persons: int) -> None:
    """State that so many persons at most came or went between two versions, in each month that both have.

    A team that one version does not name held nobody in it, unless its dienst names no teams there.
    """
    then, now = _by_name(before), _by_name(after)
    moves: dict[Any, dict[Cell, float]] = defaultdict(dict)
    for name in sorted({*then, *now}, key=str):
        month, *_, group = name
        if not {month} <= {other[0] for other in then} & {other[0] for other in now}:
            continue
        cells = [
            {table.cell(column, rows[name]): sign} if name in rows else None if _is_silent(rows, name) else {}
            for table, rows, sign in ((after, now, 1.0), (before, then, -1.0))
        ]
        if None in cells:
            continue
        change = {cell: sign for side in cells for cell, sign in (side or {}).items()}
        if group == TOTAL:
            known.between(change, low=-persons, high=persons)
            continue
        came, went = ("came", after.version, *name), ("went", after.version, *name)
        for move in (came, went):
            known.cell(move, is_whole=True)
            moves[month][move] = 1.0
        known.equal({**change, came: -1.0, went: 1.0}, 0.0)
    for of_period in moves.values():
        known.between(of_period, high=persons)


def _by_name(table: Table) -> dict[tuple[Any, ...], Row]:
    return {tuple(row[part] for part in table.key): row for row in table.rows}


def _is_silent(rows: Mapping[tuple[Any, ...], Row], name: tuple[Any, ...]) -> bool:
    """Whether a version says nothing of a group: the total of its parent is hidden, so that groups are not named."""
    total = rows.get((*name[:-1], TOTAL))
    return total is not None and total["reden"] == HIDDEN


def _working_days(month: dt.date) -> int:
    after = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return int(np.busday_count(month, after))


def _is_missing(row: Row, column: str) -> bool:
    """A figure that is neither shown nor hidden: nobody knows it, and it is part of no total."""
    return row[column] is None and row["reden"] != HIDDEN


def _state_figure(known: Knowledge, table: Table, figure: Figure, row: Row) -> None:
    cell, value = table.cell(figure.column, row), row[figure.column]
    known.cell(cell, floor=float(figure.is_count), is_whole=figure.is_count)
    if value is None:
        if figure.most is not None:
            known.between({cell: 1.0}, high=figure.most)
        return
    base = 1.0 if figure.over is None else row[figure.over]
    if base is not None:
        known.equal({cell: 1.0}, value * base)


def _state_total(known: Knowledge, table: Table, figure: Figure, total: Row, parts: list[Row]) -> None:
    """A total is the sum of its parts; of persons who can be in several parts it is at most that, at least each."""
    whole = table.cell(figure.column, total)
    cells = [table.cell(figure.column, part) for part in parts if not _is_missing(part, figure.column)]
    if _is_missing(total, figure.column) or not cells:
        return
    if not figure.is_unique:
        known.equal({whole: -1.0, **dict.fromkeys(cells, 1.0)}, 0.0)
        return
    known.between({whole: -1.0, **dict.fromkeys(cells, 1.0)}, low=0.0)
    for cell in cells:
        known.between({whole: 1.0, cell: -1.0}, low=0.0)


def _state_order(known: Knowledge, table: Table, column: str, total: Row, parts: list[Row]) -> None:
    """No hidden part is larger than the smallest shown one, where the sizes allow that."""
    shown = [part[column] for part in parts if part[column] is not None]
    hidden = [table.cell(column, part) for part in parts if part[column] is None]
    if shown and hidden and total[column] is not None and total[column] - sum(shown) <= len(hidden) * min(shown):
        for cell in hidden:
            known.between({cell: 1.0}, high=min(shown))
