from warehouse.build import MODELS_ROOT
from warehouse.columns import describe, load_columns
from warehouse.model import load_models


def test_every_explanation_belongs_to_a_mart_that_exists():
    marts = {model.table for model in load_models(MODELS_ROOT).values() if model.schema == "mart"}

    assert set(load_columns()["mart"]) - marts == set()


def test_every_column_of_every_mart_is_explained_in_words(con, build_models):
    build_models()

    explained = con.execute("select tabel, kolom, naam, definitie, bron from meta.kolom").fetchall()
    columns = con.execute(
        "select table_name, column_name from information_schema.columns where table_schema = 'mart'"
    ).fetchall()
    assert {(tabel, kolom) for tabel, kolom, *_ in explained} == set(columns)
    assert [row for row in explained if not all(text.strip() for text in row)] == []


def test_shared_explanations_are_all_used(con, build_models):
    build_models()
    columns = con.execute(
        "select distinct column_name from information_schema.columns where table_schema = 'mart'"
    ).fetchall()

    assert set(load_columns()["kolom"]) - {name for (name,) in columns} == set()


def test_own_explanation_changes_only_what_it_names():
    shared = {"naam": "X", "definitie": "x", "eenheid": "stuks", "bron": "b"}

    (column,) = describe({"kolom": {"x": shared}, "mart": {"t": {"x": {"bron": "hier"}}}}, {"t": ["x"]})

    assert (column.naam, column.definitie, column.eenheid, column.bron) == ("X", "x", "stuks", "hier")


def test_since_when_comes_from_the_column_else_its_table_else_the_first_version():
    x = {"naam": "X", "definitie": "x", "eenheid": "", "bron": "b"}
    declared = {
        "standaard": {"sinds": "versie 1"},
        "tabel": {"later": {"sinds": "versie 2"}},
        "kolom": {"x": x, "y": x},
        "mart": {"later": {"y": {"sinds": "versie 3"}}},
    }

    columns = describe(declared, {"eerst": ["x"], "later": ["x", "y"]})

    assert [(column.tabel, column.kolom, column.sinds) for column in columns] == [
        ("eerst", "x", "versie 1"),
        ("later", "x", "versie 2"),
        ("later", "y", "versie 3"),
    ]


def test_every_column_says_since_when_it_is_there(con, build_models):
    build_models()

    assert con.execute("select count(*) from meta.kolom where sinds = ''").fetchone() == (0,)
    assert con.execute("select distinct sinds from meta.kolom where tabel = 'noden_terugblik'").fetchall() == [
        ("methode 2026.2",)
    ]
