"""Toegangslog: who saw or exported detail of HR, surveys or the ranking, and when."""

from dashboard import filters, shell
from dashboard.components import export_context, table_block
from dashboard.components.access_lines import access_lines
from dashboard.figures import toegangslog as figures

page = shell.open_page("toegangslog")
choice = filters.bar(page, figures.period_filter(), figures.action_filter())
choice = choice.joined(filters.search_box(page, "Zoek een persoon, een pagina of een instellingsnummer"))
lines = access_lines(choice)
if lines is None:
    shell.end_page()
table_block(
    "regels",
    figures.title(lines, choice),
    figures.log_table(lines),
    export_context(page, choice),
    figures.SOURCE,
    note=f"{figures.NOTE} {figures.retention_note()}",
    height=620,
    empty=figures.NO_LINES,
)
