"""The first half of `laad` in a process of its own: archive, read, judge, pseudonyms, landing; no models."""

import datetime as dt
import sys
import tempfile
from pathlib import Path

from pipelines.archive import Archive, fingerprint
from pipelines.build import MEMORY, landing_tables
from pipelines.intake import Intake
from pipelines.pseudonym import load_key
from warehouse import versions
from warehouse.connection import open_for_writing
from warehouse.landing import LandingFile, land
from warehouse.settings import load_settings


def main(path: Path) -> None:
    """Take in one file beside what the data folder holds, and land all of it in a warehouse that is thrown away."""
    folder, settings = versions.data_folder(), load_settings()
    archive, day = Archive(folder), dt.date.today()
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        intake = Intake(Path(scratch), load_key(folder), settings)
        sha256 = fingerprint(path)
        Archive(Path(scratch)).store(path, sha256)
        known = [(r.sha256, r.levering, r.bestand, archive.bytes_path(r)) for r in archive.receipts()]
        files: dict[str, list[LandingFile]] = {}
        for place, (digest, levering, name, source) in enumerate([*known, (sha256, "nieuw", path.name, path)]):
            for table in intake.take_in(source, name, digest).tabellen:
                stored = intake.table_path(digest, table.tabel)
                files.setdefault(table.tabel, []).append(LandingFile(levering, place, stored, table.gelezen, day))
        con = open_for_writing(Path(scratch) / "proef.duckdb")
        con.execute(f"set memory_limit = '{MEMORY}'")
        land(con, landing_tables(), files, settings["levering"]["grootste_aandeel_geweigerd"])
        print(con.execute("select count(*) from landing.inschrijvingen").fetchall()[0][0])
        con.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
