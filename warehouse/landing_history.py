"""What was delivered before: from when until when rows counted, for what must not be told by two versions together.

Three tables beside the landing tables, made of the same deliveries. A moment is the number of a change of the archive
(a load, a withdrawal); until the next one only the day goes on. They begin with `_`: nobody delivers them.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from warehouse.correct import Correction, corrected

STAFF = "_personeel_verloop"


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
    staff = [file for file in held if file.table == "personeel"]
    if staff:
        _delivered(con, staff, schemas["personeel"], corrections)
        con.execute(
            f"insert into landing.{STAFF} "
            "select moment, van, tot, dienst, team, in_dienst, uit_dienst from verloop order by all"
        )
        con.execute("drop view verloop")


def _delivered(
    con: duckdb.DuckDBPyConnection,
    held: Sequence[HeldFile],
    schema: dict[str, pl.DataType],
    corrections: Sequence[Correction],
) -> None:
    """Make the view `verloop`: the rows of the files, with moment, tot_moment, van and tot."""
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
    own = [correction for correction in corrections if correction.table == held[0].table]
    rows = corrected(con, schema, own, columns, "geleverd") if own else "from geleverd"
    con.execute(
        f"create or replace temp view verloop as select * from ({rows}) as rij "
        "join geldig on geldig.filename = rij.filename and geldig.vak is not distinct from rij._vak"
    )
