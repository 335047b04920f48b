import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from analysis.comparable import NEIGHBOUR_SCHEMA, nearest_institutions, read_comparable_settings
from tests.analysis.needs_frames import SETTINGS, YEAR, settings_with

# Scales of the test settings: OKI 0.5, twice as many pupils, 0.1 of the pupils behind; three neighbours.
SCHEMA = {
    "schooljaar": pl.String,
    "instellingsnummer": pl.String,
    "onderwijsniveau": pl.String,
    "oki": pl.Float64,
    "aantal_leerlingen": pl.Int64,
    "schoolse_vertraging": pl.Float64,
}


def traits(*rows, niveau="BaO"):
    """Rows of (instellingsnummer, oki, leerlingen, vertraging) or with a niveau of their own at the end."""
    full = [(YEAR, *row[:1], row[4] if len(row) > 4 else niveau, *row[1:4]) for row in rows]
    return pl.DataFrame(full, schema=SCHEMA, orient="row")


def found(rows, settings=SETTINGS):
    """{instellingsnummer: [(buur, afstand), ...]} in order of place."""
    result = nearest_institutions(rows, settings)
    pairs = {}
    for row in result.iter_rows(named=True):
        pairs.setdefault(row["instellingsnummer"], []).append((row["buur"], pytest.approx(row["afstand"], abs=1e-6)))
    return pairs


def test_distance_is_the_root_mean_square_on_the_fixed_scales():
    # A-B: OKI 0.5 apart = 1; pupils 100 and 400 = two doublings = 2; vertraging 0.2 apart = 2: sqrt((1 + 4 + 4) / 3).
    rows = traits(("A", 1.0, 100, 0.1), ("B", 1.5, 400, 0.3))
    assert found(rows) == {"A": [("B", 3**0.5)], "B": [("A", 3**0.5)]}


def test_the_nearest_come_first_and_no_more_than_asked():
    rows = traits(*((name, oki, 200, 0.1) for name, oki in zip("ABCDE", (1.0, 1.1, 1.3, 1.6, 2.9), strict=True)))
    assert [buur for buur, _ in found(rows)["A"]] == ["B", "C", "D"]
    assert [buur for buur, _ in found(rows)["E"]] == ["D", "C", "B"]


def test_only_the_same_niveau_and_schooljaar_is_comparable():
    rows = traits(("A", 1.0, 100, 0.1), ("B", 1.0, 100, 0.1, "SO"), ("C", 3.0, 900, 0.4))
    earlier = rows.with_columns(schooljaar=pl.lit("2024-2025")).filter(pl.col("instellingsnummer") == "A")
    both = nearest_institutions(pl.concat([rows, earlier]), SETTINGS)
    assert both.select("schooljaar", "instellingsnummer", "buur").rows() == [(YEAR, "A", "C"), (YEAR, "C", "A")]


def test_equal_distances_go_by_number_in_whatever_order_the_rows_come():
    rows = traits(*((name, 1.0, 100, 0.1) for name in "EDCBA"))
    assert [buur for buur, _ in found(rows)["C"]] == ["A", "B", "D"]
    assert nearest_institutions(rows, SETTINGS).equals(nearest_institutions(rows[::-1], SETTINGS))


def test_a_trait_the_institution_lacks_plays_no_part():
    # B has no OKI: only pupils and vertraging count for it; A is one doubling away: sqrt((1 + 0) / 2).
    rows = traits(("A", 1.0, 100, 0.1), ("B", None, 200, 0.1))
    assert found(rows)["B"] == [("A", 0.5**0.5)]


def test_a_trait_only_the_other_lacks_counts_as_one_scale():
    # A knows its OKI, B does not: 1 for OKI, 1 for a doubling, 0: sqrt(2 / 3). C, equal but for 1.5 scales, is further.
    rows = traits(("A", 1.0, 100, 0.1), ("B", None, 200, 0.1), ("C", 1.75, 100, 0.1))
    assert found(rows)["A"] == [("B", (2 / 3) ** 0.5), ("C", (1.5**2 / 3) ** 0.5)]


def test_without_any_trait_nothing_is_comparable():
    rows = traits(("A", None, None, None), ("B", 1.0, 0, None), ("C", 1.0, 100, None))
    result = found(rows)
    assert set(result) == {"B", "C"}
    # B: no pupils is no size. It compares by OKI alone: C is at 0, A misses it: 1.
    assert result["B"] == [("C", 0.0), ("A", 1.0)]


@pytest.mark.parametrize("size", [0, 1])
def test_a_niveau_of_one_has_no_like(size):
    result = nearest_institutions(traits(*[("A", 1.0, 100, 0.1)][:size]), SETTINGS)
    assert len(result) == 0
    assert dict(result.schema) == NEIGHBOUR_SCHEMA


def test_two_rows_for_one_institution_are_refused():
    with pytest.raises(ValueError, match="twice"):
        nearest_institutions(traits(("A", 1.0, 100, 0.1), ("A", 2.0, 100, 0.1)), SETTINGS)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"minimum": 9}, "minimum"),
        ({"minimum": 0}, "minimum"),
        ({"schaal_oki": 0}, "above"),
        ({"schaal_aantal_leerlingen": 1.0}, "ratio"),
    ],
)
def test_settings_that_cannot_be_right_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        read_comparable_settings(settings_with(vergelijkbaar=SETTINGS["noden"]["vergelijkbaar"] | change))


networks = st.lists(
    st.tuples(
        st.none() | st.floats(0, 4),
        st.none() | st.integers(0, 2000),
        st.none() | st.floats(0, 1),
        st.sampled_from(["BaO", "SO"]),
    ),
    min_size=1,
    max_size=12,
)


@hypothesis_settings(max_examples=60)
@given(networks)
def test_the_nearest_are_those_of_a_plain_search(network):
    rows = traits(*((f"{i:06d}", *row) for i, row in enumerate(network)))
    result = nearest_institutions(rows, SETTINGS)
    for (nummer,), own in result.group_by("instellingsnummer"):
        mine = network[int(nummer)]
        distances = own.sort("plaats")["afstand"].to_list()
        assert distances == sorted(distances)
        others = [_distance(mine, row) for i, row in enumerate(network) if f"{i:06d}" != nummer and row[3] == mine[3]]
        assert distances == pytest.approx(sorted(others)[:3], abs=1e-3)
        assert own["plaats"].sort().to_list() == list(range(1, len(own) + 1))


def _distance(mine, other):
    squares = []
    for place, scale in enumerate((0.5, None, 0.1)):
        a, b = (np.log2(row[1]) if scale is None and row[1] else row[place] for row in (mine, other))
        a, b = (None if scale is None and not row[1] else value for row, value in ((mine, a), (other, b)))
        if a is not None:
            squares.append(1.0 if b is None else ((a - b) / (scale or 1)) ** 2)
    return (sum(squares) / len(squares)) ** 0.5
