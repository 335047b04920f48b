"""Taking files in: judge them, see what they would change, load them, build anew."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

from pipelines.access_log import LOG_UNREACHABLE, remove_old_lines
from pipelines.commands.answers import (
    MISUSED,
    answer,
    build_lines,
    changes,
    file_json,
    file_lines,
    outcome_json,
    progress,
    say,
    waiting,
)
from pipelines.faults import LeveringFout
from warehouse import versions
from warehouse.settings import load_settings

MOST_FAULTS_IN_PREVIEW = 200
REFERENCES_NOT_JUDGED = (
    "Niet nagekeken: of wat naar een andere levering verwijst (een instellingsnummer, een traject, een activiteit), "
    "daar ook staat. Dat gebeurt bij het laden; rijen die dan nergens naar verwijzen, gaan naar quarantaine."
)
NOTHING_TO_CHECK = "Er was geen bestand om na te kijken."
NO_FILES = "Er was geen bestand om op te nemen."


def check(options: argparse.Namespace) -> int:
    """Read and judge files, store nothing."""
    from pipelines.check import check_files
    from pipelines.drop_folder import other_kinds
    from pipelines.load import REFUSED, other_files

    with progress(options) as bar:
        outcome = check_files(options.paden, load_settings(), bar.step)
    others = other_kinds(other_files(options.paden))
    # A supplier who sends a zip may not read that all is well.
    code = int(outcome.exit_code) if outcome.files else REFUSED
    nothing = [] if outcome.files else [NOTHING_TO_CHECK]
    data = {**outcome_json(outcome), "code": code, "niet_gelezen": others, "niet_nagekeken": REFERENCES_NOT_JUDGED}
    answer(options, data, [*file_lines(outcome), *nothing, *others, *_check_lines(outcome)])
    return code


def _check_lines(outcome: Any) -> list[str]:
    return [
        f"Verwachting niet gehaald ({row['ernst']}): {row['bron']}: {row['verwachting']} {row['waargenomen']}".rstrip()
        for row in outcome.validation
        if not row["geslaagd"]
    ] + [REFERENCES_NOT_JUDGED, "Er is niets bewaard."]


def preview(options: argparse.Namespace) -> int:
    """Read and judge files, and say what they would change; store nothing but what --quarantaine asks for."""
    from pipelines.drop_folder import other_kinds
    from pipelines.load import delivery_files, other_files
    from pipelines.preview import preview as preview_files

    with progress(options) as bar:
        outcome = preview_files(options.paden, versions.data_folder(), load_settings(), bar.step)
    others = other_kinds(other_files(options.paden))
    data = {
        "code": outcome.exit_code,
        "vergeleken_met": outcome.compared,
        "bestanden": [
            {
                **file_json(file),
                "fouten": file.faults.head(MOST_FAULTS_IN_PREVIEW).to_dicts(),
                "fouten_totaal": file.faults.height,
                "quarantainebestand": _marked(options.quarantaine, place, path, file),
                "foutenbestand": _kept(options.fouten, place, file),
            }
            for place, (path, file) in enumerate(
                zip(delivery_files(options.paden), outcome.files, strict=True), start=1
            )
        ],
        "wijzigingen": outcome.changes,
        "niet_gelezen": others,
    }
    changes = [
        f"{change['tabel']}: {change['nieuw']} nieuw, {change['gewijzigd']} gewijzigd, "
        f"{change['verdwenen']} verdwenen, {change['gelijk']} gelijk."
        for change in outcome.changes
    ]
    answer(options, data, [*file_lines(outcome), *others, *changes, "Er is niets bewaard."])
    return outcome.exit_code


def _marked(folder: Path | None, place: int, path: Path, file: Any) -> str | None:
    """Write a file that is not loaded yet with its faults marked, and return where; None without faults."""
    from pipelines.quarantine_workbook import not_loaded_title, write_marked_workbook

    if folder is None or file.faults.is_empty():
        return None
    target = folder / f"{place} {path.stem}.xlsx"
    write_marked_workbook(path, not_loaded_title(path), file.faults.to_dicts(), target, load_settings())
    return str(target)


def _kept(folder: Path | None, place: int, file: Any) -> str | None:
    """Keep every fault of a file, so that it can be marked later without judging it again; None without faults."""
    if folder is None or file.faults.is_empty():
        return None
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{place}.parquet"
    file.faults.write_parquet(target)
    return str(target)


def load(options: argparse.Namespace) -> int:
    """Take files in, build, check and publish; with --uit-map, empty a folder where suppliers drop files."""
    from pipelines.drop_folder import dropped_files, other_kinds, tidy
    from pipelines.load import REFUSED, other_files
    from pipelines.load import load as load_files

    if bool(options.paden) == (options.uit_map is not None):
        say("Geef bestanden of mappen, of enkel --uit-map MAP.")
        return MISUSED
    folder = versions.data_folder()
    dropped = dropped_files(options.uit_map) if options.uit_map else None
    paths = dropped.ready if dropped else options.paden
    before = versions.published(folder)
    with progress(options) as bar:
        outcome = load_files(
            paths,
            folder,
            load_settings(),
            bar.step,
            waiting(options),
            options.ontvangen_op,
            options.door,
            options.vergeleken_met,
        )
    passed_over = [] if outcome.files or outcome.failure else [NO_FILES]
    others = other_kinds(other_files(options.paden))
    code = REFUSED if others and not outcome.files and not outcome.failure else outcome.exit_code
    passed_over += others
    notices = []
    if dropped:
        passed_over += dropped.sentences
        tidy(options.uit_map, paths, outcome, folder)
        # The nightly load is what comes by every day.
        notices = [] if remove_old_lines(folder, load_settings()) is not None else [LOG_UNREACHABLE]
    changed, change_lines = changes(before, outcome.published)
    lines = [
        *file_lines(outcome),
        *passed_over,
        *build_lines(outcome, with_models=options.modellen),
        *change_lines,
        *notices,
    ]
    answer(options, {**outcome_json(outcome), **changed, "code": code, "niet_opgenomen": passed_over}, lines)
    return code


def rebuild(options: argparse.Namespace) -> int:
    """Build anew from the archive and publish."""
    from pipelines.load import rebuild as rebuild_warehouse

    if options.peildatum is not None and options.peildatum > dt.date.today():
        raise LeveringFout("peildatum", f"{options.peildatum:%d/%m/%Y} moet nog komen: kies vandaag of een dag ervoor.")
    folder = versions.data_folder()
    before = versions.published(folder)
    with progress(options) as bar:
        outcome = rebuild_warehouse(
            folder,
            load_settings(),
            bar.step,
            waiting(options),
            options.peildatum,
            options.door,
            options.vergeleken_met,
        )
    changed, change_lines = changes(before, outcome.published)
    answer(
        options,
        {**outcome_json(outcome), **changed},
        [*build_lines(outcome, with_models=options.modellen), *change_lines],
    )
    return outcome.exit_code
