"""Every way in which the screen hands out a file, as it stands in the source: each goes through the access log."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GUARDED = {"exported", "supplied"}
#: What hands out a file, or bytes at an address of their own, in another way; nothing here uses it.
OTHER_WAYS = {
    "link_button",
    "image",
    "logo",
    "audio",
    "video",
    "pdf",
    "iframe",
    "pyplot",
    "media_file_mgr",
    "add_deferred",
}


def _sources() -> list[Path]:
    found = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "pages").rglob("*.py"), ROOT / "app.py", ROOT / "server.py"]
    assert len(found) > 50
    return found


def _names(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """Yield every name that is used, taken from an object, or written as a text to get it by."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield node.attr, node
        elif isinstance(node, ast.Name):
            yield node.id, node
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value, node


def _is_guarded(call: ast.Call) -> bool:
    """Whether what the button saves is made by the access log: its `data` is `access_log.exported(...)`."""
    data = [keyword.value for keyword in call.keywords if keyword.arg == "data"]
    return (
        len(data) == 1
        and isinstance(data[0], ast.Call)
        and ast.unparse(data[0].func) in {f"access_log.{name}" for name in GUARDED}
    )


def test_every_button_that_saves_a_file_is_written_down_and_for_who_is_signed_in() -> None:
    buttons = 0
    for path in _sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for name, node in _names(tree):
            if name == "download_button":
                assert id(node) in calls, f"{path.name}: called where it stands, so that what it saves can be seen"
                assert _is_guarded(calls[id(node)]), f"{path.name}:{node.lineno}"
                buttons += 1
    assert buttons >= 3, "tables and figures, papers, quarantine files"


def test_no_file_is_handed_out_in_another_way() -> None:
    found = [
        f"{path.name}: {name}"
        for path in _sources()
        for name, node in _names(ast.parse(path.read_text(encoding="utf-8")))
        if name in OTHER_WAYS and isinstance(node, ast.Attribute)
    ]
    assert found == []
