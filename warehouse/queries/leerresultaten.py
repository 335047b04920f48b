"""Questions about the results of tests: institutions, totals, years, red threads, and trajecten with a label."""

import polars as pl

from warehouse.queries.fetch import Reader, fetch


def latest_year(reader: Reader) -> pl.DataFrame:
    """Return one row: schooljaar, the newest with results of the Vlaamse toetsen, else of any test, else null."""
    return fetch(
        reader,
        """
        select coalesce(max(schooljaar) filter (where toets = 'Vlaamse toetsen'), max(schooljaar)) as schooljaar
        from zicht.toets_netwerk
        where met_resultaat > 0
        """,
    )


def offered(reader: Reader, schooljaar: str, onderwijsniveau: str) -> pl.DataFrame:
    """Return what was tested in one schooljaar: toets, groep (leerjaar and stroom), vak, onderdeel; totals first."""
    return fetch(
        reader,
        """
        select toets, groep, leerjaar, stroom, onderdeel
        from zicht.toets_netwerk
        where schooljaar = $schooljaar and onderwijsniveau = $onderwijsniveau and scholengroep_nummer = 'alle'
        order by list_position(['Vlaamse toetsen', 'Koala', 'OVSG', 'Diataal'], toets),
            leerjaar like '%SO', leerjaar, stroom, domein != 'totaal', vak, domein
        """,
        schooljaar=schooljaar,
        onderwijsniveau=onderwijsniveau,
    )


def institutions(
    reader: Reader,
    schooljaar: str,
    scholengroep: str,
    onderwijsniveau: str,
    toets: str,
    leerjaar: str,
    domein: str,
) -> pl.DataFrame:
    """Return every instelling of the network with this result, lowest against like schools first.

    The columns of `mart.toets_instelling`, without number and names where it is not the reader's own, and
    `is_gekozen`: of the chosen scholengroep. `leerjaar` is the groep
    ('2SO-A'), `domein` the onderdeel ('wiskunde: totaal').
    """
    return fetch(
        reader,
        """
        select * exclude (sleutel), coalesce(scholengroep_nummer = $scholengroep, false) as is_gekozen
        from netwerk.toets_instelling
        where schooljaar = $schooljaar and toets = $toets and groep = $leerjaar and onderdeel = $domein
            and ($onderwijsniveau = 'alle' or onderwijsniveau = $onderwijsniveau)
        order by verschil_vergelijkbaar nulls last, waarde nulls last, instellingsnummer
        """,
        schooljaar=schooljaar,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        toets=toets,
        leerjaar=leerjaar,
        domein=domein,
    )


def totals(
    reader: Reader,
    schooljaar: str,
    onderwijsniveau: str,
    toets: str,
    leerjaar: str,
    domein: str,
) -> pl.DataFrame:
    """Return the network (scholengroep_nummer 'alle') first, then each scholengroep by number, with its name."""
    return fetch(
        reader,
        """
        with namen as (
            select scholengroep_nummer, any_value(scholengroep order by scholengroep) as scholengroep
            from zicht.toets_instelling where schooljaar = $schooljaar group by scholengroep_nummer
        )
        select totalen.*, namen.scholengroep
        from zicht.toets_netwerk as totalen
        left join namen using (scholengroep_nummer)
        where schooljaar = $schooljaar and toets = $toets and groep = $leerjaar and onderdeel = $domein
            and onderwijsniveau = $onderwijsniveau
        order by scholengroep_nummer != 'alle', try_cast(scholengroep_nummer as integer), scholengroep_nummer
        """,
        schooljaar=schooljaar,
        onderwijsniveau=onderwijsniveau,
        toets=toets,
        leerjaar=leerjaar,
        domein=domein,
    )


def years(
    reader: Reader,
    scholengroep: str,
    onderwijsniveau: str,
    toets: str,
    leerjaar: str,
    domein: str,
) -> pl.DataFrame:
    """Return a row per schooljaar: netwerk, gekozen (the scholengroep), vergelijkbaar, vlaanderen, deelnemers.

    Also fout_netwerk and fout_gekozen (standard errors), maat, is_in_reeks and uitleg_reeks: whether and why the
    schooljaar may be compared with the others. `vergelijkbaar` is that of the chosen scholengroep, or of the network
    where none is chosen.
    """
    return fetch(
        reader,
        """
        select
            netwerk.schooljaar, netwerk.maat, netwerk.is_in_reeks, netwerk.uitleg_reeks,
            netwerk.gemiddelde as netwerk,
            gekozen.gemiddelde as gekozen,
            netwerk.standaardfout as fout_netwerk,
            gekozen.standaardfout as fout_gekozen,
            if($scholengroep = 'alle', netwerk.vergelijkbaar, gekozen.vergelijkbaar) as vergelijkbaar,
            netwerk.vlaanderen,
            if($scholengroep = 'alle', netwerk.deelnemers, gekozen.deelnemers) as deelnemers
        from zicht.toets_netwerk as netwerk
        left join zicht.toets_netwerk as gekozen
            on gekozen.scholengroep_nummer = $scholengroep
            and $scholengroep != 'alle'
            and gekozen.schooljaar = netwerk.schooljaar
            and gekozen.toets = netwerk.toets
            and gekozen.groep = netwerk.groep
            and gekozen.onderdeel = netwerk.onderdeel
            and gekozen.onderwijsniveau = netwerk.onderwijsniveau
        where netwerk.scholengroep_nummer = 'alle' and netwerk.toets = $toets and netwerk.groep = $leerjaar
            and netwerk.onderdeel = $domein and netwerk.onderwijsniveau = $onderwijsniveau
        order by netwerk.schooljaar
        """,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        toets=toets,
        leerjaar=leerjaar,
        domein=domein,
    )


def threads(reader: Reader, schooljaar: str, onderwijsniveau: str, toets: str, leerjaar: str) -> pl.DataFrame:
    """Return a row per scholengroep and onderdeel of one test, by number of the scholengroep, totals first."""
    return fetch(
        reader,
        """
        select *
        from zicht.toets_scholengroep
        where schooljaar = $schooljaar and toets = $toets and groep = $leerjaar and onderwijsniveau = $onderwijsniveau
        order by try_cast(scholengroep_nummer as integer), scholengroep_nummer, vak, domein != 'totaal', domein
        """,
        schooljaar=schooljaar,
        onderwijsniveau=onderwijsniveau,
        toets=toets,
        leerjaar=leerjaar,
    )


def effects(reader: Reader) -> pl.DataFrame:
    """Return the columns of `mart.effect_traject`: per label and test result, all years together first."""
    return fetch(
        reader,
        """
        select * from zicht.effect_traject
        order by label, leerjaar, stroom, vak, domein, schooljaar != 'alle', schooljaar
        """,
    )


def effect_cases(reader: Reader) -> pl.DataFrame:
    """Return a row per instelling in a labelled traject and test result that the label is meant to change.

    Columns: label, schooljaar, instellingsnummer, naam, toets, leerjaar, stroom, vak, domein, verandering,
    reden_verandering, vergelijkbare (how many), verandering_vergelijkbaar (their mean).
    """
    return fetch(
        reader,
        """
        select label, schooljaar, instellingsnummer, any_value(naam) filter (where plaats = 0) as naam,
            toets, leerjaar, stroom, vak, domein,
            any_value(verandering) filter (where plaats = 0) as verandering,
            any_value(reden_verandering) filter (where plaats = 0) as reden_verandering,
            count(*) filter (where plaats > 0) as vergelijkbare,
            avg(verandering) filter (where plaats > 0) as verandering_vergelijkbaar
        from zicht.effect_geval
        group by label, schooljaar, instellingsnummer, toets, leerjaar, stroom, vak, domein
        order by label, schooljaar desc, naam, instellingsnummer, leerjaar, stroom, vak, domein
        """,
    )
