"""What a load leaves behind: replaced deliveries, an archive that forgets nothing, versions to go back to."""

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.archive import Archive, fingerprint
from pipelines.load import DEMO_MARK, rebuild
from tests.e2e.command_line import run, status
from tests.pipelines.landed import numbers
from tests.pipelines.small_deliveries import (
    ACTIVITEITEN,
    INSCHRIJVINGEN_HEADER,
    INSTELLINGEN,
    INSTELLINGEN_HEADER,
    inschrijving,
    write,
)
from warehouse.exposure import is_invented
from warehouse.settings import load_settings

FIRST = INSCHRIJVINGEN_HEADER + "".join(inschrijving(n) for n in range(1, 10)) + inschrijving(10, instelling="999991")
#: The first file again with another first number, and after its eleven rows and thirty more one row of every fault.
SECOND = (
    FIRST.replace("I1;", "I100;")
    + "".join(inschrijving(n) for n in range(11, 41))
    + inschrijving(200, jaren="61")
    + inschrijving(202, op="31/02/2025")
    + inschrijving(100)
    + inschrijving(203, mail="")
)
FAULTS = [
    (11, "instellingsnummer", "999991", "staat niet in de instellingen die geladen zijn"),
    (42, "anciënniteit", "61", "is groter dan 60"),
    (43, "ingeschreven op", "31/02/2025", "is geen bestaande datum van 1950 tot 2099 (dd/mm/jjjj)"),
    (44, "inschrijving id", "I100", "staat met dezelfde sleutel al op rij 2"),
    (45, "e-mail", None, "is leeg maar verplicht"),
]


def rows_of(path: str | Path, columns: str, table: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(path, read_only=True) as con:
        return con.execute(f"select {columns} from {table} order by all").fetchall()


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Registrations come first, the lists they refer to and a newer file of registrations a month later."""
    folder = tmp_path_factory.mktemp("laden")
    [first] = write(folder / "maart", eerste=FIRST)
    later = write(folder / "april", instellingen=INSTELLINGEN, activiteiten=ACTIVITEITEN, tweede=SECOND)
    code, printed = run(folder / "data", "laad", str(first), "--ontvangen-op", "2026-03-01")
    assert code == 0, "without a list of instellingen there is nothing to check against: " + printed
    code, printed = run(folder / "data", "laad", *map(str, later), "--ontvangen-op", "2026-04-10")
    assert code == 3, "the unknown instelling is known as such now: " + printed
    return folder


def test_the_newer_file_replaces_the_earlier_one(loaded: Path) -> None:
    found = status(loaded / "data")
    rows = {row["bestand"]: (row["vak"], row["gelezen"], row["aanvaard"], row["status"]) for row in found["leveringen"]}
    assert rows["eerste.csv"][3] == "vervangen"
    assert rows["tweede.csv"] == ("2025-2026", 44, 39, "actief")
    assert numbers(loaded / "data") == {"I100", *(f"I{n}" for n in range(2, 41) if n != 10)}


def test_every_refused_row_stands_in_the_quarantine_with_its_reason(loaded: Path) -> None:
    path = status(loaded / "data")["warehouse"]
    found = rows_of(path, "bestand, rij, kolom, waarde, reden", "meta.quarantaine")
    assert found == [("eerste.csv", *FAULTS[0]), *(("tweede.csv", *fault) for fault in FAULTS)]


def test_every_table_was_judged_and_the_verdict_is_stored(loaded: Path) -> None:
    path = status(loaded / "data")["warehouse"]
    judged = rows_of(path, "distinct tabel, geslaagd", "meta.validatie")
    assert judged == [("activiteiten", True), ("inschrijvingen", True), ("instellingen", True)]


def test_the_archive_keeps_the_bytes_of_what_was_replaced(loaded: Path) -> None:
    archive = Archive(loaded / "data")
    kept = {receipt.bestand: archive.bytes_path(receipt).read_bytes() for receipt in archive.receipts()}
    assert kept["eerste.csv"] == FIRST.encode()
    assert set(kept) == {"eerste.csv", "instellingen.csv", "activiteiten.csv", "tweede.csv"}


def test_the_same_bytes_are_loaded_once(loaded: Path, tmp_path: Path) -> None:
    before = status(loaded / "data")
    [again] = write(tmp_path, andere_naam=FIRST)
    code, printed = run(loaded / "data", "laad", str(again))
    assert (code, printed.splitlines()[0]) == (
        0,
        "andere_naam.csv: al geladen. Al geladen op 01/03/2026; niets gewijzigd. Een nieuwere levering van hetzelfde "
        "deel vervangt ze: trek die in om deze weer te laten tellen. Rijen in quarantaine: 1 van 10.",
    )
    assert status(loaded / "data") == before


def test_a_rebuild_at_an_earlier_day_gives_the_earlier_state_and_one_can_go_back(loaded: Path) -> None:
    data = loaded / "data"
    before = status(data)
    content = fingerprint(Path(before["warehouse"]))

    code, _ = run(data, "bouw", "--peildatum", "2026-03-15")

    earlier = status(data)
    assert (code, earlier["versie"], earlier["peildatum"]) == (0, before["versie"] + 1, "2026-03-15")
    assert [row["bestand"] for row in earlier["leveringen"]] == ["eerste.csv"]
    assert numbers(data) == {f"I{n}" for n in range(1, 11)}

    code, printed = run(data, "terug")

    assert (code, printed.splitlines()[0]) == (0, f"Versie {before['versie']} is weer gepubliceerd.")
    assert "  Professionals bereikt (2025-2026): geen cijfer wordt 39\n" in printed
    assert status(data) == before
    assert fingerprint(Path(before["warehouse"])) == content


def test_going_back_to_a_version_that_is_not_there_names_those_that_are(
    loaded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _ = run(loaded / "data", "terug", "99")
    assert code == 1
    assert "Deze versie is er niet. Bewaarde versies: 1, 2" in capsys.readouterr().err


def test_a_delivery_that_the_rules_of_now_refuse_does_not_stop_the_build(loaded: Path) -> None:
    settings = load_settings()
    strict = settings | {"levering": settings["levering"] | {"grootste_aandeel_geweigerd": 0.0}}
    shutil.rmtree(loaded / "data" / "gelezen")

    outcome = rebuild(loaded / "data", strict, lambda *_: None, lambda: None)

    assert outcome.failure == ""
    rows = {row["bestand"]: (row["status"], row["boodschap"]) for row in status(loaded / "data")["leveringen"]}
    assert rows["tweede.csv"][0] == "geweigerd"
    assert rows["tweede.csv"][1].startswith("Geweigerd onder de regels van nu: 4 van de 44 rijen breken een regel")
    assert rows["instellingen.csv"][0] == "actief"


def test_a_real_delivery_among_invented_ones_is_remembered_beside_the_banner(tmp_path: Path) -> None:
    # As deep as the deliveries of a demo stand below its mark: source, schooljaar.
    [invented] = write(tmp_path / "verzonnen" / "instellingen" / "2025-2026", instellingen=INSTELLINGEN)
    (tmp_path / "verzonnen" / DEMO_MARK).write_text("Verzonnen.", encoding="utf-8")
    [real] = write(tmp_path / "echt", activiteiten=ACTIVITEITEN)
    told = "is_demo, is_enkel_demo"
    assert run(tmp_path / "data", "laad", str(invented))[0] == 0
    assert rows_of(status(tmp_path / "data")["warehouse"], told, "meta.versie") == [(True, True)]
    assert is_invented(tmp_path / "data")
    assert run(tmp_path / "data", "laad", str(real))[0] == 0
    assert rows_of(status(tmp_path / "data")["warehouse"], told, "meta.versie") == [(True, False)]
    assert not is_invented(tmp_path / "data")


def test_a_load_says_which_earlier_delivery_no_longer_counts(tmp_path: Path) -> None:
    before = write(tmp_path / "eerst", instellingen=INSTELLINGEN, activiteiten=ACTIVITEITEN, eerste=FIRST)
    assert run(tmp_path / "data", "laad", *map(str, before))[0] == 3
    other = INSTELLINGEN_HEADER + "2025-2026;700104;School;BaO;12;De Ster;200;20;15,5;\n"
    [newer] = write(tmp_path / "later", instellingen=other)

    code, printed = run(tmp_path / "data", "laad", str(newer))

    assert code == 4
    told = "Let op: 'eerste.csv' (inschrijvingen), eerder geladen, telt niet meer mee: 10 van de 10 rijen"
    assert told in printed
    assert "staging." not in printed, "what each model took is told when it is asked"
    code, printed = run(tmp_path / "data", "bouw", "--modellen")
    assert code == 0, "the code tells it once, the words each time"
    assert told in printed
    assert "  staging.stg_instellingen__instellingen: 1 rij, " in printed
