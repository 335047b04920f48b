"""Looking for a personal value in every byte of a file, inside what is packed in it, and in compressed tables."""

import functools
import html
import io
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import polars as pl

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1252")


@functools.cache
def ways_to_write(value: str) -> set[bytes]:
    """Return the bytes of a value in every encoding of the deliveries; ASCII letters in lower case."""
    written = set()
    for text in (value, value.lower(), value.upper(), value.casefold()):
        for encoding in ENCODINGS:
            written.add(text.encode(encoding, errors="ignore").lower())
        written.add(html.escape(text).lower().encode())
        # As JSON and URLs write what is not ASCII.
        written.add(text.lower().encode("unicode_escape"))
    return written


def values_in(data: bytes, values: Iterable[str]) -> list[str]:
    """Return which of the values stand in the bytes, in any encoding, in lower or upper case."""
    lowered = data.lower()
    return [value for value in values if any(written in lowered for written in ways_to_write(value))]


def every_byte(path: Path) -> Iterator[bytes]:
    """Yield the bytes of a file, of all that is packed in it, and of its rows where they are stored compressed."""
    data = path.read_bytes()
    yield path.name.encode()
    yield data
    yield from unpacked(data)
    if path.suffix == ".parquet":
        yield str(pl.read_parquet(path).rows()).encode()
    if path.suffix == ".duckdb":
        with duckdb.connect(path, read_only=True) as con:
            tables = con.execute("select schema_name, table_name from duckdb_tables()").fetchall()
            assert tables
            for schema, table in tables:
                yield str(con.execute(f'from "{schema}"."{table}"').fetchall()).encode()


def unpacked(data: bytes) -> Iterator[bytes]:
    """Yield what is in a ZIP (a workbook, a document, slides), and in ZIPs inside it."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                inside = archive.read(name)
                yield name.encode()
                yield inside
                yield from unpacked(inside)


def found_below(folder: Path, values: Iterable[str], *, but_not: tuple[str, ...] = ()) -> list[str]:
    """Return 'file: value' for every value that stands in a file below the folder; some names are left out."""
    wanted = list(values)
    found = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_dir() or any(part.startswith(but_not) for part in parts if but_not):
            continue
        for data in every_byte(path):
            found += [f"{'/'.join(parts)}: {value}" for value in values_in(data, wanted)]
    return list(dict.fromkeys(found))
