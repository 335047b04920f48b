"""The glossary: what every column of every mart is called, means and comes from."""

import polars as pl

from warehouse.queries.fetch import Reader, fetch


def definitions(reader: Reader) -> pl.DataFrame:
    """Return a row per column of a mart, by name: tabel, kolom, type (of DuckDB), naam, definitie, eenheid, bron,
    leveringen (list: the tables behind the mart), eigenaar, sinds.

    The owner is the one of the column's own source, else the named owners of the deliveries behind the mart.
    """
    return fetch(
        reader,
        """
        with achter as (
            select mart as tabel,
                list_sort(list(distinct replace(herkomst.tabel, '_', ' '))) as leveringen,
                nullif(string_agg(distinct nullif(eigenaar, ''), ', ' order by nullif(eigenaar, '')), '') as eigenaars
            from meta.herkomst as herkomst
            left join settings.bron_eigenaar using (bron)
            group by mart
        ),
        kolommen as (
            select replace(tabel, 'mart.', '') as tabel, kolom, naam, definitie, eenheid, bron, sinds from meta.kolom
        )
        select tabel, kolom, soort.data_type as type, naam, definitie, eenheid, kolommen.bron, leveringen,
            coalesce(nullif(eigen.eigenaar, ''), eigenaars, 'nog niet aangeduid') as eigenaar, sinds
        from kolommen
        left join achter using (tabel)
        left join settings.bron_eigenaar as eigen on eigen.bron = kolommen.bron
        left join duckdb_columns() as soort
            on soort.schema_name = 'mart' and soort.table_name = tabel and soort.column_name = kolom
        order by naam, tabel, kolom
        """,
    )
