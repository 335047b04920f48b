"""The parts of a long page, in tabs of which only the open one is drawn; the address keeps which."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import texts

_KEY = "deel"


def page_parts(names: Sequence[str]) -> Sequence[Any]:
    """Draw the tabs and return them in order; draw in one only where its `open` is true.

    The open one stands in the address as `deel`; a name that is none of these gives the first, with a notice.
    """
    wanted = st.query_params.get(_KEY)
    if wanted and wanted not in names:
        st.warning(texts.unknown_choice("Deel", wanted, names[0]), icon=":material/link_off:")
    return st.tabs(list(names), key=_KEY, bind="query-params")
