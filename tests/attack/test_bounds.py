"""The programme behind the attack, on tables small enough to solve by hand."""

import math

import pytest

from tests.attack.bounds import Interval, Knowledge


def table(*persons, total=None):
    """Return what is known of a row of counts of one person at least (None: hidden), and of their total."""
    known = Knowledge()
    for place, count in enumerate(persons):
        known.cell(place, floor=1, is_whole=True)
        if count is not None:
            known.equal({place: 1}, count)
    if total is not None:
        known.equal(dict.fromkeys(range(len(persons)), 1.0), total)
    return known


@pytest.mark.parametrize(
    ("persons", "total", "bounds"),
    [
        ((None, 9, 20), 32, Interval(3, 3)),
        ((None, None, 20), 29, Interval(1, 8)),
        ((None, None, None), 5, Interval(1, 3)),
        ((None, 9, 20), None, Interval(1, math.inf)),
    ],
)
def test_hidden_count_is_bounded_by_its_row(persons, total, bounds):
    assert table(*persons, total=total).bounds(0) == bounds


def test_two_margins_bound_more_than_one():
    # 2 x 2: rows 7 and 7, columns 3 and 11: the first cell is 1 or 2 by its column alone
    known = Knowledge()
    for cell in "abcd":
        known.cell(cell, floor=1, is_whole=True)
    for terms, value in (("ab", 7), ("cd", 7), ("ac", 3), ("bd", 11)):
        known.equal(dict.fromkeys(terms, 1.0), value)
    assert known.bounds("a") == Interval(1, 2)
    assert known.bounds("b") == Interval(5, 6)
    assert not known.follows_by_subtraction("a")


def test_parts_of_nothing_are_nothing_and_yet_do_not_follow_by_subtraction():
    known = Knowledge()
    for cell in "ab":
        known.cell(cell)
    known.equal({"a": 1, "b": 1}, 0.0)
    assert known.bounds("a").width == pytest.approx(0, abs=1e-5)
    assert not known.follows_by_subtraction("a")


def test_statements_that_contradict_each_other_are_refused():
    with pytest.raises(ValueError, match="infeasible"):
        table(None, 9, total=5).bounds(0)
