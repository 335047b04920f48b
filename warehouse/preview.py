"""What a new landing would change against the landing of what is published, key by key."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import duckdb

from warehouse.landing import LandingTable

MOST_EXAMPLES = 20
HIDDEN = "(persoonsgegeven)"


@contextmanager
def landing_before(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Land what is published: inside the block, landing goes to the database `vorig`, beside that of the connection."""
    [(own,)] = con.execute("select current_database()").fetchall()
    con.execute("attach ':memory:' as vorig")
    con.execute("use vorig")
    yield
    con.execute(f'use "{own}"')


def compare_table(
    con: duckdb.DuckDBPyConnection, table: LandingTable, delivered: Collection[str], personal: Collection[str]
) -> dict[str, Any]:
    """Return what changes in one landing table: nieuw, gewijzigd, verdwenen, gelijk (rows) and voorbeelden.

    What was before is in `vorig` (`landing_before`). `delivered` are the deliveries that are looked at: only their rows
    can be equal. Columns in `personal` are never shown. A table without a key is compared row by row: nothing in it
    changes, rows come and go.
    """
    con.execute(
        "create or replace temp table nieuwe_leveringen as select unnest(?::varchar[]) as levering", [list(delivered)]
    )
    compared = [*table.schema, "_klein"]
    if table.key:
        return _compare_by_key(con, table, [name for name in compared if name not in table.key], personal)
    return _compare_rows(con, table, compared)


def _compare_by_key(
    con: duckdb.DuckDBPyConnection, table: LandingTable, others: Sequence[str], personal: Collection[str]
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
        from landing."{table.name}" as nu full join vorig.landing."{table.name}" as toen on {on}
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
    examples["gewijzigd"] = _changed(con, table, others, personal) if counts.get("gewijzigd") else []
    return _result(table, counts, examples)


def _changed(
    con: duckdb.DuckDBPyConnection, table: LandingTable, others: Sequence[str], personal: Collection[str]
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
        join vorig.landing."{table.name}" as toen on {on.format("toen")}
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


def _compare_rows(con: duckdb.DuckDBPyConnection, table: LandingTable, compared: Sequence[str]) -> dict[str, Any]:
    columns = ", ".join(f'"{name}"' for name in compared)
    now, then = (f'select {columns} from {place}landing."{table.name}"' for place in ("", "vorig."))
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
