"""Corrections: the list with its state, one more, and the end of one; each in the name of who does it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from dashboard import commands, format
from dashboard.components.blocks import table_block
from dashboard.components.delivery_command import delivery_session, events_block, notice_line, start_change
from dashboard.exports.context import ExportContext
from dashboard.figures import leveringen as figures
from dashboard.figures import leveringen_correcties as shown


def corrections(context: ExportContext) -> None:
    """Draw the corrections that were declared and how each stands, the fields for one more, and ending one."""
    st.markdown(figures.CORRECTIONS_WORDS)
    answer = commands.asked("correcties", "--json")
    if not answer.is_understood:
        st.error(format.plain_markdown(answer.sentence), icon=":material/error:")
        return
    if notice := figures.corrections_notice(answer.data):
        st.warning(notice, icon=":material/warning:")
    table = figures.corrections_table(answer.data, with_names=True)
    table_block(
        "correcties",
        f"Correcties: {format.number(table.frame.height)}",
        table,
        context,
        "het bestand met correcties",
        note=figures.CORRECTIONS_NOTE,
        empty=figures.NO_CORRECTIONS,
        exported=figures.corrections_table(answer.data, with_names=False),
    )
    if shown.waits_for_build(answer.data):
        st.info(shown.WAITS, icon=":material/schedule:")
        if st.button("Nu bouwen", key="correctie-bouwen") and start_change(["bouw"], "Bouwen met de correcties"):
            st.rerun()
    with st.expander("Een correctie toevoegen", icon=":material/edit_note:"):
        _add(answer.data)
    if answer.data["correcties"]:
        with st.expander("Een correctie beëindigen", icon=":material/undo:"):
            _end(answer.data)
    notice_line()
    events_block("correctie-gebeurtenissen", "Wie voegde correcties toe of beëindigde ze", answer.data, context)


def _add(answer: Mapping[str, Any]) -> None:
    tables = {row["tabel"]: row for row in answer["tabellen"]}
    name = st.selectbox(
        "Tabel", list(tables), format_func=lambda code: shown.table_words(tables[code]), key="correctie.tabel"
    )
    table = tables[name]
    columns = {row["naam"]: row for row in table["kolommen"]}
    column = st.selectbox(
        "Kolom van de foute waarde",
        list(columns),
        format_func=lambda code: columns[code]["kop"],
        key=f"correctie-{name}.kolom",
    )
    st.markdown(f":small[{shown.not_correctable(table, answer['zonder_sleutel'])}]")
    with st.form(f"correctie-{name}-{column}", enter_to_submit=False, border=False):
        st.markdown("**Welke rij**")
        key = {
            part["naam"]: st.text_input(shown.key_label(part), key=f"correctie-{name}.sleutel.{part['naam']}")
            for part in table["sleutel"]
        }
        st.markdown("**Welke waarde**")
        expected = _value("Waarde die de bron nu geeft", f"correctie-{name}-{column}.verwacht", columns[column])
        value = _value("Juiste waarde", f"correctie-{name}-{column}.waarde", columns[column])
        reason = st.text_area("Reden", key=f"correctie-{name}.reden", max_chars=figures.LONGEST_REASON)
        until = st.text_input(
            "Laatste dag waarop ze geldt (dag/maand/jaar; leeg: tot ze beëindigd wordt)",
            key=f"correctie-{name}.tot",
            max_chars=10,
        )
        is_sent = st.form_submit_button("Correctie toevoegen")
    if not is_sent:
        return
    arguments, problem = shown.arguments(table, key, column, expected, value, reason, until, date.today())
    if problem:
        delivery_session().notice = problem
    elif start_change(arguments, f"Correctie van {table['tabel']}", has_progress=False):
        st.rerun()


def _value(label: str, key: str, column: Mapping[str, Any]) -> str:
    """Draw the field for a value of a column: a choice where there are few, else text; empty is no value."""
    if column["keuzes"]:
        options = ["", *column["keuzes"]]
        return st.selectbox(label, options, key=key, format_func=lambda value: value or "leeg") or ""
    return st.text_input(f"{label} (leeg: geen waarde)", key=key, max_chars=figures.LONGEST_REASON)


def _end(answer: Mapping[str, Any]) -> None:
    st.markdown(shown.END_WORDS)
    names = shown.names(answer)
    with st.form("correctie-beeindigen", enter_to_submit=False, border=False):
        mark = st.selectbox(
            "Correctie", list(names), format_func=lambda code: names.get(code, code), key="correctie.einde"
        )
        is_sent = st.form_submit_button("Correctie beëindigen")
    if is_sent and start_change(["verwijder-correctie", mark], "Beëindigen van een correctie", has_progress=False):
        st.rerun()
