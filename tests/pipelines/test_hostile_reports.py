"""A report that was made to harm its reader ends in a sentence or a harmless proposal, within time and memory."""

import json
import resource
import time
from pathlib import Path

import pytest

from dashboard.figures import leveringen_verslag
from pipelines import report_text
from pipelines.cli import main
from pipelines.faults import LeveringFout
from pipelines.proposals import propose
from pipelines.report_text import SENTENCES, read_pages, tidy
from tests.pipelines.hostile_reports import HOSTILE, much_to_draw
from tests.pipelines.reports import ADVICE, FRONT, LEVELS, pdf

#: What each ends in: the code of a sentence, or a proposal.
ENDS = {
    "nothing": "geen_pdf",
    "zeros for a head": "geen_pdf",
    "a page of the web": "geen_pdf",
    "only a head": "beschadigd",
    "cut in half": "beschadigd",
    "a head and noise": "beschadigd",
    "encrypted": "wachtwoord",
    "a milliard pages, it says": "voorstel",
    "ten thousand pages": "te_lang",
    "pages in a ring": "beschadigd",
    "pages that double": "te_zwaar",
    "deep": "beschadigd",
    "deep drawing": "beschadigd",
    "an object of itself": "scan",
    "a hundred megabytes of spaces": "te_zwaar",
    "five million letters": "te_veel_tekst",
    "forms that double": "voorstel",
    "a form of itself": "scan",
    "letters without names": "voorstel",
    "actions": "voorstel",
    "files": "voorstel",
}
#: Processor seconds that any of them may take; the limit itself is tried below.
SOON = 10.0


def _spent() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_pdf_that_was_made_to_harm_ends_soon_in_a_sentence_or_a_proposal(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "verslag.pdf"
    path.write_bytes(HOSTILE[name]())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("STERRENWACHT_DATA", str(tmp_path / "data"))
    before = _spent()
    code = main(["voorstel", str(path), "--json"])
    assert _spent() - before < SOON
    printed = capsys.readouterr()
    told = json.loads(printed.out)
    assert "Traceback" not in printed.out + printed.err
    if ENDS[name] == "voorstel":
        assert code == 0
        assert told["velden"]
    else:
        assert code == 1
        assert told["fout"] == SENTENCES[ENDS[name]]
    # Nothing was unpacked, started or written beside it; the log of commands is in the data folder.
    assert {item.name for item in tmp_path.iterdir()} <= {"verslag.pdf", "data"}


@pytest.mark.parametrize("limit", [("LONGEST", 1), ("LONGEST_WAIT", 0.5), ("MOST_MEMORY", 150_000_000)])
def test_a_pdf_that_takes_too_much_is_stopped_and_said_so(
    limit: tuple[str, float], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "verslag.pdf"
    path.write_bytes(much_to_draw())
    monkeypatch.setattr(report_text, *limit)
    began = time.monotonic()
    with pytest.raises(LeveringFout) as fault:
        read_pages(path)
    assert str(fault.value) == SENTENCES["te_zwaar"]
    assert time.monotonic() - began < report_text.LONGEST_WAIT + 30


def test_the_limits_leave_room_for_the_longest_report(tmp_path: Path) -> None:
    path = tmp_path / "verslag.pdf"
    path.write_bytes(pdf(*[FRONT + ADVICE + LEVELS] * 300))
    before = _spent()
    assert len(read_pages(path)) == 300
    assert _spent() - before < report_text.LONGEST / 2


def test_a_text_without_an_end_of_a_sentence_is_read_soon() -> None:
    before = time.process_time()
    assert propose(["positief GOK beslist 012344 " * 1_000] * 2).value("instellingsnummer") == "012344"
    assert time.process_time() - before < SOON


def test_what_stands_in_a_report_is_text_on_screen_and_no_formula_in_a_file(tmp_path: Path) -> None:
    nasty = "=cmd|' /C calc'!A0 <script>alert(1)</script> [klik](http://127.0.0.1:9/) **vet** :red[rood]"
    path = tmp_path / "verslag.pdf"
    path.write_bytes(pdf(FRONT.replace("012344", f"012344 {nasty}") + ADVICE))
    proposal = propose(read_pages(path))
    found = {one.veld: one for one in proposal.velden}
    assert nasty[:40] in found["instellingsnummer"].zin
    drawn = leveringen_verslag.place(
        {"zin": found["instellingsnummer"].zin, "bladzijde": 1, "zekerheid": "zeker", "anders": [], "reden": nasty}
    )
    for live in ("<script>", "[klik](", "**vet**", ":red["):
        assert live not in drawn
    assert not [one.waarde for one in proposal.velden if one.waarde.startswith(("=", "+", "-", "@"))]


def test_signs_that_nobody_sees_are_left_out() -> None:
    turned = "Instellings\u202enummer:\u2066 012344\u2069\u200b \x00\x07ad\u00advies\ud800\nvolgende regel"
    assert tidy(turned) == "Instellingsnummer: 012344 advies\nvolgende regel"
