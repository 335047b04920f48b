"""Time the reruns of each page in this process and print them as JSON.

The floor is a page of the same app without our layers: the same Streamlit calls that the real page made (widgets,
texts, charts, tables, downloads), recorded once and replayed with what they drew in memory; a chart is built anew from
its data. Boxes, links and the navigation are drawn on both.
"""

import json
import logging
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.registry import ENTRIES

RERUNS = 25
APP = Path(__file__).resolve().parents[1] / "app.py"

#: Boxes and links: replayed with the arguments they were made with, as places to draw in.
LAYOUT = ("container", "columns", "expander", "popover", "page_link")

#: What the floor draws. Set before each floor run; the script of an AppTest sees only module globals.
RECORDED: list[tuple[str, Any, dict[str, Any]]] = []


def floor_page() -> None:
    """Draw what was recorded, charts built anew from their data."""
    import streamlit as st

    from benchmarks.reruns import LAYOUT, RECORDED, rebuilt
    from dashboard import registry

    st.navigation(registry.navigation_pages(), position="hidden")
    for place, (kind, drawn, options) in enumerate(RECORDED):
        if kind == "plotly_chart":
            st.plotly_chart(rebuilt(drawn), key=f"chart{place}", **options)
        elif kind == "selectbox":
            st.selectbox(drawn, key=f"select{place}", **options)
        elif kind == "download_button":
            st.download_button(drawn, key=f"download{place}", **options)
        elif kind in LAYOUT:
            getattr(st, kind)(*drawn, **options)
        else:
            getattr(st, kind)(drawn, **options)


def rebuilt(chart: dict[str, Any]) -> go.Figure:
    """Return a figure built anew from its traces and layout, as a page that holds frames would."""
    figure = go.Figure(layout=chart["layout"])
    figure.add_traces([getattr(go, trace["type"].capitalize())(**trace) for trace in chart["data"]])
    return figure


def record(at: AppTest) -> list[tuple[str, Any, dict[str, Any]]]:
    """Run the page once more and return its Streamlit calls: kind, what was drawn, further options."""
    calls: list[tuple[str, Any, dict[str, Any]]] = []
    originals: dict[str, Callable[..., Any]] = {}
    texts = ("title", "header", "markdown", "info", "warning", "html")
    kinds = ("plotly_chart", "dataframe", "metric", "selectbox", "download_button", *texts, *LAYOUT)

    def recorder(kind: str) -> Callable[..., Any]:
        def call(*given: Any, **options: Any) -> Any:
            drawn: Any = given[0] if given else None
            kept = {name: value for name, value in options.items() if name not in ("key", "on_change")}
            if kind in LAYOUT:
                calls.append((kind, given, kept))
            elif kind == "plotly_chart":
                calls.append((kind, json.loads(drawn.to_json()), kept))
            elif kind == "metric":
                calls.append((kind, drawn, {"value": given[1]} | kept))
            elif kind == "selectbox":
                calls.append((kind, drawn, {"options": given[1]} | kept))
            else:
                calls.append((kind, drawn, kept))
            return originals[kind](*given, **options)

        return call

    for kind in kinds:
        originals[kind] = getattr(st, kind)
        setattr(st, kind, recorder(kind))
    try:
        at.run()
    finally:
        for kind, original in originals.items():
            setattr(st, kind, original)
    return calls


def seconds_per_rerun(*pages: AppTest) -> list[float]:
    """Return the median duration of a rerun of each page.

    The pages take turns, so that other work on the machine slows all of them; the first two reruns (imports,
    caches) are left out.
    """
    durations: list[list[float]] = [[] for _ in pages]
    for _ in range(RERUNS + 2):
        for at, found in zip(pages, durations, strict=True):
            began = time.perf_counter()
            at.run()
            found.append(time.perf_counter() - began)
            if at.exception:
                raise RuntimeError(str(at.exception[0].value))
    return [statistics.median(found[2:]) for found in durations]


def main() -> None:
    """Measure every page and print the rows."""
    import benchmarks.reruns as shared

    logging.disable(logging.WARNING)
    rows = []
    for entry in ENTRIES:
        at = AppTest.from_file(str(APP), default_timeout=120).run()
        if entry.key != "start":
            at.switch_page(f"pages/{entry.key}.py")
        if entry.key == "instelling":
            at.query_params["instelling"] = _first_institution()
        at.run()
        shared.RECORDED = record(at)
        drawn = [kind for kind, _, _ in shared.RECORDED]
        rerun, floor = seconds_per_rerun(at, AppTest.from_function(floor_page, default_timeout=120))
        rows.append(
            {
                "page": entry.key,
                "charts": drawn.count("plotly_chart"),
                "tables": drawn.count("dataframe"),
                "rerun": rerun,
                "floor": floor,
            }
        )
    sys.stdout.write(json.dumps(rows) + "\n")


def _first_institution() -> str:
    """Return the institution with the greatest needs."""
    from warehouse import versions
    from warehouse.connection import open_read_only

    published = versions.published(versions.data_folder())
    assert published is not None
    with open_read_only(published) as con:
        sql = "select instellingsnummer from mart.noden order by schooljaar desc, rang limit 1"
        return str(con.execute(sql).fetchall()[0][0])


if __name__ == "__main__":
    main()
