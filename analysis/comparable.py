"""Which institutions are comparable: the nearest ones of the same onderwijsniveau in their pupils and size."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

TRAITS = ("oki", "aantal_leerlingen", "schoolse_vertraging")
# A distance and a place in the list, packed in 64 bits: sorting them gives the nearest, ties by place.
PLACE_BITS = 32
# As many distances as stay in the processor's cache.
CELLS_PER_BLOCK = 500_000
NEIGHBOUR_SCHEMA: dict[str, pl.DataType] = {
    "schooljaar": pl.String(),
    "instellingsnummer": pl.String(),
    "plaats": pl.Int64(),
    "buur": pl.String(),
    "afstand": pl.Float64(),
}


@dataclass(frozen=True)
class ComparableSettings:
    """How many comparable institutions, how few are too few to expect anything from, and the fixed scales.

    `schalen` gives for each trait the difference that counts as 1; for the number of pupils it is a ratio.
    """

    aantal: int
    minimum: int
    schalen: Mapping[str, float]


def read_comparable_settings(settings: Mapping[str, Any]) -> ComparableSettings:
    """Return the checked settings under `[noden.vergelijkbaar]`; KeyError or ValueError where they cannot be right."""
    table = settings["noden"]["vergelijkbaar"]
    scales = {trait: float(table[f"schaal_{trait}"]) for trait in TRAITS}
    if not 1 <= table["minimum"] <= table["aantal"]:
        raise ValueError("[noden.vergelijkbaar] minimum must lie between 1 and aantal")
    if scales["oki"] <= 0 or scales["schoolse_vertraging"] <= 0 or scales["aantal_leerlingen"] <= 1:
        raise ValueError("[noden.vergelijkbaar] scales must be above 0, the ratio of aantal_leerlingen above 1")
    return ComparableSettings(table["aantal"], table["minimum"], scales)


def nearest_institutions(kenmerken: pl.DataFrame, settings: Mapping[str, Any]) -> pl.DataFrame:
    """Return up to `aantal` comparable institutions of each, nearest first (columns: `NEIGHBOUR_SCHEMA`).

    `kenmerken`: one row per `schooljaar` and `instellingsnummer` with `onderwijsniveau` and the traits `oki`,
    `aantal_leerlingen`, `schoolse_vertraging` (a share), each possibly null. Only the same schooljaar and
    onderwijsniveau is comparable, so a small niveau gives fewer.

    A trait is measured on a fixed scale of the settings, never on the spread of the list: else the distance
    of two institutions would change with a third. Size counts by its logarithm: 100 against 200 pupils is as
    far as 400 against 800. `afstand` is the root mean square over the traits the institution itself has; a
    trait that only the other lacks counts as 1, the scale of that trait. An institution without any trait has
    no comparable ones: it gets no rows. Ties go by instellingsnummer; the order of the input is irrelevant.

    Raises ValueError for two rows per key. Source: methoden section 1.2; nearest neighbours as in Abadie &
    Imbens (2006), Econometrica 74.
    """
    method = read_comparable_settings(settings)
    if kenmerken.select("schooljaar", "instellingsnummer").is_duplicated().any():
        raise ValueError("an instelling occurs twice in one schooljaar")
    ordered = kenmerken.sort("schooljaar", "onderwijsniveau", "instellingsnummer")
    groups = ordered.partition_by("schooljaar", "onderwijsniveau", maintain_order=True)
    found = [_nearest_of_group(group, method) for group in groups]
    return pl.concat([pl.DataFrame(schema=NEIGHBOUR_SCHEMA), *found]).sort("schooljaar", "instellingsnummer", "plaats")


def _nearest_of_group(group: pl.DataFrame, method: ComparableSettings) -> pl.DataFrame:
    traits = scaled_traits(group, method)
    seekers = np.flatnonzero(~np.isnan(traits).all(axis=1))
    count = min(method.aantal, len(group) - 1)
    if count < 1 or not len(seekers):
        return pl.DataFrame(schema=NEIGHBOUR_SCHEMA)
    positions, distances = nearest(traits[seekers], traits, seekers, count)
    numbers = group["instellingsnummer"]
    return pl.DataFrame(
        {
            "schooljaar": group["schooljaar"].gather(np.repeat(seekers, count)),
            "instellingsnummer": numbers.gather(np.repeat(seekers, count)),
            "plaats": np.tile(np.arange(1, count + 1), len(seekers)),
            "buur": numbers.gather(positions.ravel()),
            "afstand": distances.ravel().astype(np.float64),
        },
        schema=NEIGHBOUR_SCHEMA,
    )


def neighbour_positions(buren: pl.DataFrame, numbers: pl.Series, count: int) -> NDArray[np.intp]:
    """Return an (institutions, count) array of positions in `numbers`; its length where there is no neighbour.

    `buren`: what `nearest_institutions` returns, of one schooljaar; `numbers`: instellingsnummers, each once.
    """
    place_of = pl.DataFrame({"nummer": numbers, "place": range(len(numbers))})
    known = buren.join(place_of.rename({"nummer": "instellingsnummer"}), on="instellingsnummer").join(
        place_of.rename({"nummer": "buur", "place": "buurplaats"}), on="buur"
    )
    positions = np.full((len(numbers), count), len(numbers), dtype=np.intp)
    positions[known["place"].to_numpy(), known["plaats"].to_numpy() - 1] = known["buurplaats"].to_numpy()
    return positions


def scaled_traits(kenmerken: pl.DataFrame, method: ComparableSettings) -> NDArray[np.float32]:
    """Return an (institutions, traits) array on the fixed scales; NaN where a trait is missing."""
    size = pl.col("aantal_leerlingen").cast(pl.Float64)
    scaled = kenmerken.select(
        pl.col("oki").cast(pl.Float64) / method.schalen["oki"],
        pl.when(size > 0).then(size.log() / np.log(method.schalen["aantal_leerlingen"])).alias("aantal_leerlingen"),
        pl.col("schoolse_vertraging").cast(pl.Float64) / method.schalen["schoolse_vertraging"],
    )
    return scaled.to_numpy().astype(np.float32)


def nearest(
    seekers: NDArray[np.float32], candidates: NDArray[np.float32], own: NDArray[np.intp], count: int
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """Return the positions among the candidates of the `count` nearest of each seeker, and their distances.

    Both are (seekers, count) arrays, nearest first, ties by position. `own` holds each seeker's own position
    among the candidates (-1 where it is not one of them), which is never its own neighbour. Every seeker has
    at least one trait, and there are more than `count` candidates that are not the seeker, or as many.
    """
    positions = np.empty((len(seekers), count), dtype=np.intp)
    distances = np.empty((len(seekers), count), dtype=np.float32)
    places = np.arange(len(candidates), dtype=np.uint64)
    block = max(1, CELLS_PER_BLOCK // len(candidates))
    for start in range(0, len(seekers), block):
        rows = slice(start, min(start + block, len(seekers)))
        squared = _mean_squares(seekers[rows], candidates)
        is_own = np.flatnonzero(own[rows] >= 0)
        squared[is_own, own[rows][is_own]] = np.inf
        # The bits of a positive float32 are in the order of its value.
        keys = squared.view(np.uint32).astype(np.uint64) << np.uint64(PLACE_BITS) | places
        keys.partition(count - 1, axis=1)
        keys = np.sort(keys[:, :count], axis=1)
        positions[rows] = (keys & np.uint64(2**PLACE_BITS - 1)).astype(np.intp)
        distances[rows] = np.sqrt((keys >> np.uint64(PLACE_BITS)).astype(np.uint32).view(np.float32))
    return positions, distances


def _mean_squares(seekers: NDArray[np.float32], candidates: NDArray[np.float32]) -> NDArray[np.float32]:
    total = np.zeros((len(seekers), len(candidates)), dtype=np.float32)
    for trait in range(seekers.shape[1]):
        mine, theirs = seekers[:, trait, np.newaxis], candidates[np.newaxis, :, trait]
        difference = np.where(np.isnan(theirs), np.float32(1), mine - theirs)
        total += np.where(np.isnan(mine), np.float32(0), difference**2)
    return total / (~np.isnan(seekers)).sum(axis=1, dtype=np.float32)[:, np.newaxis]
