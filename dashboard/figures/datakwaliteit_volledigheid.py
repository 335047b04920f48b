"""Completeness of the deliveries: who is in which table, who is not, and where nobody is expected."""

import polars as pl

from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec
from dashboard.charts.classes import CellClass, class_map
from dashboard.figures.doorlichtingen_tekorten import CLASS_COLOURS, FEW_COLOUR
from dashboard.filters import ALL
from dashboard.tables import Table, table

SOURCE_DELIVERED = "alle leveringen en de lijst van de instellingen"
SOURCE_SETTINGS = "instellingen van de methode"
NO_COMPLETENESS = "Voor dit schooljaar is niet gekend welke instellingen verwacht worden."
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
    short = pl.when("is_lopend").then(pl.lit("nog niets")).otherwise(pl.lit("niets"))
    counts = pl.format("{} van {}", "aantal_geleverd", "aantal_verwacht")
    return chosen.with_columns(
        name.alias("stand"),
        pl.when(~is_expected)
        .then(not_applicable)
        .when(share == 1)
        .then(pl.lit("volledig"))
        .when(share == 0)
        .then(short)
        .otherwise(counts)
        .alias("celtekst"),
        pl.format("{} · {}", "scholengroep_nummer", "scholengroep").alias("groep"),
        pl.col("tabel").map_elements(format.spelled, return_dtype=pl.String),
    )


@data.derived
def completeness_chart(rows: pl.DataFrame, schooljaar: str) -> Chart:
    """Return a cell per scholengroep and table; `rows` is `completeness_rows`."""
    gaps = rows.filter(pl.col("aandeel_geleverd") < 1)
    title = _completeness_title(rows, gaps, schooljaar)
    empty = gaps.filter(pl.col("aantal_geleverd") == 0)
    expected = rows.filter(pl.col("stand") != format.NOT_APPLICABLE)
    alt = f"{title}. {gaps.height} van {expected.height} combinaties zijn niet volledig, waarvan {empty.height} leeg."
    note = (
        "In elke cel: verwachte instellingen die in de tabel staan. Wie verwacht wordt, volgt uit het onderwijsniveau; "
        "wat onder het nummer van een voorganger geleverd is, telt mee. In de lijst van de instellingen ontbreekt wie "
        "in die van het schooljaar ervoor, in een andere levering of nu in het register staat, zonder opvolger of "
        f"einde. {format.NOT_APPLICABLE}: daar wordt niemand verwacht, of er is geen vroegere lijst om mee te "
        "vergelijken." + _per_group(rows)
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
def not_expected_table(rows: pl.DataFrame, bron: str) -> Table:
    """Return the delivered tables that the map leaves out, with the reason, of one source or all."""
    chosen = rows if bron == ALL else rows.filter(pl.col("bron") == bron)
    worded = chosen.with_columns(pl.col("tabel").map_elements(format.spelled, return_dtype=pl.String))
    heads = {"tabel": "Tabel", "reden": "Waarom niemand verwacht wordt"}
    return table(worded, "datakwaliteit", ["tabel", "reden"], heads=heads, widths={"reden": 700})


def _completeness_title(rows: pl.DataFrame, gaps: pl.DataFrame, schooljaar: str) -> str:
    groups = f"{gaps['groep'].n_unique()} van {rows['groep'].n_unique()} scholengroepen"
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
