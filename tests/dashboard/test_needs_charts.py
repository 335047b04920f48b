import io

import polars as pl
import pytest
from pptx import Presentation

from dashboard.charts import ChartSpec
from dashboard.charts.ranks import rank_intervals
from dashboard.charts.scatter import Quarters, quarter_scatter
from dashboard.components.plain_table import plain_html
from dashboard.exports.context import ExportContext
from dashboard.exports.pptx_file import pptx_file
from dashboard.tables import Column, Table

SPEC = ChartSpec("Titel", "Bevinding.", "bron")
CONTEXT = ExportContext("Noden", "noden", "2025-2026", None, 1, "2026.1", False, is_internal=True)
STYLES = {"duidelijk": ("#9A62B5", "diamond"), "niet": ("#7A818B", "circle-open")}
RANKS = pl.DataFrame(
    {
        "label": ["1. De Beuk", "2. De Eik"],
        "midden": [1.0, 4.2],
        "laag": [1, 2],
        "hoog": [1, 9],
        "klasse": ["duidelijk", "niet"],
    }
)


def ranks(frame=RANKS, limit=5):
    return rank_intervals(frame, "label", "midden", "laag", "hoog", "klasse", STYLES, SPEC, limit=limit)


def test_both_ends_of_an_interval_are_written_and_equal_ends_once():
    written = [text.strip() for trace in ranks().figure.data if trace.mode == "text" for text in trace.text]
    assert written == ["", "1", "2", "9"]


def test_klassen_differ_in_symbol_too():
    marks = {trace.name: trace.marker.symbol for trace in ranks().figure.data if trace.mode == "markers"}
    assert marks == {"duidelijk": "diamond", "niet": "circle-open"}


def test_rows_run_from_top_to_bottom_in_the_order_of_the_list():
    axis = ranks().figure.layout.yaxis
    assert list(axis.categoryarray) == ["1. De Beuk", "2. De Eik"]
    assert axis.range[0] > axis.range[1]


@pytest.mark.parametrize(("limit", "is_drawn"), [(5, True), (50, False)])
def test_the_limit_is_drawn_where_it_falls_within_the_chart(limit, is_drawn):
    layout = ranks(limit=limit).figure.layout
    assert bool(layout.shapes) is is_drawn
    assert [note.text for note in layout.annotations] == ([f"eerste {limit}"] if is_drawn else [])


def test_no_rows_give_an_empty_chart():
    chart = ranks(RANKS.clear())
    assert chart.native.categories == ()
    assert not chart.figure.data


POINTS = pl.DataFrame(
    {
        "label": ["De Beuk", "De Eik", "De Linde", "De Wilg"],
        "score": [0.7, 0.4, 0.2, None],
        "dagdelen": [0.0, 12.5, 0.0, 4.0],
        "trap": ["duidelijk", "niet", "niet", "niet"],
        "is_genoemd": [True, False, False, False],
    }
)


def scatter(frame=POINTS, quarters=None, behind=None):
    return quarter_scatter(
        frame,
        "score",
        "dagdelen",
        "label",
        "trap",
        STYLES,
        SPEC,
        axis_titles=("score", "dagdelen"),
        quarters=quarters,
        named="is_genoemd",
        behind=behind,
    )


def test_others_lie_behind_without_a_name_and_within_the_axes():
    others = pl.DataFrame({"score": [0.1, 0.95, None], "dagdelen": [0.0, 40.0, 3.0]})
    figure = scatter(behind=("andere", others)).figure
    nameless, *own = figure.data
    assert (nameless.name, list(nameless.x)) == ("andere", [0.1, 0.95])
    assert nameless.hoverinfo == "skip"
    assert nameless.customdata is None
    assert nameless.y[0] < 0  # none: in the strip
    assert figure.layout.yaxis.range[1] > 40
    assert figure.layout.xaxis.range[0] < 0.1 < 0.95 < figure.layout.xaxis.range[1]
    assert len(own) == len(scatter().figure.data)


def test_none_lies_in_a_strip_under_zero_and_says_none():
    chart = scatter()
    heights = {label: y for trace in chart.figure.data for label, y in zip(trace.customdata, trace.y, strict=True)}
    assert all(y < 0 for words, y in heights.items() if "De Eik" not in words)
    assert heights["De Eik<br>score: 0,40<br>dagdelen: 12,5"] == 12.5
    assert chart.figure.layout.yaxis.ticktext[0] == "geen"
    assert all(int(text) >= 0 for text in chart.figure.layout.yaxis.ticktext[1:])


def test_an_unknown_amount_is_not_drawn_as_zero():
    assert not any("De Wilg" in words for trace in scatter().figure.data for words in trace.customdata)


def test_only_the_named_get_their_name_on_the_chart():
    quarters = Quarters(0.5, 10, "lager, veel", "hoog, veel", "lager, weinig", "hoog, weinig")
    texts = [note.text for note in scatter(quarters=quarters).figure.layout.annotations]
    assert texts == ["lager, veel", "hoog, veel", "lager, weinig", "hoog, weinig", "De Beuk"]


def test_names_step_down_to_the_right_so_that_no_line_crosses_one():
    all_named = POINTS.with_columns(is_genoemd=True)
    notes = scatter(all_named).figure.layout.annotations
    assert [note.text for note in notes] == ["De Linde", "De Eik", "De Beuk"]
    assert [note.ay for note in notes] == sorted((note.ay for note in notes), reverse=True)


def test_powerpoint_gets_the_amounts_and_not_the_strip():
    slide = Presentation(io.BytesIO(pptx_file(scatter(), CONTEXT, 4))).slides[0]
    plot = next(shape for shape in slide.shapes if shape.has_chart).chart.plots[0]
    assert list(plot.series[0].values) == [0.0, 12.5, 0.0]


@pytest.mark.parametrize("frame", [POINTS.clear(), POINTS.filter(pl.col("score").is_null())])
def test_nothing_known_gives_an_empty_chart(frame):
    assert scatter(frame).native.categories == ()


def test_a_plain_table_has_heads_links_and_nothing_that_runs():
    frame = pl.DataFrame({"naam": ["De <b>Beuk"], "adres": ['/instelling?a=1&b="2"#De <b>Beuk'], "score": [0.5]})
    columns = (Column("naam", "Instelling", "tekst"), Column("score", "Score", "decimaal2"))
    html = plain_html(Table(frame, columns, links={"naam": "adres"}), 'Rij "1"')
    assert '<th scope="col">Instelling</th><th scope="col">Score</th>' in html
    assert '<a href="/instelling?a=1&amp;b=&quot;2&quot;" target="_self">De &lt;b&gt;Beuk</a>' in html
    assert '<td class="getal">0,50</td>' in html
    assert 'aria-label="Rij &quot;1&quot;"' in html
