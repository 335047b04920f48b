"""PNG and SVG of a chart, with its title and its origin on it; needs a Chromium on the server."""

import os
import shutil
import textwrap
from functools import cache
from typing import Literal

import kaleido
import plotly.graph_objects as go

from dashboard.charts.model import Chart
from dashboard.exports.context import ExportContext

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_WIDTH = 1200
#: A proxy that is not there: whatever the browser that draws looks for outside this machine, it does not find.
_NOWHERE = "http://127.0.0.1:9"


@cache
def has_browser() -> bool:
    """Return whether a Chromium was found: by `BROWSER_PATH`, or under one of its usual names."""
    named = os.environ.get("BROWSER_PATH")
    return bool(named and shutil.which(named)) or any(shutil.which(name) for name in _BROWSERS)


def image_file(chart: Chart, context: ExportContext, rows: int, form: Literal["png", "svg"]) -> bytes:
    """Return the chart as an image, 1200 pixels wide (PNG at twice that); `rows` is its n.

    Raises RuntimeError where no Chromium is found.
    """
    if not has_browser():
        raise RuntimeError("no Chromium found: an image cannot be made")
    return _drawn(for_paper(chart, context, rows), form)


def for_paper(chart: Chart, context: ExportContext, rows: int) -> go.Figure:
    """Return a copy of the figure on white, headed by its title, what is drawn, filters, peildatum and source."""
    title = "<br>".join(textwrap.wrap(chart.spec.title, 85))
    paragraphs = context.footer(rows, chart.spec.source, chart.spec.note)
    origin = "<br>".join(line for text in paragraphs for line in textwrap.wrap(text, 185))
    lower = 26 * title.count("<br>")
    top = 70 + lower + 18 * (origin.count("<br>") + 1) + (40 if _has_legend(chart) else 0)
    figure = go.Figure(chart.figure)
    figure.update_layout(
        template="plotly_white",
        width=_WIDTH,
        height=(chart.figure.layout.height or 400) + top,
        title={
            "text": title,
            "subtitle": {"text": origin, "font": {"size": 12, "color": "#4A5058"}},
            "x": 0.01,
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            # Plotly lays the middle of a title where its only line would be.
            "pad": {"t": 16 + lower // 2},
            "font": {"size": 20},
        },
        margin={"l": 20, "r": 60, "t": top, "b": 30},
    )
    return figure


def _has_legend(chart: Chart) -> bool:
    return chart.figure.layout.showlegend is not False and len(chart.figure.data) > 1


def _drawn(figure: go.Figure, form: Literal["png", "svg"]) -> bytes:
    _start_renderer()
    options = {
        "format": form,
        "width": figure.layout.width,
        "height": figure.layout.height,
        "scale": 2 if form == "png" else 1,
    }
    return bytes(kaleido.calc_fig_sync(figure, opts=options))


@cache
def _start_renderer() -> None:
    """Start the browser once and keep it: 0.2 s an image instead of 2. It asks nothing of anybody.

    Left alone it fetches MathJax from a network of others, and Chromium looks for its updates.
    """
    kaleido.start_sync_server(silence_warnings=True, mathjax=False, proxy_server=_NOWHERE)
