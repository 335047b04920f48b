"""The handwritten deliveries, loaded through the real command line."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.e2e import deliveries
from tests.e2e.command_line import date_receipts, run, status
from tests.e2e.deliveries import write_schools
from tests.e2e.people_deliveries import write_people

PEILDATUM = "2026-03-15"
LATER = "2026-04-15"

Rows = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(scope="session")
def warehouses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The warehouse as it stood on two days, by peildatum; one delivery came in between them."""
    folder = tmp_path_factory.mktemp("by_hand")
    data = folder / "data"
    write_schools(folder / "eerst")
    write_people(folder / "eerst")
    code, _ = run(data, "laad", str(folder / "eerst"))
    assert code == 3, "some rows of the first deliveries are in quarantine"
    (folder / "later").mkdir()
    later = folder / "later" / "doorlichtingen april.csv"
    deliveries.write_text(later, deliveries.DOORLICHTINGEN_APRIL, "utf-8-sig", "\n")
    code, _ = run(data, "laad", str(later))
    assert code == 3, "the row that ends before it starts is still there"
    date_receipts(data, {"": datetime(2026, 3, 1, 9), later.name: datetime(2026, 4, 10, 9)})
    found = {}
    for peildatum in (PEILDATUM, LATER):
        code, printed = run(data, "bouw", "--peildatum", peildatum)
        assert code == 0, printed
        found[peildatum] = Path(status(data)["warehouse"])
    return found


@pytest.fixture(scope="module")
def rows(warehouses: dict[str, Path]) -> Iterator[Rows]:
    """Ask the warehouse of the peildatum, as a notebook would: read-only, with SQL."""
    with duckdb.connect(warehouses[PEILDATUM], read_only=True) as con:
        yield lambda sql, *values: con.execute(sql, values).fetchall()
