"""What a new landing would change against the landing tables of a published warehouse, key by key."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import duckdb

from warehouse.landing import LandingTable

MOST_EXAMPLES = 20
HIDDEN = "(persoonsgegeven)"


def attach_published(con: duckdb.DuckDBPyConnection, published: Path) -> None:
    """Make the work file of the published version readable as `vorig`, beside the landing tables of the connection."""
    con.execute(f"attach '{str(published).replace(chr(39), chr(39) * 2)}' as vorig (read_only)")


def compare_table(
    con: duckdb.DuckDBPyConnection, table: LandingTable, delivered: Collection[str], personal: Collection[str]
) -> dict[str, Any]:
    """Return what changes in one landing table: nieuw, gewijzigd, verdwenen, gelijk (rows) and voorbeelden.

    `delivered` are the deliveries that are looked at: only their rows can be equal. Where nothing is attached
    as `vorig`, or it has no such table, every row is new. Columns in `personal` are never shown.
    A table without a key is compared row by row: nothing in it changes, rows come and go.
    """
    before = _columns_before(con, table)
    if table.key and not set(table.key) <= set(before):
        before = []
    con.execute(
        "create or replace temp table nieuwe_leveringen as select unnest(?::varchar[]) as levering", [list(delivered)]
    )
    source = f'vorig.landing."{table.name}"' if before else f'(select * from landing."{table.name}" where false)'
    compared = [name for name in [*table.schema, "_klein"] if not before or name in before]
    if table.key:
        return _compare_by_key(con, table, source, [name for name in compared if name not in table.key], personal)
    return _compare_rows(con, table, source, compared)


def _columns_before(con: duckdb.DuckDBPyConnection, table: LandingTable) -> list[str]:
    rows = con.execute(
        "select column_name from information_schema.columns "
        "where table_catalog = 'vorig' and table_schema = 'landing' and table_name = ?",
        [table.name],
    ).fetchall()
    return [name for (name,) in rows]


def _compare_by_key(
    con: duckdb.DuckDBPyConnection, table: LandingTable, source: str, others: Sequence[str], personal: Collection[str]
) -> dict[str, Any]:
    on = " and ".join(f'nu."{name}" is not distinct from toen."{name}"' for name in table.key)
    same = " and ".join(f'nu."{name}" is not distinct from toen."{name}"' for name in others) or "true"
    con.execute(
        f"""
        create or replace temp table verschil as
        select
            case
                when toen._rij is null then 'nieuw'
                when nu._rij is null then 'verdwenen'
                when not ({same}) then 'gewijzigd'
                when nu._levering in (from nieuwe_leveringen) then 'gelijk'
            end as soort,
            {", ".join(f'coalesce(nu."{name}", toen."{name}") as "{name}"' for name in table.key)}
        from landing."{table.name}" as nu full join {source} as toen on {on}
        """
    )
    counts = dict(con.execute("select soort, count(*) from verschil where soort is not null group by all").fetchall())
    keys = [name for name in table.key if name != "_vak"]
    examples: dict[str, Any] = {}
    for kind in ("nieuw", "verdwenen"):
        rows = con.execute(
            f"select {_texts(table.key)} from verschil where soort = ? order by all limit {MOST_EXAMPLES}", [kind]
        ).fetchall()
        examples[kind] = [_shown_key(table.key, row, keys, personal) for row in rows]
    examples["gewijzigd"] = _changed(con, table, source, others, personal) if counts.get("gewijzigd") else []
    return _result(table, counts, examples)


def _changed(
    con: duckdb.DuckDBPyConnection, table: LandingTable, source: str, others: Sequence[str], personal: Collection[str]
) -> list[dict[str, Any]]:
    """Return the first changed cells: sleutel, kolom, oud, nieuw."""
    on = " and ".join(f'gekozen."{name}" is not distinct from {{0}}."{name}"' for name in table.key)
    shown = [name for name in others if name != "_klein"]
    columns = ", ".join(
        f"{side}.\"{name}\"::varchar, list_contains({side}._klein, '{name}')"
        for name in shown
        for side in ("toen", "nu")
    )
    rows = con.execute(
        f"""
        with gekozen as (
            select * from verschil where soort = 'gewijzigd' order by all limit {MOST_EXAMPLES}
        )
        select {", ".join(f'gekozen."{name}"::varchar' for name in table.key)}{", " if shown else ""}{columns}
        from gekozen
        join landing."{table.name}" as nu on {on.format("nu")}
        join {source} as toen on {on.format("toen")}
        order by all
        """
    ).fetchall()
    keys = [name for name in table.key if name != "_vak"]
    found = []
    for row in rows:
        key = _shown_key(table.key, row[: len(table.key)], keys, personal)
        cells = row[len(table.key) :]
        for place, name in enumerate(shown):
            old, old_small, new, new_small = cells[4 * place : 4 * place + 4]
            old, new = "<5" if old_small else old, "<5" if new_small else new
            if old != new:
                if name in personal:
                    old, new = (HIDDEN if value is not None else None for value in (old, new))
                found.append({"sleutel": key, "kolom": name, "oud": old, "nieuw": new})
    return found[:MOST_EXAMPLES]


def _compare_rows(
    con: duckdb.DuckDBPyConnection, table: LandingTable, source: str, compared: Sequence[str]
) -> dict[str, Any]:
    columns = ", ".join(f'"{name}"' for name in compared)
    now, then = f'select {columns} from landing."{table.name}"', f"select {columns} from {source}"
    arrived = f'select {columns} from landing."{table.name}" where _levering in (from nieuwe_leveringen)'
    counts = {
        "nieuw": _count(con, f"{now} except all {then}"),
        "verdwenen": _count(con, f"{then} except all {now}"),
        "gelijk": _count(con, f"{arrived} intersect all {then}"),
    }
    return _result(table, counts, {"nieuw": [], "gewijzigd": [], "verdwenen": []})


def _count(con: duckdb.DuckDBPyConnection, rows: str) -> int:
    return int(con.execute(f"select count(*) from ({rows})").fetchall()[0][0])


def _texts(columns: Sequence[str]) -> str:
    return ", ".join(f'"{name}"::varchar' for name in columns)


def _shown_key(
    key: Sequence[str], row: Sequence[str | None], shown: Sequence[str], personal: Collection[str]
) -> dict[str, str | None]:
    return {name: HIDDEN if name in personal else value for name, value in zip(key, row, strict=True) if name in shown}


def _result(table: LandingTable, counts: dict[str, int], examples: dict[str, Any]) -> dict[str, Any]:
    kinds = ("nieuw", "gewijzigd", "verdwenen", "gelijk")
    return {"tabel": table.name, **{kind: counts.get(kind, 0) for kind in kinds}, "voorbeelden": examples}
