"""The Flemish register of instellingen: its own export of vestigingsplaatsen, of every net."""

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind

# Schools are older than anyone at work in them, and an open end may be written as the last day of time.
YEARS = (1800, 9999)
# Lambert 72, in metres: all of Belgium.
EDGE = 300_000

CONTRACTS = (
    Contract(
        name="vestigingsplaatsen",
        bron="vestigingsplaatsen",
        title="Register van de instellingen: vestigingsplaatsen",
        vak=Vak(VakKind.WHOLE),
        columns=(
            Column("schoolnummer", Kind.INSTELLING, required=True, key=True, name="instellingsnummer"),
            Column(
                "intern_vplnummer", Kind.CODE, required=True, key=True, name="vestigingsplaats",
                description="volgnummer van de vestigingsplaats in haar instelling",
            ),
            Column(
                "net", Kind.CHOICE, filled=True, outside="buiten net", choices=("GO!",),
                wordings={"GO!": "GO!", "Gemeenschapsonderwijs": "GO!", "het Gemeenschapsonderwijs": "GO!"},
            ),
            Column("naam", required=True, filled=True),
            Column("hoofdzetel", Kind.FLAG),
            Column("adres", dropped=True),
            Column("straat"),
            Column("huisnummer", Kind.CODE),
            Column("busnummer", Kind.CODE),
            Column("postcode", Kind.CODE),
            Column("gemeente"),
            Column("niscode", Kind.CODE),
            Column("provinciecode", dropped=True),
            Column("provincie"),
            Column("VWO-vestigingsplaatscode", dropped=True),
            Column("crab-code", dropped=True),
            Column("crab-huisnr", dropped=True),
            Column("lx", Kind.NUMBER, minimum=0, maximum=EDGE, description="Lambert 72; 0 is niet gekend"),
            Column("ly", Kind.NUMBER, minimum=0, maximum=EDGE, description="Lambert 72; 0 is niet gekend"),
            Column("kbo-nummer", dropped=True),
            Column("telefoon", dropped=True),
            Column("fax", dropped=True),
            Column("e-mail", dropped=True),
            Column("website", dropped=True),
            Column("beheerder(s)", dropped=True),
            Column("soort instelling", dropped=True),
            Column("onderwijsniveau", description="zoals het register het noemt"),
            Column("instellingstype"),
            Column("begindatum", Kind.DATE, years=YEARS),
            Column("einddatum", Kind.DATE, years=YEARS),
            Column("status erkenning", dropped=True),
            Column("clb"),
            Column("bestuur", required=True, description="voor GO! de scholengroep"),
            Column("scholengemeenschap"),
            Column("taalstelsel", dropped=True),
            Column("ingerichte hoofdstructuren"),
            Column("aanmelden", dropped=True),
            Column("leersteuncentrum", dropped=True),
        ),
        rules=(Rule("einddatum", pl.col("einddatum") < pl.col("begindatum"), "ligt voor 'begindatum'"),),
    ),
)  # fmt: skip
