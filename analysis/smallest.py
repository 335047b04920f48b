"""Do the smallest institutions crowd the top by chance: their share in it before and after shrinkage."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.needs_assessment import assess
from analysis.needs_criteria import score_criteria
from analysis.needs_estimates import on_anchors
from analysis.needs_settings import NeedsSettings, read_needs_settings
from analysis.scenario import Scenario, default_scenario

SMALLEST_SCHEMA: dict[str, pl.DataType] = {
    "schooljaar": pl.String(),
    "krimping": pl.String(),
    "top_n": pl.Int64(),
    "instellingen": pl.Int64(),
    "kleinste": pl.Int64(),
    "meeste_leerlingen": pl.Int64(),
    "in_top": pl.Int64(),
    "aandeel": pl.Float64(),
    "verwacht": pl.Float64(),
}
BEFORE, AFTER = "voor", "na"
#: The smallest tenth.
PART = 10


def smallest_in_top(
    instellingen: pl.DataFrame,
    indicatoren: pl.DataFrame,
    kenmerken: pl.DataFrame,
    buren: pl.DataFrame,
    settings: Mapping[str, Any],
) -> pl.DataFrame:
    """Return per schooljaar what part of the top is of the smallest tenth, before and after shrinkage.

    `instellingen` and `indicatoren`: what `score_criteria` takes, the latter with `waarde` and `standaardfout`;
    `kenmerken`: `schooljaar`, `instellingsnummer`, `aantal_leerlingen` (or null); `buren`: what
    `nearest_institutions` returns; `settings`: the whole settings file. Columns: `SMALLEST_SCHEMA`, two rows per
    schooljaar: `krimping` 'voor' takes every value as it was measured, 'na' as the ranking does.

    Both order by score in the default scenario. The trap is left out: it follows from an inspection, and shrinkage
    does not touch it. Only institutions whose number of pupils is known take part: `instellingen` of them, with the
    `kleinste` smallest (a tenth, rounded up; ties by instellingsnummer) of at most `meeste_leerlingen` pupils each.
    `in_top` of those stand among the first `top_n`; `aandeel` is `in_top / top_n`, `verwacht` is `kleinste /
    instellingen`: what it would be if size played no part. Source: issue of small numbers, Wainer (2007), The most
    dangerous equation.
    """
    method, scenario = read_needs_settings(settings), default_scenario(settings)
    anchors = method.indicator_frame().select("indicator", "nul", "een")
    measured = indicatoren.join(anchors, on="indicator", how="left").with_columns(
        score=on_anchors("waarde", ""), variantie=pl.col("standaardfout") ** 2
    )
    sizes = kenmerken.drop_nulls("aantal_leerlingen").select("schooljaar", "instellingsnummer", "aantal_leerlingen")
    counted = [
        _count(year.join(sizes, on=["schooljaar", "instellingsnummer"]), krimping, method.top_n)
        for krimping, estimates in ((BEFORE, measured), (AFTER, indicatoren))
        for year in _places(score_criteria(instellingen, estimates, settings), buren, scenario, method)
    ]
    return pl.concat([pl.DataFrame(schema=SMALLEST_SCHEMA), *counted]).sort("schooljaar", pl.col("krimping") == AFTER)


def _places(
    criteria: pl.DataFrame, buren: pl.DataFrame, scenario: Scenario, method: NeedsSettings
) -> list[pl.DataFrame]:
    """Return `schooljaar`, `instellingsnummer` and `plaats` (by score) of each schooljaar."""
    years = []
    for year in criteria.partition_by("schooljaar"):
        assessment = assess(year, buren.filter(pl.col("schooljaar") == year["schooljaar"][0]), scenario, method)
        years.append(
            assessment.table.select(
                pl.lit(year["schooljaar"][0]).alias("schooljaar"), "instellingsnummer"
            ).with_columns(plaats=pl.Series(assessment.places_by_score))
        )
    return years


def _count(ranked: pl.DataFrame, krimping: str, top_n: int) -> pl.DataFrame:
    """Return the row of one schooljaar, none where nobody's size is known."""
    if ranked.is_empty():
        return pl.DataFrame(schema=SMALLEST_SCHEMA)
    smallest = ranked.sort("aantal_leerlingen", "instellingsnummer").head(-(-len(ranked) // PART))
    top = ranked.sort("plaats").head(top_n)
    in_top = top["instellingsnummer"].is_in(smallest["instellingsnummer"].implode()).sum()
    row = {
        "schooljaar": ranked["schooljaar"][0],
        "krimping": krimping,
        "top_n": len(top),
        "instellingen": len(ranked),
        "kleinste": len(smallest),
        "meeste_leerlingen": smallest["aantal_leerlingen"].max(),
        "in_top": in_top,
        "aandeel": in_top / len(top),
        "verwacht": len(smallest) / len(ranked),
    }
    return pl.DataFrame([row], schema=SMALLEST_SCHEMA)
