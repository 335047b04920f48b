"""Where two sources tell the same thing and do not agree: told, never a reason to stop a build."""

from typing import Any

import duckdb

WARNING = "waarschuwing"


def compare_sources(con: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return a row for `meta.validatie` per pair of sources that was compared, of a warehouse that was just built.

    Only the summary of inspections in the outputdossier stands beside another source: the list of doorlichtingen.
    """
    compared, different = con.execute(
        "select count(*), count(*) filter (where len(verschillen) > 0) from core.doorlichting_vergelijking"
    ).fetchall()[0]
    if not compared:
        return []
    return [
        {
            "bron": "outputdossier",
            "tabel": "doorlichtingen_samenvatting",
            "verwachting": "de samenvatting van de doorlichtingen komt overeen met de lijst van de doorlichtingen",
            "kolom": None,
            "geslaagd": different == 0,
            "waargenomen": f"{different} van {compared} afwijkend",
            "ernst": WARNING,
        }
    ]
