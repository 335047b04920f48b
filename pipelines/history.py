"""The history of deliveries: what the archive knows of each, with the counts of the published version."""

import datetime as dt
from pathlib import Path
from typing import Any

from pipelines.archive import WITHDRAWN, Archive, Receipt
from pipelines.intake import shown_name
from pipelines.pseudonym import load_key
from warehouse import versions
from warehouse.meta import read_deliveries

NOT_IN_VERSION = "niet in deze versie"


def deliveries(data_folder: Path) -> list[dict[str, Any]]:
    """Return every delivery that ever came in, the last first, with who, when, counts, status and events.

    Status: actief, vervangen, geweigerd, ingetrokken, or 'niet in deze versie' where the published version was
    built at an earlier peildatum or before the delivery came in.
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
    status = row["status"] if row else NOT_IN_VERSION
    if is_refused:
        status = "geweigerd"
    elif withdrawal is not None:
        status = WITHDRAWN
    return {
        "levering": receipt.levering,
        "bron": row["bron"] if row else "",
        "vak": row["vak"] if row else "",
        "bestand": row["bestand"] if row else shown_name(receipt.bestand, key),
        "ontvangen_op": dt.datetime.fromisoformat(receipt.ontvangen_op).replace(tzinfo=None).isoformat(),
        "door": receipt.door,
        "gelezen": row["gelezen"] if row else 0,
        "aanvaard": row["aanvaard"] if row else 0,
        "quarantaine": row["quarantaine"] if row else 0,
        "buiten": row.get("buiten") if row else 0,
        "status": status,
        "boodschap": (receipt.boodschap if is_refused else "") or (row["boodschap"] if row else ""),
        "ingetrokken_op": withdrawal.op if withdrawal else None,
        "ingetrokken_door": withdrawal.door if withdrawal else None,
        "reden": withdrawal.reden if withdrawal else None,
        "gebeurtenissen": [vars(event) for event in receipt.gebeurtenissen],
    }
