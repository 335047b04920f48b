"""A person in what users wrote. The store of that belongs to the dashboard, so its own program is asked to do it."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.identity import Identity

PROGRAM = "state.person"
#: Seconds; a store of years of remarks is gone through in one.
LONGEST = 300.0
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class RemarksRemoval:
    """How many fields lost the person, in which columns they still stand, and what kept it from being done."""

    fields: int = 0
    found: tuple[str, ...] = ()
    failure: str = ""


def remove_from_remarks(data_folder: Path, identities: Sequence[Identity]) -> RemarksRemoval:
    """Take a person out of the store of what users wrote and return the proof; where there is no store, nothing is."""
    # On standard input, as the identities themselves came in: arguments are visible to other accounts.
    patterns = json.dumps([identity.pattern.pattern for identity in identities])
    try:
        done = subprocess.run(
            [sys.executable, "-m", PROGRAM, str(data_folder.resolve())],
            cwd=ROOT,
            input=patterns,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        told = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return RemarksRemoval(failure="De opslag van de dialoog gaf geen antwoord.")
    return RemarksRemoval(told["velden"], tuple(told["gevonden"]), told["fout"] or "")
