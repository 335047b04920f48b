import polars as pl

from dashboard.charts import ChartSpec
from dashboard.charts.classes import CellClass, class_map

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
