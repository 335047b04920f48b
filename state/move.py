"""Move what users wrote into another store: `python -m state.move data/toestand.sqlite`.

The target is the store of `STERRENWACHT_STATE_URL`: a password does not belong on a command line.
"""

import argparse
import os
import sys
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from state.store import URL_VARIABLE, Store, StoreUnreachableError, open_store
from state.tables import metadata, remark


class NotEmptyError(Exception):
    """The target holds remarks, or lines of the access log, already: two stores cannot become one."""


def copy_all(source: Store, target: Store) -> int:
    """Copy every remark and its log, the access log and who signed out, in one transaction; return how many remarks.

    Numbers stay. Raises NotEmptyError or StoreUnreachableError; the target is then as it was.
    """
    with source.reading() as reader, target.writing() as writer:
        if any(writer.execute(sa.select(table).limit(1)).first() for table in metadata.sorted_tables):
            raise NotEmptyError
        for table in metadata.sorted_tables:
            rows = [dict(row) for row in reader.execute(sa.select(table)).mappings()]
            if rows:
                writer.execute(sa.insert(table), rows)
                _count_on(writer, table)
        return writer.execute(sa.select(sa.func.count()).select_from(remark)).scalar_one()


def _count_on(connection: sa.Connection, table: sa.Table) -> None:
    """Let PostgreSQL number new rows after those that were copied; SQLite does so by itself."""
    if connection.dialect.name == "postgresql":
        (number,) = table.primary_key
        sequence = sa.func.pg_get_serial_sequence(table.name, number.name)
        highest = sa.select(sa.func.max(number)).scalar_subquery()
        connection.execute(sa.select(sa.func.setval(sequence, highest)))


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code: 0 when all was copied, 1 when nothing was."""
    parser = argparse.ArgumentParser(
        prog="python -m state.move", description="Kopieer de dialoog naar een andere opslag."
    )
    parser.add_argument("bestand", type=Path, help="het SQLite-bestand waarin de dialoog nu staat")
    path: Path = parser.parse_args(arguments).bestand
    url = os.environ.get(URL_VARIABLE, "").strip()
    if not url:
        return _failed(f"{URL_VARIABLE} is leeg: zet daarin het adres van de nieuwe opslag.")
    if not path.is_file():
        return _failed(f"{path} bestaat niet.")
    try:
        copied = _copied(f"sqlite:///{path.absolute()}", url)
    except NotEmptyError:
        return _failed("De nieuwe opslag bevat al opmerkingen of regels van het toegangslog. Er is niets gekopieerd.")
    except StoreUnreachableError as error:
        return _failed(f"Een van beide is niet bereikbaar. Er is niets gekopieerd. {error}")
    sys.stdout.write(f"{copied} opmerkingen gekopieerd, met hun geschiedenis.\n")
    return 0


def _copied(source_url: str, target_url: str) -> int:
    with closing(open_store(source_url)) as source, closing(open_store(target_url)) as target:
        return copy_all(source, target)


def _failed(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
