"""Key figures: a number, its change, its target."""

from dataclasses import dataclass, field

import streamlit as st

from dashboard import registry
from dashboard.components.links import page_link


@dataclass(frozen=True)
class KeyFigure:
    """One key figure, all texts ready to read.

    `link` is the key of the page with the list behind it, `params` the filters that show just that list and
    `link_label` the words of the link.
    """

    label: str
    value: str
    change: str | None = None
    target: str | None = None
    definition: str | None = None
    link: str | None = None
    params: dict[str, str] = field(default_factory=dict)
    link_label: str | None = None


def key_figures(figures: list[KeyFigure]) -> None:
    """Draw up to five key figures in one row; changes are neutral in colour, words say the direction."""
    for column, item in zip(st.columns(len(figures)) if figures else (), figures, strict=True):
        with column, st.container(border=True, height="stretch", gap="xsmall"):
            # The metric's own label and change are cut off in a narrow column; text wraps.
            st.markdown(f"**{item.label}**", help=item.definition)
            st.metric(item.label, item.value, label_visibility="collapsed")
            lines = [item.change, f"Doel: {item.target}" if item.target else None]
            st.markdown("  \n".join(f":small[{line}]" for line in lines if line) or ":small[ ]")
            if item.link:
                page_link(item.link, item.link_label or f"Naar {registry.entry(item.link).title}", **item.params)
