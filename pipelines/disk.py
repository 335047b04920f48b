"""What the disk may refuse, as sentences for the person who looks after the server: which file, and what to do."""

import errno
import re
import shutil
from pathlib import Path

FULL, READ_ONLY, REFUSED, MEMORY = "vol", "alleen lezen", "geen toegang", "geheugen"
BY_NUMBER = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: REFUSED,
    errno.EPERM: REFUSED,
    errno.ENOMEM: MEMORY,
}
# The libraries that write for us tell it in words.
BY_WORDS = {
    "no space left on device": FULL,
    "disk quota exceeded": FULL,
    "file too large": FULL,
    "max_temp_directory_size": FULL,
    "read-only file system": READ_ONLY,
    "permission denied": REFUSED,
    "out of memory": MEMORY,
}
QUOTED = re.compile(r"[\"'](/[^\"']+|[A-Za-z]:\\[^\"']+)[\"']")


def disk_sentence(error: BaseException) -> str | None:
    """Return what the disk or the memory refused and what to do, or None when that was not the cause."""
    for cause in _causes(error):
        kind = _kind(cause)
        if kind is not None:
            return _sentence(kind, _place(cause))
        if isinstance(cause, OSError):
            where = _place(cause) or "onbekend bestand"
            return f"Lezen of schrijven is niet gelukt: {where} ({cause.strerror or type(cause).__name__})."
    return None


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in found:
        found.append(cause)
        cause = cause.__cause__ or cause.__context__
    # The deepest is the fault itself; what it became on the way up says less.
    return found[::-1]


def _kind(error: BaseException) -> str | None:
    if isinstance(error, MemoryError):
        return MEMORY
    if isinstance(error, OSError) and error.errno in BY_NUMBER:
        return BY_NUMBER[error.errno]
    # Only what a library raised: a sentence of ours may quote anything.
    if type(error).__module__.split(".")[0] not in ("_duckdb", "duckdb", "polars", "builtins"):
        return None
    text = str(error).lower()
    return next((kind for words, kind in BY_WORDS.items() if words in text), None)


def _place(error: BaseException) -> str | None:
    if isinstance(error, OSError) and error.filename:
        return str(error.filename)
    named = QUOTED.search(str(error))
    return named[1] if named else None


def _sentence(kind: str, place: str | None) -> str:
    where = f": {place}" if place else ""
    if kind == FULL:
        return f"De schijf is vol{_free(place)}{where}. Maak plaats vrij en voer de opdracht opnieuw uit."
    if kind == READ_ONLY:
        return f"De schijf laat alleen lezen toe{where}. Koppel ze aan om te schrijven, of kies een andere map."
    if kind == MEMORY:
        return "Er is te weinig geheugen (of tijdelijke schijfruimte). Sluit andere programma's en probeer opnieuw."
    return f"Geen toegang{where}. Geef de gebruiker van sterrenwacht lees- en schrijfrechten op bestand en map."


def _free(place: str | None) -> str:
    """Return how much is free where the file would stand."""
    for folder in [Path(place), *Path(place).parents] if place else []:
        if folder.exists():
            return f" (nog {shutil.disk_usage(folder).free / 1e6:.0f} MB vrij)"
    return ""
