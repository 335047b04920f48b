import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.filled import filled

WORDS = st.text(st.characters(exclude_characters="{}"), max_size=5)


@given(before=WORDS, between=WORDS, after=WORDS, rows=st.lists(st.tuples(st.text() | st.none(), st.integers(0, 99))))
def test_columns_stand_in_the_words_and_what_is_missing_stays_missing(before, between, after, rows):
    frame = pl.DataFrame(rows, schema={"naam": pl.String, "n": pl.Int64}, orient="row")
    found = frame.select(filled(f"{before}{{}}{between}{{}}{after}", "naam", pl.col("n") + 1)).to_series().to_list()
    assert found == [None if name is None else f"{before}{name}{between}{n + 1}{after}" for name, n in rows]


def test_a_frame_in_pieces_of_which_some_are_empty_can_be_filled():
    pieces = pl.concat([pl.DataFrame({"n": [3 * place, 3 * place + 1]}) for place in range(5)], rechunk=False)
    left = pieces.filter(pl.Series([row in (2, 9) for row in range(10)]))
    assert left.n_chunks() == 5
    assert left.select(filled("rij {}", "n")).to_series().to_list() == ["rij 3", "rij 13"]


def test_as_many_columns_as_places():
    with pytest.raises(ValueError, match="zip"):
        filled("{} en {}", "een")
