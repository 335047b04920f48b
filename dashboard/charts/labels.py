"""Long labels beside a chart: over a few lines, so that the chart itself keeps room on a narrow screen."""

from textwrap import wrap

import polars as pl

from dashboard.charts.model import Chart
from dashboard.charts.tags import plain

_LINES = 3
#: Pixels around a label, and per line of it.
_GAP, _LINE = 10, 14
#: Longest text, in characters, that fits beside a chart.
_LONGEST = 70


def wrapped_labels(chart: Chart, width: int = 24) -> Chart:
    """Return the chart with the labels of its rows over at most three lines of about `width` characters.

    Only the figure on screen and its images change; the Office chart keeps the whole text on one line.
    """
    labels = list(chart.native.categories)
    texts = ["<br>".join(map(plain, _lines(label, width))) for label in labels]
    chart.figure.update_yaxes(tickmode="array", tickvals=[plain(label) for label in labels], ticktext=texts)
    longest = max((text.count("<br>") + 1 for text in texts), default=1)
    if longest > 1:
        # A legend above the rows takes some of the height, most of all on a narrow screen.
        around = 90 if chart.figure.layout.showlegend is False else 190
        height = around + (_GAP + _LINE * longest) * len(labels)
        chart.figure.update_layout(height=max(chart.figure.layout.height or 0, height))
    return chart


def shortened(text: pl.Expr) -> pl.Expr:
    """Return a column of texts, cut off with '…' where they are too long to stand beside a chart."""
    return pl.when(text.str.len_chars() > _LONGEST).then(text.str.slice(0, _LONGEST - 1) + "…").otherwise(text)


def both_ends(text: pl.Expr, longest: int) -> pl.Expr:
    """Return a column of texts of about `longest` characters at most: 'School voor … De Beuk Aalst' for a longer one.

    What sets long names of instellingen apart stands at their end; what kind they are, at their start. Whole words
    stay, where there are any.
    """
    start = text.str.slice(0, longest // 4).str.replace(r"\s+\S*$", "")
    end = text.str.tail(longest - longest // 4 - 2).str.replace(r"^\S*\s+", "")
    return pl.when(text.str.len_chars() > longest).then(pl.concat_str(start, pl.lit(" … "), end)).otherwise(text)


def _lines(label: str, width: int) -> list[str]:
    # Only spaces break a line: what must stay together ("n = 12") is written with hard ones.
    for room in range(width, len(label)):
        lines = wrap(label, room, break_long_words=False)
        if len(lines) <= _LINES:
            return lines
    return [label]
