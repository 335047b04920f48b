"""From the text of a cell to its value, in the ways of writing that the delivery rules name."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines import values
from pipelines.contract import Column, Kind


def texts(*cells: str | None) -> pl.Series:
    return pl.Series(cells, dtype=pl.String)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12,5", 12.5),
        ("12.5", 12.5),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1 234,5", 1234.5),
        ("1\u00a0234,5", 1234.5),
        ("1\u202f234", 1234.0),
        ("1.234.567", 1_234_567.0),
        ("1,234,567", 1_234_567.0),
        ("-0,25", -0.25),
        ("−3", -3.0),
        ("0.125", 0.125),
        ("12345.0", 12345.0),
        ("1,5E3", None),
        ("1.5E3", 1500.0),
        ("1.2.3", None),
        ("1 2", None),
        ("12,3,4", None),
        ("nan", None),
        ("inf", None),
        ("twaalf", None),
        ("12 %", None),
        ("#FOUT!", None),
    ],
)
def test_a_number_is_read_by_its_shape(text: str, number: float | None) -> None:
    assert values.read_number(texts(text)).to_list() == [number]


def test_a_percent_sign_stands_only_in_a_percentage() -> None:
    assert values.read_number(texts("12,5 %", "12.5%", "0,125"), percent=True).to_list() == [12.5, 12.5, 0.125]


@pytest.mark.parametrize(
    ("text", "count"),
    [("1.234", 1234), ("1234.0", 1234), ("1 234", 1234), ("12,5", None), ("1,234", None), ("0", 0), ("-3", -3)],
)
def test_a_count_is_whole(text: str, count: int | None) -> None:
    assert values.read_count(texts(text)).to_list() == [count]


@pytest.mark.parametrize(
    ("column", "others", "meant"),
    [
        (Column("vte", Kind.NUMBER, maximum=10_000), ("12,5",), True),
        (Column("vte", Kind.NUMBER, maximum=10_000), ("12.5",), False),
        (Column("vte", Kind.NUMBER, maximum=10_000), ("12",), None),
        (Column("vte", Kind.NUMBER, maximum=1), ("12,5",), False),
        (Column("resultaat", Kind.PERCENT), ("12,5",), False),
    ],
)
def test_other_numbers_tell_what_a_point_means(column: Column, others: tuple[str, ...], meant: bool | None) -> None:
    assert values.points_are_thousands(column, texts("1.234"), [texts(*others)]) is meant


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("01/09/2025", dt.date(2025, 9, 1)),
        ("1-9-2025", dt.date(2025, 9, 1)),
        ("1/09/2025", dt.date(2025, 9, 1)),
        ("2025-09-01", dt.date(2025, 9, 1)),
        ("2025-09-01 00:00:00", dt.date(2025, 9, 1)),
        ("1/09/2025 0:00", dt.date(2025, 9, 1)),
        ("45901", dt.date(2025, 9, 1)),
        ("45901.0", dt.date(2025, 9, 1)),
        ("31/02/2025", None),
        ("30/02/2025", None),
        ("13/13/2025", None),
        ("01/09/25", None),
        ("31/12/9999", None),
        ("12", None),
        ("morgen", None),
    ],
)
def test_a_date_is_read_in_the_belgian_order(text: str, date: dt.date | None) -> None:
    assert values.read_date(texts(text)).to_list() == [date]


def test_an_american_date_has_the_month_first() -> None:
    assert values.read_date(texts("9/1/2025", "13/1/2025"), month_first=True).to_list() == [dt.date(2025, 9, 1), None]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9:05", dt.time(9, 5)),
        ("09:05:00", dt.time(9, 5)),
        ("9:05 AM", dt.time(9, 5)),
        ("12:00:00 am", dt.time(0, 0)),
        ("12:30:00 PM", dt.time(12, 30)),
        ("1:30:00\u202fPM", dt.time(13, 30)),
        ("1899-12-31 09:30:00", dt.time(9, 30)),
        ("25:00", None),
    ],
)
def test_a_time_is_on_a_clock_of_24_or_12_hours(text: str, time: dt.time | None) -> None:
    assert values.read_time(texts(text)).to_list() == [time]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-11-03 14:23:11", dt.datetime(2025, 11, 3, 14, 23, 11)),
        ("2025-11-03T14:23:11Z", dt.datetime(2025, 11, 3, 14, 23, 11)),
        ("03/11/2025 14:23", dt.datetime(2025, 11, 3, 14, 23)),
        ("45964.6", dt.datetime(2025, 11, 3, 14, 24)),
        ("03/11/2025", dt.datetime(2025, 11, 3)),
        ("gisteren", None),
    ],
)
def test_a_moment_keeps_its_time_of_day(text: str, moment: dt.datetime | None) -> None:
    assert values.read_moment(texts(text)).to_list() == [moment]


@pytest.mark.parametrize(
    ("text", "schooljaar"),
    [
        ("2025-2026", "2025-2026"),
        ("2025-26", "2025-2026"),
        ("2025/2026", "2025-2026"),
        ("2526", "2025-2026"),
        ("2526.0", "2025-2026"),
        ("2025", "2025-2026"),
        ("2025.0", "2025-2026"),
        ("1999-00", "1999-2000"),
        ("2021", "2021-2022"),
        ("2025-2027", None),
        ("2527", None),
        ("9025-9026", None),
        ("schooljaar", None),
    ],
)
def test_a_schooljaar_has_four_ways_of_writing(text: str, schooljaar: str | None) -> None:
    assert values.schooljaar(text) == schooljaar


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("012345", "012345"),
        ("12345", "012345"),
        ("12345.0", "012345"),
        ("12345,0", "012345"),
        (" 1 23 45", "012345"),
        ("0", None),
        ("1234567", None),
        ("12345.5", None),
        ("1A2345", None),
    ],
)
def test_an_instellingsnummer_gets_its_leading_zeros_back(text: str, number: str | None) -> None:
    assert values.instellingsnummer(text) == number


# 111 11x: the doubled digits 1, 1, 1 and the single ones 1, 1 give 8, so 2; 000 09x gives 9 x 2 = 18 -> 9, so 1;
# 000 05x gives 5 x 2 = 10 -> 1, so 9; 000 00x gives 0, so a computed 0, written as 1.
@pytest.mark.parametrize(
    ("number", "is_valid"),
    [("111112", True), ("111113", False), ("000091", True), ("000059", True), ("000001", True), ("000000", False)],
)
def test_the_last_digit_checks_the_others(number: str, is_valid: bool) -> None:
    assert values.has_valid_check_digit(number) is is_valid


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", "12"), ("012", "12"), ("12.0", "12"), ("SGR 12", "12"), ("Scholengroep 7", "7"), ("x", None)],
)
def test_a_scholengroep_has_a_number_without_leading_zeros(text: str, number: str | None) -> None:
    assert values.scholengroep_nummer(text) == number


# White space and signs stand where a parser may or may not take them.
MARKED = st.text(alphabet="0129/-.:T+ \u00a0PAMpmZ", min_size=1, max_size=14)
WRITTEN = st.builds(
    lambda moment, style, gap: moment.strftime(style).replace(" ", gap),
    st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2060, 1, 1)),
    st.sampled_from([*values.DATE_FORMATS, *values.MOMENT_FORMATS, *values.TIME_FORMATS, "%d/%m/%y", "%-d-%-m-%Y"]),
    st.sampled_from(["", " ", "  ", "\u202f"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.none() | MARKED | WRITTEN, min_size=1, max_size=5))
def test_passing_over_a_style_that_no_text_has_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, cells: list[str | None]
) -> None:
    column = texts(*cells)
    readers = (values.read_date, values.read_moment, values.read_time)
    found = [reader(column).to_list() for reader in readers]
    with monkeypatch.context() as patch:
        patch.setattr(values, "_some_fit", lambda style, texts: True)
        assert found == [reader(column).to_list() for reader in readers]


def test_many_times_the_same_number_reads_as_once() -> None:
    few = texts("1.234,5", "0,25", None, "x", "12")
    many = pl.concat([few] * 50)
    assert values.read_number(many).to_list() == [1234.5, 0.25, None, None, 12.0] * 50


def test_every_way_to_write_missing_is_missing_and_zero_is_not() -> None:
    cells = texts("", "  ", "\u00a0", "-", "n.v.t.", "N.V.T.", "Geen cijfers beschikbaar", None, "0", "<5")
    assert values.trimmed(cells.to_frame()).to_series().to_list() == [None] * 8 + ["0", "<5"]


@pytest.mark.parametrize("odd", ["", " ", "a ", "\u00a0a", "n.v.t.", "-", None])
def test_one_odd_cell_in_a_tall_column_is_found(odd: str | None) -> None:
    cells = texts(*["a", "b"] * values.TALL, odd)
    expected = "a" if odd and "a" in odd else None
    assert values.trimmed(cells.to_frame()).to_series().to_list() == [*["a", "b"] * values.TALL, expected]
    assert values.different(cells).len() < 10


def test_only_under_five_is_a_suppressed_count() -> None:
    assert values.small_counts(texts("<5", "< 5", "<\u00a05", "<10", "5", None)).to_list() == [True] * 3 + [False] * 3


def test_a_long_wording_of_an_advice_is_its_code() -> None:
    column = Column("advies", Kind.CHOICE, choices=("1A", "2B"), wordings={"ongunstig zonder": "2B"})
    read = values.choice_reader(column)
    assert [read(text) for text in ("1a", "Ongunstig zonder verzoek", "gunstig")] == ["1A", "2B", None]


def test_a_list_with_one_unknown_value_cannot_be_read() -> None:
    column = Column("doel", Kind.LIST, choices=("SO", "BaO"))
    assert values.read_list(texts("SO|bao", "SO | XX", "|", None), column).to_list() == [
        ["SO", "BaO"],
        None,
        None,
        None,
    ]


def test_free_text_loses_its_addresses() -> None:
    column = Column("opmerking", Kind.TEXT)
    assert values.read_values(texts("vraag an.j@school.be even"), column).to_list() == ["vraag [e-mail] even"]
