"""What surrounds every page: language, sidebar, banner, and a sentence instead of a traceback."""

import gc
import logging
import secrets
from contextvars import ContextVar
from pathlib import Path
from typing import NoReturn

import streamlit as st

from dashboard import data, filters, format, registry, texts
from warehouse import versions

log = logging.getLogger(__name__)

_inside_app: ContextVar[bool] = ContextVar("inside_app", default=False)
_memory_is_frozen = False
#: Set while a page restarts through `app.py`: a page run as a script of its own must not do so forever.
_RESTARTED = "restarted_through_app"


#: Our own style, and the language: screen readers choose their voice by it, Streamlit's own page says "en".
_SURROUNDINGS = (
    f"<style>{Path(__file__).with_name('screen.css').read_text(encoding='utf-8')}</style>"
    "<script>document.documentElement.lang = 'nl-BE'</script>"
)


class _PageEnd(Exception):  # noqa: N818 - the page is done, nothing went wrong
    """A page has nothing more to show."""


def run(page: st.Page) -> None:
    """Draw the surroundings and run the page; errors become a Dutch sentence, the log holds the traceback."""
    st.html(_SURROUNDINGS, unsafe_allow_javascript=True)
    st.session_state.pop(_RESTARTED, None)
    token = _inside_app.set(True)
    try:
        if registry.needs_version(page) or data.is_published():
            _draw(page)
        else:
            page.run()
    except data.NoWarehouseError as error:
        st.title(texts.PRODUCT)
        st.info(texts.no_warehouse(str(error)), icon=":material/database_off:")
        st.page_link(registry.page("leveringen"), label=texts.FIRST_DELIVERY, icon=":material/upload_file:")
    except Exception:
        number = secrets.token_hex(4)
        log.exception("Fout %s op pagina %s", number, page.title)
        st.error(texts.unexpected_error(number), icon=":material/error:")
    finally:
        _inside_app.reset(token)
    _freeze_memory_once()


def _draw(page: st.Page) -> None:
    """Run the page on the version that is published now, and draw the sidebar."""
    with data.pinned_version():
        version = data.version()
        try:
            page.run()
        except _PageEnd:
            log.debug("Pagina %s stopte vroeger", page.title)
        finally:
            # After the page, so that the links carry the filters as they are chosen now.
            _sidebar(version)


def open_page(key: str) -> registry.PageEntry:
    """Draw the head of a page (title, decision, banner for demo data) and return its entry.

    A deep link on a freshly started server can reach the page's file before `app.py` ran: then the
    navigation is declared here and the run starts again, through `app.py`.
    """
    if not _inside_app.get() and _RESTARTED not in st.session_state:
        st.session_state[_RESTARTED] = True
        st.navigation(registry.navigation_pages(), position="hidden")
        st.rerun()
    entry = registry.entry(key)
    st.title(entry.title)
    st.markdown(entry.decision)
    if not data.is_published():
        st.info(texts.no_warehouse(str(versions.data_folder())), icon=":material/database_off:")
    elif data.version().is_demo:
        st.warning(texts.DEMO_BANNER, icon=":material/science:")
    return entry


def end_page() -> NoReturn:
    """End the page here, with its surroundings complete (after `st.stop` nothing can be drawn any more)."""
    if _inside_app.get():
        raise _PageEnd
    st.stop()


def _sidebar(version: data.Version) -> None:
    with st.sidebar:
        st.markdown(f"**{texts.PRODUCT}**")
        for entry in registry.ENTRIES:
            if (registry.PAGES_FOLDER / f"{entry.key}.py").exists():
                st.page_link(
                    registry.page(entry.key),
                    label=entry.title,
                    icon=entry.icon,
                    query_params=filters.remembered_params(),
                )
        # Small text, not a caption: a caption's grey has too little contrast in the light theme.
        lines = [f"Gegevensversie {version.versie}", f"Peildatum {format.date_short(version.peildatum)}"]
        if version.is_demo:
            lines.append("Verzonnen gegevens (demo)")
        st.markdown("  \n".join(f":small[{line}]" for line in lines))


def _freeze_memory_once() -> None:
    """Keep what was imported out of later garbage collections: each rerun ends in one, 70 ms without this."""
    global _memory_is_frozen
    if not _memory_is_frozen:
        gc.collect()
        gc.freeze()
        _memory_is_frozen = True
