"""The parts of a delivery that a newer one replaced, where the rest of it still counts.

A delivery of several schooljaren is replaced schooljaar by schooljaar. Of a replaced part no row counts, so a row of it
that was put aside asks nothing of anybody any more.
"""

from typing import Any

import duckdb
import polars as pl

REPLACED = pl.Schema(
    {
        "levering": pl.String(),
        "vervangen_delen": pl.String(),
        "gelezen_vervangen": pl.Int64(),
        "quarantaine_vervangen": pl.Int64(),
    }
)
#: Faults of reading: which delivery and table, which row, and the part it belongs to (null: nobody can tell).
FAULT = pl.Schema(
    {
        "levering": pl.String(),
        "tabel": pl.String(),
        "blad": pl.String(),
        "rij": pl.Int64(),
        "kolom": pl.String(),
        "waarde": pl.String(),
        "reden": pl.String(),
        "vak": pl.String(),
    }
)


def note_faults(con: duckdb.DuckDBPyConnection, at_reading: pl.DataFrame) -> None:
    """Make `landing._fouten`: every fault of reading and of references, with whether its part was replaced.

    Call it once everything is landed. Columns: those of FAULT, bij_lezen, is_vervangen.
    """
    con.register("_gelezen_fouten", at_reading.select(list(FAULT)))
    con.execute(
        """
        create or replace table landing._fouten as
        with fouten as (
            select *, true as bij_lezen from _gelezen_fouten
            union all by name
            select *, false as bij_lezen from landing._quarantaine
        ),
        nieuwste as (select tabel, vak, max(volgorde) as volgorde from landing._vakken group by all)
        select fouten.*, coalesce(nieuwste.volgorde > herkomst.volgorde, false) as is_vervangen
        from fouten
        left join landing._herkomst as herkomst using (tabel, levering)
        left join nieuwste using (tabel, vak)
        """
    )
    con.unregister("_gelezen_fouten")


def replaced_parts(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    """Return per delivery of which a part was replaced: the parts in words, and their rows read and put aside.

    Of the deliveries of which nothing counts any more too; call it after `note_faults`.
    """
    rows = con.sql(
        """
        with geland as (
            select tabel, levering, vak, rijen
            from landing._vakken
            qualify volgorde < max(volgorde) over (partition by tabel, vak)
        ),
        gefaald as (
            select tabel, levering, vak,
                count(distinct (blad, rij)) filter (where bij_lezen) as bij_lezen,
                count(distinct (blad, rij)) as rijen
            from landing._fouten
            where is_vervangen
            group by all
        )
        select levering,
            -- Whose agenda it is stands elsewhere; here its months say enough.
            string_agg(distinct regexp_replace(vak, '^\\S+ (\\d{4}-\\d{2})$', '\\1'), ', ' order by
                regexp_replace(vak, '^\\S+ (\\d{4}-\\d{2})$', '\\1')) as vervangen_delen,
            sum(coalesce(geland.rijen, 0) + coalesce(gefaald.bij_lezen, 0))::bigint as gelezen_vervangen,
            sum(coalesce(gefaald.rijen, 0))::bigint as quarantaine_vervangen
        from geland full join gefaald using (tabel, levering, vak)
        group by levering
        """
    ).pl()
    return {row["levering"]: row for row in rows.match_to_schema(REPLACED).to_dicts()}
