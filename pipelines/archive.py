"""The archive: every delivery's bytes untouched, with a receipt. It is the truth; all else can be rebuilt from it.

Layout below the data folder: `archief/bestanden/<sha256>` holds the bytes, `archief/leveringen/<number>.json`
the receipts of what counts, `archief/geweigerd/<number>.json` those of what was refused (beside it, in
`<number>.fouten.jsonl`, the faults that only the build found). A delivery exists from the moment its receipt has its
name; everything before that can be lost without harm.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from pipelines.tally import Tally

BLOCK = 1 << 20
FOLDER = "archief"
UNBUILT = "te-bouwen"
WITHDRAWN, RESTORED, PERSON_REMOVED = "ingetrokken", "hersteld", "persoon verwijderd"


@dataclass(frozen=True)
class Event:
    """What happened to a delivery after it arrived: it was withdrawn, restored, or a person was removed from it."""

    soort: str
    op: str
    door: str = ""
    reden: str = ""

    @property
    def day(self) -> dt.date:
        """The day on which it happened."""
        return dt.datetime.fromisoformat(self.op).date()


@dataclass(frozen=True)
class Receipt:
    """What is known of a delivery when it arrives, and what happened to it since.

    `volgorde` orders deliveries, whatever the clock says. `vroegere_sha256` are the bytes it had before a person
    was removed from it: delivered again, they are known. `geteld` is what was counted when it came in, by
    the first build that had it once there was one; a receipt from before it was kept has none.
    """

    levering: str
    volgorde: int
    sha256: str
    bestand: str
    ontvangen_op: str
    bytes: int
    is_demo: bool = False
    boodschap: str = ""
    door: str = ""
    gebeurtenissen: tuple[Event, ...] = ()
    vroegere_sha256: tuple[str, ...] = ()
    geteld: Tally | None = None

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Receipt":
        """Return the receipt as it was written; one of before has no events and no counts."""
        events = tuple(Event(**event) for event in stored.get("gebeurtenissen", ()))
        earlier = tuple(stored.get("vroegere_sha256", ()))
        tally = Tally(**stored["geteld"]) if stored.get("geteld") else None
        return cls(**{**stored, "gebeurtenissen": events, "vroegere_sha256": earlier, "geteld": tally})

    def withdrawal(self, peildatum: dt.date | None = None) -> Event | None:
        """Return the withdrawal that holds at the peildatum (now), if there is one."""
        held = [
            event
            for event in self.gebeurtenissen
            if event.soort in (WITHDRAWN, RESTORED) and (peildatum is None or event.day <= peildatum)
        ]
        return held[-1] if held and held[-1].soort == WITHDRAWN else None

    def is_called(self, levering: str) -> bool:
        """Whether this is the delivery of that name ('000004-1f2e3d4c'), or with that number ('4', '000004')."""
        return levering == self.levering or levering.lstrip("0") == str(self.volgorde)

    def with_event(self, event: Event) -> "Receipt":
        """Return the receipt with one thing more that happened to it."""
        return replace(self, gebeurtenissen=(*self.gebeurtenissen, event))

    @property
    def last_day(self) -> dt.date:
        """The last day on which something happened to it, whatever the clock says now."""
        return max([self.received, *(event.day for event in self.gebeurtenissen)])

    @property
    def received(self) -> dt.date:
        """The day of receipt."""
        return dt.datetime.fromisoformat(self.ontvangen_op).date()


class Archive:
    """The archive of one data folder. Writing happens under the lock of that folder.

    The receipts are read once; an instance lives no longer than the lock it is used under.
    """

    def __init__(self, data_folder: Path) -> None:
        """Use the archive below the data folder; it is made at the first write."""
        self.root = data_folder / FOLDER
        # The same bytes count once; refused, they may come in any number of times.
        self._refused = {receipt.levering: receipt for receipt in self._read("geweigerd")}
        # A kill during a refusal leaves both receipts: it is refused.
        taken = (receipt for receipt in self._read("leveringen") if receipt.levering not in self._refused)
        self._accepted = {receipt.sha256: receipt for receipt in taken}

    def receipts(self, peildatum: dt.date | None = None) -> list[Receipt]:
        """Return the receipts of the deliveries that count at the peildatum (now), in order of arrival.

        A withdrawal is an event with a date: at a peildatum before it, the delivery still counts.
        """
        return [receipt for receipt in self._until(peildatum) if receipt.withdrawal(peildatum) is None]

    def withdrawn(self, peildatum: dt.date | None = None) -> list[Receipt]:
        """Return the receipts of the deliveries that are withdrawn at the peildatum (now), in order of arrival."""
        return [receipt for receipt in self._until(peildatum) if receipt.withdrawal(peildatum) is not None]

    def known(self) -> list[Receipt]:
        """Return every receipt in order of arrival: accepted, withdrawn and refused."""
        return sorted([*self._accepted.values(), *self._refused.values()], key=lambda receipt: receipt.volgorde)

    def accepted(self, levering: str) -> Receipt | None:
        """Return the accepted (or withdrawn) delivery of this name, or with this number."""
        return next((r for r in self._accepted.values() if r.is_called(levering)), None)

    def _until(self, peildatum: dt.date | None) -> list[Receipt]:
        receipts = sorted(self._accepted.values(), key=lambda receipt: receipt.volgorde)
        return [receipt for receipt in receipts if peildatum is None or receipt.received <= peildatum]

    def refused(self) -> list[Receipt]:
        """Return the receipts of deliveries that were refused as a whole."""
        return sorted(self._refused.values(), key=lambda receipt: receipt.volgorde)

    def bytes_path(self, receipt: Receipt) -> Path:
        """Return where the untouched bytes of a delivery are."""
        return self.root / "bestanden" / receipt.sha256

    def find(self, sha256: str) -> Receipt | None:
        """Return the accepted (or withdrawn) delivery with these bytes, or that had them, if there is one."""
        before = (receipt for receipt in self._accepted.values() if sha256 in receipt.vroegere_sha256)
        return self._accepted.get(sha256) or next(before, None)

    def fingerprints(self) -> frozenset[str]:
        """Return the SHA-256 of all bytes that were ever accepted, also of those before a person was removed."""
        accepted = self._accepted.values()
        return frozenset(sha256 for receipt in accepted for sha256 in (receipt.sha256, *receipt.vroegere_sha256))

    def next_number(self) -> int:
        """Return the number of the next delivery."""
        return max((receipt.volgorde for receipt in self.known()), default=0) + 1

    def store(self, path: Path, sha256: str) -> None:
        """Keep a copy of the file's bytes."""
        target = self.root / "bestanden" / sha256
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{sha256}.{os.getpid()}")
        shutil.copyfile(path, fresh)
        _sync(fresh)
        fresh.replace(target)

    def accept(self, receipt: Receipt) -> None:
        """Write the receipt: from now on the delivery exists. Earlier times that its bytes were refused stay known."""
        self.mark_unbuilt(receipt)
        self._write("leveringen", receipt)
        self._accepted[receipt.sha256] = receipt
        if self._refused.pop(receipt.levering, None) is not None:
            (self.root / "geweigerd" / f"{receipt.volgorde:06d}.json").unlink(missing_ok=True)
            self._faults_path(receipt).unlink(missing_ok=True)

    def change(self, receipt: Receipt) -> None:
        """Write the receipt of a delivery to which something happened; the next build takes it into account."""
        self.mark_unbuilt(receipt)
        self._accepted = {sha: other for sha, other in self._accepted.items() if other.levering != receipt.levering}
        self._write("leveringen", receipt)
        self._accepted[receipt.sha256] = receipt

    def write_again(self, receipt: Receipt) -> None:
        """Write the receipt of a delivery of which only the words changed; no build has to see it."""
        if receipt.levering in self._refused:
            self._write("geweigerd", receipt)
            self._refused[receipt.levering] = receipt
        else:
            self._write("leveringen", receipt)
            self._accepted[receipt.sha256] = receipt

    def drop_unreferenced(self) -> None:
        """Remove bytes that no receipt is for: of rewritten and erased deliveries, and of loads that were killed."""
        erased = {r.levering for r in self.refused() if any(e.soort == PERSON_REMOVED for e in r.gebeurtenissen)}
        kept = {receipt.sha256 for receipt in self.known() if receipt.levering not in erased}
        for path in (self.root / "bestanden").glob("*"):
            if path.name not in kept:
                path.unlink()

    def mark_unbuilt(self, receipt: Receipt) -> None:
        """Say that no build has seen what happened to the delivery."""
        mark = self.root / UNBUILT
        mark.parent.mkdir(parents=True, exist_ok=True)
        with mark.open("a", encoding="utf-8") as handle:
            handle.write(f"{receipt.levering}\n")

    def has_unbuilt(self) -> bool:
        """Whether a delivery was accepted that no build has seen, in this load or in one that was killed."""
        return has_unbuilt(self.root.parent)

    def unbuilt(self) -> set[str]:
        """Return the deliveries that were accepted and that no build has seen."""
        return set((self.root / UNBUILT).read_text(encoding="utf-8").split()) if self.has_unbuilt() else set()

    def mark_built(self, peildatum: dt.date) -> None:
        """Say that every delivery up to the peildatum was in a build, or was refused by it."""
        waiting = self.unbuilt()
        later = [r.levering for r in self.receipts() if r.levering in waiting and r.received > peildatum]
        mark = self.root / UNBUILT
        if later:
            mark.write_text("".join(f"{levering}\n" for levering in later), encoding="utf-8")
        else:
            mark.unlink(missing_ok=True)

    def refuse(self, receipt: Receipt, faults: pl.DataFrame | None = None) -> None:
        """Write the receipt of a refused delivery; one that had been accepted is withdrawn.

        `faults` are kept beside it where reading the bytes again would not find them all.
        """
        path = self._faults_path(receipt)
        path.unlink(missing_ok=True)
        if faults is not None and faults.height:
            path.parent.mkdir(parents=True, exist_ok=True)
            # Plain text: a person who is searched for is found in it.
            faults.write_ndjson(path)
        self._write("geweigerd", receipt)
        self._refused[receipt.levering] = receipt
        (self.root / "leveringen" / f"{receipt.volgorde:06d}.json").unlink(missing_ok=True)
        held = self._accepted.get(receipt.sha256)
        if held is not None and held.levering == receipt.levering:
            self._accepted.pop(receipt.sha256)

    def faults_at_refusal(self, receipt: Receipt) -> list[dict[str, Any]]:
        """Return the faults that were kept when a delivery was refused; none where reading it finds them all."""
        path = self._faults_path(receipt)
        # A kill during a refusal leaves faults without it.
        if receipt.levering not in self._refused or not path.is_file():
            return []
        # Not splitlines: a value may hold what that takes for the end of a line.
        return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]

    def _faults_path(self, receipt: Receipt) -> Path:
        return self.root / "geweigerd" / f"{receipt.volgorde:06d}.fouten.jsonl"

    def _read(self, folder: str) -> list[Receipt]:
        """Return the receipts of a folder, in order of arrival."""
        paths = sorted((self.root / folder).glob("*.json"))
        return [Receipt.read(json.loads(path.read_text(encoding="utf-8"))) for path in paths]

    def _write(self, folder: str, receipt: Receipt) -> None:
        path = self.root / folder / f"{receipt.volgorde:06d}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".nieuw")
        fresh.write_text(json.dumps(asdict(receipt), ensure_ascii=False, indent=1), encoding="utf-8")
        _sync(fresh)
        fresh.replace(path)


def has_unbuilt(data_folder: Path) -> bool:
    """Whether a delivery was accepted that no build has seen, told without reading the receipts."""
    return (data_folder / FOLDER / UNBUILT).exists()


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _sync(path: Path) -> None:
    with path.open("rb+") as handle:
        os.fsync(handle.fileno())
