"""Pieces of work that wait for each other: none begins too early, several run at once, a failure stops what follows."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.side_by_side import side_by_side

DIAMOND = {"a": [], "b": ["a"], "c": ["a"], "d": ["b", "c"]}


def nothing(*_):
    """Stand for what nobody listens to."""


@st.composite
def graphs(draw):
    """Draw names that each wait for some of the names before them."""
    names = [f"n{number}" for number in range(draw(st.integers(0, 12)))]
    return {name: draw(st.lists(st.sampled_from(names[:place]), unique=True)) if place else []
            for place, name in enumerate(names)}  # fmt: skip


@given(needs=graphs(), at_once=st.integers(1, 4))
def test_each_runs_once_and_after_all_that_it_needs(needs, at_once):
    order, told = [], []

    results = side_by_side(needs, lambda name: order.append(name) or name.upper(), at_once, told.append, nothing)

    assert results == {name: name.upper() for name in needs}
    assert sorted(order) == sorted(told) == sorted(needs)
    assert all(order.index(other) < order.index(name) for name, others in needs.items() for other in others)


def test_what_does_not_wait_for_each_other_runs_at_the_same_time():
    both = threading.Barrier(2)

    def work(name):
        if name in ("b", "c"):
            both.wait(timeout=10)  # breaks when the other is not under way
        return name

    assert set(side_by_side(DIAMOND, work, 2, nothing, nothing)) == set(DIAMOND)


def test_one_at_a_time_begins_with_what_most_wait_for_and_then_goes_by_name():
    order = []
    needs = {"alone": [], "base": [], "x": ["base"], "y": ["base"]}

    side_by_side(needs, order.append, 1, nothing, nothing)

    assert order == ["base", "alone", "x", "y"]


def test_a_failure_is_raised_and_nothing_begins_after_it():
    begun = []

    def work(name):
        begun.append(name)
        if name == "b":
            raise ValueError(name)

    with pytest.raises(ValueError, match="b"):
        side_by_side(DIAMOND, work, 1, nothing, nothing)
    assert begun == ["a", "b"]


def test_of_two_failures_at_once_the_first_in_order_is_raised():
    both = threading.Barrier(2)

    def work(name):
        if name != "a":
            both.wait(timeout=10)
            raise ValueError(name)

    with pytest.raises(ValueError, match="b"):
        side_by_side({"a": [], "b": ["a"], "c": ["a"]}, work, 2, nothing, nothing)


def test_an_interrupt_cuts_short_what_is_under_way():
    stopped = threading.Event()
    ended = []

    def work(name):
        if name != "a":
            ended.append(stopped.wait(timeout=10))

    def done(name):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        side_by_side({"a": [], "b": []}, work, 2, done, stopped.set)
    assert ended == [True]
