"""Results of the network and its parts: minimum goals, levels A to E, and the line through the years."""

import polars as pl

from dashboard import data, format, theme
from dashboard.charts import Chart, ChartSpec, interval_dots, likert_bars, year_lines
from dashboard.charts.labels import wrapped_labels
from dashboard.figures.instelling_sentences import certainty
from dashboard.figures.leerresultaten import SOURCE, Chosen
from dashboard.figures.leerresultaten_spreiding import with_group_name
from dashboard.filled import filled
from dashboard.filters import ALL
from dashboard.tables import Kind, Table, table
from warehouse.settings import load_settings

ONLY_FLEMISH = "Minimumdoelen en niveaus A tot E bestaan enkel bij de Vlaamse toetsen. Kies die toets om ze te zien."
_GOALS_NOTE = (
    "Punt: deel van de leerlingen dat het minimumdoel haalt; lijn: 95 %-interval (Wilson). Totalen wegen naar "
    "deelnemers; hun interval houdt ermee rekening dat leerlingen van één school op elkaar lijken."
)
_LEVELS_NOTE = "Deel van de leerlingen per niveau, gewogen naar deelnemers; A is het hoogste niveau, E het laagste."
_LEVELS = [(f"aandeel_niveau_{letter}", f"niveau {letter.upper()}") for letter in "edcba"]
#: Institutions of one scholengroep that a chart shows at most; the table has them all.
_MOST = 30


@data.derived
def rows(institutions: pl.DataFrame, totals: pl.DataFrame, about: Chosen) -> pl.DataFrame:
    """Return what the two charts show: the network with each scholengroep, or one scholengroep with its institutions.

    Columns: label, n, aandeel_minimumdoel with its ends, aandeel_niveau_a to e, reden_minimumdoel, reden_niveau.
    """
    shares = ["aandeel_minimumdoel", "minimumdoel_laag", "minimumdoel_hoog", *(column for column, _ in _LEVELS)]
    groups = with_group_name(totals).select(
        pl.col("groep_naam").alias("label"),
        pl.col("deelnemers_minimumdoel").alias("n"),
        *shares,
        *(
            pl.when(pl.col(column).is_null()).then(pl.lit("ontbreekt")).alias(reason)
            for column, reason in (("aandeel_minimumdoel", "reden_minimumdoel"), ("aandeel_niveau_a", "reden_niveau"))
        ),
        pl.col("scholengroep_nummer"),
    )
    if about.scholengroep == ALL:
        return groups.drop("scholengroep_nummer")
    kept = groups.filter(pl.col("scholengroep_nummer").is_in([ALL, about.scholengroep])).drop("scholengroep_nummer")
    own = institutions.filter("is_gekozen").sort("aandeel_minimumdoel", "instellingsnummer", nulls_last=True)
    schools = own.select(
        # the number keeps two schools of one name apart
        filled("{} ({})", "naam", "instellingsnummer").alias("label"),
        "n",
        *shares,
        "reden_minimumdoel",
        "reden_niveau",
    )
    return pl.concat([kept, schools])


@data.derived
def goals(parts: pl.DataFrame, about: Chosen) -> Chart:
    """Return the share that reaches the minimum goals with its interval, per part."""
    known = parts.filter(pl.col("aandeel_minimumdoel").is_not_null()).head(_MOST)
    whole = known["aandeel_minimumdoel"][0] if known.height else None
    title = f"{about.heading}: {_of_whom(known, 'aandeel_minimumdoel', about, 'haalt het minimumdoel')}"
    alt = f"Deel dat het minimumdoel haalt, voor {known.height} groepen of instellingen, met 95 %-interval."
    spec = ChartSpec(title, alt, SOURCE, _GOALS_NOTE)
    return wrapped_labels(
        interval_dots(
            known, "label", "aandeel_minimumdoel", "minimumdoel_laag", "minimumdoel_hoog", spec,
            is_share=True, is_whole=True, target=whole, target_label="netwerk", value_name="haalt het minimumdoel",
        ),
        width=34,
    )  # fmt: skip


@data.derived
def levels(parts: pl.DataFrame, about: Chosen) -> Chart:
    """Return the levels A to E as bars of 100 %, lowest level to the left."""
    known = parts.filter(pl.col("aandeel_niveau_a").is_not_null()).head(_MOST)
    title = f"{about.heading}: {_of_whom(known, 'aandeel_niveau_e', about, 'zit op het laagste niveau')}"
    alt = f"Niveaus A tot E in balken van 100 % voor {known.height} groepen of instellingen."
    return wrapped_labels(likert_bars(known, "label", _LEVELS, ChartSpec(title, alt, SOURCE, _LEVELS_NOTE)), width=34)


def _of_whom(known: pl.DataFrame, column: str, about: Chosen, what: str) -> str:
    """Return the share of the chosen scholengroep, with that of the network beside it, or of the network alone."""
    if known.is_empty():
        return "geen resultaten"
    network = f"{format.percentage(known[column][0], decimals=0)} van het netwerk"
    if about.scholengroep == ALL or known.height == 1:
        return f"{network} {what}"
    own = f"{format.percentage(known[column][1], decimals=0)} van scholengroep {about.scholengroep}"
    return f"{own} {what}, {network}"


@data.derived
def parts_table(parts: pl.DataFrame) -> Table:
    """Return the data behind both charts."""
    goals_columns = ["aandeel_minimumdoel", "minimumdoel_laag", "minimumdoel_hoog"]
    columns = [column for column, _ in reversed(_LEVELS)]
    return table(
        parts,
        "toets_instelling",
        ["label", "n", *goals_columns, *columns],
        heads={"label": "Groep of instelling"},
        kinds=dict.fromkeys([*goals_columns, *columns], "aandeel"),
        reason=dict.fromkeys(goals_columns, "reden_minimumdoel") | dict.fromkeys(columns, "reden_niveau"),
        n=dict.fromkeys([*goals_columns, *columns], "n"),
    )


@data.derived
def is_comparable(history: pl.DataFrame) -> bool:
    """Return whether at least two editions with a result may stand in one line."""
    return history.filter(pl.col("is_in_reeks") & pl.col("netwerk").is_not_null()).height > 1


@data.derived
def why_no_line(history: pl.DataFrame) -> str:
    """Return the sentence that says why editions are not compared."""
    in_line = history.filter("is_in_reeks").height
    rule = next(
        (text for text in history["uitleg_reeks"] if text),
        "Voor deze toets is nog niet beslist of afnames vergeleken mogen worden.",
    )
    if in_line:
        return f"Er is nog maar één afname die vergeleken mag worden. {rule}"
    return f"Afnames van deze toets worden niet tussen jaren vergeleken. {rule}"


@data.derived
def years(history: pl.DataFrame, about: Chosen) -> Chart:
    """Return the line through the editions that may be compared."""
    shown = history.filter("is_in_reeks")
    lines = {"netwerk": ("netwerk", theme.ACCENT)}
    if about.scholengroep != ALL:
        lines = {"gekozen": (f"scholengroep {about.scholengroep}", theme.AMBER)} | lines
    lines |= {"vergelijkbaar": ("vergelijkbare scholen", theme.PURPLE)}
    if shown["vlaanderen"].drop_nulls().len():
        lines |= {"vlaanderen": ("Vlaanderen", theme.GREEN)}
    first = next(iter(lines))
    known = shown.filter(pl.col(first).is_not_null())
    written = "; ".join(f"{row['schooljaar']} {about.value(row[first])}" for row in known.iter_rows(named=True))
    spec = ChartSpec(
        _years_title(known, first, about),
        f"Lijn van {about.name} per schooljaar: {written}.",
        SOURCE,
        f"Andere leerlingen elk jaar: een klein verschil kan aan de groep liggen. {shown['uitleg_reeks'][0] or ''}",
    )
    chart = year_lines(shown, "schooljaar", lines, spec, is_share=about.is_share, decimals=1)
    if not about.is_share:
        # Points have no zero of their own: a fixed room around the lines keeps a small change small.
        values = [value for column in lines for value in shown[column].drop_nulls()]
        chart.figure.update_yaxes(range=[min(values) - 30, max(values) + 30], rangemode="normal")
    return chart


def _years_title(known: pl.DataFrame, first: str, about: Chosen) -> str:
    whose = "het netwerk" if first == "netwerk" else f"scholengroep {about.scholengroep}"
    if known.height < 2:
        return f"Hoe verandert {about.name}?"
    change = known[first][-1] - known[first][0]
    size = about.difference(change)
    if size.startswith("0 "):
        return f"{about.heading}: {whose} blijft gelijk sinds {known['schooljaar'][0]}"
    side, sure = "hoger" if change > 0 else "lager", _certainty(known, first)
    return f"{about.heading}: {whose} staat {size} {side} dan in {known['schooljaar'][0]} ({sure})"


def _certainty(known: pl.DataFrame, column: str) -> str:
    """Return how sure the change from the first year to the last is: its own 95 % interval against no change."""
    error = sum(known[f"fout_{column}"][place] ** 2 for place in (0, -1)) ** 0.5
    change = known[column][-1] - known[column][0]
    settings = load_settings()
    way = settings["interval"]["z"] * error
    return certainty(change, 0.0, change - way, change + way, settings["zinnen"])


@data.derived
def years_table(history: pl.DataFrame, about: Chosen) -> Table:
    """Return all editions, also those outside the comparison, and whether they are in it."""
    kind: Kind = "aandeel" if about.is_share else "decimaal1"
    values = ["netwerk", *(["gekozen"] if about.scholengroep != ALL else []), "vergelijkbaar"]
    values += [] if about.is_share else ["vlaanderen"]
    return table(
        history,
        "toets_netwerk",
        ["schooljaar", *values, "deelnemers", "is_in_reeks"],
        heads={"netwerk": "Netwerk", "gekozen": f"Scholengroep {about.scholengroep}"},
        kinds=dict.fromkeys(values, kind),
    )
