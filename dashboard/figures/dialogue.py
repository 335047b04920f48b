"""Dialogue: what people say beside the computed ranking, in words and as a table."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

import polars as pl

from dashboard import data, format
from dashboard.tables import Column, Table
from state.dialogue import LONGEST_NAME, LONGEST_REASON, OVERRIDE, SIGNAL, TRAPPEN, Remark, latest_end, local_time

INTRODUCTION = (
    "Een **signaal** meldt iets wat de cijfers niet weten. Een **afwijking** stelt een andere trap voor. "
    "Beide staan naast de berekende plaats en veranderen die niet. Ze vervallen na hun einddatum; wat gewijzigd of "
    "ingetrokken wordt, blijft in de geschiedenis."
)
WHO = (
    "Bij wat vastgelegd wordt, staat wie het deed: wie aangemeld is, anders de naam die ingevuld wordt. Zet geen namen "
    "van leerlingen of personeelsleden in de reden."
)
WHO_WRITES = "Een signaal of een afwijking vastleggen is voor een hoofdadviseur, of voor de SPOC van deze scholengroep."
NOT_YOURS = "De dialoog over deze instelling is er voor wie haar begeleidt."
NOT_ALLOWED = f"Niet vastgelegd. {WHO_WRITES}"
UNREACHABLE = (
    "De dialoog is nu niet bereikbaar: signalen en afwijkingen ontbreken op deze pagina. De berekende cijfers "
    "kloppen wel. Herlaad de pagina straks; blijft dit zo, meld het dan aan de databeheerder."
)
NOT_SAVED = "De dialoog is nu niet bereikbaar. Er is niets vastgelegd; probeer straks opnieuw."
NOTHING_KEPT = "Er kan nu niets vastgelegd worden. Wat al ingevuld en verstuurd was, komt terug in het formulier."
NOTHING_IN_FORCE = "Voor deze instelling geldt nu geen signaal en geen afwijking."
SAVED = "Vastgelegd. Was het een vergissing? Trek het dan in: het blijft alleen in de geschiedenis."
CHANGED = "De wijziging is vastgelegd. De vorige tekst staat in de geschiedenis."
WITHDRAWN = "Ingetrokken. De tekst staat nog in de geschiedenis."
CONFLICT = (
    "Niet vastgelegd: deze tekst is intussen gewijzigd. Hieronder staat de nieuwe versie; de ingevulde tekst staat "
    "nog in het formulier. Wie nu opnieuw vastlegt, vervangt de nieuwe versie."
)
WITHDRAWN_MEANWHILE = "Niet vastgelegd: dit is intussen ingetrokken of vervallen. Leg zo nodig iets nieuws vast."
HISTORY_NOTE = "Een rij per versie, de nieuwste eerst. Namen staan niet in de download."
SOURCE = "dialoog van hoofdadviseurs en SPOC's"

NONE = "geen"
UNKNOWN = "niet bereikbaar"
KINDS = {SIGNAL: "Signaal", OVERRIDE: "Afwijking"}
NO_PROPOSAL = ""
PROPOSALS = {NO_PROPOSAL: "geen voorstel"} | {trap: trap for trap in TRAPPEN}

_WRONG_DAY = "Schrijf de einddatum als dag/maand/jaar, bijvoorbeeld 30/06/2027."
_PROBLEMS = {
    "nummer_fout": "Voor deze instelling kan niets vastgelegd worden: het nummer heeft geen zes cijfers.",
    "soort_onbekend": "Kies een signaal of een afwijking.",
    "trap_ontbreekt": "Kies bij een afwijking welke trap voorgesteld wordt.",
    "trap_onbekend": "Kies een trap uit de lijst.",
    "reden_leeg": "Vul een reden in.",
    "reden_te_lang": f"De reden is te lang: hoogstens {format.number(LONGEST_REASON)} tekens.",
    "tot_verleden": "De einddatum is voorbij. Kies vandaag of later.",
    "naam_leeg": "Vul de naam in van wie dit vastlegt.",
    "naam_te_lang": f"De naam is te lang: hoogstens {LONGEST_NAME} tekens.",
    "ingetrokken": WITHDRAWN_MEANWHILE,
    "onbekend": "Dit signaal of deze afwijking is niet gevonden. Herlaad de pagina.",
}


@data.derived
def lines_of_succession(choices: pl.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return per instellingsnummer that number and those that carried it on, one after the other."""
    follower = dict(choices.select("instellingsnummer", "opgevolgd_door").iter_rows())
    lines = {}
    for number in follower:
        line = [number]
        # Two numbers that name each other as successor would go round for ever.
        while (following := follower.get(line[-1])) and following not in line:
            line.append(following)
        lines[number] = tuple(line)
    return lines


def numbers_carried(lines: Mapping[str, tuple[str, ...]], number: str) -> list[str]:
    """Return the number and those of its predecessors: what was said about them goes on counting."""
    return sorted({number, *(origin for origin, line in lines.items() if number in line)})


def title(remark: Remark) -> str:
    """Return what it is and until when: 'Afwijking naar trap verhoogd, tot 30/06/2027'."""
    proposal = f" naar trap {remark.trap_voorstel}," if remark.trap_voorstel else ""
    return f"{KINDS[remark.soort]}{proposal} tot {format.date_short(remark.tot)}"


def signature(remark: Remark, number: str) -> str:
    """Return who recorded it and when, who changed it last, and for which predecessor where that is so."""
    words = f"Vastgelegd door {remark.door} op {_moment(remark.gemaakt_op)}"
    if remark.versie > 1:
        words += f"; gewijzigd door {remark.gewijzigd_door} op {_moment(remark.gewijzigd_op)}"
    if remark.instellingsnummer != number:
        words += f"; voor voorganger {remark.instellingsnummer}"
    return words


def newest_text(remark: Remark) -> str:
    """Return the version that came in between, with who wrote it."""
    return f"{title(remark)}: {remark.reden}\n{remark.gewijzigd_door}, {_moment(remark.gewijzigd_op)}"


def typed_text(text: str) -> str:
    """Return what stood in a form that is no longer there."""
    return f"Ingevuld was: {text}"


def words(
    remarks: Iterable[Remark], lines: Mapping[str, tuple[str, ...]], numbers: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Return per number what is in force for it, also for its predecessors; 'geen' where nothing is."""
    said: dict[str, list[str]] = {}
    for remark in remarks:
        text = f"{title(remark)}: {' '.join(remark.reden.split())}"
        for number in lines.get(remark.instellingsnummer, (remark.instellingsnummer,)):
            said.setdefault(number, []).append(text)
    return tuple((number, " · ".join(said.get(number, [NONE]))) for number in numbers)


@data.derived
def words_frame(pairs: tuple[tuple[str, str], ...]) -> pl.DataFrame:
    """Return (instellingsnummer, dialoog) as a frame; the same words are the same frame, so tables of it are kept."""
    return pl.DataFrame(pairs, schema={"instellingsnummer": pl.String, "dialoog": pl.String}, orient="row")


def computed_position(standing: pl.DataFrame, schooljaar: str | None) -> str:
    """Return the computed place and trap in one schooljaar, as a sentence; the class where places say too little."""
    found = standing.filter(pl.col("schooljaar") == schooljaar)
    if found.is_empty():
        return f"Deze instelling staat in {schooljaar} niet in de rangschikking."
    row = found.row(0, named=True)
    place = f"Plaats {row['rang']} van {row['aantal_gerangschikt']}"
    if row["is_in_groepen"]:
        place = f"Grote noden: {row['klasse'] or 'niet bekend'}"
    return f"{place}, trap {row['trap'] or 'niet bekend'}, in {schooljaar}."


def history_table(versions: Sequence[Remark], *, with_names: bool) -> Table:
    """Return the versions as a table; the downloads leave the names out."""
    rows = [
        {
            "wanneer": _moment(item.gewijzigd_op),
            "wat": _deed(item),
            "door": item.gewijzigd_door,
            "nummer": item.instellingsnummer,
            "soort": KINDS[item.soort],
            "trap": item.trap_voorstel,
            "tot": item.tot,
            "reden": item.reden,
        }
        for item in versions
    ]
    text = dict.fromkeys(("wanneer", "wat", "door", "nummer", "soort", "trap"), pl.String)
    frame = pl.DataFrame(rows, schema={**text, "tot": pl.Date, "reden": pl.String})
    columns = [
        Column("wanneer", "Wanneer", "tekst"),
        Column("wat", "Wat", "tekst"),
        Column("door", "Door", "tekst"),
        Column("nummer", "Instellingsnummer", "tekst"),
        Column("soort", "Soort", "tekst"),
        Column("trap", "Voorgestelde trap", "tekst"),
        Column("tot", "Geldig tot en met", "datum"),
        Column("reden", "Reden", "tekst"),
    ]
    shown = tuple(column for column in columns if with_names or column.name != "door")
    return Table(frame, shown, missing=format.NOT_APPLICABLE, widths={"reden": 430})


def parse_day(text: str) -> date | None:
    """Return the day of '30/06/2027', '30-6-2027' or '30.6.2027'; None for anything else."""
    found = re.fullmatch(r"\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})\s*", text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else None
    except ValueError:
        return None


def problem_sentences(codes: Sequence[str], op: date) -> str:
    """Return what is wrong with what was filled in, and what to do; the codes are those of `state.dialogue`."""
    late = f"De einddatum ligt te ver. Kies ten laatste {format.date_short(latest_end(op))}."
    known = _PROBLEMS | {"tot_te_ver": late, "tot_fout": _WRONG_DAY}
    return " ".join(["Niet vastgelegd.", *(known[code] for code in codes)])


def _deed(version: Remark) -> str:
    if version.ingetrokken_op:
        return "ingetrokken"
    return "gewijzigd" if version.versie > 1 else "vastgelegd"


def _moment(moment: datetime) -> str:
    local = local_time(moment)
    return f"{format.date_short(local)} om {local:%H:%M}"
