"""Source 11, HR: personeel, verloven and afwezigheden of PBD and POC+ as known on the peildatum."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Network
from pipelines.demo.people import Medewerker
from pipelines.demo.school_years import PEILDATUM, date_text
from pipelines.demo.writing import PLAIN, WINDOWS, WITH_BOM, Cell, Sheet, comma, write_csv

_STELSELS = (
    "loopbaanonderbreking", "zorgkrediet", "ouderschapsverlof", "verlof verminderde prestaties",
    "bijzondere opdracht",
)  # fmt: skip


@dataclass(frozen=True)
class Period:
    """A leave or absence of one person; days are ordinals, `tot` 0 while it still runs."""

    persoon: Medewerker
    soort: str
    van: int
    tot: int
    percentage: int

    @property
    def last_known(self) -> int:
        """The last day of the period that is known on the peildatum."""
        return self.tot or PEILDATUM.toordinal()


@dataclass(frozen=True)
class HrFacts:
    """Leaves and absences of all staff."""

    verloven: tuple[Period, ...]
    afwezigheden: tuple[Period, ...]


def build_hr(network: Network, staff: tuple[Medewerker, ...]) -> HrFacts:
    """Draw the leaves and absences of the schooljaren of the demo, in order of their first day."""
    rng = network.stream("hr")
    first, today = network.schooljaren[0].first_day, PEILDATUM.toordinal()
    verloven: list[Period] = []
    afwezigheden: list[Period] = []
    for person in staff:
        begin, end = max(first, person.in_dienst), person.uit_dienst or today
        if end - begin < 60:
            continue
        if rng.random() < 0.34:
            verloven.append(_leave(rng, person, begin, end))
        afwezigheden += _absences(rng, person, begin, end)
    return HrFacts(
        tuple(sorted(verloven, key=lambda p: (p.van, p.persoon.email))),
        tuple(sorted(afwezigheden, key=lambda p: (p.van, p.persoon.email))),
    )


def _leave(rng: np.random.Generator, person: Medewerker, begin: int, end: int) -> Period:
    """Draw one leave of a few months to two years; it may still run."""
    soort = str(rng.choice(_STELSELS, p=[0.2, 0.3, 0.2, 0.25, 0.05]))
    van = int(rng.integers(begin, max(begin + 1, end - 30)))
    tot = van + int(rng.integers(90, 730))
    percentage = int(rng.choice([10, 20, 50, 100], p=[0.15, 0.45, 0.3, 0.1]))
    if person.uit_dienst:
        return Period(person, soort, van, min(tot, end), percentage)
    has_no_end_yet = tot > PEILDATUM.toordinal() and rng.random() < 0.3
    return Period(person, soort, van, 0 if has_no_end_yet else tot, percentage)


def _absences(rng: np.random.Generator, person: Medewerker, begin: int, end: int) -> list[Period]:
    """Draw spells that never overlap: illness short or long (with part-time return), maternity, accident."""
    spells: list[Period] = []
    day = begin + int(rng.exponential(150))
    while day < end:
        luck = rng.random()
        if luck < 0.035:
            length = int(rng.integers(45, 260))
            spells.append(_closed(person, "ziekte", day, day + length, 100, end))
            if day + length + 1 < end and rng.random() < 0.6:
                back = day + length + 1
                length += 1 + int(rng.integers(30, 90))
                spells.append(_closed(person, "ziekte", back, day + length, int(rng.choice([50, 80])), end))
        elif luck < 0.065 and person.geboortejaar > 1983:
            length = 105
            spells.append(_closed(person, "moederschap", day, day + length, 100, end))
        elif luck < 0.08:
            length = int(rng.integers(5, 60))
            spells.append(_closed(person, "arbeidsongeval", day, day + length, 100, end))
        else:
            length = int(rng.integers(0, 8))
            soort = "ziekte" if rng.random() < 0.9 else "andere"
            spells.append(_closed(person, soort, day, day + length, 100, end))
        day += length + 2 + int(rng.exponential(150))
    return spells


def _closed(person: Medewerker, soort: str, van: int, tot: int, percentage: int, end: int) -> Period:
    """Return a spell that ends with the service at the latest; one that runs on the peildatum has no end."""
    if tot < end:
        return Period(person, soort, van, tot, percentage)
    return Period(person, soort, van, end if person.uit_dienst else 0, percentage)


def write_hr(folder: Path, staff: tuple[Medewerker, ...], facts: HrFacts) -> list[DemoFile]:
    """Write the three HR files as of the peildatum."""
    day = PEILDATUM.isoformat()
    return [
        write_csv(folder / f"personeel_{day}.csv", _staff_sheet(staff), WITH_BOM),
        write_csv(folder / f"verloven_{day}.csv", _leave_sheet(facts), WINDOWS),
        write_csv(folder / f"afwezigheden_{day}.csv", _absence_sheet(facts), PLAIN),
    ]


def _staff_sheet(staff: tuple[Medewerker, ...]) -> Sheet:
    columns = [
        "persoon", "code", "functie", "team", "dienst", "statuut", "vte", "in dienst", "uit dienst",
        "geboortejaar",
        "specialisme", "onderwijsniveau", "hoofdadviseur",
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            p.email.title() if index % 9 == 4 else p.email, p.code, p.functie, p.team, p.dienst, p.statuut,
            comma(p.vte, 2), date_text(p.in_dienst), date_text(p.uit_dienst) if p.uit_dienst else "",
            str(p.geboortejaar), p.specialisme, p.niveau, p.hoofdadviseur,
        ]
        for index, p in enumerate(staff)
    ]  # fmt: skip
    sheet = Sheet("personeel", columns, rows)
    sheet.plant_copy(2, 0.4, "vte", Reason.BUITEN_BEREIK, persoon="dubbele.voltijds@pbd.example", code="", vte="1,80")
    sheet.plant_copy(
        3, 0.6, "uit dienst", Reason.EINDE_VOOR_BEGIN, persoon="terug.in.de.tijd@pbd.example", code="",
        in_dienst="01/09/2024", uit_dienst="31/08/2024",
    )  # fmt: skip
    sheet.plant_duplicate(10, 0.8)
    return sheet


def _leave_sheet(facts: HrFacts) -> Sheet:
    rows: list[list[Cell]] = [
        [
            p.persoon.email,
            p.soort,
            date_text(p.van, "dash"),
            date_text(p.tot, "dash") if p.tot else "",
            str(p.percentage),
        ]
        for p in facts.verloven
    ]
    sheet = Sheet("verloven", ["persoon", "stelsel", "van", "tot", "percentage"], rows)
    sheet.plant_copy(0, 0.5, "percentage", Reason.BUITEN_BEREIK, percentage="130")
    sheet.plant_copy(1, 0.8, "tot", Reason.EINDE_VOOR_BEGIN, van="1-3-2026", tot="1-2-2026")
    return sheet


def _absence_sheet(facts: HrFacts) -> Sheet:
    """Write some days as serials, as Excel does for cells without a date format."""
    rows: list[list[Cell]] = []
    for index, p in enumerate(facts.afwezigheden):
        style = "serial" if index % 6 == 5 else "slash"
        percentage = f"{p.percentage},0" if index % 4 == 1 else str(p.percentage)
        rows.append(
            [
                p.persoon.email,
                p.soort,
                date_text(p.van, style),
                date_text(p.tot, style) if p.tot else "",
                percentage,
            ]
        )
    sheet = Sheet("afwezigheden", ["persoon", "soort", "van", "tot", "percentage"], rows)
    sheet.plant_copy(4, 0.3, "van", Reason.ONMOGELIJKE_DATUM, van="31/02/2026", tot="12/03/2026")
    sheet.plant_copy(6, 0.5, "percentage", Reason.ONLEESBAAR, percentage="half")
    sheet.plant_copy(8, 0.7, "tot", Reason.EINDE_VOOR_BEGIN, van="12/10/2026", tot="02/10/2026")
    return sheet
