"""Unexpected need: what is measured against what comparable institutions lead to expect."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.comparable import neighbour_positions, read_comparable_settings

SERIES = ["indicator", "reeks"]


def add_expected(measured: pl.DataFrame, buren: pl.DataFrame, settings: Mapping[str, Any]) -> pl.DataFrame:
    """Return `measured` (one schooljaar) with `vergelijkbaar_gemiddelde`, `verwacht` and `variantie_verwacht`.

    `measured`: `instellingsnummer`, `indicator`, `reeks`, `waarde` (null where missing) and
    `vergelijkbaar_geleverd` (what the supplier expects of comparable schools, or null). `buren`: what
    `nearest_institutions` returns, of the same schooljaar.

    `vergelijkbaar_gemiddelde` is the mean of `waarde` over the comparable institutions that have one; null
    under the `minimum` of the settings. `verwacht` is the delivered comparison where there is one, else that
    mean. `variantie_verwacht` is the squared standard error of the mean, 0 for a delivered comparison (the
    supplier rests it on all of Vlaanderen). All in the units of the indicator.
    """
    method = read_comparable_settings(settings)
    numbers = measured["instellingsnummer"].unique().sort()
    neighbours = neighbour_positions(buren, numbers, method.aantal)
    ordered = measured.sort([*SERIES, "instellingsnummer"]).with_row_index("_rij")
    place_of = pl.DataFrame({"instellingsnummer": numbers, "_plaats": range(len(numbers))})
    places = ordered.join(place_of, on="instellingsnummer", how="left", maintain_order="left")["_plaats"].to_numpy()
    values = ordered["waarde"].cast(pl.Float64).to_numpy()
    means, variances = np.full(len(ordered), np.nan), np.full(len(ordered), np.nan)
    start = 0
    for size in ordered.group_by(SERIES, maintain_order=True).len()["len"].to_list():
        rows = slice(start, start + size)
        # One place more than there are institutions: where a list of neighbours ends, nothing is read.
        by_place = np.full(len(numbers) + 1, np.nan)
        by_place[places[rows]] = values[rows]
        means[rows], variances[rows] = _mean_and_variance(by_place[neighbours[places[rows]]], method.minimum)
        start += size
    delivered = pl.col("vergelijkbaar_geleverd")
    return (
        ordered.with_columns(
            vergelijkbaar_gemiddelde=pl.Series(means).fill_nan(None), _ruis=pl.Series(variances).fill_nan(None)
        )
        .with_columns(
            verwacht=pl.coalesce(delivered, "vergelijkbaar_gemiddelde"),
            variantie_verwacht=pl.when(delivered.is_not_null()).then(0.0).otherwise(pl.col("_ruis")),
        )
        .drop("_ruis", "_rij")
    )


def _mean_and_variance(values: NDArray[np.float64], minimum: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the mean of each row and the squared standard error of that mean; NaN under `minimum` values.

    One value tells nothing of its spread; where `minimum` allows it, the error is 0.
    """
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    enough = count >= minimum
    divisor = np.where(enough, count, np.nan)
    mean = np.where(known, values, 0.0).sum(axis=1) / divisor
    squares = np.where(known, (values - mean[:, np.newaxis]) ** 2, 0.0).sum(axis=1)
    return mean, squares / np.maximum(count - 1, 1) / divisor
