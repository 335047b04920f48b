"""Questions about the quality of what was delivered: checks, quarantine, completeness, and what they touch."""

import polars as pl

from warehouse.queries.fetch import Reader, fetch
from warehouse.queries.meta import COUNTED_PARTS

_HISTORY = pl.Schema(
    {
        "versie": pl.Int64(),
        "gebouwd_op": pl.Datetime("us"),
        "bron": pl.String(),
        "fouten": pl.Int64(),
        "waarschuwingen": pl.Int64(),
    }
)
_MART_SOURCES = pl.Schema(
    {
        "mart": pl.String(),
        "tabel": pl.String(),
        "bron": pl.String(),
        "controles": pl.Int64(),
        "fouten": pl.Int64(),
        "waarschuwingen": pl.Int64(),
    }
)


def sources(reader: Reader) -> pl.DataFrame:
    """Return a row per source that a figure needs or that was delivered.

    Columns: bron, eigenaar, leveringen (that count), laatst_ontvangen, gelezen, quarantaine (rows of the parts that
    count), controles, fouten, waarschuwingen.
    """
    return fetch(
        reader,
        f"""
        with geleverd as (
            select bron, count(*) as leveringen, max(ontvangen_op) as laatst_ontvangen,
                sum(gelezen)::bigint as gelezen, sum(quarantaine)::bigint as quarantaine
            from {COUNTED_PARTS}
            where status = 'actief' and bron <> ''
            group by bron
        ),
        getoetst as (
            select bron, count(*) as controles,
                count(*) filter (where not geslaagd and ernst = 'kritiek') as fouten,
                count(*) filter (where not geslaagd and ernst <> 'kritiek') as waarschuwingen
            from meta.validatie
            group by bron
        ),
        bronnen as (
            select bron from geleverd union select bron from getoetst union select bron from meta.herkomst
        )
        select bron, coalesce(nullif(eigenaar, ''), 'nog niet aangeduid') as eigenaar,
            coalesce(leveringen, 0) as leveringen, laatst_ontvangen, gelezen, quarantaine,
            coalesce(controles, 0) as controles, coalesce(fouten, 0) as fouten,
            coalesce(waarschuwingen, 0) as waarschuwingen
        from bronnen
        left join geleverd using (bron)
        left join getoetst using (bron)
        left join settings.bron_eigenaar using (bron)
        order by bron
        """,  # noqa: S608 - a constant of our own
    )


def checks(reader: Reader) -> pl.DataFrame:
    """Return every check: bron, tabel, verwachting, kolom, ernst, geslaagd, waargenomen; failed ones first."""
    return fetch(
        reader,
        """
        select bron, tabel, verwachting, kolom, ernst, geslaagd, waargenomen
        from meta.validatie
        order by geslaagd, ernst <> 'kritiek', bron, tabel, kolom nulls first, verwachting
        """,
    )


def mart_sources(reader: Reader) -> pl.DataFrame:
    """Return a row per mart and delivered table behind it: mart, tabel, bron, controles, fouten, waarschuwingen.

    No rows in a warehouse from before the lineage was written.
    """
    if not _has_table(reader, "herkomst"):
        return pl.DataFrame(schema=_MART_SOURCES)
    return fetch(
        reader,
        """
        with getoetst as (
            select tabel, count(*) as controles,
                count(*) filter (where not geslaagd and ernst = 'kritiek') as fouten,
                count(*) filter (where not geslaagd and ernst <> 'kritiek') as waarschuwingen
            from meta.validatie
            group by tabel
        )
        select mart, tabel, bron, coalesce(controles, 0) as controles, coalesce(fouten, 0) as fouten,
            coalesce(waarschuwingen, 0) as waarschuwingen
        from meta.herkomst
        left join getoetst using (tabel)
        order by mart, bron, tabel
        """,
    )


def history(reader: Reader) -> pl.DataFrame:
    """Return a row per version and source: versie, gebouwd_op, bron, fouten, waarschuwingen; oldest version first.

    No rows in a warehouse from before the history was kept.
    """
    if not _has_table(reader, "validatie_historie"):
        return pl.DataFrame(schema=_HISTORY)
    return fetch(
        reader,
        """
        select versie, max(gebouwd_op) as gebouwd_op, bron,
            coalesce(sum(mislukt) filter (where ernst = 'kritiek'), 0)::bigint as fouten,
            coalesce(sum(mislukt) filter (where ernst <> 'kritiek'), 0)::bigint as waarschuwingen
        from meta.validatie_historie
        group by versie, bron
        order by versie, bron
        """,
    )


def completeness(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return a row per scholengroep and delivered table of one schooljaar, in the order of their numbers.

    Columns: tabel, bron, scholengroep_nummer, scholengroep, eenheid (instelling or scholengroep: who is expected),
    aantal_verwacht, aantal_geleverd, aandeel_geleverd, is_lopend. Where nobody of a scholengroep is expected in a table
    (no CLB, the first list of instellingen), the last five are null: not applicable.
    """
    return fetch(
        reader,
        """
        with tabellen as (select tabel, min(bron) as bron from meta.herkomst group by tabel),
        gevuld as (from zicht.levering_volledigheid where schooljaar = $schooljaar),
        groepen as (
            select scholengroep_nummer, max(scholengroep) as scholengroep from gevuld group by scholengroep_nummer
        )
        select tabel, bron, scholengroep_nummer, groepen.scholengroep, eenheid, aantal_verwacht, aantal_geleverd,
            aandeel_geleverd, is_lopend
        from groepen
        cross join (select distinct tabel from settings.levering_verwacht) as verwacht
        left join gevuld using (tabel, scholengroep_nummer)
        left join tabellen using (tabel)
        order by try_cast(scholengroep_nummer as integer) nulls last, scholengroep_nummer,
            tabel <> 'instellingen', bron, tabel
        """,
        schooljaar=schooljaar,
    )


def missing_institutions(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return the instellingen that belong in a delivered table of one schooljaar and are not in it.

    Columns: tabel, bron, scholengroep_nummer ('zonder' for none), scholengroep, instellingsnummer, naam (null where no
    list and no register names it), onderwijsniveau; in the order of `completeness`.
    """
    return fetch(
        reader,
        """
        with tabellen as (select tabel, min(bron) as bron from meta.herkomst group by tabel)
        select tabel, bron, scholengroep_nummer, scholengroep, instellingsnummer, naam, onderwijsniveau
        from zicht.levering_instelling
        left join tabellen using (tabel)
        where schooljaar = $schooljaar and not is_geleverd
        order by tabel <> 'instellingen', bron, tabel,
            try_cast(scholengroep_nummer as integer) nulls last, scholengroep_nummer, naam, instellingsnummer
        """,
        schooljaar=schooljaar,
    )


def not_expected(reader: Reader) -> pl.DataFrame:
    """Return the delivered tables of which nobody can be said not to have delivered, and why: tabel, bron, reden.

    A table that a figure reads and of which nothing was decided yet says so.
    """
    return fetch(
        reader,
        """
        with tabellen as (select tabel, min(bron) as bron from meta.herkomst group by tabel)
        select tabel, bron, coalesce(reden, 'Nog niet bepaald: vul het in bij de instellingen van de methode.') as reden
        from tabellen
        full join settings.levering_niet_verwacht using (tabel)
        where tabel not in (select tabel from settings.levering_verwacht)
        order by tabel
        """,
    )


def quarantine(reader: Reader) -> pl.DataFrame:
    """Return where rows were put aside: bron, kolom, leveringen, rijen; the most rows first.

    Only deliveries that count, without the parts of them that were replaced. A row with faults in two columns is
    counted under both. A column that suppliers spell in several ways ('Vraag_ID', 'vraag id') is one, as where headers
    are recognised: case, accents, spaces, `_` and what nobody sees make no difference.
    """
    return fetch(
        reader,
        r"""
        with fouten as (
            select fout.*, lower(strip_accents(trim(
                regexp_replace(regexp_replace(kolom, '\p{Cf}', '', 'g'), '[\s\p{Z}_]+', ' ', 'g')
            ))) as kop
            from (
                -- A version of before parts were told apart has none that is known to be replaced.
                from meta.quarantaine union all by name select false as is_vervangen where false
            ) as fout
            semi join (from meta.levering where status = 'actief') using (levering)
            where not coalesce(is_vervangen, false)
        )
        select bron, max(kolom) as kolom, count(distinct levering) as leveringen,
            count(distinct (levering, blad, rij)) as rijen
        from fouten
        group by bron, kop
        order by rijen desc, bron, kop
        """,
    )


def staff_differences(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return the instellingen with more participants than staff in one schooljaar.

    Columns: instellingsnummer, naam, scholengroep_nummer, aantal_personeelsleden, aantal_deelnemers.
    """
    return fetch(
        reader,
        """
        select instellingsnummer, naam, scholengroep_nummer, aantal_personeelsleden, aantal_deelnemers
        from zicht.personeel_verschil
        where schooljaar = $schooljaar
        order by aantal_deelnemers - aantal_personeelsleden desc, naam
        """,
        schooljaar=schooljaar,
    )


def _has_table(reader: Reader, name: str) -> bool:
    """Return whether a meta table is there; versions from before it existed are still shown."""
    sql = "select count(*) as aantal from information_schema.tables where table_schema = 'meta' and table_name = $name"
    return bool(fetch(reader, sql, name=name)["aantal"][0])
