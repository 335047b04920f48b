"""The history of deliveries: what the archive knows of each, with the counts of the published version."""

import datetime as dt
from pathlib import Path
from typing import Any

from pipelines.archive import WITHDRAWN, Archive, Event, Receipt
from pipelines.intake import shown_name
from pipelines.load import COUNTING
from pipelines.pseudonym import load_key
from pipelines.tally import Tally
from warehouse import versions
from warehouse.meta import read_deliveries

NOT_IN_VERSION, REFUSED = "niet in deze versie", "geweigerd"
WITHDRAWN_SINCE = "Intussen ingetrokken: in deze versie telt ze nog mee, vanaf de volgende bouw niet meer."
TAKEN_IN_SINCE = "Opgenomen, maar niet in de getoonde versie: ze telt mee vanaf de volgende bouw."
RESTORED_SINCE = "Intussen hersteld: in deze versie telt ze niet mee, vanaf de volgende bouw weer wel."


def deliveries(data_folder: Path) -> list[dict[str, Any]]:
    """Return every delivery that ever came in, the last first, with who, when, counts, status and events.

    Status: actief, vervangen, geweigerd, ingetrokken, or 'niet in deze versie' where the published version was
    built at an earlier peildatum or before the delivery came in. It is what the published version says; where a
    delivery was withdrawn or restored since that was built, `boodschap` says so. `vervangen_delen` tells in words of
    which parts nothing counts, though the delivery does. What is not known is None.
    """
    archive = Archive(data_folder)
    known = archive.known()
    if not known:
        return []
    key = load_key(data_folder)
    published = versions.published(data_folder)
    counted = {row["levering"]: row for row in read_deliveries(published)} if published else {}
    refused = {receipt.levering for receipt in archive.refused()}
    return [
        _described(receipt, counted.get(receipt.levering), receipt.levering in refused, key)
        for receipt in reversed(known)
    ]


def _described(receipt: Receipt, row: dict[str, Any] | None, is_refused: bool, key: bytes) -> dict[str, Any]:
    withdrawal = receipt.withdrawal()
    status = REFUSED if is_refused else _status(row, withdrawal)
    tally = _tally(receipt, row, is_refused)
    said = [receipt.boodschap] if is_refused else [row["boodschap"] if row else "", _since(status, withdrawal)]
    return {
        "levering": receipt.levering,
        "bron": tally.bron or None,
        "vak": tally.vak or None,
        "bestand": row["bestand"] if row else shown_name(receipt.bestand, tally.bron, key),
        "ontvangen_op": dt.datetime.fromisoformat(receipt.ontvangen_op).replace(tzinfo=None).isoformat(),
        "door": receipt.door,
        "gelezen": tally.gelezen,
        "aanvaard": tally.aanvaard,
        "quarantaine": tally.quarantaine,
        "buiten": tally.buiten,
        "status": status,
        "vervangen_delen": (row.get("vervangen_delen") if row else None) or None,
        "boodschap": " ".join(part for part in said if part),
        "ingetrokken_op": withdrawal.op if withdrawal else None,
        "ingetrokken_door": withdrawal.door if withdrawal else None,
        "reden": withdrawal.reden if withdrawal else None,
        "gebeurtenissen": [vars(event) for event in receipt.gebeurtenissen],
    }


def _status(row: dict[str, Any] | None, withdrawal: Event | None) -> str:
    """Return the status in the published version; a delivery that it does not know may be withdrawn all the same."""
    if row is not None:
        return str(row["status"])
    return NOT_IN_VERSION if withdrawal is None else WITHDRAWN


def _since(status: str, withdrawal: Event | None) -> str:
    """Return what the next build will change, where the delivery was withdrawn or restored since this version."""
    if withdrawal is not None and status in COUNTING:
        return WITHDRAWN_SINCE
    if withdrawal is None and status == NOT_IN_VERSION:
        return TAKEN_IN_SINCE
    return RESTORED_SINCE if withdrawal is None and status == WITHDRAWN else ""


def _tally(receipt: Receipt, row: dict[str, Any] | None, is_refused: bool) -> Tally:
    """Return the counts of the published version where the delivery counts in it, else those of when it came in.

    None where neither was kept.
    """
    kept = receipt.geteld or Tally()
    if is_refused and receipt.geteld is not None:
        return kept.refused()
    # Rows that do not count were not judged against the other lists in this version.
    if row is None or (row["status"] == WITHDRAWN and receipt.geteld is not None):
        return kept
    # A version from before the counts of refused files were kept has zeros where nothing was known.
    if not row["bron"]:
        return kept
    return Tally(row["bron"], row["vak"], row["gelezen"], row["aanvaard"], row.get("buiten"))
