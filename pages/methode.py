"""Methode: the ranking of needs as an entry in a register of algorithms, and how well it does."""

from dashboard import data, filters, shell
from dashboard.components import about_figures, export_context, figure_block, key_figures, table_block
from dashboard.components.paper import paper_download, paper_facts, section_words
from dashboard.figures import methode as figures
from warehouse.queries import methode as queries
from warehouse.settings import load_settings

page = shell.open_page("methode")
choice = filters.bar(page, filters.schooljaar())
context = export_context(page, choice)
limit = load_settings()["noden"]["grens_rankability"]

said = figures.card_figures(choice.schooljaar)
card = figures.card(said)
sources, steps, choices, human, certainty, risks, supervision = card.sections

key_figures(figures.key_figures(said))
paper_download("methodekaart", "Methodekaart (Word, twee bladzijden)", card, context)
paper_facts(card, "Wat is deze rangschikking?")

section_words(sources)
table_block("bronnen", sources.grids[0].caption, figures.sources_table(said.sources), context, figures.SOURCE)

section_words(steps)
section_words(choices)
for key, grid in zip(("beslissingen", "ankers"), choices.grids, strict=True):
    table_block(key, grid.caption, figures.grid_table(grid), context, "instellingen van de methode")

section_words(human)

section_words(certainty)
figure_block(
    "terugblik",
    figures.backtest_chart(said.backtest),
    figures.backtest_table(said.backtest),
    context,
    empty=figures.NO_BACKTEST,
)
rankability = data.counts_over_network(queries.rankability, schooljaar=choice.schooljaar)
figure_block(
    "rankability",
    figures.rankability_chart(rankability, limit),
    figures.rankability_table(rankability),
    context,
    empty=figures.NO_RANKING,
)
figure_block(
    "robuustheid",
    figures.robustness_chart(said.robustness),
    figures.robustness_table(said.robustness),
    context,
    empty=figures.NO_RANKING,
)
shifts = data.counts_over_network(queries.shifts, schooljaar=choice.schooljaar)
figure_block(
    "verschuivingen",
    figures.shifts_chart(shifts),
    figures.shifts_table(shifts),
    context,
    empty=figures.NO_RANKING,
)

table_block(
    "kleinste",
    "Staan kleine instellingen door toeval bovenaan?",
    figures.smallest_table(said.smallest),
    context,
    figures.SOURCE,
    note=figures.SMALLEST_NOTE,
    empty=figures.NO_SIZES,
)

section_words(risks)
section_words(supervision)

about_figures(
    context,
    "noden",
    ["rang", "trap", "klasse", "score", "rankability", "is_in_groepen", "kans_top"],
    said.ranked["instellingen"],
    source=figures.SOURCE,
)
