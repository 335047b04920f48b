"""The landing tables as the contracts declare them, and a short way to write rows into them."""

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
import polars as pl

from pipelines.sources import CONTRACTS
from warehouse.landing_history import create_history

#: Every landing table has these after its own columns.
_ORIGIN = {
    "_levering": "varchar",
    "_vak": "varchar",
    "_blad": "varchar",
    "_rij": "integer",
    "_volgorde": "integer",
    "_ontvangen": "date",
    "_klein": "varchar[]",
}

_TYPES = {
    pl.String(): "varchar",
    pl.Int64(): "bigint",
    pl.Float64(): "double",
    pl.Boolean(): "boolean",
    pl.Date(): "date",
    pl.Time(): "time",
    pl.Datetime("us"): "timestamp",
    pl.List(pl.String()): "varchar[]",
    pl.List(pl.Struct({"vraag": pl.String(), "waarde": pl.String()})): "struct(vraag varchar, waarde varchar)[]",
}

#: Every table of the contracts, with the types that cleaning gives.
LANDING: dict[str, dict[str, str]] = {
    contract.name: {name: _TYPES[kind] for name, kind in contract.schema.items()} for contract in CONTRACTS
}


def create_landing(con: duckdb.DuckDBPyConnection) -> None:
    """Create every landing table, empty."""
    con.execute("create schema landing")
    for table, columns in LANDING.items():
        declared = ", ".join(f"{name} {kind}" for name, kind in {**columns, **_ORIGIN}.items())
        con.execute(f"create table landing.{table} ({declared})")
    create_history(con)


def landing(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert literal rows, as lines of one file after those that are there; what a row does not name stays null."""
    known = {**LANDING[table], **_ORIGIN}
    ((there,),) = con.execute(f"select count(*) from landing.{table}").fetchall()
    for number, row in enumerate(rows, start=there + 2):
        full = {"_levering": "L1", "_vak": "alle", "_rij": number, "_volgorde": 1, "_klein": [], **row}
        unknown = set(full) - set(known)
        assert not unknown, f"landing.{table} has no column {sorted(unknown)}"
        names = ", ".join(full)
        marks = ", ".join(f"${name}" for name in full)
        con.execute(f"insert into landing.{table} ({names}) values ({marks})", full)
