"""Datakwaliteit: what the checks of the deliveries say, who has not delivered, and which figures that touches."""

from dashboard import data, filters, shell
from dashboard.components import (
    about_figures,
    export_context,
    figure_block,
    key_figures,
    page_link,
    plain_table_box,
    table_block,
)
from dashboard.figures import datakwaliteit as figures
from dashboard.figures import datakwaliteit_volledigheid as volledigheid
from dashboard.figures import leveringen
from warehouse.queries import datakwaliteit as queries

page = shell.open_page("datakwaliteit")
sources = data.frame(queries.sources)
choice = filters.bar(
    page, filters.schooljaar(), figures.source_filter(sources), figures.severity_filter(), figures.page_filter()
)
context = export_context(page, choice, "bron", "controle", "pagina")
by_source = export_context(page, choice, "bron", "pagina")
behind = data.frame(queries.mart_sources)
all_checks = data.frame(queries.checks)
listed = figures.chosen_sources(sources, behind, choice)
complete = volledigheid.completeness_rows(
    data.frame(queries.completeness, schooljaar=choice.schooljaar), choice["bron"]
)
key_figures(figures.key_figures(listed, complete))

checks = figures.chosen_checks(all_checks, figures.tables_of(behind, choice), choice)
told = figures.checks_table(checks, behind)
table_block(
    "controles",
    figures.checks_title(checks, choice),
    told,
    context,
    figures.SOURCE,
    note=figures.CHECKS_NOTE,
    height=420,
    empty=figures.NO_CHECKS,
)
if checks.height:
    plain_table_box("controles", told, "De controles als gewone tabel")
touched = figures.touched_rows(checks, behind, choice["pagina"])
table_block(
    "geraakt",
    figures.touched_title(touched),
    figures.touched_table(touched),
    context,
    figures.SOURCE_CODE,
    note=figures.TOUCHED_NOTE,
    height=420,
    empty=figures.NO_TOUCHED,
)

table_block(
    "bronnen",
    "Hoe staat elke bron ervoor?",
    figures.sources_table(listed),
    by_source,
    figures.SOURCE,
    note=figures.SOURCES_NOTE,
    height=560,
)
past = figures.history_rows(data.frame(queries.history), choice["bron"])
figure_block(
    "verloop",
    figures.history_chart(past, choice.texts["Bron"]),
    figures.history_table(past),
    export_context(page, choice, "bron"),
    empty=figures.NO_HISTORY,
)

figure_block(
    "volledigheid",
    volledigheid.completeness_chart(complete, choice.schooljaar),
    volledigheid.completeness_table(complete),
    export_context(page, choice, "schooljaar", "bron"),
    empty=volledigheid.NO_COMPLETENESS,
)
with shell.part_of_page(volledigheid.MISSING):
    missing = volledigheid.missing_rows(
        data.frame(queries.missing_institutions, schooljaar=choice.schooljaar), choice["bron"]
    )
    missing_choice = filters.bar(page, *volledigheid.missing_filters(missing))
    listed_missing = volledigheid.chosen_missing(missing, missing_choice)
    table_block(
        "ontbreekt",
        volledigheid.missing_title(listed_missing, complete, choice.schooljaar),
        volledigheid.missing_table(listed_missing),
        export_context(page, choice.only("schooljaar", "bron").joined(missing_choice)),
        volledigheid.SOURCE_DELIVERED,
        note=volledigheid.MISSING_NOTE,
        height=420,
        empty=volledigheid.nobody_missing(complete),
    )
table_block(
    "niet-verwacht",
    "Waar kan niemand ontbreken, en waarom?",
    volledigheid.not_expected_table(data.frame(queries.not_expected), choice["bron"]),
    export_context(page, choice, "bron"),
    volledigheid.SOURCE_SETTINGS,
    note=volledigheid.NOT_EXPECTED_NOTE,
    height=420,
    empty=volledigheid.ALL_EXPECTED,
)

table_block(
    "quarantaine",
    "Waarom staan er rijen in quarantaine?",
    figures.quarantine_table(data.frame(queries.quarantine), choice["bron"]),
    export_context(page, choice, "bron"),
    figures.SOURCE_QUARANTINE,
    note=figures.QUARANTINE_NOTE,
    height=420,
    empty=figures.NO_QUARANTINE,
)
page_link("leveringen", "Naar de leveringen en hun rijen in quarantaine", deel=leveringen.HISTORY)
table_block(
    "personeel",
    "Waar zijn er meer deelnemers dan personeelsleden?",
    figures.staff_table(data.frame(queries.staff_differences, schooljaar=choice.schooljaar)),
    export_context(page, choice, "schooljaar"),
    figures.SOURCE_STAFF,
    note=figures.STAFF_NOTE,
    empty=figures.NO_STAFF,
)

about_figures(
    context,
    "levering_volledigheid",
    ["aantal_verwacht", "aantal_geleverd", "aandeel_geleverd"],
    all_checks.height,
    source=f"{figures.SOURCE}; {volledigheid.SOURCE_DELIVERED}",
    notes=figures.NOTES,
)
