"""The browser that draws pictures on the server asks nothing of anybody."""

import re
import socket
import threading
from collections.abc import Iterator
from socketserver import StreamRequestHandler, ThreadingTCPServer
from urllib.parse import urlsplit

import kaleido
import pytest

from dashboard.exports import images
from dashboard.exports.images import image_file
from tests.dashboard.test_exports import CONTEXT, charts


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """What the browser looks for outside: it goes to the proxy that it is told of, here one that only listens."""
    asked: list[str] = []

    class Listener(StreamRequestHandler):
        def handle(self) -> None:
            asked.append(self.rfile.readline().decode(errors="replace"))

    with ThreadingTCPServer(("127.0.0.1", 0), Listener) as listener:
        threading.Thread(target=listener.serve_forever, daemon=True).start()
        monkeypatch.setattr(images, "_NOWHERE", f"http://127.0.0.1:{listener.server_address[1]}")
        _stop_renderer()
        yield asked
        _stop_renderer()
        listener.shutdown()


def _stop_renderer() -> None:
    kaleido.stop_sync_server(silence_warnings=True)
    images._start_renderer.cache_clear()


@pytest.mark.browser
def test_drawing_asks_for_no_library_of_others(outside: list[str]) -> None:
    assert b"<svg" in image_file(charts()[0], CONTEXT, 2, "svg")
    assert [line for line in outside if re.search("mathjax|cdnjs|plot", line)] == []


def test_the_browser_that_draws_has_no_way_out() -> None:
    way_out = urlsplit(images._NOWHERE)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((way_out.hostname, way_out.port), timeout=5)
