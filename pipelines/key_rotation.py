"""Another key: everything that holds a pseudonym is made anew from the archive, and what the old key made goes.

The new key waits in `sleutel.nieuw` until a version made with it is published; only then does it take the place of the
old one. A kill leaves the old key or the new one, a whole version, and figures that do not depend on either. Doing it
again goes on with the key that waits.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import corrections
from pipelines.archive import Archive
from pipelines.build import Progress
from pipelines.faults import LeveringFout
from pipelines.intake import Intake
from pipelines.journal import REPLACED_KEY, Deed
from pipelines.load import LoadOutcome, Waiting, build_and_publish, only_one
from pipelines.pseudonym import KEY_FILE, KEY_VARIABLE, load_key, read_key, write_key
from pipelines.sources import BY_NAME
from pipelines.validation import Judge
from warehouse import versions

NEW_KEY_FILE = f"{KEY_FILE}.nieuw"
OLD_KEY_VARIABLE = "STERRENWACHT_OUDE_SLEUTEL"


@dataclass
class Rotation:
    """What replacing the key gave: the build, and the versions with pseudonyms of the old key that went."""

    outcome: LoadOutcome
    versions_removed: list[int] = field(default_factory=list)


def replace_key(
    data_folder: Path, settings: dict[str, Any], progress: Progress, waiting: Waiting, door: str = ""
) -> Rotation:
    """Build and publish with another key, then remove the old one and every version made with it.

    A key in the environment is replaced there, by whoever keeps it: the old one is then asked in another variable. A
    build that fails changes nothing. Raises LeveringFout when there is nothing to replace.
    """
    rotation = Rotation(LoadOutcome())
    with only_one(data_folder, waiting), Judge() as judge:
        old, new = _keys(data_folder)
        archive = Archive(data_folder)
        renamed = _renamed(data_folder, archive, Intake(data_folder, old, settings), Intake(data_folder, new, settings))
        corrections.rekey(data_folder, renamed, keep_old=True)
        deed = Deed(REPLACED_KEY, door)

        def build() -> None:
            rotation.outcome = LoadOutcome()
            intake = Intake(data_folder, new, settings)
            build_and_publish(rotation.outcome, archive, intake, judge, data_folder, settings, None, progress, deed)

        build()
        if rotation.outcome.built is None:
            corrections.rekey(data_folder, {fresh: stale for stale, fresh in renamed.items()}, keep_old=False)
            (data_folder / NEW_KEY_FILE).unlink(missing_ok=True)
            return rotation
        if (data_folder / NEW_KEY_FILE).exists():
            (data_folder / NEW_KEY_FILE).replace(data_folder / KEY_FILE)
        corrections.rekey(data_folder, renamed, keep_old=False)
        if renamed:
            # That version told the corrections twice, under either pseudonym.
            build()
        _remove_others(data_folder, rotation)
    return rotation


def _keys(data_folder: Path) -> tuple[bytes, bytes]:
    """Return the old key and the new one, made where none waits."""
    if os.environ.get(KEY_VARIABLE):
        old = os.environ.get(OLD_KEY_VARIABLE, "")
        if not old or old == os.environ[KEY_VARIABLE]:
            raise LeveringFout(
                "sleutel",
                f"De sleutel staat in {KEY_VARIABLE}. Zet daar de nieuwe sleutel in, en de oude in {OLD_KEY_VARIABLE}.",
            )
        return old.encode("utf-8"), load_key(data_folder)
    if not (data_folder / KEY_FILE).exists():
        raise LeveringFout("sleutel", "Er is nog geen sleutel: die wordt gemaakt bij de eerste levering.")
    waiting = data_folder / NEW_KEY_FILE
    if not (waiting.exists() and waiting.stat().st_size):
        waiting.unlink(missing_ok=True)
        write_key(waiting)
    return load_key(data_folder), read_key(waiting)


def _renamed(data_folder: Path, archive: Archive, old: Intake, new: Intake) -> dict[str, str]:
    """Return the new pseudonym of every person in the key of a correction, by the old one."""
    found: dict[str, str] = {}
    declared = corrections.read_declared(data_folder)
    tables = {one.tabel for one in declared if BY_NAME[one.tabel].personal_keys}
    asked = {value for one in declared if one.tabel in tables for value in one.sleutel.values()}
    for receipt in archive.receipts() if tables else []:
        path = archive.bytes_path(receipt)
        reports = [intake.take_in(path, receipt.bestand, receipt.sha256) for intake in (old, new)]
        for table in reports[0].tabellen:
            if table.tabel in tables:
                # The same bytes give the same rows in the same order: only the pseudonyms differ.
                before, after = (
                    pl.read_parquet(intake.table_path(receipt.sha256, table.tabel)) for intake in (old, new)
                )
                for name in BY_NAME[table.tabel].personal_keys:
                    found |= dict(zip(before[name].to_list(), after[name].to_list(), strict=True))
    return {stale: fresh for stale, fresh in found.items() if stale in asked}


def _remove_others(data_folder: Path, rotation: Rotation) -> None:
    """Remove every version but the one that was published now: their pseudonyms are of the old key."""
    built = rotation.outcome.built
    for number, path in versions.version_files(data_folder).items():
        if built is not None and number != built.number:
            versions.remove(path)
            rotation.versions_removed.append(number)
