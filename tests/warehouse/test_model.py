import re

import duckdb
import pytest

from warehouse.model import (
    BuildError,
    in_build_order,
    load_models,
    parse_model,
    read_references,
    with_ancestors,
)

HEADER = "-- description: one row per x\n-- grain: x\n-- key: x\n"


@pytest.fixture
def parser():
    with duckdb.connect() as connection:
        yield connection


def models_of(parser, **sql):
    """Build models named core.<name> from the SQL of each."""
    return {f"core.{name}": parse_model(parser, f"core.{name}", HEADER + text) for name, text in sql.items()}


def test_header_and_body_are_read(parser):
    model = parse_model(
        parser,
        "mart.noden",
        "-- description: one row per instelling\n"
        "--   and schooljaar; note: indented, so this goes on\n"
        "-- grain: schooljaar, instelling\n"
        "-- key: schooljaar, instelling\n"
        "-- assert: score between 0 and 1\n"
        "-- assert: rang > 0\n"
        "-- scope: iedereen\n"
        "select * from core.scores\n",
    )

    assert model.description == "one row per instelling and schooljaar; note: indented, so this goes on"
    assert model.grain == "schooljaar, instelling"
    assert model.key == ("schooljaar", "instelling")
    assert model.asserts == ("score between 0 and 1", "rang > 0")
    assert model.sql == "select * from core.scores"
    assert model.depends_on == ("core.scores",)
    assert (model.schema, model.table, model.function) == ("mart", "noden", None)


def test_computed_model_names_its_function_and_its_inputs_in_order(parser):
    model = parse_model(parser, "core.y", HEADER + "-- computed: rank(core.b, core.a)\n")

    assert model.function == "rank"
    assert model.depends_on == ("core.b", "core.a")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("-- grain: x\n-- key: x\nselect 1 as x", "description"),
        ("-- description: d\n-- key: x\nselect 1 as x", "grain"),
        ("-- description: d\n-- grain: x\nselect 1 as x", "key"),
        ("select 1 as x", "description"),
        (HEADER + "-- owner: someone\nselect 1 as x", "owner"),
        (HEADER + "-- key: y\nselect 1 as x", "key"),
        (HEADER + "-- computed: f(core.a)\nselect 1 as x", "berekend model"),
        (HEADER + "-- computed: nonsense\n", "berekend model"),
        (HEADER + "selec 1", "geen geldige select"),
        (HEADER + "create table t as select 1", "geen geldige select"),
        (HEADER + "select 1 as x; select 2 as x", "precies één"),
        (HEADER, "precies één"),
    ],
)
def test_faulty_model_file_is_refused_by_name(parser, text, message):
    with pytest.raises(BuildError, match=message) as error:
        parse_model(parser, "core.fout", text)

    assert str(error.value).startswith("core.fout: ")


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("", "'-- scope:"),
        ("-- scope: iedereen\n-- scope: netwerk\n", "'-- scope:"),
        ("-- scope: buren\n", "'-- scope: buren' bestaat niet; kies uit instelling, scholengroep"),
        ("-- scope: netwerk, buren\n", "'-- scope: buren' bestaat niet"),
        ("-- scope: netwerk\n-- anonymous:\n", "'-- anonymous:"),
    ],
)
def test_a_mart_that_does_not_say_well_who_may_see_it_is_refused(parser, header, message):
    with pytest.raises(BuildError, match=re.escape(message)):
        parse_model(parser, "mart.fout", HEADER + header + "select 1 as x")


def test_a_mart_says_who_may_see_it_and_what_others_may(parser):
    header = HEADER + "-- scope: instelling, leveringen\n-- anonymous: a,\n--   b\n-- neighbour: buur, naam\n"
    model = parse_model(parser, "mart.x", header + "select 1 as x")
    assert model.scope == ("instelling", "leveringen")
    assert (model.anonymous, model.neighbour) == (("a", "b"), ("buur", "naam"))


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ("select 1 as x", ()),
        ("with stap as (select * from landing.a) select * from stap", ("landing.a",)),
        (
            "select * from core.a join core.b using (x) where x in (select x from core.c)",
            ("core.a", "core.b", "core.c"),
        ),
        (
            "with recursive k as (select 1 as i union select i + 1 from k join core.a on a.i = k.i) from k",
            ("core.a",),
        ),
        ("select * from (unpivot core.a on b, c into name soort value waarde)", ("core.a",)),
        ("select * from core.a union all by name select * from core.b", ("core.a", "core.b")),
        ("-- a comment naming core.b\nselect 'from core.c' as x from core.a", ("core.a",)),
    ],
)
def test_tables_are_read_from_the_syntax_tree(parser, sql, tables):
    assert read_references(parser, sql, "core.x")[0] == tables


def test_variables_are_read_from_the_syntax_tree(parser):
    sql = "select getvariable('edbi.drempel') + 1 as x where getvariable('peildatum') > date '2026-01-01'"

    assert read_references(parser, sql, "core.x")[1] == ("edbi.drempel", "peildatum")


def test_order_puts_every_model_after_what_it_reads(parser):
    models = models_of(parser, a="select * from core.c", b="select * from landing.x", c="select * from core.b")

    assert [model.name for model in in_build_order(models)] == ["core.b", "core.c", "core.a"]


def test_circle_is_refused_with_its_names(parser):
    models = models_of(parser, a="select * from core.b", b="select * from core.a", c="select 1 as x")

    with pytest.raises(BuildError, match=r"core\.(a|b) -> core\.(a|b) -> core\.(a|b)"):
        in_build_order(models)


def test_unknown_table_is_refused_with_both_names(parser):
    with pytest.raises(BuildError, match=r"core\.a: leest core\.weg"):
        in_build_order(models_of(parser, a="select * from core.weg"))


def test_ancestors_are_what_a_model_reads_near_and_far(parser):
    models = models_of(
        parser,
        a="select * from core.b",
        b="select * from landing.x",
        c="select * from core.a",
        d="select 1 as x",
    )

    assert set(with_ancestors(models, ["core.a"])) == {"core.a", "core.b"}
    with pytest.raises(BuildError, match=r"core\.weg"):
        with_ancestors(models, ["core.weg"])


def test_folder_decides_the_schema(tmp_path):
    for folder in ("staging", "core", "marts"):
        (tmp_path / folder).mkdir()
        scope = "-- scope: iedereen\n" if folder == "marts" else ""
        (tmp_path / folder / f"{folder}_x.sql").write_text(HEADER + scope + "select 1 as x", encoding="utf-8")

    assert list(load_models(tmp_path)) == ["staging.staging_x", "core.core_x", "mart.marts_x"]


def test_a_model_file_that_changed_is_read_again(tmp_path):
    (tmp_path / "core").mkdir()
    path = tmp_path / "core" / "x.sql"
    for value in (1, 2):
        path.write_text(f"{HEADER}select {value} as x", encoding="utf-8")
        assert load_models(tmp_path)["core.x"].sql == f"select {value} as x"
