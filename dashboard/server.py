"""What the server adds around the pages: security headers, hosts that it answers for, and `/gezond`."""

import base64
import hashlib
import re
from html import escape
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import access, data, sign_in, texts
from dashboard.scripts import INLINE
from warehouse.exposure import is_loopback

#: Where Streamlit sends the browser to the provider; it asks the provider first how.
_LOGIN = "/auth/login"
#: Of the one page that Streamlit does not draw.
_PLAIN = "body{font:1rem/1.5 system-ui,sans-serif;margin:3rem 1.25rem;max-width:40rem;color-scheme:light dark}"
#: Streamlit's own files, named by their contents: they may be kept, and hold no data.
_STATIC = "/static/"


def content_security_policy() -> str:
    """Return the policy: everything from this server, no frame around it, only the scripts that are known.

    Streamlit and Plotly write styles inline and draw with `data:` and `blob:` images; Streamlit's uploads and Plotly's
    images use `blob:` workers. Scripts may be inline only where their hash is known: Streamlit's own page and ours.
    """
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    inline = [*re.findall(r"<script>(.*?)</script>", page, re.DOTALL), *INLINE]
    hashes = " ".join(sorted({f"'sha256-{_hash(script)}'" for script in inline}))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'wasm-unsafe-eval' {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "media-src 'self'",
            "worker-src 'self' blob:",
            "manifest-src 'self'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


HEADERS = {
    "Content-Security-Policy": content_security_policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Adds the headers to every answer; what is not Streamlit's own file is kept by no browser and no proxy."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, with the headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if _STATIC not in scope["path"]:
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class SignInOutOfReach:
    """Says in Dutch that the provider cannot be reached, where Streamlit answers with an English line."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; 503 with a page of our own where signing in could not even begin."""
        is_faulty = False

        async def unless_faulty(message: Message) -> None:
            nonlocal is_faulty
            if message["type"] == "http.response.start" and message["status"] >= 400:
                is_faulty = True
            if not is_faulty:
                await send(message)

        if scope["type"] != "http" or scope["path"] != _LOGIN:
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, unless_faulty)
        if is_faulty:
            page = HTMLResponse(sign_in_out_of_reach(), status_code=503, headers={"Retry-After": "60"})
            await page(scope, receive, send)


def sign_in_out_of_reach() -> str:
    """Return the page for who cannot sign in because the provider does not answer: what to do, and no detail."""
    sentences = "".join(f"<p>{escape(text)}</p>" for text in texts.provider_out_of_reach(access.contact()))
    return (
        '<!doctype html><html lang="nl-BE"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{texts.PRODUCT}</title><style>{_PLAIN}</style></head>"
        f'<body><main><h1>{texts.PRODUCT}</h1>{sentences}<p><a href="/">Opnieuw proberen</a></p></main></body></html>'
    )


class KnownHosts:
    """Refuses a request for another host than this server's, and one that a page of another site makes.

    A page elsewhere may have had its name point here. Streamlit refuses the connections of such a page too, but first
    asks an address on the internet who this machine is, at every one of them.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; 421 for another host, 403 for a page of another site, and no connection for either."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not is_known_host(headers.get("host", "")):
            refusal = PlainTextResponse("Dit adres is niet bekend.\n", status_code=421)
        elif is_from_elsewhere(headers):
            refusal = PlainTextResponse("Dit verzoek komt van een andere site.\n", status_code=403)
        else:
            await self.app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await refusal(scope, receive, send)


def is_from_elsewhere(headers: Headers) -> bool:
    """Return whether a page of another site asks: the browser then names it, and it is not the host that is asked."""
    origin = headers.get("origin")
    if origin is None:
        return False
    try:
        return urlsplit(origin).netloc.lower() != headers.get("host", "").lower()
    except ValueError:
        return True


def is_known_host(header: str) -> bool:
    """Return whether the server answers for a Host header: an IP address, this machine, or a name that it was given.

    Names are those of `server.allowedHosts`, `server.address` and of the address to sign in at. Without signing in on
    another address than this machine's, any name: only invented data are shown there.
    """
    host = sign_in.host_of(header)
    if host is None:
        return False
    if is_loopback(host) or _is_ip_address(host):
        return True
    try:
        auth = sign_in.settings()
    except sign_in.SignInFaultError:
        auth = {}
    address = st.config.get_option("server.address")
    if auth is None and not is_loopback(address):
        return True
    named = {name.lower() for name in (*st.config.get_option("server.allowedHosts"), address or "")}
    named.add(sign_in.host_of(str((auth or {}).get("redirect_uri", ""))) or "")
    return host.lower() in named


def _is_ip_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def healthy(request: Request) -> JSONResponse:
    """Answer with the published version; 503 where nothing is published."""
    try:
        version = data.published_version()
    except data.NoWarehouseError:
        return JSONResponse({"status": "geen gegevens"}, status_code=503)
    return JSONResponse(
        {
            "status": "gezond",
            "versie": version.versie,
            "peildatum": version.peildatum.isoformat(),
            "gebouwd_op": version.gebouwd_op.isoformat(),
        }
    )


ROUTES = [Route("/gezond", healthy, methods=["GET"])]
MIDDLEWARE = [Middleware(SecurityHeaders), Middleware(KnownHosts), Middleware(SignInOutOfReach)]
