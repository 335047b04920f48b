"""Lines over schooljaren, and estimates with their interval."""

from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from dashboard import format, theme
from dashboard.charts.axes import drawn, office_format, value_axis
from dashboard.charts.model import Chart, ChartSpec, NativeChart, Series


def year_lines(
    frame: pl.DataFrame,
    year: str,
    lines: Mapping[str, tuple[str, str]],
    spec: ChartSpec,
    *,
    is_share: bool = False,
    is_whole: bool = False,
    decimals: int = 1,
    height: int = 300,
) -> Chart:
    """Return a line per column over the schooljaren; `lines` maps column -> (name, colour).

    The first line is drawn solid, the others dashed (comparison). A missing year is a gap in the line. With
    `is_whole` the axis of shares runs to 100 %.
    """
    years = frame[year].cast(pl.String).to_list()
    traces, series = [], []
    for position, (column, (name, colour)) in enumerate(lines.items()):
        values = frame[column].cast(pl.Float64).to_list()
        texts = [
            format.percentage(item, decimals=decimals) if is_share else format.number(item, decimals) for item in values
        ]
        traces.append(
            go.Scatter(
                x=years,
                y=drawn(values, is_share),
                name=name,
                mode="lines+markers",
                connectgaps=False,
                line={"color": colour, "width": 3 if position == 0 else 2, "dash": _dash(position)},
                marker={"size": 8, "symbol": _symbol(position)},
                customdata=texts,
                hovertemplate=f"%{{x}}<br>{name}: %{{customdata}}<extra></extra>",
            )
        )
        series.append(Series(name, tuple(values), colour))
    figure = theme.figure(
        *traces,
        height=height,
        xaxis={"type": "category", "automargin": True},
        # From zero: a line that starts elsewhere makes small differences look large.
        yaxis=value_axis(is_share, **({"range": [0, 105]} if is_whole else {})),
    )
    return Chart(figure, spec, NativeChart("line", tuple(years), tuple(series), office_format(is_share, decimals)))


def interval_dots(
    frame: pl.DataFrame,
    label: str,
    value: str,
    low: str,
    high: str,
    spec: ChartSpec,
    *,
    is_share: bool = False,
    is_whole: bool = False,
    decimals: int = 0,
    colour: str = theme.ACCENT,
    target: float | None = None,
    target_label: str = "doel",
    value_name: str = "schatting",
) -> Chart:
    """Return a dot per row with a bar from `low` to `high`, in the frame's order from top to bottom.

    With `is_whole` the axis of shares runs to 100 %.
    """
    labels = frame[label].cast(pl.String).to_list()
    values, lows, highs = (frame[column].cast(pl.Float64).to_list() for column in (value, low, high))

    def words(item: float | None) -> str:
        return format.percentage(item, decimals=decimals) if is_share else format.number(item, decimals)

    def spread(bottom: float | None, top: float | None) -> str:
        return format.interval(bottom, top) if is_share else f"tussen {words(bottom)} en {words(top)}"

    texts = [f"{words(item)} ({spread(bottom, top)})" for item, bottom, top in zip(values, lows, highs, strict=True)]
    figure = theme.figure(
        go.Scatter(
            x=drawn(values, is_share),
            y=labels,
            mode="markers",
            name=value_name,
            marker={"color": colour, "size": 9},
            error_x={
                "type": "data",
                "symmetric": False,
                "array": _distances(drawn(values, is_share), drawn(highs, is_share)),
                "arrayminus": _distances(drawn(lows, is_share), drawn(values, is_share)),
                "color": colour,
                "thickness": 3,
                "width": 0,
            },
            customdata=texts,
            hovertemplate="%{y}: %{customdata}<extra></extra>",
        ),
        height=90 + 26 * max(len(labels), 2),
        showlegend=False,
        yaxis={"autorange": "reversed", "automargin": True, "type": "category"},
        xaxis=value_axis(is_share, **({"range": [0, 102]} if is_whole else {})),
    )
    if target is not None:
        figure.add_vline(
            x=drawn([target], is_share)[0],
            line={"dash": "dash", "color": theme.NEUTRAL, "width": 2},
            annotation={"text": f"{target_label} {words(target)}", "yanchor": "bottom"},
            annotation_position="top",
        )
        figure.update_layout(margin_t=28)
    series = (
        Series("ondergrens", tuple(lows), theme.NEUTRAL),
        Series(value_name, tuple(values), colour),
        Series("bovengrens", tuple(highs), theme.NEUTRAL),
    )
    # PowerPoint's bar chart keeps the three numbers editable where Plotly draws a dot with its interval.
    return Chart(figure, spec, NativeChart("bar_interval", tuple(labels), series, office_format(is_share, decimals)))


def _distances(bottoms: list[float | None], tops: list[float | None]) -> list[float | None]:
    return [None if bottom is None or top is None else top - bottom for bottom, top in zip(bottoms, tops, strict=True)]


def _dash(position: int) -> str:
    return ("solid", "dash", "dot", "dashdot")[position % 4]


def _symbol(position: int) -> str:
    return ("circle", "diamond", "square", "triangle-up")[position % 4]
