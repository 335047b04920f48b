"""What may go wrong around a load: a full disk, no access, a wrong clock, two at once, a reader left behind."""

import errno
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import duckdb
import pytest

from pipelines.archive import Archive, fingerprint
from pipelines.load import only_one, rebuild
from pipelines.withdrawal import RESTORING_NOTED, WITHDRAWAL_NOTED
from tests.e2e.command_line import ROOT, run, status
from tests.e2e.hindered import LONGEST_RUN, hindered
from tests.pipelines.landed import landed, numbers
from tests.pipelines.small_deliveries import (
    INSCHRIJVINGEN_HEADER,
    INSTELLINGEN,
    inschrijving,
    write,
)
from tests.pipelines.small_folder import small_folder
from warehouse import versions
from warehouse.settings import load_settings

TAKEN, FAILED, REJECTED, NOT_PUBLISHED, MOVED_ON, INTERRUPTED = 0, 1, 4, 5, 6, 130
UNCHANGED = "De gepubliceerde versie is niet gewijzigd."
BUILT_NEXT = "Wat al opgenomen was, telt mee vanaf de volgende bouw."
WAITING = "Een andere opdracht is aan het laden of bouwen. Deze wacht tot ze klaar is."


def registrations(folder: Path, name: str, first: int, schooljaar: int) -> Path:
    """Write ten registrations of a schooljaar of their own, so that they replace nothing."""
    rows = [inschrijving(number, op=f"{1 + number % 28}/9/{schooljaar}") for number in range(first, first + 10)]
    return write(folder, **{name: INSCHRIJVINGEN_HEADER + "".join(rows)})[0]


def figures(data: Path) -> tuple[int, str]:
    """Return the published version and the hash of its bytes."""
    found = status(data)
    return found["versie"], fingerprint(Path(found["warehouse"]))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a version; every test here leaves a whole one behind."""
    return small_folder(tmp_path_factory) / "data"


def test_a_disk_that_is_full_at_any_moment_costs_nothing_and_is_named(data: Path, tmp_path: Path) -> None:
    before = figures(data)
    new = registrations(tmp_path, "vol", 100, 2023)
    for largest, is_taken_in in ((0, False), (2_000, False), (100_000, True), (2_000_000, True)):
        code, printed, told = hindered(data, "--largest", str(largest), "laad", str(new))
        assert (code, printed) == (NOT_PUBLISHED, ""), told
        assert told.startswith("De schijf is vol"), told
        assert told.rstrip().endswith(f"{UNCHANGED} {BUILT_NEXT}" if is_taken_in else UNCHANGED), (largest, told)
        assert "Traceback" not in told
        assert figures(data) == before

    number = Archive(data).receipts()[-1].levering
    for command, noted in ((["intrekken", "--reden", "vol"], WITHDRAWAL_NOTED), (["herstel"], RESTORING_NOTED)):
        code, printed, told = hindered(data, "--largest", "100000", *command, number)
        assert (code, printed) == (NOT_PUBLISHED, ""), told
        assert told.rstrip().endswith(f"{UNCHANGED} {noted}"), told
        assert figures(data) == before

    code, printed = run(data, "laad", str(new))

    assert code == TAKEN, printed
    assert {f"I{number}" for number in range(100, 110)} <= numbers(data)


def test_a_fault_after_publishing_says_what_was_published(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What goes wrong when the figures of before and after are compared comes after the new version."""

    def fail(fault: BaseException, *_: object) -> None:
        raise fault

    for number, fault in enumerate((OSError(errno.ENOSPC, "vol"), KeyboardInterrupt(), ValueError("zomaar"))):
        before = status(data)["versie"]
        monkeypatch.setattr("pipelines.main_figures.compared_figures", partial(fail, fault))
        capsys.readouterr()
        code, _ = run(data, "laad", str(registrations(tmp_path, f"na-{number}", 300 + 10 * number, 2020 - number)))
        assert code == (INTERRUPTED if isinstance(fault, KeyboardInterrupt) else FAILED)
        assert status(data)["versie"] == before + 1
        told = " ".join(capsys.readouterr().err.split())
        assert told.endswith(f"Versie {before + 1} was al gepubliceerd en blijft dat."), told


@pytest.fixture
def read_only(data: Path) -> Iterator[Path]:
    """The data folder in which nothing may be written."""
    modes = {path: path.stat().st_mode for path in [data, *data.rglob("*")]}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    yield data
    for path, mode in modes.items():
        path.chmod(mode)


def test_a_folder_without_write_access_is_named_and_still_read(read_only: Path, tmp_path: Path) -> None:
    before = figures(read_only)
    new = registrations(tmp_path, "dicht", 200, 2022)
    code, printed, told = hindered(read_only, "--no-override", "laad", str(new))
    assert (code, printed) == (NOT_PUBLISHED, "")
    assert told.startswith(f"Geen toegang: {read_only}"), told
    assert told.rstrip().endswith(UNCHANGED)
    code, printed, _ = hindered(read_only, "--no-override", "status", "--json")
    assert (code, json.loads(printed)["versie"]) == (TAKEN, before[0])
    assert figures(read_only) == before


def test_a_load_works_once_the_folder_may_be_written_again(data: Path, tmp_path: Path) -> None:
    new = registrations(tmp_path, "dicht", 200, 2022)
    code, printed = run(data, "laad", str(new))
    assert code == TAKEN, printed
    assert {f"I{number}" for number in range(200, 210)} <= numbers(data)


def test_a_file_and_a_folder_without_read_access_are_named_and_the_rest_is_judged(tmp_path: Path) -> None:
    closed, folder, good = tmp_path / "dicht.csv", tmp_path / "map", tmp_path / "goed.csv"
    folder.mkdir()
    for path in (closed, folder / "in.csv", good):
        path.write_text(INSTELLINGEN, encoding="utf-8")
    closed.chmod(0)
    folder.chmod(0)
    paths = (str(closed), str(folder), str(good))
    code, printed, _ = hindered(tmp_path / "data", "--no-override", "controleer", "--json", *paths)
    folder.chmod(0o700)
    assert code == REJECTED
    assert {file["bestand"]: file["boodschap"] for file in json.loads(printed)["bestanden"]} == {
        "dicht.csv": f"Het bestand '{closed}' kan niet gelezen worden (geen toegang).",
        "map": f"De map '{folder}' kan niet gelezen worden (geen toegang).",
        "goed.csv": "",
    }


@pytest.mark.parametrize("mode", [0, 0o400])
def test_a_closed_folder_within_a_folder_is_named_and_the_rest_is_taken_in(tmp_path: Path, mode: int) -> None:
    drop = tmp_path / "binnen"
    closed = drop / "2025" / "dicht"
    closed.mkdir(parents=True)
    for path in (closed / "in.csv", drop / "2025" / "goed.csv"):
        path.write_text(INSTELLINGEN, encoding="utf-8")
    closed.chmod(mode)
    for path in (closed, drop / "2025" / "goed.csv"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    code, printed, told = hindered(tmp_path / "data", "--no-override", "laad", "--uit-map", str(drop), "--json")
    closed.chmod(0o700)
    assert code == REJECTED, told
    assert {file["bestand"]: file["boodschap"] for file in json.loads(printed)["bestanden"]} == {
        "dicht": f"De map '{closed}' kan niet gelezen worden (geen toegang).",
        "goed.csv": "",
    }
    assert (closed / "in.csv").is_file(), "it stays where it is, for who may open it"
    assert not (drop / "2025" / "goed.csv").exists()
    assert not (drop / "geweigerd").exists()


def test_a_clock_that_went_back_hides_nothing_and_the_last_delivery_still_wins(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = small_folder(tmp_path_factory) / "data"
    ahead = INSTELLINGEN.replace(";200;20;", ";200;21;")
    now = INSTELLINGEN.replace(";200;20;", ";200;22;")
    [first] = write(tmp_path / "een", vooruit=ahead)
    [second] = write(tmp_path / "twee", terug=now)
    assert run(data, "laad", "--ontvangen-op", "2039-01-01", str(first))[0] == TAKEN
    assert run(data, "laad", str(second))[0] == TAKEN
    found = status(data)
    assert (found["versie"], found["peildatum"]) == (3, "2039-01-01")
    assert {row["bestand"]: row["status"] for row in found["leveringen"]} == {
        "instellingen.csv": "vervangen",
        "vooruit.csv": "vervangen",
        "terug.csv": "actief",
        "activiteiten.csv": "actief",
        "inschrijvingen.csv": "actief",
    }
    with landed(data) as con:
        assert con.execute("select distinct personeelsleden from landing.instellingen").fetchall() == [(22,)]


def start(data: Path, path: Path) -> subprocess.Popen[str]:
    """Start a load in a process of its own; what it says can be read."""
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines.cli", "laad", str(path)],
        cwd=ROOT,
        env={"STERRENWACHT_DATA": str(data), "PATH": "/usr/bin:/bin", "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_two_loads_at_once_wait_for_each_other_and_both_come_in(data: Path, tmp_path: Path) -> None:
    version, _ = figures(data)
    files = [registrations(tmp_path, "een", 300, 2021), registrations(tmp_path, "twee", 400, 2020)]
    with only_one(data, lambda: None):
        processes = [start(data, path) for path in files]
        for process in processes:
            assert process.stderr is not None
            assert process.stderr.readline().strip() == WAITING
    for process in processes:
        printed, told = process.communicate(timeout=LONGEST_RUN)
        assert process.returncode == TAKEN, printed + told
        assert "10 rijen gelezen, 10 aanvaard, 0 in quarantaine." in printed
    found = status(data)
    assert found["versie"] == version + 2
    assert {f"I{number}" for number in (*range(300, 310), *range(400, 410))} <= numbers(data)
    receipts = Archive(data).receipts()
    assert len({receipt.volgorde for receipt in receipts}) == len(receipts)


def test_a_load_of_what_was_compared_with_another_version_takes_nothing_in(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version, _ = figures(data)
    path = registrations(tmp_path, "te laat", 500, 2019)
    known = len(Archive(data).known())
    for command in (["laad", str(path)], ["bouw"]):
        code, printed = run(data, *command, f"--vergeleken-met={version - 1}", "--json")
        told = json.loads(printed)
        assert (code, told["code"]) == (MOVED_ON, MOVED_ON)
        assert told["fout"].startswith(f"Intussen is versie {version} gepubliceerd: ")
    assert (figures(data)[0], len(Archive(data).known())) == (version, known)
    assert run(tmp_path / "leeg", "laad", str(path), "--vergeleken-met", "1")[0] == MOVED_ON
    assert "Intussen is niets meer gepubliceerd" in " ".join(capsys.readouterr().err.split())


def test_a_reader_keeps_its_version_while_it_is_replaced_and_removed(data: Path) -> None:
    version, _ = figures(data)
    old = Path(status(data)["warehouse"])
    settings = load_settings()
    few = settings | {"levering": settings["levering"] | {"versies_bewaard": 1}}
    with duckdb.connect(str(old), read_only=True) as reader:
        before = reader.execute("from mart.noden order by all").fetchall()
        pages = reader.cursor().execute("from mart.noden order by all")
        read = pages.fetchmany(2)

        assert rebuild(data, few, lambda *_: None, lambda: None).failure == ""

        assert not old.exists()
        assert len(read) == 2
        assert [*read, *pages.fetchall()] == before
        assert reader.cursor().execute("from mart.noden order by all").fetchall() == before
    assert list(versions.version_files(data)) == [version + 1]


def test_a_version_that_is_gone_is_told_and_a_build_brings_one_back(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    version, _ = figures(data)
    whole = numbers(data)
    assert run(data, "terug", "1")[0] == 1
    assert f"Deze versie is er niet. Bewaarde versies: {version}." in capsys.readouterr().err
    Path(status(data)["warehouse"]).unlink()
    assert run(data, "status") == (
        TAKEN,
        "Er is nog niets gepubliceerd. Laad eerst leveringen: sterrenwacht laad PAD\n",
    )
    code, printed = run(data, "bouw")
    assert code == TAKEN, printed
    assert numbers(data) == whole
