"""Leerresultaten: where pupils learn less than expected, how sure that is, and what is weak everywhere."""

import streamlit as st

from dashboard import data, filters, shell
from dashboard.components import about_figures, export_context, figure_block, key_figures, table_block
from dashboard.figures import leerresultaten as figures
from dashboard.figures import leerresultaten_draden as threads
from dashboard.figures import leerresultaten_effect as effect
from dashboard.figures import leerresultaten_netwerk as network
from dashboard.figures import leerresultaten_spreiding as spread
from warehouse.queries import leerresultaten as queries
from warehouse.settings import load_settings

page = shell.open_page("leerresultaten")
choice = filters.bar(page, *figures.bar_filters())
context = export_context(page, choice)
about = figures.chosen(choice)
year = {"schooljaar": choice.schooljaar}
niveau = {"onderwijsniveau": choice["onderwijsniveau"]}
scholengroep = {"scholengroep": choice["scholengroep"]}
test = {"toets": choice["toets"], "leerjaar": choice["leerjaar"]}
domain = {"domein": choice["domein"]}

institutions = data.frame(queries.institutions, **year, **scholengroep, **niveau, **test, **domain)
totals = data.frame(queries.totals, **year, **niveau, **test, **domain)
if not institutions.height:
    st.info(figures.no_results(data.frame(queries.latest_year)), icon=":material/search_off:")
    shell.end_page()
key_figures(figures.key_figures(institutions, totals, about))

against = filters.bar(page, spread.compare_filter())
figure_block(
    "spreiding",
    spread.spread(institutions, totals, about, against["tegenover"]),
    spread.spread_table(totals, about),
    export_context(page, choice.joined(against)),
)

listed = filters.bar(page, figures.list_filter())
rows = figures.listed(institutions, about, listed["toetslijst"])
table_block(
    "instellingen",
    figures.list_title(rows, about, listed["toetslijst"]),
    rows,
    export_context(page, choice.joined(listed)),
    figures.SOURCE,
    note=figures.LIST_NOTE,
    height=420,
    empty=figures.NOTHING_LISTED,
)

if spread.has_funnel(about):
    chart, table = spread.funnel_chart(institutions, about), spread.funnel_table(institutions, about)
    figure_block("trechter", chart, table, context)
else:
    st.header("Wat is toeval en wat niet?")
    st.info(spread.NO_FUNNEL, icon=":material/filter_alt_off:")

if about.is_share:
    st.header("Welk deel haalt het minimumdoel?")
    st.info(network.ONLY_FLEMISH, icon=":material/info:")
else:
    parts = network.rows(institutions, totals, about)
    figure_block("minimumdoel", network.goals(parts, about), network.parts_table(parts), context)
    figure_block("niveaus", network.levels(parts, about), network.parts_table(parts), context)

history = data.frame(queries.years, **scholengroep, **niveau, **test, **domain)
if network.is_comparable(history):
    through_years = export_context(page, choice, *scholengroep, *niveau, *test, *domain)
    figure_block("jaren", network.years(history, about), network.years_table(history, about), through_years)
else:
    st.header("Is er verandering tussen schooljaren?")
    st.info(network.why_no_line(history), icon=":material/block:")

found = data.frame(queries.threads, **year, **niveau, **test)
limits = load_settings()["toetsen"]
limit, least = limits["rode_draad_aandeel"], limits["rode_draad_instellingen"]
figure_block(
    "rode-draden",
    threads.threads_chart(found, about, limit, least),
    threads.threads_table(found, about),
    export_context(page, choice, *year, *scholengroep, *niveau, *test),
)
table_block(
    "draden",
    "Welke instellingen zitten achter een cel?",
    threads.threads_table(found, about),
    export_context(page, choice, *year, *scholengroep, *niveau, *test),
    threads.SOURCE,
    note=threads.LIST_NOTE,
    height=420,
)

effects = data.frame(queries.effects)
method = load_settings()["effect"]
chart = effect.effect_chart(effects, method["aantal_vergelijkbaar"], method["minimum_instellingen"])
whole_network = export_context(page)
figure_block("effect", chart, effect.effect_table(effects), whole_network, empty=effect.why_empty(effects))
if chart.native.categories and (not_shown := effect.not_shown(effects)):
    st.info(not_shown, icon=":material/visibility_off:")
table_block(
    "trajecten",
    effect.CASES_TITLE,
    effect.cases_table(data.frame(queries.effect_cases)),
    whole_network,
    effect.SOURCE,
    note=effect.CASES_NOTE,
    height=420,
    empty=effect.no_cases(),
)

about_figures(
    context,
    "toets_instelling",
    ["waarde", "vergelijkbaar", "zekerheid", "aandeel_minimumdoel", "verandering"],
    institutions.height,
    source=figures.SOURCE,
    notes=figures.NOTES,
)
