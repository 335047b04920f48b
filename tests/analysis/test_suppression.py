import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.suppression import HIDDEN_SCHEMA, TOTAL, Suppression, hide_groups, hide_teams, interval_width

one_period = st.lists(st.integers(0, 12), max_size=6).map(lambda sizes: dict(zip("abcdef", sizes, strict=False)))
all_periods = st.lists(one_period, min_size=1, max_size=3)
SETTINGS = {"bescherming": {"minimum_personen": 5}}
TEAMS = {"maand": pl.Date, "dienst": pl.String, "team": pl.String, "personen": pl.Int64}
NOTHING_BEFORE = pl.DataFrame(schema={"moment": pl.Int32, "dag": pl.Date, **TEAMS})


@pytest.mark.parametrize(
    ("counts", "hidden", "total"),
    [
        ([10, 20, 30], "", False),  # nothing small
        ([3, 20, 30], "ab", False),  # 3 = total - rest: the next smallest goes too
        ([3, 4, 30], "ab", False),  # two small ones, 7 persons together: 1 to 6
        ([1, 2, 9, 8], "abd", False),  # together 3 persons, so 1 and 2: 8 goes too
        ([1, 1, 3, 30], "abcd", False),  # 5 persons in three groups: none holds more than 3
        ([4, 5, 5], "abc", False),  # 9 in two groups of at most 5 would be 4 and 5
        ([4, 5, 9], "ab", False),  # 9 in two groups of at most 9: 1 to 8
        ([3, 0, 30], "ac", False),  # an empty group protects nobody
        ([3, 0], "a", True),  # total under the limit
        ([7, 0], "", False),  # alone, but large enough
        ([2, 2], "ab", True),  # all small and the total too
        ([1, 1, 3], "abc", True),  # the total is five, but each of the three would hold 1 to 3
        ([3, 9, 9], "ab", False),  # of equals the first by name
        ([0, 0], "", False),  # zero is zero, not suppressed
        ([], "", False),
    ],
)
def test_what_is_hidden_of_one_parent(counts, hidden, total):
    period = dict(zip("abcd", counts, strict=False))
    assert hide_groups([period], limit=5) == Suppression(frozenset(hidden), (total,))


def test_the_limit_of_free_text_is_higher():
    assert hide_groups([{"a": 9, "b": 40}], limit=10) == Suppression(frozenset("ab"), (False,))


def test_what_is_small_in_one_period_is_hidden_in_all_with_the_same_neighbours():
    # without the neighbour of March, c in March would follow from the total; it stays the same one in April
    march, april = {"a": 20, "b": 9, "c": 4}, {"a": 20, "b": 9, "c": 5}
    assert hide_groups([march, april], limit=5) == Suppression(frozenset("bc"), (False, False))


def test_neighbours_are_enough_in_every_period_in_which_they_can_be():
    # b protects c in March; b is gone in April, so a is needed there; in May c is alone, and the total goes
    periods = [{"a": 20, "b": 9, "c": 4, "d": 30}, {"a": 20, "c": 4, "d": 30}, {"c": 4}]
    assert hide_groups(periods, limit=5) == Suppression(frozenset("abc"), (False, False, True))


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="negative"):
        hide_groups([{"a": -1}], limit=5)
    with pytest.raises(ValueError, match="limit"):
        hide_groups([{"a": 1}], limit=0)


@pytest.mark.parametrize(
    ("persons", "groups", "smallest_shown", "width"),
    [
        (5, 2, None, 3),  # 1 to 4
        (9, 2, 5, 1),  # 4 or 5
        (12, 2, 8, 4),  # 4 to 8
        (5, 3, None, 2),  # 1 to 3
        (20, 2, 6, 18),  # two groups of at most 6 cannot hold 20: the order says nothing here
    ],
)
def test_width_of_what_a_reader_can_know(persons, groups, smallest_shown, width):
    assert interval_width(persons, groups, smallest_shown) == width


@given(all_periods, st.integers(1, 10))
def test_no_small_group_is_shown_and_no_empty_one_is_hidden(periods, limit):
    outcome = hide_groups(periods, limit)
    for period in periods:
        assert all(persons == 0 or persons >= limit for group, persons in period.items() if group not in outcome.groups)
    assert all(any(period.get(group) for period in periods) for group in outcome.groups)


@given(all_periods, st.integers(1, 10))
def test_a_hidden_group_is_never_bounded_closer_than_the_limit_says(periods, limit):
    outcome = hide_groups(periods, limit)
    for period, total in zip(periods, outcome.totals, strict=True):
        inside = [persons for group, persons in period.items() if persons and group in outcome.groups]
        shown = [persons for group, persons in period.items() if persons and group not in outcome.groups]
        if inside and not total:
            assert len(inside) >= 2
            assert interval_width(sum(inside), len(inside), min(shown, default=None)) >= limit - 2


@given(all_periods, st.integers(1, 10))
def test_nothing_is_hidden_without_a_small_group(periods, limit):
    if all(persons == 0 or persons >= limit for period in periods for persons in period.values()):
        assert hide_groups(periods, limit) == Suppression(frozenset(), (False,) * len(periods))


def test_teams_are_hidden_within_their_dienst_and_a_small_dienst_names_none():
    month = dt.date(2025, 9, 1)
    teams = pl.DataFrame(
        [
            *[(month, "PBD", team, persons) for team, persons in (("a", 3), ("b", 12), ("c", 20))],
            *[(month, "POC", team, 2) for team in ("a", "b")],
            (month, "CLB", "a", 4),
        ],
        schema=["maand", "dienst", "team", "personen"],
        orient="row",
    )
    assert hide_teams(teams, NOTHING_BEFORE, SETTINGS).sort("dienst", "team").rows() == [
        (month, "CLB", "a", False),  # one team: the row says no more than the row of the dienst
        (month, "CLB", "alle", False),
        (month, "PBD", "a", False),
        (month, "PBD", "b", False),
        (month, "POC", "a", True),
        (month, "POC", "alle", False),
        (month, "POC", "b", True),
    ]


def states(*lists):
    """Return what lists of HR showed of dienst D, each of one month: teams with their persons."""
    return pl.DataFrame(
        [
            (moment, MONTH, MONTH, "D", team, persons)
            for moment, sizes in enumerate(lists)
            for team, persons in sizes.items()
        ],
        schema=NOTHING_BEFORE.schema,
        orient="row",
    )


MONTH = dt.date(2025, 9, 1)


def hidden_after(*lists):
    """Return the teams ('alle' for the total) that are hidden in the last of the lists."""
    now = states(lists[-1]).select(list(TEAMS))
    return set(hide_teams(now, states(*lists), SETTINGS).get_column("team"))


def test_team_that_was_hidden_in_an_earlier_list_stays_hidden():
    assert hidden_after({"a": 9, "b": 9, "c": 20}) == set()
    assert hidden_after({"a": 4, "b": 9, "c": 20}, {"a": 9, "b": 9, "c": 20}) == {"a", "b"}
    assert hidden_after({"a": 4, "b": 9, "c": 20}, {"c": 20}, {"a": 30, "b": 30, "c": 20}) == {"a", "b"}


def test_team_that_is_left_alone_of_those_that_were_hidden_gets_a_neighbour():
    # b alone would follow from the total, and with who came and went the a of before
    assert hidden_after({"a": 4, "b": 9, "c": 10, "d": 20}, {"b": 9, "c": 10, "d": 20}) == {"b", "c"}


def test_team_that_was_hidden_along_is_hidden_along_again_though_another_is_smaller_now():
    assert hidden_after({"a": 4, "b": 9, "c": 10}, {"a": 4, "b": 11, "c": 10}) == {"a", "b"}


def test_total_that_was_hidden_stays_hidden_in_that_month_alone():
    assert hidden_after({"a": 4}, {"a": 9}) == {"a", "alle"}
    october = [(1, dt.date(2025, 10, 1), dt.date(2025, 10, 1), "D", "a", 9)]
    earlier = pl.concat([states({"a": 4}), pl.DataFrame(october, schema=NOTHING_BEFORE.schema, orient="row")])
    found = hide_teams(earlier.filter(pl.col("moment") == 1).select(list(TEAMS)), earlier, SETTINGS)
    assert found.rows() == [(dt.date(2025, 10, 1), "D", "a", False), (dt.date(2025, 10, 1), "D", "alle", False)]


def test_a_day_within_the_time_of_a_list_changes_its_own_month_only():
    first, second = dt.date(2025, 9, 1), dt.date(2025, 10, 1)
    rows = [
        *[(0, dt.date(2025, 10, 2), first, "D", team, persons) for team, persons in (("a", 9), ("b", 9), ("c", 20))],
        *[(0, dt.date(2025, 10, 2), second, "D", team, persons) for team, persons in (("a", 4), ("b", 9), ("c", 20))],
        (0, dt.date(2025, 10, 9), second, "D", "a", 9),
    ]
    earlier = pl.DataFrame(rows, schema=NOTHING_BEFORE.schema, orient="row")
    now = states({"a": 9, "b": 9, "c": 20}).select(list(TEAMS))
    assert set(hide_teams(now, earlier, SETTINGS).get_column("team")) == {"a", "b"}


@given(st.lists(one_period.filter(any), min_size=1, max_size=4))
def test_what_was_hidden_is_hidden_and_what_is_hidden_now_is_bounded_as_ever(lists):
    lists = [{team: persons for team, persons in sizes.items() if persons} for sizes in lists]
    hidden = hidden_after(*lists)
    for place in range(1, len(lists)):
        earlier = hidden_after(*lists[:place]) - {TOTAL}
        assert not earlier & lists[-1].keys() - hidden
    inside = [persons for team, persons in lists[-1].items() if team in hidden]
    shown = [persons for team, persons in lists[-1].items() if team not in hidden]
    if inside and TOTAL not in hidden:
        assert len(inside) >= 2
        assert interval_width(sum(inside), len(inside), min(shown, default=None)) >= 3


def test_no_staff_gives_nothing_to_hide():
    teams = pl.DataFrame(schema=TEAMS)
    assert hide_teams(teams, NOTHING_BEFORE, SETTINGS).schema == HIDDEN_SCHEMA
