"""What a chart is: a Plotly figure, the words that go with it, and the same numbers for an Office chart."""

from dataclasses import dataclass
from typing import Literal

import plotly.graph_objects as go

from dashboard.charts.tags import make_plain

NativeKind = Literal["bar", "bar_interval", "bar_stacked", "bar_stacked_100", "column", "line", "scatter", "table"]


@dataclass(frozen=True)
class ChartSpec:
    """The words: `title` says the answer or the question, `alt` the finding, `source` where it comes from.

    `note` is one or two sentences that say what is drawn and how to read it; it goes along into every export.
    """

    title: str
    alt: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One series of an Office chart; None is a gap, never a zero."""

    name: str
    values: tuple[float | None, ...]
    colour: str


@dataclass(frozen=True)
class NativeChart:
    """The same numbers for an editable chart in PowerPoint; `number_format` in Excel's notation.

    The series of 'bar_interval' are the lower end, the value and the upper end; those of 'scatter' x and y. A 'table'
    is a map of cells: `cells` has what each says, a tuple per category.
    """

    kind: NativeKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    number_format: str = "#,##0"
    cells: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Chart:
    """A figure ready for the screen and for every export; a name that holds HTML is text in it."""

    figure: go.Figure
    spec: ChartSpec
    native: NativeChart

    def __post_init__(self) -> None:
        """Take the meaning out of tags in names, whichever chart they are in."""
        make_plain(self.figure)
