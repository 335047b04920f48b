"""Shares where percentages belong are told per delivery, whatever the others hold."""

import pytest

from tests.warehouse.landing_tables import landing
from warehouse.percentages import judge_percentages

COLUMN = ("verloven", "verloven", "percentage", "percentage")


def leave(levering, *values):
    return [{"percentage": value, "_levering": levering} for value in values]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (leave("a", 0.7, 0.2, None), [(False, "1 van 1 afwijkend")]),
        (leave("a", 1.0, 0.0), [(False, "1 van 1 afwijkend")]),
        (leave("a", 70.0, 0.2), [(True, "0 van 1 afwijkend")]),
        # The percentages of one supplier do not hide the shares of another.
        (leave("a", 70.5) + leave("b", 0.7) + leave("c", 50.0), [(False, "1 van 3 afwijkend")]),
        (leave("a", 0.0, None), []),
        ([], []),
    ],
    ids=["shares", "up to one", "percentages", "mixed", "nothing above zero", "nothing"],
)
def test_each_delivery_is_judged_by_itself(con, rows, expected):
    landing(con, "verloven", rows)
    found = judge_percentages(con, [COLUMN])
    assert [(row["geslaagd"], row["waargenomen"]) for row in found] == expected
    assert all((row["kolom"], row["ernst"]) == ("percentage", "waarschuwing") for row in found)
