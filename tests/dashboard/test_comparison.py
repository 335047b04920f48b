import pytest

from dashboard.figures.comparison import Since, change_text, points_text, since_year

WHOLE = {"schooljaar": "2024-2025"}
RUNS = "tot nu toe; pas na het schooljaar te vergelijken met 2024-2025"


@pytest.mark.parametrize(("is_lopend", "words"), [(True, RUNS), (False, "-40 t.o.v. 2024-2025")])
def test_part_of_a_schooljaar_is_not_held_against_a_whole_one(is_lopend, words):
    since = since_year({"schooljaar": "2025-2026", "is_lopend": is_lopend}, WHOLE)
    assert change_text(10, 50, since) == words


def test_a_share_of_a_whole_schooljaar_changes_in_points():
    assert points_text(0.5, 0.45, Since("2024-2025")) == "+5,0 procentpunt t.o.v. 2024-2025"
    assert points_text(0.5, 0.45, Since("2024-2025", is_comparable=False)) == RUNS


@pytest.mark.parametrize(("now", "before", "since"), [(None, 1, WHOLE), (1, None, WHOLE), (1, 1, {"schooljaar": None})])
def test_what_is_missing_has_no_change_and_no_reason(now, before, since):
    compared = since_year({"is_lopend": True}, since)
    assert change_text(now, before, compared) is None
    assert points_text(now, before, compared) is None
