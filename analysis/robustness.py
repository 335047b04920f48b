"""How much a place depends on the choices: the same schooljaar ranked under each other choice."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import polars as pl

from analysis.comparable import neighbour_positions
from analysis.needs_assessment import assess_table, criteria_table
from analysis.needs_settings import CRITERIA, NeedsSettings, read_needs_settings
from analysis.scenario import LEXICOGRAPHIC, Scenario, default_scenario

ROBUSTNESS_SCHEMA: dict[str, pl.DataType] = {
    "schooljaar": pl.String(),
    "instellingsnummer": pl.String(),
    "rang": pl.Int64(),
    "rang_gelijk": pl.Int64(),
    "rang_rangsom": pl.Int64(),
    "rang_lexicografisch": pl.Int64(),
    "rang_onverwacht": pl.Int64(),
    **{f"rang_zonder_{criterion}": pl.Int64() for criterion in CRITERIA},
    "grootste_verschuiving": pl.Int64(),
}


def rank_robustness(criteria: pl.DataFrame, buren: pl.DataFrame, settings: Mapping[str, Any]) -> pl.DataFrame:
    """Return the rang of each instelling under each other choice (columns: `ROBUSTNESS_SCHEMA`), sorted by key.

    `criteria`: what `score_criteria` returns; `buren`: what `nearest_institutions` returns; `settings`: the whole
    settings file. Each column changes one
    choice of the default scenario: the weights, the view, or one criterion left out (the others share its
    weight by their order). The trap comes first in all of them: it is an obligation, not a weight, also where
    the score of the inspection is left out. `grootste_verschuiving` is the greatest distance in places between
    `rang` and any of them. Places only, no draws. Source: methoden section 1.9.
    """
    method, default = read_needs_settings(settings), default_scenario(settings)
    years = [
        _rank_year(year, buren.filter(pl.col("schooljaar") == year["schooljaar"][0]), default, method)
        for year in criteria.partition_by("schooljaar")
    ]
    return pl.concat([pl.DataFrame(schema=ROBUSTNESS_SCHEMA), *years]).sort("schooljaar", "instellingsnummer")


def _rank_year(year: pl.DataFrame, buren: pl.DataFrame, default: Scenario, method: NeedsSettings) -> pl.DataFrame:
    others = {
        "rang_gelijk": replace(default, gewichten="gelijk"),
        "rang_rangsom": replace(default, gewichten="rangsom"),
        "rang_lexicografisch": replace(default, gewichten=LEXICOGRAPHIC),
        "rang_onverwacht": replace(default, kijk="onverwacht"),
        **{
            f"rang_zonder_{left_out}": replace(
                default, volgorde=tuple(name for name in default.volgorde if name != left_out)
            )
            for left_out in CRITERIA
        },
    }
    # A table per view, with the institutions in the same order: what else changes is not in it.
    tables = {scenario.kijk: criteria_table(year, scenario) for scenario in (default, others["rang_onverwacht"])}
    institutions = tables[default.kijk].select("instellingsnummer")
    neighbours = neighbour_positions(buren, institutions.to_series(), method.vergelijkbaar.aantal)
    ranks = institutions.with_columns(
        pl.Series(name, assess_table(tables[scenario.kijk], neighbours, scenario, method).places)
        for name, scenario in {"rang": default, **others}.items()
    )
    shifts = [(pl.col(name) - pl.col("rang")).abs() for name in others]
    return ranks.with_columns(
        schooljaar=pl.lit(year["schooljaar"][0]), grootste_verschuiving=pl.max_horizontal(shifts)
    ).select(pl.col(name).cast(kind) for name, kind in ROBUSTNESS_SCHEMA.items())
