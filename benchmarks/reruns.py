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
from streamlit.runtime import context
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, local_script_runner

from dashboard.registry import ENTRIES

RERUNS = 25
APP = Path(__file__).resolve().parents[1] / "app.py"

#: Widgets keep what was chosen under a key; on the floor it is the place of the widget.
WIDGETS = (
    "selectbox", "number_input", "text_input", "text_area", "radio", "download_button", "button", "file_uploader",
)  # fmt: skip
#: A form is drawn as one, empty; what sends it as a button: it may stand in a form only.
FORM, SENDS = "form", "form_submit_button"
TEXTS = ("title", "header", "markdown", "text", "info", "warning", "error", "html", "metric", "dataframe")
#: Boxes and links: replayed as places to draw in.
LAYOUT = ("container", "columns", "expander", "popover", "tabs", "page_link")
KINDS = ("plotly_chart", FORM, SENDS, *WIDGETS, *TEXTS, *LAYOUT)
#: What means nothing on the floor: its widgets have keys of their own and nobody clicks them.
LEFT_OUT = ("key", "on_change", "on_click", "args", "kwargs", "bind")

#: What the floor draws: kind, arguments, options; of a chart its data. Set before each floor run; the script of an
#: AppTest sees only module globals.
RECORDED: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []


def floor_page() -> None:
    """Draw what was recorded, charts built anew from their data."""
    from typing import Any

    import streamlit as st

    from benchmarks.reruns import FORM, RECORDED, SENDS, WIDGETS, rebuilt
    from dashboard import registry

    st.navigation(registry.navigation_pages(), position="hidden")
    drawn_as: dict[str, Any] = {FORM: st.form, SENDS: st.button}
    for place, (kind, given, options) in enumerate(RECORDED):
        if kind == "plotly_chart":
            st.plotly_chart(rebuilt(given[0]), key=f"chart{place}", **options)
        elif kind == FORM:
            drawn_as[FORM](f"form{place}", **options)
        elif kind == SENDS:
            drawn_as[SENDS](*given, key=f"button{place}", **options)
        elif kind in WIDGETS:
            getattr(st, kind)(*given, key=f"{kind}{place}", **options)
        else:
            getattr(st, kind)(*given, **options)


def rebuilt(chart: dict[str, Any]) -> go.Figure:
    """Return a figure built anew from its traces and layout, as a page that holds frames would."""
    figure = go.Figure(layout=chart["layout"])
    figure.add_traces([getattr(go, trace["type"].capitalize())(**trace) for trace in chart["data"]])
    return figure


def record(at: AppTest) -> list[tuple[str, tuple[Any, ...], dict[str, Any]]]:
    """Run the page once more and return its Streamlit calls: kind, arguments, options."""
    calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []
    originals = {kind: getattr(st, kind) for kind in KINDS}

    def recorder(kind: str) -> Callable[..., Any]:
        def call(*given: Any, **options: Any) -> Any:
            drawn = (json.loads(given[0].to_json()),) if kind == "plotly_chart" else given
            calls.append((kind, drawn, {name: value for name, value in options.items() if name not in LEFT_OUT}))
            return originals[kind](*given, **options)

        return call

    for kind in KINDS:
        setattr(st, kind, recorder(kind))
    try:
        at.run()
    finally:
        for kind, original in originals.items():
            setattr(st, kind, original)
    return calls


def keep_compiled_scripts() -> None:
    """Have AppTest compile a script once, as the server does; without this it does so at every rerun of both pages."""
    kept = ScriptCache()
    local_script_runner.ScriptCache = lambda: kept  # type: ignore[assignment,misc]


def without_browser() -> None:
    """Have AppTest say that no browser asks: a look at what it sent would make stand-ins, for 2 to 5 ms a rerun."""
    context._get_client_context = lambda: None


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
    keep_compiled_scripts()
    without_browser()
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
