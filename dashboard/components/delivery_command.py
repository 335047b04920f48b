"""What is being loaded, withdrawn or rebuilt now, for everyone to see; and how the last of it ended."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

import streamlit as st

from dashboard import access, commands, data, format
from dashboard.commands import Answer, Command
from dashboard.components.blocks import export_context, table_block
from dashboard.components.delivery_quarantine import quarantine_button
from dashboard.components.links import page_link
from dashboard.exports.context import ExportContext
from dashboard.figures import leveringen as figures
from dashboard.figures import leveringen_voorbeeld as shown
from dashboard.registry import PageEntry
from dashboard.uploads import Batch

#: How long the outcome of a command is shown to who has not closed it; the history keeps what it did.
_NEWS = timedelta(minutes=30)
_AFTER = ("start", "noden", "bereik")
#: In the address: the command that this reader started, for when the browser loads the page anew.
_OWN = "opdracht"


@dataclass
class Report:
    """An inspection report as it was read, and what was typed in the fields of its proposal."""

    number: int  # in this session
    proposal: dict[str, Any]
    typed: dict[str, str] = field(default_factory=dict)
    is_judged: bool = False  # what is looked at now is this proposal as a delivery


@dataclass
class DeliverySession:
    """What one user's session remembers of this page, apart from the fields on screen.

    One object, as in the dialogue: a run that a second click cuts short must not lose what the first one did.
    """

    name: str = ""  # of who loads, typed once
    round: int = 0  # each upload has fields of its own
    batch: Batch | None = None
    preview: Command | None = None
    changed: str = ""  # why the preview was made anew
    loading: tuple[Command, Batch] | None = None  # what this user loads, to look at again where it came too late
    report: Report | None = None  # an inspection report, and what this user made of it
    own: Command | None = None  # what this user changed last
    closed: Command | None = None  # up to which outcome this user has read
    notice: str = ""
    turn: Lock = field(default_factory=Lock)  # the second click waits until the first is done


def delivery_context(page: PageEntry) -> ExportContext:
    """Return what the downloads of this page say about themselves, also where nothing is published yet.

    The page tells of the archive and of the published version, also while an earlier one was chosen in the sidebar.
    """
    if data.is_published():
        return _of_version(export_context(page), data.published_version())
    return ExportContext(page.title, page.key, None, None, 0, format.NOT_APPLICABLE, is_demo=False)


def _of_version(context: ExportContext, version: data.Version) -> ExportContext:
    return replace(
        context,
        versie=version.versie,
        peildatum=version.peildatum,
        methode_versie=version.methode_versie,
        is_demo=version.is_demo,
    )


def delivery_session() -> DeliverySession:
    """Return what this session remembers of the page Leveringen."""
    return st.session_state.setdefault("deliveries", DeliverySession())


def who_field() -> None:
    """Draw the field for the name of who changes something; nothing with invented data, or for who is signed in."""
    if data.is_published() and data.version().is_demo:
        return
    session = delivery_session()
    if signature := access.signature():
        session.name = signature[: figures.LONGEST_NAME]
        return
    st.session_state.setdefault("leveringen.naam", session.name)
    st.text_input(figures.WHO_LABEL, key="leveringen.naam", max_chars=figures.LONGEST_NAME, help=figures.WHO_WORDS)
    session.name = st.session_state["leveringen.naam"].strip()


def who_options() -> list[str] | None:
    """Return the option with the name of who does this, none with invented data; None when it must be typed first."""
    if data.is_published() and data.version().is_demo:
        return []
    name = delivery_session().name
    return [commands.option("door", name)] if name else None


def start_change(
    arguments: list[str],
    title: str,
    at_end: Callable[[Answer], None] | None = None,
    *,
    has_progress: bool = True,
) -> bool:
    """Start a command that changes what is published, in the name that was typed; return whether it was started."""
    session = delivery_session()
    who = who_options()
    if who is None:
        session.notice = figures.NO_NAME
        return False
    with session.turn:
        session.notice = ""
        session.own = commands.start(
            [*arguments, *who], title=title, who=session.name, has_progress=has_progress, at_end=at_end
        )
    return True


def notice_line() -> None:
    """Draw, once, what kept the last click from being carried out."""
    session = delivery_session()
    if session.notice:
        st.error(session.notice, icon=":material/error:")
        session.notice = ""


def command_box(context: ExportContext) -> None:
    """Draw every change that runs, with how far it is; and how the last one ended, until this user closes that.

    The last one of this user, where there is one: what somebody else does meanwhile may not hide what was refused here.
    """
    running = commands.running()
    for place, command in enumerate(running):
        with st.container(border=True, key=f"opdracht-{place}"):
            st.markdown(f"**{_title(command)}**")
            if place:
                st.markdown(
                    f"Deze opdracht wacht: eerst eindigt „{_title(running[0])}”. Er is niets nodig; ze begint vanzelf."
                )
            progress_bar(command)
            st.markdown(
                ":small[Deze pagina mag dicht en de andere pagina's blijven bruikbaar: de opdracht gaat gewoon door.]"
            )
    own, last = _own_outcome(), commands.latest()
    shown_now = own or (last if last and not running and _is_unread(last) else None)
    if shown_now is None:
        return
    with st.container(border=True, key="opdracht-afgelopen"):
        _outcome(shown_now, context)
        if last and shown_now.ended and last.ended and last.ended > shown_now.ended:
            st.info(f"Intussen eindigde ook: {_named(last)}. {figures.OTHER_ENDED}", icon=":material/group:")
        # What ends between this drawing and the click was not read yet.
        st.button("Bericht sluiten", key="opdracht-sluiten", on_click=_close, args=(last or shown_now,))


def _own_outcome() -> Command | None:
    """Return what this reader started and has not read the outcome of; a new session finds it by the address."""
    session = delivery_session()
    session.own = session.own or commands.called(st.query_params.get(_OWN, ""))
    is_told = session.own is not None and (session.own.is_running or _is_unread(session.own))
    if session.own is None or not is_told:
        st.query_params.pop(_OWN, None)
        return None
    st.query_params[_OWN] = session.own.code
    return None if session.own.is_running else session.own


@st.fragment(run_every=1.0)
def progress_bar(command: Command) -> None:
    """Draw how far a command is, every second anew; the whole page is drawn again as soon as it ends."""
    if not command.is_running:
        st.rerun()
    step = command.progress
    st.progress(step.share, text=shown.progress_words(step.step, step.place, step.total))
    if step.said:
        st.text(step.said)


def events_block(place: str, title: str, answer: Mapping[str, Any], context: ExportContext) -> None:
    """Draw who did what and when, as a command told it."""
    table_block(
        place,
        title,
        figures.events_table(answer, with_names=True),
        context,
        figures.SOURCE,
        note=figures.EVENTS_NOTE,
        height=300,
        empty=figures.NO_EVENTS,
        exported=figures.events_table(answer, with_names=False),
    )


def _close(command: Command) -> None:
    delivery_session().closed = command


def _is_unread(command: Command) -> bool:
    """Whether a command ended, so lately that who comes to the page now wants to know, and after what was closed."""
    if command.ended is None or command.is_running or datetime.now() - command.ended >= _NEWS:
        return False
    closed = delivery_session().closed
    return closed is None or closed.ended is None or command.ended > closed.ended


def _named(command: Command) -> str:
    by = f" door {format.plain_markdown(command.who)}" if command.who else ""
    return f"{format.plain_markdown(command.title)}{by}"


def _title(command: Command) -> str:
    return f"{_named(command)}, sinds {command.began:%H:%M}"


def _outcome(command: Command, context: ExportContext) -> None:
    answer = command.answer
    if answer is None:
        return
    st.markdown(f"**{_named(command)}: afgelopen om {command.ended or command.began:%H:%M}**")
    if not answer.is_understood:
        st.error(format.plain_markdown(answer.sentence), icon=":material/error:")
        return
    known = data.known_versions()
    kind, words = shown.outcome_words(answer.data, known[0].versie if known else None)
    {"success": st.success, "info": st.info, "warning": st.warning, "error": st.error}[kind](words)
    for sentence in shown.what_went(answer.data):
        st.warning(sentence, icon=":material/warning:")
    lost = shown.no_longer_counting(answer.data)
    if lost:
        st.warning(lost)
    for sentence in shown.refusals(answer.data.get("bestanden") or []):
        st.warning(sentence, icon=":material/warning:")
    main = shown.main_figures_table(answer.data)
    if not main.frame.is_empty():
        given = [version for version in known if version.versie == answer.data.get("versie")]
        of_answer = _of_version(context, given[0]) if given else context
        table_block("hoofdcijfers", "Hoofdcijfers voor en na", main, of_answer, "de vorige en de nieuwe versie")
    for number, name, source in shown.quarantined(answer.data):
        quarantine_button(number, name, source, number)
    if answer.data.get("versie") is not None:
        for column, key in zip(st.columns(len(_AFTER)), _AFTER, strict=True):
            with column:
                page_link(key, f"Bekijk {key.capitalize()}")
