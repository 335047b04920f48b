import polars as pl

from dashboard.charts import ChartSpec, column_groups, horizontal_bars
from dashboard.charts.groups import bar_groups, mark_categories
from dashboard.charts.labels import wrapped_labels
from dashboard.charts.targets import target_bars

SPEC = ChartSpec("Titel", "Bevinding", "bron")
GROUPS = {"gepland": ("gepland", "#111111"), "besteed": ("besteed", "#222222")}


def test_a_target_far_exceeded_is_cut_off_but_keeps_its_number():
    frame = pl.DataFrame({"doel": ["a", "b"], "aandeel": [4.5, 0.2], "prognose": [None, 0.9]})
    chart = target_bars(frame, "doel", "aandeel", "prognose", SPEC)
    bars, diamonds, line = chart.figure.data
    assert list(bars.x) == [150, 20]
    assert list(bars.text) == ["450 %", "20 %"]
    assert list(diamonds.x) == [None, 90]
    assert (list(line.x), list(line.y)) == ([100, 100], ["a", "b"])
    assert chart.native.series[0].values == (4.5, 0.2)


def test_targets_nothing_is_known_of_have_no_bar():
    frame = pl.DataFrame(
        {"doel": ["a"], "aandeel": [None], "prognose": [None]}, schema_overrides={"aandeel": pl.Float64}
    )
    chart = target_bars(frame, "doel", "aandeel", "prognose", SPEC)
    assert list(chart.figure.data[0].x) == [None]
    assert list(chart.figure.data[0].customdata) == ["ontbreekt"]
    assert [text.strip() for text in chart.figure.data[1].text] == ["ontbreekt"]


def test_a_target_of_which_nothing_is_realised_says_zero_beside_its_bar():
    frame = pl.DataFrame({"doel": ["a", "b"], "aandeel": [0.0, 0.6], "prognose": [0.0, 0.9]})
    bars, diamonds, _ = target_bars(frame, "doel", "aandeel", "prognose", SPEC).figure.data
    assert list(bars.text) == ["", "60 %"]
    assert [text.strip() for text in diamonds.text] == ["nu 0 %", ""]  # behind the diamond, which would cover it


def test_no_targets_at_all_gives_an_empty_chart():
    frame = pl.DataFrame(schema={"doel": pl.String, "aandeel": pl.Float64, "prognose": pl.Float64})
    assert target_bars(frame, "doel", "aandeel", "prognose", SPEC).native.categories == ()


def test_groups_of_bars_leave_a_gap_where_a_value_is_missing():
    frame = pl.DataFrame({"categorie": ["vt", "spoc"], "gepland": [120.0, 40.0], "besteed": [90.5, None]})
    chart = bar_groups(frame, "categorie", GROUPS, SPEC)
    assert [list(trace.x) for trace in chart.figure.data] == [[120.0, 40.0], [90.5, None]]
    assert list(chart.figure.data[1].text) == ["91", ""]
    assert chart.figure.layout.xaxis.range == (0, 144.0)


def test_adjacent_months_share_one_mark():
    frame = pl.DataFrame({"maand": ["sep", "okt", "nov", "dec"], "gepland": [1.0] * 4, "besteed": [1.0] * 4})
    chart = mark_categories(column_groups(frame, "maand", GROUPS, SPEC), [3, 0, 2], "niet geregistreerd")
    assert [(shape.x0, shape.x1) for shape in chart.figure.layout.shapes] == [(-0.5, 0.5), (1.5, 3.5)]
    assert [note.text for note in chart.figure.layout.annotations] == ["niet geregistreerd"] * 2


def test_a_chart_without_marks_stays_as_it_is():
    frame = pl.DataFrame({"maand": ["sep"], "gepland": [1.0], "besteed": [1.0]})
    assert not mark_categories(column_groups(frame, "maand", GROUPS, SPEC), [], "x").figure.layout.shapes


def test_long_labels_take_a_few_lines_on_screen_and_one_in_an_office_chart():
    long = "Leraren basisonderwijs in een vormingsreeks doelenkader (n\u00a0=\u00a012)"
    chart = wrapped_labels(horizontal_bars(pl.DataFrame({"naam": ["kort", long], "x": [1, 2]}), "naam", "x", SPEC))
    shown = list(chart.figure.layout.yaxis.ticktext)
    assert shown[0] == "kort"
    assert shown[1].count("<br>") == 2
    assert shown[1].replace("<br>", " ") == long
    assert chart.native.categories == ("kort", long)
    assert list(chart.figure.layout.yaxis.tickvals) == ["kort", long]


def test_bars_leave_room_for_the_text_at_their_end():
    chart = horizontal_bars(pl.DataFrame({"naam": ["a"], "x": [100]}), "naam", "x", SPEC)
    assert chart.figure.layout.xaxis.range == (0, 118.0)
