"""Definities: what every column and indicator means, in which unit, from which source, and who answers for it."""

from dashboard import data, filters, shell
from dashboard.components import about_figures, export_context, plain_table_box, table_block
from dashboard.figures import definities as figures
from warehouse.queries import definities as queries

page = shell.open_page("definities")
definitions = data.frame(queries.definitions)
choice = filters.bar(page, figures.mart_filter(definitions), figures.page_filter())
choice = choice.joined(filters.search_box(page, "Zoek in naam, definitie of bron"))
context = export_context(page, choice)

rows = figures.found(definitions, choice["mart"], choice["pagina"], choice["zoek"])
glossary = figures.definitions_table(rows)
table_block(
    "definities",
    figures.title(rows, choice),
    glossary,
    context,
    figures.SOURCE,
    note=figures.NOTE,
    height=620,
    empty=figures.NO_ROWS,
)
plain_table_box("definities", glossary, "De definities als gewone tabel")

about_figures(context, "definities", [], rows.height, source=figures.SOURCE, notes=figures.NOTES)
