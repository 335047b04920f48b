"""Bars: ranked, stacked by contribution, grouped in columns, and answers as 100 % bars."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
import polars as pl

from dashboard import format, theme
from dashboard.charts.axes import drawn, missing_words, office_format, value_axis
from dashboard.charts.model import Chart, ChartSpec, NativeChart, Series

#: Pixels per bar: enough for one line of label text.
_BAR = 26


def horizontal_bars(
    frame: pl.DataFrame,
    label: str,
    value: str,
    spec: ChartSpec,
    *,
    colours: Mapping[str, str] | str = theme.ACCENT,
    is_share: bool = False,
    decimals: int = 0,
    target: float | None = None,
    target_label: str = "doel",
) -> Chart:
    """Return one bar a row, in the frame's order from top to bottom, its value written at its end.

    `value` is a share (0-1) when `is_share`; `colours` maps a label to its colour; a target is a dashed line.
    A missing value has no bar and says so.
    """
    labels = frame[label].cast(pl.String).to_list()
    values = frame[value].cast(pl.Float64).to_list()
    colour = [colours.get(name, theme.NEUTRAL) for name in labels] if isinstance(colours, Mapping) else colours
    texts = [
        format.percentage(item, decimals=decimals) if is_share else format.number(item, decimals) for item in values
    ]
    figure = theme.figure(
        go.Bar(
            y=labels,
            x=drawn(values, is_share),
            orientation="h",
            marker={"color": colour},
            text=texts,
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        ),
        *missing_words(labels, values),
        height=_height(len(labels)),
        showlegend=False,
        yaxis={"autorange": "reversed", "automargin": True, "type": "category"},
        xaxis=value_axis(is_share, zeroline=True, **_room_for_text(drawn([*values, target], is_share))),
    )
    if target is not None:
        text = format.percentage(target, decimals=0) if is_share else format.number(target)
        figure.add_vline(
            x=drawn([target], is_share)[0],
            line={"dash": "dash", "color": theme.NEUTRAL, "width": 2},
            annotation={"text": f"{target_label} {text}", "yanchor": "bottom"},
            annotation_position="top",
        )
        figure.update_layout(margin_t=28)
    first = colour if isinstance(colour, str) else theme.ACCENT
    native = NativeChart(
        "bar", tuple(labels), (Series(value, tuple(values), first),), office_format(is_share, decimals)
    )
    return Chart(figure, spec, native)


def stacked_bars(
    frame: pl.DataFrame,
    label: str,
    parts: Mapping[str, tuple[str, str]],
    spec: ChartSpec,
    *,
    decimals: int = 2,
) -> Chart:
    """Return one bar a row, stacked from `parts`: column -> (name, colour), in the given order.

    A missing part leaves no bar; the table beside the chart says that it is missing.
    """
    labels = frame[label].cast(pl.String).to_list()
    traces, series = [], []
    for column, (name, colour) in parts.items():
        values = frame[column].cast(pl.Float64).to_list()
        traces.append(
            go.Bar(
                y=labels,
                x=values,
                name=name,
                orientation="h",
                marker={"color": colour},
                customdata=[format.number(item, decimals) for item in values],
                hovertemplate=f"%{{y}}<br>{name}: %{{customdata}}<extra></extra>",
            )
        )
        series.append(Series(name, tuple(values), colour))
    figure = theme.figure(
        *traces,
        height=_height(len(labels)) + 30,
        barmode="stack",
        yaxis={"autorange": "reversed", "automargin": True, "type": "category"},
        xaxis=value_axis(is_share=False),
        legend={**theme.LAYOUT["legend"], "traceorder": "normal"},
    )
    return Chart(
        figure,
        spec,
        NativeChart("bar_stacked", tuple(labels), tuple(series), office_format(False, decimals)),
    )


def column_groups(
    frame: pl.DataFrame,
    category: str,
    groups: Mapping[str, tuple[str, str]],
    spec: ChartSpec,
    *,
    decimals: int = 0,
) -> Chart:
    """Return columns side by side per category (planned and spent by month); `groups` as in `stacked_bars`.

    A missing value leaves a gap, so that a month without registration does not read as zero.
    """
    labels = frame[category].cast(pl.String).to_list()
    traces, series = [], []
    for column, (name, colour) in groups.items():
        values = frame[column].cast(pl.Float64).to_list()
        traces.append(
            go.Bar(
                x=labels,
                y=values,
                name=name,
                marker={"color": colour},
                customdata=[format.number(item, decimals) for item in values],
                hovertemplate=f"%{{x}}<br>{name}: %{{customdata}}<extra></extra>",
            )
        )
        series.append(Series(name, tuple(values), colour))
    figure = theme.figure(
        *traces,
        barmode="group",
        xaxis={"type": "category", "automargin": True},
        yaxis=value_axis(is_share=False),
    )
    return Chart(figure, spec, NativeChart("column", tuple(labels), tuple(series), office_format(False, decimals)))


def likert_bars(
    frame: pl.DataFrame,
    label: str,
    answers: Sequence[tuple[str, str]],
    spec: ChartSpec,
    *,
    colours: Sequence[str] = theme.LIKERT,
) -> Chart:
    """Return one 100 % bar a question; `answers` lists (column with the share 0-1, name) from low to high.

    Colours are spread over the answers, so that any number of scale points runs from one end to the other.
    A suppressed question (nulls) has an empty bar.
    """
    labels = frame[label].cast(pl.String).to_list()
    last = max(len(answers) - 1, 1)
    traces, series = [], []
    for position, (column, name) in enumerate(answers):
        values = frame[column].cast(pl.Float64).to_list()
        colour = colours[round(position * (len(colours) - 1) / last)]
        texts = ["" if item is None or item < 0.05 else format.percentage(item, decimals=0) for item in values]
        traces.append(
            go.Bar(
                y=labels,
                x=drawn(values, is_share=True),
                name=name,
                orientation="h",
                marker={"color": colour},
                text=texts,
                textposition="inside",
                insidetextanchor="middle",
                insidetextfont={"color": theme.text_on(colour)},
                customdata=[format.percentage(item, decimals=0) for item in values],
                hovertemplate=f"%{{y}}<br>{name}: %{{customdata}}<extra></extra>",
            )
        )
        series.append(Series(name, tuple(values), colour))
    figure = theme.figure(
        *traces,
        height=_height(len(labels)) + 40,
        barmode="stack",
        yaxis={"autorange": "reversed", "automargin": True, "type": "category"},
        xaxis=value_axis(is_share=True, range=[0, 100], showgrid=False),
        legend={**theme.LAYOUT["legend"], "traceorder": "normal"},
    )
    return Chart(figure, spec, NativeChart("bar_stacked_100", tuple(labels), tuple(series), office_format(True)))


def _height(bars: int) -> int:
    return 90 + _BAR * max(bars, 2)


def _room_for_text(values: Sequence[float | None]) -> dict[str, object]:
    """Leave room at the end of the longest bar: on a narrow screen its text would be cut off."""
    known = [item for item in values if item is not None]
    return {"range": [0, max(known) * 1.18]} if known and min(known) >= 0 and max(known) > 0 else {}
