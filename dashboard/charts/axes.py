"""How values are drawn: a share (0-1) in percent, so that an axis reads '20 %', with its space."""

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard import format


def drawn(values: Sequence[float | None], is_share: bool) -> list[float | None]:
    """Return the values as they stand on the axis; None stays None."""
    return [None if item is None else item * 100 for item in values] if is_share else list(values)


def value_axis(is_share: bool, **settings: object) -> dict[str, object]:
    """Return the settings of an axis with values on it, from zero on; `settings` overrule."""
    written = {"ticksuffix": " %"} if is_share else {"tickformat": ","}
    return {"rangemode": "tozero", "automargin": True, **written, **settings}


def office_format(is_share: bool, decimals: int = 0) -> str:
    """Return how Office writes the same values: '12 %', '1.234,5'."""
    digits = "." + "0" * decimals if decimals else ""
    return rf"0{digits}\ %" if is_share else f"#,##0{digits}"


def missing_words(labels: Sequence[str], values: Sequence[float | None]) -> list[go.Scatter]:
    """Return the trace that says of each value that is not there that it is missing, at the foot of its bar.

    Plotly hides the text of a bar without a value; without the word it would look like a bar of zero. No trace where
    nothing is missing.
    """
    missing = [label for label, value in zip(labels, values, strict=True) if value is None]
    if not missing:
        return []
    return [
        go.Scatter(
            y=missing,
            x=[0] * len(missing),
            mode="text",
            text=[f"\u2002{format.MISSING}"] * len(missing),
            textposition="middle right",
            cliponaxis=False,
            hoverinfo="skip",
            showlegend=False,
        )
    ]
