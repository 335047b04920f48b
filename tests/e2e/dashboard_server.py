"""A really started dashboard, as `sterrenwacht start` starts it, on a free port of this machine."""

import contextlib
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from pipelines.serve import environment

ROOT = Path(__file__).resolve().parents[2]
LONGEST_START = 120.0


@contextlib.contextmanager
def running_dashboard(
    data: Path,
    log: Path,
    secrets: Path | None = None,
    *,
    listen: str = "127.0.0.1",
    script: str = "server.py",
    port: int | None = None,
) -> Iterator[str]:
    """Serve the published version of a data folder; give the address. Ends the server it started, by its id.

    `secrets` is the file that configures signing in; without it everybody has a role of the demo. `port`: any free one,
    or the one of a server that was stopped. Raises RuntimeError with the end of the log when the server does not start.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += ["--server.address", listen, "--server.port", str(port), "--server.headless", "true"]
    if secrets:
        command += ["--secrets.files", str(secrets)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(data) | {"PYTHONFAULTHANDLER": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_until_healthy(process, f"http://127.0.0.1:{port}/_stcore/health", log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait_until_healthy(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    deadline, last = time.monotonic() + LONGEST_START, ""
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError) as fault:
            last = repr(fault)
            time.sleep(0.1)
    if process.poll() is None:
        # It hangs: have it write in the log where each of its threads is.
        process.send_signal(signal.SIGABRT)
        process.wait(30)
    raise RuntimeError(f"the dashboard did not start ({last}): {log.read_text(errors='replace')[-5000:]}")
