import numpy as np
import pytest

from analysis.needs_uncertainty import (
    CELLS_PER_BLOCK,
    Criterion,
    constant_block,
    draw_ranks,
    lexicographic_block,
    mid_percentiles,
    weighted_block,
    write_ranks,
)
from analysis.weights import draw_ordered_weights


def criterion(scores, variance=0.0, donors=()):
    scores = np.array(scores, dtype=float)
    return Criterion(scores, np.full(len(scores), variance), list(donors))


def ranks(criteria, traps, draws=4000, top_n=1, seed=5):
    weights = draw_ordered_weights(draws, len(criteria), np.random.default_rng(seed))
    return draw_ranks(weighted_block(criteria, weights), traps, draws, top_n, [seed])


def test_smaa_example_through_the_ranking():
    # A = (1, 0, 0), B = (0, 1, 1), weights in order: A comes first with P = 0.75, so its mean rank is 1.25.
    spread = ranks([criterion([1, 0]), criterion([0, 1]), criterion([0, 1])], [2, 0, 0], draws=20_000)
    assert spread.top == pytest.approx([0.75, 0.25], abs=0.01)
    assert spread.mean == pytest.approx([1.25, 1.75], abs=0.01)
    assert (spread.p05.tolist(), spread.p95.tolist()) == ([1, 1], [2, 2])


def test_certain_scores_give_certain_ranks():
    spread = ranks([criterion([0.2, 0.9, 0.5])], [3, 0, 0])
    assert spread.p05.tolist() == spread.p95.tolist() == [3, 1, 2]
    assert spread.mean.tolist() == [3, 1, 2]
    assert spread.top.tolist() == [0, 1, 0]


def test_a_trap_comes_before_any_score():
    spread = ranks([criterion([0.1, 0.2, 0.9, 1.0])], [1, 1, 2])
    assert spread.mean.tolist() == [1, 2, 4, 3]


def test_two_noisy_scores_change_places_as_often_as_the_normal_law_says():
    # 0.55 - 0.45 = 0.1, sd of the difference sqrt(2 * 0.005) = 0.1: P(first) = Phi(1) = 0.8413.
    spread = ranks([criterion([0.55, 0.45], variance=0.005)], [2, 0, 0], draws=40_000)
    assert spread.top[0] == pytest.approx(0.8413, abs=0.01)


def test_equal_certain_scores_share_their_places_by_chance():
    spread = ranks([criterion([0.0] * 4)], [4, 0, 0])
    assert spread.top == pytest.approx([0.25] * 4, abs=0.04)
    assert spread.mean == pytest.approx([2.5] * 4, abs=0.1)


def test_without_any_criterion_every_order_is_equally_likely():
    spread = draw_ranks(constant_block(np.zeros(2)), [2, 0, 0], 4000, 1, [5])
    assert spread.mean == pytest.approx([1.5, 1.5], abs=0.05)


def test_a_missing_score_is_drawn_from_its_donors():
    # The last one is 0.9 or 0.1 with equal chance: above 0.5 half of the time.
    donors = [(np.array([3]), np.array([0, 1]))]
    spread = ranks([criterion([0.9, 0.1, 0.5, 0.5], donors=donors)], [4, 0, 0])
    assert (spread.p05[3], spread.p95[3]) in {(1, 4), (2, 4), (1, 3), (2, 3)}
    assert spread.mean[3] == pytest.approx(2.5, abs=0.05)


def test_draws_beyond_one_block_are_all_used():
    size = 300
    draws = CELLS_PER_BLOCK // size + 7
    spread = ranks([criterion(np.linspace(1, 0, size))], [size, 0, 0], draws=draws, top_n=10)
    assert spread.mean.tolist() == list(range(1, size + 1))
    assert spread.top.tolist() == [1.0] * 10 + [0.0] * (size - 10)


def test_the_same_seed_gives_the_same_figures():
    arguments = ([criterion([0.5, 0.5, 0.4], variance=0.01)], [3, 0, 0])
    first, again, other = ranks(*arguments), ranks(*arguments), ranks(*arguments, seed=6)
    assert first.mean.tolist() == again.mean.tolist()
    assert first.mean.tolist() != other.mean.tolist()


def test_noise_is_the_same_on_both_sides_at_the_end_of_the_scale():
    # A is 1 with noise, B is 1 for certain: a cut at 1 would put A below B more often than above it.
    noisy = Criterion(np.array([1.0, 1.0]), np.array([0.04, 0.0]), [])
    assert ranks([noisy], [2, 0, 0], draws=20_000).top == pytest.approx([0.5, 0.5], abs=0.01)


def test_the_interval_holds_nine_ranks_in_ten():
    # A hundred equals: every rank from 1 to 100 is equally likely.
    spread = ranks([criterion([0.5] * 100)], [100, 0, 0], draws=10_000)
    assert np.abs(spread.p05 - 5.5).max() <= 2
    assert np.abs(spread.p95 - 95.5).max() <= 2


def test_an_edge_of_the_interval_counts_for_half_of_its_draws():
    # Rank 2 in 8, 12 and 88 of a hundred draws: half of it is 4, 6 and 44, where 5 is asked on either side.
    rows = np.array([[1] * 92 + [2] * 8, [1] * 88 + [2] * 12, [1] * 12 + [2] * 88], dtype=np.int16)
    low, high = mid_percentiles(rows, 0.05)
    assert low.tolist() == [1, 1, 1]
    assert high.tolist() == [1, 2, 2]


def test_the_interval_of_forty_equals_by_hand():
    # Every rank in 25 of a thousand draws: below 3 lie 50 and half of its own is 12.5, over 50; below 2 only 25 + 12.5.
    row = np.repeat(np.arange(1, 41, dtype=np.int16), 25)[np.newaxis, :]
    low, high = mid_percentiles(row, 0.05)
    assert (low.tolist(), high.tolist()) == ([3], [38])


def test_one_draw_is_its_own_interval():
    assert [edge.tolist() for edge in mid_percentiles(np.array([[7]], dtype=np.int16), 0.05)] == [[7], [7]]


@pytest.mark.parametrize("kind", [np.float32, np.float64])
@pytest.mark.parametrize("size", [1, 2, 7, 700, 20_000])
def test_packed_ranks_are_those_of_a_plain_sort(kind, size):
    rng = np.random.default_rng(size)
    # Whole numbers: no two closer than the last bit of a key.
    scores = np.stack([rng.permutation(size) for _ in range(3)]).astype(kind)
    ranks = np.empty(scores.shape[::-1], dtype=np.int32)
    write_ranks(scores, [size, 0, 0], ranks)
    assert (ranks == (size - scores).T).all()


def test_a_last_block_of_fewer_draws_counts_those_alone():
    # 30 000 institutions: blocks of three draws, of which the fourth draw begins a second.
    places = np.arange(1, 30_001)
    spread = ranks([criterion((30_000.0 - places).tolist())], [30_000, 0, 0], draws=4)
    assert (spread.mean == places).all()
    assert (spread.p05 == places).all()
    assert (spread.p95 == places).all()
    assert (spread.top == (places == 1)).all()


def test_smaa_example_of_three_alternatives_by_hand():
    # A = (1, 0, 0), B = (0, 1, 1), C = a half of each: C lies between A and B whatever the weights.
    criteria = [criterion([1, 0, 0.5]), criterion([0, 1, 0.5]), criterion([0, 1, 0.5])]
    spread = ranks(criteria, [3, 0, 0], draws=20_000)
    assert spread.mean == pytest.approx([1.5, 2.5, 2], abs=0.02)
    assert (spread.p05[2], spread.p95[2]) == (2, 2)


def test_lexicographic_draws_tie_within_a_step_and_look_at_the_next_criterion():
    # Steps of 0.2 on the first criterion: 0.9 is always above 0.5; 0.5 and 0.4 tie with chance 1 - 0.1 / 0.2.
    block = lexicographic_block([criterion([0.9, 0.5, 0.4]), criterion([0.0, 0.0, 1.0])], np.array([0.2, 0.001]))
    spread = draw_ranks(block, [3, 0, 0], 20_000, 2, [5])
    assert spread.top == pytest.approx([1.0, 0.5, 0.5], abs=0.015)


def test_the_number_of_threads_changes_nothing(monkeypatch):
    arguments = ([criterion(np.linspace(0, 1, 700), variance=0.01)], [700, 0, 0])
    many = ranks(*arguments)
    monkeypatch.setattr("analysis.needs_uncertainty.MOST_THREADS", 1)
    assert ranks(*arguments).mean.tolist() == many.mean.tolist()


def test_a_network_without_institutions_has_no_ranks():
    spread = draw_ranks(constant_block(np.zeros(0)), [0, 0, 0], 100, 5, [1])
    assert spread.mean.tolist() == spread.p05.tolist() == spread.top.tolist() == []
