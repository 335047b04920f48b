"""The targets for reach in the plans: what was realised of them, and where the line of the year ends."""

import polars as pl

from dashboard import data, format, texts
from dashboard.charts import Chart, ChartSpec
from dashboard.charts.labels import wrapped_labels
from dashboard.charts.targets import target_bars
from dashboard.figures.strategies import with_strategy_name
from dashboard.filled import filled
from dashboard.tables import Kind, Table, table

SOURCE = "bereikdoelen van de begeleidingsplannen; inschrijvingsdatabank en verslagtool"

_NOTE = (
    "Wat gerealiseerd is als deel van het doel van het schooljaar, voor het hele netwerk. De prognose trekt de lijn "
    "sinds 1 september recht door tot 31 augustus; een doel dat gehaald is, krijgt er geen."
)


_BOUND_NOTE = (
    "Minstens: een bron die voor het doel kan meetellen, is niet geleverd. Zo'n doel krijgt geen prognose en telt niet "
    "mee in de titel, tenzij het al gehaald is."
)


def no_targets(rows: pl.DataFrame, years: pl.DataFrame, schooljaar: str, because: str) -> str:
    """Return why there is no target to show.

    `years` is `queries.bereik.target_years`, `because` is `bereik_bekend.because_undelivered` of the choice.
    """
    if not data.scope().netwerk:
        return "De bereikdoelen zijn er voor wie het hele netwerk ziet."
    if rows.height:
        return f"Van geen enkel bereikdoel is bekend wat gerealiseerd is{because}"
    if schooljaar in years["schooljaar"]:
        return texts.NO_ROWS
    return f"Er zijn geen bereikdoelen geleverd{f' voor {schooljaar}' if years.height else ''}."


@data.derived
def targets(rows: pl.DataFrame) -> Chart:
    """Return the targets with what was realised and the forecast; `rows` is `queries.bereik.targets`."""
    is_met = pl.col("aandeel") >= 1
    is_bound = ~pl.col("is_volledig_bekend") & pl.col("aandeel").is_not_null()
    name = pl.when(pl.col("omschrijving").is_duplicated()).then(filled("{} ({})", "omschrijving", "code"))
    # A target that was met needs no forecast; straight on it would point far past what there is to reach.
    labelled = rows.with_columns(
        name.otherwise(pl.col("omschrijving")).alias("label"),
    ).with_columns(
        pl.when(is_bound).then(filled("{} ({})", "label", pl.lit(format.AT_LEAST))).otherwise("label").alias("label"),
        pl.when(~is_met).then(pl.col("aandeel_prognose")).alias("verwacht"),
    )
    # The least that was realised tells whether a target was met, not that it was missed.
    known = rows.filter(is_met | pl.col("aandeel_prognose").is_not_null()).height
    on_track = rows.filter(is_met | (pl.col("aandeel_prognose") >= 1)).height
    title = "Worden de bereikdoelen gehaald?"
    if known:
        title = f"Gehaald of op weg: {on_track} van de {known} bereikdoelen van het hele netwerk"
    furthest = rows.drop_nulls("aandeel").filter("is_volledig_bekend").tail(1)
    alt = f"{title}{'.' if known else ''} " + (
        f"Het verst van zijn doel: {furthest['omschrijving'][0]}, "
        f"{format.percentage(furthest['aandeel'][0], decimals=0)} gerealiseerd."
        if furthest.height
        else "Van geen enkel doel is volledig bekend wat gerealiseerd is."
    )
    note = f"{_NOTE} {_BOUND_NOTE}" if rows.filter(is_bound).height else _NOTE
    drawn = labelled if rows["aandeel"].count() else labelled.clear()
    chart = target_bars(drawn, "label", "aandeel", "verwacht", ChartSpec(title, alt, SOURCE, note))
    return wrapped_labels(chart)


@data.derived
def targets_table(rows: pl.DataFrame) -> Table:
    """Return every target with its figures and where the plan names it."""
    columns = [
        "code", "omschrijving", "eenheid", "strategie_naam", "streefwaarde", "gerealiseerd", "aandeel",
        "prognose", "basis_datum", "bron",
    ]  # fmt: skip
    is_met = pl.col("aandeel") >= 1
    named = with_strategy_name(rows).with_columns(
        pl.col("strategie_naam").fill_null("alle"),
        pl.when(is_met).then(None).otherwise(pl.col("prognose")).alias("prognose"),
        pl.when(is_met).then(pl.lit("nvt")).alias("reden"),
        (~pl.col("is_volledig_bekend")).alias("is_ondergrens"),
    )
    counts: dict[str, Kind] = {"streefwaarde": "geheel", "gerealiseerd": "geheel", "prognose": "geheel"}
    return table(
        named,
        "bereik_doel",
        columns,
        heads={"strategie_naam": "Strategie"},
        kinds=counts,
        reason="reden",
        at_least=dict.fromkeys(("gerealiseerd", "aandeel"), "is_ondergrens"),
    )
