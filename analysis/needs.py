"""The needs ranking: four criteria in order of importance, one place per instelling, and how sure it is.

The method in one paragraph: indicators are estimated and shrunk (`estimate_indicators`), placed on fixed
anchors and averaged into a criterion; criteria are weighed by their order alone; an open unfavourable advice
comes before any score; what is missing is drawn from comparable institutions instead of counted as zero.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.needs_estimates import estimate_indicators
from analysis.needs_settings import CRITERIA, NeedsSettings, read_needs_settings
from analysis.needs_uncertainty import Criterion, draw_ranks
from analysis.shrinkage import between_variance

__all__ = ["CRITERIA", "RANKING_SCHEMA", "TRAPPEN", "estimate_indicators", "rank_needs"]

TRAPPEN = ("verplicht", "verhoogd", "regulier")
KEY = ["schooljaar", "instellingsnummer"]
# Scores that differ by less are equal; otherwise the order of a sum would decide a rank.
SCORE_DECIMALS = 12

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
    "rankability": pl.Float64(),
    "is_in_groepen": pl.Boolean(),
    "methode_versie": pl.String(),
}


def rank_needs(instellingen: pl.DataFrame, indicatoren: pl.DataFrame, settings: Mapping[str, Any]) -> pl.DataFrame:
    """Return the ranking, one row per schooljaar and instelling (columns: `RANKING_SCHEMA`), sorted by rang.

    `instellingen`: `schooljaar`, `instellingsnummer`, `onderwijsniveau`, `heeft_doorlichting`, `advies` (the
    advice now in force, or null), `is_gok_negatief`, `is_llb_negatief`, `aantal_inschalingen`,
    `aantal_beneden`, `aantal_benadert`. `indicatoren`: what `estimate_indicators` returns; rows of
    institutions that are not in `instellingen` do not count. `settings`: the whole settings file.

    `score_…` is 0-1 (1 = greatest need) or null where the criterion is missing; the shown `score` then uses
    the mean of the like-group (same schooljaar and onderwijsniveau; of the network when the like-group has
    no data at all), and `volledigheid` is the share of the weight that rests on own data. A criterion that
    nobody has in a schooljaar drops out: its `bijdrage_…` is null, the weights are those of the remaining
    order, and `volledigheid` stays below 1. If nobody has anything, `score` is null.

    `rang` orders by trap, score, instellingsnummer; `rang_score` by score alone. `rang_gemiddeld`,
    `rang_p05`, `rang_p95` and `kans_top` come from seeded draws that keep the trap. Random numbers go by
    schooljaar and by place in the order trap, instellingsnummer: the order of the rows is irrelevant.

    Raises ValueError for two rows per key or an unknown advies. Source: plan PBD 5.6.1 and 5.6.4.
    """
    method = read_needs_settings(settings)
    if instellingen.select(KEY).is_duplicated().any():
        raise ValueError("an instelling occurs twice in one schooljaar")
    table = (
        instellingen.with_columns(trap_nummer=_trap(), score_doorlichting=_inspection_score(method))
        .with_columns(variantie_doorlichting=pl.lit(0.0))
        .join(_criterion_scores(indicatoren, method), on=KEY, how="left")
        .sort("schooljaar", "trap_nummer", "instellingsnummer")
    )
    unknown = table.filter(pl.col("advies").is_not_null() & ~pl.col("advies").is_in(["1A", "1B", "2A", "2B"]))
    if len(unknown):
        raise ValueError(f"unknown advies: {unknown['advies'].unique().sort().to_list()}")
    years = [_rank_schooljaar(year, method) for year in table.partition_by("schooljaar", maintain_order=True)]
    empty = pl.DataFrame(schema=RANKING_SCHEMA)
    return pl.concat([empty, *years]).sort("schooljaar", "rang")


def _trap() -> pl.Expr:
    """0 verplicht: open 2A or 2B, or a negative ruling; 1 verhoogd: open 1B; 2 regulier: the rest."""
    verplicht = pl.col("advies").is_in(["2A", "2B"]).fill_null(False) | _has_negative_ruling()
    return pl.when(verplicht).then(0).when(pl.col("advies") == "1B").then(1).otherwise(2)


def _has_negative_ruling() -> pl.Expr:
    return pl.col("is_gok_negatief").fill_null(False) | pl.col("is_llb_negatief").fill_null(False)


def _inspection_score(method: NeedsSettings) -> pl.Expr:
    """The gravest of what is open; without anything open, the share of expectations not reached.

    Null where the institution was never inspected: that is missing, not good.
    """
    anchors = method.doorlichting
    examined = pl.col("aantal_inschalingen").fill_null(0)
    far_below, just_below = pl.col("aantal_beneden").fill_null(0), pl.col("aantal_benadert").fill_null(0)
    share_below = (anchors["gewicht_beneden"] * far_below + just_below) / examined
    favourable = (
        pl.when(examined > 0)
        .then((anchors["1A"] * share_below).clip(0, anchors["1A"]))
        .otherwise(anchors["1A_zonder_inschalingen"])
    )
    unfavourable = pl.max_horizontal(
        pl.col("advies").replace_strict(
            {code: anchors[code] for code in ("2B", "2A", "1B")}, default=None, return_dtype=pl.Float64
        ),
        pl.when(_has_negative_ruling()).then(anchors["negatief"]),
    )
    is_inspected = pl.col("heeft_doorlichting").fill_null(False) | pl.col("advies").is_not_null()
    return pl.coalesce(unfavourable, pl.when(is_inspected).then(favourable)).cast(pl.Float64)


def _criterion_scores(indicatoren: pl.DataFrame, method: NeedsSettings) -> pl.DataFrame:
    """Return per institution `score_…` and `variantie_…` of the measured criteria, on the scale 0-1.

    An indicator is the mean of its reeksen, a criterion the weighted mean of its indicators with a value.
    Anchors are linear, so the variance divides by the squared distance between them (delta method); reeksen
    and indicators are taken as independent.
    """
    weights = method.indicator_frame().select("indicator", "gewicht", "nul", "een")
    scored = (
        indicatoren.filter(pl.col("score").is_not_null())
        .join(weights, on="indicator", how="inner")
        .with_columns(variantie=pl.col("variantie") / (pl.col("een") - pl.col("nul")) ** 2)
        .sort([*KEY, "criterium", "indicator", "reeks"])
    )
    per_indicator = scored.group_by([*KEY, "criterium", "indicator", "gewicht"], maintain_order=True).agg(
        score=pl.col("score").mean(), variantie=pl.col("variantie").sum() / pl.len() ** 2
    )
    weight = pl.col("gewicht")
    per_criterion = per_indicator.group_by([*KEY, "criterium"], maintain_order=True).agg(
        score=(weight * pl.col("score")).sum() / weight.sum(),
        variantie=(weight**2 * pl.col("variantie")).sum() / weight.sum() ** 2,
    )
    result = scored.select(KEY).unique()
    for criterion in CRITERIA[1:]:
        own = per_criterion.filter(pl.col("criterium") == criterion).select(
            *KEY,
            pl.col("score").alias(f"score_{criterion}"),
            pl.col("variantie").alias(f"variantie_{criterion}"),
        )
        result = result.join(own, on=KEY, how="left")
    return result


def _rank_schooljaar(year: pl.DataFrame, method: NeedsSettings) -> pl.DataFrame:
    """Rank one schooljaar; the rows come in the order trap, instellingsnummer."""
    schooljaar = str(year["schooljaar"][0])
    criteria = {name: _read_criterion(year, name) for name in method.criteria}
    present = [name for name in method.criteria if not np.isnan(criteria[name].scores).all()]
    contributions, variance = _contributions(present, criteria, method)
    score = np.round(sum(contributions.values(), np.zeros(len(year))), SCORE_DECIMALS)
    rankability = _rankability(score, variance)
    traps = year["trap_nummer"].to_numpy()
    spread = draw_ranks(
        [criteria[name] for name in present],
        [int((traps == trap).sum()) for trap in range(len(TRAPPEN))],
        method.trekkingen,
        method.top_n,
        np.random.default_rng([method.zaad, int(schooljaar[:4])]),
    )
    columns: dict[str, NDArray[np.generic] | None] = {
        "rang": _places(np.lexsort((-score, traps))),
        "rang_score": _places(_order_by_score(score, year["instellingsnummer"])),
        "score": score if present else None,
        **{f"bijdrage_{name}": contributions.get(name) for name in CRITERIA},
        "volledigheid": _completeness(criteria, method),
        "rang_gemiddeld": spread.mean,
        "rang_p05": spread.p05,
        "rang_p95": spread.p95,
        "kans_top": spread.top,
    }
    ranked = year.with_columns(
        *(pl.lit(None).alias(name) if values is None else pl.Series(name, values) for name, values in columns.items()),
        trap=pl.col("trap_nummer").replace_strict(dict(enumerate(TRAPPEN))),
        rankability=pl.lit(rankability),
        is_in_groepen=pl.lit(rankability < method.grens_rankability),
        methode_versie=pl.lit(method.versie),
    ).with_columns(klasse=_klasse(method))
    return ranked.select(pl.col(name).cast(kind) for name, kind in RANKING_SCHEMA.items())


def _read_criterion(year: pl.DataFrame, name: str) -> Criterion:
    """Return a criterion with, for each like-group that misses it somewhere, who stands in for whom."""
    scores = year[f"score_{name}"].cast(pl.Float64).to_numpy()
    variances = year[f"variantie_{name}"].cast(pl.Float64).to_numpy()
    missing = np.isnan(scores)
    donors = []
    if missing.any() and not missing.all():
        niveaus = year["onderwijsniveau"].to_numpy()
        for niveau in year["onderwijsniveau"].unique().sort():
            like_group = niveaus == niveau
            own = np.flatnonzero(like_group & ~missing)
            stand_ins = own if len(own) else np.flatnonzero(~missing)
            if (like_group & missing).any():
                donors.append((np.flatnonzero(like_group & missing), stand_ins))
    return Criterion(scores, variances, donors)


def _contributions(
    present: list[str], criteria: Mapping[str, Criterion], method: NeedsSettings
) -> tuple[dict[str, NDArray[np.float64]], NDArray[np.float64]]:
    """Return weight x score per criterion somebody has, and the variance of their sum.

    A missing score counts as the mean of its stand-ins, with their spread and their noise as its variance.
    """
    contributions: dict[str, NDArray[np.float64]] = {}
    variance = np.zeros(1)
    weights = method.weights(len(present)) if present else np.empty(0)
    for name, weight in zip(present, weights, strict=True):
        criterion = criteria[name]
        filled, noise = criterion.scores.copy(), criterion.variances.copy()
        for missing, donors in criterion.donors:
            filled[missing] = criterion.scores[donors].mean()
            noise[missing] = criterion.scores[donors].var() + criterion.variances[donors].mean()
        contributions[name] = weight * filled
        variance = variance + weight**2 * noise
    return contributions, variance


def _rankability(score: NDArray[np.float64], variance: NDArray[np.float64]) -> float:
    """Return tau^2 / (tau^2 + median s^2) of the composite score; 0 where nothing sets institutions apart.

    Source: van Houwelingen, Brand & Louis (2004), Empirical Bayes methods for monitoring health care quality.
    """
    noise = np.broadcast_to(variance, score.shape)
    tau2 = between_variance(score, np.sqrt(noise))
    return tau2 / (tau2 + float(np.median(noise))) if tau2 > 0 else 0.0


def _completeness(criteria: Mapping[str, Criterion], method: NeedsSettings) -> NDArray[np.float64]:
    """Return the share of the full weight that rests on own data, also where nobody has a criterion."""
    weights = method.weights(len(criteria))
    has_data = np.array([~np.isnan(criteria[name].scores) for name in method.criteria])
    return np.round(weights @ has_data, SCORE_DECIMALS)


def _order_by_score(score: NDArray[np.float64], instellingsnummers: pl.Series) -> NDArray[np.intp]:
    return np.lexsort((instellingsnummers.rank("ordinal").to_numpy(), -score))


def _places(order: NDArray[np.intp]) -> NDArray[np.int64]:
    """Turn an order (who comes first, second, ...) into a place per row, from 1."""
    places = np.empty(len(order), dtype=np.int64)
    places[order] = np.arange(1, len(order) + 1)
    return places


def _klasse(method: NeedsSettings) -> pl.Expr:
    """The chance of a place in the top N, in words."""
    return (
        pl.when(pl.col("kans_top") >= method.grens_duidelijk)
        .then(pl.lit("duidelijk"))
        .when(pl.col("kans_top") >= method.grens_mogelijk)
        .then(pl.lit("mogelijk"))
        .otherwise(pl.lit("niet"))
    )
