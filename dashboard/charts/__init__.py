"""Charts: small functions from a frame to a figure with its title, its finding and its Office data."""

from dashboard.charts.bars import column_groups, horizontal_bars, likert_bars, stacked_bars
from dashboard.charts.grids import heat_map, scatter
from dashboard.charts.lines import interval_dots, year_lines
from dashboard.charts.model import Chart, ChartSpec, NativeChart, Series
from dashboard.charts.timeline import timeline

__all__ = [
    "Chart",
    "ChartSpec",
    "NativeChart",
    "Series",
    "column_groups",
    "heat_map",
    "horizontal_bars",
    "interval_dots",
    "likert_bars",
    "scatter",
    "stacked_bars",
    "timeline",
    "year_lines",
]
