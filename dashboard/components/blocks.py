"""A chart or a table with all that belongs to it: title, alt text, data, downloads, source."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from html import escape
from typing import Any, Literal

import streamlit as st

from dashboard import access_log, data, format, texts, theme
from dashboard.charts.model import Chart
from dashboard.components.badge import badge, state_words
from dashboard.exports.context import ExportContext
from dashboard.exports.csv_file import csv_file
from dashboard.exports.images import has_browser, image_file
from dashboard.exports.pptx_file import pptx_file
from dashboard.exports.xlsx_file import xlsx_file
from dashboard.filters import Choice
from dashboard.registry import PageEntry
from dashboard.tables import NUMERIC, Table

_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "png": "image/png",
    "svg": "image/svg+xml",
}
_LABELS = {
    "xlsx": "Excel (XLSX)",
    "csv": "CSV",
    "pptx": "PowerPoint (PPTX)",
    "png": "Afbeelding (PNG)",
    "svg": "Vectorafbeelding (SVG)",
}


def export_context(
    page: PageEntry, choice: Choice | None = None, *keys: str, is_internal: bool | None = None
) -> ExportContext:
    """Return what the exports of this page say about themselves.

    With `keys` only these filters: for a figure that does not follow the others. `is_internal` overrules the page,
    for one list of instellingen on a page of figures.
    """
    version = data.version()
    if choice and keys:
        choice = choice.only(*keys)
    return ExportContext(
        page=page.title,
        page_key=page.key,
        schooljaar=choice.values.get("schooljaar") if choice else None,
        peildatum=version.peildatum,
        versie=version.versie,
        methode_versie=version.methode_versie,
        is_demo=version.is_demo,
        filters=choice.texts if choice else {},
        is_internal=page.is_internal if is_internal is None else is_internal,
        instellingsnummer=choice.values.get("instelling") if choice else None,
    )


def figure_block(key: str, chart: Chart, table: Table, context: ExportContext, *, empty: str = texts.NO_ROWS) -> None:
    """Draw a chart under its title, its data as a table on request, and the menu of downloads.

    `key` names the figure within its page and in file names; `empty` is said when nothing can be drawn.
    """
    with st.container(key=f"figuur-{context.page_key}-{key}"):
        st.header(format.without_markup(chart.spec.title))
        if not chart.native.categories:
            st.info(empty, icon=":material/search_off:")
            return
        st.plotly_chart(
            chart.figure,
            config=theme.PLOTLY_CONFIG,
            alt=chart.spec.alt,
            key=f"{context.page_key}-{key}",
        )
        rows = table.frame.height
        _small(chart.spec.note, badge(context, key, chart.spec.source, rows))
        context = _of_figure(context, key, chart.spec.title)
        # The table is sent only when it is opened: a rerun should not pay for what nobody looks at.
        expander = st.expander("Tabel", key=f"tabel-{context.page_key}-{key}", on_change="rerun")
        if expander.open:
            with expander:
                _data_table(table, f"Gegevens bij de figuur: {chart.spec.title}")
        files = _table_files(table, context, chart.spec.source, chart.spec.note)
        files["pptx"] = partial(pptx_file, chart, context, rows)
        if has_browser():
            files["png"] = partial(image_file, chart, context, rows, "png")
            files["svg"] = partial(image_file, chart, context, rows, "svg")
        _downloads(key, files, context, "" if has_browser() else texts.NO_CHROMIUM)


def table_block(
    key: str,
    title: str,
    table: Table,
    context: ExportContext,
    source: str,
    *,
    note: str = "",
    hint: str = "",
    height: int | None = None,
    empty: str = texts.NO_ROWS,
    exported: Table | None = None,
    legend: Mapping[str, str] | None = None,
) -> None:
    """Draw a table under its title with its downloads.

    `note` says in a sentence what is in it, `hint` what can be done with it on screen; `empty` is said when it has no
    rows; `exported` is what the downloads hold where that is less than the screen shows; `legend` maps a word to its
    colour in the drawings of the table.
    """
    with st.container(key=f"tabelblok-{context.page_key}-{key}"):
        st.header(format.without_markup(title))
        if table.frame.is_empty():
            st.info(empty, icon=":material/search_off:")
            return
        if legend:
            _legend(legend)
        _data_table(table, title, height=height)
        _small(note, hint, badge(context, key, source, table.frame.height))
        context = _of_figure(context, key, title)
        _downloads(key, _table_files(exported or table, context, source, note), context)


def _of_figure(context: ExportContext, key: str, title: str) -> ExportContext:
    state = state_words(context.page_key, key)
    return replace(context, titel=title, gegevens=state)


def _small(*lines: str) -> None:
    # Small text, not a caption: a caption's grey has too little contrast in the light theme.
    st.markdown("  \n".join(f":small[{line}]" for line in lines if line))


def _legend(legend: Mapping[str, str]) -> None:
    marks = (f'<span><i style="background:{colour}"></i>{escape(word)}</span>' for word, colour in legend.items())
    st.html(f'<div class="legende">{"".join(marks)}</div>')


def _table_files(table: Table, context: ExportContext, source: str, note: str) -> dict[str, Callable[[], bytes]]:
    return {
        "xlsx": partial(xlsx_file, table, context, source, note),
        "csv": partial(csv_file, table, context, source, note),
    }


def _downloads(key: str, files: dict[str, Callable[[], bytes]], context: ExportContext, notice: str = "") -> None:
    with st.popover("Downloaden", icon=":material/download:", type="tertiary"):
        for extension, make in files.items():
            st.download_button(
                _LABELS[extension],
                data=access_log.exported(context, f"{key}.{extension}", make),
                file_name=context.file_name(key, extension),
                mime=_TYPES[extension],
                key=f"download-{context.page_key}-{key}-{extension}",
                on_click="ignore",
                type="tertiary",
            )
        if notice:
            st.markdown(f":small[{notice}]")


def _data_table(table: Table, alt: str, *, height: int | None = None) -> None:
    st.dataframe(
        table.grid,
        hide_index=True,
        alt=alt,
        height=height if height and table.frame.height > 14 else "auto",
        column_config=_settings(table),
    )


def _settings(table: Table) -> dict[str, Any]:
    """Return Streamlit's settings per column: Dutch head, definition on hover, numbers to the right."""
    settings: dict[str, Any] = {}
    for column in table.columns:
        meaning = column.definition or None
        width = table.widths.get(column.name)
        if column.name in table.links:
            # The linked column says what a row is about: it stays in sight where the table is wider than the screen.
            settings[column.name] = st.column_config.LinkColumn(
                column.head, help=meaning, display_text="#(.*)$", alignment="left", width=width, pinned=True
            )
        else:
            side: Literal["left", "right"] = "right" if column.kind in NUMERIC else "left"
            settings[column.name] = st.column_config.TextColumn(column.head, help=meaning, alignment=side, width=width)
    for picture in table.pictures.values():
        settings[picture.name] = st.column_config.ImageColumn(
            picture.head, help=picture.meaning, alignment="left", width=picture.width
        )
    for name in table.further:
        settings[name]["hidden"] = True
    return settings
