"""The one way a query runs."""

import duckdb
import polars as pl

Connection = duckdb.DuckDBPyConnection
Parameter = str | int | float | bool | None


def fetch(cursor: duckdb.DuckDBPyConnection, sql: str, **params: Parameter) -> pl.DataFrame:
    """Return the rows of a select statement; `$name` in the SQL takes its value from `params`."""
    return cursor.sql(sql, params=params).pl()
