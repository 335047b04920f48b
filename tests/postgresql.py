"""A PostgreSQL of the tests' own: the machine's binaries on a temporary folder, no system service."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg

MISSING = "Geen PostgreSQL gevonden. Installeer het met: sudo apt-get install postgresql"
PASSWORD = "geheim-van-de-tests"
LONGEST_START = 60.0
_FOLDERS = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Fedora, RHEL
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)


def server_folder() -> Path | None:
    """Return the folder with `postgres` and `initdb`, the newest version where there are more; None without one."""
    on_path = shutil.which("postgres")
    found = [Path(on_path).resolve().parent] if on_path else []
    for pattern in _FOLDERS:
        found += sorted(Path("/").glob(pattern.lstrip("/")), key=_version, reverse=True)
    return next((path for path in found if (path / "postgres").exists() and (path / "initdb").exists()), None)


def _version(folder: Path) -> float:
    digits = "".join(char for char in folder.parent.name if char.isdigit() or char == ".")
    return float(digits) if digits.replace(".", "", 1).isdecimal() else 0.0


@contextlib.contextmanager
def running_postgresql() -> Iterator[str]:
    """Run a server on a temporary folder; give the URL of its database `postgres`.

    Ends the server it started, by its id. Raises RuntimeError without PostgreSQL or when it does not start.
    """
    binaries = server_folder()
    if binaries is None:
        raise RuntimeError(MISSING)
    account = _account()
    # Not pytest's folder: that is closed to other accounts, and too long a path for a socket.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        (folder / "wachtwoord").write_text(PASSWORD, encoding="utf-8")
        for path in (folder, folder / "wachtwoord"):
            if account:
                shutil.chown(path, account)
        _initialise(binaries, folder, account)
        with _served(binaries, folder, account) as url:
            yield url
    finally:
        shutil.rmtree(folder)


def _account() -> str | None:
    """Return the account to run as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _initialise(binaries: Path, folder: Path, account: str | None) -> None:
    command = [binaries / "initdb", "-D", folder / "data", "-U", "postgres", "--pwfile", folder / "wachtwoord"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
    made = subprocess.run(command, cwd=folder, user=account, capture_output=True, text=True, check=False)
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stdout}{made.stderr}")


@contextlib.contextmanager
def _served(binaries: Path, folder: Path, account: str | None) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "off"}
    command = [str(binaries / "postgres"), "-D", str(folder / "data")]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    url = f"postgresql://postgres:{PASSWORD}@127.0.0.1:{port}/postgres"
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=folder, user=account, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait_until_it_answers(process, url, log)
        yield url
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            # Asked politely it waits for open connections; a test that failed may have left one.
            process.wait(2)
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _wait_until_it_answers(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(url, connect_timeout=3).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start: {log.read_text(errors='replace')[-2000:]}")


if __name__ == "__main__":
    place = server_folder()
    print(place or MISSING)
    sys.exit(0 if place else 1)
