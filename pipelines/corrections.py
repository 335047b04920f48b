"""Corrections that the data owner declares: this value of this row is wrong at the source, and must be that one.

They stand in `correcties.toml` of the data folder, with the data and not with the code: they hold values of suppliers.
A faulty entry stops a load before anything is taken in: left out in silence, it would change figures.
"""

import datetime as dt
import hashlib
import json
import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import values
from pipelines.contract import NUMERIC, Column, Contract, Kind, VakKind, normalise_header
from pipelines.faults import LeveringFout
from pipelines.identity import Identity, cut_all
from pipelines.sources import BY_NAME
from warehouse.correct import APPLIED, NOT_FOUND, Correction

FILE = "correcties.toml"
EXPIRED = "verlopen"
#: A state that begins so: applied, the correction would make its row impossible.
BREAKS = "breekt een regel"
SMALL = "<5"
A_PERSON = "een persoon"
VAK = "vak"
FIELDS = {"bron", "tabel", "sleutel", "kolom", "verwacht", "waarde", "reden", "door", "tot"}
NEEDED = ("tabel", "sleutel", "kolom", "reden")
LINE_OF_FAULT = re.compile(r"line (\d+)")
CRITICAL, WARNING = "kritiek", "waarschuwing"


@dataclass(frozen=True)
class Declared:
    """One correction as it was declared, and the same with typed values."""

    bron: str
    tabel: str
    sleutel: Mapping[str, str]
    kolom: str
    verwacht: str
    waarde: str
    reden: str
    door: str
    tot: dt.date | None
    correction: Correction

    @property
    def shown_key(self) -> str:
        """The key for people and for the warehouse: persons in it are pseudonyms."""
        return ", ".join(f"{name}={value}" for name, value in self.sleutel.items())

    @property
    def mark(self) -> str:
        """A short name that stays the same when others are removed: its number in the list does not."""
        said = json.dumps([self.tabel, dict(self.sleutel), self.kolom, self.verwacht, self.waarde])
        return f"c{hashlib.sha256(said.encode()).hexdigest()[:7]}"

    @property
    def described(self) -> str:
        """What it does, in words, without who declared it.

        A person in the key is not told: the journal outlives the key of the pseudonyms.
        """
        personal = BY_NAME[self.tabel].personal_keys
        key = ", ".join(f"{name}={A_PERSON if name in personal else value}" for name, value in self.sleutel.items())
        return (
            f"{self.tabel} ({key}), kolom '{self.kolom}': van '{self.verwacht}' naar '{self.waarde}', "
            f"reden: {re.sub(values.EMAIL, '[e-mail]', self.reden)}"
        )


def read_declared(data_folder: Path) -> list[Declared]:
    """Return the declared corrections; raises LeveringFout with a sentence for every entry that is wrong."""
    path = data_folder / FILE
    if not path.exists():
        return []
    try:
        stored = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        line = LINE_OF_FAULT.search(str(error))
        where = f" (regel {line[1]})" if line else ""
        raise LeveringFout("correcties", f"{path} kan niet gelezen worden{where}. Verbeter het bestand.") from error
    entries = stored.get("correctie", [])
    if set(stored) - {"correctie"} or not isinstance(entries, list):
        raise LeveringFout("correcties", f"{path} bestaat enkel uit stukken met de kop [[correctie]].")
    found, faults = [], []
    for place, entry in enumerate(entries, start=1):
        try:
            found.append(declare(entry))
        except LeveringFout as fault:
            faults.append(f"Correctie {place}: {fault}")
    faults += _double(found)
    if faults:
        raise LeveringFout("correcties", f"{path}: {' '.join(faults)}")
    return found


def declare(entry: Mapping[str, Any]) -> Declared:
    """Return one correction, checked against the contract of its table; raises LeveringFout with the sentence."""
    unknown, missing = sorted(set(entry) - FIELDS), [name for name in NEEDED if not entry.get(name)]
    if unknown or missing:
        what = f"onbekend: {', '.join(unknown)}" if unknown else f"ontbreekt: {', '.join(missing)}"
        raise _fault(f"{what}. Een correctie heeft tabel, sleutel, kolom, verwacht, waarde, reden, door en tot.")
    contract = BY_NAME.get(normalise_header(str(entry["tabel"])).replace(" ", "_"))
    if contract is None or entry.get("bron", contract.bron) != contract.bron:
        raise _fault(f"er is geen tabel '{entry['tabel']}' van bron '{entry.get('bron', '')}'.")
    column = next((c for c in contract.kept if _is_called(c.name, entry["kolom"])), None)
    if column is None:
        there = ", ".join(c.name.replace("_", " ") for c in contract.kept if not c.key and not c.is_personal)
        raise _fault(f"de tabel {contract.name} heeft geen kolom '{entry['kolom']}'. Te corrigeren: {there}.")
    if column.key:
        raise _fault(f"'{column.name}' hoort bij de sleutel en kan niet gecorrigeerd worden; laat de bron verbeteren.")
    if column.is_personal:
        raise _fault(f"'{column.name}' is een persoonsgegeven en kan niet gecorrigeerd worden.")
    key = _key(contract, entry["sleutel"])
    expected, value = _text(entry.get("verwacht", "")), _text(entry.get("waarde", ""))
    if value == SMALL:
        raise _fault("de nieuwe waarde is een waarde of leeg, niet '<5'.")
    if not value and column.filled:
        raise _fault(f"'{column.name}' is verplicht en kan niet leeg worden.")
    is_small = expected == SMALL and column.kind in NUMERIC
    until = entry.get("tot")
    if until is not None and type(until) is not dt.date:
        raise _fault("'tot' is een datum, zoals tot = 2026-08-31.")
    correction = Correction(
        contract.name,
        tuple((name, item) for name, _, item in key),
        column.name,
        None if is_small else _typed(expected, column, "verwacht"),
        _typed(value, column, "waarde"),
        is_small,
    )
    written = {shown: text for _, (shown, text), _ in key}
    reason, by = _text(entry["reden"]), _text(entry.get("door", ""))
    return Declared(contract.bron, contract.name, written, column.name, expected, value, reason, by, until, correction)


def in_force(declared: Sequence[Declared], peildatum: dt.date) -> list[Correction]:
    """Return the corrections that hold at the peildatum: `tot` is their last day."""
    return [one.correction for one in declared if not _is_expired(one, peildatum)]


def built_with(rows: Sequence[Mapping[str, Any]]) -> list[Declared]:
    """Return the corrections that a version was built with, also those taken away since.

    `rows` are its rows of `meta.correctie`. One that the contract of now does not allow corrects nothing of now.
    """
    found = []
    for row in rows:
        try:
            entry = {name: value for name, value in row.items() if name in FIELDS}
            found.append(declare(entry | {"sleutel": _key_from_text(row["tabel"], row["sleutel"])}))
        except LeveringFout:
            continue
    return found


def _key_from_text(tabel: str, text: str) -> dict[str, str]:
    """Return a key as it was declared from how it is shown; nothing where the table of now has another one."""
    names = _key_names(BY_NAME[tabel]) if tabel in BY_NAME else {}
    parts = re.fullmatch(", ".join(f"{re.escape(name)}=(.*?)" for name in names), text, re.DOTALL)
    return dict(zip(names, parts.groups(), strict=True)) if parts else {}


def _described(one: Declared) -> dict[str, Any]:
    """Return what is stored of a correction; who declared it stays in the data folder."""
    return {
        "bron": one.bron,
        "tabel": one.tabel,
        "sleutel": one.shown_key,
        "kolom": one.kolom,
        "verwacht": one.verwacht,
        "waarde": one.waarde,
        "reden": re.sub(values.EMAIL, "[e-mail]", one.reden),
        "tot": one.tot,
    }


def states(declared: Sequence[Declared], found: Mapping[Correction, str], peildatum: dt.date) -> list[dict[str, Any]]:
    """Return the rows of `meta.correctie`."""
    return [
        _described(one) | {"status": EXPIRED if _is_expired(one, peildatum) else found.get(one.correction, NOT_FOUND)}
        for one in declared
    ]


def judgements(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return rows for `meta.validatie`: a correction that the source no longer needs is a critical failure."""
    found = []
    for bron, tabel in dict.fromkeys((row["bron"], row["tabel"]) for row in rows):
        own = [row["status"] for row in rows if (row["bron"], row["tabel"]) == (bron, tabel)]
        impossible = [state for state in own if state.startswith(BREAKS)]
        needless = [state for state in own if state not in (APPLIED, EXPIRED, NOT_FOUND, *impossible)]
        lost = own.count(NOT_FOUND)
        for text, failed, severity in (
            ("de bron geeft nog de waarde die de correctie verwacht", len(needless), CRITICAL),
            ("de gecorrigeerde rij volgt de regels van de levering", len(impossible), CRITICAL),
            ("de rij van de correctie is geleverd", lost, WARNING),
        ):
            found.append(
                {
                    "bron": bron,
                    "tabel": tabel,
                    "verwachting": text,
                    "kolom": None,
                    "geslaagd": failed == 0,
                    "waargenomen": f"{failed} van {len(own)} afwijkend",
                    "ernst": severity,
                }
            )
    return found


def sentences(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what to tell loudly: the corrections that did not apply, but for those whose time is over."""
    told = {"bron is hersteld": "de bron is hersteld; verwijder de correctie"}
    return [
        f"Correctie van {row['tabel']} ({row['sleutel']}), kolom '{row['kolom']}': "
        f"{told.get(row['status'], row['status'])}. De waarde van de bron telt."
        for row in rows
        if row["status"] not in (APPLIED, EXPIRED)
    ]


def add(data_folder: Path, entry: Mapping[str, Any]) -> Declared:
    """Write one more correction; raises LeveringFout when it is wrong, or stands there already."""
    declared = declare(entry)
    others = read_declared(data_folder)
    faults = _double([*others, declared])
    if faults:
        raise LeveringFout("correcties", faults[0])
    _write(data_folder, [*others, declared])
    return declared


def remove(data_folder: Path, wanted: str) -> Declared:
    """Take the correction with this number (from 1) or mark away; raises LeveringFout when there is none."""
    declared = read_declared(data_folder)
    places = [place for place, one in enumerate(declared) if wanted in (one.mark, str(place + 1))]
    if not places:
        raise LeveringFout(
            "correcties", f"Er is geen correctie {wanted}; er zijn er {len(declared)}. Misschien is ze al verwijderd."
        )
    removed = declared.pop(places[0])
    _write(data_folder, declared)
    return removed


def without_person(data_folder: Path, identities: Sequence[Identity], pseudonyms: Sequence[str]) -> None:
    """Take away the corrections of rows of a person, and the person from the words of the others."""
    if not (data_folder / FILE).exists():
        return
    declared = [one for one in read_declared(data_folder) if not set(one.sleutel.values()) & set(pseudonyms)]
    _write(
        data_folder,
        [replace(one, reden=cut_all(one.reden, identities), door=cut_all(one.door, identities)) for one in declared],
    )


def rekey(data_folder: Path, pseudonyms: Mapping[str, str], *, keep_old: bool) -> None:
    """Name the persons in the keys anew: `pseudonyms` gives the new one of each old one.

    With `keep_old` an entry stays beside its copy, so that one of the two fits whichever key is in use.
    """
    if not (data_folder / FILE).exists():
        return
    written: dict[str, Declared] = {}
    for one in read_declared(data_folder):
        renamed = {name: pseudonyms.get(value, value) for name, value in one.sleutel.items()}
        copies = [one] if keep_old else []
        for copy in (*copies, replace(one, sleutel=renamed)):
            written.setdefault(copy.mark, copy)
    _write(data_folder, list(written.values()))


def _write(data_folder: Path, declared: Sequence[Declared]) -> None:
    """Write the file anew by one rename."""
    blocks = []
    for one in declared:
        key = ", ".join(f"{_quoted(name)} = {_quoted(value)}" for name, value in one.sleutel.items())
        lines = [
            "[[correctie]]",
            f"bron = {_quoted(one.bron)}",
            f"tabel = {_quoted(one.tabel)}",
            f"sleutel = {{ {key} }}",
        ]
        for name in ("kolom", "verwacht", "waarde", "reden", "door"):
            lines.append(f"{name} = {_quoted(getattr(one, name))}")
        if one.tot:
            lines.append(f"tot = {one.tot.isoformat()}")
        blocks.append("\n".join(lines) + "\n")
    data_folder.mkdir(parents=True, exist_ok=True)
    fresh = data_folder / f"{FILE}.nieuw"
    fresh.write_text("\n".join(blocks), encoding="utf-8")
    with fresh.open("rb+") as handle:
        os.fsync(handle.fileno())
    fresh.replace(data_folder / FILE)


def _quoted(text: str) -> str:
    """Return a TOML string: but for DEL, JSON's escapes are TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(contract: Contract, given: Any) -> list[tuple[str, tuple[str, str], Any]]:
    """Return per key column its landing name, its name and text as declared, and its typed value."""
    names = _key_names(contract)
    if not contract.key:
        raise _fault(f"de rijen van {contract.name} hebben geen sleutel en kunnen niet gecorrigeerd worden.")
    if isinstance(given, Mapping):
        # As a delivery: without regard to case, and `_` is a space.
        given = {next((name for name in names if _is_called(name, told)), told): text for told, text in given.items()}
    if not isinstance(given, Mapping) or set(given) != set(names):
        raise _fault(f"de sleutel van {contract.name} is {', '.join(names)}.")
    columns = {column.name: column for column in contract.kept}
    found = []
    for shown, name in names.items():
        text = _text(given[shown])
        column = columns.get(name)
        # A person in a key is written as the pseudonym; the vak and the owner of an agenda are text already.
        is_text = column is None or column.is_personal
        typed = text or None
        if column is not None and not is_text:
            typed = _typed(text, column, f"sleutel {shown}")
        found.append((name, (shown, text), typed))
    return found


def _key_names(contract: Contract) -> dict[str, str]:
    """Return the columns of a key as they are declared, with their names where the table is landed."""
    return {name: name for name in contract.key} | ({VAK: "_vak"} if contract.vak.kind is VakKind.NAME else {})


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return "|".join(map(str, value))
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value).strip()


def _typed(text: str, column: Column, what: str) -> Any:
    """Return a value as its column holds it; empty is None."""
    if not text:
        return None
    typed = values.read_values(pl.Series([text], dtype=pl.String), column)[0]
    if typed is None:
        raise _fault(f"{what} '{text}' past niet in de kolom '{column.name}' ({column.kind}).")
    if isinstance(typed, pl.Series):
        return tuple(typed.to_list())
    low = 0.0 if column.kind is Kind.PERCENT else column.minimum
    high = 100.0 if column.kind is Kind.PERCENT else column.maximum
    if column.kind in NUMERIC and ((low is not None and typed < low) or (high is not None and typed > high)):
        raise _fault(f"{what} '{text}' ligt buiten de grenzen van de kolom '{column.name}'.")
    return typed


def _is_expired(one: Declared, peildatum: dt.date) -> bool:
    return one.tot is not None and one.tot < peildatum


def _double(declared: Sequence[Declared]) -> list[str]:
    seen, faults = set(), []
    for one in declared:
        place = (one.tabel, one.correction.key, one.kolom)
        if place in seen:
            faults.append(f"{one.tabel} ({one.shown_key}), kolom '{one.kolom}' heeft meer dan één correctie.")
        seen.add(place)
    return faults


def _is_called(name: str, told: Any) -> bool:
    """Whether a column is meant by what was written, matched as the headers of a delivery are."""
    return normalise_header(name) == normalise_header(str(told))


def _fault(sentence: str) -> LeveringFout:
    return LeveringFout("correctie", f"{sentence[:1].upper()}{sentence[1:]}")
