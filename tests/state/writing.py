"""What a process of its own does in a test: `python -m tests.state.writing DEED URL ...`."""

import sys
import time
from datetime import UTC, date, datetime

import sqlalchemy as sa

from state.dialogue import ChangedMeanwhileError, Draft, add_remark, change_remark, remarks
from state.store import Store, open_store
from state.tables import remark, remark_log

END = date(2027, 6, 30)
NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


def add(store: Store, name: str, count: int) -> None:
    """Add so many remarks, one transaction each."""
    for number in range(count):
        add_remark(store, "000011", Draft("signaal", f"{name}-{number}", END), name, now=NOW)


def change(store: Store, name: str, count: int) -> None:
    """Change the one remark there is so many times, reading it again whenever somebody else was quicker."""
    done = 0
    while done < count:
        (found,) = remarks(store)
        try:
            change_remark(store, found.id, found.versie, Draft("signaal", f"{name}-{done}", END), name, now=NOW)
        except ChangedMeanwhileError:
            continue
        done += 1


def linger(store: Store, name: str, count: int) -> None:
    """Stay in the middle of a change: the log has its line, the remark its new text, nothing is committed."""
    with store.writing() as connection:
        row = dict(connection.execute(sa.select(remark)).mappings().one())
        number = row.pop("id")
        connection.execute(sa.insert(remark_log).values(remark_id=number, **row))
        connection.execute(sa.update(remark).values(reden="half", versie=row["versie"] + 1))
        print("halfway", flush=True)
        time.sleep(count)


def main() -> None:
    """Do one deed on the store at the URL."""
    deed, url, name, count = sys.argv[1:]
    store = open_store(url)
    {"add": add, "change": change, "linger": linger, "open": lambda *_: None}[deed](store, name, int(count))
    store.close()


if __name__ == "__main__":
    main()
