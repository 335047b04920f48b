"""How pages reach the warehouse; the only home of Streamlit's caches.

The published version is looked up again at every rerun. One read-only connection is kept per version and
one cursor is taken per query; frames are cached per version, query and parameters and handed out without
a copy, so nobody may change one in place.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import polars as pl
import streamlit as st

from warehouse import connection, versions
from warehouse.queries import meta
from warehouse.queries.fetch import Connection, Parameter

Query = Callable[..., pl.DataFrame]
P = ParamSpec("P")
R = TypeVar("R")

#: The version a rerun started with: a publication halfway a page must not mix two versions on it.
_pinned: ContextVar[Path | None] = ContextVar("pinned_warehouse", default=None)


class NoWarehouseError(Exception):
    """Nothing has been published in the data folder yet."""


@contextmanager
def pinned_version() -> Iterator[None]:
    """Hold on to the version that is published now, until the end of the block."""
    token = _pinned.set(_published())
    try:
        yield
    finally:
        _pinned.reset(token)


def frame(query: Query, **params: Parameter) -> pl.DataFrame:
    """Return the rows of one named query of `warehouse.queries`, from cache where it was asked before.

    Do not change the frame in place. Raises NoWarehouseError when nothing is published.
    """
    path = _pinned.get() or _published()
    return _frame(str(path), f"{query.__module__}.{query.__qualname__}", tuple(sorted(params.items())), query)


def row(query: Query, **params: Parameter) -> dict[str, Any]:
    """Return the single row of a query that answers with exactly one row, by column name."""
    return frame(query, **params).row(0, named=True)


@dataclass(frozen=True)
class Version:
    """What is published, as `meta.versie` says it."""

    versie: int
    gebouwd_op: datetime
    peildatum: date
    is_demo: bool
    methode_versie: str


def derived(function: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function makes of frames of this module: a chart or a table is built once per frame.

    The function must depend on nothing but its arguments: frames that came from here, and hashable values.
    Nobody may change what comes back.
    """
    name = f"{function.__module__}.{function.__qualname__}"

    @wraps(function)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        values = (*args, *(value for item in sorted(kwargs.items()) for value in item))
        key = tuple(("frame", id(value)) if isinstance(value, pl.DataFrame) else value for value in values)
        result: R = _derived(name, key, values, partial(function, *args, **kwargs))[1]
        return result

    return kept


def version() -> Version:
    """Return the version this page shows. Raises NoWarehouseError when nothing is published."""
    return Version(**row(meta.version))


def _published() -> Path:
    path = versions.published(versions.data_folder())
    if path is None:
        raise NoWarehouseError(str(versions.data_folder()))
    return path.resolve()


# Two versions: the current one, and the one that a page may still be drawing while a new one is published.
@st.cache_resource(max_entries=2, show_spinner=False, on_release=lambda con: con.close())
def _connection(path: str) -> Connection:
    return connection.open_read_only(Path(path))


# The frames are kept beside the result: as long as they live no other frame can have their id.
@st.cache_resource(max_entries=512, show_spinner=False)
def _derived(
    name: str, key: tuple[object, ...], _arguments: tuple[object, ...], _call: Callable[[], Any]
) -> tuple[object, Any]:
    return _arguments, _call()


# cache_resource hands out the frame itself; cache_data would pickle and copy it at every rerun.
@st.cache_resource(max_entries=256, show_spinner="Gegevens ophalen …")
def _frame(path: str, name: str, params: tuple[tuple[str, Parameter], ...], _query: Query) -> pl.DataFrame:
    cursor = _connection(path).cursor()
    try:
        return _query(cursor, **dict(params))
    finally:
        cursor.close()
