"""Who did what to the published version and to the corrections, and when: what no receipt of a delivery holds.

One line of JSON per event in `historie/gebeurtenissen.jsonl` of the data folder, only ever added to. Names stay there:
they are not in the warehouse. A line that a kill cut short is left out, and the next event begins a line of its own.
"""

import datetime as dt
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipelines.identity import Identity, cut_all

LOADED, BUILT, WENT_BACK = "laden", "bouwen", "terugkeren"
WITHDREW, RESTORED, REMOVED_PERSON = "intrekken", "herstellen", "persoon verwijderen"
REPLACED_KEY = "sleutel vervangen"
CORRECTED, ENDED_CORRECTION = "correctie toevoegen", "correctie beëindigen"


@dataclass(frozen=True)
class Deed:
    """What somebody does: its kind, who (may be empty) and what it is about, without personal data."""

    soort: str
    door: str = ""
    wat: str = ""


@dataclass(frozen=True)
class Event:
    """A deed with its moment and, where it changed what is published, the version and its peildatum."""

    soort: str
    op: str
    door: str = ""
    wat: str = ""
    versie: int | None = None
    peildatum: str | None = None


def journal_path(data_folder: Path) -> Path:
    """Return where the events of a data folder are kept."""
    return data_folder / "historie" / "gebeurtenissen.jsonl"


def record(data_folder: Path, deed: Deed, version: int | None = None, peildatum: dt.date | None = None) -> None:
    """Add an event that happens now. Call it under the lock of the data folder, before what it tells is published."""
    moment = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    day = peildatum.isoformat() if peildatum else None
    event = Event(deed.soort, moment, deed.door, deed.wat, version, day)
    path = journal_path(data_folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(asdict(event), ensure_ascii=False) + "\n"
    with path.open("ab+") as handle:
        if handle.tell():
            handle.seek(-1, os.SEEK_END)
            text = text if handle.read() == b"\n" else f"\n{text}"
        handle.write(text.encode("utf-8"))
        handle.flush()
        os.fsync(handle.fileno())


def events(data_folder: Path) -> list[Event]:
    """Return every event, the last first."""
    path = journal_path(data_folder)
    if not path.exists():
        return []
    found = [_event(line) for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    return [event for event in reversed(found) if event is not None]


def without_person(data_folder: Path, identities: Sequence[Identity]) -> None:
    """Write the events anew without a person in who did it and in the words."""
    path = journal_path(data_folder)
    if not path.exists():
        return
    kept = [
        replace(event, door=cut_all(event.door, identities), wat=cut_all(event.wat, identities))
        for event in reversed(events(data_folder))
    ]
    fresh = path.with_suffix(".nieuw")
    lines = [json.dumps(asdict(event), ensure_ascii=False) + "\n" for event in kept]
    fresh.write_text("".join(lines), encoding="utf-8")
    with fresh.open("rb+") as handle:
        os.fsync(handle.fileno())
    fresh.replace(path)


def _event(line: str) -> Event | None:
    """Return the event of a line; None for a line that a kill cut short."""
    try:
        return Event(**json.loads(line))
    except (ValueError, TypeError):
        return None
