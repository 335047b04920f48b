"""Parts that every page is built from."""

from dashboard.components.about import about_figures, method_box
from dashboard.components.blocks import export_context, figure_block, table_block
from dashboard.components.dialogue import dialogue_box, dialogue_words
from dashboard.components.key_figures import KeyFigure, key_figures
from dashboard.components.links import can_open, page_link
from dashboard.components.plain_table import plain_table_box

__all__ = [
    "KeyFigure",
    "about_figures",
    "can_open",
    "dialogue_box",
    "dialogue_words",
    "export_context",
    "figure_block",
    "key_figures",
    "method_box",
    "page_link",
    "plain_table_box",
    "table_block",
]
