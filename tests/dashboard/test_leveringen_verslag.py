"""The words around a proposal from a report and around a correction, and what is asked before either is judged."""

from datetime import date

import pytest

from dashboard.figures import leveringen_correcties as corrections
from dashboard.figures import leveringen_verslag as report
from dashboard.figures.leveringen import NO_SUCH_DAY, WRONG_DAY

TODAY = date(2026, 11, 22)
FOUND = {
    "veld": "instellingsnummer", "waarde": "012344", "zin": "Nummer_1: 012344", "bladzijde": 1, "zekerheid": "zeker",
    "anders": [], "keuzes": [], "verplicht": True, "soort": "instellingsnummer", "reden": "",
}  # fmt: skip
UNSURE = {"zekerheid": "onzeker", "reden": "het controlecijfer klopt niet"}
NOWHERE = {"waarde": "", "zin": "", "zekerheid": "onzeker", "reden": "niet gevonden in de tekst"}
DAY = FOUND | NOWHERE | {"veld": "begindatum", "soort": "datum"}
NUMBER = FOUND | {"veld": "doorlichting id", "soort": "code"}
LINK = FOUND | {"veld": "link", "verplicht": False, "soort": "tekst"}
ANSWER = {"velden": [NUMBER, FOUND, DAY, LINK], "bekend": []}
TABLE = {
    "tabel": "inschalingen", "bron": "inschalingen", "titel": "Inschalingen", "niet_te_corrigeren": ["onderwerp"],
    "sleutel": [
        {"naam": "doorlichting_id", "is_persoon": False, "mag_leeg": False},
        {"naam": "onderwerp", "is_persoon": False, "mag_leeg": True},
    ],
}  # fmt: skip


def test_a_field_says_where_it_stands_and_how_sure_it_is():
    assert report.place(FOUND) == "Zeker. Bladzijde 1: „Nummer\\_1\\: 012344”"
    several = FOUND | UNSURE | {"anders": ["1A", "1B"], "bladzijde": None}
    assert report.place(several).startswith("Onzeker: het controlecijfer klopt niet; kan ook zijn: 1A, 1B. Nummer")
    assert report.place(DAY) == "Niet gevonden in de tekst."
    assert report.place(DAY | {"is_gezocht": False}).startswith("Een verslag noemt dit niet")
    made = FOUND | UNSURE | {"bladzijde": None, "zin": "Samengesteld"}
    assert report.place(made) == "Onzeker: het controlecijfer klopt niet. Samengesteld", (
        "how it was made is no quotation"
    )
    assert "\\*beneden" in report.place(made | {"reden": "op bladzijde 2 staat: *beneden*"})
    assert report.notices({"meldingen": ["voor de opdrachtregel", "geen inschaling"]}) == [
        report.NOTICE,
        "geen inschaling",
    ]


def test_a_label_says_what_must_be_filled_in_and_how_a_day_is_written():
    assert [report.label(row) for row in (FOUND, DAY, LINK)] == [
        "Instellingsnummer *",
        "Begindatum (dag/maand/jaar) *",
        "Link",
    ]


def test_what_is_missing_is_named_before_anything_is_judged():
    fields = {"doorlichting id": "V 1", "instellingsnummer": "012344", "begindatum": " ", "link": ""}
    assert report.problem(fields, ANSWER) == "Vul nog in: begindatum."
    assert report.problem(fields | {"begindatum": "1/2/2026"}, ANSWER) == report.NO_NUMBER
    assert report.problem(fields | {"begindatum": "1/2/2026", "doorlichting id": "V-1"}, ANSWER) == ""
    assert report.file_name({"doorlichting id": " V-1 "}) == "verslag V-1.xlsx"


def test_an_inschaling_without_a_level_is_left_out():
    rows = [
        {"kwaliteitsverwachting": " K1 ", "onderwerp": "", "inschaling": "volgens de verwachting"},
        {"kwaliteitsverwachting": "K2", "onderwerp": "", "inschaling": ""},
    ]
    assert report.filled({"link": " x "}, rows) == {
        "velden": {"link": "x"},
        "inschalingen": [{"kwaliteitsverwachting": "K1", "onderwerp": "", "inschaling": "volgens de verwachting"}],
    }


def test_what_is_known_of_a_school_is_told_with_what_its_number_does():
    known = ANSWER | {
        "bekend": [{"doorlichting_id": "D2", "datum": "2019-11-05", "soort": "doorlichting", "advies": "1B"}]
    }
    assert report.known_words(ANSWER, "V-1") == ""
    other = report.known_words(known, "V-1")
    assert other.startswith("Al in de lijst voor deze instelling: D2 (doorlichting van 05/11/2019, advies 1B).")
    assert other.endswith("anders telt de doorlichting dubbel.")
    assert report.known_words(known, "D2").endswith("het vervangt die hele rij, ook in lege velden.")


def test_a_correction_becomes_one_command_whose_texts_are_single_arguments():
    key = {"doorlichting_id": " D 1 ", "onderwerp": ""}
    arguments, problem = corrections.arguments(TABLE, key, "inschaling", "-x", "", "typ\nfout", "31/8/2027", TODAY)
    assert problem == ""
    assert arguments == [
        "corrigeer", "inschalingen", "--sleutel", "doorlichting_id=D 1", "onderwerp=", "--kolom=inschaling",
        "--verwacht=-x", "--waarde=", "--reden=typ fout", "--tot=2027-08-31",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"key": {"doorlichting_id": "", "onderwerp": ""}}, "Vul in om welke rij het gaat: doorlichting id."),
        ({"reason": "  "}, corrections.NO_REASON),
        ({"until": "31 augustus"}, WRONG_DAY),
        ({"until": "31/06/2027"}, NO_SUCH_DAY),
        ({"until": "21-11-2026"}, corrections.DAY_OVER),
    ],
)
def test_a_correction_that_says_too_little_is_not_sent(changed, problem):
    given = {
        "key": {"doorlichting_id": "D1", "onderwerp": ""}, "column": "inschaling", "expected": "a", "value": "b",
        "reason": "typfout", "until": "",
    } | changed  # fmt: skip
    assert corrections.arguments(TABLE, **given, today=TODAY) == ([], problem)


def test_what_cannot_be_corrected_says_what_to_do_instead():
    words = corrections.not_correctable(TABLE, ["edbi_antwoorden"])
    assert words.startswith("Niet te corrigeren: onderwerp. Een sleutel zegt om welke rij het gaat")
    assert "laat de leverancier die verbeteren" in words
    assert words.endswith("Tabellen zonder sleutel (EDBI-antwoorden) hebben geen rij die aan te wijzen is.")
    assert corrections.key_label({"naam": "persoon", "is_persoon": True}) == "Persoon (het pseudoniem, niet de naam)"
