"""The rows that the published version was made from: landed again from the archive, as a preview does."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.archive import Archive
from pipelines.build import landing_files, landing_tables
from pipelines.corrected_rows import land_corrected
from pipelines.intake import Intake
from pipelines.preview import published_deliveries
from pipelines.pseudonym import load_key
from warehouse import versions
from warehouse.connection import open_for_writing
from warehouse.settings import load_settings


@contextmanager
def landed(data: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Give a connection with the landing tables of what is published in a data folder."""
    archive, settings = Archive(data), load_settings()
    intake = Intake(data, load_key(data), settings)
    published = published_deliveries(archive, versions.published(data))
    reports = {
        one.levering: intake.take_in(archive.bytes_path(one), one.bestand, one.sha256) for one in published.receipts
    }
    files = landing_files(published.receipts, reports, intake.table_path)
    limit = settings["levering"]["grootste_aandeel_geweigerd"]
    with open_for_writing() as con:
        land_corrected(con, landing_tables(), files, limit, published.corrections)
        yield con


def numbers(data: Path) -> set[str]:
    """Return the numbers of the inschrijvingen that count in what is published."""
    with landed(data) as con:
        return {number for (number,) in con.execute("select inschrijving_id from landing.inschrijvingen").fetchall()}
