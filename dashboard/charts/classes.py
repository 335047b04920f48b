"""A heat map in a few classes: each cell has a colour and its own text, each class a name in the legend."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go
import polars as pl

from dashboard import theme
from dashboard.charts.axes import office_format
from dashboard.charts.model import Chart, ChartSpec, NativeChart, Series


@dataclass(frozen=True)
class CellClass:
    """One class of cells: its name in the legend and its colour ('#RRGGBB')."""

    name: str
    colour: str


def class_map(
    frame: pl.DataFrame,
    row: str,
    column: str,
    classes: Sequence[CellClass],
    spec: ChartSpec,
    *,
    columns: Sequence[str],
    class_name: str,
    text: str,
    share: str,
) -> Chart:
    """Return a cell per row (order of first appearance) and column, coloured by class, with its text in it.

    `columns` gives the columns from left to right. `class_name` names the column with the class of each cell, `text`
    the one with what stands in it ('<br>' breaks a line), `share` the one with the value (0-1, or null) for the
    Office chart. A combination that is not in the frame stays empty.
    """
    rows = frame[row].cast(pl.String).unique(maintain_order=True).to_list()
    place = {item.name: position for position, item in enumerate(classes)}
    cells = {
        (str(line), str(head)): (place[name], words, value)
        for line, head, name, words, value in frame.select(row, column, class_name, text, share).iter_rows()
    }
    found = [[cells.get((line, head)) for head in columns] for line in rows]
    figure = theme.figure(
        go.Heatmap(
            x=columns,
            y=rows,
            z=[[cell[0] if cell else None for cell in line] for line in found],
            zmin=-0.5,
            zmax=len(classes) - 0.5,
            text=[[cell[1] if cell else "" for cell in line] for line in found],
            texttemplate="%{text}",
            textfont={"size": 12},
            customdata=[[classes[cell[0]].name if cell else "" for cell in line] for line in found],
            colorscale=_steps(classes),
            showscale=False,
            hoverongaps=False,
            xgap=2,
            ygap=2,
            hovertemplate="%{y}, %{x}: %{text}<br>%{customdata}<extra></extra>",
        ),
        # A heat map has no legend of its own: marks without a place carry the names of the classes.
        *(
            go.Scatter(
                x=[None],
                y=[None],
                mode="markers",
                name=item.name,
                marker={"symbol": "square", "size": 13, "color": item.colour, "line": _EDGE},
            )
            for item in classes
        ),
        height=150 + 42 * max(len(rows), 2),
        showlegend=True,
        yaxis={"autorange": "reversed", "automargin": True, "type": "category", "showgrid": False},
        xaxis={"type": "category", "automargin": True, "side": "top", "showgrid": False},
        # Below: the heads of the columns stand above the map.
        legend={**theme.LAYOUT["legend"], "y": 0, "yanchor": "top", "itemclick": False, "itemdoubleclick": False},
    )
    series = tuple(
        Series(
            head,
            tuple(cell[2] if cell else None for cell in (line[position] for line in found)),
            theme.SERIES[position % len(theme.SERIES)],
        )
        for position, head in enumerate(columns)
    )
    written = tuple(tuple(cell[1].replace("<br>", " ") if cell else "" for cell in line) for line in found)
    return Chart(figure, spec, NativeChart("table", tuple(rows), series, office_format(is_share=True), written))


#: A thin edge, so that the lightest class is seen on a light background too.
_EDGE = {"width": 1, "color": theme.NEUTRAL}


def _steps(classes: Sequence[CellClass]) -> list[list[float | str]]:
    """Return a scale of even steps, each of one colour."""
    width = 1 / len(classes)
    return [[(position + end) * width, item.colour] for position, item in enumerate(classes) for end in (0, 1)]
