"""Headers that are odd: renamed, twice, deep down, translated, with what nobody sees in them."""

from tests.pipelines.corpus.entry import PLANNING_HEADER, Refused, Taken, planning_rows
from tests.pipelines.small_deliveries import INSTELLINGEN, INSTELLINGEN_HEADER

UNKNOWN = "De kop past bij geen enkele bekende bron. Vergelijk de kolomnamen met docs/leveringen.md."
FIVE = planning_rows(5)
NAMES = PLANNING_HEADER.strip().split(";")
CATEGORIES = (
    "is geen geldige waarde; kies uit: opvolging doorlichting, reserve, spoc, opleiding, poolsteropleiding, vt, plg, "
    "helpdesk, scholengroep, voorbereiding, intern overleg, professionalisering, ontwikkelwerk"
)


def with_header(header: str) -> bytes:
    """Return five good rows below a header."""
    return (header + FIVE).encode()


REFUSED = [
    Refused(
        "enkel een kop.csv",
        INSTELLINGEN_HEADER.encode(),
        "Er staat enkel een kop, geen gegevens (Lijst van de instellingen per schooljaar).",
    ),
    Refused("zonder kop.csv", FIVE.encode(), UNKNOWN),
    Refused("onbekend.csv", b"kleur;vorm;maat\nrood;rond;3\n", UNKNOWN),
    Refused("vertaald.csv", with_header("school year;coach;category;group;half days\n"), UNKNOWN),
    Refused("kop op rij 45.csv", with_header("Titel\n" * 44 + PLANNING_HEADER), UNKNOWN),
    Refused(
        "kolom ontbreekt.csv",
        INSTELLINGEN.replace("personeelsleden", "Personeels-leden").encode(),
        "De verplichte kolom 'personeelsleden' ontbreekt (Lijst van de instellingen per schooljaar). De "
        "dichtstbijzijnde kop is 'Personeels-leden'.",
    ),
    Refused(
        "kolom hernoemd.csv",
        with_header(PLANNING_HEADER.replace("dagdelen", "dagen")),
        "De verplichte kolom 'dagdelen' ontbreekt (Centrale planning). De dichtstbijzijnde kop is 'dagen'.",
    ),
    Refused(
        "kolom dubbel.csv",
        INSTELLINGEN.replace("leerlingen", "VTE").encode(),
        "De kolom 'vte' staat er meer dan eens: in G en I. Laat er één staan.",
    ),
    Refused(
        "kolom zonder kop.csv",
        (PLANNING_HEADER.strip() + ";\n" + FIVE.replace("\n", ";nota\n")).encode(),
        "5 van de 5 rijen breken een regel, meer dan een vijfde: het bestand is geweigerd. Meest voorkomend: de rij "
        "heeft meer kolommen dan de kop (5x). Eerste: rij 2.",
    ),
    Refused(
        "twee tabellen onder elkaar.csv",
        (PLANNING_HEADER + FIVE + "\n" + INSTELLINGEN).encode(),
        "Er staan tabellen onder elkaar, met een kop op rij 1 (Centrale planning) en rij 8 (Lijst van de instellingen "
        "per schooljaar). Lever elke tabel in een eigen bestand.",
    ),
    Refused(
        "agenda.csv",
        b'Begindatum,Begintijd,Einddatum,Eindtijd,"Gebeurtenis, duurt hele dag"\n2-9-2025,9:00,2-9-2025,10:00,Onwaar\n',
        "De bestandsnaam van een agenda begint met de code van de begeleider, zoals B017_agenda.csv.",
    ),
]

TAKEN = [
    Taken("spaties rond de kop.csv", with_header(";".join(f"  {name}  " for name in NAMES) + "\n"), 5),
    Taken("vaste spaties in de kop.csv", with_header(PLANNING_HEADER.replace(" ", "\u00a0")), 5),
    Taken("onzichtbare tekens in de kop.csv", with_header(PLANNING_HEADER.replace("begel", "\u200bbe\u00adgel")), 5),
    Taken("hoofdletters en lage strepen.csv", with_header(PLANNING_HEADER.upper().replace(" ", "_")), 5),
    Taken("kop tussen aanhalingstekens.csv", with_header(";".join(f'"{name}"' for name in NAMES) + "\n"), 5),
    Taken("kop op rij 30.csv", with_header("Titel\n" * 29 + PLANNING_HEADER), 5),
    Taken(
        "onbekende kolom.csv",
        with_header(PLANNING_HEADER).replace(b"dagdelen\n", b"dagdelen;Kleur\n").replace(b";3\n", b";3;rood\n"),
        5,
        notes=("Onbekende kolommen genegeerd: 'Kleur'.",),
    ),
    Taken(
        "kop herhaald.csv",
        (PLANNING_HEADER + FIVE + PLANNING_HEADER + planning_rows(5, first=6)).encode(),
        11,
        (
            (7, "schooljaar", "schooljaar", "is geen schooljaar (zoals 2025-2026)"),
            (7, "categorie", "categorie", CATEGORIES),
            (7, "scholengroep nummer", "scholengroep nummer", "is geen nummer van een scholengroep"),
            (7, "dagdelen", "dagdelen", "is geen getal"),
        ),
    ),
]
