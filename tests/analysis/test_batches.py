import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.batches import STAND_SCHEMA, shown_answers, shown_moment

NEVER = np.iinfo(np.int32).max
SETTINGS = {"bescherming": {"minimum_antwoorden": 5}}


def shown(*spells, limit=5):
    """Return what is shown of answers that counted from a moment until another one: (from, until, how many).

    A fourth number is that of the group, where it has several such times.
    """
    begin, end, answers = (np.array([spell[place] for spell in spells]) for place in range(3))
    group = np.array([spell[3] if len(spell) > 3 else 100 + place for place, spell in enumerate(spells)])
    return shown_moment(group, begin, end, answers, limit)


@pytest.mark.parametrize(
    ("spells", "moment"),
    [
        ([(0, NEVER, 4)], (None, False)),  # too few
        ([(0, NEVER, 5)], (0, False)),
        ([(0, NEVER, 2), (1, NEVER, 3)], (1, False)),  # enough together
        ([(0, NEVER, 9), (1, NEVER, 4)], (0, True)),  # four wait
        ([(0, NEVER, 9), (1, NEVER, 4), (2, NEVER, 1)], (2, False)),  # with a fifth they count
        ([(0, NEVER, 9), (0, 1, 1)], (0, True)),  # one is gone: who was shown stays for now
        ([(0, NEVER, 9), (0, 1, 3), (1, NEVER, 3)], (0, True)),  # three changed their answer: three, not six
        ([(0, NEVER, 9), (0, 1, 5), (1, NEVER, 5)], (1, False)),
        ([(0, NEVER, 2), (0, 1, 5)], (None, False)),  # left with two
        # a wrong delivery that was withdrawn: the same as at first, and one more would be one more than at first
        ([(0, NEVER, 9), (1, 2, 20)], (2, False)),
        ([(0, NEVER, 9), (1, 2, 20), (2, NEVER, 1)], (1, True)),
        # the same answers came back, with one more
        ([(0, 1, 9, 1), (1, 2, 9), (2, NEVER, 9, 1), (2, NEVER, 1)], (1, True)),
        ([(0, 1, 9, 1), (1, 2, 9), (2, NEVER, 9, 1), (2, NEVER, 5)], (2, False)),
        # left with too few, then enough again: two came since what was shown at first
        ([(0, NEVER, 2), (0, 1, 5), (2, NEVER, 5)], (2, False)),
        ([(0, NEVER, 4), (0, 1, 1), (2, NEVER, 2)], (None, False)),
    ],
)
def test_moment_that_is_shown(spells, moment):
    assert shown(*spells) == moment


def test_questions_are_judged_each_by_themselves():
    history = pl.DataFrame(
        [
            ("2025-2026", "vt", "A1", 1, 0, None, 6),
            ("2025-2026", "vt", "A1", 2, 3, None, 1),
            ("2025-2026", "vt", "A2", 1, 0, None, 4),
            ("2025-2026", "plg", "A1", 1, 2, 3, 1),
            ("2025-2026", "plg", "A1", 2, 2, None, 7),
        ],
        schema=["schooljaar", "strategie", "vraag", "groep", "van", "tot", "antwoorden"],
        orient="row",
    )
    assert shown_answers(history, SETTINGS).rows() == [
        ("2025-2026", "plg", "A1", 2, True),
        ("2025-2026", "vt", "A1", 0, True),
        ("2025-2026", "vt", "A2", None, False),
    ]
    assert shown_answers(history.clear(), SETTINGS).schema == STAND_SCHEMA


spell = st.tuples(st.integers(0, 6), st.integers(1, 4), st.integers(1, 7)).map(
    lambda one: (one[0], NEVER if one[1] == 4 else one[0] + one[1], one[2])
)


@given(st.lists(spell, min_size=1, max_size=8))
def test_no_two_moments_that_were_ever_shown_differ_by_fewer_than_five(spells):
    ever = {}
    for now in range(10):
        so_far = [(begin, NEVER if end > now else end, count) for begin, end, count in spells if begin <= now]
        if so_far:
            moment, _ = shown(*so_far)
            if moment is not None:
                ever[now] = {place for place, (begin, end, _) in enumerate(spells) if begin <= moment < end}
    counts = [count for _, _, count in spells]
    for one in ever.values():
        assert sum(counts[place] for place in one) >= 5
        for other in ever.values():
            came, went = (sum(counts[place] for place in part) for part in (one - other, other - one))
            assert max(came, went) == 0 or max(came, went) >= 5
