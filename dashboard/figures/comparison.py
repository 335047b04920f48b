"""Words for a change since another moment, the same on every page."""

from typing import Any

import polars as pl

from dashboard import format


def now_and_before(rows: pl.DataFrame) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the first row and the second by column name; a row that is not there has only None."""
    empty: dict[str, Any] = dict.fromkeys(rows.columns)
    now = rows.row(0, named=True) if rows.height else empty
    before = rows.row(1, named=True) if rows.height > 1 else empty
    return now, before


def since_year(now: dict[str, Any], before: dict[str, Any]) -> str | None:
    """Return the schooljaar that something counted over a year is compared with: 'heel 2024-2025' while now runs.

    Both rows have `schooljaar`, `now` also `is_lopend`; None where there is no year before.
    """
    if before["schooljaar"] is None:
        return None
    return f"heel {before['schooljaar']}" if now["is_lopend"] else str(before["schooljaar"])


def share(row: dict[str, Any], part: str, whole: str) -> float | None:
    """Return one column of a row divided by another; None where either is missing or the whole is 0."""
    return None if row[part] is None or not row[whole] else float(row[part]) / float(row[whole])


def change_text(now: float | None, before: float | None, since: str | None, decimals: int = 0) -> str | None:
    """Return '+3 t.o.v. 2024-2025'; None where one of both is missing."""
    if now is None or before is None or since is None:
        return None
    return f"{format.signed(now - before, decimals)} t.o.v. {since}"


def points_text(now: float | None, before: float | None, since: str | None) -> str | None:
    """Return the change of a share (0-1) as '+3,2 procentpunt t.o.v. 2024-2025'; None where one is missing."""
    if now is None or before is None or since is None:
        return None
    return f"{format.signed((now - before) * 100, 1, ' procentpunt')} t.o.v. {since}"
