"""Questions about the ranking itself: how sure it is, whether it was right, how much it hangs on its choices.

Where nobody has a score in a schooljaar the order is one of numbers: it proves nothing, and is not asked about.
"""

import polars as pl

from warehouse.queries.fetch import Reader, fetch


def ranked(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return one row on the ranking of a schooljaar: instellingen, onvolledig (a criterion without data), rankability,
    is_in_groepen, duidelijk, mogelijk, niet (how many of each class); nulls and zeros where nothing was ranked, and
    no rankability where nobody has a score.
    """
    return fetch(
        reader,
        """
        select count(*) as instellingen,
            count(*) filter (where len(ontbreekt) > 0) as onvolledig,
            max(rankability) filter (where score is not null) as rankability,
            coalesce(bool_or(is_in_groepen), false) as is_in_groepen,
            count(*) filter (where klasse = 'duidelijk') as duidelijk,
            count(*) filter (where klasse = 'mogelijk') as mogelijk,
            count(*) filter (where klasse = 'niet') as niet
        from netwerk.noden
        where schooljaar = $schooljaar
        """,
        schooljaar=schooljaar,
    )


def rankability(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return per schooljaar up to this one, oldest first: instellingen, rankability (0-1), is_in_groepen.

    No rankability where nobody has a score.
    """
    return fetch(
        reader,
        """
        select schooljaar, count(*) as instellingen,
            max(rankability) filter (where score is not null) as rankability,
            bool_or(is_in_groepen) as is_in_groepen
        from netwerk.noden
        where schooljaar <= $schooljaar
        group by schooljaar
        order by schooljaar
        """,
        schooljaar=schooljaar,
    )


def backtest(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return the look back at every schooljaar up to this one whose next year has begun, newest first.

    Columns: schooljaar, lijst, omschrijving, top_n, instellingen, nieuw_ongunstig, in_top, aandeel, laag, hoog,
    is_volledig (the year after is over). The ranking itself comes first in its year.
    """
    return fetch(
        reader,
        """
        select schooljaar, lijst, omschrijving, top_n, instellingen, nieuw_ongunstig, in_top, aandeel, laag, hoog,
            is_volledig
        from zicht.noden_terugblik
        where schooljaar <= $schooljaar
        order by schooljaar desc, lijst <> 'rangschikking', lijst <> 'score', lijst
        """,
        schooljaar=schooljaar,
    )


def robustness(reader: Reader, schooljaar: str, top_n: int) -> pl.DataFrame:
    """Return per other choice (`variant`: the column of `mart.noden_robuustheid`) how far institutions move.

    Columns: variant, instellingen, top (places in the top, at most `top_n`), blijft (of those, how many stay in it),
    mediaan, p90, grootste (distance in places). No rows where nothing was ranked, or nobody has a score.
    """
    return fetch(
        reader,
        """
        with varianten as (
            from (
                select * exclude (grootste_verschuiving) from netwerk.noden_robuustheid
                where schooljaar = $schooljaar
                    and exists (from netwerk.noden where schooljaar = $schooljaar and score is not null)
            )
            unpivot (plaats for variant in (
                rang_gelijk, rang_rangsom, rang_lexicografisch, rang_onverwacht, rang_zonder_doorlichting,
                rang_zonder_leerresultaten, rang_zonder_doorstroom, rang_zonder_leerrecht
            ))
        )
        select variant, count(*) as instellingen,
            count(*) filter (where rang <= $top_n) as top,
            count(*) filter (where rang <= $top_n and plaats <= $top_n) as blijft,
            median(abs(plaats - rang)) as mediaan,
            quantile_disc(abs(plaats - rang), 0.9) as p90,
            max(abs(plaats - rang)) as grootste
        from varianten
        group by variant
        order by blijft desc, mediaan, variant
        """,
        schooljaar=schooljaar,
        top_n=top_n,
    )


def shifts(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return how many instellingen move how far at most under any other choice: vanaf, tot (null: no end), aantal.

    Always all six classes, from 0 to over 100 places, unless nothing was ranked or nobody has a score.
    """
    return fetch(
        reader,
        """
        with klassen (vanaf, tot) as (values (0, 0), (1, 10), (11, 25), (26, 50), (51, 100), (101, null))
        select vanaf, tot, count(sleutel) as aantal
        from klassen
        left join netwerk.noden_robuustheid
            on schooljaar = $schooljaar
            and grootste_verschuiving >= vanaf
            and grootste_verschuiving <= coalesce(tot, grootste_verschuiving)
        where exists (from netwerk.noden_robuustheid where schooljaar = $schooljaar)
            and exists (from netwerk.noden where schooljaar = $schooljaar and score is not null)
        group by vanaf, tot
        order by vanaf
        """,
        schooljaar=schooljaar,
    )


def smallest(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return which part of the top of the scores is of the smallest tenth, before shrinkage ('voor') and after.

    Columns: those of `mart.noden_kleinste`. No rows where nobody's number of pupils is known, or nobody has a score.
    """
    return fetch(
        reader,
        """
        select krimping, in_top, top_n, aandeel, verwacht, kleinste, meeste_leerlingen, instellingen
        from zicht.noden_kleinste
        where schooljaar = $schooljaar
            and exists (from netwerk.noden where schooljaar = $schooljaar and score is not null)
        order by krimping desc
        """,
        schooljaar=schooljaar,
    )


def sources(reader: Reader) -> pl.DataFrame:
    """Return how fresh each source of the ranking is.

    Columns: bron, leveringen (in use), ontvangen_op (day of the last), aanvaard and quarantaine (rows).
    """
    return fetch(
        reader,
        """
        select replace(bron, '_', ' ') as bron, count(*) as leveringen, max(ontvangen_op)::date as ontvangen_op,
            sum(aanvaard)::bigint as aanvaard, sum(quarantaine)::bigint as quarantaine
        from meta.levering
        where status = 'actief'
            and bron in ('instellingen', 'doorlichtingen', 'inschalingen', 'outputdossier', 'vlaamse_toetsen')
        group by bron
        order by bron
        """,
    )
