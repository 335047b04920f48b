"""A paper on screen: its facts, its words, and the same paper to take along as a document."""

from functools import partial

import streamlit as st

from dashboard import access_log, data
from dashboard.exports.context import ExportContext
from reports.document import paper_document
from reports.structure import Paper, Section

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def paper_facts(paper: Paper, title: str) -> None:
    """Draw the facts of a paper as a list of two columns under `title`."""
    st.header(title)
    rows = [f"| **{label}** | {text} |" for label, text in paper.facts]
    st.markdown("\n".join(["| Onderdeel | Inhoud |", "|---|---|", *rows]))


def section_words(section: Section) -> None:
    """Draw a part of a paper: its heading, paragraphs, steps and points; its tables are drawn by the page."""
    st.header(section.title)
    for text in section.paragraphs:
        st.markdown(text)
    if section.steps:
        st.markdown("\n".join(f"{place}. {text}" for place, text in enumerate(section.steps, 1)))
    if section.points:
        st.markdown("\n".join(f"- {text}" for text in section.points))


def paper_download(key: str, label: str, paper: Paper, context: ExportContext) -> None:
    """Draw a button that makes the paper as DOCX when it is pressed."""
    st.download_button(
        label,
        data=access_log.exported(context, f"{key}.docx", partial(paper_document, paper, data.version().gebouwd_op)),
        file_name=context.file_name(key, "docx"),
        mime=_DOCX,
        key=f"download-{context.page_key}-{key}-docx",
        icon=":material/download:",
        on_click="ignore",
    )
