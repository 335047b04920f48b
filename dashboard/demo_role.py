"""The role switch of the demo: without signing in everybody may be anybody, so the data must be invented.

Or the data are real and everything happens on one machine, for who runs it there by hand: whoever does that can read
the files as well.
"""

import streamlit as st

from dashboard import data, filters, sign_in
from warehouse import roles, versions
from warehouse.exposure import is_invented, is_loopback
from warehouse.queries import medewerkers, meta
from warehouse.queries.fetch import MissingTableError
from warehouse.scope import Scope

ROLE = "rol"
FOR = "rol_voor"
#: All roles at once: shows most, and exists in a demo only.
ALL = "alle"
_WHOSE = {roles.SPOC: "Scholengroep van deze SPOC", roles.HOOFDADVISEUR: "Wie is deze hoofdadviseur?"}
_WIDGET = {ROLE: "demo.rol", FOR: "demo.rol_voor"}
#: A proxy in front says with these for whom it asks.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip")


def is_allowed() -> bool:
    """Return whether the demo may run here: every version is invented, or all of it stays on this machine."""
    return is_invented(versions.data_folder()) or is_on_this_machine()


def is_on_this_machine() -> bool:
    """Return whether the server listens on this machine only, and the browser asks from it and for it.

    A proxy on this machine passes requests of others on: then the names in them are not this machine's.
    """
    headers = st.context.headers
    asked = [sign_in.host_of(headers[name]) for name in ("Host", "Origin") if name in headers]
    address = st.context.ip_address  # None for this machine
    return (
        is_loopback(st.config.get_option("server.address"))
        and all(is_loopback(host) for host in asked)
        and not any(name in headers for name in _FORWARDED)
        and not (isinstance(address, str) and not is_loopback(address))
    )


def chosen() -> tuple[tuple[str, ...], Scope]:
    """Return the roles that the address, or else the session, asks for, and their scope; all roles by default."""
    role = _asked(ROLE, {ALL: "", **roles.NAMES}) or ALL
    if role == ALL:
        return tuple(roles.NAMES), roles.scope_of(roles.NAMES)
    options = _whose(role)
    own = _asked(FOR, options) or next(iter(options), None)
    return (role,), roles.scope_of([role], scholengroepen=[own] if own else [], e_mail=own)


def switch() -> None:
    """Draw the choice of a role, and of whose: a scholengroep, a hoofdadviseur; the address carries both along."""
    names = {ALL: "Alle rollen samen"} | roles.NAMES
    role = _choice(ROLE, "Bekijken als", names, ALL)
    if options := _whose(role):
        _choice(FOR, _WHOSE[role], options, next(iter(options)))


def _choice(key: str, label: str, options: dict[str, str], default: str) -> str:
    value = _asked(key, options) or default
    st.session_state[_WIDGET[key]] = value
    st.selectbox(
        label,
        list(options),
        format_func=lambda code: options.get(code, code),
        key=_WIDGET[key],
        on_change=_ask,
        args=(key, default),
    )
    return value


def _ask(key: str, default: str) -> None:
    """Put what was just chosen in the address; another role begins with its own first scholengroep."""
    if key == ROLE:
        filters.carry(FOR, None)
    value = st.session_state[_WIDGET[key]]
    filters.carry(key, None if value == default else value)


def _asked(key: str, options: dict[str, str]) -> str | None:
    """Return what the address asks, or asked before in this session; None for nothing, or for what is no choice."""
    asked = st.query_params.get(key) or filters.carried(key)
    if asked not in options:
        filters.carry(key, None)
        return None
    filters.carry(key, asked)
    return asked


def _whose(role: str) -> dict[str, str]:
    """Return for whom one can be in a role: a SPOC of which scholengroep, which hoofdadviseur; others are nobody."""
    if role not in _WHOSE or not data.is_published():
        return {}
    # Whatever version is looked at: the choice is one of the people and scholengroepen of today.
    with data.pinned_version(), data.scoped(Scope(known=True, alle_instellingen=True, hr=True)):
        if role == roles.SPOC:
            groups = data.frame(meta.scholengroepen, schooljaar=filters.schooljaar().default)
            return {number: f"{number} · {name}" for number, name in groups.iter_rows()}
        try:
            return {e_mail: e_mail for (e_mail,) in data.staff_frame(medewerkers.leaders).iter_rows()}
        except MissingTableError:
            return {}
