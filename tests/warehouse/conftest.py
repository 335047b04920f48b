"""A warehouse in memory with empty landing tables, and a way to build models over literal rows."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest

from analysis.backtest import backtest_lists
from analysis.batches import shown_answers
from analysis.comparable import nearest_institutions
from analysis.effect import estimate_effects
from analysis.needs import estimate_indicators, rank_needs, score_criteria
from analysis.robustness import rank_robustness
from analysis.smallest import smallest_in_top
from analysis.suppression import hide_teams
from tests.warehouse.landing_tables import create_landing
from warehouse.build import Computation, build
from warehouse.connection import open_for_writing
from warehouse.settings import load_settings

#: Builds the named models (and what they read) over the landing rows.
BuildModels = Callable[..., None]

COMPUTED: dict[str, Computation] = {
    "backtest_lists": backtest_lists,
    "estimate_effects": estimate_effects,
    "estimate_indicators": estimate_indicators,
    "hide_teams": hide_teams,
    "nearest_institutions": nearest_institutions,
    "rank_needs": rank_needs,
    "rank_robustness": rank_robustness,
    "score_criteria": score_criteria,
    "shown_answers": shown_answers,
    "smallest_in_top": smallest_in_top,
}


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = open_for_writing()
    create_landing(connection)
    yield connection
    connection.close()


@pytest.fixture
def build_models(con: duckdb.DuckDBPyConnection) -> BuildModels:
    """Return a function that builds the named models (none named: all), with the project's own settings."""

    def run(
        *models: str,
        peildatum: str = "2026-06-30",
        settings: dict[str, Any] | None = None,
    ) -> None:
        chosen = load_settings() if settings is None else settings
        build(con, COMPUTED, chosen, dt.date.fromisoformat(peildatum), only=models or None)

    return run
