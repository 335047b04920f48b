"""The build: from landing tables to staging, core and marts, each checked as soon as it is made."""

import datetime as dt
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

import duckdb
import polars as pl

from warehouse.columns import describe, load_columns, write_columns
from warehouse.lineage import write_lineage
from warehouse.model import BuildError, Check, Model, in_build_order, load_checks, load_models, with_ancestors
from warehouse.persons import require_protection
from warehouse.scoped_views import refuse_unknown_columns, write_scoped_views
from warehouse.side_by_side import side_by_side

__all__ = ["BuildError", "ModelResult", "build"]

MODELS_ROOT = Path(__file__).with_name("models")

#: A computed model: input frames in the order of the header, then the settings; returns the table's frame.
Computation = Callable[..., pl.DataFrame]
#: Called after every model with its name, how many are done and how many there are.
Progress = Callable[[str, int, int], None]

#: Models that are built at the same time, those of which none reads another. DuckDB divides each over the processors
#: too, but no model keeps them busy all the time.
_AT_ONCE = 2

#: Enough failing rows to see what is wrong, few enough to read.
_ROWS_SHOWN = 3


@dataclass(frozen=True)
class ModelResult:
    """What building one model gave: its rows and how long it took; `is_personal` where rows are of one of staff."""

    model: str
    rijen: int
    seconden: float
    is_personal: bool = False


def build(
    con: duckdb.DuckDBPyConnection,
    computed: Mapping[str, Computation],
    settings: Mapping[str, Any],
    peildatum: dt.date,
    progress: Progress | None = None,
    *,
    models_root: Path = MODELS_ROOT,
    only: Collection[str] | None = None,
) -> list[ModelResult]:
    """Build every model, check it, and return the results in build order.

    `con` holds the landing tables. `computed` gives the function of each computed model by name.
    SQL reads the settings' scalars (and lists of scalars) as `getvariable('part.name')`, the date
    as `getvariable('peildatum')`, and the rows under `[[tabel.<name>]]` as `settings.<name>`. The
    folder `checks` and the files `columns.toml` and `persons.toml` stand beside `models_root`. With `only`, just those
    models and what they read are built, with the checks that they allow: for trying out a part.

    Raises `BuildError` naming the model and what is wrong: SQL that does not run, a key that is null
    or repeated, a row that breaks an assert (a few are shown), a check that returns rows, a mart
    column without an explanation in `columns.toml`, a mart that `persons.toml` says nothing of.
    """
    models = load_models(models_root)
    if only is not None:
        models = with_ancestors(models, only)
    ordered = in_build_order(models)
    require_protection(
        (model.table for model in ordered if model.schema == "mart"), models_root.parent / "persons.toml"
    )
    checks = [
        check
        for check in load_checks(models_root.parent / "checks")
        if only is None or all(table in models for table in check.depends_on)
    ]
    variables = {**dict(_scalars(settings)), "peildatum": peildatum}
    _prepare(con, settings, variables)
    _refuse_unknown(con, [*ordered, *checks], variables)
    results = _build_models(con, ordered, computed, settings, variables, progress)
    for check in checks:
        _run_check(con, check)
    marts = {model.table: con.table(model.name).columns for model in ordered if model.schema == "mart"}
    columns = describe(load_columns(models_root.parent / "columns.toml"), marts)
    # One transaction: hundreds of comments and views would each be written to disk by themselves.
    con.execute("begin")
    write_columns(con, columns)
    write_lineage(con, models)
    write_scoped_views(con, models)
    con.execute("commit")
    return results


def _prepare(con: duckdb.DuckDBPyConnection, settings: Mapping[str, Any], variables: Mapping[str, Any]) -> None:
    for schema in ("settings", "staging", "core", "mart", "meta"):
        con.execute(f"create schema if not exists {schema}")
    _set_variables(con, variables)
    for name, rows in settings.get("tabel", {}).items():
        _store(con, f"settings.{name}", pl.from_dicts(rows, infer_schema_length=None))


def _set_variables(con: duckdb.DuckDBPyConnection, variables: Mapping[str, Any]) -> None:
    for name, value in variables.items():
        con.execute(f'set variable "{name}" = ?', [value])


def _refuse_unknown(con: duckdb.DuckDBPyConnection, readers: list[Model | Check], variables: Mapping[str, Any]) -> None:
    tables = {
        f"{schema}.{table}"
        for schema, table in con.execute("select table_schema, table_name from information_schema.tables").fetchall()
    }
    made = {reader.name for reader in readers}
    for reader in readers:
        for table in reader.depends_on:
            if table not in tables and table not in made:
                raise BuildError(f"{reader.name}: leest {table}, maar die tabel bestaat niet.")
        for variable in reader.variables:
            # DuckDB gives NULL for a variable that was never set: a misspelling would pass in silence.
            if variable not in variables:
                raise BuildError(f"{reader.name}: leest de instelling '{variable}', maar die bestaat niet.")


def _build_models(
    con: duckdb.DuckDBPyConnection,
    ordered: list[Model],
    computed: Mapping[str, Computation],
    settings: Mapping[str, Any],
    variables: Mapping[str, Any],
    progress: Progress | None,
) -> list[ModelResult]:
    """Build the models, each when all that it reads is there; the results are in the given order."""
    models = {model.name: model for model in ordered}
    connections = [con.cursor() for _ in range(_AT_ONCE)]
    free: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
    for connection in connections:
        # A connection has variables of its own.
        _set_variables(connection, variables)
        free.put(connection)
    built = 0

    def work(name: str) -> ModelResult:
        connection = free.get()
        try:
            return _build_model(connection, models[name], computed, settings)
        finally:
            free.put(connection)

    def done(name: str) -> None:
        nonlocal built
        built += 1
        if progress is not None:
            progress(name, built, len(ordered))

    def stop() -> None:
        for connection in connections:
            connection.interrupt()

    try:
        needs = {model.name: [name for name in model.depends_on if name in models] for model in ordered}
        results = side_by_side(needs, work, _AT_ONCE, done, stop)
    finally:
        for connection in connections:
            connection.close()
    return [results[model.name] for model in ordered]


def _build_model(
    con: duckdb.DuckDBPyConnection,
    model: Model,
    computed: Mapping[str, Computation],
    settings: Mapping[str, Any],
) -> ModelResult:
    started = time.perf_counter()
    try:
        _make(con, model, computed, settings)
        refuse_unknown_columns(model, con.table(model.name).columns)
        rows = _check_rows(con.table(model.name), model)
    except (duckdb.Error, pl.exceptions.PolarsError, ValueError) as error:
        # A computation refuses impossible input with ValueError: that too stops the build, not the program.
        raise BuildError(f"{model.name}: {error}") from error
    return ModelResult(model.name, rows, time.perf_counter() - started, is_personal="hr" in model.scope)


def _make(
    con: duckdb.DuckDBPyConnection,
    model: Model,
    computed: Mapping[str, Computation],
    settings: Mapping[str, Any],
) -> None:
    # Tables lie in the order of their key: the same rows always give the same file, and reads skip blocks.
    order = ", ".join(model.key)
    if model.function is not None:
        if model.function not in computed:
            raise BuildError(f"{model.name}: de functie {model.function} is niet aangemeld.")
        inputs = [con.table(name).pl() for name in model.depends_on]
        _store(con, model.name, computed[model.function](*inputs, settings), order)
    elif model.schema == "staging":
        con.execute(f"create or replace view {model.name} as {model.sql}")
    else:
        con.execute(f"create or replace table {model.name} as from ({model.sql}\n) order by {order}")


def _check_rows(table: duckdb.DuckDBPyRelation, model: Model) -> int:
    """Return the number of rows, after the key and every assert were found to hold."""
    key = ", ".join(model.key)
    # All in one pass over the table; only what does not hold is looked at again, for the rows to show.
    wrong = [" or ".join(f"{column} is null" for column in model.key)]
    wrong += [f"({assertion}) is not true" for assertion in model.asserts]
    # A view has no order to look at. As many hashes as rows: no key is there twice, for less than counting the keys.
    hashes = f"count(distinct hash({key}))" if model.schema == "staging" else "null"
    tally = ", ".join(["count(*)", hashes, *(f"count(*) filter (where {condition})" for condition in wrong)])
    rows, different, *failing = table.aggregate(tally).fetchall()[0]
    if failing[0]:
        _refuse_rows(model.name, "de sleutel is leeg", table.filter(wrong[0]))
    is_unique = different == rows if model.schema == "staging" else _rises(table, key)
    if not is_unique:
        repeated = table.aggregate(f"{key}, count(*) as aantal_rijen", key).filter("aantal_rijen > 1")
        _refuse_rows(model.name, f"de sleutel ({key}) komt meer dan eens voor", repeated)
    for assertion, condition, count in zip(model.asserts, wrong[1:], failing[1:], strict=True):
        if count:
            _refuse_rows(model.name, f"niet elke rij voldoet aan '{assertion}'", table.filter(condition))
    return int(rows)


def _rises(table: duckdb.DuckDBPyRelation, key: str) -> bool:
    """Whether every key comes after the one before it, as rows in order do: then none is there twice.

    Looking at neighbours costs a fifth of counting the rows of every key.
    """
    pairs = table.project(f"row({key}) as nu, lag(row({key})) over () as vorige")
    return not pairs.filter("vorige is not null and (nu > vorige) is not true").limit(1).fetchall()


def _run_check(con: duckdb.DuckDBPyConnection, check: Check) -> None:
    try:
        _refuse_rows(f"controle {check.name}", check.description, con.sql(check.sql))
    except duckdb.Error as error:
        raise BuildError(f"controle {check.name}: {error}") from error


def _refuse_rows(name: str, fault: str, failing: duckdb.DuckDBPyRelation) -> None:
    rows = failing.limit(_ROWS_SHOWN).fetchall()
    if rows:
        shown = "; ".join(str(dict(zip(failing.columns, row, strict=True))) for row in rows)
        raise BuildError(f"{name}: {fault}. Bijvoorbeeld: {shown}")


def _store(con: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame, order: str = "all") -> None:
    con.register("_frame", frame)
    try:
        con.execute(f"create or replace table {name} as from _frame order by {order}")
    finally:
        con.unregister("_frame")


def _scalars(settings: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every scalar, and every list of scalars, with its dotted path."""
    for name, value in settings.items():
        if isinstance(value, Mapping):
            yield from _scalars(value, f"{prefix}{name}.")
        elif not (isinstance(value, list) and any(isinstance(item, Mapping) for item in value)):
            yield f"{prefix}{name}", value
