"""From the bytes of a CSV file to rows of text, whatever its encoding, delimiter and line ends.

The fast way is polars' parser. It is trusted only when every line of the file is accounted for; a
file with quotes that do not add up is split line by line instead, so that one open quote costs one
row and never the rows after it.
"""

import csv
import io
import re
from collections.abc import Iterator

import polars as pl

from pipelines.contract import normalise_header
from pipelines.faults import LeveringFout

DELIMITERS = (";", "\t", ",")
OTHER_MARKS = ("|", ":", "^", "~")
HEAD_LINES = 50
LONGEST_QUOTED_RECORD = 200
UTF8_SEQUENCE = re.compile(rb"[\xc3-\xc5\xe2][\x80-\xbf]")
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# Stands beyond the last column of a row whose quotes never close, so that the row is refused and named.
BROKEN = "\ufffdopen aanhalingsteken"


def decode(data: bytes) -> bytes:
    """Return the bytes as UTF-8 without byte order mark and with `\\n` line ends.

    Raises LeveringFout when the file is no text or mixes two encodings.
    """
    encoding = next((name for bom, name in BOMS if data.startswith(bom)), None)
    if encoding == "utf-8-sig":
        data = data[3:]
    elif encoding == "utf-16":
        data = _utf16(data)
    elif b"\x00" in data[:8192]:
        raise LeveringFout("geen_tekst", "Het bestand is geen tekstbestand. Lever een CSV of een XLSX.")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        data = _from_cp1252(data, error.start)
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data


def _utf16(data: bytes) -> bytes:
    try:
        return data.decode("utf-16").encode("utf-8")
    except UnicodeDecodeError as error:
        raise LeveringFout(
            "geen_tekst",
            "Het bestand is afgebroken of beschadigd (onvolledige UTF-16). Exporteer het opnieuw.",
        ) from error


def _from_cp1252(data: bytes, first: int) -> bytes:
    """Return the UTF-8 of a cp1252 file; a file that also holds UTF-8 letters is refused."""
    mixed = UTF8_SEQUENCE.search(data)
    if mixed:
        lines = sorted(data.count(b"\n", 0, place) + 1 for place in (mixed.start(), first))
        raise LeveringFout(
            "gemengde_tekensets",
            f"Het bestand mengt twee tekensets (UTF-8 en Windows-1252), onder meer op regel {lines[0]} en "
            f"regel {lines[1]}. Bewaar het opnieuw als 'CSV UTF-8'.",
        )
    # The five codes that cp1252 leaves undefined become U+FFFD: visible, never silently another letter.
    return data.decode("cp1252", errors="replace").encode("utf-8")


def find_delimiter(text: str, known_headers: frozenset[str]) -> str:
    """Return the delimiter under which most cells of the first lines are known headers.

    Counting marks alone fails on `1,5;2,5;3,5`. Raises LeveringFout naming the mark that was found
    where it is none of the three that are allowed.
    """
    lines = [line for line in text.split("\n")[:HEAD_LINES] if line.strip()]

    def weight(mark: str) -> tuple[int, int]:
        rows = [[normalise_header(cell) for cell in row] for row in csv.reader(lines, delimiter=mark)]
        known = max((len(known_headers.intersection(row)) for row in rows), default=0)
        return known, max(_outside_quotes(line, mark) for line in lines)

    weights = {mark: weight(mark) for mark in (*DELIMITERS, *OTHER_MARKS)}
    best = max(weights, key=lambda mark: weights[mark])
    if best in DELIMITERS and weights[best][1] > 0:
        return best
    found = f" Gevonden: '{best}'." if best in OTHER_MARKS and weights[best][1] > 0 else ""
    raise LeveringFout(
        "scheidingsteken",
        f"Er is geen scheidingsteken herkend: de kolommen horen gescheiden te zijn door ; of , of een tab.{found}",
    )


def _outside_quotes(line: str, mark: str) -> int:
    return sum(part.count(mark) for part in line.split('"')[::2])


def parse(data: bytes, known_headers: frozenset[str]) -> pl.DataFrame:
    """Return the records of decoded CSV bytes as text columns c0..cn plus `rij`, the Excel row (from 1).

    The last column is wider than any header: what stands in it is surplus of its row. Blank lines keep
    their row number. Raises LeveringFout when no delimiter is recognised.
    """
    head = data[: 1 << 16].decode("utf-8", errors="ignore")
    delimiter = find_delimiter(head, known_headers)
    width = max(len(record) for record in csv.reader(io.StringIO(head), delimiter=delimiter)) + 1
    frame = _parse_fast(data, delimiter, width)
    if frame is None:
        frame = _parse_by_line(data.decode("utf-8"), delimiter, width)
    return frame.with_row_index("rij", offset=1) if "rij" not in frame.columns else frame


def _parse_fast(data: bytes, delimiter: str, width: int) -> pl.DataFrame | None:
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
    breaks = frame.select(pl.all().str.count_matches("\n", literal=True).sum()).sum_horizontal().item() or 0
    if frame.height + breaks != lines:
        return None
    if breaks and _swallows_records(frame, delimiter):
        return None
    return frame


def _swallows_records(frame: pl.DataFrame, delimiter: str) -> bool:
    """Whether a quoted cell holds a line that looks like a record of its own."""
    marks = max(1, frame.width - 2)
    for name in frame.columns:
        cells = frame.get_column(name).drop_nulls()
        for cell in cells.filter(cells.str.contains("\n", literal=True)):
            if any(line.count(delimiter) >= marks for line in cell.split("\n")):
                return True
    return False


def _parse_by_line(text: str, delimiter: str, width: int) -> pl.DataFrame:
    """Return the records found line by line; one with an open quote ends at its own line, marked BROKEN."""
    rows: list[list[str | None]] = []
    for record in _records(text.split("\n"), delimiter, max(1, width - 2)):
        cells: list[str | None] = [cell if cell != "" else None for cell in record]
        rows.append((cells + [None] * width)[:width] if len(cells) <= width else cells[:width])
    schema = {f"c{place}": pl.String for place in range(width)}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _records(lines: list[str], delimiter: str, marks: int) -> Iterator[list[str]]:
    if lines and lines[-1] == "":
        lines = lines[:-1]
    start = 0
    while start < len(lines):
        end = _end_of_record(lines, start, delimiter, marks)
        if end is None:
            cells = lines[start].replace('"', "").split(delimiter)
            yield (cells + [""] * (marks + 1))[: marks + 1] + [BROKEN]
            start += 1
        else:
            yield next(csv.reader(["\n".join(lines[start : end + 1])], delimiter=delimiter), [])
            start = end + 1


def _end_of_record(lines: list[str], start: int, delimiter: str, marks: int) -> int | None:
    """Return the last line of the record that begins at `start`, or None when its quotes never close.

    A following line that is a whole record by itself ends the hope that the quote is still open.
    """
    quotes = lines[start].count('"')
    end = start
    while quotes % 2:
        end += 1
        if end >= len(lines) or end - start > LONGEST_QUOTED_RECORD:
            return None
        line = lines[end]
        if marks > 1 and line.count('"') % 2 == 0 and _outside_quotes(line, delimiter) >= marks:
            return None
        quotes += line.count('"')
    return end
