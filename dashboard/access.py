"""Who is looking: signed in with which roles, and so within which scope; or the role chosen for a demo.

`signed_in` is asked at the start of every rerun, by `dashboard.shell`; whatever is drawn after it asks `current`.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from dashboard import data, demo_role, sign_in, texts
from warehouse import roles, versions
from warehouse.access_file import AccessFile, AccessFileError, Grant, access_path, normalised, read_access_file
from warehouse.scope import Scope

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Identity:
    """Who looks: `subject` lasts (the provider's key), `e_mail` is in lower case and may be missing.

    `roles` are codes of `warehouse.roles.NAMES`, at least one. With `is_demo` nobody signed in: the role is chosen.
    `holds` says whether the sign-in and its roles still count, also after the rerun that it was made for.
    """

    subject: str
    e_mail: str | None
    roles: tuple[str, ...]
    scope: Scope
    is_demo: bool = False
    holds: Callable[[], bool] = field(default=lambda: True, compare=False)

    @property
    def who(self) -> str:
        """Return who this is, for the screen: the address, or the provider's key where there is none."""
        return self.e_mail or self.subject

    @property
    def role_names(self) -> str:
        """Return the roles as a reader sees them, e.g. 'SPOC (scholengroep 3, 12)'."""
        names = roles.names(self.roles)
        if not self.scope.scholengroepen:
            return names
        spoc = roles.NAMES[roles.SPOC]
        return names.replace(spoc, f"{spoc} (scholengroep {', '.join(sorted(self.scope.scholengroepen, key=int))})")


class NotSignedInError(Exception):
    """Nobody is signed in; `providers` are those to sign in with, `notice` says why somebody no longer is."""

    def __init__(self, providers: list[str], notice: str | None) -> None:
        """Keep what the page for signing in needs."""
        super().__init__("niet aangemeld")
        self.providers = providers
        self.notice = notice


class RefusedError(Exception):
    """Somebody, or everybody, is refused; `sentence` says why and whom to ask, and is all they see."""

    def __init__(self, sentence: str, *, is_signed_in: bool = False) -> None:
        """Keep the sentence for the screen; who is signed in can sign out."""
        super().__init__(sentence)
        self.sentence = sentence
        self.is_signed_in = is_signed_in


_current: ContextVar[Identity | None] = ContextVar("identity", default=None)


def signed_in() -> Identity:
    """Return who looks in this rerun. Raises NotSignedInError, or RefusedError for who has no role here.

    Without configuration for signing in a demo role is given, on invented data or on this machine only.
    """
    try:
        auth = sign_in.settings()
    except sign_in.SignInFaultError as fault:
        log.error("Aanmelden is niet goed ingesteld: %s", fault)
        raise RefusedError(texts.sign_in_fault(str(fault))) from fault
    if auth is None:
        return _demo()
    access = _access_file()
    account = sign_in.account(auth, access.uren)
    if account is None:
        notice = texts.SESSION_ENDED if sign_in.is_expired(access.uren) else None
        raise NotSignedInError(list(sign_in.providers(auth)), notice)
    return _identity(account, access)


def current() -> Identity:
    """Return who looks in this rerun. Raises `data.NoScopeError` outside one: then nobody does."""
    identity = _current.get()
    if identity is None:
        raise data.NoScopeError
    return identity


def signature() -> str | None:
    """Return the name under which what this reader changes is kept; None in a demo, where anybody types one."""
    identity = current()
    return None if identity.is_demo else identity.who


def while_signed_in(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return `make` for a file that is made at a click, after the rerun that drew the button.

    Raises NotSignedInError, when made, for who signed out meanwhile, whose time is over or whose roles changed.
    """
    identity = _current.get()

    def made() -> bytes:
        if identity is None or not identity.holds():
            raise NotSignedInError([], None)
        return make()

    return made


@contextmanager
def acting(identity: Identity) -> Iterator[None]:
    """Show until the end of the block what this reader may see, and nothing else."""
    token = _current.set(identity)
    try:
        with data.scoped(identity.scope):
            yield
    finally:
        _current.reset(token)


def contact() -> str:
    """Return whom to ask for a right, as it ends a sentence."""
    try:
        return read_access_file(access_path(versions.data_folder())).contact
    except AccessFileError:
        return AccessFile().contact


def _demo() -> Identity:
    if not demo_role.is_allowed():
        raise RefusedError(texts.NO_DEMO_HERE)
    chosen, scope = demo_role.chosen()
    return Identity("demo", None, chosen, scope, is_demo=True)


def _access_file() -> AccessFile:
    try:
        return read_access_file(access_path(versions.data_folder()))
    except AccessFileError as error:
        log.error("Het toegangsbestand is niet bruikbaar: %s", error)
        raise RefusedError(texts.access_file_fault(AccessFile().contact)) from error


def _identity(account: sign_in.Account, access: AccessFile) -> Identity:
    e_mail = _e_mail(account, access)
    grants = access.grants(e_mail, account.groups(access.claim_groepen))
    held = {role for grant in grants for role in grant.roles}
    if not held:
        raise RefusedError(texts.no_role(e_mail, access.contact), is_signed_in=True)
    groups = {number for grant in grants for number in grant.scholengroepen}
    scope = roles.scope_of(held, scholengroepen=groups, e_mail=e_mail)
    ordered = tuple(role for role in roles.NAMES if role in held)
    return Identity(account.subject, e_mail, ordered, scope, holds=lambda: _still_has(account, grants))


def _e_mail(account: sign_in.Account, access: AccessFile) -> str | None:
    given = account.e_mail(access.claim_e_mail)
    return normalised(given) if given else None


def _still_has(account: sign_in.Account, grants: list[Grant]) -> bool:
    """Return whether an account is still signed in, and has these rights by the file as it is now."""
    if not account.holds():
        return False
    try:
        access = _access_file()
    except RefusedError:
        return False
    return access.grants(_e_mail(account, access), account.groups(access.claim_groepen)) == grants
