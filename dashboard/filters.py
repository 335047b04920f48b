"""Filters that live in the address: a link opens exactly this view, and a choice goes from page to page."""

from dataclasses import dataclass, field

import streamlit as st

from dashboard import data, texts
from dashboard.registry import PageEntry
from warehouse.queries import meta

ALL = "alle"
_REMEMBERED = "remembered_filters"
_SEEN = "seen_in_address"


@dataclass(frozen=True)
class Filter:
    """One choice: `options` maps code -> text on screen; `default` is a code and stays out of the address."""

    key: str
    label: str
    options: dict[str, str]
    default: str


@dataclass(frozen=True)
class Choice:
    """What was chosen on a page: `choice["schooljaar"]` is the code, `choice.texts` what a reader sees."""

    page: PageEntry
    values: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, key: str) -> str:
        """Return the chosen code of one filter."""
        return self.values[key]

    @property
    def schooljaar(self) -> str:
        """Return the chosen schooljaar, e.g. '2025-2026'."""
        return self.values["schooljaar"]

    def only(self, *keys: str) -> "Choice":
        """Return this choice without the filters that a figure does not follow, for its exports."""
        kept = [(key, label) for key, label in zip(self.values, self.texts, strict=True) if key in keys]
        return Choice(
            self.page, {key: self.values[key] for key, _ in kept}, {label: self.texts[label] for _, label in kept}
        )

    def joined(self, other: "Choice") -> "Choice":
        """Return this choice with that of a second bar on the same page, for the exports of its block."""
        return Choice(self.page, self.values | other.values, self.texts | other.texts)


def schooljaar() -> Filter:
    """Return the filter on schooljaar; the running one is the default, else the newest."""
    years = data.frame(meta.schooljaren)
    codes = years["schooljaar"].to_list()
    running = [code for code, lopend in zip(codes, years["is_lopend"], strict=True) if lopend]
    default = (running or codes or [""])[0]
    return Filter("schooljaar", "Schooljaar", {code: code for code in codes} or {"": "geen"}, default)


def scholengroep() -> Filter:
    """Return the filter on scholengroep: every scholengroep of the newest schooljaar, or all of them."""
    groups = data.frame(meta.scholengroepen, schooljaar=schooljaar().default)
    options = {ALL: "Alle scholengroepen"} | {number: f"{number} · {name}" for number, name in groups.iter_rows()}
    return Filter("scholengroep", "Scholengroep", options, ALL)


def onderwijsniveau() -> Filter:
    """Return the filter on onderwijsniveau: every niveau of the newest schooljaar, or all of them."""
    levels = data.frame(meta.onderwijsniveaus, schooljaar=schooljaar().default)
    options = {ALL: "Alle onderwijsniveaus"} | {code: code for code in levels["onderwijsniveau"]}
    return Filter("onderwijsniveau", "Onderwijsniveau", options, ALL)


def bar(page: PageEntry, *filters: Filter) -> Choice:
    """Draw the filters of a page in one row and return what is chosen.

    A value in the address that is no choice falls back to the default with a notice.
    """
    choice = Choice(page)
    notices: list[str] = []
    # One column a filter; Streamlit stacks them on a narrow screen.
    for column, item in zip(st.columns(len(filters)), filters, strict=True):
        with column:
            value = _select(page, item, notices)
        choice.values[item.key] = value
        choice.texts[item.label] = item.options[value]
    for notice in notices:
        st.warning(notice, icon=":material/link_off:")
    return choice


def search_box(page: PageEntry, label: str) -> Choice:
    """Draw a box to search a list with, bound to the address, and return the word as choice `zoek`."""
    word = st.text_input(label, key="zoek", bind="query-params").strip()
    return Choice(page, {"zoek": word}, {"Zoekwoord": word or "geen"})


def remembered_params() -> dict[str, str]:
    """Return the filters that travel along in a link to another page."""
    return {key: value for key, value in _memory(_REMEMBERED).items() if key not in _PAGE_ONLY}


#: A choice that belongs to one page only: the link to another page does not carry it.
_PAGE_ONLY = {"instelling", "trap", "volgorde", "signaal", "per", "nood", "vraag", "groep", "categorie", "lijst"}


def _select(page: PageEntry, item: Filter, notices: list[str]) -> str:
    widget = f"{page.key}.{item.key}"
    in_address = st.query_params.get(item.key)
    seen = _memory(_SEEN)
    # Seed on the first draw of this page, and again when the address changed under the widget (a link, back).
    if widget not in st.session_state:
        carried = _memory(_REMEMBERED).get(item.key)
        st.session_state[widget] = _resolve(item, in_address or carried, notices)
    elif (in_address or "") != seen.get(widget):
        st.session_state[widget] = _resolve(item, in_address, notices)
    elif st.session_state[widget] not in item.options:
        st.session_state[widget] = item.default
    value = st.selectbox(
        item.label, list(item.options), format_func=lambda code: item.options.get(code, code), key=widget
    )
    remembered = _memory(_REMEMBERED)
    if value == item.default:
        st.query_params.pop(item.key, None)
        remembered.pop(item.key, None)
    else:
        st.query_params[item.key] = value
        remembered[item.key] = value
    seen[widget] = st.query_params.get(item.key, "")
    return str(value)


def _resolve(item: Filter, wanted: str | None, notices: list[str]) -> str:
    if wanted is None:
        return item.default
    if wanted in item.options:
        return wanted
    notices.append(texts.unknown_choice(item.label, wanted, item.options[item.default]))
    return item.default


def _memory(name: str) -> dict[str, str]:
    return st.session_state.setdefault(name, {})
