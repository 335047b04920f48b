"""Work agendas: Outlook exports in Dutch or English, and the meaning of the categories used in them."""

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


def without_private_categories(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the items with the category of private ones emptied: those count as hours only."""
    return frame.with_columns(
        categorieen=pl.when(pl.col("prive").fill_null(value=False)).then(None).otherwise(pl.col("categorieen"))
    )


def _moment(day: str, hour: str) -> pl.Expr:
    return pl.col(day).dt.combine(pl.col(hour).fill_null(pl.time(0, 0)))


CONTRACTS = (
    Contract(
        name="agenda",
        bron="agenda",
        title="Agenda van een begeleider, een Outlook-export",
        vak=Vak(VakKind.PERIOD, "begindatum"),
        person_in_file_name="begeleider",
        finish=without_private_categories,
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
            Column("Categorieën", aliases=("Categories",)),
            Column("Tijd weergeven als", Kind.CODE, aliases=("Show time as",)),
            Column("Privé", Kind.FLAG, name="prive", aliases=("Private",)),
            *(Column(dutch, dropped=True, aliases=(english,)) for dutch, english in DROPPED),
        ),
        rules=(
            Rule(
                "einddatum",
                _moment("einddatum", "eindtijd") < _moment("begindatum", "begintijd"),
                "ligt voor het begin",
            ),
        ),
    ),
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
