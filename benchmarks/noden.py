"""The ranking of needs with 10 000 draws, for today's network and ten times it, beside a plain sort of the draws."""

import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import polars as pl

from analysis.comparable import nearest_institutions
from analysis.needs import rank_needs
from analysis.needs_criteria import CRITERION_SCHEMA
from analysis.needs_scenario import default_scenario, rank_scenario
from analysis.needs_settings import CRITERIA
from analysis.robustness import rank_robustness
from benchmarks.measuring import table
from warehouse.settings import load_settings

SIZES = (766, 7_660)
YEAR = "2025-2026"
RUNS = 3
# Shares of a network as it was delivered: levels, traps, and who misses a measured criterion.
LEVELS, LEVEL_SHARES = ("BaO", "SO", "BuBaO", "BuSO", "VWO"), (0.55, 0.28, 0.06, 0.05, 0.06)
TRAPS, TRAP_SHARES = ("verplicht", "verhoogd", "regulier"), (0.03, 0.18, 0.79)
MISSING = 0.1


def measure(_: Path) -> str:
    """Return a table: each calculation, its least time of three, and its ratio to the floor of its size."""
    settings = load_settings()
    rows = []
    for size in SIZES:
        criteria, traits = _network(size)
        scores = np.random.default_rng(1).standard_normal((settings["noden"]["trekkingen"], size), dtype=np.float32)
        # No drawing, no places, no summary, and one processor only.
        floor = _least(partial(np.sort, scores, axis=1))
        rows.append([f"{size} institutions: plain sort of the draws", *_shown(floor, floor), "the floor"])
        for name, (calculation, target) in _calculations(criteria, traits, settings, size).items():
            rows.append([f"{size}: {name}", *_shown(_least(calculation), floor), target])
    heads = ["calculation", "wall", "ratio", "processor", "ratio", "target, wall"]
    return table("Ranking of needs, 10 000 draws", heads, rows)


def _calculations(
    criteria: pl.DataFrame, traits: pl.DataFrame, settings: dict[str, object], size: int
) -> dict[str, tuple[Callable[[], object], str]]:
    buren = nearest_institutions(traits, settings)
    default = default_scenario(settings)
    own = replace(default, gewichten="eigen", eigen=(0.4, 0.3, 0.2, 0.1), trap_eerst=False)
    lexicographic = replace(default, gewichten="lexicografisch")
    what_if = "0.5 s" if size == SIZES[0] else "2 s"
    return {
        "default ranking at build": (lambda: rank_needs(criteria, buren, settings), "2 s" if size == SIZES[0] else ""),
        "what if, own weights, pure score": (lambda: rank_scenario(criteria, buren, own, settings), what_if),
        "what if, lexicographic": (lambda: rank_scenario(criteria, buren, lexicographic, settings), what_if),
        "robustness, nine other choices": (lambda: rank_robustness(criteria, buren, settings), ""),
        "30 comparable institutions of each": (lambda: nearest_institutions(traits, settings), ""),
    }


def _least(calculation: Callable[[], object]) -> tuple[float, float]:
    """Return the least wall and the least processor time of a few runs: other work only makes a run slower."""
    walls, processors = [], []
    for _ in range(RUNS):
        began, busy = time.perf_counter(), time.process_time()
        calculation()
        walls.append(time.perf_counter() - began)
        processors.append(time.process_time() - busy)
    return min(walls), min(processors)


def _shown(times: tuple[float, float], floor: tuple[float, float]) -> list[str]:
    (wall, processor), (floor_wall, floor_processor) = times, floor
    return [f"{wall:.2f} s", f"{wall / floor_wall:.1f}x", f"{processor:.2f} s", f"{processor / floor_processor:.1f}x"]


def _network(size: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the criteria and the traits of a network drawn at random."""
    rng = np.random.default_rng(2025)
    institutions = pl.DataFrame(
        {
            "schooljaar": YEAR,
            "instellingsnummer": [f"{i:06d}" for i in range(size)],
            "onderwijsniveau": rng.choice(LEVELS, size, p=LEVEL_SHARES),
            "trap": rng.choice(TRAPS, size, p=TRAP_SHARES),
            "oki": rng.normal(1.2, 0.6, size).clip(0, 4),
            "aantal_leerlingen": np.exp(rng.normal(5.6, 0.6, size)).astype(np.int64),
            "schoolse_vertraging": rng.beta(3, 15, size),
        }
    )
    criteria = [_criterion(institutions, name, rng) for name in CRITERIA]
    return pl.concat(criteria), institutions.drop("trap")


def _criterion(institutions: pl.DataFrame, name: str, rng: np.random.Generator) -> pl.DataFrame:
    size = len(institutions)
    if name == CRITERIA[0]:
        score, variance = rng.choice([0.0, 0.05, 0.1, 0.2, 0.45, 0.9], size), np.zeros(size)
    else:
        score, variance = rng.normal(0.3, 0.12, size).clip(0, 1), rng.uniform(0.0005, 0.004, size)
    is_known = pl.Series(rng.random(size) >= MISSING)
    known = {"score": score, "variantie": variance, "score_onverwacht": score, "variantie_onverwacht": variance}
    return institutions.with_columns(
        criterium=pl.lit(name),
        reden=pl.when(~is_known).then(pl.lit("ontbreekt")),
        **{column: pl.when(is_known).then(pl.Series(values)) for column, values in known.items()},
    ).select(pl.col(column).cast(kind) for column, kind in CRITERION_SCHEMA.items())
