"""Questions about the warehouse itself: version, deliveries, meaning of columns, choices for filters."""

import polars as pl

from warehouse.queries.fetch import Reader, fetch

#: The deliveries, with the rows of their parts that count. A version of before parts were told apart has all of them.
COUNTED_PARTS = """(
    select * replace (
        gelezen - coalesce(gelezen_vervangen, 0) as gelezen,
        quarantaine - coalesce(quarantaine_vervangen, 0) as quarantaine
    )
    from (
        from meta.levering
        union all by name
        select 0::bigint as gelezen_vervangen, 0::bigint as quarantaine_vervangen where false
    )
)"""


def version(reader: Reader) -> pl.DataFrame:
    """Return one row: versie, gebouwd_op, peildatum, is_demo, methode_versie."""
    return fetch(reader, "select versie, gebouwd_op, peildatum, is_demo, methode_versie from meta.versie")


def columns(reader: Reader, tabel: str) -> pl.DataFrame:
    """Return kolom, naam, definitie, eenheid, bron of every column of one mart ('noden', 'werkdruk', ...)."""
    return fetch(
        reader,
        """
        select kolom, naam, definitie, eenheid, bron
        from meta.kolom
        where tabel in ($tabel, 'mart.' || $tabel)
        """,
        tabel=tabel,
    )


def quality(reader: Reader) -> pl.DataFrame:
    """Return one row: leveringen (that count), gelezen, quarantaine (their rows), niet_meegeteld, controles,
    controles_gefaald.

    Of a delivery of which a part was replaced, the rows of that part are left out. `niet_meegeteld` are the deliveries
    of which no figure is made: replaced, withdrawn or refused.
    """
    return fetch(
        reader,
        f"""
        with geleverd as (
            select count(*) filter (where status = 'actief') as leveringen,
                coalesce(sum(gelezen) filter (where status = 'actief'), 0)::bigint as gelezen,
                coalesce(sum(quarantaine) filter (where status = 'actief'), 0)::bigint as quarantaine,
                count(*) filter (where status <> 'actief') as niet_meegeteld
            from {COUNTED_PARTS}
        ),
        gecontroleerd as (
            select count(*) as controles, count(*) filter (where not geslaagd) as controles_gefaald
            from meta.validatie
        )
        select * from geleverd cross join gecontroleerd
        """,  # noqa: S608 - a constant of our own
    )


def quarantined_deliveries(reader: Reader) -> pl.DataFrame:
    """Return the deliveries that count with rows in quarantine, and those that were refused as a whole.

    What was replaced or withdrawn asks nothing any more, nor do the rows of a part that was replaced.
    Columns: bron, bestand, ontvangen_op, gelezen, quarantaine, status.
    """
    return fetch(
        reader,
        f"""
        select bron, bestand, ontvangen_op, gelezen, quarantaine, status
        from {COUNTED_PARTS}
        where (status = 'actief' and quarantaine > 0) or status = 'geweigerd'
        order by quarantaine desc, ontvangen_op desc, bestand
        """,  # noqa: S608 - a constant of our own
    )


def schooljaren(reader: Reader) -> pl.DataFrame:
    """Return schooljaar, is_lopend, begin, einde; newest first."""
    return fetch(
        reader,
        "select schooljaar, is_lopend, begin, einde from zicht.schooljaar order by schooljaar desc",
    )


def scholengroepen(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return scholengroep_nummer, scholengroep of one schooljaar, in the order of their numbers."""
    return fetch(
        reader,
        """
        select scholengroep_nummer, any_value(scholengroep order by scholengroep) as scholengroep
        from zicht.instelling_jaar
        where schooljaar = $schooljaar and scholengroep_nummer is not null
        group by scholengroep_nummer
        order by try_cast(scholengroep_nummer as integer), scholengroep_nummer
        """,
        schooljaar=schooljaar,
    )


def onderwijsniveaus(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return the onderwijsniveaus (codes) that have instellingen in one schooljaar."""
    return fetch(
        reader,
        """
        select distinct onderwijsniveau from zicht.instelling_jaar
        where schooljaar = $schooljaar order by onderwijsniveau
        """,
        schooljaar=schooljaar,
    )
