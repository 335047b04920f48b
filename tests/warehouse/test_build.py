import datetime as dt

import polars as pl
import pytest

from warehouse.build import build
from warehouse.connection import open_for_writing
from warehouse.model import BuildError

PEILDATUM = dt.date(2026, 6, 30)
COLUMNS = """
[kolom.x]
naam = "X"
definitie = "De x van 't voorbeeld"
eenheid = "stuks"
bron = "voorbeeld"
"""


@pytest.fixture
def con():
    with open_for_writing() as connection:
        connection.execute("create schema landing")
        connection.execute("create table landing.getallen as from (values (3), (1), (2)) as getallen(x)")
        yield connection


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a model, a check or columns.toml into a throwaway warehouse folder."""

    def write_file(name, body, *, asserts=(), key="x"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        header = ["-- description: one row per x", f"-- grain: {key}", f"-- key: {key}"]
        header += ["-- scope: iedereen"] if "/marts/" in name else []
        header += [f"-- assert: {text}" for text in asserts]
        path.write_text("\n".join([*header, body]) if name.startswith("models/") else body, encoding="utf-8")

    return write_file


@pytest.fixture
def run(con, tmp_path):
    def run_build(settings=None, computed=None, **rest):
        return build(con, computed or {}, settings or {}, PEILDATUM, models_root=tmp_path / "models", **rest)

    return run_build


def test_layers_are_built_from_landing_to_mart(con, write, run):
    write("models/staging/stg_bron__getallen.sql", "select x from landing.getallen")
    write("models/core/fct_getallen.sql", "select x from staging.stg_bron__getallen")
    write("models/marts/getal.sql", "select x from core.fct_getallen where x > 1")
    write("columns.toml", COLUMNS)
    seen = []

    results = run(progress=lambda *step: seen.append(step))

    assert con.execute("from mart.getal").fetchall() == [(2,), (3,)]
    assert [(result.model, result.rijen) for result in results] == [
        ("staging.stg_bron__getallen", 3),
        ("core.fct_getallen", 3),
        ("mart.getal", 2),
    ]
    assert all(result.seconden >= 0 for result in results)
    assert seen == [("staging.stg_bron__getallen", 1, 3), ("core.fct_getallen", 2, 3), ("mart.getal", 3, 3)]
    kinds = con.execute("select table_name, table_type from information_schema.tables order by 1").fetchall()
    assert ("stg_bron__getallen", "VIEW") in kinds
    assert ("fct_getallen", "BASE TABLE") in kinds


def test_settings_and_peildatum_reach_the_sql(con, write, run):
    write(
        "models/core/fct_x.sql",
        "select soort as x, waarde * getvariable('deel.factor') as y, getvariable('peildatum') as dag, "
        "getvariable('deel.namen')[1] as naam from settings.punten",
    )

    run(
        {
            "deel": {"factor": 2, "namen": ["een"]},
            "tabel": {"punten": [{"soort": "a", "waarde": 5}, {"soort": "b"}]},
        }
    )

    assert con.execute("from core.fct_x").fetchall() == [
        ("a", 10, PEILDATUM, "een"),
        ("b", None, PEILDATUM, "een"),
    ]


def test_misspelled_setting_is_refused_instead_of_read_as_null(write, run):
    write("models/core/fct_x.sql", "select getvariable('deel.fcator') as x")

    with pytest.raises(BuildError, match=r"core\.fct_x: .*'deel\.fcator'"):
        run({"deel": {"factor": 2}})


def test_computed_model_gets_frames_and_settings_and_stores_what_returns(con, write, run):
    def doubled(numbers: pl.DataFrame, others: pl.DataFrame, settings: dict) -> pl.DataFrame:
        return numbers.select(pl.col("x") * settings["factor"] + others.height)

    write("models/core/fct_getallen.sql", "select x from landing.getallen")
    write("models/core/fct_anders.sql", "select 9 as x")
    write("models/core/dubbel.sql", "-- computed: doubled(core.fct_getallen, core.fct_anders)")

    run({"factor": 10}, {"doubled": doubled})

    assert con.execute("from core.dubbel").fetchall() == [(11,), (21,), (31,)]


def test_computed_model_without_its_function_is_refused(write, run):
    write("models/core/dubbel.sql", "-- computed: doubled(landing.getallen)")

    with pytest.raises(BuildError, match=r"core\.dubbel: de functie doubled"):
        run()


@pytest.mark.parametrize(
    ("sql", "asserts", "message"),
    [
        ("select 1 as x union all select 1", (), r"\(x\) komt meer dan eens voor.*'x': 1, 'aantal_rijen': 2"),
        ("select 1 as x union all select null", (), "de sleutel is leeg.*'x': None"),
        ("select 1 as y", (), 'column "x" not found'),
        ("select 1 as x, 2 as s", ("s between 0 and 1",), "'s between 0 and 1'.*'s': 2"),
        ("select 1 as x, null::int as s", ("s between 0 and 1",), "'s': None"),
        ("select 1 as x", ("nergens > 1",), "nergens"),
        ("select x / 'a' as x from landing.getallen", (), "Conversion|Binder"),
        ("select x from landing.weg", (), r"leest landing\.weg"),
        ("select x from settings.weg", (), r"leest settings\.weg"),
        ("select x from core.weg", (), r"leest core\.weg"),
    ],
)
def test_fault_in_a_model_stops_the_build_by_name_with_failing_rows(write, run, sql, asserts, message):
    write("models/core/fct_fout.sql", sql, asserts=asserts)

    with pytest.raises(BuildError, match=message) as error:
        run()

    assert str(error.value).startswith("core.fct_fout: ")


def test_assert_that_holds_lets_the_build_through(con, write, run):
    write("models/core/fct_x.sql", "select 1 as x, null::int as s", asserts=["s between 0 and 1 or s is null"])

    run()

    assert con.execute("from core.fct_x").fetchall() == [(1, None)]


def test_at_most_three_failing_rows_are_shown(write, run):
    write("models/core/fct_fout.sql", "select unnest(range(100)) as x", asserts=["x < 0"])

    with pytest.raises(BuildError) as error:
        run()

    assert str(error.value).count("'x':") == 3


def test_check_that_returns_rows_stops_the_build(write, run):
    write("models/core/fct_getallen.sql", "select x from landing.getallen")
    write(
        "checks/klein_genoeg.sql",
        "-- description: geen getal boven 2\nselect x from core.fct_getallen where x > 2",
    )

    with pytest.raises(BuildError, match=r"controle klein_genoeg: geen getal boven 2\. Bijvoorbeeld: \{'x': 3\}"):
        run()


def test_check_without_rows_lets_the_build_through(con, write, run):
    write("models/core/fct_getallen.sql", "select x from landing.getallen")
    write(
        "checks/klein_genoeg.sql",
        "-- description: geen getal boven 9\nselect x from core.fct_getallen where x > 9",
    )

    assert [result.model for result in run()] == ["core.fct_getallen"]


def test_explanations_are_written_to_meta_and_as_comments(con, write, run):
    write("models/marts/getal.sql", "select x, 1 as y from landing.getallen")
    write(
        "columns.toml",
        COLUMNS + '[mart.getal.x]\nnaam = "X hier"\n[mart.getal.y]\n'
        'naam = "Y"\ndefinitie = "Altijd 1"\neenheid = ""\nbron = "voorbeeld"\n',
    )

    run()

    assert con.execute("from meta.kolom order by kolom").fetchall() == [
        ("getal", "x", "X hier", "De x van 't voorbeeld", "stuks", "voorbeeld", ""),
        ("getal", "y", "Y", "Altijd 1", "", "voorbeeld", ""),
    ]
    comments = con.execute(
        "select comment from duckdb_columns() where schema_name = 'mart' order by column_name"
    ).fetchall()
    assert comments == [("X hier: De x van 't voorbeeld",), ("Y: Altijd 1",)]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ("", r"mart\.getal\.x \(naam, definitie, eenheid, bron ontbreekt\)"),
        ('[mart.getal.x]\nnaam = "X"\ndefinitie = "x"\neenheid = ""\n', r"mart\.getal\.x \(bron ontbreekt\)"),
        (COLUMNS + '[mart.getal.z]\nnaam = "Z"\n', r"mart\.getal\.z \(kolom bestaat niet\)"),
    ],
)
def test_mart_column_and_explanation_must_match(write, run, columns, message):
    write("models/marts/getal.sql", "select x from landing.getallen")
    write("columns.toml", columns)

    with pytest.raises(BuildError, match=message):
        run()


def test_only_builds_the_asked_models_with_their_ancestors_and_checks(con, write, run):
    write("models/core/fct_getallen.sql", "select x from landing.getallen")
    write("models/core/fct_dubbel.sql", "select x * 2 as x from core.fct_getallen")
    write("models/core/fct_fout.sql", "select x from landing.weg")
    write("checks/over_fout.sql", "-- description: over een ander model\nselect x from core.fct_fout")

    results = run(only=["core.fct_dubbel"])

    assert [result.model for result in results] == ["core.fct_getallen", "core.fct_dubbel"]


def test_building_twice_gives_the_same_rows_in_the_same_order(con, write, run):
    write("models/core/fct_x.sql", "select x % 2 as x, y from (select unnest(range(2)) as x, 'a' as y)")

    run()
    first = con.execute("from core.fct_x").fetchall()
    run()

    assert con.execute("from core.fct_x").fetchall() == first == [(0, "a"), (1, "a")]


def test_a_key_of_several_columns_may_repeat_in_each_of_them_but_not_as_a_whole(write, run):
    rows = "select x, y from (values ('b', 10), ('a', 9), ('a', 10), ('b', 2)) as rijen(x, y)"
    write("models/core/fct_x.sql", rows, key="x, y")

    assert [result.rijen for result in run()] == [4]

    write("models/core/fct_x.sql", f"{rows} union all select 'a', 10", key="x, y")
    with pytest.raises(BuildError, match=r"\(x, y\) komt meer dan eens voor.*'x': 'a', 'y': 10, 'aantal_rijen': 2"):
        run()


def test_a_view_that_lies_in_no_order_may_not_repeat_its_key(con, write, run):
    con.execute("insert into landing.getallen values (2)")
    write("models/staging/stg_bron__getallen.sql", "select x from landing.getallen")

    with pytest.raises(BuildError, match=r"\(x\) komt meer dan eens voor.*'x': 2, 'aantal_rijen': 2"):
        run()


def test_models_that_read_each_other_in_every_way_are_built_in_order(con, write, run):
    write("models/core/a.sql", "select x from landing.getallen")
    for name in "bcdef":
        write(f"models/core/{name}.sql", "select x + getvariable('erbij') as x from core.a")
    write(
        "models/core/alles.sql", " union all ".join(f"select x, '{n}' as y from core.{n}" for n in "bcdef"), key="x, y"
    )
    seen = []

    results = run({"erbij": 10}, progress=lambda *step: seen.append(step))

    assert con.execute("select y, sum(x) from core.alles group by y order by y").fetchall() == [
        (name, 36) for name in "bcdef"
    ]
    assert [result.model for result in results] == [f"core.{name}" for name in [*"abcdef", "alles"]]
    assert [place for _, place, _ in seen] == list(range(1, 8))


def test_an_interrupted_build_leaves_the_connection_usable(con, write, run):
    write("models/core/a.sql", "select 1 as x")
    write(
        "models/core/b.sql",
        "select count(*) as x from range(100_000) as r(i), range(100_000) as s(j) where i * j % 7 = 1",
    )

    def interrupt(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(progress=interrupt)
    assert con.execute("from core.a").fetchall() == [(1,)]
