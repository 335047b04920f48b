"""Removing one person from archive and warehouse, with proof that they are found nowhere any more.

The archive keeps bytes untouched, with this one exception: a delivery that holds the person is rewritten without
them, under a new fingerprint and with a note in its receipt. The published version is built anew, and every other
version and everything read before goes. It can be repeated: what was done is found done.
"""

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipelines import journal
from pipelines.archive import PERSON_REMOVED, Archive, Event, Receipt, fingerprint
from pipelines.build import Progress
from pipelines.corrections import without_person
from pipelines.faults import LeveringFout
from pipelines.identity import Identity, cut_all, is_in_file, is_in_text
from pipelines.intake import PERSON_IN_NAME, Intake, now
from pipelines.load import LoadOutcome, Waiting, build_and_publish, only_one
from pipelines.person_remarks import RemarksRemoval, remove_from_remarks
from pipelines.pseudonym import KEY_FILE, load_key, pseudonym
from pipelines.rewrite import rewrite
from pipelines.validation import Judge
from pipelines.wording import counted
from warehouse import versions
from warehouse.search import columns_with

NAME_REMOVED = "verwijderd"
REPORTS = "verwijderingen"


@dataclass
class Removal:
    """What a removal did: per delivery rows and cells, the versions that went, and where the person still stands."""

    deliveries: list[dict[str, Any]] = field(default_factory=list)
    versions_removed: list[int] = field(default_factory=list)
    version: int | None = None
    searched: int = 0
    found: list[str] = field(default_factory=list)
    failure: str = ""
    remarks: RemarksRemoval = field(default_factory=RemarksRemoval)

    def report(self) -> dict[str, Any]:
        """Return the proof; it names nobody."""
        return {
            "op": now(),
            "leveringen": self.deliveries,
            "versies_verwijderd": self.versions_removed,
            "versie": self.version,
            "bestanden_doorzocht": self.searched,
            "gevonden": self.found,
            "fout": self.failure or None,
            "dialoog": {"velden": self.remarks.fields, "fout": self.remarks.failure or None},
        }


def remove_person(
    identities: Sequence[Identity],
    by: str,
    data_folder: Path,
    settings: dict[str, Any],
    progress: Progress,
    waiting: Waiting,
) -> Removal:
    """Remove a person everywhere below the data folder, and from what users wrote; return the proof.

    The proof is kept in the archive as well.
    """
    removal = Removal()
    with only_one(data_folder, waiting):
        archive = Archive(data_folder)
        known = archive.known()
        for place, receipt in enumerate(known, start=1):
            _clean_delivery(receipt, archive, identities, by, settings, removal)
            progress("leveringen doorzoeken", place, len(known))
        archive.drop_unreferenced()
        pseudonyms = [pseudonym(identity.text, load_key(data_folder)) for identity in identities]
        without_person(data_folder, identities, pseudonyms)
        journal.without_person(data_folder, identities)
        _forget_read(data_folder, archive)
        _rebuild(archive, data_folder, settings, progress, removal, by)
        removal.remarks = remove_from_remarks(data_folder, identities)
        removal.found += [f"dialoog: {column}" for column in removal.remarks.found]
        _prove(data_folder, identities, pseudonyms, removal)
        _keep(data_folder, removal.report())
    return removal


def _clean_delivery(
    receipt: Receipt,
    archive: Archive,
    identities: Sequence[Identity],
    by: str,
    settings: dict[str, Any],
    removal: Removal,
) -> None:
    """Rewrite one delivery without the person; their own agenda, and a refused file that names them, go as a whole."""
    cleaned = _without_names(receipt, identities)
    path = archive.bytes_path(receipt)
    owner = PERSON_IN_NAME.match(receipt.bestand)
    is_own = owner is not None and is_in_text(owner[1], identities)
    is_accepted = archive.accepted(receipt.levering) is not None
    if not path.is_file() or not (is_own or is_in_file(path, identities)):
        if cleaned != receipt:
            archive.write_again(cleaned)
        return
    row: dict[str, Any] = {"levering": receipt.levering, "sha256_voor": receipt.sha256, "sha256_na": None}
    event = Event(PERSON_REMOVED, now(), by)
    if is_own or not is_accepted:
        _erase(cleaned.with_event(event), archive)
        removal.deliveries.append({**row, "geheel": True, "rijen": 0, "cellen": 0})
        return
    with tempfile.TemporaryDirectory(dir=archive.root) as folder:
        fresh = Path(folder) / "nieuw"
        try:
            rewritten = rewrite(path, receipt.bestand, identities, settings)
        except LeveringFout:
            # Taken in under earlier rules, and not readable under those of now: it does not count either.
            _erase(cleaned.with_event(event), archive)
            removal.deliveries.append({**row, "geheel": True, "rijen": 0, "cellen": 0})
            return
        fresh.write_bytes(rewritten.data)
        sha256 = fingerprint(fresh)
        archive.store(fresh, sha256)
    rows, cells = counted(rewritten.rows, "rij", "rijen"), counted(rewritten.cells, "cel", "cellen")
    event = replace(event, reden=f"{rows} verwijderd, {cells} gewist")
    earlier = (*receipt.vroegere_sha256, receipt.sha256)
    # What was counted when it came in was counted with the person.
    cleaned = replace(cleaned.with_event(event), geteld=None)
    archive.change(replace(cleaned, sha256=sha256, bytes=len(rewritten.data), vroegere_sha256=earlier))
    removal.deliveries.append(
        {**row, "sha256_na": sha256, "geheel": False, "rijen": rewritten.rows, "cellen": rewritten.cells}
    )


def _without_names(receipt: Receipt, identities: Sequence[Identity]) -> Receipt:
    """Return the receipt without the person in the name of the file, in who loaded it or in a reason."""
    name = receipt.bestand
    owner = PERSON_IN_NAME.match(name)
    if owner is not None and is_in_text(owner[1], identities):
        name = f"{NAME_REMOVED}{name[owner.end() :]}"
    elif is_in_text(name, identities):
        name = f"{NAME_REMOVED}{Path(name).suffix}"
    events = tuple(
        replace(event, door=cut_all(event.door, identities), reden=cut_all(event.reden, identities))
        for event in receipt.gebeurtenissen
    )
    return replace(
        receipt,
        bestand=name,
        door=cut_all(receipt.door, identities),
        boodschap=cut_all(receipt.boodschap, identities),
        gebeurtenissen=events,
    )


def _erase(receipt: Receipt, archive: Archive) -> None:
    """Keep the receipt as that of a delivery that counts no more; its bytes go with those nothing refers to.

    Not yet here: the same bytes may have come in more than once, and each of those receipts is looked at.
    """
    archive.refuse(replace(receipt, boodschap="Verwijderd op vraag van een persoon; de bytes zijn niet bewaard."))


def _forget_read(data_folder: Path, archive: Archive) -> None:
    """Remove what was read from bytes that are no longer there, under any rules."""
    kept = {receipt.sha256 for receipt in archive.known() if archive.bytes_path(receipt).is_file()}
    for folder in (data_folder / "gelezen").glob("*/*"):
        if folder.is_dir() and folder.name != "oordelen" and folder.name not in kept:
            shutil.rmtree(folder)


def _rebuild(
    archive: Archive, data_folder: Path, settings: dict[str, Any], progress: Progress, removal: Removal, by: str
) -> None:
    """Build and publish, then remove every other version; a failed build leaves them and is told."""
    outcome = LoadOutcome()
    with Judge() as judge:
        intake = Intake(data_folder, load_key(data_folder), settings)
        deed = journal.Deed(journal.REMOVED_PERSON, by)
        build_and_publish(outcome, archive, intake, judge, data_folder, settings, None, progress, deed)
    removal.failure = outcome.failure
    if outcome.published is None or outcome.built is None:
        return
    removal.version = outcome.built.number
    for number, path in versions.version_files(data_folder).items():
        if number != outcome.built.number:
            versions.remove(path)
            removal.versions_removed.append(number)


def _prove(data_folder: Path, identities: Sequence[Identity], pseudonyms: Sequence[str], removal: Removal) -> None:
    """Search every file below the data folder for the person, in plain text and under their pseudonym."""
    patterns = [*(identity.plain_pattern for identity in identities), *pseudonyms]
    for path in sorted(data_folder.rglob("*")):
        if not path.is_file() or path.name == KEY_FILE:
            continue
        removal.searched += 1
        shown = path.relative_to(data_folder).as_posix()
        if is_in_file(path, identities, pseudonyms):
            removal.found.append(shown)
        elif path.suffix == ".duckdb":
            # A warehouse is compressed: its tables are searched besides its bytes.
            removal.found += [f"{shown}: {column}" for column in columns_with(path, patterns)]


def _keep(data_folder: Path, report: dict[str, Any]) -> None:
    folder = data_folder / "archief" / REPORTS
    folder.mkdir(parents=True, exist_ok=True)
    number = len(list(folder.glob("*.json"))) + 1
    path = folder / f"{number:04d}.json"
    path.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
