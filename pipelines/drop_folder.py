"""The folder where suppliers drop files: a nightly load empties it.

What was taken in, or was in the archive already, leaves the folder once the archive holds the same bytes: a second copy
would escape retention and the removal of a person. What was refused goes to `geweigerd/` with a text that says why.
After a build that failed, everything stays for the next night.
"""

import os
import time
from collections.abc import Sequence
from pathlib import Path

from pipelines.archive import Archive, fingerprint
from pipelines.load import LoadOutcome, delivery_files

REFUSED = "geweigerd"
# A file that is still being copied grows.
QUIET_SECONDS = 60


def ready_files(folder: Path, now: float | None = None) -> list[Path]:
    """Return the files of a drop folder that nobody has written to for a minute, those refused before left out.

    Raises FileNotFoundError when there is no such folder: a drive that is not there is no empty folder.
    """
    if not folder.is_dir():
        raise FileNotFoundError(2, "de map bestaat niet", str(folder))
    moment = time.time() if now is None else now
    inside = [path for path in delivery_files([folder]) if REFUSED not in path.relative_to(folder).parts]
    # A time in the future says nothing of when it was written.
    return [path for path in inside if not 0 <= moment - path.stat().st_mtime < QUIET_SECONDS]


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


def _set_aside(folder: Path, path: Path, reason: str) -> None:
    """Move a refused file away, with the reason beside it; a file of that name that is there already stays."""
    aside = folder / REFUSED
    aside.mkdir(exist_ok=True)
    target, number = aside / path.name, 1
    while target.exists():
        number += 1
        target = aside / f"{path.stem} ({number}){path.suffix}"
    os.replace(path, target)
    target.with_name(f"{target.name}.reden.md").write_text(f"{reason}\n", encoding="utf-8")
