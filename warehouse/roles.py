"""The roles and what each may see: the only place where a role becomes a scope."""

from collections.abc import Iterable

from warehouse.scope import NOTHING, Scope

HOOFDADVISEUR = "hoofdadviseur"
SPOC = "spoc"
MANAGEMENT = "management"
HR = "hr"
DATABEHEERDER = "databeheerder"
POC = "poc"
TOEZICHT = "toezicht"

#: Every role: its code in `toegang.toml` -> its name on screen.
NAMES = {
    HOOFDADVISEUR: "Hoofdadviseur",
    SPOC: "SPOC",
    MANAGEMENT: "Management",
    HR: "HR-medewerker",
    DATABEHEERDER: "Databeheerder",
    POC: "POC+",
    TOEZICHT: "Functionaris gegevensbescherming",
}

_SCOPES = {
    HOOFDADVISEUR: Scope(known=True, alle_instellingen=True, netwerk=True, werkdruk=True),
    SPOC: Scope(known=True, netwerk=True),
    MANAGEMENT: Scope(known=True, alle_instellingen=True, netwerk=True, werkdruk=True),
    HR: Scope(known=True, hr=True, werkdruk=True),
    DATABEHEERDER: Scope(known=True, leveringen=True),
    POC: Scope(known=True, onderwijsniveaus=("CLB",)),
    TOEZICHT: Scope(known=True, toegangslog=True),
}


def scope_of(roles: Iterable[str], *, scholengroepen: Iterable[str] = (), e_mail: str | None = None) -> Scope:
    """Return what somebody with these roles (codes of `NAMES`) may see; nothing without a role.

    `scholengroepen` (numbers) counts for a SPOC only, `e_mail` for a hoofdadviseur only: it says whose team is theirs.
    Raises KeyError for a role that does not exist.
    """
    whole = NOTHING
    for role in roles:
        own = Scope()
        if role == SPOC:
            own = Scope(scholengroepen=tuple(sorted(scholengroepen)))
        elif role == HOOFDADVISEUR:
            own = Scope(hr_hoofdadviseur=e_mail)
        whole = whole | _SCOPES[role] | own
    return whole


def names(roles: Iterable[str]) -> str:
    """Return the names of roles as a reader sees them, e.g. 'Hoofdadviseur, Management'."""
    held = set(roles)
    return ", ".join(name for role, name in NAMES.items() if role in held)
