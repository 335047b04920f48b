"""From indicators and inspections to the four criteria of need, in both views, and the trap."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.needs_settings import CRITERIA, NeedsSettings, read_needs_settings

KEY = ["schooljaar", "instellingsnummer"]
TRAPPEN = ("verplicht", "verhoogd", "regulier")
ADVICES = ("1A", "1B", "2A", "2B")
CRITERION_SCHEMA: dict[str, pl.DataType] = {
    "schooljaar": pl.String(),
    "instellingsnummer": pl.String(),
    "criterium": pl.String(),
    "onderwijsniveau": pl.String(),
    "trap": pl.String(),
    "score": pl.Float64(),
    "variantie": pl.Float64(),
    "score_onverwacht": pl.Float64(),
    "variantie_onverwacht": pl.Float64(),
    "reden": pl.String(),
}


def score_criteria(instellingen: pl.DataFrame, indicatoren: pl.DataFrame, settings: Mapping[str, Any]) -> pl.DataFrame:
    """Return one row per schooljaar, instelling and criterium (columns: `CRITERION_SCHEMA`), sorted by key.

    `instellingen`: `schooljaar`, `instellingsnummer`, `onderwijsniveau`, `heeft_doorlichting`, `advies` (the
    advice now in force, or null), `is_gok_negatief`, `is_llb_negatief`, `aantal_inschalingen`,
    `aantal_beneden`, `aantal_benadert`. `indicatoren`: what `estimate_indicators` returns; rows of
    institutions that are not in `instellingen` do not count. `settings`: the whole settings file.

    `score` and `variantie` are absolute need, `score_onverwacht` and `variantie_onverwacht` need beyond what
    comparable institutions lead to expect; both 0-1 (1 = greatest need), variances in its square, null where
    the criterion is missing. The inspection judges what a school does with its pupils: it is the same in
    both views. `reden` tells why `score` is null: 'beschermd' (known to be small, hidden), 'ontbreekt' (also where
    no test of an instelling was delivered whose onderwijsniveau takes tests), or 'nvt' (nothing of the criterion
    applies to the instelling).

    Raises ValueError for two rows per key or an unknown advies. Source: plan PBD 5.6.1 and 5.6.4.
    """
    method = read_needs_settings(settings)
    if instellingen.select(KEY).is_duplicated().any():
        raise ValueError("an instelling occurs twice in one schooljaar")
    unknown = instellingen.filter(pl.col("advies").is_not_null() & ~pl.col("advies").is_in(ADVICES))
    if len(unknown):
        raise ValueError(f"unknown advies: {unknown['advies'].unique().sort().to_list()}")
    institutions = instellingen.with_columns(trap=_trap(), score_inspectie=_inspection_score(method))
    inspected = institutions.select(
        *KEY, "onderwijsniveau", "trap", criterium=pl.lit(CRITERIA[0]), score=pl.col("score_inspectie")
    ).with_columns(
        variantie=_zero_where_known("score"),
        score_onverwacht=pl.col("score"),
        variantie_onverwacht=_zero_where_known("score"),
        reden=pl.when(pl.col("score").is_null()).then(pl.lit("ontbreekt")),
    )
    measured = (
        institutions.select(*KEY, "onderwijsniveau", "trap")
        .join(pl.DataFrame({"criterium": CRITERIA[1:]}), how="cross")
        .join(_measured_scores(indicatoren, "", method), on=[*KEY, "criterium"], how="left")
        .join(_measured_scores(indicatoren, "_onverwacht", method), on=[*KEY, "criterium"], how="left")
        .join(_reasons(indicatoren), on=[*KEY, "criterium"], how="left")
        .with_columns(reden=pl.when(pl.col("score").is_null()).then(pl.coalesce("reden", _without_rows(method))))
    )
    return (
        pl.concat([inspected, measured], how="diagonal")
        .select(pl.col(name).cast(kind) for name, kind in CRITERION_SCHEMA.items())
        .sort(*KEY, "criterium")
    )


def share_in_criterion() -> pl.Expr:
    """Return the share of a row in its criterion; the shares of one instelling and criterium add up to 1.

    An indicator is the mean of its reeksen, a criterion the mean of its indicators, weighed by `gewicht` and
    re-spread over those with a score. For frames that hold only rows with a score, with a column `gewicht`.
    """
    reeksen = pl.len().over([*KEY, "criterium", "indicator"])
    part = pl.col("gewicht") / reeksen
    return part / part.sum().over([*KEY, "criterium"])


def _trap() -> pl.Expr:
    """Verplicht: open 2A or 2B, or a negative ruling; verhoogd: open 1B; regulier: the rest."""
    verplicht = pl.col("advies").is_in(["2A", "2B"]).fill_null(False) | _has_negative_ruling()
    return (
        pl.when(verplicht)
        .then(pl.lit(TRAPPEN[0]))
        .when(pl.col("advies") == "1B")
        .then(pl.lit(TRAPPEN[1]))
        .otherwise(pl.lit(TRAPPEN[2]))
    )


def _has_negative_ruling() -> pl.Expr:
    return pl.col("is_gok_negatief").fill_null(False) | pl.col("is_llb_negatief").fill_null(False)


def _zero_where_known(score: str) -> pl.Expr:
    """An inspection outcome is a decision, not a sample: it has no noise."""
    return pl.when(pl.col(score).is_not_null()).then(0.0)


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


def _measured_scores(indicatoren: pl.DataFrame, view: str, method: NeedsSettings) -> pl.DataFrame:
    """Return `score` and `variantie` (names ending in `view`) per institution and measured criterion.

    Anchors are linear, so the variance divides by the squared distance between them (delta method); reeksen
    and indicators are taken as independent.
    """
    score, variance = f"score{view}", f"variantie{view}"
    weights = method.indicator_frame().select(
        "indicator", "gewicht", breedte=pl.col(f"een{view}") - pl.col(f"nul{view}")
    )
    scored = (
        indicatoren.filter(pl.col(score).is_not_null())
        .join(weights, on="indicator", how="inner")
        .sort([*KEY, "criterium", "indicator", "reeks"])
    )
    share = pl.col("aandeel")
    return (
        scored.with_columns(aandeel=share_in_criterion())
        .group_by([*KEY, "criterium"], maintain_order=True)
        .agg(
            (share * pl.col(score)).sum().alias(score),
            (share**2 * pl.col(variance) / pl.col("breedte") ** 2).sum().alias(variance),
        )
    )


def _without_rows(method: NeedsSettings) -> pl.Expr:
    """Return why a measured criterion has no indicator at all.

    Of the other criteria an indicator that applies has a row, also when it was not delivered; of tests, which differ
    between schools, only those that were taken have one.
    """
    takes_tests = (pl.col("criterium") == CRITERIA[1]) & pl.col("onderwijsniveau").is_in(method.niveaus_met_toetsen)
    return pl.when(takes_tests).then(pl.lit("ontbreekt")).otherwise(pl.lit("nvt"))


def _reasons(indicatoren: pl.DataFrame) -> pl.DataFrame:
    """Return per institution and measured criterion the reason that would stand if it has no score."""
    hidden = (pl.col("reden") == "beschermd").fill_null(False).any()
    return indicatoren.group_by([*KEY, "criterium"]).agg(
        reden=pl.when(hidden).then(pl.lit("beschermd")).otherwise(pl.lit("ontbreekt"))
    )
