"""Signals and overrides beside the computed ranking: shown, recorded, changed, withdrawn.

What users typed is drawn by `st.text` or as a cell, never as Markdown or HTML. Nothing that the store said is
kept: what one session records, every other one shows at its next rerun.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl
import streamlit as st

from dashboard import data, format
from dashboard.components.blocks import table_block
from dashboard.exports.context import ExportContext
from dashboard.figures import dialogue as figures
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

_NAME = "dialogue.name"  # the name that was filled in last, for the next form of this session
_NOTICE = "dialogue.notice"
_OPENED = "dialogue.opened"  # remark id -> the version that its form was opened with


@dataclass(frozen=True)
class _Notice:
    """What came of a save: a sentence of ours and a text that a user typed, for the form with this place."""

    place: str
    kind: Literal["success", "warning", "error"]
    sentence: str
    typed: str = ""


def dialogue_words(numbers: Sequence[str] | pl.Series) -> pl.DataFrame:
    """Return (instellingsnummer, dialoog) for each of these numbers, in their order.

    'Signaal tot 30/06/2027: …' for what is in force today, also when said about a predecessor; 'geen' where nothing
    was said; 'niet bereikbaar', and a notice on the page, when the store cannot be read.
    """
    try:
        found = remarks(data.user_store(), op=today())
    except StoreUnreachableError as error:
        _warn_unreachable(error)
        return figures.words_frame(tuple((number, figures.UNKNOWN) for number in numbers))
    return figures.words_frame(figures.words(found, _lines(), list(numbers)))


def dialogue_box(instellingsnummer: str, context: ExportContext) -> None:
    """Draw the section Dialoog of one instelling: computed position, what is in force, a form, the history."""
    st.header("Dialoog")
    st.markdown(figures.INTRODUCTION)
    try:
        versions = history(data.user_store(), figures.numbers_carried(_lines(), instellingsnummer))
    except StoreUnreachableError as error:
        _warn_unreachable(error)
        _show_notice()
        _hold_fields()
        return
    day = today()
    newest = {item.id: item for item in sorted(versions, key=lambda item: item.versie)}
    in_force = [item for item in newest.values() if item.is_in_force(day)]
    computed, said = st.columns([1, 2])
    with computed, st.container(border=True):
        st.markdown("**Berekend**")
        standing = data.frame(queries.standing, instellingsnummer=instellingsnummer)
        st.markdown(figures.computed_position(standing, context.schooljaar))
    with said:
        for remark in in_force:
            _card(remark, instellingsnummer)
        if not in_force:
            st.markdown(figures.NOTHING_IN_FORCE)
    new = f"dialoog-nieuw-{instellingsnummer}"
    _show_notice(but=new)
    _new_remark(instellingsnummer, new)
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


def _card(remark: Remark, number: str) -> None:
    place = f"dialoog-{remark.id}"
    with st.container(border=True, key=f"{place}-kaart"):
        st.markdown(f"**{figures.title(remark)}**")
        st.text(remark.reden)
        st.text(figures.signature(remark, number))
        if remark.id in _opened():
            _change_form(remark, place)
        else:
            label = f"{figures.KINDS[remark.soort]} wijzigen of intrekken"
            st.button(label, key=f"{place}-open", on_click=_open_form, args=(remark, place))
        _show_notice(of=place)


def _change_form(remark: Remark, place: str) -> None:
    with st.form(f"{place}-formulier", enter_to_submit=False, border=False):
        _fields(place, remark)
        saves, withdraws, leaves = st.columns(3)
        saves.form_submit_button("Wijziging vastleggen", on_click=_save_change, args=(remark.id, place))
        withdraws.form_submit_button("Intrekken", on_click=_withdraw, args=(remark.id, place))
        leaves.form_submit_button("Sluiten", on_click=_close_form, args=(remark.id,))


def _new_remark(number: str, place: str) -> None:
    panel = st.expander(
        "Signaal of afwijking vastleggen", icon=":material/add_comment:", key=_panel(place), on_change="rerun"
    )
    # Drawn while closed too: what is typed in a form and not sent yet is known to the browser only.
    with panel:
        st.markdown(figures.WHO)
        with st.form(f"{place}-formulier", enter_to_submit=False, border=False):
            _fields(place)
            st.form_submit_button("Vastleggen", on_click=_save_new, args=(number, place))
    _show_notice(of=place)


def _panel(place: str) -> str:
    return f"{place}-paneel"


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
    st.text_input("Naam van wie dit vastlegt", key=f"{place}.naam", max_chars=LONGEST_NAME)


def _first_values(remark: Remark | None) -> dict[str, str]:
    name = st.session_state.get(_NAME, "")
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
    def save(draft: Draft, name: str) -> None:
        add_remark(data.user_store(), number, draft, name)

    if _saved(place, save, figures.SAVED):
        for name in _first_values(None):
            st.session_state.pop(f"{place}.{name}", None)
        st.session_state[_panel(place)] = False


def _save_change(remark_id: int, place: str) -> None:
    def save(draft: Draft, name: str) -> None:
        change_remark(data.user_store(), remark_id, _opened()[remark_id], draft, name)

    if _saved(place, save, figures.CHANGED):
        _close_form(remark_id)


def _withdraw(remark_id: int, place: str) -> None:
    def save(draft: Draft, name: str) -> None:
        withdraw_remark(data.user_store(), remark_id, _opened()[remark_id], name)

    if _saved(place, save, figures.WITHDRAWN):
        _close_form(remark_id)


def _saved(place: str, save: Callable[[Draft, str], None], done: str) -> bool:
    """Save what the form at this place holds and leave a notice of what came of it; return whether it was kept."""
    typed = {name: st.session_state[f"{place}.{name}"] for name in _first_values(None)}
    until = figures.parse_day(typed["tot"])
    try:
        if until is None:
            raise InvalidRemarkError("tot_fout")
        save(Draft(typed["soort"], typed["reden"], until, typed["trap"] or None), typed["naam"])
    except InvalidRemarkError as error:
        return _leave_notice(_Notice(place, "error", figures.problem_sentences(error.codes, today())))
    except ChangedMeanwhileError as error:
        newest = error.newest
        # Who saves once more has seen the newer text, which is shown now.
        _opened()[newest.id] = newest.versie
        sentence = figures.WITHDRAWN_MEANWHILE if newest.ingetrokken_op else figures.CONFLICT
        return _leave_notice(_Notice(place, "warning", sentence, figures.newest_text(newest)))
    except StoreUnreachableError as error:
        log.warning("Nothing was kept: %s", error)
        return _leave_notice(_Notice(place, "error", figures.NOT_SAVED))
    st.session_state[_NAME] = typed["naam"]
    return not _leave_notice(_Notice(place, "success", done))


def _leave_notice(notice: _Notice) -> bool:
    st.session_state[_NOTICE] = notice
    return False


def _show_notice(*, of: str = "", but: str = "") -> None:
    """Show the notice that was left, once: that of one form, or (its form is gone) any but that of another form."""
    notice = st.session_state.get(_NOTICE)
    if notice and notice.place != but and of in ("", notice.place):
        del st.session_state[_NOTICE]
        {"success": st.success, "warning": st.warning, "error": st.error}[notice.kind](notice.sentence)
        if notice.typed:
            st.text(notice.typed)


def _open_form(remark: Remark, place: str) -> None:
    _opened()[remark.id] = remark.versie
    for name, value in _first_values(remark).items():
        st.session_state[f"{place}.{name}"] = value


def _close_form(remark_id: int) -> None:
    _opened().pop(remark_id, None)


def _opened() -> dict[int, int]:
    return st.session_state.setdefault(_OPENED, {})


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
