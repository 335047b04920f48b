"""Workbooks that are odd within: hidden and empty sheets, formulas, dates, merged and far cells."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import xlsxwriter
from openpyxl import Workbook

from tests.pipelines.corpus.entry import PLANNING_HEADER, Refused, Taken
from tests.pipelines.small_deliveries import INSTELLINGEN_HEADER
from tests.pipelines.workbooks import DOSSIER, dossier, workbook

HEADER = PLANNING_HEADER.strip().split(";")
ROWS: list[list[Any]] = [["2025-2026", f"B{number:03d}", "vt", 12, 3] for number in range(1, 10)]
PLANNING = workbook({"Planning": [HEADER, *ROWS]})
LEAVE = ["persoon", "stelsel", "van", "tot", "percentage"]
MACRO = (b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")
STRICT = (
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)
NO_NUMBER, EMPTY = "is geen getal", "is leeg maar verplicht"


def changed(data: bytes, part: str, old: bytes | None, new: bytes = b"", **added: bytes) -> bytes:
    """Return a workbook with `old` replaced in the parts that end so; None leaves the part out."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            if not name.endswith(part):
                target.writestr(name, text)
            elif old is not None:
                target.writestr(name, text.replace(old, new))
        for name, text in added.items():
            target.writestr(name, text)
    return buffer.getvalue()


def made(fill: Callable[[xlsxwriter.Workbook], None], **options: Any) -> bytes:
    """Return the bytes of a workbook that a function fills."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **options})
    fill(book)
    book.close()
    return buffer.getvalue()


def sheet_of(book: xlsxwriter.Workbook, name: str, rows: Sequence[Sequence[Any]]) -> Any:
    """Return a sheet with these rows."""
    sheet = book.add_worksheet(name)
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    return sheet


def with_hidden_list(book: xlsxwriter.Workbook) -> None:
    sheet_of(book, "Planning", [HEADER, *ROWS])
    sheet_of(book, "Lijsten", [["vt", "plg"]]).very_hidden()


def with_hidden_year(book: xlsxwriter.Workbook) -> None:
    sheet_of(book, "Planning", [HEADER, *ROWS])
    sheet_of(book, "Oud", [HEADER, ["2024-2025", "B001", "vt", 12, 9]]).hide()


def with_hidden_row_and_column(book: xlsxwriter.Workbook) -> None:
    sheet = sheet_of(book, "Planning", [HEADER, *ROWS])
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_column(4, 4, None, None, {"hidden": True})


def with_merged_cells(book: xlsxwriter.Workbook) -> None:
    sheet = sheet_of(book, "Planning", [HEADER, *ROWS])
    sheet.merge_range(1, 0, 2, 0, "2025-2026", book.add_format({"bold": True}))


def with_formulas(book: xlsxwriter.Workbook) -> None:
    sheet = sheet_of(book, "Planning", [HEADER, *ROWS])
    sheet.write_formula(5, 4, "=1+1", None, 2)
    sheet.write_formula(6, 4, "=NA()", None, "#N/A")


def never_counted() -> bytes:
    """Return what a program writes that knows formulas but does not count them; the one below is of a total."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Planning"
    for row in [HEADER, *ROWS, ["Totaal", None, None, None, "=SUM(E2:E10)"]]:
        sheet.append(row)
    sheet["E3"] = "=1+1"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_dates(book: xlsxwriter.Workbook) -> None:
    """Write six dates as cells of Excel, and one as text."""
    sheet = sheet_of(book, "Verlof", [LEAVE, *[[f"P{day}", "zorgkrediet"] for day in range(1, 8)]])
    style = book.add_format({"num_format": "dd/mm/yyyy"})
    for day in range(1, 7):
        sheet.write_datetime(day, 2, dt.datetime(2025, 9, day), style)
    sheet.write(7, 2, "07/09/2025")
    sheet.write_column(1, 4, [20] * 7)


def with_shares(book: xlsxwriter.Workbook) -> None:
    sheet = sheet_of(book, "Verlof", [LEAVE, ["P1", "zorgkrediet", "1/9/2025"]])
    sheet.write(1, 4, 0.2, book.add_format({"num_format": "0%"}))


DEAR = ["2025-2026", "012344", "=cmd|' /C calc'!A0", "BaO", 12, "<b>De Ster</b>", 200, 20, 15.5, "a@b.example"]
UNKNOWN_SHEET = "De kop op blad '{}' past bij geen enkele bekende bron. Vergelijk de kolomnamen met docs/leveringen.md."

REFUSED = [
    Refused("leeg.xlsx", workbook({"A": [], "B": []}), "Het Excelbestand bevat geen enkele ingevulde cel."),
    Refused("enkel spaties.xlsx", workbook({"A": [[" ", " "]]}), UNKNOWN_SHEET.format("A")),
    Refused("onbekend.xlsx", workbook({"Blad1": [["kleur", "vorm"], ["rood", "rond"]]}), UNKNOWN_SHEET.format("Blad1")),
    Refused(
        "heel breed.xlsx",
        workbook({"Planning": [HEADER, [*ROWS[0], *[None] * 16_000, "x"]]}),
        "Een blad van het Excelbestand loopt tot ver buiten de tabel. Verwijder de lege rijen en kolommen erna, of "
        "lever de gegevens als CSV.",
    ),
    Refused(
        "verborgen schooljaar.xlsx",
        made(with_hidden_year),
        "De bladen 'Planning' en 'Oud' bevatten dezelfde tabel (Centrale planning). Zet alle rijen op één blad.",
    ),
    Refused(
        "waar in plaats van een getal.xlsx",
        workbook({"Planning": [HEADER, *[[*row[:4], True] for row in ROWS]]}),
        "9 van de 9 rijen breken een regel, meer dan een vijfde: het bestand is geweigerd. Meest voorkomend: "
        "kolom 'dagdelen': is geen getal (9x). Eerste: blad 'Planning', rij 2, waarde 'true'.",
    ),
    Refused(
        "dossier zonder blad.xlsx",
        dossier(Leerrecht=None),
        "Het blad 'Leerrecht' ontbreekt of is leeg. Gevonden: 'Instroom', 'Doorstroom', 'Leerresultaten', "
        "'Doorlichtingen'.",
    ),
    Refused(
        "dossier met een blad.xlsx",
        dossier(Doorstroom=None, Leerrecht=None, Leerresultaten=None, Doorlichtingen=None),
        "De bladen 'Doorstroom', 'Leerrecht', 'Leerresultaten', 'Doorlichtingen' ontbreken of zijn leeg. Gevonden: "
        "'Instroom'.",
    ),
    Refused(
        "dossier met enkel een kop.xlsx",
        dossier(**{sheet: [header] for sheet, (header, _) in DOSSIER.items()}),
        "Er staat enkel een kop, geen gegevens (Instroom en leerlingenkenmerken). Blad 'Instroom'.",
    ),
    Refused(
        "dossier zonder titel.xlsx",
        dossier("Cijfers"),
        "De titelrijen noemen geen scholengroep (zoals 'Scholengroep 12'). Daardoor is niet bekend welke levering deze "
        "vervangt. Zet de titel boven de kop.",
    ),
    Refused(
        "kolom ontbreekt op blad.xlsx",
        dossier(Leerrecht=[["schooljaar", "instellingsnummer", "noemers"], ["2025-2026", 12344, 20]]),
        "De verplichte kolom 'noemer' ontbreekt op blad 'Leerrecht' (Leerrecht: problematische afwezigheden en "
        "uitsluitingen). De dichtstbijzijnde kop is 'noemers'.",
    ),
]

TAKEN = [
    Taken("macro.xlsm", changed(PLANNING, "Types].xml", *MACRO, **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), 9),
    Taken("strikt.xlsx", changed(changed(PLANNING, "", *STRICT[0]), "", *STRICT[1]), 9),
    Taken("lege bladen ernaast.xlsx", workbook({"A": [], "Planning": [HEADER, *ROWS], "C": []}), 9),
    Taken("kop op rij 30.xlsx", workbook({"Planning": [*[["Titel"]] * 29, HEADER, *ROWS]}), 9),
    Taken("opmerking ernaast.xlsx", workbook({"Planning": [HEADER, *[[*row, None, "zie nota"] for row in ROWS]]}), 9),
    Taken("getallen als tekst.xlsx", workbook({"Planning": [HEADER, *[[*r[:3], "012", "3,5"] for r in ROWS]]}), 9),
    Taken("schooljaar als getal.xlsx", workbook({"Planning": [HEADER, *[[2025, *row[1:]] for row in ROWS]]}), 9),
    Taken(
        "verborgen lijst.xlsx",
        made(with_hidden_list),
        9,
        notes=("Blad genegeerd, geen bekende kop: 'Lijsten'.",),
    ),
    Taken("verborgen rij en kolom.xlsx", made(with_hidden_row_and_column), 9),
    Taken("samengevoegd.xlsx", made(with_merged_cells), 9, ((3, "schooljaar", None, EMPTY),)),
    Taken("formules.xlsx", made(with_formulas), 9, ((7, "dagdelen", "#FOUT!", NO_NUMBER),)),
    Taken(
        "formules zonder uitkomst.xlsx",
        never_counted(),
        9,
        ((3, "dagdelen", "#FORMULE ZONDER UITKOMST!", NO_NUMBER),),
        ("Blad 'Planning': Totaalrij genegeerd (rij 11).",),
    ),
    Taken("datums.xlsx", made(with_dates), 7),
    Taken("datums van een Mac.xlsx", made(with_dates, date_1904=True), 7),
    Taken("datums als tekst.xlsx", workbook({"V": [LEAVE, ["P1", "zorgkrediet", "2025-09-01", None, 20]]}), 1),
    Taken("datums als getal.xlsx", workbook({"V": [LEAVE, ["P1", "zorgkrediet", 45901, None, 20]]}), 1),
    Taken(
        "aandeel als percentage.xlsx",
        made(with_shares),
        1,
        notes=(
            "Blad 'Verlof': Alle waarden van 'percentage' liggen tussen 0 en 1, maar de kolom is een percentage van 0 "
            "tot 100. Er is niets herrekend: kijk de levering na.",
        ),
    ),
    Taken(
        "dossier met een leeg blad.xlsx",
        dossier(Leerresultaten=DOSSIER["Leerresultaten"][:1]),
        4,
        notes=(
            "Blad 'Leerresultaten': Er staat enkel een kop, geen gegevens. De andere bladen tellen mee; wat vroeger op "
            "dit blad geleverd is, blijft meetellen.",
        ),
    ),
    Taken("opdracht in een naam.xlsx", workbook({"I": [INSTELLINGEN_HEADER.strip().split(";"), DEAR]}), 1),
]
