"""A text that stands anywhere in a file of the warehouse is found, and the column is named."""

from pathlib import Path

import pytest

from warehouse.connection import open_for_writing
from warehouse.search import columns_with


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("zoeken") / "werk.duckdb"
    with open_for_writing(path) as con:
        con.execute("create schema landing")
        con.execute("create table landing.a as select 'x' as code, 17 as aantal, null::varchar as leeg")
        con.execute("insert into landing.a values ('van Jan O''Neill', 17, null)")
        con.execute(
            "create table landing.b as select ['y', 'jan o''neill'] as lijst, {'naam': 'JAN, O''NEILL'} as \"De kolom\""
        )
        con.execute("create table landing.zonder_rijen (naam varchar)")
        con.execute("create view landing.v as from landing.a")
    return path


def test_every_column_is_searched_in_either_case_and_inside_lists(path: Path) -> None:
    assert columns_with(path, ["jan"]) == ["landing.a.code", "landing.b.lijst", "landing.b.De kolom"]
    assert columns_with(path, ["o'neill"]) == ["landing.a.code", "landing.b.lijst", "landing.b.De kolom"]


def test_one_of_several_patterns_is_enough_and_a_column_is_told_once(path: Path) -> None:
    assert columns_with(path, ["nergens", "x", "van jan"]) == ["landing.a.code"]


@pytest.mark.parametrize("patterns", [[], ["nergens"], ["17"]])
def test_what_is_not_there_or_is_a_number_is_not_found(path: Path, patterns: list[str]) -> None:
    assert columns_with(path, patterns) == []
