"""Calendars as text, as Outlook and other programs write them: what the tests of agendas start from."""

from collections.abc import Sequence

ZONE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
END:DAYLIGHT
END:VTIMEZONE"""
#: The period of an export by Outlook: the schooljaar 2025-2026.
CLIPPED = ("X-CLIPSTART:20250831T220000Z", "X-CLIPEND:20260831T220000Z")


def event(*properties: str, uid: str = "1") -> str:
    """Return one VEVENT with these lines."""
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", *properties, "END:VEVENT"])


def calendar(*parts: str, about: Sequence[str] = CLIPPED) -> str:
    """Return a calendar with these components, with the line ends that iCalendar asks for."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", *about, *parts, "END:VCALENDAR", ""]
    return "\n".join(lines).replace("\n", "\r\n")


def meeting(
    *more: str, at: str = "DTSTART:20251006T070000Z", until: str = "DTEND:20251006T090000Z", uid: str = "1"
) -> str:
    """Return an item on Monday 6 October 2025 from 9 to 11 in Brussels, unless told otherwise."""
    return event(at, until, *more, uid=uid)
