"""A name that tries to be more than a name, in every text that the marts hold: shown as text on every page."""

import json
import re
from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from dashboard import registry
from tests.dashboard.small_warehouse import publish

#: Markdown that would fetch a picture or lead away, HTML that would run, a directive of Streamlit, and mathematics.
ATTACK = (
    "![x](https://buiten.example/a.png) [klik](https://buiten.example) "
    "<img src=https://buiten.example/b onerror=alert(1)> "
    "<a href='https://buiten.example/c'>weg</a> :red[rood] $x$ **vet**"
)
NAMES = ("naam", "gemeente", "scholengroep_naam", "activiteit", "activiteit_naam", "titel", "team", "dienst", "label")
KEYS = [entry.key for entry in registry.ENTRIES]
ADDRESS: dict[str, dict[str, str]] = {"instelling": {"instelling": "000011"}}
#: What stands in front of a sign that Markdown would read.
LIVE_MARKDOWN = re.compile(r"(?<!\\)!\[x\]|(?<!\\)\[klik\]\(|(?<!\\)\*\*vet|(?<!\\)<(img|a) |(?<!\\):red\[")
LIVE_HTML = re.compile(r"<img src=https://buiten|<a href='https://buiten")


@pytest.fixture
def hostile(data_dir):
    """Publish a version in which every name ends in the attack."""
    with duckdb.connect(data_dir / "warehouse" / "warehouse-00001.duckdb", read_only=True) as con:
        found = con.execute(
            "select table_name, column_name from duckdb_columns() where schema_name = 'mart' and data_type = 'VARCHAR'"
        ).fetchall()
    quoted = ATTACK.replace("'", "''")
    changes = [
        f"update mart.{table} set {column} = {column} || ' {quoted}'" for table, column in found if column in NAMES
    ]
    assert len(changes) > 10
    publish(data_dir, version=2, extra=";\n".join(changes))


def drawn(block: Any) -> Iterator[Any]:
    """Yield every element of a page with its protobuf, boxes included."""
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from drawn(child)


def live_texts(at: Any) -> list[str]:
    """Return what Markdown or HTML would be made of the attack, anywhere on the page."""
    found = []
    for item in [*drawn(at.main), *drawn(at.sidebar)]:
        kind, proto = item.type, item.proto
        if kind in (
            "markdown",
            "header",
            "title",
            "subheader",
            "caption",
            "alert",
            "info",
            "warning",
            "error",
            "success",
        ):
            body = getattr(proto, "body", "")
            found += [f"{kind}: {body}"] if LIVE_MARKDOWN.search(body) else []
        elif kind == "html":
            found += [f"html: {proto.body}"] if LIVE_HTML.search(proto.body) else []
        elif kind == "plotly_chart":
            spec = json.loads(proto.spec)
            texts = json.dumps(spec, ensure_ascii=False)
            found += [f"chart: {hit}" for hit in re.findall(r"<(?:a|img|span) [^>]{0,60}", texts)]
        elif kind in ("expander", "popover", "metric", "button", "page_link"):
            label = getattr(proto, "label", "")
            found += [f"{kind}: {label}"] if LIVE_MARKDOWN.search(label) else []
    return found


def test_the_search_finds_what_is_live_and_passes_over_what_is_escaped():
    assert LIVE_MARKDOWN.search("x ![x](https://a)")
    assert LIVE_MARKDOWN.search("x [klik](https://a)")
    assert LIVE_MARKDOWN.search("<img src=x>")
    assert not LIVE_MARKDOWN.search(r"\!\[x\]\(https://a\) \[klik\]\(x\) \<img src=x\> \:red\[rood\] \*\*vet\*\*")


@pytest.mark.parametrize("key", KEYS)
def test_a_name_is_never_read_as_markup(open_page, hostile, key):
    at = open_page(key, **ADDRESS.get(key, {}))
    assert live_texts(at) == []


@pytest.mark.parametrize("key", ["noden", "definities", "edbi", "toegangslog"])
@pytest.mark.parametrize("field", ["versie", "zoek", "schooljaar", "instelling"])
def test_what_stands_in_the_address_is_never_read_as_markup(open_page, key, field):
    assert live_texts(open_page(key, **{field: ATTACK})) == []


@pytest.mark.parametrize(
    "value", ["../../etc/passwd", "1\x00", "9" * 5_000, "-1", "1e3", "０", "' or 1=1 --", "%2e%2e"]
)
@pytest.mark.parametrize("field", ["versie", "instelling"])
def test_a_path_or_an_odd_value_in_the_address_gives_a_sentence_and_the_published_version(open_page, field, value):
    at = open_page("instelling", **{field: value})
    assert "Gegevensversie 1" in at.sidebar.markdown[-1].value
    assert len(at.warning) == 2
    assert max(len(item.value) for item in at.warning) < 2_000
