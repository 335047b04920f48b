"""Reach through the schooljaren, and since the start of the plan."""

import polars as pl

from dashboard import data, format, texts, theme
from dashboard.charts import Chart, ChartSpec, year_lines
from dashboard.figures.bereik_bekend import SOURCE, UNKNOWN_HEAD, because_undelivered, unknown_column
from dashboard.filters import ALL, Choice
from dashboard.tables import Table, table

FIRST_PLAN_YEAR = "2025-2026"


def counts_since_plan(choice: Choice) -> bool:
    """Return whether the reach since the start of the plan is counted for such a choice, in the years of the plan."""
    return {choice["scholengroep"], choice["strategie"]} == {ALL}


@data.derived
def history(rows: pl.DataFrame, strategy: str) -> Chart:
    """Return reach through the schooljaren, and since the start of the plan where that can be counted.

    `strategy` is the name of the chosen strategy, as the reader sees it.
    """
    whole = rows.with_columns(
        pl.when(pl.col(unknown) == 0).then(pl.col(column)).alias(column)
        for column, unknown in (
            ("aandeel_in_jaar", "instellingen_onbekend"),
            ("aandeel_sinds_plan", "instellingen_onbekend_cumulatief"),
        )
    )
    lines = {"aandeel_in_jaar": ("in het schooljaar zelf", theme.BLUE)}
    if whole["aandeel_sinds_plan"].count():
        lines["aandeel_sinds_plan"] = ("minstens één keer sinds 2025-2026", theme.GREEN)
    # Part of a year beside a whole one would read as a fall.
    known = whole.drop_nulls("aandeel_in_jaar").filter(~pl.col("is_lopend").fill_null(False))
    title, alt = "Groeit het bereik van de instellingen?", "Van minder dan twee hele schooljaren is het bereik bekend."
    if known.height > 1:
        first, last = known.row(0, named=True), known.row(-1, named=True)
        alt = (
            f"Het aandeel bereikte instellingen ging van {format.percentage(first['aandeel_in_jaar'])} in "
            f"{first['schooljaar']} naar {format.percentage(last['aandeel_in_jaar'])} in {last['schooljaar']}."
        )
    note = "Aandeel van de instellingen per schooljaar. Een schooljaar dat nog loopt, is nog niet volledig."
    if rows["instellingen_onbekend"].sum():
        note += (
            " Waar het bereik niet volledig bekend is, staat er geen punt: in de tabel staat het minste dat bereikt is."
        )
    drawn = whole if any(whole[column].count() for column in lines) else whole.clear()
    named = drawn.with_columns(
        pl.when("is_lopend").then(pl.col("schooljaar") + " (loopt)").otherwise("schooljaar").alias("jaar")
    )
    spec = ChartSpec(title, f"{alt} Keuze: {strategy}.", SOURCE, note)
    return year_lines(named, "jaar", lines, spec, is_share=True, is_whole=True)


def no_history(rows: pl.DataFrame) -> str:
    """Return why there is no line through the schooljaren."""
    if rows.is_empty():
        return texts.NO_ROWS
    return f"Van geen enkel schooljaar is het bereik volledig bekend{because_undelivered(rows)}"


@data.derived
def history_table(rows: pl.DataFrame, *, is_since_plan: bool = True) -> Table:
    """Return the data behind the history chart; `is_since_plan` is `counts_since_plan`."""
    can_count = (pl.col("schooljaar") >= FIRST_PLAN_YEAR) & is_since_plan
    since_plan = ("instellingen_bereikt_cumulatief", "aandeel_sinds_plan", "professionals_cumulatief")
    return table(
        rows.with_columns(
            pl.when(can_count).then(pl.lit("ontbreekt")).otherwise(pl.lit("nvt")).alias("reden_plan"),
            (pl.col("instellingen_onbekend") > 0).alias("is_ondergrens"),
            (pl.col("instellingen_onbekend_cumulatief") > 0).alias("is_ondergrens_plan"),
            (~pl.col("is_professionals_in_plan_volledig")).alias("is_ondergrens_professionals"),
        ),
        "bereik_cumulatief",
        [
            "schooljaar", "instellingen", "instellingen_bereikt", *unknown_column(rows), "aandeel_in_jaar",
            "instellingen_bereikt_cumulatief", "aandeel_sinds_plan", "professionals", "professionals_cumulatief",
        ],
        heads={
            "instellingen_bereikt": "Bereikte instellingen",
            "aandeel_in_jaar": "Aandeel bereikt in het jaar",
            "aandeel_sinds_plan": "Aandeel bereikt sinds het plan",
            **UNKNOWN_HEAD,
        },
        reason={"professionals": "reden_deelnames", **dict.fromkeys(since_plan, "reden_plan")},
        at_least={
            **dict.fromkeys(("instellingen_bereikt", "aandeel_in_jaar"), "is_ondergrens"),
            **dict.fromkeys(since_plan[:2], "is_ondergrens_plan"),
            "professionals_cumulatief": "is_ondergrens_professionals",
        },
    )  # fmt: skip
