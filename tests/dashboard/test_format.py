from datetime import date, datetime

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard import format
from dashboard.tables import decimal_text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, 1, "1.234,5"),
        (2689314.54, 2, "2.689.314,54"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "-3"),
        (1.005, 2, "1,01"),
        (-0.04, 1, "0,0"),
        (None, 0, "ontbreekt"),
    ],
)
def test_number_is_dutch_and_rounds_a_half_away_from_zero(value, decimals, text):
    assert format.number(value, decimals) == text


@example(67_108_864.945, 2)  # x 100 = 6710886494.4999990
@given(
    st.floats(min_value=-1e8, max_value=1e8, allow_nan=False).map(lambda value: round(value, 4)),
    st.integers(min_value=0, max_value=2),
)
def test_a_column_is_written_as_its_single_values_are(value, decimals):
    column = pl.DataFrame({"x": [value]}).select(decimal_text(pl.col("x"), decimals))
    assert column.item() == format.number(value, decimals)


def test_percentage_has_decimals_from_a_hundred_persons_on():
    assert format.percentage(0.3085, 94) == "31 %"
    assert format.percentage(0.3085, 263) == "30,9 %"
    assert format.percentage(0.123) == "12,3 %"


def test_a_share_that_rounds_to_zero_is_not_called_zero():
    assert format.percentage(0.0004, 5000) == "afgerond naar 0"
    assert format.percentage(0.0, 5000) == "0,0 %"


def test_interval_is_said_in_words():
    assert format.interval(0.12, 0.18, 90) == "tussen 12 en 18 %"
    assert format.interval(0.2553, 0.3662, 263) == "tussen 25,5 en 36,6 %"


def test_dates_are_belgian():
    assert format.date_short(date(2026, 11, 1)) == "01/11/2026"
    assert format.moment(datetime(2026, 11, 1, 9, 5)) == "01/11/2026 09:05"
    assert format.date_long(date(2026, 11, 21)) == "21 november 2026"


def test_changes_say_their_direction():
    assert format.signed(3) == "+3"
    assert format.signed(-2.46, 1, " procentpunt") == "-2,5 procentpunt"
    assert format.signed(0.01) == "geen verschil"
    assert format.signed(None) == "niet vergelijkbaar"


def test_dagdelen_are_whole_or_have_one_decimal():
    assert format.dagdelen(64.0) == "64"
    assert format.dagdelen(44.5) == "44,5"


def test_the_four_kinds_of_absence_have_four_words():
    words = {format.reason(code) for code in ("ontbreekt", "beschermd", "nvt", "afgerond naar 0")}
    assert words == {"ontbreekt", "beschermd", "n.v.t.", "afgerond naar 0"}


def test_signs_of_markdown_lose_their_meaning():
    assert format.plain_markdown("a_b *c* [d](e) $f$ :g:") == r"a\_b \*c\* \[d\]\(e\) \$f\$ \:g\:"
    assert format.plain_markdown("Basisschool De Beuk 2") == "Basisschool De Beuk 2"


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("vlaamse_toetsen", "Vlaamse toetsen"),
        ("edbi antwoorden", "EDBI-antwoorden"),
        ("clb_noden en doorlichtingen", "CLB-noden en doorlichtingen"),
        ("agenda_categorieen", "agendacategorieën"),
        ("agenda categorieën", "agendacategorieën"),
        ("instellingen", "instellingen"),
        (None, ""),
    ],
)
def test_sources_are_written_as_dutch_writes_them(name, written):
    assert format.spelled(name) == written


def test_a_number_stands_with_what_it_counts():
    counts = [format.counted(count, "instelling", "instellingen") for count in (0, 1, 2, 1200)]
    assert counts == ["0 instellingen", "1 instelling", "2 instellingen", "1.200 instellingen"]
