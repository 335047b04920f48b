"""EDBI: response against the expected rate, the funnel, favourable answers and the list of measurements."""

import polars as pl

from dashboard import format, texts, theme
from dashboard.charts import Chart, ChartSpec, horizontal_bars, interval_dots, likert_bars
from dashboard.charts.labels import wrapped_labels
from dashboard.components.key_figures import KeyFigure
from dashboard.figures.comparison import points_text
from dashboard.figures.strategies import strategy_name, with_strategy_name
from dashboard.filters import ALL, Choice, Filter
from dashboard.tables import Kind, Table, decimal_text, table

SOURCE = "EDBI: uitnodigingen en antwoorden (PBD 5.6.6)"
SOURCE_QUESTIONS = "EDBI: vragenlijst en antwoorden (PBD 5.6.6, POC 5.2.1)"

#: How many measurements the chart shows; the list below has all of them.
TOP = 25
#: Longest question or title that fits beside a chart.
_LABEL = 70

HIDDEN_ANSWERS = (
    "Alle resultaten van deze keuze zijn beschermd: er zijn telkens minder dan 5 antwoorden. "
    "Kies een andere strategie of een ander schooljaar."
)
NOTES = (
    "Respons is het aantal volledige en gedeeltelijke antwoorden, gedeeld door de bezorgde uitnodigingen zonder "
    "wie vooraf weigerde. Elk aandeel heeft een 95 %-betrouwbaarheidsinterval (Wilson).",
    "Anonieme antwoorden via een QR-code tellen mee tot het aantal uitnodigingen van de activiteit.",
    "Antwoorden op vragen worden nooit over strategieën heen samengeteld; vragen met een verschillend aantal "
    "schaalpunten staan in aparte figuren. Bij een omgekeerde vraag is de schaal gekeerd: hoog is altijd gunstig.",
)

#: The persons behind each share, for the number of decimals.
_RESPONSE_N = dict.fromkeys(("respons", "respons_laag", "respons_hoog", "aandeel_volledig"), "uitgenodigd")
_FAVOURABLE_N = dict.fromkeys(("aandeel_gunstig", "aandeel_gunstig_laag", "aandeel_gunstig_hoog"), "n")

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


def question_filter(questions: pl.DataFrame) -> Filter:
    """Return the filter on one kernvraag; used where strategies stand side by side."""
    core = questions.filter("is_kernvraag")
    options = {code: f"{code} · {text}" for code, text in core.select("vraag", "tekst").iter_rows()}
    return Filter("vraag", "Kernvraag", options or {ALL: "Geen kernvragen"}, next(iter(options), ALL))


def key_figures(response: pl.DataFrame, measurements: pl.DataFrame, choice: Choice) -> list[KeyFigure]:
    """Return four key figures of the chosen strategy; `queries.edbi.response` and `measurements`."""
    rows = response.filter(pl.col("strategie") == choice["strategie"])
    if rows.is_empty():
        return [KeyFigure("Respons", format.MISSING, "geen metingen in dit schooljaar")]
    now = rows.row(0, named=True)
    n = now["uitgenodigd"]
    measured = measurements.drop_nulls("respons")
    reached = measured.filter(pl.col("respons") >= now["doel"]).height
    hidden = measurements.filter("is_beschermd").height
    return [
        KeyFigure(
            "Respons",
            format.percentage(now["respons"], n),
            points_text(now["respons"], now["respons_vorig"], now["schooljaar_vorig"]),
            f"{format.percentage(now['doel'], decimals=0)}; "
            f"95 %-interval {format.interval(now['respons_laag'], now['respons_hoog'], n)}",
            definition="Volledige en gedeeltelijke antwoorden, gedeeld door de bezorgde uitnodigingen.",
        ),
        KeyFigure(
            "Volledig beantwoord",
            format.percentage(now["aandeel_volledig"], n),
            f"{format.number(now['volledig'])} van {format.number(n)} uitnodigingen",
            definition="Alleen de antwoorden tot en met de laatste vraag.",
        ),
        KeyFigure(
            "Metingen die het doel halen",
            f"{format.number(reached)} van {format.number(measured.height)}",
            "elke meting is één activiteit of traject",
            f"gemiddeld {format.percentage(now['doel'], decimals=0)} respons",
            definition="De respons van de meting zelf, zonder rekening te houden met het interval.",
        ),
        KeyFigure(
            "Metingen met te weinig antwoorden",
            format.number(hidden),
            "minder dan 5 antwoorden: inhoud beschermd",
            definition="Van deze metingen afzonderlijk worden geen inhoudelijke resultaten getoond.",
        ),
    ]


def expected_rate(rows: pl.DataFrame) -> float | None:
    """Return the response rate that the plan expects; None without measurements."""
    known = rows["doel"].drop_nulls()
    return float(known[0]) if known.len() else None


def response(rows: pl.DataFrame) -> Chart:
    """Return the response per strategy with its interval, against the expected rate."""
    labelled = rows.with_columns(
        pl.format(
            "{} ({})", pl.col("strategie").replace(theme.STRATEGIE_NAAM), decimal_text(pl.col("uitgenodigd"), 0)
        ).alias("label")
    )
    target = expected_rate(rows)
    per_strategy = rows.filter(pl.col("strategie") != ALL)
    below = per_strategy.filter(pl.col("respons_hoog") < target) if target is not None else per_strategy.clear()
    title = f"Haalt de respons {format.percentage(target, decimals=0)}?"
    alt = f"Respons per strategie met 95 %-interval; tussen haakjes het aantal uitnodigingen. {_below(below)}"
    chart = interval_dots(
        labelled, "label", "respons", "respons_laag", "respons_hoog", ChartSpec(title, alt, SOURCE),
        is_share=True, target=target, value_name="respons",
    )  # fmt: skip
    return wrapped_labels(chart)


def response_table(rows: pl.DataFrame) -> Table:
    """Return the data behind the response per strategy."""
    columns = [
        "strategie_naam", "metingen", "uitgenodigd", "volledig", "gedeeltelijk", "respons", "respons_laag",
        "respons_hoog", "aandeel_volledig", "doel", "respons_vorig",
    ]  # fmt: skip
    heads = {"strategie_naam": "Strategie", "respons_vorig": "Respons vorig schooljaar"}
    kinds: dict[str, Kind] = {"respons_vorig": "aandeel"}
    return table(with_strategy_name(rows), "edbi_strategie", columns, heads=heads, kinds=kinds, n=_RESPONSE_N)


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


def funnel(rows: pl.DataFrame) -> Chart:
    """Return the funnel from invitation to complete answer; `rows` come from `stages`."""
    title = "Waar haken genodigden af?"
    if rows.height:
        sent, answered = rows["aantal"][0], rows["aantal"][4]
        part = format.percentage(_share(answered, sent), decimals=0)
        title = f"{part} van de verstuurde uitnodigingen levert een antwoord op"
    alt = f"{title}. Aantallen van verstuurd tot volledig beantwoord."
    return wrapped_labels(horizontal_bars(rows, "fase", "aantal", ChartSpec(title, alt, SOURCE)))


def funnel_table(rows: pl.DataFrame) -> Table:
    """Return the data behind the funnel."""
    heads = {"fase": "Fase", "aantal": "Aantal", "aandeel": "Aandeel van verstuurd"}
    return table(rows, "edbi_respons", ["fase", "aantal", "aandeel"], heads=heads)


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


def measurements(rows: pl.DataFrame, order: str, target: float | None) -> Chart:
    """Return the first measurements in their order, with interval, against the expected rate."""
    top = rows.head(TOP).with_columns(
        _shortened(pl.format("{} {}", "activiteit_of_traject_id", pl.col("titel").fill_null(""))).alias("label")
    )
    below = rows.filter(pl.col("respons_hoog") < target).height if target is not None else 0
    part = format.percentage(target, decimals=0)
    title = f"Metingen duidelijk onder {part}: {format.number(below)} van de {format.number(rows.height)}"
    alt = (
        f"{title}. Bij die metingen ligt het hele 95 %-interval onder het doel. "
        f"De figuur toont {top.height} metingen, {_ORDER[order].lower()}."
    )
    chart = interval_dots(
        top, "label", "respons", "respons_laag", "respons_hoog", ChartSpec(title, alt, SOURCE),
        is_share=True, target=target, value_name="respons",
    )  # fmt: skip
    return wrapped_labels(chart)


def measurements_table(rows: pl.DataFrame) -> Table:
    """Return the measurements with their response and whether their content may be shown."""
    worded = with_strategy_name(rows).with_columns(
        pl.when("is_beschermd").then(pl.lit(format.SUPPRESSED)).otherwise(pl.lit("te tonen")).alias("inhoud"),
        pl.col("organisator").fill_null(format.NOT_APPLICABLE),
    )
    columns = [
        "titel", "activiteit_of_traject_id", "strategie_naam", "organisator", "datum", "uitgenodigd", "volledig",
        "gedeeltelijk", "respons", "respons_laag", "respons_hoog", "inhoud",
    ]  # fmt: skip
    heads = {"activiteit_of_traject_id": "Code", "strategie_naam": "Strategie", "inhoud": "Inhoudelijk resultaat"}
    return table(worded, "edbi_respons", columns, heads=heads, reason="reden", n=_RESPONSE_N)


def labelled(questions: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    """Return the questions with `label`: the strategy where one question is compared, else the question.

    The label says n, or that the result is beschermd.
    """
    if choice["strategie"] == ALL:
        name = pl.col("strategie").replace(theme.STRATEGIE_NAAM)
    else:
        name = _shortened(pl.format("{} {}", "vraag", "tekst"))
    size = pl.format("n\u00a0=\u00a0{}", decimal_text(pl.col("n"), 0))
    number = pl.when(pl.col("n").is_null()).then(pl.lit(format.SUPPRESSED)).otherwise(size)
    return questions.with_columns(pl.format("{} ({})", name, number).alias("label"))


def favourable(rows: pl.DataFrame, choice: Choice, question: str) -> Chart:
    """Return the share of favourable answers with interval; `rows` come from `labelled`."""
    subject = _subject(choice, question)
    shown = rows.drop_nulls("aandeel_gunstig").sort("aandeel_gunstig", descending=True)
    alt = "Geen resultaten om te tonen: te weinig antwoorden."
    if shown.height:
        most, least = shown.row(0, named=True), shown.row(-1, named=True)
        alt = (
            f"Aandeel gunstige antwoorden met 95 %-interval. Het hoogst: {most['label']}, "
            f"{format.percentage(most['aandeel_gunstig'], most['n'])}. Het laagst: {least['label']}, "
            f"{format.percentage(least['aandeel_gunstig'], least['n'])}."
        )
    chart = interval_dots(
        rows if shown.height else rows.clear(),
        "label", "aandeel_gunstig", "aandeel_gunstig_laag", "aandeel_gunstig_hoog",
        ChartSpec(f"Hoeveel antwoorden zijn gunstig? {subject}", alt, SOURCE_QUESTIONS),
        is_share=True, value_name="% gunstig",
    )  # fmt: skip
    chart.figure.update_xaxes(range=[0, 1.02])
    return wrapped_labels(chart)


def favourable_table(rows: pl.DataFrame) -> Table:
    """Return the favourable answers with n and interval; hidden results say 'beschermd'."""
    columns = [
        "strategie_naam", "vraag", "tekst", "dimensie", "is_kernvraag", "n", "aandeel_gunstig",
        "aandeel_gunstig_laag", "aandeel_gunstig_hoog", "gunstig_vanaf", "schaal_max", "gemiddelde",
    ]  # fmt: skip
    heads = {"strategie_naam": "Strategie", "tekst": "Vraag", "vraag": "Code"}
    kinds: dict[str, Kind] = {"gunstig_vanaf": "geheel", "schaal_max": "geheel"}
    return table(
        with_strategy_name(rows), "edbi_vraag", columns, heads=heads, kinds=kinds, reason="reden", n=_FAVOURABLE_N
    )


def nothing_to_show(rows: pl.DataFrame) -> str:
    """Return why the answers of a choice cannot be drawn."""
    is_hidden = (rows["reden"] == "beschermd").fill_null(False).any()
    return HIDDEN_ANSWERS if is_hidden else texts.NO_ROWS


def scales(rows: pl.DataFrame) -> list[int]:
    """Return the different numbers of scale points among the questions that may be shown, fewest first."""
    shown = rows.drop_nulls("n")
    points = (shown["schaal_max"] - shown["schaal_min"] + 1).drop_nulls()
    return sorted({int(number) for number in points})


def answers(rows: pl.DataFrame, distribution: pl.DataFrame, points: int) -> pl.DataFrame:
    """Return a row per question of this number of scale points: label, n, reden and a share per point.

    The columns of the points are `punt_1` (lowest) to `punt_<points>`. A hidden question keeps its row, with
    nothing in it.
    """
    same = rows.filter((pl.col("schaal_max") - pl.col("schaal_min") + 1) == points)
    spread = same.join(distribution, on=["strategie", "vraag"], how="left").with_columns(
        (pl.col("antwoord") - pl.col("schaal_min") + 1).cast(pl.Int64).alias("punt")
    )
    keys = ["strategie", "vraag", "label", "tekst", "n", "reden"]
    return spread.group_by(keys, maintain_order=True).agg(
        pl.col("aandeel").filter(pl.col("punt") == point).first().alias(f"punt_{point}")
        for point in range(1, points + 1)
    )


def likert(rows: pl.DataFrame, points: int, choice: Choice, question: str) -> Chart:
    """Return the answers as 100 % bars, the middle of an odd scale in a neutral colour."""
    shown = rows.drop_nulls("n")
    alt = f"Verdeling van de antwoorden op een schaal van {points} punten voor {shown.height} regels. "
    hidden = rows.height - shown.height
    alt += f"{hidden} regels zijn beschermd." if hidden else "Geen enkele regel is beschermd."
    title = f"Hoe zijn de antwoorden verdeeld? {_subject(choice, question)}"
    if points > 1:
        title += f" (schaal van {points} punten)"
    names = [(f"punt_{point}", _point_name(point, points)) for point in range(1, points + 1)]
    spec = ChartSpec(title, alt, SOURCE_QUESTIONS)
    return wrapped_labels(likert_bars(rows, "label", names, spec, colours=_scale_colours(points)))


def likert_table(rows: pl.DataFrame, points: int) -> Table:
    """Return the distribution behind the 100 % bars."""
    columns = [f"punt_{point}" for point in range(1, points + 1)]
    heads = {name: _point_name(point, points) for point, name in enumerate(columns, start=1)}
    return table(
        with_strategy_name(rows),
        "edbi_verdeling",
        ["strategie_naam", "vraag", "tekst", "n", *columns],
        heads={"strategie_naam": "Strategie", "vraag": "Code", "tekst": "Vraag", "n": "Antwoorden", **heads},
        kinds=dict.fromkeys(columns, "aandeel"),
        reason="reden",
        n=dict.fromkeys(columns, "n"),
    )


def _scale_colours(points: int) -> list[str]:
    """Return a colour per scale point: an even scale has no neutral middle, an odd one exactly one."""
    half = points // 2
    unfavourable = _ramp(theme.LIKERT[0], theme.LIKERT[1], half)
    favourable = _ramp(theme.LIKERT[-2], theme.LIKERT[-1], half)
    return [*unfavourable, *([theme.LIKERT[2]] if points % 2 else []), *favourable]


def _ramp(first: str, last: str, count: int) -> list[str]:
    """Return `count` colours from first to last, both included."""
    start, end = ([int(colour[place : place + 2], 16) for place in (1, 3, 5)] for colour in (first, last))
    steps = [place / max(count - 1, 1) for place in range(count)]
    return [
        "#" + "".join(f"{round(low + (high - low) * step):02X}" for low, high in zip(start, end, strict=True))
        for step in steps
    ]


def _point_name(point: int, points: int) -> str:
    if point == 1:
        return "1 (ongunstigst)"
    return f"{point} (gunstigst)" if point == points else str(point)


def _subject(choice: Choice, question: str) -> str:
    return question if choice["strategie"] == ALL else strategy_name(choice["strategie"])


def _below(below: pl.DataFrame) -> str:
    if below.is_empty():
        return "Geen enkele strategie ligt met haar hele interval onder het doel."
    names = ", ".join(strategy_name(code).lower() for code in below["strategie"])
    return f"Duidelijk onder het doel: {names}."


def _shortened(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.len_chars() > _LABEL).then(text.str.slice(0, _LABEL - 1) + "…").otherwise(text)


def _share(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else part / whole
