"""PBD's own list of instellingen per schooljaar."""

from pipelines.contract import Column, Contract, Kind, Vak, VakKind

NIVEAUS = ("BaO", "BuBaO", "SO", "BuSO", "DKO", "VWO", "LSC", "CLB", "INT")

CONTRACTS = (
    Contract(
        name="instellingen",
        bron="instellingen",
        title="Lijst van de instellingen per schooljaar",
        vak=Vak(VakKind.COLUMN, "schooljaar"),
        columns=(
            Column("schooljaar", Kind.SCHOOLJAAR, required=True, key=True),
            Column("instellingsnummer", Kind.INSTELLING, required=True, key=True),
            Column("naam", Kind.TEXT, required=True, filled=True),
            Column("onderwijsniveau", Kind.CHOICE, required=True, choices=NIVEAUS),
            Column("scholengroep nummer", Kind.NUMMER, required=True),
            Column("scholengroep", Kind.TEXT, required=True),
            Column("scholengemeenschap"),
            Column("gemeente"),
            Column("niscode", Kind.CODE),
            Column("aantal vestigingen", Kind.COUNT, minimum=0, maximum=200),
            Column("leerlingen", Kind.COUNT, minimum=0, maximum=100_000),
            Column("personeelsleden", Kind.COUNT, required=True, minimum=0, maximum=10_000),
            Column("vte", Kind.NUMBER, required=True, minimum=0, maximum=10_000),
            Column("clb", Kind.INSTELLING),
            Column("opgevolgd door", Kind.INSTELLING),
            Column("spoc", Kind.PERSON),
            Column("hoofdadviseur", Kind.PERSON),
        ),
    ),
)
