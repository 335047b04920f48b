"""The support strategies: their filter, their names and their order of rising intensity (PBD 3.2)."""

import polars as pl

from dashboard import data, theme
from dashboard.filters import ALL, Filter

#: Rising intensity, as in the plan; the names and colours are those of the theme.
ORDER = tuple(theme.STRATEGIE)


@data.derived
def strategy_filter(strategies: pl.DataFrame) -> Filter:
    """Return the filter on strategie for the codes in column `strategie`, in order of rising intensity."""
    known = set(strategies["strategie"])
    chosen = [code for code in ORDER if code in known] + sorted(known - set(ORDER))
    return Filter(
        "strategie", "Strategie", {ALL: strategy_name(ALL)} | {code: strategy_name(code) for code in chosen}, ALL
    )


def strategy_name(code: str | None) -> str:
    """Return what a reader sees for a strategy; an unknown code is shown as it is."""
    return theme.STRATEGIE_NAAM.get(str(code), str(code))


def with_strategy_name(frame: pl.DataFrame, column: str = "strategie") -> pl.DataFrame:
    """Return the frame with `strategie_naam`; an absent strategy stays null."""
    return frame.with_columns(pl.col(column).replace(theme.STRATEGIE_NAAM).alias("strategie_naam"))


def by_intensity(frame: pl.DataFrame, column: str = "strategie") -> pl.DataFrame:
    """Return the rows in order of rising intensity, 'alle' first and unknown strategies last."""
    places = {ALL: -1} | {code: place for place, code in enumerate(ORDER)}
    place = pl.col(column).replace_strict(places, default=len(ORDER), return_dtype=pl.Int64)
    return frame.sort(place, maintain_order=True)
