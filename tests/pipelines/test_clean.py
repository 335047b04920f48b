"""Typing, quarantine, pseudonyms and remarks: literal rows in, literal rows out."""

import datetime as dt

import pytest

from pipelines.faults import LeveringFout
from pipelines.pseudonym import pseudonym
from tests.pipelines.conftest import KEY, JudgeBytes
from tests.pipelines.workbooks import dossier

INSTELLINGEN = (
    "schooljaar;instellingsnummer;naam;onderwijsniveau;scholengroep nummer;scholengroep;"
    "leerlingen;personeelsleden;vte;spoc\n"
)
GOOD = "2025-2026;{:06d};School;BaO;12;De Ster;200;20;15,5;\n"
#: Ten good rows, so that one bad row stays under a fifth. Rows 2 to 11 in Excel; a row after them is row 12.
TEN = "".join(GOOD.format(n) for n in range(101, 111))


def faults(judge: JudgeBytes, row: str) -> list[tuple[object, ...]]:
    """Return (rij, kolom, waarde, reden) of the faults when this row follows ten good ones."""
    _, report = judge(INSTELLINGEN + TEN + row + "\n")
    return report.quarantine.select("rij", "kolom", "waarde", "reden").rows()


@pytest.mark.parametrize(
    ("row", "kolom", "waarde", "reden"),
    [
        ("2025-2027;200;S;BaO;12;D;1;1;1;", "schooljaar", "2025-2027", "is geen schooljaar (zoals 2025-2026)"),
        ("2025;1234567;S;BaO;12;D;1;1;1;", "instellingsnummer", "1234567", "is geen instellingsnummer van 6 cijfers"),
        ("2025;200;;BaO;12;D;1;1;1;", "naam", None, "is leeg maar verplicht"),
        (
            "2025;200;S;basis;12;D;1;1;1;",
            "onderwijsniveau",
            "basis",
            "is geen geldige waarde; kies uit: BaO, BuBaO, SO, BuSO, DKO, VWO, LSC, CLB, INT",
        ),
        ("2025;200;S;BaO;a;D;1;1;1;", "scholengroep nummer", "a", "is geen nummer van een scholengroep"),
        ("2025;200;S;BaO;12;D;1,5;1;1;", "leerlingen", "1,5", "is geen geheel getal"),
        ("2025;200;S;BaO;12;D;1;-1;1;", "personeelsleden", "-1", "is kleiner dan 0"),
        ("2025;200;S;BaO;12;D;1;10.001;1;", "personeelsleden", "10.001", "is groter dan 10.000"),
        ("2025;200;S;BaO;12;D;1;1;veel;", "vte", "veel", "is geen getal"),
        (
            "2025;101;S;BaO;12;D;1;1;1;",
            "schooljaar, instellingsnummer",
            "2025",
            "staat met dezelfde sleutel al op rij 2",
        ),
    ],
)
def test_a_row_that_breaks_a_rule_is_named_with_its_reason(
    judge: JudgeBytes, row: str, kolom: str, waarde: str | None, reden: str
) -> None:
    assert faults(judge, row) == [(12, kolom, waarde, reden)]


def test_a_row_with_two_faults_is_one_refused_row(judge: JudgeBytes) -> None:
    _, report = judge(INSTELLINGEN + TEN + "2025;200;;BaO;12;D;x;1;1;\n")
    assert (report.gelezen, report.aanvaard, report.quarantine.height) == (11, 10, 2)


def test_missing_zero_and_suppressed_stay_three_things(judge: JudgeBytes) -> None:
    rows = [
        ["schooljaar", "instellingsnummer", "leerlingen", "buurt", "thuistaal"],
        ["2025-2026", 12344, 200, "<5", "12,5"],
        ["2526", "12351.0", 200, "n.v.t.", 0],
        ["2025", "012369", 200, "< 5", "Geen cijfers beschikbaar"],
    ]
    cleaned, _ = judge(dossier(Instroom=rows))
    accepted = cleaned[0].accepted
    assert accepted.select("instellingsnummer", "buurt", "thuistaal", "_klein").rows() == [
        ("012344", None, 12.5, ["buurt"]),
        ("012351", None, 0.0, []),
        ("012369", None, None, ["buurt"]),
    ]


def test_a_number_that_is_needed_may_be_neither_empty_nor_suppressed(judge: JudgeBytes) -> None:
    header = "schooljaar;begeleider;categorie;scholengroep nummer;dagdelen\n"
    rows = "".join(f"2025-2026;B{n};vt;12;3\n" for n in range(10))
    _, report = judge(header + rows + "2025-2026;B11;vt;12;<5\n2025-2026;B12;vt;12;\n")
    assert report.quarantine.select("rij", "kolom", "waarde", "reden").rows() == [
        (12, "dagdelen", "<5", "verbergt het getal, maar dat getal is hier nodig"),
        (13, "dagdelen", None, "is leeg maar verplicht"),
    ]


def test_fewer_than_ten_is_not_the_suppression_of_fewer_than_five(judge: JudgeBytes) -> None:
    assert faults(judge, "2025;200;S;BaO;12;D;<10;1;1;") == [(12, "leerlingen", "<10", "is geen geheel getal")]


TOETSEN = "toetsjaar;instellingsnummer;leerjaar;vak;domein;deelnemers;vaardigheidsscore;aandeel minimumdoel\n"


@pytest.mark.parametrize("shares", [("0,71", "0,5"), ("0.71", "1")])
def test_a_percentage_between_0_and_1_is_reported_not_rescaled(judge: JudgeBytes, shares: tuple[str, str]) -> None:
    rows = [
        f"2025;12344;{year};wiskunde;getallenkennis;20;250;{s}\n"
        for year, s in zip(("4LO", "6LO"), shares, strict=True)
    ]
    [cleaned], report = judge(TOETSEN + "".join(rows))
    assert cleaned.accepted["aandeel_minimumdoel"].to_list() == [float(s.replace(",", ".")) for s in shares]
    assert [melding.sentence for melding in report.meldingen if "tussen 0 en 1" in melding.sentence] == [
        "Alle waarden van 'aandeel minimumdoel' liggen tussen 0 en 1, maar de kolom is een percentage van 0 tot 100. "
        "Er is niets herrekend: kijk de levering na."
    ]


def test_percentages_read_with_their_sign(judge: JudgeBytes) -> None:
    row = "2025;12344;4LO;wiskunde;getallenkennis;20;250;71,5 %\n2025;12344;6LO;wiskunde;getallenkennis;20;250;101\n"
    many = "".join(f"2025;{n};4LO;wiskunde;getallenkennis;20;250;50\n" for n in range(1, 9))
    [cleaned], report = judge(TOETSEN + row + many)
    assert cleaned.accepted["aandeel_minimumdoel"][0] == 71.5
    assert report.quarantine.select("rij", "waarde", "reden").rows() == [(3, "101", "is groter dan 100")]


def test_a_failing_check_digit_is_told_and_the_row_loads(judge: JudgeBytes) -> None:
    # 012344 fits (see test_values for the arithmetic); 012345 does not.
    _, report = judge(INSTELLINGEN + GOOD.format(12344) + GOOD.format(12345))
    assert report.aanvaard == 2
    assert [melding.sentence for melding in report.meldingen] == [
        "1 instellingsnummer(s) in 'instellingsnummer' met een controlecijfer dat niet klopt, zoals 012345. "
        "Een rij wordt daarvoor niet geweigerd."
    ]


def test_a_point_that_may_mean_two_things_is_told(judge: JudgeBytes) -> None:
    small, large = GOOD.format(12344).replace("15,5", "350"), GOOD.format(12351).replace("15,5", "1.200")
    [cleaned], report = judge(INSTELLINGEN + small + large)
    assert cleaned.accepted["vte"].to_list() == [350.0, 1200.0]
    assert [melding.sentence for melding in report.meldingen] == [
        "In de kolom 'vte' is '1.200' gelezen als een duizendtal; het punt kan beide betekenen. Kijk na of dat klopt."
    ]


def test_a_column_that_shows_its_decimals_everywhere_has_decimal_points(judge: JudgeBytes) -> None:
    small, large = GOOD.format(12344).replace("15,5", "3.500"), GOOD.format(12351).replace("15,5", "1.200")
    [cleaned], report = judge(INSTELLINGEN + small + large)
    assert cleaned.accepted["vte"].to_list() == [3.5, 1.2]
    assert "'3.500' gelezen als een decimaal getal" in report.meldingen[0].sentence


def test_a_decimal_comma_elsewhere_makes_the_points_thousands(judge: JudgeBytes) -> None:
    [cleaned], report = judge(INSTELLINGEN + GOOD.format(12344) + GOOD.format(12351).replace("15,5", "1.200"))
    assert (cleaned.accepted["vte"].to_list(), report.meldingen) == ([15.5, 1200.0], ())


def test_more_than_a_fifth_refused_refuses_the_file_with_the_commonest_reasons(judge: JudgeBytes) -> None:
    bad = "2025;200;S;BaO;12;D;1;1;veel;\n2025;201;S;BaO;12;D;1;1;weinig;\n2025;202;;BaO;12;D;1;1;1;\n"
    with pytest.raises(LeveringFout) as refusal:
        judge(INSTELLINGEN + TEN + bad)
    assert str(refusal.value) == (
        "3 van de 13 rijen breken een regel, meer dan een vijfde: het bestand is geweigerd. Meest voorkomend: "
        "kolom 'vte': is geen getal (2x); kolom 'naam': is leeg maar verplicht (1x). Eerste: rij 12, waarde 'veel'."
    )


def test_the_fifth_is_of_the_file_and_not_of_one_sheet(judge: JudgeBytes) -> None:
    header = ["schooljaar", "instellingsnummer", "noemer"]
    _, report = judge(dossier(Leerrecht=[header, ["2025-2026", 12344, "veel"]]))
    assert (report.gelezen, report.aanvaard) == (5, 4)
    assert report.quarantine["blad"].to_list() == ["Leerrecht"]


def test_exactly_a_fifth_refused_still_loads(judge: JudgeBytes) -> None:
    four = "".join(GOOD.format(n) for n in range(4))[len("2025-2026;000000;School;BaO;12;De Ster;200;20;15,5;\n") :]
    _, report = judge(INSTELLINGEN + four + GOOD.format(9) + "2025;200;S;BaO;12;D;1;1;veel;\n")
    assert (report.gelezen, report.aanvaard) == (5, 4)


OUTLOOK_EN = (
    '"Subject","Start Date","Start Time","End Date","End Time","All day event","Categories","Private","Show time as",'
    '"Description"\n'
)
OUTLOOK_NL = (
    '"Privé","Onderwerp","Begindatum","Begintijd","Einddatum","Eindtijd","Gebeurtenis, duurt hele dag","Categorieën",'
    '"Tijd weergeven als"\n'
)


def test_an_english_agenda_has_the_month_first_and_a_clock_of_twelve_hours(judge: JudgeBytes) -> None:
    row = '"Overleg","9/2/2025","9:00:00 AM","9/2/2025","1:30:00 PM","False","VT","False","2","Met, komma\'s\nen"\n'
    [cleaned], report = judge(OUTLOOK_EN + row, "B017_agenda.csv")
    assert cleaned.accepted.select(
        "begeleider", "begindatum", "begintijd", "eindtijd", "hele_dag", "categorieen"
    ).rows() == [(pseudonym("b017", KEY), dt.date(2025, 9, 2), dt.time(9), dt.time(13, 30), False, "VT")]
    assert report.meldingen == ()


def test_a_dutch_agenda_reads_in_any_order_and_hides_the_category_of_private_items(judge: JudgeBytes) -> None:
    row = '"Waar","Dokter","2-9-2025","9:00:00","2-9-2025","13:30:00","Onwaar","Verlof","2"\n'
    [cleaned], _ = judge(OUTLOOK_NL + row, "B017_agenda.csv")
    assert cleaned.accepted.select("begindatum", "eindtijd", "prive", "categorieen").rows() == [
        (dt.date(2025, 9, 2), dt.time(13, 30), True, None)
    ]


QUALTRICS = (
    "Status,IPAddress,Progress,Finished,RecordedDate,ResponseId,RecipientEmail,ExternalReference,A1,A2\n"
    '"Response Type","IP Address","Progress","Finished","Recorded Date","Response ID","Recipient Email",'
    '"External Data Reference","Hoe tevreden,\nop een schaal?","Wat nam men mee?\n\n- iets\n- niets"\n'
    '"{""ImportId"":""status""}","{""ImportId"":""ipAddress""}","{""ImportId"":""progress""}","{""ImportId"":""finished""}",'
    '"{""ImportId"":""recordedDate"",""timeZone"":""Europe/Brussels""}","{""ImportId"":""_recordId""}",'
    '"{""ImportId"":""recipientEmail""}","{""ImportId"":""externalDataReference""}","{""ImportId"":""QID1""}",'
    '"{""ImportId"":""QID2""}"\n'
)


def test_a_qualtrics_export_reads_below_its_three_headers(judge: JudgeBytes) -> None:
    rows = (
        'IP Address,10.0.0.1,100,True,2025-11-03 14:23:11,R_1,an@b.be,U1,4,"Mail mij: an@b.be"\n'
        "IP Address,10.0.0.1,40,False,2025-11-04 08:00:00,R_2,,,,\n"
    )
    [cleaned], report = judge(QUALTRICS + rows)
    assert cleaned.accepted.select("_rij", "response_id", "uitnodiging_id", "finished", "antwoorden").rows() == [
        (4, "R_1", "U1", True, [{"vraag": "A1", "waarde": "4"}, {"vraag": "A2", "waarde": "Mail mij: [e-mail]"}]),
        (5, "R_2", None, False, []),
    ]
    assert report.vak == "2025-2026"


def test_questions_answered_in_words_only_are_told(judge: JudgeBytes) -> None:
    rows = (
        "IP Address,1,100,True,2025-11-03 14:23:11,R_1,,U1,Helemaal akkoord,3\n"
        "IP Address,1,100,True,2025-11-03 14:23:12,R_2,,U2,Akkoord,geen antwoord\n"
    )
    _, report = judge(QUALTRICS + rows)
    [melding] = report.meldingen
    assert melding.sentence.startswith("Vragen die enkel met woorden beantwoord zijn: A1. Zijn dat geen open vragen")


def test_an_export_without_its_three_headers_is_refused(judge: JudgeBytes) -> None:
    header = QUALTRICS.split("\n", 1)[0]
    with pytest.raises(LeveringFout, match="De drie koprijen van Qualtrics"):
        judge(header + "\nIP Address,1,100,True,2025-11-03 14:23:11,R_1,,U1,4,\n" * 3)


def test_a_question_that_stands_twice_is_refused(judge: JudgeBytes) -> None:
    with pytest.raises(LeveringFout, match="De vraag 'A1' staat er meer dan eens"):
        judge(QUALTRICS.replace(",A2\n", ",A1\n") + "IP Address,1,100,True,2025-11-03 14:23:11,R_1,,U1,4,5\n")


def test_a_slip_of_the_pen_does_not_replace_another_schooljaar(judge: JudgeBytes) -> None:
    rows = "".join(GOOD.format(n) for n in range(1, 31)) + GOOD.format(31).replace("2025-2026", "2023-2024")
    [cleaned], report = judge(INSTELLINGEN + rows)
    assert cleaned.accepted["_vak"].unique().to_list() == ["2025-2026"]
    assert cleaned.accepted["schooljaar"].to_list()[-1] == "2023-2024"
    assert any("van een ander schooljaar (2023-2024)" in melding.sentence for melding in report.meldingen)


def test_a_file_of_two_schooljaren_replaces_both(judge: JudgeBytes) -> None:
    _, report = judge(INSTELLINGEN + GOOD.format(1) + GOOD.format(1).replace("2025-2026", "2024-2025"))
    assert report.vak == "2024-2025, 2025-2026"
