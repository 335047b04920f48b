"""Which warehouse file is published: whole versions only, whatever was left behind."""

from pathlib import Path

import pytest

from warehouse import versions


def publish(data: Path, content: str = "inhoud") -> Path:
    """Build and publish a version of a few bytes."""
    number, path = versions.begin_version(data)
    path.write_text("werk")
    for part in (versions.HR, versions.PUBLIC):
        versions.file_beside(path, part).write_text(content)
    return versions.publish(data, number, path)


def names(data: Path) -> list[str]:
    """Return what lies in the folder of the versions."""
    return sorted(path.name for path in (data / "warehouse").iterdir())


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
    (tmp_path / "warehouse" / ".bouw-00002.duckdb").write_text("half, of an earlier release")
    assert versions.begin_version(tmp_path) == (number, left)
    assert names(tmp_path) == [
        ".bouw-00002",
        "hr-00001.duckdb",
        "huidig",
        "warehouse-00001.duckdb",
    ]


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_killed_between_the_files_of_a_version_none_of_it_is_left_or_all_of_it(tmp_path: Path, moved: int) -> None:
    first = publish(tmp_path)
    _, built = versions.begin_version(tmp_path)
    for place, part in enumerate((versions.HR, versions.PUBLIC)):
        path = versions.file_beside(built, part)
        path.write_text("tweede")
        if place < moved:
            path.replace(tmp_path / "warehouse" / path.name)

    assert versions.published(tmp_path) == first
    versions.remove_unfinished(tmp_path)

    whole = ["hr-00002.duckdb", "warehouse-00002.duckdb"]
    assert [name for name in names(tmp_path) if "2" in name] == (whole if moved == 2 else [])
    assert versions.published(tmp_path) == first


def test_only_their_owner_reads_what_the_dashboard_does_not(tmp_path: Path) -> None:
    _, built = versions.begin_version(tmp_path)
    assert built.parent.stat().st_mode & 0o777 == 0o700
    path = publish(tmp_path)
    assert versions.file_beside(path, versions.HR).stat().st_mode & 0o777 == 0o600


def test_what_a_version_was_made_in_goes_with_its_publication_and_that_of_earlier_releases_too(tmp_path: Path) -> None:
    publish(tmp_path)
    assert names(tmp_path) == ["hr-00001.duckdb", "huidig", "warehouse-00001.duckdb"]
    (tmp_path / "warehouse" / "werk-00001.duckdb").write_text("kept by an earlier release")
    publish(tmp_path)
    assert [name for name in names(tmp_path) if name.startswith("werk")] == []


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
    assert [name for name in names(tmp_path) if "00002" in name] == []
    assert len(names(tmp_path)) == 1 + 2 * 6
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
