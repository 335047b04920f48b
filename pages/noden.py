"""Noden: which institutions come first, why, and how sure that is."""

import streamlit as st

from dashboard import data, filters, shell
from dashboard.components import about_figures, export_context, figure_block, key_figures, method_box, table_block
from dashboard.figures import noden as figures
from dashboard.figures.method import method_card
from warehouse.queries import noden as queries
from warehouse.settings import load_settings

page = shell.open_page("noden")
choice = filters.bar(
    page,
    filters.schooljaar(),
    filters.scholengroep(),
    filters.onderwijsniveau(),
    figures.trap_filter(),
    figures.list_filter(),
    figures.order_filter(),
)
context = export_context(page, choice)

ranking = data.frame(queries.ranking, **choice.values)
if figures.is_in_groups(ranking):
    st.info(figures.GROUPS_NOTICE, icon=":material/group_work:")
key_figures(figures.key_figures(ranking))

table_block(
    "rangschikking",
    "Welke instellingen hebben de grootste noden?",
    figures.ranking_table(ranking),
    context,
    figures.SOURCE,
    note=figures.TABLE_NOTE,
    height=560,
)

figure_block("bijdragen", figures.contributions(ranking), figures.contribution_table(ranking), context)
if not figures.is_in_groups(ranking):
    figure_block("zekerheid", figures.intervals(ranking), figures.interval_table(ranking), context)

method_box(method_card(load_settings()))
about_figures(
    context,
    "noden",
    ["rang", "trap", "klasse", "score", "rang_p05", "rang_p95", "kans_top", "volledigheid"],
    ranking.height,
    source=figures.SOURCE,
    notes=[
        "De rang geldt altijd binnen het hele netwerk, ook als de lijst gefilterd is. "
        "Een ontbrekend criterium telt niet als nul: de onzekerheid erover zit in het interval."
    ],
)
