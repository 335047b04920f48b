"""Landing with corrections: a corrected row must keep to the rules over several columns, as every delivered row does.

A correction that makes a row impossible is not applied, and that is said aloud: the value of the source counts. It
does not stop the build, because a later delivery may be what makes the row impossible.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pipelines.corrections import BREAKS
from pipelines.sources import BY_NAME
from warehouse.correct import APPLIED, Correction, rows_of
from warehouse.landing import Landed, LandingFile, LandingTable, land


def land_corrected(
    con: Any,
    tables: Sequence[LandingTable],
    files: Mapping[str, list[LandingFile]],
    largest_refused_share: float,
    corrections: Sequence[Correction],
) -> Landed:
    """Land as `warehouse.landing.land` does, without the corrections that make their row break a rule.

    Those have in `Landed.corrections` which rule: 'breekt een regel (einddatum ligt voor de begindatum)'.
    """
    landed = land(con, tables, dict(files), largest_refused_share, corrections)
    broken = {
        correction: f"{BREAKS} ({rule})"
        for correction, state in landed.corrections.items()
        if state == APPLIED and (rule := _broken_rule(con, correction))
    }
    if not broken:
        return landed
    # Rarely needed, and small beside the models: everything once more without them.
    kept = [correction for correction in corrections if correction not in broken]
    landed = land(con, tables, dict(files), largest_refused_share, kept)
    landed.corrections.update(broken)
    return landed


def _broken_rule(con: Any, correction: Correction) -> str:
    """Return the rule that the corrected row breaks, in words; nothing where it keeps to all of them."""
    contract = BY_NAME[correction.table]
    if not contract.rules:
        return ""
    row = rows_of(con, correction)
    headers = {column.name: column.header for column in contract.kept}
    return next(
        (
            f"{headers.get(rule.column, rule.column)} {rule.reason}"
            for rule in contract.rules
            if row.select(rule.broken.alias("broken")).get_column("broken").any()
        ),
        "",
    )
