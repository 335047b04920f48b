"""The page Methode: how sure the ranking is, whether it was right, what other choices would change."""

from typing import Any

import polars as pl

from dashboard import data, format
from dashboard.charts import Chart, ChartSpec, horizontal_bars, interval_dots
from dashboard.charts.labels import wrapped_labels
from dashboard.components.key_figures import KeyFigure
from dashboard.figures.method import anchors
from dashboard.filled import filled
from dashboard.tables import Column, Kind, Table, table
from reports.method_card import CardFigures, build_card
from reports.method_findings import METHOD_LIST, SIMPLE_LISTS, backtest_words, pooled_backtest
from reports.method_words import VARIANTS, decisions, status
from reports.structure import Grid, Paper
from warehouse.queries import methode as queries
from warehouse.settings import load_settings

SOURCE = "berekend uit doorlichtingen, outputdossier en Vlaamse toetsen"
NO_BACKTEST = (
    "Er is nog geen volledig schooljaar met nieuwe ongunstige adviezen om de lijst aan te toetsen. Kies een later "
    "schooljaar, of wacht tot het volgende schooljaar afgelopen is."
)
NO_SIZES = "Van niemand in dit schooljaar zijn het aantal leerlingen en een criterium bekend."
SMALLEST_NOTE = (
    "Het kleinste tiende: een op de tien gerangschikte instellingen, de kleinste naar aantal leerlingen. Bij weinig "
    "leerlingen slaat een cijfer door toeval ver uit; krimping trekt het naar het gemiddelde van het onderwijsniveau. "
    "Geteld op score, zonder de trap: die volgt uit een doorlichting, niet uit een cijfer."
)
NO_RANKING = "Van niemand in dit schooljaar is een criterium bekend: er is niets om te rangschikken."


def card_figures(schooljaar: str) -> CardFigures:
    """Return what the warehouse says of one schooljaar, for the card."""
    version, year = data.version(), {"schooljaar": schooljaar}
    return CardFigures(
        schooljaar=schooljaar,
        ranked=data.counts_over_network(queries.ranked, **year).row(0, named=True),
        backtest=data.counts_over_network(queries.backtest, **year),
        robustness=data.counts_over_network(queries.robustness, **year, top_n=load_settings()["noden"]["top_n"]),
        smallest=data.counts_over_network(queries.smallest, **year),
        sources=data.frame(queries.sources),
        versie=version.versie,
        methode_versie=version.methode_versie,
        peildatum=version.peildatum,
        gebouwd_op=version.gebouwd_op,
        is_demo=version.is_demo,
    )


def card(figures: CardFigures) -> Paper:
    """Return the method card of one schooljaar."""
    settings = load_settings()
    return build_card(settings, anchors(settings), figures)


def key_figures(figures: CardFigures) -> list[KeyFigure]:
    """Return four key figures: what is decided, how sure, was it right, how robust."""
    settings, ranked = load_settings(), figures.ranked
    chosen = decisions(settings)
    proposals = sum(not row["beslist_door"] for row in settings["tabel"]["methode_beslissing"])
    limit = format.number(settings["noden"]["grens_rankability"], 2)
    return [
        KeyFigure(
            "Nog te beslissen", f"{proposals} van {len(chosen)}", "keuzes van de methode", definition=status(settings)
        ),
        KeyFigure(
            "Rankability",
            format.number(ranked["rankability"], 3),
            f"vanaf {limit} toont het scherm plaatsen",
            definition="Deel van de verschillen in score dat geen toeval is, van 0 tot 1.",
        ),
        _backtest_figure(figures.backtest),
        _robust_figure(figures.robustness),
    ]


@data.derived
def backtest_chart(backtest: pl.DataFrame) -> Chart:
    """Return, over the complete schooljaren, what share of the new unfavourable advice each list had in its top."""
    pooled = pooled_backtest(backtest)
    names = dict(backtest.select("lijst", "omschrijving").iter_rows())
    ordered = [code for code in names if code in pooled]
    rows = pl.DataFrame(
        {
            "label": [f"{names[code]} (n\u00a0=\u00a0{pooled[code][1]})" for code in ordered],
            "aandeel": [pooled[code][0] / pooled[code][1] for code in ordered],
            "laag": [pooled[code][2] for code in ordered],
            "hoog": [pooled[code][3] for code in ordered],
        },
        schema={"label": pl.String, "aandeel": pl.Float64, "laag": pl.Float64, "hoog": pl.Float64},
    )
    chance = backtest.filter("is_volledig").select((pl.col("top_n") / pl.col("instellingen")).mean()).item()
    title = "Was de lijst van vorig jaar juist?"
    if METHOD_LIST in pooled:
        hits, cases = pooled[METHOD_LIST][:2]
        top = format.number(backtest["top_n"][0])
        title = f"Terugblik: {hits} van {cases} nieuwe ongunstige adviezen kwamen uit de eerste {top} van de lijst"
    note = (
        "Punt: aandeel van de instellingen met een nieuw ongunstig advies (2A of 2B) dat het jaar ervoor bij de "
        "eerste van de lijst stond; lijn: 95 %-interval (Wilson); n: nieuwe ongunstige adviezen over alle volledige "
        "schooljaren samen. Toeval: wat een willekeurige lijst zou halen."
    )
    spec = ChartSpec(title, backtest_words(backtest), SOURCE, note)
    chart = interval_dots(
        rows, "label", "aandeel", "laag", "hoog", spec, is_share=True, is_whole=True, target=chance,
        target_label="toeval", value_name="aandeel in de top",
    )  # fmt: skip
    return wrapped_labels(chart)


@data.derived
def backtest_table(backtest: pl.DataFrame) -> Table:
    """Return the look back per schooljaar and list; a year that is not over yet says so."""
    shares = ("aandeel", "laag", "hoog")
    worded = backtest.with_columns(pl.when(pl.col("nieuw_ongunstig") == 0).then(pl.lit("nvt")).alias("reden"))
    return table(
        worded,
        "noden_terugblik",
        ["schooljaar", "omschrijving", "in_top", "nieuw_ongunstig", *shares, "top_n", "instellingen", "is_volledig"],
        heads={"omschrijving": "Lijst", "is_volledig": "Volgend jaar volledig"},
        reason=dict.fromkeys(shares, "reden"),
        n=dict.fromkeys(shares, "nieuw_ongunstig"),
        kinds=dict.fromkeys(shares, "aandeel"),
    )


@data.derived
def rankability_chart(rankability: pl.DataFrame, limit: float) -> Chart:
    """Return the rankability of every schooljaar against the limit under which groups are shown."""
    last = rankability.row(-1, named=True) if rankability.height else {"rankability": None}
    title, alt = "Hoeveel van de verschillen is echt?", "Niets gerangschikt."
    if last["rankability"] is not None:
        title = f"{format.percentage(last['rankability'])} van de verschillen in score is geen meetruis"
        alt = f"Rankability per schooljaar. In {last['schooljaar']}: {format.number(last['rankability'], 3)}."
    note = (
        "Rankability (hier in %): de spreiding tussen instellingen, gedeeld door die spreiding plus de meetruis. "
        f"Onder {format.percentage(limit, decimals=0)} is meer dan de helft meetruis en toont het scherm groepen in "
        "plaats van plaatsen. Het oordeel van een doorlichting telt als zonder ruis. Ze zegt niet of de gewichten "
        "juist zijn."
    )
    spec = ChartSpec(title, alt, SOURCE, note)
    rows = rankability.filter(pl.col("rankability").is_not_null())
    return horizontal_bars(
        rows, "schooljaar", "rankability", spec, is_share=True, decimals=1, target=limit, target_label="grens"
    )  # fmt: skip


@data.derived
def rankability_table(rankability: pl.DataFrame) -> Table:
    """Return the rankability of every schooljaar."""
    return table(rankability, "noden", ["schooljaar", "instellingen", "rankability", "is_in_groepen"])


@data.derived
def robustness_chart(robustness: pl.DataFrame) -> Chart:
    """Return how many institutions of the top stay in it under every other choice."""
    named = _with_variant_names(robustness)
    title, alt = "Wat veranderen andere keuzes aan de top?", "Niets gerangschikt."
    top = int(robustness["top"][0]) if robustness.height else None
    if top is not None:
        least = int(str(robustness["blijft"].min()))
        title = f"Met elke andere keuze blijven minstens {least} van de eerste {top} bij de eerste {top}"
        alt = f"Balken met hoeveel van de eerste {top} instellingen er blijven. " + " ".join(
            f"{name}: {stays}." for name, stays in named.select("keuze", "blijft").iter_rows()
        )
    note = (
        "Elke balk houdt de trap voorop en verandert één keuze. De tabel zegt ook hoeveel plaatsen instellingen "
        "opschuiven: de mediaan, wat 9 op 10 niet overschrijden, en de grootste verschuiving."
    )
    chart = horizontal_bars(named, "keuze", "blijft", ChartSpec(title, alt, SOURCE, note))
    return wrapped_labels(chart)


@data.derived
def robustness_table(robustness: pl.DataFrame) -> Table:
    """Return the numbers behind `robustness_chart`, with how far institutions move."""
    heads = {
        "keuze": "Andere keuze", "blijft": "Blijft in de top", "top": "Plaatsen in de top",
        "mediaan": "Mediaan (plaatsen)", "p90": "9 op 10 hoogstens", "grootste": "Grootste verschuiving",
        "instellingen": "Instellingen",
    }  # fmt: skip
    kinds: dict[str, Kind] = {"mediaan": "geheel", "p90": "geheel", "grootste": "geheel"}
    return table(_with_variant_names(robustness), "noden_robuustheid", [*heads], heads=heads, kinds=kinds)


@data.derived
def shifts_chart(shifts: pl.DataFrame) -> Chart:
    """Return how many institutions move how far at most, over all other choices together."""
    total = int(shifts["aantal"].sum())
    title, alt = "Hoe ver schuiven instellingen op?", "Niets gerangschikt."
    if total:
        near = int(shifts.filter(pl.col("tot") <= 25)["aantal"].sum())
        share = format.percentage(near / total, total)
        title = f"{share} van de instellingen schuift hoogstens 25 plaatsen op, welke keuze ook verandert"
        alt = f"Balken met het aantal instellingen per grootste verschuiving. {title}."
    note = (
        f"Grootste verschuiving over alle andere keuzes, van {format.number(total)} instellingen in het hele netwerk."
    )
    return horizontal_bars(_with_shift_names(shifts), "verschuiving", "aantal", ChartSpec(title, alt, SOURCE, note))


@data.derived
def shifts_table(shifts: pl.DataFrame) -> Table:
    """Return the numbers behind `shifts_chart`."""
    heads = {"verschuiving": "Grootste verschuiving", "aantal": "Instellingen"}
    return table(_with_shift_names(shifts), "noden_robuustheid", [*heads], heads=heads)


@data.derived
def smallest_table(smallest: pl.DataFrame) -> Table:
    """Return which part of the top is of the smallest tenth, before and after shrinkage."""
    shares: dict[str, Kind] = {"aandeel": "aandeel", "verwacht": "aandeel"}
    named = smallest.with_columns(
        pl.col("krimping").replace({"voor": "Zoals gemeten (voor krimping)", "na": "Rangschikking (na krimping)"})
    )
    columns = ["krimping", "in_top", "top_n", *shares, "kleinste", "meeste_leerlingen", "instellingen"]
    heads = {"krimping": "Score", "in_top": "Kleinste in de top", "verwacht": "Als grootte geen rol speelde"}
    return table(
        named, "noden_kleinste", columns, heads=heads, n={"aandeel": "top_n", "verwacht": "instellingen"}, kinds=shares
    )


@data.derived
def sources_table(sources: pl.DataFrame) -> Table:
    """Return how fresh each source of the ranking is."""
    heads = {
        "bron": "Bron", "leveringen": "Leveringen", "ontvangen_op": "Laatste op", "aanvaard": "Rijen",
        "quarantaine": "Rijen in quarantaine",
    }  # fmt: skip
    return table(sources, "levering", [*heads], heads=heads)


def grid_table(grid: Grid) -> Table:
    """Return a table of texts of the card as a table on screen."""
    names = [f"kolom_{place}" for place in range(len(grid.head))]
    frame = pl.DataFrame(list(grid.rows), schema=dict.fromkeys(names, pl.String), orient="row")
    return Table(frame, tuple(Column(name, head, "tekst") for name, head in zip(names, grid.head, strict=True)))


def _backtest_figure(backtest: pl.DataFrame) -> KeyFigure:
    pooled = pooled_backtest(backtest)
    definition = "Instellingen met een nieuw ongunstig advies die het jaar ervoor bij de eerste van de lijst stonden."
    if METHOD_LIST not in pooled:
        return KeyFigure("Terugblik", format.NOT_APPLICABLE, "nog geen volledig schooljaar", definition=definition)
    hits, cases, low, high = pooled[METHOD_LIST]
    best = max((pooled[code][0] for code in SIMPLE_LISTS if code in pooled), default=None)
    words = format.interval(low, high) + (f"; beste eenvoudige lijst: {best}" if best is not None else "")
    return KeyFigure("Terugblik", f"{hits} van {cases}", words, definition=definition)


def _robust_figure(robustness: pl.DataFrame) -> KeyFigure:
    definition = "De andere keuze die de top het meest verandert: zoveel instellingen blijven in de top."
    if robustness.is_empty():
        return KeyFigure("Blijft in de top", format.MISSING, definition=definition)
    worst: dict[str, Any] = robustness.row(robustness["blijft"].arg_min() or 0, named=True)
    words = f"{worst['blijft']} van {worst['top']}"
    return KeyFigure("Blijft in de top", words, "bij de andere keuze die het meest verandert", definition=definition)


def _with_variant_names(robustness: pl.DataFrame) -> pl.DataFrame:
    return robustness.with_columns(pl.col("variant").replace_strict(VARIANTS, return_dtype=pl.String).alias("keuze"))


def _with_shift_names(shifts: pl.DataFrame) -> pl.DataFrame:
    return shifts.with_columns(
        pl.when(pl.col("tot") == 0)
        .then(pl.lit("0 plaatsen"))
        .when(pl.col("tot").is_null())
        .then(filled("{} plaatsen of meer", "vanaf"))
        .otherwise(filled("{} tot {} plaatsen", "vanaf", "tot"))
        .alias("verschuiving")
    )
