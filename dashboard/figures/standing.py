"""The place of one instelling in the ranking, for its page and for the dialogue about it."""

import polars as pl

from dashboard import data
from dashboard.figures.certainty import measured_scores
from warehouse.queries import instelling as queries
from warehouse.queries.noden import places


def standing(instellingsnummer: str) -> pl.DataFrame:
    """Return `queries.instelling.standing` with aantal_gerangschikt, of the whole network whoever reads it.

    Without the scores of which nothing is measured, and without the trap where nobody's is known, as on page Noden.
    """
    own = data.frame(queries.standing, instellingsnummer=instellingsnummer)
    return _of_how_many(own, data.counts_over_network(places))


@data.derived
def _of_how_many(own: pl.DataFrame, ranked: pl.DataFrame) -> pl.DataFrame:
    placed = measured_scores(own).join(ranked, on="schooljaar", how="left", maintain_order="left")
    return placed.with_columns(pl.when("is_trap_bekend").then("trap").alias("trap")).drop("is_trap_bekend")
