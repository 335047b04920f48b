"""How results are spread over the institutions: against references, and against chance in a funnel."""

import polars as pl

from analysis.funnel import funnel_limits
from dashboard import data, format
from dashboard.charts import Chart, ChartSpec
from dashboard.charts.funnel import LEVELS, funnel
from dashboard.charts.histogram import histogram
from dashboard.components.links import carried_filters, with_institution_address
from dashboard.figures.leerresultaten import SOURCE, Chosen
from dashboard.filled import filled
from dashboard.filters import ALL, Filter
from dashboard.tables import Table, table

_FUNNEL_NOTE = (
    "Elke punt is een instelling. Als alleen toeval speelde, lag 95 % tussen de streepjeslijnen en 99,8 % tussen de "
    "stippellijnen (Spiegelhalter 2005); hoe minder deelnemers, hoe verder ze uiteenlopen. De trechter houdt geen "
    "rekening met de leerlingen van de school: erbuiten liggen is een vraag om verder te kijken, geen oordeel."
)
NO_FUNNEL = (
    "Deze toets geeft een deel juiste antwoorden, geen deel van de leerlingen: zonder aantal leerlingen dat slaagt, "
    "kan een trechter niet zeggen wat toeval is. Kies de Vlaamse toetsen, Koala of Diataal."
)
_INSIDE = "binnen de grenzen"


def compare_filter() -> Filter:
    """Return the switch between the results themselves and their difference with like schools."""
    options = {"waarde": "Het resultaat zelf", "verschil": "Het verschil met vergelijkbare scholen"}
    return Filter("tegenover", "Spreiding van", options, "waarde")


@data.derived
def spread(institutions: pl.DataFrame, totals: pl.DataFrame, about: Chosen, against: str) -> Chart:
    """Return how the institutions are spread, the chosen scholengroep marked, against network, like and Flemish."""
    is_result = against == "waarde"
    value = "waarde" if is_result else "verschil_vergelijkbaar"
    network = totals.filter(pl.col("scholengroep_nummer") == ALL)
    now = network.row(0, named=True) if network.height else dict.fromkeys(totals.columns)
    if is_result:
        lines = {
            "netwerk": now["gemiddelde"],
            "vergelijkbare scholen": now["vergelijkbaar"],
            "Vlaanderen": now["vlaanderen"],
        }
    else:
        lines = {"gelijk met vergelijkbare scholen": 0.0}
    known = institutions.filter(pl.col(value).is_not_null())
    note = (
        "Elke kolom telt instellingen. Vergelijkbare scholen: het gemiddelde van de vergelijkbare scholen van alle "
        "instellingen samen, gewogen naar deelnemers."
        if is_result
        else "Elke kolom telt instellingen naar het verschil met hun vergelijkbare scholen; links van nul is lager."
    )
    spec = ChartSpec(_spread_title(known, about, is_result), _spread_alt(known, lines, about, value), SOURCE, note)
    return histogram(
        known.with_columns(pl.col("is_gekozen").fill_null(False)),
        value,
        "is_gekozen",
        spec,
        names=(
            f"scholengroep {about.scholengroep}",
            "andere instellingen" if about.scholengroep != ALL else "instellingen",
        ),
        lines=lines,
        is_share=about.is_share,
        unit="",
    )


@data.derived
def spread_table(totals: pl.DataFrame, about: Chosen) -> Table:
    """Return the spread in numbers: the network, and each scholengroep."""
    kind = "aandeel" if about.is_share else "decimaal1"
    values = ["gemiddelde", "p10", "p25", "mediaan", "p75", "p90", "vergelijkbaar", "vlaanderen"]
    shown = values if totals["vlaanderen"].drop_nulls().len() else values[:-1]
    columns = ["groep_naam", "instellingen", "met_resultaat", "deelnemers", *shown, "duidelijk_lager", "vergeleken"]
    return table(
        with_group_name(totals),
        "toets_netwerk",
        columns,
        heads={"groep_naam": "Groep"},
        kinds=dict.fromkeys(values, kind),  # type: ignore[arg-type]
    )


def with_group_name(totals: pl.DataFrame) -> pl.DataFrame:
    """Return the totals with `groep_naam`: 'Netwerk', or number and name of the scholengroep."""
    named = filled("{} · {}", "scholengroep_nummer", pl.col("scholengroep").fill_null(""))
    return totals.with_columns(
        pl.when(pl.col("scholengroep_nummer") == ALL).then(pl.lit("Netwerk")).otherwise(named).alias("groep_naam")
    )


def has_funnel(about: Chosen) -> bool:
    """Return whether the result holds a share of pupils, that a funnel can be drawn of."""
    return about.toets != "OVSG"


@data.derived
def funnel_chart(institutions: pl.DataFrame, about: Chosen) -> Chart:
    """Return the share of pupils that reaches the minimum goals (or zone, or level) against the number of pupils."""
    rows, share = _funnel_rows(institutions, about)
    target = _mean(rows, share)
    outside = rows.filter(pl.col("plaats") != _INSIDE)
    chance = format.number((1 - LEVELS[0]) * rows.height)
    found = format.counted(outside.height, "instelling van het netwerk", "instellingen van het netwerk")
    title = f"{about.heading}: {found} buiten de 95 %-grenzen; door toeval alleen ongeveer {chance}"
    below, above = (outside.filter(pl.col("plaats").str.starts_with(side)).height for side in ("onder", "boven"))
    alt = (
        f"Trechter van {rows.height} instellingen van het netwerk: {below} liggen onder de 95 %-grens, {above} erboven."
    )
    return funnel(
        rows,
        "n",
        share,
        "naam",
        "is_gekozen",
        target if target is not None else 0.5,
        ChartSpec(title, alt, SOURCE, f"{_share_words(about)}. {_FUNNEL_NOTE}"),
        names=(
            f"scholengroep {about.scholengroep}",
            "andere instellingen" if about.scholengroep != ALL else "instellingen",
        ),
        size_title="deelnemers",
        target_name="netwerk",
    )


def funnel_table(institutions: pl.DataFrame, about: Chosen) -> Table:
    """Return the points of the funnel, with the limits for their size and where they lie; lowest first."""
    return _funnel_table(institutions, about, carried_filters())


@data.derived
def _funnel_table(institutions: pl.DataFrame, about: Chosen, carried: str) -> Table:
    rows, share = _funnel_rows(institutions, about)
    columns = [
        "naam",
        "n",
        share,
        "grens_95_laag",
        "grens_95_hoog",
        "grens_998_laag",
        "grens_998_hoog",
        "plaats",
        "scholengroep",
    ]
    limits = [column for column in columns if column.startswith("grens")]
    return table(
        with_institution_address(rows.sort(share, "instellingsnummer"), carried),
        "toets_instelling",
        columns,
        heads={
            share: _share_words(about),
            "grens_95_laag": "95 %, onder",
            "grens_95_hoog": "95 %, boven",
            "grens_998_laag": "99,8 %, onder",
            "grens_998_hoog": "99,8 %, boven",
            "plaats": "Tegenover het netwerk",
        },
        kinds=dict.fromkeys([*limits, share], "aandeel"),
        n={share: "n"},
        links={"naam": "adres"},
    )


def _funnel_rows(institutions: pl.DataFrame, about: Chosen) -> tuple[pl.DataFrame, str]:
    share = "waarde" if about.is_share else "aandeel_minimumdoel"
    rows = institutions.filter(pl.col(share).is_not_null() & (pl.col("n") > 0))
    target = _mean(rows, share)
    limits = [funnel_limits(rows["n"].to_numpy(), target if target is not None else 0.5, level) for level in LEVELS]
    (low95, high95), (low998, high998) = limits
    framed = rows.with_columns(
        pl.Series("grens_95_laag", low95), pl.Series("grens_95_hoog", high95),
        pl.Series("grens_998_laag", low998), pl.Series("grens_998_hoog", high998),
        pl.col("is_gekozen").fill_null(False),
    )  # fmt: skip
    place = (
        pl.when(pl.col(share) < pl.col("grens_998_laag")).then(pl.lit("onder de 99,8 %-grens"))
        .when(pl.col(share) > pl.col("grens_998_hoog")).then(pl.lit("boven de 99,8 %-grens"))
        .when(pl.col(share) < pl.col("grens_95_laag")).then(pl.lit("onder de 95 %-grens"))
        .when(pl.col(share) > pl.col("grens_95_hoog")).then(pl.lit("boven de 95 %-grens"))
        .otherwise(pl.lit(_INSIDE))
    )  # fmt: skip
    return framed.with_columns(place.alias("plaats")), share


def _mean(rows: pl.DataFrame, share: str) -> float | None:
    persons = float(rows["n"].sum())
    return float((rows[share] * rows["n"]).sum()) / persons if persons else None


def _share_words(about: Chosen) -> str:
    words = {"Koala": "Deel in de groene zone", "Diataal": "Deel op of boven het niveau"}
    return words.get(about.toets, "Deel dat het minimumdoel haalt")


def _spread_title(known: pl.DataFrame, about: Chosen, is_result: bool) -> str:
    low = known.filter(pl.col("zekerheid") == "duidelijk lager").height
    if is_result:
        return f"Hoe verschillen instellingen op {about.name}?"
    found = format.counted(low, "instelling", "instellingen")
    return f"{about.heading}: {found} duidelijk lager dan vergelijkbare scholen"


def _spread_alt(known: pl.DataFrame, lines: dict[str, float | None], about: Chosen, value: str) -> str:
    if known.is_empty():
        return "Geen resultaten."
    low, high = (about.value(known[value].quantile(share, "linear")) for share in (0.1, 0.9))
    beside = ", ".join(f"{name} {about.value(at)}" for name, at in lines.items() if at is not None)
    own = known.filter(pl.col("is_gekozen").fill_null(False)).height
    marked = f" {own} van scholengroep {about.scholengroep} zijn gemarkeerd." if about.scholengroep != ALL else ""
    return f"{known.height} instellingen; acht op tien liggen tussen {low} en {high}. Lijnen: {beside}.{marked}"
