"""A verdict of Great Expectations is kept with the bytes it judged, and with no others."""

from pathlib import Path

from pipelines.verdicts import Verdicts

ROWS = [{"bron": "planning", "tabel": "planning", "verwachting": "vol", "kolom": None, "geslaagd": True}]


def sample(folder: Path, content: bytes) -> Path:
    path = folder / "steekproef.parquet"
    path.write_bytes(content)
    return path


def test_same_bytes_of_the_same_table_give_the_verdict_back_and_others_none(tmp_path: Path) -> None:
    verdicts = Verdicts(tmp_path / "oordelen")
    assert verdicts.find("planning", sample(tmp_path, b"een")) is None
    verdicts.keep("planning", sample(tmp_path, b"een"), ROWS)
    later = Verdicts(tmp_path / "oordelen")
    assert later.find("planning", sample(tmp_path, b"een")) == ROWS
    assert later.find("planning", sample(tmp_path, b"twee")) is None
    assert later.find("agenda", sample(tmp_path, b"een")) is None


def test_verdicts_on_replaced_rows_are_forgotten(tmp_path: Path) -> None:
    verdicts = Verdicts(tmp_path / "oordelen")
    verdicts.keep("planning", sample(tmp_path, b"een"), ROWS)
    verdicts.keep("agenda", sample(tmp_path, b"een"), ROWS)
    later = Verdicts(tmp_path / "oordelen")
    later.find("agenda", sample(tmp_path, b"een"))
    later.forget_unused()
    assert later.find("agenda", sample(tmp_path, b"een")) == ROWS
    assert later.find("planning", sample(tmp_path, b"een")) is None


def test_no_verdict_is_left_by_a_write_that_was_cut_short(tmp_path: Path) -> None:
    verdicts = Verdicts(tmp_path / "oordelen")
    verdicts.keep("planning", sample(tmp_path, b"een"), ROWS)
    kept = next((tmp_path / "oordelen").glob("*.json"))
    kept.rename(kept.with_suffix(".deel"))
    assert Verdicts(tmp_path / "oordelen").find("planning", sample(tmp_path, b"een")) is None
