"""The log says what ran and where it failed, never what was in a delivery, and turns over."""

from pathlib import Path

import pytest

from pipelines import logbook


def failing(text: str) -> None:
    try:
        int(text)
    except ValueError as error:
        raise RuntimeError(text) from error


def test_a_fault_is_logged_by_type_and_place_without_its_message(tmp_path: Path) -> None:
    person = "@".join(("jan.peeters", "go.example"))
    with pytest.raises(RuntimeError) as fault:
        failing(person)
    number = logbook.record_fault(tmp_path, fault.value)
    text = logbook.log_path(tmp_path).read_text(encoding="utf-8")
    for told in (f"fout {number}", "builtins.RuntimeError", "builtins.ValueError", "test_logbook.py", "in failing"):
        assert told in text
    assert person not in text


def test_the_log_turns_over_and_keeps_a_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logbook, "LARGEST", 200)
    for number in range(60):
        logbook.record_run(tmp_path, "laad", 0, float(number))
    files = sorted(path.name for path in (tmp_path / "logboek").iterdir())
    assert files == ["sterrenwacht.log", *(f"sterrenwacht.log.{n}" for n in range(1, 6))]
    assert all(path.stat().st_size <= 200 for path in (tmp_path / "logboek").iterdir())
    assert "laad: code 0, 59.0 s" in logbook.log_path(tmp_path).read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_says_so_and_makes_nothing(tmp_path: Path) -> None:
    (tmp_path / "logboek").write_text("geen map", encoding="utf-8")
    logbook.record_run(tmp_path, "laad", 0, 1.0)
    assert logbook.record_fault(tmp_path, ValueError()) is None
    logbook.record_run(tmp_path / "weg", "status", 0, 1.0)
    assert not (tmp_path / "weg").exists()
