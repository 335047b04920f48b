"""What each broken or odd file gets: its own Dutch sentence, its exit code, and a published version left alone."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from pipelines.archive import fingerprint
from tests.e2e.command_line import run, status
from tests.pipelines.corpus import REFUSED, TAKEN
from tests.pipelines.corpus.entry import Refused, Taken, planning
from tests.pipelines.small_deliveries import (
    INSCHRIJVINGEN_HEADER,
    INSTELLINGEN,
    inschrijving,
    write,
)
from tests.pipelines.small_folder import small_folder

REJECTED, QUARANTINED, TAKEN_IN = 4, 3, 0


def published(data: Path) -> tuple[str, int, str]:
    """Return the published path, its version and the hash of its bytes."""
    found = status(data)
    return found["warehouse"], found["versie"], fingerprint(Path(found["warehouse"]))


def write_all(folder: Path, entries: list[Any]) -> list[str]:
    """Write the files of the corpus and return their paths."""
    folder.mkdir()
    assert len({entry.name for entry in entries}) == len(entries)
    for entry in entries:
        (folder / entry.name).write_bytes(entry.content)
    return [str(folder / entry.name) for entry in entries]


@dataclass(frozen=True)
class Refusals:
    """What loading all bad files on top of a published version gave."""

    data: Path
    before: tuple[str, int, str]
    code: int
    lines: list[str]


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> Refusals:
    """Publish a version from good files, then load every bad one."""
    folder = small_folder(tmp_path_factory)
    data = folder / "data"
    before = published(data)
    code, printed = run(data, "laad", *write_all(folder / "slecht", REFUSED))
    return Refusals(data, before, code, printed.splitlines())


@pytest.mark.parametrize("bad", REFUSED, ids=lambda bad: bad.name)
def test_a_bad_file_is_refused_with_its_own_sentence(refusals: Refusals, bad: Refused) -> None:
    assert f"{bad.name}: geweigerd. {bad.sentence}" in refusals.lines


def test_bad_files_leave_the_published_version_alone(refusals: Refusals) -> None:
    assert refusals.code == REJECTED
    assert refusals.lines[len(REFUSED) :] == ["De gepubliceerde versie blijft wat ze was."]
    assert published(refusals.data) == refusals.before


def test_status_tells_of_every_refused_file(refusals: Refusals) -> None:
    told = {(row["bestand"], row["boodschap"]) for row in status(refusals.data)["leveringen"]}
    assert {(bad.name, bad.sentence) for bad in REFUSED} <= told


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    """Judge every odd file that is taken in, all in one go; what is said of each, by name."""
    folder = tmp_path_factory.mktemp("aanvaard")
    code, printed = run(folder / "data", "controleer", "--json", *write_all(folder / "vreemd", TAKEN))
    assert code == QUARANTINED
    assert not (folder / "data").exists(), "a check stores nothing"
    return {file["bestand"]: file for file in json.loads(printed)["bestanden"]}


@pytest.mark.parametrize("odd", TAKEN, ids=lambda odd: odd.name)
def test_an_odd_file_is_taken_in_and_every_row_accounted_for(judged: dict[str, dict[str, Any]], odd: Taken) -> None:
    file = judged[odd.name]
    assert file["boodschap"] == ""
    faults = [(fault["rij"], fault["kolom"], fault["waarde"], fault["reden"]) for fault in file["fouten"]]
    assert faults == list(odd.faults)
    assert file["meldingen"] == list(odd.notes)
    counts = (file["gelezen"], file["aanvaard"], file["quarantaine"])
    assert counts == (odd.read, odd.read - odd.quarantined, odd.quarantined)


@pytest.mark.parametrize(("unknown", "expected"), [(2, QUARANTINED), (3, REJECTED)])
def test_a_fifth_of_unknown_references_is_the_border(
    refusals: Refusals, tmp_path: Path, unknown: int, expected: int
) -> None:
    rows = [
        inschrijving(n, instelling="999991" if n < unknown else "012344", op=f"{unknown}/9/2024") for n in range(10)
    ]
    [path] = write(tmp_path, grens=INSCHRIJVINGEN_HEADER + "".join(rows))
    code, printed = run(refusals.data, "laad", "--json", str(path))
    [file] = json.loads(printed)["bestanden"]
    assert code == expected
    assert file["gelezen"] == 10
    assert file["aanvaard"] == (8 if code == QUARANTINED else 0)
    assert file["quarantaine"] == 10 - file["aanvaard"]


GOOD = planning()
MISSING = "Het bestand of de map '{}' bestaat niet."


def lay_out(folder: Path) -> dict[str, str]:
    """Make what a folder may hold besides plain files; return what is said of each path."""
    (folder / "echt").write_bytes(GOOD)
    (folder / "koppeling.csv").symlink_to(folder / "echt")
    (folder / "gebroken.csv").symlink_to(folder / "weg")
    os.mkfifo(folder / "pijp.csv")
    (folder / "map.csv").mkdir()
    (folder / "map.csv" / "een.csv").write_bytes(GOOD)
    (folder / "map.csv" / "~$een.xlsx").write_bytes(b"slot van Excel")
    (folder / "map.csv" / "kring").symlink_to(folder)
    (folder / ("x" * 250 + ".csv")).write_bytes(GOOD)
    (folder / "twee\nregels.csv").write_bytes(GOOD)
    (folder / "[bold]haken'\".csv").write_bytes(GOOD)
    Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.csv")).write_bytes(GOOD)
    return {
        "koppeling.csv": "", "gebroken.csv": MISSING.format(folder / "gebroken.csv"),
        "pijp.csv": f"'{folder / 'pijp.csv'}' is geen gewoon bestand.", "een.csv": "", "x" * 250 + ".csv": "",
        "twee regels.csv": "", "[bold]haken'\".csv": "", "caf\ufffd.csv": "",
        "weg.csv": MISSING.format(folder / "weg.csv"),
    }  # fmt: skip


def test_links_folders_pipes_and_odd_names_each_get_their_due(tmp_path: Path) -> None:
    expected = lay_out(tmp_path)
    paths = sorted(path for path in tmp_path.iterdir() if path.name != "echt")
    code, printed = run(tmp_path / "data", "controleer", "--json", *map(str, paths), str(tmp_path / "weg.csv"))
    files = json.loads(printed)["bestanden"]
    assert {file["bestand"]: file["boodschap"] for file in files} == expected
    assert {file["gelezen"] for file in files if not file["boodschap"]} == {9}
    assert code == REJECTED


def test_a_name_that_is_no_text_is_loaded_and_told(tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9\n.csv")
    Path(path).write_bytes(INSTELLINGEN.encode())
    code, printed = run(tmp_path / "data", "laad", path)
    assert code == TAKEN_IN, printed
    assert [row["bestand"] for row in status(tmp_path / "data")["leveringen"]] == ["caf\ufffd .csv"]


def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "groot.csv"
    path.touch()
    os.truncate(path, 2_000_000_000)
    code, printed = run(tmp_path / "data", "controleer", str(path))
    assert code == REJECTED
    assert printed.splitlines()[0] == (
        "groot.csv: geweigerd. Het bestand is 2,0 GB groot; de grens is 1,5 GB. Splits het per schooljaar en lever de "
        "delen apart."
    )
