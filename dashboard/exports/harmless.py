"""Texts that a spreadsheet program would run: whatever a supplier or a user wrote stays text in a file we hand out."""

import re
import unicodedata

#: A number by itself calculates nothing: '-20', '-2,5'.
_NUMBER = re.compile(r"-[0-9]+(,[0-9]+)?")
_FORMULA_SIGNS = ("=", "+", "-", "@")
#: The library behind a chart on a slide makes a formula or a link of a text that begins so.
_RUN_ON_A_SLIDE = ("=", "{=", "http://", "https://", "ftp://", "mailto:", "internal:", "external:")


def harmless_in_csv(text: str) -> str:
    """Return a text that no program runs when it opens the CSV: one that begins like a formula gets a quote before.

    Wide signs (＝) count as the common ones, and spaces or tabs before a sign hide nothing.
    """
    begins = unicodedata.normalize("NFKC", text.lstrip()[:1])
    is_run = text.startswith(("\t", "\r", "\n")) or begins.startswith(_FORMULA_SIGNS)
    return f"'{text}" if is_run and not _NUMBER.fullmatch(text) else text


def harmless_on_slide(text: str) -> str:
    """Return a label that stays text in the workbook behind an Office chart."""
    return f"'{text}" if text.startswith(_RUN_ON_A_SLIDE) else text
