from pathlib import Path

import pytest

from pipelines.demo import DemoManifest, write_demo
from pipelines.sources import BY_NAME


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_same_arguments_give_the_same_bytes_and_another_seed_other_ones(tmp_path: Path) -> None:
    for name, zaad in (("one", 7), ("two", 7), ("other", 8)):
        write_demo(tmp_path / name, jaren=1, zaad=zaad)
    first = contents(tmp_path / "one")
    assert first == contents(tmp_path / "two")
    assert first["planning/planning_2026-2027.csv"] != contents(tmp_path / "other")["planning/planning_2026-2027.csv"]


def test_every_table_is_delivered_and_every_file_is_in_the_manifest(demo: DemoManifest) -> None:
    assert {file.table for file in demo.files} == set(BY_NAME)
    assert {file.path for file in demo.files} == {path for path in demo.folder.rglob("*") if path.is_file()}


def test_running_schooljaar_alone_has_no_vlaamse_toetsen_and_tells_progress(tmp_path: Path) -> None:
    heard: list[tuple[str, int, int]] = []
    manifest = write_demo(tmp_path, jaren=1, progress=lambda step, done, total: heard.append((step, done, total)))
    assert manifest.of_table("vlaamse_toetsen") == ()
    steps = len({name for name, _, _ in heard}) - 1
    assert heard[0] == ("instellingen", 0, steps)
    assert heard[-1] == ("klaar", steps, steps)
    assert [done for _, done, _ in heard] == list(range(steps + 1))


@pytest.mark.parametrize(("schaal", "jaren"), [(0, 4), (1, 0), (40, 1)])
def test_impossible_sizes_are_refused(tmp_path: Path, schaal: int, jaren: int) -> None:
    with pytest.raises(ValueError, match="schaal"):
        write_demo(tmp_path, schaal=schaal, jaren=jaren)
