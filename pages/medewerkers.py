"""Medewerkers: staff by name, for HR and for the hoofdadviseur who leads them."""

from dashboard import data, filters, shell
from dashboard.components import about_figures, export_context, figure_block, key_figures, table_block
from dashboard.figures import medewerkers as figures
from dashboard.figures.werkdruk import SOURCE_STAFF, SOURCE_WORK, group_parts, with_month_name
from warehouse.queries import medewerkers as queries

page = shell.open_page("medewerkers")
groups = data.staff_frame(queries.groups)
nobody = figures.nobody(groups)
choice = filters.bar(
    page,
    filters.schooljaar(),
    figures.group_filter(groups),
    figures.person_filter,
)
group = {"schooljaar": choice.schooljaar, **group_parts(choice["groep"])}
person = {"persoon": choice["medewerker"]}
is_one = choice["medewerker"] != filters.ALL
who = choice.texts["Personeelslid" if is_one else "Dienst of team"]

available = data.staff_frame(queries.available, **group)
load = data.staff_frame(queries.load, **group)
key_figures(figures.key_figures(available, load))

context = export_context(page, choice, "schooljaar", "groep")
table_block(
    "inzetbaar",
    figures.available_title(available),
    figures.available_table(available),
    context,
    SOURCE_STAFF,
    empty=nobody,
)
table_block(
    "belasting",
    figures.load_title(load),
    figures.load_table(load),
    context,
    SOURCE_WORK,
    empty=nobody,
)

months = with_month_name(data.staff_frame(queries.months, **group, **person))
totals = with_month_name(figures.month_totals(months))
categories = data.staff_frame(queries.categories, **group, **person)
context = export_context(page, choice)
why = figures.nothing_to_show(months)
figure_block("maanden", figures.months(totals, who), figures.months_table(totals), context, empty=why)
figure_block(
    "categorieen",
    figures.categories(categories, who),
    figures.categories_table(categories),
    context,
    empty=why,
)
table_block(
    "verloop",
    f"Maand per maand: {who}",
    figures.course_table(months),
    context,
    f"{SOURCE_STAFF}; {SOURCE_WORK}",
    empty=nobody,
)

about_figures(
    context,
    "medewerker_maand",
    ["vte_aanstelling", "vte_verlof", "vte_afwezig", "vte_inzetbaar", "is_langdurig_afwezig"],
    months.height,
    source=f"{SOURCE_STAFF}; {SOURCE_WORK}",
    notes=figures.NOTES,
)
