import io
import os
import stat
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.uploads import Batch, safe_names


@pytest.fixture
def temporary(tmp_path, monkeypatch):
    folder = tmp_path / "tijdelijk"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def files(**contents):
    return [(name, io.BytesIO(text)) for name, text in contents.items()]


def test_files_are_written_as_they_came_for_this_user_alone(temporary):
    batch = Batch([("instellingen 25-26.csv", io.BytesIO(b"schooljaar;\r\xe9"))])
    assert [path.name for path in batch.paths] == ["instellingen 25-26.csv"]
    assert batch.paths[0].read_bytes() == b"schooljaar;\r\xe9"
    assert batch.paths[0].parent.parent == temporary
    assert stat.S_IMODE(batch.folder.stat().st_mode) == 0o700
    batch.remove()
    batch.remove()
    assert list(temporary.iterdir()) == []


def test_files_go_when_nobody_holds_them_any_more(temporary):
    batch = Batch(files(a=b"1"))
    assert list(temporary.iterdir())
    del batch
    assert list(temporary.iterdir()) == []


def test_files_of_a_dashboard_that_was_killed_go_a_day_later(temporary):
    old, young = temporary / "sterrenwacht-levering-oud", temporary / "sterrenwacht-levering-jong"
    answers, foreign = temporary / "sterrenwacht-opdracht-oud", temporary / "van een ander"
    for folder, hours in ((old, 25), (young, 23), (answers, 25), (foreign, 25)):
        folder.mkdir()
        then = time.time() - hours * 3600
        os.utime(folder, (then, then))
    Batch(files(a=b"1")).remove()
    assert sorted(temporary.iterdir()) == [young, foreign]


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\lijst.csv", "lijst.csv"),
        ("/absoluut.xlsx", "absoluut.xlsx"),
        ("", "bestand"),
        ("..", "bestand"),
        ("-rf.csv", "rf.csv"),
        ("B017_agenda.csv", "B017_agenda.csv"),
        ("één lijst (2) & co.csv", "één lijst (2) & co.csv"),
        ("lijst;$(x)`y`\n\x00.csv", "lijst__(x)_y___.csv"),
        ("e\u0301.csv", "\u00e9.csv"),
        ("a" * 300 + ".csv", "a" * 180 + ".csv"),
    ],
)
def test_a_name_is_safe_as_the_last_part_of_a_path(given_name, kept):
    assert safe_names([given_name]) == [kept]


def test_equal_names_are_told_apart_without_regard_to_case():
    assert safe_names(["a/lijst.csv", "b/Lijst.csv", "lijst.csv"]) == ["lijst.csv", "Lijst (2).csv", "lijst (3).csv"]


@given(st.lists(st.text(max_size=200), max_size=8))
def test_whatever_the_names_they_stay_in_their_folder_and_differ(names):
    safe = safe_names(names)
    assert len({name.casefold() for name in safe}) == len(names)
    for name in safe:
        assert Path(name).name == name
        assert name not in (".", "..")
        assert not name.startswith(("-", "."))
        assert len(name.encode()) <= 255
        assert all(sign.isprintable() for sign in name)


def test_one_upload_with_the_same_name_twice_keeps_both(temporary):
    batch = Batch([("x.csv", io.BytesIO(b"1")), ("x.csv", io.BytesIO(b"2"))])
    assert [path.read_bytes() for path in batch.paths] == [b"1", b"2"]
    assert batch.title == "2 bestanden"
    batch.remove()
