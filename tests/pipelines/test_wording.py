"""Numbers and counts as Dutch text."""

import pytest

from pipelines.wording import counted, number_text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, "0,5"), (0, "0"), (410.0, "410"), (10_000, "10.000"), (-1234.25, "-1.234,25"), (1e9, "1.000.000.000")],
)
def test_a_number_is_written_as_it_is(value: float, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 rijen"), (1, "1 rij"), (2, "2 rijen"), (1_200, "1.200 rijen")])
def test_a_count_has_its_noun(count: int, text: str) -> None:
    assert counted(count, "rij", "rijen") == text
