"""What an inspection report seems to say, for a person to look at: printed or written as files, never loaded."""

import argparse
import csv
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.commands.answers import answer
from pipelines.faults import LeveringFout
from warehouse import versions

if TYPE_CHECKING:
    from pipelines.proposals import Found, Proposal

#: A column for who looks at the files of a proposal.
TO_LOOK_AT = "na te kijken"


def propose(options: argparse.Namespace) -> int:
    """Print the proposal for one report, and write its two delivery files where a name is given."""
    from pipelines.proposals import propose as proposal_of
    from pipelines.report_text import read_pages

    proposal = proposal_of(read_pages(options.bestand))
    written = write_files(proposal, options.naar) if options.naar else []
    known = _known(proposal)
    data = {
        "bestand": options.bestand.name,
        "velden": _fields(proposal),
        "inschaling_keuzes": list(_choices("inschalingen", "inschaling")),
        "bekend": known,
        "inschalingen": [asdict(scaled) for scaled in proposal.inschalingen],
        "ontbreekt": [found.veld for found in proposal.velden if not found.waarde],
        "meldingen": list(proposal.meldingen),
        "geschreven": [str(path) for path in written],
    }
    lines = [*_lines(proposal), *(_known_line(row) for row in known), *(f"Geschreven: {path}" for path in written)]
    answer(options, data, lines)
    return 0


def write_filled(options: argparse.Namespace) -> int:
    """Write a proposal that somebody looked at as a delivery of its own; it counts once it is loaded."""
    from pipelines.proposal_file import read_filled, write_delivery

    fields, scaled = read_filled(options.ingevuld)
    write_delivery(fields, scaled, options.naar)
    answer(options, {"geschreven": str(options.naar)}, [f"Geschreven: {options.naar}. Laden: sterrenwacht laad"])
    return 0


def _fields(proposal: "Proposal") -> list[dict[str, Any]]:
    """Return every column of the delivery with what was found for it, its choices and whether it must be filled."""
    from pipelines.proposals import FIELDS, NOT_SOUGHT, Found
    from pipelines.sources.doorlichtingen import CONTRACTS

    found = {one.veld: one for one in proposal.velden}
    return [
        {
            **asdict(found.get(column.header) or Found(column.header, "", reden=NOT_SOUGHT)),
            "soort": str(column.kind),
            "keuzes": list(column.choices),
            "verplicht": bool(column.filled),
            "is_gezocht": column.header in FIELDS,
        }
        for column in CONTRACTS[0].columns
    ]


def _choices(table: str, name: str) -> tuple[str, ...]:
    from pipelines.sources import BY_NAME

    return next(column.choices for column in BY_NAME[table].columns if column.name == name)


def _known(proposal: "Proposal") -> list[dict[str, Any]]:
    """Return the doorlichtingen of this instelling that are published already, newest first."""
    from warehouse.inspections import known_inspections

    current, number = versions.published(versions.data_folder()), proposal.value("instellingsnummer")
    return known_inspections(current, number) if current and number else []


def _known_line(row: dict[str, Any]) -> str:
    return f"Al bekend van deze instelling: {row['doorlichting_id']}, {row['soort']} van {row['datum']:%d/%m/%Y}."


def write_files(proposal: "Proposal", path: Path) -> list[Path]:
    """Write the proposal as the two files of source 5 and return their paths.

    The inschalingen stand beside the doorlichtingen, in `<name>_inschalingen.csv`. A last column, which no delivery has
    and loading ignores, says what to look at and why. Raises LeveringFout when one of the
    two exists already: it may hold what somebody corrected.
    """
    from pipelines.sources.doorlichtingen import CONTRACTS

    inspections, scales = CONTRACTS
    beside = path.with_name(f"{path.stem}_inschalingen{path.suffix or '.csv'}")
    for one in (path, beside):
        if one.exists():
            raise LeveringFout("bestaat", f"Het bestand '{one}' bestaat al. Kies een andere naam.")
    row = [proposal.value(column.header) for column in inspections.columns]
    doubts = "; ".join(f"{found.veld}: {_doubt(found)}" for found in proposal.velden if found.reden)
    _write(path, [*(column.header for column in inspections.columns), TO_LOOK_AT], [[*row, doubts]])
    number = proposal.value("doorlichting id")
    rows = [[number, s.kwaliteitsverwachting, s.onderwerp, s.inschaling, s.reden] for s in proposal.inschalingen]
    _write(beside, [*(column.header for column in scales.columns), TO_LOOK_AT], rows)
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
        sure = f"{scaled.zekerheid}: {scaled.reden}" if scaled.reden else scaled.zekerheid
        lines.append(f"{scaled.kwaliteitsverwachting}{subject}: {scaled.inschaling} ({sure})")
        lines.append(f"  bladzijde {scaled.bladzijde}: {scaled.zin}")
    return lines


def _doubt(found: "Found") -> str:
    """Return why a field is not sure, and what else it may be."""
    return f"{found.reden}; kan ook zijn: {', '.join(found.anders)}" if found.anders else found.reden


def _field_lines(found: "Found") -> list[str]:
    if not found.waarde and not found.anders:
        return [f"{found.veld}: {found.reden}"]
    sure = f"{found.zekerheid}: {_doubt(found)}" if found.reden else found.zekerheid
    lines = [f"{found.veld}: {found.waarde or '?'} ({sure})"]
    where = f"bladzijde {found.bladzijde}: " if found.bladzijde else ""
    return [*lines, f"  {where}{found.zin}"] if found.zin else lines
