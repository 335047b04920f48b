"""The pages: their order, names, icons and addresses. A new page is one line here and one file in pages/."""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st

from warehouse import roles
from warehouse.scope import Scope

#: The browser tab's icon, drawn here: Streamlit would fetch a Material icon for it from outside.
STAR = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#3A78C2"
d="M12 2l2.9 6.6 7.1.7-5.4 4.8 1.6 7-6.2-3.7-6.2 3.7 1.6-7L2 9.3l7.1-.7z"/></svg>"""

PAGES_FOLDER = Path(__file__).resolve().parents[1] / "pages"

Right = Callable[[Scope], bool]


def _everybody(scope: Scope) -> bool:
    """Return whether this reader has any role."""
    return scope.known


def _institutions(scope: Scope) -> bool:
    """Return whether this reader sees instellingen by name, all or some."""
    return scope.alle_instellingen or bool(scope.scholengroepen or scope.onderwijsniveaus)


def _network(scope: Scope) -> bool:
    """Return whether this reader sees the figures of the network."""
    return scope.netwerk


def _levels(scope: Scope) -> bool:
    """Return whether this reader sees the figures of the network, or of an onderwijsniveau."""
    return scope.netwerk or bool(scope.onderwijsniveaus)


def _workload(scope: Scope) -> bool:
    return scope.werkdruk


def _staff(scope: Scope) -> bool:
    """Return whether this reader sees members of staff by name, all or those they lead."""
    return scope.hr or scope.hr_hoofdadviseur is not None


def _deliveries(scope: Scope) -> bool:
    return scope.leveringen


def _access_log(scope: Scope) -> bool:
    return scope.toegangslog


@dataclass(frozen=True)
class PageEntry:
    """One page: `key` is the stem of its file and its address; `decision` says what it helps decide.

    A page that lists instellingen by need or result `is_internal`: its exports say that they stay within GO!. Only the
    page that takes the first delivery in works without a published version. `may_open` says for which scope the page
    is there; what it shows is bound to the scope where it is read. A page that `changes_data` asks who changes them.
    """

    key: str
    title: str
    icon: str
    decision: str
    is_internal: bool = False
    needs_version: bool = True
    may_open: Right = _everybody
    changes_data: bool = False

    @property
    def allowed(self) -> str:
        """Return the names of the roles that open this page, e.g. 'Hoofdadviseur, SPOC'."""
        return roles.names(role for role in roles.NAMES if self.may_open(_typical(role)))


ENTRIES = (
    PageEntry(
        "start",
        "Start",
        ":material/home:",
        "Helpt beslissen wat vandaag eerst aandacht krijgt in het netwerk.",
    ),
    PageEntry(
        "noden",
        "Noden",
        ":material/format_list_numbered:",
        "Helpt beslissen welke instellingen voorrang krijgen bij de begeleiding, en waarom.",
        is_internal=True,
        may_open=_institutions,
    ),
    PageEntry(
        "instelling",
        "Instelling",
        ":material/school:",
        "Helpt beslissen welke ondersteuning bij één instelling past, volgens haar signalen en haar traject.",
        is_internal=True,
        may_open=_institutions,
    ),
    PageEntry(
        "leerresultaten",
        "Leerresultaten",
        ":material/menu_book:",
        "Helpt beslissen waar leerlingen minder leren dan verwacht, en welke vakken of domeinen overal zwak staan.",
        is_internal=True,
        may_open=_institutions,
    ),
    PageEntry(
        "doorlichtingen",
        "Doorlichtingen",
        ":material/fact_check:",
        "Helpt beslissen welke tekorten uit doorlichtingen terugkeren en waar opvolging nodig is.",
        is_internal=True,
        may_open=_institutions,
    ),
    PageEntry(
        "bereik",
        "Bereik",
        ":material/groups:",
        "Helpt beslissen welke instellingen en professionals nog bereikt moeten worden.",
        may_open=_levels,
    ),
    PageEntry(
        "edbi",
        "EDBI",
        ":material/reviews:",
        "Helpt beslissen welke activiteiten werken en waar de bevraging meer respons nodig heeft.",
        may_open=_network,
    ),
    PageEntry(
        "werkdruk",
        "Werkdruk en HR",
        ":material/event_note:",
        "Helpt beslissen waar de planning en de inzet van begeleiders bijgestuurd worden.",
        may_open=_workload,
    ),
    PageEntry(
        "medewerkers",
        "Medewerkers",
        ":material/badge:",
        "Helpt beslissen wie inzetbaar is, en wie meer besteedt dan de rest van het team.",
        is_internal=True,
        may_open=_staff,
    ),
    PageEntry(
        "methode",
        "Methode",
        ":material/function:",
        "Helpt beslissen hoeveel gewicht de rangschikking van noden verdient: hoe ze tot stand komt, hoe zeker ze is.",
    ),
    PageEntry(
        "leveringen",
        "Leveringen",
        ":material/upload_file:",
        "Helpt beslissen of een levering geladen, teruggestuurd of ingetrokken wordt.",
        needs_version=False,
        may_open=_deliveries,
        changes_data=True,
    ),
    PageEntry(
        "datakwaliteit",
        "Datakwaliteit",
        ":material/verified:",
        "Helpt beslissen welke levering eerst nagekeken wordt, en welke cijfers intussen met zorg gelezen worden.",
        may_open=_deliveries,
    ),
    PageEntry(
        "definities",
        "Definities",
        ":material/dictionary:",
        "Helpt beslissen of een cijfer betekent wat men denkt: definitie, eenheid, bron en eigenaar van elke kolom.",
    ),
    PageEntry(
        "toegangslog",
        "Toegangslog",
        ":material/policy:",
        "Helpt beslissen of wie gegevens over personen, bevragingen of noden opende, die voor het werk nodig had.",
        may_open=_access_log,
    ),
)
_BY_KEY = {entry.key: entry for entry in ENTRIES}
DEFAULT = ENTRIES[0]


def entry(key: str) -> PageEntry:
    """Return the entry of one page; KeyError for a page that does not exist."""
    return _BY_KEY[key]


def entry_of(shown: st.Page) -> PageEntry | None:
    """Return the entry of a page that is about to run, the front page and its alias included."""
    return _BY_KEY.get(shown.url_path) if shown.url_path else DEFAULT


def _typical(role: str) -> Scope:
    """Return the scope of somebody with this role, whichever their scholengroep or team."""
    return roles.scope_of([role], scholengroepen=["0"], e_mail="-")


def page(key: str) -> st.Page:
    """Return the Streamlit page of one entry, for links and for navigation."""
    return _pages()[key]


def navigation_pages() -> list[st.Page]:
    """Return all pages whose file exists, in order, plus the alias `/start` of the front page.

    They are the caller's own: Streamlit notes on a page that it may be run, and that it was. Of two readers at once,
    who shared one, the second would find it run already.
    """
    return [copy(page) for page in (*_pages().values(), _start_alias())]


@cache
def has_page(key: str) -> bool:
    """Return whether the file of a page is there; looked at once, as pages change by deployment only."""
    return (PAGES_FOLDER / f"{key}.py").exists()


@cache
def _pages() -> dict[str, st.Page]:
    # The front page lives at "/": its own path must differ from the alias that serves "/start".
    return {
        item.key: st.Page(
            PAGES_FOLDER / f"{item.key}.py",
            # No icon here: Streamlit would fetch it from outside as the tab's icon; the sidebar draws it.
            title=item.title,
            url_path="voorpagina" if item is DEFAULT else item.key,
            default=item is DEFAULT,
        )
        for item in ENTRIES
        if has_page(item.key)
    }


@cache
def _start_alias() -> st.Page:
    return st.Page(_open_start, title=DEFAULT.title, url_path=DEFAULT.key, visibility="hidden")


def _open_start() -> None:
    st.switch_page(page(DEFAULT.key), query_params=st.query_params.to_dict())
