from pathlib import Path

import polars as pl
import pytest

from dashboard import data
from tests.dashboard.small_warehouse import publish
from warehouse.queries import meta, noden


def test_a_frame_is_fetched_once_and_handed_out_without_a_copy(data_dir):
    first = data.frame(noden.ranking, schooljaar="2025-2026")
    assert data.frame(noden.ranking, schooljaar="2025-2026") is first
    assert data.frame(noden.ranking, schooljaar="2024-2025") is not first


def test_a_new_version_is_seen_at_once(data_dir):
    assert data.version().versie == 1
    publish(data_dir, version=2, extra="update mart.noden set naam = 'Nieuw'")
    assert data.version().versie == 2
    assert data.frame(noden.ranking, schooljaar="2025-2026")["naam"].unique().to_list() == ["Nieuw"]


def test_one_page_never_mixes_two_versions(data_dir):
    with data.pinned_version():
        publish(data_dir, version=2)
        assert data.version().versie == 1
    assert data.version().versie == 2


def test_old_versions_are_closed(data_dir):
    for number in range(2, 5):
        data.version()
        publish(data_dir, version=number)
    oldest = data_dir / "warehouse" / "warehouse-00001.duckdb"
    data.version()
    # DuckDB refuses a second mode on a file that this process still has open.
    import duckdb

    with duckdb.connect(oldest) as con:
        assert con.execute("select versie from meta.versie").fetchone() == (1,)


@pytest.mark.parametrize("pointer", [None, "", "warehouse-weg.duckdb", "../warehouse/warehouse-00001.duckdb"])
def test_without_a_whole_published_version_there_is_no_warehouse(data_dir, pointer):
    path = data_dir / "warehouse" / "huidig"
    path.unlink()
    if pointer is not None:
        path.write_text(pointer, encoding="utf-8")
    with pytest.raises(data.NoWarehouseError):
        data.version()


def test_values_are_bound_and_never_read_as_sql(data_dir):
    hostile = "2025-2026' or '1'='1"
    assert data.frame(noden.ranking, schooljaar=hostile).is_empty()


def test_scholengroepen_are_ordered_by_number(data_dir):
    groups = data.frame(meta.scholengroepen, schooljaar="2025-2026")
    assert groups.rows() == [("1", "Het Noorderlicht"), ("12", "De Zuidster")]
    assert isinstance(groups, pl.DataFrame)
    assert isinstance(data_dir, Path)
