"""The Vlaamse toetsen: results per instelling, leerjaar, stroom, vak and domein."""

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind

NIVEAUS = ("niveau_a", "niveau_b", "niveau_c", "niveau_d", "niveau_e")

CONTRACTS = (
    Contract(
        name="vlaamse_toetsen",
        bron="vlaamse_toetsen",
        title="Vlaamse toetsen",
        vak=Vak(VakKind.COLUMN, "toetsjaar"),
        columns=(
            Column("toetsjaar", Kind.SCHOOLJAAR, required=True, key=True),
            Column("instellingsnummer", Kind.INSTELLING, required=True, key=True, known="instellingen"),
            Column("leerjaar", Kind.CHOICE, required=True, key=True, choices=("4LO", "6LO", "2SO", "6SO")),
            Column("stroom", Kind.CHOICE, key=True, choices=("A", "B")),
            Column("vak", Kind.CHOICE, required=True, key=True, choices=("Nederlands", "wiskunde")),
            Column("domein", Kind.CODE, required=True, key=True),
            Column("deelnemers", Kind.COUNT, required=True, minimum=0, maximum=5000),
            Column("vaardigheidsscore", Kind.NUMBER, required=True),
            Column("standaardfout", Kind.NUMBER, minimum=0),
            Column("aandeel minimumdoel", Kind.PERCENT),
            Column("niveau A", Kind.PERCENT),
            Column("niveau B", Kind.PERCENT),
            Column("niveau C", Kind.PERCENT),
            Column("niveau D", Kind.PERCENT),
            Column("niveau E", Kind.PERCENT),
            Column("score vergelijkbaar", Kind.NUMBER),
            Column("score Vlaanderen", Kind.NUMBER),
            Column("leerwinst", Kind.NUMBER),
        ),
        rules=(
            Rule(
                "niveau_a",
                (sum((pl.col(name) for name in NIVEAUS), pl.lit(0.0)) - 100).abs() > 1,
                "de niveaus A tot E tellen samen niet op tot 100 (marge 1)",
            ),
        ),
    ),
)
