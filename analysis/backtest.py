"""Was last year's list right: which institutions that then got an unfavourable advice stood in its top."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.intervals import wilson
from analysis.needs_settings import read_needs_settings

BACKTEST_SCHEMA: dict[str, pl.DataType] = {
    "schooljaar": pl.String(),
    "lijst": pl.String(),
    "omschrijving": pl.String(),
    "top_n": pl.Int64(),
    "instellingen": pl.Int64(),
    "nieuw_ongunstig": pl.Int64(),
    "in_top": pl.Int64(),
    "aandeel": pl.Float64(),
    "laag": pl.Float64(),
    "hoog": pl.Float64(),
    "is_volledig": pl.Boolean(),
}
# Each list: what it is in words, and its order; ties go by instellingsnummer.
LISTS: Mapping[str, tuple[str, list[pl.Expr]]] = {
    "rangschikking": ("De rangschikking op noden", [pl.col("rang")]),
    "score": ("De score zonder de trap", [pl.col("rang_score")]),
    "naief": (
        "Alleen het laatste advies, bij gelijk advies het oudste verslag eerst",
        [-pl.col("advies").replace_strict({"1A": 1, "1B": 2, "2A": 3, "2B": 4}, default=0), pl.col("datum_verslag")],
    ),
    "naief_oki": ("Alleen de OKI, hoogste eerst", [-pl.col("oki")]),
}


def backtest_lists(stand: pl.DataFrame, settings: Mapping[str, Any]) -> pl.DataFrame:
    """Return per schooljaar and list what share of the newly unfavourable stood in its top (`BACKTEST_SCHEMA`).

    `stand`: one row per `schooljaar` and `instellingsnummer`, as known at the end of that schooljaar: `rang`,
    `rang_score`, `oki` (or null), `advies` in force (or null), `datum_verslag` (or null), `is_al_ongunstig`
    (a 2A or 2B is already open) and, the only ones about the year after, `is_nieuw_ongunstig` (got a 2A or 2B
    in it) with `is_volledig` (that year is over). `settings`: the whole settings file.

    An institution whose 2A or 2B was already open cannot newly get one, and is followed up whatever a list
    says: it is left out of every list and of the count, so that all lists have the same candidates and the
    same number of places. `instellingen` counts the candidates, `aandeel` is `in_top / nieuw_ongunstig`, null
    without any; `laag` and `hoog` are its 95 % Wilson interval. What chance would give is `top_n /
    instellingen`. Inspections do not come by lot, so a share says how the list did, not how good it is.
    Source: methoden section 1.11; Wilson (1927).
    """
    top_n = read_needs_settings(settings).top_n
    candidates = stand.filter(~pl.col("is_al_ongunstig"))
    counted = [_count_in_top(candidates, lijst, top_n) for lijst in LISTS]
    result = pl.concat(counted)
    hits, total = result["in_top"].to_numpy(), result["nieuw_ongunstig"].to_numpy()
    low, high = wilson(hits, total)
    return (
        result.with_columns(
            aandeel=pl.when(pl.col("nieuw_ongunstig") > 0).then(pl.col("in_top") / pl.col("nieuw_ongunstig")),
            laag=pl.Series(low).fill_nan(None),
            hoog=pl.Series(high).fill_nan(None),
        )
        .select(pl.col(name).cast(kind) for name, kind in BACKTEST_SCHEMA.items())
        .sort("schooljaar", "lijst")
    )


def _count_in_top(candidates: pl.DataFrame, lijst: str, top_n: int) -> pl.DataFrame:
    description, order = LISTS[lijst]
    names = [f"_{number}" for number in range(len(order))]
    ordered = candidates.with_columns(
        expression.alias(name) for expression, name in zip(order, names, strict=True)
    ).sort("schooljaar", *names, "instellingsnummer", nulls_last=True)
    is_new = pl.col("is_nieuw_ongunstig")
    return ordered.group_by("schooljaar", maintain_order=True).agg(
        lijst=pl.lit(lijst).first(),
        omschrijving=pl.lit(description).first(),
        top_n=pl.lit(top_n).first(),
        instellingen=pl.len(),
        nieuw_ongunstig=is_new.sum(),
        in_top=is_new.head(top_n).sum(),
        is_volledig=pl.col("is_volledig").all(),
    )
