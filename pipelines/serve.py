"""Starting the dashboard as a process of its own, on this machine only."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
import webbrowser
from pathlib import Path

APP = Path(__file__).resolve().parents[1] / "app.py"
HOST, PORT = "127.0.0.1", "8501"
ADDRESS = f"http://{HOST}:{PORT}"
TRIES, PAUSE = 60, 0.5


def serve(data_folder: Path, *, open_browser: bool) -> int:
    """Run the dashboard on the data folder until it is stopped, and return its exit code."""
    command = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.address", HOST, "--server.port", PORT]
    environment = os.environ | {"STERRENWACHT_DATA": str(data_folder.resolve())}
    server = subprocess.Popen(command, env=environment, cwd=APP.parent)
    # Ended from outside, this command takes the dashboard along.
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        if open_browser and _has_desktop() and _answers(server):
            webbrowser.open(ADDRESS)
        return server.wait()
    except KeyboardInterrupt:
        # Ctrl+C reached the dashboard too.
        server.wait()
        return 0


def _has_desktop() -> bool:
    """Whether a browser window can be opened; on a server the address is told instead."""
    displays = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return sys.platform in ("win32", "darwin") or bool(displays)


def _answers(server: subprocess.Popen[bytes]) -> bool:
    """Wait until the dashboard answers; False when it ended or does not come."""
    for _ in range(TRIES):
        if server.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(f"{ADDRESS}/_stcore/health", timeout=1):
                return True
        except OSError:
            time.sleep(PAUSE)
    return False
