"""What the disk refuses, from real errors of the system and of the libraries that write for us."""

import errno
import os
from pathlib import Path

import polars as pl
import pytest

from pipelines import drop_folder
from pipelines.disk import disk_sentence
from warehouse.build import BuildError
from warehouse.connection import open_for_writing


def raised(code: int, path: str | None) -> OSError:
    return OSError(code, os.strerror(code), path)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "De schijf is vol"),
        (errno.EDQUOT, "De schijf is vol"),
        (errno.EROFS, "De schijf laat alleen lezen toe: /nergens/data/slot. Koppel ze aan om te schrijven"),
        (errno.EACCES, "Geen toegang: /nergens/data/slot. Geef de gebruiker van sterrenwacht lees- en schrijfrechten"),
        (errno.ENOENT, "Lezen of schrijven is niet gelukt: /nergens/data/slot (No such file or directory)."),
    ],
)
def test_each_refusal_names_the_file_and_what_to_do(code: int, sentence: str) -> None:
    assert (disk_sentence(raised(code, "/nergens/data/slot")) or "").startswith(sentence)


def test_a_full_disk_is_known_by_the_words_of_a_library() -> None:
    error = pl.exceptions.ComputeError("No space left on device (os error 28): '/nergens/gelezen/a.parquet'")
    assert (disk_sentence(error) or "").endswith(
        "/nergens/gelezen/a.parquet. Maak plaats vrij en voer de opdracht opnieuw uit."
    )


def test_too_little_memory_is_told_through_a_failed_build() -> None:
    failed = BuildError("mart.a")
    with open_for_writing() as con:
        con.execute("set memory_limit = '1MB'; set max_temp_directory_size = '0B'")
        with pytest.raises(Exception, match="memory") as fault:
            con.execute("create table a as select range::varchar || 'tekst' as b from range(1000000)")
    failed.__cause__ = fault.value
    assert (disk_sentence(failed) or "").startswith(("Er is te weinig geheugen", "De schijf is vol"))


@pytest.mark.parametrize(
    "error", [ValueError("x"), BuildError("rij met no space left on device"), KeyError("permission")]
)
def test_what_is_not_the_disk_is_not_told_as_such(error: Exception) -> None:
    assert disk_sentence(error) is None


def test_a_drop_folder_gives_what_is_at_rest_and_not_what_was_refused(tmp_path: Path) -> None:
    for name in ("oud.csv", "nieuw.csv", "geweigerd/fout.csv", "lees.md"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("a", encoding="utf-8")
        os.utime(path, (1000, 1000) if name != "nieuw.csv" else (1990, 1990))
    found = drop_folder.dropped_files(tmp_path, now=2000)
    assert [[path.name for path in paths] for paths in (found.ready, found.busy, found.unknown)] == [
        ["oud.csv"],
        ["nieuw.csv"],
        ["lees.md"],
    ]
    with pytest.raises(FileNotFoundError):
        drop_folder.dropped_files(tmp_path / "weg")
