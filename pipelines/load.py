"""Loading: take files in, build, check, publish. One at a time per data folder; a kill at any moment loses nothing.

The order of writing makes it so: bytes, then the read tables, then the receipt, then the new warehouse file, then
the pointer. Whatever was not reached is done by the next load.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl
from filelock import FileLock, Timeout

from pipelines.archive import WITHDRAWN, Archive, Receipt, fingerprint
from pipelines.build import BuildOutcome, Progress, build_warehouse
from pipelines.clean import QUARANTINE_SCHEMA
from pipelines.corrections import read_declared
from pipelines.delivered_files import files_in, own_name, why_unreadable
from pipelines.disk import disk_sentence
from pipelines.faults import OTHER_VERSION, LeveringFout
from pipelines.intake import Intake, IntakeReport, name_without_person, now
from pipelines.journal import BUILT, LOADED, Deed, record
from pipelines.pseudonym import load_key
from pipelines.read_ahead import ReadAhead
from pipelines.tally import Tally
from pipelines.validation import Judge
from pipelines.validation_history import keep_history
from pipelines.wording import counted
from warehouse import versions
from warehouse.build import BuildError
from warehouse.meta import read_deliveries

LOCK = "slot"
DEMO_MARK = "VERZONNEN.md"
#: How many folders up from a delivery the mark may stand: of a source, and of a schooljaar in it, in a demo.
DEMO_DEPTH = 3
SUFFIXES = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".xls", ".ics"})

#: Called once when another command holds the lock of the data folder.
Waiting = Callable[[], None]

#: How many files of a load the journal names.
MOST_NAMED = 5
#: What a version says of a delivery whose rows were judged in it, also where a newer one holds all that it held.
COUNTING = ("actief", "vervangen")
#: What comes before the command that has a delivery count again: a page has a button for it.
BY_COMMAND = "Laten meetellen kan met: "

TAKEN, QUARANTINED, REFUSED, NOT_PUBLISHED = 0, 3, 4, 5


@dataclass
class FileOutcome:
    """What became of one file: 'geladen', 'al geladen' or 'geweigerd'; `geteld` is what this command counted of it.

    `known` is the delivery of before that has the same bytes; `wacht_op_bouw` says that it counts from the next build
    on and not in the published version. `telt_mee` is false where another file of a preview holds all that it holds.
    """

    bestand: str
    status: str
    boodschap: str = ""
    report: IntakeReport | None = None
    receipt: Receipt | None = None
    geteld: Tally = field(default_factory=Tally)
    known: Receipt | None = None
    wacht_op_bouw: bool = False
    telt_mee: bool = True
    faults: pl.DataFrame = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the rows and faults found at reading; those of references come with the build."""
        if self.report is not None:
            self.count(self.report.aanvaard)
        self.faults = self.found_at_reading()

    def found_at_reading(self) -> pl.DataFrame:
        """Return the faults that reading the file found, one row each."""
        found = self.report.quarantine if self.report else pl.DataFrame(schema=QUARANTINE_SCHEMA)
        return found.select(list(QUARANTINE_SCHEMA))

    def count(self, accepted: int) -> None:
        """Count this many of the rows that were read as accepted; the others are in quarantine."""
        assert self.report is not None
        report = self.report
        self.geteld = Tally(report.bron, report.vak, report.gelezen, accepted, report.buiten)


@dataclass
class LoadOutcome:
    """What a load gave; `built` is None when nothing had to be built.

    `refused_before` are the deliveries that the version of before refused as well.
    """

    files: list[FileOutcome] = field(default_factory=list)
    built: BuildOutcome | None = None
    published: Path | None = None
    failure: str = ""
    refused_before: set[str] = field(default_factory=set)

    @property
    def no_longer_counting(self) -> list[dict[str, Any]]:
        """The deliveries of before that this build refuses, because what they refer to was replaced."""
        fresh = {file.receipt.levering for file in self.files if file.receipt is not None}
        refused = self.built.landed.refused if self.built else {}
        return [
            row for row in (self.built.deliveries if self.built else []) if row["levering"] in refused.keys() - fresh
        ]

    @property
    def exit_code(self) -> int:
        """0 all taken, 3 rows in quarantine, 4 a file refused, 5 the build was not published.

        Refused is also a delivery that counted before this build and does not now, once: who reads codes at night has
        to see that figures went.
        """
        if self.failure:
            return NOT_PUBLISHED
        lost = any(row["levering"] not in self.refused_before for row in self.no_longer_counting)
        if lost or any(file.status == "geweigerd" for file in self.files):
            return REFUSED
        return QUARANTINED if any(file.geteld.quarantaine for file in self.files) else TAKEN


def delivery_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files to take in: those named, and in folders every file that could be a delivery.

    A folder that cannot be read is among them, also within another folder: it is refused by name, not passed over.
    """
    found: list[Path] = []
    for path in paths:
        found += files_in(path, SUFFIXES) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def other_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files in the folders among these that are of no kind that is read (a zip, a PDF)."""
    folders = [path for path in paths if path.is_dir()]
    taken = set(delivery_files(folders))
    found = (path for folder in folders for path in files_in(folder, None))
    return list(dict.fromkeys(path for path in found if path not in taken and path.name != DEMO_MARK))


@contextmanager
def only_one(data_folder: Path, waiting: Waiting) -> Iterator[None]:
    """Hold the lock of the data folder; `waiting` is called once when another load has it."""
    data_folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data_folder / LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def load(
    paths: Sequence[Path],
    data_folder: Path,
    settings: dict[str, Any],
    progress: Progress,
    waiting: Waiting,
    received: dt.date | None = None,
    door: str = "",
    compared: int | None = None,
) -> LoadOutcome:
    """Take in the files, build, check and publish; the outcome says what happened to each file.

    `door` is who loads: it is kept in the receipts, and nowhere else.

    `received` is the day on which the files came in, where that is not today: the archive of before can be
    brought in with its own dates, so that a rebuild at a peildatum of then is right.

    `compared` is the version that a preview of the files was compared with (0: nothing was published). Raises
    LeveringFout, and takes nothing in, when another one is published by the time that it is this load's turn.

    The published version stays what it was when nothing new was accepted or the build fails.
    """
    outcome = LoadOutcome()
    with only_one(data_folder, waiting), Judge() as judge:
        _refuse_other_version(data_folder, compared)
        try:
            read_declared(data_folder)
        except LeveringFout as fault:
            # Told before anything is taken in: no delivery may be refused because of it.
            outcome.failure = str(fault)
            return outcome
        archive = Archive(data_folder)
        intake = Intake(data_folder, load_key(data_folder), settings)
        cut_short = archive.unbuilt()  # by a load that was killed before its build
        # One moment for all files: no version is published between two of them.
        moment = received.isoformat() if received else now()
        files = delivery_files(paths)
        with ReadAhead(files, data_folder, intake, archive.fingerprints()) as ahead:
            for place, path in enumerate(files, start=1):
                ahead.wait_for(path)
                outcome.files.append(_take_in(path, archive, intake, moment, cut_short, door))
                progress("bestanden lezen", place, len(files))
        if archive.has_unbuilt():
            deed = Deed(LOADED, door)
            build_and_publish(outcome, archive, intake, judge, data_folder, settings, None, progress, deed)
        # Only now: what waited for a build was in this one.
        tell_known(outcome.files, data_folder)
    return outcome


def rebuild(
    data_folder: Path,
    settings: dict[str, Any],
    progress: Progress,
    waiting: Waiting,
    peildatum: dt.date | None = None,
    door: str = "",
    compared: int | None = None,
) -> LoadOutcome:
    """Build the archive anew as it stood at the peildatum, and publish it; `door` asks, `compared` is as in `load`."""
    outcome = LoadOutcome()
    with only_one(data_folder, waiting), Judge() as judge:
        _refuse_other_version(data_folder, compared)
        intake = Intake(data_folder, load_key(data_folder), settings)
        archive = Archive(data_folder)
        deed = Deed(BUILT, door)
        build_and_publish(outcome, archive, intake, judge, data_folder, settings, peildatum, progress, deed)
    return outcome


def _refuse_other_version(data_folder: Path, compared: int | None) -> None:
    """Refuse what was looked at beside a version that is not the published one any more. Call it under the lock."""
    published = versions.published(data_folder)
    number = versions.number_of(published) if published else 0
    if compared is not None and compared != number:
        now = f"Intussen is versie {number} gepubliceerd" if published else "Intussen is niets meer gepubliceerd"
        raise LeveringFout(
            OTHER_VERSION,
            f"{now}: wat er zou wijzigen, was met een andere versie vergeleken. Er is niets opgenomen en niets "
            "gepubliceerd. Kijk de bestanden opnieuw na.",
        )


def _named(files: Sequence[FileOutcome]) -> str:
    """Return for the journal what was taken in and counts: the first names, without persons, and how many more."""
    taken = [name_without_person(file.bestand, file.geteld.bron) for file in files if file.status == "geladen"]
    more = f" en nog {counted(len(taken) - MOST_NAMED, 'bestand', 'bestanden')}" if len(taken) > MOST_NAMED else ""
    return ", ".join(taken[:MOST_NAMED]) + more


def _take_in(path: Path, archive: Archive, intake: Intake, moment: str, cut_short: set[str], door: str) -> FileOutcome:
    """Read one file and, when it can be taken in, put it in the archive with its receipt."""
    name, unreadable = own_name(path), why_unreadable(path)
    if unreadable is not None:
        return FileOutcome(name, "geweigerd", unreadable)
    sha256 = fingerprint(path)
    known = archive.find(sha256)
    if known is not None and (known.levering not in cut_short or known.withdrawal() or known.sha256 != sha256):
        return FileOutcome(name, "al geladen", known=known)
    if known is not None:
        # Nobody was told of its quarantine yet: this load tells it, as if nothing had happened.
        report = intake.take_in(archive.bytes_path(known), known.bestand, sha256)
        return FileOutcome(name, "geladen", "", report, known)
    number = archive.next_number()
    is_demo = any((folder / DEMO_MARK).exists() for folder in list(path.resolve().parents)[:DEMO_DEPTH])
    receipt = Receipt(f"{number:06d}-{sha256[:8]}", number, sha256, name, moment, path.stat().st_size, is_demo)
    receipt = replace(receipt, door=door)
    try:
        report = intake.take_in(path, name, sha256)
    except LeveringFout as fault:
        if fault.code != "te_groot":
            archive.store(path, sha256)
        tally = fault.tally.refused()
        archive.refuse(replace(receipt, boodschap=str(fault), geteld=tally))
        return FileOutcome(name, "geweigerd", str(fault), geteld=tally)
    archive.store(path, sha256)
    receipt = replace(receipt, geteld=report.tally)
    archive.accept(receipt)
    return FileOutcome(name, "geladen", "", report, receipt)


def tell_known(files: Sequence[FileOutcome], data_folder: Path) -> None:
    """Say of every file that was delivered before what became of it, as the published version has it."""
    taken = {file.receipt.sha256: file.bestand for file in files if file.receipt is not None}
    published = versions.published(data_folder)
    is_asked = published is not None and any(file.known is not None for file in files)
    rows = {row["levering"]: row for row in read_deliveries(published)} if published and is_asked else {}
    for file in files:
        if file.known is None:
            continue
        row = rows.get(file.known.levering)
        if file.known.sha256 in taken:
            file.boodschap = f"Hetzelfde bestand als '{taken[file.known.sha256]}' in deze keuze; het telt één keer mee."
        else:
            file.wacht_op_bouw = _waits(file.known, row)
            file.boodschap = _already_loaded(file.known, row)


def _waits(known: Receipt, row: Mapping[str, Any] | None) -> bool:
    """Whether a delivery counts from the next build on and not in the published version; `row` is what that says."""
    return known.withdrawal() is None and (row is None or row["status"] == WITHDRAWN)


def _already_loaded(known: Receipt, row: Mapping[str, Any] | None) -> str:
    """Return what to say of bytes that were delivered before; `row` is what the published version says of them."""
    withdrawal = known.withdrawal()
    if withdrawal is not None:
        return (
            f"Al geladen op {known.received:%d/%m/%Y} en ingetrokken op {withdrawal.day:%d/%m/%Y}; niets gewijzigd. "
            f"{BY_COMMAND}sterrenwacht herstel {known.levering}"
        )
    if row is None or _waits(known, row):
        day = f"{known.received:%d/%m/%Y}"
        return f"Opgenomen op {day}, maar niet in de gepubliceerde versie. {BY_COMMAND}sterrenwacht bouw"
    sentence = f"Al geladen op {known.received:%d/%m/%Y}; niets gewijzigd."
    if row["status"] == "vervangen":
        sentence += " Een nieuwere levering van hetzelfde deel vervangt ze: trek die in om deze weer te laten tellen."
    if parts := row.get("vervangen_delen"):
        sentence += f" Een nieuwere levering vervangt een deel ervan: {parts}."
    if row["status"] == "geweigerd":
        return f"{sentence} Ze telt niet mee: {row['boodschap']}"
    if row["quarantaine"]:
        sentence += f" Rijen in quarantaine: {row['quarantaine']} van {row['gelezen']}."
    return sentence


def build_and_publish(
    outcome: LoadOutcome,
    archive: Archive,
    intake: Intake,
    judge: Judge,
    data_folder: Path,
    settings: dict[str, Any],
    peildatum: dt.date | None,
    progress: Progress,
    deed: Deed,
) -> None:
    """Build the archive as it stands at the peildatum (now), check and publish; what it gave is in the outcome.

    Call it under the lock. A build that fails leaves the published version, and refuses the files of the outcome.
    `deed` is who asked for it and why, for the journal; where it names nothing, the files that were taken in are named.
    """
    fresh = {file.receipt.levering: file for file in outcome.files if file.receipt is not None}
    # A clock that went back may not hide what was received.
    day = peildatum or max([dt.date.today(), *(r.last_day for r in [*archive.receipts(), *archive.withdrawn()])])
    try:
        built = build_warehouse(data_folder, intake, judge, settings, day, progress)
    except BuildError as error:
        if disk_sentence(error) is not None:
            # Not the deliveries' fault: they stay, and the next load builds them.
            raise
        outcome.failure = str(error)
        for file in fresh.values():
            # Left in the archive as accepted, it would stop every later build too.
            _refuse(file, archive, "De bouw is niet gelukt met deze levering; de oorzaak staat onderaan.")
        archive.mark_built(day)
        return
    outcome.built = built
    accepted = {row["levering"]: row["aanvaard"] for row in built.deliveries}
    for levering, file in fresh.items():
        file.faults = pl.concat([file.faults, built.reference_faults(levering)])
        if levering in built.landed.refused:
            _refuse(file, archive, built.landed.refused[levering])
        else:
            file.count(accepted[levering])
    before = versions.published(data_folder)
    if before is not None and outcome.no_longer_counting:
        outcome.refused_before = {row["levering"] for row in read_deliveries(before) if row["status"] == "geweigerd"}
    if fresh and before is not None and all(file.status == "geweigerd" for file in fresh.values()):
        versions.remove_unfinished(data_folder)
        archive.mark_built(day)
        return
    keep_history(data_folder, built.history)
    record(data_folder, replace(deed, wat=deed.wat or _named(outcome.files)), built.number, day)
    outcome.published = versions.publish(data_folder, built.number, built.path)
    _keep_counts(archive, built.deliveries)
    archive.mark_built(day)
    intake.forget_old()
    versions.prune(data_folder, int(settings["levering"]["versies_bewaard"]))


def _keep_counts(archive: Archive, deliveries: Sequence[Mapping[str, Any]]) -> None:
    """Keep in the receipts of what this build was the first to see what it accepted: reading knows no references.

    So a delivery that is withdrawn, or is not in the version that is shown, is told as it was when it counted.
    """
    new = archive.unbuilt()
    for row in deliveries:
        receipt = archive.accepted(row["levering"]) if row["levering"] in new and row["status"] in COUNTING else None
        if receipt is None or receipt.geteld is None:
            continue
        tally = replace(receipt.geteld, gelezen=row["gelezen"], aanvaard=row["aanvaard"], buiten=row["buiten"])
        if tally != receipt.geteld:
            archive.write_again(replace(receipt, geteld=tally))


def _refuse(file: FileOutcome, archive: Archive, reason: str) -> None:
    assert file.receipt is not None
    assert file.report is not None
    tally = file.report.tally.refused()
    archive.refuse(replace(file.receipt, boodschap=reason, geteld=tally), file.faults)
    file.status, file.boodschap = "geweigerd", reason
    file.count(0)
