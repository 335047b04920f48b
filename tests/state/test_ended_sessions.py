from datetime import UTC, datetime, timedelta

from state.ended_sessions import add_ended, ended
from state.store import open_store

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_sign_in_that_ended_is_known_until_its_time_is_over_and_then_gone(store):
    add_ended(store, "a" * 64, NOON + HOUR, now=NOON)
    add_ended(store, "b" * 64, NOON + 3 * HOUR, now=NOON)
    assert ended(store, now=NOON) == {"a" * 64: NOON + HOUR, "b" * 64: NOON + 3 * HOUR}
    assert ended(store, now=NOON + HOUR) == {"b" * 64: NOON + 3 * HOUR}
    add_ended(store, "c" * 64, NOON + 5 * HOUR, now=NOON + 4 * HOUR)
    assert list(ended(store, now=NOON)) == ["c" * 64], "what is over is not kept"


def test_it_is_still_known_to_whoever_opens_the_store_anew(url):
    first = open_store(url)
    add_ended(first, "a" * 64, NOON + HOUR, now=NOON)
    add_ended(first, "a" * 64, NOON + HOUR, now=NOON)
    first.close()
    again = open_store(url)
    assert list(ended(again, now=NOON)) == ["a" * 64]
    again.close()
