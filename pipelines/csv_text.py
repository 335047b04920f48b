"""From the bytes of a CSV file to rows of text, whatever its encoding, delimiter and line ends.

The fast way is polars' parser. It is trusted only when every line of the file is accounted for; a
file with quotes that do not add up is split line by line instead, so that one open quote costs one
row and never the rows after it. A record is one row in Excel, however many lines its cells hold.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from itertools import islice

import polars as pl

from pipelines.contract import INVISIBLE, normalise_header
from pipelines.faults import LeveringFout

# Looked at this many bytes at a time, a large file stays in the processor's own memory.
BLOCK = 1 << 17
DELIMITERS = (";", "\t", ",")
OTHER_MARKS = ("|", ":", "^", "~")
HEAD_LINES = 50
LONGEST_QUOTED_RECORD = 200
# Cells are looked at this far beyond the header, to see that a row has shifted.
SURPLUS = 3
UTF8_SEQUENCE = re.compile(rb"[\xc2-\xc5][\x80-\xbf]|\xe2[\x80-\xbf]{2}")
UTF8_BOM = b"\xef\xbb\xbf"
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")
# MS-DOS ended a text with it, and some old programs still do.
OLD_END_OF_FILE = b"\x1a"
INVISIBLE_BYTES = tuple(chr(code).encode() for code in (*range(0xA0, 0x2070), 0xFEFF) if INVISIBLE.match(chr(code)))
# Excel's own note of the delimiter, above the header; Excel does not show it as a row.
SEPARATOR_NOTE = re.compile(rb'^"?sep=(.)"?\n', re.IGNORECASE)
# Stands beyond the last column of a row whose quotes never close, so that the row is refused and named.
BROKEN = "\ufffdopen aanhalingsteken"


def decode(data: bytes) -> bytes:
    """Return the bytes as UTF-8 without byte order mark or other invisible letters, with `\\n` line ends.

    Raises LeveringFout when the file is no text or mixes two encodings.
    """
    data = _utf16(data) if data.startswith(UTF16_BOMS) else data
    if b"\x00" in data:
        raise LeveringFout("geen_tekst", "Het bestand is geen tekstbestand. Lever een CSV of een XLSX.")
    data = _unix_lines(data.removesuffix(OLD_END_OF_FILE))
    return _without_invisible(data if _is_utf8(data) else _from_cp1252(data))


def _is_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8; block by block, so that a gigabyte of text is not made only to be thrown away."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for start in range(0, len(data), BLOCK):
            decoder.decode(view[start : start + BLOCK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _without_invisible(data: bytes) -> bytes:
    # By first byte, then one at a time: that costs far less than one pattern over a gigabyte.
    present = {first for first in {letter[:1] for letter in INVISIBLE_BYTES} if first in data}
    for letter in INVISIBLE_BYTES:
        if letter[:1] in present:
            data = data.replace(letter, b"")
    return data


def _unix_lines(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in data else data


def _utf16(data: bytes) -> bytes:
    try:
        return data.decode("utf-16").encode("utf-8")
    except UnicodeDecodeError as error:
        raise _cut_off("UTF-16") from error


def _cut_off(encoding: str) -> LeveringFout:
    return LeveringFout(
        "geen_tekst",
        f"Het bestand is afgebroken of beschadigd (onvolledige {encoding}). Exporteer het opnieuw.",
    )


def _from_cp1252(data: bytes) -> bytes:
    """Return the UTF-8 of a cp1252 file; a file that also holds UTF-8 letters is refused."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_two_encodings(data, error)
    # The five codes that cp1252 leaves undefined become U+FFFD: visible, never silently another letter.
    return data.decode("cp1252", errors="replace").encode("utf-8")


def _refuse_two_encodings(data: bytes, error: UnicodeDecodeError) -> None:
    mixed = re.match(UTF8_BOM, data) or UTF8_SEQUENCE.search(data)
    if mixed and error.reason == "unexpected end of data":
        raise _cut_off("UTF-8") from error
    if mixed:
        first, second = sorted(data.count(b"\n", 0, place) + 1 for place in (mixed.start(), error.start))
        where = f"op regel {first} en regel {second}" if second > first else f"op regel {first}"
        raise LeveringFout(
            "gemengde_tekensets",
            f"Het bestand mengt twee tekensets (UTF-8 en Windows-1252), onder meer {where}. "
            "Bewaar het opnieuw als 'CSV UTF-8'.",
        ) from error


def parse(data: bytes, known_headers: frozenset[str]) -> pl.DataFrame:
    """Return the records of decoded CSV bytes as text columns c0..cn plus `rij`, the Excel row (from 1).

    The last columns are beyond the header: what stands in them is surplus of its row. Blank lines keep
    their row number. Raises LeveringFout when no delimiter is recognised.
    """
    note = SEPARATOR_NOTE.match(data)
    if note:
        data = data[note.end() :]
    head = data[: 1 << 16].decode("utf-8", errors="ignore")
    delimiter = find_delimiter(head, known_headers)
    marks = _header_width(head, delimiter, known_headers) - 1
    width = marks + 1 + SURPLUS
    frame = _parse_fast(data, delimiter, marks, width)
    if frame is None:
        frame = _parse_by_line(data.decode("utf-8"), delimiter, marks, width)
    return frame.with_row_index("rij", offset=1)


def find_delimiter(text: str, known_headers: frozenset[str]) -> str:
    """Return the delimiter under which most cells of the first lines are known headers.

    Counting marks alone fails on `1,5;2,5;3,5`. Raises LeveringFout naming the mark that was found
    where it is none of the three that are allowed.
    """
    lines = [line for line in text.split("\n")[:HEAD_LINES] if line.strip()]

    def weight(mark: str) -> tuple[int, int]:
        known, _ = _most_known(csv.reader(lines, delimiter=mark), known_headers)
        return known, max((_outside_quotes(line, mark) for line in lines), default=0)

    marks = (*DELIMITERS, *OTHER_MARKS)
    # Marks that stand nowhere divide the lines in the same way: not at all.
    absent = [mark for mark in marks if mark not in text]
    whole = weight(absent[0]) if absent else (0, 0)
    weights = {mark: whole if mark in absent else weight(mark) for mark in marks}
    best = max(weights, key=lambda mark: weights[mark])
    if best in DELIMITERS and weights[best][1] > 0:
        return best
    found = f" Gevonden: '{best}'." if weights[best][1] > 0 else ""
    raise LeveringFout(
        "scheidingsteken",
        "Er is geen scheidingsteken herkend: de kolommen horen gescheiden te zijn door een puntkomma, "
        f"een komma of een tab.{found}",
    )


def _most_known(rows: Iterable[list[str]], known_headers: frozenset[str]) -> tuple[int, int]:
    """Return the known headers and the cells of the row with most known headers; of equals, of the widest."""
    best = (0, 0)
    for row in rows:
        # A row has no more known headers than cells: below a header most rows need no look.
        if len(row) > best[0]:
            best = max(best, (len(known_headers.intersection(map(normalise_header, row))), len(row)))
    return best


def _outside_quotes(line: str, mark: str) -> int:
    return sum(part.count(mark) for part in line.split('"')[::2])


def _header_width(head: str, delimiter: str, known_headers: frozenset[str]) -> int:
    """Return the number of cells of the row with most known headers; where there is none, of the widest."""
    rows = islice(csv.reader(io.StringIO(head), delimiter=delimiter), HEAD_LINES)
    return _most_known(rows, known_headers)[1]


def _parse_fast(data: bytes, delimiter: str, marks: int, width: int) -> pl.DataFrame | None:
    """Return polars' reading, or None when it does not account for every line of the file."""
    has_quotes = b'"' in data
    if has_quotes and data.count(b'"') % 2:
        return None
    try:
        frame = pl.read_csv(
            data,
            separator=delimiter,
            has_header=False,
            schema={f"c{place}": pl.String for place in range(width)},
            missing_columns="insert",
            truncate_ragged_lines=True,
            quote_char='"' if has_quotes else None,
        )
    except pl.exceptions.PolarsError:
        return None
    lines = data.count(b"\n") + (not data.endswith(b"\n"))
    if not has_quotes:
        return frame if frame.height == lines else None
    # Only a quoted cell holds a line end, so after the last quote none does.
    quoted = frame.head(data.count(b"\n", 0, data.rfind(b'"')) + 1)
    breaks = quoted.select(pl.all().str.count_matches("\n", literal=True).sum()).sum_horizontal().item() or 0
    if frame.height + breaks != lines or (breaks and _swallows_records(frame, delimiter, marks)):
        return None
    return frame


def _swallows_records(frame: pl.DataFrame, delimiter: str, marks: int) -> bool:
    """Whether a quoted cell holds a line with the delimiters of a record: then its quote was never closed."""
    other = f"[^{delimiter}\n]*"
    record = f"(?m)^{other}(?:{delimiter}{other}){{{marks}}}$"
    broken = pl.all().str.contains("\n", literal=True) & pl.all().str.contains(record)
    return bool(frame.select(pl.any_horizontal(broken.any())).item())


def _parse_by_line(text: str, delimiter: str, marks: int, width: int) -> pl.DataFrame:
    """Return the records found line by line; one with an open quote ends at its own line, marked BROKEN."""
    rows = [
        ([cell or None for cell in record] + [None] * width)[:width]
        for record in _records(text.removesuffix("\n").split("\n"), delimiter, marks, width)
    ]
    return pl.DataFrame(rows, schema={f"c{place}": pl.String for place in range(width)}, orient="row")


def _records(lines: list[str], delimiter: str, marks: int, width: int) -> Iterator[list[str]]:
    start = 0
    while start < len(lines):
        if '"' not in lines[start]:
            yield lines[start].split(delimiter)
            start += 1
            continue
        end = _end_of_record(lines, start, delimiter, marks)
        if end is None:
            cells = lines[start].replace('"', "").split(delimiter)
            yield [*(cells + [""] * width)[: width - 1], BROKEN]
            start += 1
        else:
            yield from csv.reader([f"{line}\n" for line in lines[start : end + 1]], delimiter=delimiter)
            start = end + 1


def _end_of_record(lines: list[str], start: int, delimiter: str, marks: int) -> int | None:
    """Return the last line of the record that begins at `start`, or None when its quotes do not add up.

    A following line that is a whole record by itself ends the hope that the quote is still open.
    """
    for end in range(start, min(len(lines), start + LONGEST_QUOTED_RECORD)):
        if end > start and _is_record(lines[end], delimiter, marks):
            return None
        record = lines[start : end + 1]
        if not _leaves_open(record, delimiter):
            return end if _is_well_formed(record, delimiter) else None
    return None


def _is_record(line: str, delimiter: str, marks: int) -> bool:
    return _outside_quotes(line, delimiter) == marks and not _leaves_open([line], delimiter)


def _leaves_open(lines: list[str], delimiter: str) -> bool:
    """Whether a quoted cell is still open after these lines: then one more line adds no record."""
    try:
        with_end = list(csv.reader([*(f"{line}\n" for line in lines), "einde"], delimiter=delimiter))
    except csv.Error:  # a cell longer than the csv module allows
        return True
    return with_end[-1] != ["einde"]


def _is_well_formed(lines: list[str], delimiter: str) -> bool:
    """Whether nothing but a delimiter follows a closing quote."""
    try:
        list(csv.reader([f"{line}\n" for line in lines], delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True
