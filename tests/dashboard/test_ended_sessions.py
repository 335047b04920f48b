import pytest

from dashboard import data, ended_sessions
from state.ended_sessions import ended

AN = ("https://aanmelden.voorbeeld.be", "sub-An", "1795000000", "een-nonce")
BO = ("https://aanmelden.voorbeeld.be", "sub-Bo", "1795000000", "een-andere")
UNREACHABLE = "postgresql://jan:geheim@127.0.0.1:1/niets"


@pytest.fixture(autouse=True)
def started(data_dir, monkeypatch):
    """A dashboard that has just started."""
    return _start(monkeypatch)


def _start(monkeypatch):
    monkeypatch.setattr(ended_sessions, "_known", {})
    monkeypatch.setattr(ended_sessions, "_read_at", {})


def test_who_signed_out_stays_out_after_a_restart(monkeypatch):
    assert not ended_sessions.has_ended(AN)
    ended_sessions.end(AN)
    assert ended_sessions.has_ended(AN)
    _start(monkeypatch)
    assert ended_sessions.has_ended(AN)
    assert not ended_sessions.has_ended(BO)


def test_the_store_holds_nothing_that_tells_who_it_was():
    ended_sessions.end(AN)
    (mark,) = ended(data.user_store())
    assert len(mark) == 64
    assert not [part for part in AN if part in mark]


def test_the_store_is_read_once_and_no_click_waits_for_it(monkeypatch):
    asked = []
    monkeypatch.setattr(ended_sessions, "ended", lambda store: asked.append(store) or {})
    for _ in range(3):
        ended_sessions.has_ended(AN)
    assert len(asked) == 1


def test_out_of_reach_it_is_said_in_the_log_asked_again_later_and_known_here_meanwhile(monkeypatch, caplog):
    ended_sessions.end(BO)
    _start(monkeypatch)
    with monkeypatch.context() as away:
        away.setenv("STERRENWACHT_STATE_URL", UNREACHABLE)
        assert not ended_sessions.has_ended(BO)
        ended_sessions.end(AN)
        assert ended_sessions.has_ended(AN)
        assert caplog.text.count("is not known") == 1, "not at every click"
        assert "is not kept for the next start" in caplog.text
        assert "geheim" not in caplog.text
    assert ended_sessions.has_ended(BO), "the store is there again"
