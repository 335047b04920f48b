"""A person is removed on request: their rows, their pseudonym and every byte of them, in all kept versions."""

import io
import json
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from pipelines.archive import Archive
from pipelines.identity import is_in_file, read_identities
from pipelines.pseudonym import load_key, pseudonym
from pipelines.rewrite import rewrite
from state.dialogue import SIGNAL, Draft, add_remark, latest_end, remarks, today
from state.store import open_store, store_url
from tests.e2e.command_line import run
from tests.pipelines.landed import landed
from tests.pipelines.small_deliveries import (
    ACTIVITEITEN,
    INSCHRIJVINGEN,
    INSTELLINGEN,
    INSTELLINGEN_HEADER,
    write,
)
from warehouse.settings import load_settings

PERSON = "Deelnemer.3@school.example"
SPOC = "spoc.persoon@go.example"


def removed(data: Path, person: str, *arguments: str) -> tuple[int, dict]:
    """Run the command with the person on standard input; return its code and its report."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(f"{person}\n"))
        code, printed = run(data, "verwijder-persoon", "--json", *arguments)
    return code, json.loads(printed)


def every_byte(folder: Path) -> bytes:
    """Return all bytes of all files below a folder, of the parts of workbooks too."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file():
            found.append(path.read_bytes())
            if zipfile.is_zipfile(path):
                with zipfile.ZipFile(path) as archive:
                    found += [archive.read(name) for name in archive.namelist()]
    return b"\n".join(found).lower()


def pseudonyms(data: Path) -> set[str]:
    with landed(data) as con:
        return {row[0] for row in con.execute("select distinct persoon from landing.inschrijvingen").fetchall()}


def book(path: Path) -> Path:
    """A list of instellingen as a workbook, with the person as spoc of every school and as its author."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for line in INSTELLINGEN.replace("2025-2026", "2024-2025").splitlines():
        sheet.append(line.split(";"))
    workbook.properties.creator = SPOC
    workbook.save(path)
    return path


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions, a refused file that names the person and came in twice, and the person in the log of before."""
    folder = tmp_path_factory.mktemp("persoon")
    files = write(folder / "in", instellingen=INSTELLINGEN, activiteiten=ACTIVITEITEN, inschrijvingen=INSCHRIJVINGEN)
    named = f"iets;anders\n{PERSON};1\n"
    refused = write(folder / "in", onbekend=named, onbekend_weer=named)
    data = folder / "data"
    assert run(data, "laad", *map(str, files), "--door", PERSON)[0] == 0
    assert run(data, "laad", *map(str, refused), str(book(folder / "in" / "vorig jaar.xlsx")))[0] == 4
    return data


def test_a_person_is_nowhere_any_more_and_others_are(loaded: Path) -> None:
    key = load_key(loaded)
    gone, stays = pseudonym(PERSON, key), pseudonym("deelnemer.4@school.example", key)
    assert PERSON.lower().encode() in every_byte(loaded)
    assert {gone, stays} <= pseudonyms(loaded)

    code, report = removed(loaded, PERSON, "--door", "Ann")

    assert (code, report["gevonden"], report["versies_verwijderd"], report["versie"]) == (0, [], [1, 2], 3)
    rows = sorted((row["geheel"], row["rijen"]) for row in report["leveringen"])
    assert rows == [(False, 1), (True, 0), (True, 0)], "one row of the inschrijvingen, and the refused file each time"
    bytes_now = every_byte(loaded)
    assert PERSON.lower().encode() not in bytes_now
    assert gone.encode() not in bytes_now
    files = ["hr-00003.duckdb", "warehouse-00003.duckdb"]
    assert sorted(path.name for path in (loaded / "warehouse").glob("*.duckdb")) == files
    assert pseudonyms(loaded) >= {stays}
    assert gone not in pseudonyms(loaded)
    assert b"deelnemer.4@school.example" in bytes_now, "in the archive, where others stay"


def test_the_other_rows_keep_their_number_and_the_old_bytes_stay_known(loaded: Path, tmp_path: Path) -> None:
    with landed(loaded) as con:
        rows = con.execute("select inschrijving_id, _rij from landing.inschrijvingen order by _rij").fetchall()
    assert rows[:4] == [("I1", 2), ("I2", 3), ("I4", 5), ("I5", 6)]
    [again] = write(tmp_path, inschrijvingen=INSCHRIJVINGEN)
    assert run(loaded, "laad", str(again))[1].startswith("inschrijvingen.csv: al geladen.")


def test_who_is_only_a_contact_leaves_the_school_there(loaded: Path) -> None:
    code, report = removed(loaded, SPOC)

    assert (code, report["gevonden"]) == (0, [])
    assert [(row["rijen"], row["cellen"]) for row in report["leveringen"]] == [(0, 6), (0, 6)]
    assert SPOC.encode() not in every_byte(loaded)
    with landed(loaded) as con:
        found = con.execute(
            "select schooljaar, count(*), count(spoc) from landing.instellingen group by all order by 1"
        )
        assert found.fetchall() == [("2024-2025", 6, 0), ("2025-2026", 6, 0)]


def test_a_person_is_taken_out_of_what_users_wrote_and_their_words_stay(loaded: Path) -> None:
    with closing(open_store(store_url(loaded))) as store:
        until = latest_end(today())
        add_remark(store, "012344", Draft(SIGNAL, f"Nieuwe directie, zegt {PERSON}", until), PERSON)
        add_remark(store, "012344", Draft(SIGNAL, "Verbouwing", until), "Bo")

    code, report = removed(loaded, PERSON)

    assert (code, report["gevonden"], report["dialoog"]) == (0, [], {"velden": 3, "fout": None})
    assert PERSON.lower().encode() not in every_byte(loaded)
    with closing(open_store(store_url(loaded))) as store:
        assert [(one.reden, one.door) for one in remarks(store)] == [
            ("Verbouwing", "Bo"),
            ("Nieuwe directie, zegt [verwijderd]", "[verwijderd]"),
        ]


def test_a_store_that_cannot_be_reached_is_told_and_the_archive_is_cleaned(
    loaded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STERRENWACHT_STATE_URL", "postgresql://wie:geheim@127.0.0.1:1/niets")
    code, report = removed(loaded, PERSON)
    assert (code, report["gevonden"]) == (1, [])
    assert report["dialoog"] == {"velden": 0, "fout": "De opslag van de dialoog kon niet bereikt worden."}


def test_it_can_be_repeated_and_the_proof_is_kept_without_the_person(loaded: Path) -> None:
    code, report = removed(loaded, PERSON)
    assert (code, report["leveringen"], report["gevonden"]) == (0, [], [])
    proofs = sorted((loaded / "archief" / "verwijderingen").glob("*.json"))
    assert len(proofs) == 5
    assert Archive(loaded).accepted("3").gebeurtenissen[0].reden == "1 rij verwijderd, 0 cellen gewist"


@pytest.mark.parametrize("person", ["", "17", "12.5", "ab"])
def test_what_does_not_tell_people_apart_removes_nothing(
    loaded: Path, person: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = every_byte(loaded / "archief")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO(person))
        assert run(loaded, "verwijder-persoon")[0] == 1
    assert ("minstens drie tekens" if person else "één per regel") in capsys.readouterr().err
    assert every_byte(loaded / "archief") == before


@pytest.mark.parametrize(
    ("text", "is_there"),
    [
        ("B017", True),
        ("van b017;", True),
        ("B0170", False),
        ("AB017", False),
        ("x-b017", False),
        ("B017@go.example", False),
    ],
)
def test_a_code_is_found_as_a_whole(tmp_path: Path, text: str, is_there: bool) -> None:
    [path] = write(tmp_path, bestand=text)
    assert is_in_file(path, read_identities("B017")) is is_there


def test_of_a_list_the_others_stay_and_a_list_of_one_costs_the_row(tmp_path: Path) -> None:
    text = (
        "interventie id;traject id;datum;dagdelen;begeleiders;deelnemers;bereikt;verslag\n"
        "V1;T1;1/10/2025;1;B017|B020;3;directeur;ja\n"
        "\n"
        "V2;T1;2/10/2025;1;b017;3;directeur;ja\n"
        "V3;T1;3/10/2025;1;B020;3;\"werkgroep;\";ja\n"
    )  # fmt: skip
    [path] = write(tmp_path, interventies=text)

    rewritten = rewrite(path, path.name, read_identities("B017"), load_settings())

    lines = rewritten.data.decode("utf-8-sig").split("\r\n")
    assert (rewritten.rows, rewritten.cells) == (1, 1)
    assert lines[1:] == [
        "V1;T1;1/10/2025;1;B020;3;directeur;ja",
        "",
        "",
        'V3;T1;3/10/2025;1;B020;3;"werkgroep;";ja',
        "",
    ]


def test_of_a_calendar_the_invitation_goes_and_the_item_stays(tmp_path: Path) -> None:
    path = tmp_path / "B020_agenda.ics"
    path.write_text(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1-jan.peeters@go.example\r\nSUMMARY:Overleg met jan.peeters\r\n"
        " @go.example\r\nATTENDEE;CN=Jan Peeters:mailto:jan.peeters@go.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        encoding="utf-8",
    )
    rewritten = rewrite(path, path.name, read_identities("jan.peeters@go.example"), load_settings())
    assert rewritten.data.decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "UID:1-verwijderd",
        "SUMMARY:Overleg met verwijderd",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_header_without_rows_is_no_reason_to_keep_a_person(tmp_path: Path) -> None:
    only = INSTELLINGEN_HEADER + f"2025-2026;012344;School;BaO;12;De Ster;200;20;15,5;{SPOC}\n"
    [path] = write(tmp_path, instellingen=only)
    assert SPOC not in rewrite(path, path.name, read_identities(SPOC), load_settings()).data.decode()
