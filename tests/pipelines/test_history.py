"""What the history says of a delivery: its source and rows stay known, whatever became of it."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipelines.archive import Archive, Receipt
from pipelines.history import TAKEN_IN_SINCE, deliveries
from pipelines.load import load
from tests.e2e.command_line import run
from tests.pipelines.small_deliveries import (
    ACTIVITEITEN,
    INSCHRIJVINGEN,
    INSCHRIJVINGEN_HEADER,
    INSTELLINGEN,
    inschrijving,
    write,
)
from warehouse.connection import open_read_only
from warehouse.settings import load_settings

#: Of nine rows one that reading refuses, and one that refers to nothing: together more than a fifth.
REFERS_TO_NOTHING = (
    INSCHRIJVINGEN_HEADER
    + "".join(inschrijving(n) for n in range(300, 307))
    + inschrijving(307, op="ooit")
    + inschrijving(308, instelling="999991")
)
#: Two schooljaren, of which a later file replaces one: three of its rows, the last of which reading refuses.
TWO_YEARS = (
    ACTIVITEITEN
    + "".join(f"B{n};Overleg;vorming;1/10/2024;1/10/2024;1;2024-2025;PBD\n" for n in range(1, 5))
    + "A3;Overleg;vorming;31/2/2026;;1;2025-2026;PBD\n"
)
#: Where the fixture keeps what the load of the refused files answered.
LOADED = "geladen.json"
TOO_MANY = INSCHRIJVINGEN_HEADER + inschrijving(400) + "".join(inschrijving(n, op="ooit") for n in range(401, 407))


def answered(data: Path, *arguments: str) -> dict[str, Any]:
    return dict(json.loads(run(data, *arguments, "--json")[1]))


def told(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return per file what the history says of each time it came in, the first first."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in reversed(deliveries(data)):
        counts = tuple(row[name] for name in ("bron", "gelezen", "aanvaard", "quarantaine", "status"))
        found.setdefault(row["bestand"], []).append(counts)
    return found


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three versions; the refused files come in before the second, one of them once more before the third."""
    folder = tmp_path_factory.mktemp("geschiedenis")
    lists = write(folder / "lijsten", instellingen=INSTELLINGEN, activiteiten=TWO_YEARS)
    files = write(
        folder / "in",
        goed=INSCHRIJVINGEN,
        verwijst=REFERS_TO_NOTHING,
        te_veel=TOO_MANY,
        kop=INSCHRIJVINGEN_HEADER,
        vreemd="onbekend;kop\n1;2\n",
    )
    assert run(folder / "data", "laad", *map(str, lists))[0] == 3
    code, printed = run(folder / "data", "laad", *map(str, files), "--door", "Ann", "--json")
    assert code == 4
    (folder / "data" / LOADED).write_text(printed, encoding="utf-8")
    assert run(folder / "data", "laad", str(folder / "in" / "verwijst.csv"))[0] == 4
    later = write(folder / "later", q4=INSCHRIJVINGEN.replace("I1;", "I90;"), aanbod=ACTIVITEITEN)
    assert run(folder / "data", "laad", *map(str, later))[0] == 0
    return folder / "data"


def test_a_refused_delivery_keeps_its_source_and_rows_in_every_version_and_each_time_it_came_in(data: Path) -> None:
    found = told(data)
    assert found["verwijst.csv"] == [("inschrijvingen", 9, 0, 9, "geweigerd")] * 2
    assert found["te_veel.csv"] == [("inschrijvingen", 7, 0, 7, "geweigerd")]
    assert found["kop.csv"] == [("inschrijvingen", 0, 0, 0, "geweigerd")]
    assert found["goed.csv"] == [("inschrijvingen", 25, 25, 0, "vervangen")]
    assert found["vreemd.csv"] == [(None, None, None, None, "geweigerd")], "nobody counted what nobody recognised"
    of_status = {row["bestand"]: row["gelezen"] for row in answered(data, "status")["leveringen"]}
    assert (of_status["verwijst.csv"], of_status["te_veel.csv"], of_status["vreemd.csv"]) == (9, 7, None)
    [line] = [line for line in run(data, "leveringen")[1].splitlines() if " vreemd.csv: " in line]
    assert line.endswith("geweigerd; aantal rijen niet bekend")


def test_a_load_counts_a_refused_file_as_its_receipt_does_and_says_where_nobody_counted(data: Path) -> None:
    files = json.loads((data / LOADED).read_text(encoding="utf-8"))["bestanden"]
    names = ("bron", "gelezen", "aanvaard", "quarantaine", "buiten", "status")
    assert {file["bestand"]: tuple(file[name] for name in names) for file in files} == {
        "goed.csv": ("inschrijvingen", 25, 25, 0, 0, "geladen"),
        "verwijst.csv": ("inschrijvingen", 9, 0, 9, 0, "geweigerd"),
        "te_veel.csv": ("inschrijvingen", 7, 0, 7, 0, "geweigerd"),
        "kop.csv": ("inschrijvingen", 0, 0, 0, 0, "geweigerd"),
        "vreemd.csv": (None, None, None, None, None, "geweigerd"),
    }


def test_the_quarantine_of_a_refused_delivery_keeps_what_only_the_build_found(data: Path, tmp_path: Path) -> None:
    times = [receipt for receipt in Archive(data).refused() if receipt.bestand == "verwijst.csv"]
    assert [receipt.volgorde for receipt in times] == [4, 8]
    for receipt in times:
        target = tmp_path / f"{receipt.volgorde}.xlsx"
        assert answered(data, "quarantaine", receipt.levering, "--naar", str(target))["fouten"] == 2
        reasons = [cell.value for cell in openpyxl.load_workbook(target)["Levering"]["K"] if cell.value]
        assert reasons[1:] == [
            "ingeschreven op: is geen bestaande datum van 1950 tot 2099 (dd/mm/jjjj)",
            "instellingsnummer: staat niet in de instellingen die geladen zijn",
        ]


def test_a_refusal_at_the_build_names_the_source_in_words_and_where_the_rows_are(data: Path) -> None:
    [said] = {row["boodschap"] for row in deliveries(data) if row["bestand"] == "verwijst.csv"}
    assert said.startswith("2 van de 9 rijen (inschrijvingen) ")
    assert "quarantainebestand" in said


def test_a_delivery_of_which_one_schooljaar_was_replaced_counts_for_the_rest_and_says_so(data: Path) -> None:
    [row] = [row for row in answered(data, "leveringen")["leveringen"] if row["bestand"] == "activiteiten.csv"]
    assert (row["status"], row["vervangen_delen"]) == ("actief", "2025-2026")
    assert (row["gelezen"], row["aanvaard"], row["quarantaine"]) == (7, 6, 1), "as it was delivered"
    [line] = [line for line in run(data, "leveringen")[1].splitlines() if " activiteiten.csv: " in line]
    assert ", deels vervangen (2025-2026); " in line
    warehouse = answered(data, "status")["warehouse"]
    with open_read_only(Path(warehouse)) as con:
        counted = (
            "select gelezen_vervangen, quarantaine_vervangen from meta.levering where bestand = 'activiteiten.csv'"
        )
        assert con.sql(counted).fetchall() == [(3, 1)]
        assert con.sql(
            "select bestand, rij, is_vervangen from meta.quarantaine where bron = 'activiteiten'"
        ).fetchall() == [("activiteiten.csv", 8, True)]


def test_who_did_what_names_only_the_files_that_count_as_the_history_names_them(data: Path) -> None:
    done = answered(data, "leveringen")["gebeurtenissen"]
    assert [(event["wat"], event["door"]) for event in done] == [
        ("q4.csv, aanbod.csv", ""),
        ("goed.csv", "Ann"),
        ("instellingen.csv, activiteiten.csv", ""),
    ]


def test_what_was_taken_in_and_not_built_has_its_rows(data: Path, tmp_path: Path) -> None:
    [path] = write(tmp_path, i3=INSCHRIJVINGEN.replace("I1;", "I91;"))

    def interrupt(step: str, *_: int) -> None:
        if step == "leveringen klaarzetten":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load([path], data, load_settings(), interrupt, lambda: None)

    assert told(data)["i3.csv"] == [("inschrijvingen", 25, 25, 0, "niet in deze versie")]
    assert deliveries(data)[0]["boodschap"] == TAKEN_IN_SINCE
    preview = answered(data, "voorbeeld", str(path))
    [again] = preview["bestanden"]
    assert (again["status"], again["wacht_op_bouw"]) == ("al geladen", True)
    assert again["boodschap"].endswith("niet in de gepubliceerde versie. Laten meetellen kan met: sterrenwacht bouw")
    assert (again["gelezen"], again["aanvaard"], again["quarantaine"]) == (25, 25, 0)
    [change] = preview["wijzigingen"]
    assert (change["nieuw"], change["verdwenen"], change["gelijk"]) == (1, 1, 24), "what building anew would change"
    assert change["voorbeelden"]["verdwenen"] == [{"inschrijving_id": "I90"}]


def test_a_version_of_before_a_withdrawal_still_counts_the_delivery_and_the_history_says_both(data: Path) -> None:
    number = next(row["levering"] for row in deliveries(data) if row["bestand"] == "q4.csv")
    assert answered(data, "intrekken", number, "--reden", "verkeerde export")["code"] == 0
    withdrawn = next(row for row in deliveries(data) if row["levering"] == number)
    assert (withdrawn["status"], withdrawn["boodschap"]) == ("ingetrokken", "")

    went = answered(data, "terug", "3", "--door", "Bert")
    assert went["versie"] == 3
    assert [(row["voor"], row["na"]) for row in went["hoofdcijfers"] if row["naam"] == "Professionals bereikt"] == [
        (25, 25)
    ]
    back, withdrew = answered(data, "leveringen")["gebeurtenissen"][:2]
    assert (back["door"], back["wat"]) == ("Bert", "van versie 4 naar versie 3")
    assert withdrew["wat"] == f"q4.csv ({number}): verkeerde export"

    row = next(row for row in deliveries(data) if row["levering"] == number)
    assert (row["status"], row["reden"]) == ("actief", "verkeerde export")
    assert row["boodschap"] == "Intussen ingetrokken: in deze versie telt ze nog mee, vanaf de volgende bouw niet meer."


def test_a_receipt_of_before_counts_were_kept_is_read_and_says_that_nobody_knows(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.refuse(Receipt("000001-aa", 1, "aa", "oud.csv", dt.date(2026, 3, 1).isoformat(), 10, boodschap="Fout."))
    path = tmp_path / "archief" / "geweigerd" / "000001.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    del stored["geteld"]
    path.write_text(json.dumps(stored), encoding="utf-8")

    assert told(tmp_path) == {"oud.csv": [(None, None, None, None, "geweigerd")]}
