"""One schooljaar under one scenario: the score of each instelling, what it is made of, and its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.comparable import neighbour_positions
from analysis.lexicographic import lexicographic_order
from analysis.needs_criteria import TRAPPEN
from analysis.needs_settings import CRITERIA, NeedsSettings
from analysis.needs_uncertainty import Criterion
from analysis.scenario import LEXICOGRAPHIC, VIEWS, Scenario, shown_weights
from analysis.shrinkage import between_variance

# Scores that differ by less are equal; otherwise the order of a sum would decide a rank.
SCORE_DECIMALS = 12


@dataclass(frozen=True)
class Assessment:
    """Everything about a schooljaar but the draws; arrays are in the order of `table`.

    `table` has one row per instelling (`instellingsnummer`, `onderwijsniveau`, `trap`, `trap_nummer`, and per
    criterium `score_…`, `variantie_…` and `reden_…`, null where missing), in the order trap, instellingsnummer
    (when the trap does not come first: instellingsnummer). `criteria` and `contributions` follow the order of
    importance. `is_known` tells whether anybody in the onderwijsniveau has a criterion with weight: where nobody
    has, `score` is a sum of fixed values of the settings and says nothing about the instelling. `trap_sizes`
    are the groups that stand apart.
    """

    table: pl.DataFrame
    criteria: Mapping[str, Criterion]
    is_known: NDArray[np.bool_]
    contributions: Mapping[str, NDArray[np.float64]]
    score: NDArray[np.float64]
    variance: NDArray[np.float64]
    trap_sizes: list[int]
    places: NDArray[np.int64]
    places_by_score: NDArray[np.int64]


def assess(criteria: pl.DataFrame, buren: pl.DataFrame, scenario: Scenario, method: NeedsSettings) -> Assessment:
    """Return scores and places of one schooljaar; `criteria` as `score_criteria` returns it.

    `buren`: what `nearest_institutions` returns of that schooljaar. `scenario.volgorde` may hold fewer than four
    criteria (to leave one out); it is not checked here. Raises ValueError for more than one schooljaar or two rows
    per instelling and criterium.
    """
    table = criteria_table(criteria, scenario)
    neighbours = neighbour_positions(buren, table["instellingsnummer"], method.vergelijkbaar.aantal)
    return assess_table(table, neighbours, scenario, method)


def assess_table(
    table: pl.DataFrame, neighbours: NDArray[np.intp], scenario: Scenario, method: NeedsSettings
) -> Assessment:
    """Return what `assess` does, of a `criteria_table` of that view and the positions of who is comparable in it."""
    weights = dict(zip(scenario.volgorde, shown_weights(scenario), strict=True))
    filled = {name: _read_criterion(table, name, neighbours, method) for name in scenario.volgorde}
    contributions = {name: weight * filled[name].scores for name, weight in weights.items()}
    score = np.round(np.sum(list(contributions.values()), axis=0), SCORE_DECIMALS)
    variance = np.sum([weight**2 * filled[name].variances for name, weight in weights.items()], axis=0)
    if scenario.gewichten == LEXICOGRAPHIC:
        scores, noise = [own.scores for own in filled.values()], [own.variances for own in filled.values()]
        order = lexicographic_order(scores, noise, score)
    else:
        order = np.lexsort((table["instellingsnummer"].rank("ordinal").to_numpy(), -score))
    places_by_score = _places(order)
    groups = table["trap_nummer"].to_numpy() if scenario.trap_eerst else np.zeros(len(table), dtype=np.int64)
    return Assessment(
        table=table,
        criteria=filled,
        is_known=_is_known(table, [name for name, weight in weights.items() if weight > 0]),
        contributions=contributions,
        score=score,
        variance=variance,
        trap_sizes=[int((groups == group).sum()) for group in range(len(TRAPPEN))],
        places=_places(np.lexsort((places_by_score, groups))),
        places_by_score=places_by_score,
    )


def criteria_table(criteria: pl.DataFrame, scenario: Scenario) -> pl.DataFrame:
    """Return one row per instelling of one schooljaar, with a score, variance and reden per criterium in one view.

    Raises ValueError for more than one schooljaar or two rows for one instelling and criterium.
    """
    key = ["instellingsnummer", "criterium"]
    if criteria["schooljaar"].n_unique() > 1 or criteria.select(key).is_duplicated().any():
        raise ValueError("a scenario ranks one schooljaar, with one row per instelling and criterium")
    view = VIEWS[scenario.kijk]
    table = criteria.select("instellingsnummer", "onderwijsniveau", "trap").unique("instellingsnummer")
    for name in CRITERIA:
        own = criteria.filter(pl.col("criterium") == name).select(
            "instellingsnummer",
            pl.col(f"score{view}").cast(pl.Float64).alias(f"score_{name}"),
            pl.col(f"variantie{view}").cast(pl.Float64).alias(f"variantie_{name}"),
            pl.col("reden").alias(f"reden_{name}"),
        )
        table = table.join(own, on="instellingsnummer", how="left")
    numbered = table.with_columns(
        trap_nummer=pl.col("trap").replace_strict(
            {name: number for number, name in enumerate(TRAPPEN)}, return_dtype=pl.Int64
        )
    )
    return numbered.sort(["trap_nummer", "instellingsnummer"] if scenario.trap_eerst else "instellingsnummer")


def completeness(assessment: Assessment, scenario: Scenario) -> NDArray[np.float64]:
    """Return the share of the weight that rests on own data."""
    weights = shown_weights(scenario)
    has_data = [assessment.table[f"score_{name}"].is_not_null().to_numpy() for name in scenario.volgorde]
    return np.round(weights @ np.array(has_data, dtype=np.float64), SCORE_DECIMALS)


def rankability(assessment: Assessment) -> float:
    """Return tau^2 / (tau^2 + median s^2) of the composite scores; 0 where nothing sets institutions apart.

    Those of which nothing is known (`is_known`) are left out: a sum of fixed values was not measured.
    Source: van Houwelingen, Brand & Louis (2004), Empirical Bayes methods for monitoring health care quality.
    """
    scores, variances = assessment.score[assessment.is_known], assessment.variance[assessment.is_known]
    # The mean of equal scores is off in its last digit: that crumb is no spread between institutions.
    if not len(scores) or np.ptp(scores) == 0:
        return 0.0
    tau2 = between_variance(scores, np.sqrt(variances))
    return tau2 / (tau2 + float(np.median(variances))) if tau2 > 0 else 0.0


def reason_unknown(assessment: Assessment, scenario: Scenario) -> pl.Expr:
    """Return why nothing is known of an instelling (`is_known`), else null: 'beschermd', 'ontbreekt' or 'nvt'.

    Of the reasons of its criteria with weight the first of these three. An inspection or a measurement that only
    the chosen view lacks is missing.
    """
    weighted = [name for name, weight in zip(scenario.volgorde, shown_weights(scenario), strict=True) if weight > 0]
    reasons = pl.concat_list(pl.col(f"reden_{name}").fill_null("ontbreekt") for name in weighted)
    return pl.when(~pl.Series(assessment.is_known)).then(
        pl.when(reasons.list.contains("beschermd"))
        .then(pl.lit("beschermd"))
        .when(reasons.list.contains("ontbreekt"))
        .then(pl.lit("ontbreekt"))
        .otherwise(pl.lit("nvt"))
    )


def _is_known(table: pl.DataFrame, weighted: list[str]) -> NDArray[np.bool_]:
    """Return whether anybody in the onderwijsniveau of each row has one of the criteria with weight."""
    has_data = pl.any_horizontal(pl.col(f"score_{name}").is_not_null() for name in weighted)
    known: NDArray[np.bool_] = table.select(has_data.any().over("onderwijsniveau")).to_series().to_numpy()
    return known


def _read_criterion(table: pl.DataFrame, name: str, neighbours: NDArray[np.intp], method: NeedsSettings) -> Criterion:
    """Return a criterion with, for everyone who misses it, who stands in: the like-group.

    That are the comparable institutions (`neighbours`, positions in `table`) that have it, or where those are too
    few all of the onderwijsniveau. A missing score counts as the mean of the like-group, with their spread and their
    noise as its variance. Where nobody in the onderwijsniveau has it, it takes the fixed mean and spread of the
    settings: what another niveau measures changes nobody's score.
    """
    known = table[f"score_{name}"].is_not_null().to_numpy()
    scores = table[f"score_{name}"].fill_null(method.zonder_groep[name]).to_numpy().copy()
    variances = table[f"variantie_{name}"].fill_null(0.0).to_numpy().copy()
    donors = []
    for missing, own in _like_groups(table["onderwijsniveau"], known, neighbours, method.vergelijkbaar.minimum):
        if len(own):
            scores[missing] = scores[own].mean()
            variances[missing] = scores[own].var() + variances[own].mean()
            donors.append((missing, own))
        else:
            variances[missing] = method.zonder_groep_spreiding**2
    return Criterion(scores, variances, donors)


def _like_groups(
    niveaus: pl.Series, known: NDArray[np.bool_], neighbours: NDArray[np.intp], minimum: int
) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Yield who misses a criterion and who stands in for them, both as positions; the latter may be nobody."""
    # Where a list of neighbours ends stands the number of institutions: nobody.
    has_it = np.append(known, False)[neighbours]
    by_neighbours = ~known & (has_it.sum(axis=1) >= minimum)
    for position in np.flatnonzero(by_neighbours):
        yield np.array([position]), np.sort(neighbours[position][has_it[position]])
    left = ~known & ~by_neighbours
    codes = niveaus.to_numpy()
    for niveau in niveaus.filter(pl.Series(left)).unique().sort():
        yield np.flatnonzero((codes == niveau) & left), np.flatnonzero((codes == niveau) & known)


def _places(order: NDArray[np.intp]) -> NDArray[np.int64]:
    """Turn an order (who comes first, second, ...) into a place per row, from 1."""
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(1, len(order) + 1)
    return places
