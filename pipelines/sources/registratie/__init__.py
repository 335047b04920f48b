"""The registration database: activiteiten and who enrolled in them."""

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind

STRATEGIEEN = (
    "helpdesk",
    "opleiding",
    "vorming",
    "leerplanimplementatie",
    "aanvangsbegeleiding",
    "plg",
    "infosessie",
    "starterstraject",
    "bigbang",
)
BELEIDSPRIORITEITEN = ("inclusieve leeromgeving", "effectieve didactiek", "datageletterdheid")

CONTRACTS = (
    Contract(
        name="activiteiten",
        bron="activiteiten",
        title="Activiteiten uit de registratiedatabank",
        vak=Vak(VakKind.COLUMN, "schooljaar"),
        columns=(
            Column("activiteit id", Kind.CODE, required=True, key=True),
            Column("titel", required=True, filled=True),
            Column("strategie", Kind.CHOICE, required=True, choices=STRATEGIEEN),
            Column("thema"),
            Column("beleidsprioriteiten", Kind.LIST, choices=BELEIDSPRIORITEITEN),
            Column("doelgroep"),
            Column("bereikdoel", Kind.CODE),
            Column("vorm", Kind.CHOICE, choices=("fysiek", "digitaal", "hybride")),
            Column("locatie"),
            Column("startdatum", Kind.DATE, required=True),
            Column("einddatum", Kind.DATE),
            Column("dagdelen", Kind.NUMBER, required=True, minimum=0, maximum=410),
            Column("capaciteit", Kind.COUNT, minimum=0, maximum=100_000),
            Column("schooljaar", Kind.SCHOOLJAAR, required=True),
            Column("organisator", Kind.CHOICE, choices=("PBD", "POC")),
        ),
        rules=(Rule("einddatum", pl.col("einddatum") < pl.col("startdatum"), "ligt voor de startdatum"),),
    ),
    Contract(
        name="inschrijvingen",
        bron="inschrijvingen",
        title="Inschrijvingen uit de registratiedatabank",
        vak=Vak(VakKind.DOMINANT, "ingeschreven_op"),
        columns=(
            Column("inschrijving id", Kind.CODE, required=True, key=True),
            Column("activiteit id", Kind.CODE, required=True, known="activiteiten"),
            Column("e-mail", Kind.PERSON, required=True, name="persoon"),
            Column("naam", dropped=True),
            Column("ambt"),
            Column("anciënniteit", Kind.NUMBER, minimum=0, maximum=60),
            Column("instellingsnummer", Kind.INSTELLING, required=True, known="instellingen", also=("extern",)),
            Column("ingeschreven op", Kind.DATE, required=True),
            Column("status", Kind.CHOICE, required=True, choices=("ingeschreven", "wachtlijst", "geannuleerd")),
            Column("aanwezig", Kind.CHOICE, choices=("ja", "nee", "deels")),
        ),
    ),
)
