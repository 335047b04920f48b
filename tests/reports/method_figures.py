"""What a warehouse could say of its ranking, written out for tests of the method card."""

import datetime as dt
from typing import Any

import polars as pl

from reports.method_card import Anchor, CardFigures

ANCHORS = (
    Anchor("Zittenblijvers", "doorstroom", "1", "0,0 %", "12,0 %"),
    Anchor("Uitsluitingen per leerling", "leerrecht", "1", "0,00", "0,15"),
)
_LISTS = {
    "rangschikking": "De rangschikking op noden",
    "score": "De score zonder de trap",
    "naief": "Alleen het laatste advies, bij gelijk advies het oudste verslag eerst",
    "naief_oki": "Alleen de OKI, hoogste eerst",
}
VARIANTS = (
    "rang_gelijk", "rang_rangsom", "rang_lexicografisch", "rang_onverwacht", "rang_zonder_doorlichting",
    "rang_zonder_leerresultaten", "rang_zonder_doorstroom", "rang_zonder_leerrecht",
)  # fmt: skip


def backtest(*years: tuple[str, bool, int, dict[str, int]]) -> pl.DataFrame:
    """Return the look back: per year its schooljaar, whether the next is over, the cases, and the hits per list."""
    rows = [
        {
            "schooljaar": year, "lijst": name, "omschrijving": _LISTS[name], "top_n": 50, "instellingen": 800,
            "nieuw_ongunstig": cases, "in_top": hit, "aandeel": hit / cases if cases else None,
            "laag": 0.05 if cases else None, "hoog": 0.6 if cases else None, "is_volledig": whole,
        }
        for year, whole, cases, hits in years
        for name, hit in hits.items()
    ]  # fmt: skip
    shares = dict.fromkeys(("aandeel", "laag", "hoog"), pl.Float64)
    return pl.DataFrame(rows, schema_overrides=shares) if rows else pl.DataFrame(schema=_EMPTY)


def robustness(**stays: int) -> pl.DataFrame:
    """Return one row per other choice: how many of the first 50 stay."""
    rows = [
        {"variant": name, "instellingen": 800, "top": 50, "blijft": stay, "mediaan": 12.0, "p90": 88, "grootste": 412}
        for name, stay in stays.items()
    ]
    schema = {"variant": pl.String, "instellingen": pl.Int64, "top": pl.Int64, "blijft": pl.Int64}
    return pl.DataFrame(rows, schema=schema | {"mediaan": pl.Float64, "p90": pl.Int64, "grootste": pl.Int64})


def smallest(before: int = 9, after: int = 5) -> pl.DataFrame:
    """Return how many of the first 50 are of the smallest tenth, before and after shrinkage."""
    same = {"top_n": 50, "verwacht": 0.1, "kleinste": 78, "meeste_leerlingen": 162, "instellingen": 777}
    rows = [
        {"krimping": krimping, "in_top": count, "aandeel": count / 50} | same
        for krimping, count in (("voor", before), ("na", after))
    ]
    return pl.DataFrame(rows)


def figures(**changes: Any) -> CardFigures:
    """Return figures of a whole network: every table at its longest; `changes` replace parts."""
    hits = {"rangschikking": 3, "score": 2, "naief": 1, "naief_oki": 2}
    years = [(f"{year}-{year + 1}", True, 10, hits) for year in range(2024, 2030)]
    sources = pl.DataFrame(
        {
            "bron": ["doorlichtingen", "inschalingen", "instellingen", "outputdossier", "vlaamse toetsen"],
            "leveringen": [1, 1, 5, 130, 5],
            "ontvangen_op": [dt.date(2029, 11, 5)] * 5,
            "aanvaard": [1_244, 17_416, 3_238, 19_017, 20_959],
            "quarantaine": [5, 2, 8, 20, 12],
        }
    )
    ranked = {
        "instellingen": 805, "onvolledig": 156, "rankability": 0.9412, "is_in_groepen": False, "duidelijk": 45,
        "mogelijk": 19, "niet": 741,
    }  # fmt: skip
    whole: dict[str, Any] = {
        "schooljaar": "2029-2030", "ranked": ranked, "backtest": backtest(*years),
        "smallest": smallest(),
        "robustness": robustness(**{name: 48 - place for place, name in enumerate(VARIANTS)}), "sources": sources,
        "versie": 12, "methode_versie": "2029.1", "peildatum": dt.date(2029, 11, 21),
        "gebouwd_op": dt.datetime(2029, 11, 21, 8, 30, 12, 345678), "is_demo": True,
    }  # fmt: skip
    return CardFigures(**(whole | changes))


_EMPTY = {
    "schooljaar": pl.String, "lijst": pl.String, "omschrijving": pl.String, "top_n": pl.Int64, "instellingen": pl.Int64,
    "nieuw_ongunstig": pl.Int64, "in_top": pl.Int64, "aandeel": pl.Float64, "laag": pl.Float64, "hoog": pl.Float64,
    "is_volledig": pl.Boolean,
}  # fmt: skip
