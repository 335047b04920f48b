"""Short ways to write down a small network of institutions in landing rows."""

from typing import Any

import duckdb

from tests.warehouse.landing_tables import landing


def listed(con: duckdb.DuckDBPyConnection, schooljaar: str, *institutions: dict[str, Any]) -> None:
    """Deliver the list of one schooljaar; each institution names what differs from a BaO of 10 staff."""
    rows = [
        {
            "schooljaar": schooljaar,
            "naam": f"School {institution['instellingsnummer']}",
            "onderwijsniveau": "BaO",
            "scholengroep_nummer": "1",
            "scholengroep": "Noord",
            "personeelsleden": 10,
            "vte": 8.5,
            **institution,
        }
        for institution in institutions
    ]
    landing(con, "instellingen", rows)


def school(nummer: str, **rest: Any) -> dict[str, Any]:
    """Return one institution for `listed`."""
    return {"instellingsnummer": nummer, **rest}


def inspected(
    con: duckdb.DuckDBPyConnection, doorlichting_id: str, nummer: str, verslag: str, advies: str, **rest: Any
) -> None:
    """Deliver one doorlichting with its report."""
    row = {
        "doorlichting_id": doorlichting_id,
        "instellingsnummer": nummer,
        "soort": "doorlichting",
        "begindatum": verslag,
        "datum_verslag": verslag,
        "advies": advies,
        **rest,
    }
    landing(con, "doorlichtingen", [row])
