from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from state import retention
from state.access_log import EXPORTED, SEEN, Entry, Line, add_entry, lines, remove_before
from state.store import StoreUnreachableError, open_store
from state.tables import access_log

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
LOOKED = Entry("abc-1", "an@go.be", ("hoofdadviseur", "management"), SEEN, "noden", versie=3)
TOOK = Entry("abc-1", "an@go.be", ("hoofdadviseur",), EXPORTED, "instelling", "bijdragen.xlsx", "000011", 3)


def test_a_line_comes_back_as_it_was_kept_newest_first(store):
    add_entry(store, LOOKED, now=NOON)
    add_entry(store, TOOK, now=NOON + timedelta(minutes=1))
    assert lines(store) == [Line(2, NOON + timedelta(minutes=1), TOOK), Line(1, NOON, LOOKED)]
    assert [line.entry for line in lines(store, since=NOON + timedelta(seconds=1))] == [TOOK]


def test_lines_go_once_their_time_is_over(store):
    add_entry(store, LOOKED, now=NOON - timedelta(days=800))
    add_entry(store, TOOK, now=NOON)
    assert remove_before(store, NOON - timedelta(days=730)) == 1
    assert [line.entry for line in lines(store)] == [TOOK]


def test_nobody_changes_a_line(store):
    add_entry(store, LOOKED, now=NOON)
    with pytest.raises(sa.exc.DatabaseError, match="nothing is changed"), store.writing() as connection:
        connection.execute(sa.update(access_log).values(wie="iemand anders"))
    assert lines(store)[0].entry == LOOKED


def test_a_line_says_only_that_something_was_seen_or_exported(store):
    with pytest.raises(sa.exc.IntegrityError):
        add_entry(store, Entry("abc-1", "an@go.be", (), "gewist", "noden"), now=NOON)
    assert lines(store) == []


def test_what_is_too_long_is_cut_off(store):
    add_entry(store, Entry("s" * 300, "w" * 400, (), SEEN, "noden", "d" * 200), now=NOON)
    (line,) = lines(store)
    assert (len(line.entry.subject), len(line.entry.wie), len(line.entry.detail)) == (255, 320, 120)


def test_the_command_removes_what_is_older_than_the_years_and_says_how_many(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("STERRENWACHT_STATE_URL", raising=False)
    store = open_store(f"sqlite:///{tmp_path / 'toestand.sqlite'}")
    now = datetime.now(UTC)
    for days in (1, 729, 732, 4000):
        add_entry(store, LOOKED, now=now - timedelta(days=days))
    assert retention.main([str(tmp_path), "2"]) == 0
    assert capsys.readouterr().out == "2\n"
    assert len(lines(store)) == 2
    store.close()


def test_the_command_removes_nothing_for_no_years_or_without_a_store(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("STERRENWACHT_STATE_URL", "postgresql://jan:geheim@127.0.0.1:1/niets")
    assert retention.main([str(tmp_path), "0"]) == 1
    assert retention.main([str(tmp_path), "2"]) == 1
    said = capsys.readouterr().err
    assert "Er is niets verwijderd" in said
    assert "geheim" not in said


def test_without_a_store_a_line_is_not_silently_lost(tmp_path):
    path = tmp_path / "toestand.sqlite"
    store = open_store(f"sqlite:///{path}")
    with store.writing() as connection:
        connection.execute(sa.text("drop table access_log"))
    with pytest.raises(StoreUnreachableError):
        add_entry(store, LOOKED)
    store.close()
