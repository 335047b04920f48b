"""The files that are handed over, before anything is read of them: may they be opened, and what are they called."""

import os
import re
from collections.abc import Collection
from pathlib import Path

NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def files_in(folder: Path, suffixes: Collection[str] | None) -> list[Path]:
    """Return the files with one of these endings (None: any) in a folder and the folders within it, by path.

    A folder that cannot be read is among them, for whoever reads the files to name. What a program left (`.` or `~$`
    in front) is passed over; links to folders are not followed.
    """
    if not os.access(folder, os.R_OK | os.X_OK):
        return [folder]
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        inside = [Path(parent, name) for name in folders]
        closed = [path for path in inside if not path.is_symlink() and not os.access(path, os.R_OK | os.X_OK)]
        folders[:] = [path.name for path in inside if path not in closed]
        files = (Path(parent, name) for name in names if not name.startswith((".", "~$")))
        wanted = (path for path in files if suffixes is None or path.suffix.lower() in suffixes)
        found += [*closed, *(path for path in wanted if path.is_file())]
    return sorted(found)


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
