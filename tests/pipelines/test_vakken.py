"""Which part of a source a row belongs to, of accepted and of refused rows alike."""

import datetime as dt

import polars as pl

from pipelines.clean import QUARANTINE_SCHEMA, Cleaned
from pipelines.sources import BY_NAME
from pipelines.vakken import with_vak

VISITS = BY_NAME["interventies"]


def test_rows_in_pieces_of_which_some_are_empty_get_their_schooljaar() -> None:
    day = VISITS.vak.column
    pieces = [pl.DataFrame({day: [dt.date(2025, 9, 1)] * 3, "_rij": [3 * n, 3 * n + 1, 3 * n + 2]}) for n in range(5)]
    frame = pl.concat(pieces, rechunk=False)
    refused = frame.filter(pl.Series([row in (2, 9) for row in range(15)]))
    assert refused.n_chunks() == 5, "nothing is left of three pieces"
    nothing = pl.DataFrame(schema=QUARANTINE_SCHEMA)
    found = with_vak(Cleaned(VISITS, frame.filter(pl.col("_rij") > 11), nothing, 15, [], refused), "bezoeken.csv", "")
    assert found.accepted["_vak"].to_list() == ["2025-2026"] * 3
