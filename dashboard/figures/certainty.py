"""How sure a place and a score in the ranking are, the same on every page."""

import polars as pl

from dashboard import theme


def place_words(low: int | None, high: int | None) -> str | None:
    """Return the 90 % interval of a place as 'met 90 % kans op plaats 3 tot 20'; None where it is not known.

    No place is surer than its interval: where both ends are one place, it still has the 90 % of the interval.
    """
    if low is None or high is None:
        return None
    return f"met 90 % kans op plaats {low}" if low == high else f"met 90 % kans op plaats {low} tot {high}"


def measured_scores(ranking: pl.DataFrame) -> pl.DataFrame:
    """Return rows of `mart.noden` without the scores of which nothing is measured: fixed values read as figures."""
    is_measured = pl.col("reden").is_null()
    return ranking.with_columns(
        pl.when(is_measured).then(name).alias(name)
        for name in ("score", *(f"bijdrage_{criterium}" for criterium in theme.CRITERIUM))
    )


def telling_classes(ranking: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a whole network, without class and chance where everybody is clearly among the first.

    In a network of hardly more instellingen than the first N a class tells nobody apart: only the trap then says who
    has great needs.
    """
    known = ranking["klasse"].drop_nulls()
    if known.is_empty() or (known != "duidelijk").any():
        return ranking
    return ranking.with_columns(
        pl.lit(None, pl.String).alias("klasse"),
        pl.lit(None, pl.Float64).alias("kans_top"),
        (pl.col("trap") == "verplicht").alias("heeft_grote_noden"),
    )
