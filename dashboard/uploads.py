"""Files that somebody uploaded: in a folder that only this process reads, and gone as soon as nobody needs them."""

import re
import shutil
import tempfile
import time
import unicodedata
import weakref
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from dashboard import format

#: Megabytes per file. The browser's file passes through memory; what is larger is for the command line.
LARGEST = 200

_PREFIX = "sterrenwacht-levering-"
#: Folders of this dashboard that can hold personal data: uploads, answers of commands, quarantine files.
_OURS = ("sterrenwacht-levering-*", "sterrenwacht-opdracht-*", "sterrenwacht-quarantaine-*")
#: Bytes, without the ending: file systems take 255 in all.
_LONGEST_NAME = 180
#: Seconds after which a folder that is still there was left behind by a dashboard that was killed.
_LEFT_BEHIND = 24 * 3_600


class Batch:
    """The files of one upload. They are removed by `remove`, or when nobody holds this object any more."""

    def __init__(self, files: Sequence[tuple[str, BinaryIO]]) -> None:
        """Write the files (name as the supplier gave it, contents). Raises OSError when that does not succeed."""
        _remove_left_behind()
        # Readable for this user alone: deliveries hold personal data.
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._remove = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self.paths: tuple[Path, ...] = tuple(self.folder / name for name in safe_names([name for name, _ in files]))
        try:
            for path, (_, contents) in zip(self.paths, files, strict=True):
                with path.open("xb") as target:
                    contents.seek(0)
                    shutil.copyfileobj(contents, target)
        except OSError:
            self.remove()
            raise

    @classmethod
    def of(cls, name: str, contents: bytes) -> "Batch":
        """Return a batch of one file with these contents. Raises OSError as the constructor does."""
        return cls([(name, BytesIO(contents))])

    def holding(self, path: Path) -> "Batch":
        """Have the batch hold this file of its folder instead, and return it."""
        self.paths = (path,)
        return self

    @property
    def title(self) -> str:
        """What is loaded, in words: the name of the file, or how many there are."""
        return self.paths[0].name if len(self.paths) == 1 else f"{format.number(len(self.paths))} bestanden"

    def outlive_dashboard(self) -> None:
        """Leave the files where they are when the dashboard stops: a command that goes on still reads them."""
        self._remove.atexit = False

    def remove(self) -> None:
        """Remove the files; again does nothing."""
        self._remove()


def safe_names(names: Sequence[str]) -> list[str]:
    """Return a name for each file that is safe as the last part of a path, all different, without regard to case.

    Folders in a name are left out, signs that mean something elsewhere become `_`, the ending stays, and of equal
    names the second gets ' (2)'.
    """
    found: list[str] = []
    taken: set[str] = set()
    for name in names:
        path = PurePosixPath(_plain(name))
        place, candidate = 1, path.name
        while candidate.casefold() in taken:
            place += 1
            candidate = f"{path.stem} ({place}){path.suffix}"
        taken.add(candidate.casefold())
        found.append(candidate)
    return found


def _plain(name: str) -> str:
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = re.sub(r"[^\w .,()+&'=@-]", "_", last)
    kept = re.sub(r"\s+", " ", kept).strip(" .-")
    path = PurePosixPath(kept)
    stem = path.stem.encode()[:_LONGEST_NAME].decode(errors="ignore").strip()
    return f"{stem or 'bestand'}{path.suffix[:10]}"


def _remove_left_behind() -> None:
    """Remove the folders of dashboards that were killed: nothing else would."""
    for folder in [found for pattern in _OURS for found in Path(tempfile.gettempdir()).glob(pattern)]:
        try:
            if time.time() - folder.stat().st_mtime > _LEFT_BEHIND:
                shutil.rmtree(folder, ignore_errors=True)
        except FileNotFoundError:
            continue  # another dashboard removed it
