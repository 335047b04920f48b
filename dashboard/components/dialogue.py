"""Signals and overrides beside the computed ranking: shown, recorded, changed, withdrawn.

What users typed is drawn by `st.text` or as a cell, never as Markdown or HTML. Nothing that the store said is
kept: what one session records, every other one shows at its next rerun.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Literal

import polars as pl
import streamlit as st

from dashboard import access, data, dialogue_rights, format
from dashboard.components.blocks import table_block
from dashboard.exports.context import ExportContext
from dashboard.figures import dialogue as figures
from dashboard.figures.standing import standing
from state.dialogue import (
    LONGEST_NAME,
    LONGEST_REASON,
    SIGNAL,
    ChangedMeanwhileError,
    Draft,
    InvalidRemarkError,
    Remark,
    add_remark,
    change_remark,
    history,
    latest_end,
    remarks,
    today,
    withdraw_remark,
)
from state.store import StoreUnreachableError
from warehouse.queries import instelling as queries

log = logging.getLogger(__name__)

_NEW = "dialoog-nieuw"


@dataclass(frozen=True)
class _Notice:
    """What came of a save: a sentence of ours and a text that a user typed, for the form with this place."""

    place: str
    kind: Literal["success", "warning", "error"]
    sentence: str
    typed: str = ""


@dataclass
class _Session:
    """What one user's session remembers of the dialogue, apart from the fields on screen.

    One object: when a second click comes in, Streamlit ends the run of the first one at the next touch of
    `st.session_state`, also just after the store kept it. Changes to this object are not cut short.
    """

    name: str = ""  # the name that was filled in last, for the next form
    recorded: int = 0  # how many were recorded: each new one has a form of its own
    opened: dict[int, int] = field(default_factory=dict)  # remark id -> the version that its form was opened with
    notice: _Notice | None = None
    turn: Lock = field(default_factory=Lock)  # the second click waits until the first has been kept


def _session() -> _Session:
    return st.session_state.setdefault("dialogue", _Session())


def dialogue_words(numbers: Sequence[str] | pl.Series) -> pl.DataFrame:
    """Return (instellingsnummer, dialoog) for each of these numbers, in their order.

    'Signaal tot 30/06/2027: …' for what is in force today, also when said about a predecessor; 'geen' where nothing
    was said; 'niet bereikbaar', and a notice on the page, when the store cannot be read. What was said about an
    instelling that is not the reader's own is left out.
    """
    try:
        found = remarks(data.user_store(), dialogue_rights.readable(), op=today())
    except StoreUnreachableError as error:
        _warn_unreachable(error)
        return figures.words_frame(tuple((number, figures.UNKNOWN) for number in numbers))
    return figures.words_frame(figures.words(found, _lines(), list(numbers)))


def dialogue_box(instellingsnummer: str, context: ExportContext) -> None:
    """Draw the section Dialoog of one instelling: computed position, what is in force, a form, the history.

    Of an instelling that is not the reader's own there is a sentence only; the form is for who may write.
    """
    st.header("Dialoog")
    own = dialogue_rights.readable()
    if instellingsnummer not in own:
        st.info(figures.NOT_YOURS, icon=":material/lock:")
        return
    st.markdown(figures.INTRODUCTION)
    numbers = [number for number in figures.numbers_carried(_lines(), instellingsnummer) if number in own]
    try:
        versions = history(data.user_store(), numbers)
    except StoreUnreachableError as error:
        _warn_unreachable(error)
        st.markdown(figures.NOTHING_KEPT)
        _hold_fields()
        return
    day = today()
    newest = {item.id: item for item in sorted(versions, key=lambda item: item.versie)}
    in_force = [item for item in newest.values() if item.is_in_force(day)]
    computed, said = st.columns([1, 2])
    with computed, st.container(border=True):
        st.markdown("**Berekend**")
        st.markdown(figures.computed_position(standing(instellingsnummer), context.schooljaar))
    with said:
        for remark in in_force:
            _card(remark, instellingsnummer)
        if not in_force:
            st.markdown(figures.NOTHING_IN_FORCE)
    new = _new_place(instellingsnummer)
    _show_notice(but=new)
    _close_forms_of_gone(newest, in_force)
    if dialogue_rights.may_write(instellingsnummer):
        _new_remark(instellingsnummer, new)
    else:
        st.markdown(figures.WHO_WRITES)
        _show_notice(of=new)
    if versions:
        table_block(
            "dialoog",
            "Geschiedenis van de dialoog",
            figures.history_table(versions, with_names=True),
            context,
            figures.SOURCE,
            note=figures.HISTORY_NOTE,
            exported=figures.history_table(versions, with_names=False),
        )


def _close_forms_of_gone(newest: Mapping[int, Remark], in_force: Sequence[Remark]) -> None:
    """Close the forms of remarks that somebody else withdrew meanwhile, and show what was typed in them."""
    opened = _session().opened
    for number in [number for number in opened if number in newest and newest[number] not in in_force]:
        del opened[number]
        st.warning(figures.WITHDRAWN_MEANWHILE)
        st.text(figures.newest_text(newest[number]))
        st.text(figures.typed_text(st.session_state.get(f"dialoog-{number}.reden", "")))


def _card(remark: Remark, number: str) -> None:
    place = f"dialoog-{remark.id}"
    with st.container(border=True, key=f"{place}-kaart"):
        st.markdown(f"**{figures.title(remark)}**")
        st.text(remark.reden)
        st.text(figures.signature(remark, number))
        if remark.id in _session().opened:
            _change_form(remark, place)
        elif dialogue_rights.may_write(remark.instellingsnummer):
            label = f"{figures.KINDS[remark.soort]} wijzigen of intrekken"
            if st.button(label, key=f"{place}-open"):
                _open_form(remark, place)
                st.rerun()
        _show_notice(of=place)


def _change_form(remark: Remark, place: str) -> None:
    with st.form(f"{place}-formulier", enter_to_submit=False, border=False):
        _fields(place, remark)
        saves, withdraws, leaves = st.columns(3)
        changed = saves.form_submit_button("Wijziging vastleggen")
        withdrawn = withdraws.form_submit_button("Intrekken")
        left = leaves.form_submit_button("Sluiten")
    if changed:
        _save_change(remark, place)
    if withdrawn:
        _withdraw(remark, place)
    if left:
        _session().opened.pop(remark.id, None)
    if changed or withdrawn or left:
        st.rerun()


def _new_remark(number: str, place: str) -> None:
    panel = st.expander("Signaal of afwijking vastleggen", icon=":material/add_comment:", key=f"{place}-paneel")
    with panel:
        st.markdown(figures.WHO)
        with st.form(f"{place}-formulier", enter_to_submit=False, border=False):
            _fields(place)
            recorded = st.form_submit_button("Vastleggen")
    if recorded:
        # Not a callback: one that is cut short before it saved is not called again, a run is.
        _save_new(number, place)
        st.rerun()
    _show_notice(of=place)


def _new_place(number: str) -> str:
    return f"{_NEW}-{number}-{_session().recorded}"


def _fields(place: str, remark: Remark | None = None) -> None:
    """Draw the fields of a form, filled from what was typed, else from the remark."""
    for name, value in _first_values(remark).items():
        st.session_state.setdefault(f"{place}.{name}", value)
    st.radio(
        "Soort", tuple(figures.KINDS), format_func=figures.KINDS.__getitem__, key=f"{place}.soort", horizontal=True
    )
    st.selectbox(
        "Voorgestelde trap (alleen bij een afwijking)",
        tuple(figures.PROPOSALS),
        format_func=figures.PROPOSALS.__getitem__,
        key=f"{place}.trap",
    )
    st.text_area("Reden", key=f"{place}.reden", max_chars=LONGEST_REASON)
    st.text_input("Geldig tot en met (dag/maand/jaar)", key=f"{place}.tot", max_chars=10)
    if access.signature() is None:
        st.text_input("Naam van wie dit vastlegt", key=f"{place}.naam", max_chars=LONGEST_NAME)


def _first_values(remark: Remark | None) -> dict[str, str]:
    name = _session().name
    if remark is None:
        # The end of this schooljaar: long enough for most, and somebody looks at it again before the next.
        end = latest_end(today())
        this_year = end.replace(year=end.year - 1)
        return {
            "soort": SIGNAL,
            "trap": figures.NO_PROPOSAL,
            "reden": "",
            "tot": format.date_short(this_year),
            "naam": name,
        }
    return {
        "soort": remark.soort,
        "trap": remark.trap_voorstel or figures.NO_PROPOSAL,
        "reden": remark.reden,
        "tot": format.date_short(remark.tot),
        "naam": name,
    }


def _save_new(number: str, place: str) -> None:
    session, typed = _session(), _typed(place)

    def save(draft: Draft) -> None:
        add_remark(data.user_store(), number, draft, typed["naam"])

    with session.turn:
        # Another form by now: this is the second click of a double one.
        if place == f"{_NEW}-{number}-{session.recorded}" and _saved(
            session, place, number, typed, save, figures.SAVED
        ):
            session.recorded += 1
            session.notice = _Notice(f"{_NEW}-{number}-{session.recorded}", "success", figures.SAVED)


def _save_change(remark: Remark, place: str) -> None:
    session, typed = _session(), _typed(place)

    def save(draft: Draft) -> None:
        change_remark(data.user_store(), remark.id, session.opened[remark.id], draft, typed["naam"])

    with session.turn:
        if remark.id in session.opened and _saved(
            session, place, remark.instellingsnummer, typed, save, figures.CHANGED
        ):
            del session.opened[remark.id]


def _withdraw(remark: Remark, place: str) -> None:
    # An end date is of no matter here, whatever stands in its field.
    session, typed = _session(), _typed(place) | {"tot": format.date_short(today())}

    def save(draft: Draft) -> None:
        withdraw_remark(data.user_store(), remark.id, session.opened[remark.id], typed["naam"])

    with session.turn:
        if remark.id in session.opened and _saved(
            session, place, remark.instellingsnummer, typed, save, figures.WITHDRAWN
        ):
            del session.opened[remark.id]


def _typed(place: str) -> dict[str, str]:
    typed = {name: st.session_state[f"{place}.{name}"] for name in _first_values(None)}
    # Who is signed in signs with that, whatever a browser sends.
    signature = access.signature()
    return typed if signature is None else typed | {"naam": signature[:LONGEST_NAME]}


def _saved(
    session: _Session, place: str, number: str, typed: dict[str, str], save: Callable[[Draft], None], done: str
) -> bool:
    """Save what was typed about an instelling and leave a notice of what came of it; return whether it was kept."""
    if not dialogue_rights.may_write(number):
        # The form was drawn for a role that is gone since.
        session.notice = _Notice(place, "error", figures.NOT_ALLOWED)
        return False
    until = figures.parse_day(typed["tot"])
    try:
        if until is None:
            raise InvalidRemarkError("tot_fout")
        save(Draft(typed["soort"], typed["reden"], until, typed["trap"] or None))
    except InvalidRemarkError as error:
        session.notice = _Notice(place, "error", figures.problem_sentences(error.codes, today()))
        return False
    except ChangedMeanwhileError as error:
        newest = error.newest
        # Who saves once more has seen the newer text, which is shown now.
        session.opened[newest.id] = newest.versie
        sentence = figures.WITHDRAWN_MEANWHILE if newest.ingetrokken_op else figures.CONFLICT
        session.notice = _Notice(place, "warning", sentence, figures.newest_text(newest))
        return False
    except StoreUnreachableError as error:
        log.warning("Nothing was kept: %s", error)
        session.notice = _Notice(place, "error", figures.NOT_SAVED)
        return False
    session.name = typed["naam"]
    session.notice = _Notice(place, "success", done)
    return True


def _show_notice(*, of: str = "", but: str = "") -> None:
    """Show the notice that was left, once: that of one form, or (its form is gone) any but that of another form."""
    session = _session()
    notice = session.notice
    if notice and notice.place != but and of in ("", notice.place):
        {"success": st.success, "warning": st.warning, "error": st.error}[notice.kind](notice.sentence)
        if notice.typed:
            st.text(notice.typed)
        session.notice = None


def _open_form(remark: Remark, place: str) -> None:
    for name, value in _first_values(remark).items():
        st.session_state[f"{place}.{name}"] = value
    _session().opened[remark.id] = remark.versie


def _lines() -> dict[str, tuple[str, ...]]:
    return figures.lines_of_succession(data.frame(queries.choices))


def _hold_fields() -> None:
    """Keep what was typed while the forms are not drawn: Streamlit forgets a field that is left out once."""
    for key in [str(key) for key in st.session_state]:
        if key.startswith("dialoog-") and "." in key:
            st.session_state[key] = st.session_state[key]


def _warn_unreachable(error: StoreUnreachableError) -> None:
    log.warning("The store cannot be reached: %s", error)
    st.warning(figures.UNREACHABLE, icon=":material/cloud_off:")
