"""The questions for support of a scholengroep, from the first question to the contract."""

from pipelines.contract import Column, Contract, Kind, Vak, VakKind

STATUSSEN = ("gevraagd", "voorgesteld", "afgesproken", "gecontracteerd", "geweigerd", "geannuleerd")
# More than the whole service has in a schooljaar.
MOST_DAGDELEN = 50_000

CONTRACTS = (
    Contract(
        name="ondersteuningsvragen",
        bron="ondersteuningsvragen",
        title="Ondersteuningsvragen: naar de begeleidingsovereenkomst",
        vak=Vak(VakKind.COLUMN, "schooljaar"),
        columns=(
            Column("vraag id", Kind.CODE, required=True, key=True),
            Column("schooljaar", Kind.SCHOOLJAAR, required=True, description="waarvoor de steun gevraagd wordt"),
            Column("scholengroep nummer", Kind.NUMMER, required=True, known="scholengroepen"),
            Column(
                "instellingsnummer", Kind.INSTELLING, known="instellingen",
                description="leeg als de vraag van de hele scholengroep is",
            ),
            Column("strategie", required=True, filled=True),
            Column("thema"),
            Column("poolsteropleiding"),
            Column("gevraagde dagdelen", Kind.NUMBER, required=True, minimum=0, maximum=MOST_DAGDELEN),
            Column(
                "toegekende dagdelen", Kind.NUMBER, minimum=0, maximum=MOST_DAGDELEN,
                description="telt mee zodra de vraag afgesproken of gecontracteerd is",
            ),
            Column("status", Kind.CHOICE, required=True, choices=STATUSSEN),
            Column("afgesproken op", Kind.DATE),
        ),
    ),
)  # fmt: skip
