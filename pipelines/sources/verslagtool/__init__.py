"""The verslagtool: trajecten and every interventie in them."""

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind
from pipelines.sources.registratie import BELEIDSPRIORITEITEN

SOORTEN = (
    "vt",
    "plg",
    "project",
    "opvolging 2A",
    "opvolging 2B",
    "opvolging GOK",
    "opvolging LLB",
    "opvolging 1B",
)

CONTRACTS = (
    Contract(
        name="trajecten",
        bron="trajecten",
        title="Trajecten uit de verslagtool",
        vak=Vak(VakKind.DOMINANT, "startdatum"),
        columns=(
            Column("traject id", Kind.CODE, required=True, key=True),
            Column(
                "instellingsnummer",
                Kind.INSTELLING,
                required=True,
                filled=False,
                known="instellingen",
                description="leeg bij een traject van een hele scholengroep",
            ),
            Column("scholengroep nummer", Kind.NUMMER, known="scholengroepen"),
            Column("soort", Kind.CHOICE, required=True, choices=SOORTEN),
            Column("focus"),
            Column("beleidsprioriteiten", Kind.LIST, choices=BELEIDSPRIORITEITEN),
            Column("poolsteropleiding"),
            Column("startdatum", Kind.DATE, required=True),
            Column("einddatum", Kind.DATE),
            Column("contractdatum", Kind.DATE),
            Column("geplande dagdelen", Kind.NUMBER, required=True, minimum=0, maximum=2000),
            Column("status", Kind.CHOICE, required=True, choices=("gepland", "lopend", "afgerond", "geannuleerd")),
            Column("label"),
        ),
        rules=(
            Rule("einddatum", pl.col("einddatum") < pl.col("startdatum"), "ligt voor de startdatum"),
            Rule(
                "instellingsnummer",
                pl.col("instellingsnummer").is_null() & pl.col("scholengroep_nummer").is_null(),
                "is leeg en er staat ook geen scholengroep nummer",
            ),
        ),
    ),
    Contract(
        name="interventies",
        bron="interventies",
        title="Interventies uit de verslagtool",
        vak=Vak(VakKind.COLUMN, "datum"),
        columns=(
            Column("interventie id", Kind.CODE, required=True, key=True),
            Column("traject id", Kind.CODE, required=True, known="trajecten"),
            Column("datum", Kind.DATE, required=True),
            Column("dagdelen", Kind.NUMBER, required=True, filled=True, minimum=0, maximum=100),
            Column("begeleiders", Kind.PERSONS, required=True),
            Column("deelnemers", Kind.COUNT, minimum=0, maximum=5000),
            Column(
                "bereikt",
                Kind.LIST,
                choices=("directeur", "beleidsteam", "werkgroep", "voltallig team"),
            ),
            Column("verslag", Kind.FLAG),
        ),
    ),
)
