"""Who did what to the published version: kept line by line, whole after a kill, and without a removed person."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from pipelines import journal
from pipelines.identity import read_identities
from tests.e2e.command_line import run
from tests.pipelines.small_deliveries import ACTIVITEITEN, INSCHRIJVINGEN, INSTELLINGEN, write
from warehouse import versions


def test_events_come_back_newest_first(tmp_path: Path) -> None:
    journal.record(tmp_path, journal.Deed(journal.BUILT, "Ann"), 3, dt.date(2026, 10, 31))
    journal.record(tmp_path, journal.Deed(journal.WENT_BACK, "Bo", "omdat het moet"), 2, dt.date(2026, 9, 1))
    last, first = journal.events(tmp_path)
    assert (last.soort, last.door, last.wat, last.versie, last.peildatum) == (
        "terugkeren", "Bo", "omdat het moet", 2, "2026-09-01",
    )  # fmt: skip
    assert (first.soort, first.versie) == ("bouwen", 3)
    assert dt.datetime.fromisoformat(first.op).tzinfo is not None


def test_without_events_there_are_none(tmp_path: Path) -> None:
    assert journal.events(tmp_path) == []
    journal.without_person(tmp_path, read_identities("ann@go.example"))
    assert not journal.journal_path(tmp_path).exists()


@pytest.mark.parametrize("left", [1, 10, 40])
def test_a_line_that_a_kill_cut_short_spoils_neither_what_was_before_nor_what_comes_after(
    tmp_path: Path, left: int
) -> None:
    journal.record(tmp_path, journal.Deed(journal.BUILT, "Ann"), 1, dt.date(2026, 1, 1))
    path = journal.journal_path(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:left])
    journal.record(tmp_path, journal.Deed(journal.BUILT, "Bo"), 2, dt.date(2026, 1, 2))
    assert [event.door for event in journal.events(tmp_path)] == ["Bo", "Ann"]


def test_a_removed_person_is_in_no_event_and_the_rest_stays(tmp_path: Path) -> None:
    journal.record(tmp_path, journal.Deed(journal.WITHDREW, "ann@go.example", "7: vraag van ann@go.example"), 1)
    journal.record(tmp_path, journal.Deed(journal.BUILT, "Bo"), 2)
    journal.without_person(tmp_path, read_identities("ann@go.example"))
    assert [(event.soort, event.door, event.wat) for event in journal.events(tmp_path)] == [
        ("bouwen", "Bo", ""),
        ("intrekken", "", "7: vraag van"),
    ]


def test_an_event_whose_version_a_kill_kept_from_being_published_says_so_from_then_on(tmp_path: Path) -> None:
    def publish(number: int) -> None:
        path = tmp_path / "warehouse" / f"warehouse-{number:05d}.duckdb"
        path.parent.mkdir(exist_ok=True)
        path.touch()
        versions.point_at(tmp_path, path)

    def told() -> list[tuple[str, int | None, bool]]:
        return [(event.door, event.versie, event.is_gepubliceerd) for event in reversed(journal.events(tmp_path))]

    journal.record(tmp_path, journal.Deed(journal.LOADED, "Ann"), 1)
    publish(1)
    journal.record(tmp_path, journal.Deed(journal.LOADED, "Bo, afgebroken"), 2)
    cut_short = [("Ann", 1, True), ("Bo, afgebroken", 2, False)]
    assert told() == cut_short

    journal.record(tmp_path, journal.Deed(journal.CORRECTED, "Cas"))
    journal.record(tmp_path, journal.Deed(journal.LOADED, "Dora"), 3)
    publish(3)
    journal.record(tmp_path, journal.Deed(journal.WENT_BACK, "Eva"), 1)
    publish(1)
    journal.without_person(tmp_path, read_identities("ann@go.example"))
    assert told() == [*cut_short, ("Cas", None, True), ("Dora", 3, True), ("Eva", 1, True)]


def test_every_command_that_changes_what_is_shown_says_who_and_which_version(tmp_path: Path) -> None:
    data = tmp_path / "data"
    files = write(tmp_path, instellingen=INSTELLINGEN, activiteiten=ACTIVITEITEN, inschrijvingen=INSCHRIJVINGEN)
    today = dt.date.today().isoformat()

    def done(*arguments: str) -> dict[str, Any]:
        code, printed = run(data, *arguments, "--json")
        assert code == 0, printed
        found: dict[str, Any] = json.loads(printed)
        return found

    done("laad", *map(str, files), "--door", "Ann")
    done("bouw", "--door", "Bo")
    done("terug", "1", "--door", "Cas")
    done("intrekken", "3", "--reden", "dubbel", "--door", "Dora")
    done("herstel", "3", "--door", "Eva")
    events = done("gebeurtenissen")["gebeurtenissen"]
    kept = [(event["soort"], event["door"], event["versie"], event["peildatum"]) for event in reversed(events)]
    assert kept == [
        ("laden", "Ann", 1, today),
        ("bouwen", "Bo", 2, today),
        ("terugkeren", "Cas", 1, today),
        ("intrekken", "Dora", 3, today),
        ("herstellen", "Eva", 4, today),
    ]
    assert all(event["is_gepubliceerd"] for event in events)
    assert [event["wat"] for event in events][-1] == "instellingen.csv, activiteiten.csv, inschrijvingen.csv"
    assert events[1]["wat"].endswith(": dubbel")
    assert done("leveringen")["gebeurtenissen"] == events
