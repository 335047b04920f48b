"""Noden: which institutions come first, why, how sure that is, and who lacks support."""

import streamlit as st

from dashboard import data, filters, shell
from dashboard.components import (
    about_figures,
    dialogue_words,
    export_context,
    figure_block,
    key_figures,
    method_box,
    plain_table_box,
    table_block,
)
from dashboard.components.what_if import what_if_movements, what_if_outcome, what_if_panel
from dashboard.figures import noden as figures
from dashboard.figures import noden_charts as charts
from dashboard.figures import noden_choices as choices
from dashboard.figures import noden_scenario as scenarios
from dashboard.figures import noden_support as support
from dashboard.figures import noden_table as tables
from dashboard.figures.method import method_card
from warehouse.queries import noden as queries
from warehouse.settings import load_settings

page = shell.open_page("noden")
where = filters.bar(page, filters.schooljaar(), filters.scholengroep(), filters.onderwijsniveau())
which = filters.bar(
    page,
    choices.scholengemeenschap_filter(where.schooljaar, where["scholengroep"]),
    choices.trap_filter(),
    choices.oki_filter(),
    choices.list_filter(),
)
choice = where.joined(which)

network = data.counts_over_network(queries.count, schooljaar=choice.schooljaar)
places, is_trap_known = network.row(0)
what_if = what_if_panel(page, places)
ranked = data.over_network(scenarios.whole_ranking, choice.schooljaar, what_if.scenario, anonymous=scenarios.ANONYMOUS)
what_if_outcome(page, what_if, ranked)
in_groups = choices.is_in_groups(ranked)
listed = choices.listed(ranked, choice)
is_something_known = not choices.is_nothing_known(listed)
if in_groups and is_something_known:
    st.info(figures.GROUPS_NOTICE, icon=":material/group_work:")
if places and not is_trap_known and is_something_known:
    st.info(figures.TRAP_UNKNOWN, icon=":material/help:")

top_n = what_if.scenario.top_n
context = export_context(page, choice.joined(what_if.choice))
if summary := figures.summary(listed, top_n):
    st.markdown(summary)
key_figures(figures.key_figures(listed, what_if.carried, places=places, is_trap_known=is_trap_known))

table = tables.ranking_table(listed, tables.remarks(dialogue_words(listed["instellingsnummer"])), top_n, places)
table_block(
    "rangschikking",
    "Welke instellingen hebben de grootste noden?",
    table,
    context,
    figures.SOURCE,
    note=tables.note(listed),
    hint=tables.FURTHER_HINT,
    height=560,
    empty=figures.nothing_listed(places, choice, is_trap_known=is_trap_known),
    legend=tables.LEGEND,
)
what_if_movements(page, what_if, ranked, where.only("schooljaar"))

if not listed.is_empty():
    within = support.limits(ranked, top_n)
    figure_block(
        "steun",
        support.support_chart(listed, ranked, within),
        support.support_data(listed),
        context,
        empty=support.nothing_to_draw(listed),
    )
    lacking = support.little_support(listed, within)
    table_block(
        "weinig-steun",
        "Hoge score, weinig steun",
        support.support_table(lacking),
        context,
        support.SOURCE,
        note=tables.trap_note(lacking),
        height=320,
        empty=support.no_one(listed),
    )

    part_choice = filters.bar(page, choices.part_filter(listed.height))
    part = choices.part(listed, part_choice["vanaf"])
    context = export_context(page, choice.joined(what_if.choice).joined(part_choice))
    if not in_groups:
        figure_block("zekerheid", charts.intervals(part, top_n), charts.interval_table(part), context)
    figure_block(
        "bijdragen",
        charts.contributions(part),
        charts.contribution_table(part),
        context,
        empty=figures.no_scores(listed),
    )
    plain_table_box("noden", choices.part_table(table, part_choice["vanaf"]), choices.plain_caption(part_choice))

method_box(method_card(load_settings()))
about_figures(
    context,
    "noden",
    ["rang", "trap", "klasse", "score", "rang_p05", "rang_p95", "kans_top", "volledigheid"],
    listed.height,
    source=figures.SOURCE,
    notes=[figures.ABOUT_NOTE],
)
