"""Bars side by side per row, for long category names, and marks on months that are not whole."""

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go
import polars as pl

from dashboard import format, theme
from dashboard.charts.axes import office_format, value_axis
from dashboard.charts.model import Chart, ChartSpec, NativeChart, Series


def bar_groups(
    frame: pl.DataFrame,
    label: str,
    groups: Mapping[str, tuple[str, str]],
    spec: ChartSpec,
    *,
    decimals: int = 0,
) -> Chart:
    """Return horizontal bars side by side per row; `groups` maps column -> (name, colour).

    Rows run from top to bottom in the frame's order, groups too. A missing value has no bar.
    """
    labels = frame[label].cast(pl.String).to_list()
    traces, series = [], []
    for column, (name, colour) in groups.items():
        values = frame[column].cast(pl.Float64).to_list()
        texts = ["" if item is None else format.number(item, decimals) for item in values]
        traces.append(
            go.Bar(
                y=labels,
                x=values,
                name=name,
                orientation="h",
                marker={"color": colour},
                text=texts,
                textposition="outside",
                cliponaxis=False,
                hovertemplate=f"%{{y}}<br>{name}: %{{text}}<extra></extra>",
            )
        )
        series.append(Series(name, tuple(values), colour))
    longest = max((item for one in series for item in one.values if item is not None), default=0.0)
    figure = theme.figure(
        *traces,
        height=100 + 20 * (len(groups) + 1) * max(len(labels), 1),
        barmode="group",
        yaxis={"autorange": "reversed", "automargin": True, "type": "category"},
        # A fifth of room behind the longest bar: on a narrow screen its text would be cut off.
        xaxis=value_axis(is_share=False, range=[0, longest * 1.2 or 1]),
        legend={**theme.LAYOUT["legend"], "traceorder": "normal"},
    )
    return Chart(figure, spec, NativeChart("bar", tuple(labels), tuple(series), office_format(False, decimals)))


def mark_categories(chart: Chart, positions: Sequence[int], text: str) -> Chart:
    """Shade the categories at these positions on the x axis and write `text` once above each run of them.

    For what is not known or not whole: the reader must not take an absent bar for a zero.
    """
    for first, last in _runs(positions):
        chart.figure.add_vrect(
            x0=first - 0.5,
            x1=last + 0.5,
            fillcolor=theme.NEUTRAL,
            opacity=0.16,
            line_width=0,
            layer="below",
            annotation={"text": text, "textangle": 0 if last > first else -90},
            annotation_position="top left" if last == first else "top",
        )
    return chart


def _runs(positions: Sequence[int]) -> list[tuple[int, int]]:
    """Return adjacent positions as (first, last)."""
    runs: list[tuple[int, int]] = []
    for position in sorted(positions):
        if runs and position == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], position)
        else:
            runs.append((position, position))
    return runs
