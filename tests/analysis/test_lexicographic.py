import numpy as np
import pytest

from analysis.lexicographic import lexicographic_levels, lexicographic_order, tolerance_steps


def order(scores, variances, last=None):
    scores = [np.array(score, dtype=float) for score in scores]
    variances = [np.broadcast_to(np.array(variance, dtype=float), scores[0].shape) for variance in variances]
    last = np.zeros(len(scores[0])) if last is None else np.array(last, dtype=float)
    return lexicographic_order(scores, variances, last).tolist()


def test_the_first_criterion_decides_whatever_the_others_say():
    assert order([[0.1, 0.2, 0.3], [1.0, 0.5, 0.0]], [0, 0]) == [2, 1, 0]


def test_a_tie_looks_at_the_next_criterion():
    assert order([[0.5, 0.5, 0.9], [0.1, 0.4, 0.0]], [0, 0]) == [2, 1, 0]


def test_a_difference_within_196_standard_errors_is_a_tie():
    # s^2 = 0.005 each: the standard error of a difference is 0.1, the tolerance 0.196.
    second = [0.0, 1.0]
    assert order([[0.60, 0.41], second], [0.005, 0]) == [1, 0]
    assert order([[0.60, 0.40], second], [0.005, 0]) == [0, 1]


def test_a_band_starts_at_its_highest_score():
    # Tolerance 0.196: 0.9 and 0.75 tie, 0.6 is too far from 0.9 though not from 0.75: it starts the next band.
    assert order([[0.9, 0.75, 0.6, 0.45], [0.1, 0.2, 0.3, 0.4]], [0.005, 0]) == [1, 0, 3, 2]


def test_what_is_tied_on_everything_goes_by_the_last_score_and_then_by_place():
    assert order([[0.5, 0.5, 0.5]], [0], last=[0.1, 0.3, 0.1]) == [1, 0, 2]


def test_nobody_has_no_order():
    assert order([[]], [0]) == []


def test_the_step_is_the_tolerance_of_two_typical_units_and_never_nothing():
    assert tolerance_steps([np.array([0.001, 0.005, 0.9]), np.zeros(3)]) == pytest.approx([0.196, 0.001])


def test_levels_of_draws_are_in_lexicographic_order():
    first, second = np.array([[0.9, 0.1, 0.9]], dtype=np.float32), np.array([[0.2, 1.5, 0.8]], dtype=np.float32)
    levels = lexicographic_levels([first, second], np.array([0.001, 0.001]), np.random.default_rng(1))
    assert np.argsort(-levels[0]).tolist() == [2, 0, 1]


def test_four_fine_criteria_still_fit_in_one_number():
    fine = [np.array([[0.5, 0.5]], dtype=np.float32)] * 3
    last = [np.array([[0.500, 0.503]], dtype=np.float32)]
    levels = lexicographic_levels(fine + last, np.full(4, 0.001), np.random.default_rng(1))
    assert levels[0, 1] > levels[0, 0]
    assert levels.max() < 2**51
