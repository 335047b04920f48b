"""All sources: one folder each, holding the contracts of its tables."""

from pipelines.contract import Contract
from pipelines.sources import (
    agenda,
    bereikdoelen,
    doorlichtingen,
    edbi,
    hr,
    instellingen,
    outputdossier,
    planning,
    procesindicatoren,
    registratie,
    verslagtool,
    vlaamse_toetsen,
)

CONTRACTS: tuple[Contract, ...] = (
    *instellingen.CONTRACTS,
    *outputdossier.CONTRACTS,
    *vlaamse_toetsen.CONTRACTS,
    *doorlichtingen.CONTRACTS,
    *registratie.CONTRACTS,
    *verslagtool.CONTRACTS,
    *edbi.CONTRACTS,
    *planning.CONTRACTS,
    *agenda.CONTRACTS,
    *hr.CONTRACTS,
    *bereikdoelen.CONTRACTS,
    *procesindicatoren.CONTRACTS,
)

BY_NAME: dict[str, Contract] = {contract.name: contract for contract in CONTRACTS}
