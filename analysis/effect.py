"""Effect of support, exploratory: institutions in a labelled traject against the nearest comparable ones outside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

ALL_YEARS = "alle"
RESULT = ["toets", "leerjaar", "stroom", "vak", "domein"]
EFFECT_SCHEMA: dict[str, pl.DataType] = {
    "label": pl.String(),
    "schooljaar": pl.String(),
    **dict.fromkeys(RESULT, pl.String()),
    "instellingen": pl.Int64(),
    "vergelijkbare": pl.Int64(),
    "verandering": pl.Float64(),
    "verandering_vergelijkbaar": pl.Float64(),
    "verschil": pl.Float64(),
    "verschil_laag": pl.Float64(),
    "verschil_hoog": pl.Float64(),
    "reden": pl.String(),
}


@dataclass(frozen=True)
class Difference:
    """A mean difference with the ends of its 95 % interval."""

    value: float
    low: float
    high: float


def matched_difference(
    treated: NDArray[np.float64], controls: NDArray[np.float64], repeats: int, rng: np.random.Generator
) -> Difference:
    """Return the mean of `treated` minus `controls`, with a 95 % percentile bootstrap interval.

    Both hold one value per matched set: the change of an institution, and the mean change of its comparable ones.
    Whole sets are drawn again, so that an institution keeps its own comparison. The draws do not redo the matching:
    the interval says how much the institutions differ among each other, not how well they were matched.

    Raises ValueError for fewer than two sets, unequal lengths or a value that is no number.
    Source: Efron & Tibshirani (1993), ch. 13; Austin & Small (2014), Statistics in Medicine 33 (sets of pairs).
    """
    gains = np.asarray(treated, dtype=np.float64) - np.asarray(controls, dtype=np.float64)
    if gains.ndim != 1 or len(gains) < 2 or np.shape(treated) != np.shape(controls):
        raise ValueError("need two equally long rows of at least two values")
    if not np.isfinite(gains).all():
        raise ValueError("values must be finite")
    draws = rng.integers(0, len(gains), size=(repeats, len(gains)))
    low, high = np.quantile(gains[draws].mean(axis=1), [0.025, 0.975])
    return Difference(float(gains.mean()), float(low), float(high))


def estimate_effects(gevallen: pl.DataFrame, vragen: pl.DataFrame, settings: Mapping[str, Any]) -> pl.DataFrame:
    """Return one row per label, test result and schooljaar, 'alle' for all years together (columns `EFFECT_SCHEMA`).

    `gevallen`: one row per label, schooljaar, test result and `instellingsnummer` with `plaats` 0 (itself) or 1 and up
    (its comparable institutions outside the label, named in `buur`), and `verandering`. `vragen`: every label and test
    result that is asked for, with `is_vergelijkbaar`. `settings`: `[effect]` of the settings file.

    An institution counts where its own change is known and that of at least one comparable institution. Under
    `minimum_instellingen` nothing is shown: `reden` is then 'te weinig'; 'nvt' where editions of the test may not be
    compared. Same seed, same figures; the order of the rows is irrelevant. Source: methoden section 5.
    """
    method = settings["effect"]
    sets = _sets(gevallen)
    every_year = sets.with_columns(schooljaar=pl.lit(ALL_YEARS))
    rows = []
    for vraag in vragen.sort("label", *RESULT).iter_rows(named=True):
        key = {name: vraag[name] for name in ("label", *RESULT)}
        mine = pl.concat([every_year, sets]).filter(*(pl.col(name) == value for name, value in key.items()))
        years = [ALL_YEARS, *sorted(set(mine["schooljaar"]) - {ALL_YEARS})]
        rows += [
            key | {"schooljaar": year} | _estimate(mine.filter(pl.col("schooljaar") == year), vraag, method)
            for year in years
        ]
    return pl.DataFrame(rows, schema=EFFECT_SCHEMA)


def _sets(gevallen: pl.DataFrame) -> pl.DataFrame:
    """Return per institution its own change and the mean change of its comparable ones; both are known."""
    key = ["label", "schooljaar", *RESULT, "instellingsnummer"]
    known = gevallen.filter(pl.col("verandering").is_not_null()).sort(*key, "plaats")
    own = known.filter(pl.col("plaats") == 0).select(*key, "verandering")
    others = known.filter(pl.col("plaats") > 0)
    alike = others.group_by(key, maintain_order=True).agg(
        vergelijkbaar=pl.col("verandering").mean(), buren=pl.col("buur")
    )
    return own.join(alike, on=key, how="inner").sort(key)


def _estimate(sets: pl.DataFrame, vraag: Mapping[str, Any], method: Mapping[str, Any]) -> dict[str, Any]:
    counts = {
        "instellingen": sets["instellingsnummer"].n_unique(),
        "vergelijkbare": sets["buren"].explode(empty_as_null=False).n_unique() if len(sets) else 0,
    }
    if not vraag["is_vergelijkbaar"]:
        return {**counts, "reden": "nvt"}
    if counts["instellingen"] < method["minimum_instellingen"]:
        return {**counts, "reden": "te weinig"}
    treated, controls = sets["verandering"].to_numpy(), sets["vergelijkbaar"].to_numpy()
    found = matched_difference(treated, controls, method["herhalingen"], np.random.default_rng(method["zaad"]))
    return {
        **counts,
        "verandering": float(treated.mean()),
        "verandering_vergelijkbaar": float(controls.mean()),
        "verschil": found.value,
        "verschil_laag": found.low,
        "verschil_hoog": found.high,
    }
