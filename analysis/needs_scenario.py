"""The ranking of one schooljaar under any set of choices: places, contributions, and how sure they are."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.lexicographic import tolerance_steps
from analysis.needs_assessment import Assessment, assess, completeness, rankability, reason_unknown
from analysis.needs_settings import CRITERIA, NeedsSettings, read_needs_settings
from analysis.needs_uncertainty import (
    Block,
    RankUncertainty,
    constant_block,
    draw_ranks,
    lexicographic_block,
    weighted_block,
)
from analysis.scenario import (
    LEXICOGRAPHIC,
    ORDERED,
    Scenario,
    ScenarioError,
    check_scenario,
    default_scenario,
    draw_weights,
)

__all__ = ["RANKING_SCHEMA", "Scenario", "ScenarioError", "default_scenario", "rank_scenario"]

RANKING_SCHEMA: dict[str, pl.DataType] = {
    "schooljaar": pl.String(),
    "instellingsnummer": pl.String(),
    "rang": pl.Int64(),
    "trap": pl.String(),
    "score": pl.Float64(),
    **{f"score_{criterion}": pl.Float64() for criterion in CRITERIA},
    **{f"bijdrage_{criterion}": pl.Float64() for criterion in CRITERIA},
    "volledigheid": pl.Float64(),
    "rang_score": pl.Int64(),
    "rang_gemiddeld": pl.Float64(),
    "rang_p05": pl.Int64(),
    "rang_p95": pl.Int64(),
    "kans_top": pl.Float64(),
    "klasse": pl.String(),
    "reden": pl.String(),
    "rankability": pl.Float64(),
    "is_in_groepen": pl.Boolean(),
    "methode_versie": pl.String(),
}
SCENARIO_SCHEMA = {name: kind for name, kind in RANKING_SCHEMA.items() if name != "schooljaar"}


def rank_scenario(
    criteria: pl.DataFrame, buren: pl.DataFrame, scenario: Scenario, settings: Mapping[str, Any]
) -> pl.DataFrame:
    """Return the ranking of one schooljaar, one row per instelling (`SCENARIO_SCHEMA`), sorted by rang.

    `criteria`: what `score_criteria` returns (the columns of `mart.noden_criterium`) of one schooljaar and the
    whole network. `buren`: what `nearest_institutions` returns of that schooljaar (`mart.noden_vergelijkbaar`).
    `settings`: the whole settings file. With `default_scenario(settings)` the figures are those of `mart.noden`, to
    the last digit.

    `score_…` is 0-1 in the chosen view (1 = greatest need) or null where the criterion is missing; the shown
    `score` then uses the mean of the like-group: the comparable institutions that have it, the whole
    onderwijsniveau where those are too few, or the fixed value of the settings where the onderwijsniveau misses it,
    also when nobody in the network has it. Weights never change, and another onderwijsniveau changes nobody's
    score. `volledigheid` is the share of the weight that rests on own data. Where a whole onderwijsniveau has none of
    the criteria with weight, its scores are fixed values only: `klasse` is then null and `reden` says why
    ('beschermd', 'ontbreekt' or 'nvt').

    `rang` orders by trap (if it comes first), then score, then instellingsnummer; `rang_score` leaves the trap
    out. `rang_gemiddeld`, `rang_p05`, `rang_p95` and `kans_top` come from seeded draws in the same order. For
    'lexicografisch' the order is that of `analysis.lexicographic`, and `score` only shows the rank-order
    centroid. Random numbers go by schooljaar and by place in the order trap, instellingsnummer.

    Raises ScenarioError for choices that cannot be ranked, ValueError for more than one schooljaar or two rows
    for one instelling and criterium. Source: plan PBD 5.6.1; SMAA, Lahdelma & Salminen (2001).
    """
    check_scenario(scenario)
    method = read_needs_settings(settings)
    if not len(criteria):
        return pl.DataFrame(schema=SCENARIO_SCHEMA)
    assessment = assess(criteria, buren, scenario, method)
    spread = _spread(assessment, scenario, method, int(str(criteria["schooljaar"][0])[:4]))
    certainty = rankability(assessment)
    columns = {
        "rang": assessment.places,
        "rang_score": assessment.places_by_score,
        "score": assessment.score,
        **{f"bijdrage_{name}": part for name, part in assessment.contributions.items()},
        "volledigheid": completeness(assessment, scenario),
        "rang_gemiddeld": spread.mean,
        "rang_p05": spread.p05,
        "rang_p95": spread.p95,
        "kans_top": spread.top,
    }
    return (
        assessment.table.with_columns(
            *(pl.Series(name, values) for name, values in columns.items()),
            reden=reason_unknown(assessment, scenario),
            rankability=pl.lit(certainty),
            is_in_groepen=pl.lit(certainty < method.grens_rankability),
            methode_versie=pl.lit(method.versie),
        )
        .with_columns(klasse=pl.when(pl.col("reden").is_null()).then(_klasse(method)))
        .select(pl.col(name).cast(kind) for name, kind in SCENARIO_SCHEMA.items())
        .sort("rang")
    )


def _spread(assessment: Assessment, scenario: Scenario, method: NeedsSettings, year: int) -> RankUncertainty:
    seed = [method.zaad, year]
    block = _block(assessment, scenario, method.trekkingen, seed)
    return draw_ranks(block, assessment.trap_sizes, method.trekkingen, scenario.top_n, seed)


def _block(assessment: Assessment, scenario: Scenario, draws: int, seed: list[int]) -> Block:
    """Return what draws the scores: the uncertainties that were asked for, and only those."""
    criteria = list(assessment.criteria.values())
    if scenario.onzekerheid == "gewichten":
        if scenario.gewichten != ORDERED:
            return constant_block(-assessment.places_by_score.astype(np.float64))
        criteria = [replace(one, variances=np.zeros_like(one.variances), donors=[]) for one in criteria]
    if scenario.gewichten == LEXICOGRAPHIC:
        return lexicographic_block(criteria, tolerance_steps(_typical_noise(assessment)))
    return weighted_block(criteria, draw_weights(scenario, draws, np.random.default_rng(seed)))


def _typical_noise(assessment: Assessment) -> list[NDArray[np.float64]]:
    """Return the variances of each criterion where it is measured; where nobody has it, those of the fixed value."""
    measured = {name: assessment.table[f"variantie_{name}"].drop_nulls() for name in assessment.criteria}
    return [
        own.variances if measured[name].is_empty() else measured[name].to_numpy()
        for name, own in assessment.criteria.items()
    ]


def _klasse(method: NeedsSettings) -> pl.Expr:
    """The chance of a place in the top N, in words."""
    return (
        pl.when(pl.col("kans_top") >= method.grens_duidelijk)
        .then(pl.lit("duidelijk"))
        .when(pl.col("kans_top") >= method.grens_mogelijk)
        .then(pl.lit("mogelijk"))
        .otherwise(pl.lit("niet"))
    )
