"""What the warehouse says of the ranking itself, in sentences by fixed rules."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from analysis.intervals import wilson
from reports.method_words import VARIANTS
from reports.wording import interval, number, percentage

#: The ranking, and the simple lists it is held against, by their code in `mart.noden_terugblik`.
METHOD_LIST, SIMPLE_LISTS = "rangschikking", ("naief", "naief_oki")


def pooled_backtest(backtest: pl.DataFrame) -> dict[str, tuple[int, int, float, float]]:
    """Return per list, over the schooljaren whose next year is over: hits, cases and the 95 % Wilson interval.

    Empty where there are no cases yet. A case is an institution that newly got a 2A or 2B.
    """
    whole = backtest.filter("is_volledig").group_by("lijst").agg(pl.col("in_top", "nieuw_ongunstig").sum())
    rows = whole.filter(pl.col("nieuw_ongunstig") > 0).iter_rows()
    return {lijst: (hits, cases, *wilson(hits, cases)) for lijst, hits, cases in rows}


def backtest_words(backtest: pl.DataFrame) -> str:
    """Return in fixed words whether the ranking did better than the simple lists, and how sure that is."""
    pooled = pooled_backtest(backtest)
    if METHOD_LIST not in pooled:
        return (
            "Terugblik: er is nog geen volledig schooljaar met nieuwe ongunstige adviezen om de lijst aan te toetsen."
        )
    hits, cases, low, high = pooled[METHOD_LIST]
    size = int(backtest["top_n"][0])
    others = {lijst: pooled[lijst] for lijst in SIMPLE_LISTS if lijst in pooled}
    best = max(others.values(), default=None)
    said = (
        f"Terugblik over de volledige schooljaren: van de {number(cases)} instellingen die het jaar nadien een nieuw "
        f"ongunstig advies kregen, {'stond' if hits == 1 else 'stonden'} er {number(hits)} bij de eerste "
        f"{number(size)} ({percentage(hits / cases)}, {interval(low, high)})."
    )
    if best is None:
        return said
    compared = "meer dan" if hits > best[0] else "minder dan" if hits < best[0] else "even veel als"
    overlap = low <= best[3] and best[2] <= high
    doubt = " De intervallen overlappen: het verschil kan toeval zijn." if overlap and hits != best[0] else ""
    return (
        f"{said} Dat is {compared} de beste eenvoudige lijst ({number(best[0])} van {number(best[1])}).{doubt} "
        "Doorlichtingen gebeuren niet bij loting: de terugblik zegt hoe de lijst het deed, niet hoe goed ze is."
    )


def certainty_words(settings: Mapping[str, Any], ranked: Mapping[str, Any]) -> str:
    """Return how much of the differences is real, and how many institutions belong to each class."""
    if ranked["rankability"] is None:
        return "Van niemand in dit schooljaar is een criterium bekend: er is niets om te rangschikken."
    noise = percentage(1 - ranked["rankability"], 1)
    shown = "groepen in plaats van plaatsen" if ranked["is_in_groepen"] else "plaatsen met hun interval"
    needs = settings["noden"]
    return (
        f"Ongeveer {noise} van de verschillen in score is meetruis (rankability {number(ranked['rankability'], 3)}): "
        f"het scherm toont {shown}. Onder {number(needs['grens_rankability'], 2)} toont het groepen. Het oordeel van "
        "een doorlichting telt daarbij als zonder ruis, en of de gewichten juist zijn, zegt dit niet. "
        f"Bij de eerste {number(needs['top_n'])} horen {number(ranked['duidelijk'])} "
        f"instellingen duidelijk en {number(ranked['mogelijk'])} mogelijk."
    )


def smallest_words(smallest: pl.DataFrame) -> str:
    """Return how many of the top are of the smallest tenth, with and without shrinkage, and at random."""
    counted = {row["krimping"]: row for row in smallest.iter_rows(named=True)}
    if not counted:
        return "Kleine instellingen: van niemand zijn het aantal leerlingen en een criterium bekend."
    after, before = counted["na"], counted["voor"]
    return (
        f"Kleine instellingen: van de eerste {number(after['top_n'])} op score horen er {number(after['in_top'])} "
        f"({percentage(after['aandeel'])}) bij het kleinste tiende; zonder krimping waren dat er "
        f"{number(before['in_top'])} ({percentage(before['aandeel'])}). Speelde grootte geen rol, dan was het "
        f"{percentage(after['verwacht'])} (n = {number(after['instellingen'])})."
    )


def robustness_words(robustness: pl.DataFrame) -> str:
    """Return which other choice changes the top most."""
    if robustness.is_empty():
        return "Robuustheid: niets om te vergelijken."
    worst = robustness.row(robustness["blijft"].arg_min() or 0, named=True)
    return (
        f"Robuustheid: met elke andere keuze blijven minstens {number(worst['blijft'])} van de eerste "
        f"{number(worst['top'])} bij de eerste {number(worst['top'])}; het minst bij ‘{VARIANTS[worst['variant']]}’."
    )
