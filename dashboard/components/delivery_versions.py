"""The versions that are kept: going back to one, and building anew at a peildatum."""

from datetime import date

import streamlit as st

from dashboard import commands, format
from dashboard.components.blocks import table_block
from dashboard.components.delivery_command import delivery_session, notice_line, start_change
from dashboard.exports.context import ExportContext
from dashboard.figures import leveringen as figures
from warehouse import versions
from warehouse.queries.leveringen import kept_versions


def version_choices(context: ExportContext) -> None:
    """Draw the kept versions, the choice to go back to one, and the choice of a peildatum to build at."""
    rows = kept_versions(versions.data_folder())
    table_block(
        "versies",
        f"Bewaarde versies: {format.number(rows.height)}",
        figures.versions_table(rows),
        context,
        "de versies in de map met gegevens",
        note=figures.VERSIONS_NOTE,
        empty=figures.NO_VERSIONS,
    )
    if rows.is_empty():
        return
    st.header("Een andere bewaarde versie tonen")
    st.markdown(figures.BACK_WORDS)
    earlier = figures.earlier_versions(rows)
    if earlier:
        _back(earlier)
    else:
        st.info("Er is nog geen andere versie om naar terug te keren.", icon=":material/history:")
    st.header("Opnieuw bouwen op een peildatum")
    st.markdown(figures.REBUILD_WORDS)
    _rebuild()
    notice_line()


def _back(earlier: dict[int, str]) -> None:
    with st.form("terugkeren", enter_to_submit=False, border=False):
        number = st.selectbox(
            "Versie", list(earlier), format_func=lambda code: earlier.get(code, str(code)), key="leveringen.versie"
        )
        is_sent = st.form_submit_button("Deze versie aan iedereen tonen")
    if is_sent and start_change(["terug", str(number)], f"Terugkeren naar versie {number}", has_progress=False):
        st.rerun()


def _rebuild() -> None:
    today = date.today()
    st.session_state.setdefault("leveringen.peildatum", format.date_short(today))
    with st.form("bouwen", enter_to_submit=False, border=False):
        text = st.text_input("Peildatum (dag/maand/jaar)", key="leveringen.peildatum", max_chars=10)
        is_sent = st.form_submit_button("Opnieuw bouwen")
    if not is_sent:
        return
    day, problem = figures.day_problem(text, today)
    if day is None:
        delivery_session().notice = problem
        return
    at = [] if day == today else [commands.option("peildatum", day.isoformat())]
    if start_change(["bouw", *at], f"Bouwen op peildatum {format.date_short(day)}"):
        st.rerun()
