"""Two amounts per row in four quarters: who has much of the one and little of the other is seen at once."""

from collections.abc import Mapping
from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl

from dashboard import format, theme
from dashboard.charts.model import Chart, ChartSpec, NativeChart, Series

#: Share of the height under zero, where rows with exactly zero lie beside instead of on each other.
_STRIP = 0.3
#: The same for a line of names under that strip, and for the words of the lower quarters under the names.
_LINE = 0.075
#: Successive multiples of this fraction spread evenly, whatever their number (golden ratio).
_SPREAD = 0.6180339887


@dataclass(frozen=True)
class Quarters:
    """Where the four quarters meet, and what each is called: low and high stand for the vertical amount."""

    x: float
    y: float
    left_high: str
    right_high: str
    left_low: str
    right_low: str


def quarter_scatter(
    frame: pl.DataFrame,
    x: str,
    y: str,
    label: str,
    group: str,
    styles: Mapping[str, tuple[str, str]],
    spec: ChartSpec,
    *,
    axis_titles: tuple[str, str],
    quarters: Quarters | None,
    named: str,
    decimals: tuple[int, int] = (2, 1),
    behind: tuple[str, pl.DataFrame] | None = None,
) -> Chart:
    """Return a mark per row, coloured and shaped by `group` (`styles`: value -> colour and symbol).

    Rows whose `y` is exactly zero lie in a strip of their own under the axis, spread so that they can be told apart;
    a missing value is not drawn. `named` is the column that says which rows get their label on the chart, under the
    strip; `quarters` the two limits (None draws none). Hovering shows the label and both amounts. `behind` is what the
    others are called and where they lie: small grey marks without a label, that the rows can be seen against.
    """
    known = frame.drop_nulls([x, y])
    others = behind[1].drop_nulls([x, y]) if behind else known.clear()
    top = max(1.0, *known[y].cast(pl.Float64), *others[y].cast(pl.Float64), quarters.y if quarters else 0.0)
    drawn, others = _with_height(known, y, top), _with_height(others, y, top)
    names = drawn.filter(pl.col(named)).sort(x)
    bottom = -top * (_STRIP + _LINE * (names.height + 2))
    figure = theme.figure(
        *([_nameless(others, behind[0], x)] if behind and others.height else []),
        *(
            _marks(drawn.filter(pl.col(group) == name), name, style, (x, y, label), axis_titles, decimals)
            for name, style in styles.items()
        ),
        height=560,
        xaxis={
            "title": {"text": axis_titles[0]},
            "automargin": True,
            "zeroline": False,
            **_width(pl.concat([known[x], others[x]])),
        },
        yaxis={
            "title": {"text": axis_titles[1]},
            "automargin": True,
            "zeroline": True,
            "range": [bottom, top * 1.12],
            **_ticks(top),
        },
        legend={**theme.LAYOUT["legend"], "traceorder": "normal"},
    )
    if quarters:
        _draw_quarters(figure, quarters, (-top * _STRIP, top * 1.12))
    # The leftmost name stands highest: no line to a mark then crosses a name.
    for line, row in enumerate(names.iter_rows(named=True), 1):
        _write_name(figure, row[x], row["hoogte"], -top * (_STRIP + _LINE * line), row[label])
    series = (
        Series(axis_titles[0], tuple(known[x].cast(pl.Float64)), theme.ACCENT),
        Series(axis_titles[1], tuple(known[y].cast(pl.Float64)), theme.AMBER),
    )
    return Chart(figure, spec, NativeChart("scatter", tuple(known[label]), series, "0." + "0" * decimals[0]))


def _with_height(rows: pl.DataFrame, y: str, top: float) -> pl.DataFrame:
    """Return the rows with the height they are drawn at (`hoogte`): exactly zero lies somewhere in the strip."""
    strip = -_STRIP * top * (0.1 + 0.8 * ((pl.int_range(pl.len()) * _SPREAD) % 1))
    return rows.with_columns(pl.when(pl.col(y) == 0).then(strip).otherwise(pl.col(y).cast(pl.Float64)).alias("hoogte"))


def _nameless(rows: pl.DataFrame, name: str, x: str) -> go.Scatter:
    return go.Scatter(
        x=rows[x].to_list(),
        y=rows["hoogte"].to_list(),
        mode="markers",
        name=name,
        marker={"color": theme.NEUTRAL, "size": 4, "opacity": 0.5},
        hoverinfo="skip",
    )


def _marks(
    rows: pl.DataFrame,
    name: str,
    style: tuple[str, str],
    columns: tuple[str, str, str],
    axis_titles: tuple[str, str],
    decimals: tuple[int, int],
) -> go.Scatter:
    x, y, label = columns
    words = [
        f"{text}<br>{axis_titles[0]}: {format.number(across, decimals[0])}<br>"
        f"{axis_titles[1]}: {format.number(up, decimals[1])}"
        for text, across, up in rows.select(label, x, y).iter_rows()
    ]
    return go.Scatter(
        x=rows[x].to_list(),
        y=rows["hoogte"].to_list(),
        mode="markers",
        name=name,
        marker={"color": style[0], "symbol": style[1], "size": 9, "opacity": 0.8},
        customdata=words,
        hovertemplate="%{customdata}<extra></extra>",
    )


def _width(values: pl.Series) -> dict[str, object]:
    """Return a range just around the marks: Plotly would make room for every name left of its mark."""
    known = values.cast(pl.Float64).to_list()
    room = 0.04 * ((max(known) - min(known)) or 1.0) if known else 0.0
    return {"range": [min(known) - room, max(known) + room]} if known else {}


def _ticks(top: float) -> dict[str, object]:
    """Return whole steps up to the top, and the word for none in the middle of the strip."""
    sizes = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
    step = next((size for size in sizes if top / size <= 8), sizes[-1])
    steps = [step * place for place in range(1, int(top / step) + 1)]
    return {"tickmode": "array", "tickvals": [-_STRIP * top / 2, *steps], "ticktext": ["geen", *map(str, steps)]}


def _draw_quarters(figure: go.Figure, quarters: Quarters, height: tuple[float, float]) -> None:
    """Draw both limits, the upright one from bottom to top of the marks only, and the words in the corners."""
    line = {"dash": "dash", "color": theme.NEUTRAL, "width": 1.5}
    figure.add_shape(type="line", x0=quarters.x, x1=quarters.x, y0=height[0], y1=height[1], line=line)
    figure.add_hline(y=quarters.y, line=line)
    corners = (
        (quarters.left_high, 0.005, 0.995, "left", "top"),
        (quarters.right_high, 0.995, 0.995, "right", "top"),
        (quarters.left_low, 0.005, 0.005, "left", "bottom"),
        (quarters.right_low, 0.995, 0.005, "right", "bottom"),
    )
    for text, across, up, side, edge in corners:
        figure.add_annotation(
            text=text, x=across, y=up, xref="paper", yref="paper", xanchor=side, yanchor=edge, showarrow=False
        )


def _write_name(figure: go.Figure, x: float, y: float, below: float, text: str) -> None:
    """Write a name under its mark, at height `below`, with a thin line between."""
    figure.add_annotation(
        x=x,
        y=y,
        ax=x,
        ay=below,
        axref="x",
        ayref="y",
        text=text,
        xanchor="right",
        yanchor="middle",
        arrowwidth=1,
        arrowcolor=theme.NEUTRAL,
        arrowhead=0,
        standoff=5,
    )
