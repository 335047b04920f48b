"""Splitting what was built: the dashboard reads marts without persons, and the staff lie in a file of their own.

Both are fresh files: no byte of a delivery, or of a person, is left between the tables of one that held more.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from warehouse.staff_views import write_names, write_staff_views
from warehouse.versions import HR, PUBLIC, file_beside

#: The views that are bound to a reader.
_VIEWS = ("zicht", "netwerk")
#: What whoever reads the HR file needs besides: which version it is of, and what its columns mean.
_META_OF_HR = ("versie", "kolom")


def split(con: duckdb.DuckDBPyConnection, work: Path, personal: Collection[str], names: pl.DataFrame) -> None:
    """Copy the finished tables of the work file to the two files beside it, with their comments and row order.

    What the dashboard reads: the schemas mart, meta and settings without the `personal` marts (those with a row per
    member of staff), and the views through which readers see them. The HR file: the `personal` marts, their views, and
    the names of the staff (`names`: pseudoniem, naam), which are stored nowhere else.
    """
    tables = con.execute(
        "select schema_name, table_name from duckdb_tables() "
        "where database_name = current_database() and schema_name in ('mart', 'meta', 'settings') order by all"
    ).fetchall()
    apart = [("mart", name) for name in sorted(personal)]
    with _new_file(con, file_beside(work, PUBLIC)):
        _copy(con, [table for table in tables if table not in apart])
        _copy_views(con, personal)
    with _new_file(con, file_beside(work, HR)):
        _copy(con, [*(table for table in tables if table in apart), *(("meta", name) for name in _META_OF_HR)])
        with _inside(con):
            write_names(con, names)
            write_staff_views(con)


@contextmanager
def _new_file(con: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """Have a new file at hand as the database `deel`; it is whole on disk afterwards.

    All of it is one transaction: hundreds of comments would each be written to disk by themselves.
    """
    con.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as deel")
    con.execute("begin")
    yield
    con.execute("commit")
    con.execute("detach deel")


@contextmanager
def _inside(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Work in the new file: what a statement or a view names is looked for there."""
    [(own,)] = con.execute("select current_database()").fetchall()
    con.execute("use deel")
    yield
    con.execute(f'use "{own}"')


def _copy(con: duckdb.DuckDBPyConnection, tables: Iterable[tuple[str, str]]) -> None:
    comments = con.execute(
        "select schema_name, table_name, column_name, replace(comment, $one, $two) from duckdb_columns() "
        "where database_name = current_database() and comment is not null",
        {"one": "'", "two": "''"},
    ).fetchall()
    copied = set(tables)
    for schema, table in sorted(copied):
        con.execute(f'create schema if not exists deel."{schema}"')
        con.execute(f'create table deel."{schema}"."{table}" as from "{schema}"."{table}"')
    said = [
        f'comment on column deel."{schema}"."{table}"."{column}" is \'{text}\''
        for schema, table, column, text in comments
        if (schema, table) in copied
    ]
    if said:
        con.execute("; ".join(said))


def _copy_views(con: duckdb.DuckDBPyConnection, personal: Collection[str]) -> None:
    """Make the views of the readers in the new file, as the build made them; a view may read an earlier one."""
    views = con.execute(
        "select schema_name, view_name, sql from duckdb_views() where database_name = current_database() "
        "and schema_name in (select unnest(?)) order by view_oid",
        [list(_VIEWS)],
    ).fetchall()
    with _inside(con):
        for schema, name, sql in views:
            if name not in personal:
                con.execute(f'create schema if not exists "{schema}"')
                con.execute(sql)
