"""What a data owner may declare: entries in, typed corrections or a Dutch sentence out."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines import corrections
from pipelines.contract import VakKind
from pipelines.faults import LeveringFout
from pipelines.sources import CONTRACTS
from tests.e2e.command_line import run
from warehouse.correct import Correction

GOOD = {
    "bron": "outputdossier",
    "tabel": "instroom",
    "sleutel": {"schooljaar": "2526", "instellingsnummer": "12344"},
    "kolom": "leerlingen",
    "verwacht": 321,
    "waarde": "331",
    "reden": "telfout, gemeld door jan@go.example",
    "door": "Ann",
    "tot": dt.date(2026, 8, 31),
}


def test_values_are_read_as_those_of_a_delivery_are() -> None:
    key = (("schooljaar", "2025-2026"), ("instellingsnummer", "012344"))
    assert corrections.declare(GOOD).correction == Correction("instroom", key, "leerlingen", 321, 331)
    hidden = corrections.declare({**GOOD, "kolom": "thuistaal", "verwacht": "<5", "waarde": "2,5"}).correction
    assert (hidden.expected, hidden.expected_small, hidden.value) == (None, True, 2.5)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"tabel": "instromen"}, "Er is geen tabel 'instromen'"),
        ({"bron": "planning"}, "Er is geen tabel 'instroom' van bron 'planning'"),
        ({"kolom": "leerling"}, "De tabel instroom heeft geen kolom 'leerling'. Te corrigeren: leerlingen, "),
        ({"kolom": "schooljaar"}, "hoort bij de sleutel"),
        ({"sleutel": {"schooljaar": "2025-2026"}}, "De sleutel van instroom is schooljaar, instellingsnummer"),
        ({"sleutel": {"schooljaar": "ooit", "instellingsnummer": "1"}}, "Sleutel schooljaar 'ooit' past niet"),
        ({"waarde": "veel"}, "Waarde 'veel' past niet in de kolom 'leerlingen' (aantal)"),
        ({"waarde": "-3"}, "ligt buiten de grenzen"),
        ({"waarde": "<5"}, "De nieuwe waarde is een waarde of leeg"),
        ({"reden": ""}, "Ontbreekt: reden"),
        ({"kolm": "x"}, "Onbekend: kolm"),
        ({"tot": "ooit"}, "'tot' is een datum"),
        ({"tabel": "instellingen", "bron": "instellingen", "kolom": "spoc"}, "is een persoonsgegeven"),
        (
            {"tabel": "instellingen", "bron": "instellingen", "kolom": "naam", "waarde": ""},
            "'naam' is verplicht en kan niet leeg worden",
        ),
        ({"tabel": "verloven", "bron": "verloven", "kolom": "stelsel"}, "hebben geen sleutel"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said_in_a_sentence(changed: dict[str, Any], sentence: str) -> None:
    with pytest.raises(LeveringFout) as fault:
        corrections.declare(GOOD | changed)
    assert sentence in str(fault.value)


def test_a_file_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "correcties.toml").write_text('[[correctie]]\ntabel = "instroom\n', encoding="utf-8")
    with pytest.raises(LeveringFout, match=r"correcties.toml kan niet gelezen worden \(regel 2\)"):
        corrections.read_declared(tmp_path)


def test_what_is_added_is_read_back_whatever_it_holds(tmp_path: Path) -> None:
    odd = {**GOOD, "reden": 'met "aanhaling", \\ en é\ten ☃'}
    added = corrections.add(tmp_path, odd)
    assert corrections.read_declared(tmp_path) == [added]
    with pytest.raises(LeveringFout, match="meer dan één correctie"):
        corrections.add(tmp_path, GOOD)
    corrections.add(tmp_path, GOOD | {"kolom": "thuistaal", "verwacht": "1,5", "waarde": "2"})

    assert corrections.remove(tmp_path, added.mark) == added
    assert [one.kolom for one in corrections.read_declared(tmp_path)] == ["thuistaal"]
    with pytest.raises(LeveringFout, match=r"Er is geen correctie c\w{7}; er zijn er 1"):
        corrections.remove(tmp_path, added.mark)
    with pytest.raises(LeveringFout, match="Er is geen correctie 2; er zijn er 1"):
        corrections.remove(tmp_path, "2")
    assert corrections.remove(tmp_path, "1").kolom == "thuistaal"


def test_until_is_the_last_day_and_the_warehouse_does_not_learn_who() -> None:
    declared = [corrections.declare(GOOD)]
    assert len(corrections.in_force(declared, dt.date(2026, 8, 31))) == 1
    assert corrections.in_force(declared, dt.date(2026, 9, 1)) == []
    [row] = corrections.states(declared, {}, dt.date(2026, 9, 1))
    assert (row["status"], row["reden"], "door" in row) == ("verlopen", "telfout, gemeld door [e-mail]", False)


def test_a_version_knows_the_corrections_it_was_built_with() -> None:
    declared = [
        corrections.declare(GOOD),
        corrections.declare(GOOD | {"kolom": "thuistaal", "verwacht": "<5", "waarde": "", "tot": None}),
    ]
    rows = corrections.states(declared, {}, dt.date(2026, 8, 1))

    told = corrections.built_with(rows)

    assert [one.correction for one in told] == [one.correction for one in declared]
    assert [(one.sleutel, one.tot) for one in told] == [(one.sleutel, one.tot) for one in declared]
    assert corrections.states(told, {}, dt.date(2026, 8, 1)) == rows
    # Tables and keys of another time, as an old version may hold.
    for gone in ({"tabel": "weg"}, {"sleutel": "schooljaar=2526"}, {"kolom": "weg"}):
        assert corrections.built_with([rows[0] | gone, rows[1]]) == told[1:]


@given(st.lists(st.text(min_size=1).map(str.strip).filter(bool), min_size=2, max_size=2))
def test_a_key_is_read_back_from_how_it_is_shown(parts: list[str]) -> None:
    names = next(contract for contract in CONTRACTS if len(contract.key) == 2 and contract.vak.kind is not VakKind.NAME)
    shown = ", ".join(f"{name}={part}" for name, part in zip(names.key, parts, strict=True))
    assume(f", {names.key[1]}=" not in parts[0])
    assert corrections._key_from_text(names.name, shown) == dict(zip(names.key, parts, strict=True))


def test_a_mended_source_is_a_critical_failure_and_said_aloud() -> None:
    declared = [corrections.declare(GOOD)]
    rows = corrections.states(declared, {declared[0].correction: "bron is hersteld"}, dt.date(2026, 3, 1))
    failed = [row for row in corrections.judgements(rows) if not row["geslaagd"]]
    assert [(row["ernst"], row["waargenomen"]) for row in failed] == [("kritiek", "1 van 1 afwijkend")]
    assert corrections.sentences(rows) == [
        "Correctie van instroom (schooljaar=2526, instellingsnummer=12344), kolom 'leerlingen': "
        "de bron is hersteld; verwijder de correctie. De waarde van de bron telt."
    ]


def test_a_page_is_told_of_the_next_build_and_who_types_commands_of_the_command(tmp_path: Path) -> None:
    key = ["--sleutel", "schooljaar=2025-2026", "instellingsnummer=012344", "--kolom", "personeelsleden"]
    declared = ["corrigeer", "instellingen", *key, "--verwacht", "20", "--waarde", "21", "--reden", "telfout"]
    said = json.loads(run(tmp_path, *declared, "--tot", "2099-01-01", "--json")[1])["boodschap"]
    assert said.endswith("genoteerd. Ze geldt vanaf de volgende bouw.")
    said = json.loads(run(tmp_path, "verwijder-correctie", "1", "--json")[1])["boodschap"]
    assert said.endswith("verwijderd. Dat geldt vanaf de volgende bouw.")
    assert run(tmp_path, *declared, "--tot", "2099-01-01")[1].rstrip().endswith("Ze geldt na: sterrenwacht bouw")


def test_a_correction_is_written_as_people_read_it_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    declared = ["corrigeer", "Leerrecht", "--verwacht", "20", "--waarde", "21", "--reden", "telfout"]
    key = ["--sleutel", "Schooljaar=2025-2026", "INSTELLINGSNUMMER=012344", "--kolom", "Problematisch 10"]
    assert run(tmp_path, *declared, *key, "--tot", "2099-01-01")[0] == 0
    assert run(tmp_path, "correcties")[1].startswith(
        "1. leerrecht (schooljaar 2025-2026, instellingsnummer 012344): 'problematisch_10' van '20' naar '21'"
    )
    assert run(tmp_path, *declared, *key, "--tot", "2025-01-01")[0] == 1
    assert "01/01/2025 is voorbij: zo'n correctie wijzigt niets." in capsys.readouterr().err


def test_a_correction_that_was_noted_before_a_fault_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who did it cannot be written down: what should hold the journal is no folder."""
    (tmp_path / "historie").touch()
    key = ["--sleutel", "schooljaar=2025-2026", "instellingsnummer=012344", "--kolom", "leerlingen"]
    added = ["corrigeer", "instroom", *key, "--verwacht", "321", "--waarde", "331", "--reden", "telfout"]
    for command, said in (
        (added, "is wel genoteerd en geldt"),
        (["verwijder-correctie", "1"], "is wel verwijderd; dat geldt"),
    ):
        assert run(tmp_path, *command)[0] == 1
        told = " ".join(capsys.readouterr().err.split())
        assert told.endswith(f"is niet gewijzigd. De correctie zelf {said} vanaf de volgende bouw."), told
    assert corrections.read_declared(tmp_path) == []
