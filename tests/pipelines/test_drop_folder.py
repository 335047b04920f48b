"""What a load says of files that it passes over."""

import json
import os
from pathlib import Path

from pipelines.commands.loading import NO_FILES, NOTHING_TO_CHECK
from pipelines.drop_folder import Dropped
from tests.e2e.command_line import run


def test_a_drop_folder_says_which_files_it_passes_over_and_why(tmp_path: Path) -> None:
    drop = tmp_path / "binnen"
    drop.mkdir()
    for name in ("verslag.pdf", "lijst.ods", "bezig.csv", "VERZONNEN.md"):
        (drop / name).write_text("a;b\n", encoding="utf-8")
    os.utime(drop / "verslag.pdf", (1000, 1000))

    code, printed = run(tmp_path / "data", "laad", "--uit-map", str(drop), "--json")

    answer = json.loads(printed)
    assert (code, answer["bestanden"]) == (0, [])
    none, busy, unknown = answer["niet_opgenomen"]
    assert none == NO_FILES
    assert busy.startswith("Nog niet opgenomen")
    assert ": bezig.csv. " in busy
    assert unknown.startswith("Niet gelezen, want geen bestand van deze soorten (.csv, ")
    assert unknown.endswith("): lijst.ods, verslag.pdf.")
    assert unknown in run(tmp_path / "data", "laad", "--uit-map", str(drop))[1]
    assert sorted(path.name for path in drop.iterdir()) == ["VERZONNEN.md", "bezig.csv", "lijst.ods", "verslag.pdf"]


def test_many_files_are_counted_after_the_first() -> None:
    [said] = Dropped([], [], [Path(f"{number}.pdf") for number in range(1, 9)]).sentences
    assert said.endswith(": 1.pdf, 2.pdf, 3.pdf, 4.pdf, 5.pdf en nog 3.")


def test_an_empty_folder_is_no_fault_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "leeg").mkdir()
    code, printed = run(tmp_path / "data", "laad", str(tmp_path / "leeg"))
    assert (code, printed.splitlines()[0]) == (0, NO_FILES)


def test_a_folder_with_only_files_of_another_kind_is_no_success(tmp_path: Path) -> None:
    folder = tmp_path / "levering"
    folder.mkdir()
    for name in ("alles.zip", "verslag.pdf"):
        (folder / name).write_bytes(b"PK")
    for command, nothing in (("controleer", NOTHING_TO_CHECK), ("laad", NO_FILES)):
        code, printed = run(tmp_path / "data", command, str(folder))
        assert (code, printed.splitlines()[0]) == (4, nothing)
        assert printed.splitlines()[1].endswith("): alles.zip, verslag.pdf.")
        assert json.loads(run(tmp_path / "data", command, str(folder), "--json")[1])["code"] == 4
    assert "alles.zip, verslag.pdf" in run(tmp_path / "data", "voorbeeld", str(folder))[1]


def test_a_folder_within_the_drop_folder_that_is_emptied_goes_and_one_with_something_left_stays(tmp_path: Path) -> None:
    drop, written = tmp_path / "binnen", "onbekend;kop\n1;2\n"
    for place in ("leeg/dieper/fout.csv", "vol/ook_fout.csv", "vol/brief.pdf"):
        path = drop / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written + place, encoding="utf-8")
        os.utime(path, (1000, 1000))

    assert run(tmp_path / "data", "laad", "--uit-map", str(drop))[0] == 4

    assert sorted(path.name for path in drop.iterdir()) == ["geweigerd", "vol"]
    assert [path.name for path in (drop / "vol").iterdir()] == ["brief.pdf"]
