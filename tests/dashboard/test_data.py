from contextvars import Context
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from dashboard import data, filters, registry
from dashboard.components import export_context
from tests.dashboard.small_warehouse import publish
from warehouse.queries import meta, noden
from warehouse.scope import NOTHING, Scope


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


def test_an_earlier_version_stays_what_it_was_while_new_ones_are_published(data_dir):
    publish(data_dir, version=2, extra="update mart.noden set naam = 'Twee'")
    with data.pinned_version("1") as pin:
        publish(data_dir, version=3, extra="update mart.noden set naam = 'Drie'")
        (data_dir / "warehouse" / "warehouse-00001.duckdb").unlink()
        assert (pin.asked, pin.newest, data.version().versie) == ("1", 2, 1)
        assert export_context(registry.entry("noden")).versie == 1
        assert "De Beuk" in data.frame(noden.ranking, schooljaar="2025-2026")["naam"]
    assert data.frame(noden.ranking, schooljaar="2025-2026")["naam"].unique().to_list() == ["Drie"]


def test_links_carry_the_version_that_was_asked_for_and_no_other(data_dir):
    publish(data_dir, version=2)
    with data.pinned_version("2"):
        assert filters.remembered_params() == {"versie": "2"}
    with data.pinned_version():
        assert filters.remembered_params() == {}


def test_versions_to_choose_from_are_the_published_one_and_earlier_ones(data_dir):
    publish(data_dir, version=2, extra="update meta.versie set peildatum = '2025-12-01'")
    assert [(item.versie, item.peildatum) for item in data.known_versions()] == [
        (2, date(2025, 12, 1)),
        (1, date(2025, 11, 21)),
    ]


def test_old_versions_are_closed(data_dir):
    for number in range(2, 9):
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


NORTH = Scope(known=True, scholengroepen=("1",), netwerk=True)


def test_frames_charts_and_tables_of_one_scope_never_reach_another(data_dir):
    made = []

    @data.derived
    def counted(rows: int) -> int:
        made.append(rows)
        return rows

    wide = data.frame(noden.ranking, schooljaar="2025-2026")
    counted(1)
    with data.scoped(NORTH):
        narrow = data.frame(noden.ranking, schooljaar="2025-2026")
        counted(1)
        counted(1)
    assert data.frame(noden.ranking, schooljaar="2025-2026") is wide
    assert narrow.height < wide.height
    assert made == [1, 1]


def test_without_somebody_who_looks_there_are_no_data(data_dir):
    with data.scoped(NOTHING):
        assert data.frame(noden.ranking, schooljaar="2025-2026").is_empty()
    nobody = Context()  # as in a thread that no rerun began
    with pytest.raises(data.NoScopeError):
        nobody.run(data.frame, noden.ranking, schooljaar="2025-2026")


@pytest.mark.parametrize(
    ("scope", "numbers"),
    [
        (NORTH, ["000011", "000022", None, None]),
        (Scope(known=True, onderwijsniveaus=("SO",)), ["000022", "000033"]),
        (NOTHING, []),
    ],
)
def test_what_depends_on_everybody_is_computed_over_all_and_cut_down_to_the_reader(data_dir, scope, numbers):
    def whole(schooljaar: str) -> pl.DataFrame:
        found = data.frame(noden.ranking, schooljaar=schooljaar)
        assert found.height == 4
        return found.sort("rang").with_columns(van=pl.lit(found.height))

    with data.scoped(scope):
        rows = data.over_network(whole, "2025-2026", anonymous=frozenset({"rang", "van"}))
    assert sorted(rows["instellingsnummer"].drop_nulls()) == [number for number in numbers if number]
    assert rows.height == len(numbers)
    others = rows.filter(pl.col("instellingsnummer").is_null())
    assert others["van"].to_list() == [4] * others.height
    assert others["rang"].null_count() == 0
    assert [name for name in others.columns if others[name].null_count() < others.height] == (
        ["rang", "van"] if others.height else []
    )
