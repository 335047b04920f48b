"""HR: the staff, their leave and their absences."""

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind

STATUTEN = (
    "formatie art. 16",
    "detachering art. 17",
    "detachering art. 19/2",
    "CODO",
    "contractueel",
    "GECO",
)
END_BEFORE_START = Rule("tot", pl.col("tot") < pl.col("van"), "ligt voor 'van'")

CONTRACTS = (
    Contract(
        name="personeel",
        bron="personeel",
        title="Personeel van PBD-GO! en POC+",
        vak=Vak(VakKind.WHOLE),
        columns=(
            Column("persoon", Kind.PERSON, required=True, key=True),
            Column("code", Kind.PERSON, description="code van de begeleider in planning, agenda en verslagtool"),
            Column("functie", required=True, filled=True),
            Column("team", required=True, filled=True),
            Column("dienst", Kind.CHOICE, choices=("PBD", "POC")),
            Column("statuut", Kind.CHOICE, required=True, choices=STATUTEN),
            Column("vte", Kind.NUMBER, required=True, filled=True, minimum=0, maximum=1),
            Column("in dienst", Kind.DATE, required=True),
            Column("uit dienst", Kind.DATE),
            Column("geboortejaar", Kind.COUNT, minimum=1930, maximum=2015),
            Column("specialisme", Kind.CHOICE, choices=("beleid", "curriculum")),
            Column("onderwijsniveau"),
            Column("hoofdadviseur", Kind.PERSON),
        ),
        rules=(
            Rule("uit_dienst", pl.col("uit_dienst") < pl.col("in_dienst"), "ligt voor 'in dienst'"),
            # Figures name a whole dienst so, and a team of that name could not be told from it.
            Rule("team", pl.col("team").str.to_lowercase() == "alle", "is het woord voor alle teams van een dienst"),
        ),
    ),
    Contract(
        name="verloven",
        bron="verloven",
        title="Verlofstelsels",
        vak=Vak(VakKind.WHOLE),
        columns=(
            Column("persoon", Kind.PERSON, required=True),
            Column("stelsel", Kind.CODE, required=True),
            Column("van", Kind.DATE, required=True),
            Column("tot", Kind.DATE),
            Column("percentage", Kind.PERCENT, required=True, filled=True),
        ),
        rules=(END_BEFORE_START,),
    ),
    Contract(
        name="afwezigheden",
        bron="afwezigheden",
        title="Afwezigheden",
        vak=Vak(VakKind.WHOLE),
        columns=(
            Column("persoon", Kind.PERSON, required=True),
            Column(
                "soort",
                Kind.CHOICE,
                required=True,
                choices=("ziekte", "arbeidsongeval", "moederschap", "andere"),
            ),
            Column("van", Kind.DATE, required=True),
            Column("tot", Kind.DATE),
            Column("percentage", Kind.PERCENT),
        ),
        rules=(END_BEFORE_START,),
    ),
)
