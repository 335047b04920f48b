"""How values are spread: columns of counts, a chosen part of them marked, and lines at what they are held against."""

from math import floor, log10

import plotly.graph_objects as go
import polars as pl

from dashboard import format, theme
from dashboard.charts.model import Chart, ChartSpec, NativeChart, Series

#: About as many columns as the eye can count.
_COLUMNS = 28
_HATCH = {"fillmode": "overlay", "fgcolor": theme.LIGHT_BACKGROUND, "size": 6, "solidity": 0.25}
_DASHES = ("solid", "dash", "dot", "dashdot")


def histogram(
    frame: pl.DataFrame,
    value: str,
    marked: str,
    spec: ChartSpec,
    *,
    names: tuple[str, str],
    lines: dict[str, float | None],
    is_share: bool = False,
    unit: str = "",
    count_title: str = "instellingen",
) -> Chart:
    """Return columns with the number of rows per step of `value`; the rows where `marked` is true on the bottom.

    `names` says what the marked and the other rows are; `lines` maps a name to the value where a line stands (None:
    no line). A share (0-1) is drawn in percent. Rows without a value are left out.
    """
    scale = 100 if is_share else 1
    known = frame.filter(pl.col(value).is_not_null()).select((pl.col(value) * scale).alias("x"), pl.col(marked))
    if known.is_empty():
        return Chart(theme.figure(), spec, NativeChart("column", (), ()))
    values = known["x"].to_list()
    width = _step(max(values) - min(values))
    # The crumb keeps 4.999999 out of the step that ends at 5; a share of 100 % belongs to the last step under it.
    begin = (pl.col("x") / width + 1e-9).floor() * width
    counted = (
        known.with_columns((pl.min_horizontal(begin, 100 - width) if is_share else begin).alias("begin"))
        .group_by("begin")
        .agg(gekozen=pl.col(marked).sum(), andere=(~pl.col(marked)).sum())
        .sort("begin")
    )
    begins = counted["begin"].to_list()
    suffix = " %" if is_share else unit
    steps = [f"{_written(begin, width)} tot {_written(begin + width, width)}{suffix}" for begin in begins]
    traces: list[go.Bar | go.Scatter] = []
    parts = (("gekozen", names[0], theme.AMBER), ("andere", names[1], theme.ACCENT))
    shown = [part for part in parts if counted[part[0]].sum()]
    for column, name, colour in shown:
        traces.append(
            go.Bar(
                x=[begin + width / 2 for begin in begins],
                y=counted[column].to_list(),
                width=width * 0.94,
                name=name,
                # Hatched as well: the chosen ones do not stand out by colour alone.
                marker={"color": colour, "pattern": {"shape": "/" if column == "gekozen" else "", **_HATCH}},
                customdata=steps,
                hovertemplate=f"%{{customdata}}<br>{name}: %{{y}}<extra></extra>",
            )
        )
    highest = max((counted["gekozen"] + counted["andere"]).to_list())
    placed = [(name, at * scale) for name, at in lines.items() if at is not None]
    colours = (theme.PURPLE, theme.GREEN, theme.GREY, theme.ROSE)
    for place, (name, at) in enumerate(placed):
        traces.append(
            go.Scatter(
                x=[at, at],
                y=[0, highest * 1.06],
                name=f"{name}: {format.number(at, 1)}{suffix}",
                mode="lines",
                line={"color": colours[place % 4], "width": 3, "dash": _DASHES[place % 4]},
                hovertemplate=f"{name}: {format.number(at, 1)}{suffix}<extra></extra>",
            )
        )
    figure = theme.figure(
        *traces,
        height=380,
        barmode="stack",
        xaxis={"automargin": True, "ticksuffix": suffix},
        yaxis={"title": {"text": count_title}, "rangemode": "tozero", "automargin": True},
        showlegend=True,
        legend={**theme.LAYOUT["legend"], "traceorder": "normal"},
    )
    series = tuple(
        Series(name, tuple(float(item) for item in counted[column]), colour) for column, name, colour in shown
    )
    return Chart(figure, spec, NativeChart("column", tuple(steps), series, "0"))


def _step(spread: float) -> float:
    """Return a round width (1, 2 or 5 times a power of ten) that gives about `_COLUMNS` columns."""
    if spread <= 0:
        return 1.0
    rough = spread / _COLUMNS
    power = 10.0 ** floor(log10(rough))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)


def _written(value: float, width: float) -> str:
    return format.number(value, 0 if width >= 1 else 1)
