"""What a published version knows of the doorlichtingen of one instelling."""

from pathlib import Path
from typing import Any

from warehouse.connection import open_read_only


def known_inspections(path: Path, instellingsnummer: str) -> list[dict[str, Any]]:
    """Return the doorlichtingen of an instelling, newest first: doorlichting_id, datum, soort, advies."""
    with open_read_only(path) as con:
        return (
            con.sql(
                """
                select doorlichting_id, datum, soort, advies from mart.doorlichting
                where instellingsnummer = $nummer order by datum desc, doorlichting_id
                """,
                params={"nummer": instellingsnummer},
            )
            .pl()
            .to_dicts()
        )
