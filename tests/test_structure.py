"""What holds the house together and no linter can say: which room may know which."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("pages", "dashboard", "reports", "analysis", "pipelines", "state", "warehouse", "tests", "benchmarks")
LONGEST_FILE = 450

# What each room may import of the others; tests and benchmarks may reach into all of them.
ALLOWED = {
    "pages": {"dashboard", "reports", "analysis", "warehouse"},
    "dashboard": {"reports", "analysis", "state", "warehouse"},
    "reports": {"analysis", "warehouse"},
    "pipelines": {"analysis", "warehouse"},
    "state": set(),
    "warehouse": set(),
    "analysis": set(),
}
SQL = re.compile(
    r"\b(select\s.+\sfrom|insert\s+into|create\s+(or\s+replace\s+)?(table|view)|with\s+\w+\s+as\s*\()", re.I | re.S
)


def _files(*rooms: str) -> list[Path]:
    return sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> Iterator[str]:
    """Yield every module that a file imports, also inside functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{_name(path)}: imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _importers(module: str, *rooms: str) -> set[str]:
    found = (path for path in _files(*rooms) for name in _imports(path) if name.split(".")[0] == module)
    return {_name(path) for path in found}


def _texts(path: Path) -> Iterator[str]:
    """Yield the string constants of a file, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


@pytest.mark.parametrize("room", ALLOWED)
def test_room_imports_only_the_rooms_below_it(room: str) -> None:
    for path in _files(room):
        known = {name.split(".")[0] for name in _imports(path)} & set(ROOMS)
        assert known <= ALLOWED[room] | {room}, _name(path)


def test_only_the_warehouse_talks_to_duckdb() -> None:
    found = _importers("duckdb", "pages", "dashboard", "analysis", "pipelines", "warehouse")
    assert found
    assert all(name.startswith("warehouse/") for name in found), found


def test_only_one_file_imports_great_expectations() -> None:
    found = _importers("great_expectations", *ALLOWED)
    assert found == {"pipelines/validation.py"}


def test_streamlit_and_plotly_stay_on_screen() -> None:
    for module in ("streamlit", "plotly"):
        assert not _importers(module, "analysis", "pipelines", "warehouse")
    assert not _importers("plotly", "pages")


def test_analysis_does_no_input_or_output() -> None:
    calls = {
        "open",
        "print",
        "input",
        "read_csv",
        "read_parquet",
        "write_csv",
        "write_parquet",
        "read_text",
        "write_text",
    }
    for path in _files("analysis"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                assert called not in calls, f"{_name(path)} calls {called}"


def test_no_sql_above_the_warehouse() -> None:
    assert SQL.search("select naam\nfrom mart.noden")
    for path in [*_files("pages", "dashboard", "analysis", "pipelines"), ROOT / "app.py"]:
        for text in _texts(path):
            assert not SQL.search(text), f"{_name(path)}: {text[:80]!r}"


def test_pages_hold_no_frame_logic() -> None:
    assert not _importers("polars", "pages")
    assert not _importers("pandas", "pages")
    for path in _files("pages"):
        names = {
            node.attr
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Attribute)
        }
        assert not names & {"filter", "with_columns", "group_by", "join", "select", "agg", "add_trace"}, _name(path)


def test_no_frame_is_asked_for_texts_by_the_function_that_panics() -> None:
    # `pl.format` panics on frames in pieces (polars issue 25339): `dashboard.filled`, or `pl.concat_str`.
    asking = re.compile(r"\bpl\.format\(")
    for path in _files("pages", "dashboard", "reports", "analysis", "pipelines", "warehouse"):
        assert not asking.search(path.read_text(encoding="utf-8")), _name(path)


def test_every_page_of_the_registry_is_a_file_and_the_reverse() -> None:
    from dashboard.registry import ENTRIES

    assert {entry.key for entry in ENTRIES} == {path.stem for path in (ROOT / "pages").glob("*.py")}


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    tracked = [*_files(*ROOMS), *(ROOT / "warehouse").rglob("*.sql")]
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in tracked}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_decisions_are_numbered_once() -> None:
    names = [path.name for path in (ROOT / "docs" / "decisions").glob("*.md")]
    assert names
    numbers = [re.match(r"(\d{4})-[a-z0-9-]+\.md$", name) for name in names]
    assert all(numbers), names
    found = [number[1] for number in numbers if number]
    assert len(found) == len(set(found)), sorted(found)


def test_readme_names_the_two_commands_in_its_first_forty_lines() -> None:
    head = "\n".join((ROOT / "README.md").read_text(encoding="utf-8").splitlines()[:40])
    assert "make start" in head
    assert "make test" in head


def test_lock_names_no_host_and_every_package_has_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?:|--(extra-)?index|--find-links", lock)
    packages = re.findall(r"^[a-z0-9._-]+==\S+", lock, re.M)
    assert len(packages) > 50
    assert lock.count("--hash=sha256:") >= len(packages)


def test_tests_leave_nothing_out() -> None:
    marks = re.compile(r"pytest\.(mark\.)?(skip|xfail|importorskip)|unittest\.mock|\bMagicMock\b")
    assert marks.search("@pytest.mark.skip")
    found = [
        _name(path)
        for path in _files("tests")
        if path.name != Path(__file__).name and marks.search(path.read_text("utf-8"))
    ]
    assert found == []


def test_nothing_is_left_to_do_later() -> None:
    words = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
    sql = (ROOT / "warehouse").rglob("*.sql")
    texts = [*_files(*ROOMS), *sql, *(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / "Makefile"]
    assert [_name(path) for path in texts if words.search(path.read_text(encoding="utf-8"))] == []
