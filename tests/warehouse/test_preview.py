"""What a new landing changes against a published one: literal tables in, counts and cells out."""

from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warehouse.connection import open_for_writing
from warehouse.landing import SYSTEM_COLUMNS, LandingTable
from warehouse.preview import compare_table, landing_before

TABLE = LandingTable(
    "doorstroom", {"school": pl.String(), "stroom": pl.String(), "aantal": pl.Int64()}, ("school", "stroom")
)
Row = tuple[str, str | None, int | None]


def fill(con: duckdb.DuckDBPyConnection, table: LandingTable, rows: list[dict[str, Any]], levering: str) -> None:
    """Make the landing table of these rows, all of one delivery."""
    frame = pl.DataFrame(
        [
            {"_levering": levering, "_vak": "alle", "_blad": None, "_rij": i, "_klein": [], **row}
            for i, row in enumerate(rows)
        ],
        schema=table.schema | SYSTEM_COLUMNS,
    )
    con.execute("create schema if not exists landing")
    con.register("_rijen", frame)
    con.execute(f'create or replace table landing."{table.name}" as from _rijen')
    con.unregister("_rijen")


def compared(
    before: list[dict[str, Any]], after: list[dict[str, Any]], table: LandingTable = TABLE, **options: Any
) -> dict[str, Any]:
    with open_for_writing() as con:
        with landing_before(con):
            fill(con, table, before, "oud")
        fill(con, table, after, "nieuw")
        return compare_table(con, table, ["nieuw"], options.get("personal", ()))


def rows(*given: Row) -> list[dict[str, Any]]:
    return [dict(zip(("school", "stroom", "aantal"), row, strict=True)) for row in given]


def test_each_key_is_new_changed_vanished_or_equal() -> None:
    before = rows(("s1", None, 5), ("s2", "A", 6), ("s3", "A", None))
    after = rows(("s1", None, 5), ("s2", "A", 7), ("s4", "B", 1))

    found = compared(before, after)

    assert found == {
        "tabel": "doorstroom",
        "nieuw": 1,
        "gewijzigd": 1,
        "verdwenen": 1,
        "gelijk": 1,
        "voorbeelden": {
            "nieuw": [{"school": "s4", "stroom": "B"}],
            "verdwenen": [{"school": "s3", "stroom": "A"}],
            "gewijzigd": [{"sleutel": {"school": "s2", "stroom": "A"}, "kolom": "aantal", "oud": "6", "nieuw": "7"}],
        },
    }


def test_a_count_that_is_hidden_now_is_a_change_and_shown_as_delivered() -> None:
    after = [{"school": "s1", "stroom": "A", "aantal": None, "_klein": ["aantal"]}]
    found = compared(rows(("s1", "A", None)), after)
    assert found["gewijzigd"] == 1
    assert found["voorbeelden"]["gewijzigd"][0] | {"sleutel": None} == {
        "sleutel": None, "kolom": "aantal", "oud": None, "nieuw": "<5",
    }  # fmt: skip


def test_persons_are_never_shown() -> None:
    found = compared(rows(("s1", "A", 1)), rows(("s1", "A", 2), ("s2", "B", 2)), personal=("school", "aantal"))
    assert "s2" not in str(found)
    assert found["voorbeelden"]["gewijzigd"][0]["oud"] == "(persoonsgegeven)"


def test_without_a_published_version_everything_is_new() -> None:
    found = compared([], rows(("s1", "A", 1), ("s2", "A", 1)))
    assert (found["nieuw"], found["gelijk"], found["verdwenen"]) == (2, 0, 0)


keyed = st.dictionaries(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from(["A", "B", None])), st.sampled_from([None, 0, 1, 2])
)


@settings(max_examples=25)
@given(before=keyed, after=keyed)
@pytest.mark.parametrize("has_key", [True, False])
def test_rows_delivered_are_new_changed_or_equal(has_key: bool, before: dict[Any, Any], after: dict[Any, Any]) -> None:
    table = TABLE if has_key else LandingTable(TABLE.name, TABLE.schema)
    old, new = (rows(*((*key, value) for key, value in one.items())) for one in (before, after))

    found = compared(old, new, table)

    assert found["nieuw"] + found["gewijzigd"] + found["gelijk"] == len(new)
    assert found["verdwenen"] + found["gewijzigd"] + found["gelijk"] == len(old)
