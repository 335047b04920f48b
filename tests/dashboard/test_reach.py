"""How many with great needs were not reached: the same number, or none, on Start and on Bereik."""

import polars as pl
import pytest

from dashboard import texts
from dashboard.figures import bereik, start
from dashboard.figures.bereik_noden import UNKNOWN_REACH

TOTALS = pl.DataFrame(
    {
        "schooljaar": ["2025-2026"], "is_lopend": [False], "instellingen": [4], "instellingen_bereikt": [2],
        "instellingen_onbekend": [0],
        "personeelsleden": [200], "professionals": [20], "deelnames": [30], "reden_deelnames": [None],
        "interventies": [3], "dagdelen": [6.0], "reden_interventies": [None],
    }
)  # fmt: skip
HISTORY = pl.DataFrame(
    {"schooljaar": ["2025-2026"], "aandeel_sinds_plan": [0.5], "instellingen_onbekend_cumulatief": [0]}
)


def matrix(*, is_trap_bekend: bool = True, **counts: int) -> pl.DataFrame:
    """A need matrix with one trap; what is not given is zero."""
    names = (
        "instellingen", "bereikt", "niet_bereikt", "onbekend", "niet_bereikt_grote_noden", "onbekend_grote_noden",
        "grote_noden", "nood_onbekend",
    )  # fmt: skip
    known = {"trap": ["regulier"], "is_trap_bekend": [is_trap_bekend]}
    return pl.DataFrame(known | {name: [counts.get(name, 0)] for name in names})


@pytest.mark.usefixtures("data_dir")
@pytest.mark.parametrize(
    ("needs", "shown", "why"),
    [
        (matrix(instellingen=4, bereikt=4, grote_noden=1), "0", start.NOBODY_MISSED),
        (matrix(instellingen=4, niet_bereikt=4, niet_bereikt_grote_noden=2, grote_noden=2, nood_onbekend=2), "2", None),
        (
            matrix(instellingen=4, bereikt=3, nood_onbekend=4),
            "ontbreekt",
            "Van 4 instellingen is niet bekend of de noden groot zijn.",
        ),
        (matrix(instellingen=4, onbekend=1, onbekend_grote_noden=1, grote_noden=1), "ontbreekt", f"{UNKNOWN_REACH}."),
        (matrix(instellingen=4).clear(), "ontbreekt", texts.NO_ROWS),
    ],
    ids=["all reached", "some missed", "needs unknown", "reach unknown", "nobody counted"],
)
def test_none_missed_is_no_zero_while_that_is_not_known(needs: pl.DataFrame, shown: str, why: str | None) -> None:
    missed = int(needs["niet_bereikt_grote_noden"].sum())
    listed = pl.DataFrame({"instellingsnummer": [f"{number:06d}" for number in range(missed)]})
    assert bereik.key_figures(TOTALS, HISTORY, needs)[-1].value == shown
    assert start.missed_title(listed, needs).endswith(f"zijn: {shown}")
    if why:
        assert start.nobody_missed(needs, pl.DataFrame({"aantal": [4]})) == why
