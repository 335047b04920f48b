"""A warehouse in memory with empty landing tables, and a way to build models over literal rows."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pytest

from tests.warehouse.landing_tables import create_landing
from warehouse.build import Computation, build
from warehouse.connection import open_for_writing
from warehouse.settings import load_settings

#: Builds the named models (and what they read) over the landing rows; returns the connection's `rows` helper.
BuildModels = Callable[..., None]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = open_for_writing()
    create_landing(connection)
    yield connection
    connection.close()


@pytest.fixture
def build_models(con: duckdb.DuckDBPyConnection) -> BuildModels:
    """Return a function that builds the named models as of a peildatum, with the project's own settings."""

    def run(
        *models: str,
        peildatum: str = "2026-06-30",
        settings: dict[str, Any] | None = None,
        computed: dict[str, Computation] | None = None,
    ) -> None:
        chosen = load_settings() if settings is None else settings
        build(con, computed or {}, chosen, dt.date.fromisoformat(peildatum), only=models)

    return run
