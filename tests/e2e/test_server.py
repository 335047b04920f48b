"""What the server itself says and refuses: the health route, headers, hosts, uploads, paths and odd questions."""

import http.client
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from urllib.parse import quote, urlsplit

import pytest

from tests.e2e.command_line import status
from tests.e2e.dashboard_server import running_dashboard

Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server") / "log.txt"


@pytest.fixture(scope="module")
def outside() -> Iterator[list[str]]:
    """What the server asks of the world: it is told that the way there leads through this proxy, which only listens."""
    asked: list[str] = []

    class Listener(StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline().decode(errors="replace"))

    with ThreadingTCPServer(("127.0.0.1", 0), Listener) as listener:
        thread = threading.Thread(target=listener.serve_forever, daemon=True)
        thread.start()
        with pytest.MonkeyPatch.context() as patch:
            for name in ("http_proxy", "https_proxy", "all_proxy"):
                patch.setenv(name, f"http://127.0.0.1:{listener.server_address[1]}")
                patch.setenv(name.upper(), f"http://127.0.0.1:{listener.server_address[1]}")
            patch.setenv("NO_PROXY", "127.0.0.1")
            patch.setenv("no_proxy", "127.0.0.1")
            yield asked
        listener.shutdown()


@pytest.fixture(scope="module")
def server(demo_data: Path, log: Path, outside: list[str]) -> Iterator[str]:
    with running_dashboard(demo_data, log) as address:
        yield address


def ask(address: str, path: str, *, method: str = "GET", body: bytes | None = None, **headers: str) -> Answer:
    """Ask exactly this path, as no browser would tidy it; headers with '_' for '-'."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body=body, headers=named)
    answer = connection.getresponse()
    found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    connection.close()
    return found


def test_gezond_tells_the_version_of_the_data_and_nothing_else(server: str, demo_data: Path) -> None:
    code, headers, body = ask(server, "/gezond")
    told = json.loads(body)
    published = status(demo_data)
    assert code == 200
    assert headers["content-type"] == "application/json"
    assert sorted(told) == ["gebouwd_op", "peildatum", "status", "versie"]
    assert (told["status"], told["versie"], told["peildatum"]) == (
        "gezond",
        published["versie"],
        published["peildatum"],
    )


def test_gezond_says_so_when_nothing_is_published(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with running_dashboard(tmp_path / "data", tmp_path / "log.txt") as address:
        code, _, body = ask(address, "/gezond")
    assert (code, json.loads(body)) == (503, {"status": "geen gegevens"})


@pytest.mark.parametrize(
    "path", ["/", "/noden", "/gezond", "/_stcore/health", "/media/bestaat-niet.xlsx", "/niets/hier"]
)
def test_every_answer_carries_the_headers_and_is_kept_nowhere(server: str, path: str) -> None:
    _, headers, _ = ask(server, path)
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "'unsafe-eval'" not in policy["script-src"]
    assert not [part for part in policy.values() if "http" in part or "*" in part]
    assert policy["frame-ancestors"] == "'none'"
    assert headers["x-frame-options"] == "DENY"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize("host", ["kwaad.example", "kwaad.example:80", "127.0.0.1.kwaad.example", "", "@@", "x" * 5000])
def test_another_host_gets_no_page_and_no_connection(server: str, host: str) -> None:
    for path in ("/", "/noden", "/gezond", "/_stcore/host-config"):
        code, _, body = ask(server, path, Host=host)
        assert code in (400, 421)
        assert b"streamlit" not in body.lower()
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    code, _, _ = ask(server, "/_stcore/stream", Host=host, Sec_WebSocket_Key="x3JJHMbDL1EzLkh9GBhXDw==", **upgrade)
    assert code in (400, 403)


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost", "LOCALHOST", "[::1]:8501"])
def test_this_machine_is_a_known_host(server: str, host: str) -> None:
    assert ask(server, "/gezond", Host=host)[0] == 200


def test_a_page_of_another_site_opens_no_connection(server: str) -> None:
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    code, _, _ = ask(
        server,
        "/_stcore/stream",
        Sec_WebSocket_Key="x3JJHMbDL1EzLkh9GBhXDw==",
        Origin="https://kwaad.example",
        **upgrade,
    )
    assert code == 403


def test_the_server_itself_asks_nothing_of_anybody(server: str, outside: list[str]) -> None:
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13"}
    key = {"Sec_WebSocket_Key": "x3JJHMbDL1EzLkh9GBhXDw=="}
    for origin in ("https://kwaad.example", "null", "https://[", f"{server}0"):
        assert ask(server, "/_stcore/stream", Origin=origin, **key, **upgrade)[0] == 403
        for path in ("/", "/_stcore/health", "/_stcore/host-config"):
            assert ask(server, path, Origin=origin)[0] == 403
    assert ask(server, "/_stcore/host-config", Origin=server)[0] == 200
    assert outside == []


def test_who_is_in_two_hundred_groups_gets_a_connection(server: str) -> None:
    """Their cookies are longer than the line of 8 kB that is usual: the page would wait for ever."""
    upgrade = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec_WebSocket_Version": "13", "Origin": server}
    cookies = "; ".join(f"_streamlit_user_{number}={'x' * 4_000}" for number in range(7))
    code, _, _ = ask(server, "/_stcore/stream", Sec_WebSocket_Key="x3JJHMbDL1EzLkh9GBhXDw==", Cookie=cookies, **upgrade)
    assert code == 101


def test_a_file_is_not_taken_in_without_the_token_of_the_page(server: str) -> None:
    code, _, _ = ask(server, "/_stcore/upload_file/sessie/bestand", method="PUT", body=b"x")
    assert code in (400, 403)


@pytest.mark.parametrize("path", ["/_stcore/agent/sessions", "/_stcore/metrics", "/_stcore/script-health-check"])
def test_what_is_not_used_answers_with_nothing_of_the_data(server: str, path: str) -> None:
    _, _, body = ask(server, path)
    assert b"Acacia" not in body


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/static/../../../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/media/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/app/static/..%2f..%2fapp.py",
        "/component/..%2f..%2f..%2fetc%2fpasswd/x",
        "//etc/passwd",
        "/.streamlit/secrets.toml",
        "/.streamlit/config.toml",
        "/app.py",
        "/\\..\\..\\etc\\passwd",
    ],
)
def test_no_file_of_the_machine_is_served(server: str, path: str) -> None:
    _, _, body = ask(server, path)
    assert b"root:" not in body
    assert b"[server]" not in body
    assert b"import streamlit" not in body


@pytest.mark.parametrize(
    "question",
    [
        "versie=../../etc/passwd",
        "versie=1%00",
        "instelling=" + quote("' or 1=1 --"),
        "instelling=" + "9" * 30_000,
        "&".join(f"a{number}=1" for number in range(3_000)),
        "%ff%fe=%c0%af",
    ],
)
def test_an_odd_or_huge_question_leaves_the_server_well(server: str, question: str) -> None:
    code, _, _ = ask(server, f"/instelling?{question}")
    assert code in (200, 400, 414, 431)
    assert ask(server, "/gezond")[0] == 200


def test_the_log_holds_no_question_and_no_fault(server: str, log: Path) -> None:
    ask(server, "/instelling?instelling=geheime-vraag")
    text = log.read_text(encoding="utf-8")
    assert "geheime-vraag" not in text
    assert "Traceback" not in text


def test_a_password_in_the_address_of_the_store_reaches_no_log(demo_data: Path, tmp_path: Path, monkeypatch) -> None:
    shutil.copytree(demo_data, tmp_path / "data")
    monkeypatch.setenv("STERRENWACHT_STATE_URL", "postgresql://jan:zeer-geheim@127.0.0.1:1/niets")
    with running_dashboard(tmp_path / "data", tmp_path / "log.txt") as address:
        assert ask(address, "/gezond")[0] == 200
    assert "zeer-geheim" not in (tmp_path / "log.txt").read_text(encoding="utf-8")
