"""The lines of the access log that a choice asks for, or a sentence where they cannot be read."""

import logging

import streamlit as st

from dashboard import access_log
from dashboard.figures import toegangslog as figures
from dashboard.filters import Choice
from state.access_log import Line
from state.store import StoreUnreachableError

log = logging.getLogger(__name__)


def access_lines(choice: Choice) -> list[Line] | None:
    """Return the lines within the choice, newest first; None, and a notice on the page, when they cannot be read."""
    try:
        kept = access_log.read_lines(figures.since(choice["periode"]))
    except StoreUnreachableError as error:
        log.error("The access log cannot be read: %s", error)
        st.warning(figures.UNREACHABLE, icon=":material/cloud_off:")
        return None
    return figures.found(kept, choice["soort"], choice["zoek"])
