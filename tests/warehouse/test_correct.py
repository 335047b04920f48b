"""Corrections while landing: literal delivered rows in, landed rows and what became of each correction out."""

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from warehouse.connection import open_for_writing
from warehouse.correct import Correction
from warehouse.landing import LandingFile, LandingTable, Reference, land

SCHOOLS = LandingTable("scholen", {"school": pl.String()}, ("school",))
COUNTS = LandingTable(
    "aantallen",
    {"nr": pl.String(), "school": pl.String(), "aantal": pl.Int64(), "dag": pl.Date(), "lijst": pl.List(pl.String())},
    ("nr",),
    (Reference("school", "school", "scholen", "school"),),
)
DAY = dt.date(2026, 3, 1)


def correction(column: str, expected: Any, value: Any, nr: str = "n1", small: bool = False) -> Correction:
    return Correction("aantallen", (("nr", nr),), column, expected, value, small)


def landed(folder: Path, *corrections: Correction, **changed: Any) -> tuple[dict[str, Any] | None, list[str], int]:
    """Land one row n1; return it as landed, the state of each correction, and the rows refused."""
    row = {"nr": "n1", "school": "s1", "aantal": 5, "dag": DAY, "lijst": ["a"], "_klein": []} | changed
    files = {}
    for table, rows in ((SCHOOLS, [{"school": "s1", "_klein": []}]), (COUNTS, [row])):
        path = folder / f"{table.name}.parquet"
        own = table.schema | {
            "_vak": pl.String(),
            "_blad": pl.String(),
            "_rij": pl.Int64(),
            "_klein": pl.List(pl.String()),
        }
        pl.DataFrame([{"_vak": "alle", "_rij": 2, "_blad": None, **one} for one in rows], schema=own).write_parquet(
            path
        )
        files[table.name] = [LandingFile("l1", 1, path, 10, DAY)]
    with open_for_writing() as con:
        result = land(con, [SCHOOLS, COUNTS], files, 0.2, corrections)
        found = con.sql("select * exclude (_vak, _blad, _rij, _volgorde, _ontvangen, _levering) from landing.aantallen")
        rows = found.pl().to_dicts()
        return (rows[0] if rows else None), list(result.corrections.values()), result.refused_rows["l1", "aantallen"]


@pytest.mark.parametrize(
    ("column", "expected", "value"),
    [
        ("aantal", 5, 7),
        ("aantal", 5, None),
        ("dag", DAY, dt.date(2026, 4, 1)),
        ("lijst", ("a",), ("a", "b")),
    ],
)
def test_a_value_that_is_as_expected_becomes_the_right_one(
    tmp_path: Path, column: str, expected: Any, value: Any
) -> None:
    row, states, _ = landed(tmp_path, correction(column, expected, value))
    assert row is not None
    assert (row[column], states) == (list(value) if isinstance(value, tuple) else value, ["toegepast"])


def test_a_hidden_count_that_is_known_by_now_is_hidden_no_more(tmp_path: Path) -> None:
    row, states, _ = landed(tmp_path, correction("aantal", None, 3, small=True), aantal=None, _klein=["aantal"])
    assert row is not None
    assert (row["aantal"], row["_klein"], states) == (3, [], ["toegepast"])


def test_a_missing_value_is_not_a_hidden_one(tmp_path: Path) -> None:
    row, states, _ = landed(tmp_path, correction("aantal", None, 3), aantal=None, _klein=["aantal"])
    assert row is not None
    assert (row["aantal"], row["_klein"], states) == (None, ["aantal"], ["bron geeft een andere waarde"])


def test_once_the_source_is_mended_its_value_counts(tmp_path: Path) -> None:
    row, states, _ = landed(tmp_path, correction("aantal", 9, 5))
    assert row is not None
    assert (row["aantal"], states) == (5, ["bron is hersteld"])


def test_the_value_of_the_source_counts_when_it_is_another_than_expected(tmp_path: Path) -> None:
    row, states, _ = landed(tmp_path, correction("aantal", 9, 8), correction("dag", DAY, None))
    assert row is not None
    assert (row["aantal"], row["dag"], states) == (5, None, ["bron geeft een andere waarde", "toegepast"])


def test_a_row_that_was_not_delivered_is_told(tmp_path: Path) -> None:
    assert landed(tmp_path, correction("aantal", 5, 8, nr="n9"))[1] == ["niet gevonden"]


def test_a_reference_is_judged_after_its_correction(tmp_path: Path) -> None:
    row, states, refused = landed(tmp_path, correction("school", "s9", "s1"), school="s9")
    assert row is not None
    assert (row["school"], states, refused) == ("s1", ["toegepast"], 0)
