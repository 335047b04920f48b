"""One instelling: who it is, its place, its signals through the years, doorlichtingen, support, reach."""

from typing import Any

import polars as pl

from analysis.intervals import wilson
from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec, year_lines
from dashboard.charts.groups import bar_groups
from dashboard.components.key_figures import KeyFigure
from dashboard.figures.comparison import change_text, now_and_before, since_year
from dashboard.figures.indicators import indicator, signal_name
from dashboard.figures.strategies import with_strategy_name
from dashboard.filters import Filter
from dashboard.tables import Column, Kind, Table, table

NOTHING = ""
SIGNAL_SOURCE = "outputdossier en Vlaamse toetsen"

REACH_SOURCE = "inschrijvingsdatabank en verslagtool"
_SIGNAL_NOTE = (
    "Hoger is een grotere nood. Netwerk: alle instellingen van hetzelfde onderwijsniveau. Duidelijk verschil: het "
    "netwerk ligt buiten het 95 %-interval van de instelling."
)
_TRAP_MEANING = "Verplicht: advies 2A of 2B, of een negatieve uitspraak over GOK of LLB. Verhoogd: advies 1B."
_SCORE_MEANING = "Som van wat de vier criteria bijdragen, van 0 tot 1. Een criterium zonder gegevens telt niet als nul."
SIGNALS_NOTE = "Bij elk signaal is hoger een grotere nood. Netwerk: alle instellingen van hetzelfde onderwijsniveau."
INSPECTIONS_NOTE = "Beneden, benadert, volgens, overstijgt: hoeveel kwaliteitsverwachtingen zo ingeschaald zijn."
FOLLOW_UP_NOTE = "Voorzien: de dagdelen die het begeleidingsplan per jaar van de opvolging vraagt (PBD 4.4)."
SUPPORT_NOTE = "Een rij per traject en schooljaar. Besteed: dagdelen van de interventies in dat schooljaar."
#: The onderwijsniveaus whose pupils make up an OKI, and those that have no pupils of their own.
_WITH_OKI = frozenset({"BaO", "BuBaO", "SO", "BuSO"})
_WITHOUT_PUPILS = frozenset({"CLB", "LSC"})

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


@data.derived
def signal_filter(signals: pl.DataFrame) -> Filter:
    """Return the choice of the signal to draw; the code is 'indicator:reeks'. Needs one signal at least."""
    pairs = signals.select("indicator", "reeks").unique(maintain_order=True)
    options = {f"{code}:{reeks}": signal_name(code, reeks) for code, reeks in pairs.iter_rows()}
    return Filter("signaal", "Signaal", options, next(iter(options)))


@data.derived
def successor(choices: pl.DataFrame, number: str) -> tuple[str, str] | None:
    """Return (instellingsnummer, label) of the instelling that carries this one on, or None."""
    found = choices.filter(pl.col("instellingsnummer") == number)
    follower = choices.filter(pl.col("instellingsnummer").is_in(found["opgevolgd_door"].drop_nulls().implode()))
    if follower.is_empty():
        return None
    row = follower.row(0, named=True)
    return row["instellingsnummer"], _label(row)


def shown_year(profile: pl.DataFrame) -> str:
    """Return the schooljaar that the page shows: of an instelling that is gone the last one of its own."""
    return str(profile["schooljaar"][0])


def gone_notice(profile: pl.DataFrame, schooljaar: str) -> str | None:
    """Return the sentence that says that the instelling was gone before the chosen schooljaar, or None."""
    last = shown_year(profile)
    if last == schooljaar:
        return None
    return f"Deze instelling staat niet op de lijst van {schooljaar}. Getoond wordt haar laatste schooljaar: {last}."


@data.derived
def identity(profile: pl.DataFrame, predecessors: pl.DataFrame) -> str:
    """Return who the instelling is, in a few lines of Markdown."""
    row = profile.row(0, named=True)
    scholengroep = f"{row['scholengroep_nummer']} · {row['scholengroep']}"
    community = f" · {row['scholengemeenschap']}" if row["scholengemeenschap"] else ""
    lines = [
        f"## {row['naam']}",
        f"**{row['onderwijsniveau']}** in {row['gemeente'] or 'gemeente onbekend'} · "
        f"instellingsnummer {row['instellingsnummer']} · scholengroep {scholengroep}{community}",
        f"Toestand in {row['schooljaar']}: {_pupils(row)}, "
        f"{_counted(row['aantal_personeelsleden'], 'personeelslid', 'personeelsleden')} "
        f"({format.number(row['aantal_vte'], 2)} VTE), "
        f"{_counted(row['aantal_vestigingen'], 'vestigingsplaats', 'vestigingsplaatsen')}",
    ]
    if predecessors.height:
        names = ", ".join(
            f"{item['naam']} ({item['instellingsnummer']}, tot {item['laatste_schooljaar']})"
            for item in predecessors.iter_rows(named=True)
        )
        lines.append(f"Zet de geschiedenis voort van: {names}")
    return "  \n".join([lines[0] + "\n", *lines[1:]])


@data.derived
def key_figures(profile: pl.DataFrame, standing: pl.DataFrame, schooljaar: str) -> list[KeyFigure]:
    """Return the place in the ranking, the trap, the score, the support and the pupils' OKI."""
    who = profile.row(0, named=True)
    now, before = now_and_before(standing.filter(pl.col("schooljaar") <= schooljaar))
    if now["schooljaar"] != schooljaar:
        now, before = {}, now
    return [
        _place(now),
        KeyFigure("Trap", _ranked(now, "trap"), _advice(now), definition=_TRAP_MEANING),
        KeyFigure("Score", _score(now), _contributions(now), definition=_SCORE_MEANING),
        KeyFigure(
            "Dagdelen ondersteuning",
            format.dagdelen(now["dagdelen_ondersteuning"]) if now else format.NOT_APPLICABLE,
            _support_change(now, before) or f"in {schooljaar}",
            definition="Dagdelen van alle interventies in het schooljaar.",
        ),
        KeyFigure(
            "OKI",
            format.number(who["oki"], 2, missing=_unless(who, _WITH_OKI)),
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
    named = frame.with_columns(pl.col("soort").replace({"vt": "verandertraject", "plg": "PLG"}))
    return table(named, "steun_instelling", frame.columns, missing=format.NOT_APPLICABLE)


@data.derived
def reach_chart(frame: pl.DataFrame, schooljaar: str) -> Chart:
    """Return participations and interventions of one schooljaar, for each strategy that reached."""
    reached = with_strategy_name(frame).filter(pl.col("is_bereikt"))
    few = reached.height <= 3
    names = ", ".join(reached["strategie_naam"].str.to_lowercase()) if few else f"{reached.height} strategieën"
    spec = ChartSpec(
        f"Bereikt in {schooljaar} via {names}" if names else f"Nog niet bereikt in {schooljaar}",
        f"Balken met deelnames en interventies per strategie in {schooljaar}: "
        f"{format.number(reached['deelnames'].sum())} deelnames en "
        f"{format.number(reached['interventies'].sum())} interventies.",
        REACH_SOURCE,
        "Een deelname is één persoon in één activiteit; een interventie is één bezoek in een traject.",
    )
    counts = {"deelnames": ("Deelnames", theme.BLUE), "interventies": ("Interventies", theme.AMBER)}
    worded = reached.with_columns(
        pl.when(pl.col("deelnames") > 0).then("deelnames"), pl.when(pl.col("interventies") > 0).then("interventies")
    )
    return bar_groups(worded, "strategie_naam", counts, spec)


@data.derived
def reach_table(frame: pl.DataFrame) -> Table:
    """Return the table of all strategies, also those that did not reach the instelling."""
    columns = ["strategie_naam", "is_bereikt", "deelnames", "deelnemers", "interventies", "dagdelen"]
    return table(with_strategy_name(frame), "bereik_instelling", columns, heads={"strategie_naam": "Strategie"})


@data.derived
def timeline(frame: pl.DataFrame) -> Table:
    """Return the table of what happened, newest first."""
    return table(frame, "tijdlijn", ["datum", "soort", "titel", "detail"], missing=format.NOT_APPLICABLE)


def _label(row: dict[str, Any]) -> str:
    place = f", {row['gemeente']}" if row["gemeente"] else ""
    return f"{row['naam']} ({row['instellingsnummer']}{place})"


def _counted(value: int | None, one: str, more: str) -> str:
    if value is None:
        return f"aantal {more} {format.MISSING}"
    return f"{format.number(value)} {one if value == 1 else more}"


def _pupils(row: dict[str, Any]) -> str:
    if row["aantal_leerlingen"] is None and row["onderwijsniveau"] in _WITHOUT_PUPILS:
        return f"leerlingen {format.NOT_APPLICABLE}"
    return _counted(row["aantal_leerlingen"], "leerling", "leerlingen")


def _unless(who: dict[str, Any], niveaus: frozenset[str]) -> str:
    """Return the word for a missing value: it is missing only where the niveau should have it."""
    return format.MISSING if who["onderwijsniveau"] in niveaus else format.NOT_APPLICABLE


def _ranked(now: dict[str, Any], column: str) -> str:
    if not now:
        return format.NOT_APPLICABLE
    return format.MISSING if now[column] is None else str(now[column])


def _place(now: dict[str, Any]) -> KeyFigure:
    if not now:
        return KeyFigure("Plaats in de rangschikking", format.NOT_APPLICABLE, "niet gerangschikt in dit schooljaar")
    if now["is_in_groepen"]:
        return KeyFigure("Bij de grootste noden", _ranked(now, "klasse"), link="noden")
    low, high, earlier = now["rang_p05"], now["rang_p95"], now["rang_vorig"]
    words = []
    if low is not None and high is not None:
        words.append(f"90 %-interval: {low:.0f}" if low == high else f"90 %-interval: {low:.0f} tot {high:.0f}")
    if earlier is not None:
        words.append(f"vorig schooljaar plaats {earlier}")
    value = f"{now['rang']} van {now['aantal_gerangschikt']}"
    return KeyFigure(
        "Plaats in de rangschikking",
        value,
        "; ".join(words) or None,
        definition="Plaats 1 heeft de grootste nood, binnen het hele netwerk.",
        link="noden",
    )


def _score(now: dict[str, Any]) -> str:
    return format.number(now["score"], 2) if now else format.NOT_APPLICABLE


def _contributions(now: dict[str, Any]) -> str | None:
    """Return what each criterion contributes to the score; a criterion without data is said to be missing."""
    if not now:
        return None
    own = [name for name in theme.CRITERIUM if name not in now["ontbreekt"]]
    words = [f"{name} {format.number(now[f'bijdrage_{name}'], 2)}" for name in own]
    if now["ontbreekt"]:
        words.append(f"{' en '.join(now['ontbreekt'])} {format.MISSING} (gemiddelde van vergelijkbare instellingen)")
    return ", ".join(words)


def _support_change(now: dict[str, Any], before: dict[str, Any]) -> str | None:
    if not now:
        return None
    spent = "dagdelen_ondersteuning"
    return change_text(now[spent], before[spent], since_year(now, before), decimals=1)


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
    return f"{_difference(last)}{side} dan het netwerk in {last['schooljaar']}{_certainty(last)}"


def _difference(row: dict[str, Any]) -> str:
    if indicator(row["indicator"]).unit != "aandeel":
        return ""
    return f"{format.number(abs(row['waarde'] - row['netwerk']) * 100)} procentpunt "


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
