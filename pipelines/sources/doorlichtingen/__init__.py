"""Inspection results: the doorlichtingen and the inschalingen per kwaliteitsverwachting."""

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind

WORDINGS = {
    "gunstig zonder meer": "1A",
    "gunstig met weg te werken tekorten": "1B",
    "gunstig met tekorten": "1B",
    "ongunstig met verzoek": "2A",
    "ongunstig zonder": "2B",
}
# In a sentence the word itself stands between: "gunstig advies met tekorten".
ADVIES = WORDINGS | {text.replace("gunstig ", "gunstig advies "): code for text, code in WORDINGS.items()}
UITSPRAAK = ("positief", "positief met werkpunten", "negatief")

CONTRACTS = (
    Contract(
        name="doorlichtingen",
        bron="doorlichtingen",
        title="Doorlichtingen: de volledige lijst",
        vak=Vak(VakKind.WHOLE),
        columns=(
            Column("doorlichting id", Kind.CODE, required=True, key=True),
            Column("instellingsnummer", Kind.INSTELLING, required=True, known="instellingen"),
            Column(
                "soort",
                Kind.CHOICE,
                required=True,
                choices=("doorlichting", "opvolgingsdoorlichting", "herdoorlichting"),
            ),
            Column("begindatum", Kind.DATE, required=True),
            Column("einddatum", Kind.DATE),
            Column("datum verslag", Kind.DATE),
            Column("advies", Kind.CHOICE, required=True, choices=("1A", "1B", "2A", "2B"), wordings=ADVIES),
            Column("uitspraak GOK", Kind.CHOICE, choices=UITSPRAAK),
            Column("uitspraak LLB", Kind.CHOICE, choices=UITSPRAAK),
            Column("engagementsverklaring", Kind.DATE),
            Column("ondersteuningsplan", Kind.DATE),
            Column("beroep", Kind.DATE),
            Column("link"),
        ),
        rules=(
            Rule("einddatum", pl.col("einddatum") < pl.col("begindatum"), "ligt voor de begindatum"),
            Rule("datum_verslag", pl.col("datum_verslag") < pl.col("begindatum"), "ligt voor de begindatum"),
        ),
    ),
    Contract(
        name="inschalingen",
        bron="inschalingen",
        title="Inschalingen per kwaliteitsverwachting",
        vak=Vak(VakKind.WHOLE),
        columns=(
            Column("doorlichting id", Kind.CODE, required=True, key=True, known="doorlichtingen"),
            Column("kwaliteitsverwachting", Kind.CODE, required=True, key=True),
            Column("onderwerp", Kind.CODE, key=True),
            Column(
                "inschaling",
                Kind.CHOICE,
                required=True,
                choices=(
                    "beneden de verwachting",
                    "benadert de verwachting",
                    "volgens de verwachting",
                    "overstijgt de verwachting",
                ),
            ),
        ),
    ),
)
