"""The charts of the ranking: where a score comes from, and how sure a place is."""

import polars as pl

from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec, stacked_bars
from dashboard.charts.labels import wrapped_labels
from dashboard.charts.ranks import rank_intervals
from dashboard.figures.noden import SOURCE
from dashboard.figures.noden_choices import is_in_groups
from dashboard.figures.noden_table import CRITERIA, CRITERION_REASONS, PARTS, heads, with_own_contributions
from dashboard.filled import filled
from dashboard.tables import Table, table

#: Klasse -> colour and symbol: the surer among the first, the darker the word and the fuller the symbol.
KLASSE_STYLES = {
    "duidelijk": (theme.PURPLE, "diamond"),
    "mogelijk": (theme.AMBER, "circle"),
    "niet": (theme.GREY, "circle-open"),
    "zonder klasse": (theme.GREY, "x-thin-open"),
}
_SCORE_NOTE = (
    "Elke balk is de score van 0 tot 1, opgesplitst naar wat elk criterium bijdraagt. Geschat: waar een criterium "
    "geen cijfer heeft, telt het gemiddelde van vergelijkbare instellingen; de onzekerheid erover zit in het interval."
)
_INTERVAL_NOTE = (
    "Teken: gemiddelde plaats over alle trekkingen; lijn: waar de plaats in 90 % van de trekkingen ligt, met de "
    "eerste en de laatste plaats aan de uiteinden. Plaats 1 is de grootste nood. Kleur en teken: de klasse."
)


@data.derived
def contributions(shown: pl.DataFrame) -> Chart:
    """Return the scores of the shown instellingen that have one, stacked by what each criterion contributes."""
    top = _labelled(with_own_contributions(shown.drop_nulls("score")))
    parts = PARTS if top["geschat"].count() else CRITERIA
    return wrapped_labels(
        stacked_bars(top, "label", parts, ChartSpec(_contribution_title(top), _finding(top), SOURCE, _SCORE_NOTE))
    )


@data.derived
def contribution_table(shown: pl.DataFrame) -> Table:
    """Return the data behind the contributions chart."""
    places = [] if is_in_groups(shown) else ["rang"]
    return table(
        with_own_contributions(shown.drop_nulls("score")),
        "noden",
        [*places, "naam", "score", *CRITERIA, "geschat", "zonder_cijfer"],
        heads=heads(),
        reason={"geschat": "geschat_reden", **CRITERION_REASONS},
    )


@data.derived
def intervals(shown: pl.DataFrame, top_n: int) -> Chart:
    """Return the places of the shown instellingen with their 90 % interval and the limit of the first `top_n`."""
    known = _labelled(shown.drop_nulls(["rang_gemiddeld", "rang_p05", "rang_p95"])).with_columns(
        pl.col("klasse").fill_null("zonder klasse")
    )
    widths = known["rang_p95"] - known["rang_p05"] + 1
    alt = f"Plaats met 90 %-interval van {known.height} instellingen."
    if known.height:
        widest, narrowest = (known.row(int(place or 0), named=True) for place in (widths.arg_max(), widths.arg_min()))
        alt += (
            f" Het onzekerst is {widest['naam']} (plaats {_from_to(widest)}), het zekerst {narrowest['naam']} "
            f"({_from_to(narrowest)})."
        )
    spec = ChartSpec(_interval_title(known, top_n), alt, SOURCE, _INTERVAL_NOTE)
    return wrapped_labels(
        rank_intervals(
            known, "label", "rang_gemiddeld", "rang_p05", "rang_p95", "klasse", KLASSE_STYLES, spec, limit=top_n
        )
    )


@data.derived
def interval_table(shown: pl.DataFrame) -> Table:
    """Return the data behind the interval chart."""
    return table(
        shown,
        "noden",
        ["rang", "naam", "rang_gemiddeld", "rang_p05", "rang_p95", "kans_top", "klasse"],
        heads=heads() | {"rang_p05": "Van plaats (90 %)", "rang_p95": "Tot plaats (90 %)"},
        kinds={"rang_gemiddeld": "decimaal1", "rang_p05": "geheel", "rang_p95": "geheel"},
    )


def _labelled(shown: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with a label that is unique, also where two instellingen share a name."""
    number = pl.col("naam") if is_in_groups(shown) else filled("{}. {}", pl.col("rang"), pl.col("naam"))
    label = pl.when(number.is_duplicated()).then(filled("{} ({})", number, pl.col("instellingsnummer")))
    mark = pl.when(pl.col("ontbreekt").list.len() > 0).then(pl.lit(" (onvolledig)")).otherwise(pl.lit(""))
    return shown.with_columns((label.otherwise(number) + mark).alias("label"))


def _contribution_title(shown: pl.DataFrame) -> str:
    totals = {name: float(str(shown[column].sum() or 0)) for column, (name, _) in CRITERIA.items()}
    if not any(totals.values()):
        return "Waar komt de score vandaan?"
    heaviest = max(totals, key=totals.__getitem__)
    return f"{heaviest} weegt het zwaarst door bij deze {format.number(shown.height)} instellingen"


def _finding(shown: pl.DataFrame) -> str:
    """Return what the bars tell; of a list in groups nobody stands first: it goes by name."""
    if shown.is_empty():
        return "Geen instellingen voor deze keuze."
    bars = f"Gestapelde balken met de score van {shown.height} instellingen per criterium."
    if is_in_groups(shown):
        low, high = (format.number(float(str(end)), 2) for end in (shown["score"].min(), shown["score"].max()))
        return f"{bars} De scores liggen tussen {low} en {high}."
    first = shown.row(0, named=True)
    return f"{bars} {first['naam']} staat bovenaan met score {format.number(first['score'], 2)}."


def _interval_title(known: pl.DataFrame, top_n: int) -> str:
    if (known["klasse"] == "zonder klasse").all():
        return "Hoe zeker is elke plaats?"
    counted = {name: known.filter(pl.col("klasse") == name).height for name in KLASSE_STYLES}
    parts = [f"{format.number(count)} {name}" for name, count in counted.items() if count]
    return f"Horen ze bij de eerste {format.number(top_n)}? {', '.join(parts)}"


def _from_to(row: dict[str, object]) -> str:
    return f"{row['rang_p05']} tot {row['rang_p95']}"
