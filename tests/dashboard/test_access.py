import time

import pytest

from dashboard import access, data, ended_sessions, sign_in
from tests.readers import EVERYTHING


def _account(**claims: object) -> sign_in.Account:
    now = time.time()
    return sign_in.Account("s-1", {"sub": "s-1", "iat": now, "exp": now + 3600, "nonce": "bestand", **claims}, None)


def _button(account: sign_in.Account):
    """Draw a button for a file as somebody, and return what a click on it makes."""
    reader = access.Identity("s-1", "an@voorbeeld.be", ("hr",), EVERYTHING, holds=account.holds)
    with access.acting(reader):
        assert access.current() == reader
        assert data.scope() == EVERYTHING
        return access.while_signed_in(lambda: b"cijfers")


def test_a_file_is_made_for_who_is_still_signed_in():
    assert _button(_account())() == b"cijfers"


def test_a_button_that_stayed_on_screen_makes_no_file_once_the_session_is_over():
    make = _button(_account(exp=time.time() + 0.2))
    time.sleep(0.3)
    with pytest.raises(access.NotSignedInError):
        make()


def test_nor_after_signing_out_in_another_tab(data_dir):
    account = _account(nonce="ander tabblad")
    make = _button(account)
    assert make() == b"cijfers"
    ended_sessions.end(sign_in._key(account.claims))
    with pytest.raises(access.NotSignedInError):
        make()


def test_nor_once_the_role_was_taken_away(tmp_path, monkeypatch):
    monkeypatch.setenv("STERRENWACHT_TOEGANG", str(tmp_path / "toegang.toml"))
    entry = '[[persoon]]\ne_mail = "an@voorbeeld.be"\nrollen = ["hr"]\n'
    (tmp_path / "toegang.toml").write_text(entry, encoding="utf-8")
    account = _account(email="an@voorbeeld.be")
    reader = access._identity(account, access._access_file())
    with access.acting(reader):
        make = access.while_signed_in(lambda: b"cijfers")
    assert make() == b"cijfers"
    for changed in (entry.replace('"hr"', '"databeheerder"'), "een fout", ""):
        (tmp_path / "toegang.toml").write_text(changed, encoding="utf-8")
        with pytest.raises(access.NotSignedInError):
            make()


def test_nobody_makes_a_file():
    with pytest.raises(access.NotSignedInError):
        access.while_signed_in(lambda: b"cijfers")()


def test_outside_a_rerun_nobody_looks():
    with pytest.raises(data.NoScopeError):
        access.current()
