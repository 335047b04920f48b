"""The single declaration a source has: which columns come in, what they mean, what may be in them.

Header matching, typing, the Great Expectations suite, the Dutch error sentences and the format
documentation all derive from a `Contract`; nothing else in the project knows a supplier's format.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache

import polars as pl


class Kind(StrEnum):
    """What a column holds; decides how its text is read and which type it gets in the warehouse."""

    TEXT = "tekst"
    CODE = "code"
    CHOICE = "keuze"
    LIST = "lijst"
    COUNT = "aantal"
    NUMBER = "getal"
    PERCENT = "percentage"
    DATE = "datum"
    MOMENT = "tijdstip"
    TIME = "uur"
    FLAG = "ja/nee"
    SCHOOLJAAR = "schooljaar"
    INSTELLING = "instellingsnummer"
    NUMMER = "volgnummer"
    PERSON = "persoon"
    PERSONS = "personen"


NUMERIC = frozenset({Kind.COUNT, Kind.NUMBER, Kind.PERCENT})

# Outside these years a date of work, staff or results is a slip of the pen.
YEARS = (1950, 2099)

# A required number may be delivered as "n.v.t."; a required code, date or name may not be empty.
MAY_BE_EMPTY = NUMERIC | {Kind.TEXT}

POLARS_TYPE: Mapping[Kind, pl.DataType] = {
    Kind.COUNT: pl.Int64(),
    Kind.NUMBER: pl.Float64(),
    Kind.PERCENT: pl.Float64(),
    Kind.DATE: pl.Date(),
    Kind.MOMENT: pl.Datetime("us"),
    Kind.TIME: pl.Time(),
    Kind.FLAG: pl.Boolean(),
    Kind.LIST: pl.List(pl.String()),
    Kind.PERSONS: pl.List(pl.String()),
}


# Nobody sees them, and copying from a web page or a letter brings them along: zero-width spaces, soft hyphens, marks
# of direction and of byte order. A name with one in it would be another name.
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff]")


@lru_cache(maxsize=10_000)
def normalise_header(text: str) -> str:
    """Return a header or sheet name without the differences that do not count.

    Case, accents, surrounding and double spaces (non-breaking ones too), what nobody sees, and `_` versus
    space are dropped, as the delivery rules ask.
    """
    decomposed = unicodedata.normalize("NFKD", INVISIBLE.sub("", text))
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join(bare.replace("_", " ").lower().split())


def column_name(header: str) -> str:
    """Return the warehouse name of a header: lower case, no accents, `_` between words."""
    return re.sub(r"[^a-z0-9]+", "_", normalise_header(header)).strip("_")


@dataclass(frozen=True)
class Column:
    """One column of a delivery.

    `years` are the first and last year that a date may have. `outside` is what rows are called that hold another value
    than the column's choices: they belong to others, are no rows of the delivery, and are counted apart.

    `header` is what the supplier writes; `aliases` are other accepted headers and
    `month_first_aliases` those of an American export (month before day in dates).
    `known` names the table whose column of the same meaning must hold the value. `instead` are headers whose
    column stands in where this one was not delivered, which is told; `when_missing` is what to tell where it
    was not delivered at all.
    """

    header: str
    kind: Kind = Kind.TEXT
    required: bool = False
    key: bool = False
    filled: bool | None = None
    name: str = ""
    aliases: tuple[str, ...] = ()
    month_first_aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    wordings: Mapping[str, str] = field(default_factory=dict)
    minimum: float | None = None
    maximum: float | None = None
    years: tuple[int, int] = YEARS
    outside: str = ""
    separator: str = "|"
    also: tuple[str, ...] = ()
    known: str | None = None
    instead: tuple[str, ...] = ()
    when_missing: str = ""
    dropped: bool = False
    description: str = ""

    def __post_init__(self) -> None:
        """Fill in the warehouse name and whether the value itself is required."""
        if not self.name:
            object.__setattr__(self, "name", column_name(self.header))
        if self.filled is None:
            object.__setattr__(self, "filled", self.required and self.kind not in MAY_BE_EMPTY)

    @property
    def headers(self) -> tuple[str, ...]:
        """All accepted headers, the supplier's usual one first."""
        return (self.header, *self.aliases, *self.month_first_aliases)

    @cached_property
    def accepted(self) -> frozenset[str]:
        """All accepted headers, normalised: kept, because every row that may be a header is held against them."""
        return frozenset(normalise_header(header) for header in self.headers)

    @property
    def polars_type(self) -> pl.DataType:
        """The type of this column after cleaning."""
        return POLARS_TYPE.get(self.kind, pl.String())

    @property
    def is_personal(self) -> bool:
        """Whether the value identifies a person and is replaced by a pseudonym at reading."""
        return self.kind in (Kind.PERSON, Kind.PERSONS)


@dataclass(frozen=True)
class Rule:
    """A rule over several columns of one row: `broken` is true where the row breaks it."""

    column: str
    broken: pl.Expr
    reason: str


class VakKind(StrEnum):
    """How the part of a source that a delivery replaces (its vak) is found."""

    COLUMN = "kolom"
    DOMINANT = "overwegend schooljaar"
    TITLE = "titelrij"
    NAME = "bestandsnaam"
    WHOLE = "geheel"
    PERIOD = "periode"


@dataclass(frozen=True)
class Vak:
    """Which deliveries replace each other: those of the same source with the same vak.

    COLUMN: the schooljaar in (or around the date in) `column`, row by row. DOMINANT: the schooljaar
    in which most dates of `column` fall, for the file as a whole. TITLE: schooljaar and
    scholengroep of the title rows. NAME: the schooljaar in the file's name, else 'alle'.
    WHOLE: every delivery is the complete list. PERIOD: the person and the period of the file.
    """

    kind: VakKind
    column: str = ""


@dataclass(frozen=True)
class Contract:
    """One table of a source: its columns, its key, its rules and the sentence that explains it.

    Of every group in `one_of` (names of columns) at least one column must be delivered.
    """

    name: str
    bron: str
    title: str
    columns: tuple[Column, ...]
    vak: Vak
    rules: tuple[Rule, ...] = ()
    sheet: str | None = None
    extra_header_rows: int = 0
    answers_column: str | None = None
    person_in_file_name: str | None = None
    finish: Callable[[pl.DataFrame], pl.DataFrame] | None = None
    one_of: tuple[tuple[str, ...], ...] = ()

    def __post_init__(self) -> None:
        """Raise ValueError for a name that two columns bear, or that the vak, a rule or `one_of` asks for in vain."""
        names = [column.name for column in self.columns]
        double = sorted({name for name in names if names.count(name) > 1})
        if double:
            raise ValueError(f"contract '{self.name}': more than one column is called {', '.join(double)}")
        rules = [name for rule in self.rules for name in (rule.column, *rule.broken.meta.root_names())]
        asked = {self.vak.column, *rules, *(name for group in self.one_of for name in group)}
        missing = sorted(asked - {"", self.person_in_file_name, *(column.name for column in self.kept)})
        if missing:
            raise ValueError(f"contract '{self.name}': no kept column is called {', '.join(missing)}")

    @property
    def key(self) -> tuple[str, ...]:
        """The columns that identify a row."""
        keys = tuple(column.name for column in self.columns if column.key)
        return (self.person_in_file_name, *keys) if self.person_in_file_name and keys else keys

    @property
    def personal_keys(self) -> tuple[str, ...]:
        """The columns of the key that hold the pseudonym of a person."""
        personal = {column.name for column in self.columns if column.is_personal} | {self.person_in_file_name}
        return tuple(name for name in self.key if name in personal)

    @property
    def kept(self) -> tuple[Column, ...]:
        """The columns that are stored; the others are dropped at reading."""
        return tuple(column for column in self.columns if not column.dropped)

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Names and types of the cleaned frame, in order."""
        types: dict[str, pl.DataType] = {}
        if self.person_in_file_name:
            types[self.person_in_file_name] = pl.String()
        types |= {column.name: column.polars_type for column in self.kept}
        if self.answers_column:
            types[self.answers_column] = pl.List(pl.Struct({"vraag": pl.String(), "waarde": pl.String()}))
        return types
