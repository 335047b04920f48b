"""Which rows of which deliveries count: the newest of each vak, with references that exist."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from warehouse import landing
from warehouse.connection import open_for_writing
from warehouse.landing import Landed, LandingFile, LandingTable, Reference, land, reference_faults
from warehouse.replaced_parts import FAULT, note_faults, replaced_parts

SCHOOLS = LandingTable("scholen", {"jaar": pl.String(), "nummer": pl.String()}, ("jaar", "nummer"))
VISITS = LandingTable(
    "bezoeken",
    {"bezoek": pl.String(), "nummer": pl.String()},
    ("bezoek",),
    (Reference("nummer", "instellingsnummer", "scholen", "nummer", ("extern",)),),
)
NOTES = LandingTable("notities", {"nummer": pl.String()}, ())
LARGEST_SHARE = 0.2


class Deliveries:
    """Deliveries of two tables, in order of arrival, and what landing makes of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[str, list[LandingFile]] = {}
        self.con = open_for_writing()
        self.result = Landed()

    def deliver(self, name: str, number: int, table: LandingTable, *rows: tuple[Any, ...], read: int = 0) -> None:
        """Deliver rows (the columns of the table, then the vak); `read` counts those refused at reading too."""
        columns = [*table.schema, "_vak"]
        frame = pl.DataFrame(list(rows), schema=dict.fromkeys(columns, pl.String), orient="row").with_columns(
            _rij=pl.int_range(2, len(rows) + 2, dtype=pl.Int64),
            _blad=pl.lit(None, pl.String),
            _klein=pl.lit([], pl.List(pl.String)),
        )
        path = self.folder / f"{name}-{table.name}.parquet"
        frame.write_parquet(path)
        received = dt.date(2026, 3, number)
        self.files.setdefault(table.name, []).append(LandingFile(name, number, path, read or len(rows), received))

    def land(self) -> "Deliveries":
        self.result = land(self.con, [SCHOOLS, VISITS, NOTES], self.files, LARGEST_SHARE)
        return self

    def rows(self, columns: str, table: str) -> list[tuple[Any, ...]]:
        return self.con.execute(f"select {columns} from landing.{table} order by all").fetchall()

    def faults(self) -> list[tuple[Any, ...]]:
        return reference_faults(self.con).select("levering", "tabel", "rij", "kolom", "waarde", "reden").rows()


@pytest.fixture(params=["copied", "read where they lie"])
def deliveries(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Deliveries:
    if request.param != "copied":
        monkeypatch.setattr(landing, "COPIED", -1)
    return Deliveries(tmp_path)


def schools(year: str, *numbers: str) -> list[tuple[str, str, str]]:
    return [(year, number, year) for number in numbers]


def test_every_table_is_there_also_without_deliveries(deliveries: Deliveries) -> None:
    deliveries.land()
    assert [deliveries.rows("*", table.name) for table in (SCHOOLS, VISITS, NOTES)] == [[], [], []]


def test_of_a_delivery_of_two_vakken_the_rows_of_the_replaced_one_are_counted_apart(deliveries: Deliveries) -> None:
    deliveries.deliver("oud", 1, SCHOOLS, *schools("2024", "1"), *schools("2025", "1", "2"), read=6)
    deliveries.deliver("nieuw", 2, SCHOOLS, *schools("2025", "2", "3"))
    deliveries.deliver("weg", 3, NOTES, ("1", "a"))
    deliveries.deliver("later", 4, NOTES, ("1", "a"), ("1", "b"))
    deliveries.land()
    fault = {"levering": "oud", "tabel": "scholen", "blad": None, "kolom": "nummer", "waarde": "?", "reden": "fout"}
    places = [(6, "2025"), (7, "2024"), (8, None), (6, "2025")]
    note_faults(deliveries.con, pl.DataFrame([{**fault, "rij": row, "vak": vak} for row, vak in places], schema=FAULT))
    assert replaced_parts(deliveries.con) == {
        "oud": {
            "levering": "oud", "vervangen_delen": "2025", "gelezen_vervangen": 3, "quarantaine_vervangen": 1,
        },
        "weg": {"levering": "weg", "vervangen_delen": "a", "gelezen_vervangen": 1, "quarantaine_vervangen": 0},
    }  # fmt: skip
    assert deliveries.rows("distinct rij, is_vervangen", "_fouten") == [(6, True), (7, False), (8, False)]


def test_a_newer_delivery_of_the_same_vak_replaces_the_whole_earlier_one(deliveries: Deliveries) -> None:
    deliveries.deliver("oud", 1, SCHOOLS, *schools("2025", "1", "2"))
    deliveries.deliver("nieuw", 2, SCHOOLS, *schools("2025", "2", "3"))
    deliveries.deliver("ander", 3, SCHOOLS, *schools("2024", "1"))
    deliveries.land()
    assert deliveries.rows("jaar, nummer, _levering", "scholen") == [
        ("2024", "1", "ander"),
        ("2025", "2", "nieuw"),
        ("2025", "3", "nieuw"),
    ]
    assert deliveries.result.active == {"nieuw", "ander"}


def test_the_newest_row_of_a_key_stays_where_two_vakken_hold_it(deliveries: Deliveries) -> None:
    deliveries.deliver("eerst", 1, VISITS, ("B1", "1", "2024"), ("B2", "1", "2024"))
    deliveries.deliver("later", 2, VISITS, ("B1", "2", "2025"))
    deliveries.land()
    assert deliveries.rows("bezoek, nummer, _levering", "bezoeken") == [("B1", "2", "later"), ("B2", "1", "eerst")]


def test_a_table_without_key_keeps_equal_rows(deliveries: Deliveries) -> None:
    deliveries.deliver("een", 1, NOTES, ("1", "a"), ("1", "a"))
    deliveries.deliver("twee", 2, NOTES, ("1", "b"))
    deliveries.land()
    assert deliveries.rows("nummer, _vak", "notities") == [("1", "a"), ("1", "a"), ("1", "b")]


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_the_order_of_arrival_makes_no_difference_to_references(deliveries: Deliveries, order: tuple[int, int]) -> None:
    deliveries.deliver("scholen", order[0], SCHOOLS, *schools("2025", "1", "2"))
    visits = [(f"B{n}", "1", "a") for n in range(8)]
    deliveries.deliver("bezoeken", order[1], VISITS, *visits, ("X", "9", "a"), ("Y", "extern", "a"), ("Z", None, "a"))
    deliveries.land()
    assert deliveries.faults() == [
        ("bezoeken", "bezoeken", 10, "instellingsnummer", "9", "staat niet in de scholen die geladen zijn")
    ]
    assert [row[0] for row in deliveries.rows("bezoek", "bezoeken")] == [*(f"B{n}" for n in range(8)), "Y", "Z"]
    assert deliveries.result.refused_rows[("bezoeken", "bezoeken")] == 1


def test_without_the_list_rows_wait_and_are_judged_later(deliveries: Deliveries) -> None:
    deliveries.deliver("bezoeken", 1, VISITS, ("B1", "9", "a"))
    deliveries.land()
    assert deliveries.rows("bezoek", "bezoeken") == [("B1",)]
    assert deliveries.result.empty_references == {("bezoeken", "scholen")}


def test_more_than_a_fifth_of_unknown_references_refuses_the_delivery(deliveries: Deliveries) -> None:
    deliveries.deliver("scholen", 1, SCHOOLS, *schools("2025", "1"))
    deliveries.deliver("bezoeken", 2, VISITS, ("A", "1", "a"), ("B", "1", "a"), ("C", "1", "a"), ("D", "9", "a"))
    deliveries.land()
    assert deliveries.rows("*", "bezoeken") == []
    assert deliveries.result.refused["bezoeken"].startswith("1 van de 4 rijen (bezoeken) verwijst naar iets")
    assert [fault[2] for fault in deliveries.faults()] == [5]


def test_a_refusal_names_the_source_in_words_and_where_its_rows_are_told(tmp_path: Path) -> None:
    visits = replace(VISITS, name="bezoeken_van_scholen")
    delivered = Deliveries(tmp_path)
    delivered.deliver("scholen", 1, SCHOOLS, *schools("2025", "1"))
    delivered.deliver("bezoeken", 2, visits, ("A", "9", "a"))
    result = land(delivered.con, [SCHOOLS, visits], delivered.files, LARGEST_SHARE)
    said = result.refused["bezoeken"]
    assert "1 van de 1 rijen (bezoeken van scholen) verwijst naar iets" in said
    assert "Het quarantainebestand van deze levering toont welke rijen." in said


def test_the_fifth_is_of_the_rows_of_all_tables_of_a_delivery(deliveries: Deliveries) -> None:
    deliveries.deliver("map", 1, SCHOOLS, *schools("2025", "1", "2", "3"))
    deliveries.deliver("map", 1, VISITS, ("A", "1", "a"), ("B", "9", "a"))
    deliveries.land()
    assert deliveries.result.refused == {}  # 1 of the 5 rows, though 1 of the 2 of its table
    assert deliveries.rows("bezoek", "bezoeken") == [("A",)]


def test_refusals_of_several_tables_add_up_to_more_than_a_fifth(deliveries: Deliveries) -> None:
    deliveries.deliver("map", 1, SCHOOLS, *schools("2025", "1", "2", "3", "4", "5", "6"), read=7)
    deliveries.deliver("map", 1, VISITS, ("A", "1", "a"), ("B", "9", "a"))
    deliveries.land()
    assert deliveries.result.refused["map"].startswith("2 van de 9 rijen (bezoeken) verwijzen naar iets")


def test_rows_refused_at_reading_count_towards_the_fifth(deliveries: Deliveries) -> None:
    deliveries.deliver("scholen", 1, SCHOOLS, *schools("2025", "1"))
    visits = [(f"B{n}", "1", "a") for n in range(8)]
    deliveries.deliver("bezoeken", 2, VISITS, *visits, ("X", "9", "a"), read=11)
    deliveries.land()
    assert deliveries.result.refused["bezoeken"].startswith("3 van de 11 rijen")


def test_a_refused_delivery_gives_its_vak_back_to_the_one_before_it(deliveries: Deliveries) -> None:
    deliveries.deliver("scholen", 1, SCHOOLS, *schools("2025", "1"))
    deliveries.deliver("goed", 2, VISITS, ("A", "1", "vak"))
    deliveries.deliver("slecht", 3, VISITS, ("A", "1", "vak"), ("B", "9", "vak"))
    deliveries.land()
    assert deliveries.rows("bezoek, _levering", "bezoeken") == [("A", "goed")]
    assert deliveries.result.active == {"scholen", "goed"}


def test_a_delivery_refused_for_one_table_counts_in_none(deliveries: Deliveries) -> None:
    deliveries.deliver("eerst", 1, SCHOOLS, *schools("2025", "1"))
    deliveries.deliver("map", 2, SCHOOLS, *schools("2025", "1", "2"))
    deliveries.deliver("map", 2, VISITS, ("A", "8", "a"), ("B", "9", "a"))
    deliveries.land()
    assert deliveries.rows("nummer, _levering", "scholen") == [("1", "eerst")]
    assert deliveries.rows("*", "bezoeken") == []


def test_landing_again_gives_the_same_rows(deliveries: Deliveries) -> None:
    deliveries.deliver("scholen", 1, SCHOOLS, *schools("2025", "1"))
    deliveries.deliver("bezoeken", 2, VISITS, *[(f"B{n}", "1", "a") for n in range(9)], ("X", "9", "a"))
    first = deliveries.land().rows("*", "bezoeken"), deliveries.faults()
    assert (deliveries.land().rows("*", "bezoeken"), deliveries.faults()) == first


def test_an_earlier_set_of_deliveries_gives_the_earlier_state(tmp_path: Path) -> None:
    now, then = Deliveries(tmp_path), Deliveries(tmp_path)
    now.deliver("oud", 1, SCHOOLS, *schools("2025", "1"))
    then.deliver("oud", 1, SCHOOLS, *schools("2025", "1"))
    now.deliver("nieuw", 2, SCHOOLS, *schools("2025", "2"))
    assert now.land().rows("nummer", "scholen") == [("2",)]
    assert then.land().rows("nummer", "scholen") == [("1",)]


def test_a_time_of_day_lands_as_an_sql_time(tmp_path: Path) -> None:
    con = open_for_writing()
    land(con, [LandingTable("uren", {"uur": pl.Time()})], {}, LARGEST_SHARE)
    assert con.execute("describe landing.uren").fetchall()[0][:2] == ("uur", "TIME")
