"""From the text of a cell to a value: numbers, dates, schooljaren, codes, in every style suppliers use.

Each reader takes a text column without missing values as text (they are null already) and returns the
typed column; a text that cannot be read becomes null, which the caller turns into a refused row.
Readers try the commonest style on the whole column first: a million rows cost milliseconds.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial

import polars as pl

from pipelines.contract import YEARS, Column, Kind, normalise_header

# From here on reading each different text once is worth finding them.
FEW_DIFFERENT = 20
# In a column of at least TALL texts, the first hundredth, or SAMPLE, tells whether few are different.
TALL, SAMPLE = 5000, 500
MISSING = "(?i)^(?:|-|–|n\\.v\\.t\\.?|nvt|geen[ \u00a0]cijfers[ \u00a0]beschikbaar)$"
SMALL = r"^<\s*5$"
# 1.234: a thousand, or one and a bit. The only way of writing a number that has two readings.
TWO_READINGS = r"^[+-]?[1-9]\d{0,2}\.\d{3}$"
DECIMAL_COMMA = r"^[+-]?(?:\d+|[1-9]\d{0,2}(?:[. ]\d{3})+)?(?:,\d*)?$"
DECIMAL_POINT = r"^[+-]?(?:\d+|[1-9]\d{0,2}(?:[, ]\d{3})+)?(?:\.\d*)?$"
SCIENTIFIC = r"^[+-]?\d+(?:\.\d+)?[eE][+-]?\d+$"
YES = frozenset({"ja", "j", "waar", "true", "1", "yes", "y", "x"})
NO = frozenset({"nee", "n", "neen", "onwaar", "false", "0", "no"})
DATE_FORMATS = (
    "%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%Y-%m-%d %H:%M:%S", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S",
    "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d-%m-%Y %H:%M:%S", "%d-%m-%Y %H:%M",
)  # fmt: skip
MONTH_FIRST_FORMATS = ("%m/%d/%Y", "%Y-%m-%d", "%m-%d-%Y")
# Dates of which one of the first two numbers can be no month.
DAY_BEFORE_MONTH = r"^(?:1[3-9]|2\d|3[01])[/.-]\d{1,2}[/.-]\d{4}"
MONTH_BEFORE_DAY = r"^\d{1,2}[/.-](?:1[3-9]|2\d|3[01])[/.-]\d{4}"
MOMENT_FORMATS = (
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%dT%H:%M:%S%.fZ",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%Y-%m-%d %H:%M",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
)
# The last is a cell of Excel that holds a time of day only: hours since its day zero.
TIME_FORMATS = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "1899-12-31 %H:%M:%S")
# 1 January 1950 and 31 December 2099 as Excel serials: outside, a number is no date anyone delivers.
SERIALS = (18_264, 73_050)
EXCEL_EPOCH = pl.date(1899, 12, 30)
# What a part of a style can be at most: the parser takes white space between all of them.
SHAPES = {
    **dict.fromkeys(("%d", "%m", "%H", "%I", "%M", "%S"), r"\d{1,2}"),
    "%Y": r"[+-]?\d+",
    "%.f": r"(?:\.\d+)?",
    "%p": "(?i:[ap]m)",
    " ": "",
}
SPACES = "[\u00a0\u202f\u2009\t]"
EMAIL = r"[\w.+-]+@[\w-]+\.[\w.-]+"


def trimmed(texts: pl.DataFrame) -> pl.DataFrame:
    """Return text columns without surrounding white space; every way of writing 'missing' becomes null."""
    return texts.with_columns(_bare(texts.drop(column.name for column in texts if _is_bare(column))))


def _bare(texts: pl.DataFrame) -> pl.DataFrame:
    bare = texts.select(pl.all().str.strip_chars())
    return bare.select(pl.when(~pl.all().str.contains(MISSING)).then(pl.all()).name.keep())


def _is_bare(texts: pl.Series) -> bool:
    """Whether a column needs no trimming; True only where that is found at little cost."""
    looked_at = different(texts)
    return looked_at.len() < texts.len() and _bare(looked_at.to_frame()).to_series().equals(looked_at)


def different(texts: pl.Series) -> pl.Series:
    """Return the texts of a column for a question about any of them: each once, where that spares most of the work."""
    sample = texts.head(max(SAMPLE, texts.len() // 100))
    return texts.unique() if texts.len() >= TALL and sample.n_unique() < sample.len() * 0.75 else texts


def small_counts(texts: pl.Series) -> pl.Series:
    """Return where a value was suppressed by the supplier (`<5`, `< 5`): small, but not zero and not missing."""
    # Nearly no column has one, and the first letter tells that at little cost.
    is_small = texts.str.starts_with("<")
    return (texts.str.contains(SMALL) if is_small.any() else is_small).fill_null(value=False)


def _first_that_fits(texts: pl.Series, readers: Sequence[Callable[[pl.Series], pl.Series]]) -> pl.Series:
    """Return the first reading that gives a value, row by row; later readers see only what is left."""
    result = readers[0](texts)
    for reader in readers[1:]:
        if result.null_count() == texts.null_count():
            break
        if result.null_count() == texts.len():
            result = reader(texts)
            continue
        left = result.is_null() & texts.is_not_null()
        rest = pl.select(pl.when(left).then(texts)).to_series()
        result = pl.select(pl.coalesce(result, reader(rest))).to_series()
    return result


def read_number(texts: pl.Series, *, points_are_thousands: bool = False, percent: bool = False) -> pl.Series:
    """Return numbers written with decimal comma or point, with or without thousands separators.

    `points_are_thousands` decides the one ambiguous way of writing, `1.234`. With `percent` a trailing `%`
    is allowed; it changes nothing, since the contract says the unit.
    """
    direct = texts.cast(pl.Float64, strict=False)
    if not (direct.is_null() & texts.is_not_null()).any() and not (
        points_are_thousands and has_two_readings(texts).any()
    ):
        return _finite(direct)
    unique = texts.unique().drop_nulls()
    if unique.len() * FEW_DIFFERENT < texts.len():
        numbers = read_number(unique, percent=percent, points_are_thousands=points_are_thousands)
        return texts.replace_strict(unique, numbers, default=None, return_dtype=pl.Float64)
    bare = texts.str.replace_all(SPACES, " ").str.replace("^−", "-")
    if percent:
        bare = bare.str.replace(r"\s*%$", "")
    text = (
        pl.when(has_two_readings(bare) & (not points_are_thousands))
        .then(bare)
        .when(bare.str.contains(DECIMAL_COMMA))
        .then(bare.str.replace_all(r"[. ]", "").str.replace(",", "."))
        .when(bare.str.contains(DECIMAL_POINT))
        .then(bare.str.replace_all(r"[, ]", ""))
        .when(bare.str.contains(SCIENTIFIC))
        .then(bare)
    )
    return _finite(pl.select(text.cast(pl.Float64, strict=False)).to_series())


def has_two_readings(texts: pl.Series) -> pl.Series:
    """Return where a number is written like `1.234`, which may be a thousand or a fraction."""
    return texts.str.contains(TWO_READINGS).fill_null(value=False)


def points_are_thousands(column: Column, texts: pl.Series, others: Sequence[pl.Series]) -> bool | None:
    """Return how `1.234` is meant in a column of numbers; None when nothing tells.

    A column with a limit under 1000 holds no thousands. Otherwise the other numbers of the table tell: one
    with a decimal comma, or one that can only have a decimal point.
    """
    limit = 100 if column.kind is Kind.PERCENT else column.maximum
    if limit is not None and limit < 1000:
        return False
    for numbers in (texts, *others):
        if numbers.str.contains(r"\d,\d").any():
            return True
        if (numbers.str.contains(r"^[+-]?\d+\.\d+$") & ~has_two_readings(numbers)).any():
            return False
    return None


def _finite(numbers: pl.Series) -> pl.Series:
    return pl.select(pl.when(numbers.is_finite()).then(numbers)).to_series()


def read_count(texts: pl.Series) -> pl.Series:
    """Return whole numbers; `12345.0` is one, `12,5` is not."""
    numbers = read_number(texts, points_are_thousands=True)
    return pl.select(pl.when(numbers == numbers.round()).then(numbers).cast(pl.Int64, strict=False)).to_series()


def _serial_moment(texts: pl.Series) -> pl.Series:
    """Return the points in time of Excel serials: days since its epoch, to the second."""
    serial = texts.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    seconds = pl.when(serial.is_between(*SERIALS)).then((serial * 86_400).round().cast(pl.Int64, strict=False))
    return pl.select(EXCEL_EPOCH.cast(pl.Datetime("us")) + pl.duration(seconds=seconds)).to_series()


def _serial_date(texts: pl.Series) -> pl.Series:
    return _serial_moment(texts).cast(pl.Date)


def read_date(texts: pl.Series, *, month_first: bool = False, years: tuple[int, int] = YEARS) -> pl.Series:
    """Return dates written as dd/mm/jjjj, d-m-jjjj, ISO or an Excel serial; American when `month_first`.

    A date before the first or after the last of `years` is none.
    """
    formats = MONTH_FIRST_FORMATS if month_first else DATE_FORMATS
    readers = [partial(_date_in, style) for style in formats]
    dates = _first_that_fits(texts, [*readers, _serial_date])
    return pl.select(pl.when(dates.dt.year().is_between(*years)).then(dates)).to_series()


def _date_in(style: str, texts: pl.Series) -> pl.Series:
    if "%H" in style:
        return _moment_in(style, texts).cast(pl.Date)
    if not _some_fit(style, texts):
        return pl.repeat(None, texts.len(), dtype=pl.Date, eager=True)
    return texts.str.to_date(style, strict=False)


def _moment_in(style: str, texts: pl.Series) -> pl.Series:
    if not _some_fit(style, texts):
        return pl.repeat(None, texts.len(), dtype=pl.Datetime("us"), eager=True)
    return texts.str.to_datetime(style, strict=False, time_unit="us")


def _some_fit(style: str, texts: pl.Series) -> bool:
    """Whether a text may be written in a style: trying to read a column in another style costs ten times the look."""
    first = texts.first(ignore_nulls=True)
    # Where the first text fits, the style is tried without looking at the others.
    return first is not None and bool(re.search(_shape(style), str(first)) or texts.str.contains(_shape(style)).any())


@cache
def _shape(style: str) -> str:
    """Return a pattern that every text in a style has; others may have it too."""
    parts = re.findall(r"%\.?[a-zA-Z]|.", style)
    return r"\s*".join(["^", *(SHAPES.get(part, re.escape(part)) for part in parts), "$"])


def read_moment(texts: pl.Series) -> pl.Series:
    """Return points in time without time zone, as the source's own clock shows them."""
    readers = [partial(_moment_in, style) for style in MOMENT_FORMATS]
    moments = _first_that_fits(texts, [*readers, _serial_moment, _date_as_moment])
    return pl.select(pl.when(moments.dt.year().is_between(*YEARS)).then(moments)).to_series()


def _date_as_moment(texts: pl.Series) -> pl.Series:
    return read_date(texts).cast(pl.Datetime("us"))


def read_time(texts: pl.Series) -> pl.Series:
    """Return times of day, on a clock of 24 hours or of 12 with AM and PM."""
    return _first_that_fits(texts, [partial(_time_in, TIME_FORMATS[0]), _time_in_any])


def _time_in_any(texts: pl.Series) -> pl.Series:
    readers = [partial(_time_in, style) for style in TIME_FORMATS]
    return _first_that_fits(texts.str.to_uppercase().str.replace_all(SPACES, " "), readers)


def _time_in(style: str, texts: pl.Series) -> pl.Series:
    return texts.str.to_time(style, strict=False)


def _by_unique(texts: pl.Series, reader: Callable[[str], str | None]) -> pl.Series:
    """Return the reading of each different text once, spread over the column."""
    unique = texts.unique().drop_nulls()
    values = pl.Series([reader(text) for text in unique.to_list()], dtype=pl.String)
    if values.equals(unique):
        return texts
    return texts.replace_strict(unique, values, default=None, return_dtype=pl.String)


def schooljaar(text: str) -> str | None:
    """Return '2025-2026' for 2025-2026, 2025-26, 2526 and 2025; None for anything else."""
    bare = re.sub(r"\s|\.0$", "", text).replace("–", "-").replace("/", "-")
    if match := re.fullmatch(r"(\d{4})-(\d{4}|\d{2})", bare):
        begin, end = int(match[1]), match[2]
        follows = YEARS[0] <= begin <= YEARS[1] and end in (str(begin + 1), str(begin + 1)[2:])
        return f"{begin}-{begin + 1}" if follows else None
    if not re.fullmatch(r"\d{4}", bare):
        return None
    # '2021' may be read both ways; as a year it is the delivery rules' own example, so that reading wins.
    year = int(bare)
    if YEARS[0] <= year <= YEARS[1]:
        return f"{year}-{year + 1}"
    first, second = divmod(year, 100)
    return f"20{first:02d}-20{second:02d}" if second == first + 1 else None


@lru_cache(maxsize=20_000)
def instellingsnummer(text: str) -> str | None:
    """Return the number as text of 6 digits, with the leading zeros that Excel dropped."""
    bare = re.sub(r"[\s\u00a0]", "", text)
    bare = re.sub(r"[.,]0+$", "", bare)
    return bare.zfill(6) if re.fullmatch(r"\d{1,6}", bare) and int(bare) > 0 else None


@lru_cache(maxsize=20_000)
def has_valid_check_digit(number: str) -> bool:
    """Whether the last of six digits is the Luhn check digit of the others (a computed 0 is written as 1)."""
    total = 0
    for place, digit in enumerate(reversed(number[:-1])):
        doubled = int(digit) * (2 if place % 2 == 0 else 1)
        total += doubled - 9 if doubled > 9 else doubled
    return int(number[-1]) == ((10 - total % 10) % 10 or 1)


def scholengroep_nummer(text: str) -> str | None:
    """Return the number of a scholengroep without leading zeros or `.0`."""
    match = re.fullmatch(r"(?:sgr|scholengroep)?\s*0*(\d{1,4})(?:\.0+)?", text.strip().lower())
    return match[1] if match else None


def code(text: str) -> str:
    """Return a code without the `.0` that a spreadsheet adds and with single spaces."""
    return re.sub(r"^(\d+)\.0+$", r"\1", " ".join(text.split()))


def flag(text: str) -> str | None:
    """Return 'ja' or 'nee' for the ways to write yes and no, Outlook's and Excel's too."""
    bare = text.strip().lower().removesuffix(".0")
    return "ja" if bare in YES else "nee" if bare in NO else None


def _plain(text: str) -> str:
    return normalise_header(unicodedata.normalize("NFC", text))


def choice_reader(column: Column) -> Callable[[str], str | None]:
    """Return the reader of a column with a fixed list of values; long wordings may be longer still."""
    values = {_plain(choice): choice for choice in column.choices}
    wordings = sorted(((_plain(text), value) for text, value in column.wordings.items()), key=lambda w: -len(w[0]))

    def read(text: str) -> str | None:
        bare = _plain(code(text))
        if bare in values:
            return values[bare]
        return next((value for wording, value in wordings if bare.startswith(wording)), None)

    return read


def read_list(texts: pl.Series, column: Column) -> pl.Series:
    """Return lists of values; one value outside the column's list makes the cell unreadable."""
    reader = choice_reader(column)

    def read(text: str) -> list[str] | None:
        parts = [part.strip() for part in text.split(column.separator) if part.strip()]
        values = [reader(part) for part in parts] if column.choices else parts
        return None if None in values or not values else [value for value in values if value is not None]

    unique = texts.unique().drop_nulls()
    found = pl.DataFrame(
        {"text": unique, "value": [read(text) for text in unique.to_list()]},
        schema={"text": pl.String, "value": pl.List(pl.String)},
    )
    return texts.to_frame("text").join(found, on="text", how="left", maintain_order="left").get_column("value")


def read_values(
    texts: pl.Series, column: Column, *, month_first: bool = False, points_are_thousands: bool = False
) -> pl.Series:
    """Return the typed column of a contract column; what cannot be read is null. Persons stay text here."""
    kind = column.kind
    if kind is Kind.COUNT:
        return read_count(texts)
    if kind in (Kind.NUMBER, Kind.PERCENT):
        return read_number(texts, points_are_thousands=points_are_thousands, percent=kind is Kind.PERCENT)
    if kind is Kind.DATE:
        return read_date(texts, month_first=month_first, years=column.years)
    if kind is Kind.MOMENT:
        return read_moment(texts)
    if kind is Kind.TIME:
        return read_time(texts)
    if kind in (Kind.LIST, Kind.PERSONS):
        return read_list(texts, column)
    if kind is Kind.FLAG:
        return _by_unique(texts, flag) == "ja"
    return _read_code(texts, column)


def _read_code(texts: pl.Series, column: Column) -> pl.Series:
    """Return a column of text: codes, choices, numbers that identify, or free text without addresses."""
    kind = column.kind
    if kind is Kind.SCHOOLJAAR:
        return _by_unique(texts, schooljaar)
    if kind is Kind.INSTELLING:
        also = {_plain(value): value for value in column.also}
        return _by_unique(texts, lambda text: also.get(_plain(text)) or instellingsnummer(text))
    if kind is Kind.NUMMER:
        return _by_unique(texts, scholengroep_nummer)
    if kind is Kind.CHOICE:
        return _by_unique(texts, choice_reader(column))
    if kind is Kind.CODE:
        odd = different(texts).str.contains(r"^\d+\.0+$|\s")
        return _by_unique(texts, code) if odd.any() else texts
    if kind is Kind.TEXT and different(texts).str.contains("@", literal=True).any():
        # Free text may not carry an address into the warehouse.
        return texts.str.replace_all(EMAIL, "[e-mail]")
    return texts
