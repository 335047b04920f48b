"""One instelling: who it is, its place, its signals through the years, doorlichtingen, support, reach."""

from typing import Any

import polars as pl

from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec, column_groups, year_lines
from dashboard.components.key_figures import KeyFigure
from dashboard.figures.indicators import indicator, signal_name
from dashboard.filters import Filter
from dashboard.tables import Column, Kind, Table, table

NOTHING = ""
SIGNAL_SOURCE = "outputdossier en Vlaamse toetsen"

NO_SIGNALS = "Voor deze instelling zijn geen toetsen of outputcijfers geleverd."
NO_INSPECTIONS = "Voor deze instelling is geen doorlichting geleverd."
NO_SUPPORT = "Voor deze instelling staan geen trajecten in de verslagtool."
NOT_REACHED = "Geen enkele strategie bereikte deze instelling in dit schooljaar."
NO_EVENTS = "Er zijn nog geen gebeurtenissen voor deze instelling."


@data.derived
def institution_filter(choices: pl.DataFrame) -> Filter:
    """Return the search box over all instellingen, by name, number and gemeente; nothing chosen at first."""
    options = {NOTHING: "Kies een instelling"} | {
        row["instellingsnummer"]: _label(row) for row in choices.iter_rows(named=True)
    }
    return Filter("instelling", "Instelling", options, NOTHING)


def signal_filter(signals: pl.DataFrame) -> Filter:
    """Return the choice of the signal to draw; the code is 'indicator:reeks'. Needs one signal at least."""
    pairs = signals.select("indicator", "reeks").unique(maintain_order=True)
    options = {f"{code}:{reeks}": signal_name(code, reeks) for code, reeks in pairs.iter_rows()}
    return Filter("signaal", "Signaal", options, next(iter(options)))


def successor(choices: pl.DataFrame, number: str) -> tuple[str, str] | None:
    """Return (instellingsnummer, label) of the instelling that carries this one on, or None."""
    found = choices.filter(pl.col("instellingsnummer") == number)
    follower = choices.filter(pl.col("instellingsnummer").is_in(found["opgevolgd_door"].drop_nulls().implode()))
    if follower.is_empty():
        return None
    row = follower.row(0, named=True)
    return row["instellingsnummer"], _label(row)


def identity(profile: pl.DataFrame, predecessors: pl.DataFrame) -> str:
    """Return who the instelling is, in a few lines of Markdown."""
    row = profile.row(0, named=True)
    scholengroep = f"{row['scholengroep_nummer']} · {row['scholengroep']}"
    community = f" · {row['scholengemeenschap']}" if row["scholengemeenschap"] else ""
    lines = [
        f"## {row['naam']}",
        f"**{row['onderwijsniveau']}** in {row['gemeente'] or 'gemeente onbekend'} · "
        f"instellingsnummer {row['instellingsnummer']} · scholengroep {scholengroep}{community}",
        f"Toestand in {row['schooljaar']}: {format.number(row['aantal_leerlingen'])} leerlingen, "
        f"{format.number(row['aantal_personeelsleden'])} personeelsleden "
        f"({format.number(row['aantal_vte'], 2)} VTE), "
        f"{format.number(row['aantal_vestigingen'])} vestigingsplaats(en)",
    ]
    if predecessors.height:
        names = ", ".join(
            f"{item['naam']} ({item['instellingsnummer']}, tot {item['laatste_schooljaar']})"
            for item in predecessors.iter_rows(named=True)
        )
        lines.append(f"Zet de geschiedenis voort van: {names}")
    return "  \n".join([lines[0] + "\n", *lines[1:]])


def key_figures(profile: pl.DataFrame, standing: pl.DataFrame, schooljaar: str) -> list[KeyFigure]:
    """Return the place in the ranking, the trap, the support and the pupils' OKI."""
    who = profile.row(0, named=True)
    now = _first(standing.filter(pl.col("schooljaar") == schooljaar))
    return [
        _place(now),
        KeyFigure("Trap", _ranked(now, "trap"), _advice(now), link="noden"),
        KeyFigure(
            "Dagdelen ondersteuning",
            format.dagdelen(now["dagdelen_ondersteuning"]) if now else format.NOT_APPLICABLE,
            f"in {schooljaar}",
        ),
        KeyFigure(
            "OKI",
            format.number(who["oki"], 2),
            f"{who['oki_klasse']}, cijfer van {who['oki_schooljaar']}" if who["oki_klasse"] else None,
            definition="Onderwijskansarmoede-indicator: vier leerlingenkenmerken opgeteld, van 0 tot 4.",
        ),
    ]


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
    return table(frame, "signaal_jaar", list(heads), heads=heads, reason="reden")


@data.derived
def inspections(frame: pl.DataFrame) -> Table:
    """Return the table of doorlichtingen."""
    columns = ["datum", "soort", "advies", "uitspraak_gok", "uitspraak_llb", "datum_verslag", "is_van_kracht"]
    counts = [
        "aantal_inschalingen",
        "aantal_beneden",
        "aantal_benadert",
        "aantal_volgens",
        "aantal_overstijgt",
    ]
    heads = {"uitspraak_gok": "GOK", "uitspraak_llb": "LLB", "is_van_kracht": "Nu van kracht"}
    return table(frame, "doorlichting", columns + counts, heads=heads, missing=format.NOT_APPLICABLE)


@data.derived
def follow_up(frame: pl.DataFrame) -> Table:
    """Return the table of follow-up after a doorlichting."""
    return table(frame, "doorlichting_opvolging", frame.columns, missing=format.NOT_APPLICABLE)


@data.derived
def support(frame: pl.DataFrame) -> Table:
    """Return the table of trajecten."""
    return table(frame, "steun_instelling", frame.columns, missing=format.NOT_APPLICABLE)


@data.derived
def reach_chart(frame: pl.DataFrame, schooljaar: str) -> Chart:
    """Return participations and interventions of one schooljaar, for each strategy that reached."""
    reached = _named(frame).filter(pl.col("is_bereikt"))
    few = reached.height <= 3
    names = ", ".join(reached["naam"].str.to_lowercase()) if few else f"{reached.height} strategieën"
    spec = ChartSpec(
        f"Bereikt in {schooljaar} via {names}" if names else f"Nog niet bereikt in {schooljaar}",
        f"Kolommen met deelnames en interventies per strategie in {schooljaar}: "
        f"{format.number(reached['deelnames'].sum())} deelnames en "
        f"{format.number(reached['interventies'].sum())} interventies.",
        "inschrijvingsdatabank en verslagtool",
    )
    counts = {"deelnames": ("Deelnames", theme.BLUE), "interventies": ("Interventies", theme.AMBER)}
    return column_groups(reached, "naam", counts, spec)


@data.derived
def reach_table(frame: pl.DataFrame) -> Table:
    """Return the table of all strategies, also those that did not reach the instelling."""
    columns = ["naam", "is_bereikt", "deelnames", "deelnemers", "interventies", "dagdelen"]
    return table(_named(frame), "bereik_instelling", columns, heads={"naam": "Strategie"})


@data.derived
def timeline(frame: pl.DataFrame) -> Table:
    """Return the table of what happened, newest first."""
    return table(frame, "tijdlijn", ["datum", "soort", "titel", "detail"], missing=format.NOT_APPLICABLE)


def _label(row: dict[str, Any]) -> str:
    place = f", {row['gemeente']}" if row["gemeente"] else ""
    return f"{row['naam']} ({row['instellingsnummer']}{place})"


def _first(frame: pl.DataFrame) -> dict[str, Any]:
    return frame.row(0, named=True) if frame.height else {}


def _ranked(now: dict[str, Any], column: str) -> str:
    if not now:
        return format.NOT_APPLICABLE
    return format.MISSING if now[column] is None else str(now[column])


def _place(now: dict[str, Any]) -> KeyFigure:
    if not now:
        return KeyFigure("Plaats in de rangschikking", format.NOT_APPLICABLE, "niet gerangschikt dit schooljaar")
    if now["is_in_groepen"]:
        return KeyFigure("Bij de grootste noden", _ranked(now, "klasse"), link="noden")
    spread = f"tussen {now['rang_p05']} en {now['rang_p95']} (90 %)" if now["rang_p05"] is not None else None
    value = f"{now['rang']} van {now['aantal_gerangschikt']}"
    return KeyFigure("Plaats in de rangschikking", value, spread, link="noden")


def _advice(now: dict[str, Any]) -> str | None:
    if not now or now["advies"] is None:
        return None
    rulings = [
        name
        for name, column in (("GOK negatief", "is_gok_negatief"), ("LLB negatief", "is_llb_negatief"))
        if now[column]
    ]
    return ", ".join([f"advies {now['advies']}", *rulings])


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
    return f"{side} dan het netwerk in {last['schooljaar']}"


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


def _named(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col("strategie").replace(theme.STRATEGIE_NAAM).alias("naam"))
