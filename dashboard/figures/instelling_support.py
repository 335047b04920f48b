"""What happened to one instelling and what it got: timeline, doorlichtingen, support, reach."""

from datetime import date

import polars as pl

from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec
from dashboard.charts.groups import bar_groups
from dashboard.charts.timeline import timeline as draw_timeline
from dashboard.figures.strategies import with_strategy_name
from dashboard.tables import Table, table

TIMELINE_SOURCE = "doorlichtingen, Vlaamse toetsen, outputdossier, verslagtool en inschrijvingsdatabank"
REACH_SOURCE = "inschrijvingsdatabank en verslagtool"
TIMELINE_NOTE = (
    "Balk: een traject, of het schooljaar van een toets (de dag is niet geleverd). Teken: een dag. In PowerPoint "
    "staan de aantallen per schooljaar."
)
INSPECTIONS_NOTE = "Beneden, benadert, volgens, overstijgt: hoeveel kwaliteitsverwachtingen zo ingeschaald zijn."
FOLLOW_UP_NOTE = (
    "Voorzien: de dagdelen die het begeleidingsplan per jaar van de opvolging vraagt (PBD 4.4). Besteed ontbreekt voor "
    "een jaar waarvan niets geleverd is; n.v.t. voor een jaar dat nog niet begonnen is. Van een jaar dat loopt, telt "
    "besteed tot de peildatum."
)
SUPPORT_NOTE = (
    "Een rij per traject en schooljaar. Gepland: voor het hele traject. Besteed: dagdelen van de interventies in dat "
    "schooljaar, tot de peildatum. De twee zijn dus niet te vergelijken."
)
NO_INSPECTIONS = "Voor deze instelling is geen doorlichting geleverd."
NO_SUPPORT = "Voor deze instelling zijn geen trajecten geleverd (verslagtool)."
NOT_REACHED = "Geen enkele strategie bereikte deze instelling in dit schooljaar."
UNKNOWN_REACH = (
    "Of deze instelling in dit schooljaar bereikt is, is niet bekend: de inschrijvingen of de interventies van dit "
    "schooljaar zijn niet geleverd."
)
NO_EVENTS = "Voor deze instelling zijn nog geen gebeurtenissen geleverd."

_LANES = {
    "doorlichting": ("Doorlichtingen", theme.PURPLE),
    **{toets: (toets, theme.GREY) for toets in ("Vlaamse toetsen", "Koala", "OVSG", "Diataal")},
    "traject": ("Trajecten", theme.BLUE),
    "interventie": ("Interventies", theme.AMBER),
    "activiteit": ("Activiteiten", theme.GREEN),
}


@data.derived
def inspections(frame: pl.DataFrame) -> Table:
    """Return the table of doorlichtingen."""
    columns = ["datum", "soort", "advies", "uitspraak_gok", "uitspraak_llb", "datum_verslag", "is_van_kracht"]
    counts = [
        "aantal_inschalingen",
        "aantal_beneden",
        "aantal_benadert",
        "aantal_volgens",
        "aantal_overstijgt",
    ]
    heads = {"uitspraak_gok": "GOK", "uitspraak_llb": "LLB", "is_van_kracht": "Nu van kracht"}
    return table(frame, "doorlichting", columns + counts, heads=heads, missing=format.NOT_APPLICABLE)


@data.derived
def follow_up(frame: pl.DataFrame) -> Table:
    """Return the table of follow-up after a doorlichting; the years of each stand together, the first one first.

    What was spent in a year is not known before the first delivery, and cannot be known after the peildatum: a year
    that has not begun follows on one that is known.
    """
    doorlichting = (pl.col("jaar") == 1).cum_sum()
    is_to_come = pl.col("dagdelen_besteed").forward_fill().over(doorlichting).is_not_null()
    reason = pl.when(is_to_come).then(pl.lit("nvt")).otherwise(pl.lit("ontbreekt"))
    reasons = {"dagdelen_besteed": "reden_besteed"}
    worded = frame.with_columns(reason.alias("reden_besteed"))
    return table(worded, "doorlichting_opvolging", frame.columns, reason=reasons, missing=format.NOT_APPLICABLE)


@data.derived
def support(frame: pl.DataFrame) -> Table:
    """Return the table of trajecten."""
    named = frame.with_columns(pl.col("soort").replace({"vt": "verandertraject", "plg": "PLG"}))
    return table(named, "steun_instelling", frame.columns, missing=format.NOT_APPLICABLE)


@data.derived
def reach_chart(frame: pl.DataFrame, schooljaar: str) -> Chart:
    """Return participations and interventions of one schooljaar, for each strategy that reached.

    Not reached is said only where every strategy is known.
    """
    reached = with_strategy_name(frame).filter(pl.col("is_bereikt"))
    few = reached.height <= 3
    names = ", ".join(reached["strategie_naam"].str.to_lowercase()) if few else f"{reached.height} strategieën"
    spec = ChartSpec(
        f"Bereikt in {schooljaar} via {names}" if names else _not_reached_title(frame, schooljaar),
        f"Balken met deelnames en interventies per strategie in {schooljaar}: "
        f"{format.number(reached['deelnames'].sum())} deelnames en "
        f"{format.number(reached['interventies'].sum())} interventies.",
        REACH_SOURCE,
        "Een deelname is één persoon in één activiteit; een interventie is één bezoek in een traject.",
    )
    counts = {"deelnames": ("Deelnames", theme.BLUE), "interventies": ("Interventies", theme.AMBER)}
    worded = reached.with_columns(
        pl.when(pl.col("deelnames") > 0).then("deelnames"), pl.when(pl.col("interventies") > 0).then("interventies")
    )
    return bar_groups(worded, "strategie_naam", counts, spec)


def nothing_reached(frame: pl.DataFrame) -> str:
    """Return why the chart of reach has nothing to draw; `frame` is `queries.instelling.reach`."""
    return NOT_REACHED if _is_reach_known(frame) else UNKNOWN_REACH


def _not_reached_title(frame: pl.DataFrame, schooljaar: str) -> str:
    return f"Nog niet bereikt in {schooljaar}" if _is_reach_known(frame) else f"Is ze bereikt in {schooljaar}?"


def _is_reach_known(frame: pl.DataFrame) -> bool:
    return not frame.is_empty() and frame["is_bereikt"].null_count() == 0


@data.derived
def reach_table(frame: pl.DataFrame) -> Table:
    """Return the table of all strategies, also those that did not reach the instelling."""
    columns = ["strategie_naam", "is_bereikt", "deelnames", "deelnemers", "interventies", "dagdelen"]
    reasons = {
        "deelnames": "reden_deelnames",
        "deelnemers": "reden_deelnames",
        "interventies": "reden_interventies",
        "dagdelen": "reden_interventies",
    }
    heads = {"strategie_naam": "Strategie"}
    return table(with_strategy_name(frame), "bereik_instelling", columns, heads=heads, reason=reasons)


@data.derived
def timeline_chart(frame: pl.DataFrame, standing: pl.DataFrame, peildatum: date) -> Chart:
    """Return doorlichtingen, tests, trajecten, interventies and activiteiten on one axis of time.

    `standing` says per schooljaar whether its interventies were delivered.
    """
    # The advice stands in the title of a doorlichting: 'Doorlichting: 2A'.
    advice = pl.when(pl.col("soort") == "doorlichting").then(pl.col("titel").str.extract(r": (\w+)$", 1))
    spec = ChartSpec(_timeline_title(frame, standing), _timeline_finding(frame), TIMELINE_SOURCE, TIMELINE_NOTE)
    return draw_timeline(_with_lanes(frame).with_columns(advies=advice), _LANES, spec, peildatum, mark="advies")


@data.derived
def timeline_table(frame: pl.DataFrame) -> Table:
    """Return the table of what happened, newest first."""
    columns = ["datum", "einddatum", "soort", "titel", "detail"]
    return table(frame, "tijdlijn", columns, missing=format.NOT_APPLICABLE)


def _with_lanes(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with each test as a kind of its own; its title begins with its name, 'OVSG in 2024-2025'."""
    test = pl.col("titel").str.extract(r"^(.+) in \d{4}-\d{4}$", 1)
    return frame.with_columns(pl.when(pl.col("soort") == "toets").then(test).otherwise("soort").alias("soort"))


def _timeline_title(frame: pl.DataFrame, standing: pl.DataFrame) -> str:
    inspected = frame.filter(pl.col("soort") == "doorlichting")
    if inspected.is_empty():
        return "Wat gebeurde er, en wanneer?"
    last = inspected.row(0, named=True)
    kind, _, advice = last["titel"].partition(": ")
    visits = frame.filter((pl.col("soort") == "interventie") & (pl.col("datum") >= last["datum"])).height
    since = f"sinds de {kind.lower()} van {format.date_short(last['datum'])} ({advice})"
    if not _are_visits_known(standing, last["datum"]):
        return f"Minstens {format.number(visits)} interventies {since}" if visits else f"Welke interventies {since}?"
    number = format.number(visits) if visits else "Geen"
    return f"{number} {'interventie' if visits == 1 else 'interventies'} {since}"


def _are_visits_known(standing: pl.DataFrame, since: date) -> bool:
    """Return whether the interventies of every schooljaar from this day on were delivered."""
    ended = pl.col("schooljaar").str.tail(4).cast(pl.Int32)
    # A schooljaar that ended before the day says nothing of what came after it.
    years = standing.filter(pl.date(ended, 8, 31) >= since)
    return years["dagdelen_ondersteuning"].null_count() == 0


def _timeline_finding(frame: pl.DataFrame) -> str:
    if frame.is_empty():
        return NO_EVENTS
    counts = dict(_with_lanes(frame).group_by("soort").len().iter_rows())
    words = [f"{name}: {counts[soort]}" for soort, (name, _) in _LANES.items() if soort in counts]
    days = frame["datum"].sort()
    span = f"{format.date_short(days[0])} tot {format.date_short(days[-1])}"
    return f"Tijdlijn van {span}. Aantallen: {', '.join(words)}."
