import duckdb
import pytest

from warehouse.connection import open_for_writing, open_read_only


def test_reader_sees_what_the_writer_left(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with open_for_writing(path) as writer:
        writer.execute("create table getal as select 7 as waarde")

    with open_read_only(path) as reader:
        assert reader.cursor().execute("from getal").fetchall() == [(7,)]


def test_reader_cannot_write_nor_reach_another_file(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    (tmp_path / "geheim.csv").write_text("a\n1\n", encoding="utf-8")
    open_for_writing(path).close()

    with open_read_only(path) as reader:
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            reader.execute("create table getal as select 7 as waarde")
        with pytest.raises(duckdb.PermissionException):
            reader.execute("from read_csv(?)", [str(tmp_path / "geheim.csv")])


def test_missing_warehouse_is_an_error_and_makes_no_file(tmp_path):
    with pytest.raises(duckdb.IOException):
        open_read_only(tmp_path / "weg.duckdb")

    assert list(tmp_path.iterdir()) == []


def test_python_variable_is_not_taken_for_a_table():
    getal = [1]  # a name DuckDB would otherwise pick up from here
    with open_for_writing() as con, pytest.raises(duckdb.CatalogException, match="getal does not exist"):
        con.execute("from getal")
    assert getal == [1]
