"""How every build was judged, kept beside the versions: those are pruned, their history is not.

One small parquet file below the data folder (`historie/validatie.parquet`), rewritten by one rename. Each new version
holds the rows of all builds up to its own number.
"""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import polars as pl

from warehouse.meta import VALIDATION, VALIDATION_HISTORY


def history_path(data_folder: Path) -> Path:
    """Return where the history of a data folder is kept."""
    return data_folder / "historie" / "validatie.parquet"


def read_history(data_folder: Path) -> pl.DataFrame:
    """Return the history: per build, source, table and severity how many expectations held and how many failed."""
    path = history_path(data_folder)
    return pl.read_parquet(path) if path.exists() else pl.DataFrame(schema=VALIDATION_HISTORY)


def last_version(data_folder: Path) -> int:
    """Return the highest number a version ever had: after a restore numbers go on from there."""
    numbers = read_history(data_folder).get_column("versie").to_list()
    return max(numbers, default=0)


def with_build(
    history: pl.DataFrame, version: int, built: dt.datetime, peildatum: dt.date, validation: list[dict[str, Any]]
) -> pl.DataFrame:
    """Return the history up to a build, with its own results counted; what bore its number before is replaced."""
    judged = pl.DataFrame(validation, schema=VALIDATION)
    own = (
        judged.group_by("bron", "tabel", "ernst")
        .agg(
            geslaagd=pl.col("geslaagd").sum().cast(pl.Int64),
            mislukt=(~pl.col("geslaagd")).sum().cast(pl.Int64),
        )
        .select(
            versie=pl.lit(version, pl.Int64),
            gebouwd_op=pl.lit(built, pl.Datetime("us")),
            peildatum=pl.lit(peildatum, pl.Date),
            bron="bron",
            tabel="tabel",
            ernst="ernst",
            geslaagd="geslaagd",
            mislukt="mislukt",
        )
        .sort("bron", "tabel", "ernst")
    )
    return pl.concat([history.filter(pl.col("versie") < version), own.select(list(VALIDATION_HISTORY))])


def keep_history(data_folder: Path, history: pl.DataFrame) -> None:
    """Write the history; a kill half-way leaves the one of before. Call it under the lock of the data folder."""
    path = history_path(data_folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".nieuw")
    history.write_parquet(fresh)
    with fresh.open("rb+") as handle:
        os.fsync(handle.fileno())
    fresh.replace(path)
