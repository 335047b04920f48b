"""EDBI: how favourable the answers are, and how they are spread over the scale."""

import polars as pl

from dashboard import data, format, texts, theme
from dashboard.charts import Chart, ChartSpec, interval_dots, likert_bars
from dashboard.charts.labels import shortened, wrapped_labels
from dashboard.figures.strategies import strategy_name, with_strategy_name
from dashboard.filled import filled
from dashboard.filters import ALL, Filter
from dashboard.quality import undelivered
from dashboard.tables import Kind, Table, decimal_text, table

SOURCE = "EDBI: vragenlijst en antwoorden (PBD 5.6.6, POC 5.2.1)"

#: What these figures show, as it stands in a sentence.
ANSWERS = "de antwoorden op de vragen"
HIDDEN_ANSWERS = (
    "Alle resultaten van deze keuze zijn beschermd: er zijn telkens minder dan 5 antwoorden. "
    "Kies een andere strategie of een ander schooljaar."
)
ANSWERS_NOT_PLACED = (
    "Niet van alle uitnodigingen van dit schooljaar is de activiteit of het traject geleverd: wat daarop geantwoord "
    "is, is bij geen enkele strategie te tellen."
)
_FAVOURABLE_NOTE = (
    "Punt: aandeel gunstige antwoorden; lijn: 95 %-interval; n: aantal antwoorden. Vanaf welk punt een antwoord "
    "gunstig is, staat per vraag in de tabel."
)
_WAITING = (
    " Bij {} wachten nieuwe antwoorden: ze tellen mee zodra er 5 samen zijn, want het verschil met een vorige versie "
    "mag niemand verraden."
)
#: A part of the page, as it stands in a sentence.
LEFT_OUT = "de antwoorden buiten de schaal"
#: Under the minimum number of answers, as a reader says it.
_FEW = "minder dan 5"
#: So many fit in a sentence; the table has them all.
_NAMED = 3
#: The persons behind each share, for the number of decimals.
_FAVOURABLE_N = dict.fromkeys(("aandeel_gunstig", "aandeel_gunstig_laag", "aandeel_gunstig_hoog"), "n")


@data.derived
def question_filter(questions: pl.DataFrame) -> Filter:
    """Return the filter on one kernvraag; used where strategies stand side by side."""
    core = questions.filter("is_kernvraag")
    options = {code: f"{code} · {text}" for code, text in core.select("vraag", "tekst").iter_rows()}
    return Filter("vraag", "Kernvraag", options or {ALL: "Geen kernvragen"}, next(iter(options), ALL))


@data.derived
def labelled(favourable: pl.DataFrame, strategie: str, question: str) -> pl.DataFrame:
    """Return the results of one question (a code, or 'alle') with `label`; `favourable` is that of `queries.edbi`.

    The label is the strategy where one question is compared, else the question; it says n, or that the result is
    beschermd.
    """
    questions = favourable if question == ALL else favourable.filter(pl.col("vraag") == question)
    if strategie == ALL:
        name = pl.col("strategie").replace(theme.STRATEGIE_NAAM)
    else:
        name = shortened(filled("{} {}", "vraag", "tekst"))
    size = filled("n\u00a0=\u00a0{}", decimal_text(pl.col("n"), 0))
    number = pl.when(pl.col("n").is_null()).then(pl.lit(format.SUPPRESSED)).otherwise(size)
    return questions.with_columns(filled("{} ({})", name, number).alias("label"))


def subject(strategie: str, question: str) -> str:
    """Return what the figures on answers are about: the question over all strategies, or the one strategy."""
    return question if strategie == ALL else strategy_name(strategie)


@data.derived
def favourable(rows: pl.DataFrame, subject: str) -> Chart:
    """Return the share of favourable answers with interval; `rows` come from `labelled`."""
    shown = rows.drop_nulls("aandeel_gunstig").sort("aandeel_gunstig", descending=True)
    alt = "Geen resultaten om te tonen: te weinig antwoorden."
    if shown.height:
        most, least = shown.row(0, named=True), shown.row(-1, named=True)
        alt = (
            f"Aandeel gunstige antwoorden met 95 %-interval. Het hoogst: {most['label']}, "
            f"{format.percentage(most['aandeel_gunstig'], most['n'])}. Het laagst: {least['label']}, "
            f"{format.percentage(least['aandeel_gunstig'], least['n'])}."
        )
    note = _FAVOURABLE_NOTE + _waiting(rows)
    chart = interval_dots(
        rows if shown.height else rows.clear(),
        "label", "aandeel_gunstig", "aandeel_gunstig_laag", "aandeel_gunstig_hoog",
        ChartSpec(f"Hoeveel antwoorden zijn gunstig? {subject}", alt, SOURCE, note),
        is_share=True, is_whole=True, value_name="% gunstig",
    )  # fmt: skip
    return wrapped_labels(chart)


@data.derived
def favourable_table(rows: pl.DataFrame) -> Table:
    """Return the favourable answers with n and interval; hidden results say 'beschermd'."""
    columns = [
        "strategie_naam", "vraag", "tekst", "dimensie", "is_kernvraag", "n", "aandeel_gunstig",
        "aandeel_gunstig_laag", "aandeel_gunstig_hoog", "gunstig_vanaf", "schaal_max", "gemiddelde", "is_wachtend",
    ]  # fmt: skip
    heads = {"strategie_naam": "Strategie", "tekst": "Vraag", "vraag": "Code"}
    kinds: dict[str, Kind] = {"gunstig_vanaf": "geheel", "schaal_max": "geheel"}
    return table(
        with_strategy_name(rows), "edbi_vraag", columns, heads=heads, kinds=kinds, reason="reden", n=_FAVOURABLE_N
    )


def left_out(rows: pl.DataFrame) -> str:
    """Return in one sentence how many answers no figure counts, and why; `rows` is `queries.edbi.outside_scale`."""
    named = [
        f"{format.number(count, missing=_FEW)} bij {question} ({strategy_name(strategy).lower()})"
        for question, strategy, count in rows.select("vraag", "strategie", "aantal").head(_NAMED).iter_rows()
    ]
    further = rows.height - len(named)
    more = f" en nog {format.counted(further, 'regel', 'regels')}" if further else ""
    return (
        "Een antwoord dat geen punt van de schaal van zijn vraag is, telt in geen enkel cijfer mee: "
        f"{', '.join(named)}{more}."
    )


@data.derived
def left_out_table(rows: pl.DataFrame) -> Table:
    """Return the questions with answers outside their scale, and how many."""
    columns = ["strategie_naam", "vraag", "tekst", "schaal_min", "schaal_max", "aantal"]
    heads = {"strategie_naam": "Strategie", "vraag": "Code", "tekst": "Vraag"}
    kinds: dict[str, Kind] = {"schaal_min": "geheel", "schaal_max": "geheel"}
    return table(with_strategy_name(rows), "edbi_buiten_schaal", columns, heads=heads, kinds=kinds, missing=_FEW)


def nothing_to_show(rows: pl.DataFrame, response: pl.DataFrame) -> str:
    """Return why the answers of a choice cannot be drawn; `response` is `queries.edbi.response`.

    What was never delivered, in any schooljaar, is named first.
    """
    if (rows["reden"] == "beschermd").fill_null(False).any():
        return HIDDEN_ANSWERS
    if never := undelivered("edbi_vraag", "edbi antwoorden", "edbi vragen"):
        return f"Er zijn geen {never} geleverd: wat geantwoord is, is niet bekend."
    if response.height and response["volledig"].count() == 0 and response["uitgenodigd"].count():
        return "Van dit schooljaar zijn geen antwoorden op EDBI geleverd: wat geantwoord is, is niet bekend."
    return ANSWERS_NOT_PLACED if response["metingen"].has_nulls() else texts.NO_ROWS


def scales(rows: pl.DataFrame) -> list[int]:
    """Return the different numbers of scale points among the questions that may be shown, fewest first."""
    shown = rows.drop_nulls("n")
    points = (shown["schaal_max"] - shown["schaal_min"] + 1).drop_nulls()
    return sorted({int(number) for number in points})


@data.derived
def answers(rows: pl.DataFrame, distribution: pl.DataFrame, points: int) -> pl.DataFrame:
    """Return a row per question of this number of scale points: label, n, reden, is_wachtend and a share per point.

    The columns of the points are `punt_1` (lowest) to `punt_<points>`. A hidden question keeps its row, with
    nothing in it.
    """
    same = rows.filter((pl.col("schaal_max") - pl.col("schaal_min") + 1) == points)
    spread = same.join(distribution, on=["strategie", "vraag"], how="left").with_columns(
        (pl.col("antwoord") - pl.col("schaal_min") + 1).cast(pl.Int64).alias("punt")
    )
    keys = ["strategie", "vraag", "label", "tekst", "n", "reden", "is_wachtend"]
    return spread.group_by(keys, maintain_order=True).agg(
        pl.col("aandeel").filter(pl.col("punt") == point).first().alias(f"punt_{point}")
        for point in range(1, points + 1)
    )


@data.derived
def likert(rows: pl.DataFrame, points: int, subject: str) -> Chart:
    """Return the answers as 100 % bars, the middle of an odd scale in a neutral colour."""
    shown = rows.drop_nulls("n")
    alt = f"Verdeling van de antwoorden op een schaal van {points} punten voor {shown.height} regels. "
    hidden = rows.height - shown.height
    alt += f"{hidden} regels zijn beschermd." if hidden else "Geen enkele regel is beschermd."
    title = f"Hoe zijn de antwoorden verdeeld? {subject}"
    if points > 1:
        title += f" (schaal van {points} punten)"
    names = [(f"punt_{point}", _point_name(point, points)) for point in range(1, points + 1)]
    note = f"Antwoorden van 1 (ongunstigst) tot {points} (gunstigst), in procent van n. Onder 5 % staat er geen getal."
    note += _waiting(rows)
    spec = ChartSpec(title, alt, SOURCE, note)
    return wrapped_labels(likert_bars(rows, "label", names, spec, colours=_scale_colours(points)))


@data.derived
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


def _waiting(rows: pl.DataFrame) -> str:
    """Return the sentence about questions of which new answers wait; nothing where none do."""
    count = int(rows["is_wachtend"].sum())
    return _WAITING.format(format.counted(count, "regel", "regels")) if count else ""


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
