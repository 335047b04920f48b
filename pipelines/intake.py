"""Taking in one file: read, recognise, clean, and keep the result as parquet beside the archive.

The parquet files are a cache of what the archive says under today's contracts: a change of code, contract or
key gives another folder name, and the file is read anew from its bytes.
"""

import datetime as dt
import hashlib
import hmac
import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl

from pipelines import pseudonym, values
from pipelines.clean import Cleaned, clean
from pipelines.contract import Contract
from pipelines.faults import LeveringFout, Melding
from pipelines.ics_text import is_calendar
from pipelines.mac_calendar import counts_from_1904, from_1900
from pipelines.read import check_size, read_file
from pipelines.recognise import Recognised, known_headers, recognise
from pipelines.sources import BY_NAME, CONTRACTS
from pipelines.tally import Tally
from pipelines.vakken import shown_vakken, with_vak

PERSON_IN_NAME = re.compile(r"^([A-Za-z]{1,3}\d{1,6})(?=[_\-. ])")
#: The sources of which a file may have its owner in its name.
OWNED = frozenset(contract.bron for contract in CONTRACTS if contract.person_in_file_name)
# As many rows as DuckDB takes at a time.
ROW_GROUP = 122_880


@dataclass(frozen=True)
class TableReport:
    """What one table of a delivery gave. `buiten` rows belong to others (another net): they are not in `gelezen`."""

    tabel: str
    bron: str
    vakken: tuple[str, ...]
    gelezen: int
    aanvaard: int
    buiten: int = 0


@dataclass(frozen=True)
class IntakeReport:
    """What taking in one file gave; `quarantine` has one row per fault, with the column `tabel`."""

    bestand: str
    tabellen: tuple[TableReport, ...]
    quarantine: pl.DataFrame
    meldingen: tuple[Melding, ...]

    @property
    def bron(self) -> str:
        """The source of the file."""
        return ", ".join(dict.fromkeys(table.bron for table in self.tabellen))

    @property
    def vak(self) -> str:
        """The part of the source that the file holds, for people."""
        return ", ".join(dict.fromkeys(vak for table in self.tabellen for vak in table.vakken))

    @property
    def gelezen(self) -> int:
        """Rows read."""
        return sum(table.gelezen for table in self.tabellen)

    @property
    def aanvaard(self) -> int:
        """Rows accepted."""
        return sum(table.aanvaard for table in self.tabellen)

    @property
    def buiten(self) -> int:
        """Rows that belong to others: neither read nor refused."""
        return sum(table.buiten for table in self.tabellen)

    @property
    def tally(self) -> Tally:
        """What a receipt keeps of it; whose agenda it is stays out, because a receipt outlives the key."""
        is_personal = any(BY_NAME[table.tabel].person_in_file_name for table in self.tabellen)
        return Tally(self.bron, "" if is_personal else self.vak, self.gelezen, self.aanvaard, self.buiten)


def judge_file(
    path: Path, name: str, key: bytes, settings: dict[str, Any], contracts: Sequence[Contract] = CONTRACTS
) -> tuple[list[Cleaned], IntakeReport]:
    """Return the cleaned tables of a file and the report on them; nothing is stored.

    `name` is the file's own name: it says whose agenda it is. Raises LeveringFout when the file as a whole
    cannot be taken in.
    """
    recognised = recognised_tables(path, name, settings, contracts)
    cleaned: list[Cleaned] = []
    try:
        _refuse_double_tables(recognised)
        cleaned += [clean(table, key, _person(table, name)) for table in recognised]
        _refuse_as_a_whole(cleaned, settings["levering"]["grootste_aandeel_geweigerd"])
        titles = "\n".join(table.titles for table in recognised)
        parts = [with_vak(result, name, titles) for result in cleaned]
    except LeveringFout as fault:
        fault.tally = _counted(recognised, cleaned)
        raise
    reports = tuple(
        TableReport(c.contract.name, c.contract.bron, shown_vakken(c), c.read, c.accepted.height, c.outside)
        for c in parts
    )
    quarantine = pl.concat([c.quarantine.with_columns(tabel=pl.lit(c.contract.name)) for c in parts], how="vertical")
    meldingen = tuple(melding for c in parts for melding in c.meldingen)
    report = IntakeReport(name, reports, quarantine, meldingen)
    return parts, replace(report, bestand=shown_name(name, report.bron, key))


def recognised_tables(
    path: Path, name: str, settings: dict[str, Any], contracts: Sequence[Contract]
) -> list[Recognised]:
    """Return the tables of a file with their contracts: of a calendar its items, else what the headers say."""
    largest = int(settings["levering"]["grootste_bestand_mb"]) * 1_000_000
    check_size(path, largest)
    with path.open("rb") as handle:
        head = handle.read(4096)
    if is_calendar(head, name):
        # What only calendars need takes a fifth of the time of importing all that reads.
        from pipelines.ics import read_calendar

        return [read_calendar(path, settings["agenda"])]
    found = read_file(path, largest, known_headers(contracts))
    try:
        tables = recognise(found, contracts)
    except LeveringFout as fault:
        if len(found) > 1:
            # What one sheet holds says nothing of the rows on the others.
            fault.tally = Tally(fault.tally.bron)
        raise
    return [from_1900(table) for table in tables] if counts_from_1904(path) else tables


def _counted(recognised: Sequence[Recognised], cleaned: Sequence[Cleaned]) -> Tally:
    """Return what is known of a file that is refused; its rows only where all of it was read."""
    bron = ", ".join(dict.fromkeys(table.contract.bron for table in recognised))
    if not cleaned:
        return Tally(bron)
    return Tally(bron, "", sum(one.read for one in cleaned), 0, sum(one.outside for one in cleaned))


def _refuse_as_a_whole(cleaned: list[Cleaned], limit: float) -> None:
    """Refuse a file of which no row is our own, or more than the `limit` (a share) of the rows breaks a rule."""
    for result in cleaned:
        if result.outside and not result.read:
            raise _nothing_own(result)
    # Of the file, not of a sheet: on a sheet of four instellingen one bad row would refuse a whole workbook.
    if sum(result.refused for result in cleaned) > limit * sum(result.read for result in cleaned):
        raise _too_many(cleaned)


def _refuse_double_tables(tables: list[Recognised]) -> None:
    """Refuse a workbook in which two sheets hold the same table: their keys could not be told apart."""
    seen: dict[str, str | None] = {}
    for table in tables:
        if table.contract.name in seen:
            raise LeveringFout(
                "tabel_dubbel",
                f"De bladen '{seen[table.contract.name]}' en '{table.sheet}' bevatten dezelfde tabel "
                f"({table.contract.title}). Zet alle rijen op één blad.",
            )
        seen[table.contract.name] = table.sheet


def _nothing_own(result: Cleaned) -> LeveringFout:
    """Return the refusal of a file in which every row belongs to others."""
    column = next(column for column in result.contract.columns if column.outside)
    return LeveringFout(
        "alles_buiten",
        f"Alle {result.outside} rijen zijn {column.outside}: in '{column.header}' staat nergens "
        f"'{column.choices[0]}'. Kijk na of dit het juiste bestand is.",
    )


def _too_many(results: list[Cleaned]) -> LeveringFout:
    """Return the refusal of a file of which too many rows break a rule, with the commonest reasons."""
    quarantine = pl.concat([result.quarantine for result in results])
    refused, read = sum(result.refused for result in results), sum(result.read for result in results)
    counts = Counter(zip(quarantine["kolom"], quarantine["reden"], strict=True)).most_common(3)
    reasons = "; ".join(
        (f"kolom '{column}': " if column else "") + f"{reason} ({count}x)" for (column, reason), count in counts
    )
    first = quarantine.row(0, named=True)
    sheet = f"blad '{first['blad']}', " if first["blad"] else ""
    value = f", waarde '{first['waarde']}'" if first["waarde"] is not None else ""
    breaks = "breekt" if refused == 1 else "breken"
    return LeveringFout(
        "te_veel_geweigerd",
        f"{refused} van de {read} rijen {breaks} een regel, meer dan een vijfde: het bestand is geweigerd. "
        f"Meest voorkomend: {reasons}. Eerste: {sheet}rij {first['rij']}{value}.",
        quarantine,
    )


def _person(table: Recognised, name: str) -> str | None:
    if not table.contract.person_in_file_name:
        return None
    match = PERSON_IN_NAME.match(name)
    if match is None:
        raise LeveringFout(
            "agenda_zonder_code",
            "De bestandsnaam van een agenda begint met de code van de begeleider, zoals B017_agenda.csv.",
        )
    return match[1]


def shown_name(name: str, bron: str, key: bytes) -> str:
    """Return a file's name as it may be stored: of an agenda, a begeleider's code in front becomes a pseudonym.

    `bron` is what the file was recognised as; empty where it was not, and then it may be an agenda.
    """
    return _without_owner(name, bron, lambda match: pseudonym.pseudonym(match[1], key))


def name_without_person(name: str, bron: str) -> str:
    """Return a file's name without whose agenda it is, for the journal: that outlives the key of the pseudonyms."""
    return _without_owner(name, bron, lambda match: "[begeleider]")


def _without_owner(name: str, bron: str, instead: Callable[[re.Match[str]], str]) -> str:
    # A code in front is a person in the name of an agenda alone: others must be found again by their own name.
    is_personal = not bron or not OWNED.isdisjoint(bron.split(", "))
    return _without_address(PERSON_IN_NAME.sub(instead, name) if is_personal else name)


def _without_address(name: str) -> str:
    return re.sub(values.EMAIL, "[e-mail]", name)


class Intake:
    """The cache of read deliveries below a data folder (`gelezen/<contracts and key>/<sha256>/`)."""

    def __init__(self, data_folder: Path, key: bytes, settings: dict[str, Any]) -> None:
        """Use the cache that belongs to today's code, contracts and key."""
        self.key = key
        self.settings = settings
        self.root = data_folder / "gelezen" / f"{_code_fingerprint()}-{pseudonym.pseudonym('sleutel', key)[:8]}"

    def forget_old(self) -> None:
        """Remove what nobody will use: of other code, contracts or keys, or half read. Call it under the lock."""
        for folder in self.root.parent.glob("*"):
            if folder != self.root:
                shutil.rmtree(folder)
        for half_read in self.root.glob(".*"):
            shutil.rmtree(half_read)

    def take_in(self, path: Path, name: str, sha256: str) -> IntakeReport:
        """Return the report on a file, reading it when its tables are not in the cache yet.

        `name` counts too: it says whose agenda it is. The same bytes under another name are read anew.
        """
        folder, naam = self.root / sha256, self._name_mark(name)
        kept = _kept(folder)
        if kept is not None and kept["naam"] == naam:
            return _as_report(kept, folder)
        cleaned, report = judge_file(path, name, self.key, self.settings)
        # A load and its reading ahead may read the same bytes under two names at the same time.
        fresh = folder.with_name(f".{sha256}.{os.getpid()}")
        shutil.rmtree(fresh, ignore_errors=True)
        try:
            fresh.mkdir(parents=True)
            for table in cleaned:
                rows = fresh / f"{table.contract.name}.parquet"
                # Compressing would cost a twentieth of the processor time of taking the file in.
                table.accepted.write_parquet(
                    rows, compression="uncompressed", statistics=False, row_group_size=ROW_GROUP
                )
            report.quarantine.write_parquet(fresh / "quarantaine.parquet")
            stored = json.dumps({"naam": naam, **_as_json(report)}, ensure_ascii=False)
            (fresh / "verslag.json").write_text(stored, encoding="utf-8")
            self._give_name(fresh, folder, naam)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return report

    def holds(self, sha256: str, name: str) -> bool:
        """Whether these bytes were read under this name, so that taking them in only looks that up."""
        kept = _kept(self.root / sha256)
        return kept is not None and kept["naam"] == self._name_mark(name)

    def table_path(self, sha256: str, table: str) -> Path:
        """Return where the accepted rows of one table of a delivery are."""
        return self.root / sha256 / f"{table}.parquet"

    def _name_mark(self, name: str) -> str:
        """Return what tells one name from another; a begeleider's code stands in it, so it is keyed."""
        return hmac.new(self.key, name.encode("utf-8"), "sha256").hexdigest()

    def _give_name(self, fresh: Path, folder: Path, naam: str) -> None:
        """Let a folder that is complete have its name, unless another process read the same meanwhile."""
        kept = _kept(folder)
        if kept is not None and kept["naam"] == naam:
            return
        shutil.rmtree(folder, ignore_errors=True)
        try:
            fresh.rename(folder)
        except OSError:
            # Lost by a moment from another process; what that one read is as good, unless it is not all there.
            if _kept(folder) is None:
                raise


def _kept(folder: Path) -> dict[str, Any] | None:
    """Return what is known of a file that was read; None where it was not, or not to the end."""
    try:
        return dict(json.loads((folder / "verslag.json").read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def _as_report(kept: dict[str, Any], folder: Path) -> IntakeReport:
    return IntakeReport(
        kept["bestand"],
        tuple(TableReport(**(table | {"vakken": tuple(table["vakken"])})) for table in kept["tabellen"]),
        pl.read_parquet(folder / "quarantaine.parquet"),
        tuple(Melding(**melding) for melding in kept["meldingen"]),
    )


def _as_json(report: IntakeReport) -> dict[str, Any]:
    return {
        "bestand": report.bestand,
        "tabellen": [vars(table) for table in report.tabellen],
        "meldingen": [vars(melding) for melding in report.meldingen],
    }


@cache
def _code_fingerprint() -> str:
    """Return a short hash of the code that reads and cleans: with other code the cache is another one."""
    folder = Path(__file__).parent
    contracts = (path for path in (folder / "sources").rglob("*.py") if path.name != "demo.py")
    paths = sorted([*folder.glob("*.py"), *contracts])
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def now() -> str:
    """Return the moment of receipt, to the second, in local time with its offset."""
    return dt.datetime.now().astimezone().isoformat(timespec="seconds")
