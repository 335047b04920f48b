"""Signing in with OpenID Connect: how it is configured, and what must hold before an account counts.

Streamlit and Authlib do the protocol (state, nonce, signature, issuer) and keep the claims in a signed cookie of thirty
days. What they leave to an application is done here, at every rerun: the audience, the end of the session, and that a
session stays ended once somebody signed out.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from dashboard import ended_sessions
from warehouse.exposure import is_loopback

CALLBACK = "/oauth2callback"
SHORTEST_SECRET = 32
#: No session lasts longer after signing in, unless `toegang.toml` says so.
LONGEST_HOURS = 8
_PROVIDER_KEYS = ("client_id", "client_secret", "server_metadata_url")
#: Entra ID's addresses for accounts of any organisation: their issuer tells nothing about whose account it is.
_ANY_TENANT = ("/common/", "/organizations/", "/consumers/")


class SignInFaultError(Exception):
    """Signing in is configured, but not well; the Dutch sentence says what to mend and quotes no secret."""


@dataclass(frozen=True)
class Account:
    """Who the provider says this is: `subject` is the provider's own and lasting key, `claims` all that it told.

    `hours` as `account` takes them.
    """

    subject: str
    claims: Mapping[str, Any]
    hours: int | None

    def holds(self) -> bool:
        """Return whether this sign-in still counts: its time is not over and nobody signed out of it."""
        return time.time() < _end(self.claims, self.hours) and not ended_sessions.has_ended(_key(self.claims))

    def e_mail(self, claim: str) -> str | None:
        """Return the address in this claim; None when there is none, or the provider did not verify it."""
        value = self.claims.get(claim)
        if self.claims.get("email_verified") in (False, "false") or not isinstance(value, str) or "@" not in value:
            return None
        return value

    def groups(self, claim: str) -> list[str]:
        """Return the groups in this claim; a provider gives a list, or one text."""
        value = self.claims.get(claim)
        if isinstance(value, str):
            return [value]
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def settings() -> dict[str, Any] | None:
    """Return the section [auth] of secrets.toml, None when there is none. Raises SignInFaultError.

    A secrets file that cannot be read is a fault: it may well be the one that holds [auth].
    """
    if not st.secrets.load_if_toml_exists():
        if any(Path(path).exists() for path in st.config.get_option("secrets.files")):
            raise SignInFaultError("Het bestand secrets.toml is niet leesbaar of geen geldige TOML.")
        return None
    if "auth" not in st.secrets:
        return None
    auth = _plain(st.secrets["auth"])
    if not isinstance(auth, dict):
        raise SignInFaultError("Schrijf auth in secrets.toml als een onderdeel: [auth].")
    fault = _fault(auth)
    if fault:
        raise SignInFaultError(fault)
    return auth


def providers(auth: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return the providers by name; one that stands in [auth] itself is called 'default', as Streamlit does."""
    named: dict[str, Mapping[str, Any]] = {
        name: table for name, table in auth.items() if isinstance(table, dict) and name != "client_kwargs"
    }
    return named or {"default": auth}


def account(auth: Mapping[str, Any], hours: int | None) -> Account | None:
    """Return who is signed in, None for nobody; also for a session that ended, or a token that is not for us.

    `hours`: how long a session lasts after signing in; None for as long as the provider's token, and 8 hours at most.
    """
    claims = dict(st.user.to_dict())
    if claims.get("is_logged_in") is not True:
        return None
    known = providers(auth).get(str(claims.get("provider")))
    if known is None or not _is_for_us(claims, str(known["client_id"])):
        return None
    found = Account(str(claims["sub"]), claims, hours)
    return found if found.holds() else None


def is_expired(hours: int | None) -> bool:
    """Return whether somebody was signed in here whose time is over: they are told so."""
    claims = dict(st.user.to_dict())
    return claims.get("is_logged_in") is True and time.time() >= _end(claims, hours)


def sign_out() -> None:
    """End the session here and at the provider; its cookie, and other tabs that hold it, count no more."""
    ended_sessions.end(_key(dict(st.user.to_dict())))
    st.logout()


def host_of(text: str) -> str | None:
    """Return the host name in a Host or Origin header; None when there is none to read."""
    try:
        return urlsplit(text if "//" in text else f"//{text}").hostname
    except ValueError:
        return None


def _is_for_us(claims: Mapping[str, Any], client_id: str) -> bool:
    """Return whether the token was meant for this application: Authlib accepts another audience with our `azp`."""
    audience = claims.get("aud")
    meant = audience if isinstance(audience, list) else [audience]
    return client_id in meant and claims.get("azp", client_id) == client_id and bool(claims.get("sub"))


def _end(claims: Mapping[str, Any], hours: int | None) -> float:
    """Return the moment a session ends, in seconds since 1970; a token without its times has ended."""
    issued, expires = claims.get("iat"), claims.get("exp")
    if not isinstance(issued, int | float) or not isinstance(expires, int | float):
        return 0.0
    if hours is not None:
        return issued + hours * 3600
    return min(expires, issued + LONGEST_HOURS * 3600)


def _key(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what tells one sign-in from the next one of the same person."""
    return tuple(str(claims.get(name)) for name in ("iss", "sub", "iat", "nonce"))


def _plain(value: Any) -> Any:
    """Return settings as plain dictionaries and lists."""
    if isinstance(value, Mapping):
        return {str(name): _plain(item) for name, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _fault(auth: Mapping[str, Any]) -> str | None:
    """Return what is wrong with the section [auth]; None when nothing is."""
    callback = auth.get("redirect_uri")
    if not isinstance(callback, str) or not callback.endswith(CALLBACK) or not _is_safe(callback):
        return f"auth: redirect_uri is het adres van dit dashboard, met https, gevolgd door {CALLBACK}."
    secret = auth.get("cookie_secret")
    if not isinstance(secret, str) or len(secret) < SHORTEST_SECRET:
        return f"auth: cookie_secret is een willekeurige tekst van minstens {SHORTEST_SECRET} tekens."
    for name, provider in providers(auth).items():
        where = "auth" if name == "default" else f"auth.{name}"
        for key in _PROVIDER_KEYS:
            if not isinstance(provider.get(key), str) or not provider[key]:
                return f"{where}: {key} ontbreekt."
        address = provider["server_metadata_url"]
        if not _is_safe(address):
            return f"{where}: server_metadata_url begint met https."
        if any(part in address for part in _ANY_TENANT):
            return f"{where}: noem in server_metadata_url de eigen tenant; nu kan elke organisatie aanmelden."
        if "_" in name:
            return f"{where}: een naam zonder liggend streepje, zoals [auth.microsoft]."
    return None


def _is_safe(address: str) -> bool:
    """Return whether an address is read over https, or on this machine."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme == "http":
        return is_loopback(parts.hostname)
    return parts.scheme == "https" and bool(parts.hostname)
