"""Two versions with one delivery between them, of which the number of new rows is known."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from analysis.suppression import TOTAL, hide_teams
from tests.attack.attacker import bound, exposed
from tests.attack.bounds import Knowledge
from tests.attack.published import HIDDEN, Figure, Protected, Table, state, state_late_rows

PERSONS = Protected("hr_maand", (Figure("personen", is_count=True),), hides_smallest="personen")
SETTINGS = {"bescherming": {"minimum_personen": 5}}
MONTHS = [dt.date(2025, month, 1) for month in (9, 10, 11)]


def published(teams, version):
    """Return `mart.hr_maand` (persons alone) of teams with their persons per month."""
    frame = pl.DataFrame(
        [
            {"maand": month, "dienst": "PBD", "team": team, "personen": persons}
            for team, sizes in teams.items()
            for month, persons in zip(MONTHS, sizes, strict=True)
            if persons
        ]
    )
    hidden = hide_teams(frame, SETTINGS)
    whole = frame.group_by("maand", "dienst").agg(pl.col("personen").sum(), pl.lit(TOTAL).alias("team"))
    rows = (
        pl.concat([frame, whole.select(frame.columns)])
        .join(hidden, on=["maand", "dienst", "team"], how="left")
        .filter(~pl.col("is_weggelaten").fill_null(False))
        .with_columns(pl.when(pl.col("is_weggelaten").is_not_null()).then(pl.lit(HIDDEN)).alias("reden"))
        .with_columns(pl.when(pl.col("reden").is_null()).then("personen").alias("personen"))
    )
    return Table(PERSONS, rows.sort("maand", "dienst", "team").to_dicts(), version)


def exposed_by_both(before, after, persons=1):
    """Return what is exposed by two versions together, of teams with their persons per month."""
    tables = [published(before, 1), published(after, 2)]
    known = Knowledge()
    for table in tables:
        state(known, table)
    state_late_rows(known, *tables, "personen", persons)
    return exposed(bound(known, tables))


def one_more(teams, team, since):
    """Return the teams after a late row: one person more in a team from the given month on."""
    return teams | {team: [size + (month >= since) for month, size in enumerate(teams[team])]}


NETWORK = {"a": [4, 4, 4], "b": [3, 3, 4], "c": [2, 2, 2], "d": [9, 9, 9], "e": [14, 15, 15]}


@pytest.mark.parametrize("team", ["b", "c", "d", "e"])
@pytest.mark.parametrize("since", [0, 1, 2])
def test_late_row_tells_nothing_of_hidden_teams_that_stay_hidden(team, since):
    assert exposed_by_both(NETWORK, one_more(NETWORK, team, since)) == []


@pytest.mark.parametrize("since", [1, 2])
def test_team_that_reaches_the_limit_in_some_months_stays_hidden_in_both_versions(since):
    assert exposed_by_both(NETWORK, one_more(NETWORK, "a", since)) == []


def test_team_that_reaches_the_limit_in_every_month_is_known_in_the_version_before():
    # the gap that decision 0104 tells of: a has five persons now, so it had four before the late row
    found = exposed_by_both(NETWORK, one_more(NETWORK, "a", 0))
    assert {one.cell[-1] for one in found} == {"a"}
    assert {(one.bounds.low, one.bounds.high) for one in found} == {(4, 5)}


def test_more_rows_in_one_delivery_blur_what_one_would_tell():
    assert exposed_by_both(NETWORK, one_more(NETWORK, "a", 0), persons=3) == []


def hidden_teams(table):
    return {cell[-1] for _, cell in table.hidden()}


@settings(max_examples=25, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate])
@given(
    sizes=st.lists(st.tuples(*[st.integers(1, 9)] * 3), min_size=2, max_size=5),
    late=st.integers(0, 4),
    since=st.integers(0, 2),
)
def test_late_row_exposes_nothing_as_long_as_the_same_teams_are_hidden(sizes, late, since):
    before = dict(zip("abcde", (list(of_team) for of_team in sizes), strict=False))
    after = one_more(before, sorted(before)[late % len(before)], since)
    if hidden_teams(published(before, 1)) == hidden_teams(published(after, 2)):
        assert exposed_by_both(before, after) == []


def test_late_row_that_changes_which_team_is_hidden_along_exposes_the_small_one():
    # a and b are hidden with d in turn: a has five persons at least in the first version, and six in the second
    before = {"a": [5, 8, 8], "b": [5, 8, 8], "c": [5, 8, 8], "d": [1, 1, 2]}
    assert {one.cell[-1] for one in exposed_by_both(before, one_more(before, "a", 0))} >= {"a", "d"}
