"""Questions of the front page: the state of the network, and what asks attention now."""

import polars as pl

from warehouse.queries.bereik import with_counts
from warehouse.queries.fetch import Reader, fetch
from warehouse.queries.noden import with_trap_known


def network_state(
    reader: Reader, schooljaar: str, onderwijsniveau: str = "alle", scholengroep: str = "alle"
) -> pl.DataFrame:
    """Return two rows at most, the schooljaar asked for first and the one before it second; of one part, or all.

    Columns: schooljaar, verplicht (instellingen with trap verplicht; null without a ranking,
    and where nobody's trap is known, see `noden.with_trap_known`), instellingen,
    instellingen_bereikt, instellingen_onbekend (see `queries.bereik`), personeelsleden, professionals, respons,
    respons_laag, respons_hoog, uitgenodigd, doel_respons, is_lopend. The respons is of the network, whichever part is
    asked for.
    """
    return fetch(
        reader,
        with_trap_known(
            with_counts(
                """,
        jaren as (
            select schooljaar, volgnummer, is_lopend from zicht.schooljaar
            where volgnummer between
                (select volgnummer - 1 from zicht.schooljaar where schooljaar = $schooljaar)
                and (select volgnummer from zicht.schooljaar where schooljaar = $schooljaar)
        ),
        noden as (
            select schooljaar,
                count(*) filter (
                    where trap = 'verplicht'
                        and $onderwijsniveau in ('alle', onderwijsniveau)
                        and $scholengroep in ('alle', scholengroep_nummer)
                ) as verplicht
            from netwerk.noden
            inner join trap_bekend using (schooljaar)
            where is_trap_bekend
            group by schooljaar
        ),
        bereik as (
            select schooljaar, instellingen, instellingen_bereikt, instellingen_onbekend, personeelsleden, professionals
            from aantal
            where strategie = 'alle' and onderwijsniveau = $onderwijsniveau and scholengroep_nummer = $scholengroep
        ),
        edbi as (
            select schooljaar, respons, respons_laag, respons_hoog, uitgenodigd, doel as doel_respons
            from zicht.edbi_strategie where strategie = 'alle'
        )
        select jaren.schooljaar, is_lopend, verplicht,
            instellingen, instellingen_bereikt, instellingen_onbekend, personeelsleden, professionals,
            respons, respons_laag, respons_hoog, uitgenodigd, doel_respons
        from jaren
        left join noden using (schooljaar)
        left join bereik using (schooljaar)
        left join edbi using (schooljaar)
        order by volgnummer desc
        """,
                begin=",",
            )
        ),
        schooljaar=schooljaar,
        onderwijsniveau=onderwijsniveau,
        scholengroep=scholengroep,
    )


def institutions(reader: Reader) -> pl.DataFrame:
    """Return one row: aantal, the rows of all lists of instellingen of the whole network."""
    return fetch(reader, "select count(*) as aantal from netwerk.instelling_jaar")


def inspections(reader: Reader) -> pl.DataFrame:
    """Return one row: aantal, the doorlichtingen that are known in the whole network, and is_bekend.

    `is_bekend` says whether what they are about is: there are doorlichtingen, and a list of instellingen.
    """
    return fetch(
        reader,
        """
        select count(*) as aantal, count(*) > 0 and exists (from netwerk.instelling_jaar) as is_bekend
        from netwerk.doorlichting
        """,
    )


def late_deadlines(reader: Reader, scholengroep: str = "alle") -> pl.DataFrame:
    """Return the open deadlines after a doorlichting that have passed, the longest overdue first.

    Columns: instellingsnummer, naam, scholengroep, advies, deadline_soort, deadline, dagen_te_laat (days up
    to the peildatum). One row per doorlichting and kind of deadline.
    """
    return fetch(
        reader,
        """
        with laatste_naam as (
            select instellingsnummer, arg_max(naam, schooljaar) as naam,
                arg_max(scholengroep, schooljaar) as scholengroep,
                arg_max(scholengroep_nummer, schooljaar) as scholengroep_nummer
            from zicht.instelling_jaar group by instellingsnummer
        )
        select distinct opvolging.instellingsnummer, naam, scholengroep, advies, deadline_soort, deadline,
            date_diff('day', deadline, (select peildatum from meta.versie)) as dagen_te_laat
        from zicht.doorlichting_opvolging as opvolging
        left join laatste_naam using (instellingsnummer)
        where is_te_laat and $scholengroep in ('alle', scholengroep_nummer)
        order by deadline, opvolging.instellingsnummer, deadline_soort
        """,
        scholengroep=scholengroep,
    )
