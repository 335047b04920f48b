"""Start: the state of the network in five figures, and what asks attention now."""

import streamlit as st

from dashboard import data, filters, shell
from dashboard.components import about_figures, can_open, export_context, key_figures, table_block
from dashboard.figures import bereik_noden as needs
from dashboard.figures import start as figures
from warehouse.queries import bereik, meta, werkdruk
from warehouse.queries import start as queries

page = shell.open_page("start")
choice = filters.bar(page, filters.schooljaar(), *filters.own_part())
year = {"schooljaar": choice.schooljaar}
context = export_context(page, choice)

state = data.frame(queries.network_state, **choice.values)
network = figures.key_figures(state, data.frame(werkdruk.spent_of_planned, **year))
shown = [figure for figure in network if can_open(figure.link)]
key_figures(shown)
if words := figures.of_whom(choice):
    st.markdown(words)
if not (shown or can_open("leveringen")):
    st.info(figures.NOTHING_HERE, icon=":material/arrow_back:")

if can_open("doorlichtingen"):
    late = data.frame(queries.late_deadlines, **choice.only("scholengroep").values)
    inspections = data.frame(queries.inspections)
    table_block(
        "te-late-termijnen",
        figures.late_title(late, inspections),
        figures.late_deadlines(late),
        export_context(page, is_internal=True),
        "doorlichtingen en verslagtool (PBD 4.4)",
        note=figures.LATE_NOTE,
        empty=figures.nobody_late(inspections),
    )

if can_open("bereik"):
    not_reached = data.frame(bereik.not_reached, nood="groot", **choice.values)
    matrix = data.frame(bereik.need_matrix, **choice.values)
    table_block(
        "noden-niet-bereikt",
        figures.missed_title(not_reached, matrix),
        figures.great_needs_not_reached(not_reached),
        export_context(page, choice, is_internal=True),
        needs.SOURCE,
        note=figures.great_needs_note(matrix),
        empty=figures.nobody_missed(matrix, data.frame(queries.institutions)),
    )

if can_open("leveringen"):
    deliveries = data.frame(meta.quarantined_deliveries)
    table_block(
        "leveringen-nakijken",
        f"Leveringen om na te kijken: {deliveries.height}",
        figures.quarantined(deliveries),
        export_context(page),
        "register van de leveringen",
        note=figures.DELIVERIES_NOTE,
        empty=figures.NO_DELIVERIES_TO_CHECK,
    )

if can_open("noden"):
    about_figures(
        context,
        "noden",
        ["trap", "klasse"],
        state.height,
        source="alle leveringen; de bron per cijfer staat bij het cijfer",
        notes=[
            "Een verandering vergelijkt het gekozen schooljaar met het vorige. Zolang het schooljaar loopt, is dat met "
            "het hele vorige schooljaar."
        ],
    )
