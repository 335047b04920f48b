"""What each contract refuses because it can never be right: one literal row per rule that no other test names."""

import datetime as dt

import pytest

from tests.pipelines.conftest import JudgeBytes

VRAGEN = ("vraag;module;tekst;schaal min;schaal max;gunstig vanaf", "A{};A;Tevreden?;1;5;4")
PERSONEEL = ("persoon;functie;team;statuut;vte;in dienst", "p{};begeleider;noord;CODO;1;01/09/2020")
PLANNING = ("schooljaar;begeleider;categorie;dagdelen", "2025-2026;B{};vt;12")
TOETSEN = (
    "toetsjaar;instellingsnummer;leerjaar;vak;domein;deelnemers;vaardigheidsscore;standaardfout",
    "2025-2026;{};4LO;wiskunde;totaal;20;500;12",
)
DOELEN = ("code;schooljaar;omschrijving;eenheid;streefwaarde", "D{};2025-2026;Doel;clb;19")
PROCES = ("schooljaar;instellingsnummer;indicator;inschaling;schaal max", "2025-2026;{};7;3;4")
VERBORGEN = "verbergt het getal, maar dat getal is hier nodig"


@pytest.mark.parametrize(
    ("table", "row", "kolom", "reden"),
    [
        (VRAGEN, "Z;A;Tevreden?;1,5;5;4", "schaal min", "is geen geheel getal: een schaal heeft punten"),
        (VRAGEN, "Z;A;Tevreden?;1;4,5;4", "schaal max", "is geen geheel getal: een schaal heeft punten"),
        (VRAGEN, "Z;A;Tevreden?;1;5000;4", "schaal max", "is groter dan 100"),
        (VRAGEN, "Z;A;Tevreden?;1;5;6", "gunstig vanaf", "ligt niet tussen 'schaal min' en 'schaal max'"),
        (PERSONEEL, "z;begeleider;Alle;CODO;1;01/09/2020", "team", "is het woord voor alle teams van een dienst"),
        (PERSONEEL, "z;begeleider;noord;CODO;<5;01/09/2020", "vte", VERBORGEN),
        (PLANNING, "2025-2026;Z;vt;< 5", "dagdelen", VERBORGEN),
        (TOETSEN, "2025-2026;999;4LO;wiskunde;totaal;20;5002500;12", "vaardigheidsscore", "is groter dan 10.000"),
        (TOETSEN, "2025-2026;999;4LO;wiskunde;totaal;20;500;12000", "standaardfout", "is groter dan 10.000"),
        (PROCES, "2025-2026;999;16;3;4", "indicator", "is groter dan 15"),
        (PROCES, "2025-2026;999;<5;3;4", "indicator", VERBORGEN),
        (PROCES, "2025-2026;999;7;5;4", "inschaling", "is groter dan 'schaal max'"),
        (PROCES, "2025-2026;999;7;3;4,5", "schaal max", "is geen geheel getal: een schaal heeft punten"),
        (PROCES, "2025-2026;999;7;3;n.v.t.", "schaal max", "is leeg maar verplicht"),
        (DOELEN, "Z;2025-2026;Doel;clb;1e12", "streefwaarde", "is groter dan 10.000.000"),
    ],
)
def test_row_that_can_never_be_right_is_refused(
    judge: JudgeBytes, table: tuple[str, str], row: str, kolom: str, reden: str
) -> None:
    # Nine good rows before it keep the file under the fifth that refuses it as a whole.
    header, good = table
    lines = [header, *(good.format(number) for number in range(100, 109)), row]

    _, report = judge("\n".join(lines) + "\n")

    assert report.quarantine.select("rij", "kolom", "reden").rows() == [(11, kolom, reden)]
    assert report.aanvaard == 9


@pytest.mark.parametrize(
    ("wording", "advies"),
    [
        ("Gunstig advies zonder meer", "1A"),
        ("gunstig advies met weg te werken tekorten", "1B"),
        ("Ongunstig advies met verzoek", "2A"),
        ("ongunstig advies zonder verzoek", "2B"),
    ],
)
def test_an_advice_may_be_written_as_a_sentence(judge: JudgeBytes, wording: str, advies: str) -> None:
    header = "doorlichting id;instellingsnummer;soort;begindatum;advies\n"
    [cleaned], _ = judge(f"{header}D1;12344;doorlichting;01/10/2025;{wording}\n")
    assert cleaned.accepted["advies"].to_list() == [advies]


def test_a_self_scaling_is_read_as_suppliers_write_it(judge: JudgeBytes) -> None:
    lines = [
        "\ufeffSchooljaar;INSTELLINGSNUMMER;Indicator;Inschaling;Schaal_max;Ingevuld\u00a0op;opmerking",
        "2025-26;12344;7;2,5;4;3-11-2025;",
        "2526;12344.0;8.0;n.v.t.;4;;",
        "2025;012344;9;-;5;45964;",
    ]
    [cleaned], report = judge("\r".join(lines))
    assert report.quarantine.is_empty()
    shown = cleaned.accepted.select("schooljaar", "instellingsnummer", "indicator", "inschaling", "schaal_max")
    assert shown.rows() == [
        ("2025-2026", "012344", 7, 2.5, 4.0),
        ("2025-2026", "012344", 8, None, 4.0),
        ("2025-2026", "012344", 9, None, 5.0),
    ]
    assert cleaned.accepted["ingevuld_op"].to_list() == [dt.date(2025, 11, 3), None, dt.date(2025, 11, 3)]
