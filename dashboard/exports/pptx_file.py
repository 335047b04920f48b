"""PowerPoint: one slide with a chart that can be edited, its title, its alt text and where it comes from."""

import io

from pptx import Presentation
from pptx.chart.chart import Chart as OfficeChart
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION
from pptx.util import Cm, Pt

from dashboard.charts.model import Chart, NativeChart
from dashboard.exports.context import ExportContext

_TYPES = {
    "bar": XL_CHART_TYPE.BAR_CLUSTERED,
    "bar_stacked": XL_CHART_TYPE.BAR_STACKED,
    "bar_stacked_100": XL_CHART_TYPE.BAR_STACKED_100,
    "column": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "scatter": XL_CHART_TYPE.XY_SCATTER,
}
_TITLE_ONLY = 5


def pptx_file(chart: Chart, context: ExportContext, rows: int) -> bytes:
    """Return a presentation of one 16:9 slide with the chart as an editable Office chart; `rows` is its n."""
    presentation = Presentation()
    presentation.slide_width, presentation.slide_height = Cm(33.87), Cm(19.05)
    slide = presentation.slides.add_slide(presentation.slide_layouts[_TITLE_ONLY])
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = Cm(1.5), Cm(0.7), Cm(30.8), Cm(2.2)
    title.text_frame.text = chart.spec.title
    title.text_frame.word_wrap = True
    title.text_frame.paragraphs[0].font.size = Pt(26)
    frame = slide.shapes.add_chart(
        _TYPES[chart.native.kind], Cm(1.5), Cm(3.1), Cm(30.8), Cm(13.0), _chart_data(chart.native)
    )
    frame.name = chart.spec.title[:60]
    # python-pptx has no call for alt text: PowerPoint keeps it in the description of the shape.
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.spec.alt)
    _style(frame.chart, chart.native)
    footer = slide.shapes.add_textbox(Cm(1.5), Cm(16.2), Cm(30.8), Cm(2.6)).text_frame
    footer.word_wrap = True
    footer.text = "\n".join(context.footer(rows, chart.spec.source, chart.spec.note))
    for paragraph in footer.paragraphs:
        paragraph.font.size = Pt(10)
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def _chart_data(native: NativeChart) -> CategoryChartData | XyChartData:
    if native.kind == "scatter":
        points = XyChartData(number_format=native.number_format)
        horizontal, vertical = native.series
        series = points.add_series(vertical.name)
        for x, y in zip(horizontal.values, vertical.values, strict=True):
            series.add_data_point(x, y)
        return points
    chart_data = CategoryChartData(number_format=native.number_format)
    chart_data.categories = native.categories
    for item in native.series:
        chart_data.add_series(item.name, item.values)
    return chart_data


def _style(chart: OfficeChart, native: NativeChart) -> None:
    chart.font.size = Pt(12)
    chart.has_title = False
    chart.has_legend = len(native.series) > 1 and native.kind != "scatter"
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
    if native.kind.startswith("bar"):
        # Office draws the first category at the bottom; on screen it is at the top.
        chart.category_axis.reverse_order = True
    drawn = native.series[1:] if native.kind == "scatter" else native.series
    for series, item in zip(chart.plots[0].series, drawn, strict=True):
        colour = RGBColor.from_string(item.colour.lstrip("#"))
        if native.kind == "line":
            series.format.line.color.rgb = colour
            series.smooth = False
        elif native.kind == "scatter":
            series.format.line.fill.background()
            series.marker.format.fill.solid()
            series.marker.format.fill.fore_color.rgb = colour
        else:
            series.format.fill.solid()
            series.format.fill.fore_color.rgb = colour
