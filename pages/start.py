"""Start: the state of the network in five figures, and what asks attention now."""

from dashboard import data, filters, shell
from dashboard.components import about_figures, export_context, key_figures, table_block
from dashboard.figures import start as figures
from warehouse.queries import meta
from warehouse.queries import start as queries

page = shell.open_page("start")
choice = filters.bar(page, filters.schooljaar())
context = export_context(page, choice)

state = data.frame(queries.network_state, schooljaar=choice.schooljaar)
key_figures(figures.key_figures(state))

late = data.frame(queries.late_deadlines)
table_block(
    "te-late-termijnen",
    f"Termijnen na een doorlichting die voorbij zijn: {late.height}",
    figures.late_deadlines(late),
    context,
    "doorlichtingen en verslagtool (PBD 4.4)",
    empty="Geen enkele termijn na een doorlichting is voorbij.",
)

not_reached = data.frame(queries.great_needs_not_reached, schooljaar=choice.schooljaar)
table_block(
    "noden-niet-bereikt",
    f"Instellingen met grote noden die nog niet bereikt zijn: {not_reached.height}",
    figures.great_needs_not_reached(not_reached),
    context,
    "rangschikking van de noden, inschrijvingsdatabank en verslagtool",
    empty="Alle instellingen met grote noden zijn dit schooljaar al bereikt.",
)

deliveries = data.frame(meta.quarantined_deliveries)
table_block(
    "leveringen-nakijken",
    f"Leveringen om na te kijken: {deliveries.height}",
    figures.quarantined(deliveries),
    context,
    "register van de leveringen",
    empty="Alle leveringen zijn zonder opmerking aanvaard.",
)

about_figures(
    context,
    "noden",
    ["trap", "klasse"],
    state.height,
    source="alle leveringen; de bron per cijfer staat bij het cijfer",
    notes=[
        "Een verandering vergelijkt het gekozen schooljaar met het vorige; het lopende schooljaar is nog niet volledig."
    ],
)
