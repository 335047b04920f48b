"""What was built is split: marts for the dashboard, the staff apart, and nothing of what they were made from."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from warehouse.connection import open_for_writing, open_read_only
from warehouse.queries.fetch import fetch, reading
from warehouse.scope import Scope
from warehouse.split import split
from warehouse.versions import HR, PUBLIC, file_beside

PERSONAL = ("medewerker", "medewerker_maand", "persoon_naam", "werkdruk")
NAMES = pl.DataFrame(
    {
        "pseudoniem": [
            "pseudoniem-an",
            "pseudoniem-code-an",
            "pseudoniem-bo",
            "pseudoniem-leiding",
            "pseudoniem-elders",
        ],
        "naam": ["An@go.example", "B001", "bo@go.example", "Leiding@go.example", "deelnemer@school.example"],
    }
)


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
            create table mart.werkdruk as
                select unnest(['pseudoniem-code-an', 'pseudoniem-code-bo', 'pseudoniem-code-weg']) as begeleider;
            create table mart.medewerker as
                select * from (values
                    ('pseudoniem-an', 'pseudoniem-code-an', 'pseudoniem-leiding', 'begeleider'),
                    ('pseudoniem-bo', 'pseudoniem-code-bo', 'pseudoniem-code-an', 'begeleider'),
                    ('pseudoniem-cis', null, null, 'onthaal')
                ) as t(persoon, begeleider, hoofdadviseur, functie);
            create table mart.medewerker_maand as select unnest(['pseudoniem-an', 'pseudoniem-cis']) as persoon;
            create table mart.persoon_naam (pseudoniem varchar, naam varchar);
            create table meta.versie as select 7 as versie, date '2026-03-01' as peildatum;
            create table meta.kolom (tabel varchar primary key);
            create table settings.lijst as select 5 as drempel;
            create schema zicht;
            create view zicht.eigen as select rang from mart.noden where rang < getvariable('scope.grens');
            create view zicht.noden as select * from mart.noden semi join zicht.eigen using (rang);
            create view zicht.persoon_naam as select * from mart.persoon_naam where false;
            create view zicht.werkdruk as select * from mart.werkdruk where false;
            """
        )
        split(con, path, PERSONAL, NAMES)
    return path


def tables(path: Path) -> list[str]:
    with open_read_only(path) as con:
        rows = con.execute("select schema_name || '.' || table_name from duckdb_tables() order by all").fetchall()
    return [name for (name,) in rows]


def test_the_dashboard_gets_marts_and_no_person(work: Path) -> None:
    assert tables(file_beside(work, PUBLIC)) == ["mart.noden", "meta.kolom", "meta.versie", "settings.lijst"]
    assert b"pseudoniem" not in file_beside(work, PUBLIC).read_bytes()


def test_the_staff_lie_apart_with_the_version_they_are_of(work: Path) -> None:
    assert tables(file_beside(work, HR)) == [*(f"mart.{name}" for name in PERSONAL), "meta.kolom", "meta.versie"]
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


def seen(work: Path, question: str, **scope: object) -> list[tuple[object, ...]]:
    """Return the rows of the HR file for a reader with this scope."""
    with open_read_only(file_beside(work, HR)) as con, reading(con, Scope(**scope)) as reader:
        return fetch(reader, question).rows()


STAFF = "select naam, code, hoofdadviseur_naam from zicht.medewerker order by naam nulls last"


def test_hr_sees_everybody_by_name(work: Path) -> None:
    assert seen(work, STAFF, known=True, hr=True) == [
        ("An@go.example", "B001", "Leiding@go.example"),
        ("bo@go.example", None, "An@go.example"),
        (None, None, None),
    ]
    assert len(seen(work, "from zicht.werkdruk", hr=True)) == 3
    assert len(seen(work, "from zicht.medewerker_maand", hr=True)) == 2


def test_a_hoofdadviseur_sees_who_they_lead_and_no_other(work: Path) -> None:
    leads = {"known": True, "hr_hoofdadviseur": "leiding@go.example"}
    assert seen(work, STAFF, **leads) == [("An@go.example", "B001", "Leiding@go.example")]
    assert seen(work, "from zicht.werkdruk", **leads) == [("pseudoniem-code-an",)]
    assert seen(work, "from zicht.medewerker_maand", **leads) == [("pseudoniem-an",)]
    by_code = {"known": True, "hr_hoofdadviseur": "an@go.example"}
    assert seen(work, STAFF, **by_code) == [("bo@go.example", None, "An@go.example")]


@pytest.mark.parametrize(
    "scope",
    [
        {},
        {"known": True, "alle_instellingen": True, "netwerk": True, "werkdruk": True, "leveringen": True},
        {"known": True, "hr_hoofdadviseur": "iemand@go.example"},
        {"known": True, "hr_hoofdadviseur": ""},
        {"known": True, "hr_hoofdadviseur": "%"},
    ],
)
@pytest.mark.parametrize("table", ["medewerker", "medewerker_maand", "werkdruk"])
def test_nobody_else_sees_a_row_of_the_staff(work: Path, scope: dict[str, object], table: str) -> None:
    assert seen(work, f"select * from zicht.{table}", **scope) == []


def test_names_are_in_the_hr_file_alone_and_only_of_staff(work: Path) -> None:
    for path in (work, file_beside(work, PUBLIC)):
        assert b"go.example" not in path.read_bytes()
    with open_read_only(file_beside(work, HR)) as con:
        assert con.execute("select count(*) from mart.persoon_naam where naam like 'deelnemer%'").fetchall() == [(0,)]
