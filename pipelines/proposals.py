"""A proposal for source 5 from the text of an inspection report: what a person looks at, corrects and then loads.

Nothing here is ever loaded by itself. For each field the proposal gives the sentence of the report it was found in and
how sure that is: 'zeker' (the report names the field and one value), 'waarschijnlijk' (one value, by its wording),
'onzeker' (several candidates, or a guess). What is not sure comes with the reason.

What it cannot see: a level shown by a tick, a colour or a place in a table; an advice that the report words otherwise;
a subject it does not know by name; and that a sentence is about another school or an earlier inspection, unless it
says so. An empty field means "not found", never "not there".
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from pipelines import values
from pipelines.report_dates import dates_in

SURE, LIKELY, UNSURE = "zeker", "waarschijnlijk", "onzeker"
# Why a value is not sure, as a part of a sentence.
NOT_FOUND = "niet gevonden in de tekst"
NOT_SOUGHT = "een verslag noemt dit niet"
SEVERAL = "het verslag noemt verschillende waarden"
WRONG_CHECK_DIGIT = "het controlecijfer klopt niet"
ONLY_A_NUMBER = "het verslag zegt niet dat dit getal het instellingsnummer is, enkel het controlecijfer past"
FIRST_KIND = "afgeleid uit de eerste bladzijde die een soort noemt"
FROM_A_SENTENCE = "de datum staat in een zin en niet achter de naam van het veld"
ONE_DAY = "het verslag noemt één dag van het bezoek"
NOT_GIVEN = "de zin noemt een advies, maar zegt niet dat het gegeven wordt"
HALF_AN_ADVICE = "het verslag zegt enkel dat het advies {advies} is"
BY_ITS_WORDS = "afgeleid uit een zin die het onderwerp en een oordeel noemt"
MADE = "het verslag noemt zelf geen nummer van de doorlichting"
NOTHING_TO_MAKE_IT_OF = "samen te stellen uit instellingsnummer en begindatum, en die zijn niet beide gevonden"
OTHER_LINE = "de code en de inschaling staan niet op dezelfde regel"
TWO_LEVELS = "achter de code staan twee inschalingen"
LONGEST_SENTENCE = 300
FIELDS = (
    "doorlichting id", "instellingsnummer", "soort", "begindatum", "einddatum", "datum verslag", "advies",
    "uitspraak GOK", "uitspraak LLB",
)  # fmt: skip
NUMBER = re.compile(r"instellings?nummer\s*[:\-–]?\s*(\d(?:[ .]?\d){3,5})(?!\d)", re.IGNORECASE)
BARE_NUMBER = re.compile(r"(?<![\d/.-])\d{6}(?![\d/-]|\.\d)")
VISIT = re.compile(
    r"(?:(?:data|datum|dagen|periode)\s+van\s+(?:het|de)\s+(?:doorlichtings?)?(?:bezoek|doorlichting)\w*"
    r"|doorlichtingsbezoek\w*|plaatsbezoek\w*|doorgelicht)",
    re.IGNORECASE,
)
REPORT = re.compile(r"datum\s+(?:van\s+)?(?:het\s+)?(?:definitieve?\s+)?(?:doorlichtings?)?verslag\w*", re.IGNORECASE)
FAR = 160
#: How far a sentence is looked for around a place: a text without any would else be read again at every hit.
REACH = 1_000
HEAD_OF_TABLE = 3
# Of a line that begins with a capital or a digit the line before ended; the GO! of a school's name ends nothing.
SENTENCE_ENDS = re.compile(r"(?<!GO)[.!?]\s+(?=[A-Z0-9•▪])|\n(?=[A-Z0-9•▪])")
#: The wordings of the advice, the most specific first; 'ongunstig' holds 'gunstig', so the start of the word counts.
ADVICE: dict[str, re.Pattern[str]] = {
    code: re.compile(pattern, re.IGNORECASE)
    for code, pattern in {
        "2B": r"\bongunstig(?:e)?(?:\s+advies)?\s+zonder\b",
        "2A": r"\bongunstig(?:e)?(?:\s+advies)?\s+met\s+(?:het\s+|een\s+)?verzoek\b",
        "1B": r"\bgunstig(?:e)?(?:\s+advies)?\s+met\s+(?:de\s+verplichting\b[^.]{0,80}?|weg\s+te\s+werken\s+)?"
        r"tekort(?:en)?\b",
        "1A": r"\bgunstig(?:e)?(?:\s+advies)?\s+zonder\s+meer\b",
    }.items()
}
CODED_ADVICE = re.compile(r"\b(?i:advies)\s*:?\s*([12][AB])\b")
BARE_ADVICE = re.compile(r"\b(on)?gunstig\s+advies\b|\badvies\s*:\s*(on)?gunstig\b", re.IGNORECASE)
EARLIER = re.compile(r"\b(?:vorige|vroegere|eerdere|destijds|voordien)\b", re.IGNORECASE)
NOT = re.compile(r"\b(?:geen|noch)\s+(?:een\s+)?$", re.IGNORECASE)
GIVES = re.compile(r"\b(?:brengt|geeft|gaf|luidt|besluit|uitgebracht|formuleert|advies\s*:)", re.IGNORECASE)
SUBJECT_OF_RULING = {
    "uitspraak GOK": re.compile(r"\bgelijke\s*(?:onderwijs)?kansen\w*|\bGOK\b|\bonderwijskansen\w*", re.IGNORECASE),
    "uitspraak LLB": re.compile(r"\bleerlingenbegeleiding\w*|\bLLB\b", re.IGNORECASE),
}
RULING = re.compile(r"\b(positie(?:f|ve)|negatie(?:f|ve))\b(?:\s+uitspraak)?(\s+met\s+werkpunten)?", re.IGNORECASE)
RULES = re.compile(r"\b(?:uitspraak|uitspraken|oordeel\w*|beoorde\w*|geëvalueerd)\b", re.IGNORECASE)
KINDS = (
    ("herdoorlichting", re.compile(r"\bherdoorlichting\w*", re.IGNORECASE)),
    ("opvolgingsdoorlichting", re.compile(r"\bopvolgingsdoorlichting\w*", re.IGNORECASE)),
    ("doorlichting", re.compile(r"\bdoorlichting\w*", re.IGNORECASE)),
)
EXPECTATION = re.compile(r"\b(O[1-8]|K[1-6]|R[1-9]|BL[1-9])\b")
LEVEL = re.compile(r"\b(beneden|benadert|volgens|overstijgt)\s+de\s+verwachting\b", re.IGNORECASE)
SUBJECTS = (
    "Nederlands", "wiskunde", "Frans", "Engels", "Duits", "wereldoriëntatie", "mens en maatschappij",
    "wetenschappen en techniek", "muzische vorming", "lichamelijke opvoeding", "natuurwetenschappen", "fysica",
    "chemie", "biologie", "aardrijkskunde", "geschiedenis", "informatica", "economie", "techniek",
    "project algemene vakken",
    "niet-confessionele zedenleer",
)  # fmt: skip
NOTICE = (
    "Dit is een voorstel uit de tekst van het verslag, geen levering: kijk elk veld na en verbeter het. Op de pagina "
    "Leveringen kan dat, en wordt het een levering naast de lijst. Wie CSV laat schrijven, voegt de rijen toe aan de "
    "volledige lijst en laadt die: een CSV van de doorlichtingen vervangt de vorige volledige lijst."
)


@dataclass(frozen=True)
class Found:
    """A field of the delivery: its value (empty when not found), where it stands, how sure, and what else it may be.

    `reden` says why it is not sure; empty when it is.
    """

    veld: str
    waarde: str
    zin: str = ""
    bladzijde: int | None = None
    zekerheid: str = UNSURE
    anders: tuple[str, ...] = ()
    reden: str = ""


@dataclass(frozen=True)
class Scaled:
    """One inschaling with the sentence it was found in; `reden` says why it is not sure."""

    kwaliteitsverwachting: str
    onderwerp: str
    inschaling: str
    zin: str
    bladzijde: int
    zekerheid: str
    reden: str = ""


@dataclass(frozen=True)
class Proposal:
    """What a report seems to say: the fields in the order of the delivery, the inschalingen and what to mind."""

    velden: tuple[Found, ...]
    inschalingen: tuple[Scaled, ...]
    meldingen: tuple[str, ...] = field(default=(NOTICE,))

    def value(self, veld: str) -> str:
        """Return the proposed value of a field; empty when it was not found."""
        return next((found.waarde for found in self.velden if found.veld == veld), "")


@dataclass(frozen=True)
class _Hit:
    """A place in the report: its value, and the sentence around it."""

    value: str
    sentence: str
    page: int


def propose(pages: Sequence[str]) -> Proposal:
    """Return the proposal for a report of which `pages` holds the text."""
    visit = _dates("begindatum", pages, VISIT)
    number = _number(pages)
    found = {
        "instellingsnummer": number,
        "soort": _kind(pages),
        "begindatum": visit[0],
        "einddatum": _end(*visit),
        "datum verslag": _dates("datum verslag", pages, REPORT)[0],
        "advies": _advice(pages),
        **{veld: _ruling(veld, pages) for veld in SUBJECT_OF_RULING},
        "doorlichting id": _made_id(number.waarde, visit[0].waarde),
    }
    scaled, unplaced = _levels(pages)
    return Proposal(tuple(found[veld] for veld in FIELDS), scaled, _meldingen(scaled, unplaced))


def _missing(veld: str, reden: str = NOT_FOUND) -> Found:
    return Found(veld, "", reden=reden)


def _end(begin: Found, last: str) -> Found:
    """Return the end of the visit, which stands where its begin does."""
    if not begin.waarde:
        return _missing("einddatum")
    unsure = begin if last else replace(begin, zekerheid=UNSURE, reden=ONE_DAY)
    return replace(unsure, veld="einddatum", waarde=last)


def _made_id(number: str, begin: str) -> Found:
    """Return an identifier made of the instelling and the first day: a report has none."""
    if not number or not begin:
        return _missing("doorlichting id", NOTHING_TO_MAKE_IT_OF)
    day, month, year = begin.split("/")
    made = "Samengesteld uit instellingsnummer en begindatum."
    return Found("doorlichting id", f"{number}-{year}{month}{day}", made, reden=MADE)


def _meldingen(scaled: Sequence[Scaled], unplaced: int) -> tuple[str, ...]:
    texts = [NOTICE]
    if not scaled:
        texts.append(
            "Er is geen enkele inschaling gevonden. Staan ze in het verslag als een vinkje of een kleur in een tabel, "
            "dan zijn ze geen tekst: vul ze met de hand in."
        )
    if unplaced:
        texts.append(
            f"{unplaced} keer staat een inschaling in het verslag zonder code van een kwaliteitsverwachting in de "
            "buurt; die staan niet in het voorstel."
        )
    return tuple(texts)


def _hits(pages: Sequence[str], pattern: re.Pattern[str], read: Callable[[re.Match[str]], str]) -> list[_Hit]:
    return [
        _Hit(value, _sentence(text, match.start(), match.end()), page)
        for page, text in enumerate(pages, start=1)
        for match in pattern.finditer(text)
        if (value := read(match))
    ]


def _sentence(text: str, begin: int, end: int) -> str:
    """Return the sentence around a place."""
    first, last = max(0, begin - REACH), min(len(text), end + REACH)
    left = max((m.end() for m in SENTENCE_ENDS.finditer(text, first, begin + 1) if m.end() <= begin), default=first)
    right = SENTENCE_ENDS.search(text, end, last)
    stop = right.start() + 1 if right else last
    sentence = " ".join(text[left:stop].split())
    return re.sub(values.EMAIL, "[e-mail]", sentence)[:LONGEST_SENTENCE]


def _best(veld: str, hits: Sequence[_Hit], sure: str, reden: str = "") -> Found:
    """Return the first of the candidates; with more than one different value nothing is sure.

    `sure` is how sure one value is, and `reden` why it is no more than that.
    """
    if not hits:
        return _missing(veld)
    found = Found(veld, hits[0].value, hits[0].sentence, hits[0].page, sure, reden=reden)
    others = tuple(dict.fromkeys(hit.value for hit in hits if hit.value != hits[0].value))
    return replace(found, zekerheid=UNSURE, anders=others, reden=_both(SEVERAL, reden)) if others else found


def _both(one: str, other: str) -> str:
    return "; ".join(reden for reden in (one, other) if reden)


def _number(pages: Sequence[str]) -> Found:
    """Return the instellingsnummer: where the report names it, else a number of which the check digit fits."""
    named = _hits(pages, NUMBER, lambda match: values.instellingsnummer(re.sub(r"[ .]", "", match[1])) or "")
    if named:
        found = _best("instellingsnummer", named, SURE)
        fits = values.has_valid_check_digit(found.waarde)
        return found if fits else replace(found, zekerheid=UNSURE, reden=_both(WRONG_CHECK_DIGIT, found.reden))
    bare = _hits(pages, BARE_NUMBER, lambda match: match[0] if values.has_valid_check_digit(match[0]) else "")
    return _best("instellingsnummer", bare, UNSURE, ONLY_A_NUMBER)


def _kind(pages: Sequence[str]) -> Found:
    """Return the kind of inspection by the first page that names one, the rarest kind first."""
    for page in pages:
        for value, pattern in KINDS:
            hits = _hits([page], pattern, lambda _, value=value: value)  # type: ignore[misc]
            if hits:
                number = list(pages).index(page) + 1
                return Found("soort", value, hits[0].sentence, number, LIKELY, reden=FIRST_KIND)
    return _missing("soort")


def _dates(veld: str, pages: Sequence[str], label: re.Pattern[str]) -> tuple[Found, str]:
    """Return the first date shortly after a label, and the last of several (empty when there is one)."""
    for page, text in enumerate(pages, start=1):
        for match in label.finditer(text):
            rest = re.split(r"\n(?=[A-Z][a-z]+ [a-z]+ [a-z]+|[A-Z][a-z]+\s*:)", text[match.end() : match.end() + FAR])[
                0
            ]
            dates = dates_in(rest.replace("\n", " "))
            if dates:
                is_named = veld == "datum verslag" or re.match(r"\s*:", text[match.end() :])
                sure, reden = (SURE, "") if is_named else (LIKELY, FROM_A_SENTENCE)
                sentence = _sentence(text, match.start(), match.end() + len(rest))
                last = f"{dates[-1]:%d/%m/%Y}" if len(dates) > 1 and veld == "begindatum" else ""
                return Found(veld, f"{dates[0]:%d/%m/%Y}", sentence, page, sure, reden=reden), last
    return _missing(veld), ""


def _advice(pages: Sequence[str]) -> Found:
    """Return the advice: by its code, by its wording, else by 'gunstig' alone, which leaves open which of two."""
    coded = _hits(pages, CODED_ADVICE, lambda match: match[1].upper())
    if coded:
        return _best("advies", coded, SURE)
    worded = [hit for code, pattern in ADVICE.items() for hit in _given(pages, pattern, code)]
    if worded:
        worded.sort(key=lambda hit: not GIVES.search(hit.sentence))
        sure, reden = (SURE, "") if GIVES.search(worded[0].sentence) else (LIKELY, NOT_GIVEN)
        return _best("advies", worded, sure, reden)
    bare = [
        hit
        for hit in _hits(pages, BARE_ADVICE, lambda match: "ongunstig" if match[1] or match[2] else "gunstig")
        if not EARLIER.search(hit.sentence)
    ]
    if not bare:
        return _missing("advies")
    others = {"gunstig": ("1A", "1B"), "ongunstig": ("2A", "2B")}
    return Found(
        "advies",
        "",
        bare[0].sentence,
        bare[0].page,
        UNSURE,
        others[bare[0].value],
        HALF_AN_ADVICE.format(advies=bare[0].value),
    )


def _given(pages: Sequence[str], pattern: re.Pattern[str], code: str) -> list[_Hit]:
    """Return where an advice is given: not denied, not that of before, and not in a list of all that exist."""
    found = []
    for page, text in enumerate(pages, start=1):
        for match in pattern.finditer(text):
            sentence = _sentence(text, match.start(), match.end())
            kinds = sum(bool(other.search(sentence)) for other in ADVICE.values())
            if (
                kinds == 1
                and not EARLIER.search(sentence)
                and not NOT.search(text[max(0, match.start() - REACH) : match.start()])
            ):
                found.append(_Hit(code, sentence, page))
    return found


def _ruling(veld: str, pages: Sequence[str]) -> Found:
    """Return the ruling on GOK or LLB: a sentence that names the subject, that it rules, and how."""
    hits = []
    for hit in _hits(pages, RULING, lambda match: _ruled(match)):
        is_about = SUBJECT_OF_RULING[veld].search(hit.sentence)
        others = [other for name, other in SUBJECT_OF_RULING.items() if name != veld and other.search(hit.sentence)]
        if is_about and not others and RULES.search(hit.sentence) and not EARLIER.search(hit.sentence):
            hits.append(hit)
    return _best(veld, hits, LIKELY, BY_ITS_WORDS)


def _ruled(match: re.Match[str]) -> str:
    word = "positief" if match[1].lower().startswith("positie") else "negatief"
    return f"{word} met werkpunten" if word == "positief" and match[2] else word


def _levels(pages: Sequence[str]) -> tuple[tuple[Scaled, ...], int]:
    """Return the inschalingen, and how often a level stands without the code of an expectation before it.

    Three levels or more without a code between them are the head of a table, not results; of two nobody knows which.
    """
    found: dict[tuple[str, str], Scaled] = {}
    unplaced = 0
    for page, text in enumerate(pages, start=1):
        marks = sorted([*EXPECTATION.finditer(text), *LEVEL.finditer(text)], key=lambda mark: mark.start())
        code: re.Match[str] | None = None
        for is_level, run in groupby(marks, key=lambda mark: mark.re is LEVEL):
            same = list(run)
            if not is_level:
                code = same[-1]
            elif len(same) < HEAD_OF_TABLE:
                if code is None or same[0].start() - code.end() > FAR:
                    unplaced += 1
                else:
                    _keep(found, _scaled(text, code, same, page))
    return tuple(found.values()), unplaced


def _keep(found: dict[tuple[str, str], Scaled], scaled: Scaled) -> None:
    """Keep the first inschaling of an expectation; one that says otherwise makes it unsure."""
    key = (scaled.kwaliteitsverwachting, scaled.onderwerp)
    known = found.setdefault(key, scaled)
    if known.inschaling != scaled.inschaling:
        reden = f"op bladzijde {scaled.bladzijde} staat: {scaled.inschaling}"
        if reden not in known.reden:
            found[key] = replace(known, zekerheid=UNSURE, reden=_both(known.reden, reden))


def _scaled(text: str, code: re.Match[str], levels: Sequence[re.Match[str]], page: int) -> Scaled:
    between = text[code.end() : levels[0].start()]
    subject = next((name for name in SUBJECTS if re.search(rf"\b{re.escape(name)}\b", between, re.IGNORECASE)), "")
    sentence = " ".join(text[code.start() : levels[-1].end()].split())[:LONGEST_SENTENCE]
    reden = _both(OTHER_LINE if "\n" in between else "", TWO_LEVELS if len(levels) > 1 else "")
    level = f"{levels[0][1].lower()} de verwachting"
    return Scaled(code[1].upper(), subject, level, sentence, page, UNSURE if reden else SURE, reden)
