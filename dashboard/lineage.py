"""Which marts stand behind each page and each of its figures, read from the code itself: no list to keep.

A page names its figures (`figure_block`, `table_block`) and what goes into them; that leads through the functions of
`dashboard.figures` and `dashboard.components` to the queries, whose SQL names the marts. What only fills a filter is
left out: it decides what can be chosen, not what a figure says.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dashboard import format
from dashboard.registry import ENTRIES

_ROOT = Path(__file__).resolve().parents[1]
_BLOCKS = ("figure_block", "table_block")
#: Rooms in which names are followed; elsewhere nothing reads a mart.
_FOLLOWED = ("pages.", "dashboard.figures", "dashboard.components", "warehouse.queries")
#: A mart by its own name, or by that of its view; `netwerk` is also what a query may call one of its tables.
_MART = re.compile(r"\b(?:(?:mart|zicht)\.|(?:from|join)\s+netwerk\.)([a-z][a-z0-9_]*)")

_Symbol = tuple[str, str]
#: What a name stands for: code that has a place in its file.
_Code = ast.stmt | ast.expr


@dataclass(frozen=True)
class Figure:
    """One chart or table of a page; `key` is its name within the page, or '' where the code makes it up."""

    page: str
    key: str
    title: str
    marts: frozenset[str]


@dataclass
class _Module:
    """A parsed file: what defines each of its names, and where the names that it imports come from."""

    name: str
    tree: ast.Module
    defined: dict[str, list[_Code]] = field(default_factory=dict)
    imported: dict[str, _Symbol] = field(default_factory=dict)
    read: dict[ast.AST, tuple[set[str], set[tuple[_Symbol, int]]]] = field(default_factory=dict)


@cache
def figures_of(page: str) -> tuple[Figure, ...]:
    """Return the charts and tables of a page, in the order of its file."""
    module = _module(f"pages.{page}")
    if module is None:
        return ()
    return tuple(Figure(page, key, title, frozenset(_marts(nodes))) for key, title, nodes in _blocks(module))


@cache
def marts_of_page(page: str) -> frozenset[str]:
    """Return the marts behind a page: its figures, and everything else that it shows; filters left out."""
    module = _module(f"pages.{page}")
    return frozenset(_marts([(module, module.tree)])) if module else frozenset()


@cache
def marts_of_figure(page: str, key: str) -> frozenset[str]:
    """Return the marts behind one chart or table; those of its page where the code does not name the figure."""
    found = [figure.marts for figure in figures_of(page) if figure.key == key]
    return frozenset().union(*found) if found else marts_of_page(page)


def pages_of_mart(mart: str) -> list[str]:
    """Return the pages that read a mart, in the order of the sidebar."""
    return [entry.key for entry in ENTRIES if mart in marts_of_page(entry.key)]


def _blocks(module: _Module) -> Iterator[tuple[str, str, list[tuple[_Module, ast.AST]]]]:
    """Yield key, title and what goes in for every block of a page, also those that a component draws for it."""
    for call in _calls(module.tree):
        if isinstance(call.func, ast.Name) and call.func.id in _BLOCKS:
            yield *_named(call), [(module, node) for node in _arguments(call)]
        else:
            for home, function in _functions(module, call.func):
                inner = [found for found in _calls(function) if _name_of(found.func) in _BLOCKS]
                for found in inner:
                    # A component draws what it is given: its own code, and what the page hands it.
                    yield *_named(found), [(home, function), *((module, node) for node in _arguments(call))]


def _calls(tree: ast.AST) -> list[ast.Call]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return sorted(found, key=lambda call: (call.lineno, call.col_offset))


def _name_of(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _named(call: ast.Call) -> tuple[str, str]:
    texts = [item.value if isinstance(item, ast.Constant) else "" for item in call.args[:2]]
    key = str(texts[0])
    return key, str(texts[1]) or format.spelled(key.replace("-", " ")).capitalize()


def _arguments(call: ast.Call) -> list[ast.AST]:
    return [*call.args, *(keyword.value for keyword in call.keywords)]


def _functions(module: _Module, called: ast.AST) -> Iterator[tuple[_Module, ast.AST]]:
    """Yield the component function that a page calls by its own name."""
    origin = module.imported.get(_name_of(called))
    if origin and origin[0].startswith("dashboard.components"):
        for home, node in _definitions(origin):
            if isinstance(node, ast.FunctionDef) and node.name not in _BLOCKS:
                yield home, node


def _marts(start: Iterable[tuple[_Module, ast.AST]]) -> set[str]:
    """Return every mart that these pieces of code name, directly or through what they use."""
    found: set[str] = set()
    seen: set[tuple[_Symbol, int]] = set()
    waiting = list(start)
    while waiting:
        module, code = waiting.pop()
        marts, used = _read(module, code)
        found |= marts
        for symbol, line in used - seen:
            seen.add((symbol, line))
            waiting += [(home, part) for home, part in _definitions(symbol) if not line or part.lineno <= line]
    return found


def _read(module: _Module, code: ast.AST) -> tuple[set[str], set[tuple[_Symbol, int]]]:
    """Return the marts that a piece of code names, and the names in other code that it uses, each with a line.

    A page runs from top to bottom: there the line counts, since what a name is given further down comes too late.
    """
    if code not in module.read:
        marts: set[str] = set()
        used: set[tuple[_Symbol, int]] = set()
        for node in _outside_filters(code):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and module.name.startswith("warehouse."):
                marts |= set(_MART.findall(node.value))
            elif isinstance(node, ast.Name | ast.Attribute):
                used |= {(name, node.lineno if name[0].startswith("pages.") else 0) for name in _used(module, node)}
        module.read[code] = marts, used
    return module.read[code]


def _outside_filters(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a piece of code; a call of `filters.…` and a docstring are passed over."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        called = node.func if isinstance(node, ast.Call) else None
        if isinstance(called, ast.Attribute) and _name_of(called.value) == "filters":
            continue
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            continue
        yield node
        waiting += ast.iter_child_nodes(node)


def _used(module: _Module, node: ast.AST) -> Iterator[_Symbol]:
    """Yield the names in other code that a node refers to."""
    if isinstance(node, ast.Name):
        if node.id in module.defined:
            yield module.name, node.id
        elif node.id in module.imported:
            yield module.imported[node.id]
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        home, name = module.imported.get(node.value.id, ("", ""))
        if home and _module(f"{home}.{name}"):
            yield f"{home}.{name}", node.attr


def _definitions(symbol: _Symbol) -> list[tuple[_Module, _Code]]:
    """Return the code that defines a name; a name that is only passed on is followed to where it comes from."""
    module = _module(symbol[0])
    if module is None:
        return []
    if symbol[1] in module.defined:
        return [(module, node) for node in module.defined[symbol[1]]]
    return _definitions(module.imported[symbol[1]]) if symbol[1] in module.imported else []


@cache
def _module(name: str) -> _Module | None:
    """Return a parsed module of the rooms that are followed, or None for anything else."""
    if not f"{name}.".startswith(_FOLLOWED):
        return None
    path = _ROOT / Path(*name.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    if not path.is_file():
        return None
    module = _Module(name, ast.parse(path.read_text(encoding="utf-8")))
    for node in ast.walk(module.tree) if name.startswith("pages.") else _top_level(module.tree):
        if isinstance(node, ast.ImportFrom):
            module.imported |= {item.asname or item.name: (str(node.module), item.name) for item in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            module.defined.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr | ast.AugAssign | ast.For):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for part in ast.walk(target):
                    if isinstance(part, ast.Name):
                        module.defined.setdefault(part.id, []).append(_value(node))
    return module


def _value(node: ast.Assign | ast.AnnAssign | ast.NamedExpr | ast.AugAssign | ast.For) -> _Code:
    if isinstance(node, ast.For):
        return node.iter
    return (node.value or node.target) if isinstance(node, ast.AnnAssign) else node.value


def _top_level(tree: ast.Module) -> list[ast.stmt]:
    return tree.body
