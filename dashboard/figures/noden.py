"""The ranking of needs: key figures, contributions, intervals, the table, and the words for all of it."""

import polars as pl

from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec, interval_dots, stacked_bars
from dashboard.charts.labels import wrapped_labels
from dashboard.components.key_figures import KeyFigure
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.filters import ALL, Filter
from dashboard.tables import Table, table

SOURCE = "doorlichtingen, outputdossier en Vlaamse toetsen (PBD 5.6.1)"
#: How many instellingen a chart shows; the table below has all of them.
TOP = 20

GROUPS_NOTICE = (
    "De verschillen tussen instellingen zijn te klein voor een exacte volgorde. "
    "Lees de lijst daarom in groepen: duidelijk, mogelijk of niet bij de grootste noden."
)

_CRITERIA = {
    "bijdrage_doorlichting": ("Doorlichting", theme.CRITERIUM["doorlichting"]),
    "bijdrage_leerresultaten": ("Leerresultaten", theme.CRITERIUM["leerresultaten"]),
    "bijdrage_doorstroom": ("In- en doorstroom", theme.CRITERIUM["doorstroom"]),
    "bijdrage_leerrecht": ("Leerrecht", theme.CRITERIUM["leerrecht"]),
}


def trap_filter() -> Filter:
    """Return the filter on trap."""
    options = {
        ALL: "Alle trappen",
        "verplicht": "Verplicht (2A, 2B, GOK of LLB negatief)",
        "verhoogd": "Verhoogd (1B)",
        "regulier": "Regulier",
    }
    return Filter("trap", "Trap", options, ALL)


def order_filter() -> Filter:
    """Return the switch between the order of the decree and the pure order of the scores."""
    return Filter("volgorde", "Volgorde", {"trap": "Eerst trap, dan score", "score": "Alleen score"}, "trap")


def is_in_groups(ranking: pl.DataFrame) -> bool:
    """Return whether the ranking may only be read in groups, not in positions."""
    return bool(ranking["is_in_groepen"].fill_null(False).any())


@data.derived
def key_figures(ranking: pl.DataFrame) -> list[KeyFigure]:
    """Return four key figures of the chosen instellingen."""
    with_needs = ranking.filter((pl.col("trap") == "verplicht") | (pl.col("klasse") == "duidelijk"))
    without_support = with_needs.filter(~pl.col("is_ondersteund").fill_null(False))
    incomplete = ranking.filter(pl.col("ontbreekt").list.len() > 0)
    total = ranking.height
    return [
        KeyFigure("Instellingen in deze lijst", format.number(total)),
        KeyFigure(
            "Verplicht spoor",
            format.number(ranking.filter(pl.col("trap") == "verplicht").height),
            definition="Ongunstig advies (2A, 2B) of negatieve uitspraak over GOK of leerlingenbegeleiding.",
        ),
        KeyFigure(
            "Grote noden zonder ondersteuning",
            format.number(without_support.height),
            f"van {format.number(with_needs.height)} met grote noden",
            "0",
            definition="Verplicht spoor, of duidelijk bij de grootste noden, zonder dagdelen dit schooljaar.",
        ),
        KeyFigure(
            "Onvolledige gegevens",
            format.number(incomplete.height),
            format.percentage(incomplete.height / total if total else None, total or None) + " van de lijst",
            definition="Minstens één van de vier criteria heeft geen gegevens.",
        ),
    ]


@data.derived
def contributions(ranking: pl.DataFrame) -> Chart:
    """Return the score of the first instellingen, stacked by what each criterion contributes."""
    top = _labelled(ranking)
    return wrapped_labels(
        stacked_bars(top, "label", _CRITERIA, ChartSpec(_contribution_title(top), _finding(top), SOURCE))
    )


@data.derived
def intervals(ranking: pl.DataFrame) -> Chart:
    """Return the rang of the first instellingen with its 90 % interval."""
    top = _labelled(ranking)
    widest = (top["rang_p95"] - top["rang_p05"]).max() if top.height else None
    alt = (
        f"Rang met 90 %-interval van {top.height} instellingen. "
        + (f"Het breedste interval telt {format.number(_as_float(widest))} plaatsen." if widest else "")
    ).strip()
    spec = ChartSpec("Hoe zeker is elke plaats? Rang met 90 %-interval", alt, SOURCE)
    return wrapped_labels(
        interval_dots(top, "label", "rang_gemiddeld", "rang_p05", "rang_p95", spec, value_name="gemiddelde rang")
    )


@data.derived
def contribution_table(ranking: pl.DataFrame) -> Table:
    """Return the data behind the contributions chart."""
    return table(
        ranking.head(TOP),
        "noden",
        ["rang", "naam", "score", *_CRITERIA, "ontbreekt"],
        heads=_heads(),
    )


@data.derived
def interval_table(ranking: pl.DataFrame) -> Table:
    """Return the data behind the interval chart."""
    return table(
        ranking.head(TOP),
        "noden",
        ["rang", "naam", "rang_gemiddeld", "rang_p05", "rang_p95", "kans_top"],
        heads=_heads(),
        kinds={"rang_gemiddeld": "decimaal1", "rang_p05": "geheel", "rang_p95": "geheel"},
    )


def ranking_table(ranking: pl.DataFrame) -> Table:
    """Return the whole ranking; without positions where only groups may be shown."""
    return _ranking_table(ranking, carried_filters())


@data.derived
def _ranking_table(ranking: pl.DataFrame, carried: str) -> Table:
    worded = with_institution_address(ranking, carried).with_columns(
        _interval_words().alias("interval"),
        _change_words().alias("verandering_woorden"),
    )
    positions = [] if is_in_groups(ranking) else ["rang"]
    spread = [] if is_in_groups(ranking) else ["interval", "verandering_woorden"]
    columns = [
        *positions,
        "naam",
        "scholengroep",
        "onderwijsniveau",
        "trap",
        "klasse",
        "score",
        *spread,
        "advies",
        *_CRITERIA,
        "ontbreekt",
        "dagdelen_ondersteuning",
    ]
    return table(worded, "noden", columns, heads=_heads(), links={"naam": "adres"}, bars={"score": "score"})


def _heads() -> dict[str, str]:
    return {
        "naam": "Instelling",
        "onderwijsniveau": "Niveau",
        "klasse": "Bij de grootste noden",
        "interval": "Plaats (90 %)",
        "verandering_woorden": "Tegenover vorig jaar",
        "ontbreekt": "Geen gegevens voor",
        "dagdelen_ondersteuning": "Dagdelen ondersteuning",
        **{column: name for column, (name, _) in _CRITERIA.items()},
    }


def _labelled(ranking: pl.DataFrame) -> pl.DataFrame:
    """Return the first rows with a label that is unique, also where two instellingen share a name."""
    top = ranking.head(TOP)
    number = pl.col("naam") if is_in_groups(ranking) else pl.format("{}. {}", pl.col("rang"), pl.col("naam"))
    label = pl.when(number.is_duplicated()).then(pl.format("{} ({})", number, pl.col("instellingsnummer")))
    return top.with_columns(label.otherwise(number).alias("label"))


def _contribution_title(top: pl.DataFrame) -> str:
    if top.is_empty():
        return "Waar komt de score vandaan?"
    totals = {name: _as_float(top[column].sum()) for column, (name, _) in _CRITERIA.items()}
    heaviest = max(totals, key=totals.__getitem__)
    return f"{heaviest} weegt het zwaarst door bij de eerste {top.height} instellingen"


def _finding(top: pl.DataFrame) -> str:
    if top.is_empty():
        return "Geen instellingen voor deze keuze."
    first = top.row(0, named=True)
    return (
        f"Gestapelde balken met de score van {top.height} instellingen per criterium. "
        f"{first['naam']} staat bovenaan met score {format.number(first['score'], 2)}."
    )


def _interval_words() -> pl.Expr:
    low, high = pl.col("rang_p05").cast(pl.Int64), pl.col("rang_p95").cast(pl.Int64)
    return (
        pl.when(low.is_null() | high.is_null())
        .then(None)
        .when(low == high)
        .then(pl.format("{}", low))
        .otherwise(pl.format("tussen {} en {}", low, high))
    )


def _change_words() -> pl.Expr:
    change = pl.col("verandering")
    size = change.abs()
    places = pl.when(size == 1).then(pl.lit("plaats")).otherwise(pl.lit("plaatsen"))
    return (
        pl.when(change.is_null())
        .then(pl.lit("niet vergelijkbaar"))
        .when(change == 0)
        .then(pl.lit("zelfde plaats"))
        .when(change > 0)
        .then(pl.format("{} {} hoger", size, places))
        .otherwise(pl.format("{} {} lager", size, places))
    )


def _as_float(value: object) -> float:
    return float(str(value))
