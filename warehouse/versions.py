"""Which version of the warehouse is the published one: a pointer file beside the versions names it.

A version is two files of one number. `warehouse-N` is what the dashboard reads; it makes the version: without it the
other counts for nothing. `hr-N` holds the staff by name, is opened for who may see them, and is for its owner's eyes
only. Both are made in a work file, which goes once they are there.
"""

import os
import re
import shutil
from pathlib import Path

POINTER = "huidig"
PUBLISHABLE = re.compile(r"warehouse-[\w-]{1,40}\.duckdb")
PUBLIC, HR = "warehouse", "hr"
_WORK = "werk"
_BUILDING = ".bouw-"


def data_folder() -> Path:
    """Return the data folder: `STERRENWACHT_DATA`, or `data` in the working directory."""
    return Path(os.environ.get("STERRENWACHT_DATA") or "data")


def published(data_dir: Path) -> Path | None:
    """Return the path of the published warehouse, or None where nothing (whole) is published.

    The pointer holds the bare name of a file in its own folder; anything else counts as not published.
    """
    folder = data_dir / "warehouse"
    try:
        name = (folder / POINTER).read_text(encoding="utf-8", errors="replace").strip()
    except FileNotFoundError:
        return None
    path = folder / name
    return path if PUBLISHABLE.fullmatch(name) and path.is_file() else None


def number_of(path: Path) -> int | None:
    """Return the number of a version from its file name; None for a file that has no number."""
    number = path.stem.removeprefix("warehouse-")
    return int(number) if number.isdecimal() else None


def earlier(data_dir: Path, current: Path | None = None) -> dict[int, Path]:
    """Return the versions from before the published one, newest first; a version that was gone back from is none.

    `current` is the published one, for who has just looked.
    """
    current = current or published(data_dir)
    last = number_of(current) if current else None
    if last is None:
        return {}
    return {number: path for number, path in reversed(version_files(data_dir).items()) if number < last}


def version_files(data_dir: Path) -> dict[int, Path]:
    """Return the whole versions by number, oldest first."""
    folder = data_dir / "warehouse"
    found = {}
    for path in folder.glob("warehouse-*.duckdb"):
        number = number_of(path)
        if number is not None:
            found[number] = path
    return dict(sorted(found.items()))


def begin_version(data_dir: Path, last: int = 0) -> tuple[int, Path]:
    """Return the number of the next version and the path of its work file; leftovers of killed builds are removed.

    The file is built in a folder that only its owner can enter; those beside it (`file_beside`) are made there too.
    Numbers only go up, whatever the clock does, and also after the versions up to `last` are gone. Call it under the
    lock of the data folder.
    """
    folder = data_dir / "warehouse"
    folder.mkdir(parents=True, exist_ok=True)
    remove_unfinished(data_dir)
    number = max([last, *version_files(data_dir)]) + 1
    building = folder / f"{_BUILDING}{number:05d}"
    building.mkdir(mode=0o700)
    return number, building / f"{_WORK}-{number:05d}.duckdb"


def file_beside(path: Path, part: str) -> Path:
    """Return the path of another file (`PUBLIC` or `HR`) of the version that `path` is a file of, or is made in."""
    return path.with_name(f"{part}-{path.name.partition('-')[2]}")


def remove_unfinished(data_dir: Path) -> None:
    """Remove what was left by a build that was killed or failed. Call it under the lock of the data folder."""
    folder = data_dir / "warehouse"
    for left in folder.glob(f"{_BUILDING}*"):
        if left.is_dir():
            shutil.rmtree(left)
        else:
            left.unlink()
    for path in folder.glob(f"{HR}-*.duckdb"):
        if not file_beside(path, PUBLIC).exists():
            path.unlink()
    # Versions of before kept what they were made from.
    for path in folder.glob(f"{_WORK}-*.duckdb"):
        path.unlink()


def publish(data_dir: Path, number: int, built: Path) -> Path:
    """Put the built files beside the versions, move the pointer and return the path of what the dashboard reads.

    That file comes last: a kill before it leaves no version, and one after it a whole version. `built` is the work
    file, which goes.
    """
    folder = data_dir / "warehouse"
    file_beside(built, HR).chmod(0o600)
    for part in (HR, PUBLIC):
        path = file_beside(built, part)
        _sync(path)
        path.replace(folder / path.name)
    shutil.rmtree(built.parent)
    published_file = folder / f"{PUBLIC}-{number:05d}.duckdb"
    point_at(data_dir, published_file)
    return published_file


def point_at(data_dir: Path, path: Path) -> None:
    """Make `path` the published version: one rename, so a reader sees the old one or the new one."""
    pointer = data_dir / "warehouse" / POINTER
    fresh = pointer.with_name(f"{POINTER}.nieuw")
    fresh.write_text(path.name, encoding="utf-8")
    _sync(fresh)
    fresh.replace(pointer)


def prune(data_dir: Path, keep: int) -> list[Path]:
    """Remove all but the last `keep` versions and the published one; return what was removed."""
    current = published(data_dir)
    removed = []
    for path in list(version_files(data_dir).values())[:-keep]:
        if path != current:
            remove(path)
            removed.append(path)
    return removed


def remove(path: Path) -> None:
    """Remove a version by the path of what the dashboard reads; that file goes first, as it makes the version."""
    path.unlink()
    file_beside(path, HR).unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Have the bytes on disk before a name points at them."""
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())
