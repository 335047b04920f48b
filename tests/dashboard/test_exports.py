import csv
import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import polars as pl
import pytest
from pptx import Presentation

from dashboard import registry
from dashboard.charts import (
    Chart,
    ChartSpec,
    heat_map,
    horizontal_bars,
    likert_bars,
    scatter,
    stacked_bars,
    year_lines,
)
from dashboard.components import export_context
from dashboard.exports.context import ExportContext
from dashboard.exports.csv_file import csv_file
from dashboard.exports.images import for_paper, image_file
from dashboard.exports.pptx_file import pptx_file
from dashboard.exports.xlsx_file import xlsx_file
from dashboard.tables import Column, Table

CONTEXT = ExportContext(
    page="Noden",
    page_key="noden",
    schooljaar="2025-2026",
    peildatum=date(2025, 11, 21),
    versie=1,
    methode_versie="2026.1",
    is_demo=True,
    filters={"Schooljaar": "2025-2026", "Scholengroep": "12 · De Zuidster"},
)
SPEC = ChartSpec(
    "Doorlichting weegt het zwaarst door", "De Beuk staat bovenaan.", "doorlichtingen", "Elke balk is een score."
)


@pytest.fixture
def table() -> Table:
    frame = pl.DataFrame(
        {
            "naam": ["De Beuk", '=HYPERLINK("http://kwaad")', 'Noord; "Zuid"'],
            "score": [1234.5, None, 0.0],
            "aandeel": [0.308, None, 0.5],
            "datum": [date(2025, 3, 10), None, date(2025, 4, 1)],
            "reden": [None, "beschermd", None],
        }
    )
    columns = (
        Column("naam", "Instelling", "tekst"),
        Column("score", "Score", "decimaal1", "Gewogen som."),
        Column("aandeel", "Respons", "aandeel"),
        Column("datum", "Datum", "datum"),
    )
    return Table(frame, columns, reason="reden")


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_csv_is_belgian(table):
    rows = read_csv(csv_file(table, CONTEXT, "bron"))
    assert rows[0] == ["Instelling", "Score", "Respons (%)", "Datum"]
    assert rows[1] == ["De Beuk", "1234,5", "30,8", "10/03/2025"]
    assert rows[2] == ['\'=HYPERLINK("http://kwaad")', "beschermd", "beschermd", "beschermd"]
    assert rows[3][:2] == ['Noord; "Zuid"', "0,0"]
    assert rows[4] == []


def test_csv_says_where_its_numbers_come_from(table):
    notes = dict(row for row in read_csv(csv_file(table, CONTEXT, "de bron", "Zo te lezen."))[5:])
    assert notes["Scholengroep"] == "12 · De Zuidster"
    assert notes["Peildatum"] == "21/11/2025"
    assert notes["Gegevensversie"] == "1"
    assert notes["Aantal rijen (n)"] == "3"
    assert notes["Bron"] == "de bron"
    assert notes["Definitie: Score"] == "Gewogen som."
    assert "minder dan 5" in notes["Bescherming"]
    assert "verzonnen" in notes["Let op"]
    assert notes["Toelichting"] == "Zo te lezen."


def test_xlsx_holds_numbers_as_numbers_and_text_as_text(table):
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(table, CONTEXT, "bron")))
    sheet = book["Gegevens"]
    assert [cell.value for cell in sheet[1]] == ["Instelling", "Score", "Respons", "Datum"]
    assert [cell.value for cell in sheet[2]] == ["De Beuk", 1234.5, 0.308, datetime(2025, 3, 10)]
    assert sheet["C2"].number_format == r"0.0\ %"
    assert sheet["A3"].data_type == "s"
    assert sheet["A3"].value.startswith("=HYPERLINK")
    assert sheet["A3"].hyperlink is None
    assert sheet["B3"].value == "beschermd"
    notes = {row[0].value: row[1].value for row in book["Toelichting"].iter_rows()}
    assert notes["Bron"] == "bron"
    assert notes["Schooljaar"] == "2025-2026"


def charts() -> list[Chart]:
    frame = pl.DataFrame({"naam": ["De Beuk", "De Eik"], "x": [0.4, None], "y": [0.1, 0.2]})
    parts = {"x": ("Doorlichting", "#9A62B5"), "y": ("Leerrecht", "#B07A08")}
    return [
        horizontal_bars(frame, "naam", "x", SPEC),
        stacked_bars(frame, "naam", parts, SPEC),
        year_lines(frame, "naam", parts, SPEC),
        likert_bars(frame, "naam", [("x", "oneens"), ("y", "eens")], SPEC),
        scatter(frame, "x", "y", "naam", SPEC, axis_titles=("X", "Y")),
        heat_map(frame.with_columns(k=pl.col("naam")), "naam", "k", "y", SPEC),
    ]


@pytest.mark.parametrize("chart", charts(), ids=lambda chart: chart.native.kind)
def test_pptx_has_an_editable_chart_with_title_alt_text_and_origin(chart):
    slide = Presentation(io.BytesIO(pptx_file(chart, CONTEXT, 2))).slides[0]
    assert slide.shapes.title.text_frame.text == SPEC.title
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    assert frame._element.nvGraphicFramePr.cNvPr.get("descr") == SPEC.alt
    assert frame.chart.part.chart_workbook.xlsx_part is not None
    words = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "12 · De Zuidster" in words
    assert "Bron: doorlichtingen" in words
    assert "Elke balk is een score." in words
    assert "n = 2 rijen" in words
    assert "minder dan 5" in words


def test_pptx_carries_the_numbers_of_the_screen():
    chart = charts()[1]
    slide = Presentation(io.BytesIO(pptx_file(chart, CONTEXT, 2))).slides[0]
    plot = next(shape for shape in slide.shapes if shape.has_chart).chart.plots[0]
    assert list(plot.categories) == ["De Beuk", "De Eik"]
    assert [series.values for series in plot.series] == [(0.4, None), (0.1, 0.2)]


def test_a_figure_on_paper_says_where_it_comes_from():
    figure = for_paper(charts()[1], CONTEXT, 2)
    assert figure.layout.title.text == SPEC.title
    words = figure.layout.title.subtitle.text.replace("<br>", " ")
    assert "Peildatum 21/11/2025" in words
    assert "Elke balk is een score." in words
    assert "minder dan 5" in words
    assert charts()[1].figure.layout.title.text is None


def test_an_internal_list_says_so_in_every_export(table):
    internal = replace(CONTEXT, is_internal=True)
    words = "Interne lijst: alleen voor gebruik binnen GO!, niet verder verspreiden."
    assert ["Verspreiding", words] in read_csv(csv_file(table, internal, "bron"))
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(table, internal, "bron")))
    assert ("Verspreiding", words) in list(book["Toelichting"].iter_rows(values_only=True))
    slide = Presentation(io.BytesIO(pptx_file(charts()[1], internal, 2))).slides[0]
    assert words in " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert words in for_paper(charts()[1], internal, 2).layout.title.subtitle.text.replace("<br>", " ")


def test_other_exports_may_travel(table):
    assert "Interne lijst" not in csv_file(table, CONTEXT, "bron").decode("utf-8-sig")
    assert "Interne lijst" not in for_paper(charts()[1], CONTEXT, 2).layout.title.subtitle.text


@pytest.mark.parametrize(
    ("key", "is_internal"), [("noden", True), ("instelling", True), ("leerresultaten", True), ("edbi", False)]
)
def test_pages_that_list_instellingen_by_need_or_result_are_internal(data_dir, key, is_internal):
    assert export_context(registry.entry(key)).is_internal is is_internal


def test_one_list_on_a_page_of_figures_can_be_internal(data_dir):
    assert not export_context(registry.entry("bereik")).is_internal
    assert export_context(registry.entry("bereik"), is_internal=True).is_internal


@pytest.mark.browser
def test_images_are_real_images():
    assert image_file(charts()[0], CONTEXT, 2, "png").startswith(b"\x89PNG")
    assert b"<svg" in image_file(charts()[0], CONTEXT, 2, "svg")


def test_file_names_are_dutch_and_safe():
    assert CONTEXT.file_name("Te late termijnen / é", "csv") == "noden_te-late-termijnen-e_2025-2026.csv"
