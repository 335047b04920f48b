import re
from math import log
from urllib.parse import unquote
from xml.etree import ElementTree

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import theme
from dashboard.charts.cells import HEIGHT, WIDTH, place_range, score_bar

HEAD = "data:image/svg+xml;utf8,"
PARTS = {"a": "#9A62B5", "b": "#3A78C2"}


def drawn(address: str) -> ElementTree.Element:
    assert address.startswith(HEAD)
    assert "#" not in address, "a bare '#' ends a data address"
    return ElementTree.fromstring(unquote(address.removeprefix(HEAD)))


def bars(address: str) -> list[tuple[float, float, str]]:
    """Return left, length and colour of each thick stroke."""
    found = []
    for path in drawn(address).iter("{http://www.w3.org/2000/svg}path"):
        if path.get("stroke-width"):
            left, length = map(float, re.fullmatch(r"M(\S+) \d+h(\S+)", path.get("d")).groups())
            found.append((left, length, path.get("stroke")))
    return found


def test_parts_stand_one_after_the_other_in_their_colours():
    address = pl.DataFrame({"a": [0.5], "b": [0.25]}).select(score_bar(PARTS)).item()
    assert bars(address) == [(0.0, WIDTH * 0.5, "#9A62B5"), (WIDTH * 0.5, WIDTH * 0.25, "#3A78C2")]


def test_a_missing_or_empty_part_takes_no_room():
    frame = pl.DataFrame({"a": [None, 0.0], "b": [0.25, 0.25]}, schema={"a": pl.Float64, "b": pl.Float64})
    for address in frame.select(score_bar(PARTS)).to_series():
        assert bars(address) == [(0.0, WIDTH * 0.25, "#3A78C2")]


def test_a_place_range_runs_from_low_to_high_on_a_logarithmic_scale():
    frame = pl.DataFrame({"laag": [1], "hoog": [100], "midden": [10.0]})
    address = frame.select(place_range("laag", "hoog", "midden", 100, 50)).item()
    [(left, length, colour)] = bars(address)
    dot = drawn(address).find("{http://www.w3.org/2000/svg}circle")
    assert (left, left + length) == (4.0, WIDTH - 4.0)
    assert float(dot.get("cx")) == WIDTH / 2, "10 lies halfway 1 and 100"
    assert colour == theme.ACCENT


def test_the_limit_is_marked_after_the_last_of_the_first():
    frame = pl.DataFrame({"laag": [1], "hoog": [2], "midden": [1.5]})
    address = frame.select(place_range("laag", "hoog", "midden", 100, 50)).item()
    mark = next(path for path in drawn(address) if path.get("stroke-dasharray"))
    assert mark.get("d") == f"M{round(4 + (WIDTH - 8) * log(50.5) / log(100), 1)} 1v{HEIGHT - 2}"


def test_an_unknown_place_has_no_drawing():
    frame = pl.DataFrame({"laag": [None], "hoog": [2], "midden": [1.5]}, schema_overrides={"laag": pl.Int64})
    assert frame.select(place_range("laag", "hoog", "midden", 100, 50)).item() is None


@pytest.mark.parametrize("last", [0, 1, 2])
def test_the_smallest_networks_can_be_drawn(last):
    frame = pl.DataFrame({"laag": [1], "hoog": [max(last, 1)], "midden": [1.0]})
    assert "nan" not in frame.select(place_range("laag", "hoog", "midden", last, 50)).item().lower()


@given(low=st.integers(1, 900), width=st.integers(0, 900), share=st.floats(0, 1), limit=st.integers(1, 5000))
def test_every_range_stays_within_its_drawing(low, width, share, limit):
    last = 900
    high = min(low + width, last)
    frame = pl.DataFrame({"laag": [low], "hoog": [high], "midden": [low + share * (high - low)]})
    address = frame.select(place_range("laag", "hoog", "midden", last, limit)).item()
    [(left, length, _)] = bars(address)
    dot = float(drawn(address).find("{http://www.w3.org/2000/svg}circle").get("cx"))
    rounded = 3 * 0.05 + 1e-9  # left, length and dot are each written with one decimal
    assert 0 <= left <= dot + rounded
    assert dot <= left + length + rounded
    assert left + length <= WIDTH
