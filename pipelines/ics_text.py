"""From the bytes of an iCalendar file to its items as lines of text, with the line on which each begins.

Only the properties that say when an item is, how often, and of what kind leave this module: subject, description,
attendees, organiser and location are dropped before anything else reads the file. A line too many or a broken
description can therefore never cost an item.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.csv_text import UTF8_BOM, UTF16_BOMS
from pipelines.faults import LeveringFout

OPENING = b"BEGIN:VCALENDAR"
BEGIN_ITEM = "BEGIN:VEVENT"
#: What is shown again of an item that is wrong. Not the identifier (UID): those of Outlook hold an address.
SHOWN = (
    "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID", "CATEGORIES",
    "X-MICROSOFT-CDO-BUSYSTATUS", "TRANSP", "CLASS", "X-MICROSOFT-CDO-ALLDAYEVENT", "STATUS", "SEQUENCE",
)  # fmt: skip
ITEM = frozenset({"UID", *SHOWN})
#: Moments at which something was written: the newest tells until when the calendar knows the agenda.
STAMPS = frozenset({"DTSTAMP", "LAST-MODIFIED", "CREATED"})
#: The period that Outlook was asked to export.
PERIOD = frozenset({"X-CLIPSTART", "X-CLIPEND"})
NAME = re.compile(r"[A-Za-z0-9-]+")


@dataclass(frozen=True)
class ItemText:
    """One VEVENT: the line of the file on which it begins, and its kept properties in order."""

    line: int
    properties: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The item as iCalendar, with the kept properties only."""
        return "".join(f"{line}\r\n" for line in (BEGIN_ITEM, *(p[1] for p in self.properties), "END:VEVENT"))

    def value(self, name: str) -> str | None:
        """Return the raw value of a property, without its parameters; None when the item has none."""
        line = next((line for known, line in self.properties if known == name), None)
        return None if line is None else line.rpartition(":")[2].strip()

    def as_written(self, name: str) -> str | None:
        """Return a property as the file has it, with its parameters; each on a line of its own where it stands twice.

        None when the item has none.
        """
        lines = [line[len(name) :].lstrip(";:") for known, line in self.properties if known == name]
        return "\n".join(lines) if lines else None


@dataclass(frozen=True)
class CalendarText:
    """A calendar: its items, its own definitions of time zones, its stamps and the period it was asked for."""

    items: list[ItemText] = field(default_factory=list)
    zones: list[str] = field(default_factory=list)
    stamps: list[str] = field(default_factory=list)
    period: dict[str, str] = field(default_factory=dict)


def is_calendar(head: bytes, name: str) -> bool:
    """Whether a file is (meant as) a calendar: by its first bytes, or by the end of its name."""
    if head.startswith(UTF16_BOMS):
        head = head.decode("utf-16", errors="ignore").encode()
    return head.removeprefix(UTF8_BOM).lstrip().upper().startswith(OPENING) or name.lower().endswith(".ics")


def split(data: bytes) -> CalendarText:
    """Return the parts of a calendar that are needed; several calendars in one file count as one.

    Raises LeveringFout when the bytes are no calendar, are broken off, or hold no item.
    """
    data = _utf8(data)
    if b"\x00" in data or not data.lstrip().upper().startswith(OPENING):
        raise LeveringFout(
            "geen_agenda",
            "Het bestand heet .ics maar is geen agenda: het begint niet met BEGIN:VCALENDAR. Exporteer de agenda "
            "opnieuw uit Outlook, als CSV of als iCalendar.",
        )
    calendar, open_parts, last = CalendarText(), [], 0
    for number, line in _unfolded(data):
        last = number
        name, value = _name(line), line.rpartition(":")[2].strip().upper()
        if name == "BEGIN":
            open_parts.append(value)
            _open(calendar, open_parts, number)
        elif name == "END":
            if not open_parts or open_parts[-1] != value:
                raise _broken_off(number)
            _keep(calendar, open_parts, name, line)
            open_parts.pop()
        else:
            _keep(calendar, open_parts, name, line)
    if open_parts:
        raise _broken_off(last)
    if not calendar.items:
        raise LeveringFout("leeg", "De agenda bevat geen enkel item. Exporteer hem opnieuw, met de juiste periode.")
    return calendar


def _utf8(data: bytes) -> bytes:
    """Return the bytes without byte order mark; those of UTF-16 as UTF-8."""
    if data.startswith(UTF16_BOMS):
        data = data.decode("utf-16", errors="replace").encode()
    return data.removeprefix(UTF8_BOM)


def _unix(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _broken_off(line: int) -> LeveringFout:
    return LeveringFout(
        "afgebroken",
        f"De agenda is afgebroken of beschadigd (rond regel {line}): niet alles wat begint, eindigt ook. Exporteer "
        "hem opnieuw.",
    )


def _open(calendar: CalendarText, open_parts: list[str], number: int) -> None:
    if open_parts[-1] == "VEVENT":
        calendar.items.append(ItemText(number))
    elif open_parts[-1] == "VTIMEZONE":
        calendar.zones.append("BEGIN:VTIMEZONE\r\n")
    elif "VTIMEZONE" in open_parts:
        calendar.zones[-1] += f"BEGIN:{open_parts[-1]}\r\n"


def _keep(calendar: CalendarText, open_parts: list[str], name: str, line: str) -> None:
    """Keep one property of the part that is open, where it is needed."""
    part = open_parts[-1] if open_parts else ""
    if "VTIMEZONE" in open_parts:
        # Names of private properties make the reader of time zones stumble, and say nothing about hours.
        if not name.startswith("X-"):
            calendar.zones[-1] += f"{line}\r\n"
    elif part == "VEVENT" and name in ITEM:
        calendar.items[-1].properties.append((name, line))
    elif part == "VEVENT" and name in STAMPS:
        calendar.stamps.append(line.rpartition(":")[2].strip())
    elif part == "VCALENDAR" and name in PERIOD:
        calendar.period[name] = line.rpartition(":")[2].strip()


def _unfolded(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield the lines that are one property, with the number of the first; a long one is folded over several.

    Unfolding comes before decoding: some programs fold in the middle of a letter.
    """
    number, parts = 0, list[bytes]()
    for place, raw in enumerate(_unix(data).split(b"\n"), start=1):
        if raw[:1] in (b" ", b"\t") and parts:
            parts.append(raw[1:])
            continue
        if parts:
            yield number, _decoded(b"".join(parts))
        number, parts = place, [raw] if raw.strip() else []
    if parts:
        yield number, _decoded(b"".join(parts))


def _decoded(line: bytes) -> str:
    try:
        return line.decode("utf-8").strip()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace").strip()


def _name(line: str) -> str:
    match = NAME.match(line)
    return match[0].upper() if match else ""
