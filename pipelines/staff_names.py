"""The names of own staff, for the one file that may hold them.

Nothing that is stored on the way to the warehouse has a name in it, so they are read again from the bytes in the
archive at every build. That keeps one place where a name can be removed: with the bytes it is gone everywhere.
"""

from collections.abc import Collection, Sequence
from typing import Any

import polars as pl

from pipelines import values
from pipelines.archive import Archive, Receipt
from pipelines.intake import recognised_tables
from pipelines.pseudonym import pseudonymise, tidy_person
from pipelines.recognise import Recognised
from pipelines.sources import CONTRACTS

STAFF = "personeel"
SCHEMA = {"pseudoniem": pl.String, "naam": pl.String}


def staff_names(
    archive: Archive, receipts: Sequence[Receipt], active: Collection[str], key: bytes, settings: dict[str, Any]
) -> pl.DataFrame:
    """Return who stands in the lists of staff that count: pseudoniem and naam, the person or code as delivered.

    `active` are the deliveries of the list of staff of which a row counts.
    """
    found = [pl.DataFrame(schema=SCHEMA)]
    for receipt in receipts:
        if receipt.levering in active:
            path = archive.bytes_path(receipt)
            tables = recognised_tables(path, receipt.bestand, settings, CONTRACTS)
            found += [_names(table, key) for table in tables if table.contract.name == STAFF]
    return pl.concat(found).group_by("pseudoniem").agg(pl.col("naam").min()).sort("pseudoniem")


def _names(table: Recognised, key: bytes) -> pl.DataFrame:
    """Return the persons of one table, in every column that holds one."""
    personal = [column.name for column in table.contract.kept if column.is_personal]
    texts = values.trimmed(table.cells.select(personal))
    persons = pl.concat([texts.get_column(name).rename("naam") for name in personal]).drop_nulls().unique()
    tidy = pl.Series("naam", [tidy_person(person) for person in persons.to_list()], dtype=pl.String)
    return pl.DataFrame({"pseudoniem": pseudonymise(tidy, key), "naam": tidy}, schema=SCHEMA)
