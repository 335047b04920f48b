"""Where a school places itself on the fifteen indicators of GO! 2030 in beeld: a guide, never a label."""

import polars as pl

from dashboard import data, format
from dashboard.charts import Chart, ChartSpec, horizontal_bars
from dashboard.filled import filled
from dashboard.tables import Column, Table

SOURCE = "procesindicatoren (GO! 2030 in beeld)"
GUIDE = (
    "Met GO! 2030 in beeld schaalt de school zichzelf in op vijftien indicatoren. Die inschaling geeft richting aan "
    "het gesprek met de school. Ze is geen label, telt niet mee in de rangschikking en dient niet om scholen naast "
    "elkaar te leggen."
)
NO_NAMES = (
    "De namen en de betekenis van de indicatoren zijn niet aangeleverd; daarom staat hier enkel hun nummer. De "
    "databeheerder vult ze in zodra ze er zijn."
)
#: What the mart writes as `betekenis` of an indicator without a delivered name.
NAME_UNKNOWN = "naam niet aangeleverd"
NOT_FILLED_IN = "De school schaalde zichzelf niet in, of het bestand is niet geleverd."
NOTE = (
    "In de volgorde van de indicatoren, niet van hoog naar laag. Midden van het netwerk: mediaan van de scholen van "
    "hetzelfde onderwijsniveau op dezelfde schaal, vanaf 5 scholen."
)
HISTORY_NOTE = (
    "Elke inschaling staat met het hoogste punt van haar schaal. Schalen met een ander hoogste punt zijn niet te "
    "vergelijken."
)


@data.derived
def shown_year(process: pl.DataFrame, schooljaar: str) -> str | None:
    """Return the newest schooljaar until the chosen one in which the school placed itself, or None."""
    newest = process.filter(pl.col("schooljaar") <= schooljaar)["schooljaar"].max()
    return None if newest is None else str(newest)


@data.derived
def notices(process: pl.DataFrame, schooljaar: str, number: str) -> list[str]:
    """Return what a reader must know about the self-scaling of one schooljaar: absent names, a predecessor."""
    year = process.filter(pl.col("schooljaar") == schooljaar)
    said = [NO_NAMES] if (year["betekenis"] == NAME_UNKNOWN).any() else []
    others = year.filter(pl.col("ingevuld_door") != number)["ingevuld_door"]
    if others.len():
        said.append(f"Ingevuld door haar voorganger met instellingsnummer {others[0]}.")
    return said


@data.derived
def has_one_scale(process: pl.DataFrame, schooljaar: str) -> bool:
    """Return whether all indicators of a schooljaar were placed on one scale: only then they fit in one figure."""
    return process.filter(pl.col("schooljaar") == schooljaar)["schaal_max"].drop_nulls().n_unique() == 1


@data.derived
def process_chart(process: pl.DataFrame, schooljaar: str) -> Chart:
    """Return the self-scaling of one schooljaar on its one scale, in the order of the indicators."""
    year = process.filter(pl.col("schooljaar") == schooljaar)
    top = year["schaal_max"].drop_nulls()[0]
    known = year["inschaling"].drop_nulls().len()
    spec = ChartSpec(
        f"Waar plaatste de school zichzelf in {schooljaar}, op een schaal tot {format.number(top)}?",
        f"Balken met de eigen inschaling op {known} van {year.height} indicatoren, op een schaal tot "
        f"{format.number(top)}.",
        SOURCE,
        NOTE,
    )
    chart = horizontal_bars(year, "naam", "inschaling", spec, decimals=1)
    # The whole scale, whatever the highest place: a bar is read against its end.
    chart.figure.update_xaxes(range=[0, top * 1.12])
    return chart


@data.derived
def process_table(process: pl.DataFrame, schooljaar: str) -> Table:
    """Return the self-scaling of one schooljaar, each beside the middle of the network on the same scale."""
    year = process.filter(pl.col("schooljaar") == schooljaar).with_columns(
        _on_scale("inschaling").alias("eigen"), _on_scale("netwerk_mediaan").alias("midden")
    )
    is_named = (year["betekenis"] != NAME_UNKNOWN).any()
    columns = (
        Column("naam", "Indicator", "tekst"),
        *([Column("betekenis", "Betekenis", "tekst")] if is_named else []),
        Column("eigen", "Eigen inschaling", "tekst"),
        Column("midden", "Midden van het netwerk", "tekst"),
        Column("netwerk_aantal", "Scholen in het netwerk", "geheel"),
        Column("ingevuld_op", "Ingevuld op", "datum"),
    )
    return Table(year, columns, {"eigen": "reden"}, missing=format.NOT_APPLICABLE)


@data.derived
def history_table(process: pl.DataFrame) -> Table:
    """Return the self-scaling through the years: one row per indicator, one column per schooljaar."""
    word = _on_scale("inschaling").fill_null(pl.col("reden").replace(format.REASONS))
    wide = (
        process.with_columns(word.alias("tekst"))
        .sort("schooljaar", "indicator")
        .pivot("schooljaar", index=["indicator", "naam"], values="tekst", aggregate_function="first")
        .sort("indicator")
    )
    years = wide.columns[2:]
    columns = (Column("naam", "Indicator", "tekst"), *(Column(year, year, "tekst") for year in years))
    return Table(wide, columns, missing=format.NOT_APPLICABLE)


def _on_scale(column: str) -> pl.Expr:
    """Return a place on a scale as '3 van 4', with a decimal where it is between two points; null stays null."""
    value = pl.col(column)
    whole = value.cast(pl.Int64).cast(pl.String)
    tenths = value.round(1, mode="half_away_from_zero").cast(pl.String).str.replace(".", ",", literal=True)
    text = pl.when(value == value.floor()).then(whole).otherwise(tenths)
    return filled("{} van {}", text, pl.col("schaal_max").cast(pl.Int64))
