"""POC+: who works in each CLB, and why a CLB has priority."""

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind

CRITERIA = (
    "doorlichting",
    "nieuwe directeur",
    "fusie of structuurwijziging",
    "visie of beleidsplan",
    "beleidsvoerend vermogen",
)
END_OF_SCHOOLJAAR = pl.date(pl.col("schooljaar").str.slice(5).cast(pl.Int32), 8, 31)

CONTRACTS = (
    Contract(
        name="clb_medewerkers",
        bron="clb_medewerkers",
        title="CLB-medewerkers per ambt",
        vak=Vak(VakKind.COLUMN, "schooljaar"),
        columns=(
            Column("schooljaar", Kind.SCHOOLJAAR, required=True, key=True),
            Column("instellingsnummer", Kind.INSTELLING, required=True, key=True, known="instellingen"),
            Column("ambt", required=True, key=True, filled=True),
            Column("aantal", Kind.COUNT, required=True, minimum=0, maximum=10_000, description="medewerkers"),
            Column("actief", Kind.COUNT, minimum=0, maximum=10_000, description="medewerkers die aan het werk zijn"),
        ),
        rules=(Rule("actief", pl.col("actief") > pl.col("aantal"), "is groter dan 'aantal'"),),
    ),
    Contract(
        name="clb_noden",
        bron="clb_noden",
        title="Prioritaire noden van de CLB",
        vak=Vak(VakKind.COLUMN, "schooljaar"),
        columns=(
            Column("schooljaar", Kind.SCHOOLJAAR, required=True, key=True),
            Column("instellingsnummer", Kind.INSTELLING, required=True, key=True, known="instellingen"),
            Column("criterium", Kind.CHOICE, required=True, key=True, choices=CRITERIA),
            Column("sinds", Kind.DATE, required=True),
            # Free text about a small team, its new directeur for one: it could name a person.
            Column("toelichting", dropped=True),
        ),
        rules=(Rule("sinds", pl.col("sinds") > END_OF_SCHOOLJAAR, "ligt na het schooljaar"),),
    ),
)
