"""What was delivered before: from when until when rows counted, for what must not be told by two versions together.

Tables beside the landing tables, made of the same deliveries. A moment is the number of a change of the archive
(a load, a withdrawal); until the next one only the day goes on. They begin with `_`: nobody delivers them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from warehouse.correct import Correction, corrected

STAFF, ANSWERS_SINCE, ANSWERS_BEFORE = "_personeel_verloop", "_edbi_antwoorden_sinds", "_edbi_antwoorden_vroeger"
_ANSWER = {
    "response_id": "varchar",
    "uitnodiging_id": "varchar",
    "activiteit_id": "varchar",
    "status": "varchar",
    "progress": "double",
    "finished": "boolean",
    "recorded_date": "timestamp",
    "distribution_channel": "varchar",
    "antwoorden": "struct(vraag varchar, waarde varchar)[]",
}
#: The moment of what still counts.
_NEVER = 2147483647


@dataclass(frozen=True)
class HeldFile:
    """The accepted rows of one vak of a table, and when they counted: from `moment` on `day` until the next change.

    `until` is the moment at which they counted no more, on `last_day`; None where they still count, at the peildatum.
    """

    table: str
    vak: str
    path: Path
    moment: int
    day: dt.date
    until: int | None
    last_day: dt.date


def create_history(con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of what was delivered before, empty: everything counts as delivered at one moment."""
    con.execute(
        f"create or replace table landing.{STAFF} "
        "(moment integer, van date, tot date, dienst varchar, team varchar, in_dienst date, uit_dienst date)"
    )
    con.execute(f"create or replace table landing.{ANSWERS_SINCE} (response_id varchar, moment integer)")
    answer = ", ".join(f"{name} {kind}" for name, kind in _ANSWER.items())
    con.execute(f"create or replace table landing.{ANSWERS_BEFORE} ({answer}, moment integer, tot_moment integer)")


def write_history(
    con: duckdb.DuckDBPyConnection,
    held: Sequence[HeldFile],
    schemas: dict[str, dict[str, pl.DataType]],
    corrections: Sequence[Correction],
) -> None:
    """Fill the tables of what was delivered before; `schemas` are the columns of the delivered tables.

    `corrections` are those that were applied: a corrected row counts as corrected from its first delivery on.
    """
    create_history(con)
    if _delivered(con, "personeel", held, schemas, corrections):
        con.execute(
            f"insert into landing.{STAFF} "
            "select moment, van, tot, dienst, team, in_dienst, uit_dienst from verloop order by all"
        )
    con.execute("create or replace temp table uitgenodigd_sinds (uitnodiging_id varchar, moment integer)")
    if _delivered(con, "edbi_uitnodigingen", held, schemas, corrections):
        con.execute("insert into uitgenodigd_sinds select uitnodiging_id, min(moment) from verloop group by all")
    if _delivered(con, "edbi_antwoorden", held, schemas, corrections):
        _write_answers(con)


def _write_answers(con: duckdb.DuckDBPyConnection) -> None:
    """Write since when every response is as it is now, and what responses were before, or that are gone.

    A response counts from the moment on which its invitation was delivered as well.
    """
    columns = ", ".join(_ANSWER)
    con.execute(
        f"""
        create or replace temp table antwoorden_verloop as
        with gemerkt as (
            select
                {columns},
                moment,
                coalesce(tot_moment, {_NEVER}) as tot_moment,
                row({columns}) is not distinct from lag(row({columns})) over eerder
                and moment <= lag(coalesce(tot_moment, {_NEVER})) over eerder as is_vervolg
            from verloop
            window eerder as (partition by response_id order by moment, tot_moment)
        ),
        genummerd as (
            select
                *,
                count(*) filter (where is_vervolg is not true)
                over (partition by response_id order by moment, tot_moment rows unbounded preceding) as deel
            from gemerkt
        )
        select
            {", ".join(f"first(genummerd.{name}) as {name}" for name in _ANSWER)},
            greatest(min(genummerd.moment), coalesce(first(uitgenodigd_sinds.moment), 0)) as moment,
            max(tot_moment) as tot_moment
        from genummerd
        left join uitgenodigd_sinds using (uitnodiging_id)
        group by genummerd.response_id, deel
        """
    )
    con.execute(
        f"insert into landing.{ANSWERS_SINCE} "
        f"select response_id, min(moment) from antwoorden_verloop where tot_moment = {_NEVER} group by all order by all"
    )
    con.execute(
        f"insert into landing.{ANSWERS_BEFORE} select {columns}, moment, tot_moment from antwoorden_verloop "
        f"where tot_moment < {_NEVER} and moment < tot_moment order by response_id, moment"
    )


def _delivered(
    con: duckdb.DuckDBPyConnection,
    table: str,
    every: Sequence[HeldFile],
    schemas: dict[str, dict[str, pl.DataType]],
    corrections: Sequence[Correction],
) -> bool:
    """Make the view `verloop`: the rows of a table with moment, tot_moment, van and tot; False where it has none."""
    held, schema = [file for file in every if file.table == table], schemas.get(table, {})
    if not held:
        return False
    frame = pl.DataFrame(
        [(str(file.path), file.vak, file.moment, file.until, file.day, file.last_day) for file in held],
        schema={
            "filename": pl.String(),
            "vak": pl.String(),
            "moment": pl.Int32(),
            "tot_moment": pl.Int32(),
            "van": pl.Date(),
            "tot": pl.Date(),
        },
        orient="row",
    )
    con.register("verloop_frame", frame)
    con.execute("create or replace temp table geldig as from verloop_frame")
    con.unregister("verloop_frame")
    paths = ", ".join("'" + str(path).replace("'", "''") + "'" for path in sorted({file.path for file in held}))
    columns = [*schema, "_vak", "_klein", "filename"]
    named = ", ".join(f'"{name}"' for name in columns)
    con.execute(f"create or replace temp view geleverd as select {named} from read_parquet([{paths}], filename = true)")
    own = [correction for correction in corrections if correction.table == table]
    rows = corrected(con, schema, own, columns, "geleverd", f"_{table}_verloop") if own else "from geleverd"
    con.execute(
        f"create or replace temp view verloop as select * from ({rows}) as rij "
        "join geldig on geldig.filename = rij.filename and geldig.vak is not distinct from rij._vak"
    )
    return True
