"""Files that are no table at all, or whose wrapping is damaged, protected or dangerous."""

import io
import struct
import zipfile

from tests.pipelines.corpus.entry import Refused, Taken
from tests.pipelines.corpus.sheets import PLANNING, changed
from tests.pipelines.workbooks import dossier

NO_TABLE = "Het bestand is {}, geen CSV of XLSX. Lever een CSV of een XLSX."
VOORSTEL = " Een verslag van een doorlichting leest de pagina Leveringen (Verslag) of 'sterrenwacht voorstel'."
NO_TEXT = "Het bestand is geen tekstbestand. Lever een CSV of een XLSX."
NO_WORKBOOK = "Het bestand is een zip zonder Excelwerkboek. Lever een CSV of een XLSX."
DAMAGED_ARCHIVE = "Het Excelbestand is beschadigd of onvolledig overgekomen. Lever het opnieuw."
DAMAGED = "Het Excelbestand is beschadigd en kan niet gelezen worden. Open het in Excel en bewaar het opnieuw."
NO_EXCEL = "Het Excelbestand is beschadigd en kan niet geopend worden. Bewaar het opnieuw."
SHEET, STRINGS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"


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
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def with_false_size(part: str, padding: int, size: int) -> bytes:
    """Return a workbook of which one part is padded with spaces, while the archive says another size."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLANNING)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                text = text.replace(b"</sheetData>", b"</sheetData>" + b" " * padding)
            target.writestr(name, text)
            if name == part:
                target.filelist[-1].file_size = size
    return buffer.getvalue()


def laughing(entities: str, reference: str) -> bytes:
    """Return a workbook whose texts begin with a document type of these entities, and use one."""
    declaration = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    begun = f'<?xml version="1.0"?><!DOCTYPE sst [{entities}]>'.encode()
    text = changed(PLANNING, STRINGS, declaration, begun)
    return changed(text, STRINGS, b"<t>vt</t>", f"<t>&{reference};</t>".encode())


BILLION = '<!ENTITY a "lollollollol">' + "".join(
    f'<!ENTITY {chr(98 + depth)} "{f"&{chr(97 + depth)};" * 10}">' for depth in range(9)
)
HALF = len(dossier()) // 2
FLIPPED = bytearray(PLANNING)
FLIPPED[PLANNING.index(SHEET.encode()) + 60] ^= 0xFF

REFUSED = [
    Refused("rapport.csv", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", NO_TABLE.format("een PDF") + VOORSTEL),
    Refused("foto.csv", b"\x89PNG\r\n\x1a\n\x00\x00", NO_TABLE.format("een afbeelding")),
    Refused("ingepakt.csv", b"\x1f\x8b\x08\x00abc", NO_TABLE.format("een gecomprimeerd bestand (gzip)")),
    Refused("brief.csv", b"{\\rtf1\\ansi Beste}", NO_TABLE.format("een tekstdocument (RTF)")),
    Refused(
        "pagina.csv",
        b"\n<!DOCTYPE html><html><body>Meld je aan</body></html>",
        NO_TABLE.format("een webpagina of XML"),
    ),
    Refused(
        "tabel uit een webpagina.xls", b"<table><tr><td>a;b</td></tr></table>", NO_TABLE.format("een webpagina of XML")
    ),
    Refused(
        "gelach.csv",
        f'<?xml version="1.0"?><!DOCTYPE sst [{BILLION}]><sst>&j;</sst>'.encode(),
        NO_TABLE.format("een webpagina of XML"),
    ),
    Refused("programma.csv", b"MZ\x90\x00\x03\x00\x00", NO_TEXT),
    Refused("kolommen.csv", b"PAR1\x15\x04\x15\x10\x00\x00", NO_TEXT),
    Refused(
        "agenda.ics",
        b"BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        "De agenda bevat geen enkel item. Exporteer hem opnieuw, met de juiste periode.",
    ),
    Refused("niets.csv", b"", "Het bestand is leeg (0 bytes). Exporteer het opnieuw."),
    Refused("wit.csv", b"\xef\xbb\xbf \r\n\r\n", "Het bestand bevat geen tekst. Exporteer het opnieuw."),
    Refused(
        "geheim.xlsx",
        compound_file("EncryptionInfo", "EncryptedPackage"),
        "Het bestand is beveiligd met een wachtwoord. Verwijder de beveiliging en lever opnieuw.",
    ),
    Refused("oud.xls", compound_file("Workbook"), "Het bestand heeft het oude formaat .xls. Bewaar het als .xlsx."),
    Refused("map.zip", archive_of(**{"a.txt": "a"}), NO_WORKBOOK),
    Refused("brief.docx", archive_of(**{"word/document.xml": "<a/>"}), NO_WORKBOOK),
    Refused("tabel.ods", archive_of(**{"content.xml": "<a/>"}), NO_WORKBOOK),
    Refused("tabel.xlsb", archive_of(**{"xl/workbook.bin": "a"}), NO_WORKBOOK),
    Refused("afgebroken.xlsx", dossier()[:HALF], DAMAGED_ARCHIVE),
    Refused("omgevallen bit.xlsx", bytes(FLIPPED), DAMAGED_ARCHIVE),
    Refused("kapot.xlsx", archive_of(**{"xl/workbook.xml": "<workbook/>"}), DAMAGED),
    Refused("zonder blad.xlsx", changed(PLANNING, SHEET, None), DAMAGED),
    Refused("zonder teksten.xlsx", changed(PLANNING, STRINGS, None), DAMAGED),
    Refused("tekst die er niet is.xlsx", changed(PLANNING, SHEET, b't="s"><v>0</v>', b't="s"><v>9999</v>'), DAMAGED),
    Refused("tekst.xlsx", b"schooljaar;instellingsnummer\n", NO_EXCEL),
    Refused("rommel ervoor.xlsx", b"rommel" + PLANNING, NO_EXCEL),
    Refused(
        "zipbom.xlsx",
        with_false_size(SHEET, padding=5_000_000, size=3 << 30),
        "Het Excelbestand is uitgepakt groter dan 1 GB. Lever de gegevens als CSV.",
    ),
    Refused("zipbom die liegt.xlsx", with_false_size(SHEET, padding=20_000_000, size=2_000), DAMAGED_ARCHIVE),
    Refused("miljard keer lachen.xlsx", laughing(BILLION, "j"), DAMAGED_ARCHIVE),
    Refused("bestand van de server.xlsx", laughing('<!ENTITY x SYSTEM "file:///etc/passwd">', "x"), DAMAGED),
]

TAKEN = [
    Taken("werkboek dat csv heet.csv", PLANNING, 9),
    Taken("rommel erachter.xlsx", PLANNING + b"rommel" * 10, 9),
    Taken("zonder opmaak.xlsx", changed(PLANNING, STYLES, None), 9),
]
