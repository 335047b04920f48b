"""Questions about the warehouse itself: version, deliveries, meaning of columns, choices for filters."""

import duckdb
import polars as pl

from warehouse.queries.fetch import fetch


def version(cursor: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return one row: versie, gebouwd_op, peildatum, is_demo, methode_versie."""
    return fetch(cursor, "select versie, gebouwd_op, peildatum, is_demo, methode_versie from meta.versie")


def columns(cursor: duckdb.DuckDBPyConnection, tabel: str) -> pl.DataFrame:
    """Return kolom, naam, definitie, eenheid, bron of every column of one mart ('noden', 'werkdruk', ...)."""
    return fetch(
        cursor,
        """
        select kolom, naam, definitie, eenheid, bron
        from meta.kolom
        where tabel in ($tabel, 'mart.' || $tabel)
        """,
        tabel=tabel,
    )


def quality(cursor: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return one row: leveringen, gelezen, quarantaine (rows), controles, controles_gefaald."""
    return fetch(
        cursor,
        """
        with geleverd as (
            select count(*) as leveringen,
                coalesce(sum(gelezen), 0)::bigint as gelezen,
                coalesce(sum(quarantaine), 0)::bigint as quarantaine
            from meta.levering
        ),
        gecontroleerd as (
            select count(*) as controles, count(*) filter (where not geslaagd) as controles_gefaald
            from meta.validatie
        )
        select * from geleverd cross join gecontroleerd
        """,
    )


def quarantined_deliveries(cursor: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the deliveries with rows in quarantine, or refused as a whole.

    Columns: bron, bestand, ontvangen_op, gelezen, quarantaine, status.
    """
    return fetch(
        cursor,
        """
        select bron, bestand, ontvangen_op, gelezen, quarantaine, status
        from meta.levering
        where quarantaine > 0 or status not in ('aanvaard', 'geladen', 'actief', 'vervangen')
        order by quarantaine desc, ontvangen_op desc, bestand
        """,
    )


def schooljaren(cursor: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return schooljaar, is_lopend, begin, einde; newest first."""
    return fetch(
        cursor,
        "select schooljaar, is_lopend, begin, einde from mart.schooljaar order by schooljaar desc",
    )


def scholengroepen(cursor: duckdb.DuckDBPyConnection, schooljaar: str) -> pl.DataFrame:
    """Return scholengroep_nummer, scholengroep of one schooljaar, in the order of their numbers."""
    return fetch(
        cursor,
        """
        select scholengroep_nummer, any_value(scholengroep order by scholengroep) as scholengroep
        from mart.instelling_jaar
        where schooljaar = $schooljaar and scholengroep_nummer is not null
        group by scholengroep_nummer
        order by try_cast(scholengroep_nummer as integer), scholengroep_nummer
        """,
        schooljaar=schooljaar,
    )


def onderwijsniveaus(cursor: duckdb.DuckDBPyConnection, schooljaar: str) -> pl.DataFrame:
    """Return the onderwijsniveaus (codes) that have instellingen in one schooljaar."""
    return fetch(
        cursor,
        """
        select distinct onderwijsniveau from mart.instelling_jaar
        where schooljaar = $schooljaar order by onderwijsniveau
        """,
        schooljaar=schooljaar,
    )
