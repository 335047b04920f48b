"""The glossary: columns to search through, and how each is rounded on screen."""

import polars as pl

from dashboard import data, format, lineage, registry
from dashboard.filled import filled
from dashboard.filters import ALL, Choice, Filter
from dashboard.tables import Kind, Table, kind_of, table

SOURCE = "beschrijving van de kolommen (columns.toml) en opbouw van de modellen"
NOTE = (
    "Een kolom staat er één keer per tabel: dezelfde naam kan in een andere tabel iets anders tellen. „Nog niet "
    "aangeduid”: niemand is als eigenaar van de bron genoemd."
)
NOTES = (
    "De eigenaar is die van de bron van de kolom, of die van de leveringen achter de tabel.",
    "De afronding is die van het scherm en van Word en PowerPoint; Excel en CSV bevatten het getal zelf.",
    "„Sinds” noemt de versie van het programma of van de methode waarin de kolom er kwam.",
)
NO_ROWS = "Geen enkele kolom voor deze keuze. Kies een andere tabel of een korter zoekwoord."

#: How a kind of column is written -> what that means for a reader.
_ROUNDING: dict[Kind, str] = {
    "tekst": "geen getal",
    "lijst": "geen getal",
    "janee": "ja of nee",
    "datum": "dag/maand/jaar",
    "geheel": "geheel getal",
    "dagdelen": "geheel, of 1 decimaal waar nodig",
    "decimaal1": "1 decimaal",
    "decimaal2": "2 decimalen",
    "aandeel": "procent, 1 decimaal; geheel bij minder dan 100",
    "pct": "procent, 1 decimaal",
}
_TYPES: dict[str, pl.DataType] = {
    "BOOLEAN": pl.Boolean(),
    "DATE": pl.Date(),
    "TIMESTAMP": pl.Datetime(),
    "DOUBLE": pl.Float64(),
    "FLOAT": pl.Float64(),
    "BIGINT": pl.Int64(),
    "INTEGER": pl.Int64(),
    "HUGEINT": pl.Int64(),
}


@data.derived
def mart_filter(definitions: pl.DataFrame) -> Filter:
    """Return the filter on mart; `definitions` is `queries.definities.definitions`."""
    marts = sorted(definitions["tabel"].unique())
    return Filter("mart", "Tabel", {ALL: "Alle tabellen"} | {mart: format.spelled(mart) for mart in marts}, ALL)


def page_filter() -> Filter:
    """Return the filter on the page that shows the columns."""
    pages = {entry.key: entry.title for entry in registry.ENTRIES if lineage.marts_of_page(entry.key)}
    return Filter("pagina", "Cijfers op pagina", {ALL: "Alle pagina's"} | pages, ALL)


@data.derived
def found(definitions: pl.DataFrame, mart: str, page: str, words: str) -> pl.DataFrame:
    """Return the columns of a mart and a page in which every word occurs: in name, code, definition or source."""
    chosen = definitions if mart == ALL else definitions.filter(pl.col("tabel") == mart)
    if page != ALL:
        chosen = chosen.filter(pl.col("tabel").is_in(sorted(lineage.marts_of_page(page))))
    text = pl.concat_str("naam", "kolom", "definitie", "bron", "tabel", separator=" ", ignore_nulls=True)
    for word in words.lower().split():
        chosen = chosen.filter(text.str.to_lowercase().str.contains(word, literal=True))
    return chosen.with_columns(
        pl.struct("kolom", "type").map_elements(_rounding, return_dtype=pl.String).alias("afronding"),
        filled("mart.{}.{}", "tabel", "kolom").alias("model"),
        pl.col("bron", "tabel").map_elements(format.spelled, return_dtype=pl.String),
        pl.when(pl.col("eenheid") == "").then(None).otherwise("eenheid").alias("eenheid"),
    )


def _rounding(column: dict[str, str | None]) -> str:
    name, kind = str(column["kolom"]), column["type"] or ""
    dtype: pl.DataType = pl.List(pl.String()) if kind.endswith("[]") else _TYPES.get(kind.split("(")[0], pl.String())
    return _ROUNDING[kind_of(name, dtype)]


def title(rows: pl.DataFrame, choice: Choice) -> str:
    """Return the title of the glossary: how many columns, and for which word."""
    columns = format.counted(rows.height, "kolom", "kolommen")
    return f"{columns} met „{choice['zoek']}”" if choice["zoek"] else f"Wat betekent elke kolom? {columns}"


@data.derived
def definitions_table(rows: pl.DataFrame) -> Table:
    """Return the glossary as a table; `rows` is what `found` gives."""
    named = pl.element().map_elements(format.spelled, return_dtype=pl.String)
    return table(
        rows.with_columns(pl.col("leveringen").list.eval(named)),
        "definities",
        ["naam", "tabel", "definitie", "eenheid", "bron", "eigenaar", "afronding", "sinds", "model", "leveringen"],
        heads={"naam": "Kolom", "tabel": "Tabel", "definitie": "Definitie", "leveringen": "Leveringen achter de tabel"},
        missing="geen",
        widths={"definitie": 420},
    )
