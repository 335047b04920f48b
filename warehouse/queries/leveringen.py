"""Questions about the versions that are kept: each is a file of its own, so each is opened for a moment."""

from pathlib import Path

import duckdb
import polars as pl

from warehouse import versions
from warehouse.connection import open_read_only
from warehouse.queries.fetch import Reader, fetch, reading
from warehouse.scope import NOTHING

_SCHEMA = pl.Schema(
    {
        "versie": pl.Int64(),
        "gebouwd_op": pl.Datetime("us"),
        "peildatum": pl.Date(),
        "leveringen": pl.Int64(),
        "is_gepubliceerd": pl.Boolean(),
    }
)


def kept_versions(data_folder: Path) -> pl.DataFrame:
    """Return versie, gebouwd_op, peildatum, leveringen (that count in it) and is_gepubliceerd, newest first."""
    current = versions.published(data_folder)
    found = []
    for path in versions.version_files(data_folder).values():
        try:
            # How many deliveries count is no secret; nothing else is asked here.
            with open_read_only(path) as con, reading(con, NOTHING) as reader:
                found.append(_version(reader).with_columns(is_gepubliceerd=pl.lit(path == current)))
        except duckdb.IOException:
            if path.exists():
                raise
            continue  # a build has just tidied it up
    rows = pl.concat(found) if found else pl.DataFrame(schema=_SCHEMA)
    return rows.match_to_schema(_SCHEMA).sort("versie", descending=True)


def _version(reader: Reader) -> pl.DataFrame:
    return fetch(
        reader,
        """
        select versie::bigint as versie, gebouwd_op::timestamp as gebouwd_op, peildatum,
            (select count(*) from meta.levering where status = 'actief') as leveringen
        from meta.versie
        """,
    )
