"""The place of one instelling in the ranking, for its page and for the dialogue about it."""

import polars as pl

from dashboard import data
from dashboard.figures.certainty import measured_scores
from warehouse.queries import instelling as queries
from warehouse.queries.noden import places


def standing(instellingsnummer: str) -> pl.DataFrame:
    """Return `queries.instelling.standing` with aantal_gerangschikt, of the whole network whoever reads it.

    As on page Noden: without the scores of which nothing is measured, without the trap where nobody's is known, and
    without the class where it tells nobody apart.
    """
    own = data.frame(queries.standing, instellingsnummer=instellingsnummer)
    return _of_how_many(own, data.counts_over_network(places))


@data.derived
def _of_how_many(own: pl.DataFrame, ranked: pl.DataFrame) -> pl.DataFrame:
    placed = measured_scores(own).join(ranked, on="schooljaar", how="left", maintain_order="left")
    known = {"is_trap_bekend": ("trap",), "is_klasse_zinvol": ("klasse", "kans_top")}
    return placed.with_columns(
        pl.when(condition).then(name).alias(name) for condition, names in known.items() for name in names
    ).drop(known)
