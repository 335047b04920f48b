# ruff: noqa: E501 - the lines of a delivery are as long as they are
"""Deliveries of thirteen instellingen, written by hand: the schools, their results and their inspections.

Every oddity in the texts is one that suppliers deliver, and stands there for a reason:

- the list of 2024-2025 is UTF-8 with BOM and bare CR line ends, writes `2024-25` and ends without a line end;
- the list of 2025-2026 is cp1252, has lost its leading zeros, writes one number as `349.0` and has an unknown column;
- the outputdossiers are workbooks with title rows, a merged title cell and a total row; numbers come as cells
  (also `216`, without zeros), as text with decimal comma, as `n.v.t.`, `-` and `<5`;
- the doorlichtingen use short codes and long wordings of the advice; one ends before it starts.

The schools (peildatum 15 March 2026), named by the alphabet:

000216 Acacia   BaO sgr 1   2A since October 2025, in support
000349 Berk     BaO sgr 1   2A of 2024, settled by a 1A in November 2025
001073 Ceder    SO  sgr 1   1B with a negative ruling on GOK
038125 Den      SO  sgr 2   1B
104554 Esdoorn  BaO sgr 2   1A with shortcomings
105627 Fijnspar BaO sgr 2   never inspected, no data at all
111203 Ginkgo   SO  sgr 12  2B, in appeal
120774 Hazelaar BaO sgr 1   negative ruling on LLB; merged into Iep after 2024-2025
120881 Iep      BaO sgr 1   carries Hazelaar's history from 2025-2026 on
203109 Jasmijn  BaO sgr 2   2A; closed after 2024-2025 without successor
304154 Kastanje CLB sgr 12  1B
305268 Linde    CLB sgr 12  1A
412304 Moerbei  DKO sgr 12  nothing known
"""

from pathlib import Path

from openpyxl import Workbook

ACACIA, BERK, CEDER, DEN = "000216", "000349", "001073", "038125"
ESDOORN, FIJNSPAR, GINKGO = "104554", "105627", "111203"
HAZELAAR, IEP, JASMIJN = "120774", "120881", "203109"
KASTANJE, LINDE, MOERBEI = "304154", "305268", "412304"

INSTELLINGEN_2024 = """\
Schooljaar;Instellingsnummer;Naam;Onderwijsniveau;Scholengroep nummer;Scholengroep;Leerlingen;Personeelsleden;VTE;Opgevolgd door
2024-25;000216;Basisschool De Acacia;BaO;1;De Meander;198;30;20,5;
2024-25;000349;Basisschool De Berk;BaO;1;De Meander;120;15;10,25;
2024-25;001073;Atheneum De Ceder;SO;1;De Meander;400;45;30;
2024-25;038125;Atheneum De Den;SO;2;Zonnewijzer;350;40;25;
2024-25;104554;Basisschool De Esdoorn;BaO;2;Zonnewijzer;150;18;12;
2024-25;105627;Basisschool De Fijnspar;BaO;2;Zonnewijzer;140;14;10;
2024-25;111203;Atheneum De Ginkgo;SO;12;Polderland;300;32;20;
2024-25;120774;Basisschool De Hazelaar;BaO;1;De Meander;100;12;8;120881
2024-25;120881;Basisschool De Iep;BaO;1;De Meander;300;24;15,25;
2024-25;203109;Basisschool De Jasmijn;BaO;2;Zonnewijzer;60;8;5;
2024-25;304154;CLB De Kastanje;CLB;12;Polderland;;12;6;
2024-25;305268;CLB De Linde;CLB;12;Polderland;;9;4;
2024-25;412304;Academie De Moerbei;DKO;12;Polderland;900;20;7;"""

INSTELLINGEN_2025 = """\
schooljaar;INSTELLINGSNUMMER;naam;onderwijsniveau;scholengroep_nummer;scholengroep;leerlingen;personeelsleden;vte;clb;opmerking
2526;216;Basisschool De Acacia;BaO;01;De Meander;200;{acacia_staff};20,5;304154;één vestiging
2526;349.0;Basisschool De Berk;BaO;01;De Meander;125;15;10,25;304154;
2526;1073;Atheneum De Ceder;SO;01;De Meander;410;45;30,0;304154;
2526;38125;Atheneum De Den;SO;02;Zonnewijzer;350;40;25;305268;
2526;104554;Basisschool De Esdoorn;BaO;02;Zonnewijzer;150;18;12;305268;
2526;105627;Basisschool De Fijnspar;BaO;02;Zonnewijzer;140;14;10;305268;
2526;111203;Atheneum De Ginkgo;SO;12;Polderland;1.300;32;20;305268;café in opbouw
2526;120881;Basisschool De Iep;BaO;01;De Meander;400;36;15,25;304154;
2526;304154;CLB De Kastanje;CLB;12;Polderland;;12;6;;
2526;305268;CLB De Linde;CLB;12;Polderland;;9;4;;
2526;412304;Academie De Moerbei;DKO;12;Polderland;900;20;7;;
"""

DOORLICHTINGEN = """\
doorlichting id;instellingsnummer;soort;begindatum;einddatum;datum verslag;advies;uitspraak GOK;uitspraak LLB;engagementsverklaring;ondersteuningsplan;beroep
D01;216;doorlichting;2-9-2025;5-9-2025;1-10-2025;Ongunstig met verzoek tot opschorting;;;20-10-2025;;
D02;349;doorlichting;19/02/2024;23/02/2024;15/03/2024;2A;;;1/04/2024;1/06/2024;
D03;349;opvolgingsdoorlichting;3-11-2025;;20-11-2025;gunstig zonder meer;positief;positief;;;
D04;1073;doorlichting;2025-12-01;2025-12-05;2026-01-12;1B;negatief;positief;;;
D05;38125;doorlichting;13-1-2025;17-1-2025;10-2-2025;gunstig met tekorten;;;;;
D06;104554;doorlichting;3-2-2025;7-2-2025;3-3-2025;1A;positief met werkpunten;positief;;;
D07;111203;doorlichting;26-1-2026;30-1-2026;20-2-2026;ongunstig zonder verzoek;;;;;5-3-2026
D08;120774;doorlichting;8-4-2024;12-4-2024;10-5-2024;1B;;negatief;1-6-2024;;
D09;304154;doorlichting;18-3-2024;22-3-2024;18-4-2024;1B;;;;;
D10;305268;doorlichting;22-4-2024;26-4-2024;23-5-2024;1A;;;;;
D11;203109;doorlichting;8-1-2024;12-1-2024;1-2-2024;2A;;;;;
D12;412304;doorlichting;10-3-2025;7-3-2025;;1A;;;;;
"""

# A later complete list: Esdoorn is inspected again and gets 2A.
DOORLICHTINGEN_APRIL = DOORLICHTINGEN + "D13;104554;doorlichting;2-3-2026;6-3-2026;1-4-2026;2A;;;;;\n"

INSCHALINGEN = """\
"doorlichting id","kwaliteitsverwachting","onderwerp","inschaling"
"D02","O1","Nederlands","beneden de verwachting"
"D02","O2","wiskunde","beneden de verwachting"
"D03","O1","Nederlands","benadert de verwachting"
"D03","O2","Nederlands","volgens de verwachting"
"D03","K1","","volgens de verwachting"
"D03","K2","","volgens de verwachting"
"D06","O1","Nederlands","beneden de verwachting"
"D06","O1","wiskunde","benadert de verwachting"
"D06","O2","Nederlands","benadert de verwachting"
"D06","O2","wiskunde","volgens de verwachting"
"D06","K1","","volgens de verwachting"
"D06","K2","","volgens de verwachting"
"D06","R1","","volgens de verwachting"
"D06","BL1","","overstijgt de verwachting"
"D99","O1","","volgens de verwachting"
"""

VLAAMSE_TOETSEN = """\
toetsjaar\tinstellingsnummer\tleerjaar\tstroom\tvak\tdomein\tdeelnemers\tvaardigheidsscore\tstandaardfout\taandeel minimumdoel\tscore Vlaanderen
2025-2026\t216\t4LO\t\tNederlands\ttotaal\t96\t450,0\t10\t35,0 %\t500
2025-2026\t349\t4LO\t\tNederlands\ttotaal\t96\t510,0\t10\t65,0 %\t500
2025-2026\t216\t4LO\t\tNederlands\tbegrijpend lezen\t96\t300,0\t10\t1,0 %\t500
2025-2026\t1073\t2SO\tA\twiskunde\ttotaal\t100\t480,0\t\t73\t500
2025-2026\t38125\t2SO\tB\twiskunde\ttotaal\t< 5\t<5\t\t<5\t500
"""

_KEY = ["schooljaar", "instellingsnummer", "naam instelling"]
_INSTROOM = [*_KEY, "leerlingen", "opleiding moeder", "schooltoelage", "thuistaal", "buurt"]
_DOORSTROOM = [*_KEY, "zittenblijvers", "schoolse vertraging", "A-attesten", "B-attesten", "C-attesten"]
_DOORSTROOM += ["vroegtijdig schoolverlaters", "noemer"]
_LEERRECHT = [*_KEY, "noemer", "problematisch 5", "problematisch 10", "problematisch 15", "problematisch 30"]
_LEERRECHT += ["tijdelijke uitsluitingen", "definitieve uitsluitingen"]
_RESULTATEN = [*_KEY, "toets", "domein", "deelnemers", "resultaat"]
_SAMENVATTING = [*_KEY, "laatste doorlichting", "advies", "GOK", "LLB"]

Rows = list[list[str | int | float | None]]

OUTPUTDOSSIERS: dict[tuple[str, str], dict[str, Rows]] = {
    ("1", "2024-2025"): {
        "Instroom": [["2024-2025", 120881, "Iep", "n.v.t.", None, None, None, None]],
        "Doorstroom": [
            ["2024-2025", 120774, "Hazelaar", 9, "-", None, None, None, None, 100],
            ["2024-2025", 120881, "Iep", 6, "-", None, None, None, None, 300],
        ],
        "Leerrecht": [["2024-2025", 120881, "Iep", "-", None, None, None, None, None, None]],
        "Leerresultaten": [["2024-2025", 120881, "Iep", "Koala", "taal", 0, "n.v.t."]],
        "Doorlichtingen": [["2024-2025", 120774, "Hazelaar", "10/05/2024", "1B", "", "negatief"]],
    },
    ("1", "2025-2026"): {
        "Instroom": [["2025-2026", 216, "Acacia", 200, "90,5", 80, 60.5, 49]],
        "Doorstroom": [
            ["2025-2026", 120881.0, "Iep", 18, "n.v.t.", None, None, None, None, 400],
            ["2025-2026", 1073, "Ceder", "Geen cijfers beschikbaar", "-", "-", "-", "-", "-", "-"],
        ],
        "Leerrecht": [["2025-2026", "1073", "Ceder", 200, 80, 31, 25, 12, 8, 2]],
        "Leerresultaten": [["2025-2026", 216, "Acacia", "Koala", "taal", 0, "n.v.t."]],
        "Doorlichtingen": [["2025-2026", 216, "Acacia", 45931, "2A", "", ""]],
    },
    ("2", "2025-2026"): {
        "Instroom": [["2025-2026", 38125, "Den", "-", None, None, None, None]],
        "Doorstroom": [["2025-2026", 38125, "Den", 6, "-", 80, 12, 8, "<5", 100]],
        "Leerrecht": [["2025-2026", 104554, "Esdoorn", 150, 9, "< 5", "< 5", 0, 0, 0]],
        "Leerresultaten": [["2025-2026", 104554, "Esdoorn", "Koala", "taal", 12, "<5"]],
        "Doorlichtingen": [["2025-2026", 104554, "Esdoorn", "3-3-2025", "1A", "", ""]],
    },
}

_HEADERS = {
    "Instroom": _INSTROOM,
    "Doorstroom": _DOORSTROOM,
    "Leerrecht": _LEERRECHT,
    "Leerresultaten": _RESULTATEN,
    "Doorlichtingen": _SAMENVATTING,
}


def write_schools(folder: Path, *, acacia_staff: int = 31) -> None:
    """Write what is known of the schools; `acacia_staff` is the staff of Acacia in 2025-2026."""
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / "instellingen 2024-2025.csv", INSTELLINGEN_2024, "utf-8-sig", "\r")
    write_list_2025(folder, acacia_staff)
    write_text(folder / "doorlichtingen.csv", DOORLICHTINGEN, "utf-8-sig", "\r\n")
    write_text(folder / "inschalingen.csv", INSCHALINGEN, "utf-8", "\n")
    write_text(folder / "toetsen.txt", VLAAMSE_TOETSEN, "utf-8", "\n")
    for (scholengroep, schooljaar), sheets in OUTPUTDOSSIERS.items():
        _write_workbook(folder, scholengroep, schooljaar, sheets)


def write_list_2025(folder: Path, acacia_staff: int) -> Path:
    """Write the list of instellingen of 2025-2026 and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "instellingen 2025-2026.csv"
    write_text(path, INSTELLINGEN_2025.format(acacia_staff=acacia_staff), "cp1252", "\r\n")
    return path


def write_text(path: Path, text: str, encoding: str, line_end: str) -> None:
    """Write a text as a supplier's program would: in its encoding, with its line ends."""
    path.write_bytes(text.replace("\n", line_end).encode(encoding))


def _write_workbook(folder: Path, scholengroep: str, schooljaar: str, sheets: dict[str, Rows]) -> None:
    """Write one outputdossier: two title rows (the first merged), a blank one, the table, a total."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.upper() if name == "Leerrecht" else f"{name} ")
        sheet.append([f"Outputdossier scholengroep {scholengroep}"])
        sheet.merge_cells("A1:D1")
        sheet.append([f"Schooljaar {schooljaar}"])
        sheet.append([])
        sheet.append(_HEADERS[name])
        for row in rows:
            sheet.append(row)
        sheet.append(["Totaal", None, None, 999])
    book.save(folder / f"outputdossier {scholengroep} {schooljaar}.xlsx")
