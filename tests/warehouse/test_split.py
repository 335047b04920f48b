"""What was built is split: marts for the dashboard, the staff apart, and nothing of what they were made from."""

import datetime as dt
from pathlib import Path

import pytest

from warehouse.connection import open_for_writing, open_read_only
from warehouse.split import split
from warehouse.versions import HR, PUBLIC, file_beside


@pytest.fixture
def work(tmp_path: Path) -> Path:
    path = tmp_path / "werk-00007.duckdb"
    with open_for_writing(path) as con:
        con.execute(
            """
            create schema landing; create schema core; create schema mart; create schema meta; create schema settings;
            create table landing.personeel as select 'pseudoniem-een' as persoon;
            create table core.fct as select 'pseudoniem-twee' as persoon;
            create table mart.noden as select * from (values (3, 'c'), (1, 'a'), (2, 'b')) as t(rang, naam);
            comment on column mart.noden.rang is 'Rang: de ''plaats''';
            create table mart.werkdruk as select 'pseudoniem-drie' as begeleider;
            create table meta.versie as select 7 as versie, date '2026-03-01' as peildatum;
            create table meta.kolom (tabel varchar primary key);
            create table settings.lijst as select 5 as drempel;
            create schema zicht;
            create view zicht.eigen as select rang from mart.noden where rang < getvariable('scope.grens');
            create view zicht.noden as select * from mart.noden semi join zicht.eigen using (rang);
            create view zicht.werkdruk as select * from mart.werkdruk where false;
            """
        )
        split(con, path)
    return path


def tables(path: Path) -> list[str]:
    with open_read_only(path) as con:
        rows = con.execute("select schema_name || '.' || table_name from duckdb_tables() order by all").fetchall()
    return [name for (name,) in rows]


def test_the_dashboard_gets_marts_and_no_person(work: Path) -> None:
    assert tables(file_beside(work, PUBLIC)) == ["mart.noden", "meta.kolom", "meta.versie", "settings.lijst"]
    assert b"pseudoniem" not in file_beside(work, PUBLIC).read_bytes()


def test_the_staff_lie_apart_with_the_version_they_are_of(work: Path) -> None:
    assert tables(file_beside(work, HR)) == ["mart.werkdruk", "meta.kolom", "meta.versie"]
    with open_read_only(file_beside(work, HR)) as con:
        assert con.execute("select * from meta.versie").fetchall() == [(7, dt.date(2026, 3, 1))]


def test_rows_keep_their_order_and_columns_their_explanation(work: Path) -> None:
    with open_read_only(file_beside(work, PUBLIC)) as con:
        assert con.execute("from mart.noden").fetchall() == [(3, "c"), (1, "a"), (2, "b")]
        comments = con.execute("select comment from duckdb_columns() where comment is not null").fetchall()
    assert comments == [("Rang: de 'plaats'",)]


def test_views_of_the_readers_go_along_and_read_the_new_file(work: Path) -> None:
    work.unlink()
    with open_read_only(file_beside(work, PUBLIC)) as con:
        views = con.execute("select view_name from duckdb_views() where schema_name = 'zicht' order by 1").fetchall()
        assert con.execute("from zicht.noden").fetchall() == []
        con.execute('set variable "scope.grens" = 2')
        assert con.execute("from zicht.noden").fetchall() == [(1, "a")]
    assert views == [("eigen",), ("noden",)]
