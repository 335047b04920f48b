"""Which answers a figure shows: those of a moment that differs from everything shown before by enough respondents."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import polars as pl

STAND_SCHEMA = pl.Schema(
    {
        "schooljaar": pl.String(),
        "strategie": pl.String(),
        "vraag": pl.String(),
        "stand": pl.Int32(),
        "is_wachtend": pl.Boolean(),
    }
)
_NEVER = np.iinfo(np.int32).max


def shown_moment(
    group: np.ndarray, begin: np.ndarray, end: np.ndarray, answers: np.ndarray, limit: int
) -> tuple[int | None, bool]:
    """Return the moment whose answers are shown (None: of too few), and whether those of now are others.

    The arrays have an entry per time in which the answers of a group counted, from `begin` until `end` (an int32
    maximum: still); `answers` is how many the group has. Moments are gone through in order. Under the limit nothing
    is shown. Else a moment is shown when it is the same as one shown before, or differs from each of those by `limit`
    respondents or more: who came, or who went or changed, whichever are more. So the difference of two versions is
    never about fewer. Otherwise what was shown stays.
    """
    names, first = np.unique(group, return_index=True)
    size = answers[first]
    moments = np.unique(np.concatenate([begin, end[end < _NEVER]]))
    counts = np.zeros((len(moments), len(names)), dtype=bool)
    for place, name in enumerate(names):
        own = group == name
        counts[:, place] = ((begin[own] <= moments[:, None]) & (end[own] > moments[:, None])).any(axis=1)
    shown: list[int] = []
    current = None
    for place in range(len(moments)):
        if size[counts[place]].sum() < limit:
            current = None
            continue
        differences = (_difference(counts[place], counts[earlier], size) for earlier in shown)
        if all(difference == 0 or difference >= limit for difference in differences):
            shown.append(place)
            current = place
    if current is None:
        return None, False
    return int(moments[current]), _difference(counts[-1], counts[current], size) > 0


def shown_answers(history: pl.DataFrame, settings: Mapping[str, Any]) -> pl.DataFrame:
    """Return per question the moment that is shown: schooljaar, strategie, vraag, stand, is_wachtend.

    `history` holds schooljaar, strategie, vraag, groep, van, tot (null: still) and antwoorden: answers that counted at
    the same times are one group. Source: methoden, part 2 (no survey result on fewer than the minimum, nor by
    subtraction).
    """
    limit = settings["bescherming"]["minimum_antwoorden"]
    key = ["schooljaar", "strategie", "vraag"]
    rows = []
    for name, own in history.sort(*key, "groep", "van").group_by(key, maintain_order=True):
        times = own.select("groep", "van", pl.col("tot").fill_null(_NEVER), "antwoorden").to_numpy()
        group, begin, end, answers = times.T
        rows.append((*name, *shown_moment(group, begin, end, answers, limit)))
    return pl.DataFrame(rows, schema=STAND_SCHEMA, orient="row")


def _difference(one: np.ndarray, other: np.ndarray, answers: np.ndarray) -> int:
    """Return how many respondents differ at least between two moments; a changed answer came and went."""
    return int(max(answers[one & ~other].sum(), answers[other & ~one].sum()))
