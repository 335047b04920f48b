"""Whose dialogue a reader sees, and who may write in it: whoever answers for the support of an instelling.

A role that shows every instelling (management) reads; writing is for a hoofdadviseur, and for a SPOC of its
scholengroep.
"""

from dashboard import access, data
from warehouse import roles
from warehouse.queries import instelling as queries

WRITERS = (roles.HOOFDADVISEUR, roles.SPOC)


def readable() -> frozenset[str]:
    """Return the numbers of the instellingen whose remarks this reader sees."""
    return frozenset(data.frame(queries.own)["instellingsnummer"])


def may_write(instellingsnummer: str) -> bool:
    """Return whether this reader may record, change or withdraw a remark about an instelling."""
    held = [role for role in access.current().roles if role in WRITERS]
    if not held:
        return False
    # Only what the roles that write give: who is management too sees more than there is to write about.
    with data.scoped(roles.scope_of(held, scholengroepen=data.scope().scholengroepen)):
        return instellingsnummer in readable()
