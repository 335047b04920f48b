import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from analysis.suppression import Suppression, suppress_counts, suppress_groups

counts_strategy = st.lists(st.integers(0, 12), max_size=8)


@pytest.mark.parametrize(
    ("counts", "cells", "total"),
    [
        ([10, 20, 30], (False, False, False), False),  # nothing small
        ([3, 20, 30], (True, True, False), False),  # 3 = total - rest: the next smallest goes too
        ([3, 4, 30], (True, True, False), False),  # two small ones, 7 persons together
        ([1, 2, 9, 8], (True, True, False, True), False),  # together 3 persons only: 8 goes too
        ([3, 0, 30], (True, False, True), False),  # an empty group protects nobody
        ([3, 0], (True, False), True),  # total under the limit
        ([7, 0], (False, False), False),  # alone, but large enough
        ([2, 2], (True, True), True),  # all small and the total too
        ([3, 9, 9], (True, True, False), False),  # of equals the earliest
        ([0, 0], (False, False), False),  # zero is zero, not suppressed
        ([], (), False),
    ],
)
def test_what_is_hidden_of_one_parent(counts, cells, total):
    assert suppress_counts(counts, limit=5) == Suppression(cells, total)


def test_the_limit_of_free_text_is_higher():
    assert suppress_counts([9, 40], limit=10) == Suppression((True, True), False)


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        suppress_counts([-1], limit=5)
    with pytest.raises(ValueError, match="limit"):
        suppress_counts([1], limit=0)


@given(counts_strategy, st.integers(1, 10))
def test_no_small_group_is_shown_and_none_follows_by_subtraction(counts, limit):
    outcome = suppress_counts(counts, limit)
    shown = [c for c, hidden in zip(counts, outcome.cells, strict=True) if not hidden]
    hidden = [c for c, is_hidden in zip(counts, outcome.cells, strict=True) if is_hidden]
    assert all(count == 0 or count >= limit for count in shown)
    assert 0 not in hidden
    if hidden and not outcome.total:
        assert len(hidden) >= 2
        assert sum(counts) - sum(shown) >= limit


@given(counts_strategy, st.integers(1, 10))
def test_nothing_is_hidden_without_a_small_group(counts, limit):
    outcome = suppress_counts(counts, limit)
    if all(count == 0 or count >= limit for count in counts):
        assert outcome == Suppression((False,) * len(counts), False)


@given(counts_strategy, st.integers(1, 10))
def test_no_more_large_groups_are_hidden_than_needed(counts, limit):
    outcome = suppress_counts(counts, limit)
    hidden = [c for c, is_hidden in zip(counts, outcome.cells, strict=True) if is_hidden]
    extra = sorted(count for count in hidden if count >= limit)
    if extra and not outcome.total:
        without_last = sorted(hidden)[:-1]
        assert len(without_last) < 2 or sum(without_last) < limit


def test_groups_are_hidden_within_their_own_parent_and_rows_keep_their_place():
    frame = pl.DataFrame(
        {
            "dienst": ["PBD", "POC", "PBD", "POC", "PBD"],
            "team": ["a", "a", "b", "b", "c"],
            "personen": [3, 4, 12, 0, 20],
        }
    )
    expected = frame.with_columns(
        # PBD: 3 is small, 12 protects it. POC: 4 of a total of 4, so the total goes.
        pl.Series("is_verborgen", [True, True, True, False, False]),
        pl.Series("is_totaal_verborgen", [False, True, False, True, False]),
    )
    assert_frame_equal(suppress_groups(frame, ["dienst"], "personen", limit=5), expected)


def test_without_parents_all_rows_share_one_total():
    frame = pl.DataFrame({"team": ["a", "b", "c"], "personen": [3, 12, 20]})
    hidden = suppress_groups(frame, [], "personen", limit=5)
    assert hidden["is_verborgen"].to_list() == [True, True, False]


def test_an_empty_frame_gets_the_columns_too():
    frame = pl.DataFrame(schema={"team": pl.String, "personen": pl.Int64})
    hidden = suppress_groups(frame, ["team"], "personen", limit=5)
    assert hidden.schema["is_verborgen"] == pl.Boolean
    assert len(hidden) == 0


def test_a_missing_count_is_not_taken_for_zero():
    with pytest.raises(ValueError, match="nulls"):
        suppress_groups(pl.DataFrame({"team": ["a"], "personen": [None]}), [], "personen", limit=5)
