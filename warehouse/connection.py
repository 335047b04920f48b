"""How the warehouse file is opened: many readers, or one writer, never both at once."""

from pathlib import Path

import duckdb

#: A closed network must not be asked for extensions, and a misspelled table must not find a Python variable.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}


def open_read_only(path: Path) -> duckdb.DuckDBPyConnection:
    """Return a read-only connection to the warehouse file; it can reach nothing outside that file.

    Take a `cursor()` of it per use (about 1 ms; opening the file costs 20). Raises `duckdb.IOException`
    when the file does not exist or another process writes to it.
    """
    return duckdb.connect(path, read_only=True, config={**_CONFIG, "enable_external_access": False})


def open_for_writing(path: Path | None = None) -> duckdb.DuckDBPyConnection:
    """Return the one writing connection to the warehouse file, made when it is not there.

    Without a path the warehouse lives in memory and goes with the connection.
    """
    return duckdb.connect(":memory:" if path is None else path, config=_CONFIG)
