"""The files that are handed over, before anything is read of them: may they be opened, and what are they called."""

import os
import re
from pathlib import Path

NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def own_name(path: Path) -> str:
    """Return the name of a file as it can be written anywhere.

    A name may hold line breaks, and bytes that are no text; those become a space and U+FFFD.
    """
    return NOT_SHOWN.sub(" ", os.fsencode(path.name).decode("utf-8", errors="replace"))


def why_unreadable(path: Path) -> str | None:
    """Return the sentence that says why a file cannot be read; None where it can."""
    shown = NOT_SHOWN.sub(" ", os.fsencode(path).decode("utf-8", errors="replace"))
    try:
        if not path.exists():
            return f"Het bestand of de map '{shown}' bestaat niet."
        if path.is_dir():
            return f"De map '{shown}' kan niet gelezen worden (geen toegang)."
        if not path.is_file():
            return f"'{shown}' is geen gewoon bestand."
        with path.open("rb") as handle:
            handle.read(1)
    except OSError as error:
        reason = "geen toegang" if isinstance(error, PermissionError) else "leesfout"
        return f"Het bestand '{shown}' kan niet gelezen worden ({reason})."
    return None
