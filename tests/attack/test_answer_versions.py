"""Versions after each other of the answers to EDBI: what one shows minus what another showed is never about a few.

The attacker kept every version and knows which of them belongs to which delivery. What is subtracted are sums over
respondents: the attack asks of how many, from the tables that the versions were made of.
"""

import tempfile
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.attack.networks import mutated, publish_answer_deliveries
from warehouse.build import MODELS_ROOT

LIMIT = 5
#: What a build without memory would show: the answers of now.
FORGETS = {"standen.stand is null,": "true,"}


def shown(deliveries, models_root=MODELS_ROOT):
    """Return the answers (respondent and point) behind every question that the version of the deliveries shows."""
    with tempfile.TemporaryDirectory() as folder:
        con = publish_answer_deliveries(deliveries, Path(folder), models_root)
    with con:
        sql = """
            select strategie, vraag, list((response_id, waarde)), any_value(n), any_value(gemiddelde),
                any_value(is_wachtend)
            from core.fct_antwoordwaarden
            inner join (select strategie, vraag, n, gemiddelde, is_wachtend from mart.edbi_vraag where n is not null)
            using (strategie, vraag)
            group by all
        """
        found = {}
        for strategie, vraag, answers, n, mean, waits in con.execute(sql).fetchall():
            assert (n, mean) == (len(answers), pytest.approx(sum(point for _, point in answers) / n))
            found[strategie, vraag] = (frozenset(answers), waits)
        return found


def fewest_between(*deliveries, models_root=MODELS_ROOT):
    """Return of how few respondents a difference between two versions is; the limit where there is none."""
    versions = [shown(deliveries[:count], models_root) for count in range(1, len(deliveries) + 1)]
    fewest = LIMIT
    for one, other in combinations(versions, 2):
        for question in one.keys() & other.keys():
            before, after = one[question][0], other[question][0]
            if before != after:
                respondents = max(len(after - before), len(before - after))
                fewest = min(fewest, respondents)
    return fewest


def responses(*points, strategie="vorming", since=0):
    return {f"R{number}": (strategie, {"V1": point}) for number, point in enumerate(points, start=since)}


MANY = responses(*[4, 5, 3] * 3)


def test_new_answers_wait_until_they_are_five_and_the_figure_says_so():
    few, enough = MANY | responses(1, 1, since=9), MANY | responses(1, 1, 2, 2, 3, since=9)
    first, second, third = (shown(lists)["vorming", "V1"] for lists in ([MANY], [MANY, few], [MANY, few, enough]))
    assert (len(first[0]), first[1]) == (9, False)
    assert (second[0], second[1]) == (first[0], True)
    assert (len(third[0]), third[1]) == (14, False)


@pytest.mark.parametrize(
    "after",
    [
        MANY | responses(1, since=9),  # one came
        dict(list(MANY.items())[1:]),  # one is gone
        MANY | responses(1),  # one gave another answer
    ],
)
def test_without_memory_one_respondent_would_follow(after, tmp_path):
    root = mutated(tmp_path, "core/fct_antwoordwaarden", FORGETS)
    assert fewest_between(MANY, after, models_root=root) == 1
    assert fewest_between(MANY, after) == LIMIT


def test_another_question_that_is_answered_later_is_no_change_of_the_first():
    later = {name: (strategie, {**points, "V2": 2}) for name, (strategie, points) in MANY.items()}
    found = shown([MANY, later | responses(1, since=9)])
    assert (len(found["vorming", "V1"][0]), found["vorming", "V1"][1]) == (9, True)
    assert (len(found["vorming", "V2"][0]), found["vorming", "V2"][1]) == (9, False)


def test_a_wrong_delivery_in_between_does_not_help():
    wrong = responses(*[1] * 9)
    assert fewest_between(MANY, wrong, MANY | responses(1, since=9)) == LIMIT


answer = st.tuples(
    st.sampled_from(["vorming", "opleiding"]),
    st.dictionaries(st.sampled_from(["V1", "V2"]), st.integers(1, 5), min_size=1),
)
delivery = st.dictionaries(st.sampled_from([f"R{number}" for number in range(24)]), answer, min_size=12)


@settings(
    max_examples=6,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)
@given(st.lists(delivery, min_size=2, max_size=3), st.data())
def test_no_two_versions_of_random_answers_differ_by_a_few(deliveries, data):
    # most responses of a delivery are those of the one before: what comes, goes and changes is a part of it
    lists = [deliveries[0]]
    for fresh in deliveries[1:]:
        changed = data.draw(st.sets(st.sampled_from(sorted(fresh)), max_size=9))
        lists.append(lists[-1] | {name: fresh[name] for name in changed})
    assert fewest_between(*lists) == LIMIT
