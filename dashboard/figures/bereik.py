"""Reach: key figures, breakdowns, intensity; `bereik_doelen` holds the targets, `bereik_noden` who is not reached."""

from typing import Any

import polars as pl

from dashboard import data, format, texts, theme
from dashboard.charts import Chart, ChartSpec, horizontal_bars, likert_bars, year_lines
from dashboard.charts.labels import wrapped_labels
from dashboard.components.key_figures import KeyFigure
from dashboard.figures.bereik_noden import is_missed_known, is_need_known, measures_alone
from dashboard.figures.comparison import change_text, now_and_before, points_text, share, since_year
from dashboard.figures.strategies import by_intensity, strategy_name
from dashboard.filters import ALL, Choice, Filter
from dashboard.tables import Table, decimal_text, table

SOURCE = "inschrijvingsdatabank en verslagtool (PBD 5.6.5)"

#: Reaching every instelling is the ambition of the plan (PBD 4).
TARGET_REACH = 1.0

_FIRST_PLAN_YEAR = "2025-2026"

#: The key figures, in their order.
_INSTITUTIONS, _SINCE_PLAN, _PROFESSIONALS, _DAGDELEN, _GREAT_NEEDS = _LABELS = (
    "Instellingen bereikt",
    "Bereikt sinds de start van het plan",
    "Professionals bereikt",
    "Dagdelen in instellingen",
    "Grote noden, niet bereikt",
)
_UNKNOWN_REACH = "Van geen enkele groep is in dit schooljaar het bereik bekend."
#: A scholengroep without instellingen of the niveau chosen: nothing is missing there.
NO_INSTITUTIONS = "geen instellingen in deze keuze"

NOTES = (
    "Instellingen en professionals tellen één keer, ook als meer dan één strategie hen bereikte: "
    "cijfers per strategie mogen dus niet opgeteld worden. Wie ingeschreven maar afwezig was, telt niet mee.",
    "Het aandeel professionals is het aantal unieke deelnemers uit de instellingen, gedeeld door het aantal "
    "personeelsleden op de lijst van het schooljaar. Het gebruik van de materialenbank is een aantal keren per "
    "maand, zonder personen of instellingen: het telt niet mee als bereik.",
    "Een verandering vergelijkt hele schooljaren: zolang het schooljaar loopt, staat er geen. "
    "Bereikdoelen gelden voor het hele netwerk. Een prognose trekt de lijn van 1 september tot de basisdatum recht "
    "door tot 31 augustus; een doel dat gehaald is, krijgt er geen.",
)

#: The classes of `mart.bereik_intensiteit`, least intense first: column -> (name, colour).
_INTENSITY = {
    "niet_bereikt": ("niet bereikt", theme.NEUTRAL),
    "helpdesk": ("helpdesk", theme.SKY),
    "opleiding_en_vorming": ("opleiding en vorming", theme.BLUE),
    "plg": ("PLG", theme.ROSE),
    "verandertraject": ("verandertraject", theme.PURPLE),
}
_UNKNOWN = ("onbekend", theme.BROWN)
#: Why a count of people, or of interventies, is not there.
_REASONS = {
    **dict.fromkeys(("professionals", "aandeel_professionals", "deelnames"), "reden_deelnames"),
    **dict.fromkeys(("interventies", "dagdelen"), "reden_interventies"),
}
_PER = {"strategie": "strategie", "onderwijsniveau": "onderwijsniveau", "scholengroep": "scholengroep"}


def per_filter() -> Filter:
    """Return the switch of what the breakdown is by."""
    return Filter("per", "Uitsplitsing", {code: f"Per {name}" for code, name in _PER.items()}, "strategie")


def counts_since_plan(choice: Choice) -> bool:
    """Return whether the reach since the start of the plan can be counted for this choice, once it is delivered."""
    return choice.schooljaar >= _FIRST_PLAN_YEAR and {choice["scholengroep"], choice["strategie"]} == {ALL}


@data.derived
def key_figures(
    totals: pl.DataFrame, history: pl.DataFrame, matrix: pl.DataFrame, *, is_since_plan: bool = False
) -> list[KeyFigure]:
    """Return five key figures; frames of `queries.bereik`: totals, history and need_matrix.

    `is_since_plan` is `counts_since_plan`: what can be counted and is not there was not delivered.
    """
    # Without any schooljaar there never was an instelling; of one schooljaar the reach may be missing.
    if matrix.is_empty() and history.is_empty():
        return [KeyFigure(label, format.NOT_APPLICABLE, NO_INSTITUTIONS) for label in _LABELS]
    now, before = now_and_before(totals)
    plan = history.filter(pl.col("schooljaar").eq_missing(pl.lit(now["schooljaar"])))["aandeel_sinds_plan"].to_list()
    since_plan = plan[0] if plan else None
    not_reached, unknown, great = (
        int(matrix[f"{prefix}grote_noden"].sum()) for prefix in ("niet_bereikt_", "onbekend_", "")
    )
    return [
        reached_institutions(now, before),
        KeyFigure(
            _SINCE_PLAN,
            format.percentage(
                since_plan,
                now["instellingen"],
                missing=format.MISSING if is_since_plan else format.NOT_APPLICABLE,
            ),
            None
            if is_since_plan or since_plan is not None
            else f"enkel vanaf {_FIRST_PLAN_YEAR}, zonder scholengroep of strategie",
            f"{format.percentage(TARGET_REACH, decimals=0)} tegen 2030",
            definition="Minstens één keer bereikt sinds het eerste planjaar, zelf of via een voorganger.",
        ),
        reached_professionals(now, before),
        KeyFigure(
            _DAGDELEN,
            format.reason(now["reden_interventies"]) if now["dagdelen"] is None else format.dagdelen(now["dagdelen"]),
            change_text(now["dagdelen"], before["dagdelen"], since_year(now, before)),
            definition="Dagdelen van alle interventies in de verslagtool.",
        ),
        KeyFigure(
            _GREAT_NEEDS,
            format.number(not_reached if not_reached or is_missed_known(matrix) else None),
            _of_great_needs(matrix, great)
            + (f"; van {format.number(unknown)} is het bereik onbekend" if unknown else "")
            + ("; enkel volgens metingen, want er telt geen doorlichting mee" if measures_alone(matrix) else ""),
            "0",
            definition="Trap verplicht, of duidelijk bij de grootste noden, zonder enig bereik in de keuze.",
            link="bereik" if not_reached else None,
            params={"nood": "groot"},
            link_label="Toon de lijst",
        ),
    ]


def _of_great_needs(matrix: pl.DataFrame, great: int) -> str:
    if great == 0 and not is_need_known(matrix):
        return "of een nood groot is, is van geen enkele instelling bekend"
    return f"van {format.counted(great, 'instelling', 'instellingen')} met grote noden"


def reached_institutions(now: dict[str, Any], before: dict[str, Any]) -> KeyFigure:
    """Return the share of instellingen reached; rows with the columns of `queries.bereik.totals`."""
    reached, reached_before = (share(row, "instellingen_bereikt", "instellingen") for row in (now, before))
    return KeyFigure(
        _INSTITUTIONS,
        format.percentage(reached, now["instellingen"]),
        points_text(reached, reached_before, since_year(now, before)),
        _target_text(now["instellingen_bereikt"], now["instellingen"]),
        definition="Minstens één deelname of interventie in het schooljaar; wie afwezig was, telt niet mee.",
    )


def _target_text(reached: int | None, total: int | None) -> str:
    target = format.percentage(TARGET_REACH, decimals=0)
    return target if reached is None else f"{target}; nu {format.number(reached)} van {format.number(total)}"


def reached_professionals(now: dict[str, Any], before: dict[str, Any]) -> KeyFigure:
    """Return the professionals reached; rows with the columns of `queries.bereik.totals`."""
    return KeyFigure(
        _PROFESSIONALS,
        format.number(now["professionals"], missing=format.reason(now.get("reden_deelnames"))),
        change_text(now["professionals"], before["professionals"], since_year(now, before)),
        "zoveel mogelijk"
        + ("" if now["personeelsleden"] is None else f" van {format.number(now['personeelsleden'])} personeelsleden"),
        definition="Unieke personen uit de instellingen, over alle bronnen samen.",
    )


@data.derived
def ordered(breakdown: pl.DataFrame, per: str) -> pl.DataFrame:
    """Return the breakdown with `label`; strategies by rising intensity, the rest from most to least reached."""
    if per == "strategie":
        return by_intensity(breakdown, "code").with_columns(pl.col("code").replace(theme.STRATEGIE_NAAM).alias("label"))
    label = pl.when(pl.col("naam").is_null()).then(pl.col("code"))
    return breakdown.with_columns(label.otherwise(pl.format("{} · {}", "code", "naam")).alias("label"))


def nothing_known(rows: pl.DataFrame) -> str:
    """Return why no class of `ordered` can be drawn: there are none, or none has a figure."""
    return texts.NO_ROWS if rows.is_empty() else _UNKNOWN_REACH


@data.derived
def institutions(rows: pl.DataFrame, per: str) -> Chart:
    """Return the share of instellingen reached per class, against 100 %; `rows` come from `ordered`."""
    spec = ChartSpec(
        f"Welk deel van de instellingen is bereikt, per {_PER[per]}?",
        _extremes(rows, "aandeel_instellingen", "van de instellingen bereikt"),
        SOURCE,
        f"Per {_PER[per]} het aandeel instellingen met minstens één deelname of interventie in het schooljaar. "
        "Eén instelling kan door meer dan één strategie bereikt zijn.",
    )
    drawn = rows if rows["aandeel_instellingen"].count() else rows.clear()
    chart = horizontal_bars(
        drawn, "label", "aandeel_instellingen", spec, colours=_colours(per), is_share=True, target=TARGET_REACH
    )
    return wrapped_labels(chart)


@data.derived
def professionals(rows: pl.DataFrame, per: str) -> Chart:
    """Return the professionals reached per class, as a share of staff; `rows` come from `ordered`."""
    spec = ChartSpec(
        f"Welk deel van de personeelsleden is bereikt, per {_PER[per]}?",
        _extremes(rows, "aandeel_professionals", "van de personeelsleden bereikt"),
        SOURCE,
        "Unieke deelnemers, gedeeld door het aantal personeelsleden. Verandertraject, project en opvolging staan er "
        "niet bij: daar is niet op naam bekend wie deelnam.",
    )
    known = rows.filter(pl.col("reden_deelnames").is_null())
    if per != "strategie":
        known = known.sort("aandeel_professionals", descending=True, nulls_last=True)
    chart = horizontal_bars(
        known, "label", "aandeel_professionals", spec, colours=_colours(per), is_share=True, decimals=1
    )
    return wrapped_labels(chart)


@data.derived
def breakdown_table(rows: pl.DataFrame, per: str) -> Table:
    """Return the data behind both breakdown charts."""
    return table(
        rows,
        "bereik_aantal",
        [
            "label",
            "instellingen",
            "instellingen_bereikt",
            "aandeel_instellingen",
            "personeelsleden",
            "professionals",
            "aandeel_professionals",
            "deelnames",
            "interventies",
            "dagdelen",
        ],
        heads={
            "label": _PER[per].capitalize(),
            "aandeel_instellingen": "Aandeel instellingen",
            "aandeel_professionals": "Aandeel personeelsleden",
        },
        reason=_REASONS,
    )


@data.derived
def history(rows: pl.DataFrame, strategy: str) -> Chart:
    """Return reach through the schooljaren, and since the start of the plan where that can be counted.

    `strategy` is the name of the chosen strategy, as the reader sees it.
    """
    lines = {"aandeel_in_jaar": ("in het schooljaar zelf", theme.BLUE)}
    if rows["aandeel_sinds_plan"].drop_nulls().len():
        lines["aandeel_sinds_plan"] = ("minstens één keer sinds 2025-2026", theme.GREEN)
    # Part of a year beside a whole one would read as a fall.
    known = rows.drop_nulls("aandeel_in_jaar").filter(~pl.col("is_lopend").fill_null(False))
    title, alt = "Groeit het bereik van de instellingen?", "Van minder dan twee hele schooljaren is het bereik bekend."
    if known.height > 1:
        first, last = known.row(0, named=True), known.row(-1, named=True)
        alt = (
            f"Het aandeel bereikte instellingen ging van {format.percentage(first['aandeel_in_jaar'])} in "
            f"{first['schooljaar']} naar {format.percentage(last['aandeel_in_jaar'])} in {last['schooljaar']}."
        )
    note = "Aandeel van de instellingen per schooljaar. Een schooljaar dat nog loopt, is nog niet volledig."
    named = rows.with_columns(
        pl.when("is_lopend").then(pl.col("schooljaar") + " (loopt)").otherwise("schooljaar").alias("jaar")
    )
    spec = ChartSpec(title, f"{alt} Keuze: {strategy}.", SOURCE, note)
    return year_lines(named, "jaar", lines, spec, is_share=True, is_whole=True)


@data.derived
def history_table(rows: pl.DataFrame) -> Table:
    """Return the data behind the history chart."""
    return table(
        rows,
        "bereik_cumulatief",
        [
            "schooljaar",
            "instellingen",
            "instellingen_bereikt",
            "aandeel_in_jaar",
            "instellingen_bereikt_cumulatief",
            "aandeel_sinds_plan",
            "professionals",
            "professionals_cumulatief",
        ],
        heads={
            "instellingen_bereikt": "Bereikte instellingen",
            "aandeel_in_jaar": "Aandeel bereikt in het jaar",
            "aandeel_sinds_plan": "Aandeel bereikt sinds het plan",
        },
        missing=format.NOT_APPLICABLE,
        reason={"professionals": "reden_deelnames"},
    )


@data.derived
def intensity(counts: pl.DataFrame) -> Chart:
    """Return per onderwijsniveau how intense the most intense strategy was; `queries.bereik.intensity`."""
    classes = _classes(counts)
    shares = counts.with_columns(
        pl.when(pl.col("onderwijsniveau") == ALL)
        .then(pl.format("Alle ({})", decimal_text(pl.col("instellingen"), 0)))
        .otherwise(pl.format("{} ({})", "onderwijsniveau", decimal_text(pl.col("instellingen"), 0)))
        .alias("label"),
        *(pl.col(column) / pl.col("instellingen") for column in classes),
    )
    title = _intensity_title(counts)
    alt = f"{title}; verdeling over de meest intense strategie, per onderwijsniveau."
    return likert_bars(
        shares,
        "label",
        [(column, name) for column, (name, _) in classes.items()],
        ChartSpec(
            title,
            alt,
            SOURCE,
            "Elke instelling telt één keer, bij de meest intense strategie die haar bereikte; tussen haakjes hun "
            "aantal. Project en opvolging na een doorlichting staan bij verandertraject.",
        ),
        colours=[colour for _, colour in classes.values()],
    )


@data.derived
def intensity_table(counts: pl.DataFrame) -> Table:
    """Return the number of instellingen per onderwijsniveau and class of intensity."""
    classes = _classes(counts)
    return table(
        counts,
        "bereik_intensiteit",
        ["onderwijsniveau", "instellingen", *classes],
        heads={column: name.capitalize() for column, (name, _) in classes.items()},
    )


def _intensity_title(counts: pl.DataFrame) -> str:
    """Return the share with an intense strategy; while the reach of some is unknown it may only be at least that."""
    first, _ = now_and_before(counts)
    strong = (first["plg"] or 0) + (first["verandertraject"] or 0)
    if not first["instellingen"] or (first["onbekend"] and not strong):
        return "Hoe intens is het bereik?"
    share_strong = format.percentage(strong / first["instellingen"], decimals=0)
    who = f"{share_strong} van de instellingen kreeg een PLG of een verandertraject"
    return f"Minstens {who}" if first["onbekend"] else who


def _classes(counts: pl.DataFrame) -> dict[str, tuple[str, str]]:
    has_unknown = counts["onbekend"].sum() > 0
    return _INTENSITY | ({"onbekend": _UNKNOWN} if has_unknown else {})


def _colours(per: str) -> dict[str, str] | str:
    if per == "strategie":
        return {strategy_name(code): colour for code, colour in theme.STRATEGIE.items()}
    return theme.ONDERWIJSNIVEAU if per == "onderwijsniveau" else theme.ACCENT


def _extremes(rows: pl.DataFrame, column: str, words: str) -> str:
    known = rows.drop_nulls(column).sort(column, descending=True)
    if known.is_empty():
        return _UNKNOWN_REACH
    most, least = known.row(0, named=True), known.row(-1, named=True)
    return (
        f"Het meest: {most['label']}, {format.percentage(most[column])} {words}. "
        f"Het minst: {least['label']}, {format.percentage(least[column])}."
    )
