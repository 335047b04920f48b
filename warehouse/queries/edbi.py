"""Questions about EDBI: who answered, and how favourable the answers are.

What rests on too few answers is already hidden in the marts and comes as null with its reason.
"""

import polars as pl

from warehouse.queries.fetch import Reader, fetch


def strategies(reader: Reader) -> pl.DataFrame:
    """Return the strategies (codes) that were ever measured, or may have been where a source lacks a part."""
    return fetch(
        reader,
        "select distinct strategie from zicht.edbi_strategie where strategie <> 'alle' order by strategie",
    )


def response(reader: Reader, schooljaar: str, strategie: str = "alle") -> pl.DataFrame:
    """Return the response per strategy in one schooljaar; with a strategy that one beside 'alle'.

    Columns: strategie, metingen, uitgenodigd, volledig, gedeeltelijk, respons, respons_laag, respons_hoog,
    aandeel_volledig, doel, respons_vorig (the schooljaar before), schooljaar_vorig and is_lopend (the schooljaar
    asked for is not over). 'alle' comes first, then the highest response. Where a part of what was asked about was not
    delivered (see `unplaced`), metingen and the figures beside it are null.
    """
    return fetch(
        reader,
        """
        with vorig as (
            select strategie, schooljaar as schooljaar_vorig, respons as respons_vorig
            from zicht.edbi_strategie
            inner join zicht.schooljaar using (schooljaar)
            where volgnummer = (select volgnummer - 1 from zicht.schooljaar where schooljaar = $schooljaar)
        )
        select strategie, metingen, uitgenodigd, volledig, gedeeltelijk, respons, respons_laag, respons_hoog,
            aandeel_volledig, doel, respons_vorig, schooljaar_vorig, is_lopend
        from zicht.edbi_strategie
        inner join zicht.schooljaar using (schooljaar)
        left join vorig using (strategie)
        where schooljaar = $schooljaar and ($strategie = 'alle' or strategie in ('alle', $strategie))
        order by strategie <> 'alle', respons desc nulls last, strategie
        """,
        schooljaar=schooljaar,
        strategie=strategie,
    )


def funnel(reader: Reader, schooljaar: str, strategie: str = "alle") -> pl.DataFrame:
    """Return one row: verstuurd, bezorgd, uitgenodigd, begonnen, beantwoord, volledig, anoniem.

    An invitation belongs to one activiteit or traject, so that these add up over them. No row where a part of what was
    asked about was not delivered.
    """
    return fetch(
        reader,
        """
        select sum(verstuurd)::bigint as verstuurd, sum(bezorgd)::bigint as bezorgd,
            sum(uitgenodigd)::bigint as uitgenodigd, sum(begonnen)::bigint as begonnen,
            sum(volledig + gedeeltelijk)::bigint as beantwoord, sum(volledig)::bigint as volledig,
            sum(anoniem)::bigint as anoniem
        from zicht.edbi_respons
        where schooljaar = $schooljaar and ($strategie = 'alle' or strategie = $strategie)
            and not exists (
                from zicht.edbi_strategie
                where schooljaar = $schooljaar and strategie = $strategie and metingen is null
            )
        having count(*) > 0
        """,
        schooljaar=schooljaar,
        strategie=strategie,
    )


def unplaced(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return a row per source (activiteiten, trajecten) of which something was asked about that was not delivered.

    Columns: bron, uitnodigingen (about that source), uitnodigingen_onbekend, antwoorden_onbekend, is_onvolledig (more
    than a few stray codes).
    """
    return fetch(
        reader,
        """
        select bron, uitnodigingen, uitnodigingen_onbekend, antwoorden_onbekend, is_onvolledig
        from zicht.edbi_onbekend
        where schooljaar = $schooljaar and bron <> 'alle'
        order by bron
        """,
        schooljaar=schooljaar,
    )


def measurements(reader: Reader, schooljaar: str, strategie: str = "alle", zoek: str = "") -> pl.DataFrame:
    """Return every measured activiteit or traject, most invitations first; `zoek` searches title and code.

    Columns: activiteit_of_traject_id, titel, strategie, organisator, datum, uitgenodigd, volledig,
    gedeeltelijk, respons, respons_laag, respons_hoog, is_beschermd, reden ('nvt' where nobody was invited, 'ontbreekt'
    where the invitations or the answers of the schooljaar were not delivered).
    """
    return fetch(
        reader,
        """
        select activiteit_of_traject_id, titel, strategie, organisator, datum, uitgenodigd, volledig,
            gedeeltelijk, respons, respons_laag, respons_hoog, is_beschermd,
            case when uitgenodigd = 0 then 'nvt' when respons is null then 'ontbreekt' end as reden
        from zicht.edbi_respons
        where schooljaar = $schooljaar
            and ($strategie = 'alle' or strategie = $strategie)
            and contains(
                strip_accents(lower(coalesce(titel, '') || ' ' || activiteit_of_traject_id)),
                strip_accents(lower(trim($zoek)))
            )
        order by uitgenodigd desc, activiteit_of_traject_id
        """,
        schooljaar=schooljaar,
        strategie=strategie,
        zoek=zoek,
    )


def questions(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return the closed questions asked in one schooljaar: vraag, tekst, is_kernvraag; kernvragen first."""
    return fetch(
        reader,
        """
        select vraag, any_value(tekst order by tekst) as tekst, bool_or(is_kernvraag) as is_kernvraag
        from zicht.edbi_vraag
        where schooljaar = $schooljaar
        group by vraag
        order by is_kernvraag desc, vraag
        """,
        schooljaar=schooljaar,
    )


def favourable(reader: Reader, schooljaar: str, strategie: str) -> pl.DataFrame:
    """Return the share of favourable answers per strategy ('alle' for each of them) and question.

    Columns: strategie, vraag, module, dimensie, tekst, is_kernvraag, schaal_min, schaal_max, gunstig_vanaf, n,
    aandeel_gunstig, aandeel_gunstig_laag, aandeel_gunstig_hoog, gemiddelde, reden, is_wachtend (newer answers wait
    until they are enough). Kernvragen come first.
    """
    return fetch(
        reader,
        """
        select strategie, vraag, module, dimensie, tekst, is_kernvraag, schaal_min, schaal_max, gunstig_vanaf, n,
            aandeel_gunstig, aandeel_gunstig_laag, aandeel_gunstig_hoog, gemiddelde, reden, is_wachtend
        from zicht.edbi_vraag
        where schooljaar = $schooljaar
            and ($strategie = 'alle' or strategie = $strategie)
        order by is_kernvraag desc, vraag, aandeel_gunstig desc nulls last, strategie
        """,
        schooljaar=schooljaar,
        strategie=strategie,
    )


def outside_scale(reader: Reader, schooljaar: str, strategie: str) -> pl.DataFrame:
    """Return the closed questions with answers that are no point of their scale, and that no figure counts.

    Columns: strategie, vraag, tekst, schaal_min, schaal_max, aantal (null under the minimum), reden. No rows where
    every answer counts; `strategie` 'alle' gives those of each of them.
    """
    return fetch(
        reader,
        """
        select strategie, vraag, tekst, schaal_min, schaal_max, aantal, reden
        from zicht.edbi_buiten_schaal
        where schooljaar = $schooljaar
            and ($strategie = 'alle' or strategie = $strategie)
        order by vraag, aantal desc nulls last, strategie
        """,
        schooljaar=schooljaar,
        strategie=strategie,
    )


def distribution(reader: Reader, schooljaar: str, strategie: str) -> pl.DataFrame:
    """Return strategie, vraag, antwoord (point of the scale), aantal and aandeel, from low to high.

    Questions on too few answers have no rows.
    """
    return fetch(
        reader,
        """
        select strategie, vraag, antwoord, aantal, aandeel
        from zicht.edbi_verdeling
        where schooljaar = $schooljaar
            and ($strategie = 'alle' or strategie = $strategie)
        order by strategie, vraag, antwoord
        """,
        schooljaar=schooljaar,
        strategie=strategie,
    )
