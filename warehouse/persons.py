"""How persons are protected in every mart: `persons.toml` says it, and no mart is built without having said it."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from warehouse.model import BuildError

PERSONS_PATH = Path(__file__).with_name("persons.toml")
#: What a mart may say; `persons.toml` tells what each word means.
WORDS = ("geen", "open", "beschermd", "leverancier", "per persoon")


@dataclass(frozen=True)
class Protection:
    """How persons are protected in one mart: one of `WORDS`, and why that is enough."""

    personen: str
    waarom: str


def load_protections(path: Path = PERSONS_PATH) -> dict[str, Protection]:
    """Return what is said of every mart. Raises `BuildError` for a word or a reason that is missing or unknown."""
    with path.open("rb") as handle:
        declared = tomllib.load(handle)
    for mart, said in declared.items():
        if said.get("personen") not in WORDS or not said.get("waarom"):
            raise BuildError(f"{path.name}: mart.{mart} zegt niet hoe personen beschermd zijn, of niet waarom.")
    return {mart: Protection(said["personen"], said["waarom"]) for mart, said in declared.items()}


def require_protection(marts: Iterable[str], path: Path = PERSONS_PATH) -> None:
    """Raise `BuildError` naming the marts of which the file says nothing; without such a file nothing is asked."""
    if not path.exists():
        return
    unknown = sorted(set(marts) - load_protections(path).keys())
    if unknown:
        raise BuildError(f"{path.name}: zeg hoe personen beschermd zijn in {', '.join(unknown)}.")
