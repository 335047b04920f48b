"""Who is not reached, beside how great the need is: the matrix, the list and the traits."""

import polars as pl

from dashboard import data, format, texts
from dashboard.charts import Chart, ChartSpec, heat_map, horizontal_bars
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.figures.bereik_bekend import no_unknown_zero
from dashboard.figures.strategies import strategy_name
from dashboard.filled import filled
from dashboard.filters import ALL, Filter
from dashboard.tables import Table, decimal_text, table

SOURCE = "rangschikking van de noden, inschrijvingsdatabank en verslagtool"

_REACHED = {"niet_bereikt": "niet bereikt", "bereikt": "bereikt", "onbekend": "onbekend"}
#: Counts of the matrix -> the column of `_known_counts` that says where they are the least they can be.
_BOUNDS = {
    "bereikt": "is_bereik_ondergrens",
    "niet_bereikt": "is_bereik_ondergrens",
    "grote_noden": "is_nood_ondergrens",
    "niet_bereikt_grote_noden": "is_gemist_ondergrens",
}
_TRAIT = {"oki": "OKI", "grootte": "Grootte", "onderwijsniveau": "Niveau"}
MEASURES_ALONE = (
    "Er telt geen enkele doorlichting mee: de trap is van niemand bekend, en grote noden volgen enkel uit metingen."
)
_UNKNOWN_TRAP = "De trap is van niemand bekend: er telt geen enkele doorlichting mee."
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
    is_known = is_trap_known(matrix) or matrix["onbekend"].sum() < matrix["instellingen"].sum()
    counted = _known_counts(matrix if is_known else matrix.clear())
    cells = counted.unpivot(_matrix_columns(matrix), index="trap", variable_name="bereik", value_name="aantal")
    trap = pl.col("trap").str.to_titlecase().fill_null("Trap niet bekend")
    long = cells.with_columns(pl.col("bereik").replace(_REACHED), trap)
    title = great_needs_sentence(matrix)
    alt = f"{title}. Aantal instellingen per trap en naargelang ze bereikt zijn."
    means = (
        "Grote noden: trap verplicht, of duidelijk bij de grootste noden; ook bij trap verhoogd of regulier kan dat."
    )
    note = (
        f"Aantal instellingen per trap. {measures_alone(matrix) or (means if is_trap_known(matrix) else _UNKNOWN_TRAP)}"
    )
    if matrix["onbekend"].sum():
        note += (
            " Onbekend, of een streepje: een bron van het bereik is niet geleverd; bereikt of niet, dat weet niemand."
        )
    return heat_map(long, "trap", "bereik", "aantal", ChartSpec(title, alt, SOURCE, note))


def no_matrix(matrix: pl.DataFrame, because: str) -> str:
    """Return why no matrix can be drawn; `because` is `bereik_bekend.because_undelivered` of the choice."""
    if matrix.is_empty():
        return texts.NO_ROWS
    return f"Het bereik is van geen enkele instelling bekend{because} {_UNKNOWN_TRAP}"


def great_needs_sentence(matrix: pl.DataFrame) -> str:
    """Return in one sentence whether the instellingen with great needs were reached."""
    great, missed, unknown = (
        int(matrix[f"{prefix}grote_noden"].sum()) for prefix in ("", "niet_bereikt_", "onbekend_")
    )
    if missed:
        who = format.counted(missed, "instelling met grote noden is", "instellingen met grote noden zijn")
        return f"{'' if is_missed_known(matrix) else 'Minstens '}{who} niet bereikt"
    if unknown:
        return UNKNOWN_REACH
    if great:
        known = "bekende " if matrix["nood_onbekend"].sum() or not is_trap_known(matrix) else ""
        return f"Alle instellingen met {known}grote noden zijn bereikt"
    return unknown_needs(matrix).rstrip(".") or "Geen instellingen met grote noden"


def is_need_known(matrix: pl.DataFrame) -> bool:
    """Return whether the need of anybody is known; `queries.bereik.need_matrix`."""
    return bool(matrix["nood_onbekend"].sum() < matrix["instellingen"].sum())


def is_missed_known(matrix: pl.DataFrame) -> bool:
    """Return whether all instellingen with great needs that were not reached are known; `queries.bereik.need_matrix`.

    They are not while the reach of some of them is unknown, or the need or the trap of everybody, or where nobody is
    counted at all: none found is no zero then, and what was found is the least it can be.
    """
    return is_need_known(matrix) and is_trap_known(matrix) and not matrix["onbekend_grote_noden"].sum()


def is_trap_known(matrix: pl.DataFrame) -> bool:
    """Return whether the trap of anybody is known; `queries.bereik.need_matrix`."""
    return bool(matrix["is_trap_bekend"].any())


def measures_alone(matrix: pl.DataFrame) -> str:
    """Return that great needs show from measures only, as nobody's trap is known; nothing where that is not so."""
    return MEASURES_ALONE if is_need_known(matrix) and not is_trap_known(matrix) else ""


def unknown_needs(matrix: pl.DataFrame) -> str:
    """Return of how many instellingen nothing is known of their needs; nothing where it is known of all."""
    count = int(matrix["nood_onbekend"].sum())
    who = format.counted(count, "instelling", "instellingen")
    return f"Van {who} is niet bekend of de noden groot zijn." if count else ""


def nothing_listed(matrix: pl.DataFrame, nood: str, because: str) -> str:
    """Return why the list of instellingen that were not reached is empty.

    `nood` is what is chosen of `need_filter`, `because` is `bereik_bekend.because_undelivered` of the choice.
    """
    if matrix.is_empty():
        return texts.NO_ROWS
    if matrix["onbekend"].sum():
        return f"Het bereik van deze keuze is niet volledig bekend{because}"
    if nood != ALL and not is_trap_known(matrix):
        return _UNKNOWN_TRAP
    return "Geen enkele instelling in deze keuze is zonder bereik."


@data.derived
def need_matrix_table(matrix: pl.DataFrame) -> Table:
    """Return the data behind the matrix."""
    return table(
        _known_counts(matrix),
        "noden",
        ["trap", "instellingen", *_matrix_columns(matrix), "grote_noden", "niet_bereikt_grote_noden"],
        heads={
            **{column: name.capitalize() for column, name in _REACHED.items()},
            "grote_noden": "Met grote noden",
            "niet_bereikt_grote_noden": "Met grote noden, niet bereikt",
        },
        at_least=_BOUNDS,
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
        filled("{}: {} ({})", words, "klasse", decimal_text(pl.col("instellingen"), 0)).alias("label")
    )
    # Where a source is missing only who was reached is known: a share not reached would be 0 % by that alone.
    known = labelled.clear() if rows["onbekend"].sum() else labelled.sort("aandeel_niet_bereikt", descending=True)
    title, alt = "Wie wordt niet bereikt?", "Er zijn geen cijfers om te tonen."
    if known.height:
        worst = known.row(0, named=True)
        alt = (
            f"Aandeel niet bereikte instellingen per kenmerk. Het hoogst bij {worst['label']}: "
            f"{format.percentage(worst['aandeel_niet_bereikt'], worst['instellingen'])}."
        )
    note = "Aandeel instellingen zonder bereik. Tussen haakjes het aantal instellingen waarvan het bereik bekend is."
    spec = ChartSpec(title, alt, SOURCE, note)
    drawn = labelled if known.height else known
    return horizontal_bars(drawn, "label", "aandeel_niet_bereikt", spec, is_share=True)


def no_traits(rows: pl.DataFrame, because: str) -> str:
    """Return why no traits can be drawn; `because` is `bereik_bekend.because_undelivered` of the choice."""
    if rows.is_empty():
        return texts.NO_ROWS
    return f"Wie niet bereikt is, is niet bekend{because}"


@data.derived
def traits_table(rows: pl.DataFrame) -> Table:
    """Return the data behind the traits chart."""
    named = _named_classes(rows).with_columns(pl.col("kenmerk").replace(_TRAIT))
    heads = {
        "kenmerk": "Kenmerk",
        "klasse": "Klasse",
        "onbekend": "Bereik niet bekend",
        "niet_bereikt": "Niet bereikt",
        "aandeel_niet_bereikt": "Aandeel niet bereikt",
    }
    unknown = ["onbekend"] if rows["onbekend"].sum() else []
    columns = ["kenmerk", "klasse", "instellingen", *unknown, "niet_bereikt", "aandeel_niet_bereikt"]
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


def not_reached_title(
    rows: pl.DataFrame, matrix: pl.DataFrame, strategie: str, schooljaar: str, nood: str = ALL
) -> str:
    """Return the title of the list, with its length and the strategy (code) and the need it speaks of.

    None found is no zero while the reach of some is unknown, or, of a need, the trap of everybody; `matrix` is
    `queries.bereik.need_matrix`.
    """
    by = "" if strategie == ALL else f" door {strategy_name(strategie).lower()}"
    is_known = matrix.height and not matrix["onbekend"].sum() and (nood == ALL or is_trap_known(matrix))
    if rows.is_empty() and not is_known:
        return f"Welke instellingen zijn niet bereikt{by} in {schooljaar}?"
    return f"{format.counted(rows.height, 'instelling', 'instellingen')} niet bereikt{by} in {schooljaar}"


def _named_classes(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with a word for the class that is absent: some niveaus have no OKI at all."""
    absent = pl.when(pl.col("kenmerk") == "oki").then(pl.lit("zonder OKI")).otherwise(pl.lit("onbekend"))
    return rows.with_columns(pl.col("klasse").fill_null(absent))


def _matrix_columns(matrix: pl.DataFrame) -> list[str]:
    return [column for column in _REACHED if column != "onbekend" or matrix["onbekend"].sum() > 0]


def _known_counts(matrix: pl.DataFrame) -> pl.DataFrame:
    """Return the matrix with, per count, whether it is the least that it can be; a zero is missing there."""
    is_need_bound = ~pl.col("is_trap_bekend") | (pl.col("nood_onbekend") == pl.col("instellingen"))
    marked = matrix.with_columns(
        (pl.col("onbekend") > 0).alias("is_bereik_ondergrens"),
        is_need_bound.alias("is_nood_ondergrens"),
        (is_need_bound | (pl.col("onbekend_grote_noden") > 0)).alias("is_gemist_ondergrens"),
    )
    return marked.with_columns(no_unknown_zero(column, is_bound) for column, is_bound in _BOUNDS.items())
