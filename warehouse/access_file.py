"""The file that says who has which role: `toegang.toml` in the data folder, or where STERRENWACHT_TOEGANG points.

It lives beside the data, not with the program, and is read again whenever it changed: a right that was taken away
is gone at the next click. A file with a mistake gives nobody a right; every mistake is named with what to do.
"""

import os
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from warehouse import roles
from warehouse.connection import open_read_only
from warehouse.versions import published

PATH_VARIABLE = "STERRENWACHT_TOEGANG"
FILE_NAME = "toegang.toml"
DEFAULT_CONTACT = "de databeheerder"
LONGEST_SESSION = 24

_E_MAIL = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+")
_NUMBER = re.compile(r"[0-9]{1,3}")
_SECTIONS = {"contact", "aanmelden", "persoon", "groep"}


class AccessFileError(Exception):
    """The file cannot be used; `sentences` say what is wrong, in Dutch, without anybody's address."""

    def __init__(self, sentences: list[str]) -> None:
        """Keep the sentences apart, for a list on screen."""
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Grant:
    """The roles of one person or group, and for a SPOC the numbers of the own scholengroepen."""

    roles: tuple[str, ...]
    scholengroepen: tuple[str, ...] = ()


@dataclass(frozen=True)
class AccessFile:
    """What the file says. `personen` by e-mail address in lower case, `groepen` by the value of the claim.

    `contact`: whom to ask. `uren`: how long a session lasts after signing in, None for as long as the provider's token.
    `claim_e_mail` and `claim_groepen`: in which claim of the provider the address and the groups stand.
    """

    contact: str = DEFAULT_CONTACT
    uren: int | None = None
    claim_e_mail: str = "email"
    claim_groepen: str = "groups"
    personen: Mapping[str, Grant] = field(default_factory=dict)
    groepen: Mapping[str, Grant] = field(default_factory=dict)

    def grants(self, e_mail: str | None, groups: Collection[str]) -> list[Grant]:
        """Return what a person has by their own address and by the groups they are in."""
        own = [self.personen[e_mail]] if e_mail is not None and e_mail in self.personen else []
        return own + [self.groepen[group] for group in sorted(set(groups)) if group in self.groepen]


def access_path(data_folder: Path) -> Path:
    """Return where the file is expected."""
    given = os.environ.get(PATH_VARIABLE)
    return Path(given) if given else data_folder / FILE_NAME


def read_access_file(path: Path) -> AccessFile:
    """Return what the file says now; without a file nobody has a role. Raises AccessFileError."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return AccessFile()
    except OSError as error:
        raise AccessFileError([f"Het bestand {path.name} is niet leesbaar."]) from error
    return _read_once(path, found.st_mtime_ns, found.st_size)


def unknown_groups(access: AccessFile, data_folder: Path) -> list[str]:
    """Return a sentence for each number in the file that is no scholengroep of the published data, if there are any."""
    current = published(data_folder)
    if current is None:
        return []
    with open_read_only(current) as opened:
        sql = "select distinct scholengroep_nummer from mart.instelling_jaar where scholengroep_nummer is not null"
        known = {row[0] for row in opened.execute(sql).fetchall()}
    used = {
        number for grant in (*access.personen.values(), *access.groepen.values()) for number in grant.scholengroepen
    }
    return [f"Scholengroep {number} bestaat niet in de gegevens." for number in sorted(used - known, key=int)]


def normalised(e_mail: str) -> str:
    """Return an e-mail address as it is compared: without white space around it, in lower case."""
    return e_mail.strip().lower()


@lru_cache(maxsize=4)
def _read_once(path: Path, changed: int, size: int) -> AccessFile:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise AccessFileError([f"Het bestand {path.name} is niet leesbaar als tekst (UTF-8)."]) from error
    return parse_access_file(text)


def parse_access_file(text: str) -> AccessFile:
    """Return what the text of the file says. Raises AccessFileError with every mistake at once."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        where = f" op regel {place[1]}" if place else ""
        raise AccessFileError([f"Dit is geen geldige TOML: kijk na wat er staat{where}."]) from error
    faults = [
        f"„{name}” is geen onderdeel van dit bestand; mogelijk zijn contact, aanmelden, persoon en groep."
        for name in sorted(set(content) - _SECTIONS)
    ]
    contact = _contact(_table(content, "contact", faults), faults)
    signing = _table(content, "aanmelden", faults)
    _refuse_unknown("aanmelden", signing, {"uren", "claim_e_mail", "claim_groepen"}, faults)
    access = AccessFile(
        contact=contact,
        uren=_hours(signing.get("uren"), faults),
        claim_e_mail=_text(signing, "claim_e_mail", "email", faults),
        claim_groepen=_text(signing, "claim_groepen", "groups", faults),
        personen=_grants(content.get("persoon", []), "persoon", "e_mail", faults),
        groepen=_grants(content.get("groep", []), "groep", "waarde", faults),
    )
    if faults:
        raise AccessFileError(faults)
    return access


def _table(content: Mapping[str, Any], name: str, faults: list[str]) -> Mapping[str, Any]:
    found = content.get(name, {})
    if isinstance(found, dict):
        return found
    faults.append(f"Schrijf {name} als een onderdeel: [{name}].")
    return {}


def _refuse_unknown(where: str, table: Mapping[str, Any], known: set[str], faults: list[str]) -> None:
    for name in sorted(set(table) - known):
        faults.append(f"{where}: „{name}” is niet gekend; mogelijk zijn {', '.join(sorted(known))}.")


def _text(table: Mapping[str, Any], name: str, default: str, faults: list[str]) -> str:
    value = table.get(name, default)
    if isinstance(value, str) and value.strip():
        return value.strip()
    faults.append(f"{name} is een tekst tussen aanhalingstekens.")
    return default


def _contact(table: Mapping[str, Any], faults: list[str]) -> str:
    """Return whom to ask, as it ends a sentence: 'de databeheerder (data@voorbeeld.be)'."""
    _refuse_unknown("contact", table, {"naam", "e_mail"}, faults)
    name = _text(table, "naam", DEFAULT_CONTACT, faults)
    e_mail = table.get("e_mail")
    if e_mail is None:
        return name
    if not isinstance(e_mail, str) or not _E_MAIL.fullmatch(e_mail.strip()):
        faults.append("contact: e_mail is geen e-mailadres.")
        return name
    return f"{name} ({e_mail.strip()})"


def _hours(value: Any, faults: list[str]) -> int | None:
    if value is None:
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LONGEST_SESSION:
        return value
    faults.append(f"aanmelden: uren is een geheel getal van 1 tot {LONGEST_SESSION}.")
    return None


def _grants(entries: Any, kind: str, key: str, faults: list[str]) -> dict[str, Grant]:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        faults.append(f"Schrijf elke {kind} onder een eigen [[{kind}]].")
        return {}
    found: dict[str, Grant] = {}
    places: dict[str, int] = {}
    for place, entry in enumerate(entries, start=1):
        # By its place, never by its address: these sentences also stand in a log.
        where = f"{kind} {place}"
        _refuse_unknown(where, entry, {key, "rollen", "scholengroepen"}, faults)
        who = _who(entry.get(key), key, where, faults)
        grant = _grant(entry, where, faults)
        if who in places:
            faults.append(f"{where} is dezelfde als {kind} {places[who]}: zet alle rollen samen onder één [[{kind}]].")
        elif who:
            places[who] = place
            found[who] = grant
    return found


def _who(value: Any, key: str, where: str, faults: list[str]) -> str:
    if key == "e_mail":
        if isinstance(value, str) and _E_MAIL.fullmatch(value.strip()):
            return normalised(value)
        faults.append(f"{where}: e_mail ontbreekt of is geen e-mailadres.")
        return ""
    if isinstance(value, str) and value.strip():
        return value.strip()
    faults.append(f"{where}: waarde ontbreekt; ze is de tekst waarmee de groep in het token staat.")
    return ""


def _grant(entry: Mapping[str, Any], where: str, faults: list[str]) -> Grant:
    named = entry.get("rollen")
    if not isinstance(named, list) or not named or not all(isinstance(role, str) for role in named):
        faults.append(f'{where}: rollen ontbreekt; schrijf een lijst, zoals rollen = ["hoofdadviseur"].')
        named = []
    codes = []
    for role in named:
        code = role.strip().lower().removesuffix("+")
        if code in roles.NAMES:
            codes.append(code)
        else:
            faults.append(f"{where}: „{role}” is geen rol; mogelijk zijn {', '.join(roles.NAMES)}.")
    numbers = _numbers(entry.get("scholengroepen", []), where, faults)
    if roles.SPOC in codes and not numbers:
        faults.append(f"{where}: een SPOC heeft minstens één scholengroep; voeg scholengroepen toe.")
    if numbers and codes and roles.SPOC not in codes:
        faults.append(f"{where}: scholengroepen horen enkel bij de rol spoc.")
    return Grant(tuple(role for role in roles.NAMES if role in codes), numbers)


def _numbers(value: Any, where: str, faults: list[str]) -> tuple[str, ...]:
    if not isinstance(value, list):
        faults.append(f'{where}: schrijf scholengroepen als een lijst, zoals scholengroepen = ["3", "12"].')
        return ()
    found = []
    for item in value:
        number = str(item).strip() if isinstance(item, str | int) and not isinstance(item, bool) else ""
        if _NUMBER.fullmatch(number):
            found.append(str(int(number)))
        else:
            faults.append(f"{where}: „{item}” is geen nummer van een scholengroep.")
    return tuple(sorted(set(found), key=int))
