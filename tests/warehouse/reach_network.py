"""A network of a handful of institutions, activities and trajectories that the tests of reach share."""

from typing import Any

import duckdb

from tests.warehouse.landing_tables import landing

#: number, onderwijsniveau, scholengroep, staff, VTE. 000001 takes over 000009 after 2024-2025.
INSTELLINGEN = {
    "2024-2025": [
        ("000009", "BaO", "1", 18, 14.0),
        ("000002", "BaO", "1", 10, 8.0),
        ("000003", "SO", "2", 50, 40.0),
    ],
    "2025-2026": [
        ("000001", "BaO", "1", 20, 15.0),
        ("000002", "BaO", "1", 10, 8.0),
        ("000003", "SO", "2", 50, 40.0),
        ("000004", "CLB", "2", 12, 10.0),
    ],
}


def deliver_institutions(con: duckdb.DuckDBPyConnection) -> None:
    for schooljaar, instellingen in INSTELLINGEN.items():
        landing(
            con,
            "instellingen",
            [
                {
                    "schooljaar": schooljaar,
                    "instellingsnummer": nummer,
                    "naam": f"Instelling {nummer}",
                    "onderwijsniveau": niveau,
                    "scholengroep_nummer": scholengroep,
                    "scholengroep": f"Scholengroep {scholengroep}",
                    "personeelsleden": personeelsleden,
                    "vte": vte,
                    "opgevolgd_door": "000001" if nummer == "000009" else None,
                }
                for nummer, niveau, scholengroep, personeelsleden, vte in instellingen
            ],
        )


def deliver_activity(con: duckdb.DuckDBPyConnection, activiteit_id: str, strategie: str, **rest: Any) -> None:
    row = {
        "activiteit_id": activiteit_id,
        "titel": f"Activiteit {activiteit_id}",
        "strategie": strategie,
        "startdatum": "2025-10-01",
        "dagdelen": 2,
        "schooljaar": "2025-2026",
        "organisator": "PBD",
    }
    landing(con, "activiteiten", [{**row, **rest}])


def deliver_registrations(
    con: duckdb.DuckDBPyConnection,
    activiteit_id: str,
    *people: tuple[str, str, str | None],
    ingeschreven_op: str = "2025-09-10",
) -> None:
    """Register people: (person, instellingsnummer, attendance); all of them enrolled on one day."""
    landing(
        con,
        "inschrijvingen",
        [
            {
                "inschrijving_id": f"{activiteit_id}-{persoon}",
                "activiteit_id": activiteit_id,
                "persoon": persoon,
                "ambt": "leraar",
                "instellingsnummer": instellingsnummer,
                "ingeschreven_op": ingeschreven_op,
                "status": "ingeschreven",
                "aanwezig": aanwezig,
            }
            for persoon, instellingsnummer, aanwezig in people
        ],
    )


def deliver_trajectory(
    con: duckdb.DuckDBPyConnection,
    traject_id: str,
    soort: str,
    *visits: tuple[str, float],
    instellingsnummer: str | None = None,
    scholengroep_nummer: str | None = None,
) -> None:
    """Deliver a traject that starts in October 2025, with its interventies: (date, dagdelen)."""
    landing(
        con,
        "trajecten",
        [
            {
                "traject_id": traject_id,
                "instellingsnummer": instellingsnummer,
                "scholengroep_nummer": scholengroep_nummer,
                "soort": soort,
                "focus": "rekenen",
                "startdatum": "2025-10-01",
                "geplande_dagdelen": 12,
                "status": "lopend",
            }
        ],
    )
    landing(
        con,
        "interventies",
        [
            {
                "interventie_id": f"{traject_id}-{number}",
                "traject_id": traject_id,
                "datum": datum,
                "dagdelen": dagdelen,
                "begeleiders": ["b1"],
            }
            for number, (datum, dagdelen) in enumerate(visits)
        ],
    )
