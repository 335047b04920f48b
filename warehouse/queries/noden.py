"""Questions about the ranking of instellingen by need."""

import polars as pl

from warehouse.queries.fetch import Reader, fetch

#: Whether anybody's trap is known in a schooljaar: where no doorlichting of anybody counts, everybody has trap
#: regulier in the mart, and that tells nothing. To a reader it is missing then. And whether a class tells anybody
#: apart: in a network of hardly more instellingen than the first N all who have one are clearly among them.
_TRAP_BEKEND = """
    with trap_bekend as (
        select schooljaar, bool_or(score_doorlichting is not null or trap <> 'regulier') as is_trap_bekend,
            not coalesce(bool_and(klasse = 'duidelijk'), false) as is_klasse_zinvol
        from netwerk.noden
        group by schooljaar
    )
"""


def with_trap_known(rest: str) -> str:
    """Return a statement that may read `trap_bekend`: schooljaar (of a ranking), is_trap_bekend, is_klasse_zinvol.

    `rest` goes on after that first table, as 'select ...' or ', other as (...) select ...': a constant of a module.
    """
    return _TRAP_BEKEND + rest


def count(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return one row: aantal, the instellingen that are ranked in one schooljaar, in the whole network; is_trap_bekend.

    `is_trap_bekend` is what `with_trap_known` says of that schooljaar; false without a ranking.
    """
    return fetch(
        reader,
        with_trap_known("""
        select count(*) as aantal, coalesce(bool_or(is_trap_bekend), false) as is_trap_bekend
        from netwerk.noden
        inner join trap_bekend using (schooljaar)
        where schooljaar = $schooljaar
        """),
        schooljaar=schooljaar,
    )


def places(reader: Reader) -> pl.DataFrame:
    """Return how many instellingen are ranked in each schooljaar: schooljaar, aantal_gerangschikt, is_trap_bekend.

    `is_klasse_zinvol` is false where everybody who has a class is clearly among the first: it tells nobody apart.
    """
    return fetch(
        reader,
        with_trap_known("""
        select schooljaar, count(*) as aantal_gerangschikt, any_value(is_trap_bekend) as is_trap_bekend,
            any_value(is_klasse_zinvol) as is_klasse_zinvol
        from netwerk.noden
        inner join trap_bekend using (schooljaar)
        group by schooljaar
        order by schooljaar
        """),
    )


def ranking(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return every ranked instelling of one schooljaar by rang, which is that within the whole network.

    Columns: those of `mart.noden` that the page shows, with `trap` null where nobody's is known; `scholengemeenschap`
    and `oki_klasse` of that schooljaar; `verandering` (places gained since the schooljaar before; positive = a greater
    need now); `trajecten` (kinds of support that run, an empty list for none, null where nobody has a traject in the
    schooljaar); `heeft_grote_noden` (trap verplicht, or clearly among the first; null where neither holds and one of
    both is not known);
    `reden_doorlichting`, ... (why a criterium has no score, as in `mart.noden_criterium`; null where it has one).
    """
    return fetch(
        reader,
        with_trap_known("""
        , lopend as (
            select instellingsnummer, list(distinct soort order by soort) as trajecten
            from zicht.steun_instelling
            where schooljaar = $schooljaar and status = 'lopend' and soort is not null
            group by instellingsnummer
        ),
        redenen as (
            select instellingsnummer,
                max(reden) filter (where criterium = 'doorlichting') as reden_doorlichting,
                max(reden) filter (where criterium = 'leerresultaten') as reden_leerresultaten,
                max(reden) filter (where criterium = 'doorstroom') as reden_doorstroom,
                max(reden) filter (where criterium = 'leerrecht') as reden_leerrecht
            from zicht.noden_criterium
            where schooljaar = $schooljaar
            group by instellingsnummer
        ),
        noden as (
            select zicht_noden.* replace (case when is_trap_bekend then trap end as trap)
            from zicht.noden as zicht_noden
            inner join trap_bekend using (schooljaar)
        )
        select noden.rang, noden.rang_score, noden.instellingsnummer, noden.naam, noden.onderwijsniveau,
            noden.scholengroep_nummer, noden.scholengroep, instellingen.scholengemeenschap, instellingen.oki_klasse,
            noden.trap, noden.klasse, noden.reden, noden.score, noden.kans_top, noden.volledigheid,
            noden.rang_p05, noden.rang_p95, noden.rang_gemiddeld,
            noden.score_doorlichting, noden.score_leerresultaten, noden.score_doorstroom, noden.score_leerrecht,
            noden.bijdrage_doorlichting, noden.bijdrage_leerresultaten, noden.bijdrage_doorstroom,
            noden.bijdrage_leerrecht, noden.ontbreekt,
            redenen.reden_doorlichting, redenen.reden_leerresultaten, redenen.reden_doorstroom,
            redenen.reden_leerrecht, noden.advies, noden.is_gok_negatief, noden.is_llb_negatief,
            noden.rang_vorig, noden.rang_vorig - noden.rang as verandering, noden.is_in_groepen, noden.rankability,
            noden.dagdelen_ondersteuning, noden.is_ondersteund,
            case
                when exists (from netwerk.steun_instelling where schooljaar = $schooljaar)
                    then coalesce(lopend.trajecten, [])
            end as trajecten,
            noden.trap = 'verplicht' or noden.klasse = 'duidelijk' as heeft_grote_noden
        from noden
        left join zicht.instelling_jaar as instellingen using (schooljaar, instellingsnummer)
        left join lopend using (instellingsnummer)
        left join redenen using (instellingsnummer)
        where noden.schooljaar = $schooljaar
        order by noden.rang, noden.instellingsnummer
        """),
        schooljaar=schooljaar,
    )


def criteria(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return the four criteria of every ranked instelling of one schooljaar, to rank them again another way.

    One row per instelling and criterium, with the columns of `mart.noden_criterium`.
    """
    return fetch(
        reader,
        "select * from zicht.noden_criterium where schooljaar = $schooljaar order by instellingsnummer, criterium",
        schooljaar=schooljaar,
    )


def comparable(reader: Reader, schooljaar: str) -> pl.DataFrame:
    """Return the comparable institutions of every ranked instelling of one schooljaar: stand-ins for what is missing.

    One row per instelling and `buur`, the nearest first: schooljaar, instellingsnummer, plaats, buur.
    """
    return fetch(
        reader,
        """
        select schooljaar, instellingsnummer, plaats, buur
        from zicht.noden_vergelijkbaar
        where schooljaar = $schooljaar
        order by instellingsnummer, plaats
        """,
        schooljaar=schooljaar,
    )


def scholengemeenschappen(reader: Reader, schooljaar: str, scholengroep: str) -> pl.DataFrame:
    """Return the names of the scholengemeenschappen of one scholengroep ('alle' for every one), in alphabet."""
    return fetch(
        reader,
        """
        select distinct scholengemeenschap
        from zicht.instelling_jaar
        where schooljaar = $schooljaar
            and ($scholengroep = 'alle' or scholengroep_nummer = $scholengroep)
            and scholengemeenschap is not null
        order by scholengemeenschap
        """,
        schooljaar=schooljaar,
        scholengroep=scholengroep,
    )
