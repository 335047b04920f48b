import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.effect import EFFECT_SCHEMA, estimate_effects, matched_difference

SETTINGS = {"effect": {"minimum_instellingen": 5, "herhalingen": 500, "zaad": 7}}
RESULT = {"label": "boekbox", "toets": "VT", "leerjaar": "2SO", "stroom": "B", "vak": "Nederlands", "domein": "lezen"}
VALUES = st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=2, max_size=30)


def rng():
    return np.random.default_rng(7)


def cases(changes, schooljaar="2025-2026"):
    """Return one case per (own change, changes of comparable institutions)."""
    rows = []
    for place, (own, alike) in enumerate(changes):
        number = f"{schooljaar[2:4]}{place:04}"
        for plaats, change in enumerate([own, *alike]):
            buur = number if plaats == 0 else f"9{place:02}{plaats:03}"
            rows.append(
                RESULT
                | {"schooljaar": schooljaar, "instellingsnummer": number, "plaats": plaats}
                | {"buur": buur, "verandering": change}
            )
    return pl.DataFrame(rows, schema_overrides={"verandering": pl.Float64})


def asked(is_comparable=True):
    return pl.DataFrame([RESULT | {"is_vergelijkbaar": is_comparable}])


def effects(changes, **rest):
    frames = [cases(changes)] if isinstance(changes, list) else [cases(some, year) for year, some in changes.items()]
    return estimate_effects(pl.concat(frames), asked(**rest), SETTINGS)


def test_the_published_bootstrap_example_has_its_standard_error():
    # Efron & Tibshirani (1993), table 2.1: seven treated mice, mean 86.86; the bootstrap standard error of their mean
    # is 23.36 for an unlimited number of draws. A normal interval: 86.86 -+ 1.96 x 23.36 = 41 to 133.
    mice = np.array([94.0, 197, 16, 38, 99, 141, 23])
    found = matched_difference(mice, np.zeros(7), 20_000, rng())
    assert found.value == pytest.approx(86.857, abs=1e-3)
    assert (found.low, found.high) == (pytest.approx(44, abs=4), pytest.approx(133, abs=4))


def test_equal_gains_leave_no_doubt():
    found = matched_difference(np.array([5.0, 7.0, 9.0]), np.array([2.0, 4.0, 6.0]), 100, rng())
    assert (found.value, found.low, found.high) == (3.0, 3.0, 3.0)


@pytest.mark.parametrize(("treated", "controls"), [([1.0], [1.0]), ([1.0, 2.0], [1.0]), ([1.0, np.nan], [1.0, 2.0])])
def test_rows_that_cannot_be_compared_are_refused(treated, controls):
    with pytest.raises(ValueError, match=r"two|finite"):
        matched_difference(np.array(treated), np.array(controls), 100, rng())


@given(VALUES, st.floats(-20, 20))
def test_the_same_shift_on_both_sides_changes_nothing(pairs, shift):
    treated, controls = (np.array(side) for side in zip(*pairs, strict=True))
    one = matched_difference(treated, controls, 50, rng())
    other = matched_difference(treated + shift, controls + shift, 50, rng())
    assert other.value == pytest.approx(one.value, abs=1e-9)
    assert other.low == pytest.approx(one.low, abs=1e-9)
    assert one.low <= one.high


def test_five_institutions_are_compared_with_the_mean_of_their_own_like_ones():
    # Own changes 10, 12, 8, 14, 6 (mean 10); like ones: means 4, 6, 2, 8, 0 (mean 4): every gain is 6.
    rows = effects([(10, [3, 5]), (12, [6]), (8, [2, 2]), (14, [8]), (6, [0])])
    assert list(rows.schema.items()) == list(EFFECT_SCHEMA.items())
    pooled = rows.row(0, named=True)
    assert (pooled["schooljaar"], pooled["instellingen"], pooled["vergelijkbare"]) == ("alle", 5, 7)
    assert (pooled["verandering"], pooled["verandering_vergelijkbaar"]) == (10.0, 4.0)
    assert (pooled["verschil"], pooled["verschil_laag"], pooled["verschil_hoog"]) == (6.0, 6.0, 6.0)
    assert rows["schooljaar"].to_list() == ["alle", "2025-2026"]


def test_under_five_institutions_nothing_is_shown():
    row = effects([(10, [3])] * 4).row(0, named=True)
    assert (row["instellingen"], row["verschil"], row["verandering"], row["reden"]) == (4, None, None, "te weinig")


def test_years_that_are_too_small_apart_are_shown_together():
    rows = effects({"2024-2025": [(10, [3])] * 3, "2025-2026": [(12, [3])] * 2})
    assert rows.select("schooljaar", "instellingen", "reden").rows() == [
        ("alle", 5, None),
        ("2024-2025", 3, "te weinig"),
        ("2025-2026", 2, "te weinig"),
    ]


def test_an_institution_without_own_change_or_like_ones_does_not_count():
    row = effects([(10, [3]), (None, [3]), (12, [])]).row(0, named=True)
    assert row["instellingen"] == 1


def test_editions_that_may_not_be_compared_give_no_effect():
    row = effects([(10, [3])] * 6, is_comparable=False).row(0, named=True)
    assert (row["verschil"], row["reden"]) == (None, "nvt")


def test_a_label_nobody_has_keeps_its_row():
    rows = estimate_effects(cases([(1, [1])]).clear(), asked(), SETTINGS)
    assert rows.select("schooljaar", "instellingen", "vergelijkbare", "reden").rows() == [("alle", 0, 0, "te weinig")]


def test_the_order_of_the_rows_is_irrelevant():
    frame = cases([(place, [place % 3, 2]) for place in range(8)])
    first = estimate_effects(frame, asked(), SETTINGS)
    assert first.equals(estimate_effects(frame.reverse(), asked(), SETTINGS))
