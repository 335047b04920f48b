"""The demo deliveries through the real `laad`: nothing is refused but what was planted."""

from pathlib import Path

import pytest

from pipelines.contract import normalise_header
from pipelines.demo import DemoFile, DemoManifest, Reason
from pipelines.intake import shown_name
from pipelines.pseudonym import load_key
from tests.e2e.command_line import run
from warehouse import versions
from warehouse.connection import open_read_only

ROWS_REFUSED = 3


@pytest.fixture(scope="module")
def data(demo: DemoManifest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    code, printed = run(folder, "laad", str(demo.folder))
    assert code == ROWS_REFUSED, printed
    return folder


def test_quarantine_of_a_real_load_is_just_what_was_planted(demo: DemoManifest, data: Path) -> None:
    key, published = load_key(data), versions.published(data)
    assert published is not None
    with open_read_only(published) as con:
        found = con.execute("select distinct bestand, coalesce(blad, ''), rij from meta.quarantaine").fetchall()
        columns = con.execute(
            "select distinct bestand, coalesce(blad, ''), rij, kolom from meta.quarantaine where kolom <> ''"
        ).fetchall()
    planted = [(_shown(file, key), file.sheet or "", row) for file in demo.files for row in file.quarantined]
    assert sorted(found) == sorted((name, sheet, row.row) for name, sheet, row in planted)
    # Of a duplicate key the whole key is named, not a column.
    of_a_column = {
        (_shown(file, key), file.sheet or "", row.row, normalise_header(row.column))
        for file in demo.files
        for row in file.quarantined
        if row.reason is not Reason.DUBBELE_SLEUTEL
    }
    assert len(of_a_column) > 50
    assert of_a_column <= {(name, sheet, row, normalise_header(column)) for name, sheet, row, column in columns}


def test_rows_of_every_file_are_accepted_or_in_quarantine(demo: DemoManifest, data: Path) -> None:
    published = versions.published(data)
    assert published is not None
    with open_read_only(published) as con:
        read, accepted, refused, not_active = con.execute(
            "select sum(gelezen), sum(aanvaard), sum(quarantaine), count(*) filter (status <> 'actief') "
            "from meta.levering"
        ).fetchall()[0]
        told = con.execute("select boodschap from meta.levering where boodschap like '%buiten net%'").fetchall()
    outside = [int(message.split(" rijen buiten net")[0].split()[-1]) for (message,) in told]
    assert read == sum(file.rows for file in demo.files)
    assert refused == sum(len(file.quarantined) for file in demo.files)
    assert outside == [file.outside for file in demo.files if file.outside]
    assert accepted == read - refused
    assert not_active == 0


def _shown(file: DemoFile, key: bytes) -> str:
    """The name as it is stored: that of an agenda starts with the code of a person."""
    return shown_name(file.path.name, "agenda", key) if file.table == "agenda" else file.path.name
