"""An OpenID provider on this machine, for the tests: discovery, signing in, tokens, keys and signing out.

It speaks the protocol as a real one does (authorisation code with PKCE, RS256, nonce), and an account can be given
`mischief`: what its token says that it should not.
"""

import base64
import contextlib
import hashlib
import html
import json
import secrets
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT_ID = "sterrenwacht-test"
CLIENT_SECRET = "geheim-van-de-test"
LASTS = 3600  # seconds


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in: the claims of their token, and what is wrong with it."""

    name: str
    claims: dict[str, Any]
    #: Claims that replace those the token should have; 'alg' and 'key' spoil the signature.
    mischief: dict[str, Any] = field(default_factory=dict)
    lasts: int = LASTS


@dataclass
class Provider:
    """A running provider: its address, its accounts by name, and whom it signed out."""

    accounts: dict[str, Account] = field(default_factory=dict)
    signed_out: list[str] = field(default_factory=list)
    address: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "een"}))
    #: A key with the same name that is not published: what it signs, anybody could have signed.
    foreign_key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "een"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, account: Account) -> Account:
        """Let somebody sign in from now on."""
        self.accounts[account.name] = account
        return account

    def metadata(self) -> dict[str, Any]:
        """Return what /.well-known/openid-configuration answers."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "end_session_endpoint": f"{self.address}/end_session",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
        }

    def sign_in_page(self, query: dict[str, str]) -> str:
        """Return the page where somebody chooses who they are."""
        assert query["client_id"] == CLIENT_ID
        assert query["response_type"] == "code"
        assert "openid" in query["scope"].split()
        links = []
        for name in self.accounts:
            code = secrets.token_urlsafe(16)
            self.codes[code] = {**query, "account": name}
            back = urlencode({"code": code, "state": query["state"]})
            links.append(f'<p><a href="{html.escape(query["redirect_uri"])}?{html.escape(back)}">{name}</a></p>')
        return f'<!doctype html><html lang="nl"><title>Aanmelden</title><h1>Wie is dit?</h1>{"".join(links)}</html>'

    def tokens(self, form: dict[str, str], authorisation: str) -> dict[str, Any] | None:
        """Return the tokens for a code, which works once; None where the client or the code is not the right one."""
        expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        asked = self.codes.pop(form.get("code", ""), None)
        if authorisation != f"Basic {expected}" or asked is None or form["redirect_uri"] != asked["redirect_uri"]:
            return None
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(digest).decode().rstrip("=") != asked["code_challenge"]:
            return None
        account = self.accounts[asked["account"]]
        return {
            "access_token": secrets.token_urlsafe(16),
            "token_type": "Bearer",
            "expires_in": account.lasts,
            "id_token": self._id_token(account, asked["nonce"]),
        }

    def _id_token(self, account: Account, nonce: str) -> str:
        now = int(time.time())
        mischief = dict(account.mischief)
        header = {"alg": mischief.pop("alg", "RS256"), "kid": "een"}
        key = self.foreign_key if mischief.pop("key", None) == "foreign" else self.key
        claims = {
            "iss": self.address,
            "aud": CLIENT_ID,
            "sub": f"sub-{account.name}",
            "iat": now,
            "exp": now + account.lasts,
            "nonce": nonce,
            **account.claims,
            **mischief,
        }
        if header["alg"] == "none":
            parts = (json.dumps({"alg": "none"}), json.dumps(claims), "")
            return ".".join(base64.urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts)
        return jwt.encode(header, claims, key)


@contextlib.contextmanager
def running_provider() -> Iterator[Provider]:
    """Serve a provider on a free port of this machine."""
    provider = Provider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if parts.path == "/.well-known/openid-configuration":
                self._json(provider.metadata())
            elif parts.path == "/jwks":
                self._json({"keys": [provider.key.as_dict(private=False)]})
            elif parts.path == "/authorize":
                self._answer(200, provider.sign_in_page(query).encode(), "text/html; charset=utf-8")
            elif parts.path == "/end_session":
                provider.signed_out.append(query.get("id_token_hint", ""))
                self.send_response(302)
                self.send_header("Location", query["post_logout_redirect_uri"])
                self.end_headers()
            else:
                self._answer(404, b"", "text/plain")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            tokens = provider.tokens(form, self.headers.get("Authorization", ""))
            self._json(tokens or {"error": "invalid_grant"}, 200 if tokens else 400)

        def _json(self, answer: dict[str, Any], status: int = 200) -> None:
            self._answer(status, json.dumps(answer).encode(), "application/json")

        def _answer(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output to the test."""

    return Handler
