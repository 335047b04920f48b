"""Another key for the pseudonyms: same figures, other pseudonyms, nothing of the old key, whatever interrupts it."""

import json
import shutil
import time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipelines.pseudonym import load_key, pseudonym
from tests.e2e.command_line import hr_file, run, start, status
from tests.personal_values import found_below
from tests.pipelines.landed import landed
from tests.pipelines.small_deliveries import ACTIVITEITEN, INSCHRIJVINGEN, INSTELLINGEN, write

PERSONEEL = "persoon;code;functie;team;dienst;statuut;vte;in dienst;hoofdadviseur\n" + "".join(
    f"medewerker.{number}@go.example;B{number:03d};begeleider;Noord;PBD;CODO;0,8;1/9/2020;leiding@go.example\n"
    for number in range(1, 7)
)
PLANNING = "schooljaar;begeleider;categorie;scholengroep nummer;dagdelen\n" + "".join(
    f"2025-2026;B{number:03d};vt;12;{10 * number}\n" for number in range(1, 7)
)
SECRET = "STERRENWACHT_SLEUTEL"
LONGEST = 240.0


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two versions, and a correction of the row of one member of staff."""
    folder = tmp_path_factory.mktemp("sleutel")
    data = folder / "data"
    files = {"instellingen": INSTELLINGEN, "activiteiten": ACTIVITEITEN, "inschrijvingen": INSCHRIJVINGEN}
    write(folder / "in", **files, personeel=PERSONEEL, planning=PLANNING)
    assert run(data, "laad", str(folder / "in"))[0] == 0
    person = pseudonym("medewerker.3@go.example", load_key(data))
    arguments = ["--sleutel", f"persoon={person}", "--kolom", "team", "--verwacht", "Noord", "--waarde", "Zuid"]
    assert run(data, "corrigeer", "personeel", *arguments, "--reden", "verhuisd", "--door", "Ann")[0] == 0
    assert run(data, "bouw")[0] == 0
    return data


@pytest.fixture
def data(loaded: Path, tmp_path: Path) -> Path:
    shutil.copytree(loaded, tmp_path / "data")
    return tmp_path / "data"


def figures(data: Path) -> dict[str, Any]:
    """Return every mart that the dashboard reads, and what the HR file tells by name."""
    found: dict[str, Any] = {}
    with duckdb.connect(status(data)["warehouse"], read_only=True) as con:
        for (table,) in con.execute("select table_name from duckdb_tables() where schema_name = 'mart'").fetchall():
            found[table] = con.execute(f"from mart.{table}").fetchall()
        found["correctie"] = con.execute("select kolom, waarde, status from meta.correctie").fetchall()
    with duckdb.connect(hr_file(data), read_only=True) as con:
        con.execute('set variable "scope.hr" = true')
        found["staf"] = con.execute(
            "select naam, code, hoofdadviseur_naam, team, vte, maand, dagdelen_gepland "
            "from zicht.medewerker join zicht.werkdruk using (begeleider) order by all"
        ).fetchall()
    return found


def pseudonyms(data: Path) -> set[str]:
    people = (
        "persoon from landing.personeel",
        "begeleider from landing.planning",
        "persoon from landing.inschrijvingen",
    )
    with landed(data) as con:
        return {found for one in people for (found,) in con.execute(f"select {one}").fetchall()}


def test_figures_stay_pseudonyms_do_not_and_nothing_of_the_old_key_is_left(data: Path) -> None:
    key, before, old = (data / "sleutel").read_text(), figures(data), pseudonyms(data)
    corrected = pseudonym("medewerker.3@go.example", load_key(data))
    assert corrected in old
    assert [row[2] for row in before["correctie"]] == ["toegepast"]

    code, printed = run(data, "sleutel-vervang", "--door", "Ann")

    assert (code, "De sleutel is vervangen." in printed) == (0, True)
    assert figures(data) == before
    assert len(pseudonyms(data)) == len(old) > 30
    assert pseudonyms(data) & old == set()
    assert (data / "sleutel").read_text() != key
    assert (data / "sleutel").stat().st_mode & 0o077 == 0
    assert found_below(data, [key, corrected, *sorted(old)[:5], *sorted(old)[-5:]]) == []
    assert not (data / "sleutel.nieuw").exists()
    kept = {path.name for path in (data / "warehouse").iterdir()}
    number = f"{status(data)['versie']:05d}"
    assert kept == {"huidig", *(f"{part}-{number}.duckdb" for part in ("warehouse", "hr"))}
    events = json.loads(run(data, "gebeurtenissen", "--json")[1])["gebeurtenissen"]
    assert (events[0]["soort"], events[0]["door"]) == ("sleutel vervangen", "Ann")


def test_a_key_that_waits_changes_nothing_and_is_used_by_the_next_attempt(data: Path) -> None:
    before, old = figures(data), pseudonyms(data)
    (data / "sleutel.nieuw").write_text("een sleutel die wacht", encoding="ascii")
    assert run(data, "bouw")[0] == 0
    assert (figures(data), pseudonyms(data)) == (before, old)

    assert run(data, "sleutel-vervang")[0] == 0
    assert (data / "sleutel").read_text() == "een sleutel die wacht"
    assert figures(data) == before


def test_stopped_between_publishing_and_taking_the_key_into_use_the_old_key_still_builds_the_same(data: Path) -> None:
    before, old, key = figures(data), pseudonyms(data), (data / "sleutel").read_text()
    assert run(data, "sleutel-vervang")[0] == 0
    # As it is when the process dies just after the pointer moved.
    (data / "sleutel").rename(data / "sleutel.nieuw")
    (data / "sleutel").write_text(key, encoding="ascii")
    corrections = (data / "correcties.toml").read_text(encoding="utf-8")
    (data / "correcties.toml").write_text(
        corrections
        + corrections.replace(
            pseudonym("medewerker.3@go.example", (data / "sleutel.nieuw").read_bytes()),
            pseudonym("medewerker.3@go.example", key.encode()),
        ),
        encoding="utf-8",
    )
    assert figures(data) | {"correctie": before["correctie"]} == before

    assert run(data, "bouw")[0] == 0
    assert pseudonyms(data) == old
    assert figures(data)["staf"] == before["staf"]
    assert run(data, "sleutel-vervang")[0] == 0
    assert figures(data) == before
    assert pseudonyms(data) & old == set()


def test_killed_while_it_builds_the_version_of_before_stands_and_a_second_attempt_succeeds(data: Path) -> None:
    before, old, version = figures(data), pseudonyms(data), status(data)["versie"]
    process = start(data, "sleutel-vervang")
    deadline = time.monotonic() + LONGEST
    while not list((data / "warehouse").glob(".bouw-*/*")) and process.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.005)
    process.kill()
    process.wait()

    assert status(data)["versie"] == version
    assert figures(data) == before
    assert pseudonyms(data) == old
    assert run(data, "sleutel-vervang")[0] == 0
    assert figures(data) == before
    assert pseudonyms(data) & old == set()


def test_a_build_that_fails_leaves_key_corrections_and_version(data: Path) -> None:
    before, key = figures(data), (data / "sleutel").read_text()
    corrections = (data / "correcties.toml").read_text(encoding="utf-8")
    shutil.rmtree(data / "archief" / "leveringen")
    (data / "archief" / "leveringen").mkdir()

    code, printed = run(data, "sleutel-vervang")

    assert (code, "De sleutel is niet vervangen" in printed) == (5, True)
    assert (data / "sleutel").read_text() == key
    assert not (data / "sleutel.nieuw").exists()
    assert (data / "correcties.toml").read_text(encoding="utf-8") == corrections
    assert figures(data) == before


def test_a_key_of_the_environment_is_replaced_there_and_the_old_one_is_asked(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, old = figures(data), pseudonyms(data)
    monkeypatch.setenv(SECRET, "een andere sleutel")
    code, _ = run(data, "sleutel-vervang")
    assert code == 1
    monkeypatch.setenv("STERRENWACHT_OUDE_SLEUTEL", (data / "sleutel").read_text())
    assert run(data, "sleutel-vervang")[0] == 0
    assert figures(data) == before
    assert pseudonyms(data) & old == set()


def test_without_a_key_there_is_nothing_to_replace(tmp_path: Path) -> None:
    assert run(tmp_path / "leeg", "sleutel-vervang")[0] == 1
    assert not (tmp_path / "leeg" / "sleutel.nieuw").exists()
