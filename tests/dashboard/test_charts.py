import polars as pl

from dashboard.charts import (
    ChartSpec,
    column_groups,
    heat_map,
    horizontal_bars,
    interval_dots,
    likert_bars,
    scatter,
    stacked_bars,
    year_lines,
)

SPEC = ChartSpec("Titel", "Bevinding", "bron")


def test_bars_keep_the_order_and_say_missing():
    frame = pl.DataFrame({"naam": ["b", "a"], "aandeel": [0.5, None]})
    chart = horizontal_bars(frame, "naam", "aandeel", SPEC, is_share=True, target=0.2)
    assert list(chart.figure.data[0].y) == ["b", "a"]
    assert list(chart.figure.data[0].text) == ["50 %", "ontbreekt"]
    # Plotly hides the text of a bar without a value.
    [said] = chart.figure.data[1:]
    assert (list(said.y), list(said.x), [text.strip() for text in said.text]) == (["a"], [0], ["ontbreekt"])
    whole = horizontal_bars(frame.head(1), "naam", "aandeel", SPEC, is_share=True)
    assert len(whole.figure.data) == 1
    assert chart.figure.layout.shapes[0].x0 == 20
    assert list(chart.figure.data[0].x) == [50, None]
    assert chart.figure.layout.xaxis.ticksuffix == " %"
    assert chart.native.series[0].values == (0.5, None)


def test_stacked_bars_have_one_trace_a_part():
    frame = pl.DataFrame({"naam": ["a"], "x": [0.4], "y": [0.1]})
    chart = stacked_bars(frame, "naam", {"x": ("X", "#111111"), "y": ("Y", "#222222")}, SPEC)
    assert [trace.name for trace in chart.figure.data] == ["X", "Y"]
    assert chart.figure.layout.barmode == "stack"


def test_a_month_without_registration_is_a_gap():
    frame = pl.DataFrame({"maand": ["sep", "okt"], "gepland": [10.0, 12.0], "besteed": [9.0, None]})
    chart = column_groups(frame, "maand", {"gepland": ("Gepland", "#111111"), "besteed": ("Besteed", "#222222")}, SPEC)
    assert list(chart.figure.data[1].y) == [9.0, None]


def test_likert_runs_from_one_end_of_the_colours_to_the_other():
    frame = pl.DataFrame({"vraag": ["A1"], "een": [0.25], "twee": [0.7], "drie": [0.05]})
    answers = [("een", "oneens"), ("twee", "neutraal"), ("drie", "eens")]
    chart = likert_bars(frame, "vraag", answers, SPEC, colours=("#000001", "#000002", "#000003"))
    assert [trace.marker.color for trace in chart.figure.data] == ["#000001", "#000002", "#000003"]
    assert list(chart.figure.data[1].text) == ["70 %"]


def test_interval_reaches_from_low_to_high():
    frame = pl.DataFrame({"naam": ["a"], "respons": [0.308], "laag": [0.255], "hoog": [0.366]})
    chart = interval_dots(frame, "naam", "respons", "laag", "hoog", SPEC, is_share=True)
    trace = chart.figure.data[0]
    assert round(trace.x[0] - trace.error_x.arrayminus[0], 1) == 25.5
    assert round(trace.x[0] + trace.error_x.array[0], 1) == 36.6
    assert trace.customdata[0] == "31 % (tussen 26 en 37 %)"


def test_a_hidden_year_breaks_the_line():
    frame = pl.DataFrame({"schooljaar": ["2023-2024", "2024-2025"], "waarde": [0.1, None]})
    chart = year_lines(frame, "schooljaar", {"waarde": ("School", "#111111")}, SPEC, is_share=True)
    assert chart.figure.data[0].connectgaps is False
    assert list(chart.figure.data[0].customdata) == ["10,0 %", "ontbreekt"]


def test_heat_map_marks_a_combination_that_does_not_exist():
    frame = pl.DataFrame({"r": ["a", "a", "b"], "k": ["x", "y", "x"], "v": [1.0, 2.0, 3.0]})
    chart = heat_map(frame, "r", "k", "v", SPEC)
    assert [list(line) for line in chart.figure.data[0].text] == [["1", "2"], ["3", "–"]]


def test_scatter_gives_each_group_its_own_symbol():
    frame = pl.DataFrame({"x": [1.0, 2.0], "y": [3.0, 4.0], "naam": ["a", "b"], "groep": ["g", "h"]})
    chart = scatter(frame, "x", "y", "naam", SPEC, axis_titles=("X", "Y"), group="groep")
    symbols = [trace.marker.symbol for trace in chart.figure.data]
    assert len(set(symbols)) == 2
