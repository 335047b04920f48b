from warehouse.build import MODELS_ROOT
from warehouse.lineage import CALENDAR, landing_tables_of, name_sources, write_lineage
from warehouse.model import Model, load_models


def model(name, *reads):
    return Model(name, "d", "g", ("k",), (), "select 1", reads, ())


MODELS = {
    item.name: item
    for item in (
        model("staging.stg_a__a", "landing.a"),
        model("core.fct_a", "staging.stg_a__a", "settings.lijst"),
        model("core.fct_b", "landing.b"),
        model("mart.alleen_a", "core.fct_a"),
        model("mart.beide", "mart.alleen_a", "core.fct_b"),
        model("mart.niets", "settings.lijst"),
        model(CALENDAR, "landing.b"),
        model("mart.per_maand", "core.fct_a", CALENDAR),
    )
}


def test_tables_behind_a_mart_are_found_through_other_models():
    assert landing_tables_of(MODELS) == {"alleen_a": ["a"], "beide": ["a", "b"], "niets": [], "per_maand": ["a"]}


def test_lineage_names_mart_table_and_source(con):
    con.execute("create schema meta")
    write_lineage(con, MODELS)
    name_sources(con, {"a": "bron een", "b": "bron twee", "c": "bron drie"})

    assert con.execute("select mart, tabel, bron from meta.herkomst order by all").fetchall() == [
        ("alleen_a", "a", "bron een"),
        ("beide", "a", "bron een"),
        ("beide", "b", "bron twee"),
        ("per_maand", "a", "bron een"),
    ]


def test_every_mart_of_the_project_comes_from_a_delivery():
    models = load_models(MODELS_ROOT)
    assert CALENDAR in models
    found = landing_tables_of(models)
    assert found["hr_maand"] == ["afwezigheden", "personeel", "verloven"]

    assert [mart for mart, tables in found.items() if not tables] == []
    assert found["procesindicator"] == ["instellingen", "procesindicatoren"]


def test_a_build_writes_the_lineage_of_what_it_built(con, build_models):
    build_models("mart.procesindicator")

    assert con.execute("select tabel from meta.herkomst where mart = 'procesindicator' order by all").fetchall() == [
        ("instellingen",),
        ("procesindicatoren",),
    ]
