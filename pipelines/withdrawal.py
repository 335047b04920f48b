"""Withdrawing a delivery and undoing that: the bytes stay in the archive, the figures are built anew without it."""

from pathlib import Path
from typing import Any

from pipelines.archive import RESTORED, WITHDRAWN, Archive, Event, Receipt
from pipelines.build import Progress
from pipelines.faults import LeveringFout, noted
from pipelines.intake import Intake, name_without_person, now
from pipelines.journal import RESTORED as DID_RESTORE
from pipelines.journal import WITHDREW, Deed
from pipelines.load import LoadOutcome, Waiting, build_and_publish, only_one
from pipelines.pseudonym import load_key
from pipelines.validation import Judge

WITHDRAWAL_NOTED = "Het intrekken is wel genoteerd: de levering telt niet meer mee vanaf de volgende bouw."
RESTORING_NOTED = "Het herstellen is wel genoteerd: de levering telt weer mee vanaf de volgende bouw."


def withdraw(
    levering: str,
    reason: str,
    by: str,
    data_folder: Path,
    settings: dict[str, Any],
    progress: Progress,
    waiting: Waiting,
) -> LoadOutcome:
    """Have a delivery count no more from now on, build and publish; the one it replaced counts again.

    Raises LeveringFout when there is no such delivery, or it was withdrawn before. When the build fails, the
    delivery counts as it did.
    """
    with only_one(data_folder, waiting):
        archive = Archive(data_folder)
        receipt = find(archive, levering)
        before = receipt.withdrawal()
        if before is not None and receipt.levering not in archive.unbuilt():
            raise LeveringFout("al_ingetrokken", f"Levering {levering} is al ingetrokken op {before.day:%d/%m/%Y}.")
        # Withdrawn and not built: a kill or a full disk came between.
        event = Event(WITHDRAWN, now(), by, reason) if before is None else None
        deed = Deed(WITHDREW, by, f"{_named(receipt)}: {reason}")
        return _build_with(event, receipt, archive, data_folder, settings, progress, deed)


def restore(
    levering: str, by: str, data_folder: Path, settings: dict[str, Any], progress: Progress, waiting: Waiting
) -> LoadOutcome:
    """Have a withdrawn delivery count again, build and publish.

    Raises LeveringFout when there is no such delivery, or it was not withdrawn.
    """
    with only_one(data_folder, waiting):
        archive = Archive(data_folder)
        receipt = find(archive, levering)
        is_withdrawn = receipt.withdrawal() is not None
        if not is_withdrawn and receipt.levering not in archive.unbuilt():
            raise LeveringFout(
                "niet_ingetrokken", f"Levering {levering} is niet ingetrokken: er is niets te herstellen."
            )
        event = Event(RESTORED, now(), by) if is_withdrawn else None
        deed = Deed(DID_RESTORE, by, _named(receipt))
        return _build_with(event, receipt, archive, data_folder, settings, progress, deed)


def _named(receipt: Receipt) -> str:
    """Return which delivery it is about, for the journal: its name without a person, and its number."""
    bron = receipt.geteld.bron if receipt.geteld else ""
    return f"{name_without_person(receipt.bestand, bron)} ({receipt.levering})"


def find(archive: Archive, levering: str) -> Receipt:
    """Return the receipt of an accepted or withdrawn delivery; raises LeveringFout when there is none."""
    receipt = archive.accepted(levering)
    if receipt is None:
        raise LeveringFout(
            "onbekende_levering",
            f"Er is geen levering '{levering}' die meetelt of ingetrokken is. De lijst: sterrenwacht leveringen",
        )
    return receipt


def _build_with(
    event: Event | None,
    receipt: Receipt,
    archive: Archive,
    data_folder: Path,
    settings: dict[str, Any],
    progress: Progress,
    deed: Deed,
) -> LoadOutcome:
    outcome = LoadOutcome()
    if event is not None:
        archive.change(receipt.with_event(event))
    with noted(WITHDRAWAL_NOTED if deed.soort == WITHDREW else RESTORING_NOTED), Judge() as judge:
        intake = Intake(data_folder, load_key(data_folder), settings)
        build_and_publish(outcome, archive, intake, judge, data_folder, settings, None, progress, deed)
    if outcome.failure and event is not None:
        archive.change(receipt)
        archive.mark_built(receipt.last_day)
    return outcome
