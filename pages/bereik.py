"""Bereik: which instellingen and professionals were reached, against which target, and who was not."""

import streamlit as st

from dashboard import data, filters, shell, texts
from dashboard.components import about_figures, export_context, figure_block, key_figures, page_link, table_block
from dashboard.figures import bereik as figures
from dashboard.figures import bereik_bekend as known
from dashboard.figures import bereik_doelen as goals
from dashboard.figures import bereik_intensiteit as depth
from dashboard.figures import bereik_noden as needs
from dashboard.figures import bereik_verloop as course
from dashboard.figures.strategies import strategy_filter
from warehouse.queries import bereik as queries

page = shell.open_page("bereik")
choice = filters.bar(
    page,
    filters.schooljaar(),
    filters.scholengroep(),
    filters.onderwijsniveau(),
    strategy_filter(data.frame(queries.strategies)),
    figures.per_filter(),
)
if not choice.schooljaar:
    st.info(texts.NO_INSTITUTIONS, icon=":material/search_off:")
    shell.end_page()
context = export_context(page, choice)
per = choice["per"]
year = {"schooljaar": choice.schooljaar}
place = {"scholengroep": choice["scholengroep"], "onderwijsniveau": choice["onderwijsniveau"]}
strategy = {"strategie": choice["strategie"]}

history = data.frame(queries.history, **place, **strategy)
matrix = data.frame(queries.need_matrix, **year, **place, **strategy)
totals = data.frame(queries.totals, **year, **place, **strategy)
is_since_plan = course.counts_since_plan(choice)
key_figures(figures.key_figures(totals, history, matrix, is_since_plan=is_since_plan))
because = known.because_undelivered(totals, choice.schooljaar)

rows = figures.ordered(data.frame(queries.breakdown, per=per, **year, **place, **strategy), per)
by_group, nobody = figures.breakdown_table(rows, per), figures.no_professionals(rows)
figure_block("instellingen", figures.institutions(rows, per), by_group, context, empty=figures.nothing_known(rows))
figure_block("professionals", figures.professionals(rows, per), by_group, context, empty=nobody)
context = export_context(page, choice, *place, *strategy)
years = course.history_table(history, is_since_plan=is_since_plan)
line = course.history(history, choice.texts["Strategie"])
figure_block("verloop", line, years, context, empty=course.no_history(history))

targets = data.frame(queries.targets, **year, **strategy)
context = export_context(page, choice, *year, *strategy)
no_targets = goals.no_targets(targets, data.frame(queries.target_years), choice.schooljaar, because)
figure_block("doelen", goals.targets(targets), goals.targets_table(targets), context, empty=no_targets)

intensity = data.frame(queries.intensity, **year, **place)
context = export_context(page, choice, *year, *place)
classes, no_classes = depth.intensity_table(intensity), depth.no_intensity(intensity, because)
figure_block("intensiteit", depth.intensity(intensity), classes, context, empty=no_classes)

context = export_context(page, choice, *year, *place, *strategy)
internal = export_context(page, choice, *year, *place, *strategy, is_internal=True)
no_matrix = needs.no_matrix(matrix, because)
figure_block("noden", needs.need_matrix(matrix), needs.need_matrix_table(matrix), internal, empty=no_matrix)
for need, words in needs.matrix_links(matrix):
    page_link("bereik", f"Toon de lijst: {words}", nood=need, per=per)

need_choice = filters.bar(page, needs.need_filter())
not_reached = data.frame(queries.not_reached, nood=need_choice["nood"], **year, **place, **strategy)
table_block(
    "niet-bereikt",
    needs.not_reached_title(not_reached, matrix, choice["strategie"], choice.schooljaar, need_choice["nood"]),
    needs.not_reached_table(not_reached),
    export_context(page, choice.joined(need_choice), *year, *place, *strategy, "nood", is_internal=True),
    needs.SOURCE,
    empty=needs.nothing_listed(matrix, need_choice["nood"], because),
)

traits = data.frame(queries.not_reached_by_trait, **year, **place, **strategy)
no_traits = needs.no_traits(traits, because)
figure_block("kenmerken", needs.traits(traits), needs.traits_table(traits), context, empty=no_traits)

about_figures(
    context,
    "bereik_aantal",
    ["instellingen_bereikt", "professionals", "deelnames", "interventies", "dagdelen"],
    rows.height,
    source=known.SOURCE,
    notes=figures.NOTES,
)
