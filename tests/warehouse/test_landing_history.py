"""Since when rows counted as they do, and what they were before."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from pipelines.sources import CONTRACTS
from warehouse.connection import open_for_writing
from warehouse.correct import Correction
from warehouse.landing_history import HeldFile, write_history

SCHEMAS = {contract.name: contract.schema for contract in CONTRACTS}
DAY = dt.date(2026, 3, 1)


class History:
    """Deliveries with the moments between which they held their vak, and what is remembered of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.held: list[HeldFile] = []
        self.con = open_for_writing()
        self.con.execute("create schema landing")

    def deliver(self, table: str, moment: int, until: int | None, *rows: dict[str, object]) -> None:
        frame = pl.DataFrame(list(rows), schema=SCHEMAS[table]).with_columns(
            _vak=pl.lit("geheel"), _klein=pl.lit([], pl.List(pl.String))
        )
        path = self.folder / f"{table}-{moment}.parquet"
        frame.write_parquet(path)
        days = (DAY + dt.timedelta(moment), DAY + dt.timedelta(until or 30))
        self.held.append(HeldFile(table, "geheel", path, moment, days[0], until, days[1]))

    def rows(self, columns: str, table: str, corrections: tuple[Correction, ...] = ()) -> list[tuple[object, ...]]:
        write_history(self.con, self.held, SCHEMAS, corrections)
        return self.con.execute(f"select {columns} from landing.{table} order by all").fetchall()


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


def response(number: int, **answers: str) -> dict[str, object]:
    return {
        "response_id": f"R{number}",
        "uitnodiging_id": f"U{number}",
        "finished": True,
        "recorded_date": dt.datetime(2026, 2, 1),
        "antwoorden": [{"vraag": question, "waarde": value} for question, value in answers.items()],
    }


SINCE, BEFORE = (
    ("response_id, moment", "_edbi_antwoorden_sinds"),
    (
        "response_id, antwoorden[1].waarde, moment, tot_moment",
        "_edbi_antwoorden_vroeger",
    ),
)


def test_response_counts_since_it_is_as_it_is_and_what_it_was_is_kept(history: History) -> None:
    history.deliver("edbi_antwoorden", 1, 3, response(1, A1="5"), response(2, A1="1"), response(3, A1="4"))
    history.deliver("edbi_antwoorden", 3, 4, response(1, A1="5"), response(2, A1="2"))
    history.deliver("edbi_antwoorden", 4, None, response(1, A1="5"), response(2, A1="1"), response(4, A1="3"))

    assert history.rows(*SINCE) == [("R1", 1), ("R2", 4), ("R4", 4)]
    assert history.rows(*BEFORE) == [("R2", "1", 1, 3), ("R2", "2", 3, 4), ("R3", "4", 1, 3)]


def test_response_that_is_delivered_before_its_invitation_counts_from_the_invitation_on(history: History) -> None:
    history.deliver("edbi_antwoorden", 1, None, response(1, A1="5"), response(2, A1="5"))
    invitation = {"verzonden_op": dt.date(2026, 2, 1)}
    history.deliver("edbi_uitnodigingen", 0, 2, {"uitnodiging_id": "U1", **invitation})
    numbers = ("U1", "U2")
    history.deliver("edbi_uitnodigingen", 2, None, *({"uitnodiging_id": one, **invitation} for one in numbers))

    assert history.rows(*SINCE) == [("R1", 1), ("R2", 2)]


def test_list_of_staff_is_kept_for_each_time_it_counted_without_who_it_is(history: History) -> None:
    person = {"persoon": "p1", "team": "a", "dienst": "PBD", "in_dienst": DAY}
    history.deliver("personeel", 0, 2, person)
    history.deliver("personeel", 2, None, person | {"team": "b"})

    days = [(DAY, DAY + dt.timedelta(2)), (DAY + dt.timedelta(2), DAY + dt.timedelta(30))]
    expected = [(0, *days[0], "PBD", "a", DAY, None), (2, *days[1], "PBD", "b", DAY, None)]
    assert history.rows("*", "_personeel_verloop") == expected


def test_corrected_row_was_always_so(history: History) -> None:
    history.deliver("personeel", 0, None, {"persoon": "p1", "team": "a", "dienst": "PBD", "in_dienst": DAY})
    correction = Correction("personeel", (("persoon", "p1"),), "team", "a", "b")
    assert history.rows("team", "_personeel_verloop", (correction,)) == [("b",)]


def test_nothing_delivered_is_nothing_remembered(history: History) -> None:
    for table in ("_personeel_verloop", "_edbi_antwoorden_sinds", "_edbi_antwoorden_vroeger"):
        assert history.rows("*", table) == []
