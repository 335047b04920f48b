"""The main figures of two versions beside each other: a schooljaar that goes is told, and compared with what it was."""

from pathlib import Path

import pytest

from pipelines.commands.answers import NOT_COMPARED, changes
from pipelines.load import load
from pipelines.main_figures import compared_figures, what_went
from tests.dashboard.small_warehouse import publish
from tests.e2e.command_line import run
from tests.pipelines.small_deliveries import INSTELLINGEN, write
from tests.pipelines.small_folder import small_folder
from warehouse.settings import load_settings


@pytest.fixture(scope="module")
def versions_of(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return version 1, with a list of 2025-2026, and version 2 that has one of 2026-2027 as well."""
    folder = small_folder(tmp_path_factory)
    [path] = write(folder / "in", later=INSTELLINGEN.replace("2025-2026", "2026-2027"))
    load([path], folder / "data", load_settings(), lambda *_: None, lambda: None)
    first, second = sorted((folder / "data" / "warehouse").glob("warehouse-*.duckdb"))
    return first, second


def test_the_schooljaar_of_either_version_is_compared(versions_of: tuple[Path, Path]) -> None:
    first, second = versions_of
    rows = compared_figures(second, first)
    assert list(dict.fromkeys(row["schooljaar"] for row in rows)) == ["2025-2026", "2026-2027"]
    reached = {row["schooljaar"]: row for row in rows if row["naam"] == "Professionals bereikt"}
    assert (reached["2025-2026"]["voor"], reached["2025-2026"]["na"]) == (25, 25)
    assert reached["2026-2027"]["na"] is None
    assert len(compared_figures(first, first)) == 5


def test_a_schooljaar_without_its_list_is_told_with_what_it_held(versions_of: tuple[Path, Path]) -> None:
    first, second = versions_of
    assert what_went(second, first) == [
        "Schooljaar 2026-2027 is weg: er is geen lijst van instellingen meer van (voordien: 6 instellingen)."
    ]
    assert what_went(first, second) == what_went(None, first) == []


def test_a_list_of_which_more_than_a_tenth_went_is_told(tmp_path: Path) -> None:
    whole = publish(tmp_path / "voor", extra="update mart.bereik_aantal set instellingen = 20")
    for number, left in ((2, 18), (3, 17)):
        fewer = f"update mart.bereik_aantal set instellingen = if(schooljaar = '2025-2026', {left}, 20)"
        told = what_went(whole, publish(tmp_path / str(left), version=number, extra=fewer))
        assert told == (
            ["De lijst van de instellingen van 2025-2026 is kleiner: 17 (voordien: 20). Kijk na of ze volledig is."]
            if left == 17
            else []
        )


def test_a_version_without_any_list_is_told_and_its_figures_stand_beside_those_of_before(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = small_folder(tmp_path_factory)
    code, printed = run(folder / "data", "intrekken", "1", "--reden", "verkeerde lijst")
    assert code == 0
    assert "LET OP: Er is geen enkele lijst van instellingen meer (voordien: 6 instellingen in 2025-2026)." in printed
    assert "  Professionals bereikt (2025-2026): 25 wordt geen cijfer\n" in printed


def test_a_schooljaar_that_is_over_is_compared_where_a_figure_of_it_changed(tmp_path: Path) -> None:
    # What comes in autumn is often about the schooljaar before.
    before = publish(tmp_path / "voor")
    fewer = "update mart.bereik_aantal set instellingen_bereikt = 1 where schooljaar = '2024-2025'"
    after = publish(tmp_path / "na", version=2, extra=fewer)
    rows = compared_figures(before, after)
    assert list(dict.fromkeys(row["schooljaar"] for row in rows)) == ["2025-2026", "2024-2025"]
    [reached] = [row for row in rows if row["naam"] == "Instellingen bereikt" and row["schooljaar"] == "2024-2025"]
    assert (reached["voor"], reached["na"]) == (0.75, 0.25)
    _, lines = changes(before, after)
    assert lines == ["  Instellingen bereikt (2024-2025): 75,0 % wordt 25,0 %"]
    assert {row["schooljaar"] for row in compared_figures(before, before)} == {"2025-2026"}


def test_the_least_that_was_reached_is_no_figure_to_compare_with(tmp_path: Path) -> None:
    one_source = "update mart.bereik_aantal set reden_deelnames = 'ontbreekt' where schooljaar = '2024-2025'"
    before = publish(tmp_path / "voor", extra=one_source)
    after = publish(tmp_path / "na", version=2)
    _, lines = changes(before, after)
    assert "  Instellingen bereikt (2024-2025): geen cijfer wordt 75,0 %" in lines


def test_a_version_of_an_earlier_release_is_not_compared_and_that_is_said(tmp_path: Path) -> None:
    # It was published all the same: what is told afterwards must not fail for it.
    old = publish(tmp_path / "vroeger", extra="drop table mart.bereik_aantal")
    new = publish(tmp_path / "nu", version=2)
    assert changes(old, new) == ({"hoofdcijfers": [], "verdwenen": []}, [NOT_COMPARED])
    assert changes(new, old) == changes(old, new)
