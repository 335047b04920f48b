import polars as pl
import pytest

from analysis.comparable import NEIGHBOUR_SCHEMA
from analysis.needs import estimate_indicators
from analysis.needs_expected import add_expected
from tests.analysis.needs_frames import SETTINGS, buren, metingen

# The test settings ask for at least two comparable institutions with a value.
SCHEMA = {
    "instellingsnummer": pl.String,
    "indicator": pl.String,
    "reeks": pl.String,
    "waarde": pl.Float64,
    "vergelijkbaar_geleverd": pl.Float64,
}


def expected(values, neighbours, delivered=None):
    """{instellingsnummer: row} with what is expected of each, from {instellingsnummer: waarde}."""
    rows = [(nummer, "oki", "alle", value, (delivered or {}).get(nummer)) for nummer, value in values.items()]
    result = add_expected(pl.DataFrame(rows, schema=SCHEMA, orient="row"), neighbours, SETTINGS)
    return {row["instellingsnummer"]: row for row in result.to_dicts()}


def test_expected_is_the_mean_of_comparable_institutions_with_its_standard_error():
    # Mean of 1, 2 and 6 is 3; sample variance (4 + 1 + 9) / 2 = 7, over three institutions 7/3.
    found = expected({"A": 9.0, "B": 1.0, "C": 2.0, "D": 6.0}, buren(("A", "B", "C", "D")))["A"]
    assert (found["vergelijkbaar_gemiddelde"], found["verwacht"]) == (3.0, 3.0)
    assert found["variantie_verwacht"] == pytest.approx(7 / 3)


def test_a_comparable_institution_without_a_value_does_not_count():
    found = expected({"A": 9.0, "B": 1.0, "C": None, "D": 5.0}, buren(("A", "B", "C", "D")))["A"]
    assert found["verwacht"] == 3.0


def test_under_the_minimum_nothing_is_expected():
    found = expected({"A": 9.0, "B": 1.0, "C": None}, buren(("A", "B", "C")))["A"]
    assert (found["vergelijkbaar_gemiddelde"], found["verwacht"], found["variantie_verwacht"]) == (None, None, None)


def test_the_delivered_comparison_goes_before_our_own():
    found = expected({"A": 9.0, "B": 1.0, "C": 3.0}, buren(("A", "B", "C")), {"A": 5.0})["A"]
    assert (found["vergelijkbaar_gemiddelde"], found["verwacht"], found["variantie_verwacht"]) == (2.0, 5.0, 0.0)


def test_an_institution_without_a_value_still_sees_what_is_expected():
    found = expected({"A": None, "B": 1.0, "C": 3.0}, buren(("A", "B", "C")))["A"]
    assert (found["waarde"], found["verwacht"]) == (None, 2.0)


def test_a_comparable_institution_outside_the_measurements_is_no_error():
    assert expected({"A": 9.0, "B": 1.0, "C": 3.0}, buren(("A", "B", "C", "Z")))["A"]["verwacht"] == 2.0


def three(indicator="vt_minimumdoel", **more):
    """Shares known exactly: 0.6, 0.2 and 0.3."""
    return metingen(
        *(
            {
                "instellingsnummer": nummer,
                "indicator": indicator,
                "criterium": "leerresultaten",
                "waarde": value,
                "standaardfout": 0.0,
                **more,
            }
            for nummer, value in (("000001", 0.6), ("000002", 0.2), ("000003", 0.3))
        )
    )


ALL_ALIKE = buren(("000001", "000002", "000003"), ("000002", "000001", "000003"), ("000003", "000001", "000002"))


def unexpected(rows, neighbours=ALL_ALIKE):
    return estimate_indicators(rows, neighbours, SETTINGS).sort("instellingsnummer")


def test_unexpected_need_is_the_difference_on_its_own_anchors():
    # Expected of the first: (0.2 + 0.3) / 2 = 0.25, standard error sqrt(0.005 / 2) = 0.05.
    found = unexpected(three()).row(0, named=True)
    assert found["verwacht"] == pytest.approx(0.25)
    # Differences 0.35, -0.25 and -0.1 with s^2 0.0025, 0.0225 and 0.04. w = 400, 44.44 and 25.
    weights, differences = [400, 1 / 0.0225, 25], [0.35, -0.25, -0.1]
    mean = sum(w * d for w, d in zip(weights, differences, strict=True)) / sum(weights)
    q = sum(w * (d - mean) ** 2 for w, d in zip(weights, differences, strict=True))
    tau2 = (q - 2) / (sum(weights) - sum(w**2 for w in weights) / sum(weights))
    again = [1 / (1 / w + tau2) for w in weights]
    mean = sum(w * d for w, d in zip(again, differences, strict=True)) / sum(again)
    kept = tau2 / (tau2 + 0.0025)
    assert found["waarde_onverwacht"] == pytest.approx(mean + kept * (0.35 - mean))
    assert found["variantie_onverwacht"] == pytest.approx(kept * 0.0025)
    # Anchors -0.1 and 0.4.
    assert found["score_onverwacht"] == pytest.approx((found["waarde_onverwacht"] + 0.1) / 0.5)


def test_a_delivered_comparison_leaves_only_the_noise_of_the_measurement():
    # Known exactly and compared with what the supplier gives: 0.6 - 0.4 = 0.2, anchors -0.1 and 0.4.
    found = unexpected(three(vergelijkbaar=0.4))
    assert found["waarde_onverwacht"].to_list() == pytest.approx([0.2, -0.2, -0.1])
    assert found["score_onverwacht"].to_list() == pytest.approx([0.6, 0.0, 0.0])
    assert found["variantie_onverwacht"].to_list() == [0.0] * 3


def test_a_comparison_that_misses_a_year_is_not_used():
    rows = pl.concat([three(vergelijkbaar=0.4), three(meetjaar="2024-2025")])
    assert unexpected(rows)["verwacht"].to_list() == pytest.approx([0.25, 0.45, 0.4])


def test_an_indicator_without_anchors_for_it_is_no_part_of_unexpected_need():
    rows = three().with_columns(indicator=pl.lit("oki"), criterium=pl.lit("doorstroom"))
    found = unexpected(rows)
    assert found["score_onverwacht"].to_list() == [None] * 3
    assert found["score"].null_count() == 0


def test_without_comparable_institutions_there_is_no_unexpected_need():
    found = unexpected(three(), pl.DataFrame(schema=NEIGHBOUR_SCHEMA))
    assert found["score_onverwacht"].to_list() == [None] * 3
    assert found["verwacht"].to_list() == [None] * 3
