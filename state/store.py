"""The store of what users write: a SQLite file in the data folder by default, PostgreSQL by URL.

Opening a store brings its tables up to date first. That happens in one transaction, under a lock: of processes that
open it at once one migrates and the others wait, and one that is killed halfway leaves the tables as they were.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from filelock import FileLock, Timeout
from sqlalchemy import exc

URL_VARIABLE = "STERRENWACHT_STATE_URL"
FILE_NAME = "toestand.sqlite"
MIGRATIONS = Path(__file__).with_name("migrations")

#: How long a writer waits for another one, and how long PostgreSQL may take to answer, in seconds.
_PATIENCE = 10
_CONNECT_TIMEOUT = 3
#: A migration may take a while; a process that starts meanwhile waits for it.
_MIGRATION_PATIENCE = 60
#: Any number, as long as it is always this one: PostgreSQL's lock of whoever migrates.
_MIGRATION_LOCK = 7_402_119_350
#: What says that an open store can no longer be reached.
_GONE = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)


class StoreUnreachableError(Exception):
    """The store cannot be opened, read or written now; the message names it without its password."""


def store_url(data_folder: Path) -> str:
    """Return the URL of the store: `STERRENWACHT_STATE_URL`, or a SQLite file in the data folder."""
    given = os.environ.get(URL_VARIABLE, "").strip()
    path = str((data_folder / FILE_NAME).absolute())
    return given or sa.URL.create("sqlite", database=path).render_as_string(hide_password=False)


class Store:
    """An open store; one per process is enough. Keeps a few connections, so close it when done."""

    def __init__(self, engine: sa.Engine) -> None:
        """Keep the engine of a database whose tables are up to date; `open_store` makes one."""
        self._engine = engine

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """Give a connection to read with. Raises StoreUnreachableError."""
        return self._connected(writes=False)

    def writing(self) -> AbstractContextManager[sa.Connection]:
        """Give a connection to write with: all of the block is kept, or nothing. Raises StoreUnreachableError."""
        return self._connected(writes=True)

    def close(self) -> None:
        """Close the connections; nothing is lost."""
        self._engine.dispose()

    def __repr__(self) -> str:
        """Name the database, without its password."""
        return f"Store({self._engine.url.render_as_string(hide_password=True)})"

    @contextmanager
    def _connected(self, *, writes: bool) -> Iterator[sa.Connection]:
        with _reachable(self._engine.url, *_GONE), self._engine.connect() as connection:
            connection.execution_options(writes=writes)
            with connection.begin():
                yield connection


def open_store(url: str) -> Store:
    """Return the store at this URL (`sqlite:///...` or `postgresql://...`), its tables brought up to date.

    Raises StoreUnreachableError when that is not possible.
    """
    parsed = _parsed(url)
    with _reachable(parsed, exc.SQLAlchemyError, sqlite3.Error, OSError, Timeout):
        engine = _engine(parsed)
        try:
            _migrate(engine)
        except BaseException:
            engine.dispose()
            raise
    return Store(engine)


def _parsed(url: str) -> sa.URL:
    try:
        parsed = sa.make_url(url)
    except (exc.ArgumentError, ValueError):
        # `from None`: the text that could not be read may hold a password.
        raise StoreUnreachableError(f"{URL_VARIABLE} is no database URL") from None
    if parsed.drivername in ("postgresql", "postgres", "postgresql+psycopg"):
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername == "sqlite" and parsed.database and parsed.database != ":memory:":
        return parsed
    raise StoreUnreachableError(f"{_named(parsed)}: only a SQLite file or PostgreSQL can hold the store")


def _named(url: sa.URL) -> str:
    return url.render_as_string(hide_password=True)


@contextmanager
def _reachable(url: sa.URL, *gone: type[Exception]) -> Iterator[None]:
    """Turn what says that the database is gone or broken into StoreUnreachableError; a mistake of ours stays."""
    try:
        yield
    except CommandError as error:
        raise StoreUnreachableError(f"{_named(url)} was made by a newer version: {error}") from error
    except gone as error:
        raise StoreUnreachableError(f"{_named(url)}: {error}") from error
    except exc.DatabaseError as error:
        # SQLite has no kind of its own for a damaged file.
        if type(error.orig) is not sqlite3.DatabaseError:
            raise
        raise StoreUnreachableError(f"{_named(url)}: {error}") from error


def _engine(url: sa.URL) -> sa.Engine:
    """Return an engine that never writes the users' texts into a log."""
    if url.get_backend_name() == "sqlite":
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(url, hide_parameters=True, connect_args={"timeout": _PATIENCE})
        sa.event.listen(engine, "connect", _prepare_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine
    # The check on every use: a connection that the server closed meanwhile is replaced.
    return sa.create_engine(
        url, hide_parameters=True, pool_pre_ping=True, connect_args={"connect_timeout": _CONNECT_TIMEOUT}
    )


def _prepare_sqlite(connection: sa.engine.interfaces.DBAPIConnection, record: object) -> None:
    # Python's own transaction handling leaves tables outside of transactions; `_begin_sqlite` begins them.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("pragma foreign_keys = on")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A writer takes its turn at the start: one that reads first and writes later is refused when another was quicker.
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("begin immediate" if writes else "begin")


def _migrate(engine: sa.Engine) -> None:
    with _migration_lock(engine), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # Kept in the file: readers and a writer do not block each other. Not possible within a transaction.
            connection.connection.cursor().execute("pragma journal_mode = wal").close()
        connection.execution_options(writes=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
            config = Config(attributes={"connection": connection})
            config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
            command.upgrade(config, "head")


def _migration_lock(engine: sa.Engine) -> AbstractContextManager[object]:
    """Return the lock of whoever opens a SQLite file; PostgreSQL has one of its own."""
    if engine.dialect.name == "sqlite":
        return FileLock(f"{engine.url.database}.lock", timeout=_MIGRATION_PATIENCE)
    return nullcontext()
