"""The essentials of one instelling in sentences, and the rules by which they were made."""

from collections.abc import Sequence

import streamlit as st

from dashboard.components.dialogue import dialogue_words
from dashboard.figures.dialogue import NONE
from dashboard.figures.instelling import Summary


def summary_box(summary: Summary, instellingsnummer: str) -> None:
    """Draw the section 'In het kort': what holds, what people said, what is less and more favourable."""
    st.header("In het kort")
    st.markdown(_bullets(summary.facts))
    said = dialogue_words([instellingsnummer])["dialoog"][0]
    if said != NONE:
        # What users typed is never Markdown.
        st.text(f"Dialoog: {said}")
    if summary.remark:
        st.markdown(summary.remark)
        return
    worse, better = st.columns(2)
    for column, title, sentences, none in (
        (worse, "Minder gunstig", summary.worse, "Geen signaal is duidelijk of mogelijk minder gunstig."),
        (better, "Gunstiger", summary.better, "Geen signaal is duidelijk of mogelijk gunstiger."),
    ):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{title}**")
            st.markdown(_bullets(sentences) if sentences else none)


def rules_box(rules: Sequence[str]) -> None:
    """Draw the rules of the sentences in a closed box."""
    with st.expander("Volgens welke regels zijn deze zinnen gemaakt?", icon=":material/rule:"):
        st.markdown(_bullets(rules))


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
