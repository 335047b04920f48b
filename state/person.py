"""Take a person out of what users wrote: `python -m state.person DATA_FOLDER`, with their patterns on standard input.

The one thing that changes lines of the log: names and texts lose the person, and nothing else of a remark changes.
Everything happens in one transaction, so a kill leaves the store as it was. It is a program of its own because what
removes a person from the archive does not know this store, nor whether it is a file or a server.
"""

import argparse
import json
import re
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from state.store import Store, StoreUnreachableError, open_store, store_url
from state.tables import metadata

REMOVED = "[verwijderd]"
#: Seconds to wait for who has the file open; a dashboard reads and writes in milliseconds.
_PATIENCE = 30.0


def remove_from_store(store: Store, patterns: Sequence[re.Pattern[str]]) -> int:
    """Replace what the patterns find in every text of every table; return the number of fields that changed."""
    changed = 0
    with store.writing() as connection, _log_may_change(connection):
        for table in metadata.sorted_tables:
            for key, values in list(_changes(connection, table, patterns)):
                (number,) = table.primary_key
                connection.execute(sa.update(table).where(number == key).values(values))
                changed += len(values)
    return changed


def fields_with(store: Store, patterns: Sequence[re.Pattern[str]]) -> list[str]:
    """Return the columns in which the patterns still find something, as 'table.column'."""
    with store.reading() as connection:
        found = {
            f"{table.name}.{name}"
            for table in metadata.sorted_tables
            for _, values in _changes(connection, table, patterns)
            for name in values
        }
    return sorted(found)


def forget_bytes(url: str) -> None:
    """Have the database give up the bytes of what was replaced: in free pages, in its journal, in dead rows.

    Raises StoreUnreachableError when somebody else keeps it open too long.
    """
    parsed = sa.make_url(url)
    try:
        if parsed.get_backend_name() == "sqlite":
            with closing(sqlite3.connect(str(parsed.database), timeout=_PATIENCE, isolation_level=None)) as connection:
                connection.execute("vacuum")
                [(is_busy, *_)] = connection.execute("pragma wal_checkpoint(truncate)").fetchall()
            if is_busy:
                raise StoreUnreachableError(f"{parsed}: somebody keeps reading it, and with it what it held before")
            return
        engine = sa.create_engine(parsed.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                for table in metadata.sorted_tables:
                    connection.execute(sa.text(f"vacuum full {table.name}"))
        finally:
            engine.dispose()
    except (sqlite3.Error, sa.exc.SQLAlchemyError) as error:
        raise StoreUnreachableError(f"{parsed.render_as_string(hide_password=True)}: {error}") from error


def _changes(
    connection: sa.Connection, table: sa.Table, patterns: Sequence[re.Pattern[str]]
) -> Iterator[tuple[Any, dict[str, str]]]:
    """Give the number of each row with the person in it, and its texts without."""
    (number,) = table.primary_key
    texts = [column for column in table.columns if isinstance(column.type, sa.String | sa.Text)]
    for row in connection.execute(sa.select(number, *texts)).mappings().all():
        values = {column.name: _without(row[column.name], patterns) for column in texts if row[column.name]}
        changed = {name: text for name, text in values.items() if text != row[name]}
        if changed:
            yield row[number.name], changed


def _without(text: str, patterns: Sequence[re.Pattern[str]]) -> str:
    for pattern in patterns:
        text = pattern.sub(REMOVED, text)
    return text


@contextmanager
def _log_may_change(connection: sa.Connection) -> Iterator[None]:
    """Put aside, within this transaction, the triggers that refuse a change of the log."""
    names = [table.name for table in metadata.sorted_tables]
    if connection.dialect.name == "postgresql":
        for name in names:
            connection.execute(sa.text(f"alter table {name} disable trigger user"))
        yield
        for name in names:
            connection.execute(sa.text(f"alter table {name} enable trigger user"))
        return
    query = sa.text("select name, sql from sqlite_master where type = 'trigger'")
    triggers = connection.execute(query).all()
    # What is replaced is overwritten, not only let go of.
    connection.exec_driver_sql("pragma secure_delete = on")
    for name, _ in triggers:
        connection.exec_driver_sql(f'drop trigger "{name}"')
    yield
    for _, definition in triggers:
        connection.exec_driver_sql(definition)


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the answer is one JSON object: `velden` changed, `gevonden` columns, `fout` or null."""
    parser = argparse.ArgumentParser(prog="python -m state.person", description="Verwijder een persoon uit de dialoog.")
    parser.add_argument("data", type=Path, metavar="MAP", help="map met gegevens")
    url = store_url(parser.parse_args(arguments).data)
    patterns = [re.compile(text, re.IGNORECASE) for text in json.loads(sys.stdin.read())]
    told: Mapping[str, Any]
    parsed = sa.make_url(url) if "://" in url else None
    if parsed and parsed.get_backend_name() == "sqlite" and not Path(parsed.database or "").is_file():
        told = {"velden": 0, "gevonden": [], "fout": None}
    else:
        told = _removed(url, patterns)
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    return 1 if told["fout"] or told["gevonden"] else 0


def _removed(url: str, patterns: Sequence[re.Pattern[str]]) -> dict[str, Any]:
    try:
        with closing(open_store(url)) as store:
            changed = remove_from_store(store, patterns)
            found = fields_with(store, patterns)
        forget_bytes(url)
    except StoreUnreachableError as error:
        # The message names the database without its password, and no text of a user.
        sys.stderr.write(f"{error}\n")
        return {"velden": 0, "gevonden": [], "fout": "De opslag van de dialoog kon niet bereikt worden."}
    return {"velden": changed, "gevonden": found, "fout": None}


if __name__ == "__main__":
    sys.exit(main())
