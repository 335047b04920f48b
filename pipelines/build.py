"""From the archive to a published warehouse: land what counts, build and check every model, move the pointer."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from analysis.backtest import backtest_lists
from analysis.batches import shown_answers
from analysis.comparable import nearest_institutions
from analysis.effect import estimate_effects
from analysis.needs import estimate_indicators, rank_needs, score_criteria
from analysis.robustness import rank_robustness
from analysis.smallest import smallest_in_top
from analysis.suppression import hide_teams
from pipelines import corrections, validation_history
from pipelines.archive import WITHDRAWN, Archive, Receipt
from pipelines.contract import Contract, Kind, VakKind
from pipelines.corrected_rows import land_corrected
from pipelines.faults import LeveringFout
from pipelines.intake import Intake, IntakeReport, shown_name
from pipelines.moments import held_files
from pipelines.read_ahead import ReadAhead
from pipelines.sources import CONTRACTS
from pipelines.staff_names import STAFF, staff_names
from pipelines.tally import Tally
from pipelines.vakken import PROPOSAL_VAK
from pipelines.validation import Judge
from pipelines.verdicts import Verdicts
from warehouse import versions
from warehouse.build import BuildError, ModelResult
from warehouse.build import build as build_models
from warehouse.connection import open_for_writing
from warehouse.correct import APPLIED
from warehouse.cross_check import compare_sources
from warehouse.landing import Landed, LandingFile, LandingTable, Reference, reference_faults
from warehouse.landing_history import write_history
from warehouse.meta import write_meta, write_samples
from warehouse.percentages import judge_percentages
from warehouse.replaced_parts import FAULT, note_faults, replaced_parts
from warehouse.split import split

COMPUTED: dict[str, Callable[..., pl.DataFrame]] = {
    "backtest_lists": backtest_lists,
    "estimate_effects": estimate_effects,
    "estimate_indicators": estimate_indicators,
    "hide_teams": hide_teams,
    "nearest_institutions": nearest_institutions,
    "rank_needs": rank_needs,
    "rank_robustness": rank_robustness,
    "score_criteria": score_criteria,
    "shown_answers": shown_answers,
    "smallest_in_top": smallest_in_top,
}

Progress = Callable[[str, int, int], None]

#: What DuckDB may hold in memory while it builds; what needs more goes to disk for a while. Half of it makes counting
#: people of ten million inschrijvingen twice as slow.
MEMORY = "2GB"


@dataclass(frozen=True)
class BuildOutcome:
    """A warehouse that was built and checked, not yet published; `path` is its work file."""

    number: int
    path: Path
    models: list[ModelResult]
    landed: Landed
    deliveries: list[dict[str, Any]]
    faults: pl.DataFrame
    history: pl.DataFrame
    corrections: list[dict[str, Any]]

    def reference_faults(self, levering: str) -> pl.DataFrame:
        """Return the rows of one delivery that refer to something unknown: blad, rij, kolom, waarde, reden."""
        return self.faults.filter(pl.col("levering") == levering).drop("levering", "tabel")


def landing_tables() -> list[LandingTable]:
    """Return the landing tables of all contracts, a table after the ones it refers to."""
    tables = [LandingTable(c.name, c.schema, _key(c), tuple(_references(c))) for c in CONTRACTS]
    ordered: list[LandingTable] = []
    while tables:
        done = {table.name for table in ordered}
        ready = [t for t in tables if all(r.table in done or r.table == t.name for r in t.references)]
        if not ready:
            raise BuildError(f"De contracten verwijzen in een kring: {', '.join(t.name for t in tables)}.")
        ordered += ready
        tables = [table for table in tables if table not in ready]
    return ordered


def _key(contract: Contract) -> tuple[str, ...]:
    """Return what identifies a row over all deliveries: the schooljaar too where only the file's name tells it."""
    return (*contract.key, "_vak") if contract.vak.kind is VakKind.NAME else contract.key


def _references(contract: Contract) -> list[Reference]:
    found = []
    for column in contract.kept:
        if column.known == "scholengroepen":
            found.append(Reference(column.name, column.header, "instellingen", "scholengroep_nummer"))
        elif column.known:
            found.append(Reference(column.name, column.header, column.known, column.name, column.also))
    return found


def build_warehouse(
    data_folder: Path,
    intake: Intake,
    judge: Judge,
    settings: dict[str, Any],
    peildatum: dt.date,
    progress: Progress,
) -> BuildOutcome:
    """Build the warehouse of the archive as it stood at the peildatum, and check it.

    Raises BuildError when a model, key or check fails; nothing is published then.
    """
    declared = _declared(data_folder)
    archive = Archive(data_folder)
    receipts = archive.receipts(peildatum)
    # Retention may have removed the bytes of what counts no more.
    withdrawn = [receipt for receipt in archive.withdrawn(peildatum) if archive.bytes_path(receipt).is_file()]
    if not receipts:
        raise BuildError(f"Op {peildatum:%d/%m/%Y} is er geen enkele levering die meetelt.")
    reports, unreadable = _read(data_folder, archive, [*receipts, *withdrawn], intake, progress)
    refused = [*archive.refused(), *unreadable]
    receipts = [receipt for receipt in receipts if receipt.levering in reports]
    withdrawn = [receipt for receipt in withdrawn if receipt.levering in reports]
    number, path = versions.begin_version(data_folder, validation_history.last_version(data_folder))
    con = open_for_writing(path)
    try:
        con.execute(f"set memory_limit = '{MEMORY}'")
        # What is lost with the machine is built anew; publishing waits until every file is on disk.
        con.execute("set fsync_mode = 'NONE'")
        landed = land_corrected(
            con,
            landing_tables(),
            landing_files(receipts, reports, intake.table_path),
            settings["levering"]["grootste_aandeel_geweigerd"],
            corrections.in_force(declared, peildatum),
        )
        write_history(
            con,
            held_files([*receipts, *withdrawn], reports, intake.table_path, landed.refused, peildatum),
            {contract.name: contract.schema for contract in CONTRACTS},
            [correction for correction, state in landed.corrections.items() if state == APPLIED],
        )
        faults = reference_faults(con)
        samples = write_samples(
            con,
            [contract.name for contract in CONTRACTS],
            path.with_suffix(""),
            settings["levering"]["steekproef_verwachtingen"],
        )
        verdicts = Verdicts(intake.root / "oordelen")
        judged = {}
        for table, sample in samples.items():
            known = verdicts.find(table, sample)
            if known is None:
                judge.ask(table, sample)
            else:
                judged[table] = known
        models = build_models(con, COMPUTED, settings, peildatum, progress)
        progress("verwachtingen toetsen", 0, 1)
        for table in [table for table in samples if table not in judged]:
            judged[table] = judge.answer()
            verdicts.keep(table, samples[table], judged[table])
        verdicts.forget_unused()
        states = corrections.states(declared, landed.corrections, peildatum)
        validation = [
            *(row for table in samples for row in judged[table]),
            *judge_percentages(con, _percentages()),
            *compare_sources(con),
            *corrections.judgements(states),
        ]
        built = dt.datetime.now().replace(microsecond=0)
        history = validation_history.with_build(
            validation_history.read_history(data_folder), number, built, peildatum, validation
        )
        note_faults(con, _quarantine(receipts, reports))
        rows = _delivery_rows(receipts, withdrawn, refused, reports, landed, replaced_parts(con), intake.key)
        write_meta(
            con,
            version={
                "versie": number,
                "gebouwd_op": built,
                "peildatum": peildatum,
                # One invented delivery makes figures invented; one real delivery makes them somebody's.
                "is_demo": any(receipt.is_demo for receipt in receipts),
                "is_enkel_demo": all(receipt.is_demo for receipt in (*receipts, *withdrawn, *refused)),
                "methode_versie": settings["versie"],
            },
            deliveries=rows,
            sources={contract.name: contract.bron for contract in CONTRACTS},
            validation=validation,
            models=[(m.model, m.rijen, m.seconden) for m in models],
            corrections=states,
            validation_history=history,
        )
        personal = [model.model.partition(".")[2] for model in models if model.is_personal]
        split(con, path, personal, _names(archive, receipts, reports, landed, intake))
    except BaseException:
        con.close()
        # On a full disk, the next build needs the room that this one took.
        versions.remove_unfinished(data_folder)
        raise
    finally:
        con.close()
        for sample in path.parent.glob(f"{path.with_suffix('').name}-*.parquet"):
            sample.unlink()
    return BuildOutcome(number, path, models, landed, rows, faults, history, states)


def _read(
    data_folder: Path, archive: Archive, receipts: Sequence[Receipt], intake: Intake, progress: Progress
) -> tuple[dict[str, IntakeReport], list[Receipt]]:
    """Return the report on every delivery as today's rules read it, and the receipts that they refuse."""
    reports, refused = {}, []
    unread = {archive.bytes_path(r): r.bestand for r in receipts if not intake.holds(r.sha256, r.bestand)}
    with ReadAhead(list(unread), data_folder, intake, names=unread) as ahead:
        for place, receipt in enumerate(receipts, start=1):
            path = archive.bytes_path(receipt)
            ahead.wait_for(path)
            try:
                reports[receipt.levering] = intake.take_in(path, receipt.bestand, receipt.sha256)
            except LeveringFout as fault:
                # Taken in under earlier rules: it may not stop every build from now on, nor go unsaid.
                refused.append(replace(receipt, boodschap=f"Geweigerd onder de regels van nu: {fault}"))
            progress("leveringen klaarzetten", place, len(receipts))
    return reports, refused


def _names(
    archive: Archive,
    receipts: Sequence[Receipt],
    reports: Mapping[str, IntakeReport],
    landed: Landed,
    intake: Intake,
) -> pl.DataFrame:
    """Return the names of the staff in the lists that count."""
    lists = {name for name, report in reports.items() if any(table.tabel == STAFF for table in report.tabellen)}
    return staff_names(archive, receipts, lists & landed.active, intake.key, intake.settings)


def _declared(data_folder: Path) -> list[corrections.Declared]:
    """Return the declared corrections; a faulty one stops the build, because it would change figures unseen."""
    try:
        return corrections.read_declared(data_folder)
    except LeveringFout as fault:
        raise BuildError(str(fault)) from fault


def landing_files(
    receipts: Sequence[Receipt], reports: Mapping[str, IntakeReport], table_path: Callable[[str, str], Path]
) -> dict[str, list[LandingFile]]:
    """Return per table the read rows of the deliveries; `table_path` says where those of a delivery's table are."""
    files: dict[str, list[LandingFile]] = {}
    lists = {
        table.tabel: receipt.volgorde
        for receipt in receipts
        for table in reports[receipt.levering].tabellen
        if table.vakken == ("geheel",)
    }
    for receipt in receipts:
        if _is_in_newer_list(receipt, reports[receipt.levering], lists):
            continue
        for table in reports[receipt.levering].tabellen:
            path = table_path(receipt.sha256, table.tabel)
            files.setdefault(table.tabel, []).append(
                LandingFile(receipt.levering, receipt.volgorde, path, table.gelezen, receipt.received)
            )
    return files


def _is_in_newer_list(receipt: Receipt, report: IntakeReport, lists: Mapping[str, int]) -> bool:
    """Whether a delivery is one report (not a complete list) and a complete list came in after it."""
    return any(
        table.vakken and table.vakken[0].startswith(PROPOSAL_VAK) and lists.get(table.tabel, 0) > receipt.volgorde
        for table in report.tabellen
    )


def _percentages() -> Iterator[tuple[str, str, str, str]]:
    """Yield every column of percentages: bron, table, column, and its head."""
    for contract in CONTRACTS:
        for column in contract.kept:
            if column.kind is Kind.PERCENT:
                yield contract.bron, contract.name, column.name, column.header


def _delivery_rows(
    receipts: list[Receipt],
    withdrawn: list[Receipt],
    refused: list[Receipt],
    reports: dict[str, IntakeReport],
    landed: Landed,
    replaced: Mapping[str, dict[str, Any]],
    key: bytes,
) -> list[dict[str, Any]]:
    """Return one row per delivery: what was read, accepted and refused, whether it counts, and which part does not."""
    rows = []
    for receipt in receipts:
        report = reports[receipt.levering]
        by_reference = sum(count for (name, _), count in landed.refused_rows.items() if name == receipt.levering)
        message = landed.refused.get(receipt.levering)
        accepted = 0 if message else report.aanvaard - by_reference
        status = "geweigerd" if message else "actief" if receipt.levering in landed.active else "vervangen"
        row = _delivery_row(receipt, report.bestand, _counted(report, accepted), status, message or _told(report))
        rows.append(row | (replaced.get(receipt.levering, {}) if status == "actief" else {}))
    for receipt in withdrawn:
        report = reports[receipt.levering]
        # Not judged against the other lists now: it keeps what was counted when it did count.
        kept = receipt.geteld or report.tally
        tally = replace(kept, bron=report.bron, vak=report.vak)
        rows.append(_delivery_row(receipt, report.bestand, tally, WITHDRAWN, _told(report)))
    for receipt in refused:
        tally = (receipt.geteld or Tally()).refused()
        name = shown_name(receipt.bestand, tally.bron, key)
        rows.append(_delivery_row(receipt, name, tally, "geweigerd", receipt.boodschap))
    return rows


def _delivery_row(receipt: Receipt, name: str, tally: Tally, status: str, message: str) -> dict[str, Any]:
    return {
        "levering": receipt.levering,
        "bron": tally.bron,
        "vak": tally.vak,
        "bestand": name,
        "ontvangen_op": dt.datetime.fromisoformat(receipt.ontvangen_op).replace(tzinfo=None),
        "gelezen": tally.gelezen,
        "aanvaard": tally.aanvaard,
        "quarantaine": tally.quarantaine,
        "buiten": tally.buiten,
        "status": status,
        "boodschap": message,
        "vervangen_delen": "",
        "gelezen_vervangen": 0,
        "quarantaine_vervangen": 0,
    }


def _counted(report: IntakeReport, accepted: int) -> Tally:
    return Tally(report.bron, report.vak, report.gelezen, accepted, report.buiten)


def _told(report: IntakeReport) -> str:
    return " ".join(melding.sentence for melding in report.meldingen)


def _quarantine(receipts: list[Receipt], reports: dict[str, IntakeReport]) -> pl.DataFrame:
    """Return the faults found at reading, with the delivery, the table and the part they belong to."""
    frames = [
        report.quarantine.with_columns(levering=pl.lit(receipt.levering))
        for receipt in receipts
        if (report := reports[receipt.levering]).quarantine.height
    ]
    return pl.concat(frames) if frames else pl.DataFrame(schema=FAULT)
