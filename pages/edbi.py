"""EDBI: how many answer, and how favourable the answers are."""

import streamlit as st

from dashboard import data, filters, shell
from dashboard.components import about_figures, export_context, figure_block, key_figures, table_block
from dashboard.figures import edbi as figures
from dashboard.figures import edbi_answers as given
from dashboard.figures import edbi_bekend as known
from dashboard.figures.strategies import strategy_filter
from warehouse.queries import edbi as queries

page = shell.open_page("edbi")
strategies = data.frame(queries.strategies)
choice = filters.bar(
    page,
    filters.schooljaar(),
    strategy_filter(strategies),
    figures.order_filter(),
)
selection = {"schooljaar": choice.schooljaar, "strategie": choice["strategie"]}
context = export_context(page, choice, *selection)
is_measured = not strategies.is_empty()
nothing = figures.no_measurements(choice["strategie"], searched="", is_measured=is_measured)

response = data.frame(queries.response, **selection)
measured = figures.ordered(data.frame(queries.measurements, **selection), choice["volgorde"])
stages = figures.stages(data.frame(queries.funnel, **selection))
uncounted, is_all = "", known.is_whole(response, choice["strategie"])
with shell.part_of_page(known.UNPLACED):
    uncounted = known.unplaced(data.frame(queries.unplaced, schooljaar=choice.schooljaar), response)
if uncounted:
    st.info(uncounted, icon=":material/link_off:")
key_figures(figures.key_figures(response, measured, choice["strategie"]))
no_response = figures.no_response(response, nothing, choice["strategie"])
figure_block(
    "respons",
    figures.response(response, uncounted),
    figures.response_table(response),
    context,
    empty=no_response,
)
figure_block("trechter", figures.funnel(stages, uncounted), figures.funnel_table(stages), context, empty=no_response)

with shell.part_of_page(given.ANSWERS):
    questions = data.frame(queries.questions, schooljaar=choice.schooljaar)
    favourable = data.frame(queries.favourable, **selection)
    distribution = data.frame(queries.distribution, **selection)
    question, question_text = filters.ALL, ""
    if choice["strategie"] == filters.ALL:
        question_choice = filters.bar(page, given.question_filter(questions))
        question, question_text = question_choice["vraag"], question_choice.texts["Kernvraag"]
        context = export_context(page, choice.joined(question_choice), *selection, "vraag")
    subject = given.subject(choice["strategie"], question_text)
    rows = given.labelled(favourable, choice["strategie"], question)
    figure_block(
        "gunstig",
        given.favourable(rows, subject),
        given.favourable_table(rows),
        context,
        empty=figures.nothing_measured(given.nothing_to_show(rows, response), is_measured=is_measured),
    )
    for points in given.scales(rows):
        answers = given.answers(rows, distribution, points)
        figure_block(
            f"verdeling-{points}",
            given.likert(answers, points, subject),
            given.likert_table(answers, points),
            context,
        )

context = export_context(page, choice)
with shell.part_of_page(given.LEFT_OUT):
    left_out = data.frame(queries.outside_scale, **selection)
    if not left_out.is_empty():
        table_block(
            "buiten-schaal",
            "Antwoorden die niet meetellen",
            given.left_out_table(left_out),
            context,
            given.SOURCE,
            note=given.left_out(left_out),
        )

chart = figures.measurements(measured, choice["volgorde"], figures.expected_rate(response), is_all=is_all)
figure_block("metingen", chart, figures.measurements_table(measured), context, empty=no_response)
search = filters.search_box(page, "Zoek in de lijst van metingen")
found = figures.ordered(data.frame(queries.measurements, zoek=search["zoek"], **selection), choice["volgorde"])
table_block(
    "lijst",
    figures.list_title(found.height, is_measured=is_measured, is_all=is_all),
    figures.measurements_table(found),
    export_context(page, choice.joined(search)),
    figures.SOURCE,
    note=uncounted,
    empty=figures.no_measurements(choice["strategie"], search["zoek"], is_measured=is_measured, is_all=is_all),
)

about_figures(
    context,
    "edbi_respons",
    ["uitgenodigd", "begonnen", "volledig", "gedeeltelijk", "respons", "is_beschermd"],
    measured.height,
    source=figures.SOURCE,
    notes=figures.NOTES,
)
