from datetime import date

import polars as pl

from dashboard import theme
from dashboard.charts import ChartSpec, timeline

SPEC = ChartSpec("Wat gebeurde wanneer?", "Tijdlijn met twee trajecten.", "alle leveringen")
LANES = {
    "doorlichting": ("Doorlichtingen", theme.PURPLE),
    "traject": ("Trajecten", theme.BLUE),
    "activiteit": ("Activiteiten", theme.GREEN),
}
SCHEMA = {
    "datum": pl.Date, "einddatum": pl.Date, "is_lopend": pl.Boolean, "soort": pl.String, "titel": pl.String,
    "detail": pl.String, "advies": pl.String,
}  # fmt: skip
PEILDATUM = date(2026, 1, 15)


def drawn(*rows):
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return timeline(frame, LANES, SPEC, PEILDATUM, mark="advies")


def inspection(day, advies="2A"):
    return (day, None, False, "doorlichting", f"Doorlichting: {advies}", "GOK negatief", advies)


def trajectory(start, end=None, is_lopend=False):
    return (start, end, is_lopend, "traject", "Start vt", "12 dagdelen", None)


def test_a_day_is_a_mark_with_its_word_and_a_period_is_a_bar():
    chart = drawn(inspection(date(2025, 3, 10)), trajectory(date(2025, 9, 1), date(2025, 9, 11)))
    mark, bar = chart.figure.data
    assert mark.type == "scatter"
    assert list(mark.text) == ["2A"]
    assert mark.customdata[0] == "Doorlichting: 2A<br>10/03/2025<br>GOK negatief"
    assert bar.type == "bar"
    assert list(bar.x) == [10 * 86_400_000]
    assert bar.customdata[0] == "Start vt<br>01/09/2025 tot 11/09/2025<br>12 dagdelen"


def test_what_runs_reaches_the_peildatum_and_what_was_cancelled_is_a_mark():
    running, cancelled = drawn(trajectory(date(2026, 1, 5), is_lopend=True)), drawn(trajectory(date(2026, 1, 5)))
    assert list(running.figure.data[0].x) == [10 * 86_400_000]
    assert "loopt nog" in running.figure.data[0].customdata[0]
    assert cancelled.figure.data[0].type == "scatter"


def test_bars_that_overlap_stand_under_each_other_and_the_next_fills_the_first_free_row():
    chart = drawn(
        trajectory(date(2024, 9, 1), date(2025, 6, 30)),
        trajectory(date(2025, 1, 1), date(2025, 12, 31)),
        trajectory(date(2025, 9, 1), date(2025, 12, 31)),
    )
    assert list(chart.figure.data[0].y) == [0, 1, 0]


def test_bars_that_follow_each_other_share_a_row_with_room_between_them():
    chart = drawn(
        trajectory(date(2023, 9, 1), date(2024, 8, 31)),
        trajectory(date(2024, 9, 1), date(2025, 8, 31)),
    )
    assert list(chart.figure.data[0].y) == [0, 0]
    assert list(chart.figure.data[0].x) == [359 * 86_400_000, 358 * 86_400_000]


def test_lanes_follow_each_other_and_an_empty_one_is_left_out():
    chart = drawn(inspection(date(2025, 3, 10)), trajectory(date(2025, 1, 1), date(2025, 2, 1)))
    assert list(chart.figure.layout.yaxis.ticktext) == ["Doorlichtingen", "Trajecten"]
    assert list(chart.figure.layout.yaxis.tickvals) == [0, 1]


def test_the_office_chart_counts_per_schooljaar():
    chart = drawn(inspection(date(2025, 8, 31)), inspection(date(2025, 9, 1)), trajectory(date(2025, 9, 1)))
    assert chart.native.categories == ("2024-2025", "2025-2026")
    assert [(series.name, series.values) for series in chart.native.series] == [
        ("Doorlichtingen", (1, 1)),
        ("Trajecten", (0, 1)),
    ]


def test_the_axis_leaves_room_on_both_sides():
    chart = drawn(inspection(date(2025, 3, 10)))
    first, last = chart.figure.layout.xaxis.range
    assert first < date(2025, 3, 10)
    assert last > PEILDATUM


def test_without_events_there_is_nothing_to_draw():
    assert drawn().native.categories == ()
