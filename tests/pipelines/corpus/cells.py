"""Values that are odd: numbers, dates, schooljaren, instellingsnummers, keys, and how many rows may be at fault."""

from tests.pipelines.corpus.entry import Fault, Refused, Taken, planning
from tests.pipelines.corpus.headers import CATEGORIES
from tests.pipelines.small_deliveries import INSCHRIJVINGEN_HEADER, INSTELLINGEN, inschrijving

EMPTY = "is leeg maar verplicht"
NO_NUMBER = "is geen getal"
NO_DATE = "is geen bestaande datum van 1950 tot 2099 (dd/mm/jjjj)"
NO_YEAR = "is geen schooljaar (zoals 2025-2026)"
NO_SCHOOL = "is geen instellingsnummer van 6 cijfers"
SUPPRESSED = "verbergt het getal, maar dat getal is hier nodig"
KEY = "schooljaar, begeleider, categorie, scholengroep nummer"
GOOD = None

NUMBERS = {
    "1.234,5": "is groter dan 1.000", "1 234": "is groter dan 1.000", "−3": "is kleiner dan 0", "(5)": NO_NUMBER,
    "NaN": NO_NUMBER, "inf": NO_NUMBER, "1e400": NO_NUMBER, "5 %": NO_NUMBER, "€ 5": NO_NUMBER, "٣": NO_NUMBER,
    "1,2,3": NO_NUMBER, "1..2": NO_NUMBER, "3 dagdelen": NO_NUMBER, "=1+1": NO_NUMBER, "<5": SUPPRESSED,
    "n.v.t.": EMPTY, "": EMPTY, "1e3": GOOD, "0,5": GOOD, "00012": GOOD, "5,": GOOD,
}  # fmt: skip
DATES = {
    "31/02/2025": NO_DATE, "29/02/2023": NO_DATE, "00/00/0000": NO_DATE, "1/13/2025": NO_DATE, "2025-13-01": NO_DATE,
    "9999-12-31": NO_DATE, "1-9-25": NO_DATE, "1 september 2025": NO_DATE, "-1": NO_DATE, "": EMPTY,
    "29/02/2024": GOOD, "45931": GOOD, "45931,5": GOOD, "2025-09-01T00:00:00": GOOD, "01.09.2025": GOOD,
}  # fmt: skip
SCHOOLJAREN = {
    "2025-2027": NO_YEAR, "25-26": NO_YEAR, "20252026": NO_YEAR, "schooljaar 2025-2026": NO_YEAR, "": EMPTY,
    "2025/2026": GOOD, "2025–2026": GOOD, "2025-26": GOOD, "2526.0": GOOD,
}  # fmt: skip
SCHOOLS = {
    "0": NO_SCHOOL, "1234567": NO_SCHOOL, "abc": NO_SCHOOL, "1,23E+05": NO_SCHOOL, "": EMPTY,
    "12344.0": GOOD, " 012 344 ": GOOD, "EXTERN": GOOD,
}  # fmt: skip


def of_planning(label: str, values: dict[str, str | None], column: str) -> list[Taken]:
    """Return a planning per value of one column: ten rows, the last with the value."""
    return [
        Taken(f"{label} {place:02d}.csv", planning(_planned(column, value)), 10, _fault(column, value, reason))
        for place, (value, reason) in enumerate(values.items(), start=1)
    ]


def _planned(column: str, value: str) -> str:
    cells = {"schooljaar": "2025-2026", "begeleider": "B100", "categorie": "vt", "nummer": "12", "dagdelen": "3"}
    return ";".join((cells | {column: value}).values())


def of_registrations(label: str, values: dict[str, str | None], cell: str, column: str) -> list[Taken]:
    """Return registrations per value of one cell: ten rows, the last with the value."""
    good = INSCHRIJVINGEN_HEADER + "".join(inschrijving(number) for number in range(1, 10))
    return [
        Taken(
            f"{label} {place:02d}.csv",
            (good + inschrijving(10, **{cell: value})).encode(),
            10,
            _fault(column, value, reason),
        )
        for place, (value, reason) in enumerate(values.items(), start=1)
    ]


def _fault(column: str, value: str, reason: str | None) -> tuple[Fault, ...]:
    return ((11, column, value or None, reason),) if reason else ()


def registrations(*rows: str) -> bytes:
    """Return registrations with these rows."""
    return (INSCHRIJVINGEN_HEADER + "".join(rows)).encode()


REFUSED = [
    Refused(
        "te veel fouten.csv",
        registrations(
            *(inschrijving(number) for number in range(40, 47)),
            *(inschrijving(number, op="31/02/2025") for number in (50, 51)),
            inschrijving(52, status="misschien"),
        ),
        "3 van de 10 rijen breken een regel, meer dan een vijfde: het bestand is geweigerd. Meest voorkomend: "
        "kolom 'ingeschreven op': is geen bestaande datum van 1950 tot 2099 (dd/mm/jjjj) (2x); kolom 'status': is geen "
        "geldige waarde; kies uit: ingeschreven, wachtlijst, geannuleerd (1x). Eerste: rij 9, waarde '31/02/2025'.",
    ),
    Refused(
        "een van de vier.csv",
        planning("2025-2026;B100;vt;12;x", good=3),
        "1 van de 4 rijen breekt een regel, meer dan een vijfde: het bestand is geweigerd. Meest voorkomend: "
        "kolom 'dagdelen': is geen getal (1x). Eerste: rij 5, waarde 'x'.",
    ),
    Refused(
        "onbekende instellingen.csv",
        registrations(*(inschrijving(n, instelling="999991" if n % 2 else "012344") for n in range(60, 70))),
        "5 van de 10 rijen (inschrijvingen) verwijzen naar iets dat niet geladen is of breken een regel; dat is te "
        "veel om de rest te vertrouwen. Het quarantainebestand van deze levering toont welke rijen. Laad eerst de "
        "lijst waarnaar ze verwijzen, of verbeter de rijen.",
    ),
]

TAKEN = [
    *of_planning("getal", NUMBERS, "dagdelen"),
    *of_planning("schooljaar", SCHOOLJAREN, "schooljaar"),
    *of_registrations("datum", DATES, "op", "ingeschreven op"),
    *of_registrations("instelling", SCHOOLS, "instelling", "instellingsnummer"),
    Taken("een van de vijf.csv", planning("2025-2026;B100;vt;12;x", good=4), 5, ((6, "dagdelen", "x", NO_NUMBER),)),
    Taken(
        "sleutel dubbel.csv",
        planning("2025-2026;B001;vt;12;4"),
        10,
        ((11, KEY, "2025-2026", "staat met dezelfde sleutel al op rij 2"),),
    ),
    Taken(
        "sleutel anders geschreven.csv",
        planning("2526;b001;VT;012;4"),
        10,
        ((11, KEY, "2526", "staat met dezelfde sleutel al op rij 2"),),
    ),
    Taken("sleutel leeg.csv", planning("2025-2026;;vt;12;4"), 10, ((11, "begeleider", None, EMPTY),)),
    Taken(
        "alles fout in een rij.csv",
        planning("2025;B100;iets;abc;x"),
        10,
        (
            (11, "categorie", "iets", CATEGORIES),
            (11, "scholengroep nummer", "abc", "is geen nummer van een scholengroep"),
            (11, "dagdelen", "x", NO_NUMBER),
        ),
    ),
    Taken(
        "controlecijfer.csv",
        registrations(*(inschrijving(number) for number in range(1, 10)), inschrijving(10, instelling="012345")),
        10,
        notes=(
            "1 instellingsnummer(s) in 'instellingsnummer' met een controlecijfer dat niet klopt, zoals 012345. Een "
            "rij wordt daarvoor niet geweigerd.",
        ),
    ),
    Taken(
        "opdracht en opmaak in namen.csv",
        INSTELLINGEN.replace("School 012344", "=cmd|' /C calc'!A0")
        .replace("School 012351", "<script>alert(1)</script>")
        .encode(),
        6,
    ),
]
