"""What happened to one school on one axis: a lane per kind, bars for what lasts, marks for a day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from typing import Any

import plotly.graph_objects as go
import polars as pl

from dashboard import format, theme
from dashboard.charts.model import Chart, ChartSpec, NativeChart, Series
from dashboard.filled import filled

#: Pixels per row of a lane, and room left and right of what is drawn.
_ROW = 30
_MARGIN = timedelta(days=45)
_DAY = 86_400_000  # milliseconds
#: A bar stops so many days early where it can: two that follow each other would read as one.
_GAP = 6
_SYMBOLS = ("diamond", "square", "circle", "triangle-up", "cross")


@dataclass(frozen=True)
class _Event:
    """One event: `end` is None for a day."""

    start: date
    end: date | None
    title: str
    hover: str
    mark: str


def timeline(
    frame: pl.DataFrame, lanes: Mapping[str, tuple[str, str]], spec: ChartSpec, peildatum: date, *, mark: str = ""
) -> Chart:
    """Return the events of a frame on one axis of time; `lanes` maps a soort -> (name, colour), from top to bottom.

    Columns: `datum`, `einddatum` (null: one day, or without an end), `is_lopend` (runs on until `peildatum` where no
    end is known), `soort`, `titel`, `detail`; `mark` names a column with a short word to write at the event. Bars of
    one lane that overlap stand in rows under each other. A lane without events is left out. The Office chart counts
    the events of each lane per schooljaar of its first day.
    """
    present = {soort: lane for soort, lane in lanes.items() if soort in set(frame["soort"])}
    traces, ticks, top = [], [], 0
    # A kind keeps its sign, whichever others are there.
    signs = dict(zip(lanes, cycle(_SYMBOLS), strict=False))
    for soort, (name, colour) in present.items():
        events = _events(frame.filter(pl.col("soort") == soort).sort("datum"), peildatum, mark)
        rows = _rows(events)
        depth = max(rows) + 1
        traces += _lane(events, [top + row for row in rows], name, colour, signs[soort])
        ticks.append((top + (depth - 1) / 2, name))
        top += depth
    days = [*frame["datum"], *frame["einddatum"].drop_nulls(), peildatum]
    figure = theme.figure(
        *traces,
        height=110 + _ROW * max(top, 2),
        barmode="overlay",
        showlegend=False,
        hovermode="closest",
        xaxis={"type": "date", "range": [min(days) - _MARGIN, max(days) + _MARGIN], "automargin": True},
        yaxis={
            "range": [top - 0.4, -0.6],
            "tickvals": [place for place, _ in ticks],
            "ticktext": [name for _, name in ticks],
            "automargin": True,
            "zeroline": False,
            "showgrid": False,
        },
    )
    # Line and text apart: Plotly cannot place a text beside a line of dates.
    figure.add_vline(x=peildatum, line={"dash": "dash", "color": theme.NEUTRAL, "width": 2})
    figure.add_annotation(x=peildatum, y=1, yref="paper", yanchor="bottom", showarrow=False, text="peildatum")
    figure.update_layout(margin_t=28)
    return Chart(figure, spec, _native(frame, present))


def _events(frame: pl.DataFrame, peildatum: date, mark: str) -> list[_Event]:
    return [_event(row, peildatum, str(row[mark] or "") if mark else "") for row in frame.iter_rows(named=True)]


def _event(row: Mapping[str, Any], peildatum: date, mark: str) -> _Event:
    end = row["einddatum"] or (max(peildatum, row["datum"]) if row["is_lopend"] else None)
    when = format.date_short(row["datum"])
    if row["einddatum"]:
        when += f" tot {format.date_short(row['einddatum'])}"
    elif row["is_lopend"]:
        when += ", loopt nog"
    hover = "<br>".join(text for text in (row["titel"], when, row["detail"]) if text)
    return _Event(row["datum"], end, row["titel"], hover, mark)


def _rows(events: Sequence[_Event]) -> list[int]:
    """Return the row of each event (sorted by start): the first in which no bar is in its way; marks share row 0."""
    free_from: list[date] = []
    rows = []
    for event in events:
        if event.end is None:
            rows.append(0)
            continue
        row = next((row for row, day in enumerate(free_from) if day <= event.start), len(free_from))
        free_from[row : row + 1] = [event.end]
        rows.append(row)
    return rows


def _lane(events: Sequence[_Event], places: Sequence[float], name: str, colour: str, symbol: str) -> list[Any]:
    """Return the traces of one lane: its bars, its marks."""
    placed = list(zip(events, places, strict=True))
    bars = [(event, event.end, place) for event, place in placed if event.end is not None]
    marks = [(event, place) for event, place in placed if event.end is None]
    traces: list[Any] = []
    if bars:
        traces.append(
            go.Bar(
                base=[event.start for event, _, _ in bars],
                x=[_length(event.start, end) * _DAY for event, end, _ in bars],
                y=[place for _, _, place in bars],
                orientation="h",
                width=0.62,
                name=name,
                marker={"color": colour, "opacity": 0.85},
                customdata=[event.hover for event, _, _ in bars],
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    if marks:
        traces.append(
            go.Scatter(
                x=[event.start for event, _ in marks],
                y=[place for _, place in marks],
                mode="markers+text",
                name=name,
                text=[event.mark for event, _ in marks],
                textposition="middle right",
                marker={"color": colour, "size": 10, "symbol": symbol, "opacity": 0.75},
                cliponaxis=False,
                customdata=[event.hover for event, _ in marks],
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    return traces


def _length(start: date, end: date) -> int:
    """Return the days of a bar: one at least, so that it can be seen; a long one leaves room for the next."""
    days = (end - start).days
    return days - _GAP if days > 10 * _GAP else max(days, 1)


def _native(frame: pl.DataFrame, lanes: Mapping[str, tuple[str, str]]) -> NativeChart:
    start = (pl.col("datum").dt.offset_by("-8mo")).dt.year()  # a schooljaar starts on 1 September
    dated = frame.with_columns(filled("{}-{}", start, start + 1).alias("schooljaar"))
    years = tuple(sorted(dated["schooljaar"].unique().to_list()))
    counts = {(soort, year): count for soort, year, count in dated.group_by("soort", "schooljaar").len().iter_rows()}
    series = tuple(
        Series(name, tuple(counts.get((soort, year), 0) for year in years), colour)
        for soort, (name, colour) in lanes.items()
    )
    return NativeChart("column", years, series)
