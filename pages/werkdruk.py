"""Werkdruk en HR: who is available, and whether the planned dagdelen are spent."""

from dashboard import data, filters, shell
from dashboard.components import about_figures, export_context, figure_block, key_figures, table_block
from dashboard.figures import werkdruk as figures
from warehouse.queries import werkdruk as queries

page = shell.open_page("werkdruk")
groups = data.frame(queries.groups)
known_categories = data.frame(queries.categories)
choice = filters.bar(
    page,
    filters.schooljaar(),
    figures.group_filter(groups),
    figures.category_filter(known_categories),
)
year = {"schooljaar": choice.schooljaar}
group = figures.group_parts(choice["groep"])
group_name, category_name = choice.texts["Dienst of team"], choice.texts["Categorie van de planning"]

state = data.frame(queries.staff_state, **year, **group)
work = figures.with_month_name(data.frame(queries.work_months, categorie=choice["categorie"], **year))
spent = data.frame(queries.spent_of_planned, categorie=choice["categorie"], **year)
key_figures(figures.key_figures(state, spent))

context = export_context(page, choice, "schooljaar", "categorie")
no_months = figures.no_work(known_categories, figures.NO_MONTHS)
figure_block("maanden", figures.months(work, category_name), figures.months_table(work), context, empty=no_months)
categories = data.frame(queries.work_categories, **year)
figure_block(
    "categorieen",
    figures.categories(categories),
    figures.categories_table(categories),
    export_context(page, choice, "schooljaar"),
    empty=no_months,
)

staff = figures.with_month_name(data.frame(queries.staff_months, **year, **group))
context = export_context(page, choice, "schooljaar", "groep")
why = figures.nothing_to_show(staff, groups)
figure_block("inzetbaar", figures.available(staff, group_name), figures.staff_table(staff), context, empty=why)
figure_block("afwezig", figures.absence(staff, group_name), figures.staff_table(staff), context, empty=why)

teams = data.frame(queries.teams, **year)
context = export_context(page, choice, "schooljaar")
table_block("teams", figures.teams_title(teams), figures.teams_table(teams), context, figures.SOURCE_STAFF, empty=why)

about_figures(
    context,
    "hr_maand",
    ["personen", "vte_aanstelling", "vte_inzetbaar", "aandeel_verlof", "aandeel_langdurig_afwezig"],
    staff.height + work.height,
    source=f"{figures.SOURCE_STAFF}; {figures.SOURCE_WORK}",
    notes=figures.NOTES,
)
