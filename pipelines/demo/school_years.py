"""The schooljaren of the demo and the ways in which suppliers write a day or a schooljaar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

PEILDATUM = date(2026, 11, 15)
"""The day on which the demo stands still: nothing in the files is known after it."""

RUNNING_YEAR = 2026
DateStyle = Literal["slash", "dash", "iso", "serial"]
_EXCEL_DAY_ZERO = date(1899, 12, 30).toordinal()


@dataclass(frozen=True)
class Schooljaar:
    """A schooljaar by the calendar year in which it starts; days are ordinals, as of `date.toordinal`."""

    start: int

    @property
    def label(self) -> str:
        """The canonical form, such as 2025-2026."""
        return f"{self.start}-{self.start + 1}"

    @property
    def code(self) -> str:
        """Four digits, such as 2526."""
        return f"{self.start % 100:02d}{(self.start + 1) % 100:02d}"

    @property
    def short(self) -> str:
        """The half-written form, such as 2025-26."""
        return f"{self.start}-{(self.start + 1) % 100:02d}"

    @property
    def is_running(self) -> bool:
        """Whether the peildatum falls in this schooljaar."""
        return self.start == RUNNING_YEAR

    def day(self, month: int, day: int) -> int:
        """Return the ordinal of a day of this schooljaar, which begins in September."""
        return date(self.start if month >= 9 else self.start + 1, month, day).toordinal()

    @property
    def first_day(self) -> int:
        """1 September."""
        return self.day(9, 1)

    @property
    def last_day(self) -> int:
        """31 August."""
        return self.day(8, 31)

    @property
    def known_until(self) -> int:
        """The last day about which the demo knows something."""
        return min(self.last_day, PEILDATUM.toordinal())


def last_schooljaren(jaren: int) -> tuple[Schooljaar, ...]:
    """Return the `jaren` schooljaren that end with the running one, oldest first."""
    return tuple(Schooljaar(RUNNING_YEAR - back) for back in reversed(range(jaren)))


def start_year(day: int) -> int:
    """Return the calendar year in which the schooljaar of an ordinal day starts."""
    value = date.fromordinal(day)
    return value.year if value.month >= 9 else value.year - 1


@lru_cache(maxsize=50_000)
def date_text(day: int, style: DateStyle = "slash") -> str:
    """Write an ordinal day as dd/mm/jjjj, d-m-jjjj, ISO or as the serial number that Excel keeps."""
    value = date.fromordinal(day)
    if style == "slash":
        return f"{value:%d/%m/%Y}"
    if style == "dash":
        return f"{value.day}-{value.month}-{value.year}"
    if style == "iso":
        return value.isoformat()
    return str(excel_serial(day))


def excel_serial(day: int) -> int:
    """Return the serial number under which Excel keeps an ordinal day."""
    return day - _EXCEL_DAY_ZERO
