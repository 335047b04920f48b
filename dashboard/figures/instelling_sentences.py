"""Sentences about a school by fixed, published rules: the only place where they are made.

Each function is one rule (docs/decisions/0118): numbers in, one whole Dutch sentence out, or None where the rule says
that nothing may be said. `rules` gives the same rules in words, for the reader. A signal compares with one thing and
gives one verdict: in words, never a quintile beside it, never a colour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import isfinite
from typing import Any

from analysis.rounding import percentage_decimals, round_half_away
from dashboard import format
from dashboard.figures.certainty import place_words

CLEAR, POSSIBLE, CHANCE, UNKNOWN = "duidelijk verschil", "mogelijk verschil", "kan toeval zijn", "zekerheid onbekend"
LIKE = "bij vergelijkbare scholen"
NETWORK = "in het netwerk van hetzelfde onderwijsniveau"
#: Every value behind a sentence is one of several schooljaren together (`[noden] jaargewichten`).
WEIGHED = "gewogen over hoogstens drie schooljaren"
ADVIES = {
    "1A": "gunstig",
    "1B": "gunstig, met weg te werken tekorten",
    "2A": "ongunstig",
    "2B": "ongunstig, met verlies van erkenning",
}
#: Comparable schools are chosen by these: a comparison with them would say nothing.
CHOSEN_BY = frozenset({"oki", "schoolse_vertraging"})
#: Says who the pupils are, not how the school does.
_CONTEXT = frozenset({"oki"})
_TRAPPEN = {
    "verplicht": "een open advies 2A of 2B, of een negatieve uitspraak over GOK of leerlingenbegeleiding",
    "verhoogd": "een open advies 1B",
    "regulier": "geen open advies 1B, 2A of 2B en geen negatieve uitspraak",
}
_WITHOUT = {
    "ontbreekt": "Ontbreekt",
    "beschermd": "Beschermd",
    "nvt": "Niet van toepassing in dit onderwijsniveau",
}
_MEMBERSHIP = {
    "duidelijk": "hoort duidelijk bij",
    "mogelijk": "hoort mogelijk bij",
    "niet": "hoort niet bij",
}


@dataclass(frozen=True)
class Subject:
    """What a sentence is about: every subject is singular, so that "ligt" always fits.

    `unit` is 'aandeel' (0-1), 'punten', 'getal' or 'per honderd'. `is_turned`: the stored value rises with need while
    the subject of the sentence falls (points under a reference: a lower score). `is_clause`: the words end in a verb,
    so that a comma stands before the next one.
    """

    words: str
    unit: str
    is_turned: bool = False
    is_clause: bool = False


_SUBJECTS = {
    "vt_minimumdoel": Subject("Het aandeel leerlingen dat het minimumdoel niet haalt", "aandeel", is_clause=True),
    "vt_score": Subject("De score op de Vlaamse toetsen", "punten", is_turned=True),
    "koala_niet_groen": Subject("Het aandeel kleuters buiten de groene zone van Koala", "aandeel"),
    "ovsg_fout": Subject("Het aandeel foute antwoorden op de OVSG-toetsen", "aandeel"),
    "diataal_onder": Subject("Het aandeel leerlingen onder het niveau op Diataal", "aandeel"),
    "oki": Subject("De onderwijskansarmoede-indicator (OKI)", "getal"),
    "zittenblijvers": Subject("Het aandeel zittenblijvers", "aandeel"),
    "schoolse_vertraging": Subject("Het aandeel leerlingen met schoolse vertraging", "aandeel"),
    "b_c_attesten": Subject("Het aandeel leerlingen met een B- of C-attest", "aandeel"),
    "vroegtijdig_schoolverlaters": Subject("Het aandeel vroegtijdige schoolverlaters", "aandeel"),
    "problematisch_30": Subject(
        "Het aandeel leerlingen dat 30 halve dagen of meer problematisch afwezig was", "aandeel", is_clause=True
    ),
    "problematisch_10": Subject(
        "Het aandeel leerlingen dat 10 halve dagen of meer problematisch afwezig was", "aandeel", is_clause=True
    ),
    "uitsluitingen": Subject("Het aantal uitsluitingen per honderd leerlingen", "per honderd"),
}


@dataclass(frozen=True)
class Signal:
    """One sentence about a signal. `is_unfavourable`: the need is greater than that of what it is compared with."""

    text: str
    verdict: str
    is_unfavourable: bool
    score: float


def signal(row: Mapping[str, Any], schooljaar: str, limits: Mapping[str, Any]) -> Signal | None:
    """Return the sentence about one row of `mart.noden_indicator`, or None where the rules allow none.

    None: the value is protected or missing, rests on too few pupils, has nothing to be compared with, or is no
    different once rounded. `limits` is `[zinnen]` of the settings.
    """
    against = held_against(row, limits)
    if against is None:
        return None
    value, (compared, words) = row["waarde"], against
    subject = subject_of(row["indicator"], row["reeks"])
    difference = compared - value if subject.is_turned else value - compared
    amount = _amount(abs(difference), subject.unit, row["n"])
    if amount is None:
        return None
    verdict = certainty(value, compared, row["laag"], row["hoog"], limits)
    side = "hoger" if difference > 0 else "lager"
    comma = "," if subject.is_clause else ""
    weighed = _weighed(row["laatste_meetjaar"], schooljaar)
    text = f"{subject.words}{comma} ligt {amount} {side} dan {words} ({verdict}; {weighed})."
    return Signal(text, verdict, value > compared, row["score"] or 0.0)


def held_against(row: Mapping[str, Any], limits: Mapping[str, Any]) -> tuple[float, str] | None:
    """Return what the rules let a row of `mart.noden_indicator` be compared with, and its words; None for nothing."""
    compared, words = reference(row)
    if row["reden"] is not None or row["indicator"] in _CONTEXT or not _is_number(row["waarde"]):
        return None
    if compared is None or not isfinite(compared) or row["n"] is None or row["n"] < limits["minimum_leerlingen"]:
        return None
    return compared, words


def signals(
    rows: Sequence[Mapping[str, Any]], schooljaar: str, limits: Mapping[str, Any]
) -> tuple[list[str], list[str]]:
    """Return (less favourable, more favourable) sentences: at most `meeste` each, clear ones first, then by score.

    Where there are more, a last sentence says how many. Signals that may be chance are not told; the table has them.
    """
    told = [item for row in rows if (item := signal(row, schooljaar, limits)) and item.verdict in (CLEAR, POSSIBLE)]
    # The clear ones first; among them the greatest need, or, where things go well, the smallest.
    worse = sorted(
        (item for item in told if item.is_unfavourable), key=lambda item: (item.verdict != CLEAR, -item.score)
    )
    better = sorted(
        (item for item in told if not item.is_unfavourable), key=lambda item: (item.verdict != CLEAR, item.score)
    )
    return _first(worse, limits["meeste"]), _first(better, limits["meeste"])


def certainty(value: float, reference: float, low: float | None, high: float | None, limits: Mapping[str, Any]) -> str:
    """Return in words how sure it is that a value differs from a reference, by its 95 % interval.

    What counts is how far the reference lies, as a part of the way from the value to the end of the interval.
    """
    end = low if reference < value else high
    if end is None or not isfinite(end):
        return UNKNOWN
    way, distance = abs(value - end), abs(value - reference)
    if distance >= limits["grens_duidelijk"] * way:
        return CLEAR
    return POSSIBLE if distance >= limits["grens_mogelijk"] * way else CHANCE


def subject_of(indicator: str, reeks: str) -> Subject:
    """Return what a sentence says of an indicator and its series; an unknown indicator is named by its code."""
    found = _SUBJECTS.get(indicator) or Subject(f"De indicator {indicator.replace('_', ' ')}", "getal")
    if reeks in ("alle", ""):  # a test without a domain names no series
        return found
    return replace(found, words=f"{found.words} voor {series_name(reeks)}")


def series_name(reeks: str) -> str:
    """Return '2SO B wiskunde meetkunde' as 'wiskunde 2SO-B (meetkunde)'; another series as it is."""
    grade, _, rest = reeks.partition(" ")
    if grade not in ("4LO", "6LO", "2SO", "6SO") or not rest:
        return reeks
    words = rest.split(" ")
    if words[0] in ("A", "B") and len(words) > 1:
        grade, words = f"{grade}-{words[0]}", words[1:]
    domain = f" ({' '.join(words[1:])})" if words[1:] else ""
    return f"{words[0]} {grade}{domain}"


def advice(advies: str | None, report: date | None, negative: Sequence[str]) -> str | None:
    """Return the sentence about the inspection in force; `negative` names the negative rulings. None without advice."""
    if advies is None:
        return None
    source = f", volgens het verslag van {format.date_long(report)}" if report else ""
    text = f"Het advies van kracht is {advies} ({ADVIES.get(advies, 'onbekend')}){source}."
    if negative:
        text += f" De uitspraak over {' en over '.join(negative)} is negatief."
    return text


def trap(code: str | None, *, is_inspected: bool) -> str:
    """Return the sentence about the trap, with what it stands for; regulier is also who was never inspected.

    No code where nobody's trap is known.
    """
    if code is None:
        return "De trap is niet bekend: in dit schooljaar telt van niemand een doorlichting mee."
    if code == "regulier" and not is_inspected:
        return "De trap is regulier: er is geen doorlichting bekend die meetelt."
    return f"De trap is {code} ({_TRAPPEN[code]})." if code in _TRAPPEN else f"De trap is {code}."


def deadline(soort: str | None, day: date | None, is_late: bool | None) -> str | None:
    """Return the sentence about the next term after an inspection, or None where none is open."""
    if soort is None or day is None:
        return None
    words = f"{soort}, {format.date_long(day)}"
    return f"Termijn verstreken: {words}." if is_late else f"Volgende termijn: {words}."


def place(row: Mapping[str, Any], ranked: int, top_n: int) -> str:
    """Return the place in the ranking in words: the class, and the rank with its interval unless only groups count."""
    if row["klasse"] is None and row["reden"] is None:
        text = f"(Bijna) elke instelling van het netwerk hoort bij de {top_n} grootste noden, en dat zegt dus niets"
    elif row["klasse"] is None:
        text = (
            f"Of de instelling bij de {top_n} grootste noden hoort, valt niet te zeggen, want van haar hele "
            "onderwijsniveau is geen enkel criterium bekend dat meetelt"
        )
    else:
        member = f"{_MEMBERSHIP[row['klasse']]} de {top_n} grootste noden"
        text = f"De instelling {member}"
        if row["trap"] is None:
            verb, rest = member.split(" ", 1)
            text = f"Volgens de metingen alleen {verb} de instelling {rest}"
        if _is_number(row["kans_top"]):
            text += f" (kans {_chance(row['kans_top'])})"
    if row["is_in_groepen"]:
        return f"{text}. De verschillen in het netwerk zijn te klein voor een plaats."
    text += f": plaats {row['rang']} van {format.number(ranked)}"
    if certainty := place_words(row["rang_p05"], row["rang_p95"]):
        text += f", {certainty}"
    return f"{text}."


def change(row: Mapping[str, Any]) -> str | None:
    """Return the change since last year against the 90 % interval of this year's place; None without one."""
    now, before, low, high = row["rang"], row["rang_vorig"], row["rang_p05"], row["rang_p95"]
    if row["is_in_groepen"] or before is None or low is None or high is None:
        return None
    if now == before:
        return f"Vorig schooljaar stond ze ook op plaats {before}."
    places = abs(now - before)
    moved = f"{format.counted(places, 'plaats', 'plaatsen')} {'hoger' if now < before else 'lager'} nu"
    size = "binnen de onzekerheid van de plaats" if low <= before <= high else "meer dan de onzekerheid van de plaats"
    return f"Vorig schooljaar stond ze op plaats {before}: {moved}, {size}."


def support(dagdelen: float | None, schooljaar: str) -> str:
    """Return the sentence about the support of a schooljaar; None is a schooljaar without interventies delivered."""
    if dagdelen is None:
        return f"Of ze in {schooljaar} ondersteuning kreeg, is niet bekend: er zijn geen interventies geleverd."
    if dagdelen == 0:
        return f"In {schooljaar} staat er geen ondersteuning in de verslagtool."
    unit = "dagdeel" if dagdelen == 1 else "dagdelen"
    return f"In {schooljaar} kreeg ze {format.dagdelen(dagdelen)} {unit} ondersteuning."


def missing(criteria: Sequence[tuple[str, str | None]], *, is_scored: bool = True) -> str | None:
    """Return the sentence about criteria without a score, as (criterium, reason); None where all have one.

    The three reasons stay apart: not delivered, too small to show, cannot exist here. `is_scored`: something
    that counts is known of the onderwijsniveau, so that there is a score.
    """
    parts = []
    for reason, words in _WITHOUT.items():
        if names := [name for name, why in criteria if why == reason]:
            parts.append(f"{words}: {listed(names)}")
    if not parts:
        return None
    told = "; ".join([parts[0], *(part[0].lower() + part[1:] for part in parts[1:])])
    if not is_scored:
        return f"{told}. Er is geen score; de plaats rust op vaste waarden, niet op een meting."
    return f"{told}. In de score staat daar een schatting; de onzekerheid daarover zit in het interval."


def listed(words: Sequence[str]) -> str:
    """Return 'a', 'a en b' or 'a, b en c'."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} en {words[-1]}"


def rules(limits: Mapping[str, Any]) -> list[str]:
    """Return the rules in words, as a reader sees them; the limits come from the settings."""
    inner = format.percentage(limits["grens_mogelijk"], decimals=0)
    return [
        "Elke zin over een signaal vergelijkt met **vergelijkbare scholen**; zonder dat cijfer met het netwerk van "
        "hetzelfde onderwijsniveau. Er staat altijd bij waarmee. Schoolse vertraging vergelijkt met het netwerk, want "
        "vergelijkbare scholen zijn er zelf op gekozen; over de OKI staat geen zin: die beschrijft de leerlingen.",
        f"Het cijfer in een zin is **{WEIGHED}**, tot en met het gekozen: het recentste telt driemaal, dat ervoor "
        "tweemaal, het oudste eenmaal. De pagina Leerresultaten toont één schooljaar: het verschil kan er groter of "
        "kleiner zijn, of zelfs naar de andere kant wijzen.",
        f"**{CLEAR.capitalize()}**: het cijfer waarmee vergeleken wordt, ligt op of buiten de grens van het "
        f"95 %-interval van de school. **{POSSIBLE.capitalize()}**: het ligt op meer dan {inner} van de weg naar die "
        f"grens (ongeveer buiten het 80 %-interval). **{CHANCE.capitalize()}**: dichterbij. "
        f"**{UNKNOWN.capitalize()}**: er is geen interval. Een ander oordeel, zoals een kwintiel, staat er niet naast.",
        f"Geen zin bij een beschermd of ontbrekend cijfer, bij minder dan {limits['minimum_leerlingen']} leerlingen, "
        "of als het verschil na afronding nul is.",
        f"Bovenaan staan hoogstens {limits['meeste']} minder gunstige en {limits['meeste']} gunstiger signalen: eerst "
        "de duidelijke, dan de mogelijke; wat toeval kan zijn, staat enkel in de tabel.",
        "Bij twintig signalen wijkt er door toeval gemiddeld één duidelijk af. Eén zin is een aanleiding om te kijken, "
        "geen oordeel over de school.",
        "De verandering tegenover vorig schooljaar heet **binnen de onzekerheid** als de plaats van toen in het "
        "90 %-interval van nu ligt.",
    ]


def reference(row: Mapping[str, Any]) -> tuple[float | None, str]:
    """Return what an indicator is compared with, and its words: comparable schools, else the network."""
    if row["indicator"] not in CHOSEN_BY and _is_number(row["verwacht"]):
        return row["verwacht"], LIKE
    return row["netwerk_gemiddelde"], NETWORK


def _weighed(last: str | None, schooljaar: str) -> str:
    """Return over which schooljaren a value is weighed; a last measurement of an earlier schooljaar is dated."""
    return f"{WEIGHED}, laatste meting {last}" if last and last != schooljaar else f"{WEIGHED} tot en met {schooljaar}"


def _first(found: Sequence[Signal], most: int) -> list[str]:
    rest = len(found) - most
    more = [f"En nog {format.counted(rest, 'ander signaal', 'andere signalen')}, in de tabel."] if rest > 0 else []
    return [item.text for item in found[:most]] + more


def _is_number(value: Any) -> bool:
    return value is not None and isfinite(value)


def _amount(difference: float, unit: str, n: int) -> str | None:
    """Return a difference with its unit, '14 punten'; None where it rounds to nothing."""
    scale = 100 if unit in ("aandeel", "per honderd") else 1
    decimals = {"aandeel": percentage_decimals(n), "punten": 0, "per honderd": 1}.get(unit, 2)
    rounded = round_half_away(difference * scale, decimals)
    if rounded == 0:
        return None
    words = {"aandeel": " procentpunt", "punten": " punt" if rounded == 1 else " punten"}.get(unit, "")
    return f"{format.number(rounded, decimals)}{words}"


def _chance(share: float) -> str:
    """Return a chance without claiming that anything is certain."""
    if share > 0.99:
        return "meer dan 99 %"
    return "minder dan 1 %" if share < 0.01 else format.percentage(share, decimals=0)
