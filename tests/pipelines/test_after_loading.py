"""What is done with deliveries after and before they count: preview, withdraw, restore, quarantine, drop folder."""

import json
import os
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from filelock import FileLock

from pipelines.archive import WITHDRAWN, Archive, Event
from pipelines.faults import LeveringFout
from pipelines.intake import now
from pipelines.load import LOCK
from pipelines.preview import REPLACED_AT_ONCE, personal_columns
from pipelines.sources import BY_NAME
from pipelines.withdrawal import restore
from tests.e2e.command_line import run, status
from tests.pipelines.landed import numbers
from tests.pipelines.small_deliveries import (
    INSCHRIJVINGEN_HEADER,
    INSTELLINGEN,
    inschrijving,
    write,
)
from tests.pipelines.small_folder import small_folder
from warehouse.settings import load_settings

#: One row changed, one new, one that refers to nothing, one without a date; of the first file 22 rows less.
SECOND = (
    INSCHRIJVINGEN_HEADER
    + inschrijving(1)
    + inschrijving(2, jaren="11")
    + inschrijving(3)
    + inschrijving(90, naam="=1+1")
    + "".join(inschrijving(n) for n in range(100, 110))
    + inschrijving(91, instelling="999991")
    + inschrijving(92, op="ooit")
)


def answered(data: Path, *arguments: str) -> tuple[int, dict[str, Any]]:
    code, printed = run(data, *arguments, "--json")
    return code, json.loads(printed)


def levering_of(data: Path, number: str) -> str:
    known = Archive(data).accepted(number)
    assert known is not None
    return known.levering


def contents(folder: Path) -> dict[str, int]:
    """Return every file below a folder with when it was written, the log left out."""
    files = (path for path in folder.rglob("*") if path.is_file() and "logboek" not in path.parts)
    return {str(path): path.stat().st_mtime_ns for path in files}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_folder(tmp_path_factory)
    write(folder / "in", tweede=SECOND)
    return folder


def test_a_preview_tells_what_a_load_would_do_and_stores_nothing(folder: Path) -> None:
    before = contents(folder / "data")

    code, found = answered(folder / "data", "voorbeeld", str(folder / "in" / "tweede.csv"))

    assert contents(folder / "data") == before
    [file], [change] = found["bestanden"], found["wijzigingen"]
    assert (code, file["gelezen"], file["aanvaard"], file["quarantaine"], file["fouten_totaal"]) == (3, 16, 14, 2, 2)
    assert {fault["rij"]: fault["kolom"] for fault in file["fouten"]} == {
        16: "instellingsnummer",
        17: "ingeschreven op",
    }
    counts = {kind: change[kind] for kind in ("nieuw", "gewijzigd", "verdwenen", "gelijk")}
    assert counts == {"nieuw": 11, "gewijzigd": 1, "verdwenen": 22, "gelijk": 2}
    assert change["voorbeelden"]["gewijzigd"] == [
        {"sleutel": {"inschrijving_id": "I2"}, "kolom": "ancienniteit", "oud": "10.0", "nieuw": "11.0"}
    ]


def test_a_preview_tells_what_comes_out_of_other_sources(folder: Path) -> None:
    fewer = INSTELLINGEN.replace("2025-2026;012344", "2025-2026;700104")
    [path] = write(folder / "anders", instellingen=fewer)
    _, found = answered(folder / "data", "voorbeeld", str(path))
    changes = {change["tabel"]: (change["nieuw"], change["verdwenen"]) for change in found["wijzigingen"]}
    assert changes == {"instellingen": (1, 1), "inschrijvingen": (0, 4)}


def test_a_preview_tells_that_only_the_last_of_two_files_for_one_deel_counts(folder: Path) -> None:
    write(folder / "dubbel", ook_tweede=SECOND + inschrijving(95), kopie=SECOND)
    paths = [folder / "in" / "tweede.csv", folder / "dubbel" / "kopie.csv", folder / "dubbel" / "ook_tweede.csv"]
    _, found = answered(folder / "data", "voorbeeld", *map(str, paths))
    assert [(file["boodschap"], file["telt_mee"]) for file in found["bestanden"]] == [
        (REPLACED_AT_ONCE, False),
        ("Hetzelfde bestand als 'tweede.csv' in deze keuze; het telt één keer mee.", True),
        ("", True),
    ]


def test_what_one_person_answered_is_never_shown_in_a_preview() -> None:
    assert personal_columns(BY_NAME["edbi_antwoorden"]) == {"antwoorden"}
    assert personal_columns(BY_NAME["inschrijvingen"]) >= {"persoon"}


def test_a_load_keeps_who_did_it_and_tells_the_main_figures(folder: Path) -> None:
    code, found = answered(folder / "data", "laad", str(folder / "in" / "tweede.csv"), "--door", "Ann Peeters")
    assert code == 3
    figures = {row["naam"]: (row["voor"], row["na"]) for row in found["hoofdcijfers"]}
    assert figures["Professionals bereikt"] == (25, 14)
    _, history = answered(folder / "data", "leveringen")
    last = history["leveringen"][0]
    assert (last["bestand"], last["door"], last["status"], last["aanvaard"]) == (
        "tweede.csv",
        "Ann Peeters",
        "actief",
        14,
    )
    with duckdb.connect(status(folder / "data")["warehouse"], read_only=True) as con:
        assert "Ann" not in str(con.execute("from meta.levering").fetchall())


def test_a_preview_of_what_was_loaded_before_tells_what_became_of_it(folder: Path) -> None:
    paths = [folder / "in" / name for name in ("inschrijvingen.csv", "tweede.csv")]
    _, found = answered(folder / "data", "voorbeeld", *map(str, paths))
    replaced, counting = (file["boodschap"] for file in found["bestanden"])
    _, again = answered(folder / "data", "laad", *map(str, paths))
    assert [file["boodschap"] for file in again["bestanden"]] == [replaced, counting], "a load says the same"
    assert "Een nieuwere levering van hetzelfde deel vervangt ze" in replaced
    assert "vervangt" not in counting
    assert counting.endswith("Rijen in quarantaine: 2 van 16.")


def test_the_quarantine_is_the_suppliers_own_file_with_its_rows_in_place(folder: Path) -> None:
    target = folder / "quarantaine.xlsx"
    assert run(folder / "data", "quarantaine", "000004", "--naar", str(target))[0] == 0
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Toelichting", "Levering"]
    sheet = book["Levering"]
    assert [[row[0].value, row[10].value] for row in sheet.iter_rows(min_row=1, max_row=2)] == [
        ["inschrijving id", "reden"],
        ["I1", None],
    ]
    coloured = {cell.coordinate: cell.value for row in sheet for cell in row if cell.fill.fgColor.rgb == "00FFD9A0"}
    assert coloured == {
        "G16": "999991",
        "K16": "instellingsnummer: staat niet in de instellingen die geladen zijn",
        "H17": "ooit",
        "K17": "ingeschreven op: is geen bestaande datum van 1950 tot 2099 (dd/mm/jjjj)",
    }
    formula = sheet["D5"]
    assert (formula.value, formula.data_type, formula.quotePrefix) == ("=1+1", "s", True)


def test_a_withdrawn_delivery_gives_its_place_back_until_it_is_restored(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = folder / "data"
    first, second = {f"I{n}" for n in range(1, 26)}, {"I1", "I2", "I3", "I90", *(f"I{n}" for n in range(100, 110))}
    assert numbers(data) == second

    code, found = answered(data, "intrekken", "4", "--reden", "verkeerde export", "--door", "Ann")
    assert (code, found["versie"]) == (0, 3)
    assert numbers(data) == first
    row = answered(data, "leveringen")[1]["leveringen"][0]
    assert (row["status"], row["ingetrokken_door"], row["reden"]) == ("ingetrokken", "Ann", "verkeerde export")
    assert (row["gelezen"], row["aanvaard"], row["quarantaine"]) == (16, 14, 2), "as it was when it counted"
    [of_version] = [one for one in status(data)["leveringen"] if one["bestand"] == "tweede.csv"]
    assert (of_version["aanvaard"], of_version["quarantaine"]) == (14, 2)
    target = folder / "ingetrokken.xlsx"
    assert answered(data, "quarantaine", "4", "--naar", str(target))[1]["fouten"] == 2
    assert answered(data, "quarantaine", "3", "--naar", str(target)) == (
        1,
        {"code": 1, "fout": f"Levering {levering_of(data, '3')} heeft geen enkele fout: er is niets om aan te duiden."},
    )
    assert Archive(data).bytes_path(Archive(data).accepted("4")).read_bytes() == SECOND.encode()
    assert "ingetrokken op" in run(data, "laad", str(folder / "in" / "tweede.csv"))[1]

    assert answered(data, "intrekken", "4", "--reden", "nog eens")[0] == 1
    code, printed = run(data, "herstel", "4")
    assert code == 0
    # What changed in the main figures is told of every build: 25 people by the first list, 14 by the second.
    assert "  Professionals bereikt (2025-2026): 25 wordt 14\n" in printed
    assert numbers(data) == second
    assert answered(data, "herstel", "4") == (
        1,
        {"code": 1, "fout": "Levering 4 is niet ingetrokken: er is niets te herstellen."},
    )
    assert answered(data, "intrekken", "9", "--reden", "x")[0] == 1


def test_whoever_comes_second_waits_and_is_told(folder: Path) -> None:
    first, told = FileLock(folder / "data" / LOCK), []
    first.acquire()

    def waiting() -> None:
        told.append("wacht")
        first.release()

    with pytest.raises(LeveringFout, match="niet ingetrokken"):
        restore("4", "", folder / "data", load_settings(), lambda *_: None, waiting)
    assert told == ["wacht"]


def test_every_version_tells_how_the_builds_before_it_were_judged(folder: Path) -> None:
    with duckdb.connect(status(folder / "data")["warehouse"], read_only=True) as con:
        rows = con.execute("select distinct versie from meta.validatie_historie order by 1").fetchall()
    assert rows == [(1,), (2,), (3,), (4,)]


def test_a_faulty_correction_stops_a_load_before_anything_is_taken_in(folder: Path) -> None:
    data = folder / "data"
    (data / "correcties.toml").write_text('[[correctie]]\ntabel = "planing"\n', encoding="utf-8")
    [path] = write(folder / "drop", derde=SECOND.replace("I90;", "I95;"))
    os.utime(path, (1000, 1000))
    code, found = answered(data, "laad", "--uit-map", str(folder / "drop"))
    assert (code, found["bestanden"]) == (5, [])
    assert "Ontbreekt: sleutel, kolom, reden" in found["fout"]
    assert path.exists()
    (data / "correcties.toml").unlink()


def test_a_drop_folder_is_emptied_into_the_archive(folder: Path) -> None:
    data, drop = folder / "data", folder / "drop"
    [fout] = write(drop, fout="onbekend;kop\n1;2\n")
    os.utime(fout, (1000, 1000))
    assert answered(data, "laad", "--uit-map", str(drop))[0] == 4
    left = sorted(path.relative_to(drop).as_posix() for path in drop.rglob("*") if path.is_file())
    assert left == ["geweigerd/fout.csv", "geweigerd/fout.csv.reden.md"]
    assert "past bij geen enkele bekende bron" in (drop / left[1]).read_text(encoding="utf-8")
    assert "I95" in numbers(data)
    assert answered(data, "laad", "--uit-map", str(drop))[0] == 0, "an empty folder is no fault"
    assert run(data, "laad")[0] == 2


def test_a_withdrawal_whose_build_was_killed_is_built_when_it_is_asked_again(folder: Path) -> None:
    data = folder / "data"
    archive = Archive(data)
    known = archive.accepted("4")
    archive.change(known.with_event(Event(WITHDRAWN, now())))

    assert answered(data, "intrekken", "4", "--reden", "verkeerde export")[0] == 0

    assert Archive(data).unbuilt() == set()
    assert answered(data, "intrekken", "4", "--reden", "nog eens")[0] == 1


def test_a_withdrawal_that_leaves_nothing_is_not_made(tmp_path: Path) -> None:
    data = tmp_path / "data"
    [path] = write(tmp_path / "in", instellingen=INSTELLINGEN)
    assert run(data, "laad", str(path))[0] == 0
    code, found = answered(data, "intrekken", "1", "--reden", "alles weg")
    assert (code, found["versie"]) == (5, None)
    assert "geen enkele levering die meetelt" in found["fout"]
    assert [row["status"] for row in answered(data, "leveringen")[1]["leveringen"]] == ["actief"]
    assert not Archive(data).has_unbuilt()


def test_a_preview_tells_what_a_correction_declared_or_taken_away_since_the_build_changes(folder: Path) -> None:
    data = folder / "data"
    [path] = write(folder / "leeg", leeg=INSCHRIJVINGEN_HEADER + inschrijving(300))

    def changed_staff() -> list[tuple[str, str]]:
        _, found = answered(data, "voorbeeld", str(path))
        [change] = [change for change in found["wijzigingen"] if change["tabel"] == "instellingen"]
        return [(cell["oud"], cell["nieuw"]) for cell in change["voorbeelden"]["gewijzigd"]]

    key = ["--sleutel", "schooljaar=2025-2026", "instellingsnummer=012344", "--kolom", "personeelsleden"]
    code, printed = run(
        data, "corrigeer", "instellingen", *key, "--verwacht", "20", "--waarde", "21", "--reden", "telfout",
        "--tot", "2099-01-01",
    )  # fmt: skip
    assert code == 0, printed
    assert changed_staff() == [("20", "21")]
    assert run(data, "bouw")[0] == 0
    assert run(data, "verwijder-correctie", "1")[0] == 0
    assert changed_staff() == [("21", "20")]
