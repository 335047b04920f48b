"""Finding and cutting out what identifies one person, in texts and in the bytes of files, whatever their format."""

import html
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.faults import LeveringFout
from pipelines.pseudonym import normalise_person

SHORTEST = 3
LONG = 10_000
# In compressed bytes, a shorter text stands by chance.
SHORTEST_IN_BYTES = 6
ZIP_MAGIC = b"PK\x03\x04"
UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Identity:
    """What identifies a person: an e-mail address, a code or a name; `pattern` finds it as a whole, in any case."""

    text: str
    pattern: re.Pattern[str]

    @property
    def plain_pattern(self) -> str:
        """The same pattern, in lower case and without looking around: for a warehouse."""
        parts = r"\s+".join(re.escape(part) for part in self.text.split())
        return rf"(^|[^\w.@+-]){parts}($|[^\w@-])"

    def cut(self, cell: str) -> str:
        """Return a cell without the person: of a list the other items, of a text what is around the name."""
        if "|" in cell:
            return "|".join(part.strip() for part in cell.split("|") if not self.pattern.search(part))
        return self.pattern.sub("", cell).strip(" ,;")


def read_identities(text: str) -> list[Identity]:
    """Return the identities in a text, one a line; raises LeveringFout when one is too short to tell people apart."""
    lines = [normalise_person(line) for line in text.splitlines() if line.strip()]
    if not lines:
        raise LeveringFout("persoon", "Geef een e-mailadres of code op de standaardinvoer, één per regel.")
    if any(len(line) < SHORTEST or not re.search(r"[a-z]", line) for line in lines):
        raise LeveringFout(
            "persoon", "Een e-mailadres of code heeft minstens drie tekens en een letter: anders verdwijnt te veel."
        )
    return [Identity(line, _pattern(line)) for line in dict.fromkeys(lines)]


def _pattern(text: str) -> re.Pattern[str]:
    """Return a pattern for the text as a whole: `B017` is not in `B0170`, `an@x.be` not in `jan@x.be`."""
    parts = r"\s+".join(re.escape(part) for part in text.split())
    return re.compile(rf"(?<![\w.@+-]){parts}(?![\w@-])(?!\.\w)", re.IGNORECASE)


def is_in_text(text: str, identities: Sequence[Identity]) -> bool:
    """Whether one of the identities stands in the text."""
    if len(text) > LONG:
        # A pattern on millions of characters takes seconds; looking for its first word first does not.
        lowered = text.lower()
        identities = [identity for identity in identities if identity.text.split()[0] in lowered]
    return any(identity.pattern.search(text) for identity in identities)


def cut_all(text: str, identities: Sequence[Identity]) -> str:
    """Return the text without any of the identities."""
    for identity in identities:
        if identity.pattern.search(text):
            text = identity.cut(text)
    return text


def is_in_file(path: Path, identities: Sequence[Identity], pseudonyms: Sequence[str] = ()) -> bool:
    """Whether an identity or a pseudonym stands in the bytes of a file, also inside a workbook or parquet."""
    if path.suffix == ".parquet":
        return is_in_frame(pl.read_parquet(path), identities, pseudonyms)
    if path.suffix == ".duckdb":
        identities = [identity for identity in identities if len(identity.text) >= SHORTEST_IN_BYTES]
    return any(
        is_in_text(text, identities) or any(pseudonym in text for pseudonym in pseudonyms) for text in _texts(path)
    )


def _texts(path: Path) -> Iterator[str]:
    data = path.read_bytes()
    if data.startswith(ZIP_MAGIC):
        try:
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield html.unescape(archive.read(name).decode("utf-8", errors="replace"))
            return
        except zipfile.BadZipFile:
            # A damaged workbook is searched as it is.
            pass
    if data.startswith(UTF16_BOMS):
        yield data.decode("utf-16", errors="replace")
    yield data.decode("utf-8", errors="replace")
    yield data.decode("latin-1")


def is_in_frame(frame: pl.DataFrame, identities: Sequence[Identity], pseudonyms: Sequence[str]) -> bool:
    """Whether an identity or a pseudonym stands in any text of a frame, in lists and structures too."""
    return any(_is_in_column(column, identities, pseudonyms) for column in frame.get_columns())


def _is_in_column(column: pl.Series, identities: Sequence[Identity], pseudonyms: Sequence[str]) -> bool:
    if isinstance(column.dtype, pl.List):
        return _is_in_column(column.explode(), identities, pseudonyms)
    if isinstance(column.dtype, pl.Struct):
        return is_in_frame(column.struct.unnest(), identities, pseudonyms)
    if column.dtype != pl.String:
        return False
    texts = column.drop_nulls().unique()
    wanted = [*(identity.text for identity in identities), *pseudonyms]
    near = texts.filter(texts.str.to_lowercase().str.contains_any(wanted))
    return any(is_in_text(text, identities) or any(name in text for name in pseudonyms) for text in near)
