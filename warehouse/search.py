"""Whether a text stands anywhere in a warehouse file: the proof that somebody is in it no more."""

from collections.abc import Sequence
from pathlib import Path

from warehouse.connection import open_read_only

_NO_TEXT = "tinyint|smallint|integer|bigint|hugeint|double|float|boolean|date|time|timestamp.*|decimal.*"
#: A column as text, in lower case. DuckDB writes an apostrophe inside a list or a struct with a backslash before it.
_TEXT = r"""replace(lower("{column}"::varchar), '\''', '''')"""


def columns_with(path: Path, patterns: Sequence[str]) -> list[str]:
    """Return the columns (schema.table.column) in which one of the patterns is found; they are in lower case."""
    if not patterns:
        return []
    found = []
    quoted = ["'" + pattern.replace("'", "''") + "'" for pattern in patterns]
    with open_read_only(path) as con:
        tables = con.execute(
            """
            select table_schema, table_name, list(column_name order by ordinal_position)
            from information_schema.columns
            join information_schema.tables using (table_catalog, table_schema, table_name)
            where table_type = 'BASE TABLE' and not regexp_full_match(lower(data_type), $numeric)
            group by all
            order by all
            """,
            {"numeric": _NO_TEXT},
        ).fetchall()
        for schema, table, columns in tables:
            # All columns in one pass over the table.
            hits = [
                " or ".join(f"regexp_matches({_TEXT.format(column=column)}, {pattern})" for pattern in quoted)
                for column in columns
            ]
            tally = ", ".join(f"bool_or({hit})" for hit in hits)
            is_there = con.table(f'"{schema}"."{table}"').aggregate(tally).fetchall()[0]
            found += [f"{schema}.{table}.{column}" for column, hit in zip(columns, is_there, strict=True) if hit]
    return found
