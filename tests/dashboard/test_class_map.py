from itertools import pairwise

import polars as pl
import pytest

from dashboard.charts import ChartSpec
from dashboard.charts.classes import CellClass, class_map
from dashboard.figures.doorlichtingen_tekorten import CLASS_COLOURS, FEW_COLOUR

CLASSES = [CellClass("weinig", "#A9C6E8"), CellClass("veel", "#1F5A98")]
FRAME = pl.DataFrame(
    {
        "code": ["K1", "K1", "K2"],
        "niveau": ["SO", "BaO", "SO"],
        "klasse": ["veel", "weinig", "weinig"],
        "tekst": ["40 %<br>n = 10", "5 %<br>n = 20", "n = 3"],
        "aandeel": [0.4, 0.05, None],
    }
)
SPEC = ChartSpec("Titel", "Wat er te zien is.", "bron")


def drawn():
    return class_map(
        FRAME,
        "code",
        "niveau",
        CLASSES,
        SPEC,
        columns=["BaO", "SO"],
        class_name="klasse",
        text="tekst",
        share="aandeel",
    )


def test_cells_stand_in_their_class_with_their_own_text():
    cells = drawn().figure.data[0]
    assert (list(cells.y), list(cells.x)) == (["K1", "K2"], ["BaO", "SO"])
    assert [list(line) for line in cells.z] == [[0, 1], [None, 0]]
    assert [list(line) for line in cells.text] == [["5 %<br>n = 20", "40 %<br>n = 10"], ["", "n = 3"]]


def test_every_class_is_named_in_the_legend_with_the_colour_of_its_cells():
    cells, *marks = drawn().figure.data
    assert [(mark.name, mark.marker.color) for mark in marks] == [(item.name, item.colour) for item in CLASSES]
    assert [tuple(step) for step in cells.colorscale] == [
        (0.0, "#A9C6E8"), (0.5, "#A9C6E8"), (0.5, "#1F5A98"), (1.0, "#1F5A98"),
    ]  # fmt: skip


def test_office_chart_has_the_shares_and_gaps_where_there_is_none():
    native = drawn().native
    assert native.categories == ("K1", "K2")
    assert {series.name: series.values for series in native.series} == {"BaO": (0.05, None), "SO": (0.4, None)}


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (item / 12.92 if item <= 0.04045 else ((item + 0.055) / 1.055) ** 2.4 for item in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Return the contrast ratio of WCAG 2.1, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def text_colour(colour):
    """Return the colour that Plotly writes in on a cell: white on dark ones, dark grey on light ones (by YIQ)."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#FFFFFF" if (299 * red + 587 * green + 114 * blue) / 1000 < 128 else "#444444"


def test_contrast_is_that_of_the_published_ends():
    assert contrast("#000000", "#FFFFFF") == 21
    assert round(contrast("#777777", "#FFFFFF"), 2) == 4.48


@pytest.mark.parametrize("colour", [*CLASS_COLOURS, FEW_COLOUR])
def test_text_in_a_cell_can_be_read_on_every_colour_of_the_map(colour):
    assert contrast(text_colour(colour), colour) >= 4.5


def test_classes_differ_in_lightness_so_that_hue_is_not_needed():
    lightness = [luminance(colour) for colour in CLASS_COLOURS]
    assert lightness == sorted(lightness, reverse=True)
    assert all(contrast(one, next_one) >= 1.45 for one, next_one in pairwise(CLASS_COLOURS))
