"""The central planning: dagdelen per begeleider and category."""

from pipelines.contract import Column, Contract, Kind, Vak, VakKind

CATEGORIEEN = (
    "opvolging doorlichting",
    "reserve",
    "spoc",
    "opleiding",
    "poolsteropleiding",
    "vt",
    "plg",
    "helpdesk",
    "scholengroep",
    "voorbereiding",
    "intern overleg",
    "professionalisering",
    "ontwikkelwerk",
)

CONTRACTS = (
    Contract(
        name="planning",
        bron="planning",
        title="Centrale planning",
        vak=Vak(VakKind.COLUMN, "schooljaar"),
        columns=(
            Column("schooljaar", Kind.SCHOOLJAAR, required=True, key=True),
            Column("begeleider", Kind.PERSON, required=True, key=True),
            Column("categorie", Kind.CHOICE, required=True, key=True, choices=CATEGORIEEN),
            Column("scholengroep nummer", Kind.NUMMER, key=True, known="scholengroepen"),
            Column("dagdelen", Kind.NUMBER, required=True, filled=True, minimum=0, maximum=1000),
        ),
    ),
)
