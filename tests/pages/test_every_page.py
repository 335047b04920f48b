import logging
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import registry, texts
from tests.dashboard.small_warehouse import publish
from tests.pages.conftest import APP

PAGES = [entry.key for entry in registry.ENTRIES if (registry.PAGES_FOLDER / f"{entry.key}.py").exists()]
#: Pages that show one schooljaar; what was delivered, or what a word means, does not belong to one.
YEARLY = [key for key in PAGES if "schooljaar" in (registry.PAGES_FOLDER / f"{key}.py").read_text(encoding="utf-8")]


@pytest.mark.parametrize("key", PAGES)
def test_page_has_title_decision_banner_and_version(open_page, key):
    at = open_page(key)
    entry = registry.entry(key)
    assert [item.value for item in at.title] == [entry.title]
    assert entry.decision in [item.value for item in at.markdown]
    assert "verzonnen" in at.warning[0].value
    assert "Gegevensversie 1" in at.sidebar.markdown[-1].value
    assert "Peildatum 21/11/2025" in at.sidebar.markdown[-1].value


@pytest.mark.parametrize("key", PAGES)
def test_real_data_without_signing_in_say_so_and_carry_no_demo_banner(open_page, data_dir, key):
    publish(data_dir, version=2, extra="update meta.versie set is_demo = false")
    (banner,) = open_page(key).warning
    assert banner.value == texts.REAL_WITHOUT_SIGN_IN


@pytest.mark.parametrize("key", YEARLY)
def test_a_value_in_the_address_that_is_no_choice_falls_back_with_a_notice(open_page, key):
    at = open_page(key, schooljaar="2099-2100")
    assert r"„2099\-2100” is geen keuze voor schooljaar. Getoond wordt: 2025-2026." in [
        item.value for item in at.warning
    ]
    assert at.selectbox[0].value == "2025-2026"
    assert "schooljaar" not in at.query_params


@pytest.mark.parametrize("key", PAGES)
def test_without_a_warehouse_there_is_a_sentence_with_what_to_do(open_page, data_dir, key):
    (data_dir / "warehouse" / "huidig").unlink()
    at = open_page(key)
    assert "sterrenwacht laad" in at.info[0].value


@pytest.mark.parametrize("key", YEARLY)
def test_without_a_list_of_instellingen_a_page_opens_and_names_no_empty_schooljaar(open_page, data_dir, key):
    # As after the only list was withdrawn: everything else is still there.
    publish(data_dir, version=2, extra="delete from mart.schooljaar; delete from mart.instelling_jaar")
    at = open_page(key)
    assert not at.exception
    assert [item.value for item in at.error] == []
    said = [item.value for item in (*at.header, *at.subheader, *at.markdown, *at.info, *at.caption)]
    assert [words for words in said if re.search(r"\b(in|voor|van|sinds)( [?.:]|\?|$)", words)] == []


@pytest.mark.parametrize("key", YEARLY)
def test_an_unexpected_error_gives_a_number_and_no_traceback(data_dir, caplog, key):
    publish(data_dir, version=2, extra="drop table mart.schooljaar")
    caplog.set_level(logging.ERROR)
    at = AppTest.from_file(APP, default_timeout=30).run()
    at.switch_page(f"pages/{key}.py").run() if key != "start" else None
    assert not at.exception
    assert "schooljaar" not in at.error[0].value
    number = at.error[0].value.split("**")[1]
    assert number in caplog.text
    assert "Catalog Error" in caplog.text


def test_a_choice_follows_to_another_page_and_back(open_page):
    at = open_page("noden")
    at.selectbox(key="noden.schooljaar").set_value("2024-2025").run()
    assert at.query_params["schooljaar"] == "2024-2025"
    at.query_params.clear()
    at.switch_page("pages/instelling.py").run()
    assert at.selectbox(key="instelling.schooljaar").value == "2024-2025"
    assert at.query_params["schooljaar"] == "2024-2025"
    at.query_params.clear()
    at.switch_page("pages/noden.py").run()
    assert at.selectbox(key="noden.schooljaar").value == "2024-2025"


def test_a_link_that_changes_the_address_changes_the_filter(open_page):
    at = open_page("noden", onderwijsniveau="BaO")
    at.query_params["onderwijsniveau"] = "SO"
    at.run()
    assert at.selectbox(key="noden.onderwijsniveau").value == "SO"


def test_a_new_version_is_shown_at_the_next_rerun(open_page, data_dir):
    at = open_page("noden")
    publish(data_dir, version=2, extra="update mart.noden set naam = 'De Nieuwe'")
    at.run()
    assert at.dataframe[0].value["naam"][0].endswith("#De Nieuwe")
    assert "Gegevensversie 2" in at.sidebar.markdown[-1].value


@pytest.mark.parametrize("key", PAGES)
def test_pages_hold_no_sql_no_frame_logic_and_no_charts(key):
    source = (Path(registry.PAGES_FOLDER) / f"{key}.py").read_text(encoding="utf-8")
    for word in ("import polars", "import plotly", "import duckdb", "select ", ".filter("):
        assert word not in source
