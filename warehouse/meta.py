"""The tables that tell about the warehouse itself: its version, its deliveries, its quarantine, its checks."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.connection import open_read_only
from warehouse.landing import SYSTEM_COLUMNS
from warehouse.lineage import name_sources

DELIVERY = pl.Schema(
    {
        "levering": pl.String(),
        "bron": pl.String(),
        "vak": pl.String(),
        "bestand": pl.String(),
        "ontvangen_op": pl.Datetime("us"),
        "gelezen": pl.Int64(),
        "aanvaard": pl.Int64(),
        "quarantaine": pl.Int64(),
        "buiten": pl.Int64(),
        "status": pl.String(),
        "boodschap": pl.String(),
        # What of it a newer delivery replaced, where the rest counts: which parts, their rows read and put aside.
        "vervangen_delen": pl.String(),
        "gelezen_vervangen": pl.Int64(),
        "quarantaine_vervangen": pl.Int64(),
    }
)
VALIDATION = pl.Schema(
    {
        "bron": pl.String(),
        "tabel": pl.String(),
        "verwachting": pl.String(),
        "kolom": pl.String(),
        "geslaagd": pl.Boolean(),
        "waargenomen": pl.String(),
        "ernst": pl.String(),
    }
)
CORRECTION = pl.Schema(
    {
        "bron": pl.String(),
        "tabel": pl.String(),
        "sleutel": pl.String(),
        "kolom": pl.String(),
        "verwacht": pl.String(),
        "waarde": pl.String(),
        "reden": pl.String(),
        "tot": pl.Date(),
        "status": pl.String(),
    }
)
VALIDATION_HISTORY = pl.Schema(
    {
        "versie": pl.Int64(),
        "gebouwd_op": pl.Datetime("us"),
        "peildatum": pl.Date(),
        "bron": pl.String(),
        "tabel": pl.String(),
        "ernst": pl.String(),
        "geslaagd": pl.Int64(),
        "mislukt": pl.Int64(),
    }
)


def write_samples(con: duckdb.DuckDBPyConnection, tables: Sequence[str], stem: Path, rows: int) -> dict[str, Path]:
    """Write a fixed sample of every filled landing table as parquet and return the paths.

    The sample is drawn by a hash of where a row stands, so the same deliveries give the same sample.
    """
    samples = {}
    for table in tables:
        if not con.execute(f'select 1 from landing."{table}" limit 1').fetchall():
            continue
        path = stem.with_name(f"{stem.name}-{table}.parquet")
        total = con.execute(f'select count(*) from landing."{table}"').fetchall()[0][0]
        # One row in so many is kept by its hash before ordering: sorting a million rows is not needed.
        every = max(1, total // rows)
        con.execute(
            f"""
            copy (
                select * exclude ({", ".join(SYSTEM_COLUMNS)}) from landing."{table}"
                where hash(_levering, _blad, _rij) % {every} = 0
                order by hash(_levering, _blad, _rij) limit {int(rows)}
            ) to '{str(path).replace("'", "''")}' (format parquet)
            """
        )
        samples[table] = path
    return samples


def write_meta(
    con: duckdb.DuckDBPyConnection,
    version: dict[str, Any],
    deliveries: list[dict[str, Any]],
    sources: dict[str, str],
    validation: list[dict[str, Any]],
    models: list[tuple[str, int, float]],
    corrections: list[dict[str, Any]],
    validation_history: pl.DataFrame,
) -> None:
    """Write the `meta` tables of a warehouse that was just built; `sources` maps each landing table to its bron.

    The faults are those of `warehouse.replaced_parts.note_faults`.
    """
    _store(con, "versie", pl.DataFrame([version]))
    _store(con, "levering", pl.DataFrame(deliveries, schema=DELIVERY))
    _store(con, "validatie", pl.DataFrame(validation, schema=VALIDATION))
    _store(con, "validatie_historie", validation_history.select(list(VALIDATION_HISTORY)))
    _store(con, "correctie", pl.DataFrame(corrections, schema=CORRECTION))
    model_schema = {"model": pl.String(), "rijen": pl.Int64(), "seconden": pl.Float64()}
    _store(con, "model", pl.DataFrame(models, schema=model_schema, orient="row"))
    con.register("_bronnen", pl.DataFrame({"tabel": list(sources), "bron": list(sources.values())}))
    con.execute(
        """
        create or replace table meta.quarantaine as
        select levering, bron, bestand, blad, rij, kolom, waarde, reden,
            is_vervangen or status = 'vervangen' as is_vervangen
        from landing._fouten
        join _bronnen using (tabel)
        join (select levering, bestand, status from meta.levering) using (levering)
        order by levering, blad, rij, kolom, reden
        """
    )
    con.unregister("_bronnen")
    name_sources(con, sources)


def _store(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> None:
    con.register("_frame", frame)
    con.execute(f"create or replace table meta.{name} as from _frame")
    con.unregister("_frame")


def read_status(path: Path) -> dict[str, Any]:
    """Return what `status` tells of a warehouse file: version, peildatum and deliveries."""
    with open_read_only(path) as con:
        version, peildatum, demo = con.execute("select versie, peildatum, is_demo from meta.versie").fetchall()[0]
        rows = con.sql("from meta.levering order by ontvangen_op, levering").pl().to_dicts()
    # A version from before the rows of others, or replaced parts, were kept does not know of them.
    counts = ("gelezen", "aanvaard", "quarantaine", "buiten")
    columns = ("bron", "vak", "bestand", *counts, "status", "vervangen_delen", "boodschap")
    return {
        "warehouse": str(path.resolve()),
        "versie": version,
        "peildatum": peildatum.isoformat(),
        "is_demo": demo,
        "leveringen": [{name: row.get(name) for name in columns} for row in rows],
    }


def read_deliveries(path: Path) -> list[dict[str, Any]]:
    """Return the deliveries of a warehouse file as rows of `meta.levering`, in order of arrival."""
    with open_read_only(path) as con:
        return con.sql("from meta.levering order by ontvangen_op, levering").pl().to_dicts()


def read_quarantine(path: Path, levering: str) -> list[dict[str, Any]]:
    """Return the faults of one delivery: blad, rij, kolom, waarde, reden, in the order of the file."""
    with open_read_only(path) as con:
        sql = "select blad, rij, kolom, waarde, reden from meta.quarantaine where levering = $levering order by all"
        return con.sql(sql, params={"levering": levering}).pl().to_dicts()


def read_corrections(path: Path) -> list[dict[str, Any]]:
    """Return the corrections of a warehouse file and what became of them; none of a file from before there were any."""
    with open_read_only(path) as con:
        known = "select 1 from information_schema.tables where table_schema = 'meta' and table_name = 'correctie'"
        return con.sql("from meta.correctie").pl().to_dicts() if con.sql(known).fetchall() else []
