"""Two dimensions at once: a heat map with its values written in, and a scatter plot."""

from collections.abc import Mapping

import plotly.graph_objects as go
import polars as pl

from dashboard import format, theme
from dashboard.charts.axes import office_format
from dashboard.charts.model import Chart, ChartSpec, NativeChart, Series


def heat_map(
    frame: pl.DataFrame,
    row: str,
    column: str,
    value: str,
    spec: ChartSpec,
    *,
    is_share: bool = False,
    decimals: int = 0,
) -> Chart:
    """Return a cell per row and column (order of first appearance), the value written in it.

    A combination that is not in the frame, or null, stays empty and is marked '–'.
    """
    rows = frame[row].cast(pl.String).unique(maintain_order=True).to_list()
    columns = frame[column].cast(pl.String).unique(maintain_order=True).to_list()
    cells = {(str(r), str(c)): v for r, c, v in frame.select(row, column, pl.col(value).cast(pl.Float64)).iter_rows()}
    grid = [[cells.get((r, c)) for c in columns] for r in rows]

    def words(item: float | None) -> str:
        if item is None:
            return "–"
        return format.percentage(item, decimals=decimals) if is_share else format.number(item, decimals)

    figure = theme.figure(
        go.Heatmap(
            x=columns,
            y=rows,
            z=grid,
            text=[[words(item) for item in line] for line in grid],
            texttemplate="%{text}",
            colorscale=theme.SEQUENTIAL,
            showscale=False,
            xgap=2,
            ygap=2,
            hovertemplate="%{y}, %{x}: %{text}<extra></extra>",
        ),
        height=110 + 30 * max(len(rows), 2),
        yaxis={"autorange": "reversed", "automargin": True, "type": "category"},
        xaxis={"type": "category", "automargin": True, "side": "top"},
    )
    series = tuple(
        Series(name, tuple(line[position] for line in grid), theme.SERIES[position % len(theme.SERIES)])
        for position, name in enumerate(columns)
    )
    written = tuple(tuple(words(item) for item in line) for line in grid)
    return Chart(figure, spec, NativeChart("table", tuple(rows), series, office_format(is_share, decimals), written))


def scatter(
    frame: pl.DataFrame,
    x: str,
    y: str,
    label: str,
    spec: ChartSpec,
    *,
    axis_titles: tuple[str, str],
    group: str | None = None,
    colours: Mapping[str, str] | None = None,
    decimals: int = 2,
) -> Chart:
    """Return a dot per row with its label on hover; each `group` has its own colour and symbol."""
    groups = frame[group].unique(maintain_order=True).to_list() if group else [None]
    symbols = ("circle", "diamond", "square", "triangle-up", "cross", "x")
    traces = []
    for position, name in enumerate(groups):
        part = frame.filter(pl.col(group) == name) if group and name is not None else frame
        traces.append(
            go.Scatter(
                x=part[x].to_list(),
                y=part[y].to_list(),
                mode="markers",
                name=str(name) if name is not None else "",
                marker={
                    "color": (colours or {}).get(str(name), theme.SERIES[position % len(theme.SERIES)]),
                    "symbol": symbols[position % len(symbols)],
                    "size": 9,
                    "opacity": 0.75,
                },
                customdata=part[label].to_list(),
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    figure = theme.figure(
        *traces,
        height=420,
        showlegend=group is not None,
        xaxis={"title": {"text": axis_titles[0]}, "automargin": True},
        yaxis={"title": {"text": axis_titles[1]}, "automargin": True},
    )
    points = frame.select(label, x, y).drop_nulls()
    series = (
        Series(axis_titles[0], tuple(points[x].cast(pl.Float64)), theme.ACCENT),
        Series(axis_titles[1], tuple(points[y].cast(pl.Float64)), theme.AMBER),
    )
    number_format = "0." + "0" * decimals if decimals else "0"
    return Chart(figure, spec, NativeChart("scatter", tuple(points[label]), series, number_format))
