"""Questions about one instelling; the marts carry along what its predecessors measured."""

import polars as pl

from warehouse.queries.fetch import Reader, fetch


def own(reader: Reader) -> pl.DataFrame:
    """Return the numbers of the reader's own instellingen: instellingsnummer."""
    return fetch(reader, "select instellingsnummer from zicht.eigen_instelling order by instellingsnummer")


def choices(reader: Reader) -> pl.DataFrame:
    """Return every instelling that ever was, by its last known name.

    Columns: instellingsnummer, naam, gemeente, laatste_schooljaar, opgevolgd_door (null: it goes on itself).
    """
    return fetch(
        reader,
        """
        select instellingsnummer,
            arg_max(naam, schooljaar) as naam,
            arg_max(gemeente, schooljaar) as gemeente,
            max(schooljaar) as laatste_schooljaar,
            arg_max(opgevolgd_door, schooljaar) as opgevolgd_door
        from zicht.instelling_jaar
        group by instellingsnummer
        order by naam, instellingsnummer
        """,
    )


def profile(reader: Reader, instellingsnummer: str, schooljaar: str) -> pl.DataFrame:
    """Return one row at most: who the instelling is, in the schooljaar or the last one before it."""
    return fetch(
        reader,
        """
        select *
        from zicht.instelling_jaar
        where instellingsnummer = $instellingsnummer and schooljaar <= $schooljaar
        order by schooljaar desc
        limit 1
        """,
        instellingsnummer=instellingsnummer,
        schooljaar=schooljaar,
    )


def predecessors(reader: Reader, instellingsnummer: str) -> pl.DataFrame:
    """Return the instellingen that this one carries on: instellingsnummer, naam, laatste_schooljaar."""
    return fetch(
        reader,
        """
        with recursive schakels as (
            select distinct instellingsnummer, opgevolgd_door from zicht.instelling_jaar
            where opgevolgd_door is not null
        ),
        voorlopers as (
            select instellingsnummer from schakels where opgevolgd_door = $instellingsnummer
            union
            select schakels.instellingsnummer
            from schakels inner join voorlopers on schakels.opgevolgd_door = voorlopers.instellingsnummer
        )
        select instellingsnummer, arg_max(naam, schooljaar) as naam, max(schooljaar) as laatste_schooljaar
        from zicht.instelling_jaar inner join voorlopers using (instellingsnummer)
        group by instellingsnummer
        order by laatste_schooljaar desc, instellingsnummer
        """,
        instellingsnummer=instellingsnummer,
    )


def standing(reader: Reader, instellingsnummer: str) -> pl.DataFrame:
    """Return the place of the instelling in the ranking of every schooljaar, newest first.

    The columns of `mart.noden` and is_lopend (of the schooljaar).
    """
    return fetch(
        reader,
        """
        select noden.*, is_lopend
        from zicht.noden as noden
        inner join zicht.schooljaar using (schooljaar)
        where instellingsnummer = $instellingsnummer
        order by schooljaar desc
        """,
        instellingsnummer=instellingsnummer,
    )


def signals(reader: Reader, instellingsnummer: str) -> pl.DataFrame:
    """Return the yearly values behind the ranking: schooljaar, indicator, reeks, waarde, n, vergelijkbaar,
    netwerk, reden; oldest year first. Higher is always a greater need.
    """
    return fetch(
        reader,
        """
        select schooljaar, indicator, reeks, waarde, n, vergelijkbaar, netwerk, reden
        from zicht.signaal_jaar
        where instellingsnummer = $instellingsnummer
        order by indicator, reeks, schooljaar
        """,
        instellingsnummer=instellingsnummer,
    )


def inspections(reader: Reader, instellingsnummer: str) -> pl.DataFrame:
    """Return the doorlichtingen of the instelling and its predecessors, newest first."""
    return fetch(
        reader,
        """
        select datum, soort, advies, uitspraak_gok, uitspraak_llb, datum_verslag, is_van_kracht,
            aantal_inschalingen, aantal_beneden, aantal_benadert, aantal_volgens, aantal_overstijgt
        from zicht.doorlichting
        where instellingsnummer = $instellingsnummer
        order by datum desc, doorlichting_id
        """,
        instellingsnummer=instellingsnummer,
    )


def follow_up(reader: Reader, instellingsnummer: str) -> pl.DataFrame:
    """Return the follow-up after a doorlichting, one row per year of support."""
    return fetch(
        reader,
        """
        select advies, jaar, dagdelen_voorzien, dagdelen_besteed, deadline_soort, deadline, is_te_laat
        from zicht.doorlichting_opvolging
        where instellingsnummer = $instellingsnummer
        order by doorlichting_id desc, jaar
        """,
        instellingsnummer=instellingsnummer,
    )


def support(reader: Reader, instellingsnummer: str) -> pl.DataFrame:
    """Return the trajecten of the instelling, one row per traject and schooljaar, newest first."""
    return fetch(
        reader,
        """
        select schooljaar, soort, focus, status, startdatum, einddatum, geplande_dagdelen, dagdelen_besteed,
            interventies, label
        from zicht.steun_instelling
        where instellingsnummer = $instellingsnummer
        order by schooljaar desc, startdatum desc, traject_id
        """,
        instellingsnummer=instellingsnummer,
    )


def reach(reader: Reader, instellingsnummer: str, schooljaar: str) -> pl.DataFrame:
    """Return the strategies of one schooljaar: strategie, deelnames, deelnemers, interventies, dagdelen,
    is_bereikt, reden_deelnames and reden_interventies ('nvt' where the strategy never has them); null without such a
    reason means that the source was not delivered for that schooljaar.
    """
    return fetch(
        reader,
        """
        select strategie, deelnames, deelnemers, interventies, dagdelen, is_bereikt, is_aanwezigheid_onbekend,
            if(not uit_inschrijvingen, 'nvt', null) as reden_deelnames,
            if(not uit_verslagtool, 'nvt', null) as reden_interventies
        from zicht.bereik_instelling
        left join settings.strategie using (strategie)
        where instellingsnummer = $instellingsnummer and schooljaar = $schooljaar
        order by is_bereikt desc nulls last, strategie
        """,
        instellingsnummer=instellingsnummer,
        schooljaar=schooljaar,
    )


def timeline(reader: Reader, instellingsnummer: str) -> pl.DataFrame:
    """Return what happened, newest first: datum, einddatum, is_lopend, soort, titel, detail."""
    return fetch(
        reader,
        """
        select datum, einddatum, is_lopend, soort, titel, detail
        from zicht.tijdlijn
        where instellingsnummer = $instellingsnummer
        order by datum desc, volgnummer desc
        """,
        instellingsnummer=instellingsnummer,
    )


def criteria(reader: Reader, instellingsnummer: str, schooljaar: str) -> pl.DataFrame:
    """Return the criteria of one schooljaar: criterium, score, reden, and the mean score of others.

    `vergelijkbaar` is that of the comparable instellingen, `netwerk` of all of the onderwijsniveau; both null
    where fewer than five have a score.
    """
    return fetch(
        reader,
        """
        with alle as (
            select * from netwerk.noden_criterium where schooljaar = $schooljaar
        ),
        eigen as (
            select * from alle where instellingsnummer = $instellingsnummer
        ),
        netwerk as (
            select onderwijsniveau, criterium, avg(score) as netwerk
            from alle
            group by onderwijsniveau, criterium
            having count(score) >= 5
        ),
        vergelijkbaar as (
            select alle.criterium, avg(alle.score) as vergelijkbaar
            from zicht.noden_vergelijkbaar as buren
            inner join alle on alle.sleutel = buren.buur_sleutel
            where buren.schooljaar = $schooljaar and buren.instellingsnummer = $instellingsnummer
            group by alle.criterium
            having count(alle.score) >= 5
        )
        select criterium, score, reden, vergelijkbaar, netwerk
        from eigen
        left join netwerk using (onderwijsniveau, criterium)
        left join vergelijkbaar using (criterium)
        order by criterium
        """,
        instellingsnummer=instellingsnummer,
        schooljaar=schooljaar,
    )


def indicators(reader: Reader, instellingsnummer: str, schooljaar: str) -> pl.DataFrame:
    """Return the indicators behind the criteria of one schooljaar, one row per indicator and reeks.

    Higher is a greater need. `laag` and `hoog` bound the 95 % interval of `waarde`; `verwacht` is the value of
    comparable schools; `bijdrage` the part of the score of the instelling that comes from this row.
    """
    return fetch(
        reader,
        """
        select criterium, indicator, reeks, waarde, laag, hoog, n, laatste_meetjaar, verwacht, netwerk_gemiddelde,
            score, bijdrage, reden
        from zicht.noden_indicator
        where instellingsnummer = $instellingsnummer and schooljaar = $schooljaar
        order by criterium, indicator, reeks
        """,
        instellingsnummer=instellingsnummer,
        schooljaar=schooljaar,
    )


def comparable(reader: Reader, instellingsnummer: str, schooljaar: str) -> pl.DataFrame:
    """Return the instelling itself (plaats 0) and the comparable ones, nearest first, with what makes them alike.

    Columns: plaats, instellingsnummer, naam, scholengroep, oki, aantal_leerlingen, schoolse_vertraging, afstand
    (null for itself). Of what is not the reader's own only plaats and afstand. No rows where it is not ranked in that
    schooljaar.
    """
    return fetch(
        reader,
        """
        select 0 as plaats, instellingsnummer, profiel.naam, profiel.scholengroep, kenmerken.oki,
            kenmerken.aantal_leerlingen, kenmerken.schoolse_vertraging, null::double as afstand
        from zicht.noden_kenmerken as kenmerken
        inner join zicht.instelling_jaar as profiel using (schooljaar, instellingsnummer)
        where instellingsnummer = $instellingsnummer and schooljaar = $schooljaar
        union all
        select plaats, buur, naam, scholengroep, oki, aantal_leerlingen, schoolse_vertraging, afstand
        from zicht.noden_vergelijkbaar
        where instellingsnummer = $instellingsnummer and schooljaar = $schooljaar
        order by plaats
        """,
        instellingsnummer=instellingsnummer,
        schooljaar=schooljaar,
    )


def process_indicators(reader: Reader, instellingsnummer: str) -> pl.DataFrame:
    """Return where the school placed itself, newest schooljaar first: the columns of `mart.procesindicator`."""
    return fetch(
        reader,
        """
        select schooljaar, ingevuld_door, indicator, naam, betekenis, inschaling, schaal_max, aandeel, ingevuld_op,
            netwerk_mediaan, netwerk_aantal, reden
        from zicht.procesindicator
        where instellingsnummer = $instellingsnummer
        order by schooljaar desc, indicator
        """,
        instellingsnummer=instellingsnummer,
    )
