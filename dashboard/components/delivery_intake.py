"""A new delivery: drag files in, look at what would change, then load or leave it."""

import logging
import shutil
from collections.abc import Mapping
from functools import partial
from typing import Any, BinaryIO

import streamlit as st

from dashboard import commands, format, scripts
from dashboard.components.blocks import table_block
from dashboard.components.delivery_command import delivery_session, notice_line, progress_bar, start_change
from dashboard.components.delivery_quarantine import preview_quarantine_buttons
from dashboard.components.key_figures import key_figures
from dashboard.components.plain_table import plain_table_box
from dashboard.exports.context import ExportContext
from dashboard.figures import leveringen_voorbeeld as shown
from dashboard.uploads import LARGEST, Batch
from warehouse import versions

log = logging.getLogger(__name__)

#: Seconds that judging may take: the files of a whole year together are read in under a minute.
_LONGEST_PREVIEW = 900.0

_STEPS = (
    "1. Sleep de bestanden van de leverancier naar het vak, zoals ze binnenkwamen. De naam doet er niet toe (behalve "
    "bij agenda's: die begint met de code van de begeleider); de inhoud wordt herkend aan de kop.\n"
    "2. Kijk na wat er zou veranderen en welke rijen een fout hebben. **Tot dan verandert er niets.**\n"
    "3. Laad, of annuleer. Bij annuleren wordt niets bewaard."
)
_LIMIT = (
    f"Soorten: CSV, TXT, TSV, XLSX, XLS en ICS. Groter dan {LARGEST} MB: via de opdrachtregel (`sterrenwacht laad`)."
)
DUTCH = f"<script>{scripts.DUTCH_UPLOADER}</script>"
_NO_FILES = "Kies eerst een of meer bestanden. Een bestand met een rood uitroepteken telt niet mee."
NO_ROOM = (
    "De bestanden konden niet klaargezet worden (schijf vol, of geen toegang). Er is niets gewijzigd. Meld dit aan wie "
    "het dashboard beheert."
)


def new_delivery(context: ExportContext) -> None:
    """Draw the step that this session is at: choose files, wait for the judgement, decide."""
    session = delivery_session()
    _look_again()
    preview = session.preview
    if preview is None:
        _choose()
    elif preview.is_running:
        st.header("De bestanden worden nagekeken")
        progress_bar(preview)
        _cancel("Stoppen met nakijken")
    elif preview.answer is not None and preview.answer.is_understood:
        _decide(preview.answer.data, context)
    else:
        st.error(format.plain_markdown(preview.answer.sentence if preview.answer else ""), icon=":material/error:")
        _cancel("Andere bestanden kiezen")


def _choose() -> None:
    session = delivery_session()
    st.header("Bestanden kiezen")
    st.markdown(_STEPS)
    st.html(DUTCH, unsafe_allow_javascript=True)
    with st.form(f"levering-{session.round}-formulier", border=False):
        files = st.file_uploader(
            "Bestanden van de leverancier",
            accept_multiple_files=True,
            key=f"levering-{session.round}-bestanden",
            max_upload_size=LARGEST,
        )
        st.markdown(f":small[{_LIMIT}]")
        is_sent = st.form_submit_button("Nakijken wat er verandert")
    if is_sent and not files:
        session.notice = _NO_FILES
    elif is_sent:
        _judge([(file.name, file) for file in files])
        st.rerun()
    notice_line()


def _judge(files: list[tuple[str, BinaryIO]]) -> None:
    session = delivery_session()
    with session.turn:
        if session.preview is not None:
            return  # the second click of a double one
        try:
            batch = Batch(files)
        except OSError as error:
            log.error("The uploaded files could not be written: %s", error)
            session.notice = NO_ROOM
            return
    judge(batch)


def judge(batch: Batch) -> None:
    """Have the files judged and compared with what is published; this session then waits for the answer."""
    session = delivery_session()
    with session.turn:
        if session.preview is not None:
            batch.remove()
            return
        session.batch = batch
        session.preview = commands.start(
            ["voorbeeld", *map(str, batch.paths), "--fouten", str(batch.folder / "fouten")],
            title=f"Nakijken van {batch.title}",
            is_change=False,
            limit=_LONGEST_PREVIEW,
        )
        # A new field next time: Streamlit then lets go of its own copy of the files.
        session.round += 1


def _decide(preview: Mapping[str, Any], context: ExportContext) -> None:
    files, batch = preview["bestanden"], delivery_session().batch
    st.header("Wat er zou veranderen")
    if delivery_session().changed:
        st.warning(delivery_session().changed, icon=":material/published_with_changes:")
    if shown.was_read(preview):
        key_figures(shown.key_figures(preview))
    for sentence in shown.warnings(preview):
        st.warning(sentence, icon=":material/warning:")
    if shown.can_be_loaded(preview):
        _confirm(preview)
    else:
        st.info(shown.why_nothing(preview), icon=":material/info:")
        if shown.can_be_built(preview):
            _build(preview)
        _cancel("Andere bestanden kiezen")
    if messages := shown.messages(files):
        st.markdown("**Te weten over deze bestanden**")
        plain = [(format.plain_markdown(name), format.plain_markdown(text)) for name, text in messages]
        st.markdown("\n".join(f"- {name}: {text}" for name, text in plain))
    table_block("bestanden", "De bestanden", shown.files_table(files), context, shown.SOURCE_FILES)
    if not shown.was_read(preview):
        return
    faults = shown.faults_table(files)
    table_block(
        "fouten",
        shown.faults_title(files),
        faults,
        context,
        "de bestanden zelf",
        note=shown.FAULTS_NOTE,
        empty=shown.NO_FAULTS,
    )
    if not faults.frame.is_empty():
        plain_table_box("fouten", faults, "De fouten als gewone tabel")
        if batch is not None:
            preview_quarantine_buttons(batch, files)
    if not shown.can_be_loaded(preview) and not shown.can_be_built(preview):
        return
    table_block(
        "wijzigingen",
        "Wijzigingen per tabel",
        shown.changes_table(preview),
        context,
        shown.SOURCE_FILES,
        note=shown.CHANGES_NOTE,
        empty=shown.NO_CHANGES,
    )
    table_block(
        "voorbeelden",
        "Voorbeelden van wat verandert",
        shown.examples_table(preview),
        context,
        shown.SOURCE_FILES,
        note=shown.EXAMPLES_NOTE,
        empty=shown.NO_CHANGES,
    )


def _confirm(preview: Mapping[str, Any]) -> None:
    loads, leaves, _ = st.columns([2, 1, 3])
    if loads.button("Laden en publiceren", key="levering-laden", width="stretch") and (
        _compare_again(preview) or _load(preview)
    ):
        st.rerun()
    if leaves.button("Annuleren", key="levering-annuleren", width="stretch"):
        _leave()
        st.rerun()
    notice_line()


def _compare_again(preview: Mapping[str, Any]) -> bool:
    """Have the files judged anew where another version was published since; return whether that was needed."""
    session = delivery_session()
    published = versions.published(versions.data_folder())
    now = versions.number_of(published) if published else None
    with session.turn:
        batch = session.batch
        if batch is None or now == preview["vergeleken_met"]:
            return False
        session.batch = session.preview = None
    _judge_again(batch)
    return True


def _look_again() -> None:
    """Have the files of a load judged anew that found another version published when its turn came."""
    session = delivery_session()
    with session.turn:
        command, batch = session.loading or (None, None)
        if command is None or batch is None or command.answer is None:
            return
        session.loading = None
        if command.answer.code != commands.MOVED_ON or session.preview is not None:
            batch.remove()
            return
        # What it said stands above the new preview.
        session.closed = command
    _judge_again(batch)


def _judge_again(batch: Batch) -> None:
    published = versions.published(versions.data_folder())
    number = versions.number_of(published) if published else None
    delivery_session().changed = shown.CHANGED.format(version=number)
    # The faults are told anew, and so are the files that mark them.
    shutil.rmtree(batch.folder / "quarantaine", ignore_errors=True)
    judge(batch)


def _load(preview: Mapping[str, Any]) -> bool:
    session = delivery_session()
    batch = session.batch
    if batch is None:
        return True  # the second click of a double one
    return _start(preview, batch, ["laad", *map(str, batch.paths)], f"Laden van {batch.title}")


def _build(preview: Mapping[str, Any]) -> None:
    """Offer to build anew: what was taken in before counts then."""
    batch = delivery_session().batch
    if (
        st.button("Opnieuw bouwen en publiceren", key="levering-bouwen")
        and batch is not None
        and (_compare_again(preview) or _start(preview, batch, ["bouw"], "Bouwen met wat al opgenomen was"))
    ):
        st.rerun()
    notice_line()


def _start(preview: Mapping[str, Any], batch: Batch, arguments: list[str], title: str) -> bool:
    """Start what was looked at, on condition that no other version is published by then; return whether it began."""
    session = delivery_session()
    compared = commands.option("vergeleken-met", str(preview["vergeleken_met"] or 0))
    if not start_change([*arguments, compared], title, partial(_let_go, batch)):
        return False
    batch.outlive_dashboard()
    session.loading = (session.own, batch) if session.own else None
    session.batch = session.preview = None
    session.changed = ""
    if session.report is not None and session.report.is_judged:
        session.report = None
    return True


def _let_go(batch: Batch, answer: commands.Answer) -> None:
    """Remove the files of a load that ended, but for one that came too late: they are looked at again."""
    if answer.code != commands.MOVED_ON:
        batch.remove()


def _cancel(label: str) -> None:
    if st.button(label, key="levering-annuleren"):
        _leave()
        st.rerun()


def _leave() -> None:
    session = delivery_session()
    with session.turn:
        if session.preview is not None and session.preview.is_running:
            session.preview.stop()
        if session.batch is not None:
            session.batch.remove()
        session.batch = session.preview = None
        session.changed = ""
