"""Numbers, dates and missing values as Dutch text, the same on screen, in charts and in exports."""

import re
from datetime import date, datetime
from typing import SupportsFloat

from babel.dates import format_date

from analysis.rounding import is_rounded_to_zero, percentage_decimals, round_half_away

MISSING = "ontbreekt"
NOT_APPLICABLE = "n.v.t."
SUPPRESSED = "beschermd"
ROUNDED_TO_ZERO = "afgerond naar 0"
AT_LEAST = "minstens"

#: Reason codes as the marts write them -> as a reader sees them.
REASONS = {
    "ontbreekt": MISSING,
    "beschermd": SUPPRESSED,
    "nvt": NOT_APPLICABLE,
    "n.v.t.": NOT_APPLICABLE,
    "niet van toepassing": NOT_APPLICABLE,
    "afgerond naar 0": ROUNDED_TO_ZERO,
}
#: How words in a code name are written -> as Dutch spells them, in this order.
_WRITTEN = {
    "categorieen": "categorieën",
    "agenda categorieën": "agendacategorieën",
    "clb ": "CLB-",
    "edbi ": "EDBI-",
    "vlaamse ": "Vlaamse ",
}
_SWAP = str.maketrans(",.", ".,")


def number(value: SupportsFloat | None, decimals: int = 0, *, missing: str = MISSING) -> str:
    """Return a number as '1.234,5'; a half goes away from zero; None becomes the `missing` word."""
    if value is None:
        return missing
    return f"{round_half_away(float(value), decimals):,.{decimals}f}".translate(_SWAP)


def signed(value: float | None, decimals: int = 0, unit: str = "") -> str:
    """Return a change as '+3', '-2,5' or 'geen verschil'; None becomes 'niet vergelijkbaar'."""
    if value is None:
        return "niet vergelijkbaar"
    rounded = round_half_away(float(value), decimals)
    if rounded == 0:
        return "geen verschil"
    return f"{'+' if rounded > 0 else ''}{number(rounded, decimals)}{unit}"


def percentage(
    aandeel: float | None, n: int | None = None, *, decimals: int | None = None, missing: str = MISSING
) -> str:
    """Return a share (0-1) as '12,3 %'.

    Without `decimals`: none under n = 100, one above; without n: one. A share that is not 0 but rounds to 0
    is said so.
    """
    if aandeel is None:
        return missing
    if n and is_rounded_to_zero(aandeel, n):
        return ROUNDED_TO_ZERO
    if decimals is None:
        decimals = 1 if n is None else percentage_decimals(n)
    return f"{number(aandeel * 100, decimals)} %"


def interval(low: float | None, high: float | None, n: int | None = None) -> str:
    """Return the bounds of a share (0-1) as 'tussen 12 en 18 %'."""
    if low is None or high is None:
        return MISSING
    decimals = 0 if n is None else percentage_decimals(n)
    return f"tussen {number(low * 100, decimals)} en {number(high * 100, decimals)} %"


def dagdelen(value: float | None) -> str:
    """Return dagdelen whole, or with one decimal where they are not whole."""
    if value is None:
        return MISSING
    rounded = round_half_away(float(value), 1)
    return number(rounded, 0 if rounded == int(rounded) else 1)


def date_short(value: date | datetime | None) -> str:
    """Return a date as '21/11/2026'."""
    return MISSING if value is None else f"{value:%d/%m/%Y}"


def moment(value: datetime | None) -> str:
    """Return a moment as '21/11/2026 10:23'."""
    return MISSING if value is None else f"{value:%d/%m/%Y %H:%M}"


def date_long(value: date | datetime | None) -> str:
    """Return a date as '21 november 2026'."""
    return MISSING if value is None else str(format_date(value, "d MMMM y", locale="nl_BE"))


def yes_no(value: bool | None) -> str:
    """Return 'ja', 'nee' or the word for missing."""
    return MISSING if value is None else ("ja" if value else "nee")


def plain_markdown(text: str) -> str:
    """Return a text such that Markdown shows it as it is: a name may hold any sign."""
    return re.sub(r"([\\`*_{}\[\]()<>#+.!|~$:^=-])", r"\\\1", text)


def without_markup(text: str) -> str:
    """Return a sentence in which a name may hold any sign: what could make Markdown or HTML of it is shown as it is.

    Ordinary punctuation stays, so that a title reads the same wherever it goes; `plain_markdown` leaves nothing.
    """
    return re.sub(r"([\\`*_\[\]<>$~]|:(?=//))", r"\\\1", text)


def counted(count: int, one: str, more: str) -> str:
    """Return a number with what it counts: '1 instelling', '1.200 instellingen'."""
    return f"{number(count)} {one if count == 1 else more}"


def spelled(name: str | None) -> str:
    """Return the code name of a source, table or figure as Dutch spells it: 'edbi_antwoorden' is 'EDBI-antwoorden'."""
    words = (name or "").replace("_", " ")
    for code, written in _WRITTEN.items():
        words = words.replace(code, written)
    return words


def reason(code: str | None) -> str:
    """Return the reader's word for a reason code; an unknown code is shown as it is."""
    return MISSING if code is None else REASONS.get(code, code)
