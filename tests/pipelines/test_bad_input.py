"""What each kind of bad file gets: its own Dutch sentence, its exit code, and a published version left alone."""

import os
import struct
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from pipelines.archive import fingerprint
from tests.e2e.command_line import run, status
from tests.pipelines.small_deliveries import (
    ACTIVITEITEN,
    INSCHRIJVINGEN,
    INSCHRIJVINGEN_HEADER,
    INSTELLINGEN,
    INSTELLINGEN_HEADER,
    inschrijving,
    write,
)
from tests.pipelines.workbooks import dossier, workbook

REJECTED, TAKEN = 4, 0


@dataclass(frozen=True)
class Bad:
    """One bad file and the sentence it gets."""

    name: str
    content: bytes
    sentence: str


def compound_file(*streams: str) -> bytes:
    """Return a compound file (OLE): a header, a sector of allocations and a directory with these entries."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    sectors = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    for name in ("Root Entry", *streams):
        text = name.encode("utf-16-le") + b"\x00\x00"
        sectors += text.ljust(64, b"\x00") + struct.pack("<H", len(text)) + bytes(62)
    return header.ljust(512, b"\xff") + sectors.ljust(1024, b"\x00")


def archive_of(**files: str) -> bytes:
    """Return a zip with these files."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def csv(text: str) -> bytes:
    return text.encode()


GOOD_DOSSIER = dossier()
MORE_THAN_A_FIFTH = (
    "".join(inschrijving(n) for n in range(40, 47))
    + "".join(inschrijving(n, op="31/02/2025") for n in range(50, 52))
    + inschrijving(52, status="misschien")
)
UNKNOWN = "".join(inschrijving(n, instelling="999991" if n % 2 else "012344") for n in range(60, 70))

FILES = [
    Bad(
        "rapport.csv",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        "Het bestand is een PDF, geen CSV of XLSX. Lever een CSV of een XLSX. Een verslag van een doorlichting leest "
        "'sterrenwacht voorstel'.",
    ),
    Bad(
        "foto.csv",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        "Het bestand is een afbeelding, geen CSV of XLSX. Lever een CSV of een XLSX.",
    ),
    Bad(
        "pagina.csv",
        csv("\n<!DOCTYPE html><html><body>Meld je aan</body></html>"),
        "Het bestand is een webpagina of XML, geen CSV of XLSX. Lever een CSV of een XLSX.",
    ),
    Bad("programma.csv", b"MZ\x90\x00\x03\x00\x00", "Het bestand is geen tekstbestand. Lever een CSV of een XLSX."),
    Bad(
        "agenda.ics",
        csv("BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
        "De agenda bevat geen enkel item. Exporteer hem opnieuw, met de juiste periode.",
    ),
    Bad("niets.csv", b"", "Het bestand is leeg (0 bytes). Exporteer het opnieuw."),
    Bad("wit.csv", b"\xef\xbb\xbf \r\n\r\n", "Het bestand bevat geen tekst. Exporteer het opnieuw."),
    Bad(
        "kop.csv",
        csv(INSTELLINGEN_HEADER),
        "Er staat enkel een kop, geen gegevens (lijst van de instellingen per schooljaar).",
    ),
    Bad(
        "streep.csv",
        csv(INSTELLINGEN.replace(";", "|")),
        "Er is geen scheidingsteken herkend: de kolommen horen gescheiden te zijn door een puntkomma, een komma of een "
        "tab. Gevonden: '|'.",
    ),
    Bad(
        "gemengd.csv",
        csv(INSTELLINGEN.replace("De Ster", "Dé Ster")) + INSTELLINGEN_HEADER.replace("naam", "ë").encode("cp1252"),
        "Het bestand mengt twee tekensets (UTF-8 en Windows-1252), onder meer op regel 2 en regel 8. Bewaar het "
        "opnieuw als 'CSV UTF-8'.",
    ),
    Bad(
        "geheim.xlsx",
        compound_file("EncryptionInfo", "EncryptedPackage"),
        "Het bestand is beveiligd met een wachtwoord. Verwijder de beveiliging en lever opnieuw.",
    ),
    Bad("oud.xls", compound_file("Workbook"), "Het bestand heeft het oude formaat .xls. Bewaar het als .xlsx."),
    Bad(
        "afgebroken.xlsx",
        GOOD_DOSSIER[: len(GOOD_DOSSIER) // 2],
        "Het Excelbestand is beschadigd of onvolledig overgekomen. Lever het opnieuw.",
    ),
    Bad(
        "kapot.xlsx",
        archive_of(**{"xl/workbook.xml": "<workbook/>"}),
        "Het Excelbestand is beschadigd en kan niet gelezen worden. Open het in Excel en bewaar het opnieuw.",
    ),
    Bad(
        "tekst.xlsx",
        csv(INSTELLINGEN_HEADER + "\n"),
        "Het Excelbestand is beschadigd en kan niet geopend worden. Bewaar het opnieuw.",
    ),
    Bad(
        "map.zip",
        archive_of(**{"a.txt": "a"}),
        "Het bestand is een zip zonder Excelwerkboek. Lever een CSV of een XLSX.",
    ),
    Bad(
        "dossier_zonder_blad.xlsx",
        dossier(Leerrecht=None),
        "Het blad 'Leerrecht' ontbreekt of is leeg. Gevonden: 'Instroom', 'Doorstroom', 'Leerresultaten', "
        "'Doorlichtingen'.",
    ),
    Bad(
        "dossier_met_een_blad.xlsx",
        dossier(Doorstroom=None, Leerrecht=None, Leerresultaten=None, Doorlichtingen=None),
        "De bladen 'Doorstroom', 'Leerrecht', 'Leerresultaten', 'Doorlichtingen' ontbreken of zijn leeg. Gevonden: "
        "'Instroom'.",
    ),
    Bad(
        "dossier_met_enkel_een_kop.xlsx",
        dossier(Leerrecht=[["schooljaar", "instellingsnummer", "noemer"]]),
        "Er staat enkel een kop, geen gegevens (leerrecht: problematische afwezigheden en uitsluitingen). Blad "
        "'Leerrecht'.",
    ),
    Bad(
        "kolom_ontbreekt.csv",
        csv(INSTELLINGEN.replace("personeelsleden", "Personeels-leden")),
        "De verplichte kolom 'personeelsleden' ontbreekt (Lijst van de instellingen per schooljaar). De "
        "dichtstbijzijnde kop is 'Personeels-leden'.",
    ),
    Bad(
        "kolom_ontbreekt_op_blad.xlsx",
        dossier(Leerrecht=[["schooljaar", "instellingsnummer", "noemers"], ["2025-2026", 12344, 20]]),
        "De verplichte kolom 'noemer' ontbreekt op blad 'Leerrecht' (Leerrecht: problematische afwezigheden en "
        "uitsluitingen). De dichtstbijzijnde kop is 'noemers'.",
    ),
    Bad(
        "kolom_dubbel.csv",
        csv(INSTELLINGEN.replace("leerlingen", "VTE")),
        "De kolom 'vte' staat er meer dan eens: in G en I. Laat er één staan.",
    ),
    Bad(
        "onbekend.csv",
        csv("kleur;vorm;maat\nrood;rond;3\n"),
        "De kop past bij geen enkele bekende bron. Vergelijk de kolomnamen met docs/leveringen.md.",
    ),
    Bad(
        "onbekend.xlsx",
        workbook({"Blad1": [["kleur", "vorm"], ["rood", "rond"]]}),
        "De kop op blad 'Blad1' past bij geen enkele bekende bron. Vergelijk de kolomnamen met docs/leveringen.md.",
    ),
    Bad(
        "agenda.csv",
        csv(
            'Begindatum,Begintijd,Einddatum,Eindtijd,"Gebeurtenis, duurt hele dag"\n'
            "2-9-2025,9:00,2-9-2025,10:00,Onwaar\n"
        ),
        "De bestandsnaam van een agenda begint met de code van de begeleider, zoals B017_agenda.csv.",
    ),
    Bad(
        "te_veel_fouten.csv",
        csv(INSCHRIJVINGEN_HEADER + MORE_THAN_A_FIFTH),
        "3 van de 10 rijen breken een regel, meer dan een vijfde: het bestand is geweigerd. Meest voorkomend: "
        "'ingeschreven op' is geen bestaande datum van 1950 tot 2099 (dd/mm/jjjj) (2x); 'status' is geen geldige "
        "waarde; kies uit: ingeschreven, wachtlijst, geannuleerd (1x). Eerste: rij 9, waarde '31/02/2025'.",
    ),
    Bad(
        "onbekende_instellingen.csv",
        csv(INSCHRIJVINGEN_HEADER + UNKNOWN),
        "5 van de 10 rijen (inschrijvingen) verwijzen naar iets dat niet geladen is of breken een regel; dat is te "
        "veel om de rest te vertrouwen. Laad eerst de lijst waarnaar ze verwijzen, of verbeter de rijen.",
    ),
]


def published(data: Path) -> tuple[str, int, str]:
    """Return the published path, its version and the hash of its bytes."""
    found = status(data)
    return found["warehouse"], found["versie"], fingerprint(Path(found["warehouse"]))


@dataclass(frozen=True)
class Refusals:
    """What loading all bad files on top of a published version gave."""

    data: Path
    before: tuple[str, int, str]
    code: int
    lines: list[str]


@pytest.fixture(scope="module")
def refusals(tmp_path_factory: pytest.TempPathFactory) -> Refusals:
    """Publish a version from good files, then load every bad one."""
    folder = tmp_path_factory.mktemp("geweigerd")
    data = folder / "data"
    good = write(folder / "goed", instellingen=INSTELLINGEN, activiteiten=ACTIVITEITEN, inschrijvingen=INSCHRIJVINGEN)
    code, printed = run(data, "laad", *map(str, good))
    assert code == TAKEN, printed
    before = published(data)
    (folder / "slecht").mkdir()
    for bad in FILES:
        (folder / "slecht" / bad.name).write_bytes(bad.content)
    code, printed = run(data, "laad", *(str(folder / "slecht" / bad.name) for bad in FILES))
    return Refusals(data, before, code, printed.splitlines())


@pytest.mark.parametrize("bad", FILES, ids=lambda bad: bad.name)
def test_a_bad_file_is_refused_with_its_own_sentence(refusals: Refusals, bad: Bad) -> None:
    assert f"{bad.name}: geweigerd. {bad.sentence}" in refusals.lines


def test_bad_files_leave_the_published_version_alone(refusals: Refusals) -> None:
    assert refusals.code == REJECTED
    assert refusals.lines[len(FILES) :] == ["De gepubliceerde versie blijft wat ze was."]
    assert published(refusals.data) == refusals.before


def test_status_tells_of_every_refused_file(refusals: Refusals) -> None:
    told = {(row["bestand"], row["boodschap"]) for row in status(refusals.data)["leveringen"]}
    assert {(bad.name, bad.sentence) for bad in FILES} <= told


def test_one_bad_file_is_enough_for_its_exit_code(refusals: Refusals, tmp_path: Path) -> None:
    path = tmp_path / "weg.csv"
    code, printed = run(refusals.data, "laad", str(path))
    assert code == REJECTED
    assert printed.startswith(f"weg.csv: geweigerd. Het bestand of de map '{path}' bestaat niet.")


def test_a_file_of_two_gigabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "groot.csv"
    path.touch()
    os.truncate(path, 2_000_000_000)
    code, printed = run(tmp_path / "data", "controleer", str(path))
    assert code == REJECTED
    assert printed.splitlines()[0] == (
        "groot.csv: geweigerd. Het bestand is 2,0 GB groot; de grens is 1,5 GB. Splits het per schooljaar en lever de "
        "delen apart."
    )
