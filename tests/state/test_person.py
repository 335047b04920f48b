"""A person taken out of what users wrote: names and texts, the log too, and the bytes of the file."""

import io
import json
import re
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from state import person
from state.dialogue import SIGNAL, Draft, add_remark, change_remark, history, latest_end, remarks, today
from state.store import Store, StoreUnreachableError, open_store
from state.tables import remark_log

NAME = "Gerda Vandenbroucke"
PATTERNS = [
    re.compile(r"(?<!\w)gerda\s+vandenbroucke(?!\w)", re.IGNORECASE),
    re.compile(r"gerda@go\.be", re.IGNORECASE),
]


def draft(words: str) -> Draft:
    return Draft(SIGNAL, words, latest_end(today()))


@pytest.fixture
def filled(store: Store) -> Store:
    """A remark by the person that somebody else changed, and one that has nothing to do with them."""
    first = add_remark(store, "012344", draft("gesproken met gerda  vandenbroucke (gerda@go.be)"), NAME)
    change_remark(store, first.id, 1, draft("nieuwe directie"), "Bo")
    add_remark(store, "000216", draft("Gerda Vandenbroucken is een ander"), "Bo")
    return store


def test_names_and_words_lose_the_person_and_the_rest_of_every_version_stays(filled: Store) -> None:
    before = {one.id: one for one in remarks(filled)}

    assert person.fields_with(filled, PATTERNS) == [
        "remark.door",
        "remark_log.door",
        "remark_log.gewijzigd_door",
        "remark_log.reden",
    ]
    assert person.remove_from_store(filled, PATTERNS) == 4
    assert person.fields_with(filled, PATTERNS) == []

    other, changed = remarks(filled)
    assert other == before[other.id]
    assert (changed.door, changed.gewijzigd_door, changed.reden) == ("[verwijderd]", "Bo", "nieuwe directie")
    assert (changed.gemaakt_op, changed.versie) == (before[changed.id].gemaakt_op, 2)
    [*_, earliest] = history(filled, "012344")
    assert earliest.reden == "gesproken met [verwijderd] ([verwijderd])"
    assert person.remove_from_store(filled, PATTERNS) == 0


def test_afterwards_the_log_refuses_changes_again(filled: Store) -> None:
    person.remove_from_store(filled, PATTERNS)
    with pytest.raises(sa.exc.DBAPIError, match="nothing is changed or deleted"), filled.writing() as connection:
        connection.execute(sa.update(remark_log).values(reden="anders"))


def test_a_removal_that_breaks_off_leaves_everything(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(text: str, patterns: list[re.Pattern[str]]) -> str:
        if text.startswith("gesproken"):
            raise KeyboardInterrupt  # in the log, after the newest versions were changed
        return text.replace(NAME, "x")

    with monkeypatch.context() as patch:
        patch.setattr(person, "_without", broken)
        with pytest.raises(KeyboardInterrupt):
            person.remove_from_store(filled, PATTERNS)
    assert {"remark.door", "remark_log.reden"} <= set(person.fields_with(filled, PATTERNS))
    with pytest.raises(sa.exc.DBAPIError, match="nothing is changed or deleted"), filled.writing() as connection:
        connection.execute(sa.update(remark_log).values(reden="anders"))


def test_the_command_answers_with_proof_and_leaves_no_byte(
    filled: Store, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STERRENWACHT_STATE_URL", url)
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps([one.pattern for one in PATTERNS])))
    assert person.main([str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out) == {"velden": 4, "gevonden": [], "fout": None}
    for path in tmp_path.glob("toestand.sqlite*"):
        assert b"gesproken met gerda" not in path.read_bytes()
        assert NAME.encode() not in path.read_bytes().replace(b"Vandenbroucken", b"")


def test_without_a_store_there_is_nothing_to_remove_and_none_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("STERRENWACHT_STATE_URL", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO('["x"]'))
    assert person.main([str(tmp_path)]) == 0
    assert json.loads(capsys.readouterr().out)["velden"] == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", ["postgresql://wie:geheim@127.0.0.1:1/niets", "geen adres"])
def test_a_store_that_cannot_be_reached_is_told_without_its_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    monkeypatch.setenv("STERRENWACHT_STATE_URL", given)
    monkeypatch.setattr("sys.stdin", io.StringIO('["x"]'))
    assert person.main([str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["fout"] == "De opslag van de dialoog kon niet bereikt worden."
    assert "geheim" not in said.out + said.err


def test_who_keeps_reading_an_earlier_state_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path / 'toestand.sqlite'}"
    store = open_store(url)
    add_remark(store, "012344", draft(f"gesproken met {NAME}"), "Bo")
    monkeypatch.setattr(person, "_PATIENCE", 0.1)
    with sqlite3.connect(tmp_path / "toestand.sqlite", isolation_level=None) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from remark").fetchall()
        assert person.remove_from_store(store, PATTERNS) == 1
        with pytest.raises(StoreUnreachableError, match="keeps reading"):
            person.forget_bytes(url)
        reader.execute("rollback")
    store.close()
    person.forget_bytes(url)
    assert NAME.encode() not in b"".join(path.read_bytes() for path in tmp_path.glob("toestand.sqlite*"))
