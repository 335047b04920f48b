"""Which warehouse file is published: whole versions only, whatever was left behind."""

from pathlib import Path

import pytest

from warehouse import versions


def publish(data: Path, content: str = "inhoud") -> Path:
    """Build and publish a version of a few bytes."""
    number, path = versions.begin_version(data)
    path.write_text(content)
    return versions.publish(data, number, path)


def test_nothing_is_published_in_an_empty_folder(tmp_path: Path) -> None:
    assert versions.published(tmp_path) is None
    assert versions.version_files(tmp_path) == {}


def test_publishing_moves_the_pointer_to_the_new_version(tmp_path: Path) -> None:
    first, second = publish(tmp_path, "een"), publish(tmp_path, "twee")
    assert versions.published(tmp_path) == second
    assert (first.name, first.read_text(), second.read_text()) == ("warehouse-00001.duckdb", "een", "twee")


def test_a_build_that_was_never_published_changes_nothing(tmp_path: Path) -> None:
    first = publish(tmp_path)
    _, left = versions.begin_version(tmp_path)
    left.write_text("half")
    assert versions.published(tmp_path) == first


def test_leftovers_of_killed_builds_are_removed_by_the_next_one(tmp_path: Path) -> None:
    publish(tmp_path)
    number, left = versions.begin_version(tmp_path)
    left.write_text("half")
    left.with_name(f"{left.name}.wal").write_text("half")
    left.with_name(f"{left.stem}-instellingen.parquet").write_text("half")
    assert versions.begin_version(tmp_path) == (number, left)
    assert sorted(path.name for path in (tmp_path / "warehouse").iterdir()) == ["huidig", "warehouse-00001.duckdb"]


def test_a_version_whose_pointer_was_never_moved_keeps_its_number(tmp_path: Path) -> None:
    publish(tmp_path)
    (tmp_path / "warehouse" / "warehouse-00002.duckdb").write_text("whole, but the process was killed here")
    assert versions.published(tmp_path) == tmp_path / "warehouse" / "warehouse-00001.duckdb"
    assert versions.begin_version(tmp_path)[0] == 3


@pytest.mark.parametrize(
    "garbage",
    [
        b"",
        b"\n",
        b"warehouse-00009.duckdb",
        b"../warehouse/warehouse-00001.duckdb",
        b"\xff\xfe\x00",
        b"x" * 5000,
        b"/",
        b"..",
    ],
)
def test_garbage_in_the_pointer_counts_as_nothing_published(tmp_path: Path, garbage: bytes) -> None:
    publish(tmp_path)
    (tmp_path / "warehouse" / "huidig").write_bytes(garbage)
    assert versions.published(tmp_path) is None


def test_pruning_keeps_the_last_versions_and_the_published_one(tmp_path: Path) -> None:
    paths = [publish(tmp_path) for _ in range(7)]
    versions.point_at(tmp_path, paths[0])
    assert versions.prune(tmp_path, 5) == [paths[1]]
    assert list(versions.version_files(tmp_path)) == [1, 3, 4, 5, 6, 7]
    assert versions.published(tmp_path) == paths[0]


def test_going_back_is_moving_the_pointer(tmp_path: Path) -> None:
    first, second = publish(tmp_path), publish(tmp_path)
    versions.point_at(tmp_path, first)
    assert versions.published(tmp_path) == first
    assert second.exists()
    assert publish(tmp_path).name == "warehouse-00003.duckdb"


@pytest.mark.parametrize("given", [None, "", "/ergens/anders"])
def test_the_data_folder_is_named_by_the_environment(given: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("STERRENWACHT_DATA", raising=False)
    if given is not None:
        monkeypatch.setenv("STERRENWACHT_DATA", given)
    assert versions.data_folder() == Path(given or "data")
