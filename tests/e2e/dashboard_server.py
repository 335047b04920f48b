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
LONGEST_START = 60.0
#: What was seen of dashboards that did not answer and were started a second time; told at the end of the tests.
STARTED_AGAIN: list[str] = []


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
    or the one of a server that was stopped. A server that runs and does not answer is started once more, and what was
    seen of it is told at the end of the tests: it happens once in some full runs, and is not explained. Raises
    RuntimeError with the end of the log when the server does not start.
    """
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script]
    command += ["--server.address", listen, "--server.port", str(port), "--server.headless", "true"]
    if secrets:
        command += ["--secrets.files", str(secrets)]
    process = _start(command, data, log)
    try:
        if not _answers(process, port):
            if process.poll() is not None:
                raise RuntimeError(f"the dashboard did not start: {_end_of(log)}")
            STARTED_AGAIN.append(_seen(process, port, log))
            process = _start(command, data, log)
            if not _answers(process, port):
                raise RuntimeError(f"the dashboard did not start: {STARTED_AGAIN[-1]}\n{_seen(process, port, log)}")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def _start(command: list[str], data: Path, log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(data) | {"PYTHONFAULTHANDLER": "1", "PYTHONPATH": str(ROOT / "tests/e2e/at_start")},
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the dashboard says that it is healthy; False when it ended or let us wait too long."""
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return True
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    return False


def _seen(process: subprocess.Popen[bytes], port: int, log: Path) -> str:
    """Have a dashboard that does not answer tell what it waits for, end it, and return that with its sockets."""
    sockets, files = Path("/proc/net/tcp"), Path(f"/proc/{process.pid}/fd")
    seen = [f"port {port}"]
    if sockets.exists():
        seen += [line for line in sockets.read_text().splitlines() if f":{port:04X}" in line]
        for path in files.iterdir():
            with contextlib.suppress(FileNotFoundError):
                seen.append(f"{path.name} {path.readlink()}")
    process.send_signal(signal.SIGUSR1)
    time.sleep(2)
    process.send_signal(signal.SIGABRT)
    process.wait(30)
    return "\n".join([*seen, _end_of(log)])


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-8000:]
