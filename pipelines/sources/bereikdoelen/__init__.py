"""Targets for reach, with the section of the plan that names them."""

from pipelines.contract import Column, Contract, Kind, Vak, VakKind
from pipelines.sources.instellingen import NIVEAUS

CONTRACTS = (
    Contract(
        name="bereikdoelen",
        bron="bereikdoelen",
        title="Bereikdoelen uit de begeleidingsplannen",
        vak=Vak(VakKind.WHOLE),
        columns=(
            Column("code", Kind.CODE, required=True, key=True),
            Column("schooljaar", Kind.SCHOOLJAAR, required=True, key=True),
            Column("omschrijving", required=True, filled=True),
            Column(
                "eenheid",
                Kind.CHOICE,
                required=True,
                choices=("instellingen", "professionals", "reeksen", "scholengroepen", "clb"),
            ),
            Column("strategie"),
            Column("onderwijsniveau", Kind.LIST, choices=NIVEAUS),
            Column("ambt"),
            Column("streefwaarde", Kind.COUNT, required=True, filled=True, minimum=0, maximum=10_000_000),
            Column("bron", description="deel van het plan dat het doel noemt"),
        ),
    ),
)
