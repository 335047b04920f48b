"""Completeness of the deliveries: who is in which table, who is not, and where nobody is expected."""

import polars as pl

from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec
from dashboard.charts.classes import CellClass, class_map
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.figures.doorlichtingen_tekorten import CLASS_COLOURS, FEW_COLOUR
from dashboard.filled import filled
from dashboard.filters import ALL, Choice, Filter
from dashboard.tables import Table, decimal_text, table

SOURCE_DELIVERED = "alle leveringen en de lijst van de instellingen"
SOURCE_SETTINGS = "instellingen van de methode"
NO_COMPLETENESS = (
    "Wie hier verwacht wordt, is niet bekend: dat volgt uit de lijst van de instellingen van het schooljaar."
)
NOT_EXPECTED_NOTE = (
    "Wie in een tabel verwacht wordt en waarom niet, staat in de instellingen van de methode (settings.toml)."
)
ALL_EXPECTED = "In elke tabel van deze bron is gekend wie verwacht wordt."

#: What a cell of the completeness map is called -> its colour: the darker, the more is missing.
_CLASSES = {
    "volledig": CLASS_COLOURS[0],
    "bijna volledig": CLASS_COLOURS[1],
    "deels": CLASS_COLOURS[2],
    "niets geleverd": CLASS_COLOURS[3],
    "nog niets geleverd": FEW_COLOUR,
    format.NOT_APPLICABLE: theme.LIGHT_BACKGROUND,
}
_ALMOST = 0.9
#: In a cell where nobody lacks, and where nobody is expected.
_WHOLE, _NOBODY = "✓", "–"
#: The list of who lacks has filters of its own, of which the address holds these names.
_TABLE, _GROUP = "ontbreekt_in", "ontbreekt_groep"
#: A part of the page, as it stands in a sentence.
MISSING = "de instellingen die ontbreken"
_ALL_DELIVERED = "In deze tabellen staat elke instelling die er hoort te staan."
MISSING_NOTE = (
    "Elke instelling die in de tabel hoort te staan en er niet in staat, ook niet onder het nummer van een voorganger. "
    "Waar de scholengroep zelf hoort te staan, zijn er geen instellingen op te sommen."
)


@data.derived
def completeness_rows(rows: pl.DataFrame, bron: str) -> pl.DataFrame:
    """Return the cells of the map, of one source or all, with their class and what stands in them."""
    chosen = rows if bron == ALL else rows.filter(pl.col("bron") == bron)
    share = pl.col("aandeel_geleverd")
    nothing = pl.when("is_lopend").then(pl.lit("nog niets geleverd")).otherwise(pl.lit("niets geleverd"))
    is_expected = pl.col("aantal_verwacht").fill_null(0) > 0
    not_applicable = pl.lit(format.NOT_APPLICABLE)
    name = (
        pl.when(~is_expected)
        .then(not_applicable)
        .when(share == 1)
        .then(pl.lit("volledig"))
        .when(share >= _ALMOST)
        .then(pl.lit("bijna volledig"))
        .when(share > 0)
        .then(pl.lit("deels"))
        .otherwise(nothing)
    )
    lacking = pl.col("aantal_verwacht") - pl.col("aantal_geleverd")
    return chosen.with_columns(
        name.alias("stand"),
        # Short: on a phone a cell is as wide as two or three digits.
        pl.when(~is_expected)
        .then(pl.lit(_NOBODY))
        .when(lacking == 0)
        .then(pl.lit(_WHOLE))
        .otherwise(decimal_text(lacking, 0))
        .alias("celtekst"),
        filled("{} · {}", "scholengroep_nummer", "scholengroep").alias("groep"),
        pl.col("tabel").map_elements(format.spelled, return_dtype=pl.String),
    )


def is_anybody_expected(rows: pl.DataFrame) -> bool:
    """Return whether it is known of anybody that it belongs in a table; `rows` is `completeness_rows`."""
    return bool((rows["stand"] != format.NOT_APPLICABLE).any())


@data.derived
def completeness_chart(rows: pl.DataFrame, schooljaar: str) -> Chart:
    """Return a cell per scholengroep and table; `rows` is `completeness_rows`."""
    gaps = rows.filter(pl.col("aandeel_geleverd") < 1)
    title = _completeness_title(rows, gaps, schooljaar)
    empty = gaps.filter(pl.col("aantal_geleverd") == 0)
    expected = rows.filter(pl.col("stand") != format.NOT_APPLICABLE)
    alt = f"{title}. {gaps.height} van {expected.height} combinaties zijn niet volledig, waarvan {empty.height} leeg."
    note = (
        f"In elke cel: hoeveel verwachte instellingen niet in de tabel staan ({_WHOLE}: volledig). Wie verwacht wordt, "
        "volgt uit het onderwijsniveau; wat onder het nummer van een voorganger geleverd is, telt mee. In de lijst van "
        "de instellingen ontbreekt wie in die van het schooljaar ervoor, in een andere levering of nu in het register "
        f"staat, zonder opvolger of einde. {_NOBODY} ({format.NOT_APPLICABLE}): daar wordt niemand verwacht, of er is "
        "geen vroegere lijst om mee te vergelijken." + _per_group(rows)
    )
    return class_map(
        rows,
        "groep",
        "tabel",
        [CellClass(name, colour) for name, colour in _CLASSES.items()],
        ChartSpec(title, alt, SOURCE_DELIVERED, note),
        columns=rows["tabel"].unique(maintain_order=True).to_list(),
        class_name="stand",
        text="celtekst",
        share="aandeel_geleverd",
    )


def _per_group(rows: pl.DataFrame) -> str:
    """Return which tables expect the scholengroep rather than each instelling; nothing where none does."""
    tables = rows.filter(pl.col("eenheid") == "scholengroep")["tabel"].unique().sort().to_list()
    return f" In {' en '.join(tables)} hoort de scholengroep zelf te staan." if tables else ""


@data.derived
def missing_rows(rows: pl.DataFrame, bron: str) -> pl.DataFrame:
    """Return who lacks in the tables of one source or all, worded; `rows` is `queries.missing_institutions`."""
    chosen = rows if bron == ALL else rows.filter(pl.col("bron") == bron)
    return chosen.with_columns(
        filled("{} · {}", "scholengroep_nummer", "scholengroep").alias("groep"),
        pl.col("tabel").map_elements(format.spelled, return_dtype=pl.String),
        pl.col("naam").fill_null("naam niet bekend"),
    )


def missing_filters(rows: pl.DataFrame) -> tuple[Filter, Filter]:
    """Return the filters on table and scholengroep of who lacks; `rows` is `missing_rows`."""
    tables = {name: name for name in rows["tabel"].unique(maintain_order=True)}
    groups = dict(rows.select("scholengroep_nummer", "groep").unique(maintain_order=True).iter_rows())
    return (
        Filter(_TABLE, "Ontbreekt in de tabel", {ALL: "Alle tabellen"} | tables, ALL),
        Filter(_GROUP, "Scholengroep", {ALL: "Alle scholengroepen"} | groups, ALL),
    )


def chosen_missing(rows: pl.DataFrame, choice: Choice) -> pl.DataFrame:
    """Return who lacks in the chosen table and scholengroep."""
    for key, column in ((_TABLE, "tabel"), (_GROUP, "scholengroep_nummer")):
        if choice[key] != ALL:
            rows = rows.filter(pl.col(column) == choice[key])
    return rows


def missing_title(rows: pl.DataFrame, complete: pl.DataFrame, schooljaar: str) -> str:
    """Return the title of the list of who lacks; an instelling that lacks in two tables is one.

    `complete` is `completeness_rows`: where nobody is expected, nobody was counted.
    """
    if not is_anybody_expected(complete):
        return "Wie ontbreekt?"
    count = rows["instellingsnummer"].n_unique()
    return f"Wie ontbreekt voor {schooljaar}? {format.counted(count, 'instelling', 'instellingen')}"


def nobody_missing(complete: pl.DataFrame) -> str:
    """Return why the list of who lacks is empty; `complete` is `completeness_rows`."""
    return _ALL_DELIVERED if is_anybody_expected(complete) else NO_COMPLETENESS


def missing_table(rows: pl.DataFrame) -> Table:
    """Return the instellingen that are not in a table in which they belong."""
    return _missing_table(rows, carried_filters())


@data.derived
def _missing_table(rows: pl.DataFrame, carried: str) -> Table:
    return table(
        with_institution_address(rows, carried),
        "levering_instelling",
        ["tabel", "groep", "instellingsnummer", "naam", "onderwijsniveau"],
        heads={"groep": "Scholengroep", "naam": "Instelling", "onderwijsniveau": "Niveau"},
        links={"naam": "adres"},
    )


@data.derived
def not_expected_table(rows: pl.DataFrame, bron: str) -> Table:
    """Return the delivered tables that the map leaves out, with the reason, of one source or all."""
    chosen = rows if bron == ALL else rows.filter(pl.col("bron") == bron)
    worded = chosen.with_columns(pl.col("tabel").map_elements(format.spelled, return_dtype=pl.String))
    heads = {"tabel": "Tabel", "reden": "Waarom niemand verwacht wordt"}
    return table(worded, "datakwaliteit", ["tabel", "reden"], heads=heads, widths={"reden": 700})


def _completeness_title(rows: pl.DataFrame, gaps: pl.DataFrame, schooljaar: str) -> str:
    groups = f"{gaps['groep'].n_unique()} van {rows['groep'].n_unique()} scholengroepen"
    if not is_anybody_expected(rows):
        return "Wie heeft niet volledig geleverd?"
    if gaps.is_empty():
        return f"Alle scholengroepen zijn volledig voor {schooljaar}"
    if set(gaps["stand"]) == {"nog niets geleverd"}:
        tables = ", ".join(gaps["tabel"].unique(maintain_order=True))
        return f"Nog te ontvangen voor {schooljaar}: {tables} ({groups})"
    return f"Wie heeft voor {schooljaar} niet volledig geleverd? {groups}"


@data.derived
def completeness_table(rows: pl.DataFrame) -> Table:
    """Return the cells of the map as a table."""
    columns = ["groep", "tabel", "stand", "eenheid", "aantal_geleverd", "aantal_verwacht", "aandeel_geleverd"]
    heads = {"groep": "Scholengroep", "stand": "Stand"}
    return table(
        rows,
        "levering_volledigheid",
        columns,
        heads=heads,
        missing=format.NOT_APPLICABLE,
        n={"aandeel_geleverd": "aantal_verwacht"},
    )
