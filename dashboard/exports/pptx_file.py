"""PowerPoint: one slide with a chart that can be edited, its title, its alt text and where it comes from."""

import io
import math
from typing import Any

from pptx import Presentation
from pptx.chart.chart import Chart as OfficeChart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.series import BarSeries, LineSeries, XySeries
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.oxml.ns import qn
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.util import Cm, Length, Pt

from dashboard.charts.model import Chart, NativeChart, Series
from dashboard.exports.context import ExportContext
from dashboard.exports.harmless import harmless_on_slide

_TYPES = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "bar_interval": XL_CHART_TYPE.BAR_CLUSTERED,
    "bar_stacked": XL_CHART_TYPE.BAR_STACKED,
    "bar_stacked_100": XL_CHART_TYPE.BAR_STACKED_100,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "scatter": XL_CHART_TYPE.XY_SCATTER,
}
_TITLE_ONLY = 5
#: Centimetres of a 16:9 slide, and where things stand on it.
_WIDTH, _HEIGHT, _EDGE, _TOP = 33.87, 19.05, 1.5, 3.1
_INNER = _WIDTH - 2 * _EDGE
#: The origin stands in 10 points: this many letters fit on a line of it, and so high is a line.
_LETTERS, _LINE = 150, 0.45
#: From this share on an axis runs to all of it.
_NEARLY_ALL = 0.8
_UPPER, _LOWER = "B9C0C8", "FFFFFF"
#: Office draws an interval in another way than the screen.
_HOW_TO_READ = "Hier loopt elke balk van de ondergrens tot de bovengrens; waar de kleur wisselt, staat het cijfer."


def pptx_file(chart: Chart, context: ExportContext, rows: int) -> bytes:
    """Return a presentation of one 16:9 slide with the chart as an editable Office chart; `rows` is its n.

    A map of cells is a table there, that can be edited as well.
    """
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Cm(_WIDTH), Cm(_HEIGHT)
    slide = presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = Cm(_EDGE), Cm(0.7), Cm(_INNER), Cm(2.2)
    title.text_frame.text = chart.spec.title
    title.text_frame.word_wrap = True
    title.text_frame.paragraphs[0].font.size = Pt(26)
    is_over_each_other = chart.native.kind == "bar_interval" and not _is_below_zero(chart.native)
    reading = [_HOW_TO_READ] if is_over_each_other else []
    foot = _origin(slide, [*reading, *context.footer(rows, chart.spec.source, chart.spec.note)])
    place = (Cm(_EDGE), Cm(_TOP), Cm(_INNER), Length(foot - Cm(_TOP)))
    frame = _table(slide, chart.native, place) if chart.native.kind == "table" else _chart(slide, chart, place)
    frame.name = chart.spec.title[:60]
    # python-pptx has no call for alt text: PowerPoint keeps it in the description of the shape.
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.spec.alt)
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def _origin(slide: Slide, paragraphs: list[str]) -> Length:
    """Write where the chart comes from at the foot of the slide, as high as it needs, and return where it starts."""
    lines = sum(math.ceil(len(text) / _LETTERS) for text in paragraphs)
    height = lines * _LINE + 0.4
    top = Cm(_HEIGHT - height - 0.2)
    words = slide.shapes.add_textbox(Cm(_EDGE), top, Cm(_INNER), Cm(height)).text_frame
    words.word_wrap = True
    words.text = "\n".join(paragraphs)
    for paragraph in words.paragraphs:
        paragraph.font.size = Pt(10)
    return Length(top)


def _chart(slide: Slide, chart: Chart, place: tuple[Length, Length, Length, Length]) -> GraphicFrame:
    native = chart.native
    shapes: Any = slide.shapes  # python-pptx declares what this returns as the chart, not as its frame
    frame: GraphicFrame = shapes.add_chart(_TYPES[native.kind], *place, _chart_data(native))
    _style(frame.chart, native)
    seen = chart.figure.layout.yaxis.range
    if native.kind == "line" and seen and seen[0] > 0:
        # Test scores have no zero: the slide shows the stretch of the screen.
        frame.chart.value_axis.minimum_scale, frame.chart.value_axis.maximum_scale = seen
    return frame


def _table(slide: Slide, native: NativeChart, place: tuple[Length, Length, Length, Length]) -> GraphicFrame:
    rows = len(native.categories) + 1
    height = min(Length(place[3] // rows), Cm(1.1))
    frame = slide.shapes.add_table(rows, len(native.series) + 1, *place[:3], Length(height * rows))
    # Letters must fit the height of a row: some six tenths of it.
    size = Pt(min(12.0, max(6.0, Length(height).pt * 0.6)))
    head = ("", *(series.name for series in native.series))
    lines = [head, *((label, *cells) for label, cells in zip(native.categories, native.cells, strict=True))]
    for row, line in zip(frame.table.rows, lines, strict=True):
        for cell, text in zip(row.cells, line, strict=True):
            cell.text = text
            cell.margin_top = cell.margin_bottom = 0
            cell.text_frame.paragraphs[0].font.size = size
    return frame


def _chart_data(native: NativeChart) -> CategoryChartData | XyChartData:
    if native.kind == "scatter":
        points = XyChartData(number_format=native.number_format)
        horizontal, vertical = native.series
        series = points.add_series(harmless_on_slide(vertical.name))
        for x, y in zip(horizontal.values, vertical.values, strict=True):
            series.add_data_point(x, y)
        return points
    chart_data = CategoryChartData(number_format=native.number_format)
    chart_data.categories = [harmless_on_slide(label) for label in native.categories]
    for item in _drawn(native):
        chart_data.add_series(harmless_on_slide(item.name), item.values)
    return chart_data


def _drawn(native: NativeChart) -> tuple[Series, ...]:
    """Return the series in the order of drawing: of an interval the upper end first, the others lie over it."""
    if native.kind == "scatter":
        return native.series[1:]
    return native.series[::-1] if native.kind == "bar_interval" else native.series


def _style(chart: OfficeChart, native: NativeChart) -> None:
    chart.font.size = Pt(12)
    chart.has_title = False
    chart.has_legend = len(native.series) > 1 and native.kind != "scatter"
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    if native.kind == "scatter":
        _style_axes(chart, native)
    else:
        _style_category_axis(chart, native)
        _style_value_axis(chart, native)
    colours = [item.colour.lstrip("#") for item in _drawn(native)]
    if native.kind == "bar_interval" and not _is_below_zero(native):
        # Over each other: what is left of the bars runs from the lower end, over the value, to the upper end.
        chart.plots[0].overlap, chart.plots[0].gap_width = 100, 60
        chart.value_axis.has_major_gridlines = False
        colours = [_UPPER, colours[1], _LOWER]
    elif native.kind == "bar_interval":
        colours = [_UPPER, colours[1], colours[2]]
    for series, colour in zip(chart.plots[0].series, colours, strict=True):
        _colour(series, RGBColor.from_string(colour))


def _style_category_axis(chart: OfficeChart, native: NativeChart) -> None:
    axis = chart.category_axis
    # Beside the chart, also where bars run to the left of zero.
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if native.kind.startswith("bar"):
        # Office draws the first category at the bottom; on screen it is at the top.
        axis.reverse_order = True
        axis.tick_labels.font.size = Pt(12 if len(native.categories) <= 16 else 8)
        # Every row has its name: Office leaves some out where it finds them too many.
        skip = axis._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})
        axis._element.insert_element_before(skip, "c:tickMarkSkip", "c:noMultiLvlLbl", "c:extLst")


def _style_value_axis(chart: OfficeChart, native: NativeChart) -> None:
    axis = chart.value_axis
    if native.kind != "bar_stacked_100":
        axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = native.number_format, False
    if not _is_below_zero(native):
        # What does not start at zero says that small differences are large.
        axis.minimum_scale = 0
    shares = [value for item in native.series for value in item.values if value is not None]
    if native.number_format.endswith("%") and shares and _NEARLY_ALL < max(shares) <= 1:
        # No share is more than all: Office would go on to 120 %.
        axis.maximum_scale = 1


def _style_axes(chart: OfficeChart, native: NativeChart) -> None:
    """Write what the axes of a scatter are: it has no categories and no legend."""
    for axis, item in zip((chart.category_axis, chart.value_axis), native.series, strict=True):
        axis.has_title = True
        axis.axis_title.text_frame.text = item.name
        axis.axis_title.text_frame.paragraphs[0].font.size = Pt(12)
    vertical = chart.value_axis
    vertical.tick_labels.number_format, vertical.tick_labels.number_format_is_linked = native.number_format, False


def _is_below_zero(native: NativeChart) -> bool:
    return any(value is not None and value < 0 for item in native.series for value in item.values)


def _colour(series: BarSeries | LineSeries | XySeries, colour: RGBColor) -> None:
    if isinstance(series, LineSeries):
        series.format.line.color.rgb = colour
        series.smooth = False
    elif isinstance(series, XySeries):
        series.format.line.fill.background()
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour
    else:
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
