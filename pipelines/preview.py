"""What a delivery would change, before it is taken in: nothing is stored, the published version stays as it is.

The deliveries of the archive and the new files are landed together in a warehouse of their own, exactly as a build
does, and so are the deliveries that the published version holds; each landing table is then held against that of
before, key by key. So a row that would wait in quarantine because of a reference is told too, and so are rows of other
sources that would come or go.
"""

import datetime as dt
import os
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.archive import Archive, Receipt, fingerprint
from pipelines.build import Progress, landing_files, landing_tables
from pipelines.clean import QUARANTINE_SCHEMA
from pipelines.contract import Contract
from pipelines.corrected_rows import land_corrected
from pipelines.corrections import built_with, in_force, read_declared
from pipelines.delivered_files import own_name, why_unreadable
from pipelines.faults import LeveringFout
from pipelines.intake import Intake, IntakeReport, now
from pipelines.load import COUNTING, FileOutcome, LoadOutcome, delivery_files, tell_known
from pipelines.pseudonym import KEY_FILE, KEY_VARIABLE, load_key
from pipelines.sources import BY_NAME
from warehouse import versions
from warehouse.connection import open_for_writing
from warehouse.correct import Correction
from warehouse.landing import Landed, reference_faults
from warehouse.meta import read_corrections, read_deliveries, read_status
from warehouse.preview import compare_table, landing_before
from warehouse.staff_views import STAFF_SOURCES

REPLACED_AT_ONCE = "Telt niet mee: een bestand dat in deze keuze erna komt, is van hetzelfde deel en vervangt dit."


@dataclass
class PreviewOutcome(LoadOutcome):
    """What taking the files in would give; `changes` has one entry per table, those of the files first.

    `compared` is the number of the version that they were compared with.
    """

    changes: list[dict[str, Any]] = field(default_factory=list)
    compared: int | None = None


def preview(paths: Sequence[Path], data_folder: Path, settings: dict[str, Any], progress: Progress) -> PreviewOutcome:
    """Return the judgement on the files and what they would change against the published version.

    Raises OSError when there is no room for the temporary warehouse; nothing in the data folder is touched.
    """
    outcome = PreviewOutcome()
    archive = Archive(data_folder)
    with tempfile.TemporaryDirectory() as folder:
        key = _key(data_folder)
        kept, own = Intake(data_folder, key, settings), Intake(Path(folder), key, settings)
        read = _Read(kept, own)
        published = versions.published(data_folder)
        outcome.compared = versions.number_of(published) if published else None
        files = delivery_files(paths)
        for place, path in enumerate(files, start=1):
            outcome.files.append(_judge(path, archive, read, archive.next_number() + place, outcome.files))
            progress("bestanden lezen", place, len(files))
        tell_known(outcome.files, data_folder)
        fresh = {file.receipt.levering: file for file in outcome.files if file.receipt is not None}
        # Taken in by a load that was cut short: the next build has it count, and nobody saw yet what that changes.
        waiting = {file.known.levering: file for file in outcome.files if file.wacht_op_bouw and file.known is not None}
        if fresh or waiting:
            receipts = archive.receipts()
            declared = read_declared(data_folder)
            before = published_deliveries(archive, published)
            held = {receipt.levering: receipt for receipt in [*receipts, *before.receipts]}
            for place, receipt in enumerate(held.values(), start=1):
                read.from_archive(archive, receipt)
                progress("leveringen vergelijken", place, len(held))
            new = [file.receipt for file in fresh.values() if file.receipt is not None]
            day = max([dt.date.today(), *(receipt.last_day for receipt in receipts)])
            after = Deliveries([*receipts, *new], in_force(declared, day))
            for levering, file in waiting.items():
                file.report = read.reports.get(levering)
                file.faults = file.found_at_reading()
            readable = {levering: file for levering, file in waiting.items() if file.report is not None}
            _compare(outcome, fresh | readable, before, after, read, Path(folder), settings)
    return outcome


def _key(data_folder: Path) -> bytes:
    """Return the key of the data folder; where there is none yet, one that is thrown away."""
    has_key = os.environ.get(KEY_VARIABLE) or (data_folder / KEY_FILE).exists()
    return load_key(data_folder) if has_key else secrets.token_bytes(32)


class _Read:
    """The read tables of old and new deliveries: from the cache where they are there, else in a folder of our own."""

    def __init__(self, kept: Intake, own: Intake) -> None:
        self.kept, self.own = kept, own
        self.reports: dict[str, IntakeReport] = {}

    def take_in(self, path: Path, name: str, receipt: Receipt) -> IntakeReport:
        """Return the report on a file; its tables are then at `table_path`."""
        cached = self.kept.holds(receipt.sha256, name)
        report = (self.kept if cached else self.own).take_in(path, name, receipt.sha256)
        self.reports[receipt.levering] = report
        return report

    def from_archive(self, archive: Archive, receipt: Receipt) -> None:
        """Read a delivery of before; one that the rules of now refuse does not count, as in a build."""
        try:
            self.take_in(archive.bytes_path(receipt), receipt.bestand, receipt)
        except LeveringFout:
            return

    def table_path(self, sha256: str, table: str) -> Path:
        """Return where the accepted rows of one table are."""
        own = self.own.table_path(sha256, table)
        return own if own.exists() else self.kept.table_path(sha256, table)


def _judge(path: Path, archive: Archive, read: _Read, number: int, others: Sequence[FileOutcome]) -> FileOutcome:
    name, unreadable = own_name(path), why_unreadable(path)
    if unreadable is not None:
        return FileOutcome(name, "geweigerd", unreadable)
    sha256 = fingerprint(path)
    twice = (file.receipt for file in others if file.receipt is not None and file.receipt.sha256 == sha256)
    known = archive.find(sha256) or next(twice, None)
    if known is not None:
        return FileOutcome(name, "al geladen", known=known)
    receipt = Receipt(f"voorbeeld-{number}", number, sha256, name, now(), path.stat().st_size)
    try:
        report = read.take_in(path, name, receipt)
    except LeveringFout as fault:
        outcome = FileOutcome(name, "geweigerd", str(fault), geteld=fault.tally.refused())
        if fault.quarantine is not None:
            # Whoever mends the file wants to see every fault of it, also where there are too many.
            outcome.faults = fault.quarantine.select(list(QUARANTINE_SCHEMA))
        return outcome
    return FileOutcome(name, "gecontroleerd", "", report, receipt)


@dataclass(frozen=True)
class Deliveries:
    """What is landed: deliveries in order of arrival, and the corrections in force."""

    receipts: list[Receipt]
    corrections: list[Correction]


def published_deliveries(archive: Archive, path: Path | None) -> Deliveries:
    """Return what the published version was made from; nothing where nothing is published."""
    if path is None:
        return Deliveries([], [])
    held = {row["levering"] for row in read_deliveries(path) if row["status"] in COUNTING}
    # A delivery withdrawn since is held as well, as long as retention left its bytes.
    receipts = [one for one in archive.known() if one.levering in held and archive.bytes_path(one).is_file()]
    day = dt.date.fromisoformat(read_status(path)["peildatum"])
    return Deliveries(receipts, in_force(built_with(read_corrections(path)), day))


def _compare(
    outcome: PreviewOutcome,
    fresh: Mapping[str, FileOutcome],
    before: Deliveries,
    after: Deliveries,
    read: _Read,
    folder: Path,
    settings: dict[str, Any],
) -> None:
    """Land what is published, land old and new together, and note what changes; `fresh` are the files looked at."""

    def land(deliveries: Deliveries) -> Landed:
        readable = [receipt for receipt in deliveries.receipts if receipt.levering in read.reports]
        files = landing_files(readable, read.reports, read.table_path)
        limit = settings["levering"]["grootste_aandeel_geweigerd"]
        return land_corrected(con, landing_tables(), files, limit, deliveries.corrections)

    con = open_for_writing(folder / "voorbeeld.duckdb")
    try:
        con.execute("set memory_limit = '1GB'")
        with landing_before(con):
            land(before)
        landed = land(after)
        _judge_references(fresh, landed, reference_faults(con))
        delivered = {table.tabel for levering in fresh for table in read.reports[levering].tabellen}
        for table in landing_tables():
            change = compare_table(con, table, list(fresh), personal_columns(BY_NAME[table.name]))
            if table.name in delivered or change["nieuw"] or change["gewijzigd"] or change["verdwenen"]:
                outcome.changes.append({"bron": BY_NAME[table.name].bron, **change})
        outcome.changes.sort(key=lambda change: change["tabel"] not in delivered)
    finally:
        con.close()


def _judge_references(fresh: Mapping[str, FileOutcome], landed: Landed, faults: pl.DataFrame) -> None:
    """Add what landing found to the files: rows that refer to something unknown, files refused as a whole."""
    for levering, file in fresh.items():
        assert file.report is not None
        by_reference = sum(count for (name, _), count in landed.refused_rows.items() if name == levering)
        if levering in landed.refused:
            file.status, file.boodschap = "geweigerd", landed.refused[levering]
        file.count(0 if file.status == "geweigerd" else file.report.aanvaard - by_reference)
        own = faults.filter(pl.col("levering") == levering).drop("levering", "tabel")
        file.faults = pl.concat([file.faults, own])
        # One that waits for a build is replaced by another of the archive too, which its own sentence leaves open.
        if file.known is None and file.geteld.aanvaard and levering not in landed.active:
            file.boodschap, file.telt_mee = REPLACED_AT_ONCE, False


def personal_columns(contract: Contract) -> frozenset[str]:
    """Return the columns that hold persons or the answers of one; of a source about staff, every column."""
    if contract.bron in STAFF_SOURCES:
        return frozenset(contract.schema)
    found = {column.name for column in contract.kept if column.is_personal}
    # What one person answered is as much theirs as who they are.
    others = (contract.person_in_file_name, contract.answers_column)
    return frozenset(found | {name for name in others if name})
