"""What stands behind the score of one instelling: criteria, indicators, and what is missing and why."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec, horizontal_bars
from dashboard.figures import instelling_sentences as sentences
from dashboard.figures.indicators import indicator, signal_name
from dashboard.tables import Column, Kind, Table, table
from warehouse.settings import load_settings

SOURCE = "doorlichtingen, outputdossier en Vlaamse toetsen (PBD 5.6.1)"
INDICATORS_NOTE = (
    "Waarde: over hoogstens drie schooljaren, het laatste weegt het zwaarst; hoger is een grotere nood. n: "
    "leerlingen. Vergelijkbaar: het geleverde cijfer van vergelijkbare scholen, anders het gemiddelde van die op "
    "deze pagina. Netwerk: alle instellingen van hetzelfde onderwijsniveau. Vergelijking: volgens de regels van de "
    "zinnen bovenaan. Bijdrage: wat deze rij aan de score toevoegt."
)
MISSING_NOTE = (
    "Ontbreekt: niet geleverd. Beschermd: het cijfer bestaat, maar is te klein om te tonen. N.v.t.: bestaat hier niet."
)
NOTHING_MISSING = "Er ontbreekt niets: elk criterium en elke indicator van dit onderwijsniveau heeft een cijfer."
_NOT_RANKED = "Deze instelling is in dit schooljaar niet gerangschikt."
_NO_SCORE = "Deze instelling heeft geen score: er is niets te tekenen."
NO_INDICATORS = "Voor deze instelling zijn in dit schooljaar geen indicatoren berekend."
_CRITERIA_NOTE = (
    "Bijdrage: de score van het criterium maal zijn gewicht. Geschat (grijs): zonder eigen gegevens telt het "
    "gemiddelde van vergelijkbare instellingen (bij te weinig: van het onderwijsniveau), of een vaste waarde waar het "
    "hele onderwijsniveau er geen heeft."
)
_WHY = {
    "ontbreekt": "Niet geleverd voor deze instelling.",
    "beschermd": "Geleverd als < 5: het cijfer bestaat, maar gaat over te weinig leerlingen.",
    "nvt": "Bestaat niet voor dit onderwijsniveau.",
}


@data.derived
def contribution_chart(criteria: pl.DataFrame, standing: pl.DataFrame, schooljaar: str) -> Chart:
    """Return what each criterion contributes to the score of one schooljaar."""
    rows = _with_contributions(criteria, standing, schooljaar)
    label = pl.col("naam") + pl.when(pl.col("score").is_null()).then(pl.lit(" (geschat)")).otherwise(pl.lit(""))
    shown = rows.filter(pl.col("bijdrage").is_not_null()).with_columns(label.alias("label"))
    colours = {
        row["label"]: theme.NEUTRAL if row["score"] is None else theme.CRITERIUM[row["criterium"]]
        for row in shown.iter_rows(named=True)
    }
    spec = ChartSpec(_contribution_title(shown, standing, schooljaar), _finding(shown), SOURCE, _CRITERIA_NOTE)
    return horizontal_bars(shown, "label", "bijdrage", spec, colours=colours, decimals=2)


def nothing_to_draw(standing: pl.DataFrame, schooljaar: str) -> str:
    """Return why there are no contributions to draw."""
    return _NOT_RANKED if standing.filter(schooljaar=schooljaar).is_empty() else _NO_SCORE


@data.derived
def criteria_table(criteria: pl.DataFrame, standing: pl.DataFrame, schooljaar: str) -> Table:
    """Return the data behind the chart: score of each criterion, of comparable instellingen, of the network."""
    rows = _with_contributions(criteria, standing, schooljaar)
    columns = (
        Column("naam", "Criterium", "tekst"),
        Column("score", "Score (0-1)", "decimaal2"),
        Column("vergelijkbaar", "Vergelijkbare scholen", "decimaal2"),
        Column("netwerk", "Netwerk, zelfde niveau", "decimaal2"),
        Column("bijdrage", "Bijdrage", "decimaal2"),
    )
    return Table(rows, columns, {"score": "reden"}, missing=format.NOT_APPLICABLE)


@data.derived
def indicator_table(indicators: pl.DataFrame, schooljaar: str) -> Table:
    """Return one row per indicator and series: value, interval, year, n, comparisons, contribution, and the verdict."""
    limits = load_settings()["zinnen"]
    order = {criterium: place for place, criterium in enumerate(theme.CRITERIUM)}
    ordered = sorted(indicators.iter_rows(named=True), key=lambda row: order.get(row["criterium"], len(order)))
    rows = [_indicator_row(row, schooljaar, limits) for row in ordered]
    texts = dict.fromkeys(("criterium", "indicator", "waarde", "interval", "vergelijkbaar", "netwerk"), pl.String)
    schema = {**texts, "oordeel": pl.String, "laatste_meetjaar": pl.String, "n": pl.Int64}
    frame = pl.DataFrame(
        rows, schema={**schema, "score": pl.Float64, "bijdrage": pl.Float64, "reden": pl.String, "geen": pl.String}
    )
    heads = {
        "criterium": "Criterium",
        "indicator": "Indicator",
        "waarde": "Waarde",
        "interval": "95 %-interval",
        "n": "n",
        "laatste_meetjaar": "Meting",
        "vergelijkbaar": "Vergelijkbaar",
        "netwerk": "Netwerk",
        "oordeel": "Vergelijking",
        "bijdrage": "Bijdrage",
        "score": "Score (0-1)",
    }
    kinds: dict[str, Kind] = {"score": "decimaal2", "bijdrage": "decimaal2"}
    reasons = dict.fromkeys(("laatste_meetjaar", "n", "score", "bijdrage"), "reden")
    widths = {
        "criterium": 100, "indicator": 304, "waarde": 64, "interval": 138, "n": 46, "laatste_meetjaar": 80,
        "vergelijkbaar": 92, "netwerk": 66, "oordeel": 164, "bijdrage": 68, "score": 80,
    }  # fmt: skip
    return table(frame, "noden_indicator", list(heads), heads=heads, kinds=kinds, reason=reasons, widths=widths)


@data.derived
def missing_table(
    criteria: pl.DataFrame, indicators: pl.DataFrame, process: pl.DataFrame, niveau: str, schooljaar: str
) -> Table:
    """Return what has no figure, and why: one row per criterion, indicator or source."""
    names = {code: code.capitalize() for code in theme.CRITERIUM}
    rows = [
        (f"Criterium {names[row['criterium']].lower()}", row["reden"], _WHY.get(row["reden"], ""))
        for row in criteria.iter_rows(named=True)
        if row["score"] is None
    ]
    rows += [
        (signal_name(row["indicator"], row["reeks"]), row["reden"], _WHY.get(row["reden"], ""))
        for row in indicators.iter_rows(named=True)
        if row["reden"] is not None
    ]
    if process.filter(pl.col("schooljaar") == schooljaar).is_empty():
        why = "De school schaalde zich in dit schooljaar niet in, of het bestand is niet geleverd."
        rows.append(("Procesindicatoren GO! 2030 in beeld", "ontbreekt", why))
    rows += [
        (indicator(item["indicator"]).name, "nvt", _WHY["nvt"])
        for item in load_settings()["tabel"]["indicator_niveau"]
        if niveau not in item["onderwijsniveaus"]
    ]
    frame = pl.DataFrame(
        rows,
        schema=["wat", "reden", "waarom"],
        orient="row",
        schema_overrides=dict.fromkeys(("wat", "reden", "waarom"), pl.String),
    ).with_columns(pl.col("reden").replace(format.REASONS))
    columns = (
        Column("wat", "Wat heeft geen cijfer", "tekst"),
        Column("reden", "Reden", "tekst"),
        Column("waarom", "Uitleg", "tekst"),
    )
    return Table(frame, columns, widths={"wat": 420, "reden": 110, "waarom": 520})


def _with_contributions(criteria: pl.DataFrame, standing: pl.DataFrame, schooljaar: str) -> pl.DataFrame:
    """Return the criteria in order of importance, with `naam` and `bijdrage` (null where not ranked)."""
    of_year = standing.filter(pl.col("schooljaar") == schooljaar)
    ranked: Mapping[str, Any] = of_year.row(0, named=True) if of_year.height else {}
    own = {row["criterium"]: row for row in criteria.iter_rows(named=True)}
    rows = [
        {"naam": code.capitalize(), **own[code], "bijdrage": ranked.get(f"bijdrage_{code}")}
        for code in theme.CRITERIUM
        if code in own
    ]
    numbers = dict.fromkeys(("score", "vergelijkbaar", "netwerk", "bijdrage"), pl.Float64)
    return pl.DataFrame(rows, schema={"naam": pl.String, "criterium": pl.String, **numbers, "reden": pl.String})


def _contribution_title(shown: pl.DataFrame, standing: pl.DataFrame, schooljaar: str) -> str:
    if shown.is_empty():
        return "Waar komt de score vandaan?"
    total = standing.filter(pl.col("schooljaar") == schooljaar)["score"][0]
    most = shown.sort("bijdrage", descending=True, maintain_order=True).row(0, named=True)
    if most["score"] is None:
        estimated = shown["score"].is_null()
        if estimated.all():
            return f"De score van {format.number(total, 2)} rust volledig op schattingen: geen enkel eigen gegeven"
        own = shown.filter(~estimated)["bijdrage"].sum()
        return (
            f"De score rust vooral op schattingen: {format.number(own, 2)} van {format.number(total, 2)} komt van "
            "eigen gegevens"
        )
    return (
        f"{most['naam']} draagt het meest bij aan de score: {format.number(most['bijdrage'], 2)} van "
        f"{format.number(total, 2)}"
    )


def _finding(rows: pl.DataFrame) -> str:
    words = [
        f"{row['naam']} {format.number(row['bijdrage'], 2)}"
        + (f" (geschat, eigen cijfer {format.reason(row['reden'])})" if row["score"] is None else "")
        for row in rows.iter_rows(named=True)
    ]
    return f"Balken met de bijdrage van elk criterium aan de score: {', '.join(words)}." if words else "Geen criteria."


def _indicator_row(row: dict[str, Any], schooljaar: str, limits: Mapping[str, Any]) -> dict[str, Any]:
    meaning = indicator(row["indicator"])
    return {
        "criterium": row["criterium"].capitalize(),
        "indicator": _row_name(row["indicator"], row["reeks"]),
        "waarde": meaning.write(row["waarde"], row["n"], format.reason(row["reden"])),
        "interval": _interval(row, meaning.unit),
        "vergelijkbaar": meaning.write(row["verwacht"], None),
        "netwerk": meaning.write(row["netwerk_gemiddelde"], None),
        "oordeel": _verdict(row, schooljaar, limits),
        "laatste_meetjaar": row["laatste_meetjaar"],
        "n": row["n"],
        "score": row["score"],
        "bijdrage": row["bijdrage"],
        "reden": row["reden"],
    }


def _interval(row: dict[str, Any], unit: str) -> str:
    low, high = row["laag"], row["hoog"]
    if low is None or high is None:
        return format.reason(row["reden"])
    if unit == "aandeel":
        return format.interval(low, high, row["n"])
    decimals = 0 if unit == "punten" else 2
    return f"tussen {format.number(low, decimals)} en {format.number(high, decimals)}"


def _verdict(row: dict[str, Any], schooljaar: str, limits: Mapping[str, Any]) -> str:
    """Return the verdict of the sentence of this row in a few words; one comparison, one verdict."""
    found = sentences.signal(row, schooljaar, limits)
    if found is None:
        # No sentence of a difference that rounds to nothing; there is a comparison all the same.
        return sentences.CHANCE if sentences.held_against(row, limits) else "geen vergelijking"
    if found.verdict in (sentences.CHANCE, sentences.UNKNOWN):
        return found.verdict
    sureness = "duidelijk" if found.verdict == sentences.CLEAR else "mogelijk"
    return f"{sureness} {'minder gunstig' if found.is_unfavourable else 'gunstiger'}"


def _row_name(code: str, reeks: str) -> str:
    """Return the name of an indicator in a narrow column: 'wiskunde 2SO-B: haalt het minimumdoel niet'."""
    name = indicator(code).name
    test = "Vlaamse toetsen: "
    return (
        f"{sentences.series_name(reeks)}: {name.removeprefix(test)}"
        if name.startswith(test)
        else signal_name(code, reeks)
    )
