import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dashboard.small_warehouse import publish
from warehouse import roles
from warehouse.access_file import (
    AccessFile,
    AccessFileError,
    Grant,
    access_path,
    normalised,
    parse_access_file,
    read_access_file,
    unknown_groups,
)

WHOLE = """
[contact]
naam = "de databeheerder"
e_mail = "data@voorbeeld.be"

[aanmelden]
uren = 10
claim_e_mail = "preferred_username"
claim_groepen = "roles"

[[persoon]]
e_mail = " An.Peeters@Voorbeeld.be"
rollen = ["SPOC", "POC+"]
scholengroepen = [12, "03", "3"]

[[groep]]
waarde = "0b1f-hr"
rollen = ["hr"]
"""


def _faults(text: str) -> list[str]:
    with pytest.raises(AccessFileError) as refusal:
        parse_access_file(text)
    return refusal.value.sentences


def _person(rest: str) -> str:
    return f'[[persoon]]\ne_mail = "an@voorbeeld.be"\n{rest}\n'


def test_a_whole_file_is_read():
    assert parse_access_file(WHOLE) == AccessFile(
        contact="de databeheerder (data@voorbeeld.be)",
        uren=10,
        claim_e_mail="preferred_username",
        claim_groepen="roles",
        personen={"an.peeters@voorbeeld.be": Grant(("spoc", "poc"), ("3", "12"))},
        groepen={"0b1f-hr": Grant(("hr",))},
    )


def test_an_empty_file_gives_nobody_a_role():
    assert parse_access_file("") == AccessFile()
    assert AccessFile().grants("an@voorbeeld.be", ["groep"]) == []


def test_rights_of_a_person_and_of_groups_come_together():
    access = parse_access_file(WHOLE)
    both = [Grant(("spoc", "poc"), ("3", "12")), Grant(("hr",))]
    assert access.grants("an.peeters@voorbeeld.be", ["0b1f-hr", "0b1f-hr", "een andere"]) == both
    assert access.grants(None, ["0b1f-hr"]) == both[1:]
    assert access.grants("zoe@voorbeeld.be", []) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[contact", "Dit is geen geldige TOML: kijk na wat er staat."),
        ("[contact]\nnaam = x", "Dit is geen geldige TOML: kijk na wat er staat op regel 2."),
        (
            "[personen]",
            "„personen” is geen onderdeel van dit bestand; mogelijk zijn contact, aanmelden, persoon en groep.",
        ),
        ("contact = 1", "Schrijf contact als een onderdeel: [contact]."),
        ('[contact]\nnaam = ""', "naam is een tekst tussen aanhalingstekens."),
        ('[contact]\ne_mail = "geen adres"', "contact: e_mail is geen e-mailadres."),
        ("[aanmelden]\nuren = 0", "aanmelden: uren is een geheel getal van 1 tot 24."),
        ("[aanmelden]\nuren = true", "aanmelden: uren is een geheel getal van 1 tot 24."),
        ("[aanmelden]\nuur = 8", "aanmelden: „uur” is niet gekend; mogelijk zijn claim_e_mail, claim_groepen, uren."),
        ("[persoon]", "Schrijf elke persoon onder een eigen [[persoon]]."),
        ('[[persoon]]\nrollen = ["hr"]', "persoon 1: e_mail ontbreekt of is geen e-mailadres."),
        (
            '[[groep]]\nrollen = ["hr"]',
            "groep 1: waarde ontbreekt; ze is de tekst waarmee de groep in het token staat.",
        ),
        (_person(""), 'persoon 1: rollen ontbreekt; schrijf een lijst, zoals rollen = ["hoofdadviseur"].'),
        (_person('rollen = "hr"'), 'persoon 1: rollen ontbreekt; schrijf een lijst, zoals rollen = ["hoofdadviseur"].'),
        (
            _person('rollen = ["baas"]'),
            "persoon 1: „baas” is geen rol; mogelijk zijn hoofdadviseur, spoc, management, hr, databeheerder, poc, "
            "toezicht.",
        ),
        (
            _person('rollen = ["spoc"]'),
            "persoon 1: een SPOC heeft minstens één scholengroep; voeg scholengroepen toe.",
        ),
        (
            _person('rollen = ["hr"]\nscholengroepen = ["3"]'),
            "persoon 1: scholengroepen horen enkel bij de rol spoc.",
        ),
        (
            _person('rollen = ["spoc"]\nscholengroepen = ["3", "drie"]'),
            "persoon 1: „drie” is geen nummer van een scholengroep.",
        ),
        (
            _person('rollen = ["spoc"]\nscholengroepen = ["3", true]'),
            "persoon 1: „True” is geen nummer van een scholengroep.",
        ),
        (
            _person('rollen = ["hr"]') + '[[persoon]]\ne_mail = "AN@voorbeeld.be"\nrollen = ["hr"]',
            "persoon 2 is dezelfde als persoon 1: zet alle rollen samen onder één [[persoon]].",
        ),
        (
            _person('rollen = ["hr"]\nscholengroep = "3"'),
            "persoon 1: „scholengroep” is niet gekend; mogelijk zijn e_mail, rollen, scholengroepen.",
        ),
    ],
)
def test_a_mistake_has_its_own_sentence(text, sentence):
    assert _faults(text) == [sentence]


def test_every_mistake_is_named_at_once_and_none_quotes_an_address():
    text = WHOLE + '[[persoon]]\ne_mail = "an.peeters@voorbeeld.be"\nrollen = ["baas"]\n[[persoon]]\nrollen = ["spoc"]'
    faults = _faults(text)
    assert len(faults) == 4
    assert "@" not in "".join(faults)


@given(st.text(max_size=200))
def test_any_text_gives_rights_that_were_written_or_sentences(text):
    try:
        access = parse_access_file(text)
    except AccessFileError as error:
        sentences, grants = error.sentences, []
    else:
        sentences, grants = [], [*access.personen.values(), *access.groepen.values()]
    assert all(sentences)
    assert all(grant.roles for grant in grants)


_ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 2000) | st.text(max_size=8) | st.sampled_from(sorted(roles.NAMES)),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)


@given(
    st.dictionaries(st.sampled_from(["e_mail", "rollen", "scholengroepen"]), _ANYTHING.filter(lambda v: v is not None))
)
def test_whatever_stands_in_an_entry_a_right_is_a_known_role_with_numbers(entry):
    lines = [f"{name} = {json.dumps(value)}" for name, value in entry.items() if "null" not in json.dumps(value)]
    text = "[[persoon]]\n" + "\n".join(lines)
    try:
        access = parse_access_file(text)
    except AccessFileError as error:
        sentences, people = error.sentences, {}
    else:
        sentences, people = [], access.personen
    assert all(sentence.endswith(".") for sentence in sentences)
    assert bool(people) != bool(sentences)
    for e_mail, grant in people.items():
        assert e_mail == normalised(e_mail)
        assert set(grant.roles) <= set(roles.NAMES)
        assert bool(grant.scholengroepen) == ("spoc" in grant.roles)


def test_a_right_that_was_taken_away_is_gone_at_the_next_look(tmp_path):
    path = tmp_path / "toegang.toml"
    path.write_text(WHOLE, encoding="utf-8")
    assert read_access_file(path).personen
    path.write_text("# niemand", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert not read_access_file(path).personen
    path.unlink()
    assert read_access_file(path) == AccessFile()


def test_a_file_in_another_encoding_is_told_and_one_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "toegang.toml"
    path.write_bytes('[contact]\nnaam = "één"'.encode("cp1252"))
    with pytest.raises(AccessFileError, match=r"niet leesbaar als tekst \(UTF-8\)"):
        read_access_file(path)
    path.write_text('[contact]\nnaam = "één"', encoding="utf-8-sig")
    assert read_access_file(path).contact == "één"


def test_the_file_stands_in_the_data_folder_unless_said_otherwise(tmp_path, monkeypatch):
    monkeypatch.delenv("STERRENWACHT_TOEGANG", raising=False)
    assert access_path(tmp_path) == tmp_path / "toegang.toml"
    monkeypatch.setenv("STERRENWACHT_TOEGANG", "/etc/sterrenwacht/toegang.toml")
    assert str(access_path(tmp_path)) == "/etc/sterrenwacht/toegang.toml"


def test_a_number_that_is_no_scholengroep_of_the_data_is_named(tmp_path):
    access = parse_access_file(_person('rollen = ["spoc"]\nscholengroepen = ["1", "99"]'))
    assert unknown_groups(access, tmp_path) == [], "nothing is published yet"
    publish(tmp_path)
    assert unknown_groups(access, tmp_path) == ["Scholengroep 99 bestaat niet in de gegevens."]
