"""Whatever passes its contract can be built: an accepted delivery must never block the data manager."""

import copy
import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipelines.build import COMPUTED, landing_tables
from pipelines.sources import CONTRACTS
from tests.pipelines.accepted_rows import accepted_rows, has_vak_per_schooljaar, write_delivery
from tests.pipelines.mart_promises import broken_promises
from warehouse.build import build
from warehouse.connection import open_for_writing
from warehouse.landing import LandingFile, land
from warehouse.settings import load_settings

OTHERS = [contract.name for contract in CONTRACTS if contract.name != "instellingen"]
PEILDATA = [dt.date(2024, 9, 1), dt.date(2026, 2, 28), dt.date(2026, 8, 31), dt.date(2099, 12, 31)]

#: How many rows of each table; a table that is not named was not delivered.
deliveries = st.fixed_dictionaries(
    {"instellingen": st.sampled_from([24, 12, 3, 0])},
    optional={name: st.sampled_from([30, 8, 1]) for name in OTHERS},
)
everything = {"instellingen": 24, **dict.fromkeys(OTHERS, 30)}


@pytest.fixture(scope="module")
def method() -> dict[str, Any]:
    """The project's settings with few draws: what comes out must be possible, not precise."""
    chosen = copy.deepcopy(load_settings())
    chosen["noden"]["trekkingen"] = 50
    return chosen


@settings(max_examples=12, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(amounts=deliveries, seed=st.integers(0, 9999), peildatum=st.sampled_from(PEILDATA))
@example(amounts=everything, seed=1, peildatum=PEILDATA[2])
@example(amounts=everything, seed=2, peildatum=PEILDATA[1])
def test_rows_that_pass_their_contract_always_build(
    method: dict[str, Any], amounts: dict[str, int], seed: int, peildatum: dt.date
) -> None:
    with tempfile.TemporaryDirectory() as folder, open_for_writing() as con:
        files = {name: _deliver(name, amount, seed, Path(folder)) for name, amount in amounts.items()}
        # Rows that refer to nothing are kept out one by one; with so few rows a share says nothing.
        land(con, landing_tables(), files, largest_refused_share=1.0)

        build(con, COMPUTED, method, peildatum)

        assert broken_promises(con) == []


def _deliver(name: str, amount: int, seed: int, folder: Path) -> list[LandingFile]:
    """Deliver the rows; where a file's name can tell a schooljaar, once for all years and once for one."""
    vakken = ["alle", "2025-2026"] if has_vak_per_schooljaar(name) else ["geheel"]
    return [
        write_delivery(name, accepted_rows(name, amount, seed + order), folder, order, vak)
        for order, vak in enumerate(vakken, start=1)
    ]


def test_questions_of_one_schooljaar_leave_those_of_every_schooljaar_standing(tmp_path: Path) -> None:
    rows = accepted_rows("edbi_vragen", 1, seed=1)
    files = [
        write_delivery("edbi_vragen", rows.with_columns(tekst=pl.lit(vak)), tmp_path, order, vak)
        for order, vak in enumerate(["alle", "2025-2026"], start=1)
    ]
    with open_for_writing() as con:
        land(con, landing_tables(), {"edbi_vragen": files}, largest_refused_share=0.2)

        kept = con.execute("select _vak, tekst from landing.edbi_vragen order by _vak").fetchall()
    assert kept == [("2025-2026", "2025-2026"), ("alle", "alle")]
