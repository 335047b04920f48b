"""Corrections of single values while landing: a row gets another value where the source has the expected one.

They are applied to every delivered row of the key, before references are judged, so that a rebuild at any peildatum
corrects what was delivered by then, and only that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import polars as pl

APPLIED, NOT_FOUND, MENDED, OTHER = (
    "toegepast",
    "niet gevonden",
    "bron is hersteld",
    "bron geeft een andere waarde",
)


@dataclass(frozen=True)
class Correction:
    """One value to correct: typed as its column is, a list as a tuple. None is missing; `expected_small` is `<5`."""

    table: str
    key: tuple[tuple[str, Any], ...]
    column: str
    expected: Any
    value: Any
    expected_small: bool = False


def corrected(
    con: duckdb.DuckDBPyConnection,
    schema: dict[str, pl.DataType],
    corrections: Sequence[Correction],
    columns: Sequence[str],
    source: str,
    prefix: str,
) -> str:
    """Return the select of all rows of `source` with the corrected values; `columns` are all of its columns.

    It reads tables `landing.<prefix>_correctie_…`, made here: what they correct may be a view that is read later.
    """
    by_column: dict[str, list[Correction]] = {}
    for correction in corrections:
        by_column.setdefault(correction.column, []).append(correction)
    joins, selected, small = [], {name: f'rij."{name}"' for name in columns}, "rij._klein"
    for place, (column, own) in enumerate(by_column.items()):
        made = f"correctie_{place}"
        _store(con, f'landing."{prefix}_{made}"', schema, own)
        keys = " and ".join(f'{made}."{key}" is not distinct from rij."{key}"' for key, _ in own[0].key)
        joins.append(f'left join landing."{prefix}_{made}" as {made} on {keys}')
        applies = (
            f'({made}._is_correctie and rij."{column}" is not distinct from {made}._verwacht '
            f"and list_contains(rij._klein, '{column}') = {made}._klein_verwacht)"
        )
        selected[column] = f'case when {applies} then {made}._waarde else rij."{column}" end as "{column}"'
        small = f"case when {applies} then list_filter({small}, lambda naam: naam <> '{column}') else {small} end"
    selected["_klein"] = f"{small} as _klein"
    return f"select {', '.join(selected.values())} from {source} as rij {' '.join(joins)}"


def _store(
    con: duckdb.DuckDBPyConnection, name: str, schema: dict[str, pl.DataType], corrections: Sequence[Correction]
) -> None:
    """Make the small table of the corrections of one column, typed as the landing table is."""
    keys = [key for key, _ in corrections[0].key]
    kind = schema[corrections[0].column]
    types = {key: schema.get(key, pl.String()) for key in keys}
    rows = [
        {
            **dict(correction.key),
            "_verwacht": _bound(correction.expected),
            "_waarde": _bound(correction.value),
            "_klein_verwacht": correction.expected_small,
            "_is_correctie": True,
        }
        for correction in corrections
    ]
    extra = {"_verwacht": kind, "_waarde": kind, "_klein_verwacht": pl.Boolean(), "_is_correctie": pl.Boolean()}
    con.register("_correcties", pl.DataFrame(rows, schema=types | extra))
    times = [column for column, of in (types | extra).items() if of == pl.Time()]
    replaced = f" replace ({', '.join(f'{column}::time as {column}' for column in times)})" if times else ""
    con.execute(f"create or replace table {name} as select *{replaced} from _correcties")
    con.unregister("_correcties")


def _bound(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def state_of(con: duckdb.DuckDBPyConnection, correction: Correction, raw: str) -> str:
    """Return what became of a correction in the landed table; `raw` are the rows as they were delivered."""
    keys = " and ".join(f'nu."{name}" is not distinct from $sleutel_{i}' for i, (name, _) in enumerate(correction.key))
    own = f'rij."{correction.column}"'
    small = f"list_contains(rij._klein, '{correction.column}')"
    rows = con.execute(
        f"""
        select
            {own} is not distinct from $verwacht and {small} = $klein,
            {own} is not distinct from $waarde and not {small}
        from landing."{correction.table}" as nu
        join {raw} as rij
            on rij._levering = nu._levering and rij._rij = nu._rij and rij._blad is not distinct from nu._blad
        where {keys}
        """,
        {
            "verwacht": _bound(correction.expected),
            "klein": correction.expected_small,
            "waarde": _bound(correction.value),
            **{f"sleutel_{i}": value for i, (_, value) in enumerate(correction.key)},
        },
    ).fetchall()
    if not rows:
        return NOT_FOUND
    as_expected, as_corrected = rows[0]
    return APPLIED if as_expected else MENDED if as_corrected else OTHER


def rows_of(con: duckdb.DuckDBPyConnection, correction: Correction) -> pl.DataFrame:
    """Return the landed row of a correction, with every column of its table; no row where there is none."""
    keys = " and ".join(f'"{name}" is not distinct from $sleutel_{i}' for i, (name, _) in enumerate(correction.key))
    values = {f"sleutel_{i}": value for i, (_, value) in enumerate(correction.key)}
    return con.sql(f'from landing."{correction.table}" where {keys}', params=values).pl()
