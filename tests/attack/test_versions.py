"""Versions after each other, of an attacker who kept them all and knows how many rows came in between.

That is more than anybody is told: who reads the staff figures sees how many rows all of their sources have together.
Where a figure that was shown falls under five, or a team begins or ends, the change itself tells it: decision 0157.
"""

import datetime as dt
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analysis.suppression import TOTAL, hide_teams
from tests.attack.attacker import bound
from tests.attack.bounds import Knowledge
from tests.attack.published import HIDDEN, Figure, Protected, Table, state, state_late_rows

PERSONS = Protected("hr_maand", (Figure("personen", is_count=True),), hides_smallest="personen")
#: Teams are hidden for all months at once, and stay so: in a month, or later, they need not be the smallest.
UNORDERED = Protected("hr_maand", PERSONS.figures)
LIMIT = 5
SETTINGS = {"bescherming": {"minimum_personen": LIMIT}}
MONTHS = [dt.date(2025, month, 1) for month in (9, 10, 11)]
SCHEMA = {"moment": pl.Int64, "dag": pl.Date, "maand": pl.Date, "dienst": pl.String, "team": pl.String}


def frame(teams, moment=0):
    """Return the persons of teams of one dienst, per month."""
    rows = [
        (moment, MONTHS[-1], month, "PBD", team, persons)
        for team, sizes in teams.items()
        for month, persons in zip(MONTHS, sizes, strict=True)
        if persons
    ]
    return pl.DataFrame(rows, schema={**SCHEMA, "personen": pl.Int64}, orient="row")


def published(lists, *, remembers=True):
    """Return `mart.hr_maand` (persons alone) of the last of the lists, as the version that follows the others."""
    earlier = pl.concat([frame(teams, moment) for moment, teams in enumerate(lists)])
    now = frame(lists[-1]).drop("moment", "dag")
    hidden = hide_teams(now, earlier if remembers else earlier.clear(), SETTINGS)
    whole = now.group_by("maand", "dienst").agg(pl.col("personen").sum(), pl.lit(TOTAL).alias("team"))
    rows = (
        pl.concat([now, whole.select(now.columns)])
        .join(hidden, on=["maand", "dienst", "team"], how="left")
        .filter(~pl.col("is_weggelaten").fill_null(False))
        .with_columns(pl.when(pl.col("is_weggelaten").is_not_null()).then(pl.lit(HIDDEN)).alias("reden"))
        .with_columns(pl.when(pl.col("reden").is_null()).then("personen").alias("personen"))
    )
    what = PERSONS if len(lists) == 1 and _is_ordered(lists[0], rows) else UNORDERED
    return Table(what, rows.sort("maand", "dienst", "team").to_dicts(), len(lists))


def _is_ordered(teams, rows):
    """Whether the hidden teams are the smallest of every month: only then a reader who thinks so is right."""
    hidden = rows.filter(pl.col("reden") == HIDDEN)
    return all(
        sizes[MONTHS.index(month)] <= min((size for size in shown if size is not None), default=99)
        for month, shown in rows.filter(pl.col("team") != TOTAL).group_by("maand").agg("personen").iter_rows()
        for team, sizes in teams.items()
        if team in hidden.filter(pl.col("maand") == month)["team"]
    )


def known_too_well(*lists, persons=1, remembers=True):
    """Return the teams, and versions, of under five persons that all versions together bound within 2.

    `persons` came or went between two versions. The second result has those of months that tell by themselves.
    """
    tables = [published(lists[:count], remembers=remembers) for count in range(1, len(lists) + 1)]
    known = Knowledge()
    for table in tables:
        state(known, table)
    for before, after in pairwise(tables):
        state_late_rows(known, before, after, "personen", persons)
    leaks, inherent = set(), set()
    for one in bound(known, tables):
        version, _, _, month, _, team = one.cell
        place = MONTHS.index(dt.date.fromisoformat(month))
        size = _persons(lists[version - 1], team, place)
        assert one.bounds.low <= size <= one.bounds.high, "the attacker knows something that is not so"
        if size < LIMIT and one.bounds.width < 3:
            (inherent if _tells(lists, tables, place) else leaks).add((team, version))
    return leaks, inherent


def _persons(teams, team, place):
    return sum(sizes[place] for name, sizes in teams.items() if team in (name, TOTAL))


def _tells(lists, tables, place):
    """Whether in a month a figure that was shown fell under five, or a team got its first person or lost its last."""
    for (one, before), (other, after) in pairwise(zip(lists, tables, strict=True)):
        shown = {row["team"] for row in before.rows if row["maand"] == MONTHS[place] and row["personen"] is not None}
        hidden = {row["team"] for row in after.rows if row["maand"] == MONTHS[place] and row["personen"] is None}
        if any(_persons(other, team, place) < LIMIT for team in shown & hidden):
            return True
        if any((_persons(one, team, place) == 0) != (_persons(other, team, place) == 0) for team in {*one, *other}):
            return True
    return False


def moved(teams, team, since, persons=1):
    """Return the teams after a late row: so many persons more (or fewer) in a team from the given month on."""
    return teams | {team: [max(0, size + persons * (month >= since)) for month, size in enumerate(teams[team])]}


NETWORK = {"a": [4, 4, 4], "b": [3, 3, 4], "c": [2, 2, 2], "d": [9, 9, 9], "e": [14, 15, 15]}
NOTHING = (set(), set())


@pytest.mark.parametrize("team", ["a", "b", "c", "d", "e"])
@pytest.mark.parametrize("since", [0, 1, 2])
def test_late_row_tells_nothing_of_hidden_teams(team, since):
    assert known_too_well(NETWORK, moved(NETWORK, team, since)) == NOTHING


def test_team_that_reaches_the_limit_would_be_known_in_the_version_before():
    # a has five persons now: without memory it is shown, and had four before the late row
    lists = NETWORK, moved(NETWORK, "a", 0)
    assert known_too_well(*lists) == NOTHING
    assert known_too_well(*lists, remembers=False) == ({("a", 1)}, set())


def test_team_hidden_along_would_give_the_small_one_away_when_another_takes_its_place():
    before = {"a": [5, 8, 8], "b": [5, 8, 8], "c": [5, 8, 8], "d": [1, 1, 2]}
    lists = before, moved(before, "a", 0)
    assert known_too_well(*lists) == NOTHING
    leaks, _ = known_too_well(*lists, remembers=False)
    assert {team for team, _ in leaks} == {"d"}


def test_team_that_goes_and_comes_back_is_still_hidden():
    lists = NETWORK, {team: sizes for team, sizes in NETWORK.items() if team != "c"}, NETWORK
    assert "c" not in {row["team"] for row in published(lists).rows if row["reden"] is None}


def test_total_of_a_small_dienst_stays_hidden_when_it_grows():
    lists = {"a": [4, 4, 4]}, {"a": [5, 5, 5]}
    assert known_too_well(*lists) == NOTHING
    assert known_too_well(*lists, remembers=False) == ({("a", 1), (TOTAL, 1)}, set())


def test_team_that_was_shown_with_five_is_known_to_hold_four_once_it_is_hidden():
    # inherent: five was published, one person went, and the figures of the others did not move
    before = {"a": [5, 5, 5], "b": [9, 9, 9], "c": [20, 20, 20]}
    assert known_too_well(before, moved(before, "a", 0, -1)) == (set(), {("a", 2)})
    assert known_too_well(before, moved(before, "a", 0, -1), persons=3) == NOTHING


RUNS = settings(max_examples=15, derandomize=True, phases=[Phase.explicit, Phase.generate])
sizes = st.lists(st.lists(st.integers(1, 9), min_size=3, max_size=3), min_size=2, max_size=5)
change = st.tuples(st.integers(0, 4), st.integers(0, 2), st.sampled_from([1, 1, -1]))


@RUNS
@given(sizes, st.lists(change, min_size=1, max_size=2))
def test_no_team_of_a_random_dienst_is_given_away_by_two_or_three_versions(sizes, changes):
    lists = [dict(zip("abcde", sizes, strict=False))]
    for place, since, persons in changes:
        teams = sorted(lists[-1])
        lists.append(moved(lists[-1], teams[place % len(teams)], since, persons))
    leaks, _ = known_too_well(*lists)
    assert leaks == set()
