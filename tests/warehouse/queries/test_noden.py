"""Whether the trap of anybody is known has one answer, whichever page asks."""

from pathlib import Path

import pytest

from tests.dashboard.small_warehouse import publish
from warehouse.connection import open_read_only
from warehouse.queries import noden, start
from warehouse.queries.fetch import reading
from warehouse.scope import Scope

NETWORK = Scope(known=True, netwerk=True)
#: In 2024-2025 nothing of a doorlichting is left, in 2025-2026 one trap that no score stands beside.
ONE_YEAR = """
    update mart.noden set score_doorlichting = null;
    update mart.noden set trap = 'regulier' where schooljaar = '2024-2025' or instellingsnummer <> '000055';
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("data"), extra=ONE_YEAR)


@pytest.mark.parametrize(
    ("schooljaar", "is_known", "verplicht"),
    [("2025-2026", True, 1), ("2024-2025", False, None), ("1999-2000", False, None)],
)
def test_start_counts_the_trap_verplicht_where_noden_says_that_a_trap_is_known(
    published: Path, schooljaar: str, is_known: bool, verplicht: int | None
) -> None:
    with open_read_only(published) as con, reading(con, NETWORK) as reader:
        assert noden.count(reader, schooljaar)["is_trap_bekend"].to_list() == [is_known]
        state = start.network_state(reader, schooljaar).filter(schooljaar=schooljaar)
        assert state["verplicht"].to_list() == ([verplicht] if state.height else [])
