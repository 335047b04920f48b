"""The one way a query runs: for a reader, within what that reader may see.

The marts are read through the views of `warehouse.scoped_views`, never by themselves: `zicht` holds what the reader
may see whole, `netwerk` everything, without what tells whose it is where it is not the reader's.
"""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache

import duckdb
import polars as pl

from warehouse.model import syntax_nodes
from warehouse.scope import Scope

Connection = duckdb.DuckDBPyConnection
Parameter = str | int | float | bool | None

#: Rows as they were delivered, in part.
_DELIVERED = {"meta.quarantaine", "meta.correctie"}
_READABLE = {"zicht", "netwerk", "meta", "settings", "information_schema"}
#: Table functions that make rows of their own arguments or of names; any other could reach a table by another way.
_FUNCTIONS = {"unnest", "range", "generate_series", "duckdb_columns"}
#: Joins rows of instellingen without telling which: another one in every process, so that nothing can be looked up.
_LINK_KEY = secrets.token_hex(16)


class MissingTableError(Exception):
    """A table or column is not in this warehouse: it was built before a model gave it."""


class OutsideScopeError(Exception):
    """A query reads something else than the views that keep to the reader's scope."""


@dataclass(frozen=True)
class Reader:
    """A cursor that shows what is within the scope and nothing else. Made by `reading`."""

    cursor: Connection
    scope: Scope


@contextmanager
def reading(connection: Connection, scope: Scope) -> Iterator[Reader]:
    """Give a reader with a cursor of its own (two sessions may ask at the same time), bound to the scope."""
    with connection.cursor() as cursor:
        for name, value in asdict(scope).items():
            bound = list(value) if isinstance(value, tuple) else value
            cursor.execute(f'set variable "scope.{name}" = ?', [bound])
        cursor.execute('set variable "scope.zout" = ?', [_LINK_KEY])
        yield Reader(cursor, scope)


def fetch(reader: Reader, sql: str, **params: Parameter) -> pl.DataFrame:
    """Return the rows of a select statement; `$name` in the SQL takes its value from `params`.

    Raises OutsideScopeError where the statement reads anything but the views of the scope, and MissingTableError
    when the warehouse lacks a table or column.
    """
    tables = _tables_read(sql)
    if tables & _DELIVERED and not reader.scope.leveringen:
        raise OutsideScopeError("Rijen van leveringen vallen buiten wat te lezen is.")
    try:
        return reader.cursor.sql(sql, params=params).pl()
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise MissingTableError(str(error)) from error


@cache
def _tables_read(sql: str) -> frozenset[str]:
    """Return every table that the statement reads, as DuckDB sees it; statements are constants, so this runs once.

    Raises OutsideScopeError where one of them does not keep to the scope.
    """
    with duckdb.connect() as parser:
        row = parser.execute("select json_serialize_sql(?)", [sql]).fetchall()[0]
    tree = json.loads(row[0])
    if tree["error"]:
        raise OutsideScopeError(f"Geen leesbare vraag: {tree.get('error_message')}")
    if len(tree["statements"]) != 1:
        raise OutsideScopeError("Een vraag is precies één opdracht.")
    tables = set()
    for node in syntax_nodes(tree["statements"]):
        if node.get("type") == "BASE_TABLE":
            name = f"{node['schema_name']}.{node['table_name']}"
            # A name without a schema is one that the statement makes itself: the warehouse has no such tables.
            if node["catalog_name"] or node["schema_name"] not in {"", *_READABLE}:
                raise OutsideScopeError(f"{name} valt buiten wat te lezen is.")
            tables.add(name)
        elif node.get("type") == "TABLE_FUNCTION" and node["function"]["function_name"] not in _FUNCTIONS:
            raise OutsideScopeError(f"{node['function']['function_name']}() valt buiten wat te lezen is.")
        elif node.get("type") == "SHOW_REF":
            raise OutsideScopeError("Een beschrijving van een tabel valt buiten wat te lezen is.")
    return frozenset(tables)
