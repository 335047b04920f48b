"""Filters that live in the address: a link opens exactly this view, and a choice goes from page to page."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

import streamlit as st

from dashboard import data, texts
from dashboard.registry import PageEntry
from warehouse.queries import meta

ALL = "alle"
#: The version of the data that the address asks for.
VERSION = "versie"
_REMEMBERED = "remembered_filters"
_SEEN = "seen_in_address"


class _Unchanged:
    """The address asks nothing new: the widget keeps its own value. No text, for an address can hold any text."""


_UNCHANGED = _Unchanged()


@dataclass(frozen=True)
class Filter:
    """One choice: `options` maps code -> text on screen; `default` is a code and stays out of the address."""

    key: str
    label: str
    options: dict[str, str]
    default: str


@dataclass(frozen=True)
class NumberFilter:
    """One whole number to choose, from `lowest` to `highest`; the `default` stays out of the address."""

    key: str
    label: str
    default: int
    lowest: int
    highest: int


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


#: A filter that is made of what was chosen before it in the same bar.
Dependent = Callable[[Choice], Filter]
AnyFilter = Filter | NumberFilter | Dependent


def schooljaar() -> Filter:
    """Return the filter on schooljaar; the running one is the default, else the newest."""
    years = data.frame(meta.schooljaren)
    codes = years["schooljaar"].to_list()
    running = [code for code, lopend in zip(codes, years["is_lopend"], strict=True) if lopend]
    default = (running or codes or [""])[0]
    return Filter("schooljaar", "Schooljaar", {code: code for code in codes} or {"": "geen"}, default)


def scholengroep() -> Filter:
    """Return the filter on scholengroep: every scholengroep of the newest schooljaar, or all of them.

    Who sees scholengroepen by name chooses one of those: all of them would be a mix of the own and the network.
    """
    groups = data.frame(meta.scholengroepen, schooljaar=schooljaar().default)
    own = {number: f"{number} · {name}" for number, name in groups.iter_rows()}
    options = ({} if own and _has_own_groups() else {ALL: "Alle scholengroepen"}) | own
    return Filter("scholengroep", "Scholengroep", options, next(iter(options)))


def own_part() -> tuple[Filter, ...]:
    """Return the filter on what a reader sees who does not see it all, for a page that has no filter on a part."""
    if _has_own_groups():
        return (scholengroep(),)
    level = onderwijsniveau()
    return () if ALL in level.options else (level,)


def _has_own_groups() -> bool:
    """Return whether a reader sees some scholengroepen by name and nothing else."""
    scope = data.scope()
    return bool(scope.scholengroepen) and not (scope.alle_instellingen or scope.onderwijsniveaus)


def onderwijsniveau() -> Filter:
    """Return the filter on onderwijsniveau: every niveau of the newest schooljaar, or all of them.

    Who sees one niveau and not the network has no figure over all of them to choose.
    """
    levels = data.frame(meta.onderwijsniveaus, schooljaar=schooljaar().default)
    own = {code: code for code in levels["onderwijsniveau"]}
    sees_all = data.scope().alle_instellingen or data.scope().netwerk or not own
    options = ({ALL: "Alle onderwijsniveaus"} if sees_all else {}) | own
    return Filter("onderwijsniveau", "Onderwijsniveau", options, next(iter(options)))


def bar(page: PageEntry, *filters: AnyFilter) -> Choice:
    """Draw the filters of a page in one row and return what is chosen; numbers as their digits.

    A filter whose options depend on what stands before it is given as a function of that choice. A value in the
    address that is no choice falls back to the default with a notice.
    """
    found: list[str] = []
    # One column a filter; Streamlit stacks them on a narrow screen.
    choice = _choose(page, filters, st.columns(len(filters)), found)
    say(found)
    return choice


def stack(page: PageEntry, *filters: AnyFilter, notices: list[str]) -> Choice:
    """Draw filters under each other, as a panel holds them, and return what is chosen, as `bar` does.

    What is wrong with the address is added to `notices`: in a folded panel a notice would not be seen.
    """
    return _choose(page, filters, [nullcontext()] * len(filters), notices)


def _choose(
    page: PageEntry, filters: Sequence[AnyFilter], places: Sequence[AbstractContextManager[object]], notices: list[str]
) -> Choice:
    choice = Choice(page)
    for place, item in zip(places, filters, strict=True):
        if not isinstance(item, Filter | NumberFilter):
            item = item(choice)
        with place:
            value = _number(page, item, notices) if isinstance(item, NumberFilter) else _select(page, item, notices)
        choice.values[item.key] = value
        choice.texts[item.label] = value if isinstance(item, NumberFilter) else item.options[value]
    return choice


def say(notices: list[str]) -> None:
    """Draw what was wrong with the address."""
    for notice in notices:
        st.warning(notice, icon=":material/link_off:")


def forget(page: PageEntry, *keys: str) -> None:
    """Bring these filters of a page back to their defaults, at the next draw, and out of the address."""
    for key in keys:
        st.session_state.pop(f"{page.key}.{key}", None)
        st.query_params.pop(key, None)
        _memory(_REMEMBERED).pop(key, None)
        _memory(_SEEN).pop(f"{page.key}.{key}", None)


def carry(key: str, value: str | None) -> None:
    """Put a value in the address and in every link to another page; None takes it out of both."""
    if value is None:
        st.query_params.pop(key, None)
        _memory(_REMEMBERED).pop(key, None)
    else:
        st.query_params[key] = value
        _memory(_REMEMBERED)[key] = value


def carried(key: str) -> str | None:
    """Return what this session carries along under a name that is no filter of a page."""
    return _memory(_REMEMBERED).get(key)


def keep_on_page(*keys: str) -> dict[str, str]:
    """Return those of these filters that differ from their default, to pass on in a link to the same page."""
    return {key: value for key, value in _memory(_REMEMBERED).items() if key in keys}


def search_box(page: PageEntry, label: str) -> Choice:
    """Draw a box to search a list with, bound to the address, and return the word as choice `zoek`."""
    word = st.text_input(label, key="zoek", bind="query-params").strip()
    return Choice(page, {"zoek": word}, {"Zoekwoord": word or "geen"})


def remembered_params() -> dict[str, str]:
    """Return what travels along in a link to another page: the version that was asked for, and the filters."""
    asked = data.asked_version()
    version = {VERSION: asked} if asked else {}
    return version | {key: value for key, value in _memory(_REMEMBERED).items() if key not in _PAGE_ONLY}


#: A choice that belongs to one page only: the link to another page does not carry it.
_PAGE_ONLY = {"instelling", "trap", "volgorde", "signaal", "per", "nood", "vraag", "groep", "categorie", "lijst"}
_PAGE_ONLY |= {"periode", "soort", "advies", "uitsplitsing", "tekort", "opvolging"}
_PAGE_ONLY |= {"scholengemeenschap", "oki", "vanaf", "belang", "gewichten", "top", "kijk", "onzekerheid"}
_PAGE_ONLY |= {"toets", "leerjaar", "domein", "tegenover", "toetslijst"}
_PAGE_ONLY |= {"bron", "status"}
_PAGE_ONLY |= {"medewerker"}
_PAGE_ONLY |= {"controle", "pagina", "mart", "ontbreekt_in", "ontbreekt_groep"}
_PAGE_ONLY |= {f"gewicht_{criterium}" for criterium in ("doorlichting", "leerresultaten", "doorstroom", "leerrecht")}


def _select(page: PageEntry, item: Filter, notices: list[str]) -> str:
    widget = f"{page.key}.{item.key}"
    wanted = _wanted(widget, item.key)
    if not isinstance(wanted, _Unchanged):
        st.session_state[widget] = _resolve(item, wanted, notices)
    elif st.session_state[widget] not in item.options:
        st.session_state[widget] = item.default
    value = st.selectbox(
        item.label, list(item.options), format_func=lambda code: item.options.get(code, code), key=widget
    )
    _write_address(widget, item.key, value, item.default)
    return str(value)


def _number(page: PageEntry, item: NumberFilter, notices: list[str]) -> str:
    """Draw a box for a whole number and return its digits; what cannot be used has its sentence under the box.

    A text box: the browser's own number box refuses what is typed in the language of the browser, or silently.
    """
    widget = f"{page.key}.{item.key}"
    wanted = _wanted(widget, item.key)
    if not isinstance(wanted, _Unchanged):
        st.session_state[widget] = _resolve_number(item, wanted, notices)
    typed = str(st.text_input(item.label, key=widget)).strip()
    value = typed.lstrip("0") or "0"
    if not _is_within(item, typed):
        value = str(item.default)
        st.warning(texts.unknown_number(item.label, typed, item.lowest, item.highest, item.default))
    _write_address(widget, item.key, value, str(item.default))
    return value


def _wanted(widget: str, key: str) -> str | _Unchanged | None:
    """Return what the address asks of a widget (None for the default), or `_UNCHANGED`.

    It is asked on the first draw of a page, and again when the address changed under the widget (a link, back).
    """
    in_address = st.query_params.get(key)
    if widget not in st.session_state:
        return in_address or _memory(_REMEMBERED).get(key)
    return in_address if (in_address or "") != _memory(_SEEN).get(widget) else _UNCHANGED


def _write_address(widget: str, key: str, value: str, default: str) -> None:
    remembered = _memory(_REMEMBERED)
    if value == default:
        st.query_params.pop(key, None)
        remembered.pop(key, None)
    else:
        st.query_params[key] = value
        remembered[key] = value
    _memory(_SEEN)[widget] = st.query_params.get(key, "")


def _resolve_number(item: NumberFilter, wanted: str | None, notices: list[str]) -> str:
    if wanted is None:
        return str(item.default)
    if _is_within(item, wanted):
        return wanted
    notices.append(texts.unknown_number(item.label, wanted, item.lowest, item.highest, item.default))
    return str(item.default)


def _is_within(item: NumberFilter, typed: str) -> bool:
    """Return whether a text is a whole number within the bounds, in plain digits."""
    return typed.isascii() and typed.isdigit() and len(typed) < 10 and item.lowest <= int(typed) <= item.highest


def _resolve(item: Filter, wanted: str | None, notices: list[str]) -> str:
    if wanted is None:
        return item.default
    if wanted in item.options:
        return wanted
    notices.append(texts.unknown_choice(item.label, wanted, item.options[item.default]))
    return item.default


def _memory(name: str) -> dict[str, str]:
    return st.session_state.setdefault(name, {})
