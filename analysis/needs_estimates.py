"""From measurements to indicators: years combined, noise estimated, small groups pulled to their mean."""

from collections.abc import Mapping
from statistics import NormalDist
from typing import Any

import numpy as np
import polars as pl

from analysis.intervals import wilson
from analysis.needs_criteria import share_in_criterion
from analysis.needs_expected import add_expected
from analysis.needs_settings import PROPORTION, RATE, SCORE, NeedsSettings, read_needs_settings
from analysis.shrinkage import shrink

KEY = ["schooljaar", "instellingsnummer", "onderwijsniveau", "criterium", "indicator", "reeks"]
LIKE_GROUP = ["schooljaar", "onderwijsniveau", "indicator", "reeks"]
# A weighted mean of ones may come out a last digit above 1.
CRUMB = 1e-9
ESTIMATE_SCHEMA: dict[str, pl.DataType] = {
    "schooljaar": pl.String(),
    "instellingsnummer": pl.String(),
    "criterium": pl.String(),
    "indicator": pl.String(),
    "reeks": pl.String(),
    "waarde": pl.Float64(),
    "standaardfout": pl.Float64(),
    "n": pl.Int64(),
    "laatste_meetjaar": pl.String(),
    "waarde_gekrompen": pl.Float64(),
    "variantie": pl.Float64(),
    "score": pl.Float64(),
    "netwerk_gemiddelde": pl.Float64(),
    "laag": pl.Float64(),
    "hoog": pl.Float64(),
    "vergelijkbaar_gemiddelde": pl.Float64(),
    "verwacht": pl.Float64(),
    "waarde_onverwacht": pl.Float64(),
    "variantie_onverwacht": pl.Float64(),
    "score_onverwacht": pl.Float64(),
    "aandeel_in_criterium": pl.Float64(),
    "reden": pl.String(),
}


def estimate_indicators(metingen: pl.DataFrame, buren: pl.DataFrame, settings: Mapping[str, Any]) -> pl.DataFrame:
    """Return one row per schooljaar, instelling, indicator and reeks: estimate, shrunken value and need 0-1.

    `metingen`: `schooljaar` (the year ranked), `instellingsnummer`, `onderwijsniveau`, `criterium`,
    `indicator` (a code of `[noden.indicatoren]`), `reeks` (what is comparable), `meetjaar` (the schooljaar
    measured), `waarde` (a share 0-1, or points; higher = greater need), `standaardfout`, `n`, `vergelijkbaar`
    (what the supplier gives for comparable schools, in the units of `waarde`, or null), `is_beschermd`
    (known to be small, value hidden). `buren`: what `nearest_institutions` returns. `settings`: the whole file.

    Years weigh 3:2:1 from the latest back; a year without a value drops out and the others share its
    weight. Values then shrink (`analysis.shrinkage`) among the same schooljaar, onderwijsniveau, indicator
    and reeks. `score` places the shrunken value on the fixed anchors of the settings. `waarde`,
    `waarde_gekrompen`, `netwerk_gemiddelde` and `standaardfout` are in the indicator's units, `variantie`
    in its squared units; `n` adds up the years used. `laag` and `hoog` are the 95 % interval of `waarde`:
    Wilson for a share (with the number of pupils that years weighed 3:2:1 are worth), else 1.96 standaardfout.

    The other view: `verwacht` is what comparable institutions lead to expect (`analysis.needs_expected`). The
    difference `waarde - verwacht` shrinks in the same groups, giving `waarde_onverwacht` and its
    `variantie_onverwacht`, placed on its own anchors in `score_onverwacht` (null without those anchors).

    `aandeel_in_criterium` is the share of the row in its criterion (absolute view). Without a usable value
    all of these are null but `netwerk_gemiddelde`, `vergelijkbaar_gemiddelde` and `verwacht`, and `reden` is
    `beschermd` (a year was hidden) or `ontbreekt`. Rows come sorted; the order of the input is irrelevant.

    Raises ValueError for an unknown indicator, a share outside 0-1, a negative standard error or two rows
    for one key and meetjaar. Source: plan PBD 5.6.1; Agresti & Coull (1998) for the noise of a share.
    """
    method = read_needs_settings(settings)
    # Schooljaren do not meet in any step; one at a time keeps a network of ten times this size in memory.
    parts = []
    for schooljaar in metingen["schooljaar"].unique().sort():
        of_year = pl.col("schooljaar") == schooljaar
        combined = _combine(metingen.filter(of_year), method)
        parts.append(_estimate(add_expected(combined, buren.filter(of_year), settings), method))
    return pl.concat([pl.DataFrame(schema=ESTIMATE_SCHEMA), *parts])


def on_anchors(value: str, view: str) -> pl.Expr:
    """Return the need 0-1 of a value on the fixed anchors of its view, cut outside; null without anchors."""
    low, high = pl.col(f"nul{view}"), pl.col(f"een{view}")
    return ((pl.col(value) - low) / (high - low)).clip(0, 1)


def _combine(metingen: pl.DataFrame, method: NeedsSettings) -> pl.DataFrame:
    """Return one row per key with its years taken together, and the reason that stands without a value."""
    measured = _with_lag(metingen, method)
    _reject_impossible(measured)
    usable = _with_standard_error(measured).filter(pl.col("variantie_meting").is_not_null())
    return _reasons(measured).join(_combine_years(usable, method), on=KEY, how="left")


def _estimate(combined: pl.DataFrame, method: NeedsSettings) -> pl.DataFrame:
    indicators = method.indicator_frame().drop("criterium", "sd")
    differences = combined.with_columns(
        waarde=pl.col("waarde") - pl.col("verwacht"),
        standaardfout=(pl.col("standaardfout") ** 2 + pl.col("variantie_verwacht")).sqrt(),
    )
    unexpected = _shrunken(differences).select(
        *KEY, waarde_onverwacht="waarde_gekrompen", variantie_onverwacht="variantie"
    )
    scored = (
        _with_interval(_shrunken(combined).join(indicators, on="indicator", how="left"))
        .join(unexpected, on=KEY, how="left")
        .with_columns(
            score=on_anchors("waarde_gekrompen", ""),
            score_onverwacht=on_anchors("waarde_onverwacht", "_onverwacht"),
            reden=pl.when(pl.col("waarde").is_null()).then("reden_zonder_waarde"),
        )
    )
    shares = scored.filter(pl.col("score").is_not_null()).select(*KEY, aandeel_in_criterium=share_in_criterion())
    return (
        scored.join(shares, on=KEY, how="left")
        .sort(KEY)
        .select(pl.col(name).cast(kind) for name, kind in ESTIMATE_SCHEMA.items())
    )


def _with_lag(metingen: pl.DataFrame, method: NeedsSettings) -> pl.DataFrame:
    """Join the indicator's settings and keep the measurements with their age in years (0 = year ranked)."""
    indicators = method.indicator_frame().select("indicator", "criterium", "soort", "sd")
    known = metingen.join(indicators, on=["indicator", "criterium"], how="left").with_columns(
        pl.col("waarde", "standaardfout", "vergelijkbaar").cast(pl.Float64).fill_nan(None),
        n=pl.when(pl.col("n") > 0).then(pl.col("n").cast(pl.Int64)),
        lag=pl.col("schooljaar").str.head(4).cast(pl.Int64) - pl.col("meetjaar").str.head(4).cast(pl.Int64),
    )
    unknown = known.filter(pl.col("soort").is_null()).select("indicator", "criterium").unique()
    if len(unknown):
        raise ValueError(f"indicators without settings under that criterium: {sorted(unknown.rows())}")
    return known


def _reject_impossible(measured: pl.DataFrame) -> None:
    is_too_great = (pl.col("soort") == PROPORTION) & (pl.col("waarde") > 1 + CRUMB)
    is_too_small = pl.col("soort").is_in([PROPORTION, RATE]) & (pl.col("waarde") < -CRUMB)
    outside = measured.filter(is_too_great | is_too_small)
    if len(outside):
        raise ValueError(f"shares outside 0-1 in {outside['indicator'].unique().sort().to_list()}")
    if len(measured.filter(pl.col("standaardfout") < 0)):
        raise ValueError("a standaardfout is negative")
    if measured.select(*KEY, "meetjaar").is_duplicated().any():
        raise ValueError("two measurements for the same instelling, indicator, reeks and meetjaar")


def _with_standard_error(measured: pl.DataFrame) -> pl.DataFrame:
    """Add `variantie_meting`; null where there is no value, or nothing to tell its noise from.

    A share gets the binomial variance with two hits and two misses added, so that 0 of 12 is not taken for
    certain; events per pupil the Poisson variance with one event added, for the same reason; a score the
    spread between pupils of the settings over the number of pupils.
    """
    n = pl.col("n").cast(pl.Float64)
    share = (n * pl.col("waarde") + 2) / (n + 4)
    derived = (
        pl.when(pl.col("soort") == PROPORTION)
        .then(share * (1 - share) / (n + 4))
        .when(pl.col("soort") == RATE)
        .then((n * pl.col("waarde") + 1) / n**2)
        .otherwise(pl.col("sd") ** 2 / n)
    )
    variance = pl.coalesce(pl.col("standaardfout") ** 2, derived)
    return measured.with_columns(variantie_meting=pl.when(pl.col("waarde").is_not_null()).then(variance))


def _combine_years(usable: pl.DataFrame, method: NeedsSettings) -> pl.DataFrame:
    """Weigh the years of each key; weights of years without a value are re-spread over the others."""
    years = pl.DataFrame({"lag": range(len(method.jaargewichten)), "jaargewicht": method.jaargewichten})
    weight = pl.col("jaargewicht")
    return (
        usable.join(years.cast({"lag": pl.Int64}), on="lag", how="inner")
        .sort([*KEY, "meetjaar"])
        .group_by(KEY, maintain_order=True)
        .agg(
            waarde=(weight * pl.col("waarde")).sum() / weight.sum(),
            standaardfout=(weight**2 * pl.col("variantie_meting")).sum().sqrt() / weight.sum(),
            # A comparison of one year says nothing of the others: then the comparable institutions must.
            vergelijkbaar_geleverd=pl.when(pl.col("vergelijkbaar").is_not_null().all()).then(
                (weight * pl.col("vergelijkbaar")).sum() / weight.sum()
            ),
            leerlingen_waard=pl.when((pl.col("standaardfout").is_null() & pl.col("n").is_not_null()).all()).then(
                weight.sum() ** 2 / (weight**2 / pl.col("n")).sum()
            ),
            n=pl.when(pl.col("n").is_not_null().any()).then(pl.col("n").sum()),
            laatste_meetjaar=pl.col("meetjaar").max(),
        )
    )


def _with_interval(outcome: pl.DataFrame) -> pl.DataFrame:
    """Add `laag` and `hoog`: the 95 % interval of `waarde`, never outside what a share or a rate can be."""
    pupils = outcome["leerlingen_waard"].cast(pl.Float64).fill_null(0).to_numpy()
    share = outcome["waarde"].cast(pl.Float64).fill_null(0).to_numpy().clip(0, 1)
    low, high = wilson(share * pupils, pupils)
    half_width = NormalDist().inv_cdf(0.975) * pl.col("standaardfout")
    lowest = pl.when(pl.col("soort") != SCORE).then(0.0)
    highest = pl.when(pl.col("soort") == PROPORTION).then(1.0)
    by_wilson = (pl.col("soort") == PROPORTION) & pl.col("leerlingen_waard").is_not_null()
    return outcome.with_columns(
        laag=pl.when(by_wilson)
        .then(pl.Series(low))
        .otherwise(pl.max_horizontal(pl.col("waarde") - half_width, lowest)),
        hoog=pl.when(by_wilson)
        .then(pl.Series(high))
        .otherwise(pl.min_horizontal(pl.col("waarde") + half_width, highest)),
    ).with_columns(pl.when(pl.col("waarde").is_not_null()).then(pl.col("laag", "hoog")))


def _reasons(measured: pl.DataFrame) -> pl.DataFrame:
    """Return every key once with the reason that would stand if it has no usable value."""
    hidden = pl.col("is_beschermd").fill_null(False).any()
    return measured.group_by(KEY).agg(
        reden_zonder_waarde=pl.when(hidden).then(pl.lit("beschermd")).otherwise(pl.lit("ontbreekt"))
    )


def _shrunken(outcome: pl.DataFrame) -> pl.DataFrame:
    """Add the shrunken value, its variance and the mean of the like-group (also to rows without a value)."""
    usable = outcome.filter(pl.col("waarde").is_not_null()).sort([*LIKE_GROUP, "instellingsnummer"])
    values, errors = usable["waarde"].to_numpy(), usable["standaardfout"].to_numpy()
    shrunken, variances, means = np.empty(len(usable)), np.empty(len(usable)), np.empty(len(usable))
    sizes = usable.group_by(LIKE_GROUP, maintain_order=True).len()["len"].to_list()
    start = 0
    for size in sizes:
        group = slice(start, start + size)
        result = shrink(values[group], errors[group])
        shrunken[group], variances[group], means[group] = result.values, result.variances, result.mean
        start += size
    estimates = usable.select(KEY).with_columns(
        waarde_gekrompen=pl.Series(shrunken, dtype=pl.Float64),
        variantie=pl.Series(variances, dtype=pl.Float64),
    )
    group_means = (
        usable.select(LIKE_GROUP).with_columns(netwerk_gemiddelde=pl.Series(means, dtype=pl.Float64)).unique(LIKE_GROUP)
    )
    return outcome.join(estimates, on=KEY, how="left").join(group_means, on=LIKE_GROUP, how="left")
