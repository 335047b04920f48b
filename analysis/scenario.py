"""The choices behind a ranking: the order of the criteria, how they weigh, which view, what is uncertain."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.needs_settings import CRITERIA, WEIGHT_SCHEMES, read_needs_settings
from analysis.weights import draw_ordered_weights, rank_order_centroid

ORDERED, LEXICOGRAPHIC, OWN = "rangorde", "lexicografisch", "eigen"
SCHEMES = (*WEIGHT_SCHEMES, LEXICOGRAPHIC, OWN)
# A view and what the columns of `mart.noden_criterium` end in.
VIEWS: Mapping[str, str] = {"absoluut": "", "onverwacht": "_onverwacht"}
UNCERTAINTIES = ("beide", "gegevens", "gewichten")
# Own weights come from screens and addresses, in a few decimals.
SUM_TOLERANCE = 1e-6


class ScenarioError(ValueError):
    """A scenario that cannot be ranked; `code` tells a screen which sentence to show.

    Codes: 'volgorde', 'gewichten', 'eigen_aantal', 'eigen_negatief', 'eigen_som', 'top_n', 'kijk', 'onzekerheid'.
    """

    def __init__(self, code: str, message: str) -> None:
        """Keep the code beside the message."""
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Scenario:
    """One set of choices for the ranking.

    - `volgorde`: the four criteria, most important first.
    - `gewichten`: 'rangorde' (all that the order tells: rank-order centroid), 'rangsom', 'gelijk',
      'lexicografisch' (the next criterion counts only where the first leaves a tie) or 'eigen'.
    - `eigen`: own weights in the order of `volgorde`, only for 'eigen'; not negative, together 1.
    - `top_n`: how many places count as the top.
    - `kijk`: 'absoluut' or 'onverwacht'.
    - `trap_eerst`: an open unfavourable advice comes before any score; False ranks on score alone.
    - `onzekerheid`: 'beide', 'gegevens' (weights as shown) or 'gewichten' (data as estimated).

    Only 'rangorde' leaves the weights open: its draws run over all weights in that order. The other schemes
    choose their weights, so weights add no uncertainty there; with `onzekerheid` 'gewichten' every draw then
    gives the same order.
    """

    volgorde: tuple[str, ...]
    gewichten: str
    eigen: tuple[float, ...] = ()
    top_n: int = 50
    kijk: str = "absoluut"
    trap_eerst: bool = True
    onzekerheid: str = "beide"


def default_scenario(settings: Mapping[str, Any]) -> Scenario:
    """Return the scenario of the settings: the one that `mart.noden` carries."""
    method = read_needs_settings(settings)
    return Scenario(volgorde=method.criteria, gewichten=method.gewichten, top_n=method.top_n)


def check_scenario(scenario: Scenario) -> None:
    """Raise ScenarioError, with a code for the screen, where the choices cannot be ranked."""
    if sorted(scenario.volgorde) != sorted(CRITERIA):
        raise ScenarioError("volgorde", f"volgorde must order {CRITERIA}, got {scenario.volgorde}")
    if scenario.gewichten not in SCHEMES:
        raise ScenarioError("gewichten", f"gewichten must be one of {SCHEMES}, got {scenario.gewichten!r}")
    if scenario.gewichten == OWN:
        _check_own_weights(scenario.eigen)
    if scenario.top_n < 1:
        raise ScenarioError("top_n", f"top_n must be at least 1, got {scenario.top_n}")
    if scenario.kijk not in VIEWS:
        raise ScenarioError("kijk", f"kijk must be one of {tuple(VIEWS)}, got {scenario.kijk!r}")
    if scenario.onzekerheid not in UNCERTAINTIES:
        raise ScenarioError("onzekerheid", f"onzekerheid must be one of {UNCERTAINTIES}, got {scenario.onzekerheid!r}")


def _check_own_weights(weights: tuple[float, ...]) -> None:
    if len(weights) != len(CRITERIA):
        raise ScenarioError("eigen_aantal", f"{len(CRITERIA)} own weights are needed, got {len(weights)}")
    if not all(math.isfinite(weight) and weight >= 0 for weight in weights):
        raise ScenarioError("eigen_negatief", f"own weights must be 0 or more, got {weights}")
    if abs(sum(weights) - 1) > SUM_TOLERANCE:
        raise ScenarioError("eigen_som", f"own weights must add up to 1, got {sum(weights)}")


def shown_weights(scenario: Scenario) -> NDArray[np.float64]:
    """Return the weights behind the shown score, in the order of `scenario.volgorde`, together 1.

    They follow from the choices alone: what anybody has or lacks changes no weight. A lexicographic order has no
    weights; its score is shown with those of the rank-order centroid.
    """
    if scenario.gewichten == OWN:
        own = np.array(scenario.eigen, dtype=np.float64)
        return own / own.sum()
    return WEIGHT_SCHEMES.get(scenario.gewichten, rank_order_centroid)(len(scenario.volgorde))


def draw_weights(scenario: Scenario, draws: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Return a (draws, criteria) array: all weights in their order where they are open, else the shown ones."""
    if scenario.gewichten == ORDERED and scenario.onzekerheid != "gegevens":
        return draw_ordered_weights(draws, len(scenario.volgorde), rng)
    return np.tile(shown_weights(scenario), (draws, 1))
