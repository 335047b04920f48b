import polars as pl
import pytest

from analysis.needs_criteria import CRITERION_SCHEMA, score_criteria
from tests.analysis.needs_frames import ESTIMATE_SCHEMA, SETTINGS, indicatoren, instellingen

NOTHING = pl.DataFrame(schema=ESTIMATE_SCHEMA)


def criterion(name, rows=None, scores=None):
    """The one row of a criterion of institution 000001."""
    table = score_criteria(instellingen(rows or {}), NOTHING if scores is None else scores, SETTINGS)
    (row,) = table.filter(pl.col("criterium") == name, pl.col("instellingsnummer") == "000001").to_dicts()
    return row


def test_every_institution_has_a_row_per_criterion():
    table = score_criteria(instellingen({}, {"instellingsnummer": "000002"}), NOTHING, SETTINGS)
    assert dict(table.schema) == CRITERION_SCHEMA
    assert table["criterium"].to_list() == ["doorlichting", "doorstroom", "leerrecht", "leerresultaten"] * 2


def test_the_inspection_is_the_same_in_both_views_and_without_noise():
    row = criterion("doorlichting", {"heeft_doorlichting": True, "advies": "2A"})
    assert (row["score"], row["score_onverwacht"]) == (0.9, 0.9)
    assert (row["variantie"], row["variantie_onverwacht"]) == (0.0, 0.0)
    assert (row["trap"], row["reden"]) == ("verplicht", None)


def test_never_inspected_is_missing():
    row = criterion("doorlichting")
    assert (row["score"], row["variantie"], row["reden"]) == (None, None, "ontbreekt")


@pytest.mark.parametrize(
    ("reasons", "expected"),
    [(["ontbreekt"], "ontbreekt"), (["ontbreekt", "beschermd"], "beschermd"), ([], "ontbreekt")],
)
def test_a_missing_criterion_says_why(reasons, expected):
    rows = [("2025-2026", "000001", "leerresultaten", "vt_score", str(i), r) for i, r in enumerate(reasons)]
    columns = ["schooljaar", "instellingsnummer", "criterium", "indicator", "reeks", "reden"]
    scores = pl.concat(
        [NOTHING, pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")], how="diagonal"
    )
    assert criterion("leerresultaten", scores=scores)["reden"] == expected


def test_results_without_any_test_are_missing_where_schools_take_tests_and_do_not_apply_elsewhere():
    levels = {"BaO": "ontbreekt", "SO": "ontbreekt", "BuBaO": "nvt", "CLB": "nvt"}
    for niveau, expected in levels.items():
        assert criterion("leerresultaten", {"onderwijsniveau": niveau})["reden"] == expected
    # Of the other criteria what applies has a row of its own: without one nothing applies.
    assert criterion("doorstroom", {"onderwijsniveau": "BaO"})["reden"] == "nvt"


def test_a_criterion_with_one_value_has_no_reason_whatever_is_hidden_beside_it():
    hidden = indicatoren({"000001": {"leerresultaten": 0.4}}).with_columns(
        reeks=pl.lit("b"), score=pl.lit(None, dtype=pl.Float64), reden=pl.lit("beschermd")
    )
    scores = pl.concat([indicatoren({"000001": {"leerresultaten": 0.4}}), hidden])
    row = criterion("leerresultaten", scores=scores)
    assert (row["score"], row["reden"]) == (0.4, None)


def test_each_view_divides_by_its_own_anchors():
    # problematisch_30 of the test settings: 0-0.2 and -0.05-0.15, both 0.2 wide.
    scores = indicatoren({"000001": {"leerrecht": 0.4}}, variance=0.01).with_columns(
        score_onverwacht=pl.lit(0.7), variantie_onverwacht=pl.lit(0.02 * 0.2**2)
    )
    row = criterion("leerrecht", scores=scores)
    assert row["variantie"] == pytest.approx(0.01)
    assert (row["score_onverwacht"], row["variantie_onverwacht"]) == (0.7, pytest.approx(0.02))


def test_a_criterion_of_traits_alone_has_no_unexpected_need():
    # OKI has no anchors of that view: nothing of doorstroom is left in it, though its score is known.
    row = criterion("doorstroom", scores=indicatoren({"000001": {"doorstroom": 0.4}}, variance=0.01))
    assert (row["score"], row["score_onverwacht"], row["reden"]) == (0.4, None, None)
