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
) -> pl.DataFrame:
    """Return the ranked instellingen of one schooljaar; the rang is that within the whole network.

    `volgorde` 'trap' orders by rang (trap first, then score), 'score' by the score alone. One row per
    instelling, with the columns of `mart.noden` that the page shows and `verandering` (places gained since
    the schooljaar before; positive = a greater need now).
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
            is_in_groepen, rankability, dagdelen_ondersteuning, is_ondersteund
        from mart.noden
        where schooljaar = $schooljaar
            and ($scholengroep = 'alle' or scholengroep_nummer = $scholengroep)
            and ($onderwijsniveau = 'alle' or onderwijsniveau = $onderwijsniveau)
            and ($trap = 'alle' or trap = $trap)
        order by case when $volgorde = 'score' then rang_score else rang end, instellingsnummer
        """,
        schooljaar=schooljaar,
        scholengroep=scholengroep,
        onderwijsniveau=onderwijsniveau,
        trap=trap,
        volgorde=volgorde,
    )
