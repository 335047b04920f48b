"""Progress towards targets: a bar for what was realised, a diamond for the forecast, a line at the target."""

import plotly.graph_objects as go
import polars as pl

from dashboard import format, theme
from dashboard.charts.axes import drawn, missing_words, office_format, value_axis
from dashboard.charts.model import Chart, ChartSpec, NativeChart, Series

#: Up to this share of the target a bar is too short for its text, on a narrow screen too.
_SHORT = 0.1


def target_bars(
    frame: pl.DataFrame,
    label: str,
    realised: str,
    forecast: str,
    spec: ChartSpec,
    *,
    widest: float = 1.5,
) -> Chart:
    """Return one bar a row; `realised` and `forecast` are shares of the target (1 = target reached).

    A share above `widest` is cut off at the edge of the figure (its text keeps the number), so that one
    target that was far exceeded does not flatten all others.
    """
    labels = frame[label].cast(pl.String).to_list()
    values, forecasts = (frame[column].cast(pl.Float64).to_list() for column in (realised, forecast))
    texts, expected = ([format.percentage(item, decimals=0) for item in column] for column in (values, forecasts))
    # The text of a short bar stands behind it; where the diamond of the forecast stands there, behind the diamond.
    is_crowded = [_is_crowded(item, target) for item, target in zip(values, forecasts, strict=True)]
    beside_bar = ["" if crowded else text for crowded, text in zip(is_crowded, texts, strict=True)]
    # There it says what it is: beside a diamond alone it would read as the forecast.
    beside_diamond = [f"\u2002nu {text}" if crowded else "" for crowded, text in zip(is_crowded, texts, strict=True)]
    figure = theme.figure(
        go.Bar(
            y=labels,
            x=drawn(_cut(values, widest), is_share=True),
            name="gerealiseerd",
            orientation="h",
            marker={"color": theme.ACCENT},
            text=beside_bar,
            customdata=texts,
            # A bar without length has no inside: 'auto' would leave its text out.
            textposition=["auto" if item and item > _SHORT else "outside" for item in values],
            insidetextanchor="start",
            insidetextfont={"color": theme.text_on(theme.ACCENT)},
            textangle=0,
            cliponaxis=False,
            hovertemplate="%{y}<br>gerealiseerd: %{customdata}<extra></extra>",
        ),
        *missing_words(labels, values),
        go.Scatter(
            y=labels,
            x=drawn(_cut(forecasts, widest), is_share=True),
            name="prognose op 31 augustus",
            mode="markers+text",
            marker={"symbol": "diamond", "size": 11, "color": theme.AMBER},
            text=beside_diamond,
            textposition="middle right",
            cliponaxis=False,
            customdata=expected,
            hovertemplate="%{y}<br>prognose op 31 augustus: %{customdata}<extra></extra>",
        ),
        go.Scatter(
            y=[*labels[:1], *labels[-1:]],
            x=[100, 100],
            name="doel",
            mode="lines",
            line={"dash": "dash", "color": theme.NEUTRAL, "width": 2},
            hoverinfo="skip",
        ),
        height=110 + 30 * max(len(labels), 2),
        yaxis={"autorange": "reversed", "automargin": True, "type": "category"},
        xaxis=value_axis(is_share=True, range=[-2, 100 * _edge(values + forecasts, widest)]),
        legend={**theme.LAYOUT["legend"], "traceorder": "normal"},
    )
    series = (
        Series("gerealiseerd", tuple(values), theme.ACCENT),
        Series("prognose op 31 augustus", tuple(forecasts), theme.AMBER),
    )
    return Chart(figure, spec, NativeChart("bar", tuple(labels), series, office_format(True)))


def _is_crowded(realised: float | None, forecast: float | None) -> bool:
    return (realised or 0) <= _SHORT and forecast is not None and forecast <= (realised or 0) + _SHORT


def _cut(values: list[float | None], widest: float) -> list[float | None]:
    return [None if item is None else min(item, widest) for item in values]


def _edge(values: list[float | None], widest: float) -> float:
    known = [item for item in values if item is not None]
    return min(max([1.05, *known]) * 1.04, widest * 1.04)
