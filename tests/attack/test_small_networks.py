"""Random small networks: nothing that is hidden follows from what is shown."""

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.attack.attacker import attack, exposed
from tests.attack.networks import CATEGORIES, publish_answers, publish_staff, publish_work

# A build takes a second: what fails is told as it is, without minutes of looking for something smaller.
RUNS = settings(
    max_examples=8,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow],
)

starters = st.tuples(st.integers(0, 8), st.sampled_from([0, 0, 0, 1, 2]), st.sampled_from([0, 0, 0, 1, 5]))
dienst = st.dictionaries(st.sampled_from("abcdef"), starters, min_size=1, max_size=6)
begeleider = st.integers(0, 12)
categorie = st.sampled_from(CATEGORIES)
plans = st.sets(st.tuples(begeleider, categorie), min_size=1, max_size=40)
visits = st.sets(st.tuples(begeleider, st.sampled_from(["2025-09-01", "2025-10-01"]), categorie), max_size=40)
answers = st.lists(
    st.tuples(
        st.sampled_from(["vorming", "opleiding", "helpdesk"]),
        st.dictionaries(st.sampled_from(["V1", "V2"]), st.integers(1, 5), min_size=1),
    ),
    min_size=1,
    max_size=30,
)


@RUNS
@given(st.lists(dienst, min_size=12, max_size=12))
def test_no_hidden_staff_figure_follows_from_what_is_shown(diensten):
    with publish_staff(diensten) as con:
        assert exposed(attack(con)) == []


@RUNS
@given(plans, visits)
def test_no_hidden_dagdelen_follow_from_what_is_shown(planned, spent):
    with publish_work(planned, spent) as con:
        assert exposed(attack(con)) == []


@RUNS
@given(answers)
def test_no_hidden_answers_follow_from_what_is_shown(given_answers):
    with publish_answers(given_answers) as con:
        assert exposed(attack(con)) == []
        # a question that is hidden has no answers to count either
        keys = "schooljaar, strategie, vraag"
        hidden = con.sql(f"select {keys} from mart.edbi_vraag where n is null").fetchall()
        assert not set(hidden) & set(con.sql(f"select {keys} from mart.edbi_verdeling").fetchall())
