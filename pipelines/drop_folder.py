"""The folder where suppliers drop files: a nightly load empties it.

What was taken in, or was in the archive already, leaves the folder once the archive holds the same bytes: a second copy
would escape retention and the removal of a person. What was refused goes to `geweigerd/` with a text that says why.
After a build that failed, everything stays for the next night.
"""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.archive import Archive, fingerprint
from pipelines.delivered_files import own_name
from pipelines.load import SUFFIXES, LoadOutcome, delivery_files, other_files

REFUSED = "geweigerd"
# A file that is still being copied grows.
QUIET_SECONDS = 60


#: How many files a sentence names.
MOST_NAMED = 5


@dataclass(frozen=True)
class Dropped:
    """The files of a drop folder: `ready` to take in, `busy` still being written, `unknown` of no kind that is read."""

    ready: list[Path]
    busy: list[Path]
    unknown: list[Path]

    @property
    def sentences(self) -> list[str]:
        """What is passed over and why, a sentence per reason."""
        found = []
        if self.busy:
            found.append(
                f"Nog niet opgenomen, want er is in de laatste minuut nog in geschreven: {_names(self.busy)}. "
                "De volgende lading neemt dat op."
            )
        return [*found, *other_kinds(self.unknown)]


def other_kinds(paths: Sequence[Path]) -> list[str]:
    """Return the sentence on files in a folder that are of no kind that is read; nothing for no files."""
    kinds = ", ".join(sorted(SUFFIXES))
    return [f"Niet gelezen, want geen bestand van deze soorten ({kinds}): {_names(paths)}."] if paths else []


def _names(paths: Sequence[Path]) -> str:
    more = f" en nog {len(paths) - MOST_NAMED}" if len(paths) > MOST_NAMED else ""
    return ", ".join(own_name(path) for path in paths[:MOST_NAMED]) + more


def dropped_files(folder: Path, now: float | None = None) -> Dropped:
    """Return the files of a drop folder, those refused before left out; ready is what nobody wrote to for a minute.

    Raises FileNotFoundError when there is no such folder: a drive that is not there is no empty folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(2, "de map bestaat niet", str(folder))
    moment = time.time() if now is None else now
    inside = [path for path in delivery_files([folder]) if REFUSED not in path.relative_to(folder).parts]
    # A time in the future says nothing of when it was written.
    busy = [path for path in inside if 0 <= moment - path.stat().st_mtime < QUIET_SECONDS]
    unknown = [path for path in other_files([folder]) if REFUSED not in path.relative_to(folder).parts]
    return Dropped([path for path in inside if path not in busy], busy, unknown)


def tidy(folder: Path, paths: Sequence[Path], outcome: LoadOutcome, data_folder: Path) -> None:
    """Empty the drop folder of what a load has dealt with; the files of the outcome are in the order of the paths."""
    if outcome.failure:
        return
    archive = Archive(data_folder)
    for path, file in zip(paths, outcome.files, strict=True):
        if path.is_dir():
            # A folder within that cannot be read: it was told, and stays where it is.
            continue
        if file.status == "geweigerd":
            _set_aside(folder, path, file.boodschap)
            continue
        known = archive.find(fingerprint(path))
        if known is not None and archive.bytes_path(known).is_file():
            path.unlink()
            _remove_emptied(path.parent, folder)


def _remove_emptied(inner: Path, folder: Path) -> None:
    """Remove the folders within the drop folder that this file was the last of."""
    while inner != folder and inner.is_relative_to(folder) and not any(inner.iterdir()):
        inner.rmdir()
        inner = inner.parent


def _set_aside(folder: Path, path: Path, reason: str) -> None:
    """Move a refused file away, with the reason beside it; a file of that name that is there already stays."""
    aside = folder / REFUSED
    aside.mkdir(exist_ok=True)
    target, number = aside / path.name, 1
    while target.exists():
        number += 1
        target = aside / f"{path.stem} ({number}){path.suffix}"
    os.replace(path, target)
    _remove_emptied(path.parent, folder)
    target.with_name(f"{target.name}.reden.md").write_text(f"{reason}\n", encoding="utf-8")
