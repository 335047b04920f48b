"""Hiding small groups, and enough of their neighbours that no hidden count follows from what is shown."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

import polars as pl

#: What stands in the column of the groups for all of them together.
TOTAL = "alle"
HIDDEN_SCHEMA = pl.Schema(
    {"maand": pl.Date(), "dienst": pl.String(), "team": pl.String(), "is_weggelaten": pl.Boolean()}
)

#: The persons of every team in every month.
Months: TypeAlias = dict[Any, dict[str, int]]


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


def hide_groups(periods: Sequence[Mapping[str, int]], limit: int, before: Collection[str] = frozenset()) -> Suppression:
    """Return what to hide of the groups of one parent, whose total is published in every period as well.

    A period maps groups to their persons; an empty group holds nobody and is never hidden (zero is not suppressed).
    Primary: a group of 1 to limit - 1 persons in some period. It is hidden in all of them: a group that is shown in
    one month and not in the next follows from the persons who came and went. For the same reason a group that was
    hidden in an earlier version (`before`) stays hidden. Secondary: the next smallest groups, until
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
    everything = frozenset(sizes)
    primary = frozenset(group for group, size in sizes.items() if size < limit or group in before)
    others = sorted(everything - primary, key=lambda group: (sizes[group], group))
    reachable = [period for period in periods if _is_safe(period, everything, limit)]
    hidden = everything if primary else frozenset()
    for count in range(len(others)) if primary else ():
        first = primary.union(others[:count])
        if all(_is_safe(period, first, limit) for period in reachable):
            hidden = first
            break
    return Suppression(hidden, tuple(not _is_safe(period, hidden, limit) for period in periods))


def hide_teams(teams: pl.DataFrame, earlier: pl.DataFrame, settings: Mapping[str, Any]) -> pl.DataFrame:
    """Return the rows of the staff figures that are hidden: maand, dienst, team ('alle' = the whole dienst).

    `teams` holds maand, dienst, team and personen (at least 1). `earlier` holds the same of every list that counted
    before (`moment`), with the day from which versions could show that of a month (`dag`). What was hidden in one of
    those is hidden now: a team in every month, the total of a dienst in the same month. `is_weggelaten`: the row is
    not published at all. Those are the teams of a dienst whose total is hidden, where there are several: that there
    are three of them in a dienst of less than five says of each that it holds one or two persons.
    """
    limit = settings["bescherming"]["minimum_personen"]
    history = earlier.partition_by("dienst", as_dict=True)
    rows: list[tuple[Any, str, str, bool]] = []
    for (dienst,), of_dienst in teams.sort("dienst", "maand", "team").group_by("dienst", maintain_order=True):
        months = _by_month(of_dienst)
        states = _states(history[dienst,]) if (dienst,) in history else iter(())
        hidden, hidden_totals = _remembered(chain(states, [months]), limit)
        for month, sizes in months.items():
            is_total_hidden = month in hidden_totals
            is_left_out = is_total_hidden and len(sizes) > 1
            concerned = sizes if is_total_hidden else hidden & sizes.keys()
            rows += [(month, str(dienst), team, is_left_out) for team in sorted(concerned)]
            if is_total_hidden:
                rows.append((month, str(dienst), TOTAL, False))
    return pl.DataFrame(rows, schema=HIDDEN_SCHEMA, orient="row")


def _remembered(states: Iterable[Months], limit: int) -> tuple[frozenset[str], set[Any]]:
    """Return the teams, and the months of the total, that are hidden in the last of the states, in order of time."""
    teams: frozenset[str] = frozenset()
    totals: set[Any] = set()
    for months in states:
        outcome = hide_groups(list(months.values()), limit, teams)
        teams |= outcome.groups
        totals |= {month for month, is_hidden in zip(months, outcome.totals, strict=True) if is_hidden}
    return teams, totals


def _states(earlier: pl.DataFrame) -> Iterator[Months]:
    """Yield what versions could show of one dienst, in order of time: each list, and each day that changes it."""
    for (_,), of_list in earlier.sort("moment", "dag").group_by("moment", maintain_order=True):
        months: Months = {}
        for (_,), of_day in of_list.group_by("dag", maintain_order=True):
            months = {**months, **_by_month(of_day)}
            yield months


def _by_month(teams: pl.DataFrame) -> Months:
    found: Months = {}
    for month, team, persons in teams.sort("maand", "team").select("maand", "team", "personen").iter_rows():
        found.setdefault(month, {})[team] = persons
    return found


def _is_safe(period: Mapping[str, int], hidden: frozenset[str], limit: int) -> bool:
    inside = [persons for group, persons in period.items() if persons and group in hidden]
    shown = [persons for group, persons in period.items() if persons and group not in hidden]
    if not inside:
        return True
    return len(inside) >= 2 and interval_width(sum(inside), len(inside), min(shown, default=None)) >= limit - 2
