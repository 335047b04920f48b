"""Instelling: one institution, why it stands where it stands, how sure that is, and what was done."""

import streamlit as st

from dashboard import access_log, data, filters, shell
from dashboard.components import (
    about_figures,
    dialogue_box,
    export_context,
    figure_block,
    key_figures,
    page_link,
    table_block,
)
from dashboard.components.parts import page_parts
from dashboard.components.summary import rules_box, summary_box
from dashboard.figures import instelling as figures
from dashboard.figures import instelling_comparable as comparable
from dashboard.figures import instelling_criteria as criteria
from dashboard.figures import instelling_process as process
from dashboard.figures import instelling_signals as signals
from dashboard.figures import instelling_support as support
from dashboard.figures.standing import standing
from warehouse.queries import instelling as queries

page = shell.open_page("instelling")
choices = data.frame(queries.choices)
choice = filters.bar(page, filters.schooljaar(), figures.institution_filter(choices))
number = choice["instelling"]
if number == figures.NOTHING:
    st.info("Kies een instelling: typ een deel van de naam, het nummer of de gemeente.", icon=":material/search:")
    shell.end_page()
if follower := figures.successor(choices, number):
    page_link("instelling", f"Opgevolgd door {follower[1]}", instelling=follower[0])
profile = data.frame(queries.profile, instellingsnummer=number, schooljaar=choice.schooljaar)
if profile.is_empty():
    st.info(f"Deze instelling bestond nog niet in {choice.schooljaar}. Kies een later schooljaar.")
    shell.end_page()
if notice := figures.gone_notice(profile, choice.schooljaar):
    st.info(notice, icon=":material/history:")
access_log.seen(page.key, instellingsnummer=number)
schooljaar = figures.shown_year(profile)
context = export_context(page, choice, "schooljaar", "instelling")
# What is told over all schooljaren does not follow the filter.
all_years = export_context(page, choice, "instelling")

st.markdown(figures.identity(profile, data.frame(queries.predecessors, instellingsnummer=number)))
ranked = standing(number)
scored = data.frame(queries.criteria, instellingsnummer=number, schooljaar=schooljaar)
key_figures(figures.key_figures(profile, ranked, scored, schooljaar))

measured = data.frame(queries.indicators, instellingsnummer=number, schooljaar=schooljaar)
inspections = data.frame(queries.inspections, instellingsnummer=number)
follow_up = data.frame(queries.follow_up, instellingsnummer=number)
scaled = data.frame(queries.process_indicators, instellingsnummer=number)
summary_box(figures.summary(ranked, scored, measured, inspections, follow_up, schooljaar), number)
group, label = figures.ranking_link(profile)
page_link("noden", label, scholengroep=group)
rules_box(figures.rules())

behind, alike, course, self_scaled, dialogue = page_parts(figures.PARTS)
if behind.open:
    with behind:
        figure_block(
            "bijdragen",
            criteria.contribution_chart(scored, ranked, schooljaar),
            criteria.criteria_table(scored, ranked, schooljaar),
            context,
            empty=criteria.nothing_to_draw(ranked, schooljaar),
        )
        table_block(
            "indicatoren",
            "Indicatoren achter de score",
            criteria.indicator_table(measured, schooljaar),
            context,
            criteria.SOURCE,
            note=criteria.INDICATORS_NOTE,
            empty=criteria.NO_INDICATORS,
        )
        table_block(
            "ontbreekt",
            "Wat heeft geen cijfer, en waarom?",
            criteria.missing_table(scored, measured, scaled, profile["onderwijsniveau"][0], schooljaar),
            context,
            criteria.SOURCE,
            note=criteria.MISSING_NOTE,
            empty=criteria.NOTHING_MISSING,
        )
        yearly = data.frame(queries.signals, instellingsnummer=number)
        if not yearly.is_empty():
            signal = filters.bar(page, signals.signal_filter(yearly))["signaal"]
            chart, behind_it = signals.signal_chart(yearly, signal), signals.signal_table(yearly, signal)
            figure_block("signaal", chart, behind_it, all_years)
        table_block(
            "signalen",
            "Alle signalen, laatste meting",
            signals.latest_signals(yearly),
            all_years,
            signals.SIGNAL_SOURCE,
            note=signals.SIGNALS_NOTE,
            empty=signals.NO_SIGNALS,
        )
if alike.open:
    with alike:
        like_schools = data.frame(queries.comparable, instellingsnummer=number, schooljaar=schooljaar)
        st.markdown(comparable.explanation(like_schools))
        table_block(
            "vergelijkbaar",
            "Vergelijkbare scholen, de meest gelijkende eerst",
            comparable.comparable_table(comparable.named(like_schools)),
            context,
            comparable.SOURCE,
            note=comparable.NOTE,
            height=760,
            empty=comparable.NONE_FOUND,
        )
if course.open:
    with course:
        events = data.frame(queries.timeline, instellingsnummer=number)
        figure_block(
            "tijdlijn",
            support.timeline_chart(events, ranked, data.version().peildatum),
            support.timeline_table(events),
            all_years,
            empty=support.NO_EVENTS,
        )
        table_block(
            "doorlichtingen",
            "Doorlichtingen",
            support.inspections(inspections),
            all_years,
            "doorlichtingen",
            note=support.INSPECTIONS_NOTE,
            empty=support.NO_INSPECTIONS,
        )
        if not follow_up.is_empty():
            table_block(
                "opvolging",
                "Opvolging na de doorlichting",
                support.follow_up(follow_up),
                all_years,
                "doorlichtingen en verslagtool",
                note=support.FOLLOW_UP_NOTE,
            )
        table_block(
            "ondersteuning",
            "Ondersteuning",
            support.support(data.frame(queries.support, instellingsnummer=number)),
            all_years,
            "verslagtool",
            note=support.SUPPORT_NOTE,
            empty=support.NO_SUPPORT,
        )
        reached = data.frame(queries.reach, instellingsnummer=number, schooljaar=schooljaar)
        chart = support.reach_chart(reached, schooljaar)
        figure_block("bereik", chart, support.reach_table(reached), context, empty=support.nothing_reached(reached))
if self_scaled.open:
    with self_scaled:
        st.markdown(process.GUIDE)
        year = process.shown_year(scaled, schooljaar)
        if year is None:
            st.info(process.NOT_FILLED_IN, icon=":material/search_off:")
        else:
            for sentence in process.notices(scaled, year, number):
                st.info(sentence, icon=":material/info:")
            placed = process.process_table(scaled, year)
            if process.has_one_scale(scaled, year):
                figure_block("procesindicatoren", process.process_chart(scaled, year), placed, all_years)
            table_block(
                "inschaling",
                f"Eigen inschaling in {year}",
                placed,
                all_years,
                process.SOURCE,
                note=process.NOTE,
                height=563,
            )
            table_block(
                "proces-jaren",
                "De eigen inschaling door de jaren",
                process.history_table(scaled),
                all_years,
                process.SOURCE,
                note=process.HISTORY_NOTE,
                height=563,
            )
if dialogue.open:
    with dialogue:
        dialogue_box(number, context)

about_figures(
    context,
    "noden_indicator",
    ["waarde", "laag", "hoog", "verwacht", "netwerk_gemiddelde", "bijdrage"],
    measured.height,
    source=figures.SOURCES,
    notes=["Bij elk signaal betekent hoger een grotere nood. Cijfers van voorgangers tellen mee."],
)
