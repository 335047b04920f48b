"""How pages reach the warehouse and the store of what users write; the only home of Streamlit's caches.

The published version is looked up again at every rerun; an address may ask for an earlier one. A version keeps one
read-only connection, the frames that were asked of it and what was made of them; one cursor is taken per query.
Frames, charts and tables are handed out without a copy, so nobody may change one in place. All of them are kept per
scope: what one reader may see never reaches another.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache, wraps
from pathlib import Path
from threading import Lock
from typing import Any, ParamSpec, TypeVar

import polars as pl
import streamlit as st

from state.store import Store, open_store, store_url
from warehouse import connection, versions
from warehouse.queries import instelling, meta
from warehouse.queries.fetch import Connection, MissingTableError, Parameter, reading
from warehouse.scope import NOTHING, Scope

Query = Callable[..., pl.DataFrame]
P = ParamSpec("P")
R = TypeVar("R")

#: Frames, charts and tables kept per version: some forty choices of the heaviest page.
_KEPT = 1_000


@dataclass
class _Store:
    """One published version: its connection, and what was asked of it; the longest unused goes first."""

    path: Path
    connection: Connection
    kept: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        with self.lock:
            if key in self.kept:
                self.kept.move_to_end(key)
                return self.kept[key]
        made = make()
        with self.lock:
            self.kept[key] = made
            while len(self.kept) > _KEPT:
                self.kept.popitem(last=False)
        return made


@dataclass(frozen=True)
class Pin:
    """Which version a page shows: `asked` in the address (a link then keeps it), `refused` when it is not there.

    `newest` is the number of the published version where an earlier one is shown.
    """

    store: _Store
    asked: str | None = None
    refused: str | None = None
    newest: int | None = None


#: The version a rerun started with: a publication halfway a page must not mix two versions on it.
_pinned: ContextVar[Pin | None] = ContextVar("pinned_warehouse", default=None)


#: What `over_network` reads, and nobody else: what comes out of it is cut down to the reader's scope.
_NETWORK = Scope(known=True, alle_instellingen=True, netwerk=True)
#: What `counts_over_network` reads, for whoever has a role: rows without anything that tells of whom they are.
_COUNTS = Scope(known=True, netwerk=True)

#: What the reader of this rerun may see; `dashboard.access` says so at the start of every rerun.
_scope: ContextVar[Scope | None] = ContextVar("scope", default=None)


class NoScopeError(Exception):
    """Data were asked for before it was settled who asks."""


class NoStaffScopeError(Exception):
    """The detail of staff was asked for a reader who may not see it."""


class NoWarehouseError(Exception):
    """Nothing has been published in the data folder yet."""


@contextmanager
def scoped(scope: Scope) -> Iterator[None]:
    """Show nothing but what is within the scope until the end of the block."""
    token = _scope.set(scope)
    try:
        yield
    finally:
        _scope.reset(token)


def scope() -> Scope:
    """Return what the reader of this rerun may see. Raises NoScopeError when nobody said so: then it is nothing."""
    found = _scope.get()
    if found is None:
        raise NoScopeError
    return found


@contextmanager
def pinned_version(asked: str | None = None) -> Iterator[Pin]:
    """Hold on to one version until the end of the block: the one asked for by its number, else the published one.

    A version that is no longer kept, or never was, gives the published one too, and the pin says so.
    """
    pin = _choose(asked)
    token = _pinned.set(pin)
    try:
        yield pin
    finally:
        _pinned.reset(token)


def pin() -> Pin:
    """Return which version is shown, and whether it was asked for. Raises NoWarehouseError."""
    return _pinned.get() or Pin(_published())


def asked_version() -> str | None:
    """Return the number of the version that the address asks for and that is there; None where it asks for none."""
    pinned = _pinned.get()
    return pinned.asked if pinned else None


def frame(query: Query, **params: Parameter) -> pl.DataFrame:
    """Return the rows of one named query of `warehouse.queries`, as they were fetched before where they were.

    Do not change the frame in place. Raises NoWarehouseError when nothing is published, NoScopeError when it is not
    settled who asks.
    """
    store, within = pin().store, scope()

    def fetch() -> pl.DataFrame:
        with st.spinner("Gegevens ophalen …"), reading(store.connection, within) as reader:
            return query(reader, **params)

    found: pl.DataFrame = store.get((within, query, *sorted(params.items())), fetch)
    return found


def staff_frame(query: Query, **params: Parameter) -> pl.DataFrame:
    """Return the rows of a query of `warehouse.queries.medewerkers`, of the HR file of the version that is shown.

    Raises NoStaffScopeError for a reader who may not see staff by name: the file is not opened then. Raises
    MissingTableError for a version without that file.
    """
    store, within = pin().store, scope()
    if not (within.hr or within.hr_hoofdadviseur):
        raise NoStaffScopeError
    path = versions.file_beside(store.path, versions.HR)

    def fetch() -> pl.DataFrame:
        if not path.is_file():
            raise MissingTableError(path.name)
        with reading(_opened_staff(str(path)), within) as reader:
            return query(reader, **params)

    found: pl.DataFrame = store.get((within, query, *sorted(params.items())), fetch)
    return found


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

    @wraps(function)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        values = (*args, *(value for item in sorted(kwargs.items()) for value in item))
        key = tuple(("frame", id(value)) if isinstance(value, pl.DataFrame) else value for value in values)
        store = pin().store
        # The frames are kept beside the result: as long as they live no other frame can have their id.
        result: R = store.get((scope(), function, *key), lambda: (values, function(*args, **kwargs)))[1]
        return result

    return kept


def over_network(make: Callable[..., pl.DataFrame], *values: Hashable, anonymous: frozenset[str]) -> pl.DataFrame:
    """Return what `make(*values)` makes of the whole network: of what is not the reader's own, only `anonymous`.

    Nothing of others for who may not see the network.

    For a figure of one instelling that depends on all the others, such as its place. `make` asks its own frames; what
    comes back has the column instellingsnummer, null in the rows of others, as are all columns but the anonymous ones.
    """
    mine = frame(instelling.own)
    with scoped(_NETWORK):
        whole = make(*values)
    return whole if scope().alle_instellingen else _cut_down(whole, mine, anonymous if scope().netwerk else None)


@derived
def _cut_down(whole: pl.DataFrame, mine: pl.DataFrame, anonymous: frozenset[str] | None) -> pl.DataFrame:
    is_own = pl.col("instellingsnummer").is_in(mine["instellingsnummer"].implode())
    if anonymous is None:
        return whole.filter(is_own)
    hidden = [name for name in whole.columns if name not in anonymous]
    return whole.with_columns(pl.when(is_own).then(pl.col(name)).alias(name) for name in hidden)


def counts_over_network(query: Query, **params: Parameter) -> pl.DataFrame:
    """Return counts over the whole network that belong to the method and tell of no instelling, for every role.

    How many are ranked and how sure the list is stand in the public card of the method: zero would be wrong for a
    reader who may not see the network, and missing as well.
    """
    with scoped(_COUNTS if scope().known else scope()):
        return frame(query, **params)


def is_published() -> bool:
    """Return whether there is a version to show."""
    # A rerun that has hold of a version need not look at the folder again.
    return _pinned.get() is not None or versions.published(versions.data_folder()) is not None


def version() -> Version:
    """Return the version this page shows. Raises NoWarehouseError when nothing is published."""
    return Version(**row(meta.version))


def published_version() -> Version:
    """Return the version that is published now, whatever a page shows. Raises NoWarehouseError."""
    return _described(str(_published_path()))


def known_versions() -> list[Version]:
    """Return the versions that can be shown, the published one first, then earlier ones; newest first."""
    current = versions.published(versions.data_folder())
    if current is None:
        return []
    return [_described(str(path)) for path in (current, *versions.earlier(versions.data_folder(), current).values())]


def user_store() -> Store:
    """Return the store of what users write, one per process; nothing that is read from it is kept.

    Raises StoreUnreachableError; the next rerun tries again.
    """
    return _opened_user_store(store_url(versions.data_folder()))


@st.cache_resource(max_entries=1, show_spinner=False, on_release=Store.close)
def _opened_user_store(url: str) -> Store:
    return open_store(url)


def _published() -> _Store:
    return _opened(str(_published_path().resolve()))


def _published_path() -> Path:
    path = versions.published(versions.data_folder())
    if path is None:
        raise NoWarehouseError(str(versions.data_folder()))
    return path


def _choose(asked: str | None) -> Pin:
    path = _published_path()
    newest = versions.number_of(path)
    if asked is None or asked == str(newest):
        return Pin(_opened(str(path.resolve())), asked)
    earlier = {str(number): found for number, found in versions.earlier(versions.data_folder()).items()}
    if asked in earlier:
        return Pin(_opened(str(earlier[asked].resolve())), asked, newest=newest)
    return Pin(_opened(str(path.resolve())), refused=asked)


@lru_cache(maxsize=32)
def _described(path: str) -> Version:
    # Opened and closed again: whoever looks at the list does not read the version.
    with connection.open_read_only(Path(path)) as opened, reading(opened, NOTHING) as reader:
        return Version(**meta.version(reader).row(0, named=True))


# The versions that are kept, and one that a page may still be drawing while it goes.
@st.cache_resource(max_entries=6, show_spinner=False, on_release=lambda store: store.connection.close())
def _opened(path: str) -> _Store:
    return _Store(Path(path), connection.open_read_only(Path(path)))


# Opened only for a reader who may see staff by name; the file is not touched for anybody else.
@st.cache_resource(max_entries=6, show_spinner=False, on_release=lambda opened: opened.close())
def _opened_staff(path: str) -> Connection:
    return connection.open_read_only(Path(path))
