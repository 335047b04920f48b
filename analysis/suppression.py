"""Hiding small groups, and enough of their neighbours that no hidden count follows from what is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

#: What stands in the column of the groups for all of them together.
TOTAL = "alle"
HIDDEN_SCHEMA = pl.Schema(
    {"maand": pl.Date(), "dienst": pl.String(), "team": pl.String(), "is_weggelaten": pl.Boolean()}
)


@dataclass(frozen=True)
class Suppression:
    """Which groups are hidden in every period, and in which periods (in their order) the total is hidden too."""

    groups: frozenset[str]
    totals: tuple[bool, ...]


def interval_width(persons: int, groups: int, smallest_shown: int | None) -> int:
    """Return how far apart the bounds of one hidden group lie, of `groups` (at least 1) that hold `persons` together.

    Whoever reads the table knows that nobody is hidden in an empty group, and that the smallest groups are hidden
    first: none is larger than the smallest that is shown. Where that last cannot be true (sizes change over the
    periods, and groups are hidden for all of them at once), it is no knowledge.
    Source: the optimum of the linear programme of a one-level table; Hundepool et al. (2012), ch. 4.
    """
    low, high = 1, persons - groups + 1
    if smallest_shown is not None:
        ordered_low = max(low, persons - (groups - 1) * smallest_shown)
        ordered_high = min(high, smallest_shown)
        if ordered_low <= ordered_high:
            low, high = ordered_low, ordered_high
    return high - low


def hide_groups(periods: Sequence[Mapping[str, int]], limit: int) -> Suppression:
    """Return what to hide of the groups of one parent, whose total is published in every period as well.

    A period maps groups to their persons; an empty group holds nobody and is never hidden (zero is not suppressed).
    Primary: a group of 1 to limit - 1 persons in some period. It is hidden in all of them: a group that is shown in
    one month and not in the next follows from the persons who came and went. Secondary: the next smallest groups, until
    in every period at least two are hidden and none of them is bounded closer than `< limit` says by itself
    (`limit - 2` apart). Where no group is left to hide, the total of that period is hidden.

    Smallest means: by the fewest persons in any period, then by name. Raises ValueError for a negative count or a
    limit under 1.
    """
    if limit < 1 or any(persons < 0 for period in periods for persons in period.values()):
        raise ValueError("counts cannot be negative and the limit must be at least 1")
    sizes: dict[str, int] = {}
    for period in periods:
        for group, persons in period.items():
            if persons:
                sizes[group] = min(persons, sizes.get(group, persons))
    order = sorted(sizes, key=lambda group: (sizes[group], group))
    primary = sum(size < limit for size in sizes.values())
    everything = frozenset(order)
    reachable = [period for period in periods if _is_safe(period, everything, limit)]
    hidden = everything if primary else frozenset()
    for count in range(primary, len(order)) if primary else ():
        first = frozenset(order[:count])
        if all(_is_safe(period, first, limit) for period in reachable):
            hidden = first
            break
    return Suppression(hidden, tuple(not _is_safe(period, hidden, limit) for period in periods))


def hide_teams(teams: pl.DataFrame, settings: Mapping[str, Any]) -> pl.DataFrame:
    """Return the rows of the staff figures that are hidden: maand, dienst, team ('alle' = the whole dienst).

    `teams` holds maand, dienst, team and personen (at least 1). `is_weggelaten`: the row is not published at all.
    Those are the teams of a dienst whose total is hidden, where there are several: that there are three of them in a
    dienst of less than five says of each that it holds one or two persons.
    """
    limit = settings["bescherming"]["minimum_personen"]
    rows: list[tuple[Any, str, str, bool]] = []
    for (dienst,), of_dienst in teams.sort("dienst", "maand", "team").group_by("dienst", maintain_order=True):
        months: dict[Any, dict[str, int]] = {}
        for month, team, persons in of_dienst.select("maand", "team", "personen").iter_rows():
            months.setdefault(month, {})[team] = persons
        outcome = hide_groups(list(months.values()), limit)
        for (month, sizes), is_total_hidden in zip(months.items(), outcome.totals, strict=True):
            is_left_out = is_total_hidden and len(sizes) > 1
            concerned = sizes if is_total_hidden else outcome.groups & sizes.keys()
            rows += [(month, str(dienst), team, is_left_out) for team in sorted(concerned)]
            if is_total_hidden:
                rows.append((month, str(dienst), TOTAL, False))
    return pl.DataFrame(rows, schema=HIDDEN_SCHEMA, orient="row")


def _is_safe(period: Mapping[str, int], hidden: frozenset[str], limit: int) -> bool:
    inside = [persons for group, persons in period.items() if persons and group in hidden]
    shown = [persons for group, persons in period.items() if persons and group not in hidden]
    if not inside:
        return True
    return len(inside) >= 2 and interval_width(sum(inside), len(inside), min(shown, default=None)) >= limit - 2
