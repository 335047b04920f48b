import logging
import sys
import time

import pytest

from dashboard import commands
from dashboard.commands import Progress, ask, asked, option, start

#: What stands in for the command line: a program of its own that does what its first argument says.
CHILD = """
import json, os, pathlib, sys, time
what = sys.argv[1]
def step(place):
    print(json.dumps({"stap": "bestanden lezen", "plaats": place, "van": 4}), file=sys.stderr, flush=True)
if what == "laad":
    step(1)
    print("Een andere opdracht is aan het laden.", file=sys.stderr, flush=True)
    stop = pathlib.Path(sys.argv[2])
    while not stop.exists():
        time.sleep(0.02)
    step(4)
    print(json.dumps({"code": 3, "versie": 7}))
    sys.exit(3)
if what == "zeg":
    print(json.dumps({"argumenten": sys.argv[2:], "data": os.environ["STERRENWACHT_DATA"]}))
if what == "weiger":
    print("Deze versie is er niet. Bewaarde versies: 1.", file=sys.stderr)
    sys.exit(1)
if what == "breek":
    raise ValueError("peeters@voorbeeld.be")
if what == "sterf":
    os.kill(os.getpid(), 9)
if what == "slaap":
    time.sleep(60)
"""


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "kind.py"
    path.write_text(CHILD, encoding="utf-8")
    return (sys.executable, str(path))


@pytest.fixture(autouse=True)
def no_commands_of_others(monkeypatch):
    monkeypatch.setattr(commands, "_changing", [])


def wait_for(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_arguments_reach_the_command_as_they_are_and_no_shell_reads_them(program, tmp_path, monkeypatch):
    monkeypatch.setenv("STERRENWACHT_DATA", str(tmp_path / "data map"))
    words = ["$(touch gekraakt)", "; rm -rf x", "a b", "*", "--reden=-- ja"]
    answer = ask("zeg", *words, program=program)
    assert answer.is_understood
    assert answer.data == {"argumenten": words, "data": str(tmp_path / "data map")}
    assert not list(tmp_path.rglob("gekraakt"))


def test_an_option_stays_one_argument_whatever_its_value_begins_with():
    assert option("reden", "--json; fout\x00 in\nhet bestand ") == "--reden=--json; fout in het bestand"


def test_what_is_started_tells_how_far_it_is_and_ends_with_its_answer(program, tmp_path):
    command = start(["laad", str(tmp_path / "stop")], title="Laden van a.csv", who="An", program=program)
    wait_for(lambda: command.progress.said)
    assert command.is_running
    assert command.progress == Progress("bestanden lezen", 1, 4, "Een andere opdracht is aan het laden.")
    assert command.progress.share == 0.25
    assert commands.running() == [command]
    assert commands.latest() is None
    (tmp_path / "stop").touch()
    answer = command.wait(30)
    assert (answer.code, answer.data["versie"]) == (3, 7)
    assert command.progress == Progress("bestanden lezen", 4, 4, "")
    assert commands.running() == []
    assert commands.latest() is command


def test_the_second_change_is_known_to_wait_behind_the_first(program, tmp_path):
    first = start(["laad", str(tmp_path / "een")], title="een", program=program)
    second = start(["laad", str(tmp_path / "twee")], title="twee", program=program)
    assert commands.running() == [first, second]
    for name, command in (("een", first), ("twee", second)):
        (tmp_path / name).touch()
        assert command.wait(30).code == 3
    assert commands.latest() is second


def test_the_latest_is_the_one_that_ended_last_also_when_it_began_first(program, tmp_path):
    first = start(["laad", str(tmp_path / "een")], title="een", program=program)
    second = start(["laad", str(tmp_path / "twee")], title="twee", program=program)
    for name, command in (("twee", second), ("een", first)):
        (tmp_path / name).touch()
        assert command.wait(30).code == 3
        assert commands.latest() is command


def test_what_is_to_be_done_at_the_end_is_done_however_it_ends(program, tmp_path):
    done = []
    for what in ("sterf", "breek", "zeg"):
        command = start([what], title=what, at_end=lambda _, what=what: done.append(what), program=program)
        assert command.wait(30) is not None
    assert done == ["sterf", "breek", "zeg"]


def test_a_question_that_changes_nothing_is_no_news_for_others(program):
    command = start(["zeg"], title="nakijken", is_change=False, program=program)
    assert command.wait(30).data["argumenten"] == ["--json", "--voortgang"]
    assert commands.latest() is None


def test_a_refusal_is_told_in_the_sentence_of_the_command(program):
    answer = ask("weiger", program=program)
    assert not answer.is_understood
    assert answer.sentence == "Deze versie is er niet. Bewaarde versies: 1."


@pytest.mark.parametrize("what", ["breek", "sterf", "bestaat niet"])
def test_an_unexpected_end_gives_a_number_that_the_log_has_too(program, caplog, what):
    caplog.set_level(logging.ERROR)
    answer = ask(what, program=program)
    assert not answer.is_understood
    assert "onverwacht gestopt" in answer.sentence
    assert "peeters" not in answer.sentence
    number = answer.sentence.split("foutnummer ")[1].split()[0]
    assert number in caplog.text


def test_what_takes_too_long_is_ended_and_said_so(program, caplog):
    assert "duurde te lang" in ask("slaap", limit=0.5, program=program).sentence
    command = start(["slaap"], title="slapen", limit=0.5, program=program)
    assert "duurde te lang" in command.wait(30).sentence
    assert "slaap" in caplog.text


def test_what_is_stopped_says_that_nothing_changed(program):
    command = start(["slaap"], title="slapen", is_change=False, program=program)
    command.stop()
    assert command.wait(30).sentence == commands.STOPPED


def test_nothing_is_left_behind_in_the_temporary_folder(program, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tijdelijk"))
    (tmp_path / "tijdelijk").mkdir()
    command = start(["zeg"], title="zeg", program=program)
    command.wait(30)
    assert list((tmp_path / "tijdelijk").iterdir()) == []


def test_the_real_command_line_answers_and_an_answer_of_just_before_is_not_asked_again(tmp_path, monkeypatch):
    monkeypatch.setenv("STERRENWACHT_DATA", str(tmp_path))
    first = asked("status", "--json")
    assert first.data == {"warehouse": None, "versie": None, "peildatum": None, "leveringen": []}
    assert asked("status", "--json") is first
    start(["status"], title="status", has_progress=False).wait(30)
    assert asked("status", "--json") is not first


def test_a_command_that_could_not_do_what_was_asked_says_why_in_its_answer():
    answer = commands.ask("x", program=("sh", "-c", 'echo \'{"code": 1, "fout": "Al ingetrokken."}\'; exit 1'))
    assert (answer.code, answer.data, answer.sentence) == (1, {}, "Al ingetrokken.")
