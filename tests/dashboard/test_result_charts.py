import polars as pl
import pytest

from dashboard.charts import ChartSpec
from dashboard.charts.funnel import funnel
from dashboard.charts.histogram import histogram

SPEC = ChartSpec("Titel", "Bevinding", "bron")
NAMES = ("scholengroep 1", "andere")


def spread(values, marked, lines=None, **settings):
    frame = pl.DataFrame({"x": values, "eigen": marked}, schema={"x": pl.Float64, "eigen": pl.Boolean})
    return histogram(frame, "x", "eigen", SPEC, names=NAMES, lines=lines or {}, **settings)


def test_columns_count_rows_and_mark_the_chosen_ones():
    # 28 columns at most over a spread of 50: steps of 2.
    chart = spread([450.0, 451.0, 452.0, 500.0, None], [True, False, False, False, False])
    own, others = chart.figure.data
    assert (own.name, list(own.x), list(own.y)) == ("scholengroep 1", [451.0, 453.0, 501.0], [1, 0, 0])
    assert list(others.y) == [1, 1, 1]
    assert list(own.customdata) == ["450 tot 452", "452 tot 454", "500 tot 502"]
    assert chart.native.categories == ("450 tot 452", "452 tot 454", "500 tot 502")


def test_without_chosen_rows_there_is_one_kind_of_column():
    chart = spread([1.0, 2.0], [False, False])
    assert [trace.name for trace in chart.figure.data] == ["andere"]
    assert len(chart.native.series) == 1


def test_shares_are_drawn_in_percent_with_lines_at_what_they_are_held_against():
    chart = spread([0.4, 0.9], [False, False], {"netwerk": 0.65, "Vlaanderen": None}, is_share=True)
    line = chart.figure.data[-1]
    assert line.name == "netwerk: 65,0 %"
    assert list(line.x) == [65.0, 65.0]
    assert chart.native.categories == ("40 tot 42 %", "90 tot 92 %")


def test_a_value_on_the_edge_falls_in_the_step_it_begins():
    chart = spread([0.0, 0.3, 0.58, 0.6], [False] * 4, is_share=True)
    assert chart.native.categories == ("0 tot 5 %", "30 tot 35 %", "55 tot 60 %", "60 tot 65 %")


def test_equal_values_give_one_column_and_no_values_an_empty_chart():
    assert spread([5.0, 5.0], [False, False]).native.categories == ("5 tot 6",)
    assert spread([None], [False]).native.categories == ()


def points(rows):
    schema = {"naam": pl.String, "n": pl.Int64, "aandeel": pl.Float64, "eigen": pl.Boolean}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    return funnel(
        frame, "n", "aandeel", "naam", "eigen", 0.5, SPEC, names=NAMES, size_title="deelnemers", target_name="netwerk"
    )  # fmt: skip


def test_the_funnel_narrows_with_size_and_leaves_out_what_is_not_known():
    chart = points([("a", 20, 0.3, True), ("b", 80, 0.5, False), ("c", None, 0.5, False), ("d", 10, None, False)])
    target, low95, high95, low998, _, others, own = chart.figure.data
    assert target.name == "netwerk 50,0 %"
    assert (low95.name, low998.name) == ("95 %-grenzen", "99,8 %-grenzen")
    assert (low95.x[0], low95.x[-1]) == (20, 80)
    assert low95.y[0] == pytest.approx(25.58, abs=0.02)  # B(20, 0.5), as in the tests of the limits
    assert low998.y[0] < low95.y[0] < low95.y[-1] < 50 < high95.y[-1] < high95.y[0]
    assert (own.name, own.marker.symbol, list(own.y)) == ("scholengroep 1", "diamond", [30])
    assert list(others.customdata) == ["b: 50 % van 80 leerlingen"]
    assert chart.native.categories == ("b", "a")


def test_a_funnel_without_points_is_empty():
    assert points([]).native.categories == ()
