"""Bereik: which instellingen and professionals were reached, against which target, and who was not."""

from dashboard import data, filters, shell
from dashboard.components import about_figures, export_context, figure_block, key_figures, page_link, table_block
from dashboard.figures import bereik as figures
from dashboard.figures import bereik_doelen as goals
from dashboard.figures import bereik_noden as needs
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
context = export_context(page, choice)
per = choice["per"]
year = {"schooljaar": choice.schooljaar}
place = {"scholengroep": choice["scholengroep"], "onderwijsniveau": choice["onderwijsniveau"]}
strategy = {"strategie": choice["strategie"]}

history = data.frame(queries.history, **place, **strategy)
matrix = data.frame(queries.need_matrix, **year, **place, **strategy)
totals = data.frame(queries.totals, **year, **place, **strategy)
key_figures(figures.key_figures(totals, history, matrix, is_since_plan=figures.counts_since_plan(choice)))

rows = figures.ordered(data.frame(queries.breakdown, per=per, **year, **place, **strategy), per)
by_group, nothing = figures.breakdown_table(rows, per), figures.nothing_known(rows)
figure_block("instellingen", figures.institutions(rows, per), by_group, context, empty=nothing)
figure_block("professionals", figures.professionals(rows, per), by_group, context, empty=nothing)
context = export_context(page, choice, *place, *strategy)
figure_block("verloop", figures.history(history, choice.texts["Strategie"]), figures.history_table(history), context)

targets = data.frame(queries.targets, **year, **strategy)
context = export_context(page, choice, *year, *strategy)
figure_block("doelen", goals.targets(targets), goals.targets_table(targets), context, empty=goals.no_targets())

intensity = data.frame(queries.intensity, **year, **place)
context = export_context(page, choice, *year, *place)
figure_block("intensiteit", figures.intensity(intensity), figures.intensity_table(intensity), context)

context = export_context(page, choice, *year, *place, *strategy)
internal = export_context(page, choice, *year, *place, *strategy, is_internal=True)
figure_block("noden", needs.need_matrix(matrix), needs.need_matrix_table(matrix), internal)
for need, words in needs.matrix_links(matrix):
    page_link("bereik", f"Toon de lijst: {words}", nood=need, per=per)

need_choice = filters.bar(page, needs.need_filter())
not_reached = data.frame(queries.not_reached, nood=need_choice["nood"], **year, **place, **strategy)
table_block(
    "niet-bereikt",
    needs.not_reached_title(not_reached, matrix, choice["strategie"], choice.schooljaar),
    needs.not_reached_table(not_reached),
    export_context(page, choice.joined(need_choice), *year, *place, *strategy, "nood", is_internal=True),
    needs.SOURCE,
    empty=needs.nothing_listed(matrix),
)

traits = data.frame(queries.not_reached_by_trait, **year, **place, **strategy)
figure_block("kenmerken", needs.traits(traits), needs.traits_table(traits), context)

about_figures(
    context,
    "bereik_aantal",
    ["instellingen_bereikt", "professionals", "deelnames", "interventies", "dagdelen"],
    rows.height,
    source=figures.SOURCE,
    notes=figures.NOTES,
)
