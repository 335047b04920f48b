"""The archive: every delivery's bytes untouched, with a receipt. It is the truth; all else can be rebuilt from it.

Layout below the data folder: `archief/bestanden/<sha256>` holds the bytes, `archief/leveringen/<number>.json`
the receipts of what counts, `archief/geweigerd/<number>.json` those of what was refused. A delivery exists
from the moment its receipt has its name; everything before that can be lost without harm.
"""

import datetime as dt
import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

BLOCK = 1 << 20
UNBUILT = "te-bouwen"


@dataclass(frozen=True)
class Receipt:
    """What is known of a delivery when it arrives. `volgorde` orders deliveries, whatever the clock says."""

    levering: str
    volgorde: int
    sha256: str
    bestand: str
    ontvangen_op: str
    bytes: int
    is_demo: bool = False
    boodschap: str = ""

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
        self.root = data_folder / "archief"
        self._accepted = self._read("leveringen")
        self._refused = self._read("geweigerd")

    def receipts(self, peildatum: dt.date | None = None) -> list[Receipt]:
        """Return the receipts of accepted deliveries in order of arrival, up to and including the peildatum."""
        receipts = sorted(self._accepted.values(), key=lambda receipt: receipt.volgorde)
        return [receipt for receipt in receipts if peildatum is None or receipt.received <= peildatum]

    def refused(self) -> list[Receipt]:
        """Return the receipts of deliveries that were refused as a whole."""
        return sorted(self._refused.values(), key=lambda receipt: receipt.volgorde)

    def bytes_path(self, receipt: Receipt) -> Path:
        """Return where the untouched bytes of a delivery are."""
        return self.root / "bestanden" / receipt.sha256

    def find(self, sha256: str) -> Receipt | None:
        """Return the accepted delivery with these bytes, if there is one."""
        return self._accepted.get(sha256)

    def next_number(self) -> int:
        """Return the number of the next delivery."""
        known = [*self._accepted.values(), *self._refused.values()]
        return max((receipt.volgorde for receipt in known), default=0) + 1

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
        """Write the receipt: from now on the delivery exists, also when the same bytes were refused before."""
        mark = self.root / UNBUILT
        mark.parent.mkdir(parents=True, exist_ok=True)
        with mark.open("a", encoding="utf-8") as handle:
            handle.write(f"{receipt.levering}\n")
        self._write("leveringen", receipt)
        self._accepted[receipt.sha256] = receipt
        before = self._refused.pop(receipt.sha256, None)
        if before is not None:
            (self.root / "geweigerd" / f"{before.volgorde:06d}.json").unlink(missing_ok=True)

    def has_unbuilt(self) -> bool:
        """Whether a delivery was accepted that no build has seen, in this load or in one that was killed."""
        return (self.root / UNBUILT).exists()

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

    def refuse(self, receipt: Receipt) -> None:
        """Write the receipt of a refused delivery; one that had been accepted is withdrawn."""
        self._write("geweigerd", receipt)
        self._refused[receipt.sha256] = receipt
        (self.root / "leveringen" / f"{receipt.volgorde:06d}.json").unlink(missing_ok=True)
        self._accepted.pop(receipt.sha256, None)

    def _read(self, folder: str) -> dict[str, Receipt]:
        """Return the receipts of a folder by the bytes they are for; the last of equals."""
        paths = sorted((self.root / folder).glob("*.json"))
        receipts = [Receipt(**json.loads(path.read_text(encoding="utf-8"))) for path in paths]
        return {receipt.sha256: receipt for receipt in receipts}

    def _write(self, folder: str, receipt: Receipt) -> None:
        path = self.root / folder / f"{receipt.volgorde:06d}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".nieuw")
        fresh.write_text(json.dumps(asdict(receipt), ensure_ascii=False, indent=1), encoding="utf-8")
        _sync(fresh)
        fresh.replace(path)


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
