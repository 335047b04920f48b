"""Members of staff one by one: who is deployable, and dagdelen planned and spent."""

import polars as pl

from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec, column_groups
from dashboard.charts.groups import bar_groups, mark_categories
from dashboard.components.key_figures import KeyFigure
from dashboard.figures.werkdruk import (
    NO_AGENDA,
    NO_STAFF,
    NO_WORK,
    SOURCE_WORK,
    category_name,
    group_parts,
    missing_lists,
    month_name,
)
from dashboard.filters import ALL, Choice, Filter
from dashboard.quality import undelivered
from dashboard.tables import Table, table
from warehouse.queries import medewerkers as queries

NOTES = (
    "Deze pagina toont personeelsleden bij naam: aan HR alle, aan een hoofdadviseur enkel wie die leidt. Wie wat "
    "bekijkt of opslaat, staat in het toegangslog. De uitvoer blijft bij wie ze mag zien.",
    "Inzetbaar is de aanstelling min verlof en afwezigheid, gemiddeld over de dagen van de maand tot de peildatum. "
    "Redenen van afwezigheid worden niet getoond.",
    "Een maand zonder agenda-export is niet geregistreerd: dat is iets anders dan nul dagdelen. De maand van de "
    "peildatum loopt nog. Beide tellen niet mee in de vergelijking met het team. Latere maanden staan er niet.",
    "De rest van het team is het deel dat de andere leden van hetzelfde team samen van hun planning besteedden, in de "
    "voorbije maanden waarvan zij een agenda hebben. Een hoofdadviseur vergelijkt met wie die zelf leidt.",
    "N.v.t. staat bij een functie waarin niemand een code als begeleider heeft: een planning en een agenda bestaan er "
    "niet. Bij VTE staat het in een maand waarin iemand niet in dienst was.",
)
_NOBODY = "Geen personeelslid om te tonen: voor deze keuze is er geen in de personeelslijst van dit schooljaar."
_NOBODY_LED = "Geen personeelslid om te tonen. Een hoofdadviseur ziet enkel wie in de personeelslijst onder die staat."
_NO_PLANNING = "Zonder code als begeleider bestaat er geen planning en geen agenda."
_NO_MONTHS = "In dit schooljaar is voor deze keuze nog geen voorbije maand met een agenda. Kies een ander schooljaar."

#: Above the rest of the team by this much of the planning is worth a talk; smaller differences come and go.
OVERLOAD = 0.10

_WORK = {"dagdelen_gepland": ("gepland", theme.NEUTRAL), "dagdelen_besteed": ("besteed", theme.ACCENT)}
_VTE = ["vte_aanstelling", "vte_verlof", "vte_afwezig", "vte_inzetbaar"]
_HEADS = {"naam": "Personeelslid", "code": "Code", "hoofdadviseur_naam": "Hoofdadviseur", "stand": "Registratie"}
_EVERYBODY = "Alle personeelsleden"


@data.derived
def group_filter(groups: pl.DataFrame) -> Filter:
    """Return the filter on dienst and team, with everybody first; `groups` is `queries.medewerkers.groups`."""
    options = {f"{dienst}|{team}": _group_name(dienst, team) for dienst, team in groups.iter_rows()}
    return Filter("groep", "Dienst of team", options or {f"{ALL}|{ALL}": "Geen personeelsleden"}, f"{ALL}|{ALL}")


def _group_name(dienst: str, team: str) -> str:
    """Return the name of a group of staff; who leads some of them sees nobody else of a dienst or team."""
    if not data.scope().hr:
        named = [part for part in (dienst, team) if part != ALL]
        return ", ".join([*named, "eigen medewerkers"]) if named else "Alle eigen medewerkers"
    if dienst == ALL:
        return "Alle diensten"
    return f"{dienst}, hele dienst" if team == ALL else f"{dienst}, {team}"


def person_filter(choice: Choice) -> Filter:
    """Return the filter on one member of staff of the chosen group; the address holds a pseudonym, never a name."""
    people = data.staff_frame(queries.people, **group_parts(choice["groep"]))
    return Filter("medewerker", "Personeelslid", {ALL: _EVERYBODY} | dict(people.iter_rows()), ALL)


def _of_staff(people: pl.DataFrame, which: str = "") -> str | None:
    return f"van {format.counted(people.height, 'personeelslid', 'personeelsleden')}{which}" if people.height else None


@data.derived
def key_figures(available: pl.DataFrame, load: pl.DataFrame) -> list[KeyFigure]:
    """Return four key figures over the group; `queries.available` and `queries.load`."""
    month = month_name(available["maand"][0]) if available.height else format.MISSING
    total = {name: _total(available[name]) for name in _VTE}
    on_leave = available.filter(pl.col("vte_verlof") > 0).height
    compared = load.drop_nulls("verschil")
    above = compared.filter(pl.col("verschil") > OVERLOAD).height if compared.height else None
    cannot_be = load.height and (load["reden"] == "nvt").fill_null(False).all()
    return [
        KeyFigure(
            "Inzetbare VTE",
            format.number(total["vte_inzetbaar"], 2),
            f"van {format.number(total['vte_aanstelling'], 2)} VTE aangesteld in {month}" if available.height else None,
            definition="Aangestelde VTE min het deel in verlof en het deel dat door afwezigheid wegvalt.",
        ),
        KeyFigure(
            "VTE in verlof",
            format.number(total["vte_verlof"], 2),
            format.counted(on_leave, "personeelslid", "personeelsleden") if total["vte_verlof"] is not None else None,
            definition="Deel van de aanstellingen in een verlofstelsel.",
        ),
        KeyFigure(
            "Langdurig afwezig",
            format.number(_total(available["is_langdurig_afwezig"])),
            _of_staff(available),
            definition="Langer dan 30 kalenderdagen zonder onderbreking afwezig; zonder moederschap.",
        ),
        KeyFigure(
            "Boven de rest van het team",
            format.number(above, missing=format.NOT_APPLICABLE if cannot_be else format.MISSING),
            _of_staff(compared, " met planning en agenda"),
            definition=(
                "Wie een deel van de eigen planning besteedde dat meer dan "
                f"{format.number(OVERLOAD * 100)} procentpunt boven dat van de rest van het team ligt."
            ),
        ),
    ]


def nobody(groups: pl.DataFrame) -> str:
    """Return why there is no member of staff to show; only who does not see all of them is told whom they see.

    `groups` is `queries.medewerkers.groups`, of all schooljaren.
    """
    if not data.scope().hr:
        return _NOBODY_LED
    return NO_STAFF if groups.is_empty() else _NOBODY


def available_title(rows: pl.DataFrame) -> str:
    """Return the title of the table of who is deployable."""
    if rows.is_empty():
        return "Wie is inzetbaar?"
    month = month_name(rows["maand"][0])
    if lists := missing_lists(rows["vte_verlof"], rows["is_langdurig_afwezig"]):
        return f"Wie is inzetbaar in {month}? Dat ontbreekt: {lists} zijn niet geleverd"
    none = rows.filter(pl.col("vte_inzetbaar") == 0).height
    words = f"{none} van de {rows.height} niet" if none else "Iedereen, minstens deels"
    return f"Wie is inzetbaar in {month}? {words}"


def _total(values: pl.Series) -> float | None:
    """Return the sum; None of nobody, and where one of the values is missing: a part would read as the whole."""
    return None if values.is_empty() or values.has_nulls() else float(values.sum())


@data.derived
def available_table(rows: pl.DataFrame) -> Table:
    """Return who is deployable in the last month."""
    columns = [
        "naam",
        "code",
        "functie",
        "dienst",
        "team",
        "statuut",
        "hoofdadviseur_naam",
        *_VTE,
        "is_langdurig_afwezig",
    ]
    reason = {"code": "reden_code"}
    return table(rows, "medewerker_maand", columns, heads=_HEADS, reason=reason, further_mart="medewerker")


def nothing_to_show(months: pl.DataFrame) -> str:
    """Return why there is no planning or agenda to draw; `months` is `queries.months`."""
    cannot_be = months.height and (months["stand"] == "nvt").all()
    if cannot_be:
        return _NO_PLANNING
    never = undelivered("werkdruk_maand", "planning", "agenda")
    if "agenda" not in never:
        return _NO_MONTHS
    return NO_WORK if "planning" in never else NO_AGENDA


@data.derived
def month_totals(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the months of the choice as one row each: maand, planned, spent, personen with an agenda, stand.

    Without whom a planning and an agenda cannot exist of.
    """
    known = pl.col("dagdelen_besteed").is_not_null()
    return (
        rows.filter(pl.col("stand") != "nvt")
        .group_by("maand")
        .agg(
            *(_sum(name) for name in _WORK),
            known.sum().alias("met_agenda"),
            pl.when((pl.col("stand") == "volledig").any())
            .then(pl.lit("volledig"))
            .when((pl.col("stand") == "lopend").any())
            .then(pl.lit("lopend"))
            .otherwise(pl.lit("niet geregistreerd"))
            .alias("stand"),
        )
        .sort("maand")
    )


def _sum(name: str) -> pl.Expr:
    """Return the sum of a column; null where no value is known."""
    return pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name)


@data.derived
def months(rows: pl.DataFrame, who: str) -> Chart:
    """Return dagdelen planned and spent per month; `rows` is `month_totals` with month names."""
    whole = rows.filter(pl.col("stand") == "volledig").drop_nulls(list(_WORK))
    title = f"Wordt de planning gevolgd? {who}"
    alt = f"{who}: dagdelen gepland en besteed per maand. "
    if whole.height:
        planned, spent = (format.dagdelen(float(whole[name].sum())) for name in _WORK)
        alt += f"In {whole.height} voorbije maanden met een agenda: {spent} besteed van {planned} gepland."
    note = (
        "Dagdelen per maand. Besteed telt enkel wie een agenda-export heeft, gepland telt iedereen; een maand zonder "
        "registratie is niet nul."
    )
    if all(rows[name].is_null().all() for name in _WORK):
        rows = rows.clear()
    chart = column_groups(rows, "maandnaam", _WORK, ChartSpec(title, alt.strip(), SOURCE_WORK, note), decimals=1)
    for stand, words in (("niet geregistreerd", "niet geregistreerd"), ("lopend", "loopt nog")):
        mark_categories(chart, [place for place, state in enumerate(rows["stand"]) if state == stand], words)
    return chart


@data.derived
def months_table(rows: pl.DataFrame) -> Table:
    """Return the data behind the months chart."""
    heads = _HEADS | {"maandnaam": "Maand", "met_agenda": "Personeelsleden met agenda"}
    return table(rows, "werkdruk", ["maandnaam", "stand", "met_agenda", *_WORK], heads=heads)


@data.derived
def categories(rows: pl.DataFrame, who: str) -> Chart:
    """Return dagdelen planned and spent per category of the planning; `rows` is `queries.categories`."""
    named = rows.with_columns(pl.col("categorie").map_elements(category_name, return_dtype=pl.String).alias("label"))
    note = "Dagdelen over de voorbije maanden met een agenda, per categorie van de planning."
    alt = f"{who}: dagdelen gepland en besteed in {rows.height} categorieën van de planning."
    return bar_groups(named, "label", _WORK, ChartSpec(f"Waaraan gaan de dagdelen? {who}", alt, SOURCE_WORK, note))


@data.derived
def categories_table(rows: pl.DataFrame) -> Table:
    """Return the data behind the categories chart."""
    named = rows.with_columns(pl.col("categorie").map_elements(category_name, return_dtype=pl.String))
    heads = _HEADS | {"personen": "Personeelsleden"}
    return table(named, "werkdruk", ["categorie", "personen", *_WORK], heads=heads)


def load_title(rows: pl.DataFrame) -> str:
    """Return the title of the table that holds everybody against the team."""
    if rows["verschil"].null_count() == rows.height:
        return "Wie besteedt meer dan de rest van het team?"
    above = rows.filter(pl.col("verschil") > OVERLOAD).height
    staff = format.counted(above, "personeelslid", "personeelsleden")
    return f"Wie besteedt meer dan de rest van het team? {staff} ver erboven"


@data.derived
def load_table(rows: pl.DataFrame) -> Table:
    """Return everybody's spent part of the planning beside that of the rest of the team, most loaded first."""
    heads = _HEADS | {
        "maanden": "Maanden",
        "aandeel_besteed": "Besteed van gepland",
        "aandeel_team": "Rest van het team",
        "verschil": "Verschil (procentpunt)",
    }
    meanings = {
        "verschil": "Besteed van gepland, min dat van de rest van het team, in procentpunt",
        "aandeel_team": "Wat de andere leden van het team samen van hun planning besteedden",
    }
    columns = ["naam", "dienst", "team", "maanden", *_WORK, "aandeel_besteed", "aandeel_team", "verschil"]
    return table(
        rows.with_columns(pl.col("verschil") * 100),
        "werkdruk",
        columns,
        heads=heads,
        kinds={"verschil": "decimaal1"},
        meanings=meanings,
        reason="reden",
        further_mart="medewerker",
    )


@data.derived
def course_table(rows: pl.DataFrame) -> Table:
    """Return every month of everybody: VTE, long absence, planned and spent; `rows` have month names."""
    columns = ["naam", "maandnaam", *_VTE, "is_langdurig_afwezig", *_WORK, "stand"]
    heads = _HEADS | {"maandnaam": "Maand"}
    # Who has no appointment in a month was not in service then: only a planning or an agenda puts the month here. With
    # one, what is empty was not delivered.
    why = pl.when(pl.col("vte_aanstelling").is_null()).then(pl.lit("nvt")).otherwise(pl.lit("ontbreekt"))
    worded = rows.with_columns(pl.col("stand").replace(format.REASONS), why.alias("reden_vte"))
    reason = dict.fromkeys(_WORK, "reden") | dict.fromkeys([*_VTE, "is_langdurig_afwezig"], "reden_vte")
    return table(worded, "medewerker_maand", columns, heads=heads, reason=reason, further_mart="werkdruk")
