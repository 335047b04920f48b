# ruff: noqa: E501 - the lines of a delivery are as long as they are
"""Deliveries about people, written by hand: registrations, verslagtool, EDBI, planning, agendas and HR.

The schools are those of `deliveries`. Oddities, each for its reason: one person under three spellings of an
address, a no-show, a cancelled and a waiting registration, an attendance left empty among filled ones, activities
without any attendance (one over, one to come), a pupil number of before a merger, a person from outside GO!, rows
for quarantine; a preview, a duplicate and an anonymous answer; overlapping, free, private and all-day agenda items.
"""

from pathlib import Path

from tests.e2e.deliveries import write_text

ACTIVITEITEN_2025 = """\
activiteit id;titel;strategie;thema;beleidsprioriteiten;bereikdoel;vorm;startdatum;einddatum;dagdelen;capaciteit;schooljaar;organisator
A25-001;Lezen op de klasvloer – één;vorming;lezen;effectieve didactiek|datageletterdheid;D-LEZEN;fysiek;6/10/2025;6/10/2025;1;25;2025-2026;PBD
A25-002;Leesbegeleider;opleiding;lezen;;D-LEZEN;hybride;12/01/2026;9/02/2026;2,5;25;2025-2026;PBD
A25-003;Helpdesk live: toetsen;helpdesk;;;;digitaal;20/11/2025;;0,5;;2025-2026;PBD
A25-004;Rekenen in de kleuterklas;vorming;;;;fysiek;20/04/2026;;1;25;2025-2026;PBD
A25-005;Infosessie zorg;infosessie;;;;digitaal;15/12/2025;;0,5;100;2025-2026;POC
A25-006;Lezen, vervolg;vorming;;;;fysiek;3/02/2026;;1;25;2025-2026;PBD
A25-007;Schoolleiderstraject;opleiding;;;;fysiek;1/12/2025;;4;300;2025-2026;PBD
"""

ACTIVITEITEN_2024 = """\
activiteit id;titel;strategie;startdatum;dagdelen;schooljaar
A24-001;Startdag;vorming;14/11/2024;1;2024
"""

# Row 19 is row 3 once more, rows 16 to 18 break a rule: 4 of 20 rows, exactly the fifth that is still accepted.
INSCHRIJVINGEN_2025 = """\
inschrijving id,activiteit id,e-mail,naam,ambt,anciënniteit,instellingsnummer,ingeschreven op,status,aanwezig
I01,A25-001,An.Peeters@acacia.example,"Peeters, An",leraar,"12,5",216,2025-09-15,ingeschreven,ja
I02,A25-002,an.peeters@ACACIA.example,Peeters An,leraar,12.5,000216,2025-10-01,ingeschreven,deels
I03,A25-006,AN.PEETERS@ACACIA.EXAMPLE,An Peeters,leraar,,216.0,2026-01-10,ingeschreven,ja
I04,A25-001,bert@acacia.example,,leraar,3,216,2025-09-16,ingeschreven,nee
I05,A25-001,cas@acacia.example,,leraar,3,216,2025-09-16,geannuleerd,
I06,A25-001,dina@acacia.example,,leraar,3,216,2025-09-16,wachtlijst,ja
I07,A25-001,eva@acacia.example,,leraar,3,216,2025-09-16,ingeschreven,
I08,A25-001,fien@berk.example,,Zorgcoördinator,20,349,2025-09-17,ingeschreven,ja
I09,A25-003,fien@berk.example,,Zorgcoördinator,20,349,2025-11-02,ingeschreven,
I10,A25-004,gita@berk.example,,leraar,1,349,2026-02-20,ingeschreven,
I11,A25-001,hans@iep.example,,leraar,8,120774,2025-09-18,ingeschreven,ja
I12,A25-006,jo@elders.example,,leraar,8,extern,2026-01-11,ingeschreven,ja
I13,A25-005,karla@kastanje.example,,CLB-medewerker,8,304154,2025-11-20,ingeschreven,ja
I14,A25-005,kobe@kastanje.example,,CLB-medewerker,8,304154,2025-11-20,ingeschreven,ja
I15,A25-999,lien@berk.example,,leraar,8,349,2025-11-20,ingeschreven,ja
I16,A25-001,mia@onbekend.example,,leraar,8,999999,2025-09-20,ingeschreven,ja
I17,A25-001,noor@berk.example,,leraar,8,349,31/02/2026,ingeschreven,ja
I02,A25-002,an.peeters@acacia.example,An Peeters,leraar,,216,2025-10-01,ingeschreven,ja
I18,A25-002,karla@kastanje.example,,CLB-medewerker,8,304154,2025-12-20,ingeschreven,ja
I19,A25-002,dirk@den.example,,leraar,8,38125,2025-12-20,ingeschreven,nee
"""

INSCHRIJVINGEN_2024 = """\
inschrijving id;activiteit id;e-mail;instellingsnummer;ingeschreven op;status;aanwezig
J01;A24-001;oda@jasmijn.example;203109;1-10-2024;ingeschreven;ja
J02;A24-001;hans@hazelaar.example;120774;1-10-2024;ingeschreven;ja
"""

TRAJECTEN = """\
traject id;instellingsnummer;scholengroep nummer;soort;focus;startdatum;einddatum;geplande dagdelen;status
T1;216;;opvolging 2A;beleid;15/10/2025;;64;lopend
T2;120774;;vt;lezen;1/10/2025;30/06/2026;12;lopend
T3;;02;plg;rekenen;5/01/2026;;6;lopend
T4;104554;;vt;lezen;1/10/2025;;12;geannuleerd
T5;38125;;opvolging 1B;beleid;5/01/2026;;4;lopend
T6;349;;opvolging 2A;beleid;1/10/2025;30/11/2025;32;afgerond
"""

INTERVENTIES = """\
interventie id;traject id;datum;dagdelen;begeleiders;deelnemers;bereikt;verslag
V01;T1;15/10/2025;2;B001|B002;6;directeur|beleidsteam;ja
V02;T1;10/02/2026;1,5;B001;4;werkgroep;nee
V03;T2;5/11/2025;2;B002;;voltallig team;ja
V04;T3;20/01/2026;3;B001;14;;ja
V05;T5;15/01/2026;1;B001;2;directeur;ja
V06;T6;5/11/2024;3;B001;5;beleidsteam;ja
V07;T9;5/11/2025;2;B001;5;beleidsteam;ja
"""

BEREIKDOELEN = """\
code;schooljaar;omschrijving;eenheid;strategie;onderwijsniveau;ambt;streefwaarde;bron
D-LEZEN;2025-2026;Leraren in de leesreeks;professionals;;;;8;PBD 3.2
D-VORM;2025-2026;Scholen met een vorming;instellingen;vorming;BaO|SO;;10;PBD 3.2
D-VORM;2024-2025;Scholen met een vorming;instellingen;vorming;BaO|SO;;10;PBD 3.2
D-CLB;2025-2026;Alle CLB;clb;;CLB;;2;POC 4.2
D-REEKS;2025-2026;Reeksen vorming;reeksen;vorming;;;4;PBD 3.2
D-SGR;2025-2026;PLG per scholengroep;scholengroepen;plg;;;3;PBD 3.2
D-ZORG;2025-2026;Zorgcoördinatoren;professionals;;BaO;zorgcoördinator;20;PBD 3.2
"""

EDBI_VRAGEN = """\
vraag;module;kernvraag;dimensie;tekst;schaal min;schaal max;omgekeerd;gunstig vanaf
A1;A;ja;tevredenheid;Ik ben tevreden over deze sessie.;1;6;nee;5
A2;A;ja;bruikbaarheid;Ik kan hier weinig mee aanvangen.;1;6;ja;5
G1;G;nee;;Wat wil je nog kwijt?;1;6;nee;
"""

_QUALTRICS = """\
StartDate,Status,IPAddress,Progress,Finished,RecordedDate,ResponseId,RecipientEmail,ExternalReference,DistributionChannel,activiteit_id,A1,A2,G1
"Start Date","Response Type","IP Address","Progress","Finished","Recorded Date","Response ID","Recipient Email","External Data Reference","Distribution Channel","activiteit_id","Ik ben tevreden, over deze sessie.","Ik kan hier
weinig mee aanvangen.","Wat wil je nog kwijt?"
"{""ImportId"":""startDate"",""timeZone"":""Europe/Brussels""}","{""ImportId"":""status""}","{""ImportId"":""ipAddress""}","{""ImportId"":""progress""}","{""ImportId"":""finished""}","{""ImportId"":""recordedDate"",""timeZone"":""Europe/Brussels""}","{""ImportId"":""_recordId""}","{""ImportId"":""recipientEmail""}","{""ImportId"":""externalDataReference""}","{""ImportId"":""distributionChannel""}","{""ImportId"":""activiteit_id""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3_TEXT""}"
"""

# uitnodiging id;activiteit id;traject id;e-mail;verzonden op;kanaal;bezorgd;aangemeld
_UITNODIGINGEN_KLEIN = """\
W01;A25-001;;w01@school.example;7/10/2025;mail;ja;
W02;A25-001;;w02@school.example;7/10/2025;mail;ja;
W03;A25-001;;w03@school.example;7/10/2025;mail;ja;
W04;A25-001;;w04@school.example;7/10/2025;mail;ja;
W05;A25-001;;w05@school.example;7/10/2025;mail;ja;
W06;A25-001;;w06@school.example;7/10/2025;mail;ja;
Q01;A25-003;;;20/11/2025;qr;;
Q02;A25-003;;;20/11/2025;qr;;
Q03;A25-003;;;20/11/2025;qr;;
Q04;A25-003;;;20/11/2025;qr;;
X01;;T2;x01@iep.example;1/12/2025;mail;ja;
X02;;T2;x02@iep.example;1/12/2025;mail;ja;
X03;;T2;x03@iep.example;1/12/2025;mail;nee;
X04;;T2;x04@iep.example;1/12/2025;mail;ja;nee
"""


def _uitnodigingen() -> str:
    """270 invitations to A25-007, of which 4 bounced and 3 refused beforehand: 263 count; and the small ones."""
    lines = ["uitnodiging id;activiteit id;traject id;e-mail;verzonden op;kanaal;bezorgd;aangemeld"]
    for number in range(1, 271):
        delivered = "nee" if number > 266 else "ja"
        refused = "nee" if 263 < number <= 266 else ""
        lines.append(f"U{number};A25-007;;u{number}@school.example;2/12/2025;mail;{delivered};{refused}")
    return "\n".join(lines) + "\n" + _UITNODIGINGEN_KLEIN


def _response(number: str, reference: str, finished: bool, a1: str, a2: str, **other: str) -> str:
    progress = "100" if finished else "45"
    return (
        f"2025-12-03 10:00:00,{other.get('status', 'IP Address')},10.0.0.1,{progress},{finished},"
        f"2025-12-03 10:05:00,{number},iemand@school.example,{reference},{other.get('kanaal', 'email')},"
        f'{other.get("activiteit", "")},{a1},{a2},"{other.get("open", "")}"'
    )


def _antwoorden() -> str:
    """81 answers to A25-007: 70 complete (40 x 6, 15 x 5, 10 x 4, 5 x 2 on A1; 50 x 1, 20 x 4 on A2), 11 partial."""
    lines = []
    for number in range(1, 71):
        a1 = "6" if number <= 40 else "5" if number <= 55 else "4" if number <= 65 else "2"
        lines.append(_response(f"R{number}", f"U{number}", True, a1, "1" if number <= 50 else "4"))
    for number in range(71, 81):
        lines.append(_response(f"R{number}", f"U{number}", False, "3", ""))
    lines.append(_response("R81", "U81", False, "", "", open="fijn, dank"))
    # The same person once more, less complete: one answer, the complete one.
    lines.append(_response("R82", "U1", False, "1", ""))
    lines += [_response(f"S{number}", f"W0{number}", True, "6", "2") for number in range(1, 5)]
    lines.append(_response("S5", "", True, "6", "2", status="Survey Preview", activiteit="A25-001"))
    lines += [_response(f"P{number}", "", True, "5", "1", kanaal="qr", activiteit="A25-003") for number in range(1, 4)]
    lines += [_response("Z1", "X01", True, "6", "1"), _response("Z2", "X02", False, "4", "")]
    return _QUALTRICS + "\n".join(lines) + "\n"


PLANNING = """\
schooljaar;begeleider;categorie;scholengroep nummer;dagdelen
2025-2026;B001;vt;1;30
2025-2026;B001;vt;2;10
2025-2026;B001;scholengroep;;49
2025-2026;B002;scholengroep;;49,5
2025-2026;B001;ontwikkelwerk;;33
"""

AGENDA_B001 = """\
"Onderwerp","Begindatum","Begintijd","Einddatum","Eindtijd","Gebeurtenis, duurt hele dag","Categorieën","Privé","Tijd weergeven als"
"Geheim overleg","6-10-2025","9:00:00","6-10-2025","12:00:00","Onwaar","Verandertraject","Onwaar","Bezet"
"Team","6-10-2025","11:00:00","6-10-2025","13:00:00","Onwaar","Overleg","Onwaar","Bezet"
"Blok","6-10-2025","14:00:00","6-10-2025","16:00:00","Onwaar","Verandertraject","Onwaar","Vrij"
"Arts","6-10-2025","17:00:00","6-10-2025","18:00:00","Onwaar","Verandertraject","Waar","Bezet"
"Les","7-10-2025","0:00:00","8-10-2025","0:00:00","Waar","Opleiding geven","Onwaar","Bezet"
"Vakantie","8-10-2025","0:00:00","9-10-2025","0:00:00","Waar","Verlof","Onwaar","Niet aanwezig"
"Babbel","9-10-2025","8:00:00","9-10-2025","9:00:00","Onwaar","Koffie","Onwaar","Bezet"
"Nacht","31-10-2025","22:00:00","1-11-2025","2:00:00","Onwaar","Verandertraject","Onwaar","Bezet"
"Team","3-11-2025","9:00:00","3-11-2025","13:00:00","Onwaar","Overleg","Onwaar","Bezet"
"""

AGENDA_B002 = """\
"Private","Subject","Start Date","Start Time","End Date","End Time","All day event","Categories","Show time as"
"False","Visit","10/7/2025","9:00:00 AM","10/7/2025","12:00:00 PM","False","Verandertraject","Busy"
"False","Visit","11/12/2025","1:00:00 PM","11/12/2025","5:00:00 PM","False","Verandertraject","Busy"
"""

AGENDA_CATEGORIEEN = """\
categorie;proces;planningscategorie
Verandertraject;primair;vt
Overleg;secundair;intern overleg
Opleiding geven;primair;opleiding
Verlof;verlof;
"""

PERSONEEL = """\
persoon;code;functie;team;dienst;statuut;vte;in dienst;uit dienst
n1@pbd.example;B001;begeleider;Noord;PBD;detachering art. 17;1;1/09/2020;
N2@pbd.example;B002;begeleider;Noord;PBD;detachering art. 17;1;1/09/2020;
n3@pbd.example;B003;begeleider;Noord;PBD;CODO;1;1/09/2020;
n4@pbd.example;B004;begeleider;Noord;PBD;CODO;0,5;1/09/2020;
n5@pbd.example;B005;begeleider;Noord;PBD;CODO;0,5;1/09/2020;
n6@pbd.example;B006;begeleider;Noord;PBD;CODO;0,8;1/09/2020;
n7@pbd.example;B007;begeleider;Noord;PBD;CODO;1;1/09/2020;31/12/2025
z1@pbd.example;B011;begeleider;Zuid;PBD;CODO;1;1/09/2020;
z2@pbd.example;B012;begeleider;Zuid;PBD;CODO;1;1/09/2020;
z3@pbd.example;B013;begeleider;Zuid;PBD;CODO;1;1/09/2020;
o1@pbd.example;B021;begeleider;Oost;PBD;CODO;1;1/09/2020;
o2@pbd.example;B022;begeleider;Oost;PBD;CODO;1;1/09/2020;
o3@pbd.example;B023;begeleider;Oost;PBD;CODO;1;1/09/2020;
o4@pbd.example;B024;begeleider;Oost;PBD;CODO;1;1/09/2020;
o5@pbd.example;B025;begeleider;Oost;PBD;CODO;1;1/09/2020;
p1@poc.example;C001;beleidsmedewerker;Centraal;POC;contractueel;1;1/09/2020;
p2@poc.example;C002;beleidsmedewerker;Centraal;POC;contractueel;1;1/09/2020;
p3@poc.example;C003;beleidsmedewerker;Centraal;POC;contractueel;1;1/09/2020;
p4@poc.example;C004;beleidsmedewerker;Centraal;POC;contractueel;1;1/09/2020;
"""

VERLOVEN = """\
persoon;stelsel;van;tot;percentage
n1@pbd.example;zorgkrediet;1/02/2026;28/02/2026;50 %
"""

AFWEZIGHEDEN = """\
persoon;soort;van;tot;percentage
n2@PBD.example;ziekte;10/01/2026;;
n3@pbd.example;ziekte;1/02/2026;14/02/2026;100
n4@pbd.example;ziekte;15/01/2026;13/02/2026;100
"""


def write_people(folder: Path) -> None:
    """Write what is known of people, in the formats and encodings of each source."""
    texts = {
        "activiteiten 2025.csv": (ACTIVITEITEN_2025, "cp1252", "\r\n"),
        "activiteiten 2024.csv": (ACTIVITEITEN_2024, "utf-8", "\n"),
        "inschrijvingen 2025.csv": (INSCHRIJVINGEN_2025, "utf-8-sig", "\n"),
        "inschrijvingen 2024.csv": (INSCHRIJVINGEN_2024, "utf-8", "\r\n"),
        "trajecten.csv": (TRAJECTEN, "utf-8", "\n"),
        "interventies.csv": (INTERVENTIES, "utf-8", "\r"),
        "doelen.csv": (BEREIKDOELEN, "cp1252", "\r\n"),
        "edbi_vragen_2025-2026.csv": (EDBI_VRAGEN, "utf-8", "\n"),
        "edbi uitnodigingen.csv": (_uitnodigingen(), "utf-8", "\n"),
        "qualtrics.csv": (_antwoorden(), "utf-8-sig", "\n"),
        "planning.csv": (PLANNING, "utf-8", "\n"),
        "B001_agenda.csv": (AGENDA_B001, "cp1252", "\r\n"),
        "B002_export.csv": (AGENDA_B002, "utf-8", "\r\n"),
        "categorieën.csv": (AGENDA_CATEGORIEEN, "cp1252", "\r\n"),
        "personeel.csv": (PERSONEEL, "utf-8", "\n"),
        "verloven.csv": (VERLOVEN, "utf-8", "\n"),
        "afwezigheden.csv": (AFWEZIGHEDEN, "utf-8", "\n"),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, (text, encoding, line_end) in texts.items():
        write_text(folder / name, text, encoding, line_end)
