"""The page of threats: every test that it names is one."""

import re
import tomllib
from pathlib import Path

from dashboard.uploads import LARGEST

ROOT = Path(__file__).resolve().parents[1]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_test_of_the_page_of_threats_exists() -> None:
    named = NAMED.findall((ROOT / "docs" / "threats.md").read_text(encoding="utf-8"))
    assert len(named) > 40
    gone = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).exists() or f"\ndef {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert gone == []


def test_every_row_of_the_page_of_threats_names_a_test() -> None:
    lines = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| attack")]
    assert len(rows) > 20
    assert [row for row in rows if not NAMED.search(row)] == []


def test_every_script_of_our_own_is_one_that_the_server_knows() -> None:
    drawn = re.compile(r"<script>(?!\{scripts\.[A-Z_]+\}</script>)")
    files = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").rglob("*.py")]
    found = [path.name for path in files if drawn.search(path.read_text(encoding="utf-8"))]
    assert found == ["server.py"], "server.py looks for the scripts of Streamlit's own page"


def test_the_settings_keep_the_server_closed_and_silent() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    server, client = settings["server"], settings["client"]
    assert settings["browser"]["gatherUsageStats"] is False
    assert server["address"] == "127.0.0.1"
    assert server["enableXsrfProtection"]
    assert server["enableCORS"]
    assert not server["enableStaticServing"]
    assert not server["enableAgentApi"]
    assert server["maxUploadSize"] == LARGEST
    assert client["showErrorDetails"] == "none"
    assert client["toolbarMode"] == "minimal"
    assert client["disableDataExport"]
