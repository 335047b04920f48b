"""Questions of the front page: the state of the network, and what asks attention now."""

import duckdb
import polars as pl

from warehouse.queries.fetch import fetch


def network_state(cursor: duckdb.DuckDBPyConnection, schooljaar: str) -> pl.DataFrame:
    """Return two rows at most, the schooljaar asked for first and the one before it second.

    Columns: schooljaar, verplicht (instellingen with trap verplicht; null without a ranking), instellingen,
    instellingen_bereikt, personeelsleden, professionals, respons, respons_laag, respons_hoog, uitgenodigd,
    doel_respons, is_lopend.
    """
    return fetch(
        cursor,
        """
        with jaren as (
            select schooljaar, volgnummer, is_lopend from mart.schooljaar
            where volgnummer between
                (select volgnummer - 1 from mart.schooljaar where schooljaar = $schooljaar)
                and (select volgnummer from mart.schooljaar where schooljaar = $schooljaar)
        ),
        noden as (
            select schooljaar, count(*) filter (where trap = 'verplicht') as verplicht
            from mart.noden group by schooljaar
        ),
        bereik as (
            select schooljaar, instellingen, instellingen_bereikt, personeelsleden, professionals
            from mart.bereik_aantal
            where strategie = 'alle' and onderwijsniveau = 'alle' and scholengroep_nummer = 'alle'
        ),
        edbi as (
            select schooljaar, respons, respons_laag, respons_hoog, uitgenodigd, doel as doel_respons
            from mart.edbi_strategie where strategie = 'alle'
        )
        select jaren.schooljaar, is_lopend, verplicht,
            instellingen, instellingen_bereikt, personeelsleden, professionals,
            respons, respons_laag, respons_hoog, uitgenodigd, doel_respons
        from jaren
        left join noden using (schooljaar)
        left join bereik using (schooljaar)
        left join edbi using (schooljaar)
        order by volgnummer desc
        """,
        schooljaar=schooljaar,
    )


def late_deadlines(cursor: duckdb.DuckDBPyConnection) -> pl.DataFrame:
    """Return the open deadlines after a doorlichting that have passed, the longest overdue first.

    Columns: instellingsnummer, naam, scholengroep, advies, deadline_soort, deadline, dagen_te_laat (days up
    to the peildatum). One row per doorlichting and kind of deadline.
    """
    return fetch(
        cursor,
        """
        with laatste_naam as (
            select instellingsnummer, arg_max(naam, schooljaar) as naam,
                arg_max(scholengroep, schooljaar) as scholengroep
            from mart.instelling_jaar group by instellingsnummer
        )
        select distinct opvolging.instellingsnummer, naam, scholengroep, advies, deadline_soort, deadline,
            date_diff('day', deadline, (select peildatum from meta.versie)) as dagen_te_laat
        from mart.doorlichting_opvolging as opvolging
        left join laatste_naam using (instellingsnummer)
        where is_te_laat
        order by deadline, opvolging.instellingsnummer, deadline_soort
        """,
    )
