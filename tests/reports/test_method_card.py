import io
import math
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm

from reports.document import paper_document
from reports.method_card import build_card
from reports.structure import Paper
from tests.reports.method_figures import ANCHORS, backtest, figures, robustness, smallest
from warehouse.settings import load_settings

SETTINGS = load_settings()
#: As many indicators as the settings have, with the longest name among them.
ALL_ANCHORS = (ANCHORS[0], *[ANCHORS[1]] * (len(SETTINGS["noden"]["indicatoren"]) - 1))
MOST_WORDS = 1_450


def card(**changes) -> Paper:
    return build_card(SETTINGS, ALL_ANCHORS, figures(**changes))


def made(paper: Paper) -> bytes:
    return paper_document(paper, figures().gebouwd_op)


@pytest.fixture(scope="module")
def document():
    return docx.Document(io.BytesIO(made(card())))


def test_card_has_the_parts_of_a_register_entry():
    paper = card()
    assert [label for label, _ in paper.facts] == [
        "Naam", "Doel", "Kader", "Verantwoordelijke", "Gebruikers", "Contact", "Stand", "Versie", "Bereik",
        "Persoonsgegevens",
    ]  # fmt: skip
    assert [section.title for section in paper.sections] == [
        "Gegevens", "Werkwijze", "Keuzes, en wie ze nam", "Menselijke beslissing en gevolgen", "Hoe zeker is de lijst?",
        "Beperkingen en risico's", "Toezicht",
    ]  # fmt: skip
    assert "voorstel" in dict(paper.facts)["Stand"].lower()
    assert "POC+" in dict(paper.facts)["Gebruikers"]


def test_demo_data_are_said_to_be_invented_and_the_card_to_be_internal():
    assert ["intern" in notice.lower() for notice in card().notices] == [True, False]
    assert "verzonnen" in card().notices[1]
    assert len(card(is_demo=False).notices) == 1


def test_headings_are_real_headings(document):
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[:2] == ["Title", "Subtitle"]
    assert styles.count("Heading 1") == len(card().sections)
    assert {"List Number", "List Bullet", "Caption"} <= set(styles)


def test_every_table_has_a_caption_alt_text_and_a_head_that_repeats(document):
    assert len(document.tables) == 1 + sum(len(section.grids) for section in card().sections)
    assert sum(paragraph.style.name == "Caption" for paragraph in document.paragraphs) == len(document.tables)
    for table in document.tables:
        properties = table._tbl.tblPr
        assert properties.find(qn("w:tblDescription")).get(qn("w:val"))
        assert properties.find(qn("w:tblCaption")).get(qn("w:val"))
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_no_page_begins_or_ends_with_a_lonely_row(document):
    for table in document.tables:
        stays = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in table.rows]
        assert stays[:3] == [True, True, True]
        assert stays[-3:-1] == [True, True]
        assert not stays[-1], "the end of a table does not pull what follows it along"


def test_a_head_of_one_word_is_not_broken():
    # Some 1.8 mm per wide letter of 8 points, bold, and 4 mm between the edges of a cell.
    for section in card().sections:
        for grid in section.grids:
            for head, part in zip(grid.head, grid.widths, strict=True):
                longest = max(len(word) for word in head.split())
                assert longest * 0.18 + 0.4 <= 17.8 * part / sum(grid.widths), (grid.caption, head)


def test_columns_and_cells_of_a_table_have_the_same_widths_and_fill_the_page(document):
    for table in document.tables:
        widths = [column.width for column in table.columns]
        assert [cell.width for cell in table.rows[-1].cells] == widths
        assert sum(widths) == pytest.approx(Cm(21 - 2 * 1.6), abs=Cm(0.01))


def test_captions_are_numbered_in_order(document):
    captions = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Caption"]
    numbers = ["".join(node.text for node in item._p.find(qn("w:fldSimple")).iter(qn("w:t"))) for item in captions]
    assert numbers == [str(place) for place in range(1, len(captions) + 1)]


def test_footer_says_where_it_comes_from_and_counts_pages(document):
    footer = document.sections[0].footer.paragraphs[0]
    assert "schooljaar 2029-2030 · peildatum 21 november 2029 · gegevensversie 12 · methode 2029.1" in footer.text
    assert [field.get(qn("w:instr")) for field in footer._p.iter(qn("w:fldSimple"))] == ["PAGE", "NUMPAGES"]


def test_language_is_dutch_and_properties_are_those_of_the_data(document):
    languages = {node.get(qn("w:val")) for node in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"nl-BE"}
    properties = document.core_properties
    assert (properties.author, properties.language, properties.revision) == ("Sterrenwacht", "nl-BE", 1)
    assert properties.created.isoformat(timespec="seconds").startswith("2029-11-21T08:30:12")
    assert properties.modified == properties.created


def test_the_same_snapshot_gives_the_same_bytes():
    first, second = made(card()), made(card())
    assert first == second
    assert first != made(card(versie=13))
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_document_holds_every_text_of_the_card(document):
    paper = card()
    body = "\n".join(paragraph.text for paragraph in document.paragraphs)
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    for section in paper.sections:
        assert all(text in body for text in (*section.paragraphs, *section.steps, *section.points))
        assert all(text in cells for grid in section.grids for row in grid.rows for text in row)
    assert all(text in cells for _, text in paper.facts)


def test_card_stays_within_two_pages_of_a4(document):
    words = sum(len(paragraph.text.split()) for paragraph in document.paragraphs)
    words += sum(len(cell.text.split()) for table in document.tables for row in table.rows for cell in row.cells)
    assert words <= MOST_WORDS
    assert _height(card()) <= 2 * (29.7 - 1.3 - 1.4)


def _height(paper: Paper) -> float:
    """Return the height of the card in centimetres, estimated from above: letters of 0,53 em, lines of 1,25 em."""
    point, width = 2.54 / 72, 21 - 2 * 1.6

    def lines(text: str, room: float, size: float) -> int:
        return max(math.ceil(len(text) * 0.53 * size * point / room), 1)

    def text_height(text: str, size: float = 8.5, around: float = 2, indent: float = 0) -> float:
        return lines(text, width - indent, size) * size * 1.25 * point + around * point

    def grid_height(rows, widths) -> float:
        rooms = [width * part / sum(widths) - 0.38 for part in widths]
        tall = [max(lines(text, room, 8) for text, room in zip(row, rooms, strict=True)) for row in rows]
        return sum(tall) * 8 * 1.25 * point + len(rows) * 0.03 + text_height("caption", 8, 4)

    total = text_height(paper.title, 17, 0) + text_height(paper.subtitle, 9.5, 3) + sum(map(text_height, paper.notices))
    total += grid_height([("Onderdeel", "Inhoud"), *paper.facts], (18, 82))
    for section in paper.sections:
        total += text_height(section.title, 11, 8) + sum(map(text_height, section.paragraphs))
        total += sum(text_height(text, 8.5, 1, indent=0.7) for text in (*section.steps, *section.points))
        total += sum(grid_height([grid.head, *grid.rows], grid.widths) for grid in section.grids)
    return total


def test_a_network_without_anything_to_say_still_gives_a_card():
    ranked = dict.fromkeys(("instellingen", "onvolledig", "duidelijk", "mogelijk", "niet"), 0)
    empty = card(
        ranked=ranked | {"rankability": None, "is_in_groepen": False},
        backtest=backtest(),
        robustness=robustness(),
        smallest=smallest().clear(),
        sources=figures().sources.clear(),
    )
    words = docx.Document(io.BytesIO(made(empty)))
    said = "\n".join(paragraph.text for paragraph in words.paragraphs)
    assert "er is niets om te rangschikken" in said
    assert "None" not in said
    assert "nan" not in said.lower().replace("financ", "")
    assert len(words.tables) == 3  # facts, decisions, anchors: a table without rows is left out


def test_a_year_without_new_unfavourable_advice_has_no_interval():
    hits = {"rangschikking": 0, "naief": 0}
    grid = card(backtest=backtest(("2024-2025", True, 0, hits))).sections[4].grids[0]
    assert {row[3] for row in grid.rows} == {"n.v.t."}


def test_the_look_back_shows_the_last_two_complete_years():
    grid = card().sections[4].grids[0]
    assert {row[0] for row in grid.rows} == {"2028-2029", "2029-2030"}
