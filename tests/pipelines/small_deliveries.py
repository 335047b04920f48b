"""A few small deliveries that fit together: what the tests of loading start from."""

from pathlib import Path

INSTELLINGEN_HEADER = (
    "schooljaar;instellingsnummer;naam;onderwijsniveau;scholengroep nummer;scholengroep;leerlingen;"
    "personeelsleden;vte;spoc\n"
)
#: Numbers whose check digit fits.
NUMBERS = ("012344", "012351", "012369", "111112", "000059", "000091")
INSTELLINGEN = INSTELLINGEN_HEADER + "".join(
    f"2025-2026;{number};School {number};BaO;12;De Ster;200;20;15,5;spoc.persoon@go.example\n" for number in NUMBERS
)
ACTIVITEITEN = (
    "activiteit id;titel;strategie;startdatum;einddatum;dagdelen;schooljaar;organisator\n"
    "A1;Klasmanagement;vorming;1/10/2025;1/10/2025;1;2025-2026;PBD\n"
    "A2;Taalbeleid;opleiding;2/10/2025;9/10/2025;4;2025-2026;PBD\n"
)
INSCHRIJVINGEN_HEADER = (
    "inschrijving id;activiteit id;e-mail;naam;ambt;anciënniteit;instellingsnummer;ingeschreven op;status;aanwezig\n"
)


def inschrijving(number: int, **changed: str) -> str:
    """Return one row of inschrijvingen; `changed` gives cells by a short name."""
    cells = {
        "nr": f"I{number}",
        "activiteit": "A1",
        "mail": f"deelnemer.{number}@school.example",
        "naam": f"Deelnemer Nummer{number}",
        "ambt": "leraar",
        "jaren": "10",
        "instelling": NUMBERS[number % len(NUMBERS)],
        "op": "15/9/2025",
        "status": "ingeschreven",
        "aanwezig": "ja",
    }
    return ";".join((cells | changed).values()) + "\n"


INSCHRIJVINGEN = INSCHRIJVINGEN_HEADER + "".join(inschrijving(number) for number in range(1, 26))


def write(folder: Path, **files: str | bytes) -> list[Path]:
    """Write files by the stem of their name as CSV, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for stem, content in files.items():
        path = folder / f"{stem}.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append(path)
    return paths
