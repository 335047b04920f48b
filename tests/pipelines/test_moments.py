"""At which moments the archive changed, and which delivery held what then."""

import datetime as dt
from pathlib import Path

import duckdb
import polars as pl

from pipelines.archive import PERSON_REMOVED, RESTORED, WITHDRAWN, Event, Receipt
from pipelines.intake import IntakeReport, TableReport
from pipelines.moments import Moment, held_files, moments
from tests.e2e.command_line import run
from warehouse import versions

PEILDATUM = dt.date(2026, 6, 30)


def receipt(number, received, *events):
    return Receipt(f"L{number}", number, f"sha{number}", "personeel.csv", received, 1, gebeurtenissen=events)


def days(receipts, peildatum=PEILDATUM):
    return [(f"{moment.day:%m-%d}", moment.counting) for moment in moments(receipts, peildatum)]


def test_files_of_one_load_come_at_one_moment_and_loads_after_each_other():
    loads = [
        receipt(1, "2026-01-05T10:00:00+01:00"),
        receipt(2, "2026-01-05T10:00:00+01:00"),
        receipt(3, "2026-01-05T10:00:09+01:00"),
    ]
    assert moments(loads, PEILDATUM) == [
        Moment(dt.date(2026, 1, 5), ("L1", "L2")),
        Moment(dt.date(2026, 1, 5), ("L1", "L2", "L3")),
    ]


def test_what_was_brought_in_later_with_an_earlier_day_was_not_there_before():
    loads = [receipt(1, "2026-03-02T10:00:00+01:00"), receipt(2, "2024-09-01"), receipt(3, "2024-10-01")]
    assert days(loads) == [("03-02", ("L1",)), ("03-02", ("L1", "L2")), ("03-02", ("L1", "L2", "L3"))]


def test_withdrawing_and_restoring_are_moments_and_removing_a_person_is_none():
    events = (
        Event(WITHDRAWN, "2026-02-01T09:00:00+01:00"),
        Event(PERSON_REMOVED, "2026-02-02T09:00:00+01:00"),
        Event(RESTORED, "2026-02-03T09:00:00+01:00"),
    )
    loads = [receipt(1, "2026-01-05"), receipt(2, "2026-01-06", *events)]
    known = [("01-05", ("L1",)), ("01-06", ("L1", "L2")), ("02-01", ("L1",)), ("02-03", ("L1", "L2"))]
    assert days(loads) == known
    assert days(loads, dt.date(2026, 2, 1)) == known[:3]


def held(receipts, vakken=None, refused=()):
    """Return (delivery, vak, from, until) of deliveries that each hold the whole list, or their vakken."""
    reports = {
        one.levering: IntakeReport(
            one.bestand,
            (TableReport("personeel", "personeel", (vakken or {}).get(one.levering, ("geheel",)), 1, 1),),
            pl.DataFrame(),
            (),
        )
        for one in receipts
    }
    found = held_files(receipts, reports, lambda sha, table: Path(sha) / table, refused, PEILDATUM)
    return sorted((file.path.parent.name, file.vak, file.moment, file.until) for file in found)


def test_a_list_holds_until_the_next_one_and_again_once_that_is_withdrawn():
    loads = [receipt(1, "2026-01-05"), receipt(2, "2026-01-06", Event(WITHDRAWN, "2026-02-01"))]
    assert held(loads) == [("sha1", "geheel", 0, 1), ("sha1", "geheel", 2, None), ("sha2", "geheel", 1, 2)]


def test_a_delivery_of_another_vak_leaves_it_standing():
    loads = [receipt(number, f"2026-01-0{number}") for number in (1, 2, 3)]
    vakken = {"L1": ("2024-2025", "2025-2026"), "L2": ("2025-2026",), "L3": ("2025-2026",)}
    assert held(loads, vakken) == [
        ("sha1", "2024-2025", 0, None),
        ("sha1", "2025-2026", 0, 1),
        ("sha2", "2025-2026", 1, 2),
        ("sha3", "2025-2026", 2, None),
    ]


def test_a_delivery_that_landing_refuses_never_held_anything():
    assert held([receipt(1, "2026-01-05"), receipt(2, "2026-01-06")], refused=["L2"]) == [("sha1", "geheel", 0, None)]


HEAD = "persoon;functie;team;dienst;statuut;vte;in dienst\n"


def staff(**teams):
    """Return a list of HR: teams of PBD and how many persons each has, all since 2026."""
    lines = [
        f"{team}{number}@pbd.example;begeleider;{team};PBD;contractueel;1;1/01/2026"
        for team, persons in teams.items()
        for number in range(persons)
    ]
    return HEAD + "\n".join(lines) + "\n"


def shown(data):
    """Return the persons per team, in every month alike, of the published version."""
    with duckdb.connect(versions.published(data), read_only=True) as con:
        return dict(con.execute("select distinct team, personen from mart.hr_maand").fetchall())


def test_a_team_that_an_earlier_list_hid_stays_hidden_also_when_that_list_is_withdrawn(tmp_path):
    data = tmp_path / "data"
    for number, teams in enumerate([{"a": 4, "b": 9, "c": 20}, {"a": 5, "b": 9, "c": 20}]):
        path = tmp_path / f"personeel-{number}.csv"
        path.write_text(staff(**teams), encoding="utf-8")
        assert run(data, "laad", str(path))[0] == 0
    assert shown(data) == {"a": None, "b": None, "c": 20, "alle": 34}

    assert run(data, "intrekken", "1", "--reden", "fout")[0] == 0
    assert shown(data) == {"a": None, "b": None, "c": 20, "alle": 34}
