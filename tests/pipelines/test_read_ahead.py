"""Reading ahead only saves time: whatever was read by the other process, a load says and keeps the same."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines import read_ahead
from pipelines.archive import Archive, fingerprint
from pipelines.intake import Intake
from pipelines.load import LoadOutcome, load
from pipelines.pseudonym import load_key
from pipelines.read_ahead import ReadAhead
from tests.e2e.command_line import ROOT
from tests.pipelines.small_deliveries import ACTIVITEITEN, INSCHRIJVINGEN, INSCHRIJVINGEN_HEADER, INSTELLINGEN, write
from tests.pipelines.small_deliveries import inschrijving as row
from warehouse.settings import load_settings

LONGEST = 60.0  # seconds; generous, for a machine with other work
AGENDA = (
    'Onderwerp,Begindatum,Begintijd,Einddatum,Eindtijd,"Gebeurtenis, duurt hele dag",Categorieën,Privé,'
    "Tijd weergeven als\n"
    "Overleg,15-9-2025,9:00:00,15-9-2025,11:00:00,Onwaar,PLG,Onwaar,2\n"
    "Overleg,16-9-2025,9:00:00,16-9-2025,12:00:00,Onwaar,,Onwaar,2\n"
)
KEY = "1f" * 32


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read ahead however little there is to read."""
    monkeypatch.setattr(read_ahead, "WORTH", 0)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return data_folder(tmp_path / "data")


def data_folder(folder: Path) -> Path:
    """Make a data folder; each has the same key, so that pseudonyms can be compared."""
    folder.mkdir()
    (folder / "sleutel").write_text(KEY)
    return folder


def an_intake(data: Path) -> Intake:
    return Intake(data, load_key(data), load_settings())


def three(folder: Path) -> list[Path]:
    return write(folder, a_instellingen=INSTELLINGEN, b_activiteiten=ACTIVITEITEN, c_inschrijvingen=INSCHRIJVINGEN)


def is_read(intake: Intake, path: Path) -> bool:
    return (intake.root / fingerprint(path) / "verslag.json").exists()


def read_all(paths: list[Path], data: Path, known: Iterable[str] = ()) -> Intake:
    """Let the other process read every file, and end by itself because there are no more."""
    intake = an_intake(data)
    with ReadAhead(paths, data, intake, frozenset(known)) as ahead:
        assert ahead.process is not None
        ahead.process.wait(LONGEST)
    return intake


@pytest.mark.usefixtures("always")
def test_archived_bytes_are_read_ahead_under_the_name_they_came_with(data: Path, tmp_path: Path) -> None:
    paths = [tmp_path / "een", tmp_path / "twee"]
    for path, text in zip(paths, (AGENDA, AGENDA.replace("PLG", "Verlof")), strict=True):
        path.write_text(text, encoding="utf-8")
    names = dict(zip(paths, ("B017_agenda.csv", "B018_agenda.csv"), strict=True))
    intake = an_intake(data)

    with ReadAhead(paths, data, intake, names=names) as ahead:
        assert ahead.process is not None
        ahead.process.wait(LONGEST)

    assert [intake.holds(fingerprint(path), name) for path, name in names.items()] == [True, True]


@pytest.mark.usefixtures("always")
def test_what_was_read_ahead_is_what_the_load_would_read(data: Path, tmp_path: Path) -> None:
    paths = three(tmp_path / "in")
    ahead, alone = read_all(paths, data), an_intake(data_folder(tmp_path / "alleen"))

    for path in paths:
        sha256 = fingerprint(path)
        assert is_read(ahead, path)
        assert is_read(alone, path) is False
        reports = [intake.take_in(path, path.name, sha256) for intake in (ahead, alone)]
        assert vars(reports[0]) | {"quarantine": None} == vars(reports[1]) | {"quarantine": None}
        assert reports[0].quarantine.equals(reports[1].quarantine)
        for table in reports[0].tabellen:
            kept = [intake.table_path(sha256, table.tabel).read_bytes() for intake in (ahead, alone)]
            assert kept[0] == kept[1]


@pytest.mark.usefixtures("always")
def test_what_was_loaded_before_or_is_too_large_is_not_read_ahead(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = three(tmp_path / "in")
    monkeypatch.setattr(read_ahead, "LARGEST", first.stat().st_size)
    assert third.stat().st_size > read_ahead.LARGEST > second.stat().st_size

    intake = read_all([first, second, third], data, known=[fingerprint(second)])

    assert [is_read(intake, path) for path in (first, second, third)] == [True, False, False]


@pytest.mark.usefixtures("always")
def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_being_read(data: Path, tmp_path: Path) -> None:
    first, second, third = three(tmp_path / "in")
    third.write_bytes(b"geen\x00tekst")
    gone, pipe = tmp_path / "in" / "weg.csv", tmp_path / "in" / "pijp.csv"
    os.mkfifo(pipe)  # whoever opens it waits until somebody writes

    intake = read_all([first, second, third, gone, pipe], data)

    assert [is_read(intake, path) for path in (first, second, third)] == [True, True, False]
    assert not list(intake.root.glob(".*"))


def test_a_few_small_files_or_one_file_start_no_process(data: Path, tmp_path: Path) -> None:
    paths = three(tmp_path / "in")
    large = tmp_path / "groot.csv"
    with large.open("wb") as handle:
        handle.truncate(read_ahead.WORTH * 1_000_000)
    for files in (paths, [large], []):
        with ReadAhead(files, data, an_intake(data), frozenset()) as ahead:
            assert ahead.process is None
            for path in files:
                ahead.wait_for(path)


@pytest.mark.usefixtures("always")
def test_a_process_that_dies_leaves_the_reading_to_the_load(data: Path, tmp_path: Path) -> None:
    paths, intake = three(tmp_path / "in"), an_intake(data)
    with ReadAhead(paths, data, intake, frozenset()) as ahead:
        assert ahead.process is not None
        ahead.process.kill()
        for path in paths:
            ahead.wait_for(path)
            assert intake.take_in(path, path.name, fingerprint(path)).gelezen > 0


@pytest.mark.usefixtures("always")
def test_an_interrupt_ends_the_process_at_once(data: Path, tmp_path: Path) -> None:
    ahead = ReadAhead(three(tmp_path / "in"), data, an_intake(data), frozenset())

    with pytest.raises(KeyboardInterrupt), ahead:
        raise KeyboardInterrupt

    assert ahead.process is not None
    assert ahead.process.poll() == -signal.SIGKILL


LOADING = """
import sys, time
from pathlib import Path
from pipelines import read_ahead
from pipelines.intake import Intake
from warehouse.settings import load_settings
read_ahead.WORTH = 0
folder = Path(sys.argv[1])
paths = sorted((folder / "in").iterdir())
with read_ahead.ReadAhead(paths, folder, Intake(folder, b"sleutel", load_settings()), frozenset()) as ahead:
    read_ahead.ReadAhead._next = lambda self: time.sleep(600)
    print(ahead.process.pid, flush=True)
    time.sleep(600)
"""


def test_a_load_that_is_killed_takes_the_process_with_it(tmp_path: Path) -> None:
    three(tmp_path / "in")
    loading = subprocess.Popen(
        [sys.executable, "-c", LOADING, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    with loading:
        assert loading.stdout is not None
        reading = int(loading.stdout.readline())
        os.kill(reading, 0)  # it runs
        loading.kill()
    deadline = time.monotonic() + LONGEST
    while _runs(reading):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{process}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def test_the_same_bytes_under_another_name_are_another_agenda(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "agenda.csv"
    path.write_text(AGENDA, encoding="utf-8")
    intake, sha256 = an_intake(data), fingerprint(path)

    first = intake.take_in(path, "B001_agenda.csv", sha256)
    assert [intake.holds(sha256, name) for name in ("B001_agenda.csv", "B002_agenda.csv")] == [True, False]
    second = intake.take_in(path, "B002_agenda.csv", sha256)
    again = intake.take_in(path, "B001_agenda.csv", sha256)

    assert first.vak == again.vak != second.vak
    assert first.bestand == again.bestand != second.bestand


def test_what_was_read_half_is_forgotten(data: Path, tmp_path: Path) -> None:
    [path] = write(tmp_path, instellingen=INSTELLINGEN)
    intake = an_intake(data)
    intake.take_in(path, path.name, fingerprint(path))
    (intake.root / ".0123.99").mkdir()

    intake.forget_old()

    assert [folder.name for folder in intake.root.iterdir()] == [fingerprint(path)]


@pytest.mark.usefixtures("always")
def test_a_load_says_keeps_and_builds_the_same_when_all_was_read_ahead(tmp_path: Path) -> None:
    paths = write(
        tmp_path / "in",
        B001_agenda=AGENDA,
        B002_agenda=AGENDA,  # the same bytes: the first name counts, although the last file is read ahead first
        a_inschrijvingen=INSCHRIJVINGEN,
        b_inschrijvingen=INSCHRIJVINGEN_HEADER + "".join(row(n, op="31/02/2025") for n in range(9)),
        c_inschrijvingen=INSCHRIJVINGEN + row(99, jaren="61"),
        d_onbekend="kleur;geur\nrood;zoet\n",
        instellingen=INSTELLINGEN,
        leeg=b"",
        z_activiteiten=ACTIVITEITEN,
    )
    helped, alone = data_folder(tmp_path / "samen"), data_folder(tmp_path / "alleen")
    read_all(paths, helped)

    with_help = load(paths, helped, load_settings(), _silent, _silent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read_ahead, "WORTH", 10**9)
        without = load(paths, alone, load_settings(), _silent, _silent)

    assert _told(with_help) == _told(without)
    assert [file.status for file in with_help.files] == [
        *("geladen", "al geladen", "geladen", "geweigerd", "geladen", "geweigerd", "geladen", "geweigerd", "geladen")
    ]
    assert _kept(helped) == _kept(alone)
    assert _rows(with_help) == _rows(without)


def _silent(*_: object) -> None:
    """Report no progress."""


def _told(outcome: LoadOutcome) -> list[Any]:
    return [(file.bestand, file.status, file.boodschap, file.geteld, file.faults.rows()) for file in outcome.files]


def _kept(data: Path) -> list[Any]:
    return [(r.levering, r.volgorde, r.sha256, r.bestand, r.boodschap) for r in Archive(data).known()]


def _rows(outcome: LoadOutcome) -> dict[str, list[Any]]:
    assert outcome.published is not None, outcome.failure
    with duckdb.connect(outcome.published, read_only=True) as con:
        tables = con.execute(
            "select table_schema || '.' || table_name from information_schema.tables where table_schema = 'mart'"
        ).fetchall()
        return {name: con.execute(f"from {name}").fetchall() for (name,) in tables}
