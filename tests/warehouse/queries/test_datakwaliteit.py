"""Questions about deliveries: only those that count make a figure, and a column has one name however it is spelled."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.dashboard.small_warehouse import publish
from warehouse.connection import open_read_only
from warehouse.queries import datakwaliteit, meta
from warehouse.queries.fetch import reading
from warehouse.scope import Scope

NOT_COUNTED = """
    insert into meta.levering values
        ('l3', 'inschrijvingen', '2025-2026', 'oud.csv', '2025-10-01 09:00:00', 100, 99, 1, 'vervangen', null),
        ('l4', 'planning', '2025-2026', 'fout.csv', '2025-10-02 09:00:00', 50, 48, 2, 'ingetrokken', null),
        ('l5', '', '', 'brief.csv', '2025-10-03 09:00:00', 0, 0, 0, 'geweigerd', 'niet herkend'),
        ('l6', 'planning', '2025-2026', 'planning.csv', '2025-10-04 09:00:00', 10, 7, 3, 'actief', null);
    insert into meta.quarantaine values
        ('l3', 'inschrijvingen', 'oud.csv', null, 2, 'ambt', '?', 'onbekend'),
        ('l6', 'planning', 'planning.csv', null, 2, 'Ambt_ID ', '?', 'onbekend'),
        ('l6', 'planning', 'planning.csv', null, 3, 'ambt\u00a0 id', '?', 'onbekend'),
        ('l6', 'planning', 'planning.csv', null, 4, 'anciënniteit', '?', 'onbekend'),
        ('l6', 'planning', 'planning.csv', null, 5, 'Ancienniteit\u200b', '?', 'onbekend'),
        ('l6', 'planning', 'planning.csv', null, 6, null, null, 'dubbel');
"""
#: As a build writes it: one more row put aside, of a part that a newer delivery replaced.
PART_REPLACED = f"""
    {NOT_COUNTED}
    alter table meta.levering add column gelezen_vervangen bigint;
    alter table meta.levering add column quarantaine_vervangen bigint;
    update meta.levering set gelezen_vervangen = 4, quarantaine_vervangen = 1 where levering = 'l6';
    alter table meta.quarantaine add column is_vervangen boolean default false;
    update meta.quarantaine set is_vervangen = true where levering = 'l6' and rij = 2;
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("data"), extra=NOT_COUNTED)


def ask(published: Path, query: Callable[..., pl.DataFrame], **params: str) -> pl.DataFrame:
    with open_read_only(published) as con, reading(con, Scope(known=True, leveringen=True)) as reader:
        return query(reader, **params)


def test_the_total_is_of_what_the_figures_are_made_of_and_the_rest_is_counted_apart(published: Path) -> None:
    total = ask(published, meta.quality).row(0, named=True)
    assert [total[name] for name in ("leveringen", "gelezen", "quarantaine", "niet_meegeteld")] == [3, 135, 6, 3]
    per_source = ask(published, datakwaliteit.sources)
    assert per_source.select("leveringen", "gelezen", "quarantaine").sum().row(0) == (3, 135, 6)


def test_a_delivery_that_was_replaced_or_withdrawn_asks_nothing_any_more(published: Path) -> None:
    asked = ask(published, meta.quarantined_deliveries)
    assert asked.select("bestand", "status").rows() == [
        ("inschrijvingen.csv", "actief"),
        ("planning.csv", "actief"),
        ("brief.csv", "geweigerd"),
    ]


def test_a_column_that_is_spelled_in_two_ways_is_one_column(published: Path) -> None:
    put_aside = ask(published, datakwaliteit.quarantine)
    assert put_aside.filter(pl.col("bron") == "planning").select("kolom", "rijen", "leveringen").rows() == [
        ("ambt\u00a0 id", 2, 1),
        ("anciënniteit", 2, 1),
        (None, 1, 1),
    ]
    assert put_aside.filter(pl.col("bron") == "inschrijvingen").height == 1


def test_rows_of_a_part_that_was_replaced_ask_nothing_any_more(tmp_path: Path) -> None:
    published = publish(tmp_path, extra=PART_REPLACED)
    total = ask(published, meta.quality).row(0, named=True)
    assert (total["gelezen"], total["quarantaine"]) == (131, 5)
    assert ask(published, datakwaliteit.sources).select("gelezen", "quarantaine").sum().row(0) == (131, 5)
    asked = ask(published, meta.quarantined_deliveries)
    assert asked.filter(pl.col("bron") == "planning").select("gelezen", "quarantaine").rows() == [(6, 2)]
    put_aside = ask(published, datakwaliteit.quarantine).filter(pl.col("bron") == "planning")
    assert put_aside.select("kolom", "rijen").rows() == [("anciënniteit", 2), ("ambt\u00a0 id", 1), (None, 1)]
