"""What was delivered: the history, one delivery with its quarantine file, and withdrawing or restoring it."""

import logging
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import commands, filters, format
from dashboard.components.blocks import table_block
from dashboard.components.delivery_command import delivery_session, notice_line, start_change
from dashboard.exports.context import ExportContext
from dashboard.figures import leveringen as figures
from dashboard.registry import PageEntry

log = logging.getLogger(__name__)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_FILE = "Het quarantainebestand kon niet gemaakt worden."


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
        names = figures.delivery_names(found)
        st.header("Eén levering")
        number = st.selectbox(
            "Levering", list(names), format_func=lambda code: names.get(code, code), key="leveringen.levering"
        )
        _delivery(next(row for row in found.iter_rows(named=True) if row["levering"] == number))


def corrections(context: ExportContext) -> None:
    """Draw the corrections that the data owner declared, and how each of them stands."""
    st.markdown(figures.CORRECTIONS_WORDS)
    answer = commands.asked("correcties", "--json")
    if not answer.is_understood:
        st.error(format.plain_markdown(answer.sentence), icon=":material/error:")
        return
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


def _delivery(row: Mapping[str, Any]) -> None:
    # What suppliers and users wrote is never Markdown.
    facts = [f"**{label}**: {format.plain_markdown(text)}" for label, text in figures.delivery_facts(row)]
    st.markdown("  \n".join(facts))
    if row["quarantaine"]:
        _quarantine_button(row)
    number = row["levering"]
    if row["status"] in ("actief", "vervangen"):
        with st.expander("Deze levering intrekken", icon=":material/undo:"):
            st.markdown(figures.WITHDRAW_WORDS)
            with st.form(f"intrekken-{number}", enter_to_submit=False, border=False):
                reason = st.text_area("Reden", key=f"intrekken-{number}.reden", max_chars=figures.LONGEST_REASON)
                is_sent = st.form_submit_button("Intrekken en opnieuw bouwen")
        if is_sent:
            _withdraw(number, row["bestand"], reason)
    elif row["status"] == "ingetrokken":
        st.markdown(figures.RESTORE_WORDS)
        if st.button("Herstellen en opnieuw bouwen", key=f"herstel-{number}") and start_change(
            ["herstel", number], f"Herstellen van {row['bestand']}"
        ):
            st.rerun()
    notice_line()


def _withdraw(number: str, name: str, reason: str) -> None:
    if not reason.strip():
        delivery_session().notice = figures.NO_REASON
    elif start_change(["intrekken", number, commands.option("reden", reason)], f"Intrekken van {name}"):
        st.rerun()


def _quarantine_button(row: Mapping[str, Any]) -> None:
    """Draw the button that makes the supplier's own file with the faulty cells coloured, and gives it."""
    number, name = row["levering"], Path(row["bestand"]).stem
    made = st.session_state.get("leveringen.quarantaine")
    if made and made[0] == number:
        st.download_button(
            "Quarantainebestand opslaan (XLSX)",
            data=made[1],
            file_name=f"quarantaine_{name}.xlsx",
            mime=_XLSX,
            key=f"quarantaine-{number}-opslaan",
            icon=":material/download:",
        )
        st.markdown(
            ":small[Het bestand van de leverancier zelf, met de foute cellen gekleurd en achteraan een kolom „reden”.]"
        )
    elif st.button("Quarantainebestand maken", key=f"quarantaine-{number}", icon=":material/table_view:"):
        contents, problem = _quarantine_file(number)
        if problem:
            delivery_session().notice = problem
        else:
            st.session_state["leveringen.quarantaine"] = (number, contents)
            st.rerun()


def _quarantine_file(number: str) -> tuple[bytes, str]:
    """Return the quarantine file of a delivery, or the sentence that says why there is none."""
    folder = Path(tempfile.mkdtemp(prefix="sterrenwacht-quarantaine-"))
    path = folder / "quarantaine.xlsx"
    try:
        with st.spinner("Quarantainebestand maken …"):
            answer = commands.ask("quarantaine", number, "--naar", str(path), "--json")
        if answer.is_understood and path.is_file():
            return path.read_bytes(), ""
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return b"", answer.sentence or _NO_FILE
