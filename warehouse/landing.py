"""The landing tables: the rows of all deliveries that count at a peildatum, with their references checked.

A delivery counts unless a newer one of the same source covers the same vak. A reference to something
no active delivery holds (an instelling, an activiteit) sends the row to quarantine; this is judged anew in
every build, so the order in which files arrive makes no difference.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from warehouse.correct import NOT_FOUND, Correction, corrected, state_of
from warehouse.landing_history import create_history


@dataclass(frozen=True)
class Reference:
    """A column whose value must stand in `table.target`, or be one of `also`."""

    column: str
    header: str
    table: str
    target: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class LandingTable:
    """One table to land: its columns with polars types, its key and its references."""

    name: str
    schema: dict[str, pl.DataType]
    key: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class LandingFile:
    """The accepted rows of one table of one delivery, as parquet. `gelezen`: rows read, refused ones too."""

    levering: str
    volgorde: int
    path: Path
    gelezen: int
    ontvangen: dt.date


@dataclass
class Landed:
    """What landing gave: per delivery and table the rows refused by references, and who was refused as a whole."""

    refused_rows: dict[tuple[str, str], int] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    lost_at_reading: dict[tuple[str, str], int] = field(default_factory=dict)
    active: set[str] = field(default_factory=set)
    empty_references: set[tuple[str, str]] = field(default_factory=set)
    corrections: dict[Correction, str] = field(default_factory=dict)


SYSTEM_COLUMNS = {
    "_levering": pl.String(),
    "_vak": pl.String(),
    "_blad": pl.String(),
    "_rij": pl.Int64(),
    "_volgorde": pl.Int64(),
    "_ontvangen": pl.Date(),
    "_klein": pl.List(pl.String()),
}

#: Up to how many rows read a table is copied: a small one is read by more models than a copy costs, a large one is not.
COPIED = 250_000

_ROW = "{0}.rij = kandidaat._rij and {0}.blad is not distinct from kandidaat._blad"
#: The tables of what does not count, and how the rows of a delivery are known in each.
_LEFT_OUT = {
    "_vervangen": "{0}.vak is not distinct from kandidaat._vak",
    "_quarantaine": _ROW,
    "_dubbel": _ROW,
}


def land(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[LandingTable],
    files: dict[str, list[LandingFile]],
    largest_refused_share: float,
    corrections: Sequence[Correction] = (),
) -> Landed:
    """Make `landing.<table>` for every table, in the given order (a reference points to an earlier table).

    Of a small table the rows are copied; a large one is a view on the parquet of its deliveries, because reading those
    is cheaper than copying them. So `con` can be read as long as they stay where they are.

    Faults of references are stored in `landing._quarantaine` (levering, tabel, blad, rij, kolom, waarde, reden,
    vak), and in `landing._vakken` which deliveries hold which vak, of the tables of which there are several.
    A delivery of which more than `largest_refused_share` of the rows is refused does not count at all.
    What became of each of the `corrections` is in the result.
    """
    con.execute("create schema if not exists landing")
    con.execute(
        "create or replace table landing._quarantaine "
        "(levering varchar, tabel varchar, blad varchar, rij bigint, kolom varchar, waarde varchar, reden varchar, "
        "vak varchar)"
    )
    create_history(con)
    result = Landed()
    # A refused delivery gives its vakken back to the one before it, in every table: hence from the start.
    while _refuses_one(con, tables, files, largest_refused_share, corrections, result):
        pass
    return result


def _refuses_one(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[LandingTable],
    files: dict[str, list[LandingFile]],
    largest_refused_share: float,
    corrections: Sequence[Correction],
    result: Landed,
) -> bool:
    """Land the tables up to the first in which a delivery is refused; return whether that happened."""
    refused = list(result.refused)
    result.active.clear()
    result.refused_rows = {key: rows for key, rows in result.refused_rows.items() if key[0] in result.refused}
    result.lost_at_reading.clear()
    rows_read = Counter[str]()
    for file in (file for of_table in files.values() for file in of_table):
        rows_read[file.levering] += file.gelezen
    con.execute("delete from landing._quarantaine where levering not in (select unnest(?::varchar[]))", [refused])
    _begin(con, tables)
    for table in tables:
        counting = [file for file in files.get(table.name, []) if file.levering not in result.refused]
        own = [correction for correction in corrections if correction.table == table.name]
        _land_table(con, table, counting, own, result)
        _refuse_deliveries(counting, rows_read, largest_refused_share, result)
        if len(result.refused) > len(refused):
            return True
    return False


def reference_faults(con: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the rows that refer to something unknown: levering, tabel, blad, rij, kolom, waarde, reden."""
    return con.sql("select * exclude (vak) from landing._quarantaine order by all").pl()


def _begin(con: duckdb.DuckDBPyConnection, tables: Sequence[LandingTable]) -> None:
    """Make every table, empty, and what says where rows come from and which of them do not count."""
    views = con.execute(
        "select view_name from duckdb_views() where database_name = current_database() and schema_name = 'landing'"
    ).fetchall()
    for (view,) in views:
        con.execute(f'drop view landing."{view}"')
    for table in tables:
        con.register("leeg", pl.DataFrame(schema=table.schema | SYSTEM_COLUMNS))
        con.execute(f'create or replace table landing."{table.name}" as select {_columns(table)} from leeg')
        con.unregister("leeg")
    con.execute(
        "create or replace table landing._herkomst "
        "(tabel varchar, filename varchar, levering varchar, volgorde bigint, ontvangen date)"
    )
    con.execute(
        "create or replace table landing._vakken "
        "(tabel varchar, levering varchar, volgorde bigint, vak varchar, rijen bigint)"
    )
    con.execute("create or replace table landing._vervangen (tabel varchar, levering varchar, vak varchar)")
    con.execute("create or replace table landing._dubbel (tabel varchar, levering varchar, blad varchar, rij bigint)")


def _columns(table: LandingTable) -> str:
    """Return the columns of a table, to be selected from a frame or its parquet."""
    # Arrow's time of day has nanoseconds, which SQL cannot mix with an ordinary time.
    return ", ".join(
        f'"{name}"::time as "{name}"' if kind == pl.Time() else f'"{name}"'
        for name, kind in (table.schema | SYSTEM_COLUMNS).items()
    )


def _land_table(
    con: duckdb.DuckDBPyConnection,
    table: LandingTable,
    files: list[LandingFile],
    corrections: Sequence[Correction],
    result: Landed,
) -> None:
    result.corrections.update(dict.fromkeys(corrections, NOT_FOUND))
    if not files:
        return
    _gather(con, table, files, corrections)
    for reference in table.references:
        _check_reference(con, table, reference, result)
    _count_refused(con, table, files, result)
    if len(files) > 1:
        _note_replaced(con, table)
    con.execute(f'drop table landing."{table.name}"')
    made = "table" if sum(file.gelezen for file in files) <= COPIED else "view"
    con.execute(f'create {made} landing."{table.name}" as {_without(con, table, _LEFT_OUT)}')
    rows = con.execute(f'select distinct _levering from landing."{table.name}"').fetchall()
    result.active.update(row[0] for row in rows)
    result.corrections.update({one: state_of(con, one, f'landing."{_raw(table)}"') for one in corrections})


def _raw(table: LandingTable) -> str:
    """Return the name of the view of all rows that were accepted at reading, as they were delivered."""
    return f"_{table.name}_geleverd"


def _candidates(table: LandingTable) -> str:
    """Return the view of all rows that were accepted at reading, of old and new deliveries, corrected."""
    return f'landing."_{table.name}_kandidaten"'


def _gather(
    con: duckdb.DuckDBPyConnection, table: LandingTable, files: list[LandingFile], corrections: Sequence[Correction]
) -> None:
    """Make the views of the rows as they were delivered, and of the same rows corrected."""
    origin = pl.DataFrame(
        {
            "tabel": [table.name] * len(files),
            "filename": [str(file.path) for file in files],
            "levering": [file.levering for file in files],
            "volgorde": [file.volgorde for file in files],
            "ontvangen": [file.ontvangen for file in files],
        }
    )
    con.register("herkomst", origin)
    con.execute("insert into landing._herkomst from herkomst")
    con.unregister("herkomst")
    # A view takes no parameters; the paths are our own, quoted all the same.
    paths = ", ".join("'" + str(file.path).replace("'", "''") + "'" for file in files)
    con.execute(
        f"""
        create view landing."{_raw(table)}" as
        with herkomst as (
            select filename, levering as _levering, volgorde as _volgorde, ontvangen as _ontvangen
            from landing._herkomst where tabel = '{table.name}'
        )
        select {_columns(table)} from read_parquet([{paths}], filename = true) join herkomst using (filename)
        """
    )
    every = [*table.schema, *SYSTEM_COLUMNS]
    source = f'landing."{_raw(table)}"'
    rows = (
        corrected(con, table.schema, corrections, every, source, f"_{table.name}") if corrections else f"from {source}"
    )
    con.execute(f"create view {_candidates(table)} as {rows}")


def _note_replaced(con: duckdb.DuckDBPyConnection, table: LandingTable) -> None:
    """Note what a newer delivery replaces: a vak that it holds too, and a key that stands in another vak."""
    con.execute(
        f"""
        insert into landing._vakken
        select ?, _levering, _volgorde, _vak, count(*) from {_candidates(table)} group by all
        """,
        [table.name],
    )
    con.execute(
        """
        insert into landing._vervangen
        select tabel, levering, vak from landing._vakken where tabel = ?
        qualify volgorde < max(volgorde) over (partition by vak)
        """,
        [table.name],
    )
    keys = ", ".join(f'"{name}"' for name in table.key)
    newest = _without(con, table, ["_vervangen"])
    if not keys or not con.execute(f"select 1 from ({newest}) group by {keys} having count(*) > 1 limit 1").fetchall():
        return
    # Only where a key does occur twice: putting millions of rows in order costs more than all the rest.
    con.execute(
        f"""
        insert into landing._dubbel
        select ?, _levering, _blad, _rij from ({newest})
        qualify row_number() over (partition by {keys} order by _volgorde desc, _vak desc) > 1
        """,
        [table.name],
    )


def _without(con: duckdb.DuckDBPyConnection, table: LandingTable, left_out: Iterable[str]) -> str:
    """Return the select of the candidates that are not in these tables of what does not count."""
    # An anti join: `not exists` says the same and takes four times as long over ten million rows.
    without = [
        f"anti join (from landing.{name} where tabel = '{table.name}') as {name} "
        f"on {name}.levering = kandidaat._levering and {_LEFT_OUT[name].format(name)}"
        for name in left_out
        # Looking for nothing costs something too.
        if con.execute(f"select 1 from landing.{name} where tabel = ? limit 1", [table.name]).fetchall()
    ]
    return f"select * from {_candidates(table)} as kandidaat {' '.join(without)}"


def _check_reference(con: duckdb.DuckDBPyConnection, table: LandingTable, reference: Reference, result: Landed) -> None:
    known = f'select "{reference.target}" from landing."{reference.table}"'
    if not con.execute(f"{known} limit 1").fetchall():
        # Nothing to check against yet: the rows wait in their table and are judged once the list is there.
        result.empty_references.add((table.name, reference.table))
        return
    con.execute(
        f"""
        insert into landing._quarantaine
        select _levering, ?, _blad, _rij, ?, "{reference.column}", ?, _vak
        from {_candidates(table)}
        where "{reference.column}" is not null
          and not list_contains(?::varchar[], "{reference.column}")
          and "{reference.column}" not in (select distinct v from ({known}) as t(v) where v is not null)
        """,
        [
            table.name,
            reference.header,
            f"staat niet in de {reference.table} die geladen zijn",
            list(reference.also),
        ],
    )


def _count_refused(
    con: duckdb.DuckDBPyConnection, table: LandingTable, files: list[LandingFile], result: Landed
) -> None:
    """Note per delivery how many rows of the table its references refuse, and how many reading had refused."""
    counts = con.execute(
        "select levering, count(distinct (blad, rij)) from landing._quarantaine where tabel = ? group by all",
        [table.name],
    ).fetchall()
    bad = dict(counts)
    kept = dict(con.execute(f"select _levering, count(*) from {_candidates(table)} group by all").fetchall())
    for file in files:
        result.refused_rows[file.levering, table.name] = bad.get(file.levering, 0)
        result.lost_at_reading[file.levering, table.name] = file.gelezen - kept.get(file.levering, 0)


def _refuse_deliveries(
    files: list[LandingFile], rows_read: Mapping[str, int], largest_refused_share: float, result: Landed
) -> None:
    """Refuse a delivery as a whole when too many rows of all its tables so far are in quarantine."""
    for levering in [file.levering for file in files]:
        by_reference = {name: rows for (whose, name), rows in result.refused_rows.items() if whose == levering and rows}
        at_reading = sum(rows for (whose, _), rows in result.lost_at_reading.items() if whose == levering)
        total = sum(by_reference.values()) + at_reading
        if by_reference and total > largest_refused_share * rows_read[levering]:
            names = ", ".join(name.replace("_", " ") for name in by_reference)
            refer, breaks = ("verwijst", "breekt") if total == 1 else ("verwijzen", "breken")
            result.refused[levering] = (
                f"{total} van de {rows_read[levering]} rijen ({names}) {refer} naar iets dat niet geladen is of "
                f"{breaks} een regel; dat is te veel om de rest te vertrouwen. Het quarantainebestand van deze "
                "levering toont welke rijen. Laad eerst de lijst waarnaar ze verwijzen, of verbeter de rijen."
            )
