"""Tables: which columns, under which Dutch heads, and every value as the text a reader sees.

Heads, definitions and sources come from `meta.kolom`, so that a column means the same on every page. The
text of whole columns is made by polars expressions: cell by cell in Python would cost more than the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from dashboard import data, format
from warehouse.queries import meta

Kind = Literal["tekst", "geheel", "dagdelen", "decimaal1", "decimaal2", "aandeel", "pct", "datum", "janee", "lijst"]
NUMERIC: frozenset[Kind] = frozenset({"geheel", "dagdelen", "decimaal1", "decimaal2", "aandeel", "pct"})

#: Under so many persons a share has no decimals.
_FEW = 100
#: Shares whose name does not start with `aandeel_`.
_SHARES = {"aandeel", "respons", "respons_laag", "respons_hoog", "doel", "volledigheid", "kans_top"}


@dataclass(frozen=True)
class Column:
    """One column of a table: its name in the frame, its Dutch head, how it is written, what it means."""

    name: str
    head: str
    kind: Kind
    definition: str = ""
    source: str = ""


@dataclass(frozen=True)
class Picture:
    """A small drawing per row, on screen only: the column with its address, its head, what it shows, its width."""

    name: str
    head: str
    meaning: str
    width: int


@dataclass(frozen=True)
class Table:
    """A frame and how it is read; `frame` keeps the raw values, `texts` has what the screen shows.

    `reason` names the column with the reason code of missing values, or maps columns to the one with theirs.
    `n` maps a share to the column with the number of persons behind it (it decides the decimals). `missing` is
    the word for a null without a reason. `links` maps a column to the one with its address; `widths` fixes the
    width of columns, in pixels. `pictures` maps a column to the drawing that stands before it on screen; exports
    have the numbers only. `further` are columns that the grid on screen shows when they are asked for. `at_least` maps
    a column to the yes-or-no column that says where its value is the least it can be: 'minstens 73', in exports too.
    """

    frame: pl.DataFrame
    columns: tuple[Column, ...]
    reason: str | Mapping[str, str] | None = None
    n: Mapping[str, str] = field(default_factory=dict)
    missing: str = format.MISSING
    links: Mapping[str, str] = field(default_factory=dict)
    widths: Mapping[str, int] = field(default_factory=dict)
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    further: frozenset[str] = frozenset()
    at_least: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def texts(self) -> pl.DataFrame:
        """Return every column as text (1.234,5; 12,3 %; beschermd), under its name in the frame."""
        return self.frame.select(
            self.bounded(column.name, _text(column, self.n.get(column.name)))
            .fill_null(_missing_word(self.frame, self._reason_of(column), self.missing))
            .alias(column.name)
            for column in self.columns
        )

    @cached_property
    def grid(self) -> pa.Table:
        """Return what the grid on screen shows: the texts, with numbers aligned, and addresses.

        Numbers are padded on the left to one width: the grid sorts text, and so sorts them by size. A linked
        column holds its address, which ends in '#' and the text.
        """
        numbers = (pl.col(column.name) for column in self.columns if column.kind in NUMERIC)
        shown = self.texts.with_columns(text.str.pad_start(text.str.len_chars().max(), " ") for text in numbers)
        shown = shown.with_columns(self.frame[address].alias(name) for name, address in self.links.items())
        shown = shown.with_columns(self.frame[picture.name] for picture in self.pictures.values())
        return shown.select(self._grid_order()).to_arrow()

    def bounded(self, name: str, text: pl.Expr) -> pl.Expr:
        """Return the text of a column with 'minstens' before it where its value is the least it can be."""
        if name not in self.at_least:
            return text
        is_bound = pl.col(self.at_least[name])
        return pl.when(is_bound).then(pl.concat_str(pl.lit(format.AT_LEAST + " "), text)).otherwise(text)

    def exact(self, name: str) -> pl.Series:
        """Return the values of a column, null where they are no more than the least that it can be."""
        values = pl.col(name)
        if name in self.at_least:
            values = pl.when(pl.col(self.at_least[name])).then(None).otherwise(values)
        return self.frame.select(values.alias(name))[name]

    def without_decimals(self, name: str) -> pl.Expr:
        """Return where a share rests on so few persons (under 100) that decimals would tell more than is known."""
        return (pl.col(self.n[name]) < _FEW).fill_null(False) if name in self.n else pl.lit(False)

    def rows(self, start: int, count: int) -> "Table":
        """Return this table with `count` rows from row `start` (0 is the first)."""
        return replace(self, frame=self.frame.slice(start, count))

    def _grid_order(self) -> list[str]:
        drawn = {name: [picture.name] for name, picture in self.pictures.items()}
        return [name for column in self.columns for name in [*drawn.get(column.name, []), column.name]]

    def _reason_of(self, column: Column) -> str | None:
        return self.reason.get(column.name) if isinstance(self.reason, Mapping) else self.reason


def table(
    frame: pl.DataFrame,
    mart: str,
    columns: Sequence[str],
    *,
    heads: Mapping[str, str] | None = None,
    kinds: Mapping[str, Kind] | None = None,
    reason: str | Mapping[str, str] | None = None,
    n: Mapping[str, str] | None = None,
    missing: str = format.MISSING,
    links: Mapping[str, str] | None = None,
    widths: Mapping[str, int] | None = None,
    pictures: Mapping[str, Picture] | None = None,
    meanings: Mapping[str, str] | None = None,
    further_mart: str | None = None,
    further: frozenset[str] = frozenset(),
    at_least: Mapping[str, str] | None = None,
) -> Table:
    """Return a table of these columns of a frame; heads and definitions come from the mart's description.

    `further_mart` describes the columns that the mart does not have. `heads`, `kinds` and `meanings` (definitions)
    overrule per column; the other settings are those of `Table`.
    """
    described = [data.frame(meta.columns, tabel=name) for name in (further_mart, mart) if name]
    meaning = {row["kolom"]: row for rows in described for row in rows.iter_rows(named=True)}
    chosen = []
    for name in columns:
        known = meaning.get(name, {})
        head = (heads or {}).get(name) or known.get("naam") or name.replace("_", " ").capitalize()
        kind = (kinds or {}).get(name) or kind_of(name, frame.schema[name])
        definition = (meanings or {}).get(name) or known.get("definitie") or ""
        chosen.append(Column(name, head, kind, definition, known.get("bron") or ""))
    made = Table(frame, tuple(chosen), reason, n or {}, missing, links or {}, widths or {}, pictures or {}, further)
    return replace(made, at_least=at_least or {})


def kind_of(name: str, dtype: pl.DataType) -> Kind:
    """Return how a column is written, from the house rules for names and from its type."""
    if dtype == pl.Boolean:
        return "janee"
    if dtype in (pl.Date, pl.Datetime):
        return "datum"
    if isinstance(dtype, pl.List):
        return "lijst"
    if not dtype.is_numeric():
        return "tekst"
    if name.startswith("aandeel_") or name in _SHARES:
        return "aandeel"
    if name.endswith("_pct"):
        return "pct"
    if "dagdelen" in name:
        return "dagdelen"
    return "geheel" if dtype.is_integer() else "decimaal2"


def decimal_text(values: pl.Expr, decimals: int, thousands: str = ".") -> pl.Expr:
    """Return numbers as Dutch text, a half away from zero: the column form of `format.number`."""
    scale = 10**decimals
    # The crumb, which grows with the number, undoes binary representation (1.005 x 100 = 100.49999…), as
    # analysis.rounding does by digits.
    exact = values.cast(pl.Float64).abs() * scale
    scaled = (exact * (1 + 1e-15) + 1e-9).round(0, mode="half_away_from_zero").cast(pl.Int64)
    whole = scaled // scale
    text = (
        pl.when(whole < 1_000)
        .then(whole.cast(pl.String))
        .when(whole < 1_000_000)
        .then(pl.concat_str(whole // 1_000, pl.lit(thousands), _padded(whole % 1_000, 3)))
        .otherwise(
            pl.concat_str(
                whole // 1_000_000,
                pl.lit(thousands),
                _padded(whole // 1_000 % 1_000, 3),
                pl.lit(thousands),
                _padded(whole % 1_000, 3),
            )
        )
    )
    if decimals:
        text = pl.concat_str(text, pl.lit(","), _padded(scaled % scale, decimals))
    sign = pl.when((values < 0) & (scaled > 0)).then(pl.lit("-")).otherwise(pl.lit(""))
    return pl.concat_str(sign, text)


def is_whole_in_one_decimal(values: pl.Expr) -> pl.Expr:
    """Return where numbers have no decimal when rounded to one: dagdelen are written without it there."""
    return (values.cast(pl.Float64) * 10).round(0) % 10 == 0


def _padded(values: pl.Expr, width: int) -> pl.Expr:
    return values.cast(pl.String).str.zfill(width)


def _text(column: Column, n: str | None) -> pl.Expr:
    values = pl.col(column.name)
    match column.kind:
        case "geheel":
            return decimal_text(values, 0)
        case "decimaal1":
            return decimal_text(values, 1)
        case "decimaal2":
            return decimal_text(values, 2)
        case "dagdelen":
            return (
                pl.when(is_whole_in_one_decimal(values))
                .then(decimal_text(values, 0))
                .otherwise(decimal_text(values, 1))
            )
        case "pct":
            return pl.concat_str(decimal_text(values, 1), pl.lit(" %"))
        case "aandeel":
            return _share_text(values, n)
        case "datum":
            return values.dt.strftime("%d/%m/%Y")
        case "janee":
            return pl.when(values).then(pl.lit("ja")).when(~values).then(pl.lit("nee"))
        case "lijst":
            joined = values.list.eval(pl.element().cast(pl.String)).list.join(", ")
            return pl.when(values.list.len() == 0).then(pl.lit("geen")).otherwise(joined)
        case "tekst":
            return values.cast(pl.String)


def _share_text(values: pl.Expr, n: str | None) -> pl.Expr:
    one = pl.concat_str(decimal_text(values * 100, 1), pl.lit(" %"))
    if n is None:
        return one
    none = pl.concat_str(decimal_text(values * 100, 0), pl.lit(" %"))
    is_small = pl.col(n) < _FEW
    vanishes = (values != 0) & (pl.when(is_small).then(values.abs() * 100 < 0.5).otherwise(values.abs() * 100 < 0.05))
    return pl.when(vanishes).then(pl.lit(format.ROUNDED_TO_ZERO)).when(is_small).then(none).otherwise(one)


def _missing_word(frame: pl.DataFrame, reason: str | None, missing: str) -> pl.Expr:
    if reason is None or reason not in frame.columns:
        return pl.lit(missing)
    return pl.col(reason).replace(format.REASONS).fill_null(missing)
