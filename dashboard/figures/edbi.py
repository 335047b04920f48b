"""EDBI: response against the expected rate, the funnel and the measurements; `edbi_answers` holds the answers."""

from typing import Any

import polars as pl

from dashboard import data, format, texts, theme
from dashboard.charts import Chart, ChartSpec, horizontal_bars, interval_dots
from dashboard.charts.labels import shortened, wrapped_labels
from dashboard.components.key_figures import KeyFigure
from dashboard.figures.bereik_bekend import bounded
from dashboard.figures.comparison import Since, points_text, since_year
from dashboard.figures.edbi_bekend import NOT_PLACED, is_whole
from dashboard.figures.strategies import strategy_name, with_strategy_name
from dashboard.filled import filled
from dashboard.filters import ALL, Filter
from dashboard.tables import Kind, Table, decimal_text, table

SOURCE = "EDBI: uitnodigingen en antwoorden (PBD 5.6.6)"

#: How many measurements the chart shows; the list below has all of them.
TOP = 25

NEVER_MEASURED = (
    "Er zijn geen uitnodigingen of antwoorden van EDBI geladen: over de respons en de antwoorden is niets bekend."
)
NO_INVITATIONS = "Van dit schooljaar zijn geen uitnodigingen van EDBI geleverd: wie gevraagd is, is niet bekend."
NO_ANSWERS = "Van dit schooljaar zijn geen antwoorden op EDBI geleverd: de respons is niet bekend."
NOBODY_ASKED = "Van deze keuze is niemand om een antwoord gevraagd: er is geen respons."
NOTHING_FOUND = "Geen meting gevonden. Zoek op een ander deel van de titel of op de code."
NOTES = (
    "Respons is het aantal volledige en gedeeltelijke antwoorden, gedeeld door de bezorgde uitnodigingen zonder "
    "wie vooraf weigerde. Elk aandeel heeft een 95 %-betrouwbaarheidsinterval (Wilson).",
    "Anonieme antwoorden via een QR-code tellen mee tot het aantal uitnodigingen van de activiteit.",
    "Antwoorden op vragen worden nooit over strategieën heen samengeteld; vragen met een verschillend aantal "
    "schaalpunten staan in aparte figuren. Bij een omgekeerde vraag is de schaal gekeerd: hoog is altijd gunstig.",
    "Nieuwe antwoorden op een vraag tellen mee zodra er 5 samen zijn: waren het er minder, dan zou het verschil met "
    "een vorige versie zeggen wat zij antwoordden. De respons telt iedereen meteen.",
)

#: The persons behind each share, for the number of decimals.
_RESPONSE_N = dict.fromkeys(("respons", "respons_laag", "respons_hoog", "aandeel_volledig"), "uitgenodigd")

_STAGES = {
    "verstuurd": "Verstuurd",
    "bezorgd": "Bezorgd",
    "uitgenodigd": "Bezorgd en niet vooraf geweigerd",
    "begonnen": "Begonnen",
    "beantwoord": "Volledig of gedeeltelijk beantwoord",
    "volledig": "Volledig beantwoord",
}
_ORDER = {
    "uitnodigingen": "Meeste uitnodigingen eerst",
    "laagste": "Laagste respons eerst",
    "hoogste": "Hoogste respons eerst",
    "recentste": "Recentste eerst",
}


def order_filter() -> Filter:
    """Return the order of the measurements."""
    return Filter("volgorde", "Volgorde van de metingen", _ORDER, "uitnodigingen")


@data.derived
def key_figures(response: pl.DataFrame, measurements: pl.DataFrame, strategie: str) -> list[KeyFigure]:
    """Return four key figures of the chosen strategy (code); `queries.edbi.response` and `measurements`."""
    rows = response.filter(pl.col("strategie") == strategie)
    if rows.is_empty():
        return [_no_response(strategie)]
    now = rows.row(0, named=True)
    n = now["uitgenodigd"]
    measured = measurements.drop_nulls("respons")
    reached = measured.filter(pl.col("respons") >= now["doel"]).height
    hidden = measurements.filter("is_beschermd").height
    is_counted = now["metingen"] is not None
    is_known = measurements["is_beschermd"].is_not_null().any() or (is_counted and measurements.is_empty())
    without = format.NOT_APPLICABLE if is_known and is_counted else format.MISSING
    complete = f"{format.number(now['volledig'])} van {format.number(n)} uitnodigingen"
    return [
        response_rate(now, now["respons_vorig"], since_year(now, {"schooljaar": now["schooljaar_vorig"]}), now["doel"]),
        KeyFigure(
            "Volledig beantwoord",
            format.percentage(now["aandeel_volledig"], n),
            complete if now["volledig"] is not None else None,
            definition="Alleen de antwoorden tot en met de laatste vraag.",
        ),
        KeyFigure(
            "Metingen die het doel halen",
            f"{format.number(reached)} van {format.number(measured.height)}" if measured.height else without,
            f"elke meting is één activiteit of traject{'; enkel wat bekend is' if not is_counted else ''}",
            f"gemiddeld {format.percentage(now['doel'], decimals=0)} respons",
            definition="De respons van de meting zelf, zonder rekening te houden met het interval.",
        ),
        KeyFigure(
            "Metingen met te weinig antwoorden",
            bounded(format.number(hidden if is_known else None), hidden if is_known else None, is_known=is_counted),
            "minder dan 5 antwoorden: inhoud beschermd",
            definition="Van deze metingen afzonderlijk worden geen inhoudelijke resultaten getoond.",
        ),
    ]


def _no_response(strategie: str) -> KeyFigure:
    """Return the key figure where nothing was measured: a strategy without measurements has no response at all."""
    if strategie == ALL:
        return KeyFigure("Respons", format.MISSING, "geen metingen in dit schooljaar")
    name = strategy_name(strategie)
    return KeyFigure("Respons", format.NOT_APPLICABLE, f"geen metingen van de strategie {name} in dit schooljaar")


def nothing_measured(words: str, *, is_measured: bool) -> str:
    """Return why there is nothing to show: these words, unless nothing was ever measured, in any schooljaar."""
    return words if is_measured else NEVER_MEASURED


def no_measurements(strategie: str, searched: str, *, is_measured: bool, is_all: bool = True) -> str:
    """Return why the list of measurements is empty: of the strategy (code) there are none, or the search finds none.

    `is_measured`: there are measurements of some strategy in some schooljaar. `is_all`: what was asked about is known
    (`edbi_bekend.is_whole`).
    """
    if not is_measured:
        return NEVER_MEASURED
    if not is_all and not searched:
        return NOT_PLACED
    if searched:
        return NOTHING_FOUND
    if strategie == ALL:
        return texts.NO_ROWS
    return (
        f"Van de strategie {strategy_name(strategie)} zijn er geen metingen in dit schooljaar. Kies een andere "
        "strategie of een ander schooljaar."
    )


def no_response(response: pl.DataFrame, words: str, strategie: str = ALL) -> str:
    """Return why no response of the strategy (code) can be drawn; `words` where nothing was measured.

    `response` is `queries.edbi.response`.

    Without invitations nobody knows who was asked, without answers who answered, and without what was asked about
    which response it is.
    """
    if response.is_empty():
        return words
    if not is_whole(response, strategie):
        return NOT_PLACED
    if response["uitgenodigd"].count() == 0:
        return NO_INVITATIONS
    return NO_ANSWERS if response["volledig"].count() == 0 else NOBODY_ASKED


def response_rate(now: dict[str, Any], before: float | None, since: Since | None, target: float | None) -> KeyFigure:
    """Return the response with its interval; `now` has respons, respons_laag, respons_hoog and uitgenodigd."""
    n = now["uitgenodigd"]
    spread = f"; 95 %-interval {format.interval(now['respons_laag'], now['respons_hoog'], n)}"
    return KeyFigure(
        "Respons",
        format.percentage(now["respons"], n),
        points_text(now["respons"], before, since),
        None
        if target is None
        else f"{format.percentage(target, decimals=0)}{spread if now['respons'] is not None else ''}",
        definition="Volledige en gedeeltelijke antwoorden, gedeeld door de bezorgde uitnodigingen.",
    )


def expected_rate(rows: pl.DataFrame) -> float | None:
    """Return the response rate that the plan expects; None without measurements."""
    known = rows["doel"].drop_nulls()
    return float(known[0]) if known.len() else None


@data.derived
def response(rows: pl.DataFrame, uncounted: str = "") -> Chart:
    """Return the response per strategy with its interval, against the expected rate.

    `uncounted` is what `edbi_bekend.unplaced` says; here as in the other figures.
    """
    labelled = rows.with_columns(
        filled(
            "{} ({})",
            pl.col("strategie").replace(theme.STRATEGIE_NAAM),
            decimal_text(pl.col("uitgenodigd"), 0).fill_null(format.MISSING),
        ).alias("label")
    )
    target = expected_rate(rows)
    per_strategy = rows.filter(pl.col("strategie") != ALL)
    below = per_strategy.filter(pl.col("respons_hoog") < target) if target is not None else per_strategy.clear()
    title = (
        "Hoe hoog is de respons?" if target is None else f"Haalt de respons {format.percentage(target, decimals=0)}?"
    )
    is_known = rows["respons"].is_not_null().any()
    words = _below(below) if is_known else "Er zijn geen cijfers om te tonen."
    if is_known and (missing := rows["metingen"].null_count()):
        words += f" Van {format.counted(missing, 'regel', 'regels')} ontbreekt de respons."
    alt = f"Respons per strategie met 95 %-interval. {words}"
    note = (
        "Punt: respons; lijn: 95 %-interval; tussen haakjes het aantal uitnodigingen. Respons is wie volledig of "
        f"gedeeltelijk antwoordde, op wie een uitnodiging kreeg. {uncounted}"
    )
    chart = interval_dots(
        labelled if is_known else labelled.clear(),
        "label", "respons", "respons_laag", "respons_hoog", ChartSpec(title, alt, SOURCE, note.strip()),
        is_share=True, target=target, value_name="respons",
    )  # fmt: skip
    return wrapped_labels(chart)


@data.derived
def response_table(rows: pl.DataFrame) -> Table:
    """Return the data behind the response per strategy."""
    columns = [
        "strategie_naam", "metingen", "uitgenodigd", "volledig", "gedeeltelijk", "respons", "respons_laag",
        "respons_hoog", "aandeel_volledig", "doel", "respons_vorig",
    ]  # fmt: skip
    heads = {"strategie_naam": "Strategie", "respons_vorig": "Respons vorig schooljaar"}
    kinds: dict[str, Kind] = {"respons_vorig": "aandeel"}
    return table(with_strategy_name(rows), "edbi_strategie", columns, heads=heads, kinds=kinds, n=_RESPONSE_N)


@data.derived
def stages(funnel: pl.DataFrame) -> pl.DataFrame:
    """Return a row per stage of the funnel: fase, aantal, aandeel (of what was sent)."""
    if funnel.is_empty():
        return pl.DataFrame(schema={"fase": pl.String, "aantal": pl.Int64, "aandeel": pl.Float64})
    counts = funnel.row(0, named=True)
    rows = [
        {"fase": name, "aantal": counts[key], "aandeel": _share(counts[key], counts["verstuurd"])}
        for key, name in _STAGES.items()
    ]
    return pl.DataFrame(rows, schema={"fase": pl.String, "aantal": pl.Int64, "aandeel": pl.Float64})


@data.derived
def funnel(rows: pl.DataFrame, uncounted: str = "") -> Chart:
    """Return the funnel from invitation to complete answer; `rows` come from `stages`."""
    title = "Waar haken genodigden af?"
    if rows.height and (answered := _share(rows["aantal"][4], rows["aantal"][0])) is not None:
        part = format.percentage(answered, decimals=0)
        title = f"{part} van de verstuurde uitnodigingen levert een antwoord op"
    known = rows.drop_nulls("aantal")
    alt = f"{title}{'' if title.endswith('?') else '.'} "
    if not known.height:
        alt += "Er zijn geen cijfers om te tonen."
    else:
        alt += f"Aantallen van {known['fase'][0].lower()} tot {known['fase'][-1].lower()}."
    if 0 < known.height < rows.height:
        alt += " De andere fasen ontbreken."
    note = f"Aantal uitnodigingen en antwoorden per fase. {uncounted}".strip()
    shown = rows if known.height else rows.clear()
    return wrapped_labels(horizontal_bars(shown, "fase", "aantal", ChartSpec(title, alt, SOURCE, note)))


@data.derived
def funnel_table(rows: pl.DataFrame) -> Table:
    """Return the data behind the funnel."""
    heads = {"fase": "Fase", "aantal": "Aantal", "aandeel": "Aandeel van verstuurd"}
    return table(rows, "edbi_respons", ["fase", "aantal", "aandeel"], heads=heads)


def list_title(found: int, *, is_measured: bool, is_all: bool) -> str:
    """Return the title of the list of measurements: how many there are, of those that are known.

    `is_measured` and `is_all` as in `no_measurements`.
    """
    if not is_measured:
        return "Metingen"
    return f"{'Metingen' if is_all else 'Metingen die bekend zijn'}: {format.number(found)}"


@data.derived
def ordered(measurements: pl.DataFrame, order: str) -> pl.DataFrame:
    """Return the measurements in the chosen order; without invitations always last."""
    match order:
        case "laagste":
            return measurements.sort("respons", "uitgenodigd", descending=[False, True], nulls_last=True)
        case "hoogste":
            return measurements.sort("respons", "uitgenodigd", descending=True, nulls_last=True)
        case "recentste":
            return measurements.sort("datum", descending=True, nulls_last=True, maintain_order=True)
    return measurements


@data.derived
def measurements(rows: pl.DataFrame, order: str, target: float | None, *, is_all: bool = True) -> Chart:
    """Return the first measurements in their order, with interval, against the expected rate.

    `is_all` as in `no_measurements`.
    """
    top = rows.head(TOP).with_columns(
        shortened(filled("{} {}", "activiteit_of_traject_id", pl.col("titel").fill_null(""))).alias("label")
    )
    below = rows.filter(pl.col("respons_hoog") < target).height if target is not None else 0
    part = format.percentage(target, decimals=0)
    title = f"Metingen duidelijk onder {part}: {format.number(below)} van de {format.number(rows.height)}"
    title += "" if is_all else " die bekend zijn"
    alt = (
        f"{title}. Bij die metingen ligt het hele 95 %-interval onder het doel. "
        f"De figuur toont {top.height} metingen, {_ORDER[order].lower()}."
    )
    if rows["respons_hoog"].is_null().all():  # also without measurements
        title = f"Welke metingen liggen duidelijk onder {part}?" if target is not None else "Welke metingen zijn er?"
        alt, top = f"{title} Van geen enkele meting is de respons bekend.", top.clear()
    note = (
        f"Punt: respons; lijn: 95 %-interval. Duidelijk onder {part}: het hele interval ligt eronder. Ook waar de "
        f"echte respons {part} is, gebeurt dat bij 2 à 3 op 100 metingen. De figuur toont {top.height} metingen, de "
        "lijst alle."
    )
    chart = interval_dots(
        top, "label", "respons", "respons_laag", "respons_hoog", ChartSpec(title, alt, SOURCE, note),
        is_share=True, target=target, value_name="respons",
    )  # fmt: skip
    return wrapped_labels(chart)


@data.derived
def measurements_table(rows: pl.DataFrame) -> Table:
    """Return the measurements with their response and whether their content may be shown."""
    worded = with_strategy_name(rows).with_columns(
        pl.when("is_beschermd")
        .then(pl.lit(format.SUPPRESSED))
        .when(pl.col("is_beschermd").is_not_null())
        .then(pl.lit("te tonen"))
        .otherwise(pl.lit(format.MISSING))
        .alias("inhoud"),
        pl.col("organisator").fill_null(format.NOT_APPLICABLE),
    )
    columns = [
        "titel", "activiteit_of_traject_id", "strategie_naam", "organisator", "datum", "uitgenodigd", "volledig",
        "gedeeltelijk", "respons", "respons_laag", "respons_hoog", "inhoud",
    ]  # fmt: skip
    heads = {"activiteit_of_traject_id": "Code", "strategie_naam": "Strategie", "inhoud": "Inhoudelijk resultaat"}
    return table(worded, "edbi_respons", columns, heads=heads, reason="reden", n=_RESPONSE_N)


def _below(below: pl.DataFrame) -> str:
    if below.is_empty():
        return "Geen enkele strategie ligt met haar hele interval onder het doel."
    names = ", ".join(strategy_name(code).lower() for code in below["strategie"])
    return f"Duidelijk onder het doel: {names}."


def _share(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else part / whole
