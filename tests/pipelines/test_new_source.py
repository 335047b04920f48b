"""What a new source costs: its own folder, one model and its columns, proven by adding one in a copy of the house."""

import filecmp
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.connection import open_read_only

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("analysis", "pipelines", "warehouse")

CONTRACT = '''"""The library: books on loan, a source that exists in this test only."""

from pipelines.contract import Column, Contract, Kind, Vak, VakKind

CONTRACTS = (
    Contract(
        name="uitleningen",
        bron="bibliotheek",
        title="Uitleningen van de bibliotheek",
        vak=Vak(VakKind.COLUMN, "schooljaar"),
        columns=(
            Column("schooljaar", Kind.SCHOOLJAAR, required=True, key=True),
            Column("instellingsnummer", Kind.INSTELLING, required=True, key=True, known="instellingen"),
            Column("uitgeleende boeken", Kind.COUNT, required=True, minimum=0),
        ),
    ),
)
'''
DEMO = '''"""The demo of the library."""

from pipelines.demo.writing import Sheet, write_csv


def write_demo(folder, network):
    """Write one file of the last schooljaar."""
    jaar = len(network.schooljaren) - 1
    label = network.schooljaren[jaar].label
    rows = [[label, school.nummer, str(place)] for place, school in enumerate(network.present(jaar, "BaO"))]
    rows.append([label, network.unknown_nummer, "7"])
    sheet = Sheet("uitleningen", ["schooljaar", "instellingsnummer", "uitgeleende boeken"], rows)
    return [write_csv(folder / "uitleningen.csv", sheet)]
'''
MODEL = """-- description: one row per schooljaar and instelling: the books on loan
-- grain: schooljaar, instellingsnummer
-- key: schooljaar, instellingsnummer
-- scope: instelling
select schooljaar, instellingsnummer, uitgeleende_boeken as aantal_boeken from landing.uitleningen
"""
COLUMNS = """
[mart.uitlening.aantal_boeken]
naam = "Boeken"
definitie = "Uitgeleende boeken"
eenheid = "boeken"
bron = "uitleningen"
"""
PERSONS = """
[uitlening]
personen = "geen"
waarom = "Counts of books."
"""
ADDED = {
    "pipelines/sources/bibliotheek/__init__.py": CONTRACT,
    "pipelines/sources/bibliotheek/demo.py": DEMO,
    "warehouse/models/marts/uitlening.sql": MODEL,
}


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A copy of the rooms that a delivery passes through, with the new source in it."""
    copy = tmp_path / "huis"
    for room in ROOMS:
        shutil.copytree(ROOT / room, copy / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in ADDED.items():
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text(text, encoding="utf-8")
    with (copy / "warehouse/columns.toml").open("a", encoding="utf-8") as columns:
        columns.write(COLUMNS)
    with (copy / "warehouse/persons.toml").open("a", encoding="utf-8") as persons:
        persons.write(PERSONS)
    return copy


def command(house: Path, *arguments: str) -> tuple[int, str]:
    """Run a module of the copied house; its own folder goes before the installed one."""
    finished = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=house,
        env=os.environ | {"STERRENWACHT_DATA": str(house / "data"), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return finished.returncode, finished.stdout + finished.stderr


def touched(house: Path) -> set[str]:
    """Return the files of the house that are new or other than those of the project."""
    files = {path.relative_to(house).as_posix() for room in ROOMS for path in (house / room).rglob("*.*")}
    return {
        name
        for name in files
        if (house / name).is_file()
        and not ((ROOT / name).exists() and filecmp.cmp(ROOT / name, house / name, shallow=False))
    }


def test_a_new_source_needs_its_folder_a_model_its_columns_and_a_word_on_persons_and_nothing_else(house: Path) -> None:
    assert touched(house) == {*ADDED, "warehouse/columns.toml", "warehouse/persons.toml"}

    code, printed = command(house, "pipelines.cli", "demo", "--naar", "files", "--jaren", "1")
    assert code == 0, printed
    code, printed = command(house, "pipelines.cli", "laad", "files/instellingen", "files/bibliotheek")
    assert code == 3, printed

    _, printed = command(house, "pipelines.cli", "status", "--json")
    state = json.loads(printed)
    delivery = next(row for row in state["leveringen"] if row["bron"] == "bibliotheek")
    assert (delivery["vak"], delivery["quarantaine"], delivery["status"]) == ("2026-2027", 1, "actief")
    with open_read_only(Path(state["warehouse"])) as con:
        rows, books = con.execute("select count(*), max(aantal_boeken) from mart.uitlening").fetchall()[0]
        judged = con.execute("select bool_and(geslaagd) from meta.validatie where tabel = 'uitleningen'").fetchall()
        explained = con.execute("select naam from meta.kolom where kolom = 'aantal_boeken'").fetchall()
    assert rows == delivery["aanvaard"] == books + 1
    assert judged == [(True,)]
    assert explained == [("Boeken",)]

    (house / "docs").mkdir()
    code, printed = command(house, "pipelines.format_docs")
    assert code == 0, printed
    assert "## Uitleningen van de bibliotheek" in (house / "docs/leveringen.md").read_text(encoding="utf-8")


def test_two_tables_of_one_name_are_refused_at_once(house: Path) -> None:
    sources = house / "pipelines/sources"
    shutil.copytree(sources / "bibliotheek", sources / "leeszaal")

    code, printed = command(house, "pipelines.format_docs")

    assert code == 1
    assert "two contracts are called 'uitleningen', one of them in sources/leeszaal" in printed


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('"instellingsnummer", Kind', '"school", Kind', "'school' must stand in 'instellingen'"),
        ('known="instellingen"', 'known="scholen"', "'instellingsnummer' must stand in 'scholen'"),
    ],
)
def test_a_reference_to_nothing_is_refused_at_once(house: Path, right: str, wrong: str, told: str) -> None:
    contract = house / "pipelines/sources/bibliotheek/__init__.py"
    contract.write_text(CONTRACT.replace(right, wrong), encoding="utf-8")

    code, printed = command(house, "pipelines.format_docs")

    assert code == 1
    assert told in printed
