"""Doorlichtingen: which advice, which deficits come back, and what still has to follow."""

from dashboard import data, filters, shell
from dashboard.components import about_figures, export_context, figure_block, key_figures, table_block
from dashboard.figures import doorlichtingen as figures
from dashboard.figures import doorlichtingen_tekorten as deficits
from warehouse.queries import doorlichtingen as queries
from warehouse.queries import start
from warehouse.settings import load_settings

page = shell.open_page("doorlichtingen")
choice = filters.bar(
    page,
    filters.schooljaar(),
    figures.period_filter(),
    filters.scholengroep(),
    filters.onderwijsniveau(),
    figures.kind_filter(),
    figures.advice_filter(),
)
context = export_context(page, choice)
limits = load_settings()["doorlichting"]
minimum = limits["minimum_noemer"]

inspections = data.frame(queries.inspections, **choice.values)
differences = data.frame(queries.differences, **choice.only("schooljaar", "scholengroep", "onderwijsniveau").values)
without_advice = choice.only("schooljaar", "periode", "scholengroep", "onderwijsniveau", "soort")
total = data.frame(queries.advice_total, **without_advice.values)
is_delivered = data.row(start.inspections)["is_bekend"]
dossiers = data.row(queries.dossiers, schooljaar=choice.schooljaar, scholengroep=choice["scholengroep"])["aantal"]
key_figures(
    figures.key_figures(total, inspections, differences, minimum, is_delivered=is_delivered, has_dossier=dossiers > 0)
)

split_choice = filters.bar(page, figures.split_filter())
split = split_choice["uitsplitsing"]
advice = data.frame(
    queries.advice_by_year if split == "schooljaar" else queries.advice_by_level, **without_advice.values
)
advice_context = export_context(page, without_advice)
figure_block(
    "adviezen",
    figures.advice_chart(advice, split),
    figures.advice_table(advice, split, minimum),
    advice_context,
    empty=figures.nothing_found(figures.NO_INSPECTIONS, is_delivered=is_delivered),
)
figure_block(
    "ongunstig",
    figures.unfavourable_chart(advice, split, minimum),
    figures.advice_table(advice, split, minimum),
    advice_context,
    empty=figures.nothing_found(
        figures.NO_INSPECTIONS if advice.is_empty() else figures.TOO_FEW, is_delivered=is_delivered
    ),
)

is_scaled = data.row(queries.scaled)["is_bekend"]
scales = data.frame(queries.scales, **choice.values)
figure_block(
    "inschalingen",
    deficits.deficit_map(scales, minimum, limits["grens_soms"], limits["grens_vaak"], limits["grens_heel_vaak"]),
    deficits.scale_table(scales, minimum),
    context,
    empty=deficits.nothing_found(deficits.NO_SCALES, is_delivered=is_delivered, is_scaled=is_scaled),
)

state = choice.only("schooljaar", "scholengroep", "onderwijsniveau")
shared = data.frame(queries.shared_deficits, **state.values, vanaf=limits["terugkerend_vanaf"])
figure_block(
    "gedeeld",
    deficits.shared_chart(shared),
    deficits.shared_table(shared),
    export_context(page, state),
    empty=deficits.nothing_found(deficits.NO_SHARED, is_delivered=is_delivered, is_scaled=is_scaled),
)
if not shared.is_empty():
    deficit = filters.bar(page, deficits.deficit_filter(shared))
    institutions = data.frame(
        queries.deficit_institutions,
        schooljaar=choice.schooljaar,
        onderwijsniveau=choice["onderwijsniveau"],
        tekort=deficit["tekort"],
    )
    table_block(
        "met-tekort",
        "Bij welke instellingen?",
        deficits.institutions_table(institutions),
        export_context(page, state.joined(deficit)),
        figures.SOURCE,
        note=deficits.SHARED_NOTE,
    )

again = choice.only("schooljaar", "periode", "scholengroep", "onderwijsniveau")
reexamined = data.frame(queries.reexamined, **again.values)
figure_block(
    "teruggekeerd",
    deficits.returned_chart(reexamined, minimum),
    deficits.returned_share_table(reexamined, minimum),
    export_context(page, again),
    empty=deficits.nothing_found(deficits.NO_REEXAMINED, is_delivered=is_delivered, is_scaled=is_scaled),
)
table_block(
    "terug-instelling",
    "Welke tekorten keerden terug bij dezelfde instelling?",
    deficits.returned_table(reexamined),
    export_context(page, again),
    figures.SOURCE,
    note=deficits.RETURNED_NOTE,
    height=420,
    empty=deficits.nothing_found(deficits.NONE_RETURNED, is_delivered=is_delivered, is_scaled=is_scaled),
)

follow_up = filters.bar(page, figures.follow_up_filter())
listed = figures.of_follow_up(inspections, follow_up["opvolging"])
table_block(
    "lijst",
    "Welke doorlichtingen, en hoe ver staat de opvolging?",
    figures.inspection_table(listed),
    export_context(page, choice.joined(follow_up)),
    figures.SOURCE,
    note=figures.LIST_NOTE,
    height=560,
    empty=figures.nothing_found(figures.NO_INSPECTIONS, is_delivered=is_delivered),
)

table_block(
    "verschillen",
    "Waar zegt het outputdossier iets anders dan de lijst?",
    figures.difference_table(differences),
    export_context(page, state),
    figures.SUMMARY_SOURCE,
    note=figures.DIFFERENCE_NOTE,
    empty=figures.nothing_found(figures.NO_DIFFERENCES if dossiers else figures.NO_DOSSIER, is_delivered=is_delivered),
)

about_figures(
    context,
    "doorlichting",
    ["datum", "advies", "soort", "uitspraak_gok", "uitspraak_llb", "is_van_kracht", "aantal_beneden"],
    listed.height,
    source=figures.SOURCE,
    notes=[figures.about_deficits(minimum, limits["terugkerend_vanaf"])],
)
