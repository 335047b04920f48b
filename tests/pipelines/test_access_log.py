import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.access_log import LOG_UNREACHABLE
from pipelines.cli import main
from state.access_log import SEEN, Entry, add_entry, lines
from state.store import open_store
from tests.e2e.command_line import run


def write_lines(data: Path, *days_ago: int) -> None:
    with closing(open_store(f"sqlite:///{data / 'toestand.sqlite'}")) as store:
        for days in days_ago:
            moment = datetime.now(UTC) - timedelta(days=days)
            add_entry(store, Entry("s1", "an@go.be", ("hr",), SEEN, "noden"), now=moment)


def kept(data: Path) -> int:
    with closing(open_store(f"sqlite:///{data / 'toestand.sqlite'}")) as store:
        return len(lines(store))


def test_the_command_removes_lines_older_than_two_years(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("STERRENWACHT_DATA", str(tmp_path))
    write_lines(tmp_path, 1, 700, 740, 5000)
    assert main(["toegangslog", "--opruimen"]) == 0
    assert capsys.readouterr().out == "2 regels van het toegangslog verwijderd.\n"
    assert kept(tmp_path) == 2


def test_a_log_out_of_reach_is_told_and_fails(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setenv("STERRENWACHT_DATA", str(tmp_path))
    monkeypatch.setenv("STERRENWACHT_STATE_URL", "postgresql://jan:geheim@127.0.0.1:1/niets")
    assert main(["toegangslog", "--opruimen"]) == 1
    assert capsys.readouterr().out == f"{LOG_UNREACHABLE}\n"


def test_the_nightly_load_removes_them_as_well(tmp_path: Path) -> None:
    (tmp_path / "binnen").mkdir()
    (tmp_path / "data").mkdir()
    write_lines(tmp_path / "data", 1, 5000)
    run(tmp_path / "data", "laad", "--uit-map", str(tmp_path / "binnen"))
    assert kept(tmp_path / "data") == 1
    with closing(sqlite3.connect(tmp_path / "data" / "toestand.sqlite")) as con:
        assert con.execute("pragma integrity_check").fetchone() == ("ok",)
