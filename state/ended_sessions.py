"""Sign-ins that somebody ended: a copy of their cookie counts no more, also after a restart.

A mark tells nothing about who it was, and goes once no cookie of that sign-in can count any more.
"""

from datetime import UTC, datetime

import sqlalchemy as sa

from state.store import Store
from state.tables import ended_session


def add_ended(store: Store, mark: str, until: datetime, *, now: datetime | None = None) -> None:
    """Keep that a sign-in ended, for as long as its cookie could count; removes those whose time is over.

    Raises StoreUnreachableError: then nothing was kept.
    """
    with store.writing() as connection:
        connection.execute(sa.delete(ended_session).where(ended_session.c.tot <= (now or datetime.now(UTC))))
        connection.execute(sa.insert(ended_session).values(merk=mark, tot=until))


def ended(store: Store, *, now: datetime | None = None) -> dict[str, datetime]:
    """Return the marks of the sign-ins that ended, with until when that must be known. Raises StoreUnreachableError."""
    query = sa.select(ended_session.c.merk, ended_session.c.tot).where(ended_session.c.tot > (now or datetime.now(UTC)))
    with store.reading() as connection:
        return {row.merk: row.tot for row in connection.execute(query)}
