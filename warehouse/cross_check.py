"""Where two sources tell the same thing and do not agree: told, never a reason to stop a build."""

from typing import Any

import duckdb

WARNING = "waarschuwing"


def compare_sources(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return a row for `meta.validatie` per comparison of two sources, of a warehouse that was just built.

    Compared are the summary of inspections in the outputdossier with the list of doorlichtingen, and the register of
    vestigingsplaatsen with the list of instellingen. A comparison without anything on one of its sides gives no row.
    """
    return [*_inspections(con), *_register(con)]


def _inspections(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    compared, different = con.execute(
        "select count(*), count(*) filter (where len(verschillen) > 0) from core.doorlichting_vergelijking"
    ).fetchall()[0]
    said = "de samenvatting van de doorlichtingen komt overeen met de lijst van de doorlichtingen"
    return _told("outputdossier", "doorlichtingen_samenvatting", None, said, compared, different)


def _register(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    compared, unknown, closed, with_places, elsewhere = con.execute(
        """
        select
            count(*),
            count(*) filter (where list_contains(verschillen, 'onbekend')),
            count(*) filter (where list_contains(verschillen, 'gesloten')),
            count(*) filter (where heeft_gemeenten),
            count(*) filter (where list_contains(verschillen, 'gemeente'))
        from core.register_vergelijking
        """
    ).fetchall()[0]
    source = ("vestigingsplaatsen", "vestigingsplaatsen")
    known = "elke instelling van de lijst staat in het register"
    is_open = "geen instelling van de lijst is gesloten in het register"
    place = "de gemeente van elke instelling is die van haar hoofdzetel in het register"
    return [
        *_told(*source, "instellingsnummer", known, compared, unknown),
        *_told(*source, "einddatum", is_open, compared - unknown, closed),
        *_told(*source, "gemeente", place, with_places, elsewhere),
    ]


def _told(
    bron: str, tabel: str, kolom: str | None, verwachting: str, compared: int, different: int
) -> list[dict[str, Any]]:
    if not compared:
        return []
    return [
        {
            "bron": bron,
            "tabel": tabel,
            "verwachting": verwachting,
            "kolom": kolom,
            "geslaagd": different == 0,
            "waargenomen": f"{different} van {compared} afwijkend",
            "ernst": WARNING,
        }
    ]
