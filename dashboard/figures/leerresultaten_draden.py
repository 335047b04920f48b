"""Red threads: domains in which many institutions of one scholengroep lie clearly below like schools."""

from typing import Any
from urllib.parse import urlencode

import polars as pl

from dashboard import data, format
from dashboard.charts import Chart, ChartSpec
from dashboard.charts.classes import CellClass, class_map
from dashboard.components.links import carried_filters
from dashboard.figures.doorlichtingen_tekorten import CLASS_COLOURS, FEW_COLOUR
from dashboard.figures.leerresultaten import SOURCE, Chosen
from dashboard.filled import filled
from dashboard.filters import ALL
from dashboard.tables import Table, table

LIST_NOTE = (
    "Rode draden eerst. „3 van 8” opent de lijst met de instellingen van die scholengroep die op dat domein duidelijk "
    "lager liggen dan vergelijkbare scholen."
)
#: What the mart calls a cell -> its colour; text can be read on each (see the heat map of Doorlichtingen).
_COLOURS = {
    "te weinig instellingen": FEW_COLOUR,
    "niet": CLASS_COLOURS[0],
    "mogelijk": CLASS_COLOURS[1],
    "duidelijk": CLASS_COLOURS[3],
}
_NAMES = {
    "te weinig instellingen": "te weinig instellingen",
    "niet": "geen rode draad",
    "mogelijk": "mogelijke rode draad",
    "duidelijk": "duidelijke rode draad",
}


@data.derived
def threads_chart(threads: pl.DataFrame, about: Chosen, limit: float, least: int) -> Chart:
    """Return a cell per scholengroep and domain: the share clearly below like schools, coloured by red thread."""
    cells = _named(_of(threads, about))
    share, count = pl.col("aandeel_lager"), filled("({})", "vergeleken")
    is_few = pl.col("rode_draad") == "te weinig instellingen"
    whole = (share * 100).round(0, mode="half_away_from_zero").cast(pl.Int64)
    cells = cells.with_columns(
        pl.col("rode_draad").replace(_NAMES).alias("klasse"),
        pl.when(is_few).then(count).otherwise(filled("{}\u00a0%<br>{}", whole, count)).alias("celtekst"),
        pl.when(~is_few).then(share).alias("aandeel_getoond"),
        _short(cells["onderdeel"]).alias("kolom"),
    )
    clear, possible = (cells.filter(pl.col("rode_draad") == name).height for name in ("duidelijk", "mogelijk"))
    spec = ChartSpec(
        _title(clear, possible),
        f"Raster van {cells['groep_naam'].n_unique()} scholengroepen en {cells['onderdeel'].n_unique()} domeinen: "
        f"{clear} duidelijke en {possible} mogelijke rode draden.",
        SOURCE,
        rule(limit, least),
    )
    return class_map(
        cells,
        "groep_naam",
        "kolom",
        [CellClass(_NAMES[name], colour) for name, colour in _COLOURS.items()],
        spec,
        columns=cells["kolom"].unique(maintain_order=True).to_list(),
        class_name="klasse",
        text="celtekst",
        share="aandeel_getoond",
    )


def _short(names: pl.Series) -> pl.Series:
    """Return domains without their vak, which goes with totals only, unless two would then be called the same."""
    short = {name: name if name.endswith(": totaal") else name.split(": ")[-1] for name in names.unique()}
    return names.replace(short) if len(set(short.values())) == len(short) else names


def rule(limit: float, least: int) -> str:
    """Return the rule of a red thread in words."""
    share = format.percentage(limit, decimals=0)
    return (
        "In elke cel: het deel van de vergeleken instellingen dat duidelijk lager ligt dan vergelijkbare scholen. Een "
        f"rode draad is duidelijk als de ondergrens van het 95 %-interval {share} haalt, mogelijk als het deel zelf "
        f"{share} haalt. Door toeval alleen is het 2,5 %. Tussen haakjes: het aantal vergeleken instellingen; onder "
        f"{least} staat er geen percentage."
    )


def threads_table(threads: pl.DataFrame, about: Chosen) -> Table:
    """Return every cell with its numbers and interval; red threads first. The count links to the list behind it."""
    return _threads_table(threads, about, carried_filters())


@data.derived
def _threads_table(threads: pl.DataFrame, about: Chosen, carried: str) -> Table:
    order = {"duidelijk": 0, "mogelijk": 1, "niet": 2, "te weinig instellingen": 3}
    rows = _named(_of(threads, about)).sort(
        pl.col("rode_draad").replace_strict(order, return_dtype=pl.Int64),
        -pl.col("aandeel_lager").fill_null(-1),
        maintain_order=True,
    )
    worded = rows.with_columns(
        pl.Series("interval", [_interval(row) for row in rows.iter_rows(named=True)], dtype=pl.String),
        pl.Series("adres", [_address(row, about, carried) for row in rows.iter_rows(named=True)], dtype=pl.String),
        filled("{} van {}", "duidelijk_lager", "vergeleken").alias("lijst"),
    )
    return table(
        worded,
        "toets_scholengroep",
        ["lijst", "groep_naam", "onderdeel", "rode_draad", "aandeel_lager", "interval"],
        heads={"lijst": "Duidelijk lager", "groep_naam": "Scholengroep", "interval": "95 %-interval"},
        n={"aandeel_lager": "vergeleken"},
        links={"lijst": "adres"},
        widths={"lijst": 110, "groep_naam": 240, "onderdeel": 220},
    )


def _of(threads: pl.DataFrame, about: Chosen) -> pl.DataFrame:
    return threads if about.scholengroep == ALL else threads.filter(pl.col("scholengroep_nummer") == about.scholengroep)


def _named(threads: pl.DataFrame) -> pl.DataFrame:
    return threads.with_columns(filled("{} · {}", "scholengroep_nummer", "scholengroep").alias("groep_naam"))


def _interval(row: dict[str, Any]) -> str | None:
    if row["aandeel_laag"] is None:
        return None
    return format.interval(row["aandeel_laag"], row["aandeel_hoog"], row["vergeleken"])


def _address(row: dict[str, Any], about: Chosen, carried: str) -> str:
    wanted = urlencode(
        {
            "toets": about.toets,
            "leerjaar": about.leerjaar,
            "domein": row["onderdeel"],
            "toetslijst": "lager",
        }
    )
    # The scholengroep of the cell, not the one that is carried along.
    others = "&".join(part for part in carried.split("&") if part and not part.startswith("scholengroep="))
    place = f"scholengroep={row['scholengroep_nummer']}"
    text = f"{row['duidelijk_lager']} van {row['vergeleken']}"
    return f"/leerresultaten?{'&'.join(part for part in (wanted, place, others) if part)}#{text}"


def _title(clear: int, possible: int) -> str:
    if clear:
        words = "duidelijke rode draad" if clear == 1 else "duidelijke rode draden"
        return f"{format.number(clear)} {words} over een hele scholengroep"
    if possible:
        return f"Geen duidelijke rode draden; {format.number(possible)} mogelijke"
    return "Geen rode draden over een hele scholengroep"
