"""All sources: one folder each, found by being here. Its `__init__.py` holds the contracts of its tables.

A folder may also hold `demo.py`, with `write_demo(folder, network)`: then the demo delivers the source too.
"""

from importlib import import_module
from pkgutil import iter_modules

from pipelines.contract import Contract

SOURCES: tuple[str, ...] = tuple(sorted(module.name for module in iter_modules(__path__)))


def _gather() -> tuple[Contract, ...]:
    """Return the contracts of every folder; raises ValueError when two bear the same name."""
    found: dict[str, Contract] = {}
    for source in SOURCES:
        for contract in import_module(f"{__name__}.{source}").CONTRACTS:
            if contract.name in found:
                raise ValueError(f"two contracts are called '{contract.name}', one of them in sources/{source}")
            found[contract.name] = contract
    return tuple(found.values())


CONTRACTS: tuple[Contract, ...] = _gather()

BY_NAME: dict[str, Contract] = {contract.name: contract for contract in CONTRACTS}
