"""Who saw or exported detail of HR, surveys or the ranking: kept when it happens, read for one role.

A page is kept once per session and day, an export each time. A line never holds what was shown. Every button that
saves a file gets its contents from `exported` or `supplied`.
"""

import logging
from collections.abc import Callable
from datetime import datetime

import streamlit as st

from dashboard import access, data
from dashboard.exports.context import ExportContext
from state.access_log import EXPORTED, SEEN, Entry, Line, add_entry, lines
from state.dialogue import today
from state.store import StoreUnreachableError

log = logging.getLogger(__name__)

#: Pages with detail of persons: without a line they show nothing.
STRICT = frozenset({"medewerkers"})
#: Pages with detail; any other page's internal lists count as soon as somebody takes them along.
DETAILED = STRICT | {"noden", "instelling", "edbi"}
#: Pages on which nothing is seen until something is chosen: they say so themselves.
_CHOOSES_FIRST = frozenset({"instelling"})
_SEEN = "toegangslog.bekeken"
NOT_LOGGED = (
    "Gegevens over personen worden enkel getoond als het toegangslog bijhoudt wie ze bekijkt. Dat is nu niet "
    "bereikbaar. Probeer straks opnieuw; blijft dit zo, meld het dan aan de databeheerder."
)


class NotLoggedError(Exception):
    """Detail of persons cannot be shown or saved: that it was could not be written down."""

    def __init__(self) -> None:
        """Keep the sentence for the screen, and for the server's log where a file is not made."""
        super().__init__(NOT_LOGGED)


def opened(page: str) -> None:
    """Write down that the reader opens a page with detail; nothing for other pages. Raises NotLoggedError."""
    if page in DETAILED - _CHOOSES_FIRST:
        seen(page)


def seen(what: str, detail: str = "", *, instellingsnummer: str | None = None) -> None:
    """Write down, once per session and day, that the reader sees `detail` of page `what`.

    Raises NotLoggedError for a page with detail of persons; elsewhere a log that cannot be reached is an error in the
    server's own log, and the page goes on.
    """
    entry = _entry(SEEN, what, detail, instellingsnummer, data.version().versie)
    kept: set[tuple[object, ...]] = st.session_state.setdefault(_SEEN, set())
    key = (today(), entry)
    if key not in kept:
        _write(entry)
        kept.add(key)


def exported(context: ExportContext, detail: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return `make` so that a file is written down each time it is made, before it is; other files as they are.

    It is made when somebody clicks, after the run and in another thread: who that is, is settled here. Raises, when
    made, as `seen` does, and `access.NotSignedInError` for who is no longer signed in.
    """
    make = access.while_signed_in(make)
    if context.page_key not in DETAILED and not context.is_internal:
        return make
    entry = _entry(EXPORTED, context.page_key, detail, context.instellingsnummer, context.versie)

    def written_down() -> bytes:
        _write(entry)
        return make()

    return written_down


def supplied(detail: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return `make` for a supplier's own file, persons and all: never made without a line that says so.

    `detail` names the file without what is in it. Raises, when made, NotLoggedError, and `access.NotSignedInError`.
    """
    make = access.while_signed_in(make)
    entry = _entry(EXPORTED, "leveringen", detail, None, data.version().versie if data.is_published() else None)

    def written_down() -> bytes:
        _write(entry, is_strict=True)
        return make()

    return written_down


def read_lines(since: datetime | None) -> list[Line]:
    """Return the lines from a moment on, newest first, for who may read them.

    Raises `data.NoScopeError` for anybody else, and StoreUnreachableError.
    """
    if not data.scope().toegangslog:
        raise data.NoScopeError
    return lines(data.user_store(), since)


def _entry(action: str, page: str, detail: str, number: str | None, version: int | None) -> Entry:
    who = access.current()
    return Entry(who.subject, who.who, who.roles, action, page, detail, number, version)


def _write(entry: Entry, *, is_strict: bool = False) -> None:
    try:
        add_entry(data.user_store(), entry)
    except StoreUnreachableError as error:
        log.error("Not in the access log: %s of %s. %s", entry.actie, entry.pagina, error)
        if is_strict or entry.pagina in STRICT:
            raise NotLoggedError from error
