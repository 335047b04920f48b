"""The Vlaamse toetsen: results per instelling, leerjaar, stroom, vak and domein."""

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind

# Wide enough for every scale on which a score is reported; beyond it a decimal comma was lost.
FARTHEST_SCORE = 10_000
NIVEAUS = ("niveau_a", "niveau_b", "niveau_c", "niveau_d", "niveau_e")


def _score(header: str, *, required: bool = False) -> Column:
    return Column(header, Kind.NUMBER, required=required, minimum=-FARTHEST_SCORE, maximum=FARTHEST_SCORE)


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
            _score("vaardigheidsscore", required=True),
            Column("standaardfout", Kind.NUMBER, minimum=0, maximum=FARTHEST_SCORE),
            Column("aandeel minimumdoel", Kind.PERCENT),
            Column("niveau A", Kind.PERCENT),
            Column("niveau B", Kind.PERCENT),
            Column("niveau C", Kind.PERCENT),
            Column("niveau D", Kind.PERCENT),
            Column("niveau E", Kind.PERCENT),
            _score("score vergelijkbaar"),
            _score("score Vlaanderen"),
            _score("leerwinst"),
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
