"""Who saw or exported which detail of HR, surveys or the ranking, and when.

A line holds who looked and at what, never what was shown: a page, a figure, the number of an instelling. Nobody changes
a line (the database refuses it); they go once their time is over.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from state.store import Store
from state.tables import access_log

SEEN = "bekeken"
EXPORTED = "gedownload"

#: What is longer is cut off: the provider decides how long its keys are.
_LONGEST = {"subject": 255, "wie": 320, "detail": 120}


@dataclass(frozen=True)
class Entry:
    """One line: `subject` is the provider's lasting key of who looked, `wie` how a reader knows them.

    `rollen` are codes; `detail` names what within the page (a figure, a team), `instellingsnummer` whose, or neither.
    """

    subject: str
    wie: str
    rollen: tuple[str, ...]
    actie: str
    pagina: str
    detail: str = ""
    instellingsnummer: str | None = None
    versie: int | None = None


@dataclass(frozen=True)
class Line:
    """A line as it was kept: its number, its moment (in UTC) and what it says."""

    id: int
    moment: datetime
    entry: Entry


def add_entry(store: Store, entry: Entry, *, now: datetime | None = None) -> None:
    """Keep one line. Raises StoreUnreachableError: then nothing was kept."""
    values = {
        "moment": now or datetime.now(UTC),
        "subject": entry.subject[: _LONGEST["subject"]],
        "wie": entry.wie[: _LONGEST["wie"]],
        "rollen": " ".join(entry.rollen),
        "actie": entry.actie,
        "pagina": entry.pagina,
        "detail": entry.detail[: _LONGEST["detail"]],
        "instellingsnummer": entry.instellingsnummer,
        "versie": entry.versie,
    }
    with store.writing() as connection:
        connection.execute(sa.insert(access_log).values(values))


def lines(store: Store, since: datetime | None = None) -> list[Line]:
    """Return the lines from a moment on, or all of them; newest first. Raises StoreUnreachableError."""
    query = sa.select(access_log).order_by(access_log.c.moment.desc(), access_log.c.id.desc())
    if since is not None:
        query = query.where(access_log.c.moment >= since)
    with store.reading() as connection:
        return [_line(row) for row in connection.execute(query).all()]


def remove_before(store: Store, moment: datetime) -> int:
    """Remove the lines from before a moment and return how many there were. Raises StoreUnreachableError."""
    with store.writing() as connection:
        return connection.execute(sa.delete(access_log).where(access_log.c.moment < moment)).rowcount


def _line(row: sa.Row[Any]) -> Line:
    values = dict(row._mapping)
    number, moment, roles = values.pop("id"), values.pop("moment"), values.pop("rollen")
    return Line(number, moment, Entry(rollen=tuple(roles.split()), **values))
