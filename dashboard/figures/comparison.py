"""Words for a change since another moment, the same on every page."""

from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard import format


def now_and_before(rows: pl.DataFrame) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the first row and the second by column name; a row that is not there has only None."""
    empty: dict[str, Any] = dict.fromkeys(rows.columns)
    now = rows.row(0, named=True) if rows.height else empty
    before = rows.row(1, named=True) if rows.height > 1 else empty
    return now, before


@dataclass(frozen=True)
class Since:
    """With which moment a figure is compared; part of a schooljaar `is_comparable` with no whole one."""

    name: str
    is_comparable: bool = True


def since_year(now: dict[str, Any], before: dict[str, Any]) -> Since | None:
    """Return the schooljaar before, for something counted over a year: not comparable while `now` runs.

    A count up to the peildatum beside one over a whole schooljaar would read as a fall. Both rows have `schooljaar`,
    `now` also `is_lopend`; None where there is no year before.
    """
    if before["schooljaar"] is None:
        return None
    return Since(str(before["schooljaar"]), is_comparable=not now["is_lopend"])


def share(row: dict[str, Any], part: str, whole: str) -> float | None:
    """Return one column of a row divided by another; None where either is missing or the whole is 0."""
    return None if row[part] is None or not row[whole] else float(row[part]) / float(row[whole])


def change_text(now: float | None, before: float | None, since: Since | None, decimals: int = 0) -> str | None:
    """Return '+3 t.o.v. 2024-2025', or why there is no such change; None where one of both is missing."""
    if now is None or before is None or since is None:
        return None
    return _since(format.signed(now - before, decimals), since)


def points_text(now: float | None, before: float | None, since: Since | None) -> str | None:
    """Return the change of a share (0-1) as '+3,2 procentpunt t.o.v. 2024-2025', or why there is none.

    None where one of both is missing.
    """
    if now is None or before is None or since is None:
        return None
    return _since(format.signed((now - before) * 100, 1, " procentpunt"), since)


def _since(change: str, since: Since) -> str:
    if since.is_comparable:
        return f"{change} t.o.v. {since.name}"
    return f"tot nu toe; pas na het schooljaar te vergelijken met {since.name}"
