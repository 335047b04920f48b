"""The Dutch name, definition, unit and source of every mart column, read from `columns.toml`.

`[kolom.<column>]` describes a column that several marts share; `[mart.<table>.<column>]` describes it for one
mart and may repeat only what differs there. Since when it is there (`sinds`) is said per mart in `[tabel.<table>]`, by
a column that came later itself, and for all others in `[standaard]`.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from warehouse.model import BuildError

COLUMNS_PATH = Path(__file__).with_name("columns.toml")
_PARTS = ("naam", "definitie", "eenheid", "bron")


@dataclass(frozen=True)
class Column:
    """How one mart column is explained to whoever reads it; `eenheid` is empty for texts and codes."""

    tabel: str
    kolom: str
    naam: str
    definitie: str
    eenheid: str
    bron: str
    sinds: str


def load_columns(path: Path = COLUMNS_PATH) -> Mapping[str, Any]:
    """Return `columns.toml` as nested dictionaries, to be read only; empty when the file is not there."""
    return _parsed(path.read_text(encoding="utf-8")) if path.exists() else {}


@lru_cache(maxsize=4)
def _parsed(text: str) -> Mapping[str, Any]:
    """A process builds more than once from the same file: what was parsed is kept by its text."""
    return tomllib.loads(text)


def describe(declared: Mapping[str, Any], marts: Mapping[str, Iterable[str]]) -> list[Column]:
    """Return the explanation of every column of the given marts (table -> its columns).

    Raises `BuildError` naming the columns without a (complete) explanation, and the explanations of columns
    that the mart does not have.
    """
    shared: Mapping[str, Any] = declared.get("kolom", {})
    since = declared.get("standaard", {}).get("sinds", "")
    described, faults = [], []
    for table, columns in marts.items():
        own: Mapping[str, Any] = declared.get("mart", {}).get(table, {})
        columns = list(columns)
        faults += [f"mart.{table}.{name} (kolom bestaat niet)" for name in own if name not in columns]
        for name in columns:
            entry = {**shared.get(name, {}), **declared.get("tabel", {}).get(table, {}), **own.get(name, {})}
            missing = [part for part in _PARTS if part not in entry]
            if missing:
                faults.append(f"mart.{table}.{name} ({', '.join(missing)} ontbreekt)")
            else:
                parts = {part: entry[part] for part in _PARTS}
                described.append(Column(table, name, **parts, sinds=entry.get("sinds", since)))
    if faults:
        raise BuildError(f"columns.toml klopt niet met de tabellen: {'; '.join(faults)}.")
    return described


def write_columns(con: duckdb.DuckDBPyConnection, columns: list[Column]) -> None:
    """Write the explanations to `meta.kolom` and, as comments, to the columns themselves."""
    con.execute("create schema if not exists meta")
    con.execute(
        "create or replace table meta.kolom (tabel varchar, kolom varchar, naam varchar, definitie varchar,"
        " eenheid varchar, bron varchar, sinds varchar, primary key (tabel, kolom))"
    )
    if not columns:
        return
    con.register("_kolommen", pl.DataFrame([asdict(column) for column in columns]))
    con.execute("insert into meta.kolom by name from _kolommen")
    con.unregister("_kolommen")
    # A comment takes no bound value; doubling the quotes is all a literal needs.
    texts = ((column, f"{column.naam}: {column.definitie}".replace("'", "''")) for column in columns)
    # One call for all: hundreds of calls take five times as long.
    con.execute(
        "; ".join(f"comment on column mart.{column.tabel}.{column.kolom} is '{text}'" for column, text in texts)
    )
