"""Whether a text stands anywhere in a warehouse file: the proof that somebody is in it no more."""

from collections.abc import Sequence
from pathlib import Path

from warehouse.connection import open_read_only

_NO_TEXT = "tinyint|smallint|integer|bigint|hugeint|double|float|boolean|date|time|timestamp.*|decimal.*"


def columns_with(path: Path, patterns: Sequence[str]) -> list[str]:
    """Return the columns (schema.table.column) in which one of the patterns is found; they are in lower case."""
    found = []
    with open_read_only(path) as con:
        columns = con.execute(
            """
            select table_schema, table_name, column_name
            from information_schema.columns
            join information_schema.tables using (table_catalog, table_schema, table_name)
            where table_type = 'BASE TABLE' and not regexp_full_match(lower(data_type), $numeric)
            """,
            {"numeric": _NO_TEXT},
        ).fetchall()
        for schema, table, column in columns:
            relation = con.table(f'"{schema}"."{table}"')
            for pattern in patterns:
                quoted = pattern.replace("'", "''")
                hit = f"regexp_matches(lower(\"{column}\"::varchar), '{quoted}')"
                if relation.filter(hit).limit(1).fetchall():
                    found.append(f"{schema}.{table}.{column}")
    return found
