"""How CSV bytes become records: encodings, delimiters, quotes, and the row numbers that Excel shows."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import csv_text
from pipelines.csv_text import BROKEN, decode, find_delimiter, parse
from pipelines.faults import LeveringFout

KNOWN = frozenset({"nr", "naam", "aantal"})
HEADER = "nr;naam;aantal\n"


def records(text: str) -> list[tuple[str | int | None, ...]]:
    """Return (row, cells within the header, whether something stands beyond it) of every record."""
    frame = parse(text.encode(), KNOWN)
    return [(row[0], *row[1:4], *([row[-1]] if row[-1] else [])) for row in frame.rows()][1:]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end_give_the_same_text(encoding: str, line_end: str) -> None:
    written = f"nr;naam{line_end}1;Één café – €{line_end}".encode(encoding)
    assert decode(written).decode() == "nr;naam\n1;Één café – €\n"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            "1;café\n".encode() * 3 + "4;café\n".encode("cp1252"),
            "Het bestand mengt twee tekensets (UTF-8 en Windows-1252), onder meer op regel 1 en regel 4. "
            "Bewaar het opnieuw als 'CSV UTF-8'.",
        ),
        (
            "1;café\r2;café\r".encode("cp1252") + "3;café\r".encode(),
            "Het bestand mengt twee tekensets (UTF-8 en Windows-1252), onder meer op regel 1 en regel 3. "
            "Bewaar het opnieuw als 'CSV UTF-8'.",
        ),
        (
            b"\xef\xbb\xbfnaam\n" + "2;café\n".encode("cp1252"),
            "Het bestand mengt twee tekensets (UTF-8 en Windows-1252), onder meer op regel 1 en regel 2. "
            "Bewaar het opnieuw als 'CSV UTF-8'.",
        ),
        (
            "1;café\n2;caf".encode() + b"\xc3",
            "Het bestand is afgebroken of beschadigd (onvolledige UTF-8). Exporteer het opnieuw.",
        ),
        (b"MZ\x90\x00\x03\x00", "Het bestand is geen tekstbestand. Lever een CSV of een XLSX."),
    ],
)
def test_bytes_that_are_no_one_text_are_refused(data: bytes, sentence: str) -> None:
    with pytest.raises(LeveringFout) as refusal:
        decode(data)
    assert str(refusal.value) == sentence


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.text(alphabet="aé€😀\n").map(str.encode) | st.binary(max_size=12), block=st.integers(1, 5))
def test_looking_block_by_block_sees_what_looking_at_the_whole_sees(
    monkeypatch: pytest.MonkeyPatch, data: bytes, block: int
) -> None:
    monkeypatch.setattr(csv_text, "BLOCK", block)
    try:
        is_text = data.decode("utf-8") is not None
    except UnicodeDecodeError:
        is_text = False
    assert csv_text._is_utf8(data) is is_text


def test_decimal_commas_do_not_hide_the_delimiter() -> None:
    assert find_delimiter("nr;naam;aantal\n1,5;2,5;3,5,7,9\n", KNOWN) == ";"


def test_the_delimiter_is_found_below_a_title_full_of_commas() -> None:
    assert find_delimiter("Lijst, voorlopig, niet verspreiden,,,,\nnr;naam;aantal\n", KNOWN) == ";"


@given(rows=st.lists(st.lists(st.sampled_from(["nr", " NR", "naam", "aantal", "x", ""]), max_size=5)))
def test_rows_too_narrow_to_be_the_header_need_no_look(rows: list[list[str]]) -> None:
    looked_at = [(len({cell.strip().lower() for cell in row} & KNOWN), len(row)) for row in rows]
    assert csv_text._most_known(rows, KNOWN) == max(looked_at, default=(0, 0))


def test_another_delimiter_is_named() -> None:
    with pytest.raises(LeveringFout, match=r"een tab\. Gevonden: '\|'\.$"):
        find_delimiter("nr|naam|aantal\n1|a|2\n", KNOWN)


def test_one_open_quote_in_a_thousand_rows_costs_one_row() -> None:
    lines = [f"{n};naam {n};{n}" for n in range(1, 1001)]
    lines[499] = '500;"naam 500;500'

    found = records(HEADER + "\n".join(lines) + "\n")

    assert [row[0] for row in found if row[-1] == BROKEN] == [501]
    assert [row for row in found if row[-1] != BROKEN] == [
        (n + 1, str(n), f"naam {n}", str(n)) for n in range(1, 1001) if n != 500
    ]


def test_one_open_quote_costs_one_row_where_every_cell_is_quoted() -> None:
    lines = [f'"{n}";"naam {n}";"{n}"' for n in range(1, 101)]
    lines[49] = '"50";"naam 50;"50"'

    found = records(HEADER + "\n".join(lines) + "\n")

    assert [row[0] for row in found if row[-1] == BROKEN] == [51]
    assert len(found) == 100


def test_two_open_quotes_far_apart_do_not_swallow_the_rows_between() -> None:
    lines = [f"{n};naam {n};{n}" for n in range(1, 101)]
    lines[9], lines[79] = '10;"naam 10;10', '80;"naam 80;80'

    found = records(HEADER + "\n".join(lines) + "\n")

    assert [row[0] for row in found if row[-1] == BROKEN] == [11, 81]
    assert len(found) == 100


@given(st.sets(st.integers(0, 39), max_size=12), st.sampled_from(['{};"naam {};{}', '"{};naam {};{}']), st.booleans())
def test_open_quotes_cost_their_own_rows_wherever_they_stand(broken: set[int], wrong: str, has_breaks: bool) -> None:
    good = '{};"naam\n{}";{}' if has_breaks else "{};naam {};{}"
    lines = [(wrong if n in broken else good).format(n, n, n) for n in range(40)]

    found = records(HEADER + "\n".join(lines) + "\n")

    assert {row[0] - 2 for row in found if row[-1] == BROKEN} == broken
    text = "naam\n{}" if has_breaks else "naam {}"
    assert [row for row in found if row[-1] != BROKEN] == [
        (n + 2, str(n), text.format(n), str(n)) for n in range(40) if n not in broken
    ]


def test_an_open_quote_in_the_last_row_costs_that_row() -> None:
    found = records(HEADER + '1;a;1\n2;"b;2')
    assert found == [(2, "1", "a", "1"), (3, "2", "b", "2", BROKEN)]


def test_a_quoted_line_break_is_one_row_in_excel_and_a_blank_line_counts() -> None:
    found = records(HEADER + '1;"op twee\nregels";1\n\n2;b;2\n')
    assert found == [(2, "1", "op twee\nregels", "1"), (3, None, None, None), (4, "2", "b", "2")]


def test_line_breaks_are_seen_up_to_the_last_quote_of_a_file() -> None:
    assert records(HEADER + '1;"a\nb";1\n2;c;2\n3;"d\n\ne";"3"\n4;f;4\n') == [
        (2, "1", "a\nb", "1"),
        (3, "2", "c", "2"),
        (4, "3", "d\n\ne", "3"),
        (5, "4", "f", "4"),
    ]


def test_a_quoted_line_break_stays_one_row_beside_an_open_quote() -> None:
    found = records(HEADER + '1;"op twee\nregels";1\n2;"b;2\n3;"nog\neens";3\n')
    assert found == [
        (2, "1", "op twee\nregels", "1"),
        (3, "2", "b", "2", BROKEN),
        (4, "3", "nog\neens", "3"),
    ]


def test_a_quote_inside_a_cell_is_a_character() -> None:
    assert records(HEADER + '1;scherm van 12";1\n2;b;2\n') == [(2, "1", 'scherm van 12"', "1"), (3, "2", "b", "2")]


def test_doubled_quotes_and_delimiters_inside_quotes_are_text() -> None:
    assert records(HEADER + '1;"zei ""ja""; en zweeg";1\n') == [(2, "1", 'zei "ja"; en zweeg', "1")]


def test_a_cell_beyond_the_header_is_kept_in_sight() -> None:
    frame = parse((HEADER + "1;a;1;te veel\n").encode(), KNOWN)
    assert frame.row(1)[4] == "te veel"


def test_excels_own_note_of_the_delimiter_is_no_row() -> None:
    assert records("sep=;\n" + HEADER + "1;a;1\n") == [(2, "1", "a", "1")]
