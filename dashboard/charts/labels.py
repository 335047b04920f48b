"""Long labels beside a chart: over two lines, so that the chart itself keeps room on a narrow screen."""

from textwrap import wrap

from dashboard.charts.model import Chart

#: Pixels per row with a label of two lines.
_ROW = 38


def wrapped_labels(chart: Chart, width: int = 28) -> Chart:
    """Return the chart with the labels of its rows over at most two lines of about `width` characters.

    Only the figure on screen and its images change; the Office chart keeps the whole text on one line.
    """
    labels = list(chart.native.categories)
    lines = [_two_lines(label, width) for label in labels]
    chart.figure.update_yaxes(tickmode="array", tickvals=labels, ticktext=lines)
    if any("<br>" in line for line in lines):
        # A legend above the rows takes some of the height, most of all on a narrow screen.
        around = 90 if chart.figure.layout.showlegend is False else 190
        chart.figure.update_layout(height=max(chart.figure.layout.height or 0, around + _ROW * len(labels)))
    return chart


def _two_lines(label: str, width: int) -> str:
    # Only spaces break a line: what must stay together ("n = 12") is written with hard ones.
    for room in range(width, len(label)):
        lines = wrap(label, room, break_long_words=False)
        if len(lines) <= 2:
            return "<br>".join(lines)
    return label
