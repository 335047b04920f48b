"""What one reader may see: the scope that every query is bound to.

A scope is made of rights that a role gives (`dashboard.access` says which); without any it sees nothing.
"""

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Scope:
    """What one reader may see; two of the same rights are equal, so that a cache may be keyed by it.

    `known`: signed in with a role, and so the lists that hold no secret (instellingen, schooljaren, definitions).
    `alle_instellingen`, `scholengroepen` (numbers), `onderwijsniveaus`: whose figures are shown by name.
    `netwerk`: figures of the whole network, and those of other instellingen without anything that tells whose.
    `werkdruk`: workload and staff per dienst and team. `hr`: the same per person, of everybody.
    `hr_hoofdadviseur`: the same of whom this person leads (e-mail address in lower case).
    `leveringen`: deliveries, quarantine and data quality. `toegangslog`: who saw what.
    """

    known: bool = False
    alle_instellingen: bool = False
    scholengroepen: tuple[str, ...] = ()
    onderwijsniveaus: tuple[str, ...] = ()
    netwerk: bool = False
    werkdruk: bool = False
    hr: bool = False
    hr_hoofdadviseur: str | None = None
    leveringen: bool = False
    toegangslog: bool = False

    def __or__(self, other: "Scope") -> "Scope":
        """Return the scope of somebody with both roles."""
        together: dict[str, Any] = {}
        for field in fields(self):
            mine, theirs = getattr(self, field.name), getattr(other, field.name)
            together[field.name] = tuple(sorted({*mine, *theirs})) if isinstance(mine, tuple) else mine or theirs
        return Scope(**together)


#: Nobody in particular: whoever is not signed in, or has no role.
NOTHING = Scope()
