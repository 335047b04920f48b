"""The needs ranking: four criteria in order of importance, one place per instelling, and how sure it is.

The method in one paragraph: indicators are estimated and shrunk (`estimate_indicators`), placed on fixed
anchors and averaged into a criterion (`score_criteria`); criteria are weighed by their order alone; an open
unfavourable advice comes before any score; what is missing is drawn from comparable institutions instead of
counted as zero (`rank_needs`, and `rank_scenario` for other choices).
"""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.needs_criteria import TRAPPEN, score_criteria
from analysis.needs_estimates import estimate_indicators
from analysis.needs_scenario import RANKING_SCHEMA, default_scenario, rank_scenario
from analysis.needs_settings import CRITERIA

__all__ = [
    "CRITERIA",
    "RANKING_SCHEMA",
    "TRAPPEN",
    "estimate_indicators",
    "rank_needs",
    "rank_scenario",
    "score_criteria",
]


def rank_needs(criteria: pl.DataFrame, buren: pl.DataFrame, settings: Mapping[str, Any]) -> pl.DataFrame:
    """Return the ranking of every schooljaar in the default scenario (columns: `RANKING_SCHEMA`), sorted by rang.

    `criteria`: what `score_criteria` returns; `buren`: what `nearest_institutions` returns; `settings`: the whole
    settings file. Schooljaren do not meet: one
    added changes no other. Columns, errors and sources: see `rank_scenario`.
    """
    scenario = default_scenario(settings)
    years = []
    for year in criteria.partition_by("schooljaar"):
        schooljaar = pl.lit(year["schooljaar"][0])
        ranking = rank_scenario(year, buren.filter(pl.col("schooljaar") == schooljaar), scenario, settings)
        years.append(ranking.select(schooljaar.alias("schooljaar"), pl.all()))
    return pl.concat([pl.DataFrame(schema=RANKING_SCHEMA), *years]).sort("schooljaar", "rang")
