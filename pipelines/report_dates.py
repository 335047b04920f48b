"""Dates in running Dutch text: '12 en 14 november 2024', 'van 3 tot 5 maart 2025', '12-11-2024'."""

import datetime as dt
import re

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
    "december",
)  # fmt: skip
_JOIN = r"(?:\s*(?:,|en|tot en met|tot|t\.?e\.?m\.?|-|–)\s*)"
_IN_WORDS = rf"(?P<days>\d{{1,2}}(?:{_JOIN}\d{{1,2}})*)\s+(?P<month>{'|'.join(MONTHS)})\s+(?P<year>\d{{4}})"
_IN_NUMBERS = r"(?P<day>\d{1,2})[-/.](?P<number>\d{1,2})[-/.](?P<full>\d{4})"
_MONTH = "|".join(MONTHS)
_BETWEEN_MONTHS = rf"(?P<first>\d{{1,2}})\s+(?P<early>{_MONTH})(?={_JOIN}\d{{1,2}}\s+(?:{_MONTH})\s+(?P<later>\d{{4}}))"
DATE = re.compile(rf"\b(?:{_IN_WORDS}|{_IN_NUMBERS}|{_BETWEEN_MONTHS})\b", re.IGNORECASE)
YEARS = (2009, 2099)
"""The decree on the quality of education, and so reports of this kind, date from 2009."""


def dates_in(text: str) -> list[dt.date]:
    """Return every date that a text names, in order of time; what is no existing date is left out."""
    found: set[dt.date] = set()
    for match in DATE.finditer(text):
        if match["days"]:
            days = re.findall(r"\d{1,2}", match["days"])
            parts = [(int(day), MONTHS.index(match["month"].lower()) + 1, int(match["year"])) for day in days]
        elif match["day"]:
            parts = [(int(match["day"]), int(match["number"]), int(match["full"]))]
        else:
            parts = [(int(match["first"]), MONTHS.index(match["early"].lower()) + 1, int(match["later"]))]
        found.update(date for part in parts if (date := _date(*part)))
    return sorted(found)


def _date(day: int, month: int, year: int) -> dt.date | None:
    if not YEARS[0] <= year <= YEARS[1]:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
