"""What somebody may type where a delivery is asked for, and what a supplier may put in a quarantined cell."""

import io
from pathlib import Path

import openpyxl
import pytest

from pipelines.cli import main
from pipelines.quarantine_workbook import set_text
from tests.dashboard.test_harmless import ATTACKS

ODD = ["../../etc/passwd", "/etc/passwd", "..", "*", "' or 1=1 --", "x" * 5_000, "$(id)", "0", "-0", "１"]


@pytest.mark.parametrize("asked", ODD)
@pytest.mark.parametrize("command", ["quarantaine", "intrekken", "herstel"])
def test_a_delivery_that_is_not_in_the_archive_is_refused_whatever_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, asked: str
) -> None:
    monkeypatch.setenv("STERRENWACHT_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    more = {"quarantaine": ["--naar", str(tmp_path / "uit.xlsx")], "intrekken": ["--reden", "x"], "herstel": []}
    assert main([command, *more[command], "--", asked]) == 1
    said = capsys.readouterr().out
    assert "root:" not in said
    assert "Fout" not in said.split("'")[0]
    assert not (tmp_path / "uit.xlsx").exists()


def test_a_cell_of_the_quarantine_file_is_text_whatever_it_begins_with() -> None:
    book = openpyxl.Workbook()
    for row, attack in enumerate(ATTACKS, start=1):
        set_text(book.active.cell(row, 1), attack)
    kept = io.BytesIO()
    book.save(kept)
    cells = [row[0] for row in openpyxl.load_workbook(kept).active.iter_rows()]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell for cell in cells if cell.hyperlink] == []
    assert cells[0].value == ATTACKS[0]
    assert cells[0].quotePrefix
