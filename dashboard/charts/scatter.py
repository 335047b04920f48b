"""Two amounts per row in four quarters: who has much of the one and little of the other is seen at once."""

from collections.abc import Mapping
from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl

from dashboard import format, theme
from dashboard.charts.model import Chart, ChartSpec, NativeChart, Series

#: Share of the height under zero, where rows with exactly zero lie beside instead of on each other.
_STRIP = 0.22
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
    named: pl.DataFrame,
    decimals: tuple[int, int] = (2, 1),
) -> Chart:
    """Return a mark per row, coloured and shaped by `group` (`styles`: value -> colour and symbol).

    Rows whose `y` is exactly zero lie in a strip of their own under the axis, spread so that they can be told apart;
    a missing value is not drawn. `named` holds the rows that get their label on the chart; `quarters` the two limits
    (None draws none). Hovering shows the label and both amounts.
    """
    known = frame.drop_nulls([x, y])
    top = max(
        [float(str(value)) for value in (known[y].max(), quarters.y if quarters else None) if value is not None]
        or [1.0]
    )
    strip = _STRIP * max(top, 1.0)
    drawn = known.with_columns(
        pl.when(pl.col(y) == 0)
        .then(-strip * (0.12 + 0.76 * ((pl.int_range(pl.len()) * _SPREAD) % 1)))
        .otherwise(pl.col(y).cast(pl.Float64))
        .alias("hoogte")
    )
    figure = theme.figure(
        *(
            _marks(drawn.filter(pl.col(group) == name), name, style, (x, y, label), axis_titles, decimals)
            for name, style in styles.items()
        ),
        height=520,
        xaxis={"title": {"text": axis_titles[0]}, "automargin": True, "zeroline": False},
        yaxis={
            "title": {"text": axis_titles[1]},
            "automargin": True,
            "zeroline": True,
            "range": [-strip, max(top, 1.0) * 1.12],
            **_ticks(max(top, 1.0), strip),
        },
        legend={**theme.LAYOUT["legend"], "traceorder": "normal"},
    )
    if quarters:
        _draw_quarters(figure, quarters)
    for place, row in enumerate(
        drawn.filter(pl.col(label).is_in(named[label].implode())).sort(x).iter_rows(named=True)
    ):
        _write_name(figure, row[x], row["hoogte"], row[label], place)
    series = (
        Series(axis_titles[0], tuple(known[x].cast(pl.Float64)), theme.ACCENT),
        Series(axis_titles[1], tuple(known[y].cast(pl.Float64)), theme.AMBER),
    )
    return Chart(figure, spec, NativeChart("scatter", tuple(known[label]), series, "0." + "0" * decimals[0]))


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


def _ticks(top: float, strip: float) -> dict[str, object]:
    """Return whole steps up to the top, and the word for none in the middle of the strip."""
    step = next(
        size for size in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000) if top / size <= 8 or size == 10_000
    )
    steps = [step * place for place in range(1, int(top / step) + 1)]
    return {"tickmode": "array", "tickvals": [-strip / 2, *steps], "ticktext": ["geen", *map(format.number, steps)]}


def _draw_quarters(figure: go.Figure, quarters: Quarters) -> None:
    line = {"dash": "dash", "color": theme.NEUTRAL, "width": 1.5}
    figure.add_vline(x=quarters.x, line=line)
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


def _write_name(figure: go.Figure, x: float, y: float, text: str, place: int) -> None:
    # Names step up, so that those of marks close to each other do not cover each other.
    figure.add_annotation(
        x=x, y=y, text=text, ax=0, ay=-34 - 22 * place, arrowwidth=1, arrowcolor=theme.NEUTRAL, arrowhead=0, standoff=5
    )
