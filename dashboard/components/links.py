"""Links between pages that carry the filters along."""

from urllib.parse import urlencode

import polars as pl
import streamlit as st

from dashboard import filters, registry


def page_link(key: str, label: str, **params: str) -> None:
    """Draw a link to a page with the current filters plus `params`; nothing for a page that is not there."""
    if (registry.PAGES_FOLDER / f"{key}.py").exists():
        st.page_link(registry.page(key), label=label, query_params={**filters.remembered_params(), **params})


def with_institution_address(
    frame: pl.DataFrame, *, number: str = "instellingsnummer", name: str = "naam"
) -> pl.DataFrame:
    """Return the frame with `adres`: the address of each institution's page, ending in '#' and its name."""
    carried = urlencode(filters.remembered_params())
    return frame.with_columns(
        pl.format(
            "/instelling?instelling={}{}#{}",
            pl.col(number),
            pl.lit(f"&{carried}" if carried else ""),
            pl.col(name),
        ).alias("adres")
    )
