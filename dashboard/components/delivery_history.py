"""What was delivered: the history, one delivery with its quarantine file, and withdrawing or restoring it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import commands, filters, format
from dashboard.components.blocks import table_block
from dashboard.components.delivery_command import delivery_session, events_block, notice_line, start_change
from dashboard.components.delivery_quarantine import quarantine_button
from dashboard.components.plain_table import plain_table_box
from dashboard.exports.context import ExportContext
from dashboard.figures import leveringen as figures
from dashboard.registry import PageEntry


def delivery_history(page: PageEntry, context: ExportContext) -> None:
    """Draw the history with its filters, and below it one delivery that is chosen from it."""
    answer = commands.asked("leveringen", "--json")
    if not answer.is_understood:
        st.error(format.plain_markdown(answer.sentence), icon=":material/error:")
        return
    rows = figures.history(answer.data)
    if rows.is_empty():
        st.info(figures.NO_HISTORY, icon=":material/inbox:")
        return
    choice = filters.bar(page, figures.source_filter(rows), figures.status_filter())
    found = figures.chosen(rows, choice["bron"], choice["status"])
    table_block(
        "geschiedenis",
        f"Leveringen: {format.number(found.height)}",
        figures.history_table(found, with_names=True),
        context,
        figures.SOURCE,
        note=figures.HISTORY_NOTE,
        height=400,
        empty=figures.NOTHING_FOUND,
        exported=figures.history_table(found, with_names=False),
    )
    if not found.is_empty():
        listed = figures.history_table(found, with_names=True)
        plain_table_box("geschiedenis", listed, "De geschiedenis als gewone tabel")
        names = figures.delivery_names(found)
        st.header("Eén levering")
        number = st.selectbox(
            "Levering", list(names), format_func=lambda code: names.get(code, code), key="leveringen.levering"
        )
        _delivery(next(row for row in found.iter_rows(named=True) if row["levering"] == number))
    events_block("gebeurtenissen", "Wie deed wat", answer.data, context)


def _delivery(row: Mapping[str, Any]) -> None:
    # What suppliers and users wrote is never Markdown.
    facts = [f"**{label}**: {format.plain_markdown(text)}" for label, text in figures.delivery_facts(row)]
    st.markdown("  \n".join(facts))
    if row["quarantaine"]:
        quarantine_button(row["levering"], row["bestand"], row["bron"], "geschiedenis")
    number = row["levering"]
    if (
        figures.waits_for_build(row)
        and st.button("Opnieuw bouwen en publiceren", key=f"bouwen-{number}")
        and start_change(["bouw"], f"Bouwen met {row['bestand']}")
    ):
        st.rerun()
    # Not the status: that is of the version, and a delivery can have been withdrawn or restored since.
    if row["ingetrokken_op"]:
        st.markdown(figures.RESTORE_WORDS)
        if st.button("Herstellen en opnieuw bouwen", key=f"herstel-{number}") and start_change(
            ["herstel", number], f"Herstellen van {row['bestand']}"
        ):
            st.rerun()
    elif row["status"] != "geweigerd":
        with st.expander("Deze levering intrekken", icon=":material/undo:"):
            st.markdown(figures.WITHDRAW_WORDS)
            with st.form(f"intrekken-{number}", enter_to_submit=False, border=False):
                reason = st.text_area("Reden", key=f"intrekken-{number}.reden", max_chars=figures.LONGEST_REASON)
                is_sent = st.form_submit_button("Intrekken en opnieuw bouwen")
        if is_sent:
            _withdraw(number, row["bestand"], reason)
    notice_line()


def _withdraw(number: str, name: str, reason: str) -> None:
    if not reason.strip():
        delivery_session().notice = figures.NO_REASON
    elif start_change(["intrekken", number, commands.option("reden", reason)], f"Intrekken van {name}"):
        st.rerun()
