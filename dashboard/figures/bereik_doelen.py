"""The targets for reach in the plans: what was realised of them, and where the line of the year ends."""

import polars as pl

from dashboard import data, format, texts
from dashboard.charts import Chart, ChartSpec
from dashboard.charts.labels import wrapped_labels
from dashboard.charts.targets import target_bars
from dashboard.figures.strategies import with_strategy_name
from dashboard.tables import Kind, Table, table

SOURCE = "bereikdoelen van de begeleidingsplannen; inschrijvingsdatabank en verslagtool"

_NOTE = (
    "Wat gerealiseerd is als deel van het doel van het schooljaar, voor het hele netwerk. De prognose trekt de lijn "
    "sinds 1 september recht door tot 31 augustus; een doel dat gehaald is, krijgt er geen."
)


def no_targets() -> str:
    """Return why there is no target to show."""
    return texts.NO_ROWS if data.scope().netwerk else "De bereikdoelen zijn er voor wie het hele netwerk ziet."


@data.derived
def targets(rows: pl.DataFrame) -> Chart:
    """Return the targets with what was realised and the forecast; `rows` is `queries.bereik.targets`."""
    is_met = pl.col("aandeel") >= 1
    name = pl.when(pl.col("omschrijving").is_duplicated()).then(pl.format("{} ({})", "omschrijving", "code"))
    # A target that was met needs no forecast; straight on it would point far past what there is to reach.
    labelled = rows.with_columns(
        name.otherwise(pl.col("omschrijving")).alias("label"),
        pl.when(~is_met).then(pl.col("aandeel_prognose")).alias("verwacht"),
    )
    known = rows.drop_nulls("aandeel_prognose").height
    on_track = rows.filter(is_met | (pl.col("aandeel_prognose") >= 1)).height
    title = "Worden de bereikdoelen gehaald?"
    if known:
        title = f"Gehaald of op weg: {on_track} van de {known} bereikdoelen van het hele netwerk"
    furthest = rows.drop_nulls("aandeel").tail(1)
    alt = f"{title}. " + (
        f"Het verst van zijn doel: {furthest['omschrijving'][0]}, "
        f"{format.percentage(furthest['aandeel'][0], decimals=0)} gerealiseerd."
        if furthest.height
        else "Er is nog niets gerealiseerd of geleverd."
    )
    chart = target_bars(labelled, "label", "aandeel", "verwacht", ChartSpec(title, alt, SOURCE, _NOTE))
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
    )
    counts: dict[str, Kind] = {"streefwaarde": "geheel", "gerealiseerd": "geheel", "prognose": "geheel"}
    return table(named, "bereik_doel", columns, heads={"strategie_naam": "Strategie"}, kinds=counts, reason="reden")
