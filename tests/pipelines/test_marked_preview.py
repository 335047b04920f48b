import json

import pytest
from openpyxl import load_workbook

from pipelines.cli import main

HEAD = "schooljaar;instellingsnummer;naam;onderwijsniveau;scholengroep nummer;scholengroep;personeelsleden;vte\n"
GOOD = [
    f"2025-2026;{number};De School;BaO;1;De Meander;31;20,5\n" for number in ("000216", "000349", "001073", "038125")
]
WRONG = "2025-2026;104554;De Esdoorn;BaO;2;Zonnewijzer;veel;12\n"


@pytest.fixture
def judged(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("STERRENWACHT_DATA", str(tmp_path / "data"))

    def run(*lines):
        path = tmp_path / "lijst.csv"
        path.write_text("".join([HEAD, *lines]), encoding="utf-8")
        main(["voorbeeld", str(path), "--quarantaine", str(tmp_path / "fout"), "--json"])
        return json.loads(capsys.readouterr().out)["bestanden"][0]

    return run


def test_a_file_that_is_not_loaded_yet_is_written_with_its_faults_marked(judged, tmp_path):
    file = judged(*GOOD, WRONG)
    assert file["quarantainebestand"] == str(tmp_path / "fout" / "1 lijst.xlsx")
    book = load_workbook(file["quarantainebestand"])
    assert book.sheetnames[0] == "Toelichting"
    assert book["Toelichting"]["A1"].value.startswith("Bestand lijst.csv, nagekeken op ")
    sheet = book.worksheets[1]
    (faulty,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "veel"]
    assert faulty.row == 6
    assert faulty.fill.fgColor.rgb.endswith("FFD9A0")
    assert not (tmp_path / "data" / "archief").exists()


def test_a_file_with_too_many_faults_shows_them_all_the_same(judged):
    file = judged(GOOD[0], WRONG)
    assert file["status"] == "geweigerd"
    assert [(fault["rij"], fault["kolom"]) for fault in file["fouten"]] == [(3, "personeelsleden")]
    assert file["quarantainebestand"]


def test_a_file_without_faults_gives_no_workbook(judged, tmp_path):
    assert judged(*GOOD)["quarantainebestand"] is None
    assert not (tmp_path / "fout").exists()


def test_the_faults_of_a_preview_mark_the_file_later_without_judging_it_again(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("STERRENWACHT_DATA", str(tmp_path / "data"))
    path, target = tmp_path / "lijst.csv", tmp_path / "fout.xlsx"
    path.write_text("".join([HEAD, *GOOD, WRONG]), encoding="utf-8")
    main(["voorbeeld", str(path), "--fouten", str(tmp_path / "fouten"), "--json"])
    kept = json.loads(capsys.readouterr().out)["bestanden"][0]["foutenbestand"]

    with monkeypatch.context() as patch:
        patch.setattr("pipelines.intake.judge_file", None)
        patch.setattr("pipelines.quarantine_workbook.judge_file", None)
        assert main(["quarantaine", str(path), "--fouten", kept, "--naar", str(target)]) == 0

    assert capsys.readouterr().out.endswith("het bestand van de leverancier met 1 fout aangeduid.\n")
    told, sheet = load_workbook(target).worksheets
    assert told["A2"].value.startswith("1 rij met 1 fout. Foute cellen")
    assert [cell.row for row in sheet.iter_rows() for cell in row if cell.value == "veel"] == [6]
    for wrong, sentence in (
        (["quarantaine", str(path), "--fouten", str(path)], "geen fouten van een voorbeeld"),
        (["quarantaine", str(tmp_path / "weg.csv"), "--fouten", kept], "bestaat niet"),
    ):
        assert main([*wrong, "--naar", str(target)]) == 1
        assert sentence in capsys.readouterr().err


def test_a_preview_without_faults_keeps_none(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("STERRENWACHT_DATA", str(tmp_path / "data"))
    path = tmp_path / "lijst.csv"
    path.write_text("".join([HEAD, *GOOD]), encoding="utf-8")
    main(["voorbeeld", str(path), "--fouten", str(tmp_path / "fouten"), "--json"])
    assert json.loads(capsys.readouterr().out)["bestanden"][0]["foutenbestand"] is None
    assert not (tmp_path / "fouten").exists()
