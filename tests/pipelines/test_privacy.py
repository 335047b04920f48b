"""No name, address or code of a person stands anywhere outside the archive; the same person stays recognisable."""

import hmac
import io
import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.pseudonym import load_key, normalise_person, pseudonym, pseudonymise
from tests.e2e.command_line import run, status
from tests.personal_values import ENCODINGS, every_byte, found_below, unpacked, values_in
from tests.pipelines.conftest import JudgeBytes
from tests.pipelines.landed import landed
from tests.pipelines.personal_deliveries import INSCHRIJVINGEN, MAIL, PERSONEEL, PLANTED, STAFF, write_people
from tests.pipelines.small_deliveries import write


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder into which people's names, addresses and codes were delivered."""
    folder = tmp_path_factory.mktemp("privacy")
    write_people(folder / "in")
    code, printed = run(folder / "data", "laad", str(folder / "in"))
    assert code == 4, printed
    return folder / "data"


def test_nothing_outside_the_archive_holds_a_person_but_the_staff_in_their_own_file(data: Path) -> None:
    assert found_below(data, PLANTED, but_not=("archief", "hr-")) == []


def test_the_hr_file_names_the_staff_and_no_other(data: Path) -> None:
    [path] = (data / "warehouse").glob("hr-*.duckdb")
    found = {value for part in every_byte(path) for value in values_in(part, PLANTED)}
    assert found == STAFF
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("inschrijvingen", "e_mail"),
        ("planning", "begeleider"),
        ("personeel", "hoofdadviseur"),
        ("agenda", "begeleider"),
    ],
)
def test_the_search_finds_a_column_that_kept_its_persons(data: Path, tmp_path: Path, table: str, column: str) -> None:
    """The search above is worth something: one value left in one cell of a table is found."""
    copy = tmp_path / "kopie.duckdb"
    with landed(data) as con:
        name = con.execute(
            "select column_name from duckdb_columns() where schema_name = 'landing' and table_name = ? "
            "and column_name in (?, 'persoon', 'begeleider')",
            [table, column],
        ).fetchall()[0][0]
        con.execute(f"attach '{copy}' as kopie")
        con.execute(f'create table kopie."{table}" as from landing."{table}"')
        con.execute(f'update kopie."{table}" set "{name}" = ? where rowid = 0', [MAIL.upper()])
    assert found_below(tmp_path, PLANTED) == [f"kopie.duckdb: {value}" for value in (MAIL, "An.Janssens", "Janssens")]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("case", [str.lower, str.upper, str])
@pytest.mark.parametrize("packed", [False, True])
def test_the_search_knows_every_way_of_writing(
    tmp_path: Path, encoding: str, case: Callable[[str], str], packed: bool
) -> None:
    written = case("Hélène Lefèvre").encode(encoding)
    path = tmp_path / "uitvoer.bin"
    path.write_bytes(written)
    if packed:
        with zipfile.ZipFile(tmp_path / "uitvoer.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(path, "blad.xml")
        path.unlink()
    assert len(found_below(tmp_path, PLANTED)) == 1


VERLOVEN = "persoon;stelsel;van;tot;percentage\n" + "".join(
    [
        "PN900042;zorgkrediet;1/9/2025;;20\n",
        "PN900042;ouderschapsverlof wegens reis naar Samarkand;31/2/2025;;20\n",
        *(f"PN900042;zorgkrediet;{day}/9/2024;;5\n" for day in range(1, 9)),
    ]
)


def test_a_faulty_row_of_the_staff_tells_its_place_and_no_value(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    [leave] = write(tmp_path / "in", verloven=VERLOVEN)

    code, printed = run(folder, "laad", str(leave), "--json")

    assert code == 3
    assert "31/2/2025" not in printed
    number = json.loads(printed)["bestanden"][0]["levering"]
    with duckdb.connect(status(folder)["warehouse"], read_only=True) as con:
        faults = con.execute(
            "select rij, kolom, waarde, reden from meta.quarantaine where bron = 'verloven'"
        ).fetchall()
    assert faults == [(3, "van", "afgeschermd", "is geen bestaande datum van 1950 tot 2099 (dd/mm/jjjj)")]
    assert found_below(folder / "warehouse", ["wegens reis naar Samarkand"]) == []

    book = tmp_path / "quarantaine.xlsx"
    code, printed = run(folder, "quarantaine", number, "--zonder-personeel", "--naar", str(book), "--json")
    assert (code, book.exists()) == (1, False)
    assert "enkel voor HR" in json.loads(printed)["fout"]
    code, _ = run(folder, "quarantaine", number, "--naar", str(book))
    assert code == 0
    assert values_in(b"".join(unpacked(book.read_bytes())), ["31/2/2025"]) == ["31/2/2025"]


def test_what_a_list_of_staff_would_change_is_told_without_its_values(data: Path, tmp_path: Path) -> None:
    [staff] = write(tmp_path, personeel=PERSONEEL.replace(b"Noord", b"Geheimteam"))
    _, printed = run(data, "voorbeeld", str(staff), "--json")
    [change] = json.loads(printed)["wijzigingen"]
    assert (change["bron"], change["gewijzigd"]) == ("personeel", 2)
    assert "Geheimteam" not in printed
    assert "Noord" not in printed


def test_a_member_of_staff_who_is_removed_is_in_the_hr_file_no_more(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(data, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.StringIO("PN900042\nBGL90017\n"))
        code, printed = run(folder, "verwijder-persoon", "--json")
    assert (code, json.loads(printed)["gevonden"]) == (0, [])
    assert found_below(folder / "warehouse", ["PN900042", "BGL90017", "85.07.30-033.28"]) == []
    [path] = (folder / "warehouse").glob("hr-*.duckdb")
    assert "Hélène Lefèvre" in {value for part in every_byte(path) for value in values_in(part, PLANTED)}


def test_the_archive_holds_the_bytes_as_delivered(data: Path) -> None:
    kept = {path.read_bytes() for path in (data / "archief" / "bestanden").iterdir()}
    assert INSCHRIJVINGEN.encode() in kept


@pytest.mark.parametrize("arguments", [["status"], ["status", "--json"]])
def test_status_names_nobody(data: Path, arguments: list[str]) -> None:
    _, printed = run(data, *arguments)
    assert values_in(printed.encode(), PLANTED) == []


def test_what_is_told_of_refused_rows_names_nobody(judge: JudgeBytes) -> None:
    told = str(judge(INSCHRIJVINGEN)[1].quarantine.rows()).lower()
    assert "[e-mail]" in told
    assert values_in(told.encode(), PLANTED) == []


def test_the_same_person_has_one_pseudonym_in_every_source(data: Path) -> None:
    with landed(data) as con:
        people = con.execute(
            "select distinct persoon from landing.inschrijvingen where inschrijving_id in ('I1', 'I2')"
        )
        assert len(people.fetchall()) == 1
        [(code,)] = con.execute("select code from landing.personeel where code is not null").fetchall()
        planned = con.execute("select distinct begeleider from landing.planning where dagdelen = 3").fetchall()
        agenda = con.execute("select distinct begeleider from landing.agenda").fetchall()
        [(begeleiders,)] = con.execute("select begeleiders from landing.interventies").fetchall()
    assert planned == agenda == [(code,)]
    assert code in begeleiders
    assert len(set(begeleiders)) == 2


def test_a_pseudonym_depends_on_the_key_and_not_on_capitals_or_spaces() -> None:
    assert pseudonym(" An.Janssens@School.example", b"een") == pseudonym("an.janssens@school.example", b"een")
    assert pseudonym("17", b"een") == pseudonym("17.0", b"een")
    assert pseudonym("a@b.be", b"een") != pseudonym("a@b.be", b"twee")
    assert pseudonymise(pl.Series(["a@b.be", None, "A@B.be"]), b"een").to_list() == [
        pseudonym("a@b.be", b"een"),
        None,
        pseudonym("a@b.be", b"een"),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "An.Janssens@School.example",
        "  an.janssens@school.example\u00a0",
        "mailto:an.janssens@school.example",
        "MAILTO:An.Janssens@School.example",
        "<an.janssens@school.example>",
        "<mailto:an.janssens@school.example>;",
        "an.janssens@school.example.",
        "an.janssens@school.example, ",
    ],
)
def test_an_address_is_the_same_person_however_a_program_wrote_it(written: str) -> None:
    assert pseudonymise(pl.Series([written]), b"k").item() == pseudonym("an.janssens@school.example", b"k")


def test_an_accent_is_the_same_in_one_sign_or_in_two() -> None:
    assert pseudonym("ren\u00e9@school.example", b"k") == pseudonym("RENE\u0301@school.example", b"k")


@pytest.mark.parametrize(
    "other",
    [
        "an.janssens+go@school.example",
        "ajanssens@school.example",
        "an.janssens@school.example.be",
        "jan.janssens@school.example",
        "an.janssens",
    ],
)
def test_an_address_that_may_be_somebody_elses_is_another_person(other: str) -> None:
    assert pseudonym(other, b"k") != pseudonym("an.janssens@school.example", b"k")


@given(
    st.lists(st.text(alphabet="aAzZéÉßİ0.@ \t\u00a0<>,;mailto:", min_size=1, max_size=12), min_size=1),
    st.binary(min_size=1, max_size=130),
)
def test_a_column_gets_the_pseudonym_that_each_value_gets_by_itself(people: list[str], key: bytes) -> None:
    by_hand = [hmac.digest(key, normalise_person(person).encode(), "sha256").hex()[:16] for person in people]
    assert pseudonymise(pl.Series(people), key).to_list() == by_hand


def test_the_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    first = load_key(tmp_path)
    assert load_key(tmp_path) == first
    assert len(first) == 64
    assert (tmp_path / "sleutel").stat().st_mode & 0o077 == 0


def test_a_key_of_the_environment_goes_before_the_one_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STERRENWACHT_SLEUTEL", "van elders")
    assert load_key(tmp_path) == b"van elders"
    assert not (tmp_path / "sleutel").exists()
