"""What happens to deliveries that were taken in: their history, withdrawing, the quarantine as a workbook."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipelines.commands.answers import (
    FAILED,
    NOT_PUBLISHED,
    answer,
    build_lines,
    changes,
    counts,
    outcome_json,
    progress,
    status_words,
    waiting,
)
from pipelines.wording import counted
from warehouse import versions
from warehouse.settings import load_settings


def show_history(options: argparse.Namespace) -> int:
    """Print every delivery that ever came in, the last first."""
    from pipelines.history import deliveries
    from pipelines.journal import events

    rows = deliveries(versions.data_folder())
    done = [asdict(event) for event in events(versions.data_folder())]
    lines = [_line(row) for row in rows] or ["Er is nog geen enkele levering ontvangen."]
    answer(options, {"leveringen": rows, "gebeurtenissen": done}, lines)
    return 0


def _line(row: dict[str, Any]) -> str:
    by = f" door {row['door']}" if row["door"] else ""
    line = (
        f"{row['levering']} {row['bestand']}: ontvangen op {_moment(row['ontvangen_op'])}{by}, {status_words(row)}; "
        f"{counts(row)}"
    )
    if row["ingetrokken_op"]:
        who = f" door {row['ingetrokken_door']}" if row["ingetrokken_door"] else ""
        line += f"; ingetrokken op {_moment(row['ingetrokken_op'])}{who}: {row['reden']}"
    return line


def _moment(text: str) -> str:
    """Return a moment as a list of them shows it: '2026-11-22 16:08'."""
    return text[:16].replace("T", " ")


def withdraw(options: argparse.Namespace) -> int:
    """Have a delivery count no more, build and publish."""
    from pipelines.withdrawal import withdraw as withdraw_delivery

    before = versions.published(versions.data_folder())
    with progress(options) as bar:
        outcome = withdraw_delivery(
            options.levering,
            options.reden,
            options.door,
            versions.data_folder(),
            load_settings(),
            bar.step,
            waiting(options),
        )
    return _tell(options, outcome, before, f"Levering {options.levering} is ingetrokken en telt niet meer mee.")


def restore(options: argparse.Namespace) -> int:
    """Have a withdrawn delivery count again, build and publish."""
    from pipelines.withdrawal import restore as restore_delivery

    before = versions.published(versions.data_folder())
    with progress(options) as bar:
        outcome = restore_delivery(
            options.levering, options.door, versions.data_folder(), load_settings(), bar.step, waiting(options)
        )
    return _tell(options, outcome, before, f"Levering {options.levering} telt weer mee.")


def _tell(options: argparse.Namespace, outcome: Any, before: Path | None, sentence: str) -> int:
    """Print the outcome of a build; one that failed left the delivery as it was."""
    changed, change_lines = changes(before, outcome.published)
    told = [*build_lines(outcome), *change_lines]
    lines = told if outcome.failure else [sentence, *told]
    answer(options, {**outcome_json(outcome), **changed}, lines)
    return int(outcome.exit_code)


def write_quarantine(options: argparse.Namespace) -> int:
    """Write the supplier's own file as a workbook with the faulty cells coloured."""
    from pipelines.quarantine_workbook import mark_judged_file, write_quarantine_workbook

    if options.fouten is not None:
        faults = mark_judged_file(Path(options.levering), options.fouten, options.naar, load_settings())
    else:
        faults = write_quarantine_workbook(
            options.levering,
            options.naar,
            versions.data_folder(),
            load_settings(),
            with_staff=not options.zonder_personeel,
        )
    answer(
        options,
        {"levering": options.levering, "bestand": str(options.naar), "fouten": faults},
        [f"{options.naar}: het bestand van de leverancier met {counted(faults, 'fout', 'fouten')} aangeduid."],
    )
    return 0


def replace_key(options: argparse.Namespace) -> int:
    """Give everybody another pseudonym: another key, everything built anew, and what the old key made removed."""
    from pipelines.key_rotation import replace_key as replace

    with progress(options) as bar:
        rotation = replace(versions.data_folder(), load_settings(), bar.step, waiting(options), options.door)
    outcome = rotation.outcome
    lines = build_lines(outcome)
    if outcome.failure:
        lines.append("De sleutel is niet vervangen: alles blijft wat het was.")
    else:
        gone = ", ".join(map(str, rotation.versions_removed)) or "geen"
        lines.append(f"De sleutel is vervangen. Verwijderde versies, met oude pseudoniemen: {gone}.")
    answer(options, {**outcome_json(outcome), "versies_verwijderd": rotation.versions_removed}, lines)
    return int(outcome.exit_code)


def remove_person(options: argparse.Namespace) -> int:
    """Remove the person whose e-mail address or code is on standard input; what is removed cannot come back."""
    from pipelines.identity import read_identities
    from pipelines.person_removal import remove_person as remove

    identities = read_identities(sys.stdin.read())
    with progress(options) as bar:
        removal = remove(identities, options.door, versions.data_folder(), load_settings(), bar.step, waiting(options))
    rows = counted(sum(row["rijen"] for row in removal.deliveries), "rij", "rijen")
    fields = counted(removal.remarks.fields, "veld", "velden")
    searched = counted(removal.searched, "bestand", "bestanden")
    lines = [
        f"{counted(len(removal.deliveries), 'levering', 'leveringen')} herschreven of verwijderd, {rows} verwijderd.",
        f"{fields} van de dialoog gewist. {removal.remarks.failure}".rstrip(),
        f"{searched} doorzocht; de persoon staat nog in: {', '.join(removal.found) or 'geen enkel'}.",
    ]
    if removal.failure:
        lines.append(f"De bouw is niet gelukt; vroegere versies staan er nog: {removal.failure}")
    answer(options, removal.report(), lines)
    if removal.failure:
        return NOT_PUBLISHED
    return FAILED if removal.found or removal.remarks.failure else 0
