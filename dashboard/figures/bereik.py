"""Reach: key figures and breakdowns; the other figures of the page have a file of their own, `bereik_...`."""

from typing import Any

import polars as pl

from dashboard import data, format, texts, theme
from dashboard.charts import Chart, ChartSpec, horizontal_bars
from dashboard.charts.labels import wrapped_labels
from dashboard.components.key_figures import KeyFigure
from dashboard.figures.bereik_bekend import (
    SOURCE,
    UNKNOWN_HEAD,
    because_undelivered,
    bound_note,
    bounded,
    is_wholly_known,
    unknown_column,
    unknown_text,
)
from dashboard.figures.bereik_noden import is_missed_known, is_need_known, is_trap_known, measures_alone
from dashboard.figures.bereik_verloop import FIRST_PLAN_YEAR
from dashboard.figures.comparison import change_text, now_and_before, points_text, share, since_year
from dashboard.figures.strategies import by_intensity, strategy_name
from dashboard.filled import filled
from dashboard.filters import Filter
from dashboard.tables import Table, table

#: Reaching every instelling is the ambition of the plan (PBD 4).
TARGET_REACH = 1.0

#: The key figures, in their order.
_INSTITUTIONS, _SINCE_PLAN, _PROFESSIONALS, _DAGDELEN, _GREAT_NEEDS = _LABELS = (
    "Instellingen bereikt",
    "Bereikt sinds de start van het plan",
    "Professionals bereikt",
    "Dagdelen in instellingen",
    "Grote noden, niet bereikt",
)
_UNKNOWN_REACH = "Van geen enkele groep is in dit schooljaar het bereik bekend"
_NO_NAMES = "Bij deze strategie is niet op naam bekend wie deelnam."
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

#: Why a count of people, or of interventies, is not there.
_REASONS = {
    **dict.fromkeys(("professionals", "aandeel_professionals", "deelnames"), "reden_deelnames"),
    **dict.fromkeys(("interventies", "dagdelen"), "reden_interventies"),
}
_PER = {"strategie": "strategie", "onderwijsniveau": "onderwijsniveau", "scholengroep": "scholengroep"}


def per_filter() -> Filter:
    """Return the switch of what the breakdown is by."""
    return Filter("per", "Uitsplitsing", {code: f"Per {name}" for code, name in _PER.items()}, "strategie")


@data.derived
def key_figures(
    totals: pl.DataFrame, history: pl.DataFrame, matrix: pl.DataFrame, *, is_since_plan: bool = False
) -> list[KeyFigure]:
    """Return five key figures; frames of `queries.bereik`: totals, history and need_matrix.

    `is_since_plan` is `counts_since_plan`: what is counted, in a schooljaar of the plan, and is not there was not
    delivered.
    """
    # Without any schooljaar there never was an instelling; of one schooljaar the reach may be missing.
    if matrix.is_empty() and history.is_empty():
        return [KeyFigure(label, format.NOT_APPLICABLE, NO_INSTITUTIONS) for label in _LABELS]
    now, before = now_and_before(totals)
    not_reached, unknown, great = (
        int(matrix[f"{prefix}grote_noden"].sum()) for prefix in ("niet_bereikt_", "onbekend_", "")
    )
    is_known = is_missed_known(matrix)
    return [
        reached_institutions(now, before),
        _since_plan(history, now, is_since_plan and (now["schooljaar"] or "") >= FIRST_PLAN_YEAR),
        reached_professionals(now, before),
        KeyFigure(
            _DAGDELEN,
            format.reason(now["reden_interventies"]) if now["dagdelen"] is None else format.dagdelen(now["dagdelen"]),
            change_text(now["dagdelen"], before["dagdelen"], since_year(now, before)),
            definition="Dagdelen van alle interventies in de verslagtool.",
        ),
        KeyFigure(
            _GREAT_NEEDS,
            bounded(format.number(not_reached), not_reached, is_known=is_known)
            if not_reached or is_known
            else format.MISSING,
            _of_great_needs(matrix, great)
            + (f"; {unknown_text(unknown)}" if unknown else "")
            + ("; enkel volgens metingen, want er telt geen doorlichting mee" if measures_alone(matrix) else ""),
            "0",
            definition="Trap verplicht, of duidelijk bij de grootste noden, zonder enig bereik in de keuze.",
            link="bereik" if not_reached else None,
            params={"nood": "groot"},
            link_label="Toon de lijst",
        ),
    ]


def _since_plan(history: pl.DataFrame, now: dict[str, Any], is_counted: bool) -> KeyFigure:
    plan, _ = now_and_before(history.filter(pl.col("schooljaar").eq_missing(pl.lit(now["schooljaar"]))))
    reached = plan["aandeel_sinds_plan"]
    text = format.percentage(
        reached, now["instellingen"], missing=format.MISSING if is_counted else format.NOT_APPLICABLE
    )
    is_known = is_wholly_known(plan, "instellingen_onbekend_cumulatief")
    why = (
        None
        if is_counted or reached is not None
        else f"enkel vanaf {FIRST_PLAN_YEAR}, zonder scholengroep of strategie"
    )
    return KeyFigure(
        _SINCE_PLAN,
        bounded(text, reached, is_known=is_known),
        why or unknown_text(plan["instellingen_onbekend_cumulatief"]),
        f"{format.percentage(TARGET_REACH, decimals=0)} tegen 2030",
        definition="Minstens één keer bereikt sinds het eerste planjaar, zelf of via een voorganger.",
    )


def _of_great_needs(matrix: pl.DataFrame, great: int) -> str:
    if great == 0 and not is_need_known(matrix):
        return "of een nood groot is, is van geen enkele instelling bekend"
    who = format.counted(great, "instelling", "instellingen")
    return f"van {bounded(who, great, is_known=is_trap_known(matrix))} met grote noden"


def reached_institutions(now: dict[str, Any], before: dict[str, Any]) -> KeyFigure:
    """Return the share of instellingen reached; rows with the columns of `queries.bereik.totals`."""
    reached, reached_before = (share(row, "instellingen_bereikt", "instellingen") for row in (now, before))
    # A figure and the least that it can be do not compare: the difference would be that of what was delivered.
    compared = reached_before if is_wholly_known(before) else None
    return KeyFigure(
        _INSTITUTIONS,
        bounded(format.percentage(reached, now["instellingen"]), reached, is_known=is_wholly_known(now)),
        unknown_text(now["instellingen_onbekend"]) or points_text(reached, compared, since_year(now, before)),
        _target_text(now),
        definition="Minstens één deelname of interventie in het schooljaar; wie afwezig was, telt niet mee.",
    )


def _target_text(now: dict[str, Any]) -> str:
    target, reached = format.percentage(TARGET_REACH, decimals=0), now["instellingen_bereikt"]
    if reached is None:
        return target
    count = bounded(format.number(reached), reached, is_known=is_wholly_known(now))
    return f"{target}; nu {count} van {format.number(now['instellingen'])}"


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
    return breakdown.with_columns(label.otherwise(filled("{} · {}", "code", "naam")).alias("label"))


def nothing_known(rows: pl.DataFrame) -> str:
    """Return why no class of `ordered` can be drawn: there are none, or none has a figure."""
    return texts.NO_ROWS if rows.is_empty() else f"{_UNKNOWN_REACH}{because_undelivered(rows)}"


def no_professionals(rows: pl.DataFrame) -> str:
    """Return why no professionals of `ordered` can be drawn."""
    if rows.is_empty():
        return texts.NO_ROWS
    if (rows["reden_deelnames"] == "nvt").all():
        return _NO_NAMES
    if rows["professionals"].count():
        return "Hoeveel personeelsleden er zijn, staat niet in de lijst van instellingen."
    return "Hoeveel personeelsleden bereikt zijn, is niet bekend: de inschrijvingen zijn niet geleverd."


@data.derived
def institutions(rows: pl.DataFrame, per: str) -> Chart:
    """Return the share of instellingen reached per class, against 100 %; `rows` come from `ordered`."""
    spec = ChartSpec(
        f"Welk deel van de instellingen is bereikt, per {_PER[per]}?",
        _institutions_alt(rows),
        SOURCE,
        f"Per {_PER[per]} het aandeel instellingen met minstens één deelname of interventie in het schooljaar. "
        f"Eén instelling kan door meer dan één strategie bereikt zijn.{bound_note(rows)}",
    )
    drawn = rows if rows["aandeel_instellingen"].count() else rows.clear()
    is_bound = (pl.col("instellingen_onbekend") > 0) & pl.col("aandeel_instellingen").is_not_null()
    labels = pl.when(is_bound).then(filled("{} ({})", "label", pl.lit(format.AT_LEAST))).otherwise("label")
    drawn = drawn.with_columns(labels.alias("opschrift"))
    chart = horizontal_bars(
        drawn,
        "opschrift",
        "aandeel_instellingen",
        spec,
        colours=_coloured(drawn, per),
        is_share=True,
        target=TARGET_REACH,
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
    known = known if known["aandeel_professionals"].count() else known.clear()
    if per != "strategie":
        known = known.sort("aandeel_professionals", descending=True, nulls_last=True)
    chart = horizontal_bars(
        known, "label", "aandeel_professionals", spec, colours=_colours(per), is_share=True, decimals=1
    )
    return wrapped_labels(chart)


@data.derived
def breakdown_table(rows: pl.DataFrame, per: str) -> Table:
    """Return the data behind both breakdown charts."""
    columns = [
        "label", "instellingen", "instellingen_bereikt", *unknown_column(rows), "aandeel_instellingen",
        "personeelsleden", "professionals", "aandeel_professionals", "deelnames", "interventies", "dagdelen",
    ]  # fmt: skip
    return table(
        rows.with_columns((pl.col("instellingen_onbekend") > 0).alias("is_ondergrens")),
        "bereik_aantal",
        columns,
        heads={
            "label": _PER[per].capitalize(),
            "aandeel_instellingen": "Aandeel instellingen",
            "aandeel_professionals": "Aandeel personeelsleden",
            **UNKNOWN_HEAD,
        },
        reason=_REASONS,
        at_least=dict.fromkeys(("instellingen_bereikt", "aandeel_instellingen"), "is_ondergrens"),
    )


def _colours(per: str) -> dict[str, str] | str:
    if per == "strategie":
        return {strategy_name(code): colour for code, colour in theme.STRATEGIE.items()}
    return theme.ONDERWIJSNIVEAU if per == "onderwijsniveau" else theme.ACCENT


def _coloured(rows: pl.DataFrame, per: str) -> dict[str, str] | str:
    """Return the colours by what stands beside the bars, which may say more than the name of the class."""
    colours = _colours(per)
    if isinstance(colours, str):
        return colours
    return {shown: colours[name] for shown, name in rows.select("opschrift", "label").iter_rows() if name in colours}


def _institutions_alt(rows: pl.DataFrame) -> str:
    """Return the most and the least reached among the classes of which that is known, and what is known of the rest."""
    bounds = rows.filter(pl.col("instellingen_onbekend") > 0)
    if bounds.is_empty():
        return _extremes(rows, "aandeel_instellingen", "van de instellingen bereikt")
    least = [
        f"{label}, minstens {format.percentage(reached)}"
        for label, reached in bounds.drop_nulls("aandeel_instellingen").select("label", "aandeel_instellingen").rows()
    ]
    words = f"Niet van elke groep is het bereik volledig bekend{because_undelivered(rows)}"
    known = rows.filter(pl.col("instellingen_onbekend") == 0).drop_nulls("aandeel_instellingen")
    if known.height:
        words += f" Waar dat wel zo is: {_extremes(known, 'aandeel_instellingen', 'van de instellingen bereikt')}"
    return words + (f" Wat wel bekend is: {'; '.join(least)}." if least else "")


def _extremes(rows: pl.DataFrame, column: str, words: str) -> str:
    known = rows.drop_nulls(column).sort(column, descending=True)
    if known.is_empty():
        return f"{_UNKNOWN_REACH}."
    most, least = known.row(0, named=True), known.row(-1, named=True)
    return (
        f"Het meest: {most['label']}, {format.percentage(most[column])} {words}. "
        f"Het minst: {least['label']}, {format.percentage(least[column])}."
    )
