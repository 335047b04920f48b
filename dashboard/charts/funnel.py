"""A funnel: the share of each group against its size, between the limits that chance alone would give."""

import numpy as np
import plotly.graph_objects as go
import polars as pl

from analysis.funnel import funnel_limits
from dashboard import format, theme
from dashboard.charts.axes import drawn, value_axis
from dashboard.charts.model import Chart, ChartSpec, NativeChart, Series

LEVELS = (0.95, 0.998)
_DASHES = {0.95: "dash", 0.998: "dot"}
#: Limits run in small steps; the eye sees a smooth line from about this many sizes on.
_STEPS = 80


def funnel(
    frame: pl.DataFrame,
    n: str,
    share: str,
    label: str,
    marked: str,
    target: float,
    spec: ChartSpec,
    *,
    names: tuple[str, str],
    size_title: str,
    target_name: str,
) -> Chart:
    """Return a dot per row at its size and share (0-1), and the limits around `target` at 95 and 99.8 %.

    Rows where `marked` is true have another colour and symbol; `names` says what the marked and the other rows are.
    Rows without a size or a share are left out. Source of the limits: `analysis.funnel`.
    """
    points = frame.filter(pl.col(n).is_not_null() & pl.col(share).is_not_null()).sort(marked, maintain_order=True)
    persons = points[n].to_list() or [1]
    sizes = np.unique(np.linspace(max(min(persons), 1), max(persons), _STEPS).astype(int))
    traces = [
        go.Scatter(
            x=sizes.tolist(),
            y=[target * 100] * len(sizes),
            name=f"{target_name} {format.percentage(target)}",
            mode="lines",
            line={"color": theme.NEUTRAL, "width": 2},
            hoverinfo="skip",
        )
    ]
    for level in LEVELS:
        for place, limit in enumerate(funnel_limits(sizes, target, level)):
            traces.append(
                go.Scatter(
                    x=sizes.tolist(),
                    y=(limit * 100).tolist(),
                    name=f"{format.percentage(level, decimals=0 if level == 0.95 else 1)}-grenzen",
                    legendgroup=str(level),
                    showlegend=place == 0,
                    mode="lines",
                    line={"color": theme.NEUTRAL, "width": 1.5, "dash": _DASHES[level]},
                    hoverinfo="skip",
                )
            )
    for is_marked, name in ((False, names[1]), (True, names[0])):
        part = points.filter(pl.col(marked) == is_marked)
        if part.is_empty():
            continue
        traces.append(
            go.Scatter(
                x=part[n].to_list(),
                y=drawn(part[share].to_list(), is_share=True),
                name=name,
                mode="markers",
                marker={
                    "color": theme.AMBER if is_marked else theme.ACCENT,
                    "symbol": "diamond" if is_marked else "circle",
                    "size": 11 if is_marked else 7,
                    "opacity": 0.95 if is_marked else 0.6,
                },
                customdata=[
                    f"{who}: {format.percentage(value, size)} van {format.number(size)} leerlingen"
                    for who, size, value in part.select(label, n, share).iter_rows()
                ],
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    figure = theme.figure(
        *traces,
        height=440,
        xaxis={"title": {"text": size_title}, "automargin": True, "rangemode": "tozero"},
        yaxis=value_axis(is_share=True, range=[0, 102]),
    )
    series = (
        Series(size_title, tuple(points[n].cast(pl.Float64)), theme.ACCENT),
        Series("aandeel", tuple(points[share].cast(pl.Float64)), theme.AMBER),
    )
    return Chart(figure, spec, NativeChart("scatter", tuple(points[label]), series, r"0\ %"))
