"""Links between pages that carry the filters along."""

from urllib.parse import urlencode

import polars as pl
import streamlit as st

from dashboard import data, filters, format, registry
from dashboard.filled import filled


def page_link(key: str, label: str, **params: str) -> None:
    """Draw a link to a page with the current filters plus `params`; nothing for a page that this reader cannot open."""
    if can_open(key):
        st.page_link(registry.page(key), label=label, query_params={**filters.remembered_params(), **params})


def can_open(key: str | None) -> bool:
    """Return whether a page is there for this reader; whoever cannot open it would read of nothing as of zero."""
    return key is not None and registry.has_page(key) and registry.entry(key).may_open(data.scope())


def carried_filters() -> str:
    """Return the current filters as the tail of an address ('&schooljaar=2024-2025'), or nothing."""
    carried = urlencode(filters.remembered_params())
    return f"&{carried}" if carried else ""


def institution_link(number: str, name: str) -> str:
    """Return a link in Markdown to the page of one institution, with the current filters."""
    return f"[{format.plain_markdown(name)}](/instelling?instelling={number}{carried_filters()})"


def with_institution_address(
    frame: pl.DataFrame, carried: str | None = None, *, number: str = "instellingsnummer", name: str = "naam"
) -> pl.DataFrame:
    """Return the frame with `adres`: the address of each institution's page, ending in '#' and its name.

    `carried` is `carried_filters()`; a table that is kept per frame must pass it, because it differs per user.
    """
    carried = carried_filters() if carried is None else carried
    address = filled("/instelling?instelling={}{}#{}", pl.col(number), pl.lit(carried), pl.col(name))
    return frame.with_columns(address.alias("adres"))
