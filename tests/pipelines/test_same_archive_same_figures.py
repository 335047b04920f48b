"""The same archive gives the same warehouse, whenever it is built and in whatever order its files came in."""

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.load import LoadOutcome, delivery_files, load, rebuild
from pipelines.pseudonym import KEY_FILE
from tests.e2e.deliveries import write_schools
from tests.e2e.people_deliveries import write_people
from warehouse.settings import load_settings

PEILDATUM = dt.date(2026, 3, 15)
#: When it was built and how long that took; in another order deliveries get other numbers too.
OF_THE_BUILD = {"versie", "gebouwd_op", "seconden"}
#: How earlier builds were judged: it tells how many there were, and each build adds itself.
OF_EARLIER_BUILDS = "meta.validatie_historie"
OF_THE_ORDER = OF_THE_BUILD | {"levering", "ontvangen_op"}


def contents(outcome: LoadOutcome, without: set[str]) -> dict[str, Counter[Any]]:
    """Return every row of every table of mart, core and meta."""
    assert outcome.published is not None, outcome.failure
    with duckdb.connect(outcome.published, read_only=True) as con:
        tables = con.execute(
            "select table_schema || '.' || table_name from information_schema.tables "
            "where table_schema in ('mart', 'core', 'meta')"
        ).fetchall()
        found = {}
        for (name,) in tables:
            if name == OF_EARLIER_BUILDS:
                continue
            columns = ", ".join(column for column in con.table(name).columns if column not in without)
            # As text: a list has no place in a counter, and no digit is lost.
            rows = con.execute(f"select row({columns})::varchar from {name}").fetchall()
            found[name] = Counter(row for (row,) in rows)
    return found


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("leveringen")
    write_schools(folder)
    write_people(folder)
    return delivery_files([folder])


def loaded(files: list[Path], data: Path, key: bytes | None = None) -> LoadOutcome:
    """Load the files in the given order and build as of the peildatum; with `key` for the pseudonyms."""
    if key is not None:
        data.mkdir()
        (data / KEY_FILE).write_bytes(key)
    load(files, data, load_settings(), _silent, _silent, PEILDATUM)
    return rebuild(data, load_settings(), _silent, _silent, PEILDATUM)


def _silent(*_: object) -> None:
    """Report no progress."""


@pytest.fixture(scope="module")
def first(files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, LoadOutcome]:
    data = tmp_path_factory.mktemp("eerst") / "data"
    return data, loaded(files, data)


def test_a_second_build_gives_the_same_tables(first: tuple[Path, LoadOutcome]) -> None:
    data, outcome = first
    verdicts = {path: path.stat().st_mtime_ns for path in data.glob("gelezen/*/oordelen/*")}

    again = rebuild(data, load_settings(), _silent, _silent, PEILDATUM)

    assert contents(again, OF_THE_BUILD) == contents(outcome, OF_THE_BUILD)
    # The same rows are not judged twice: every verdict was taken from the first build.
    assert len(verdicts) > 10
    assert {path: path.stat().st_mtime_ns for path in data.glob("gelezen/*/oordelen/*")} == verdicts


def test_files_in_another_order_give_the_same_tables(
    first: tuple[Path, LoadOutcome], files: list[Path], tmp_path: Path
) -> None:
    data, outcome = first

    turned = loaded(files[::-1], tmp_path / "data", (data / KEY_FILE).read_bytes())

    assert contents(turned, OF_THE_ORDER) == contents(outcome, OF_THE_ORDER)
