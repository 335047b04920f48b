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

TABLE_NOTE = (
    "De score telt de bijdragen van de vier criteria op; waar een criterium ontbreekt, telt het gemiddelde van "
    "vergelijkbare instellingen. Plaats (90 %): de rang ligt met 90 % kans tussen deze twee "
    "plaatsen. Vorig jaar: zoveel plaatsen hoger of lager dan toen; hoger is een grotere nood. Steun: dagdelen in het "
    "schooljaar."
)
_SCORE_NOTE = (
    "Elke balk is de score van 0 tot 1, opgesplitst naar wat elk criterium bijdraagt. Geschat: waar een criterium "
    "ontbreekt, telt het gemiddelde van vergelijkbare instellingen; de onzekerheid erover zit in het interval."
)
_INTERVAL_NOTE = (
    "Punt: gemiddelde rang over alle trekkingen; lijn: waar de rang in 90 % van de trekkingen ligt. Rang 1 is de "
    "grootste nood."
)
#: Pixels per column: together with the name they fit beside the sidebar on a screen of 1440 wide.
_WIDTHS = {
    "naam": 306, "rang": 48, "trap": 72, "klasse": 74, "score": 52,
    "bijdrage_doorlichting": 88, "bijdrage_leerresultaten": 100, "bijdrage_doorstroom": 82, "bijdrage_leerrecht": 74,
    "interval": 94, "verandering_woorden": 80, "dagdelen_ondersteuning": 56,
}  # fmt: skip

_CRITERIA = {
    "bijdrage_doorlichting": ("Doorlichting", theme.CRITERIUM["doorlichting"]),
    "bijdrage_leerresultaten": ("Leerresultaten", theme.CRITERIUM["leerresultaten"]),
    "bijdrage_doorstroom": ("Doorstroom", theme.CRITERIUM["doorstroom"]),
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


def list_filter() -> Filter:
    """Return the filter on the lists behind the key figures."""
    options = {
        ALL: "Alle instellingen",
        "groot": "Grote noden",
        "zonder_steun": "Grote noden zonder steun",
        "onvolledig": "Onvolledige gegevens",
    }
    return Filter("lijst", "Lijst", options, ALL)


@data.derived
def is_in_groups(ranking: pl.DataFrame) -> bool:
    """Return whether the ranking may only be read in groups, not in positions."""
    return bool(ranking["is_in_groepen"].fill_null(False).any())


@data.derived
def key_figures(ranking: pl.DataFrame) -> list[KeyFigure]:
    """Return four key figures of the chosen instellingen."""
    with_needs = ranking.filter("heeft_grote_noden")
    without_support = with_needs.filter(~pl.col("is_ondersteund").fill_null(False))
    incomplete = ranking.filter(pl.col("ontbreekt").list.len() > 0)
    total = ranking.height
    return [
        KeyFigure("Instellingen in deze lijst", format.number(total)),
        KeyFigure(
            "Trap verplicht",
            format.number(ranking.filter(pl.col("trap") == "verplicht").height),
            definition="Ongunstig advies (2A, 2B) of negatieve uitspraak over GOK of leerlingenbegeleiding.",
            link="noden",
            params={"trap": "verplicht"},
            link_label="Toon de lijst",
        ),
        KeyFigure(
            "Grote noden zonder ondersteuning",
            format.number(without_support.height),
            f"van {format.number(with_needs.height)} met grote noden",
            "0",
            definition="Trap verplicht, of duidelijk bij de grootste noden, zonder dagdelen in het schooljaar.",
            link="noden",
            params={"lijst": "zonder_steun"},
            link_label="Toon de lijst",
        ),
        KeyFigure(
            "Onvolledige gegevens",
            format.number(incomplete.height),
            f"{format.percentage(incomplete.height / total, total)} van de lijst" if total else None,
            definition="Minstens één van de vier criteria heeft geen gegevens.",
            link="noden",
            params={"lijst": "onvolledig"},
            link_label="Toon de lijst",
        ),
    ]


@data.derived
def contributions(ranking: pl.DataFrame) -> Chart:
    """Return the score of the first instellingen, stacked by what each criterion contributes."""
    top = _labelled(with_own_contributions(ranking))
    parts = _CRITERIA | ({"geschat": ("Geschat", theme.NEUTRAL)} if top["geschat"].drop_nulls().len() else {})
    return wrapped_labels(
        stacked_bars(top, "label", parts, ChartSpec(_contribution_title(top), _finding(top), SOURCE, _SCORE_NOTE))
    )


@data.derived
def intervals(ranking: pl.DataFrame) -> Chart:
    """Return the rang of the first instellingen with its 90 % interval."""
    top = _labelled(ranking)
    widest = (top["rang_p95"] - top["rang_p05"]).max() if top.height else None
    alt = (
        f"Rang met 90 %-interval van {top.height} instellingen. "
        + (f"Het breedste interval loopt over {format.number(_as_float(widest) + 1)} plaatsen." if widest else "")
    ).strip()
    spec = ChartSpec("Hoe zeker is elke plaats? Rang met 90 %-interval", alt, SOURCE, _INTERVAL_NOTE)
    return wrapped_labels(
        interval_dots(top, "label", "rang_gemiddeld", "rang_p05", "rang_p95", spec, value_name="gemiddelde rang")
    )


@data.derived
def contribution_table(ranking: pl.DataFrame) -> Table:
    """Return the data behind the contributions chart."""
    return table(
        with_own_contributions(ranking.head(TOP)),
        "noden",
        ["rang", "naam", "score", *_CRITERIA, "geschat", "ontbreekt"],
        heads=_heads(),
        reason={"geschat": "geschat_reden"},
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
    worded = with_institution_address(with_own_contributions(ranking), carried).with_columns(
        interval_words("rang_p05", "rang_p95").alias("interval"),
        _change_words().alias("verandering_woorden"),
    )
    positions = [] if is_in_groups(ranking) else ["rang"]
    spread = [] if is_in_groups(ranking) else ["interval", "verandering_woorden"]
    columns = [
        "naam",
        *positions,
        "trap",
        "klasse",
        "score",
        *_CRITERIA,
        *spread,
        "dagdelen_ondersteuning",
        "ontbreekt",
        "geschat",
        "onderwijsniveau",
        "scholengroep",
        "advies",
    ]
    reasons = {"geschat": "geschat_reden"}
    return table(worded, "noden", columns, heads=_heads(), reason=reasons, links={"naam": "adres"}, widths=_WIDTHS)


def with_own_contributions(ranking: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with contributions from own data only, and `geschat`: what the score takes from like ones.

    A criterion without data then reads as missing, not as the mean that stands in for it. `geschat_reden` says
    'nvt' where nothing is estimated.
    """
    missing = {column: pl.col("ontbreekt").list.contains(column.removeprefix("bijdrage_")) for column in _CRITERIA}
    estimated = pl.sum_horizontal(pl.when(is_missing).then(column) for column, is_missing in missing.items())
    has_missing = pl.col("ontbreekt").list.len() > 0
    return ranking.with_columns(
        *(pl.when(~is_missing).then(column).alias(column) for column, is_missing in missing.items()),
        pl.when(has_missing).then(estimated).alias("geschat"),
        pl.when(~has_missing).then(pl.lit("nvt")).alias("geschat_reden"),
    )


def _heads() -> dict[str, str]:
    return {
        "naam": "Instelling",
        "onderwijsniveau": "Niveau",
        "klasse": "Klasse",
        "interval": "Plaats (90 %)",
        "verandering_woorden": "Vorig jaar",
        "ontbreekt": "Geen gegevens voor",
        "dagdelen_ondersteuning": "Steun",
        **{column: name for column, (name, _) in _CRITERIA.items()},
    }


def _labelled(ranking: pl.DataFrame) -> pl.DataFrame:
    """Return the first rows with a label that is unique, also where two instellingen share a name."""
    top = ranking.head(TOP)
    number = pl.col("naam") if is_in_groups(ranking) else pl.format("{}. {}", pl.col("rang"), pl.col("naam"))
    label = pl.when(number.is_duplicated()).then(pl.format("{} ({})", number, pl.col("instellingsnummer")))
    mark = pl.when(pl.col("ontbreekt").list.len() > 0).then(pl.lit(" (onvolledig)")).otherwise(pl.lit(""))
    return top.with_columns((label.otherwise(number) + mark).alias("label"))


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


def interval_words(low: str, high: str) -> pl.Expr:
    """Return two columns of places as '3 tot 20', or as '1' where both are the same; null where unknown."""
    first, last = pl.col(low).cast(pl.Int64), pl.col(high).cast(pl.Int64)
    return pl.when(first == last).then(first.cast(pl.String)).otherwise(pl.format("{} tot {}", first, last))


def _change_words() -> pl.Expr:
    change = pl.col("verandering")
    return (
        pl.when(change.is_null())
        .then(pl.lit("onbekend"))
        .when(change == 0)
        .then(pl.lit("gelijk"))
        .when(change > 0)
        .then(pl.format("{} hoger", change))
        .otherwise(pl.format("{} lager", change.abs()))
    )


def _as_float(value: object) -> float:
    return float(str(value))
