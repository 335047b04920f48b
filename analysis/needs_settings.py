"""The settings of the needs ranking (table `[noden]`), read once and checked before any figure is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analysis.comparable import ComparableSettings, read_comparable_settings
from analysis.weights import equal, rank_order_centroid, rank_sum

CRITERIA = ("doorlichting", "leerresultaten", "doorstroom", "leerrecht")
# What a value is: a share of pupils (0-1), events per pupil (0 and up), or a mean in points.
PROPORTION, RATE, SCORE = "aandeel", "frequentie", "score"
WEIGHT_SCHEMES: Mapping[str, Callable[[int], NDArray[np.float64]]] = {
    "rangorde": rank_order_centroid,
    "rangsom": rank_sum,
    "gelijk": equal,
}


@dataclass(frozen=True)
class Indicator:
    """One measured sign of need: what kind of number it is, its weight and its anchors.

    `nul` and `een` are the values at which need is 0 and 1 (in the indicator's own units), `sd` the spread
    between pupils from which a missing standard error of a score is derived. `nul_onverwacht` and
    `een_onverwacht` are the anchors of the difference with what is expected; both are None for an indicator
    that plays no part in unexpected need.
    """

    criterium: str
    soort: str
    gewicht: float
    nul: float
    een: float
    sd: float | None
    nul_onverwacht: float | None
    een_onverwacht: float | None


@dataclass(frozen=True)
class NeedsSettings:
    """The whole method of the needs ranking in numbers; the comments in `settings.toml` give the reasons."""

    versie: str
    criteria: tuple[str, ...]
    gewichten: str
    jaargewichten: tuple[float, ...]
    top_n: int
    trekkingen: int
    zaad: int
    grens_duidelijk: float
    grens_mogelijk: float
    grens_rankability: float
    niveaus_met_toetsen: tuple[str, ...]
    zonder_groep: Mapping[str, float]
    zonder_groep_spreiding: float
    vergelijkbaar: ComparableSettings
    doorlichting: Mapping[str, float]
    indicatoren: Mapping[str, Indicator]

    def indicator_frame(self) -> pl.DataFrame:
        """Return the indicators as a frame, one row each, to join measurements with."""
        rows = [{"indicator": code, **vars(indicator)} for code, indicator in self.indicatoren.items()]
        return pl.DataFrame(
            rows,
            schema={
                "indicator": pl.String,
                "criterium": pl.String,
                "soort": pl.String,
                "gewicht": pl.Float64,
                "nul": pl.Float64,
                "een": pl.Float64,
                "sd": pl.Float64,
                "nul_onverwacht": pl.Float64,
                "een_onverwacht": pl.Float64,
            },
        )


def read_needs_settings(settings: Mapping[str, Any]) -> NeedsSettings:
    """Return the checked settings of the ranking from the whole settings file (root `versie`, `[noden]`).

    Raises KeyError where a setting is absent and ValueError where one cannot be right.
    """
    noden = settings["noden"]
    criteria = tuple(noden["criteria"])
    if sorted(criteria) != sorted(CRITERIA):
        raise ValueError(f"[noden] criteria must order {CRITERIA}, got {criteria}")
    if noden["gewichten"] not in WEIGHT_SCHEMES:
        raise ValueError(f"[noden] gewichten must be one of {sorted(WEIGHT_SCHEMES)}")
    if noden["trekkingen"] < 1 or noden["top_n"] < 1 or not noden["jaargewichten"]:
        raise ValueError("[noden] trekkingen and top_n must be at least 1, jaargewichten not empty")
    if min(noden["jaargewichten"]) <= 0:
        raise ValueError("[noden] jaargewichten must all be above 0")
    if not all(0 <= value <= 1 for value in noden["zonder_groep"].values()):
        raise ValueError("[noden.zonder_groep] values must lie between 0 and 1")
    return NeedsSettings(
        versie=settings["versie"],
        criteria=criteria,
        gewichten=noden["gewichten"],
        jaargewichten=tuple(float(weight) for weight in noden["jaargewichten"]),
        top_n=noden["top_n"],
        trekkingen=noden["trekkingen"],
        zaad=noden["zaad"],
        grens_duidelijk=noden["grens_duidelijk"],
        grens_mogelijk=noden["grens_mogelijk"],
        grens_rankability=noden["grens_rankability"],
        niveaus_met_toetsen=tuple(noden["niveaus_met_toetsen"]),
        zonder_groep={name: float(noden["zonder_groep"][name]) for name in CRITERIA},
        zonder_groep_spreiding=noden["zonder_groep"]["spreiding"],
        vergelijkbaar=read_comparable_settings(settings),
        doorlichting=noden["doorlichting"],
        indicatoren={code: _indicator(code, table) for code, table in noden["indicatoren"].items()},
    )


def _indicator(code: str, table: Mapping[str, Any]) -> Indicator:
    indicator = Indicator(
        criterium=table["criterium"],
        soort=table["soort"],
        gewicht=float(table["gewicht"]),
        nul=float(table["nul"]),
        een=float(table["een"]),
        sd=_optional(table, "sd"),
        nul_onverwacht=_optional(table, "nul_onverwacht"),
        een_onverwacht=_optional(table, "een_onverwacht"),
    )
    if indicator.criterium not in CRITERIA or indicator.criterium == "doorlichting":
        raise ValueError(f"[noden.indicatoren.{code}] criterium {indicator.criterium!r} takes no indicators")
    if indicator.een <= indicator.nul:
        raise ValueError(f"[noden.indicatoren.{code}] een must be above nul: higher is worse")
    _check_unexpected_anchors(code, indicator)
    if indicator.gewicht <= 0:
        raise ValueError(f"[noden.indicatoren.{code}] gewicht must be above 0")
    if indicator.soort not in (PROPORTION, RATE, SCORE):
        raise ValueError(f"[noden.indicatoren.{code}] soort must be {PROPORTION}, {RATE} or {SCORE}")
    if indicator.soort == SCORE and not (indicator.sd and indicator.sd > 0):
        raise ValueError(f"[noden.indicatoren.{code}] a score needs sd, the spread between pupils")
    return indicator


def _optional(table: Mapping[str, Any], name: str) -> float | None:
    return None if table.get(name) is None else float(table[name])


def _check_unexpected_anchors(code: str, indicator: Indicator) -> None:
    nul, een = indicator.nul_onverwacht, indicator.een_onverwacht
    if (nul is None) != (een is None):
        raise ValueError(f"[noden.indicatoren.{code}] nul_onverwacht and een_onverwacht come together")
    if nul is not None and een is not None and een <= nul:
        raise ValueError(f"[noden.indicatoren.{code}] een_onverwacht must be above nul_onverwacht")
