"""An inspection report as a proposal: read from a PDF, looked at and corrected, then judged as every delivery is."""

import json
import logging
from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import commands, format
from dashboard.components.delivery_command import Report, delivery_session, notice_line
from dashboard.components.delivery_intake import DUTCH, NO_ROOM, judge, new_delivery
from dashboard.exports.context import ExportContext
from dashboard.figures import leveringen_verslag as figures
from dashboard.uploads import LARGEST, Batch, safe_names

log = logging.getLogger(__name__)

#: Seconds; a report of three hundred pages is read in ten.
_LONGEST = 120.0


def report_proposal(context: ExportContext) -> None:
    """Draw the step that this session is at: choose a report, look at the proposal, then decide as for every file."""
    session = delivery_session()
    if session.preview is not None:
        new_delivery(context)
    elif session.report is None:
        _choose()
    else:
        session.report.is_judged = False
        _look_at(session.report)


def _choose() -> None:
    session = delivery_session()
    st.header("Een verslag van een doorlichting")
    st.markdown(figures.WORDS)
    st.markdown(figures.AFTER)
    st.html(DUTCH, unsafe_allow_javascript=True)
    with st.form(f"verslag-{session.round}-formulier", border=False):
        # Of any type: what is no PDF is refused in Dutch by who reads it, here it would be in English.
        file = st.file_uploader("Verslag (PDF)", key=f"verslag-{session.round}-bestand", max_upload_size=LARGEST)
        is_sent = st.form_submit_button("Voorstel lezen")
    if is_sent and file is None:
        session.notice = figures.NO_FILE
    elif is_sent and file is not None and _read(file):
        st.rerun()
    notice_line()


def _read(file: Any) -> bool:
    """Have the report read and keep the proposal; the PDF is gone at once."""
    session = delivery_session()
    with session.turn, st.spinner("Verslag lezen …"):
        try:
            batch = Batch([(file.name, file)])
        except OSError as error:
            log.error("The uploaded report could not be written: %s", error)
            session.notice = NO_ROOM
            return False
        try:
            answer = commands.ask("voorstel", str(batch.paths[0]), "--json", limit=_LONGEST)
        finally:
            batch.remove()
        if not answer.is_understood:
            session.notice = format.plain_markdown(answer.sentence)
            return False
        session.report = Report(session.round, answer.data)
        session.round += 1
    return True


def _look_at(report: Report) -> None:
    session, proposal = delivery_session(), report.proposal
    st.header(f"Voorstel uit {proposal['bestand']}")
    for sentence in figures.notices(proposal):
        st.info(format.plain_markdown(sentence), icon=":material/info:")
    with st.form("voorstel", enter_to_submit=False, border=False):
        fields = {found["veld"]: _field(report, found) for found in proposal["velden"]}
        if known := figures.known_words(proposal, fields["doorlichting id"]):
            st.warning(known, icon=":material/difference:")
        scaled = _scaled(report)
        st.markdown(figures.AFTER)
        is_sent = st.form_submit_button("Nakijken wat er verandert")
    if is_sent:
        session.notice = figures.problem(fields, proposal) or _judge(report, fields, scaled)
        if not session.notice:
            st.rerun()
    if st.button("Ander verslag kiezen", key="voorstel-weg"):
        session.report = None
        st.rerun()
    notice_line()


def _field(report: Report, found: Mapping[str, Any]) -> str:
    """Draw one field with where it stands in the report, and return what it holds."""
    name = found["veld"]
    if found["keuzes"]:
        value = st.selectbox(
            figures.label(found), figures.options(found), format_func=_choice, key=_key(report, name, found["waarde"])
        )
    else:
        value = st.text_input(figures.label(found), max_chars=figures.LONGEST, key=_key(report, name, found["waarde"]))
    st.markdown(f":small[{figures.place(found)}]")
    report.typed[name] = str(value or "")
    return report.typed[name]


def _scaled(report: Report) -> list[dict[str, str]]:
    """Draw the inschalingen, with some rows to add, and return them; a row without a level does not count."""
    proposal = report.proposal
    st.subheader("Inschalingen")
    st.markdown(":small[Zet een inschaling op „niet ingevuld” om ze weg te laten. Onderaan kunnen er bij.]")
    spare = dict.fromkeys(("kwaliteitsverwachting", "onderwerp", "inschaling", "zin", "zekerheid", "reden"), "")
    rows = []
    for place, found in enumerate([*proposal["inschalingen"], *[spare] * figures.SPARE], start=1):
        columns = zip(("kwaliteitsverwachting", "onderwerp", "inschaling"), st.columns([1, 2, 2]), strict=True)
        row = {}
        for name, column in columns:
            key = _key(report, f"{name} {place}", found[name])
            if name == "inschaling":
                levels = ["", *proposal["inschaling_keuzes"]]
                value = column.selectbox(f"Inschaling {place}", levels, key=key, format_func=_choice)
            else:
                value = column.text_input(f"{name.capitalize()} {place}", key=key, max_chars=100)
            row[name] = report.typed[f"{name} {place}"] = str(value or "")
        if found["zin"]:
            st.markdown(f":small[{figures.place(found)}]")
        rows.append(row)
    return rows


def _key(report: Report, name: str, found: str) -> str:
    """Return the key of a field, which begins with what was typed in it before, else with what was found.

    Streamlit forgets the fields while the judgement is looked at; who comes back finds them as they were.
    """
    key = f"voorstel-{report.number}.{name}"
    st.session_state.setdefault(key, report.typed.get(name, found))
    return key


def _choice(value: str) -> str:
    return value or figures.EMPTY


def _judge(report: Report, fields: Mapping[str, str], scaled: list[dict[str, str]]) -> str:
    """Have the proposal written as a delivery and judged; return the sentence that says why not, or nothing."""
    try:
        filled = json.dumps(figures.filled(fields, scaled), ensure_ascii=False).encode()
        batch = Batch.of("ingevuld.json", filled)
    except OSError as error:
        log.error("The proposal could not be written: %s", error)
        return NO_ROOM
    target = batch.folder / safe_names([figures.file_name(fields)])[0]
    answer = commands.ask("schrijf-voorstel", str(batch.paths[0]), "--naar", str(target), "--json")
    if not answer.is_understood:
        batch.remove()
        return format.plain_markdown(answer.sentence)
    judge(batch.holding(target))
    report.is_judged = True
    return ""
