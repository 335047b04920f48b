"""Questions about the ranking of instellingen by need."""

import duckdb
import polars as pl

from warehouse.queries.fetch import fetch


def ranking(
    cursor: duckdb.DuckDBPyConnection,
    schooljaar: str,
    scholengroep: str = "alle",
    onderwijsniveau: str = "alle",
    trap: str = "alle",
    volgorde: str = "trap",
    lijst: str = "alle",
) -> pl.DataFrame:
    """Return the ranked instellingen of one schooljaar; the rang is that within the whole network.

    `volgorde` 'trap' orders by rang (trap first, then score), 'score' by the score alone. `lijst` keeps the great
    needs ('groot'), those without support ('zonder_steun') or those with a criterion without data ('onvolledig').
    One row per instelling, with the columns of `mart.noden` that the page shows, `verandering` (places gained
    since the schooljaar before; positive = a greater need now) and `heeft_grote_noden` (trap verplicht, or
    clearly among the first).
    """
    return fetch(
        cursor,
        """
        select rang, rang_score, instellingsnummer, naam, onderwijsniveau, scholengroep_nummer, scholengroep,
            trap, klasse, score, kans_top, volledigheid, rang_p05, rang_p95, rang_gemiddeld,
            score_doorlichting, score_leerresultaten, score_doorstroom, score_leerrecht,
            bijdrage_doorlichting, bijdrage_leerresultaten, bijdrage_doorstroom, bijdrage_leerrecht,
            ontbreekt, advies, is_gok_negatief, is_llb_negatief,
            rang_vorig, rang_vorig - rang as verandering,
            is_in_groepen, rankability, dagdelen_ondersteuning, is_ondersteund,
            trap = 'verplicht' or klasse = 'duidelijk' as heeft_grote_noden
        from mart.noden
        where schooljaar = $schooljaar
            and ($scholengroep = 'alle' or scholengroep_nummer = $scholengroep)
            and ($onderwijsniveau = 'alle' or onderwijsniveau = $onderwijsniveau)
            and ($trap = 'alle' or trap = $trap)
            and case $lijst
                when 'groot' then heeft_grote_noden
                when 'zonder_steun' then heeft_grote_noden and not coalesce(is_ondersteund, false)
                when 'onvolledig' then len(ontbreekt) > 0
                else true
            end
        order by case when $volgorde = 'score' then rang_score else rang end, instellingsnummer
        """,
        schooljaar=schooljaar,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        trap=trap,
        volgorde=volgorde,
        lijst=lijst,
    )
