"""Source 8, EDBI: questions, invitations, and answers as a Qualtrics export with three header rows."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipelines.demo.manifest import DemoFile, Reason
from pipelines.demo.network import Network
from pipelines.demo.people import Professionals
from pipelines.demo.registrations import Registrations, email_as_typed
from pipelines.demo.school_years import PEILDATUM, Schooljaar, date_text
from pipelines.demo.trajectories import Traject
from pipelines.demo.writing import COMMAS, PLAIN, WITH_BOM, Cell, Sheet, write_csv

_SIX_POINT_SINCE = 2025
_RESPONSE = {
    "helpdesk": 0.13, "opleiding": 0.27, "vorming": 0.21, "leerplanimplementatie": 0.19,
    "aanvangsbegeleiding": 0.26,
    "plg": 0.24, "starterstraject": 0.34, "infosessie": 0.16, "vt": 0.38,
}  # fmt: skip
"""Share of the people asked who answer at least in part; bigbang is not surveyed."""

_MODULES = {"helpdesk": "A", "plg": "ACDE", "vt": "ABD", "starterstraject": "AEF", "infosessie": "AEF"}
_QR_SHARE = 0.14
_NOT_SURVEYED_SHARE = 0.2


@dataclass(frozen=True)
class Vraag:
    """One closed question, asked on a scale from 1 to 5 and, since 2025-2026, from 1 to 6."""

    code: str
    kernvraag: bool
    dimensie: str
    tekst: str
    mildheid: float
    omgekeerd: bool = False

    def name_in(self, schooljaar: Schooljaar) -> str:
        """Return its column in the export of a schooljaar; on another scale it is another question."""
        return self.code if schooljaar.start < _SIX_POINT_SINCE else f"{self.code}z"


VRAGEN = (
    Vraag("A1", True, "tevredenheid", "Ik ben tevreden over deze begeleiding.", 0.45),
    Vraag("A2", True, "bruikbaarheid", "Ik kan wat aan bod kwam gebruiken in de eigen praktijk.", 0.3),
    Vraag("A3", True, "leereffect", "Ik heb nieuwe inzichten opgedaan.", 0.15),
    Vraag("A4", True, "gedragsintentie", "Ik ben van plan om iets anders aan te pakken.", 0.0),
    Vraag("A5", False, "tevredenheid", "De begeleiding sloot aan bij onze vragen.", 0.25),
    Vraag("A6", False, "bruikbaarheid", "De inhoud stond ver af van de klaspraktijk.", 0.2, omgekeerd=True),
    Vraag("B1", False, "toepassing", "We passen toe wat we afspraken.", -0.1),
    Vraag("C1", False, "organisatie", "De school maakt tijd vrij om hiermee verder te gaan.", -0.35),
    Vraag("D1", False, "organisatie", "Het team werkt meer samen dan voordien.", -0.2),
    Vraag("D2", False, "lerenden", "Leerlingen merken iets van wat we anders doen.", -0.45),
    Vraag("E1", False, "motivatie", "Ik nam deel omdat het onderwerp mij boeit.", 0.2),
    Vraag("F1", False, "persoonskenmerken", "Ik durf in team nieuwe dingen voorstellen.", 0.1),
)

_INVITE_COLUMNS = [
    "uitnodiging id",
    "activiteit id",
    "traject id",
    "e-mail",
    "verzonden op",
    "herinnering 1",
    "herinnering 2",
    "kanaal",
    "bezorgd",
    "aangemeld",
]
_OPEN_TEXTS = (
    "", "", "", "Boeiend; meer van dat", "Te kort, maar nuttig.\nGraag een vervolg",
    'De "oefeningen" waren sterk', "Goed",
)  # fmt: skip


@dataclass
class _Invitation:
    """Someone who was asked: `email` empty for a QR code on the spot."""

    activiteit: str
    traject: str
    strategie: str
    email: str
    dag: int
    is_qr: bool
    quality: float


def write_edbi(
    folder: Path,
    network: Network,
    professionals: Professionals,
    registrations: tuple[Registrations, ...],
    trajecten: tuple[Traject, ...],
) -> list[DemoFile]:
    """Write one list of questions, and the invitations and answers of each schooljaar."""
    files = [write_csv(folder / "edbi_vragen.csv", _questions(network), WITH_BOM)]
    for jaar, year in enumerate(registrations):
        rng = network.stream(f"edbi {year.schooljaar.label}")
        asked = _after_activities(rng, professionals, year)
        asked += _after_trajectories(rng, network, professionals, trajecten, jaar)
        invitations, answers = _survey(rng, year.schooljaar, asked)
        _plant_invitations(invitations, year.schooljaar)
        _plant_answers(answers, year)
        label = year.schooljaar.label
        files.append(write_csv(folder / f"edbi_uitnodigingen_{label}.csv", invitations, PLAIN))
        heads = _qualtrics_heads(answers.columns)
        files.append(write_csv(folder / f"edbi_antwoorden_{label}.csv", answers, COMMAS, heads))
    return files


def _questions(network: Network) -> Sheet:
    rows: list[list[Cell]] = []
    scales = sorted({5 if s.start < _SIX_POINT_SINCE else 6 for s in network.schooljaren})
    for points in scales:
        for v in VRAGEN:
            name = v.code if points == 5 else f"{v.code}z"
            yes_no = ["ja" if v.kernvraag else "nee", "ja" if v.omgekeerd else "nee"]
            rows.append([name, v.code[0], yes_no[0], v.dimensie, v.tekst, "1", str(points), yes_no[1], "4"])
    columns = [
        "vraag",
        "module",
        "kernvraag",
        "dimensie",
        "tekst",
        "schaal min",
        "schaal max",
        "omgekeerd",
        "gunstig vanaf",
    ]
    sheet = Sheet("edbi_vragen", columns, rows)
    sheet.plant_duplicate(1, 0.7)
    return sheet


def _after_activities(rng: np.random.Generator, professionals: Professionals, year: Registrations) -> list[_Invitation]:
    """Ask who was reached by a surveyed activiteit; some surveys had only a QR code in the room."""
    aantal = len(year.activiteiten)
    surveyed = rng.random(aantal) >= _NOT_SURVEYED_SHARE
    qr_only = rng.random(aantal) < _QR_SHARE
    quality = rng.normal(0, 0.35, aantal)
    asked: list[_Invitation] = []
    reached = year.reached()
    for number in np.flatnonzero(reached).tolist():
        index, persoon = int(year.activiteit[number]), int(year.persoon[number])
        activiteit = year.activiteiten[index]
        strategie = activiteit.offer.strategie
        if not surveyed[index] or strategie not in _RESPONSE:
            continue
        email = "" if qr_only[index] else f"gast{number + 1}@elders.example"
        if persoon >= 0 and not qr_only[index]:
            email = email_as_typed(professionals.emails[persoon], number)
        asked.append(
            _Invitation(
                activiteit.id,
                "",
                strategie,
                email,
                activiteit.einde,
                bool(qr_only[index]),
                float(quality[index]),
            )
        )
    return asked


def _after_trajectories(
    rng: np.random.Generator,
    network: Network,
    professionals: Professionals,
    trajecten: tuple[Traject, ...],
    jaar: int,
) -> list[_Invitation]:
    """Ask five people of the school after a finished verandertraject, eight after a PLG."""
    group_of = np.array([i.scholengroep for i in network.instellingen])[professionals.instelling]
    asked: list[_Invitation] = []
    for t in trajecten:
        if t.jaar != jaar or t.status != "afgerond" or t.soort not in ("vt", "plg"):
            continue
        if t.instelling is None:
            people = np.flatnonzero(group_of == t.scholengroep)
        else:
            people = np.flatnonzero(professionals.instelling == network.index_of[t.instelling.nummer])
        quality = float(rng.normal(0.1, 0.35))
        for persoon in rng.permutation(people)[: 5 if t.soort == "vt" else 8].tolist():
            asked.append(_Invitation("", t.id, t.soort, professionals.emails[persoon], t.einde, False, quality))
    return asked


def _survey(rng: np.random.Generator, schooljaar: Schooljaar, asked: list[_Invitation]) -> tuple[Sheet, Sheet]:
    """Send the invitations and draw the answers, in the order in which they came in."""
    today = PEILDATUM.toordinal()
    invitations: list[list[Cell]] = []
    answers: list[tuple[int, list[Cell]]] = []
    columns = _answer_columns(schooljaar)
    for number, person in enumerate(asked, start=1):
        invitation_id = f"U{schooljaar.code}-{number:06d}"
        sent = min(person.dag + (0 if person.is_qr else 1), today)
        delivered = person.is_qr or rng.random() >= 0.025
        refused = not person.is_qr and rng.random() < 0.012
        wave = int(rng.choice([0, 8, 15], p=[0.6, 0.25, 0.15])) if not person.is_qr else 0
        day = sent + wave + int(rng.integers(0, 6 if not person.is_qr else 1))
        answers_it = delivered and not refused and rng.random() < _RESPONSE[person.strategie] and day <= today
        reminders = [
            date_text(sent + after) if _is_reminded(person, sent + after, day, answers_it, today) else ""
            for after in (8, 15)
        ]
        invitations.append(
            [
                invitation_id,
                person.activiteit,
                person.traject,
                person.email,
                date_text(sent),
                *reminders,
                "qr" if person.is_qr else "mail",
                "ja" if delivered else "nee",
                "nee" if refused else "ja",
            ]
        )
        if answers_it:
            reference = "" if person.is_qr else invitation_id
            answers.append((day, _answer(rng, schooljaar, columns, person, day, reference)))
    after_activities = [person for person in asked if person.activiteit]
    for index in rng.integers(len(after_activities), size=4).tolist():
        maker = after_activities[index]
        preview = _answer(rng, schooljaar, columns, maker, maker.dag, "")
        preview[columns.index("Status")] = _status(schooljaar, preview=True)
        preview[columns.index("DistributionChannel")] = "preview"
        answers.append((maker.dag, preview))
    answers.sort(key=lambda pair: pair[0])
    rows = [row for _, row in answers]
    for number, row in enumerate(rows, start=1):
        row[8] = f"R_{schooljaar.code}{number * 7919:011x}"
    return Sheet("edbi_uitnodigingen", list(_INVITE_COLUMNS), invitations), Sheet("edbi_antwoorden", columns, rows)


def _is_reminded(person: _Invitation, day: int, answered_on: int, answers_it: bool, today: int) -> bool:
    return not person.is_qr and day <= today and not (answers_it and answered_on < day)


_QUALTRICS_COLUMNS = {
    "StartDate": ("Start Date", "startDate"), "EndDate": ("End Date", "endDate"),
    "Status": ("Response Type", "status"),
    "IPAddress": ("IP Address", "ipAddress"), "Progress": ("Progress", "progress"),
    "Duration (in seconds)": ("Duration (in seconds)", "duration"), "Finished": ("Finished", "finished"),
    "RecordedDate": ("Recorded Date", "recordedDate"), "ResponseId": ("Response ID", "_recordId"),
    "RecipientLastName": ("Recipient Last Name", "recipientLastName"),
    "RecipientFirstName": ("Recipient First Name", "recipientFirstName"),
    "RecipientEmail": ("Recipient Email", "recipientEmail"),
    "ExternalReference": ("External Data Reference", "externalDataReference"),
    "LocationLatitude": ("Location Latitude", "locationLatitude"),
    "LocationLongitude": ("Location Longitude", "locationLongitude"),
    "DistributionChannel": ("Distribution Channel", "distributionChannel"),
    "UserLanguage": ("User Language", "userLanguage"),
}  # fmt: skip
_TIMES = ("StartDate", "EndDate", "RecordedDate")


def _answer_columns(schooljaar: Schooljaar) -> list[str]:
    return [*_QUALTRICS_COLUMNS, *(v.name_in(schooljaar) for v in VRAGEN), "G1", "activiteit_id"]


def _qualtrics_heads(columns: list[str]) -> list[list[str]]:
    """Return the second and third header row: texts, and JSON with the ImportId."""
    texts, imports = [], []
    wording = {code: v.tekst for v in VRAGEN for code in (v.code, f"{v.code}z")}
    for number, column in enumerate(columns):
        text, import_id = _QUALTRICS_COLUMNS.get(column, (wording.get(column, column), f"QID{number}"))
        if column == "G1":
            text, import_id = "Wat nog gezegd moet worden", f"QID{number}_TEXT"
        if column == "activiteit_id":
            import_id = "activiteit_id"
        about = {"ImportId": import_id} | ({"timeZone": "Europe/Brussels"} if column in _TIMES else {})
        texts.append(text)
        imports.append(json.dumps(about, separators=(",", ":")))
    return [texts, imports]


def _status(schooljaar: Schooljaar, preview: bool) -> str:
    """Return the status as text, or as Qualtrics' number in the exports of odd years."""
    if schooljaar.start % 2:
        return "1" if preview else "0"
    return "Survey Preview" if preview else "IP Address"


def _answer(
    rng: np.random.Generator,
    schooljaar: Schooljaar,
    columns: list[str],
    person: _Invitation,
    day: int,
    reference: str,
) -> list[Cell]:
    """Draw one response; one in nine stops halfway."""
    points = 5 if schooljaar.start < _SIX_POINT_SINCE else 6
    finished = rng.random() >= 0.11
    until = len(VRAGEN) if finished else int(rng.integers(1, 4))
    mood = person.quality + rng.normal(0, 0.6)
    modules = _MODULES.get(person.strategie, "ACE")
    given: list[Cell] = []
    for number, vraag in enumerate(VRAGEN):
        if number >= until or vraag.code[0] not in modules or rng.random() < 0.02:
            given.append("")
            continue
        value = (0.70 + 0.17 * (mood + vraag.mildheid) + 0.09 * rng.normal()) * (points - 1) + 1
        level = int(np.clip(np.rint(value), 1, points))
        given.append(str(points + 1 - level if vraag.omgekeerd else level))
    seconds = int(rng.integers(60, 900))
    minute = int(rng.integers(8 * 60, 21 * 60))
    start = f"{date_text(day, 'iso')} {minute // 60:02d}:{minute % 60:02d}:00"
    later = minute + seconds // 60
    end = f"{date_text(day, 'iso')} {later // 60:02d}:{later % 60:02d}:{seconds % 60:02d}"
    numeric = schooljaar.start % 2 == 1
    done = ("1" if finished else "0") if numeric else ("True" if finished else "False")
    progress = "100" if finished else str(int(rng.integers(15, 80)))
    channel = "qr" if person.is_qr else "email"
    text = _OPEN_TEXTS[int(rng.integers(len(_OPEN_TEXTS)))] if finished else ""
    address = f"192.0.2.{int(rng.integers(1, 255))}"
    about = [start, end, _status(schooljaar, preview=False), address, progress, str(seconds), done, end]
    sent_to = ["", "", "", person.email, reference, "", "", channel, "NL"]
    return [*about, *sent_to, *given, text, person.activiteit]


def _plant_invitations(sheet: Sheet, schooljaar: Schooljaar) -> None:
    code = schooljaar.code
    sheet.plant_copy(
        5, 0.4, "verzonden op", Reason.ONMOGELIJKE_DATUM, uitnodiging_id=f"U{code}-900001",
        verzonden_op=f"31/02/{schooljaar.start + 1}",
    )  # fmt: skip
    sheet.plant_copy(11, 0.6, "kanaal", Reason.ONBEKENDE_WAARDE, uitnodiging_id=f"U{code}-900002", kanaal="fax")
    sheet.plant_duplicate(17, 0.8)


def _plant_answers(sheet: Sheet, year: Registrations) -> None:
    """Plant an impossible progress and day, both anonymous so that they are nobody's second answer."""
    columns = sheet.columns
    for number, (at, column, reason, value) in enumerate(
        (
            (0.5, "Progress", Reason.BUITEN_BEREIK, "140"),
            (0.7, "RecordedDate", Reason.ONMOGELIJKE_DATUM, f"{year.schooljaar.start + 1}-02-31 10:00:00"),
        )
    ):
        row = list(sheet.rows[number])
        row[columns.index("ExternalReference")] = ""
        row[columns.index("activiteit_id")] = year.activiteiten[0].id
        row[columns.index("Status")] = _status(year.schooljaar, preview=False)
        row[columns.index("ResponseId")] = f"R_{year.schooljaar.code}f{number:010x}"
        row[columns.index(column)] = value
        sheet.plant(at, row, column, reason)
