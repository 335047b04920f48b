import csv
import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import polars as pl
import pytest
from pptx import Presentation
from pptx.chart.chart import Chart as OfficeChart
from pptx.enum.chart import XL_TICK_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Cm

from dashboard import registry
from dashboard.charts import (
    Chart,
    ChartSpec,
    heat_map,
    horizontal_bars,
    interval_dots,
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


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("noden", "Resultaten over minder dan 5 personen worden niet getoond"),
        ("bereik", "Deelnemers worden geteld, ook onder 5"),
        ("edbi", "Hoeveel personen uitgenodigd zijn en antwoordden, staat er wel, ook onder 5."),
        ("medewerkers", "kleine groepen zijn niet verborgen"),
    ],
)
def test_a_download_says_how_its_own_page_protects_persons(page, words):
    context = replace(CONTEXT, page_key=page)
    assert words in dict(context.lines(1, "een bron"))["Bescherming"]
    assert words in context.footer(1, "een bron")[-1]


def test_a_download_holds_the_title_of_its_figure_and_the_state_of_the_data_behind_it(table):
    context = replace(CONTEXT, titel="Wie is bereikt?", gegevens="niet getoetst (niet geleverd: verslagtool)")
    notes = dict(row for row in read_csv(csv_file(table, context, "de bron"))[5:])
    assert notes["Titel"] == "Wie is bereikt?"
    assert notes["Toestand van de gegevens"] == "niet getoetst (niet geleverd: verslagtool)"
    assert "gegevens: niet getoetst (niet geleverd: verslagtool)" in " ".join(context.footer(1, "bron"))
    assert {"Titel", "Toestand van de gegevens"}.isdisjoint(dict(CONTEXT.lines(1, "bron")))


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


def test_numbers_in_files_have_the_decimals_of_the_screen():
    frame = pl.DataFrame({"dagdelen": [8.0, 2646.69, None], "aandeel": [2 / 7, 0.3084, 0.001], "n": [7, 240, 60]})
    columns = (Column("dagdelen", "Dagdelen", "dagdelen"), Column("aandeel", "Aandeel", "aandeel"))
    made = Table(frame, columns, n={"aandeel": "n"})
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_file(made, CONTEXT, "bron")))["Gegevens"]
    assert [sheet[f"A{line}"].number_format for line in (2, 3)] == ["#,##0", "#,##0.0"]
    assert [sheet[f"B{line}"].number_format for line in (2, 3)] == [r"0\ %", r"0.0\ %"]
    assert sheet["B2"].value == 2 / 7
    told = [row[1] for row in read_csv(csv_file(made, CONTEXT, "bron"))[1:4]]
    assert told == ["29", "30,8", "afgerond naar 0"]  # no zero where it is not


def test_a_workbook_prints_whole_pages_that_say_where_they_come_from(table):
    book = openpyxl.load_workbook(
        io.BytesIO(xlsx_file(table, replace(CONTEXT, is_internal=True), "bron", "Lang. " * 60))
    )
    for sheet in book:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToHeight == 0, "as wide as one page, as many pages as it takes"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.oddHeader.left.text.startswith("Interne lijst")
        assert sheet.oddFooter.left.text == "Noden · peildatum 21/11/2025 · gegevensversie 1"
    notes = book["Toelichting"]
    row = next(cell.row for cell in notes["A"] if cell.value == "Toelichting")
    assert notes.row_dimensions[row].height == 4 * 15, "360 letters over lines of 100"
    assert openpyxl.load_workbook(io.BytesIO(xlsx_file(table, CONTEXT, "bron")))["Gegevens"].oddHeader.left.text is None


def charts() -> list[Chart]:
    frame = pl.DataFrame({"naam": ["De Beuk", "De Eik"], "x": [0.4, None], "y": [0.1, 0.2]})
    parts = {"x": ("Doorlichting", "#9A62B5"), "y": ("Leerrecht", "#B07A08")}
    return [
        horizontal_bars(frame, "naam", "x", SPEC),
        stacked_bars(frame, "naam", parts, SPEC),
        year_lines(frame, "naam", parts, SPEC),
        likert_bars(frame, "naam", [("x", "oneens"), ("y", "eens")], SPEC),
        scatter(frame, "x", "y", "naam", SPEC, axis_titles=("X", "Y")),
        interval_dots(frame.with_columns(h=pl.col("x") + 0.1), "naam", "x", "y", "h", SPEC),
    ]


def slide_of(chart: Chart, context: ExportContext = CONTEXT) -> Slide:
    return Presentation(io.BytesIO(pptx_file(chart, context, 2))).slides[0]


def office_chart(chart: Chart) -> OfficeChart:
    return next(shape for shape in slide_of(chart).shapes if shape.has_chart).chart


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


def test_a_map_of_cells_is_a_table_on_a_slide_with_the_words_of_the_screen():
    frame = pl.DataFrame({"naam": ["De Beuk", "De Eik"], "k": ["2024", "2025"], "y": [0.1, 0.2]})
    chart = heat_map(frame, "naam", "k", "y", SPEC, is_share=True)
    shape = next(shape for shape in slide_of(chart).shapes if shape.has_table)
    assert [[cell.text for cell in row.cells] for row in shape.table.rows] == [
        ["", "2024", "2025"],
        ["De Beuk", "10 %", "–"],
        ["De Eik", "–", "20 %"],
    ]
    assert shape._element.nvGraphicFramePr.cNvPr.get("descr") == SPEC.alt
    assert shape.height <= Cm(1.1) * 3, "few rows do not fill the slide"


def test_one_row_is_no_rows():
    assert "n = 1 rij · " in " ".join(CONTEXT.footer(1, "bron"))


def test_bars_on_a_slide_start_at_zero_and_name_every_row():
    many = pl.DataFrame({"naam": [f"School {n}" for n in range(30)], "x": [90.0 + n for n in range(30)]})
    drawn = office_chart(horizontal_bars(many, "naam", "x", SPEC))
    assert drawn.value_axis.minimum_scale == 0
    assert drawn.category_axis._element.find(qn("c:tickLblSkip")).get("val") == "1"
    below = office_chart(horizontal_bars(many.with_columns(pl.col("x") - 100), "naam", "x", SPEC))
    assert below.value_axis.minimum_scale is None
    assert below.category_axis.tick_label_position == XL_TICK_LABEL_POSITION.LOW


def test_lines_on_a_slide_show_the_stretch_of_the_screen():
    frame = pl.DataFrame({"jaar": ["2024", "2025"], "score": [498.0, 500.0]})
    chart = year_lines(frame, "jaar", {"score": ("Score", "#111111")}, SPEC)
    assert office_chart(chart).value_axis.minimum_scale == 0
    chart.figure.update_yaxes(range=[470, 530])
    assert (office_chart(chart).value_axis.minimum_scale, office_chart(chart).value_axis.maximum_scale) == (470, 530)


def test_an_axis_on_a_slide_writes_a_share_as_a_percentage():
    frame = pl.DataFrame({"naam": ["De Beuk"], "x": [0.4]})
    drawn = office_chart(horizontal_bars(frame, "naam", "x", SPEC, is_share=True))
    assert drawn.value_axis.tick_labels.number_format == r"0\ %"
    assert drawn.value_axis.maximum_scale is None
    nearly_all = frame.with_columns(x=0.99)
    assert office_chart(horizontal_bars(nearly_all, "naam", "x", SPEC, is_share=True)).value_axis.maximum_scale == 1


def test_an_interval_on_a_slide_runs_from_end_to_end_with_its_own_numbers():
    frame = pl.DataFrame({"naam": ["De Beuk"], "x": [0.4], "low": [0.3], "high": [0.6]})
    chart = interval_dots(frame, "naam", "x", "low", "high", SPEC)
    plot = office_chart(chart).plots[0]
    # The upper end lies below, the value over it, and the lower end in the colour of the paper on top.
    assert [(series.name, series.values) for series in plot.series] == [
        ("bovengrens", (0.6,)),
        ("schatting", (0.4,)),
        ("ondergrens", (0.3,)),
    ]
    assert plot.overlap == 100
    assert str(plot.series[2].format.fill.fore_color.rgb) == "FFFFFF"
    assert "waar de kleur wisselt, staat het cijfer" in words_of(slide_of(chart))


def test_ends_on_both_sides_of_zero_lie_beside_each_other():
    frame = pl.DataFrame({"naam": ["De Beuk"], "x": [0.4], "low": [-0.3], "high": [0.6]})
    chart = interval_dots(frame, "naam", "x", "low", "high", SPEC)
    plot = office_chart(chart).plots[0]
    assert plot.overlap == 0
    assert len({str(series.format.fill.fore_color.rgb) for series in plot.series}) == 3
    assert "waar de kleur wisselt" not in words_of(slide_of(chart))


def test_axes_of_a_scatter_on_a_slide_have_their_names():
    frame = pl.DataFrame({"n": ["a"], "x": [1.0], "y": [2.0]})
    drawn = office_chart(scatter(frame, "x", "y", "n", SPEC, axis_titles=("X", "Y")))
    titles = [axis.axis_title.text_frame.text for axis in (drawn.category_axis, drawn.value_axis)]
    assert titles == ["X", "Y"]


@pytest.mark.parametrize("filters", [1, 25])
def test_the_origin_stays_on_the_slide_below_the_chart(filters):
    context = replace(CONTEXT, filters={f"Filter {n}": "Alle scholengemeenschappen" for n in range(filters)})
    slide = slide_of(charts()[0], context)
    origin = next(shape for shape in slide.shapes if shape.has_text_frame and "Peildatum" in shape.text_frame.text)
    drawn = next(shape for shape in slide.shapes if shape.has_chart)
    assert origin.top + origin.height <= Cm(19.05)
    assert drawn.top + drawn.height <= origin.top
    assert drawn.height > Cm(6)


def words_of(slide: Slide) -> str:
    return " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_a_figure_on_paper_says_where_it_comes_from():
    figure = for_paper(charts()[1], CONTEXT, 2)
    assert figure.layout.title.text == SPEC.title
    words = figure.layout.title.subtitle.text.replace("<br>", " ")
    assert "Peildatum 21/11/2025" in words
    assert "Elke balk is een score." in words
    assert "minder dan 5" in words
    assert charts()[1].figure.layout.title.text is None


def test_a_title_of_more_lines_stays_whole_within_the_picture():
    chart = charts()[0]
    long = replace(chart, spec=replace(SPEC, title="Hoeveel instellingen " * 8))
    short_title, long_title = (for_paper(item, CONTEXT, 2).layout.title for item in (chart, long))
    assert long_title.text.count("<br>") == 1
    assert long_title.pad.t == short_title.pad.t + 13


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
    png = image_file(charts()[0], CONTEXT, 2, "png")
    assert png.startswith(b"\x89PNG")
    assert _chunks(png) <= {b"IHDR", b"sRGB", b"gAMA", b"sBIT", b"pHYs", b"IDAT", b"IEND"}, (
        "no words beside what is drawn"
    )
    svg = image_file(charts()[0], CONTEXT, 2, "svg")
    assert b"<svg" in svg
    assert not [tag for tag in (b"<script", b"<metadata", b"<foreignObject", b"<image", b"href") if tag in svg]


def _chunks(png: bytes) -> set[bytes]:
    """Return the kinds of parts that a PNG consists of."""
    kinds, place = set(), 8
    while place < len(png):
        kinds.add(png[place + 4 : place + 8])
        place += 12 + int.from_bytes(png[place : place + 4], "big")
    return kinds


def test_file_names_are_dutch_and_safe():
    assert CONTEXT.file_name("Te late termijnen / é", "csv") == "noden_te-late-termijnen-e_2025-2026.csv"
