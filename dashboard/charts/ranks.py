"""Places with their interval: a mark at the mean place, a line from the first to the last of them, and the limit."""

from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from dashboard import format, theme
from dashboard.charts.model import Chart, ChartSpec, NativeChart, Series

#: Hard spaces as wide as half a mark.
_CLEAR = "\u00a0" * 3


def rank_intervals(
    frame: pl.DataFrame,
    label: str,
    middle: str,
    low: str,
    high: str,
    group: str,
    styles: Mapping[str, tuple[str, str]],
    spec: ChartSpec,
    *,
    limit: int,
) -> Chart:
    """Return a line per row from place `low` to `high`, both written at its ends, with a mark at place `middle`.

    Rows run from top to bottom. `styles` maps a value of `group` to its colour and symbol, in the order of the
    legend. A dashed line stands after place `limit`, where it falls within what is drawn.
    """
    labels = frame[label].to_list()
    figure = theme.figure(
        height=110 + 28 * max(len(labels), 2),
        yaxis={
            "automargin": True,
            "type": "category",
            "categoryorder": "array",
            "categoryarray": labels,
            "range": [len(labels) - 0.4, -0.9],
        },
        xaxis={"automargin": True, "title": {"text": "plaats in het netwerk"}, "tickformat": ","},
        legend={**theme.LAYOUT["legend"], "traceorder": "normal"},
    )
    for name, (colour, symbol) in styles.items():
        rows = frame.filter(pl.col(group) == name)
        if rows.height:
            figure.add_traces(_group_traces(rows, name, colour, symbol, label, (low, middle, high)))
    last = frame[high].max()
    first = frame[low].min()
    if isinstance(first, int | float) and isinstance(last, int | float):
        room = max((last - first) * 0.08, 1.5)
        figure.update_xaxes(range=[max(first - room, 0), last + room])
        if first - room <= limit + 0.5 <= last + room:
            _draw_limit(figure, limit)
    series = (
        Series("van plaats", tuple(frame[low].cast(pl.Float64)), theme.NEUTRAL),
        Series("gemiddelde plaats", tuple(frame[middle].cast(pl.Float64)), theme.ACCENT),
        Series("tot plaats", tuple(frame[high].cast(pl.Float64)), theme.NEUTRAL),
    )
    # PowerPoint's bars keep the three numbers editable where Plotly draws a mark with its line.
    return Chart(figure, spec, NativeChart("bar_interval", tuple(labels), series, "#,##0"))


def _group_traces(
    rows: pl.DataFrame, name: str, colour: str, symbol: str, label: str, columns: tuple[str, str, str]
) -> list[go.Scatter]:
    """Return the lines of one group as one trace, and its marks with the places at both ends as another."""
    low, middle, high = (rows[column].to_list() for column in columns)
    labels = rows[label].to_list()
    words = [
        f"{row}: gemiddeld {format.number(mean, 1)}, tussen {format.number(start)} en {format.number(end)}"
        for row, start, mean, end in zip(labels, low, middle, high, strict=True)
    ]
    lines = go.Scatter(
        # None lifts the pen between two rows.
        x=[place for pair in zip(low, high, strict=True) for place in (*pair, None)],
        y=[row for row in labels for _ in range(3)],
        mode="lines",
        line={"color": colour, "width": 4},
        hoverinfo="skip",
        showlegend=False,
        legendgroup=name,
    )
    marks = go.Scatter(
        x=middle,
        y=labels,
        mode="markers",
        name=name,
        legendgroup=name,
        marker={"color": colour, "symbol": symbol, "size": 11},
        customdata=words,
        hovertemplate="%{customdata}<extra></extra>",
    )
    # One and the same place at both ends is written once, clear of the mark.
    starts = ["" if start == end else f"{format.number(start)} " for start, end in zip(low, high, strict=True)]
    ends = [f"{_CLEAR if start == end else ' '}{format.number(end)}" for start, end in zip(low, high, strict=True)]
    return [
        lines,
        _ends(low, labels, starts, "middle left", name),
        _ends(high, labels, ends, "middle right", name),
        marks,
    ]


def _ends(places: list[int], labels: list[str], texts: list[str], side: str, name: str) -> go.Scatter:
    return go.Scatter(
        x=places,
        y=labels,
        mode="text",
        text=texts,
        textposition=side,
        cliponaxis=False,
        hoverinfo="skip",
        showlegend=False,
        legendgroup=name,
    )


def _draw_limit(figure: go.Figure, limit: int) -> None:
    """Draw the line after the last of the first, its words within the chart: above it stands the legend."""
    figure.add_vline(x=limit + 0.5, line={"dash": "dash", "color": theme.NEUTRAL, "width": 2})
    figure.add_annotation(
        x=limit + 0.5,
        y=1,
        yref="paper",
        text=f"eerste {format.number(limit)}",
        xanchor="left",
        yanchor="top",
        xshift=4,
        showarrow=False,
    )
