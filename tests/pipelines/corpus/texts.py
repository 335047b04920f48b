"""CSV files that are odd as text: encodings, line ends, delimiters, quotes."""

from tests.pipelines.corpus.entry import PLANNING_HEADER, Refused, Taken, planning, planning_rows
from tests.pipelines.small_deliveries import INSTELLINGEN, INSTELLINGEN_HEADER

NO_TEXT = "Het bestand is geen tekstbestand. Lever een CSV of een XLSX."
CUT_OFF = "Het bestand is afgebroken of beschadigd (onvolledige {}). Exporteer het opnieuw."
BOM = b"\xef\xbb\xbf"
TEN = planning(*planning_rows(1, first=99).splitlines())
TEXT = TEN.decode()
ACCENTED = INSTELLINGEN.replace("De Ster", "Dé Ster")
OPEN_QUOTE = "de rij heeft een aanhalingsteken dat niet (of verkeerd) gesloten is"

REFUSED = [
    Refused("utf-16 zonder merkteken.csv", TEXT.encode("utf-16-le"), NO_TEXT),
    Refused("utf-32.csv", TEXT.encode("utf-32"), NO_TEXT),
    Refused("nul in het midden.csv", TEN.replace(b"B005", b"B0\x0005"), NO_TEXT),
    Refused("utf-16 afgebroken.csv", TEXT.encode("utf-16")[:-1], CUT_OFF.format("UTF-16")),
    Refused("utf-8 afgebroken.csv", ACCENTED.encode() + b"2025-2026;\xc3", CUT_OFF.format("UTF-8")),
    Refused(
        "gemengd.csv",
        ACCENTED.encode() + INSTELLINGEN_HEADER.replace("naam", "ë").encode("cp1252"),
        "Het bestand mengt twee tekensets (UTF-8 en Windows-1252), onder meer op regel 2 en regel 8. Bewaar het "
        "opnieuw als 'CSV UTF-8'.",
    ),
    Refused(
        "streep.csv",
        TEN.replace(b";", b"|"),
        "Er is geen scheidingsteken herkend: de kolommen horen gescheiden te zijn door een puntkomma, een komma of een "
        "tab. Gevonden: '|'.",
    ),
    Refused(
        "een kolom.csv",
        b"schooljaar\n2025-2026\n",
        "Er is geen scheidingsteken herkend: de kolommen horen gescheiden te zijn door een puntkomma, een komma of een "
        "tab.",
    ),
]

TAKEN = [
    Taken("utf-16 le.csv", b"\xff\xfe" + TEXT.encode("utf-16-le"), 10),
    Taken("utf-16 be.csv", b"\xfe\xff" + TEXT.encode("utf-16-be"), 10),
    Taken("utf-8 met merkteken.csv", BOM + TEN, 10),
    Taken("twee merktekens.csv", BOM * 2 + TEN, 10),
    Taken("merkteken voor de kop.csv", b"Planning van PBD\n" + BOM + TEN, 10),
    Taken("cp1252.csv", ACCENTED.encode("cp1252"), 6),
    Taken("niet-bestaand teken in cp1252.csv", TEN + b"2025-2026;B100\x81;vt;12;3\n", 11),
    Taken("einde van MS-DOS.csv", TEN + b"\x1a", 10),
    Taken("regeleinden van Windows.csv", TEN.replace(b"\n", b"\r\n"), 10),
    Taken("regeleinden van een Mac.csv", TEN.replace(b"\n", b"\r"), 10),
    Taken("regeleinden door elkaar.csv", TEN.replace(b"\n", b"\r\n", 3) + b"2025-2026;B100;vt;12;3\r", 11),
    Taken("zonder laatste regeleinde.csv", TEN.rstrip(), 10),
    Taken("witregels ertussen.csv", TEN.replace(b"\n", b"\n\n"), 10),
    Taken("aanduiding van Excel.csv", b"sep=;\r\n" + TEN, 10),
    Taken("foute aanduiding van Excel.csv", b'"sep=,"\n' + TEN, 10),
    Taken("tabs.tsv", TEN.replace(b";", b"\t"), 10),
    Taken("komma's.csv", TEN.replace(b";3\n", b';"3,5"\n').replace(b";", b","), 10),
    Taken("puntkomma's erachter.csv", TEN.replace(b"\n", b";;;\n"), 10),
    Taken("regeleinde in een cel.csv", planning('2025-2026;"B\n100";vt;12;3'), 10),
    Taken("dubbele aanhalingstekens.csv", planning('2025-2026;"B""100""";vt;12;3'), 10),
    Taken("open aanhalingsteken.csv", planning('2025-2026;"B100;vt;12;3'), 10, ((11, None, None, OPEN_QUOTE),)),
    Taken(
        "tekst na het aanhalingsteken.csv", planning('2025-2026;"B"100;vt;12;3'), 10, ((11, None, None, OPEN_QUOTE),)
    ),
    Taken("cel van een miljoen letters.csv", planning("2025-2026;B" + "x" * 1_000_000 + ";vt;12;3"), 10),
    Taken(
        "rij met een cel te veel.csv",
        planning("2025-2026;B100;vt;12;3;4"),
        10,
        ((11, None, None, "de rij heeft meer kolommen dan de kop"),),
    ),
    Taken(
        "rij die ophoudt.csv",
        planning("2025-2026;B100;vt"),
        10,
        ((11, "dagdelen", None, "is leeg maar verplicht"),),
    ),
    Taken(
        "onzichtbare tekens.csv",
        planning("2025-2026;\u200bB001;vt;12;3", "2025-2026;B\u00ad100;\u200evt;12;3\u2060"),
        11,
        (
            (
                11,
                "schooljaar, begeleider, categorie, scholengroep nummer",
                "2025-2026",
                "staat met dezelfde sleutel al op rij 2",
            ),
        ),
    ),
    Taken("enkel de kop ervoor.csv", (PLANNING_HEADER + planning_rows(1)).encode(), 1),
]
