"""What a supplier runs before sending: read and judge files, keep nothing."""

import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.build import Progress
from pipelines.clean import Cleaned
from pipelines.delivered_files import own_name, why_unreadable
from pipelines.faults import LeveringFout
from pipelines.intake import judge_file
from pipelines.load import FileOutcome, LoadOutcome, delivery_files
from pipelines.validation import Judge


@dataclass
class CheckOutcome(LoadOutcome):
    """What a check gave, with the results of Great Expectations."""

    validation: list[dict[str, Any]] = field(default_factory=list)


def check_files(paths: Sequence[Path], settings: dict[str, Any], progress: Progress) -> CheckOutcome:
    """Return the judgement on the files; references to other deliveries are not checked, nothing is stored."""
    outcome = CheckOutcome()
    key = secrets.token_bytes(32)
    rows = int(settings["levering"]["steekproef_verwachtingen"])
    files = delivery_files(paths)
    samples: dict[str, list[Cleaned]] = {}
    with Judge() as judge, tempfile.TemporaryDirectory() as folder:
        for place, path in enumerate(files, start=1):
            name, unreadable = own_name(path), why_unreadable(path)
            if unreadable is not None:
                outcome.files.append(FileOutcome(name, "geweigerd", unreadable))
                continue
            try:
                tables, report = judge_file(path, name, key, settings)
            except LeveringFout as fault:
                outcome.files.append(FileOutcome(name, "geweigerd", str(fault), geteld=fault.tally.refused()))
            else:
                for cleaned in tables:
                    samples.setdefault(cleaned.contract.name, []).append(_sample(cleaned, rows))
                outcome.files.append(FileOutcome(name, "gecontroleerd", "", report))
            progress("bestanden lezen", place, len(files))
        for table, parts in samples.items():
            path = Path(folder) / f"{table}.parquet"
            _together(parts).head(rows).write_parquet(path)
            judge.ask(table, path)
        outcome.validation = [row for _ in samples for row in judge.answer()]
    return outcome


def _sample(table: Cleaned, rows: int) -> Cleaned:
    return replace(table, accepted=table.accepted.head(rows).select(list(table.contract.schema)))


def _together(parts: list[Cleaned]) -> pl.DataFrame:
    """Return the rows of all files of one table; a key that a later file repeats is replaced, as in a load."""
    contract = parts[0].contract
    rows = pl.concat([part.accepted for part in parts])
    return rows.unique(list(contract.key), keep="last", maintain_order=True) if contract.key else rows
