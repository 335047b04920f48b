"""From an inspection report to a delivery of its own: read, looked at, written, loaded beside the complete list."""

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from pipelines.faults import LeveringFout
from pipelines.proposal_file import read_filled, write_delivery
from tests.e2e.command_line import run, status
from tests.pipelines.reports import ADVICE, FRONT, LEVELS, pdf
from tests.pipelines.small_deliveries import INSTELLINGEN, write

LIST = """doorlichting id;instellingsnummer;soort;begindatum;advies
D1;012344;doorlichting;3/10/2016;1A
D2;012344;doorlichting;5/11/2019;1B
"""
SCALES = """doorlichting id;kwaliteitsverwachting;onderwerp;inschaling
D2;K1;;benadert de verwachting
D2;R1;wiskunde;volgens de verwachting
"""


def answered(data: Path, *arguments: str) -> dict[str, Any]:
    code, printed = run(data, *arguments, "--json")
    assert code == 0, printed
    found: dict[str, Any] = json.loads(printed)
    return found


def states(data: Path) -> dict[str, str]:
    return {row["bestand"]: row["status"] for row in status(data)["leveringen"]}


def filled_in(folder: Path, proposal: dict[str, Any], **changed: str) -> Path:
    """Write what a person made of a proposal: the fields found, with some changed."""
    fields = {row["veld"]: row["waarde"] for row in proposal["velden"]} | changed
    scaled = [
        {name: row[name] for name in ("kwaliteitsverwachting", "onderwerp", "inschaling")}
        for row in proposal["inschalingen"]
    ]
    path = folder / "ingevuld.json"
    path.write_text(json.dumps({"velden": fields, "inschalingen": scaled}), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("voorstel")
    (folder / "verslag.pdf").write_bytes(pdf(FRONT, ADVICE, LEVELS))
    files = write(folder / "in", instellingen=INSTELLINGEN, lijst=LIST, schalen=SCALES)
    assert run(folder / "data", "laad", *map(str, files))[0] == 0
    return folder


@pytest.fixture(scope="module")
def proposal(folder: Path) -> dict[str, Any]:
    before = sorted(path.name for path in (folder / "data" / "archief" / "bestanden").iterdir())
    found = answered(folder / "data", "voorstel", str(folder / "verslag.pdf"))
    assert sorted(path.name for path in (folder / "data" / "archief" / "bestanden").iterdir()) == before
    return found


def test_a_proposal_tells_every_column_with_its_choices_and_what_is_known_of_the_school(
    proposal: dict[str, Any],
) -> None:
    fields = {row["veld"]: row for row in proposal["velden"]}
    assert list(fields)[-2:] == ["beroep", "link"]
    assert fields["advies"]["keuzes"] == ["1A", "1B", "2A", "2B"]
    assert (fields["advies"]["verplicht"], fields["beroep"]["verplicht"]) == (True, False)
    assert (fields["advies"]["is_gezocht"], fields["beroep"]["is_gezocht"]) == (True, False)
    assert "overstijgt de verwachting" in proposal["inschaling_keuzes"]
    assert [(row["doorlichting_id"], row["datum"]) for row in proposal["bekend"]] == [
        ("D2", "2019-11-05"),
        ("D1", "2016-10-03"),
    ]


def test_what_was_looked_at_counts_beside_the_list_until_a_newer_list_comes(
    folder: Path, proposal: dict[str, Any]
) -> None:
    data, target = folder / "data", folder / "verslag 012344.xlsx"
    filled = filled_in(folder, proposal, link="https://go.example/verslag")

    answered(data, "schrijf-voorstel", str(filled), "--naar", str(target))
    told = answered(data, "voorbeeld", str(target))
    changes = {change["tabel"]: (change["nieuw"], change["verdwenen"]) for change in told["wijzigingen"]}
    assert changes == {"doorlichtingen": (1, 0), "inschalingen": (5, 0)}
    assert told["bestanden"][0]["vak"] == "verslag 012344-20241112"

    answered(data, "laad", str(target), "--door", "Ann")
    assert set(states(data).values()) == {"actief"}
    assert answered(data, "voorstel", str(folder / "verslag.pdf"))["bekend"][0]["doorlichting_id"] == "012344-20241112"

    # The same report again, with another advice: it replaces itself and nothing else.
    again = folder / "verslag 012344 verbeterd.xlsx"
    answered(data, "schrijf-voorstel", str(filled_in(folder, proposal, advies="2A")), "--naar", str(again))
    answered(data, "laad", str(again))
    assert states(data) == {
        "instellingen.csv": "actief", "lijst.csv": "actief", "schalen.csv": "actief",
        "verslag 012344.xlsx": "vervangen", "verslag 012344 verbeterd.xlsx": "actief",
    }  # fmt: skip
    known = answered(data, "voorstel", str(folder / "verslag.pdf"))["bekend"]
    assert (known[0]["doorlichting_id"], known[0]["advies"]) == ("012344-20241112", "2A")
    assert len(known) == 3

    [newer] = write(folder / "nieuw", lijst=LIST + "D3;012344;doorlichting;12/11/2024;2A\n")
    gone = {c["tabel"]: c["verdwenen"] for c in answered(data, "voorbeeld", str(newer))["wijzigingen"]}
    assert gone == {"doorlichtingen": 1, "inschalingen": 5}
    answered(data, "laad", str(newer))
    assert [states(data)[name] for name in ("verslag 012344 verbeterd.xlsx", "schalen.csv")] == ["vervangen", "actief"]
    known = answered(data, "voorstel", str(folder / "verslag.pdf"))["bekend"]
    assert [row["doorlichting_id"] for row in known] == ["D3", "D2", "D1"]


def test_a_field_that_breaks_a_rule_is_refused_as_in_every_delivery(folder: Path, proposal: dict[str, Any]) -> None:
    target = folder / "fout.xlsx"
    filled = filled_in(folder, proposal, begindatum="31/02/2024", **{"doorlichting id": "fout"})
    answered(folder / "data", "schrijf-voorstel", str(filled), "--naar", str(target))
    code, printed = run(folder / "data", "voorbeeld", str(target), "--json")
    [file] = json.loads(printed)["bestanden"]
    assert (code, file["status"]) == (4, "geweigerd")
    assert (file["fouten"][0]["kolom"], file["fouten"][0]["waarde"]) == ("begindatum", "31/02/2024")


def test_the_workbook_says_what_it_is_and_text_stays_text(tmp_path: Path) -> None:
    target = tmp_path / "v.xlsx"
    write_delivery({"doorlichting id": "A-1", "link": "=1+1", "onbekend": "x"}, [], target)
    book = load_workbook(target)
    assert book.sheetnames == ["doorlichtingen"]
    sheet = book["doorlichtingen"]
    assert sheet["A1"].value == "Voorstel uit een verslag van een doorlichting: A-1"
    assert (sheet["M4"].value, sheet["M4"].data_type, sheet["A4"].value) == ("=1+1", "s", "A-1")
    with pytest.raises(LeveringFout, match="bestaat al"):
        write_delivery({"doorlichting id": "A-1"}, [], target)
    with pytest.raises(LeveringFout, match=r"eindigt op \.xlsx"):
        write_delivery({"doorlichting id": "A-1"}, [], tmp_path / "v.csv")


@pytest.mark.parametrize(
    ("stored", "sentence"),
    [
        ("{", "geen ingevuld voorstel"),
        ("[]", "geen ingevuld voorstel"),
        ('{"velden": {}}', "geen ingevuld voorstel"),
        ('{"velden": {"doorlichting id": 7}, "inschalingen": []}', "geen ingevuld voorstel"),
        ('{"velden": {"doorlichting id": " "}, "inschalingen": []}', "Vul het nummer"),
        ('{"velden": {"doorlichting id": "a b"}, "inschalingen": []}', "Vul het nummer"),
        ('{"velden": {"doorlichting id": "%s"}, "inschalingen": []}' % ("x" * 501), "langer dan een verslag"),
    ],
)
def test_what_is_no_filled_in_proposal_has_its_sentence(tmp_path: Path, stored: str, sentence: str) -> None:
    path = tmp_path / "ingevuld.json"
    path.write_text(stored, encoding="utf-8")
    with pytest.raises(LeveringFout, match=sentence):
        read_filled(path)
    with pytest.raises(LeveringFout, match="geen ingevuld voorstel"):
        read_filled(tmp_path / "weg.json")
