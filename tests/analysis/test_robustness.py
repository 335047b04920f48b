import polars as pl

from analysis.robustness import ROBUSTNESS_SCHEMA, rank_robustness
from tests.analysis.needs_frames import SETTINGS, buren, criteria

NETWORK = {
    "000001": {"doorlichting": 0.3, "leerresultaten": 0.0, "doorstroom": 0.0, "leerrecht": 0.0},
    "000002": {"doorlichting": 0.0, "leerresultaten": 0.5, "doorstroom": 0.1, "leerrecht": 0.0},
    "000003": {"doorlichting": 0.0, "leerresultaten": 0.0, "doorstroom": 0.4, "leerrecht": 0.5},
}


def robustness(scores=None, **same):
    return rank_robustness(criteria(scores or NETWORK, **same), buren(), SETTINGS)


def test_each_choice_gives_the_places_worked_out_by_hand():
    # Rank-order centroid: 0.156, 0.150 and 0.090. Equal: 0.075, 0.150, 0.225. Rank-sum: 0.12, 0.17, 0.13.
    # Lexicographic: 0.3 first; the others tie, then 0.5 before 0.0. The other view turns all but the inspection round:
    # 0.5208 x 0.3 + 0.4792; 0.5 x 0.2708 + 0.9 x 0.1458 + 0.0625; 0.2708 + 0.6 x 0.1458 + 0.5 x 0.0625.
    table = robustness().sort("instellingsnummer")
    expected = {
        "rang": [1, 2, 3],
        "rang_gelijk": [3, 2, 1],
        "rang_rangsom": [3, 1, 2],
        "rang_lexicografisch": [1, 2, 3],
        "rang_onverwacht": [1, 3, 2],
        # Three criteria: 0.6111, 0.2778, 0.1111.
        "rang_zonder_doorlichting": [3, 1, 2],
        "rang_zonder_leerresultaten": [1, 3, 2],
        "rang_zonder_doorstroom": [1, 2, 3],
        "rang_zonder_leerrecht": [1, 2, 3],
        "grootste_verschuiving": [2, 1, 2],
    }
    assert table.drop("schooljaar", "instellingsnummer").to_dict(as_series=False) == expected


def test_the_trap_stays_first_whatever_is_left_out():
    frame = pl.concat(
        [
            criteria({"000001": {"doorlichting": 0.9, "leerresultaten": 0.0}}, trap="verplicht"),
            criteria({"000002": {"doorlichting": 0.0, "leerresultaten": 1.0}}),
        ]
    )
    assert rank_robustness(frame, buren(), SETTINGS)["rang_zonder_doorlichting"].to_list() == [1, 2]


def test_schooljaren_do_not_meet():
    both = rank_robustness(pl.concat([criteria(NETWORK), criteria(NETWORK, schooljaar="2024-2025")]), buren(), SETTINGS)
    assert both.filter(pl.col("schooljaar") == "2025-2026").equals(robustness())
    assert len(both) == 6


def test_the_only_criterion_left_out_leaves_the_order_of_the_numbers():
    table = robustness({"000002": {"leerresultaten": 0.1}, "000001": {"leerresultaten": 0.9}})
    assert table["rang_zonder_leerresultaten"].to_list() == [1, 2]
    assert dict(table.schema) == ROBUSTNESS_SCHEMA
