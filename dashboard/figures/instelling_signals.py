"""The signals of one instelling: each year that was measured, beside the network and comparable schools."""

from typing import Any

import polars as pl

from analysis.intervals import wilson
from analysis.rounding import percentage_decimals, round_half_away
from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec, year_lines
from dashboard.figures.indicators import indicator, signal_name
from dashboard.filters import Filter
from dashboard.tables import Column, Kind, Table, table

SIGNAL_SOURCE = "outputdossier en Vlaamse toetsen"
SIGNALS_NOTE = (
    "Bij elk signaal is hoger een grotere nood. Hier staat het cijfer van één schooljaar; de rangschikking weegt drie "
    "schooljaren. Netwerk: alle instellingen van hetzelfde onderwijsniveau."
)
NO_SIGNALS = "Voor deze instelling zijn geen toetsen of outputcijfers geleverd."
_SIGNAL_NOTE = (
    "Hoger is een grotere nood. Netwerk: alle instellingen van hetzelfde onderwijsniveau. Duidelijk verschil: het "
    "netwerk ligt buiten het 95 %-interval van de instelling."
)


@data.derived
def signal_filter(signals: pl.DataFrame) -> Filter:
    """Return the choice of the signal to draw; the code is 'indicator:reeks'. Needs one signal at least."""
    pairs = signals.select("indicator", "reeks").unique(maintain_order=True)
    options = {f"{code}:{reeks}": signal_name(code, reeks) for code, reeks in pairs.iter_rows()}
    return Filter("signaal", "Signaal", options, next(iter(options)))


@data.derived
def signal_chart(signals: pl.DataFrame, code: str) -> Chart:
    """Return one signal over the schooljaren, beside the network and comparable instellingen."""
    chosen = _chosen(signals, code)
    name, reeks = code.split(":", 1)
    meaning = indicator(name)
    lines = {
        "waarde": ("Deze instelling", theme.ACCENT),
        "netwerk": ("Netwerk, zelfde niveau", theme.NEUTRAL),
    }
    if chosen["vergelijkbaar"].is_not_null().any():
        lines["vergelijkbaar"] = ("Vergelijkbare scholen", theme.AMBER)
    spec = ChartSpec(
        f"{signal_name(name, reeks)}: {_comparison(chosen)}",
        _signal_finding(chosen, name, reeks),
        SIGNAL_SOURCE,
        _SIGNAL_NOTE,
    )
    return year_lines(chosen, "schooljaar", lines, spec, is_share=meaning.unit == "aandeel")


@data.derived
def signal_table(signals: pl.DataFrame, code: str) -> Table:
    """Return the data behind the signal chart; a hidden value is marked as such."""
    return _signal_columns(_chosen(signals, code), indicator(code.split(":", 1)[0]).unit)


@data.derived
def latest_signals(signals: pl.DataFrame) -> Table:
    """Return every signal in its newest year, as text, beside the network."""
    # A year that has not been delivered yet does not hide the last measurement, a suppressed one stays.
    by_delivery = signals.sort(pl.col("reden").eq_missing("ontbreekt"), descending=True, maintain_order=True)
    newest = by_delivery.group_by("indicator", "reeks").last().sort("indicator", "reeks")
    rows = [
        {
            "signaal": signal_name(row["indicator"], row["reeks"]),
            "schooljaar": row["schooljaar"],
            "waarde": _written(row, "waarde"),
            "netwerk": _written(row, "netwerk"),
            "vergelijkbaar": _written(row, "vergelijkbaar", format.NOT_APPLICABLE),
            "n": row["n"],
            "reden": row["reden"],
        }
        for row in newest.iter_rows(named=True)
    ]
    schema = dict.fromkeys(("signaal", "schooljaar", "waarde", "netwerk", "vergelijkbaar"), pl.String)
    frame = pl.DataFrame(rows, schema={**schema, "n": pl.Int64, "reden": pl.String})
    heads = {
        "signaal": "Signaal",
        "schooljaar": "Schooljaar",
        "waarde": "Deze instelling",
        "netwerk": "Netwerk, zelfde niveau",
        "vergelijkbaar": "Vergelijkbare scholen",
        "n": "Leerlingen (n)",
    }
    return table(frame, "signaal_jaar", list(heads), heads=heads, reason="reden", widths={"signaal": 430})


def _chosen(signals: pl.DataFrame, code: str) -> pl.DataFrame:
    name, reeks = code.split(":", 1)
    return signals.filter((pl.col("indicator") == name) & (pl.col("reeks") == reeks)).sort("schooljaar")


def _comparison(chosen: pl.DataFrame) -> str:
    known = chosen.filter(pl.col("waarde").is_not_null() & pl.col("netwerk").is_not_null())
    if known.is_empty():
        return "geen vergelijking met het netwerk mogelijk"
    last = known.row(-1, named=True)
    if last["waarde"] == last["netwerk"]:
        return f"gelijk met het netwerk in {last['schooljaar']}"
    side = "hoger" if last["waarde"] > last["netwerk"] else "lager"
    return f"{_difference(last)}{side} dan het netwerk in {last['schooljaar']}{_certainty(last)}"


def _difference(row: dict[str, Any]) -> str:
    """Return how far a share lies from the network, with the decimals that the table gives; 'iets' under the last."""
    if indicator(row["indicator"]).unit != "aandeel":
        return ""
    decimals = percentage_decimals(row["n"]) if row["n"] else 1
    points = round_half_away(abs(row["waarde"] - row["netwerk"]) * 100, decimals)
    return f"{format.number(points, decimals)} procentpunt " if points else "iets "


def _certainty(row: dict[str, Any]) -> str:
    """Return in words whether a share differs from the network: outside its own 95 % Wilson interval or not."""
    if indicator(row["indicator"]).unit != "aandeel" or not row["n"]:
        return ""
    low, high = wilson(min(row["waarde"], 1.0) * row["n"], row["n"])
    return " (kan toeval zijn)" if low <= row["netwerk"] <= high else " (duidelijk verschil)"


def _signal_finding(chosen: pl.DataFrame, name: str, reeks: str) -> str:
    written = [f"{row['schooljaar']} {_written(row, 'waarde')}" for row in chosen.iter_rows(named=True)]
    line = f"Lijn van {signal_name(name, reeks)} per schooljaar: {'; '.join(written)}."
    return f"{line} Hoger is een grotere nood."


def _written(row: dict[str, Any], column: str, missing: str = format.MISSING) -> str:
    word = format.reason(row["reden"]) if column == "waarde" else missing
    persons = row["n"] if column == "waarde" else None
    return indicator(row["indicator"]).write(row[column], persons, word)


def _signal_columns(chosen: pl.DataFrame, unit: str) -> Table:
    kind: Kind = "aandeel" if unit == "aandeel" else "decimaal2"
    values = tuple(
        Column(name, head, kind)
        for name, head in (
            ("waarde", "Deze instelling"),
            ("netwerk", "Netwerk, zelfde niveau"),
            ("vergelijkbaar", "Vergelijkbare scholen"),
        )
    )
    ends = (Column("n", "Leerlingen (n)", "geheel"),)
    return Table(chosen, (Column("schooljaar", "Schooljaar", "tekst"), *values, *ends), "reden", {"waarde": "n"})
