import datetime as dt

import polars as pl
import pytest

from analysis.backtest import BACKTEST_SCHEMA, LISTS, backtest_lists
from tests.analysis.needs_frames import settings_with

SCHEMA = {
    "schooljaar": pl.String,
    "instellingsnummer": pl.String,
    "rang": pl.Int64,
    "rang_score": pl.Int64,
    "oki": pl.Float64,
    "advies": pl.String,
    "datum_verslag": pl.Date,
    "is_al_ongunstig": pl.Boolean,
    "is_nieuw_ongunstig": pl.Boolean,
    "is_volledig": pl.Boolean,
}
TOP_TWO = settings_with(top_n=2)


def stand(*rows):
    """Rows of (nummer, rang, oki, advies, already unfavourable, newly unfavourable)."""
    return pl.DataFrame(
        [
            ("2024-2025", nummer, rang, rang, oki, advies, dt.date(2020, 1, rang), already, new, True)
            for nummer, rang, oki, advies, already, new in rows
        ],
        schema=SCHEMA,
        orient="row",
    )


NETWORK = stand(
    ("000001", 1, 0.1, "2A", True, True),
    ("000002", 2, 0.2, "1B", False, True),
    ("000003", 3, 1.9, "1B", False, False),
    ("000004", 4, 1.5, "1A", False, True),
    ("000005", 5, 0.5, None, False, False),
)


def looked_back(rows, lijst, settings=TOP_TWO):
    (row,) = backtest_lists(rows, settings).filter(pl.col("lijst") == lijst).to_dicts()
    return row


def test_an_open_unfavourable_advice_is_no_prediction():
    # Of the four candidates 2 and 4 newly got one; 2 and 3 are the first two of the ranking.
    row = looked_back(NETWORK, "rangschikking")
    assert (row["instellingen"], row["nieuw_ongunstig"], row["in_top"], row["aandeel"]) == (4, 2, 1, 0.5)
    # Wilson, 1 of 2.
    assert (row["laag"], row["hoog"]) == (pytest.approx(0.0945, abs=1e-4), pytest.approx(0.9055, abs=1e-4))


def test_naive_lists_have_the_same_candidates_and_places():
    # By OKI 3 and 4 come first; by last advice 2 and 3.
    assert looked_back(NETWORK, "naief_oki")["in_top"] == 1
    assert looked_back(NETWORK, "naief")["in_top"] == 1
    table = backtest_lists(NETWORK, TOP_TWO)
    assert table.select("instellingen", "nieuw_ongunstig", "top_n").unique().rows() == [(4, 2, 2)]
    assert table["lijst"].to_list() == sorted(LISTS)


def test_the_oldest_report_comes_first_among_equal_advice():
    rows = stand(("000001", 2, 0.1, "1B", False, False), ("000002", 1, 0.1, "1B", False, True))
    assert looked_back(rows, "naief", settings_with(top_n=1))["in_top"] == 1


def test_a_year_without_newly_unfavourable_has_no_share():
    row = looked_back(NETWORK.with_columns(is_nieuw_ongunstig=pl.lit(False)), "rangschikking")
    assert (row["aandeel"], row["laag"], row["hoog"]) == (None, None, None)
    assert (row["nieuw_ongunstig"], row["in_top"]) == (0, 0)


def test_a_top_longer_than_the_list_holds_everybody():
    assert looked_back(NETWORK, "naief", settings_with(top_n=500))["aandeel"] == 1.0


def test_a_list_without_oki_ends_with_those_it_does_not_know():
    rows = NETWORK.with_columns(oki=pl.when(pl.col("instellingsnummer") == "000004").then(pl.col("oki")))
    assert looked_back(rows, "naief_oki", settings_with(top_n=1))["in_top"] == 1


def test_nothing_to_look_back_on_gives_no_rows():
    table = backtest_lists(pl.DataFrame(schema=SCHEMA), TOP_TWO)
    assert (len(table), dict(table.schema)) == (0, BACKTEST_SCHEMA)


def test_the_order_of_the_rows_changes_nothing():
    assert backtest_lists(NETWORK[::-1], TOP_TWO).equals(backtest_lists(NETWORK, TOP_TWO))
