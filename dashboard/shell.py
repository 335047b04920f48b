"""What surrounds every page: language, sidebar, banner, and a sentence instead of a traceback."""

import gc
import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import NoReturn

import streamlit as st

from dashboard import access, access_log, data, demo_role, filters, format, registry, scripts, sign_in_page, texts
from dashboard.components.links import can_open
from warehouse import versions
from warehouse.queries.fetch import MissingTableError

log = logging.getLogger(__name__)

_inside_app: ContextVar[bool] = ContextVar("inside_app", default=False)
_memory_is_frozen = False
#: Set while a page restarts through `app.py`: a page run as a script of its own must not do so forever.
_RESTARTED = "restarted_through_app"
_VERSION_CHOICE = "versiekeuze"


#: Our own style, and the language.
_SURROUNDINGS = (
    f"<style>{Path(__file__).with_name('screen.css').read_text(encoding='utf-8')}</style>"
    f"<script>{scripts.LANGUAGE}</script>"
)


class _PageEnd(Exception):  # noqa: N818 - the page is done, nothing went wrong
    """A page has nothing more to show."""


def run(page: st.Page) -> None:
    """Draw the surroundings and run the page; errors become a Dutch sentence, the log holds the traceback."""
    st.html(_SURROUNDINGS, unsafe_allow_javascript=True)
    st.session_state.pop(_RESTARTED, None)
    token = _inside_app.set(True)
    try:
        identity = access.signed_in()
        with access.acting(identity):
            _run_for_reader(page)
    except access.NotSignedInError as nobody:
        sign_in_page.ask(nobody)
    except access.RefusedError as refused:
        sign_in_page.refuse(refused)
    except access_log.NotLoggedError as refused:
        st.error(str(refused), icon=":material/lock:")
    except data.NoWarehouseError as error:
        st.title(texts.PRODUCT)
        st.info(texts.no_warehouse(str(error)), icon=":material/database_off:")
    except Exception as error:
        number = secrets.token_hex(4)
        log.exception("Fout %s op pagina %s", number, page.title)
        told = texts.not_in_published if isinstance(error, MissingTableError) else texts.unexpected_error
        st.error(told(number), icon=":material/error:")
    finally:
        _inside_app.reset(token)
    _freeze_memory_once()


def _run_for_reader(page: st.Page) -> None:
    """Run the page where this reader may open it; else say which role may, and whom to ask."""
    entry = registry.entry_of(page)
    if data.is_published():
        _draw(page, entry)
    elif entry is not None and entry.needs_version:
        st.title(texts.PRODUCT)
        st.info(texts.no_warehouse(str(versions.data_folder())), icon=":material/database_off:")
        if registry.entry("leveringen").may_open(data.scope()):
            st.page_link(registry.page("leveringen"), label=texts.FIRST_DELIVERY, icon=":material/upload_file:")
        _who()
    elif _may_open(entry):
        page.run()
        _who()


def _may_open(entry: registry.PageEntry | None) -> bool:
    """Return whether the reader may open a page, and say it where not; a page outside the registry nobody may."""
    if entry is None:
        st.info(texts.NOT_BY_ITSELF, icon=":material/lock:")
        return False
    if not entry.may_open(data.scope()):
        refusal = texts.not_for_this_role(entry.title, entry.allowed, access.contact())
    elif entry.changes_data and access.current().is_demo and not demo_role.is_on_this_machine():
        refusal = texts.NO_DELIVERIES_HERE
    else:
        return True
    st.title(entry.title)
    st.info(refusal, icon=":material/lock:")
    return False


def _draw(page: st.Page, entry: registry.PageEntry | None) -> None:
    """Run the page on the version that the address asks for, else the published one, and draw the sidebar."""
    with data.pinned_version(st.query_params.get(filters.VERSION)) as pin:
        version = data.version()
        # First in the sidebar; what a page draws there stands below it, and the version last.
        links = st.sidebar.container()
        try:
            if _may_open(entry):
                access_log.opened(page.url_path)
                page.run()
        except _PageEnd:
            log.debug("Pagina %s stopte vroeger", page.title)
        except MissingTableError as error:
            if pin.newest is None:
                raise
            log.warning("Pagina %s toont versie %s niet: %s", page.title, version.versie, error)
            st.info(texts.not_in_version(version.versie), icon=":material/history:")
        finally:
            # After the page, so that the links carry the filters as they are chosen now.
            with links:
                _links()
            with st.sidebar:
                _version(version)


def open_page(key: str) -> registry.PageEntry:
    """Draw the head of a page (title, decision, banner for demo data) and return its entry.

    A deep link on a freshly started server can reach the page's file before `app.py` ran: then the
    navigation is declared here and the run starts again, through `app.py`.
    """
    if not _inside_app.get():
        if _RESTARTED in st.session_state:
            st.error(texts.NOT_BY_ITSELF, icon=":material/lock:")
            st.stop()
        st.session_state[_RESTARTED] = True
        st.navigation(registry.navigation_pages(), position="hidden")
        st.rerun()
    entry = registry.entry(key)
    st.title(entry.title)
    st.markdown(entry.decision)
    if not data.is_published():
        st.info(texts.no_warehouse(str(versions.data_folder())), icon=":material/database_off:")
        return entry
    if data.version().is_demo:
        st.warning(texts.DEMO_BANNER, icon=":material/science:")
    elif access.current().is_demo:
        st.warning(texts.REAL_WITHOUT_SIGN_IN, icon=":material/no_accounts:")
    _version_notice()
    return entry


@contextmanager
def part_of_page(what: str) -> Iterator[None]:
    """Draw a part of a page, named in the plural; where an earlier version lacks it, say so and go on with the rest.

    The part should ask what it shows before it draws.
    """
    try:
        yield
    except MissingTableError as error:
        if data.pin().newest is None:
            raise
        versie = data.version().versie
        log.warning("Versie %s toont niet: %s: %s", versie, what, error)
        st.info(texts.part_not_in_version(versie, what), icon=":material/history:")


def end_page() -> NoReturn:
    """End the page here, with its surroundings complete (after `st.stop` nothing can be drawn any more)."""
    raise _PageEnd


def _version_notice() -> None:
    """Say that an earlier version is shown, or that the one in the address is not there."""
    pin, version = data.pin(), data.version()
    if pin.refused is not None:
        st.query_params.pop(filters.VERSION, None)
        st.warning(texts.version_not_kept(pin.refused, version.versie), icon=":material/link_off:")
    if pin.newest is not None:
        told = texts.not_the_newest(version.versie, version.gebouwd_op, version.peildatum, pin.newest)
        st.info(told, icon=":material/history:")
        st.button("Naar de nieuwste gegevens", icon=":material/update:", on_click=_ask_version, args=("",))


def _ask_version(number: str | None = None) -> None:
    """Put a version in the address ('' for the newest), or the one that was just chosen in the sidebar."""
    asked = st.session_state[_VERSION_CHOICE] if number is None else number
    if asked:
        st.query_params[filters.VERSION] = asked
    else:
        st.query_params.pop(filters.VERSION, None)


def _version_choice() -> None:
    """Draw the choice of a version, where there is one to choose; every page follows it."""
    known = data.known_versions()
    if len(known) < 2:
        return
    options = {"": f"Nieuwste (versie {known[0].versie})"}
    # What tells two versions of one day apart comes first: the sidebar is narrow.
    options |= {
        str(item.versie): f"Versie {item.versie}, {format.moment(item.gebouwd_op)}, "
        f"peildatum {format.date_short(item.peildatum)}"
        for item in known
    }
    st.session_state[_VERSION_CHOICE] = data.pin().asked or ""
    st.selectbox(
        "Versie van de gegevens",
        list(options),
        format_func=lambda number: options.get(number, number),
        key=_VERSION_CHOICE,
        on_change=_ask_version,
        help="Elke versie staat er met haar nummer, wanneer ze gebouwd is en haar peildatum. Een vaste versie blijft "
        "dezelfde cijfers tonen, ook in een link die doorgestuurd wordt.",
    )


def _links() -> None:
    st.markdown(f"**{texts.PRODUCT}**")
    for entry in registry.ENTRIES:
        if can_open(entry.key):
            st.page_link(
                registry.page(entry.key),
                label=entry.title,
                icon=entry.icon,
                query_params=filters.remembered_params(),
            )


def _version(version: data.Version) -> None:
    _version_choice()
    sign_in_page.who()
    # Small text, not a caption: a caption's grey has too little contrast in the light theme.
    lines = [
        f"Gegevensversie {version.versie}",
        f"Gebouwd op {format.moment(version.gebouwd_op)}",
        f"Peildatum {format.date_short(version.peildatum)}",
    ]
    if version.is_demo:
        lines.append("Verzonnen gegevens (demo)")
    st.markdown("  \n".join(f":small[{line}]" for line in lines))


def _who() -> None:
    with st.sidebar:
        sign_in_page.who()


def _freeze_memory_once() -> None:
    """Keep what was imported out of later garbage collections: each rerun ends in one, 70 ms without this."""
    global _memory_is_frozen
    if not _memory_is_frozen:
        gc.collect()
        gc.freeze()
        _memory_is_frozen = True
