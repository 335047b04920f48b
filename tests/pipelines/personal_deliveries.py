"""Deliveries full of people: every way in which names, addresses, codes and numbers come in."""

from pathlib import Path

from tests.pipelines.small_deliveries import ACTIVITEITEN, INSCHRIJVINGEN_HEADER, INSTELLINGEN, inschrijving, write

MAIL = "An.Janssens@School.example"
NAMES = ("Janssens", "Peeters", "Onderwerp van het overleg", "Hélène Lefèvre", "Zoë D'Hondt")
CODES = ("BGL90017", "BGL90018", "PN900042")
NUMBERS = ("85.07.30-033.28", "85073003328")
#: Every way in which a person was written in the deliveries below, and parts of it.
PLANTED = (
    MAIL,
    "An.Janssens",
    "spoc.persoon",
    "spoc.persoon@go.example",
    "peeters@mail.example",
    *NAMES,
    *CODES,
    *NUMBERS,
)

INSCHRIJVINGEN = INSCHRIJVINGEN_HEADER + "".join(
    [
        inschrijving(1, mail=MAIL, naam="An Janssens"),
        inschrijving(2, mail=MAIL.upper(), naam="An Janssens"),
        # Refused rows of every kind: a fault in the person's own row, an address in the wrong column, a shifted row.
        inschrijving(3, mail=MAIL, naam="An Janssens", op="31/02/2025"),
        inschrijving(4, status=MAIL),
        inschrijving(5).strip() + ";An Janssens\n",
        inschrijving(6, instelling=MAIL),
        inschrijving(7, mail="mailto:" + MAIL, naam="Zoë D'Hondt"),
        *(inschrijving(number) for number in range(10, 40)),
    ]
)
PLANNING = "schooljaar;begeleider;categorie;scholengroep nummer;dagdelen\n" + "".join(
    [
        "2025-2026;BGL90017;vt;12;3\n",
        "2025-2026;bgl90017;plg;12;3\n",
        "2025-2026;BGL90018;vt;12;duizend\n",
        "2025-2026;BGL90017;vt;12;4\n",
        *(f"2025-2026;BGL90018;{soort};12;1\n" for soort in ("vt", "plg", "helpdesk", "opleiding", "spoc", "reserve")),
        *(f"2025-2026;BGL90017;{soort};12;1\n" for soort in ("helpdesk", "opleiding", "spoc", "reserve")),
    ]
)
PERSONEEL = (
    "persoon;code;functie;team;dienst;statuut;vte;in dienst;hoofdadviseur;rijksregisternummer;naam\n"
    "PN900042;BGL90017;begeleider;Noord;PBD;CODO;0,8;1/9/2020;peeters@mail.example;85.07.30-033.28;Zoë D'Hondt\n"
    "Hélène Lefèvre;;begeleider;Noord;PBD;CODO;0,8;1/9/2020;peeters@mail.example;85073003328;Hélène Lefèvre\n"
).encode("cp1252")
AGENDA = (
    '"Onderwerp","Begindatum","Begintijd","Einddatum","Eindtijd","Gebeurtenis, duurt hele dag",'
    '"Categorieën","Locatie"\n'
    '"Onderwerp van het overleg","2-9-2025","9:00:00","2-9-2025","13:00:00","Onwaar","VT","bij Peeters"\n'
)
TRAJECTEN = (
    "traject id;instellingsnummer;scholengroep nummer;soort;startdatum;geplande dagdelen;status\n"
    "T1;012344;;vt;1/9/2025;10;lopend\n"
)
INTERVENTIES = "interventie id;traject id;datum;dagdelen;begeleiders\nN1;T1;2/9/2025;1;BGL90018 | bgl90017\n"
#: Who may stand in the HR file, and on the page that is made of it.
STAFF = {"PN900042", "BGL90017", "Hélène Lefèvre", "peeters@mail.example", "Peeters"}


def write_people(folder: Path) -> None:
    """Write the deliveries; the agenda of BGL90018 is refused as a whole, with a code in its name."""
    write(
        folder,
        instellingen=INSTELLINGEN,
        activiteiten=ACTIVITEITEN,
        inschrijvingen=INSCHRIJVINGEN,
        planning=PLANNING,
        personeel=PERSONEEL,
        BGL90017_agenda=AGENDA,
        BGL90018_agenda=AGENDA.replace("Begindatum", "Datum"),
        trajecten=TRAJECTEN,
        interventies=INTERVENTIES,
    )
