"""The landing tables: the rows of all deliveries that count at a peildatum, with their references checked.

A delivery counts unless a newer one of the same source covers the same vak. A reference to something
no active delivery holds (an instelling, an activiteit) sends the row to quarantine; this is judged anew in
every build, so the order in which files arrive makes no difference.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
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


def land(
    con: duckdb.DuckDBPyConnection,
    tables: Sequence[LandingTable],
    files: dict[str, list[LandingFile]],
    largest_refused_share: float,
    corrections: Sequence[Correction] = (),
) -> Landed:
    """Make `landing.<table>` for every table, in the given order (a reference points to an earlier table).

    Faults of references are stored in `landing._quarantaine` (levering, tabel, blad, rij, kolom, waarde, reden).
    A delivery of which more than `largest_refused_share` of the rows is refused does not count at all.
    What became of each of the `corrections` is in the result.
    """
    con.execute("create schema if not exists landing")
    con.execute(
        "create or replace table landing._quarantaine "
        "(levering varchar, tabel varchar, blad varchar, rij bigint, kolom varchar, waarde varchar, reden varchar)"
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
    return con.sql("from landing._quarantaine order by all").pl()


def _land_table(
    con: duckdb.DuckDBPyConnection,
    table: LandingTable,
    files: list[LandingFile],
    corrections: Sequence[Correction],
    result: Landed,
) -> None:
    result.corrections.update(dict.fromkeys(corrections, NOT_FOUND))
    empty = pl.DataFrame(schema=table.schema | SYSTEM_COLUMNS)
    con.register("leeg", empty)
    # Arrow's time of day has nanoseconds, which SQL cannot mix with an ordinary time.
    times = ", ".join(f'"{n}"::time as "{n}"' for n, kind in table.schema.items() if kind == pl.Time())
    replaced = f"replace ({times})" if times else ""
    con.execute(f'create or replace table landing."{table.name}" as select * {replaced} from leeg')
    con.unregister("leeg")
    if not files:
        return
    _gather(con, table, files, corrections)
    for reference in table.references:
        _check_reference(con, table, reference, result)
    _count_refused(con, table, files, result)
    columns = ", ".join(f'"{name}"' for name in table.schema | SYSTEM_COLUMNS)
    con.execute(
        f"""
        insert into landing."{table.name}" ({columns})
        select {columns} from {_current(con, table, len(files))} as kandidaat
        where not exists (
            select 1 from landing._quarantaine as fout
            where fout.tabel = ? and fout.levering = kandidaat._levering
              and fout.rij = kandidaat._rij and fout.blad is not distinct from kandidaat._blad
        )
        """,
        [table.name],
    )
    rows = con.execute(f'select distinct _levering from landing."{table.name}"').fetchall()
    result.active.update(row[0] for row in rows)
    con.execute("drop view if exists laatste")
    result.corrections.update({correction: state_of(con, correction, "ruwe_rijen") for correction in corrections})
    con.execute("drop view kandidaten")
    con.execute("drop view ruwe_rijen")


def _gather(
    con: duckdb.DuckDBPyConnection, table: LandingTable, files: list[LandingFile], corrections: Sequence[Correction]
) -> None:
    """Make the view `kandidaten` of all rows that were accepted at reading, of old and new deliveries, corrected.

    A view, because a check of one reference reads one column: only the rows that count are copied, once.
    """
    origin = pl.DataFrame(
        {
            "filename": [str(file.path) for file in files],
            "_levering": [file.levering for file in files],
            "_volgorde": [file.volgorde for file in files],
            "_ontvangen": [file.ontvangen for file in files],
        }
    )
    con.register("herkomst_frame", origin)
    con.execute("create or replace temp table herkomst as from herkomst_frame")
    con.unregister("herkomst_frame")
    columns = ", ".join(f'"{name}"' for name in [*table.schema, "_vak", "_blad", "_rij", "_klein"])
    # A view takes no parameters; the paths are our own, quoted all the same.
    paths = ", ".join("'" + str(file.path).replace("'", "''") + "'" for file in files)
    con.execute(
        f"""
        create or replace temp view ruwe_rijen as
        select {columns}, herkomst._levering, herkomst._volgorde, herkomst._ontvangen
        from read_parquet([{paths}], filename = true) join herkomst using (filename)
        """
    )
    every = [*table.schema, *SYSTEM_COLUMNS]
    rows = corrected(con, table.schema, corrections, every, "ruwe_rijen") if corrections else "from ruwe_rijen"
    con.execute(f"create or replace temp view kandidaten as {rows}")


def _current(con: duckdb.DuckDBPyConnection, table: LandingTable, deliveries: int) -> str:
    """Return the relation of the rows that no newer delivery replaces.

    The newest delivery of a vak holds it; where two vakken hold the same key, the newest row stays. Rows are
    put in order only where a key does occur twice: for millions of rows that costs more than all the rest.
    """
    if deliveries == 1:
        return "kandidaten"
    con.execute(
        """
        create or replace temp table nieuwste as
        select _vak, max(_volgorde) as _volgorde from kandidaten group by _vak
        """
    )
    con.execute(
        """
        create or replace temp view laatste as
        select kandidaten.* from kandidaten
        join nieuwste on nieuwste._vak is not distinct from kandidaten._vak
            and nieuwste._volgorde = kandidaten._volgorde
        """
    )
    keys = ", ".join(f'"{name}"' for name in table.key)
    if not keys or not con.execute(f"select 1 from laatste group by {keys} having count(*) > 1 limit 1").fetchall():
        return "laatste"
    return f"""(
        select * from laatste
        qualify row_number() over (partition by {keys} order by _volgorde desc, _vak desc) = 1
    )"""


def _check_reference(con: duckdb.DuckDBPyConnection, table: LandingTable, reference: Reference, result: Landed) -> None:
    known = f'select "{reference.target}" from landing."{reference.table}"'
    if not con.execute(f"{known} limit 1").fetchall():
        # Nothing to check against yet: the rows wait in their table and are judged once the list is there.
        result.empty_references.add((table.name, reference.table))
        return
    con.execute(
        f"""
        insert into landing._quarantaine
        select _levering, ?, _blad, _rij, ?, "{reference.column}", ?
        from kandidaten
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
    kept = dict(con.execute("select _levering, count(*) from kandidaten group by all").fetchall())
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
            result.refused[levering] = (
                f"{total} van de {rows_read[levering]} rijen ({', '.join(by_reference)}) verwijzen naar iets dat niet "
                "geladen is of breken een regel; dat is te veel om de rest te vertrouwen. Laad eerst de lijst waarnaar "
                "ze verwijzen, of verbeter de rijen."
            )
