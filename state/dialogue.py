"""What people say beside the computed ranking: a signal, or a proposal to deviate from it.

A remark stands beside the computed position and never changes it. Nothing is deleted: changing or withdrawing a
remark puts its earlier version in the log first, in the same transaction.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from state.store import Store
from state.tables import remark, remark_log

SIGNAL = "signaal"
OVERRIDE = "afwijking"
TRAPPEN = ("verplicht", "verhoogd", "regulier")
LONGEST_REASON = 1_000
LONGEST_NAME = 80

_HERE = ZoneInfo("Europe/Brussels")
#: Marks that turn the direction of what follows: text could be made to read differently than it is kept.
_TURNING = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Draft:
    """What somebody fills in; `trap_voorstel` belongs to an afwijking only, `tot` is the last day it counts."""

    soort: str
    reden: str
    tot: date
    trap_voorstel: str | None = None


@dataclass(frozen=True)
class Remark:
    """One version of a remark: what it says, who said so and when (in UTC)."""

    id: int
    versie: int
    instellingsnummer: str
    soort: str
    trap_voorstel: str | None
    reden: str
    tot: date
    door: str
    gemaakt_op: datetime
    gewijzigd_op: datetime
    gewijzigd_door: str
    ingetrokken_op: datetime | None
    ingetrokken_door: str | None

    def is_in_force(self, op: date) -> bool:
        """Return whether the remark counts on this day."""
        return self.ingetrokken_op is None and self.tot >= op


class InvalidRemarkError(Exception):
    """What was filled in cannot be kept; `codes` says why, each a word of `PROBLEMS`."""

    def __init__(self, *codes: str) -> None:
        """Keep the codes."""
        super().__init__(", ".join(codes))
        self.codes = codes


class ChangedMeanwhileError(Exception):
    """Somebody else changed the remark since it was read; `newest` is what it says now."""

    def __init__(self, newest: Remark) -> None:
        """Keep the newest version."""
        super().__init__(f"remark {newest.id} is at version {newest.versie}")
        self.newest = newest


#: Why a remark can be refused.
PROBLEMS = (
    "nummer_fout",
    "soort_onbekend",
    "trap_ontbreekt",
    "trap_onbekend",
    "reden_leeg",
    "reden_te_lang",
    "tot_verleden",
    "tot_te_ver",
    "naam_leeg",
    "naam_te_lang",
    "ingetrokken",
    "onbekend",
)


def local_time(moment: datetime) -> datetime:
    """Return a moment by the clock of Belgium."""
    return moment.astimezone(_HERE)


def today(now: datetime | None = None) -> date:
    """Return the day it is in Belgium."""
    return local_time(now or datetime.now(UTC)).date()


def latest_end(op: date) -> date:
    """Return the last day a remark of this day may count: the end of the next schooljaar.

    An end date makes that somebody looks at it again; further than the next list nobody can see.
    """
    return date(op.year + (2 if op.month >= 9 else 1), 8, 31)


def add_remark(store: Store, instellingsnummer: str, draft: Draft, door: str, *, now: datetime | None = None) -> Remark:
    """Keep a new remark and return it. Raises InvalidRemarkError or StoreUnreachableError."""
    moment = _moment(now)
    draft, door = _checked(draft, door, today(moment), instellingsnummer)
    values = {
        **_content(draft),
        "versie": 1,
        "instellingsnummer": instellingsnummer,
        "door": door,
        "gemaakt_op": moment,
        "gewijzigd_op": moment,
        "gewijzigd_door": door,
    }
    with store.writing() as connection:
        return _one(connection.execute(sa.insert(remark).values(values).returning(remark)))


def change_remark(
    store: Store, remark_id: int, versie: int, draft: Draft, door: str, *, now: datetime | None = None
) -> Remark:
    """Replace version `versie` of a remark and return the new one; the earlier one goes to the log.

    Raises ChangedMeanwhileError when that is no longer the newest version, InvalidRemarkError or
    StoreUnreachableError.
    """
    moment = _moment(now)
    draft, door = _checked(draft, door, today(moment))
    return _replaced(store, remark_id, versie, _content(draft), door, moment)


def withdraw_remark(store: Store, remark_id: int, versie: int, door: str, *, now: datetime | None = None) -> Remark:
    """Withdraw a remark and return it; it stays in the history. Raises as `change_remark`."""
    moment = _moment(now)
    door = clean_text(door)
    if problems := _name_problems(door):
        raise InvalidRemarkError(*problems)
    withdrawn = {"ingetrokken_op": moment, "ingetrokken_door": door}
    return _replaced(store, remark_id, versie, withdrawn, door, moment)


def remarks(
    store: Store,
    instellingsnummer: str | Collection[str] | None = None,
    op: date | None = None,
    *,
    with_withdrawn: bool = False,
) -> list[Remark]:
    """Return the newest version of remarks, newest first: of one or more numbers, or of all.

    With `op` only those that count on that day. Raises StoreUnreachableError.
    """
    query = sa.select(remark).order_by(remark.c.id.desc())
    if instellingsnummer is not None:
        query = query.where(remark.c.instellingsnummer.in_(_numbers(instellingsnummer)))
    if op is not None:
        query = query.where(remark.c.tot >= op)
    if not with_withdrawn:
        query = query.where(remark.c.ingetrokken_op.is_(None))
    with store.reading() as connection:
        return [Remark(**row) for row in connection.execute(query).mappings()]


def history(store: Store, instellingsnummer: str | Collection[str]) -> list[Remark]:
    """Return every version of every remark of these numbers, the withdrawn ones too; newest first.

    Raises StoreUnreachableError.
    """
    numbers = _numbers(instellingsnummer)
    columns = [column for column in remark.c if column.name != "id"]
    earlier = sa.select(remark_log.c.remark_id.label("id"), *(remark_log.c[column.name] for column in columns))
    versions = sa.union_all(
        sa.select(remark.c.id, *columns).where(remark.c.instellingsnummer.in_(numbers)),
        earlier.where(remark_log.c.instellingsnummer.in_(numbers)),
    )
    with store.reading() as connection:
        found = [Remark(**row) for row in connection.execute(versions).mappings()]
    return sorted(found, key=lambda item: (item.gewijzigd_op, item.id, item.versie), reverse=True)


def clean_text(text: str) -> str:
    """Return the text without control characters and spaces at its ends; lines stay lines."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (char for char in lines if char == "\n" or unicodedata.category(char) not in ("Cc", "Cs"))
    return _TURNING.sub("", "".join(kept)).strip()


def _moment(now: datetime | None) -> datetime:
    if now is not None and now.tzinfo is None:
        raise ValueError(f"a moment needs a time zone: {now}")
    return (now or datetime.now(UTC)).astimezone(UTC)


def _checked(draft: Draft, door: str, op: date, instellingsnummer: str = "000000") -> tuple[Draft, str]:
    """Return what was filled in, cleaned; raises InvalidRemarkError with all that is wrong with it."""
    reden = clean_text(draft.reden)
    door = clean_text(door)
    trap = draft.trap_voorstel if draft.soort == OVERRIDE else None
    wrong = {
        "nummer_fout": not re.fullmatch(r"[0-9]{6}", instellingsnummer),
        "soort_onbekend": draft.soort not in (SIGNAL, OVERRIDE),
        "trap_ontbreekt": draft.soort == OVERRIDE and not trap,
        "trap_onbekend": bool(trap) and trap not in TRAPPEN,
        "reden_leeg": not reden,
        "reden_te_lang": len(reden) > LONGEST_REASON,
        "tot_verleden": draft.tot < op,
        "tot_te_ver": draft.tot > latest_end(op),
    }
    if problems := [code for code, is_wrong in wrong.items() if is_wrong] + _name_problems(door):
        raise InvalidRemarkError(*problems)
    return replace(draft, reden=reden, trap_voorstel=trap), door


def _name_problems(door: str) -> list[str]:
    if not door:
        return ["naam_leeg"]
    return ["naam_te_lang"] if len(door) > LONGEST_NAME else []


def _content(draft: Draft) -> dict[str, Any]:
    return {"soort": draft.soort, "trap_voorstel": draft.trap_voorstel, "reden": draft.reden, "tot": draft.tot}


def _replaced(store: Store, remark_id: int, versie: int, values: dict[str, Any], door: str, moment: datetime) -> Remark:
    with store.writing() as connection:
        # Locked from here: the version that goes to the log is the one that is replaced.
        found = (
            connection.execute(sa.select(remark).where(remark.c.id == remark_id).with_for_update()).mappings().first()
        )
        if found is None:
            raise InvalidRemarkError("onbekend")
        if found["versie"] != versie:
            raise ChangedMeanwhileError(Remark(**found))
        if found["ingetrokken_op"] is not None:
            raise InvalidRemarkError("ingetrokken")
        earlier = {name: value for name, value in found.items() if name != "id"}
        connection.execute(sa.insert(remark_log).values(remark_id=remark_id, **earlier))
        newer = {**values, "versie": versie + 1, "gewijzigd_op": moment, "gewijzigd_door": door}
        update = sa.update(remark).where(remark.c.id == remark_id).values(newer).returning(remark)
        return _one(connection.execute(update))


def _one(result: sa.CursorResult[Any]) -> Remark:
    return Remark(**result.mappings().one())


def _numbers(instellingsnummer: str | Collection[str]) -> list[str]:
    return [instellingsnummer] if isinstance(instellingsnummer, str) else sorted(instellingsnummer)
