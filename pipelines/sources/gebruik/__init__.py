"""Use: counts of what people looked at, read or asked, where nobody registers."""

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind

KANALEN = ("materialenbank", "e-module", "nieuwsbrief", "helpdeskvraag")

CONTRACTS = (
    Contract(
        name="gebruik",
        bron="gebruik",
        title="Gebruik: tellingen zonder deelnemers",
        vak=Vak(VakKind.COLUMN, "maand"),
        columns=(
            Column("maand", Kind.DATE, required=True, key=True, description="eerste dag van de maand"),
            Column("kanaal", Kind.CHOICE, required=True, key=True, choices=KANALEN),
            Column("thema", key=True),
            Column("doelgroep", key=True),
            Column("aantal", Kind.COUNT, required=True, minimum=0, maximum=1_000_000_000),
        ),
        rules=(Rule("maand", pl.col("maand").dt.day() != 1, "is niet de eerste dag van een maand"),),
    ),
)
