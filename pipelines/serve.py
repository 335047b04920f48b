"""Starting the dashboard as a process of its own; on this machine only, unless it is asked otherwise."""

import os
import signal
import subprocess
import sys
import time
import tomllib
import urllib.request
import webbrowser
from pathlib import Path

from warehouse.exposure import is_invented, is_loopback

APP = Path(__file__).resolve().parents[1] / "server.py"
HOST, PORT = "127.0.0.1", 8501
TRIES, PAUSE = 60, 0.5
#: Of the library of the connection: bytes of one header, 8192 where nobody says otherwise. Who is in a hundred groups
#: has longer cookies; the page would then wait for ever. As much as the rest of the server takes.
_LONGEST_LINE = "WEBSOCKETS_MAX_LINE_LENGTH"


def refusal(data_folder: Path, host: str) -> str | None:
    """Return why the dashboard does not start on an address; None where it does.

    Who is not signed in reads invented data only, or sits at this machine.
    """
    if is_loopback(host) or is_invented(data_folder) or people_sign_in():
        return None
    return (
        f"Dit zijn echte gegevens, of nog geen gegevens, en aanmelden is niet ingesteld: op {host} kan iedereen op het "
        "netwerk ze lezen. Stel aanmelden in (docs/runbooks/aanmelden.md), of start zonder --adres."
    )


def people_sign_in() -> bool:
    """Return whether signing in is configured; whether well, the dashboard judges."""
    return any(_configures_sign_in(path) for path in _secrets())


def serve(data_folder: Path, *, open_browser: bool, host: str = HOST, port: int = PORT) -> int:
    """Run the dashboard on the data folder until it is stopped, and return its exit code."""
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.address", host, "--server.port", str(port)]
    server = subprocess.Popen(command, env=environment(data_folder), cwd=APP.parent)
    # Ended from outside, this command takes the dashboard along.
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        if open_browser and _has_desktop() and _answers(server, address_of(host, port)):
            webbrowser.open(address_of(host, port))
        return server.wait()
    except KeyboardInterrupt:
        # Ctrl+C reached the dashboard too.
        server.wait()
        return 0


def environment(data_folder: Path) -> dict[str, str]:
    """Return the environment that the dashboard runs in."""
    return {_LONGEST_LINE: "65536"} | os.environ | {"STERRENWACHT_DATA": str(data_folder.resolve())}


def address_of(host: str, port: int) -> str:
    """Return the address to open in a browser."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _secrets() -> list[Path]:
    """Return where Streamlit looks for secrets when it is started from the program's folder."""
    return [folder / ".streamlit" / "secrets.toml" for folder in (Path.home(), APP.parent)]


def _configures_sign_in(path: Path) -> bool:
    """Return whether a file has the section [auth]."""
    try:
        return "auth" in tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return False


def _has_desktop() -> bool:
    """Whether a browser window can be opened; on a server the address is told instead."""
    displays = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform in ("win32", "darwin") or bool(displays)


def _answers(server: subprocess.Popen[bytes], address: str) -> bool:
    """Wait until the dashboard answers; False when it ended or does not come."""
    for _ in range(TRIES):
        if server.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=1):
                return True
        except OSError:
            time.sleep(PAUSE)
    return False
