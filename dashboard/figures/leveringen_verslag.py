"""Leveringen: what the text of an inspection report seems to say, for a person to look at and correct."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import format

WORDS = (
    "1. Sleep het verslag van een doorlichting (PDF) naar het vak. Wat in de **tekst** staat, wordt voorgesteld; "
    "vinkjes, kleuren en scans zijn geen tekst.\n"
    "2. Kijk elk veld na en verbeter het: bij elk veld staat waar het in het verslag staat en hoe zeker het is.\n"
    "3. Kijk na wat er zou veranderen, en laad. **Tot dan telt er niets mee**; de PDF zelf wordt niet bewaard."
)
AFTER = (
    "Een bevestigd voorstel is een levering van één verslag: het telt mee **naast** de volledige lijst, tot een nieuwe "
    "volledige lijst geladen wordt. Het kan ingetrokken worden zoals elke levering."
)
NOTICE = (
    "Dit is een voorstel uit de tekst van het verslag: kijk elk veld na en verbeter wat niet klopt. Tot het bevestigd "
    "is, telt er niets mee."
)
NO_FILE = "Kies eerst een verslag (PDF). Een bestand met een rood uitroepteken telt niet mee."
NO_NUMBER = "Vul het nummer van de doorlichting in, zonder spaties."
MISSING = "Vul nog in: {names}."
EMPTY = "niet ingevuld"
#: Rows for inschalingen that the text did not give.
SPARE = 3
#: Most characters in a field; a link is the longest.
LONGEST = 500


def notices(proposal: Mapping[str, Any]) -> list[str]:
    """Return what to mind: that it is a proposal, and what the report lacks.

    The command's own first sentence is for who works there.
    """
    return [NOTICE, *proposal["meldingen"][1:]]


def place(found: Mapping[str, Any]) -> str:
    """Return where a field stands in the report, how sure that is and why no surer; what it says is never Markdown."""
    if not found.get("is_gezocht", True):
        return "Een verslag noemt dit niet: vul in wat bekend is, of laat leeg."
    reason = format.plain_markdown(found["reden"])
    if not found.get("zin") and not found.get("anders"):
        return f"{reason[:1].upper()}{reason[1:]}."
    sureness = (found.get("zekerheid") or "").capitalize()
    parts = [f"{sureness}: {reason}" if sureness and reason else sureness]
    if found.get("anders"):
        parts.append(f"kan ook zijn: {', '.join(map(format.plain_markdown, found['anders']))}")
    where = f"Bladzijde {found['bladzijde']}: " if found.get("bladzijde") else ""
    words = format.plain_markdown(found.get("zin") or "")
    # Without a page it is no sentence of the report but how the field was made.
    sentence = f" {where}„{words}”" if where and words else f" {words}" if words else ""
    return f"{'; '.join(part for part in parts if part)}.{sentence}"


def options(found: Mapping[str, Any]) -> list[str]:
    """Return what can be chosen in a field with a list of values; the empty choice first."""
    return ["", *found["keuzes"]]


def label(found: Mapping[str, Any]) -> str:
    """Return the name of a field, with a star where it must be filled in."""
    name = str(found["veld"])
    form = " (dag/maand/jaar)" if found["soort"] == "datum" else ""
    return f"{name[0].upper()}{name[1:]}{form}{' *' if found['verplicht'] else ''}"


def known_words(answer: Mapping[str, Any], number: str) -> str:
    """Return what is published of this instelling already, and what taking over a number does; nothing for none."""
    known = answer.get("bekend") or []
    if not known:
        return ""
    listed = "; ".join(
        f"{format.plain_markdown(row['doorlichting_id'])} ({row['soort']} van {_day(row['datum'])}, "
        f"advies {row['advies']})"
        for row in known
    )
    words = f"Al in de lijst voor deze instelling: {listed}."
    if any(row["doorlichting_id"] == number for row in known):
        return f"{words} Het voorstel heeft een nummer uit de lijst: het vervangt die hele rij, ook in lege velden."
    return f"{words} Is dit verslag er een van, neem dan dat nummer over: anders telt de doorlichting dubbel."


def problem(fields: Mapping[str, str], answer: Mapping[str, Any]) -> str:
    """Return what has to be filled in before the proposal can be judged; nothing when it can."""
    missing = [row["veld"] for row in answer["velden"] if row["verplicht"] and not fields.get(row["veld"], "").strip()]
    if missing:
        return MISSING.format(names=", ".join(missing))
    return NO_NUMBER if len(fields["doorlichting id"].split()) > 1 else ""


def filled(fields: Mapping[str, str], scaled: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """Return what the command line takes as a proposal that was looked at; rows without a level are left out."""
    rows = [{name: value.strip() for name, value in row.items()} for row in scaled if row["inschaling"]]
    return {"velden": {name: value.strip() for name, value in fields.items()}, "inschalingen": rows}


def file_name(fields: Mapping[str, str]) -> str:
    """Return the name of the delivery, by which it is found in the history."""
    return f"verslag {fields.get('doorlichting id', '').strip()}.xlsx"


def _day(text: str) -> str:
    year, month, day = text[:10].split("-")
    return f"{day}/{month}/{year}"
