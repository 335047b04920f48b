"""Work agendas: Outlook exports (CSV in Dutch or English, or iCalendar), and the meaning of their categories."""

import polars as pl

from pipelines.contract import Column, Contract, Kind, Rule, Vak, VakKind
from pipelines.sources.planning import CATEGORIEEN

DROPPED = (
    ("Onderwerp", "Subject"),
    ("Herinneringen aan/uit", "Reminder on/off"),
    ("Herinneringsdatum", "Reminder Date"),
    ("Herinneringstijd", "Reminder Time"),
    ("Organisator van vergadering", "Meeting Organizer"),
    ("Vereiste genodigden", "Required Attendees"),
    ("Optionele genodigden", "Optional Attendees"),
    ("Vergadervoorzieningen", "Meeting Resources"),
    ("Beschrijving", "Description"),
    ("Factuurinformatie", "Billing Information"),
    ("Gevoeligheid", "Sensitivity"),
    ("Locatie", "Location"),
    ("Prioriteit", "Priority"),
    ("Reisafstand", "Mileage"),
)


#: How the time of an item is shown: what every program writes, under Outlook's Dutch words.
SHOWN_AS = {
    **dict.fromkeys(("vrij", "free", "transparent"), "vrij"),
    **dict.fromkeys(("voorlopig", "tentative"), "voorlopig"),
    **dict.fromkeys(("bezet", "busy", "opaque"), "bezet"),
    **dict.fromkeys(
        ("niet aanwezig", "afwezig", "away", "out of office", "outofoffice", "oof", "buiten kantoor"), "niet aanwezig"
    ),
    **dict.fromkeys(("werkt elders", "elders aan het werk", "working elsewhere", "workingelsewhere"), "werkt elders"),
}
#: Outlook's exports count from 1, its programming interface (and so the scripts made with it) from 0.
NUMBERS_FROM_1 = {"1": "voorlopig", "2": "bezet", "3": "vrij", "4": "niet aanwezig", "5": "werkt elders"}
NUMBERS_FROM_0 = {"0": "vrij", "1": "voorlopig", "2": "bezet", "3": "niet aanwezig", "4": "werkt elders"}


def finish_items(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the items of one file with how their time is shown in one wording, and private ones without category.

    A file in which a 0 stands counts from 0: only then is 3 not free. A word that nobody knows stays as it is.
    """
    shown = pl.col("tijd_weergeven_als").str.to_lowercase().str.strip_chars()
    numbers = NUMBERS_FROM_0 if (frame.get_column("tijd_weergeven_als") == "0").any() else NUMBERS_FROM_1
    return frame.with_columns(
        tijd_weergeven_als=shown.replace(SHOWN_AS | numbers),
        categorieen=pl.when(pl.col("prive").fill_null(value=False)).then(None).otherwise(pl.col("categorieen")),
    )


def _moment(day: str, hour: str) -> pl.Expr:
    return pl.col(day).dt.combine(pl.col(hour).fill_null(pl.time(0, 0)))


AGENDA = Contract(
    name="agenda",
    bron="agenda",
    title="Agenda van een begeleider, een Outlook-export",
    vak=Vak(VakKind.PERIOD, "begindatum"),
    person_in_file_name="begeleider",
    finish=finish_items,
    columns=(
        Column("Begindatum", Kind.DATE, required=True, month_first_aliases=("Start Date",)),
        Column("Begintijd", Kind.TIME, required=True, filled=False, aliases=("Start Time",)),
        Column("Einddatum", Kind.DATE, required=True, month_first_aliases=("End Date",)),
        Column("Eindtijd", Kind.TIME, required=True, filled=False, aliases=("End Time",)),
        Column(
            "Gebeurtenis, duurt hele dag",
            Kind.FLAG,
            required=True,
            filled=False,
            name="hele_dag",
            aliases=("All day event",),
        ),
        Column(
            "Categorieën",
            aliases=("Categories",),
            when_missing="alle items tellen als uren zonder categorie.",
        ),
        Column(
            "Tijd weergeven als",
            Kind.CODE,
            aliases=("Show time as",),
            when_missing="vrije tijd is niet te herkennen en telt mee als werk.",
        ),
        Column(
            "Privé",
            Kind.FLAG,
            name="prive",
            aliases=("Private",),
            when_missing="privé-items zijn niet te herkennen en houden hun categorie.",
        ),
        *(Column(dutch, dropped=True, aliases=(english,)) for dutch, english in DROPPED),
    ),
    rules=(
        Rule(
            "einddatum",
            _moment("einddatum", "eindtijd") < _moment("begindatum", "begintijd"),
            "ligt voor het begin",
        ),
    ),
)
CONTRACTS = (
    AGENDA,
    Contract(
        name="agenda_categorieen",
        bron="agenda categorieën",
        title="Betekenis van de agendacategorieën",
        vak=Vak(VakKind.WHOLE),
        columns=(
            Column("categorie", Kind.CODE, required=True, key=True),
            Column("proces", Kind.CHOICE, required=True, choices=("primair", "secundair", "verlof", "geen werk")),
            Column("planningscategorie", Kind.CHOICE, choices=CATEGORIEEN),
        ),
    ),
)
