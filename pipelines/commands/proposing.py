"""What an inspection report seems to say, for a person to look at: printed or written as files, never loaded."""

import argparse
import csv
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.commands.answers import answer
from pipelines.faults import LeveringFout

if TYPE_CHECKING:
    from pipelines.proposals import Found, Proposal


def propose(options: argparse.Namespace) -> int:
    """Print the proposal for one report, and write its two delivery files where a name is given."""
    from pipelines.proposals import propose as proposal_of
    from pipelines.report_text import read_pages

    proposal = proposal_of(read_pages(options.bestand))
    written = write_files(proposal, options.naar) if options.naar else []
    data = {
        "bestand": options.bestand.name,
        "velden": [asdict(found) for found in proposal.velden],
        "inschalingen": [asdict(scaled) for scaled in proposal.inschalingen],
        "ontbreekt": [found.veld for found in proposal.velden if not found.waarde],
        "meldingen": list(proposal.meldingen),
        "geschreven": [str(path) for path in written],
    }
    answer(options, data, [*_lines(proposal), *(f"Geschreven: {path}" for path in written)])
    return 0


def write_files(proposal: "Proposal", path: Path) -> list[Path]:
    """Write the proposal as the two files of source 5 and return their paths.

    The inschalingen stand beside the doorlichtingen, in `<name>_inschalingen.csv`. Raises LeveringFout when one of the
    two exists already: it may hold what somebody corrected.
    """
    from pipelines.sources.doorlichtingen import CONTRACTS

    inspections, scales = CONTRACTS
    beside = path.with_name(f"{path.stem}_inschalingen{path.suffix or '.csv'}")
    for one in (path, beside):
        if one.exists():
            raise LeveringFout("bestaat", f"Het bestand '{one}' bestaat al. Kies een andere naam.")
    row = [proposal.value(column.header) for column in inspections.columns]
    _write(path, [column.header for column in inspections.columns], [row])
    number = proposal.value("doorlichting id")
    rows = [[number, s.kwaliteitsverwachting, s.onderwerp, s.inschaling] for s in proposal.inschalingen]
    _write(beside, [column.header for column in scales.columns], rows)
    return [path, beside]


def _write(path: Path, header: list[str], rows: list[list[str]]) -> None:
    # With a byte order mark: the file is meant to be opened in Excel.
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle, delimiter=";")
        writer.writerow(header)
        writer.writerows(rows)


def _lines(proposal: "Proposal") -> list[str]:
    lines = [*proposal.meldingen, ""]
    for found in proposal.velden:
        lines += _field_lines(found)
    for scaled in proposal.inschalingen:
        subject = f" ({scaled.onderwerp})" if scaled.onderwerp else ""
        lines.append(f"{scaled.kwaliteitsverwachting}{subject}: {scaled.inschaling} ({scaled.zekerheid})")
        lines.append(f"  bladzijde {scaled.bladzijde}: {scaled.zin}")
    return lines


def _field_lines(found: "Found") -> list[str]:
    if not found.waarde and not found.anders:
        return [f"{found.veld}: niet gevonden"]
    others = f"; kan ook zijn: {', '.join(found.anders)}" if found.anders else ""
    lines = [f"{found.veld}: {found.waarde or '?'} ({found.zekerheid}{others})"]
    where = f"bladzijde {found.bladzijde}: " if found.bladzijde else ""
    return [*lines, f"  {where}{found.zin}"] if found.zin else lines
