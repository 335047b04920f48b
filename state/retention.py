"""Remove lines of the access log whose time is over: `python -m state.retention data 2`.

The store is that of the data folder, or of `STERRENWACHT_STATE_URL`. Prints how many lines went.
"""

import argparse
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from state.access_log import remove_before
from state.store import StoreUnreachableError, open_store, store_url

DAYS_IN_A_YEAR = 365.25


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code: 0 when what was too old is gone, 1 when nothing was done."""
    parser = argparse.ArgumentParser(prog="python -m state.retention", description="Ruim het toegangslog op.")
    parser.add_argument("map", type=Path, help="de gegevensmap")
    parser.add_argument("jaren", type=float, help="hoeveel jaar een regel blijft")
    options = parser.parse_args(arguments)
    if not options.jaren > 0:
        sys.stderr.write("Het aantal jaren is groter dan 0. Er is niets verwijderd.\n")
        return 1
    oldest = datetime.now(UTC) - timedelta(days=options.jaren * DAYS_IN_A_YEAR)
    try:
        with closing(open_store(store_url(options.map))) as store:
            removed = remove_before(store, oldest)
    except StoreUnreachableError as error:
        sys.stderr.write(f"Het toegangslog is niet bereikbaar. Er is niets verwijderd. {error}\n")
        return 1
    sys.stdout.write(f"{removed}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
