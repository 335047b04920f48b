"""Instelling: one institution, its signals, doorlichtingen, support and reach."""

import streamlit as st

from dashboard import data, filters, shell
from dashboard.components import (
    about_figures,
    export_context,
    figure_block,
    key_figures,
    page_link,
    table_block,
)
from dashboard.figures import instelling as figures
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
schooljaar = figures.shown_year(profile)

st.markdown(figures.identity(profile, data.frame(queries.predecessors, instellingsnummer=number)))
standing = data.frame(queries.standing, instellingsnummer=number)
key_figures(figures.key_figures(profile, standing, schooljaar))

# What follows is over all schooljaren; the title of the reach says of which one it is.
context = export_context(page, choice, "instelling")
signals = data.frame(queries.signals, instellingsnummer=number)
if not signals.is_empty():
    signal = filters.bar(page, figures.signal_filter(signals))["signaal"]
    figure_block("signaal", figures.signal_chart(signals, signal), figures.signal_table(signals, signal), context)
table_block(
    "signalen",
    "Alle signalen, laatste meting",
    figures.latest_signals(signals),
    context,
    figures.SIGNAL_SOURCE,
    note=figures.SIGNALS_NOTE,
    empty=figures.NO_SIGNALS,
)

inspections = data.frame(queries.inspections, instellingsnummer=number)
table_block(
    "doorlichtingen",
    "Doorlichtingen",
    figures.inspections(inspections),
    context,
    "doorlichtingen",
    note=figures.INSPECTIONS_NOTE,
    empty=figures.NO_INSPECTIONS,
)
follow_up = data.frame(queries.follow_up, instellingsnummer=number)
if not follow_up.is_empty():
    table_block(
        "opvolging",
        "Opvolging na de doorlichting",
        figures.follow_up(follow_up),
        context,
        "doorlichtingen en verslagtool",
        note=figures.FOLLOW_UP_NOTE,
    )
support = data.frame(queries.support, instellingsnummer=number)
table_block(
    "ondersteuning",
    "Ondersteuning",
    figures.support(support),
    context,
    "verslagtool",
    note=figures.SUPPORT_NOTE,
    empty=figures.NO_SUPPORT,
)

reach = data.frame(queries.reach, instellingsnummer=number, schooljaar=schooljaar)
figure_block(
    "bereik",
    figures.reach_chart(reach, schooljaar),
    figures.reach_table(reach),
    context,
    empty=figures.NOT_REACHED,
)
timeline = data.frame(queries.timeline, instellingsnummer=number)
table_block("tijdlijn", "Tijdlijn", figures.timeline(timeline), context, "alle leveringen", empty=figures.NO_EVENTS)

about_figures(
    context,
    "signaal_jaar",
    ["waarde", "netwerk", "vergelijkbaar"],
    signals.height,
    source="instellingen, outputdossier, Vlaamse toetsen, doorlichtingen, verslagtool, inschrijvingsdatabank",
    notes=["Bij elk signaal betekent hoger een grotere nood. Cijfers van voorgangers tellen mee."],
)
