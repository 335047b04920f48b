"""Hiding small groups, and enough of their neighbours that no hidden count follows by subtraction."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Suppression:
    """Which cells are hidden (in the order of the counts), and whether their total is hidden too."""

    cells: tuple[bool, ...]
    total: bool


def suppress_counts(counts: Sequence[int], limit: int) -> Suppression:
    """Return what to hide of the groups of one parent whose total is published as well.

    Primary: a group of 1 to limit - 1 persons. An empty group holds nobody and stays visible (it is zero,
    not suppressed). Secondary: while fewer than 2 groups are hidden, or the hidden ones hold fewer than
    `limit` persons together, the smallest visible non-empty group is hidden too (the earliest of equals).
    Where no group is left to hide, or the total itself is under the limit, the total is hidden.

    Raises ValueError for a negative count or a limit under 1.
    Source: Hundepool et al. (2012), Statistical Disclosure Control, ch. 4 (one-level tables).
    """
    if limit < 1 or any(count < 0 for count in counts):
        raise ValueError("counts cannot be negative and the limit must be at least 1")
    hidden = [0 < count < limit for count in counts]
    total = sum(counts)
    if not any(hidden) or total < limit:
        return Suppression(tuple(hidden), total=0 < total < limit)

    def is_safe() -> bool:
        persons = sum(count for count, is_hidden in zip(counts, hidden, strict=True) if is_hidden)
        return sum(hidden) >= 2 and persons >= limit

    visible = [i for i, count in enumerate(counts) if count > 0 and not hidden[i]]
    for position in sorted(visible, key=lambda i: (counts[i], i)):
        if is_safe():
            break
        hidden[position] = True
    return Suppression(tuple(hidden), total=not is_safe())


def suppress_groups(frame: pl.DataFrame, parents: Sequence[str], count: str, limit: int) -> pl.DataFrame:
    """Return the frame with `is_verborgen` and `is_totaal_verborgen` added; rows and their order stay.

    One row is one group, `count` its number of persons, `parents` the columns that name its parent (none:
    all rows share one total). Equal groups are hidden in row order, so a stable outcome needs sorted rows.
    Raises ValueError where a count is null: a caller must say whether that is zero or missing.
    """
    if frame[count].null_count():
        raise ValueError(f"column {count!r} holds nulls: zero and missing are not the same")
    position = "__position"
    marked = frame.with_row_index(position)
    groups = marked.partition_by(parents, maintain_order=True) if parents else [marked]
    parts = []
    for group in groups:
        outcome = suppress_counts(group[count].to_list(), limit)
        parts.append(
            group.with_columns(
                pl.Series("is_verborgen", outcome.cells, dtype=pl.Boolean),
                pl.lit(outcome.total).alias("is_totaal_verborgen"),
            )
        )
    if not parts:
        empty = pl.lit(None, dtype=pl.Boolean)
        return frame.with_columns(empty.alias("is_verborgen"), empty.alias("is_totaal_verborgen"))
    return pl.concat(parts).sort(position).drop(position)
