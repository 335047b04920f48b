"""The moments at which the archive changed, and which deliveries held then: what every version could be made of.

A load takes in all its files at one moment; a withdrawal and its undoing are moments too. Between two moments only the
day goes on. What is hidden, or waits, once is remembered so (decision 0157): by replaying this, not by asking an
earlier version, so that the same archive gives the same figures.
"""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path

from pipelines.archive import RESTORED, WITHDRAWN, Receipt
from pipelines.intake import IntakeReport
from warehouse.landing_history import HeldFile

#: Tables of which it matters what was delivered before.
REMEMBERED = ("personeel", "edbi_antwoorden", "edbi_uitnodigingen")


@dataclass(frozen=True)
class Moment:
    """A day on which the archive changed, and the deliveries (their names, in order) that counted from then on."""

    day: dt.date
    counting: tuple[str, ...]


def moments(receipts: Sequence[Receipt], peildatum: dt.date) -> list[Moment]:
    """Return every moment up to the peildatum, in order; `receipts` are those that count now and the withdrawn ones.

    Deliveries with the same time of receipt came in one load. Their numbers order them: an archive of before, brought
    in with its own dates, was still delivered after what was there already.
    """
    ordered = sorted(receipts, key=lambda receipt: receipt.volgorde)
    changes: list[tuple[dt.datetime, dict[str, bool]]] = []
    for _, load in groupby(ordered, key=lambda receipt: receipt.ontvangen_op):
        arrived = list(load)
        time = _time(arrived[0].ontvangen_op)
        latest = max([time, *(earlier for earlier, _ in changes)])
        changes.append((latest, {receipt.levering: True for receipt in arrived}))
    changes += [
        (_time(event.op), {receipt.levering: event.soort == RESTORED})
        for receipt in ordered
        for event in receipt.gebeurtenissen
        if event.soort in (WITHDRAWN, RESTORED) and event.day <= peildatum
    ]
    counts: dict[str, bool] = {}
    found = []
    # stable: at the same time arrivals come before what happened to them
    for time, change in sorted(changes, key=lambda item: item[0]):
        counts |= change
        counting = tuple(receipt.levering for receipt in ordered if counts.get(receipt.levering))
        found.append(Moment(time.date(), counting))
    return found


def held_files(
    receipts: Sequence[Receipt],
    reports: Mapping[str, IntakeReport],
    table_path: Callable[[str, str], Path],
    refused: Collection[str],
    peildatum: dt.date,
) -> list[HeldFile]:
    """Return from when until when each delivery held a vak of the tables in `REMEMBERED`.

    Deliveries in `refused` (by what they refer to) never counted.
    """
    counted = [receipt for receipt in receipts if receipt.levering not in refused]
    by_name = {receipt.levering: receipt for receipt in counted}
    tables = {
        (name, table.tabel): table.vakken
        for name in by_name
        for table in reports[name].tabellen
        if table.tabel in REMEMBERED
    }
    found = moments(counted, peildatum)
    spans: dict[tuple[str, str, str], list[int]] = {}
    for number, moment in enumerate(found):
        holders: dict[tuple[str, str], str] = {}
        for name in moment.counting:
            for table in REMEMBERED:
                holders |= {(table, vak): name for vak in tables.get((name, table), ())}
        for (table, vak), name in holders.items():
            spans.setdefault((table, vak, name), []).append(number)
    return [
        HeldFile(
            table=table,
            vak=vak,
            path=table_path(by_name[name].sha256, table),
            moment=first,
            day=found[first].day,
            until=last + 1 if last + 1 < len(found) else None,
            last_day=found[last + 1].day if last + 1 < len(found) else peildatum,
        )
        for (table, vak, name), numbers in spans.items()
        for first, last in _runs(numbers)
    ]


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the first and last of every run of numbers without a gap."""
    breaks = [place for place, (one, other) in enumerate(pairwise(numbers), start=1) if other != one + 1]
    edges = [0, *breaks, len(numbers)]
    return [(numbers[start], numbers[end - 1]) for start, end in pairwise(edges)]


def _time(text: str) -> dt.datetime:
    """Return a time of receipt as the clock on the wall; a day alone is its midnight."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=None)
