"""Whether data may be shown without signing in: when all of them are invented, or to nobody but this machine."""

from functools import lru_cache
from ipaddress import ip_address
from pathlib import Path

import duckdb

from warehouse.connection import open_read_only
from warehouse.versions import published, version_files


def is_loopback(host: str | None) -> bool:
    """Return whether a host name or address is this machine itself, and no other can reach it there."""
    if not host:
        return False
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower().rstrip(".") == "localhost"


def is_invented(data_dir: Path) -> bool:
    """Return whether something is published and every version in the data folder is invented.

    One real delivery among invented ones makes a version real here, whatever its banner says. A folder without a
    version may hold real deliveries that were not built yet: that is not invented.
    """
    current = published(data_dir)
    if current is None:
        return False
    return all(_is_demo(str(path.resolve())) for path in {current, *version_files(data_dir).values()})


# A version never changes, so one look is enough; each rerun of every session asks.
@lru_cache(maxsize=64)
def _is_demo(path: str) -> bool:
    with open_read_only(Path(path)) as opened:
        try:
            return opened.execute("select is_demo and is_enkel_demo from meta.versie").fetchall() == [(True,)]
        except duckdb.BinderException:
            return False  # from before it was written down whether a real delivery is among them
