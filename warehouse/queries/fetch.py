"""The one way a query runs."""

import duckdb
import polars as pl

Connection = duckdb.DuckDBPyConnection
Parameter = str | int | float | bool | None


class MissingTableError(Exception):
    """A table or column is not in this warehouse: it was built before a model gave it."""


def fetch(cursor: duckdb.DuckDBPyConnection, sql: str, **params: Parameter) -> pl.DataFrame:
    """Return the rows of a select statement; `$name` in the SQL takes its value from `params`.

    Raises MissingTableError when the warehouse lacks a table or column.
    """
    try:
        return cursor.sql(sql, params=params).pl()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise MissingTableError(str(error)) from error
