"""EDBI, the effect measurement: the questions, the invitations and the Qualtrics answers."""

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind

# Metadata that Qualtrics adds and that the product neither needs nor may keep.
QUALTRICS_DROPPED = (
    "StartDate",
    "EndDate",
    "IPAddress",
    "Duration (in seconds)",
    "RecipientLastName",
    "RecipientFirstName",
    "RecipientEmail",
    "LocationLatitude",
    "LocationLongitude",
    "UserLanguage",
)


def finish_by_progress(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the answers in which `finished` follows from `progress` (100 = to the end) where it was not delivered."""
    return frame.with_columns(finished=pl.coalesce("finished", pl.col("progress") >= 100))


CONTRACTS = (
    Contract(
        name="edbi_vragen",
        bron="edbi vragen",
        title="EDBI: de vragen",
        vak=Vak(VakKind.NAME),
        columns=(
            Column("vraag", Kind.CODE, required=True, key=True),
            Column("module", Kind.CHOICE, required=True, choices=tuple("ABCDEFG")),
            Column("kernvraag", Kind.FLAG),
            Column("dimensie", Kind.CODE),
            Column("tekst", required=True, filled=True),
            Column("schaal min", Kind.NUMBER, required=True, filled=True, minimum=-100, maximum=100),
            Column("schaal max", Kind.NUMBER, required=True, filled=True, minimum=-100, maximum=100),
            Column("omgekeerd", Kind.FLAG),
            Column("gunstig vanaf", Kind.NUMBER, minimum=-100, maximum=100),
            Column(
                "schaal labels",
                Kind.LIST,
                description="de woorden van de schaal, van laag naar hoog, voor een export met keuzetekst",
            ),
        ),
        rules=(
            *(
                Rule(column, pl.col(column) != pl.col(column).round(), "is geen geheel getal: een schaal heeft punten")
                for column in ("schaal_min", "schaal_max")
            ),
            Rule("schaal_max", pl.col("schaal_max") <= pl.col("schaal_min"), "is niet groter dan 'schaal min'"),
            Rule(
                "gunstig_vanaf",
                ~pl.col("gunstig_vanaf").is_between("schaal_min", "schaal_max"),
                "ligt niet tussen 'schaal min' en 'schaal max'",
            ),
            Rule(
                "schaal_labels",
                pl.col("schaal_labels").list.len() != pl.col("schaal_max") - pl.col("schaal_min") + 1,
                "telt niet evenveel labels als de schaal punten heeft",
            ),
        ),
    ),
    Contract(
        name="edbi_uitnodigingen",
        bron="edbi uitnodigingen",
        title="EDBI: de uitnodigingen",
        vak=Vak(VakKind.DOMINANT, "verzonden_op"),
        columns=(
            Column("uitnodiging id", Kind.CODE, required=True, key=True),
            Column("activiteit id", Kind.CODE, known="activiteiten"),
            Column("traject id", Kind.CODE, known="trajecten"),
            Column("e-mail", Kind.PERSON, name="persoon"),
            Column("verzonden op", Kind.DATE, required=True),
            Column("herinnering 1", Kind.DATE),
            Column("herinnering 2", Kind.DATE),
            Column("kanaal", Kind.CHOICE, choices=("qr", "mail")),
            Column("bezorgd", Kind.FLAG),
            Column("aangemeld", Kind.CHOICE, choices=("ja", "nee")),
        ),
        rules=(
            Rule(
                "activiteit_id",
                pl.col("activiteit_id").is_null() & pl.col("traject_id").is_null(),
                "is leeg en er staat ook geen traject id",
            ),
            Rule("herinnering_1", pl.col("herinnering_1") < pl.col("verzonden_op"), "ligt voor 'verzonden op'"),
            Rule(
                "herinnering_2",
                pl.col("herinnering_2") < pl.col("herinnering_1"),
                "ligt voor 'herinnering 1'",
            ),
        ),
    ),
    Contract(
        name="edbi_antwoorden",
        bron="edbi antwoorden",
        title="EDBI: de antwoorden, een Qualtrics-export",
        vak=Vak(VakKind.DOMINANT, "recorded_date"),
        extra_header_rows=2,
        answers_column="antwoorden",
        one_of=(("uitnodiging_id", "activiteit_id"), ("finished", "progress")),
        finish=finish_by_progress,
        columns=(
            Column("ResponseId", Kind.CODE, required=True, key=True, name="response_id"),
            Column(
                "ExternalReference",
                Kind.CODE,
                name="uitnodiging_id",
                aliases=("ExternalDataReference",),
                known="edbi_uitnodigingen",
                when_missing="alle antwoorden tellen als anoniem.",
            ),
            Column("activiteit_id", Kind.CODE, known="activiteiten"),
            Column(
                "Status",
                Kind.CODE,
                when_missing="proefantwoorden zijn enkel nog aan 'DistributionChannel' te herkennen.",
            ),
            Column("Progress", Kind.NUMBER, minimum=0, maximum=100),
            Column("Finished", Kind.FLAG, when_missing="wie 100 heeft in 'Progress', telt als volledig."),
            Column(
                "RecordedDate",
                Kind.MOMENT,
                required=True,
                name="recorded_date",
                instead=("EndDate", "StartDate"),
            ),
            Column("DistributionChannel", Kind.CODE, name="distribution_channel"),
            *(Column(header, dropped=True) for header in QUALTRICS_DROPPED),
        ),
        rules=(
            Rule(
                "finished",
                pl.col("finished").is_null() & pl.col("progress").is_null(),
                "is leeg en er staat ook geen Progress: niet te zien of het antwoord volledig is",
            ),
        ),
    ),
)
