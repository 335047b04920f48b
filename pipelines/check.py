"""What a supplier runs before sending: read and judge files, keep nothing."""

import secrets
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.build import Progress
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
    with Judge() as judge, tempfile.TemporaryDirectory() as folder:
        asked = 0
        for place, path in enumerate(files, start=1):
            if not path.is_file():
                outcome.files.append(
                    FileOutcome(path.name, "geweigerd", f"Het bestand of de map '{path}' bestaat niet.")
                )
                continue
            try:
                tables, report = judge_file(path, path.name, key, settings)
            except LeveringFout as fault:
                outcome.files.append(FileOutcome(path.name, "geweigerd", str(fault)))
            else:
                for table in tables:
                    sample = Path(folder) / f"{asked}.parquet"
                    table.accepted.head(rows).select(list(table.contract.schema)).write_parquet(sample)
                    judge.ask(table.contract.name, sample)
                    asked += 1
                refused = report.gelezen - report.aanvaard
                outcome.files.append(
                    FileOutcome(path.name, "gecontroleerd", "", report, None, report.aanvaard, refused)
                )
            progress("bestanden lezen", place, len(files))
        outcome.validation = judge.answers(asked)
    return outcome
