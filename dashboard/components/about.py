"""The box 'Over deze cijfers': definition, source, peildatum, rows, quality, suppression."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from dashboard import data, filters, format, texts
from dashboard.components.links import page_link
from dashboard.exports.context import ExportContext
from warehouse.queries import meta


def about_figures(
    context: ExportContext,
    mart: str,
    columns: Sequence[str],
    rows: int,
    *,
    source: str,
    notes: Sequence[str] = (),
) -> None:
    """Draw the box: definitions of `columns` come from the mart's description and link to it, `notes` are added."""
    meaning = {row["kolom"]: row for row in data.frame(meta.columns, tabel=mart).iter_rows(named=True)}
    quality = data.row(meta.quality)
    with st.expander("Over deze cijfers", icon=":material/info:"):
        lines = [
            f"- **[{meaning[name]['naam']}]({_definition(mart, name)})**: {meaning[name]['definitie']}"
            for name in columns
            if name in meaning
        ]
        if lines:
            st.markdown("\n".join(lines))
        for note in notes:
            st.markdown(note)
        st.markdown(
            f"**Bron**: {source}  \n"
            f"**Peildatum**: {format.date_long(context.peildatum)}, gegevensversie {context.versie}, "
            f"methode {context.methode_versie}  \n"
            f"**Aantal rijen**: {format.number(rows)}  \n"
            f"**Kwaliteit**: {_quality_sentence(quality)}  \n"
            f"**Bescherming**: {texts.protection(context.page_key)}"
        )


def method_box(card: str) -> None:
    """Draw the box with the method behind a ranking; `card` is Markdown."""
    with st.expander("Methode van de rangschikking", icon=":material/rule:"):
        st.markdown(card)
        page_link("methode", "Naar de volledige methodekaart")


def _definition(mart: str, column: str) -> str:
    """Return the address of one column in the glossary."""
    return f"/definities?{urlencode({'mart': mart, 'zoek': column, **filters.remembered_params()})}"


def _quality_sentence(quality: dict[str, int]) -> str:
    counting = format.counted(quality["leveringen"], "levering telt", "leveringen tellen")
    beside = format.counted(quality["niet_meegeteld"], "levering telt", "leveringen tellen")
    return (
        f"{counting} mee, met {format.number(quality['gelezen'])} gelezen rijen, waarvan "
        f"{format.number(quality['quarantaine'])} in quarantaine; "
        + (f"{beside} niet mee (vervangen, ingetrokken of geweigerd); " if quality["niet_meegeteld"] else "")
        + f"{format.number(quality['controles_gefaald'])} van {format.number(quality['controles'])} "
        "controles geven een opmerking."
    )
