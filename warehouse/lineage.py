"""Where a mart comes from: the delivered tables that it reads, directly or through other models."""

from collections.abc import Mapping
from dataclasses import replace

import duckdb

from warehouse.model import Model, with_ancestors

#: Lists the months from the first to the last delivered, and nothing of what is delivered in them.
CALENDAR = "core.dim_maand"


def landing_tables_of(models: Mapping[str, Model]) -> dict[str, list[str]]:
    """Return the landing tables behind every mart (names without their schema), sorted.

    The order of building knows them already: each model names the tables that it reads. What was delivered before
    (`landing._…`) is no source of its own, and a month in the calendar says nothing about the figures of that month.
    """
    read = {name: replace(model, depends_on=()) if name == CALENDAR else model for name, model in models.items()}
    return {
        model.table: sorted(
            {
                table.removeprefix("landing.")
                for reader in with_ancestors(read, [name]).values()
                for table in reader.depends_on
                if table.startswith("landing.") and not table.startswith("landing._")
            }
        )
        for name, model in models.items()
        if model.schema == "mart"
    }


def write_lineage(con: duckdb.DuckDBPyConnection, models: Mapping[str, Model]) -> None:
    """Write `meta.herkomst` (mart, tabel): a row per mart and delivered table behind it."""
    con.execute("create or replace table meta.herkomst (mart varchar, tabel varchar, primary key (mart, tabel))")
    pairs = [(mart, table) for mart, tables in landing_tables_of(models).items() for table in tables]
    con.execute(
        "insert into meta.herkomst select unnest(?::varchar[]), unnest(?::varchar[])",
        [[mart for mart, _ in pairs], [table for _, table in pairs]],
    )


def name_sources(con: duckdb.DuckDBPyConnection, sources: Mapping[str, str]) -> None:
    """Add to `meta.herkomst` the source (`bron`) of each delivered table; `sources` maps table to source."""
    con.execute("alter table meta.herkomst add column bron varchar")
    con.executemany(
        "update meta.herkomst set bron = ? where tabel = ?", [(bron, table) for table, bron in sources.items()]
    )
