"""What a correction can be of: the tables with a key, and their columns that are no key and no person.

The page that takes corrections asks this of the command line; the checks themselves are in `pipelines.corrections`.
"""

from typing import Any

from pipelines.contract import Contract, VakKind
from pipelines.corrections import VAK
from pipelines.sources import CONTRACTS


def tables() -> list[dict[str, Any]]:
    """Return per table that can be corrected its bron, title, key columns, columns, and the columns that cannot be."""
    return [_described(contract) for contract in sorted(CONTRACTS, key=lambda one: one.name) if contract.key]


def tables_without_key() -> list[str]:
    """Return the tables of which no row can be pointed at, so that none can be corrected."""
    return sorted(contract.name for contract in CONTRACTS if not contract.key)


def _described(contract: Contract) -> dict[str, Any]:
    persons = {column.name for column in contract.kept if column.is_personal}
    owner = {contract.person_in_file_name} if contract.person_in_file_name else set()
    may_be_empty = {column.name for column in contract.kept if not column.filled}
    key = [*contract.key, *([VAK] if contract.vak.kind is VakKind.NAME else [])]
    return {
        "tabel": contract.name,
        "bron": contract.bron,
        "titel": contract.title,
        "sleutel": [
            {"naam": name, "is_persoon": name in persons | owner, "mag_leeg": name in may_be_empty} for name in key
        ],
        "kolommen": [
            {
                "naam": column.name,
                "kop": column.header,
                "soort": str(column.kind),
                "keuzes": list(column.choices),
                "mag_leeg": not column.filled,
            }
            for column in contract.kept
            if not column.key and not column.is_personal
        ],
        "niet_te_corrigeren": [column.name for column in contract.kept if column.key or column.is_personal],
    }
