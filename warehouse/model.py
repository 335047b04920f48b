"""What a model file says: its header, the tables it reads, and the order in which models can be built.

A model is one file, `models/<layer>/<table>.sql`. The header states what the table holds:

    -- description: one row per ... (the question it answers)
    -- grain: schooljaar, instellingsnummer
    -- key: schooljaar, instellingsnummer
    -- assert: score between 0 and 1 or score is null

a mart also who may see its rows (`warehouse.scoped_views` says what the words mean):

    -- scope: instelling
    -- anonymous: schooljaar, score (what is shown of an instelling that is not the reader's own)
    -- link: traject_id (columns that hold rows together, but tell whose they are: replaced where not the reader's own)
    -- neighbour: buur, naam (columns that tell about another instelling, whose number is in the first)

and the body is one select statement. A model that SQL cannot express has no body but
`-- computed: function(core.first_input, core.second_input)`. A long field goes on in the next comment
line, indented (`--   `).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

import duckdb

#: Folder of the models -> schema of their tables.
LAYERS = {"staging": "staging", "core": "core", "marts": "mart"}
#: Schemas filled before the models run: deliveries by the pipeline, lists of the settings by the build.
SOURCE_SCHEMAS = ("landing", "settings")

#: Who may see the rows of a mart.
SCOPES = ("instelling", "scholengroep", "netwerk", "iedereen", "werkdruk", "leveringen", "hr")
_KNOWN = {"description", "grain", "key", "assert", "computed", "scope", "anonymous", "link", "neighbour"}
_FIELD = re.compile(r"^-- ([a-z]+):\s*(.*)$")
_COMPUTED = re.compile(r"^([a-z_][a-z0-9_]*)\(([^()]+)\)$")


class BuildError(Exception):
    """The warehouse cannot be built; the Dutch message names the model and says why."""


@dataclass(frozen=True)
class Model:
    """One table (or staging view) of the warehouse, as its file declares it."""

    name: str
    description: str
    grain: str
    key: tuple[str, ...]
    asserts: tuple[str, ...]
    sql: str
    depends_on: tuple[str, ...]
    variables: tuple[str, ...]
    function: str | None = None
    scope: tuple[str, ...] = ()
    anonymous: tuple[str, ...] = ()
    link: tuple[str, ...] = ()
    neighbour: tuple[str, ...] = ()

    @property
    def schema(self) -> str:
        """Return the schema the table lives in: staging, core or mart."""
        return self.name.split(".")[0]

    @property
    def table(self) -> str:
        """Return the table's name without its schema."""
        return self.name.split(".")[1]


@dataclass(frozen=True)
class Check:
    """A query over the finished tables that returns the rows that are wrong."""

    name: str
    description: str
    sql: str
    depends_on: tuple[str, ...]
    variables: tuple[str, ...]


@dataclass
class _Header:
    fields: dict[str, list[str]] = field(default_factory=dict)
    body: str = ""

    def one(self, name: str, origin: str) -> str:
        values = self.fields.get(name, [])
        if len(values) != 1 or not values[0]:
            raise BuildError(f"{origin}: de hoofding heeft precies één regel '-- {name}: …' nodig.")
        return values[0]

    def at_most_one(self, name: str, origin: str) -> str:
        return self.one(name, origin) if name in self.fields else ""


def load_models(root: Path) -> dict[str, Model]:
    """Return every model under `root` (folders staging, core, marts) by its full name, such as `mart.noden`.

    Raises `BuildError` for a header that is incomplete and for SQL that is not one select statement.
    """
    texts = tuple(
        (f"{schema}.{path.stem}", path.read_text(encoding="utf-8"))
        for folder, schema in LAYERS.items()
        for path in sorted((root / folder).glob("*.sql"))
    )
    return {model.name: model for model in _parsed_models(texts)}


def load_checks(folder: Path) -> list[Check]:
    """Return the checks in `folder`, in order of their file names."""
    return list(
        _parsed_checks(tuple((path.stem, path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql"))))
    )


# A process builds and checks more than once from the same files: what was parsed is kept by the text of the files.
@lru_cache(maxsize=4)
def _parsed_models(texts: tuple[tuple[str, str], ...]) -> tuple[Model, ...]:
    with duckdb.connect() as parser:
        return tuple(parse_model(parser, name, text) for name, text in texts)


@lru_cache(maxsize=4)
def _parsed_checks(texts: tuple[tuple[str, str], ...]) -> tuple[Check, ...]:
    checks = []
    with duckdb.connect() as parser:
        for name, text in texts:
            origin = f"checks/{name}.sql"
            header = _read_header(text, origin, {"description"})
            tables, variables = read_references(parser, header.body, origin)
            checks.append(Check(name, header.one("description", origin), header.body, tables, variables))
    return tuple(checks)


def parse_model(parser: duckdb.DuckDBPyConnection, name: str, text: str) -> Model:
    """Return the model that a file's text declares; `parser` is any connection, its tables are not used."""
    header = _read_header(text, name, _KNOWN)
    computed = header.fields.get("computed")
    function = None
    variables: tuple[str, ...] = ()
    if computed:
        call = _COMPUTED.match(header.one("computed", name))
        if call is None or header.body:
            raise BuildError(
                f"{name}: een berekend model heeft '-- computed: functie(core.invoer)' en geen SQL eronder."
            )
        function = call[1]
        tables = tuple(part.strip() for part in call[2].split(","))
    else:
        tables, variables = read_references(parser, header.body, name)
    return Model(
        name=name,
        description=header.one("description", name),
        grain=header.one("grain", name),
        key=_names(header.one("key", name)),
        asserts=tuple(header.fields.get("assert", [])),
        sql=header.body,
        depends_on=tables,
        variables=variables,
        function=function,
        scope=_scope(header, name),
        anonymous=_names(header.at_most_one("anonymous", name)),
        link=_names(header.at_most_one("link", name)),
        neighbour=_names(header.at_most_one("neighbour", name)),
    )


def _scope(header: _Header, name: str) -> tuple[str, ...]:
    """Return who may see the rows; a mart must say so, because a forgotten line would open it to everybody."""
    if not name.startswith("mart."):
        return ()
    scope = _names(header.one("scope", name))
    for word in scope:
        if word not in SCOPES:
            raise BuildError(f"{name}: '-- scope: {word}' bestaat niet; kies uit {', '.join(SCOPES)}.")
    return scope


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def read_references(
    parser: duckdb.DuckDBPyConnection, sql: str, origin: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the tables (`schema.table`) and the variables that a select statement reads, both sorted.

    DuckDB's own parser does the reading. Its `get_table_names` would bind the columns too, which fails
    before the tables exist; the serialised syntax tree does not.
    """
    row = parser.execute("select json_serialize_sql(?)", [sql]).fetchone()
    tree: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
    if tree["error"]:
        raise BuildError(f"{origin}: geen geldige select-opdracht ({tree.get('error_message')}).")
    statements = tree["statements"]
    if len(statements) != 1:
        raise BuildError(f"{origin}: precies één select-opdracht verwacht, {len(statements)} gevonden.")
    tables, variables = set(), set()
    for node in syntax_nodes(statements):
        if node.get("type") == "BASE_TABLE" and node["schema_name"]:
            tables.add(f"{node['schema_name']}.{node['table_name']}")
        elif node.get("type") == "FUNCTION" and node["function_name"] == "getvariable":
            variables.add(str(node["arguments"][0]["expression"]["literal"]["text"]))
    return tuple(sorted(tables)), tuple(sorted(variables))


def in_build_order(models: Mapping[str, Model]) -> list[Model]:
    """Return the models so that each comes after what it reads; ties go by name, so the order is stable.

    Raises `BuildError` naming a table that no model makes, or the models that wait for each other.
    """
    graph: dict[str, list[str]] = {}
    for model in sorted(models.values(), key=lambda model: model.name):
        needed = [table for table in model.depends_on if table.split(".")[0] not in SOURCE_SCHEMAS]
        for table in needed:
            if table not in models:
                raise BuildError(f"{model.name}: leest {table}, maar geen model maakt die tabel.")
        graph[model.name] = needed
    try:
        return [models[name] for name in TopologicalSorter(graph).static_order()]
    except CycleError as error:
        raise BuildError(f"Modellen wachten op elkaar: {' -> '.join(error.args[1])}.") from error


def with_ancestors(models: Mapping[str, Model], names: Iterable[str]) -> dict[str, Model]:
    """Return the named models and all models they read, directly or through others."""
    wanted: dict[str, Model] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in wanted or name.split(".")[0] in SOURCE_SCHEMAS:
            continue
        if name not in models:
            raise BuildError(f"{name}: geen model met die naam.")
        wanted[name] = models[name]
        waiting.extend(models[name].depends_on)
    return wanted


def _read_header(text: str, origin: str, known: set[str]) -> _Header:
    header = _Header()
    current: list[str] | None = None
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not line.startswith("--"):
            header.body = "\n".join(lines[number:]).strip()
            break
        match = _FIELD.match(line)
        if match:
            if match[1] not in known:
                raise BuildError(f"{origin}: onbekende regel '-- {match[1]}:' in de hoofding.")
            current = header.fields.setdefault(match[1], [])
            current.append(match[2].strip())
        elif current is None:
            raise BuildError(f"{origin}: de hoofding begint met '-- description: …'.")
        else:
            current[-1] = f"{current[-1]} {line.removeprefix('--').strip()}"
    return header


def syntax_nodes(tree: object) -> Iterator[dict[str, Any]]:
    """Yield every object of a JSON document, at any depth."""
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from syntax_nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from syntax_nodes(value)
