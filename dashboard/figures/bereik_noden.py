"""Who is not reached, beside how great the need is: the matrix, the list and the traits."""

import polars as pl

from dashboard import data, format, texts
from dashboard.charts import Chart, ChartSpec, heat_map, horizontal_bars
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.figures.strategies import strategy_name
from dashboard.filters import ALL, Filter
from dashboard.tables import Table, decimal_text, table

SOURCE = "rangschikking van de noden, inschrijvingsdatabank en verslagtool"

_REACHED = {"niet_bereikt": "niet bereikt", "bereikt": "bereikt", "onbekend": "onbekend"}
_TRAIT = {"oki": "OKI", "grootte": "Grootte", "onderwijsniveau": "Niveau"}
MEASURES_ALONE = (
    "Er telt geen enkele doorlichting mee: de trap is van niemand bekend (overal staat regulier), en grote noden "
    "volgen enkel uit metingen."
)
UNKNOWN_REACH = "Zijn de instellingen met grote noden bereikt? Het bereik is niet volledig bekend"


def need_filter() -> Filter:
    """Return the filter of the list of instellingen that were not reached."""
    options = {
        ALL: "Alle noden",
        "groot": "Grote noden (verplicht of duidelijk)",
        "verplicht": "Trap verplicht",
        "verhoogd": "Trap verhoogd",
        "regulier": "Trap regulier",
    }
    return Filter("nood", "Nood", options, ALL)


@data.derived
def need_matrix(matrix: pl.DataFrame) -> Chart:
    """Return instellingen by trap and reach; `matrix` is `queries.bereik.need_matrix`."""
    cells = matrix.unpivot(_matrix_columns(matrix), index="trap", variable_name="bereik", value_name="aantal")
    long = cells.with_columns(pl.col("bereik").replace(_REACHED), pl.col("trap").str.to_titlecase())
    title = great_needs_sentence(matrix)
    alt = f"{title}. Aantal instellingen per trap en naargelang ze bereikt zijn."
    means = (
        "Grote noden: trap verplicht, of duidelijk bij de grootste noden; ook bij trap verhoogd of regulier kan dat."
    )
    note = f"Aantal instellingen per trap. {measures_alone(matrix) or means}"
    return heat_map(long, "trap", "bereik", "aantal", ChartSpec(title, alt, SOURCE, note))


def great_needs_sentence(matrix: pl.DataFrame) -> str:
    """Return in one sentence whether the instellingen with great needs were reached."""
    great, missed, unknown = (
        int(matrix[f"{prefix}grote_noden"].sum()) for prefix in ("", "niet_bereikt_", "onbekend_")
    )
    if missed:
        who = format.counted(missed, "instelling met grote noden is", "instellingen met grote noden zijn")
        return f"{who} niet bereikt"
    if unknown:
        return UNKNOWN_REACH
    if great:
        known = "bekende " if matrix["nood_onbekend"].sum() else ""
        return f"Alle instellingen met {known}grote noden zijn bereikt"
    return unknown_needs(matrix).rstrip(".") or "Geen instellingen met grote noden"


def is_need_known(matrix: pl.DataFrame) -> bool:
    """Return whether the need of anybody is known; `queries.bereik.need_matrix`."""
    return bool(matrix["nood_onbekend"].sum() < matrix["instellingen"].sum())


def is_missed_known(matrix: pl.DataFrame) -> bool:
    """Return whether all instellingen with great needs that were not reached are known; `queries.bereik.need_matrix`.

    They are not while the reach of some of them is unknown, or the need of everybody, or where nobody is counted at
    all: none found is no zero then.
    """
    return is_need_known(matrix) and not matrix["onbekend_grote_noden"].sum()


def measures_alone(matrix: pl.DataFrame) -> str:
    """Return that great needs show from measures only, as nobody's trap is known; nothing where that is not so."""
    return MEASURES_ALONE if is_need_known(matrix) and not matrix["is_trap_bekend"].any() else ""


def unknown_needs(matrix: pl.DataFrame) -> str:
    """Return of how many instellingen nothing is known of their needs; nothing where it is known of all."""
    count = int(matrix["nood_onbekend"].sum())
    who = format.counted(count, "instelling", "instellingen")
    return f"Van {who} is niet bekend of de noden groot zijn." if count else ""


def nothing_listed(matrix: pl.DataFrame) -> str:
    """Return why the list of instellingen that were not reached is empty."""
    if matrix.is_empty():
        return texts.NO_ROWS
    if matrix["onbekend"].sum():
        return "Het bereik van deze keuze is niet volledig bekend: een bron is niet geleverd."
    return "Geen enkele instelling in deze keuze is zonder bereik."


@data.derived
def need_matrix_table(matrix: pl.DataFrame) -> Table:
    """Return the data behind the matrix."""
    return table(
        matrix,
        "noden",
        ["trap", "instellingen", *_matrix_columns(matrix), "grote_noden", "niet_bereikt_grote_noden"],
        heads={
            **{column: name.capitalize() for column, name in _REACHED.items()},
            "grote_noden": "Met grote noden",
            "niet_bereikt_grote_noden": "Met grote noden, niet bereikt",
        },
    )


def matrix_links(matrix: pl.DataFrame) -> list[tuple[str, str]]:
    """Return (value for the filter `nood`, words) of every count in the matrix that has a list behind it."""
    great = int(matrix["niet_bereikt_grote_noden"].sum())
    links = [("groot", f"Grote noden, niet bereikt ({format.number(great)})")] if great else []
    rows = matrix.filter((pl.col("niet_bereikt") > 0) & (pl.col("trap") != "niet gerangschikt"))
    return links + [
        (trap, f"Trap {trap}, niet bereikt ({format.number(count)})")
        for trap, count in rows.select("trap", "niet_bereikt").iter_rows()
    ]


@data.derived
def traits(rows: pl.DataFrame) -> Chart:
    """Return the share not reached per OKI class, size and niveau; `queries.bereik.not_reached_by_trait`."""
    words = pl.col("kenmerk").replace(_TRAIT)
    labelled = _named_classes(rows).with_columns(
        pl.format("{}: {} ({})", words, "klasse", decimal_text(pl.col("instellingen"), 0)).alias("label")
    )
    known = labelled.sort("aandeel_niet_bereikt", descending=True)
    title, alt = "Wie wordt niet bereikt?", "Geen instellingen voor deze keuze."
    if known.height:
        worst = known.row(0, named=True)
        alt = (
            f"Aandeel niet bereikte instellingen per kenmerk. Het hoogst bij {worst['label']}: "
            f"{format.percentage(worst['aandeel_niet_bereikt'], worst['instellingen'])}."
        )
    note = "Aandeel instellingen zonder bereik. Tussen haakjes het aantal instellingen waarvan het bereik bekend is."
    spec = ChartSpec(title, alt, SOURCE, note)
    return horizontal_bars(labelled, "label", "aandeel_niet_bereikt", spec, is_share=True)


@data.derived
def traits_table(rows: pl.DataFrame) -> Table:
    """Return the data behind the traits chart."""
    named = _named_classes(rows).with_columns(pl.col("kenmerk").replace(_TRAIT))
    heads = {
        "kenmerk": "Kenmerk",
        "klasse": "Klasse",
        "niet_bereikt": "Niet bereikt",
        "aandeel_niet_bereikt": "Aandeel niet bereikt",
    }
    columns = ["kenmerk", "klasse", "instellingen", "niet_bereikt", "aandeel_niet_bereikt"]
    return table(named, "bereik_aantal", columns, heads=heads, n={"aandeel_niet_bereikt": "instellingen"})


def not_reached_table(rows: pl.DataFrame) -> Table:
    """Return the list of instellingen that were not reached; no places where only groups may be read."""
    return _not_reached_table(rows, carried_filters())


@data.derived
def _not_reached_table(rows: pl.DataFrame, carried: str) -> Table:
    is_in_groups = bool(rows["is_in_groepen"].fill_null(False).any())
    worded = with_institution_address(rows, carried).with_columns(last_reached())
    columns = [
        "naam", "scholengroep", "onderwijsniveau", "trap", *([] if is_in_groups else ["rang"]), "klasse",
        "oki_klasse", "grootte_klasse", "aantal_personeelsleden", "laatst_bereikt",
    ]  # fmt: skip
    heads = {
        "naam": "Instelling",
        "onderwijsniveau": "Niveau",
        "klasse": "Bij de grootste noden",
        "oki_klasse": "OKI-klasse",
        "grootte_klasse": "Grootte",
        "aantal_personeelsleden": "Personeelsleden",
        "laatst_bereikt": "Laatst bereikt in",
    }
    return table(worded, "noden", columns, heads=heads, links={"naam": "adres"})


def last_reached() -> pl.Expr:
    """Return `laatst_bereikt` of `queries.bereik.not_reached` in words: a schooljaar, or 'niet sinds 2023-2024'.

    What was before the first schooljaar of which the reach is known (`eerste_schooljaar`), nobody knows.
    """
    never = pl.concat_str(pl.lit("niet sinds "), pl.col("eerste_schooljaar"))
    return pl.coalesce("laatst_bereikt", never).alias("laatst_bereikt")


def not_reached_title(rows: pl.DataFrame, matrix: pl.DataFrame, strategie: str, schooljaar: str) -> str:
    """Return the title of the list, with its length and the strategy (code) it speaks of.

    None found is no zero while the reach of some is unknown; `matrix` is `queries.bereik.need_matrix`.
    """
    by = "" if strategie == ALL else f" door {strategy_name(strategie).lower()}"
    if rows.is_empty() and (matrix.is_empty() or matrix["onbekend"].sum()):
        return f"Welke instellingen zijn niet bereikt{by} in {schooljaar}?"
    return f"{format.counted(rows.height, 'instelling', 'instellingen')} niet bereikt{by} in {schooljaar}"


def _named_classes(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with a word for the class that is absent: some niveaus have no OKI at all."""
    absent = pl.when(pl.col("kenmerk") == "oki").then(pl.lit("zonder OKI")).otherwise(pl.lit("onbekend"))
    return rows.with_columns(pl.col("klasse").fill_null(absent))


def _matrix_columns(matrix: pl.DataFrame) -> list[str]:
    return [column for column in _REACHED if column != "onbekend" or matrix["onbekend"].sum() > 0]
