"""A paper as a Word document: A4, Dutch, real headings, captions, tables that repeat their head, page numbers.

The same paper gives the same bytes: dates come from the paper, and the zip inside the file carries none of its own.
"""

import io
import zipfile
from datetime import datetime

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as DocxTable
from docx.text.paragraph import Paragraph

from reports.structure import Grid, Paper, Section

LANGUAGE = "nl-BE"
AUTHOR = "Sterrenwacht"
_FONT = "Calibri"
_TEXT, _SMALL = Pt(8.5), Pt(8)
_INK = RGBColor(0x1F, 0x2A, 0x3A)
_WIDTH, _MARGIN = Cm(21), Cm(1.6)
#: Rows of a table that a page holds at least.
_FEWEST_ROWS = 3
#: The first moment a zip can hold; a fixed one keeps the bytes of the file the same.
_ZIP_START = (1980, 1, 1, 0, 0, 0)


def paper_document(paper: Paper, made_on: datetime) -> bytes:
    """Return the paper as DOCX; `made_on` (of the data, not of today) goes into the properties of the file."""
    document = Document()
    _prepare(document, paper, made_on)
    document.add_paragraph(paper.title, style="Title")
    document.add_paragraph(paper.subtitle, style="Subtitle")
    for notice in paper.notices:
        document.add_paragraph().add_run(notice).bold = True
    number = _add_facts(document, paper)
    for section in paper.sections:
        number = _add_section(document, section, number)
    out = io.BytesIO()
    document.save(out)
    return _without_clock(out.getvalue())


def _prepare(document: DocxDocument, paper: Paper, made_on: datetime) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = _WIDTH, Cm(29.7)
    page.left_margin = page.right_margin = _MARGIN
    page.top_margin, page.bottom_margin = Cm(1.3), Cm(1.4)
    page.header_distance, page.footer_distance = Cm(0.6), Cm(0.6)
    _style(document, "Normal", 8.5, after=2)
    _style(document, "Title", 17, after=0)
    _style(document, "Subtitle", 9.5, after=3)
    _style(document, "Heading 1", 11, before=6, after=2)
    _style(document, "Caption", 8, before=3, after=1)
    for name in ("List Number", "List Bullet"):
        _style(document, name, 8.5, after=1)
    # Without the line that the template draws under a title.
    for border in document.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)
    _set_language(document)
    _page_numbers(page.footer.paragraphs[0], paper.footer)
    properties = document.core_properties
    properties.title, properties.subject = paper.title, paper.subtitle
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = made_on.replace(microsecond=0)
    properties.language, properties.revision = LANGUAGE, 1
    properties.comments = properties.keywords = properties.category = ""


def _style(document: DocxDocument, name: str, size: float, *, before: float = 0, after: float = 0) -> None:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)
    style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for part in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(part), _FONT)
    for part in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(part), None)
    layout = style.paragraph_format
    layout.space_before, layout.space_after, layout.line_spacing = Pt(before), Pt(after), 1.0
    layout.widow_control = True


def _set_language(document: DocxDocument) -> None:
    for found in document.styles.element.iter(qn("w:lang")):
        for part in ("w:val", "w:eastAsia", "w:bidi"):
            found.set(qn(part), LANGUAGE)


def _page_numbers(paragraph: Paragraph, words: str) -> None:
    paragraph.add_run(f"{words} · pagina ").font.size = _SMALL
    _field(paragraph, "PAGE", "1")
    paragraph.add_run(" van ").font.size = _SMALL
    _field(paragraph, "NUMPAGES", "2")


def _field(paragraph: Paragraph, code: str, shown: str) -> None:
    """Add a field that Word fills in; `shown` stands there until it does."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = paragraph.add_run(shown)
    run.font.size = _SMALL
    field.append(run._r)
    paragraph._p.append(field)


def _add_facts(document: DocxDocument, paper: Paper) -> int:
    grid = Grid(
        "Kerngegevens",
        "Wat de rangschikking is, voor wie, en in welke stand.",
        ("Onderdeel", "Inhoud"),
        paper.facts,
        (18, 82),
    )
    return _add_grid(document, grid, 1)


def _add_section(document: DocxDocument, section: Section, number: int) -> int:
    document.add_heading(section.title, level=1)
    for text in section.paragraphs:
        document.add_paragraph(text)
    for text in section.steps:
        document.add_paragraph(text, style="List Number")
    for text in section.points:
        document.add_paragraph(text, style="List Bullet")
    for grid in section.grids:
        number = _add_grid(document, grid, number) if grid.rows else number
    return number


def _add_grid(document: DocxDocument, grid: Grid, number: int) -> int:
    """Add a table under its numbered caption; return the number of the next one."""
    caption = document.add_paragraph("Tabel ", style="Caption")
    _field(caption, r"SEQ Tabel \* ARABIC", str(number))
    caption.add_run(f". {grid.caption}")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=0, cols=len(grid.head), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _describe(table, grid)
    widths = [round((_WIDTH - 2 * _MARGIN) * part / sum(grid.widths)) for part in grid.widths]
    # Word reads the width of the cells, LibreOffice that of the columns.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for position, texts in enumerate((grid.head, *grid.rows)):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if position == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            cell.width = widths[place]
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.paragraph_format.keep_with_next = _stays_with_next(position, len(grid.rows))
            if place in grid.numeric:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = paragraph.add_run(text)
            run.font.size, run.bold = _SMALL, position == 0 or None
    return number + 1


def _stays_with_next(position: int, rows: int) -> bool:
    """Return whether a row stays on the page of the next: no page begins or ends with fewer than three rows of a table.

    `position` counts from the head, which is 0; the table has `rows` rows below it.
    """
    return position < _FEWEST_ROWS or rows - _FEWEST_ROWS < position < rows


def _describe(table: DocxTable, grid: Grid) -> None:
    """Give the table its alt text; python-docx has no call for it."""
    for tag, text in (("w:tblCaption", grid.caption), ("w:tblDescription", grid.alt)):
        part = OxmlElement(tag)
        part.set(qn("w:val"), text)
        table._tbl.tblPr.append(part)


def _without_clock(file: bytes) -> bytes:
    """Return the same zip with every part dated at the start of time, in the same order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, _ZIP_START), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
