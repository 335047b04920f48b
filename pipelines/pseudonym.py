"""Keyed pseudonyms: the same person gets the same one in every source, and nobody can turn it back without the key."""

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

KEY_VARIABLE = "STERRENWACHT_SLEUTEL"
KEY_FILE = "sleutel"
LENGTH = 16
#: The bytes that SHA-256 works on at a time.
BLOCK = 64
#: A code that a spreadsheet took for a number.
NUMBER = re.compile(r"(\d+)\.0+")
#: What mail programs put before an address, and what they and sentences leave around it.
LINK, AROUND_ADDRESS = "mailto:", "<>.,; "
#: From this many values on, it is worth remembering whom a column names.
MANY = 100_000
#: Of more people than this it is forgotten who they were: a million, with an address each, take some 100 megabytes.
MOST_PEOPLE = 1_000_000
#: One new person on so many who are remembered is few.
FEW = 50
#: Values that lower case alone does not normalise: white space, other letters than ASCII, and what those above look at.
ODD = r"[^\x21-\x7e]|0$|[<>.,;]$|^[<>.,;]|^(?i:mailto:)"


def load_key(data_folder: Path) -> bytes:
    """Return the key from the environment, or from the data folder, made there the first time.

    Losing the key means that older pseudonyms match nothing any more; it is kept outside the warehouse.
    """
    given = os.environ.get(KEY_VARIABLE)
    if given:
        return given.encode("utf-8")
    path = data_folder / KEY_FILE
    if not path.exists():
        data_folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{KEY_FILE}.{os.getpid()}")
        write_key(fresh)
        try:
            # Two first loads at once must end with one key: only one of them can make the name.
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return read_key(path)


def write_key(path: Path) -> None:
    """Write a key of 256 random bits to a new file that only its owner may read."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="ascii") as handle:
        handle.write(secrets.token_hex(32))
        handle.flush()
        os.fsync(handle.fileno())


def read_key(path: Path) -> bytes:
    """Return the key that a file holds."""
    return path.read_text(encoding="ascii").strip().encode("ascii")


def tidy_person(value: str) -> str:
    """Return an e-mail address or code as it was delivered, without what was left around it.

    What stands behind a `+` in an address stays: whether it is the same person, only the mail server knows.
    """
    bare = " ".join(_composed(value).split())
    # Nearly no value ends in a zero: looking first makes this seven times as fast.
    number = NUMBER.fullmatch(bare) if bare.endswith("0") else None
    if number:
        return number[1]
    return _bare_address(bare) if "@" in bare else bare


def _bare_address(text: str) -> str:
    """Return the address of `<an@school.be>`, `mailto:an@school.be` or `an@school.be.`"""
    bare = text.strip(AROUND_ADDRESS)
    has_link = bare[: len(LINK)].lower() == LINK
    return bare[len(LINK) :].strip(AROUND_ADDRESS) if has_link else bare


def normalise_person(value: str) -> str:
    """Return an e-mail address or code without the differences that do not make another person."""
    return _composed(tidy_person(value).casefold())


def _composed(text: str) -> str:
    """Return the text with every accent in one letter with what it stands on, as most programs write it."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def pseudonym(value: str, key: bytes) -> str:
    """Return the pseudonym of one person: the first 64 bits of HMAC-SHA-256, in hexadecimal."""
    return _keyed([normalise_person(value)], key)[0]


def pseudonymise(values: pl.Series, key: bytes) -> pl.Series:
    """Return a column with every value replaced by its pseudonym; empty stays empty."""
    return _remembered.pseudonyms(values, key) if values.len() >= MANY else _looked_up(values, _people(values, key))


def _people(values: pl.Series, key: bytes) -> pl.DataFrame:
    """Return every different value as it was delivered (`persoon`), with its `pseudoniem`."""
    unique = values.unique().drop_nulls()
    # Nearly every value is plain ASCII without white space: for those, lower case is all there is to do.
    is_odd = unique.str.contains(ODD)
    plain, odd = unique.filter(~is_odd), unique.filter(is_odd)
    normalised = pl.concat(
        [plain.str.to_lowercase(), pl.Series([normalise_person(value) for value in odd.to_list()], dtype=pl.String)]
    )
    made = _keyed(normalised.to_list(), key)
    return pl.DataFrame({"persoon": pl.concat([plain, odd]), "pseudoniem": pl.Series(made, dtype=pl.String)})


def _keyed(persons: Sequence[str], key: bytes) -> list[str]:
    """Return the pseudonyms of normalised persons."""
    # HMAC, by its own definition: the two keyed states are made once, and copied for every person.
    block = (hashlib.sha256(key).digest() if len(key) > BLOCK else key).ljust(BLOCK, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C))
    made = []
    for person in persons:
        within, around = inner.copy(), outer.copy()
        within.update(person.encode("utf-8"))
        around.update(within.digest())
        made.append(around.hexdigest()[:LENGTH])
    return made


def _looked_up(values: pl.Series, people: pl.DataFrame) -> pl.Series:
    """Return the pseudonym of every value among the people; null for others."""
    column = values.alias("persoon").to_frame()
    return column.join(people, on="persoon", how="left", maintain_order="left").get_column("pseudoniem")


@dataclass
class Remembered:
    """The people that this process met in large columns, with their pseudonym under one key.

    The same people come back in every file of a load. Holding them makes no new place where they stand: the process
    holds the files themselves, and writes nothing of this; it is gone when the command ends.
    """

    key: bytes = b""
    people: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(
            schema={"persoon": pl.String, "pseudoniem": pl.String, "nummer": pl.UInt64}
        )
    )

    def pseudonyms(self, values: pl.Series, key: bytes) -> pl.Series:
        """Return the pseudonym of every value; only people who were not met before are computed."""
        if key != self.key:
            self.key, self.people = key, self.people.clear()
        found = self._found(values)
        places = (found.is_null() & values.is_not_null()).arg_true()
        if places.len():
            new = values.gather(places)
            people = _people(new, key)
            found = found.scatter(places, _looked_up(new, people))
            # A few new people in every file are computed again sooner than added to all the others.
            if people.height * FEW > self.people.height:
                self._keep(people)
        return found

    def _found(self, values: pl.Series) -> pl.Series:
        # By number, far faster than by text; the text then tells that it is the same person.
        numbered = pl.DataFrame({"waarde": values, "nummer": values.hash()})
        met = numbered.join(self.people, on="nummer", how="left", maintain_order="left")
        return met.select(pl.when(pl.col("waarde") == pl.col("persoon")).then("pseudoniem")).to_series()

    def _keep(self, people: pl.DataFrame) -> None:
        # Copied: what polars cuts from a column keeps all the texts of that column in memory.
        persons = pl.Series(people.get_column("persoon").to_list(), dtype=pl.String)
        new = people.with_columns(persoon=persons, nummer=persons.hash())
        together = pl.concat([self.people, new]) if self.people.height + new.height <= MOST_PEOPLE else new
        # Two people with one number would make two rows of one value: the second is computed whenever he comes.
        self.people = together.head(MOST_PEOPLE).unique("nummer", keep="first")


_remembered = Remembered()
