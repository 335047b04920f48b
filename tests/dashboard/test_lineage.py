import ast

import duckdb
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import lineage, registry
from tests.dashboard.small_warehouse import publish
from tests.pages.conftest import APP
from warehouse.build import MODELS_ROOT

KEYS = [entry.key for entry in registry.ENTRIES]
#: Blocks that show settings, deliveries or checks themselves: no mart.
WITHOUT_MART = {
    ("start", "leveringen-nakijken"),
    ("datakwaliteit", "controles"),
    ("datakwaliteit", "geraakt"),
    ("datakwaliteit", "bronnen"),
    ("datakwaliteit", "verloop"),
    ("datakwaliteit", "niet-verwacht"),
    ("datakwaliteit", "quarantaine"),
    ("definities", "definities"),
    ("toegangslog", "regels"),  # from the store of what users write
}
#: What fills the filters is no part of the lineage.
FILTERS = {"schooljaar", "instelling_jaar"}


def test_figures_of_a_page_are_found_with_their_marts():
    found = {figure.key: figure for figure in lineage.figures_of("werkdruk")}
    assert list(found) == ["maanden", "categorieen", "inzetbaar", "afwezig", "teams"]
    assert found["maanden"].marts == {"werkdruk_maand"}
    assert "hr_maand" in found["teams"].marts
    assert "werkdruk_maand" not in found["teams"].marts


def test_a_name_that_a_page_gives_again_further_down_does_not_count_yet():
    # Both charts are called `chart` on the page.
    assert lineage.marts_of_figure("leerresultaten", "trechter") == {"toets_instelling"}


def test_a_block_that_a_component_draws_belongs_to_the_page():
    assert "noden" in lineage.marts_of_figure("noden", "verschuivingen")


def test_an_unknown_figure_has_the_marts_of_its_page():
    assert lineage.marts_of_figure("werkdruk", "bestaat-niet") == lineage.marts_of_page("werkdruk")


def test_pages_of_a_mart_stand_in_the_order_of_the_sidebar():
    assert lineage.pages_of_mart("doorlichting_opvolging") == ["start", "instelling", "doorlichtingen"]


@pytest.mark.parametrize("key", [key for key in KEYS if key != "leveringen"])
def test_every_block_of_a_page_is_found_and_leads_to_a_mart(key):
    tree = ast.parse((registry.PAGES_FOLDER / f"{key}.py").read_text(encoding="utf-8"))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    blocks = [func for func in calls if isinstance(func, ast.Name) and func.id in ("figure_block", "table_block")]
    figures = lineage.figures_of(key)
    assert len(figures) >= len(blocks)
    without = {(key, figure.key) for figure in figures if not figure.marts}
    assert without <= WITHOUT_MART


def test_every_mart_that_is_found_exists():
    marts = {path.stem for path in (MODELS_ROOT / "marts").glob("*.sql")}
    found = set().union(*(lineage.marts_of_page(key) for key in KEYS))
    assert found <= marts
    assert len(found) > 20


@pytest.mark.parametrize("key", [key for key in KEYS if key != "leveringen"])
def test_a_page_works_without_the_marts_that_it_does_not_read(data_dir, key):
    path = publish(data_dir, version=2)
    kept = lineage.marts_of_page(key) | FILTERS
    with duckdb.connect(path) as con:
        marts = {
            name
            for (name,) in con.execute("select table_name from duckdb_tables() where schema_name = 'mart'").fetchall()
        }
        for mart in marts - kept:
            con.execute(f"drop table mart.{mart}")
    assert marts - kept
    at = AppTest.from_file(APP, default_timeout=60)
    at.run()
    if key != "start":
        at.switch_page(f"pages/{key}.py").run()
        assert not at.error
        assert at.title[0].value == registry.entry(key).title
    else:
        assert not at.error
