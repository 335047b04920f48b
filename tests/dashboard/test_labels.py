import polars as pl
import pytest

from dashboard.charts.labels import both_ends


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Basisschool De Beuk", "Basisschool De Beuk"),
        ("School voor buitengewoon basisonderwijs De Beuk Aalst", "School … De Beuk Aalst"),
        ("Buitengewoonbasisonderwijsschool-zonder-één-spatie", "Buiteng … l-zonder-één-spatie"),
        ("", ""),
        (None, None),
    ],
)
def test_a_long_name_keeps_its_start_and_its_end(name, shown):
    frame = pl.DataFrame({"naam": [name]}, schema={"naam": pl.String})
    assert frame.select(both_ends(pl.col("naam"), 28)).item() == shown


def test_no_name_becomes_longer_than_asked():
    names = pl.Series("naam", ["a " * 60, "x" * 60, "School " + "y" * 60, "z" * 30 + " tien"])
    assert names.to_frame().select(both_ends(pl.col("naam"), 30).str.len_chars()).to_series().max() <= 31
