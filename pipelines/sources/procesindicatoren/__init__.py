"""GO! 2030 in beeld: the process indicators, on which a school places itself."""

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind

INDICATOREN = 15

CONTRACTS = (
    Contract(
        name="procesindicatoren",
        bron="procesindicatoren",
        title="Procesindicatoren: GO! 2030 in beeld",
        vak=Vak(VakKind.COLUMN, "schooljaar"),
        columns=(
            Column("schooljaar", Kind.SCHOOLJAAR, required=True, key=True),
            Column("instellingsnummer", Kind.INSTELLING, required=True, key=True, known="instellingen"),
            Column(
                "indicator", Kind.COUNT, required=True, key=True, filled=True, minimum=1, maximum=INDICATOREN,
                description="volgnummer van de indicator",
            ),
            Column(
                "inschaling", Kind.NUMBER, required=True, minimum=0, maximum=100,
                description="waar de school zichzelf plaatst",
            ),
            Column(
                "schaal max", Kind.NUMBER, required=True, filled=True, minimum=1, maximum=100,
                description="hoogste punt van de schaal",
            ),
            Column("ingevuld op", Kind.DATE),
        ),
        rules=(
            Rule(
                "schaal_max",
                pl.col("schaal_max") != pl.col("schaal_max").round(),
                "is geen geheel getal: een schaal heeft punten",
            ),
            Rule("inschaling", pl.col("inschaling") > pl.col("schaal_max"), "is groter dan 'schaal max'"),
        ),
    ),
)  # fmt: skip
