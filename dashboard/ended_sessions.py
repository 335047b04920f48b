"""Sign-ins that somebody ended before their cookie did: known at once here, and kept for the next start."""

import hashlib
import logging
import math
import time
from datetime import UTC, datetime, timedelta
from threading import Lock

from dashboard import data
from state.ended_sessions import add_ended, ended
from state.store import StoreUnreachableError, store_url
from warehouse import versions
from warehouse.access_file import LONGEST_SESSION

log = logging.getLogger(__name__)

#: Longer than any session lasts: after it the end of the session speaks for itself.
_REMEMBERED = timedelta(hours=LONGEST_SESSION, minutes=1)
#: Seconds before a store that was out of reach is asked again: a page must not wait for it at every click.
_RETRY = 60.0

_known: dict[str, datetime] = {}
#: Per store, when to read it: it is read once, unless it was out of reach.
_read_at: dict[str, float] = {}
_lock = Lock()


def end(sign_in: tuple[str, ...]) -> None:
    """Remember that a sign-in ended. Out of reach of the store it is known until the dashboard stops."""
    now = datetime.now(UTC)
    until = now + _REMEMBERED
    with _lock:
        for mark in [mark for mark, over in _known.items() if over <= now]:
            del _known[mark]
        _known[_mark(sign_in)] = until
    try:
        add_ended(data.user_store(), _mark(sign_in), until)
    except StoreUnreachableError as error:
        log.error("That somebody signed out is not kept for the next start. %s", error)


def has_ended(sign_in: tuple[str, ...]) -> bool:
    """Return whether somebody signed out of this sign-in, also before the dashboard started."""
    _read_once()
    return _mark(sign_in) in _known


def _read_once() -> None:
    url = store_url(versions.data_folder())
    with _lock:
        if time.monotonic() < _read_at.get(url, 0.0):
            return
        _read_at[url] = time.monotonic() + _RETRY
    try:
        kept = ended(data.user_store())
    except StoreUnreachableError as error:
        log.error("Who signed out before the dashboard started is not known. %s", error)
        return
    with _lock:
        _known.update(kept)
        _read_at[url] = math.inf


def _mark(sign_in: tuple[str, ...]) -> str:
    """Return what stands for a sign-in in the store: nobody can tell from it who it was."""
    return hashlib.sha256("\n".join(sign_in).encode()).hexdigest()
