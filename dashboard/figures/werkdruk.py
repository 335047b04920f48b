"""Workload and staff: who is available, leave and absence, and dagdelen planned and spent."""

from datetime import date
from typing import Any

import polars as pl
from babel.dates import format_date

from dashboard import data, format, texts, theme
from dashboard.charts import Chart, ChartSpec, column_groups, year_lines
from dashboard.charts.groups import bar_groups, mark_categories
from dashboard.components.key_figures import KeyFigure
from dashboard.figures.comparison import Since, change_text, now_and_before, points_text, share
from dashboard.filled import filled
from dashboard.filters import ALL, Filter
from dashboard.quality import undelivered
from dashboard.tables import Table, table

SOURCE_STAFF = "personeel, verloven en afwezigheden (HR, PBD 5.7.1)"
SOURCE_WORK = "centrale planning en agenda's (PBD 5.6.4 en 5.6.5)"

NOTES = (
    "Een team dat in één maand minder dan 5 personen telt, is in elke maand beschermd. Daarbij worden zoveel andere "
    "teams verborgen, het kleinste eerst, dat het cijfer niet uit het totaal van de dienst volgt. Wat eens verborgen "
    "was, blijft dat in nieuwere versies: anders verraden twee versies samen het. Een dienst die zelf zo klein is, "
    "toont geen teams.",
    "Een maand zonder agenda-export is niet geregistreerd: dat is iets anders dan nul dagdelen. De maand van de "
    "peildatum loopt nog. Beide tellen niet mee in de vergelijking van gepland en besteed. Van latere maanden staat "
    "er enkel de planning.",
    "Besteed telt enkel de begeleiders met een agenda-export; gepland telt alle begeleiders.",
    "Langdurig afwezig is langer dan 30 kalenderdagen zonder onderbreking. Redenen van afwezigheid worden niet "
    "bijgehouden.",
)

#: What is planned is meant to be spent (PBD 5.6.4). Spent counts who handed in an agenda, planned counts everybody: the
#: target is out of reach before every agenda is there.
TARGET_SPENT = "100 %, te halen zodra elke begeleider een agenda levert"
_LOWER_BOUND = "een ondergrens: besteed telt enkel wie een agenda leverde, gepland telt iedereen"

HIDDEN_GROUP = (
    "De cijfers van deze groep zijn beschermd: ze telt of telde minder dan 5 personen, of ze verbergt mee een kleinere "
    "groep. Kies de hele dienst of een groter team."
)
NO_STAFF = "Er is geen personeelslijst geladen: wie inzetbaar of afwezig is, is niet bekend."
NO_WORK = "Er is geen planning en geen agenda geladen: wat gepland en besteed is, is niet bekend."
NO_AGENDA = "Er zijn geen agenda's geladen: wat besteed is, is niet bekend."
NO_MONTHS = "Van dit schooljaar is geen enkele voorbije maand geregistreerd. Kies een ander schooljaar."

_WORK = {"dagdelen_gepland": ("gepland", theme.NEUTRAL), "dagdelen_besteed": ("besteed", theme.ACCENT)}
#: Months that are not whole -> what stands above them.
_MARKED = {"niet geregistreerd": "niet geregistreerd", "lopend": "loopt nog", "komt nog": "komt nog"}
_MONTH_REASONS = {
    "begeleiders": "reden",
    "dagdelen_gepland": "reden_gepland",
    "dagdelen_besteed": "reden_besteed",
    "aandeel_geregistreerd": "reden_besteed",
}
_STAFF_COLUMNS = [
    "personen", "vte_aanstelling", "vte_inzetbaar", "aandeel_inzetbaar", "aandeel_verlof",
    "aandeel_langdurig_afwezig",
]  # fmt: skip
_STAFF_HEADS = {"aandeel_inzetbaar": "Aandeel inzetbaar", "maandnaam": "Maand"}
_STAFF_N = dict.fromkeys(("aandeel_verlof", "aandeel_langdurig_afwezig", "aandeel_inzetbaar"), "personen")
_SEPARATOR = "|"
_CATEGORY_NAMES = {"vt": "Verandertraject", "plg": "PLG", "spoc": "SPOC"}


@data.derived
def group_filter(groups: pl.DataFrame) -> Filter:
    """Return the filter on dienst and team; `groups` is `queries.werkdruk.groups`."""
    options = {
        f"{dienst}{_SEPARATOR}{team}": f"{dienst}, hele dienst" if team == ALL else f"{dienst}, {team}"
        for dienst, team in groups.iter_rows()
    }
    options = options or {f"geen{_SEPARATOR}{ALL}": "Geen personeelsgegevens"}
    return Filter("groep", "Dienst of team", options, next(iter(options)))


def group_parts(code: str) -> dict[str, str]:
    """Return dienst and team of a choice of `group_filter`, as parameters of a query."""
    dienst, _, team = code.partition(_SEPARATOR)
    return {"dienst": dienst, "team": team}


@data.derived
def category_filter(categories: pl.DataFrame) -> Filter:
    """Return the filter on the category of the planning."""
    options = {ALL: "Alle categorieën"} | {code: category_name(code) for code in categories["categorie"]}
    return Filter("categorie", "Categorie van de planning", options, ALL)


def category_name(code: str) -> str:
    """Return what a reader sees for a category of the planning."""
    return _CATEGORY_NAMES.get(code, code.capitalize())


@data.derived
def key_figures(state: pl.DataFrame, work: pl.DataFrame) -> list[KeyFigure]:
    """Return four key figures; `queries.werkdruk.staff_state` and `spent_of_planned`."""
    now, before = now_and_before(state)
    since = Since(month_name(before["maand"])) if before["maand"] else None
    hidden = format.reason(now["reden"]) if now["reden"] else format.MISSING
    n = now["personen"]
    moment = month_name(now["maand"]) if now["maand"] else format.MISSING
    return [
        KeyFigure(
            "Inzetbare VTE",
            format.number(now["vte_inzetbaar"], 2, missing=hidden),
            _joined(
                f"van {format.number(now['vte_aanstelling'], 2)} VTE aangesteld in {moment}"
                if now["vte_aanstelling"] is not None
                else None,
                change_text(now["vte_inzetbaar"], before["vte_inzetbaar"], since, 2),
            ),
            definition="Aangestelde VTE min het deel in verlof en het deel dat door afwezigheid wegvalt.",
        ),
        KeyFigure(
            "In verlof",
            format.percentage(now["aandeel_verlof"], n, missing=hidden),
            points_text(now["aandeel_verlof"], before["aandeel_verlof"], since),
            definition="Deel van de aangestelde VTE in een verlofstelsel.",
        ),
        KeyFigure(
            "Langdurig afwezig",
            format.percentage(now["aandeel_langdurig_afwezig"], n, missing=hidden),
            points_text(now["aandeel_langdurig_afwezig"], before["aandeel_langdurig_afwezig"], since),
            definition="Personen die langer dan 30 kalenderdagen zonder onderbreking afwezig zijn; zonder moederschap.",
        ),
        spent_of_planned(work),
    ]


def spent_of_planned(work: pl.DataFrame) -> KeyFigure:
    """Return the share of the planned dagdelen that was spent; `work` is `queries.werkdruk.spent_of_planned`."""
    row = work.row(0, named=True)
    spent = share(row, "dagdelen_besteed", "dagdelen_gepland")
    counts = f"{format.dagdelen(row['dagdelen_besteed'])} van {format.dagdelen(row['dagdelen_gepland'])} dagdelen"
    agendas, over = row["aandeel_geregistreerd"], row["maanden_voorbij"]
    return KeyFigure(
        "Dagdelen besteed van gepland",
        format.percentage(spent, decimals=0, missing=format.reason(row["reden"])),
        _joined(
            counts if spent is not None else None,
            f"{row['maanden_volledig']} van {format.counted(over, 'voorbije maand', 'voorbije maanden')} geregistreerd"
            if over
            else "nog geen voorbije maand",
            f"agenda's van gemiddeld {format.percentage(agendas, decimals=0)} van de begeleiders" if agendas else None,
            _LOWER_BOUND if spent is not None and (agendas is None or agendas < 1) else None,
        ),
        TARGET_SPENT,
        definition=(
            "Een maand telt mee als ze voorbij is en er agenda's van zijn, ook al leverde niet elke begeleider er een. "
            "Besteed telt enkel wie een agenda leverde, gepland telt iedereen: zolang agenda's ontbreken, is dit een "
            "ondergrens."
        ),
    )


def no_work(categories: pl.DataFrame, words: str) -> str:
    """Return why the figures of planning and agenda cannot be drawn: these words, unless one was never delivered.

    `categories` is `queries.werkdruk.categories`, over all schooljaren.
    """
    if categories.is_empty():
        return NO_WORK
    return NO_AGENDA if undelivered("werkdruk_maand", "agenda") else words


def nothing_to_show(staff: pl.DataFrame, groups: pl.DataFrame) -> str:
    """Return why the figures of a group cannot be drawn; `groups` is `queries.werkdruk.groups`, of all schooljaren."""
    if groups.is_empty():
        return NO_STAFF
    if (staff["reden"] == "beschermd").fill_null(False).any():
        return HIDDEN_GROUP
    missing = missing_lists(staff["aandeel_verlof"], staff["aandeel_langdurig_afwezig"])
    if staff.is_empty() or not missing:
        return texts.NO_ROWS
    who = "inzetbaar of afwezig" if " en " in missing else "inzetbaar"
    return f"Van dit schooljaar zijn geen {missing} geleverd: wie {who} is, is niet bekend."


def missing_lists(leave: pl.Series, absence: pl.Series) -> str:
    """Return which lists of HR were not delivered, as 'verloven en afwezigheden'; nothing where both were.

    `leave` and `absence` are what follows from either list: a list that was delivered leaves no value empty.
    """
    lists = (("verloven", leave), ("afwezigheden", absence))
    return " en ".join(name for name, values in lists if values.has_nulls())


@data.derived
def with_month_name(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with `maandnaam` ('sep 2026'), in the same order."""
    names = pl.col("maand").map_elements(short_month, return_dtype=pl.String)
    return rows.with_columns(names.alias("maandnaam"))


@data.derived
def available(rows: pl.DataFrame, group: str) -> Chart:
    """Return VTE appointed and VTE deployable per month; `rows` have month names."""
    lines = {
        "vte_inzetbaar": ("inzetbaar", theme.ACCENT),
        "vte_aanstelling": ("aangesteld", theme.NEUTRAL),
    }
    known = rows.drop_nulls("vte_inzetbaar")
    title = f"Hoeveel VTE is inzetbaar? {group}"
    if known.height:
        last = known.row(-1, named=True)
        part = format.percentage(last["aandeel_inzetbaar"], decimals=0)
        title = f"In {month_name(last['maand'])} is {part} van de aangestelde VTE inzetbaar ({group})"
    alt = f"{title}. Groep: {group}."
    note = "VTE per maand. Inzetbaar: aangesteld, min verlof en afwezigheid."
    shown = rows if known.height else rows.clear()
    return year_lines(shown, "maandnaam", lines, ChartSpec(title, alt, SOURCE_STAFF, note), decimals=2)


@data.derived
def absence(rows: pl.DataFrame, group: str) -> Chart:
    """Return the share in leave and the share absent for long per month; `rows` have month names."""
    lines = {
        "aandeel_verlof": ("in verlof (deel van de VTE)", theme.AMBER),
        "aandeel_langdurig_afwezig": ("langdurig afwezig (deel van de personen)", theme.PURPLE),
    }
    known = rows.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in lines))
    alt = "Geen cijfers om te tonen."
    if known.height:
        last = known.row(-1, named=True)
        alt = f"In {month_name(last['maand'])}: {_away(last)}. Groep: {group}."
    note = "Verlof als deel van de VTE; langdurig afwezig (langer dan 30 kalenderdagen) als deel van de personen."
    spec = ChartSpec(f"Hoeveel is er in verlof of langdurig afwezig? {group}", alt, SOURCE_STAFF, note)
    return year_lines(rows if known.height else rows.clear(), "maandnaam", lines, spec, is_share=True)


def _away(month: dict[str, Any]) -> str:
    """Return who is away in a month as '5 % in verlof, 3 % langdurig afwezig'; what is missing is named."""
    leave, absent = (
        None if month[name] is None else format.percentage(month[name], month["personen"])
        for name in ("aandeel_verlof", "aandeel_langdurig_afwezig")
    )
    if leave is None:
        return f"het verlof ontbreekt; {absent} langdurig afwezig"
    if absent is None:
        return f"{leave} in verlof; de afwezigheid ontbreekt"
    return f"{leave} in verlof, {absent} langdurig afwezig"


@data.derived
def staff_table(rows: pl.DataFrame) -> Table:
    """Return staff per month; hidden months say 'beschermd'."""
    return table(rows, "hr_maand", ["maandnaam", *_STAFF_COLUMNS], heads=_STAFF_HEADS, reason="reden", n=_STAFF_N)


@data.derived
def teams_table(rows: pl.DataFrame) -> Table:
    """Return every dienst and team in the last month, with the reason where figures are hidden."""
    shown = rows.filter(pl.col("reden") == "ontbreekt")
    lists = pl.lit(missing_lists(shown["aandeel_verlof"], shown["aandeel_langdurig_afwezig"]))
    why = (
        pl.when(pl.col("reden") == "beschermd")
        .then(pl.lit("kleine groep, of beschermt er een"))
        .when(pl.col("reden") == "ontbreekt")
        .then(filled("{} niet geleverd", lists))
        .otherwise(pl.lit("getoond"))
    )
    worded = rows.with_columns(why.alias("toelichting"), pl.col("team").replace({ALL: "hele dienst"}))
    return table(
        worded,
        "hr_maand",
        ["dienst", "team", "toelichting", *_STAFF_COLUMNS],
        heads=_STAFF_HEADS | {"toelichting": "Toelichting"},
        reason="reden",
        n=_STAFF_N,
    )


def teams_title(rows: pl.DataFrame) -> str:
    """Return the title of the table of teams: its month, and how many teams are hidden."""
    if rows.is_empty():
        return "Diensten en teams"
    hidden = rows.filter(pl.col("reden") == "beschermd").height
    total = rows.height
    return f"Diensten en teams in {month_name(rows['maand'][0])}: {hidden} van de {total} groepen beschermd"


@data.derived
def months(rows: pl.DataFrame, category: str) -> Chart:
    """Return dagdelen planned and spent per month; months that are not whole are shaded and named."""
    whole = rows.filter(pl.col("stand") == "volledig")
    title = f"Wordt de planning gevolgd? {category}, alle begeleiders"
    alt = f"{category}: dagdelen gepland en besteed per maand. "
    known = whole.drop_nulls(list(_WORK))
    if known.height:
        planned, spent = (_total(known[name]) for name in _WORK)
        counted = format.counted(known.height, "geregistreerde maand", "geregistreerde maanden")
        alt += f"In {counted}: {format.dagdelen(spent)} besteed van {format.dagdelen(planned)} gepland. "
    unregistered, to_come = (rows.filter(stand=stand).height for stand in ("niet geregistreerd", "komt nog"))
    if unregistered:
        alt += f"{format.counted(unregistered, 'maand is', 'maanden zijn')} niet geregistreerd. "
    alt += f"{format.counted(to_come, 'maand komt', 'maanden komen')} nog." if to_come else ""
    note = (
        "Dagdelen per maand. Besteed telt enkel wie een agenda-export heeft, gepland telt alle begeleiders; een maand "
        "zonder registratie is niet nul."
    )
    chart = column_groups(rows, "maandnaam", _WORK, ChartSpec(title, alt.strip(), SOURCE_WORK, note), decimals=1)
    for stand, words in _MARKED.items():
        mark_categories(chart, [place for place, state in enumerate(rows["stand"]) if state == stand], words)
    hidden = [place for place, reason in enumerate(rows["reden"]) if reason == "beschermd"]
    return mark_categories(chart, hidden, format.SUPPRESSED)


@data.derived
def months_table(rows: pl.DataFrame) -> Table:
    """Return dagdelen per month with what is known of the month."""
    columns = ["maandnaam", "stand", "begeleiders", *_WORK, "aandeel_geregistreerd"]
    heads = {"maandnaam": "Maand", "stand": "Registratie"}
    # A month with some agendas counts; the share beside it says of how many begeleiders.
    worded = rows.with_columns(pl.col("stand").replace({"volledig": "geregistreerd"}))
    return table(worded, "werkdruk_maand", columns, heads=heads, reason=_MONTH_REASONS)


@data.derived
def categories(rows: pl.DataFrame) -> Chart:
    """Return dagdelen planned and spent per category over the whole months; `queries...work_categories`."""
    name = pl.col("categorie").map_elements(category_name, return_dtype=pl.String)
    labelled = rows.with_columns(
        pl.when(pl.col("reden") == "beschermd")
        .then(filled("{} ({})", name, pl.lit(format.SUPPRESSED)))
        .otherwise(name)
        .alias("label")
    )
    title, alt = "Waaraan gaan de dagdelen van alle begeleiders?", "Geen geregistreerde maanden."
    known = rows.drop_nulls(list(_WORK)).with_columns(
        (pl.col("dagdelen_besteed") - pl.col("dagdelen_gepland")).alias("verschil")
    )
    if known.height:
        most = known.sort(pl.col("verschil").abs(), descending=True).row(0, named=True)
        word = "meer" if most["verschil"] > 0 else "minder"
        alt = (
            "Dagdelen gepland en besteed per categorie, over "
            f"{format.counted(most['maanden'], 'geregistreerde maand', 'geregistreerde maanden')}. "
            f"Het grootste verschil: {category_name(most['categorie'])}, "
            f"{format.dagdelen(abs(most['verschil']))} {word} dan gepland."
        )
    note = (
        "Dagdelen over de voorbije maanden waarvan agenda's geregistreerd zijn, per categorie van de planning. Besteed "
        "telt enkel wie een agenda leverde, gepland telt iedereen."
    )
    return bar_groups(labelled, "label", _WORK, ChartSpec(title, alt, SOURCE_WORK, note))


@data.derived
def categories_table(rows: pl.DataFrame) -> Table:
    """Return the data behind the categories chart."""
    part = pl.col("dagdelen_besteed") / pl.col("dagdelen_gepland")
    name = pl.col("categorie").map_elements(category_name, return_dtype=pl.String)
    shares = rows.with_columns(name, pl.when(pl.col("dagdelen_gepland") > 0).then(part).alias("aandeel_besteed"))
    reason = pl.when(pl.col("dagdelen_gepland") == 0).then(pl.lit("nvt")).otherwise(pl.col("reden"))
    heads = {"maanden": "Maanden", "aandeel_besteed": "Besteed van gepland"}
    columns = ["categorie", "maanden", *_WORK, "aandeel_besteed"]
    return table(shares.with_columns(reason.alias("reden")), "werkdruk_maand", columns, heads=heads, reason="reden")


def month_name(month: date) -> str:
    """Return 'november 2026'."""
    return str(format_date(month, "MMMM y", locale="nl_BE"))


def short_month(month: date) -> str:
    """Return 'nov 2026'."""
    return str(format_date(month, "LLL y", locale="nl_BE")).replace(".", "")


def _total(values: pl.Series) -> float | None:
    """Return the sum; None where there is nothing, or where one value is not known."""
    return None if values.is_empty() or values.has_nulls() else float(values.cast(pl.Float64).sum())


def _joined(*parts: str | None) -> str:
    return "; ".join(part for part in parts if part)
