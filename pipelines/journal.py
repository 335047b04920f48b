"""Who did what to the published version and to the corrections, and when: what no receipt of a delivery holds.

One line of JSON per event in `historie/gebeurtenissen.jsonl` of the data folder, only ever added to. Names stay there:
they are not in the warehouse. A line that a kill cut short is left out, and the next event begins a line of its own.

An event is written before what it tells is published, so that nothing is published unseen. A kill between the two
leaves an event whose version never was: the pointer does not stand at it, and before the pointer moves on, the next
event adds a line that says so.
"""

import datetime as dt
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipelines.identity import Identity, cut_all
from warehouse import versions

LOADED, BUILT, WENT_BACK = "laden", "bouwen", "terugkeren"
WITHDREW, RESTORED, REMOVED_PERSON = "intrekken", "herstellen", "persoon verwijderen"
REPLACED_KEY = "sleutel vervangen"
#: A line about the event before it that has a version, and no event itself.
NOT_PUBLISHED = "niet gepubliceerd"
CORRECTED, ENDED_CORRECTION = "correctie toevoegen", "correctie beëindigen"


@dataclass(frozen=True)
class Deed:
    """What somebody does: its kind, who (may be empty) and what it is about, without personal data."""

    soort: str
    door: str = ""
    wat: str = ""


@dataclass(frozen=True)
class Event:
    """A deed with its moment and, where it changed what is published, the version and its peildatum.

    `is_gepubliceerd` is False where that version was not published (yet): a kill came before, or it is being done.
    """

    soort: str
    op: str
    door: str = ""
    wat: str = ""
    versie: int | None = None
    peildatum: str | None = None
    is_gepubliceerd: bool = True


def journal_path(data_folder: Path) -> Path:
    """Return where the events of a data folder are kept."""
    return data_folder / "historie" / "gebeurtenissen.jsonl"


def record(data_folder: Path, deed: Deed, version: int | None = None, peildatum: dt.date | None = None) -> None:
    """Add an event that happens now. Call it under the lock of the data folder, before what it tells is published."""
    moment = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    unpublished = _unpublished(data_folder, _stored(data_folder))
    if unpublished is not None:
        _add(data_folder, Event(NOT_PUBLISHED, moment, versie=unpublished.versie))
    day = peildatum.isoformat() if peildatum else None
    _add(data_folder, Event(deed.soort, moment, deed.door, deed.wat, version, day))


def events(data_folder: Path) -> list[Event]:
    """Return every event, the last first."""
    stored = _stored(data_folder)
    last = _unpublished(data_folder, stored)
    found: list[Event] = []
    is_published = True
    for event in reversed(stored):
        if event.soort == NOT_PUBLISHED:
            is_published = False
        elif event.versie is None:
            found.append(event)
        else:
            found.append(replace(event, is_gepubliceerd=is_published and event is not last))
            is_published = True
    return found


def without_person(data_folder: Path, identities: Sequence[Identity]) -> None:
    """Write the events anew without a person in who did it and in the words."""
    path = journal_path(data_folder)
    if not path.exists():
        return
    kept = [
        replace(event, door=cut_all(event.door, identities), wat=cut_all(event.wat, identities))
        for event in _stored(data_folder)
    ]
    fresh = path.with_suffix(".nieuw")
    fresh.write_text("".join(map(_line, kept)), encoding="utf-8")
    with fresh.open("rb+") as handle:
        os.fsync(handle.fileno())
    fresh.replace(path)


def _unpublished(data_folder: Path, stored: Sequence[Event]) -> Event | None:
    """Return the last event with a version where that is not the published one, and no line says so yet."""
    last = next((event for event in reversed(stored) if event.versie is not None), None)
    current = versions.published(data_folder)
    if last is None or last.soort == NOT_PUBLISHED or (current and versions.number_of(current) == last.versie):
        return None
    return last


def _add(data_folder: Path, event: Event) -> None:
    """Write a line at the end, whole on disk; after a line that was cut short it begins one of its own."""
    path = journal_path(data_folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = _line(event)
    with path.open("ab+") as handle:
        if handle.tell():
            handle.seek(-1, os.SEEK_END)
            text = text if handle.read() == b"\n" else f"\n{text}"
        handle.write(text.encode("utf-8"))
        handle.flush()
        os.fsync(handle.fileno())


def _stored(data_folder: Path) -> list[Event]:
    """Return every line that is whole, the first first."""
    path = journal_path(data_folder)
    if not path.exists():
        return []
    found = [_event(line) for line in path.read_text(encoding="utf-8", errors="replace").splitlines()]
    return [event for event in found if event is not None]


def _line(event: Event) -> str:
    """Return the line of an event; whether it was published is not in it, as that is not known yet."""
    stored = {name: value for name, value in asdict(event).items() if name != "is_gepubliceerd"}
    return json.dumps(stored, ensure_ascii=False) + "\n"


def _event(line: str) -> Event | None:
    """Return the event of a line; None for a line that a kill cut short."""
    try:
        return Event(**json.loads(line))
    except (ValueError, TypeError):
        return None
