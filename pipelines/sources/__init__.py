"""All sources: one folder each, found by being here. Its `__init__.py` holds the contracts of its tables.

A folder may also hold `demo.py`, with `write_demo(folder, network)`: then the demo delivers the source too.
"""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules

from pipelines.contract import Contract

SOURCES: tuple[str, ...] = tuple(sorted(module.name for module in iter_modules(__path__)))


def _gather() -> tuple[Contract, ...]:
    """Return the contracts of every folder; raises ValueError when two bear the same name or one refers to nothing."""
    found: dict[str, Contract] = {}
    for source in SOURCES:
        for contract in import_module(f"{__name__}.{source}").CONTRACTS:
            if contract.name in found:
                raise ValueError(f"two contracts are called '{contract.name}', one of them in sources/{source}")
            found[contract.name] = contract
    for contract in found.values():
        _refuse_unknown_reference(contract, found)
    return tuple(found.values())


def _refuse_unknown_reference(contract: Contract, known: Mapping[str, Contract]) -> None:
    """Raise ValueError for a `known` that is no table, or a table without a column of the same name."""
    for column in contract.kept:
        if column.known is None or column.known == "scholengroepen":  # those stand in the list of instellingen
            continue
        if column.known not in known or column.name not in known[column.known].schema:
            raise ValueError(
                f"contract '{contract.name}': '{column.header}' must stand in '{column.known}', but no such table has "
                f"a column {column.name}"
            )


CONTRACTS: tuple[Contract, ...] = _gather()

BY_NAME: dict[str, Contract] = {contract.name: contract for contract in CONTRACTS}
